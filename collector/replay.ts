// Does to ClickHouse's rows what the ledger says was done: after a restore, and every hour for rows that came late (a
// flush that was on its way, an isolate with older settings). What is done already costs a look.
import type { Counts } from './clickhouse.ts'
import type { LedgerDetails, LedgerEntry } from './ledger.ts'
import { deleteRows, generalizeRows, type Shorter, shortenRows } from './retention.ts'

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
