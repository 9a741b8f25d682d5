// Values of dimensions with their counts, largest first: all panels of a page in one statement. Called by the
// dashboard and the Stats API. Under a filter the rows come from the pairs of the contract.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { DIMENSIONS, type Dimension, INTERVALS, type Metric, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import { type Filter, pairsWith } from './filter.ts'
import type { Reach } from './interval.ts'
import { within } from './month.ts'

export interface BreakdownQuestion {
  range: Range
  dimensions: readonly Dimension[]
  filter?: Filter | undefined
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

const row = z.object({
  panel: z.string(),
  /** 1 for a row that was asked for; 0 where only its panel's sums were. */
  listed: z.coerce.number(),
  value_shown: z.string(),
  shown: z.coerce.number(),
  engaged: z.coerce.number(),
  /** Labels of bounds and, in the same order, their counts. */
  reach: z.tuple([z.array(z.string()), z.array(z.coerce.number())]),
  other: z.coerce.number(),
  counted: z.coerce.number(),
  named: z.coerce.number(),
})
type Row = z.infer<typeof row>

/** Answers only the dimensions that can be answered: under a filter, those paired with it. */
export async function readBreakdowns(
  counts: Pick<Counts, 'query'>,
  site: Site,
  { range, dimensions, filter, prefix = '', engagedTime = false, limit, offset = 0 }: BreakdownQuestion,
): Promise<Map<Dimension, Breakdown>> {
  const asked = new Map<Dimension, Metric>()
  const pairs = filter ? pairsWith(site, filter.dimension) : []
  for (const dimension of dimensions) {
    const metric = filter ? pairs.find(({ other }) => other === dimension)?.metric : DIMENSIONS[dimension].metrics[0]
    if (metric !== undefined) asked.set(dimension, metric)
  }
  if (asked.size === 0) return new Map()
  const rows = await counts.query(
    filter ? pairSql : engagedTime ? singleWithReachSql : singleSql,
    {
      site: site.id,
      range_from: range.from,
      range_to: range.to,
      dimensions: [...asked.keys()],
      metrics: [...asked.values()],
      dimension: filter?.dimension ?? '',
      value: filter?.value ?? '',
      prefix,
      limit,
      offset,
    },
    row,
  )
  const byPanel = Map.groupBy(rows, ({ panel }) => panel)
  return new Map(
    [...asked].map(([dimension, metric]) => [
      dimension,
      breakdown(dimension, metric, byPanel.get(dimension) ?? [], {
        engages: !filter && counted(dimension).includes('engaged'),
        reached: !filter && engagedTime && pairsWith(site, dimension).some(({ metric }) => metric === 'reach'),
      }),
    ]),
  )
}

/** Each panel's first row comes along whatever was asked for: its sums do not hang on the page that is turned to. */
function ranked(grouped: string): string {
  return `SELECT
  panel, value_shown, shown, engaged, reach, other, counted, named,
  value_shown != '${OTHER}' AND place > {offset:UInt32} AND place <= {offset:UInt32} + {limit:UInt32} AS listed
FROM (
SELECT
  panel, value_shown, shown, engaged, reach,
  sumIf(shown, value_shown = '${OTHER}') OVER (PARTITION BY panel) AS other,
  sum(shown) OVER (PARTITION BY panel) AS counted,
  countIf(value_shown != '${OTHER}') OVER (PARTITION BY panel) AS named,
  row_number() OVER (PARTITION BY panel ORDER BY value_shown = '${OTHER}', shown DESC, value_shown) AS place
FROM (
${grouped}
)
WHERE shown > 0
  AND startsWith(value_shown, {prefix:String})
)
WHERE listed OR place = 1
ORDER BY panel, place`
}

/** Of the metrics of a dimension, the one that its rows are ranked by. */
const SHOWN = "metric = transform(toString(dimension), {dimensions:Array(String)}, {metrics:Array(String)}, '')"

const singleSql = `/* reports.breakdown */
${ranked(`SELECT
  dimension AS panel, value AS value_shown,
  sumIf(n, ${SHOWN}) AS shown, sumIf(n, metric = 'engaged') AS engaged, ([], []) AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND dimension IN {dimensions:Array(String)}
  AND dimension2 = ''
  AND ${within('range')}
GROUP BY panel, value_shown`)}`

/** Engaged time comes from the pairs of an interval with a page or a source: the interval stands first in them. */
const singleWithReachSql = `/* reports.breakdown */
${ranked(`SELECT
  if(dimension2 = '', dimension, dimension2) AS panel, if(dimension2 = '', value, value2) AS value_shown,
  sumIf(n, dimension2 = '' AND ${SHOWN}) AS shown, sumIf(n, metric = 'engaged') AS engaged,
  sumMapIf([value], [n], dimension2 != '') AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND (dimension IN {dimensions:Array(String)} AND dimension2 = ''
    OR metric = 'reach' AND dimension2 IN {dimensions:Array(String)})
  AND ${within('range')}
GROUP BY panel, value_shown`)}`

const pairSql = `/* reports.breakdown_filtered */
${ranked(`SELECT
  if(dimension = {dimension:String}, dimension2, dimension) AS panel,
  if(dimension = {dimension:String}, value2, value) AS value_shown,
  sum(n) AS shown, 0 AS engaged, ([], []) AS reach
FROM readable_counts
WHERE site = {site:UInt32}
  AND (dimension = {dimension:String} AND value = {value:String} AND dimension2 IN {dimensions:Array(String)}
    OR dimension2 = {dimension:String} AND value2 = {value:String} AND dimension IN {dimensions:Array(String)})
  AND ${within('range')}
GROUP BY panel, value_shown`)}`

function counted(dimension: Dimension): readonly Metric[] {
  return DIMENSIONS[dimension].metrics
}

function breakdown(
  dimension: Dimension,
  metric: Metric,
  rows: Row[],
  { engages, reached }: { engages: boolean; reached: boolean },
): Breakdown {
  return {
    dimension,
    metric,
    rows: rows
      .filter(({ listed }) => listed === 1)
      .map(({ value_shown, shown, engaged, reach }) => ({
        value: value_shown,
        n: shown,
        engaged: engages ? engaged : undefined,
        reach: reached ? reachOf(reach) : undefined,
      })),
    other: rows[0]?.other ?? 0,
    counted: rows[0]?.counted ?? 0,
    values: rows[0]?.named ?? 0,
  }
}

function reachOf([labels, numbers]: Row['reach']): Reach {
  return INTERVALS.map(({ label }) => numbers[labels.indexOf(label)] ?? 0)
}
