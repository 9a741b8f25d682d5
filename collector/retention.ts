// Makes the two periods prompt, and carries out what an operator asked for: the only file that alters counts. Called
// every hour on both runtimes, and by fulfilment.ts and replay.ts.
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

const TABLES = ['hours', 'days', 'counts'] as const satisfies readonly Table[]

/** Ends what is due and returns the months it rewrote, as `table 202611`. Connected as the retention user. */
export async function enforcePeriods({ counts }: { counts: Counts }): Promise<string[]> {
  await alignMonths(counts)
  const rewritten: string[] = []
  for (const table of TABLES) {
    for (const month of await dueMonths(counts, table)) {
      // A merge applies the TTL. MATERIALIZE TTL does as well, but rewrites every month of the table.
      await counts.command(`OPTIMIZE TABLE ${table} PARTITION ${month} FINAL`)
      rewritten.push(`${table} ${month}`)
    }
  }
  return rewritten
}

/** Rows of a site up to and including a day: what is counted later keeps its own dates. */
export interface Reach {
  site: number
  through: string
}

/** Periods that become shorter; a period that is missing stays. */
export interface Shorter {
  anonymizationDays?: number | undefined
  retentionDays?: number | undefined
}

/**
 * Gives rows the dates that shorter periods would have given them, and ends what is due then. A date only ever comes
 * nearer. Whole months move together, and later days never before earlier ones: see alignMonths for what breaks else.
 * As the next two: says whether there was anything to do, and costs little when there was not.
 */
export async function shortenRows(counts: Counts, reach: Reach, shorter: Shorter): Promise<boolean> {
  let changed = false
  for (const table of TABLES) {
    const dates = nearerDates(shorter).filter(({ column }) => table !== 'days' || column === 'expire_on')
    if (dates.length === 0) continue
    const updates = dates.map(({ column, date }) => `${column} = least(${column}, ${date})`)
    const later = dates.map(({ column, date }) => `${column} > ${date}`)
    const rows = `${rowsIn(reach)} AND (${later.join(' OR ')})`
    if (await alter(counts, table, `UPDATE ${updates.join(', ')}`, rows)) changed = true
  }
  if (changed) await enforcePeriods({ counts })
  return changed
}

/** Hours go and days become months, whatever their dates say. */
export async function generalizeRows(counts: Counts, reach: Reach): Promise<boolean> {
  // As a literal: a mutation is carried out on every replica, each by its own clock.
  const today = `toDate('${await todayOf(counts)}')`
  let changed = false
  for (const table of ['hours', 'counts'] as const) {
    const rows = `${rowsIn(reach)} AND generalize_on > ${today}`
    if (await alter(counts, table, `UPDATE generalize_on = ${today}`, rows)) changed = true
  }
  if (changed) await enforcePeriods({ counts })
  return changed
}

/** Deletes every row of a site. Its values are in no active part then, and in no predicate that a mutation keeps. */
export async function deleteRows(counts: Counts, site: number): Promise<boolean> {
  let changed = false
  for (const table of TABLES) {
    if (await alter(counts, table, 'DELETE', `site = ${int(site)}`)) changed = true
  }
  return changed
}

/** SQL: the dates that rows would have under these periods. As parcels.ts gives them to new rows. */
export function nearerDates({ anonymizationDays, retentionDays }: Shorter) {
  const generalize = `addMonths(month, 1) + ${int(anonymizationDays ?? 0)}`
  const expire = `month + ${int(retentionDays ?? 0)}`
  return [
    ...(anonymizationDays === undefined ? [] : [{ column: 'generalize_on', date: generalize } as const]),
    ...(retentionDays === undefined ? [] : [{ column: 'expire_on', date: expire } as const]),
  ]
}

/** ClickHouse's own day in UTC, by which the views read. */
export async function todayOf(counts: Counts): Promise<string> {
  const sql = "/* retention.today */ SELECT toDate(now('UTC')) AS today"
  const [row] = await counts.query(sql, {}, z.object({ today: z.iso.date() }))
  if (!row) throw new Error('ClickHouse does not say what day it is')
  return row.today
}

/** Waits until every replica has done it. A statement without rows would still be a mutation, kept and carried out. */
async function alter(counts: Counts, table: Table, change: string, rows: string): Promise<boolean> {
  const sql = `/* retention.affected */ SELECT count() AS n FROM ${table} WHERE ${rows}`
  const [found] = await counts.query(sql, {}, z.object({ n: z.int() }))
  if (found?.n === 0) return false
  await counts.command(`ALTER TABLE ${table} ${change} WHERE ${rows} SETTINGS mutations_sync = 2`)
  return true
}

function rowsIn({ site, through }: Reach): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(through)) throw new RangeError('a day is YYYY-MM-DD')
  return `site = ${int(site)} AND day <= '${through}'`
}

/** Statements that alter take no parameters. */
function int(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('a whole number is expected')
  return String(n)
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
