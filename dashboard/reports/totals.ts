// Totals of a range, of the range before it, and both over time, made of what day.ts, hour.ts and count.ts read. Shown by
// the dashboard and the Stats API. Without a filter they are exact; under one the counts of that value, in whole k.
import { addDays, addMonths, firstOfMonth } from '../../collector/calendar.ts'
import { DIMENSIONS, type Dimension, INTERVALS, type Metric } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { bucketOf, buckets, earlierOf, type Granularity, hourOf, nextBucket, type Range } from '../period.ts'
import type { CountReport } from './count.ts'
import type { DayRow, Days } from './day.ts'
import { type Filter, pairsWith } from './filter.ts'
import type { Horizon } from './horizon.ts'
import type { HourRow } from './hour.ts'
import type { Reach } from './interval.ts'
import { covers, leftOut } from './month.ts'
import { isEmpty, type Ranges } from './span.ts'

export interface TotalsQuestion extends Ranges {
  granularity: Granularity
  /** How far who reads this sees; horizon.ts makes it. It must be said, so that it cannot be forgotten. */
  horizon: Horizon | undefined
  filter?: Filter | undefined
  /** False where nobody asks for engaged time: without a filter that spares the attribute counts. */
  engagedTime?: boolean
  /** The local hour of now, where today is asked for: hours to come are not there yet. Up to a horizon that decides. */
  upToHour?: number | undefined
}

export interface Totals {
  visits: number
  pageviews: number
  engaged: number
  events: number
  /** How many reached each bound of engaged time: visits, or page views under a page filter. */
  reach: Reach
}

export interface Bucket {
  /** As period.ts names buckets: '2026-01-31' of a day, a week or a month, '9' or '2026-01-31 09' of an hour. */
  start: string
  /** Nothing where nothing is known: what is not kept is not zero. */
  totals: Totals | undefined
}

/** Totals of as many days of both ranges. */
export interface Comparison {
  days: { range: Range; before: Range }
  now: Totals
  before: Totals
}

/** Counting began after the range before did, or a month kept as a whole lies only partly in one of the two. */
export type Incomparable = 'nothing_counted' | 'kept_by_month'

export interface TotalsReport {
  /** The days that are in it. */
  range: Range
  /** The first day that is not in it though it was asked for, because it lies beyond the horizon. */
  until: string | undefined
  /** Visits of the horizon's day up to the horizon, where that day was asked for among others: they are not in `current`. */
  soFar: number | undefined
  /** What is known here: without a filter everything, under one what its dimension is counted by. */
  measured: ReadonlySet<Metric>
  /** Of that, what the series knows. */
  drawable: ReadonlySet<Metric>
  /** Exact, or in whole k because a filter stands. */
  exact: boolean
  /** As drawn: a range with months kept as a whole is drawn by month, a day without its hours as one day. */
  granularity: Granularity
  /** Whether visits of this site are ever marked engaged; if not, another tracker than Sundial's counts it. */
  engages: boolean
  /** Nothing where nothing is known of the whole range. */
  current: Totals | undefined
  /** Without the hours to come, and without what lies beyond the horizon. */
  series: Bucket[]
  comparison: Comparison | undefined
  /** Why there is no comparison though one was asked for. */
  incomparable: Incomparable | undefined
  /** Empty where the range before is not kept as finely as the range is drawn. */
  beforeSeries: Bucket[]
  /** Visits of the last day of the range, where days are told apart and no filter stands. */
  visitsOfLastDay: number | undefined
  /** First days of months kept as a whole that the range (or the one before) covers only in part. */
  leftOut: string[]
  /** The first day any total is kept for; nothing while there is none. */
  firstDay: string | undefined
}

const ALL: readonly Metric[] = ['visits', 'pageviews', 'engaged', 'events', 'reach']

/** What a horizon leaves of a report whose question was cut at it. */
export interface Within {
  until: string | undefined
  soFar: number | undefined
  /** What is known of the range, and what of its hours. */
  known: readonly Metric[]
  knownByHour: readonly Metric[]
}

const EVERYTHING: Within = { until: undefined, soFar: undefined, known: ALL, knownByHour: ALL }

/** What was read for a report. */
export interface Found {
  days: Days
  hours: readonly HourRow[]
  counted: CountReport
  /** The interval that tells engaged time. */
  interval: Dimension | undefined
}

/** A number of the range (current) or of the range before, as it is drawn and compared. */
interface Row extends DayRow {
  /** `day` and `reach` come by day or month, `hour` by hour. */
  part: 'day' | 'hour' | 'reach'
  current: boolean
  compared: boolean
  /** A month kept as a whole. */
  whole: boolean
  label: string
  reach: number
}

export function totalsReport(
  site: Site,
  question: TotalsQuestion,
  { days, hours, counted, interval }: Found,
  within: Partial<Within> = {},
): TotalsReport {
  const { filter } = question
  const sums = [
    ...(filter ? valueRows(counted, filter) : days.rows.map(dayRow)),
    ...(interval ? reachRows(counted, interval) : []),
  ]
  const place = placeIn(question)
  return report(sums.flatMap(place), hours.map(hourRow).flatMap(place), site, question, {
    ...{ ...EVERYTHING, ...within },
    ...days,
    byMonth: counted.keptByMonth,
  })
}

/** Which interval dimension tells engaged time: of sessions, or of the pair that the filter's dimension stands in. */
export function intervalOf(site: Site, filter: Filter | undefined): Dimension | undefined {
  if (!filter) return 'session_interval'
  return pairsWith(site, filter.dimension).find(({ metric }) => metric === 'reach')?.other
}

/** The metrics a filter leaves: what is counted by its dimension, and engaged time where that is paired with it. */
export function measuredUnder(site: Site, { dimension }: Pick<Filter, 'dimension'>): Set<Metric> {
  const reach = pairsWith(site, dimension).flatMap(({ metric }) => (metric === 'reach' ? [metric] : []))
  return new Set([...DIMENSIONS[dimension].metrics, ...reach])
}

type Placeless = Omit<Row, 'current' | 'compared'>

const NONE = { visits: 0, pageviews: 0, engaged: 0, events: 0, reach: 0 }

function dayRow(day: DayRow): Placeless {
  return { ...NONE, ...day, part: 'day', whole: false, label: '' }
}

function hourRow({ day, hour, ...numbers }: HourRow): Placeless {
  return { ...NONE, ...numbers, part: 'hour', whole: false, on: day, label: String(hour) }
}

function valueRows({ byDimension }: CountReport, { dimension }: Filter): Placeless[] {
  const [metric] = DIMENSIONS[dimension].metrics
  const timed = byDimension.get(dimension)?.timed ?? []
  return timed.map(({ on, whole, n, engaged }) => ({
    ...{ ...NONE, engaged, [metric]: n },
    ...{ part: 'day', on, whole, label: '' },
  }))
}

function reachRows({ byDimension }: CountReport, interval: Dimension): Placeless[] {
  const timed = byDimension.get(interval)?.timed ?? []
  return timed.map(({ on, whole, value, n }) => ({ ...NONE, part: 'reach', on, whole, label: value, reach: n }))
}

/** Puts a row into the range or the range before; one that belongs to neither is dropped. */
function placeIn({ range, before, compared }: TotalsQuestion) {
  const lies = (within: Range | undefined, { on, whole }: Placeless) =>
    within !== undefined && (whole ? covers(within, on) : on >= within.from && on < within.to)
  const endsBy = (to: string, { on, whole }: Placeless) => (whole ? addMonths(on, 1) <= to : on < to)
  return (row: Placeless): Row[] => {
    if (lies(range, row)) return [{ ...row, current: true, compared: endsBy((compared?.range ?? range).to, row) }]
    if (!before || !lies(before, row)) return []
    return [{ ...row, current: false, compared: endsBy((compared?.before ?? before).to, row) }]
  }
}

interface Known extends Within {
  firstDay: string | undefined
  engages: boolean
  /** First days of months kept as a whole, of those that a range begins or ends in. */
  byMonth: string[]
}

function report(
  sums: Row[],
  hours: Row[],
  site: Site,
  question: TotalsQuestion,
  { firstDay, engages, byMonth, until, soFar, known: metrics, knownByHour }: Known,
): TotalsReport {
  const { range, before, granularity, filter, upToHour } = question
  const omitted = leftOut(range, byMonth)
  const drawn = drawnBy(sums, hours, granularity)
  const omits = (day: string) => omitted.includes(firstOfMonth(day))
  const drawnRows = drawn === 'hour' ? hours : sums
  const incomparable = before && whyIncomparable(question, { firstDay, byMonth })
  const compared = incomparable ? undefined : before
  const known = (start: string, by: Granularity) =>
    firstDay !== undefined &&
    endOf(start, by, range) > firstDay &&
    !(filter && (omits(beginningOf(start, range)) || (by === 'week' && omits(addDays(endOf(start, by, range), -1)))))
  const starts = isEmpty(range) ? [] : buckets(range, drawn)
  // Beyond a horizon the day that runs is not in it.
  const toCome = drawn === 'hour' && upToHour !== undefined && until === undefined ? 23 - upToHour : 0
  const now = rowsOf(drawnRows, true)
  const measured = filter
    ? measuredUnder(site, filter)
    : new Set(metrics.filter((metric) => metric !== 'reach' || omitted.length === 0))
  return {
    range,
    until,
    soFar,
    measured,
    drawable: drawn === 'hour' ? new Set([...measured].filter((metric) => knownByHour.includes(metric))) : measured,
    exact: filter === undefined,
    granularity: drawn,
    engages,
    current:
      !isEmpty(range) && buckets(range, 'month').some((month) => known(month, 'month'))
        ? add(rowsOf(sums, true))
        : undefined,
    series: fill(now, starts.slice(0, starts.length - toCome), drawn).map(({ start, totals }) => ({
      start,
      totals: known(start, drawn) ? totals : undefined,
    })),
    comparison: compared && compare(sums, { ...question, before: compared }, byMonth),
    incomparable,
    beforeSeries:
      compared && (drawn !== 'hour' || hoursAreKept(sums, hours, false))
        ? fill(rowsOf(drawnRows, false), buckets(compared, drawn), drawn)
        : [],
    visitsOfLastDay: filter ? undefined : sums.find((row) => isDay(row, addDays(range.to, -1)))?.visits,
    leftOut: omitted,
    firstDay,
  }
}

/** Half a range before would make any growth look like a wonder, and half of the range itself any fall. */
function whyIncomparable(
  { range, before, compared, filter }: TotalsQuestion,
  { firstDay, byMonth }: { firstDay: string | undefined; byMonth: string[] },
): Incomparable | undefined {
  if (before && (firstDay === undefined || firstDay > before.from)) return 'nothing_counted'
  const ranges = compared ? [compared.range, compared.before] : [range, ...(before ? [before] : [])]
  const partly = ranges.some((days) => leftOut(days, byMonth).length > 0)
  return filter && partly ? 'kept_by_month' : undefined
}

/**
 * Engaged time is an attribute count, visits are exact: where a month kept as a whole is left out of the one but not of
 * the other, a median would be wrong, so there is none.
 */
function compare(
  sums: Row[],
  { range, before, compared }: TotalsQuestion & { before: Range },
  byMonth: string[],
): Comparison {
  const rows = sums.filter(({ compared }) => compared)
  const days = compared ?? { range, before }
  const partly = leftOut(days.before, byMonth).length > 0
  const earlier = add(rowsOf(rows, false))
  return {
    days,
    now: add(rowsOf(rows, true)),
    before: partly ? { ...earlier, reach: INTERVALS.map(() => 0) } : earlier,
  }
}

function rowsOf(rows: Row[], current: boolean): Row[] {
  return rows.filter((row) => row.current === current)
}

function isDay({ part, current, on }: Row, day: string): boolean {
  return part === 'day' && current && on === day
}

/** The first day that a bucket has of the range; an hour of a single day does not say its day. */
function beginningOf(start: string, { from }: Range): string {
  const day = start.slice(0, 10)
  return day.length === 10 && day > from ? day : from
}

/** The day after the last that a bucket has of the range. */
function endOf(start: string, granularity: Granularity, range: Range): string {
  const end = granularity === 'hour' ? addDays(beginningOf(start, range), 1) : nextBucket(start, granularity)
  return earlierOf(end, range.to)
}

/** A month kept as one row would stand as a tower on its first day; days of which hours are gone are drawn as days. */
function drawnBy(sums: Row[], hours: Row[], granularity: Granularity): Granularity {
  if (granularity === 'hour') return hoursAreKept(sums, hours, true) ? 'hour' : 'day'
  return sums.some(({ part, whole }) => part === 'day' && whole) ? 'month' : granularity
}

/** Whether every day with visits has hours. */
function hoursAreKept(sums: Row[], hours: Row[], current: boolean): boolean {
  const days = new Set(rowsOf(hours, current).map(({ on }) => on))
  return rowsOf(sums, current).every(({ part, visits, on }) => part !== 'day' || visits === 0 || days.has(on))
}

/** Engaged time of a month kept as a whole has no day, so a series by day goes without it. */
function fill(rows: Row[], starts: string[], granularity: Granularity): { start: string; totals: Totals }[] {
  const placed = granularity === 'month' ? rows : rows.filter(({ whole }) => !whole)
  const isOneDay = starts[0] === '0'
  const byStart = Map.groupBy(placed, ({ on, label }) => {
    if (granularity !== 'hour') return bucketOf(on, granularity)
    return isOneDay ? label : hourOf(on, Number(label))
  })
  return starts.map((start) => ({ start, totals: add(byStart.get(start) ?? []) }))
}

function add(rows: Row[]): Totals {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0)
  return {
    visits: sum(({ visits }) => visits),
    pageviews: sum(({ pageviews }) => pageviews),
    engaged: sum(({ engaged }) => engaged),
    events: sum(({ events }) => events),
    reach: INTERVALS.map(({ label }) => sum((row) => (row.part === 'reach' && row.label === label ? row.reach : 0))),
  }
}
