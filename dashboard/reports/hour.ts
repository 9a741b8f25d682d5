// Numbers of a site by the hour of a day: visits are exact, the others attribute counts in whole k. One statement, called
// by report.ts where a report is by the hour.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Horizon } from './horizon.ts'
import type { Span } from './span.ts'

const row = z.object({
  day: z.string(),
  /** 0 to 23. */
  hour: z.coerce.number(),
  visits: z.coerce.number(),
  pageviews: z.coerce.number(),
  engaged: z.coerce.number(),
  events: z.coerce.number(),
})
export type HourRow = z.infer<typeof row>

/** What an outsider sees: visits of the hours before a horizon, what has a name of the days before another day. */
export interface Seen {
  horizon: Horizon
  namedBefore: string
}

export function readHours(
  counts: Pick<Counts, 'query'>,
  site: Site,
  { from, to, month }: Span,
  seen: Seen | undefined,
): Promise<HourRow[]> {
  const bounds = seen && { today: seen.horizon.day, before_hour: seen.horizon.hour, named_before: seen.namedBefore }
  return counts.query(hoursSql(seen !== undefined), { site: site.id, from, to, month, ...bounds }, row)
}

const WHERE = `site = {site:UInt32}
  AND month >= {month:Date}
  AND month < {to:Date}
  AND day >= {from:Date}
  AND day < {to:Date}`

/** The hour's page views, engaged visits and events have their hour as a text, '09'. */
function hoursSql(isBounded: boolean): string {
  return `/* reports.hours */
SELECT
  day, hour,
  sum(visits) AS visits, 0 AS pageviews, 0 AS engaged, 0 AS events
FROM readable_hours
WHERE ${WHERE}${isBounded ? '\n  AND (day < {today:Date} OR day = {today:Date} AND hour < {before_hour:UInt8})' : ''}
GROUP BY day, hour
UNION ALL
SELECT
  day, toUInt8OrZero(value) AS hour,
  0 AS visits, sumIf(n, metric = 'pageviews') AS pageviews, sumIf(n, metric = 'engaged') AS engaged,
  sumIf(n, metric = 'events') AS events
FROM readable_counts
WHERE ${WHERE}${isBounded ? '\n  AND day < {named_before:Date}' : ''}
  AND metric IN ('pageviews', 'engaged', 'events')
  AND dimension = 'hour'
  AND dimension2 = ''
  AND value != '${OTHER}'
  AND generalized = 0
GROUP BY day, hour`
}
