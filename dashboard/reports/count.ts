// Attribute counts of a site: all panels of a page and their numbers over time, in one statement that reads the table
// once. Planning costs ClickHouse more than reading here, so each branch or statement more would show. Called by
// report.ts; totals.ts and breakdown.ts make their reports of what comes.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { DIMENSIONS, type Dimension, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Granularity, Range } from '../period.ts'
import type { Filter } from './filter.ts'
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
  /** Only values that begin with it. */
  prefix?: string
  /** Asks for the engaged time of each ranked value as well; not under a filter. */
  engagedTime?: boolean
  limit: number
  offset: number
}

export interface CountReport {
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
  ranked: z.array(z.tuple([z.string(), number, number, z.tuple([z.array(z.string()), z.array(number)])])),
  timed: z.array(z.tuple([z.string(), number, z.string(), number, number])),
  kept_by_month: z.array(z.string()),
})
type Row = z.infer<typeof row>

export async function readCounts(
  counts: Pick<Counts, 'query'>,
  site: Site,
  question: CountQuestion,
): Promise<CountReport> {
  const { range, span, ranked, timed, filter, prefix = '', limit, offset } = question
  const rows = await counts.query(
    countsSql(question),
    {
      site: site.id,
      month: span.month,
      cut: span.cut,
      partly: span.partly,
      range_from: range.from,
      range_to: range.to,
      span_from: span.from,
      span_to: span.to,
      ranked,
      timed: filter ? [...timed, filter.dimension] : timed,
      dimension: filter?.dimension ?? '',
      value: filter?.value ?? '',
      prefix,
      limit,
      offset,
    },
    row,
  )
  return {
    byDimension: new Map(rows.map((row) => [row.panel, dimensionCounts(row)])),
    keptByMonth: [...new Set(rows.flatMap(({ kept_by_month }) => kept_by_month))],
  }
}

/**
 * Sums by value within ClickHouse, then one row a dimension. `on` parts what is summed over the range (no date) from
 * what comes by date: the timed dimensions, and the months kept as a whole that are left out of the range. The key finds
 * nearly all rows by itself: to read them column after column (PREWHERE) took a tenth longer.
 */
function countsSql(question: CountQuestion): string {
  const { granularity, filter, prefix, engagedTime } = question
  const { panel, value, conditions } = filter ? filtered : engagedTime ? withReach : unfiltered
  return `/* reports.counts */
SELECT
  panel,
  sumIf(shown, NOT dated AND value_shown = '${OTHER}') AS other,
  sumIf(shown, NOT dated) AS counted,
  countIf(NOT dated AND shown > 0 AND value_shown != '${OTHER}') AS named,
  arraySlice(arraySort(one -> (-one.2, one.1), groupArrayIf((value_shown, shown, engaged, reach),
    NOT dated AND shown > 0 AND value_shown != '${OTHER}')), {offset:UInt32} + 1, {limit:UInt32}) AS ranked,
  groupArrayIf((on, whole, value_shown, shown, engaged), dated AND panel IN {timed:Array(String)}) AS timed,
  groupUniqArrayIf(on, whole) AS kept_by_month
FROM (
SELECT
  ${panel} AS panel,
  ${value} AS value_shown,
  panel IN {timed:Array(String)} OR ${LEFT_OUT} AS dated,
  if(dated, ${bucketSql(granularity)}, toDate(0)) AS on,
  dated AND generalized AS whole,
  sumIf(n, ${shownSql(question)}) AS shown,
  sumIf(n, metric = 'engaged') AS engaged,
  ${engagedTime && !filter ? "sumMapIf([value], [n], dimension2 != '')" : '([], [])'} AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND month >= {month:Date}
  AND month < {span_to:Date}
  AND (${[...conditions, LEFT_OUT].join('\n    OR ')})
GROUP BY panel, value_shown, dated, on, whole${prefix ? '\nHAVING dated OR startsWith(value_shown, {prefix:String})' : ''}
SETTINGS optimize_move_to_prewhere = 0
)
GROUP BY panel`
}

/** A month kept as a whole that the range covers only in part: its rows stand on its first day. */
const LEFT_OUT = '(generalized AND month IN {partly:Array(Date)})'

const IN_RANGE = 'day >= {range_from:Date} AND day < {range_to:Date}'
const IN_SPAN = 'day >= {span_from:Date} AND day < {span_to:Date}'

const SINGLE = [
  `dimension2 = '' AND dimension IN {ranked:Array(String)} AND ${IN_RANGE}`,
  `dimension2 = '' AND dimension IN {timed:Array(String)} AND ${IN_SPAN}`,
]
const unfiltered = { panel: 'dimension', value: 'value', conditions: SINGLE }

/** Engaged time comes from the pairs of an interval with a page or a source: the interval stands first in them. */
const withReach = {
  panel: "if(dimension2 = '', dimension, dimension2)",
  value: "if(dimension2 = '', value, value2)",
  conditions: [...SINGLE, `metric = 'reach' AND dimension2 IN {ranked:Array(String)} AND ${IN_RANGE}`],
}

const FIRST_OF_PAIR = `dimension = {dimension:String} AND dimension2 != ''`
const filtered = {
  panel: `if(${FIRST_OF_PAIR}, dimension2, dimension)`,
  value: `if(${FIRST_OF_PAIR}, value2, value)`,
  conditions: [
    `dimension = {dimension:String} AND value = {value:String} AND dimension2 IN {ranked:Array(String)} AND ${IN_RANGE}`,
    `dimension2 = {dimension:String} AND value2 = {value:String} AND dimension IN {ranked:Array(String)} AND ${IN_RANGE}`,
    `dimension = {dimension:String} AND value = {value:String} AND dimension2 = '' AND ${IN_SPAN}`,
    `dimension2 = {dimension:String} AND value2 = {value:String} AND dimension IN {timed:Array(String)} AND ${IN_SPAN}`,
  ],
}

/** Of what a dimension is counted by, the first is shown; beside it most count nothing but engaged visits. */
function shownSql({ ranked, filter, engagedTime }: CountQuestion): string {
  const others = (filter ? [...ranked, filter.dimension] : ranked).flatMap((dimension) =>
    DIMENSIONS[dimension].metrics
      .filter((metric, place) => place > 0 && metric !== 'engaged')
      .map((metric) => `NOT (dimension = '${dimension}' AND metric = '${metric}')`),
  )
  const single = engagedTime && !filter ? ["dimension2 = ''"] : []
  return ["metric != 'engaged'", ...single, ...others].join(' AND ')
}

function dimensionCounts({ ranked, other, counted, named, timed }: Row): DimensionCounts {
  return {
    ranked: ranked.map(([value, n, engaged, reach]) => ({ value, n, engaged, reach })),
    other,
    counted,
    named,
    timed: timed.map(([on, whole, value, n, engaged]) => ({ on, whole: whole === 1, value, n, engaged })),
  }
}
