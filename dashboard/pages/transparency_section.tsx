// What the sections of the public page about a site are made of: headings, tables with a head, tables of reasons. Used by
// transparency.tsx, transparency_stored.tsx and transparency_periods.tsx.
import type { Child, FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import type { Words } from '../words.ts'

export type SectionId = keyof Words['transparency']['sections']

export const Section: FC<{ id: SectionId; children: Child }> = ({ id, children }) => {
  const { transparency } = useWords()
  return (
    <section class="panel" id={id}>
      <h2>{transparency.sections[id]}</h2>
      {children}
    </section>
  )
}

export const Rows: FC<{ head: readonly string[]; children: Child }> = ({ head, children }) => (
  <table class={`told-rows of-${head.length}`}>
    <thead>
      <tr>
        {head.map((title) => (
          <th scope="col">{title}</th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)
