// Makes the two periods prompt: the only file that alters counts. Called every hour on both runtimes.
// ClickHouse's own TTL ends rows by itself whenever it merges them, which may take long for a month that rests; the
// views hide them from the day itself. After this has run they are in no active part. Inactive parts leave the disk
// after old_parts_lifetime (8 minutes) and ClickHouse's next clean-up (at most 5 minutes later), so: on disk for at
// most an hour and a quarter longer than readable, and the time the merges take.
import * as z from 'zod'
import type { Counts } from './clickhouse.ts'
import type { Table } from './contract.ts'

/** Rows whose time has come, by table. A folded count stands on the first of its month. */
const DUE = {
  hours: "generalize_on <= toDate(now('UTC'))",
  days: "expire_on <= toDate(now('UTC'))",
  counts: "expire_on <= toDate(now('UTC')) OR (generalize_on <= toDate(now('UTC')) AND day != month)",
} as const satisfies Record<Table, string>

/** Ends what is due and returns the months it rewrote, as `table 202611`. Connected as the retention user. */
export async function enforcePeriods({ counts }: { counts: Counts }): Promise<string[]> {
  await alignMonths(counts)
  const rewritten: string[] = []
  for (const table of ['hours', 'days', 'counts'] as const) {
    for (const month of await dueMonths(counts, table)) {
      // A merge applies the TTL. MATERIALIZE TTL does as well, but rewrites every month of the table.
      await counts.command(`OPTIMIZE TABLE ${table} PARTITION ${month} FINAL`)
      rewritten.push(`${table} ${month}`)
    }
  }
  return rewritten
}

/**
 * A site's month is generalized as a whole, at its earliest date. Where a period was changed within a month its rows
 * carry different dates; folding the later days and not the earlier ones would leave a part out of order, which
 * ClickHouse then refuses to mutate ("Sort order of blocks violated", seen in 26.7).
 */
async function alignMonths(counts: Counts): Promise<void> {
  const mixed = await counts.query(
    `/* retention.mixed */
SELECT
  site,
  month,
  min(generalize_on) AS earliest
FROM counts
GROUP BY site, month
HAVING earliest < max(generalize_on)`,
    {},
    z.object({ site: z.int(), month: z.iso.date(), earliest: z.iso.date() }),
  )
  for (const { site, month, earliest } of mixed) {
    await counts.command(
      `ALTER TABLE counts UPDATE generalize_on = '${earliest}' WHERE site = ${site} AND month = '${month}' SETTINGS mutations_sync = 1`,
    )
  }
}

async function dueMonths(counts: Counts, table: Table): Promise<number[]> {
  const rows = await counts.query(
    `/* retention.due */
SELECT DISTINCT toYYYYMM(month) AS month_number
FROM ${table}
WHERE ${DUE[table]}
ORDER BY month_number`,
    {},
    z.object({ month_number: z.int() }),
  )
  return rows.map(({ month_number }) => month_number)
}
