// Exact totals of a site by day, or by month where a report is by month: one statement, which also knows the first day
// that is kept. Called by report.ts and dropped.ts.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'
import type { Granularity } from '../period.ts'
import type { Horizon } from './horizon.ts'
import { BY_KEY, bucketSql, type Span } from './span.ts'

export interface DayRow {
  /** A day, or the first of a month that no range cuts. */
  on: string
  visits: number
  pageviews: number
  engaged: number
  events: number
}

export interface Days {
  rows: DayRow[]
  /** The first day any total is kept for; nothing while there is none. */
  firstDay: string | undefined
  /** Whether a visit of this site was ever marked engaged. */
  engages: boolean
}

const row = z.object({
  on: z.string(),
  first_day: z.string(),
  visits: z.coerce.number(),
  pageviews: z.coerce.number(),
  engaged: z.coerce.number(),
  events: z.coerce.number(),
})

const EARLIER = '1970-01-01'

/** Up to a horizon, the visits of its day are those of the hours before it; nothing else is known of that day. */
export async function readDays(
  counts: Pick<Counts, 'query'>,
  site: Site,
  { month, cut }: Span,
  { granularity, horizon }: { granularity: Granularity; horizon: Horizon | undefined },
): Promise<Days> {
  const { day: today = '', hour = 0 } = horizon ?? {}
  const sql = daysSql(horizon ? SEEN : `readable_days\nWHERE site = {site:UInt32}`, granularity)
  const rows = await counts.query(sql, { site: site.id, month, cut, ...(horizon ? { today, hour } : {}) }, row)
  return {
    rows: rows.filter(({ on }) => on !== EARLIER),
    firstDay: rows
      .map(({ first_day }) => first_day)
      .sort()
      .at(0),
    engages: rows.some(({ engaged }) => engaged > 0),
  }
}

/** All that is kept of a site is 25 months at most: what lies before the months asked for comes as one row. */
function daysSql(from: string, granularity: Granularity): string {
  return `/* reports.days */
SELECT
  if(month < {month:Date}, toDate('${EARLIER}'), ${bucketSql(granularity)}) AS on,
  min(day) AS first_day,
  sum(visits) AS visits, sum(pageviews) AS pageviews, sum(engaged) AS engaged, sum(events) AS events
FROM ${from}
GROUP BY on
${BY_KEY}`
}

const SEEN = `(
SELECT month, day, visits, pageviews, engaged, events
FROM readable_days
WHERE site = {site:UInt32}
  AND day < {today:Date}
UNION ALL
SELECT month, day, visits, 0 AS pageviews, 0 AS engaged, 0 AS events
FROM readable_hours
WHERE site = {site:UInt32}
  AND month = toStartOfMonth({today:Date})
  AND day = {today:Date}
  AND hour < {hour:UInt8}
)`
