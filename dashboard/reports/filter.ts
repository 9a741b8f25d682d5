// What a site can be asked: its dimensions, and the pairs of the contract that let one value filter another dimension.
// Called by the reports, the dashboard's pages and the Stats API.
import { DIMENSIONS, type Dimension, type Metric, PAIRS, PROFILES } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'

/** One value of one dimension: at most two attributes stand in a row, so a panel can be filtered by one. */
export interface Filter {
  dimension: Dimension
  value: string
}

export interface Pair {
  metric: Metric
  /** The dimension seen when the filter stands on the other one. */
  other: Dimension
}

/** Why a filter makes no sense. */
export type FilterRefusal = { because: 'no filter' } | { because: 'no pair'; dimension: Dimension }

export function isDimension(text: string): text is Dimension {
  return Object.hasOwn(DIMENSIONS, text)
}

/** Whether a site's profile and settings let it count by a dimension at all. */
export function countsBy(site: Site, dimension: Dimension): boolean {
  const without: readonly Dimension[] = PROFILES[site.profile].without
  if (without.includes(dimension)) return false
  if (dimension === 'browser') return site.browserFamilies
  if (dimension === 'property') return site.properties.length > 0
  return true
}

/** The pairs a dimension stands in, for this site. */
export function pairsWith(site: Site, dimension: Dimension): Pair[] {
  const without: readonly string[] = PROFILES[site.profile].withoutPairs
  return PAIRS.filter(({ metric, dimensions }) => !without.includes(`${metric}:${dimensions.join('*')}`)).flatMap(
    ({ metric, dimensions: [first, second] }) => {
      const other = first === dimension ? second : second === dimension ? first : undefined
      return other !== undefined && countsBy(site, other) ? [{ metric, other }] : []
    },
  )
}

/** Intervals are read as a distribution, and what was not counted stands apart; every other dimension with a pair can be. */
const NO_FILTERS: readonly Dimension[] = ['page_interval', 'session_interval', 'reason', 'dropped_hour']

export function canFilter(site: Site, dimension: Dimension): boolean {
  if (NO_FILTERS.includes(dimension)) return false
  return countsBy(site, dimension) && pairsWith(site, dimension).length > 0
}

/** `source:Google`: the first colon parts dimension from value. */
export function readFilter(text: string | undefined, site: Site): Filter | undefined | { invalid: FilterRefusal } {
  if (text === undefined || text === '') return undefined
  const colon = text.indexOf(':')
  const dimension = text.slice(0, Math.max(colon, 0))
  const value = text.slice(colon + 1)
  if (!isDimension(dimension) || value === '') return { invalid: { because: 'no filter' } }
  if (!canFilter(site, dimension)) return { invalid: { because: 'no pair', dimension } }
  return { dimension, value }
}

export function writeFilter({ dimension, value }: Filter): string {
  return `${dimension}:${value}`
}
