// How old the oldest rows of a site are: readable, on disk, and in parts that wait to be removed. One statement.
// Asked for by the transparency page, through gauge.ts.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { TABLES, type Table } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'

export interface Kept {
  tables: Record<Table, KeptRows>
  /** Oldest month in parts that a merge has replaced and that are on disk for some minutes more, whichever site's. */
  replacedFrom: string | undefined
}

/** Days, 'YYYY-MM-DD'; undefined where there is no row. */
export interface KeptRows {
  oldestReadable: string | undefined
  /** Rows that are past their period and not merged away yet are on disk and not readable. */
  oldestOnDisk: string | undefined
  /** On this day the first of the rows on disk ends. */
  firstEnd: string | undefined
}

const keptRow = z.object({
  state: z.enum(['readable', 'disk', 'replaced']),
  table_name: z.enum(['hours', 'days', 'counts']),
  oldest: z.nullable(z.iso.date()),
  first_end: z.nullable(z.iso.date()),
})

const TABLE_NAMES = Object.keys(TABLES).filter((name): name is Table => name in TABLES)

const READABLE = TABLE_NAMES.map(
  (table) => `SELECT
  'readable' AS state,
  '${table}' AS table_name,
  minOrNull(day) AS oldest,
  CAST(NULL, 'Nullable(Date)') AS first_end
FROM readable_${table}
WHERE site = {site:UInt32}`,
)

const SQL = `/* reports.kept */
${READABLE.join('\nUNION ALL\n')}
UNION ALL
SELECT
  'disk' AS state,
  table_name,
  toNullable(oldest_day) AS oldest,
  toNullable(first_end) AS first_end
FROM readable_kept
WHERE site = {site:UInt32}
UNION ALL
SELECT
  'replaced' AS state,
  table_name,
  minOrNull(month) AS oldest,
  CAST(NULL, 'Nullable(Date)') AS first_end
FROM readable_parts
WHERE active = 0
GROUP BY table_name`

export async function readKept(counts: Pick<Counts, 'query'>, { id }: Pick<Site, 'id'>): Promise<Kept> {
  const rows = await counts.query(SQL, { site: id }, keptRow)
  const find = (state: string, table: Table) => rows.find((row) => row.state === state && row.table_name === table)
  const rowsOf = (table: Table): KeptRows => ({
    oldestReadable: find('readable', table)?.oldest ?? undefined,
    oldestOnDisk: find('disk', table)?.oldest ?? undefined,
    firstEnd: find('disk', table)?.first_end ?? undefined,
  })
  const replaced = rows.flatMap(({ state, oldest }) => (state === 'replaced' && oldest !== null ? [oldest] : []))
  return {
    tables: { hours: rowsOf('hours'), days: rowsOf('days'), counts: rowsOf('counts') },
    replacedFrom: replaced.toSorted()[0],
  }
}
