// ClickHouse over HTTP with the tables, and each of the three users with its rights: what both Workers, and a server with
// CLICKHOUSE_URL, are pointed at in the tests.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { migrate } from '../collector/migrate.ts'
import { type ClickHouseServer, startClickHouse } from './clickhouse_http.ts'

export const PASSWORDS = {
  default: 'password of the owner',
  sundial_collector: 'password of the collector',
  sundial_dashboard: 'password of the dashboard',
  sundial_retention: 'password of retention',
}

export interface CountsServer {
  clickhouse: ClickHouseServer
  /** The same engine past HTTP: what a test reads meets none of the faults that it has made there. */
  counts: Counts
  close(): Promise<void>
}

export async function startCountsServer(): Promise<CountsServer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-clickhouse-'))
  const clickhouse = await startClickHouse({ path: directory, passwords: PASSWORDS })
  const counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  return {
    clickhouse,
    counts,
    async close() {
      await counts.close()
      await clickhouse.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const totalsRow = z.object({
  visits: z.int(),
  visitsByHour: z.int(),
  pageviews: z.int(),
  engaged: z.int(),
  events: z.int(),
})
export type Totals = z.infer<typeof totalsRow>

/** A site's totals over all days; visits once from each of the two tables. */
export async function totalsOf(counts: Counts, site: number): Promise<Totals | undefined> {
  const sql = `SELECT
  sum(visits) AS visits,
  (SELECT sum(visits) FROM hours WHERE site = {site:UInt32}) AS visitsByHour,
  sum(pageviews) AS pageviews,
  sum(engaged) AS engaged,
  sum(events) AS events
FROM days
WHERE site = {site:UInt32}`
  return (await counts.query(sql, { site }, totalsRow))[0]
}

const valueRow = z.object({ value: z.string(), n: z.int() })

/** How often each value of a dimension was counted, by value; pairs apart. */
export async function valuesOf(
  counts: Counts,
  site: number,
  metric: string,
  dimension: string,
): Promise<Record<string, number>> {
  const sql = `SELECT
  value,
  sum(n) AS n
FROM counts
WHERE site = {site:UInt32}
  AND metric = {metric:String}
  AND dimension = {dimension:String}
  AND dimension2 = ''
GROUP BY value`
  const rows = await counts.query(sql, { site, metric, dimension }, valueRow)
  return Object.fromEntries(rows.map(({ value, n }) => [value, n]))
}

/** What a pair counts, by both of its values: 'signup /landing'. */
export async function pairsOf(
  counts: Counts,
  site: number,
  metric: string,
  dimensions: readonly [string, string],
): Promise<Record<string, number>> {
  const sql = `SELECT
  concat(value, ' ', value2) AS value,
  sum(n) AS n
FROM counts
WHERE site = {site:UInt32}
  AND metric = {metric:String}
  AND dimension = {first:String}
  AND dimension2 = {second:String}
GROUP BY value`
  const [first, second] = dimensions
  const rows = await counts.query(sql, { site, metric, first, second }, valueRow)
  return Object.fromEntries(rows.map(({ value, n }) => [value, n]))
}

/** Every text in every row of a site's counts. */
export async function textsOf(counts: Counts, site: number): Promise<string[]> {
  const sql = `SELECT DISTINCT arrayJoin([value, value2]) AS text
FROM counts
WHERE site = {site:UInt32}`
  return (await counts.query(sql, { site }, z.object({ text: z.string() }))).map(({ text }) => text)
}
