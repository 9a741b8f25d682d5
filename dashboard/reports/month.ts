// Months that are kept as one row per value: a range takes such a month only if it covers it wholly, and a report says
// which ones it leaves out. Used by every report that reads attribute counts.
import { addMonths, firstOfMonth } from '../../collector/calendar.ts'
import type { Range } from '../period.ts'

/**
 * SQL over readable_counts: the rows of a range whose ends are the parameters `${name}_from` and `${name}_to`.
 * The bounds on month let ClickHouse skip the other months' partitions.
 */
export function within(name: 'range' | 'before'): string {
  const [from, to] = [`{${name}_from:Date}`, `{${name}_to:Date}`]
  return `(month >= toStartOfMonth(${from}) AND month < ${to}
    AND (generalized = 0 AND day >= ${from} AND day < ${to}
      OR generalized = 1 AND month >= ${from} AND addMonths(month, 1) <= ${to}))`
}

/** SQL: the months in which a range begins and ends, the only ones it can cover in part. */
export function atTheEdges(name: 'range' | 'before'): string {
  return `month IN (toStartOfMonth({${name}_from:Date}), toStartOfMonth({${name}_to:Date} - 1))`
}

/** Of the months kept as a whole, those that a range touches without covering them. */
export function leftOut({ from, to }: Range, generalized: readonly string[]): string[] {
  const partly = (month: string) =>
    month < to && addMonths(month, 1) > from && (month < from || addMonths(month, 1) > to)
  return [...new Set(generalized.map(firstOfMonth))].filter(partly).sort()
}
