// Attribute counts of a site: all panels of a page and their numbers over time, in one statement that reads the table
// once. Planning costs ClickHouse more than reading here, so each branch or statement more would show. Called by
// report.ts; totals.ts and breakdown.ts make their reports of what comes.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { DIMENSIONS, type Dimension, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Granularity, Range } from '../period.ts'
import type { Filter } from './filter.ts'
import type { Goal, GoalCount } from './goal.ts'
import { bucketSql, type Span } from './span.ts'

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
  const { range, span, ranked, timed, filter, prefix = '', search, sort, limit, offset, whole } = question
  const { rated = [], goals = [], compared = NOT_COMPARED } = question
  const rows = await counts.query(
    countsSql(question),
    {
      site: site.id,
      month: span.month,
      cut: span.cut,
      partly: span.partly,
      range_from: range.from,
      range_to: range.to,
      now_from: compared.range.from,
      now_to: compared.range.to,
      before_from: compared.before.from,
      before_to: compared.before.to,
      span_from: span.from,
      span_to: span.to,
      ranked,
      timed: filter ? [...timed, filter.dimension] : timed,
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

const NOT_COMPARED = {
  range: { from: '1970-01-01', to: '1970-01-01' },
  before: { from: '1970-01-01', to: '1970-01-01' },
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
 * what comes by date: the timed dimensions, and the months kept as a whole that are left out of the range. The key finds
 * nearly all rows by itself: to read them column after column (PREWHERE) took a tenth longer.
 */
function countsSql(question: CountQuestion): string {
  const { granularity, filter, prefix, engagedTime, search, goals = [], rated = [] } = question
  const { panel, value, conditions } = filter ? filtered : engagedTime ? withReach : unfiltered
  const isRanked = `NOT dated AND shown > 0 AND value_shown != '${OTHER}'${search ? `\n      AND ${FOUND}` : ''}`
  const places = question.compared ? [IN_RANGE, IN_NOW, IN_BEFORE] : [IN_RANGE]
  const asked = `(${places.join(' OR ')})`
  const rows = [
    ...conditions(asked),
    ...(rated.length > 0 ? [`dimension2 = '' AND dimension IN {rated:Array(String)} AND ${IN_RANGE}`] : []),
    ...(goals.length > 0 && !filter ? [`dimension2 = '' AND ${IS_GOAL} AND ${asked}`] : []),
  ]
  const shown = shownSql(question)
  return `/* reports.counts */
SELECT
  panel,
  sumIf(shown, NOT dated AND value_shown = '${OTHER}') AS other,
  sumIf(shown, NOT dated) AS counted,
  countIf(${isRanked}) AS named,
  arraySlice(${sortedSql(question)(`groupArrayIf((value_shown, shown, engaged, reach, n_now, n_before, n_alone),
    ${isRanked})`)}, {offset:UInt32} + 1, if(panel = {whole:String}, 1000, {limit:UInt32})) AS ranked,
  ${goals.length > 0 ? GOALS_MET : '([], [], [], [])'} AS goals,
  groupArrayIf((on, whole, value_shown, shown, engaged), dated AND panel IN {timed:Array(String)}) AS timed,
  groupUniqArrayIf(on, whole) AS kept_by_month
FROM (
SELECT
  ${panel} AS panel,
  ${value} AS value_shown,
  panel IN {timed:Array(String)} OR ${LEFT_OUT} AS dated,
  if(dated, ${bucketSql(granularity)}, toDate(0)) AS on,
  dated AND generalized AS whole,
  sumIf(n, ${shown} AND (dated OR ${IN_RANGE})) AS shown,
  sumIf(n, metric = 'engaged' AND (dated OR ${IN_RANGE})) AS engaged,
  ${question.compared ? `sumIf(n, ${shown} AND ${IN_NOW})` : '0'} AS n_now,
  ${question.compared ? `sumIf(n, ${shown} AND ${IN_BEFORE})` : '0'} AS n_before,
  ${rated.length > 0 ? `sumIf(n, ${ratedSql(rated)})` : '0'} AS n_alone,
  ${engagedTime && !filter ? "sumMapIf([value], [n], dimension2 != '')" : '([], [])'} AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND month >= {month:Date}
  AND month < {span_to:Date}
  AND (${[...rows, LEFT_OUT].join('\n    OR ')})
GROUP BY panel, value_shown, dated, on, whole${prefix ? '\nHAVING dated OR startsWith(value_shown, {prefix:String})' : ''}
SETTINGS optimize_move_to_prewhere = 0
)
GROUP BY panel`
}

/** A value by its own text, or by the name that it is shown with. */
const FOUND = `(position(lowerUTF8(value_shown), {search:String}) > 0 OR value_shown IN {called:Array(String)})`

/** What a sort puts first; ties go by count, then by name. */
const SORT_KEYS: Readonly<Record<Sort['by'], (up: '' | '-', down: '' | '-', isRated: boolean) => string>> = {
  count: (_, down) => `${down}one.2`,
  change: (_, down) => `${down}(toInt64(one.5) - toInt64(one.6))`,
  name: (up) => `${up}indexOf({alphabet:Array(String)}, one.1)`,
  // What has no rate comes last, whichever way.
  rate: (_, down, isRated) =>
    isRated
      ? `(one.7 < {rate_from:UInt32}, ${down}(one.2 / greatest(one.7, 1)))`
      : `(one.2 < {rate_from:UInt32}, ${down}(1 - one.3 / greatest(one.2, 1)))`,
}

/** A bounce rate by the counts of the value itself, a conversion rate by those without the filter. */
function sortedSql({ sort, rated = [] }: CountQuestion): (list: string) => string {
  const { by = 'count', reversed = false } = sort ?? {}
  const key = SORT_KEYS[by](reversed ? '-' : '', reversed ? '' : '-', rated.length > 0)
  const names = 'lowerUTF8(one.1), one.1'
  if (by === 'name' && reversed)
    return (list) => `arrayReverse(arraySort(one -> (${SORT_KEYS.name('', '-', false)}, ${names}), ${list}))`
  return (list) => `arraySort(one -> (${key}, ${by === 'name' ? '' : '-one.2, '}${names}), ${list})`
}

/** Rows that may belong to a goal, in words that the key can answer: pages below a path are told apart by MET. */
const IS_GOAL = `dimension IN {goal_dimensions:Array(String)}
      AND (value IN {goal_values:Array(String)} OR {has_open_goal:UInt8} AND dimension = 'page')`

/** The places of the goals that a value reaches; a value may reach several. */
const MET = `arrayFilter((place, goal_dimension, goal_value, is_open) -> goal_dimension = panel
    AND (goal_value = value_shown OR is_open AND startsWith(value_shown, goal_value)),
    arrayEnumerate({goal_values:Array(String)}), {goal_dimensions:Array(String)}, {goal_values:Array(String)},
    {goal_open:Array(UInt8)})`
const GOALS_MET = `sumMapIf(${MET} AS met, arrayMap(place -> shown, met), arrayMap(place -> n_now, met),
    arrayMap(place -> n_before, met), NOT dated)`

/** A month kept as a whole that the range covers only in part: its rows stand on its first day. */
const LEFT_OUT = '(generalized AND month IN {partly:Array(Date)})'

const IN_RANGE = 'day >= {range_from:Date} AND day < {range_to:Date}'
const IN_SPAN = 'day >= {span_from:Date} AND day < {span_to:Date}'

const IN_NOW = 'day >= {now_from:Date} AND day < {now_to:Date}'
const IN_BEFORE = 'day >= {before_from:Date} AND day < {before_to:Date}'

/** The rows of the ranked dimensions in the ranges they are asked for, and those of the timed ones. */
type Conditions = (asked: string) => string[]

const single: Conditions = (asked) => [
  `dimension2 = '' AND dimension IN {ranked:Array(String)} AND ${asked}`,
  `dimension2 = '' AND dimension IN {timed:Array(String)} AND ${IN_SPAN}`,
]
const unfiltered = { panel: 'dimension', value: 'value', conditions: single }

/** Engaged time comes from the pairs of an interval with a page or a source: the interval stands first in them. */
const withReach = {
  panel: "if(dimension2 = '', dimension, dimension2)",
  value: "if(dimension2 = '', value, value2)",
  conditions: (asked: string) => [
    ...single(asked),
    `metric = 'reach' AND dimension2 IN {ranked:Array(String)} AND ${IN_RANGE}`,
  ],
}

const FIRST_OF_PAIR = `dimension = {dimension:String} AND dimension2 != ''`
const filtered = {
  panel: `if(${FIRST_OF_PAIR}, dimension2, dimension)`,
  value: `if(${FIRST_OF_PAIR}, value2, value)`,
  conditions: (asked: string) => [
    `dimension = {dimension:String} AND value = {value:String} AND dimension2 IN {ranked:Array(String)} AND ${asked}`,
    `dimension2 = {dimension:String} AND value2 = {value:String} AND dimension IN {ranked:Array(String)} AND ${asked}`,
    `dimension = {dimension:String} AND value = {value:String} AND dimension2 = '' AND ${IN_SPAN}`,
    `dimension2 = {dimension:String} AND value2 = {value:String} AND dimension IN {timed:Array(String)} AND ${IN_SPAN}`,
  ],
}

/** Of what a dimension is counted by, the first is shown; beside it most count nothing but engaged visits. */
function shownSql({ ranked, filter, engagedTime, rated = [] }: CountQuestion): string {
  const others = (filter ? [...ranked, filter.dimension] : ranked).flatMap((dimension) =>
    DIMENSIONS[dimension].metrics
      .filter((metric, place) => place > 0 && metric !== 'engaged')
      .map((metric) => `NOT (dimension = '${dimension}' AND metric = '${metric}')`),
  )
  const single = engagedTime && !filter ? ["dimension2 = ''"] : []
  const paired = rated.length > 0 ? ["NOT (dimension2 = '' AND dimension IN {rated:Array(String)})"] : []
  return ["metric != 'engaged'", ...single, ...paired, ...others].join(' AND ')
}

function ratedSql(rated: readonly Dimension[]): string {
  const metrics = rated.map(
    (dimension) => `dimension = '${dimension}' AND metric = '${DIMENSIONS[dimension].metrics[0]}'`,
  )
  return `NOT dated AND dimension2 = '' AND (${metrics.join(' OR ')}) AND ${IN_RANGE}`
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
