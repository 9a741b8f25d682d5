// Values of dimensions with their counts, largest first, made of the counts that count.ts reads. Shown by the dashboard
// and the Stats API. Under a filter the rows come from the pairs of the contract.
import { DIMENSIONS, type Dimension, INTERVALS, type Metric, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import type { DimensionCounts, RankedValue, Search, Sort, TimedValue } from './count.ts'
import { type Filter, pairsWith } from './filter.ts'
import type { Reach } from './interval.ts'
import { covers } from './month.ts'

export interface BreakdownQuestion {
  dimensions: readonly Dimension[]
  /** Only values that begin with it. */
  prefix?: string
  /** Only values that are found by it; the sums are of all. */
  search?: Search | undefined
  /** By count when left out. */
  sort?: Sort | undefined
  /** Asks for the engaged time of each row as well. */
  engagedTime?: boolean
  /** Rows per dimension, and how many to skip. */
  limit: number
  offset?: number
  /** Of this one all values, whatever the limit: for the map. */
  whole?: Dimension | undefined
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
  /** How many named values there are, or are found. */
  values: number
  /** The days whose counts each row compares; none where the counts of one of the two are not whole. */
  compared: { range: Range; before: Range } | undefined
}

export interface BreakdownRow {
  value: string
  n: number
  /** Engaged visits, where the dimension counts them and no filter stands. */
  engaged: number | undefined
  /** Engaged time of its visits (sources) or page views (pages), where asked for and no filter stands. */
  reach: Reach | undefined
  /** Its counts of the days that are compared, where they are. */
  compared: { now: number; before: number } | undefined
  /** What it counts without the filter, where events stand beside visits or page views: what a rate is of. */
  of: number | undefined
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
  { site, range, filter, compared, question }: BreakdownContext,
): Breakdown {
  const { limit, offset = 0, engagedTime = false } = question
  const ranking = found && (found.timed.length > 0 ? rank(found.timed, range, { limit, offset }) : found)
  const engages = !filter && metricsOf(dimension).includes('engaged')
  const compares = compared !== undefined && !(found && found.timed.length > 0)
  const reached = !filter && engagedTime && pairsWith(site, dimension).some(({ metric }) => metric === 'reach')
  return {
    dimension,
    metric,
    rows: (ranking?.ranked ?? []).map(({ value, n, engaged, reach, now, before, of }) => ({
      value,
      n,
      engaged: engages ? engaged : undefined,
      reach: reached ? reachOf(reach) : undefined,
      compared: compares ? { now, before } : undefined,
      of: isRated(metric, dimension) ? of : undefined,
    })),
    other: ranking?.other ?? 0,
    counted: ranking?.counted ?? 0,
    values: ranking?.named ?? 0,
    compared,
  }
}

interface BreakdownContext {
  site: Site
  range: Range
  filter: Filter | undefined
  compared: { range: Range; before: Range } | undefined
  question: BreakdownQuestion
}

/** Where the values of a dimension came by date, they are summed and ranked here. */
function rank(timed: readonly TimedValue[], range: Range, { limit, offset }: { limit: number; offset: number }) {
  const sums = new Map<string, RankedValue>()
  for (const { on, whole, value, n, engaged } of timed) {
    if (whole ? !covers(range, on) : on < range.from || on >= range.to) continue
    const sum = sums.get(value)
    sums.set(value, { value, n: n + (sum?.n ?? 0), engaged: engaged + (sum?.engaged ?? 0), ...TIMED })
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

const TIMED = { reach: [[], []], now: 0, before: 0, of: 0 } satisfies Partial<RankedValue>

/** Under a filter by event a dimension counts events, and alone visits or page views. */
export function isRated(metric: Metric, dimension: Dimension): boolean {
  const [alone] = metricsOf(dimension)
  return metric === 'events' && (alone === 'visits' || alone === 'pageviews')
}

function metricsOf(dimension: Dimension): readonly Metric[] {
  return DIMENSIONS[dimension].metrics
}

function reachOf([labels, numbers]: RankedValue['reach']): Reach {
  return INTERVALS.map(({ label }) => numbers[labels.indexOf(label)] ?? 0)
}
