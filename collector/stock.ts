// What ClickHouse holds of a site, and what of it would go under shorter periods. Reads the tables, as the retention
// user may: for the preview of `sundial period`, and for the receipts in the ledger.
import * as z from 'zod'
import type { Counts } from './clickhouse.ts'
import type { Stock } from './ledger.ts'
import { nearerDates, type Shorter, todayOf } from './retention.ts'

/** Rows that a merge would make one are one here (FINAL), and what is due already counts no more, merged away or not. */
const KEPT = {
  hours: 'generalize_on > {today:Date} AND expire_on > {today:Date}',
  days: 'expire_on > {today:Date}',
  counts: 'expire_on > {today:Date}',
} as const

const stockRow = z.object({
  hours: z.int(),
  hour_visits: z.int(),
  days: z.int(),
  visits: z.int(),
  pageviews: z.int(),
  engaged: z.int(),
  events: z.int(),
  counts: z.int(),
  n: z.int(),
})

/** Rows and sums as they can be read on a day; `today` is ClickHouse's unless a later look is to be compared with this. */
export async function stockOf(counts: Counts, site: number, today?: string): Promise<Stock> {
  const sql = `/* stock.of */
SELECT
  (SELECT count() FROM hours FINAL WHERE site = {site:UInt32} AND ${KEPT.hours}) AS hours,
  (SELECT sum(visits) FROM hours WHERE site = {site:UInt32} AND ${KEPT.hours}) AS hour_visits,
  (SELECT count() FROM days FINAL WHERE site = {site:UInt32} AND ${KEPT.days}) AS days,
  (SELECT sum(visits) FROM days WHERE site = {site:UInt32} AND ${KEPT.days}) AS visits,
  (SELECT sum(pageviews) FROM days WHERE site = {site:UInt32} AND ${KEPT.days}) AS pageviews,
  (SELECT sum(engaged) FROM days WHERE site = {site:UInt32} AND ${KEPT.days}) AS engaged,
  (SELECT sum(events) FROM days WHERE site = {site:UInt32} AND ${KEPT.days}) AS events,
  (SELECT count() FROM counts FINAL WHERE site = {site:UInt32} AND ${KEPT.counts}) AS counts,
  (SELECT sum(n) FROM counts WHERE site = {site:UInt32} AND ${KEPT.counts}) AS n`
  const [row] = await counts.query(sql, { site, today: today ?? (await todayOf(counts)) }, stockRow)
  if (!row) throw new Error('ClickHouse does not say what it holds')
  const { hours, hour_visits, days, visits, pageviews, engaged, events, counts: rows, n } = row
  return {
    hours: { rows: hours, visits: hour_visits },
    days: { rows: days, visits, pageviews, engaged, events },
    counts: { rows, n },
  }
}

/** The last day of which ClickHouse holds a row of the site; undefined when it holds none. */
export async function lastDayOf(counts: Counts, site: number): Promise<string | undefined> {
  const sql = `/* stock.last_day */
SELECT max(day) AS last
FROM
(
  SELECT day FROM days WHERE site = {site:UInt32}
  UNION ALL
  SELECT day FROM hours WHERE site = {site:UInt32}
  UNION ALL
  SELECT day FROM counts WHERE site = {site:UInt32}
)
HAVING count() > 0`
  const [row] = await counts.query(sql, { site }, z.object({ last: z.iso.date() }))
  return row?.last
}

const previewRow = z.object({
  month: z.iso.date(),
  /** Hours that go while their days stay. */
  hours: z.int(),
  /** Attribute counts by day that become counts by month. */
  generalized: z.int(),
  /** Days that go, and all attribute counts of theirs. */
  days: z.int(),
  removed: z.int(),
  /** Visits and attribute counts that are gone with them. */
  visits: z.int(),
  n: z.int(),
})

/** What would go at once, of one month. */
export type MonthPreview = z.infer<typeof previewRow>

/** The months of which something would go at once under these periods, oldest first. */
export async function previewShorter(counts: Counts, site: number, shorter: Shorter): Promise<MonthPreview[]> {
  const dates = new Map(nearerDates(shorter).map(({ column, date }) => [column, date]))
  const ends = due(dates.get('expire_on'))
  const folds = due(dates.get('generalize_on'))
  const sql = `/* stock.preview */
SELECT
  month,
  sum(hours) AS hours,
  sum(generalized) AS generalized,
  sum(days) AS days,
  sum(removed) AS removed,
  sum(visits) AS visits,
  sum(n) AS n
FROM
(
  SELECT month, 1 AS hours, 0 AS generalized, 0 AS days, 0 AS removed, 0 AS visits, 0 AS n
  FROM hours FINAL
  WHERE site = {site:UInt32} AND ${KEPT.hours} AND (${ends} OR ${folds})
  UNION ALL
  SELECT month, 0, 0, 1, 0, visits, 0
  FROM days FINAL
  WHERE site = {site:UInt32} AND ${KEPT.days} AND ${ends}
  UNION ALL
  SELECT month, 0, 0, 0, 1, 0, n
  FROM counts FINAL
  WHERE site = {site:UInt32} AND ${KEPT.counts} AND ${ends}
  UNION ALL
  SELECT month, 0, 1, 0, 0, 0, 0
  FROM counts FINAL
  WHERE site = {site:UInt32} AND ${KEPT.counts} AND generalize_on > {today:Date} AND ${folds} AND NOT (${ends})
)
GROUP BY month
ORDER BY month`
  return counts.query(sql, { site, today: await todayOf(counts) }, previewRow)
}

function due(date: string | undefined): string {
  return date === undefined ? '0' : `(${date}) <= {today:Date}`
}
