// Months that are kept as one row per value: a range takes such a month only if it covers it wholly, and a report says
// which ones it leaves out. Used by span.ts, totals.ts and breakdown.ts; dropped.ts says the same in SQL.
import { addDays, addMonths, firstOfMonth } from '../../collector/calendar.ts'
import type { Range } from '../period.ts'

/** Whether all days of a month lie in a range. */
export function covers({ from, to }: Range, month: string): boolean {
  return month >= from && addMonths(month, 1) <= to
}

/** The months that one of these ranges touches without covering them: those in which it begins or ends. */
export function partlyCovered(ranges: readonly Range[]): string[] {
  const months = ranges
    .filter(({ from, to }) => from < to)
    .flatMap((range) => [range.from, addDays(range.to, -1)].map(firstOfMonth).filter((month) => !covers(range, month)))
  return [...new Set(months)].sort()
}

/** Of the months kept as a whole, those that a range touches without covering them. */
export function leftOut(range: Range, generalized: readonly string[]): string[] {
  const partly = (month: string) => month < range.to && addMonths(month, 1) > range.from && !covers(range, month)
  return [...new Set(generalized.map(firstOfMonth))].filter(partly).sort()
}
