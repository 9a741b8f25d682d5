// Says what the page is filtered by, and takes it away. Used by the site page and the page of all values.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { toFilter, type View } from '../view.ts'
import type { Words } from '../words.ts'

export const FilterChip: FC<{ view: View }> = ({ view }) => {
  const { panels, sayLabel, sayValue } = useWords()
  if (!view.filter) return null
  const { dimension, value } = view.filter
  return (
    <p class="filter">
      <span class="chip">
        {panels.filter.is(sayLabel(dimension), sayValue(dimension, value), (text) => (
          <b>{text}</b>
        ))}
        <a
          href={view.link(toFilter(undefined))}
          aria-label={panels.filter.remove}
          aria-keyshortcuts="Escape"
          title={panels.filter.remove}
        >
          ×
        </a>
      </span>
      <span class="hint">{panels.filter.counted(view.site.k)}</span>
    </p>
  )
}

/** What a click on a value does: there is one filter, so it takes the place of another. */
export function sayFilters({ filter }: View, name: string, { panels, sayValue }: Words): string {
  if (!filter) return panels.filter.only(name)
  return panels.filter.onlyInstead(name, sayValue(filter.dimension, filter.value))
}
