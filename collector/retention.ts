// Makes the two periods prompt: the only file that alters counts. Called every hour on both runtimes.
// ClickHouse's own TTL ends rows by itself whenever it merges them, which may take long for a month that rests; the
// views hide them from the day itself. After this has run they are in no active part, and inactive parts leave the
// disk by ClickHouse's clean-up: 30 to 40 s later in the embedded engine (measured), on a server after its
// old_parts_lifetime (8 minutes by default) and at most 5 minutes more. So what cannot be read any more is on disk for
// an hour and a quarter at most, and the time the merges take.
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
 * A site's month is generalized as a whole, at its earliest date. Where a period was changed within a month, its rows
 * carry different dates; folding later days before earlier ones leaves a part out of order, which still merges and is
 * read rightly, but takes no mutation until the whole month is due ("Sort order of blocks violated", in 26.7).
 * Hence in advance: a month whose first rows are due already is left to its own dates.
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
HAVING earliest < max(generalize_on) AND earliest > toDate(now('UTC'))`,
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
