// The map of countries, shaded by their visits. The list beside it says the same and leads to all of them, so the map is
// for who sees it and has a pointer. Used by the panel of countries.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { canFilter } from '../reports/filter.ts'
import { toFilter, type View } from '../view.ts'
import { DOTS, SHAPES, VIEW_BOX } from './world.ts'

interface WorldMapProps {
  view: View
  breakdown: Breakdown
}

const LEVELS = 5

export const WorldMap: FC<WorldMapProps> = ({ view, breakdown: { rows, metric } }) => {
  const { panels, sayCountry } = useWords()
  const most = Math.max(...rows.map(({ n }) => n), 1)
  const counted = new Set(rows.map(({ value }) => value))
  const land = Object.entries(SHAPES).flatMap(([code, path]) => (counted.has(code) ? [] : [absolute(path)]))
  const links = canFilter(view.site, 'country')
  return (
    <svg class="world" viewBox={VIEW_BOX} aria-hidden="true">
      <path d={land.join('')} />
      {rows.toReversed().map(({ value, n }) => {
        const shape = shapeOf(value, n / most)
        if (!shape) return null
        const title = panels.mapped(sayCountry(value), n, metric)
        return links ? (
          <a href={view.link(toFilter({ dimension: 'country', value }))} tabindex={-1}>
            <title>{title}</title>
            {shape}
          </a>
        ) : (
          <g>
            <title>{title}</title>
            {shape}
          </g>
        )
      })}
    </svg>
  )
}

/** Each path begins with a step from nothing, which behind another path would be a step from its end. */
function absolute(path: string): string {
  return `M${path.slice(1)}`
}

/** Few countries have most of the visits: by the square root the others can be told apart too. */
function shapeOf(code: string, share: number) {
  const shade = `shade${Math.max(1, Math.ceil(Math.sqrt(share) * LEVELS))}`
  const path = SHAPES[code]
  if (path !== undefined) return <path class={shade} d={path} />
  const dot = DOTS[code]
  return dot && <circle class={shade} cx={dot[0]} cy={dot[1]} r="4" />
}
