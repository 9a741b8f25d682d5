// Values of dimensions with their counts, largest first, made of the counts that count.ts reads. Shown by the dashboard
// and the Stats API. Under a filter the rows come from the pairs of the contract.
import { DIMENSIONS, type Dimension, INTERVALS, type Metric, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import type { DimensionCounts, RankedValue, TimedValue } from './count.ts'
import { type Filter, pairsWith } from './filter.ts'
import type { Reach } from './interval.ts'
import { covers } from './month.ts'

export interface BreakdownQuestion {
  dimensions: readonly Dimension[]
  /** Only values that begin with it. */
  prefix?: string
  /** Asks for the engaged time of each row as well. */
  engagedTime?: boolean
  /** Rows per dimension, and how many to skip. */
  limit: number
  offset?: number
}

export interface Breakdown {
  dimension: Dimension
  /** What is counted: visits by source, page views by page, events by event; under a filter what the pair counts. */
  metric: Metric
  rows: BreakdownRow[]
  /** Counted but never named, because a value's month ended before it had enough. */
  other: number
  /** Sum of all rows, those beyond the limit and `other` included. */
  counted: number
  /** How many named values there are. */
  values: number
}

export interface BreakdownRow {
  value: string
  n: number
  /** Engaged visits, where the dimension counts them and no filter stands. */
  engaged: number | undefined
  /** Engaged time of its visits (sources) or page views (pages), where asked for and no filter stands. */
  reach: Reach | undefined
}

export type Breakdowns = ReadonlyMap<Dimension, Breakdown>

/** What can be answered, and by which metric: under a filter, the dimensions paired with it. */
export function answerable(
  site: Site,
  dimensions: readonly Dimension[],
  filter: Filter | undefined,
): Map<Dimension, Metric> {
  const pairs = filter ? pairsWith(site, filter.dimension) : []
  return new Map(
    dimensions.flatMap((dimension) => {
      const metric = filter ? pairs.find(({ other }) => other === dimension)?.metric : DIMENSIONS[dimension].metrics[0]
      return metric === undefined ? [] : [[dimension, metric] as const]
    }),
  )
}

/** The breakdown of one dimension that is answerable. `found` is nothing where nothing was counted. */
export function breakdownOf(
  dimension: Dimension,
  metric: Metric,
  found: DimensionCounts | undefined,
  { site, range, filter, question }: BreakdownContext,
): Breakdown {
  const { limit, offset = 0, engagedTime = false } = question
  const ranking = found && (found.timed.length > 0 ? rank(found.timed, range, { limit, offset }) : found)
  const engages = !filter && metricsOf(dimension).includes('engaged')
  const reached = !filter && engagedTime && pairsWith(site, dimension).some(({ metric }) => metric === 'reach')
  return {
    dimension,
    metric,
    rows: (ranking?.ranked ?? []).map(({ value, n, engaged, reach }) => ({
      value,
      n,
      engaged: engages ? engaged : undefined,
      reach: reached ? reachOf(reach) : undefined,
    })),
    other: ranking?.other ?? 0,
    counted: ranking?.counted ?? 0,
    values: ranking?.named ?? 0,
  }
}

interface BreakdownContext {
  site: Site
  range: Range
  filter: Filter | undefined
  question: BreakdownQuestion
}

/** Where the values of a dimension came by date, they are summed and ranked here. */
function rank(timed: readonly TimedValue[], range: Range, { limit, offset }: { limit: number; offset: number }) {
  const sums = new Map<string, RankedValue>()
  for (const { on, whole, value, n, engaged } of timed) {
    if (whole ? !covers(range, on) : on < range.from || on >= range.to) continue
    const sum = sums.get(value)
    sums.set(value, { value, n: n + (sum?.n ?? 0), engaged: engaged + (sum?.engaged ?? 0), reach: [[], []] })
  }
  const named = [...sums.values()]
    .filter(({ value, n }) => value !== OTHER && n > 0)
    .sort((one, two) => two.n - one.n || (one.value < two.value ? -1 : 1))
  const other = sums.get(OTHER)?.n ?? 0
  return {
    ranked: named.slice(offset, offset + limit),
    other,
    counted: named.reduce((sum, { n }) => sum + n, other),
    named: named.length,
  }
}

function metricsOf(dimension: Dimension): readonly Metric[] {
  return DIMENSIONS[dimension].metrics
}

function reachOf([labels, numbers]: RankedValue['reach']): Reach {
  return INTERVALS.map(({ label }) => numbers[labels.indexOf(label)] ?? 0)
}
