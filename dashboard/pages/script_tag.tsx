// The tag a site owner copies into their pages, and what visitors can read about it. Used by the page of a site and the
// page of one without visits.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'

export interface ScriptAddress {
  url: string
  /** It is where this page was asked for, which need not be where visitors' browsers reach the collector. */
  guessed: boolean
}

export const ScriptTag: FC<{ site: Site; script: ScriptAddress }> = ({ site, script }) => {
  const { tag: words } = useWords()
  const linked = (href: string) => (text: string) => <a href={href}>{text}</a>
  return (
    <>
      <pre class="tag">
        <code>{tagOf(site, script)}</code>
      </pre>
      {script.guessed && (
        <p>
          {words.replace(new URL(script.url).origin, (text) => (
            <code>{text}</code>
          ))}
        </p>
      )}
      <p>{words.notice(site.domain, linked(transparency(site)), linked(`${transparency(site)}/record`))}</p>
    </>
  )
}

export function tagOf({ domain }: Pick<Site, 'domain'>, { url }: Pick<ScriptAddress, 'url'>): string {
  return `<script defer data-domain="${domain}" src="${url}"></script>`
}

/** Beside the pages that show the tag, whatever stands before their paths. */
function transparency(site: Site): string {
  return `transparency/${encodeURIComponent(site.domain)}`
}
