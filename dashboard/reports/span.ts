// The days that a report reads: its range and the one before it, with the months that either of them cuts. Made by
// report.ts; the three statements of a report (day.ts, hour.ts, count.ts) bind it.
import { addDays, daysBetween, firstOfMonth } from '../../collector/calendar.ts'
import type { Granularity, Range } from '../period.ts'
import { covers, partlyCovered } from './month.ts'

export interface Ranges {
  range: Range
  /** The range to compare with; leave it out for none. */
  before?: Range | undefined
  /** What of the two ranges is compared, each from its first day on; all of both when left out. */
  compared?: { range: Range; before: Range } | undefined
}

/** Everything from the first to the last day asked for; who reads days drops those between the two ranges. */
export interface Span extends Range {
  /** The first of the month of the first day: bounds on month let ClickHouse skip the partitions of all others. */
  month: string
  /** Months whose days are told apart also where a report is by month: a range begins or ends in them. */
  cut: string[]
  /** Of them, those that cannot stand in the range once they are kept as a whole. */
  partly: string[]
  /** What lies between the two ranges, where it is so long that counts are better left unread. */
  gap: Range | undefined
}

/** To read some days more takes ClickHouse less than to understand one more condition. */
const GAP_FROM_DAYS = 31

export function spanOf({ range, before, compared }: Ranges): Span {
  const ranges = [range, ...(before ? [before] : [])]
  const cut = partlyCovered([...ranges, ...(before && compared ? [compared.range, compared.before] : [])])
  const [from = range.from] = ranges.map(({ from }) => from).sort()
  const [to = range.to] = ranges
    .map(({ to }) => to)
    .sort()
    .reverse()
  const [earlier = range, later = range] = ranges.toSorted((one, other) => (one.from < other.from ? -1 : 1))
  const gap = { from: earlier.to, to: later.from }
  return {
    ...{ from, to, month: firstOfMonth(from), cut },
    partly: cut.filter((month) => !covers(range, month)),
    gap: daysBetween(gap.from, gap.to) >= GAP_FROM_DAYS ? gap : undefined,
  }
}

/**
 * The same question without what lies on or after a day. As many days as that takes from what is compared it takes from
 * what it is compared with; where nothing is left, there is no comparison.
 */
export function cutAt<Question extends Ranges>(question: Question, day: string): Question {
  const { range, before, compared } = question
  if (range.to <= day) return question
  const cut = { ...question, range: { from: range.from, to: day > range.from ? day : range.from } }
  if (!before) return cut
  const { range: now, before: then } = compared ?? { range, before }
  const lost = Math.max(0, daysBetween(cut.range.to, now.to))
  const left = {
    range: { from: now.from, to: addDays(now.to, -lost) },
    before: { from: then.from, to: addDays(then.to, -lost) },
  }
  if (isEmpty(cut.range) || isEmpty(left.range) || isEmpty(left.before)) {
    return { ...cut, before: undefined, compared: undefined }
  }
  return { ...cut, compared: left }
}

export function isEmpty({ from, to }: Range): boolean {
  return from >= to
}

/** SQL: the day of a row, or its month where a report is by month. Needs the parameter `cut`. */
export function bucketSql(granularity: Granularity): string {
  return granularity === 'month' ? 'if(month IN {cut:Array(Date)}, day, month)' : 'day'
}

/** SQL: the key finds nearly all rows by itself, and to read them column after column takes a tenth longer. */
export const BY_KEY = 'SETTINGS optimize_move_to_prewhere = 0'
