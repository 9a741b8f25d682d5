// The foot of a panel: what is withheld and why, and ways to more. Used by all panels.
import type { Child, FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'

interface PanelFootProps {
  /** Addresses; what is missing is not offered. */
  why?: { href: string; title: string } | undefined
  csv?: string | undefined
  all?: { href: string; title: string } | undefined
  children: Child
}

export const PanelFoot: FC<PanelFootProps> = ({ why, csv, all, children }) => {
  const { panels } = useWords()
  return (
    <footer>
      <span>
        {children}
        {why && (
          <>
            {' '}
            <a class="why" href={why.href}>
              {why.title}
            </a>
          </>
        )}
      </span>
      {(csv || all) && (
        <span class="ways">
          {csv && (
            <a href={csv} download title={panels.csv}>
              CSV
            </a>
          )}
          {all && <a href={all.href}>{all.title}</a>}
        </span>
      )}
    </footer>
  )
}
