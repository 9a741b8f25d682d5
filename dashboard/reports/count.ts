// Attribute counts of a site: all panels of a page and their numbers over time, in one statement that reads the table
// once. To understand a statement takes ClickHouse longer here than to carry it out, so each word more would show: it says
// nothing that the question does not ask for. Called by report.ts; totals.ts and breakdown.ts make their reports of it.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { DIMENSIONS, type Dimension, type Metric, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Granularity, Range } from '../period.ts'
import type { Filter } from './filter.ts'
import type { Goal, GoalCount } from './goal.ts'
import { BY_KEY, bucketSql, type Span } from './span.ts'

export interface CountQuestion {
  range: Range
  /** The days that `timed` takes in. */
  span: Span
  granularity: Granularity
  /** Dimensions whose values are ranked over the range. */
  ranked: readonly Dimension[]
  /** Dimensions of which every value comes day by day (or month by month) over the whole span: those with few values. */
  timed: readonly Dimension[]
  /** Then the ranked come from the pairs with this value, and so does what is timed; its own numbers come timed too. */
  filter?: Filter | undefined
  /** Ranges whose counts of each ranked value are compared. */
  compared?: { range: Range; before: Range } | undefined
  /** Only values that begin with it. */
  prefix?: string
  /** Only those values are ranked, in that order; sums are of all. */
  search?: Search | undefined
  sort?: Sort | undefined
  /** Dimensions of which, under a filter, the counts of each value without it come as well: what a rate is of. */
  rated?: readonly Dimension[]
  goals?: readonly Goal[]
  /** Asks for the engaged time of each ranked value as well; not under a filter. */
  engagedTime?: boolean
  limit: number
  offset: number
  /** Of this dimension all values come, whatever the limit. */
  whole?: Dimension | undefined
}

export interface Search {
  /** Values that contain it, whatever their case. */
  text: string
  /** Values that are shown by another name, which contains it. */
  values: readonly string[]
}

export const SORTS = ['count', 'rate', 'change', 'name'] as const

export interface Sort {
  by: (typeof SORTS)[number]
  /** Each begins with what is most, names with A; this is the other way round. */
  reversed: boolean
  /** Values in the order of their names, where they are shown by another name. */
  alphabet: readonly string[]
  /** Fewer than this have no rate. */
  rateFrom: number
}

export interface CountReport {
  /** In the order of the goals that were asked for. */
  goals: readonly GoalCount[]
  byDimension: ReadonlyMap<string, DimensionCounts>
  /** First days of months kept as a whole, of those that a range begins or ends in. */
  keptByMonth: string[]
}

export interface DimensionCounts {
  /** The ranked values from offset on, largest first; none for a timed dimension. */
  ranked: RankedValue[]
  /** Of all ranked values, those beyond the limit included: what was never named, the sum, how many are named. */
  other: number
  counted: number
  named: number
  timed: TimedValue[]
}

export interface RankedValue {
  value: string
  /** By the metric that the dimension is ranked by. */
  n: number
  engaged: number
  /** Labels of bounds and, in the same order, their counts. */
  reach: readonly [labels: string[], counts: number[]]
  /** In the two ranges that are compared. */
  now: number
  before: number
  /** Without the filter, for rated dimensions. */
  of: number
}

export interface TimedValue {
  /** A day, the first of a month that no range cuts, or of one that is kept as a whole. */
  on: string
  /** Whether it is a month kept as a whole. */
  whole: boolean
  value: string
  n: number
  engaged: number
}

const number = z.coerce.number()
const row = z.object({
  panel: z.string(),
  other: number,
  counted: number,
  named: number,
  ranked: z.array(
    z.tuple([z.string(), number, number, z.tuple([z.array(z.string()), z.array(number)]), number, number, number]),
  ),
  /** Numbers of goals from 1 on, and in the same order their counts: shown, now, before. */
  goals: z.tuple([z.array(number), z.array(number), z.array(number), z.array(number)]),
  timed: z.array(z.tuple([z.string(), number, z.string(), number, number])),
  kept_by_month: z.array(z.string()),
})
type Row = z.infer<typeof row>

export async function readCounts(
  counts: Pick<Counts, 'query'>,
  site: Site,
  question: CountQuestion,
): Promise<CountReport> {
  const { range, span, compared, ranked, timed, filter, prefix = '', search, sort, limit, offset, whole } = question
  const { rated = [], goals = [] } = question
  const rows = await counts.query(
    countsSql(question),
    {
      site: site.id,
      month: span.month,
      cut: span.cut,
      partly: span.partly,
      range_from: range.from,
      range_to: range.to,
      ...(compared && {
        now_from: compared.range.from,
        now_to: compared.range.to,
        before_from: compared.before.from,
        before_to: compared.before.to,
      }),
      span_from: span.from,
      span_to: span.to,
      ...(span.gap && { gap_from: span.gap.from, gap_to: span.gap.to }),
      ranked,
      timed: filter ? [...timed, filter.dimension] : timed,
      seen: filter ? ['', ...ranked, ...timed] : [...ranked, ...timed],
      dimension: filter?.dimension ?? '',
      value: filter?.value ?? '',
      prefix,
      search: search?.text.toLowerCase() ?? '',
      called: search?.values ?? [],
      alphabet: sort?.alphabet ?? [],
      rate_from: sort?.rateFrom ?? 0,
      rated,
      goal_dimensions: goals.map(({ dimension }) => dimension),
      goal_values: goals.map(({ value }) => value),
      has_open_goal: Number(goals.some(({ open }) => open)),
      goal_open: goals.map(({ open }) => Number(open)),
      limit,
      offset,
      whole: whole ?? '',
    },
    row,
  )
  return {
    goals: goals.map((_, index) => goalCount(rows, index + 1)),
    byDimension: new Map(rows.map((row) => [row.panel, dimensionCounts(row)])),
    keptByMonth: [...new Set(rows.flatMap(({ kept_by_month }) => kept_by_month))],
  }
}

/** A goal is counted in one dimension, and that has one row. */
function goalCount(rows: readonly Row[], place: number): GoalCount {
  const counted = rows.flatMap(({ goals: [places, n, now, before] }) => {
    const index = places.indexOf(place)
    return index < 0 ? [] : [{ n: n[index] ?? 0, now: now[index] ?? 0, before: before[index] ?? 0 }]
  })
  return counted[0] ?? { n: 0, now: 0, before: 0 }
}

/**
 * Sums by value within ClickHouse, then one row a dimension. `on` parts what is summed over the range (no date) from
 * what comes by date: the timed dimensions, and the months kept as a whole that are left out of the range.
 */
function countsSql(question: CountQuestion): string {
  const { filter, span, granularity, prefix, compared, goals = [], rated = [] } = question
  const { panel, value, conditions } = filter ? filtered : reaches(question) ? withReach : unfiltered
  const rows = [
    ...conditions,
    ...(rated.length > 0 ? ["dimension2 = '' AND dimension IN {rated:Array(String)}"] : []),
    ...(goals.length > 0 && !filter ? [`dimension2 = '' AND ${IS_GOAL}`] : []),
  ]
  const shown = shownSql(question)
  const inRange = within('range', question.range, span)
  const counts = `(is_timed OR ${['NOT whole', ...inRange].join(' AND ')})`
  const sums = [
    `sumIf(n, ${[...shown, counts].join(' AND ')}) AS shown`,
    engages(question) ? `sumIf(n, metric = 'engaged' AND ${counts}) AS engaged` : '0 AS engaged',
    ...(compared
      ? [
          `sumIf(n, ${[...shown, ...within('now', compared.range, span)].join(' AND ')}) AS n_now`,
          `sumIf(n, ${[...shown, ...within('before', compared.before, span)].join(' AND ')}) AS n_before`,
        ]
      : []),
    ...(rated.length > 0 ? [`sumIf(n, ${[...ratedSql(rated), ...inRange].join(' AND ')}) AS n_alone`] : []),
    ...(reaches(question)
      ? [`sumMapIf([value], [n], ${["dimension2 != ''", ...inRange].join(' AND ')}) AS reach`]
      : []),
  ]
  return `/* reports.counts */
SELECT
  panel,
  sumIf(shown, value_shown = '${OTHER}') AS other,
  sum(shown) AS counted,
  countIf(is_ranked) AS named,
  ${rankedSql(question)} AS ranked,
  ${goals.length > 0 ? goalsSql(question) : '([], [], [], [])'} AS goals,
  groupArrayIf((on, whole, value_shown, shown, engaged), is_timed) AS timed,
  groupUniqArrayIf(on, whole) AS kept_by_month
FROM (
SELECT
  ${panel} AS panel,
  ${value} AS value_shown,
  panel IN {timed:Array(String)} AS is_timed,
  generalized AND (is_timed OR ${IS_PARTLY}) AS whole,
  if(is_timed OR whole, ${bucketSql(granularity)}, toDate(0)) AS on,
  ${sums.join(',\n  ')}
FROM readable_counts
WHERE site = {site:UInt32}
  AND month >= {month:Date}
  AND month < {span_to:Date}
  AND (${daysOf(span)} AND (${rows.join('\n    OR ')})
    OR generalized AND ${IS_PARTLY})
GROUP BY panel, value_shown, whole, on${prefix ? '\nHAVING is_timed OR whole OR startsWith(value_shown, {prefix:String})' : ''}
)
GROUP BY panel
${BY_KEY}`
}

/** The ranked values with what was asked of them; what was not stands there as nothing. */
function rankedSql(question: CountQuestion): string {
  const { compared, rated = [], search } = question
  const columns = [
    'value_shown, shown, engaged',
    reaches(question) ? 'reach' : '([], [])',
    compared ? 'n_now, n_before' : '0, 0',
    rated.length > 0 ? 'n_alone' : '0',
  ]
  const list = `groupArrayIf((${columns.join(', ')}),
    NOT is_timed AND shown > 0 AND value_shown != '${OTHER}'${search ? ` AND ${FOUND}` : ''} AS is_ranked)`
  return `arraySlice(${sortedSql(question)(list)},
    {offset:UInt32} + 1, if(panel = {whole:String}, 1000, {limit:UInt32}))`
}

/** A value by its own text, or by the name that it is shown with. */
const FOUND = `(position(lowerUTF8(value_shown), {search:String}) > 0 OR value_shown IN {called:Array(String)})`

/** What a sort puts first; ties go by count, then by name. */
const SORT_KEYS: Readonly<Record<Sort['by'], (up: '' | '-', down: '' | '-', isRated: boolean) => string>> = {
  count: (_, down) => `${down}one.2`,
  change: (_, down) => `${down}(toInt64(one.5) - toInt64(one.6)), -one.2`,
  name: (up) => `${up}indexOf({alphabet:Array(String)}, one.1)`,
  // What has no rate comes last, whichever way.
  rate: (_, down, isRated) =>
    isRated
      ? `(one.7 < {rate_from:UInt32}, ${down}(one.2 / greatest(one.7, 1))), -one.2`
      : `(one.2 < {rate_from:UInt32}, ${down}(1 - one.3 / greatest(one.2, 1))), -one.2`,
}

/** A bounce rate by the counts of the value itself, a conversion rate by those without the filter. */
function sortedSql({ sort, rated = [] }: CountQuestion): (list: string) => string {
  const { by = 'count', reversed = false } = sort ?? {}
  const names = 'lowerUTF8(one.1), one.1'
  if (by === 'name' && reversed)
    return (list) => `arrayReverse(arraySort(one -> (${SORT_KEYS.name('', '-', false)}, ${names}), ${list}))`
  const key = SORT_KEYS[by](reversed ? '-' : '', reversed ? '' : '-', rated.length > 0)
  return (list) => `arraySort(one -> (${key}, ${names}), ${list})`
}

/** Rows that may belong to a goal, in words that the key can answer: pages below a path are told apart by MET. */
const IS_GOAL = `dimension IN {goal_dimensions:Array(String)}
      AND (value IN {goal_values:Array(String)} OR {has_open_goal:UInt8} AND dimension = 'page')`

/** The places of the goals that a value reaches; a value may reach several. */
const MET = `arrayFilter((place, goal_dimension, goal_value, is_open) -> goal_dimension = panel
    AND (goal_value = value_shown OR is_open AND startsWith(value_shown, goal_value)),
    arrayEnumerate({goal_values:Array(String)}), {goal_dimensions:Array(String)}, {goal_values:Array(String)},
    {goal_open:Array(UInt8)})`

function goalsSql({ compared }: CountQuestion): string {
  const [now, before] = compared ? ['n_now', 'n_before'] : ['0', '0']
  return `sumMapIf(${MET} AS met, arrayMap(place -> shown, met), arrayMap(place -> ${now}, met),
    arrayMap(place -> ${before}, met), NOT whole)`
}

/** Of rows of a month kept as a whole, which stand on its first day: it is cut, and does not lie in the range. */
const IS_PARTLY = 'month IN {partly:Array(Date)}'

function daysOf({ gap }: Span): string {
  const days = 'day >= {span_from:Date} AND day < {span_to:Date}'
  return gap ? `${days} AND (day < {gap_from:Date} OR day >= {gap_to:Date})` : days
}

/** The bounds of a range that are not those of the span as well. */
function within(name: 'range' | 'now' | 'before', { from, to }: Range, span: Span): string[] {
  return [
    ...(from > span.from ? [`day >= {${name}_from:Date}`] : []),
    ...(to < span.to ? [`day < {${name}_to:Date}`] : []),
  ]
}

const single = `dimension2 = '' AND dimension IN {seen:Array(String)}`
const unfiltered = { panel: 'dimension', value: 'value', conditions: [single] }

/** Engaged time comes from the pairs of an interval with a page or a source: the interval stands first in them. */
const withReach = {
  panel: "if(dimension2 = '', dimension, dimension2)",
  value: "if(dimension2 = '', value, value2)",
  conditions: [single, `metric = 'reach' AND dimension2 IN {ranked:Array(String)}`],
}

/** The value itself, and its pairs: what stands beside it stands first or second in them. */
const filtered = {
  panel: "if(dimension2 IN ('', {dimension:String}) AS panel_is_first, dimension, dimension2)",
  value: 'if(panel_is_first, value, value2)',
  conditions: [
    'dimension = {dimension:String} AND value = {value:String} AND dimension2 IN {seen:Array(String)}',
    'dimension2 = {dimension:String} AND value2 = {value:String} AND dimension IN {seen:Array(String)}',
  ],
}

function reaches({ engagedTime = false, filter }: CountQuestion): boolean {
  return engagedTime && !filter
}

function engages({ ranked, filter }: CountQuestion): boolean {
  return (filter ? [filter.dimension] : ranked).some((dimension) => metricsOf(dimension).includes('engaged'))
}

/** Of what a dimension is counted by, the first is shown; beside it most count nothing but engaged visits. */
function shownSql(question: CountQuestion): string[] {
  const { ranked, filter, rated = [] } = question
  const others = (filter ? [...ranked, filter.dimension] : ranked).flatMap((dimension) =>
    metricsOf(dimension)
      .filter((metric, place) => place > 0 && metric !== 'engaged')
      .map((metric) => `NOT (dimension = '${dimension}' AND metric = '${metric}')`),
  )
  const single = filter ? [] : ["dimension2 = ''"]
  const paired = rated.length > 0 ? ["NOT (dimension2 = '' AND dimension IN {rated:Array(String)})"] : []
  return ["metric != 'engaged'", ...single, ...paired, ...others]
}

function ratedSql(rated: readonly Dimension[]): string[] {
  const metrics = rated.map((dimension) => `dimension = '${dimension}' AND metric = '${metricsOf(dimension)[0]}'`)
  return ["dimension2 = ''", `(${metrics.join(' OR ')})`]
}

function metricsOf(dimension: Dimension): readonly Metric[] {
  return DIMENSIONS[dimension].metrics
}

function dimensionCounts({ ranked, other, counted, named, timed }: Row): DimensionCounts {
  return {
    ranked: ranked.map(([value, n, engaged, reach, now, before, of]) => ({
      value,
      n,
      engaged,
      reach,
      now,
      before,
      of,
    })),
    other,
    counted,
    named,
    timed: timed.map(([on, whole, value, n, engaged]) => ({ on, whole: whole === 1, value, n, engaged })),
  }
}
