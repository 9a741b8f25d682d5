// Says what the page is filtered by, and takes it away. Used by the site page and the page of all values.
import type { FC } from 'hono/jsx'
import { DIMENSIONS } from '../../collector/contract.ts'
import { toFilter, type View } from '../view.ts'
import { sayK, sayValue } from '../words.ts'

export const FilterChip: FC<{ view: View }> = ({ view }) => {
  if (!view.filter) return null
  const { dimension, value } = view.filter
  return (
    <p class="filter">
      <span class="chip">
        {DIMENSIONS[dimension].label} is <b>{sayValue(dimension, value)}</b>
        <a href={view.link(toFilter(undefined))} aria-label="Remove the filter" title="Remove the filter">
          ×
        </a>
      </span>
      <span class="hint">{`Filtered numbers are counted in ${sayK(view.site.k).many}; exact totals carry no attribute.`}</span>
    </p>
  )
}

/** What a click on a value does: there is one filter, so it takes the place of another. */
export function sayFilters({ filter }: View, name: string): string {
  return filter ? `Show only ${name}, instead of ${sayValue(filter.dimension, filter.value)}` : `Show only ${name}`
}
