// Does to ClickHouse's rows what the ledger says was done: after a restore, and every hour for rows that came late (a
// flush that was on its way, an isolate with older settings). What is done already costs a look.
// After a restore the settings follow another copy of the ledger first.
import type { Counts } from './clickhouse.ts'
import { type Act, createLedger, type LedgerDetails, type LedgerEntry, merging, type Statement } from './ledger.ts'
import type { Order } from './orders.ts'
import { deleteRows, generalizeRows, type Shorter, shortenRows } from './retention.ts'
import type { SettingsStore } from './sites.ts'

/** Returns the acts for which there was something to do. */
export async function replayLedger(entries: readonly LedgerEntry[], counts: Counts): Promise<LedgerEntry[]> {
  const gone = deletedSites(entries)
  const redone: LedgerEntry[] = []
  for (const entry of entries) {
    if (await redo(entry, gone, counts)) redone.push(entry)
  }
  return redone
}

async function redo({ site, action, details }: LedgerEntry, gone: ReadonlySet<number>, counts: Counts) {
  if (gone.has(site)) return action === 'deleted' && deleteRows(counts, site)
  const { watermark } = details
  if (watermark === undefined) return false
  if (action === 'anonymized') return generalizeRows(counts, { site, through: watermark })
  if (action === 'shortened') return shortenRows(counts, { site, through: watermark }, shorterIn(details))
  return false
}

/** Sites that are deleted. An id is not given twice, but where a ledger was lost: what was added last then counts. */
export function deletedSites(entries: readonly LedgerEntry[]): Set<number> {
  const gone = new Set<number>()
  for (const { site, action } of entries) {
    if (action === 'deleted') gone.add(site)
    if (action === 'added') gone.delete(site)
  }
  return gone
}

/** The periods of an act that made them shorter. */
export function shorterIn({ after }: LedgerDetails): Shorter {
  return { anonymizationDays: days(after?.anonymizationDays), retentionDays: days(after?.retentionDays) }
}

function days(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/**
 * Takes over what another copy of the ledger says and this one does not, and brings the settings to it: a site deleted
 * since goes, periods are those set last, and no id is given twice. Other settings stay as restored. Returns what was new.
 */
export async function followLedger(db: SettingsStore, other: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
  const ledger = createLedger({ db })
  const known = new Set((await ledger.entries()).map(({ uid }) => uid))
  const fresh = other.filter(({ uid }) => !known.has(uid))
  if (fresh.length === 0) return []
  await db.batch(fresh.map(merging))
  const entries = await ledger.entries()
  await db.batch([
    ...[...deletedSites(entries)].map(removing),
    ...settingPeriods(entries),
    keepingIds(Math.max(...entries.map(({ site }) => site))),
  ])
  return fresh
}

/** For a restore: what was ordered before it, and not done yet, is still to be done to what came back. */
export function carrying(order: Order): Statement[] {
  const { at, site, domain, action } = order
  const { before, after } = order.details
  const details = JSON.stringify({ ...(before ? { before } : {}), ...(after ? { after } : {}) })
  const add = '/* replay.carry */ INSERT INTO orders (at, site, domain, action, details) VALUES (?, ?, ?, ?, ?)'
  return [
    { sql: add, params: [at, site, domain, action, details] },
    ...(action === 'deleted' ? [removing(site)] : settingPeriods([order])),
  ]
}

function removing(site: number): Statement {
  return { sql: '/* replay.remove */ DELETE FROM sites WHERE id = ?', params: [site] }
}

/** AUTOINCREMENT's own memory: https://sqlite.org/autoinc.html */
function keepingIds(last: number): Statement {
  return {
    sql: '/* replay.ids */ UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?',
    params: [last, 'sites', last],
  }
}

/** In the order of the ledger, so that the last one stands. */
function settingPeriods(acts: readonly Pick<Act, 'site' | 'details'>[]): Statement[] {
  return acts.flatMap(({ site, details }) => {
    const { anonymizationDays, retentionDays } = shorterIn(details)
    return [
      ...(anonymizationDays === undefined ? [] : [setting('anonymization_days', anonymizationDays, site)]),
      ...(retentionDays === undefined ? [] : [setting('retention_days', retentionDays, site)]),
    ]
  })
}

function setting(column: 'anonymization_days' | 'retention_days', days: number, site: number): Statement {
  return { sql: `/* replay.period */ UPDATE sites SET ${column} = ? WHERE id = ?`, params: [days, site] }
}
