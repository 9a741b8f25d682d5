// Makes the accumulator's memory durable: one record per group commit (hashes in hash order, numbers, and the texts that
// were released), folded into the snapshot within a minute and then erased. Also keeps the outbox, which moves with it.

import type { Table } from './contract.ts'
import type { Parcel } from './parcels.ts'
import { PENDING_BYTES, type Pending, packPending, type Release, unpackPending } from './pending.ts'
import { addWaiting, clearWaiting, type SiteCounts } from './site_counts.ts'
import { openSnapshot, type Places, placeEntry, type Working } from './snapshot.ts'
import { bytes, number, parsed, type Sqlite, text } from './sqlite.ts'
import { addSaved, type SavedTotals, sortedTotals, type Totals } from './totals.ts'

/** What one group commit changed. Absolute where it can be, so that a replay needs no rules. */
interface JournalRecord {
  totals: SavedTotals[]
  /** Per site: visits since the oldest waiting release, last day, releases that came, bytes of pending entries that follow. */
  sites: [site: number, visitsSince: number, lastDay: string, released: Release[], pendingBytes: number][]
  /**
   * What has left into the outbox: all totals, all that was leaving, and of these sites what waited from before a day. In
   * files of before the strict profile a site stands alone: all that waited.
   */
  taken?: Taken[]
}

type Taken = number | [site: number, before: string]

const SCHEMA = `
CREATE TABLE IF NOT EXISTS journal (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, table_name TEXT NOT NULL, body TEXT NOT NULL)`

/** A short record joins the journal's last row up to this size: fewer rows to write and to erase. */
const ROW_BYTES = 8192

/** Opens the journal in `sqlite`. `keyOf` makes a month's key from its salt. Throws when the file is not ours. */
export function openJournal({ sqlite, keyOf }: { sqlite: Sqlite; keyOf: (salt: Uint8Array) => string }) {
  for (const statement of SCHEMA.split(';')) sqlite.run(statement)
  const snapshot = openSnapshot({ sqlite, keyOf })
  let tail: { id: number; body: Uint8Array } | undefined
  /** Sites that the snapshot does not have as they are; 1 for every first byte of a hash that has changed. */
  const dirty = new Map<number, Uint8Array>()
  /** Something was overwritten or deleted since the file was erased last. */
  let unerased = true

  /** Reads the whole state, the snapshot and then the journal over it, and folds them. */
  function load(): Working {
    const working = snapshot.load()
    const places = snapshot.savedPlaces()
    tail = undefined
    dirty.clear()
    for (const row of sqlite.all('SELECT id, body FROM journal ORDER BY id')) {
      tail = { id: number(row, 'id'), body: bytes(row, 'body') }
      for (const record of readRecords(tail.body)) replay(working, record, places)
    }
    fold(working, snapshot.moved() ? new Set(working.sites.keys()) : new Set())
    return working
  }

  function replay(working: Working, { record, pending }: ReadRecord, places: Places): void {
    for (const day of record.totals) addSaved(working.totals, day)
    let offset = 0
    for (const [site, visitsSince, lastDay, released, pendingBytes] of record.sites) {
      const counts = working.sites.get(site)
      if (!counts) throw new Error('the journal speaks of a site that the snapshot does not hold')
      for (const release of released) {
        const counter = places(release.counter)
        if (counter >= 0) addWaiting(counts, { ...release, counter })
      }
      counts.visitsSince = visitsSince
      counts.lastDay = lastDay
      const entries = unpackPending(pending.subarray(offset, offset + pendingBytes))
      for (const entry of entries) placeEntry(counts, entry, places)
      markDirty(site, entries)
      offset += pendingBytes
    }
    if (record.taken) taken(working, record.taken)
  }

  function taken(working: Working, waitingOf: readonly Taken[]): void {
    working.totals.clear()
    for (const counts of working.sites.values()) {
      if (counts.leaving.size > 0) markDirty(counts.site)
      counts.leaving.clear()
    }
    for (const one of waitingOf) {
      const [site, before] = typeof one === 'number' ? [one, undefined] : one
      const counts = working.sites.get(site)
      if (counts) clearWaiting(counts, before)
      markDirty(site)
    }
  }

  function markDirty(site: number, entries: readonly Pending[] = []): void {
    const known = dirty.get(site) ?? new Uint8Array(256)
    for (const { hash } of entries) known[hash.charCodeAt(0)] = 1
    dirty.set(site, known)
  }

  /** Makes one group commit durable: these totals, and what changed of these sites. */
  function append(totals: Totals, changed: ReadonlySet<SiteCounts>): void {
    const sites = [...changed].sort((a, b) => a.site - b.site)
    const record: JournalRecord = {
      totals: sortedTotals(totals),
      sites: sites.map(({ site, visitsSince, lastDay, released, touched }) => [
        site,
        visitsSince,
        lastDay,
        released.sort(byValue),
        touched.length * PENDING_BYTES,
      ]),
    }
    write(encodeRecord(record, packPending(sites.map(({ touched }) => touched))))
    for (const counts of sites) settle(counts)
  }

  function settle(counts: SiteCounts): void {
    markDirty(counts.site, counts.touched)
    for (const entry of counts.touched) entry.touched = false
    counts.touched = []
    counts.released = []
  }

  function write(record: Uint8Array): void {
    const joined =
      tail && tail.body.length + record.length <= ROW_BYTES ? Buffer.concat([tail.body, record]) : undefined
    const row = tail && joined ? { id: tail.id, body: joined } : { id: (tail?.id ?? 0) + 1, body: record }
    unerased = true
    sqlite.run(
      'INSERT INTO journal (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
      row.id,
      row.body,
    )
    tail = row
  }

  /** Moves all totals, all that is leaving, and what waits of these sites from before a day into the outbox, in one transaction. */
  function moveToOutbox(
    working: Working,
    parcels: readonly Parcel[],
    waitingOf: readonly [site: number, before: string][],
  ): void {
    sqlite.transaction(() => {
      for (const { id, table, body } of parcels) {
        sqlite.run('INSERT INTO outbox (id, table_name, body) VALUES (?, ?, ?)', id, table, body)
      }
      write(encodeRecord({ totals: [], sites: [], taken: [...waitingOf] }, Buffer.alloc(0)))
    })
    taken(working, waitingOf)
  }

  /** What is on its way, oldest first. */
  function outbox(): Parcel[] {
    return sqlite
      .all('SELECT id, table_name, body FROM outbox ORDER BY rowid')
      .map((row) => ({ id: text(row, 'id'), table: tableOf(text(row, 'table_name')), body: text(row, 'body') }))
  }

  function outboxSize(): number {
    return sqlite.all('SELECT count(*) AS parcels FROM outbox').reduce((sum, row) => sum + number(row, 'parcels'), 0)
  }

  function forget(id: string): void {
    unerased = true
    sqlite.run('DELETE FROM outbox WHERE id = ?', id)
  }

  /** Folds the journal into the snapshot and erases it. `afresh` rewrites these sites wholly: their month has ended. */
  function fold(working: Working, afresh: ReadonlySet<number> = new Set()): void {
    const moved = snapshot.moved()
    if (tail !== undefined || dirty.size > 0 || afresh.size > 0 || moved) {
      unerased = true
      sqlite.transaction(() => {
        for (const counts of working.sites.values()) {
          const changed = afresh.has(counts.site) ? 'all' : dirty.get(counts.site)
          if (changed) snapshot.saveCounts(counts, changed)
        }
        snapshot.saveTotals(working.totals)
        sqlite.run('DELETE FROM journal')
        if (moved) snapshot.saveNames()
      })
      tail = undefined
      dirty.clear()
    }
    if (unerased) unerased = !sqlite.erase()
  }

  /** Nothing stands in the journal, and nothing that was deleted is readable on disk. */
  function folded(): boolean {
    return tail === undefined && dirty.size === 0 && !unerased
  }

  /** A site that holds nothing any more leaves no trace. Right after a fold. */
  function forgetSite(site: number): void {
    unerased = true
    sqlite.transaction(() => snapshot.forgetSite(site))
  }

  /** Takes a site's rows out of the outbox. */
  function withdraw(site: number): void {
    unerased = true
    sqlite.transaction(() => {
      for (const { id, body } of outbox()) {
        const rows = body.split('\n')
        const others = rows.filter((row) => parsed<{ site: number }>(row).site !== site)
        if (others.length === 0) sqlite.run('DELETE FROM outbox WHERE id = ?', id)
        else if (others.length < rows.length)
          sqlite.run('UPDATE outbox SET body = ? WHERE id = ?', others.join('\n'), id)
      }
    })
  }

  function saveSite(counts: SiteCounts): void {
    snapshot.saveSite(counts)
  }

  return { load, saveSite, append, moveToOutbox, outbox, outboxSize, forget, fold, folded, forgetSite, withdraw }
}

function byValue(a: Release, b: Release): number {
  return a.counter - b.counter || compare(a.value, b.value) || compare(a.value2, b.value2)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function tableOf(name: string): Table {
  if (name === 'hours' || name === 'days' || name === 'counts') return name
  throw new Error('the outbox speaks of a table that there is not')
}

interface ReadRecord {
  record: JournalRecord
  pending: Uint8Array
}

/** A record: length of its head, length of its pending entries, the head as JSON, the entries packed. */
function encodeRecord(record: JournalRecord, pending: Buffer): Buffer {
  const head = Buffer.from(JSON.stringify(record))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(head.length)
  lengths.writeUInt32BE(pending.length, 4)
  return Buffer.concat([lengths, head, pending])
}

function readRecords(body: Uint8Array): ReadRecord[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const records: ReadRecord[] = []
  for (let at = 0; at < body.length; ) {
    const head = at + 8
    const pending = head + view.getUint32(at)
    const end = pending + view.getUint32(at + 4)
    if (end > body.length || (end - pending) % PENDING_BYTES !== 0)
      throw new Error('a record of the journal is cut short')
    records.push({
      record: parsed<JournalRecord>(new TextDecoder().decode(body.subarray(head, pending))),
      pending: body.subarray(pending, end),
    })
    at = end
  }
  return records
}
