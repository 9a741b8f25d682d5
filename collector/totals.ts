// Exact counts on their way to ClickHouse: visits by site-local hour, the other three by site-local day.
// The accumulator holds them for seconds; while ClickHouse is away for longer they wait here by hour and day, no finer.

import { TOTALS, type TotalMetric } from './contract.ts'

export interface TotalRow {
  site: number
  day: string
  /** Of visits; the other metrics have none. */
  hour?: number
  metric: TotalMetric
  n: number
}

export type Totals = Map<string, TotalRow>

/** Adds one event's totals. */
export function addTotals(
  totals: Totals,
  at: { site: number; day: string; hour: number },
  counts: Record<TotalMetric, number>,
): void {
  const { site, day, hour } = at
  for (const metric of TOTALS.days) {
    const n = counts[metric]
    if (n > 0) addTotal(totals, metric === 'visits' ? { site, day, hour, metric, n } : { site, day, metric, n })
  }
}

export function addTotal(totals: Totals, row: TotalRow): void {
  const key = `${row.site} ${row.day} ${row.metric} ${row.hour ?? ''}`
  const known = totals.get(key)
  if (known) known.n += row.n
  else totals.set(key, { ...row })
}

/** In an order that says nothing of the order of events. */
export function sortedTotals(totals: Totals): TotalRow[] {
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
