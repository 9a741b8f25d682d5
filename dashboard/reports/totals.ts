// Totals of a range, of the range before it, and both over time: one statement. Called by the dashboard and the Stats
// API. Without a filter the totals are exact; under one they are the counts of that value, in whole k.
import * as z from 'zod'
import { addDays, addMonths, firstOfMonth } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import { DIMENSIONS, type Dimension, INTERVALS, type Metric, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { buckets, type Granularity, type Range } from '../period.ts'
import { type Filter, pairsWith } from './filter.ts'
import type { Reach } from './interval.ts'
import { atTheEdges, leftOut, within } from './month.ts'

export interface TotalsQuestion {
  range: Range
  /** The range to compare with; leave it out for none. */
  before?: Range | undefined
  /** What of the two ranges is compared, each from its first day on; all of both when left out. */
  compared?: { range: Range; before: Range } | undefined
  granularity: Granularity
  filter?: Filter | undefined
  /** The local hour of now, where today is asked for: hours to come are not there yet. */
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
  /** A day, the first day of a month, or an hour '0' to '23'. */
  start: string
  /** Nothing where nothing is known: what is not kept is not zero. */
  totals: Totals | undefined
}

/** Totals of as many days of both ranges. */
export interface Comparison {
  now: Totals
  before: Totals
}

/** Counting began after the range before did, or a month kept as a whole lies only partly in one of the two. */
export type Incomparable = 'nothing_counted' | 'kept_by_month'

export interface TotalsReport {
  /** What is counted here: without a filter everything, under one what its dimension is counted by. */
  measured: ReadonlySet<Metric>
  /** Exact, or in whole k because a filter stands. */
  exact: boolean
  /** As drawn: a range with months kept as a whole is drawn by month, a day without its hours as one day. */
  granularity: Granularity
  /** Whether visits of this site are ever marked engaged; if not, another tracker than Sundial's counts it. */
  engages: boolean
  /** Nothing where nothing is known of the whole range. */
  current: Totals | undefined
  /** Without the hours to come. */
  series: Bucket[]
  comparison: Comparison | undefined
  /** Why there is no comparison though one was asked for. */
  incomparable: Incomparable | undefined
  beforeSeries: Bucket[]
  /** First days of months kept as a whole that the range (or the one before) covers only in part. */
  leftOut: string[]
  /** The first day any total is kept for; nothing while there is none. */
  firstDay: string | undefined
}

const row = z.object({
  /** `day` and `reach` come by day or month, `hour` by hour; the other two are one fact each. */
  part: z.enum(['day', 'hour', 'reach', 'kept_by_month', 'first_day']),
  /** 1 in the range, 0 in the range before. */
  current: z.coerce.number(),
  /** 1 for days that are compared. */
  compared: z.coerce.number(),
  /** 1 for a month kept as a whole. */
  whole: z.coerce.number(),
  bucket: z.string(),
  label: z.string(),
  visits: z.coerce.number(),
  pageviews: z.coerce.number(),
  engaged: z.coerce.number(),
  events: z.coerce.number(),
  reach: z.coerce.number(),
})
type Row = z.infer<typeof row>

const ALL: readonly Metric[] = ['visits', 'pageviews', 'engaged', 'events', 'reach']

export async function readTotals(
  counts: Pick<Counts, 'query'>,
  site: Site,
  question: TotalsQuestion,
): Promise<TotalsReport> {
  const { range, filter } = question
  const before = question.before ?? { from: range.from, to: range.from }
  const compared = question.compared ?? { range, before }
  const granularity = filter && question.granularity === 'hour' ? 'day' : question.granularity
  const interval = intervalOf(site, filter)
  const parts = [
    ...(filter ? [filteredSums(granularity)] : [daySums(granularity)]),
    ...(granularity === 'hour' ? [hourSums, hourCounts] : []),
    ...(interval ? [reachSums(granularity, filter !== undefined)] : []),
    keptByMonth,
    firstDay,
  ]
  const sql = `/* reports.totals */\n${parts.join('\nUNION ALL\n')}`
  const rows = await counts.query(
    sql,
    {
      site: site.id,
      range_from: range.from,
      range_to: range.to,
      before_from: before.from,
      before_to: before.to,
      range_compared_to: compared.range.to,
      before_compared_to: compared.before.to,
      dimension: filter?.dimension ?? '',
      value: filter?.value ?? '',
      interval: interval ?? '',
    },
    row,
  )
  return report(rows, site, { ...question, granularity })
}

/** Which interval dimension tells engaged time: of sessions, or of the pair that the filter's dimension stands in. */
function intervalOf(site: Site, filter: Filter | undefined): Dimension | undefined {
  if (!filter) return 'session_interval'
  return pairsWith(site, filter.dimension).find(({ metric }) => metric === 'reach')?.other
}

/** The metrics a filter leaves: what is counted by its dimension, and engaged time where that is paired with it. */
export function measuredUnder(site: Site, { dimension }: Pick<Filter, 'dimension'>): Set<Metric> {
  const reach = pairsWith(site, dimension).flatMap(({ metric }) => (metric === 'reach' ? [metric] : []))
  return new Set([...DIMENSIONS[dimension].metrics, ...reach])
}

const IN_RANGE = 'day >= {range_from:Date} AND day < {range_to:Date}'
const IN_BEFORE = 'day >= {before_from:Date} AND day < {before_to:Date}'
const COMPARED_TO = `if(${IN_RANGE}, {range_compared_to:Date}, {before_compared_to:Date})`
const COMPARED = `day < ${COMPARED_TO}`
const COUNT_COMPARED = `if(generalized = 1, addMonths(month, 1) <= ${COMPARED_TO}, ${COMPARED})`

/** Months kept as a whole stand at their first day. */
function bucketOf(granularity: Granularity): string {
  return granularity === 'month' ? 'toString(toStartOfMonth(day))' : 'toString(day)'
}

function daySums(granularity: Granularity): string {
  return `SELECT
  'day' AS part, ${IN_RANGE} AS current, ${COMPARED} AS compared, 0 AS whole,
  ${bucketOf(granularity)} AS bucket, '' AS label,
  sum(visits) AS visits, sum(pageviews) AS pageviews, sum(engaged) AS engaged, sum(events) AS events, 0 AS reach
FROM readable_days
WHERE site = {site:UInt32}
  AND (${IN_RANGE} OR ${IN_BEFORE})
GROUP BY current, compared, bucket`
}

/** By the hour only visits are totals. */
const hourSums = `SELECT
  'hour' AS part, ${IN_RANGE} AS current, 1 AS compared, 0 AS whole, toString(hour) AS bucket, '' AS label,
  sum(visits) AS visits, 0 AS pageviews, 0 AS engaged, 0 AS events, 0 AS reach
FROM readable_hours
WHERE site = {site:UInt32}
  AND (${IN_RANGE} OR ${IN_BEFORE})
GROUP BY current, bucket`

/** The hour's page views, engaged visits and events are attribute counts like any other: their hour is a text, '09'. */
const hourCounts = `SELECT
  'hour' AS part, ${IN_RANGE} AS current, 1 AS compared, 0 AS whole,
  toString(toUInt8OrZero(value)) AS bucket, '' AS label,
  0 AS visits, sumIf(n, metric = 'pageviews') AS pageviews, sumIf(n, metric = 'engaged') AS engaged,
  sumIf(n, metric = 'events') AS events, 0 AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND metric IN ('pageviews', 'engaged', 'events')
  AND dimension = 'hour'
  AND dimension2 = ''
  AND value != '${OTHER}'
  AND generalized = 0
  AND (${IN_RANGE} OR ${IN_BEFORE})
GROUP BY current, bucket`

function filteredSums(granularity: Granularity): string {
  return `SELECT
  'day' AS part, ${IN_RANGE} AS current, ${COUNT_COMPARED} AS compared, generalized AS whole,
  ${bucketOf(granularity)} AS bucket, '' AS label,
  sumIf(n, metric = 'visits') AS visits, sumIf(n, metric = 'pageviews') AS pageviews,
  sumIf(n, metric = 'engaged') AS engaged, sumIf(n, metric = 'events') AS events, 0 AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND dimension = {dimension:String}
  AND dimension2 = ''
  AND value = {value:String}
  AND (${within('range')} OR ${within('before')})
GROUP BY current, compared, whole, bucket`
}

function reachSums(granularity: Granularity, filtered: boolean): string {
  const single = `dimension2 = ''`
  const pair = 'dimension2 = {dimension:String} AND value2 = {value:String}'
  return `SELECT
  'reach' AS part, ${IN_RANGE} AS current, ${COUNT_COMPARED} AS compared, generalized AS whole,
  ${bucketOf(granularity)} AS bucket, value AS label,
  0 AS visits, 0 AS pageviews, 0 AS engaged, 0 AS events, sum(n) AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND metric = 'reach'
  AND dimension = {interval:String}
  AND ${filtered ? pair : single}
  AND (${within('range')} OR ${within('before')})
GROUP BY current, compared, whole, bucket, label`
}

const keptByMonth = `SELECT DISTINCT
  'kept_by_month' AS part, 1 AS current, 0 AS compared, 1 AS whole, toString(month) AS bucket, '' AS label,
  0 AS visits, 0 AS pageviews, 0 AS engaged, 0 AS events, 0 AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND generalized = 1
  AND (${atTheEdges('range')} OR ${atTheEdges('before')})`

const firstDay = `SELECT
  'first_day' AS part, 1 AS current, 0 AS compared, 0 AS whole, toString(min(day)) AS bucket, '' AS label,
  0 AS visits, 0 AS pageviews, sum(engaged) AS engaged, 0 AS events, 0 AS reach
FROM readable_days
WHERE site = {site:UInt32}
HAVING count() > 0`

function report(rows: Row[], site: Site, question: TotalsQuestion): TotalsReport {
  const { range, before, granularity, filter, upToHour } = question
  const byMonth = rows.filter(({ part }) => part === 'kept_by_month').map(({ bucket }) => bucket)
  const first = rows.find(({ part }) => part === 'first_day')
  const firstDay = first?.bucket
  const omitted = leftOut(range, byMonth)
  const sums = rows.filter(({ part }) => part === 'day' || part === 'reach')
  const hours = rows.filter(({ part }) => part === 'hour')
  const drawn = drawnBy(sums, hours, granularity)
  const drawnRows = drawn === 'hour' ? hours : sums
  const incomparable = before && whyIncomparable(question, { firstDay, byMonth })
  const compared = incomparable ? undefined : before
  const known = (start: string, by: Granularity) =>
    firstDay !== undefined &&
    endOf(start, by, range) > firstDay &&
    !(filter && omitted.includes(firstOfMonth(by === 'hour' ? range.from : start)))
  const starts = buckets(range, drawn).slice(0, drawn === 'hour' && upToHour !== undefined ? upToHour + 1 : undefined)
  const now = rowsOf(drawnRows, 1)
  return {
    measured: filter
      ? measuredUnder(site, filter)
      : new Set(ALL.filter((metric) => metric !== 'reach' || omitted.length === 0)),
    exact: filter === undefined,
    granularity: drawn,
    engages: (first?.engaged ?? 0) > 0,
    current: buckets(range, 'month').some((month) => known(month, 'month')) ? add(rowsOf(sums, 1)) : undefined,
    series: fill(now, starts, drawn).map(({ start, totals }) => ({
      start,
      totals: known(start, drawn) ? totals : undefined,
    })),
    comparison: compared && compare(sums, question, byMonth),
    incomparable,
    beforeSeries: compared ? fill(rowsOf(drawnRows, 0), buckets(compared, drawn), drawn) : [],
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
function compare(sums: Row[], { before, compared }: TotalsQuestion, byMonth: string[]): Comparison {
  const rows = sums.filter(({ compared }) => compared === 1)
  const was = compared?.before ?? before
  const partly = was !== undefined && leftOut(was, byMonth).length > 0
  const earlier = add(rowsOf(rows, 0))
  return { now: add(rowsOf(rows, 1)), before: partly ? { ...earlier, reach: INTERVALS.map(() => 0) } : earlier }
}

function rowsOf(rows: Row[], side: 0 | 1): Row[] {
  return rows.filter(({ current }) => current === side)
}

/** The day after the last that a bucket has of the range. */
function endOf(start: string, granularity: Granularity, { to }: Range): string {
  if (granularity === 'hour') return to
  const end = granularity === 'month' ? addMonths(start, 1) : addDays(start, 1)
  return end < to ? end : to
}

/** A month kept as one row would stand as a tower on its first day; a day whose hours are gone has none to draw. */
function drawnBy(sums: Row[], hours: Row[], granularity: Granularity): Granularity {
  if (granularity === 'hour') return hours.length > 0 || sums.length === 0 ? 'hour' : 'day'
  return sums.some(({ part, whole }) => part === 'day' && whole === 1) ? 'month' : granularity
}

/** Engaged time of a month kept as a whole has no day, so a series by day goes without it. */
function fill(rows: Row[], starts: string[], granularity: Granularity): { start: string; totals: Totals }[] {
  const placed = granularity === 'month' ? rows : rows.filter(({ whole }) => whole === 0)
  const byStart = Map.groupBy(placed, ({ bucket }) => (granularity === 'month' ? firstOfMonth(bucket) : bucket))
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
