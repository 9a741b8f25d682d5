// Exact counts on their way to ClickHouse: visits by site-local hour, the other three by site-local day.
// The accumulator holds them for seconds; while ClickHouse is away for longer they wait here by hour and day, no finer.

import type { TotalMetric } from './contract.ts'

/** The exact counts of one site and site-local day. */
export interface DayTotals {
  site: number
  day: string
  /** Visits by hour. */
  visits: Record<number, number>
  pageviews: number
  engaged: number
  events: number
}

/** One entry for a site and day. */
export type Totals = Map<string, DayTotals>

/** Adds one event's totals. */
export function addTotals(
  totals: Totals,
  { site, day, hour }: { site: number; day: string; hour: number },
  { visits, pageviews, engaged, events }: Record<TotalMetric, number>,
): void {
  if (visits + pageviews + engaged + events === 0) return
  const known = totalsOf(totals, site, day)
  if (visits > 0) known.visits[hour] = (known.visits[hour] ?? 0) + visits
  known.pageviews += pageviews
  known.engaged += engaged
  known.events += events
}

/** Adds what was counted of a site and day elsewhere. */
export function addDay(totals: Totals, { site, day, visits, pageviews, engaged, events }: DayTotals): void {
  const known = totalsOf(totals, site, day)
  for (const hour of hoursOf(visits)) known.visits[hour] = (known.visits[hour] ?? 0) + (visits[hour] ?? 0)
  known.pageviews += pageviews
  known.engaged += engaged
  known.events += events
}

/** As the accumulator's file had it before days stood together: a row for each metric, of visits for each hour. */
interface MetricTotal {
  site: number
  day: string
  hour?: number
  metric: TotalMetric
  n: number
}
export type SavedTotals = DayTotals | MetricTotal

/** Adds what stands in the accumulator's file. */
export function addSaved(totals: Totals, saved: SavedTotals): void {
  if ('metric' in saved) {
    const { site, day, hour = 0, metric, n } = saved
    addTotals(totals, { site, day, hour }, { visits: 0, pageviews: 0, engaged: 0, events: 0, [metric]: n })
  } else addDay(totals, saved)
}

export function hoursOf(visits: DayTotals['visits']): number[] {
  return Object.keys(visits).map(Number)
}

/** In an order that says nothing of the order of events. */
export function sortedTotals(totals: Totals): DayTotals[] {
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function totalsOf(totals: Totals, site: number, day: string): DayTotals {
  const key = `${site} ${day}`
  const known = totals.get(key)
  if (known) return known
  const none = { site, day, visits: {}, pageviews: 0, engaged: 0, events: 0 }
  totals.set(key, none)
  return none
}
