// The days that a report reads: its range and the one before it, with the months that either of them cuts. Made by
// report.ts; the three statements of a report (day.ts, hour.ts, count.ts) bind it.
import { firstOfMonth } from '../../collector/calendar.ts'
import type { Granularity, Range } from '../period.ts'
import { covers, partlyCovered } from './month.ts'

export interface Ranges {
  range: Range
  /** The range to compare with; leave it out for none. */
  before?: Range | undefined
  /** What of the two ranges is compared, each from its first day on; all of both when left out. */
  compared?: { range: Range; before: Range } | undefined
}

/** Everything from the first to the last day asked for; what lies between the two ranges is dropped by who reads. */
export interface Span extends Range {
  /** The first of the month of the first day: bounds on month let ClickHouse skip the partitions of all others. */
  month: string
  /** Months whose days are told apart also where a report is by month: a range begins or ends in them. */
  cut: string[]
  /** Of them, those that cannot stand in the range once they are kept as a whole. */
  partly: string[]
}

export function spanOf({ range, before, compared }: Ranges): Span {
  const ranges = [range, ...(before ? [before] : [])]
  const cut = partlyCovered([...ranges, ...(before && compared ? [compared.range, compared.before] : [])])
  const [from = range.from] = ranges.map(({ from }) => from).sort()
  const [to = range.to] = ranges
    .map(({ to }) => to)
    .sort()
    .reverse()
  return { from, to, month: firstOfMonth(from), cut, partly: cut.filter((month) => !covers(range, month)) }
}

/** SQL: the day of a row, or its month where a report is by month. Needs the parameter `cut`. */
export function bucketSql(granularity: Granularity): string {
  return granularity === 'month' ? 'if(month IN {cut:Array(Date)}, day, month)' : 'day'
}
