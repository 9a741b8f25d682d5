// Exact totals of a site by day, or by month where a report is by month: one statement, which also knows the first day
// that is kept. Called by report.ts.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'
import type { Granularity } from '../period.ts'
import { bucketSql, type Span } from './span.ts'

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

export async function readDays(
  counts: Pick<Counts, 'query'>,
  site: Site,
  span: Span,
  granularity: Granularity,
): Promise<Days> {
  const { month, cut } = span
  const rows = await counts.query(daysSql(granularity), { site: site.id, month, cut }, row)
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
function daysSql(granularity: Granularity): string {
  return `/* reports.days */
SELECT
  if(month < {month:Date}, toDate('${EARLIER}'), ${bucketSql(granularity)}) AS on,
  min(day) AS first_day,
  sum(visits) AS visits, sum(pageviews) AS pageviews, sum(engaged) AS engaged, sum(events) AS events
FROM readable_days
WHERE site = {site:UInt32}
GROUP BY on`
}
