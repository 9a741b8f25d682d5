// How much of a site can be read, from its first day to its last: what goes when it is deleted. Asked by the Sites API.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'

export interface Extent {
  /** Undefined where nothing is kept. */
  firstDay: string | undefined
  lastDay: string | undefined
  /** Days on which anything was counted. */
  days: number
  visits: number
  pageviews: number
  events: number
}

const extentRow = z.object({
  first_day: z.nullable(z.iso.date()),
  last_day: z.nullable(z.iso.date()),
  days: z.int(),
  visits: z.int(),
  pageviews: z.int(),
  events: z.int(),
})

const SQL = `/* reports.extent */
SELECT
  minOrNull(day) AS first_day,
  maxOrNull(day) AS last_day,
  uniqExact(day) AS days,
  sum(visits) AS visits,
  sum(pageviews) AS pageviews,
  sum(events) AS events
FROM readable_days
WHERE site = {site:UInt32}`

export async function readExtent(counts: Pick<Counts, 'query'>, { id }: Pick<Site, 'id'>): Promise<Extent> {
  const [row] = await counts.query(SQL, { site: id }, extentRow)
  const { first_day, last_day, ...sums } = row ?? NOTHING
  return { firstDay: first_day ?? undefined, lastDay: last_day ?? undefined, ...sums }
}

const NOTHING = { first_day: null, last_day: null, days: 0, visits: 0, pageviews: 0, events: 0 }
