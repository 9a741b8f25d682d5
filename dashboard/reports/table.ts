// What is kept of a site, as it is kept: how much there is, and every row of each table, a page at a time. Asked for by
// the export and by the receipt of an organization's end, both for people who read everything.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Table } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'

type Reads = Pick<Counts, 'query'>

export interface Held {
  /** Rows. */
  hours: number
  days: number
  counts: number
  /** Sums over all days. */
  visits: number
  pageviews: number
}

const held = z.object({ hours: z.int(), days: z.int(), counts: z.int(), visits: z.int(), pageviews: z.int() })

const HELD = `/* reports.held */
SELECT
  (SELECT uniqExact(day, hour) FROM readable_hours WHERE site = {site:UInt32}) AS hours,
  (SELECT uniqExact(day) FROM readable_days WHERE site = {site:UInt32}) AS days,
  (
    SELECT uniqExact(metric, dimension, dimension2, value, value2, day)
    FROM readable_counts
    WHERE site = {site:UInt32}
  ) AS counts,
  (SELECT sum(visits) FROM readable_days WHERE site = {site:UInt32}) AS visits,
  (SELECT sum(pageviews) FROM readable_days WHERE site = {site:UInt32}) AS pageviews`

export async function readHeld(counts: Reads, { id }: Pick<Site, 'id'>): Promise<Held> {
  const [row] = await counts.query(HELD, { site: id }, held)
  if (!row) throw new Error('ClickHouse does not say what it holds')
  return row
}

/** Rows of one statement: some megabytes in memory at the most. */
const ROWS_PER_PAGE = 20_000

/** By what rows are told apart, which is also their order, with the types of ClickHouse and what comes before any row. */
const KEYS = {
  hours: { day: ['Date', '1970-01-01'], hour: ['UInt8', 0] },
  days: { day: ['Date', '1970-01-01'] },
  counts: {
    day: ['Date', '1970-01-01'],
    metric: ['String', ''],
    dimension: ['String', ''],
    value: ['String', ''],
    dimension2: ['String', ''],
    value2: ['String', ''],
  },
} as const satisfies Record<Table, Record<string, readonly [type: string, first: string | number]>>

/** Sums of rows that a merge would make one. `generalized`: of its whole month. */
const VALUES = {
  hours: 'sum(visits) AS visits',
  days: 'sum(visits) AS visits, sum(pageviews) AS pageviews, sum(engaged) AS engaged, sum(events) AS events',
  counts: 'max(generalized) AS generalized, sum(n) AS n',
} as const satisfies Record<Table, string>

export const TABLE_COLUMNS = {
  hours: ['day', 'hour', 'visits'],
  days: ['day', 'visits', 'pageviews', 'engaged', 'events'],
  counts: ['day', 'metric', 'dimension', 'value', 'dimension2', 'value2', 'generalized', 'n'],
} as const satisfies Record<Table, readonly string[]>

const row = z.record(z.string(), z.union([z.string(), z.number()]))
export type TableRow = z.infer<typeof row>

/** Every row of a table that can be read of a site, oldest first. */
export async function* readTable(
  counts: Reads,
  table: Table,
  { id }: Pick<Site, 'id'>,
  rowsPerPage = ROWS_PER_PAGE,
): AsyncGenerator<TableRow[]> {
  const key = Object.entries(KEYS[table])
  const names = key.map(([name]) => name).join(', ')
  // The bound stands in WHERE as the view's own columns; `month` lets whole months be skipped.
  const sql = `/* reports.table */
SELECT ${names}, ${VALUES[table]}
FROM readable_${table}
WHERE site = {site:UInt32}
  AND month >= toStartOfMonth({day:Date})
  AND (${names}) > (${key.map(([name, [type]]) => `{${name}:${type}}`).join(', ')})
GROUP BY ${names}
ORDER BY ${names}
LIMIT {rows:UInt32}`
  let after: TableRow = Object.fromEntries(key.map(([name, [, first]]) => [name, first]))
  for (;;) {
    const rows = await counts.query(sql, { site: id, rows: rowsPerPage, ...after }, row)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < rowsPerPage) return
    after = Object.fromEntries(key.map(([name, [, first]]) => [name, last[name] ?? first]))
  }
}
