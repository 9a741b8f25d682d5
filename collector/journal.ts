// Makes the accumulator's memory durable: one journal record per group commit (hashes and counts, in hash order),
// folded into a snapshot at the latest every minute and then erased. Opened by the accumulator only.

import { COUNTERS, TABLES, type Table } from './contract.ts'
import { PENDING_BYTES, type Pending, packPending, unpackPending } from './pending.ts'
import { addWaiting, clearWaiting, emptyCounts, type Release, type SiteCounts, type SiteRules } from './site_counts.ts'
import { bytes, number, type Sqlite, type SqliteRow, text } from './sqlite.ts'

/** Exact counts of one site, local day and hour, on their way to ClickHouse. */
export interface HourTotals {
  site: number
  day: string
  hour: number
  visits: number
  pageviews: number
  engaged: number
  events: number
}

/** All that the accumulator holds in memory. */
export interface Working {
  sites: Map<number, SiteCounts>
  totals: Map<string, HourTotals>
}

/** One insert into ClickHouse that is on its way: its id is the deduplication token. */
export interface Parcel {
  id: string
  table: Table
  body: string
}

/** What one group commit changed. Absolute where it can be, so that a replay needs no rules. */
interface JournalRecord {
  totals: HourTotals[]
  /** Per site: visits since the oldest waiting release, releases that came, bytes of pending entries that follow. */
  sites: [site: number, visitsSince: number, released: Release[], pendingBytes: number][]
  /** Sites whose waiting releases left; all totals leave with them. */
  taken?: number[]
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS site (site INTEGER PRIMARY KEY, month TEXT NOT NULL, salt BLOB NOT NULL, rules TEXT NOT NULL,
  visits_since INTEGER NOT NULL, leaving INTEGER NOT NULL, parts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pending (place INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS totals (place INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS journal (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, table_name TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter (place INTEGER PRIMARY KEY, name TEXT NOT NULL)`

/** A snapshot's part holds about this many entries (24 KB): small enough to rewrite, large enough to be few rows. */
const ENTRIES_PER_PART = 1024
const MOST_PARTS = 256

/** Releases or totals in one row: below the 2 MB that a row may have on a Durable Object. */
const PER_ROW = 2000

/** A short record joins the journal's last row up to this size: fewer rows to write and to erase. */
const ROW_BYTES = 8192

export type Journal = ReturnType<typeof openJournal>

/** Opens the journal in `sqlite`. `keyOf` makes a month's key from its salt. Throws when the file is not ours. */
export function openJournal({ sqlite, keyOf }: { sqlite: Sqlite; keyOf: (salt: Uint8Array) => string }) {
  for (const statement of SCHEMA.split(';')) sqlite.run(statement)
  let tail: { id: number; body: Uint8Array } | undefined
  const dirty = new Map<number, Set<number>>()
  const parts = new Map<number, number>()

  /** Reads the whole state: the snapshot, and then the journal over it. `hot` is the sites' shared cache, empty. */
  function load(hot: Map<string, Pending>): Working {
    const working: Working = { sites: new Map(), totals: new Map() }
    const places = savedCounters()
    tail = undefined
    dirty.clear()
    parts.clear()
    for (const row of sqlite.all('SELECT site, month, salt, rules, visits_since, leaving, parts FROM site')) {
      const site = number(row, 'site')
      const salt = bytes(row, 'salt')
      const rules: SiteRules = JSON.parse(text(row, 'rules'))
      const counts = emptyCounts({ site, rules, month: text(row, 'month'), salt, key: keyOf(salt), hot })
      counts.leaving = number(row, 'leaving') === 1
      parts.set(site, number(row, 'parts'))
      working.sites.set(site, counts)
    }
    for (const row of sqlite.all('SELECT place, body FROM pending')) {
      const counts = working.sites.get(siteAt(row))
      for (const entry of unpackPending(bytes(row, 'body'))) restore(counts, entry, places)
    }
    for (const row of sqlite.all('SELECT place, body FROM waiting')) {
      const counts = working.sites.get(siteAt(row))
      const waiting: Release[] = JSON.parse(text(row, 'body'))
      if (counts) for (const release of waiting) restoreRelease(counts, release, places)
    }
    for (const row of sqlite.all('SELECT site, visits_since FROM site')) {
      const counts = working.sites.get(number(row, 'site'))
      if (counts) counts.visitsSince = number(row, 'visits_since')
    }
    for (const row of sqlite.all('SELECT body FROM totals')) {
      const totals: HourTotals[] = JSON.parse(text(row, 'body'))
      for (const hour of totals) addTotals(working.totals, hour)
    }
    for (const row of sqlite.all('SELECT id, body FROM journal ORDER BY id')) {
      tail = { id: number(row, 'id'), body: bytes(row, 'body') }
      for (const record of readRecords(tail.body)) replay(working, record, places)
    }
    if (tail === undefined) saveCounters()
    return working
  }

  /** Places of counters may have moved since the file was written: the data contract gained or lost one. */
  function savedCounters(): (place: number) => number {
    const saved = sqlite.all('SELECT name FROM counter ORDER BY place').map((row) => text(row, 'name'))
    const now = new Map(COUNTERS.map(({ name }, place) => [name, place]))
    return (place) => (saved.length === 0 ? place : (now.get(saved[place] ?? '') ?? -1))
  }

  function saveCounters(): void {
    const saved = sqlite.all('SELECT name FROM counter ORDER BY place').map((row) => text(row, 'name'))
    if (saved.join() === COUNTERS.map(({ name }) => name).join()) return
    sqlite.run('DELETE FROM counter')
    for (const [place, { name }] of COUNTERS.entries()) sqlite.run('INSERT INTO counter VALUES (?, ?)', place, name)
  }

  function replay(working: Working, { record, pending }: ReadRecord, places: (place: number) => number): void {
    for (const hour of record.totals) addTotals(working.totals, hour)
    let offset = 0
    for (const [site, visitsSince, released, pendingBytes] of record.sites) {
      const counts = working.sites.get(site)
      if (!counts) throw new Error('the journal speaks of a site that the snapshot does not hold')
      for (const release of released) restoreRelease(counts, release, places)
      counts.visitsSince = visitsSince
      for (const entry of unpackPending(pending.subarray(offset, offset + pendingBytes))) {
        restore(counts, entry, places)
        markDirty(site, entry.hash)
      }
      markDirty(site)
      offset += pendingBytes
    }
    if (record.taken === undefined) return
    working.totals.clear()
    for (const site of record.taken) {
      const counts = working.sites.get(site)
      if (counts) clearWaiting(counts)
      markDirty(site)
    }
  }

  function restore(counts: SiteCounts | undefined, saved: Pending, places: (place: number) => number): void {
    const entry = { ...saved, counter: places(saved.counter) }
    if (!counts || entry.counter < 0) return
    if (entry.n === 0 && !entry.named) counts.pending.delete(entry.hash)
    else counts.pending.set(entry.hash, entry)
  }

  function restoreRelease(counts: SiteCounts, release: Release, places: (place: number) => number): void {
    const counter = places(release.counter)
    if (counter >= 0) addWaiting(counts, { ...release, counter })
  }

  /** The site has changed since the snapshot; with a hash, so has the part that holds it. */
  function markDirty(site: number, hash?: string): void {
    const known = dirty.get(site) ?? new Set<number>()
    if (hash !== undefined) known.add(partOf(hash, parts.get(site) ?? 1))
    dirty.set(site, known)
  }

  /** Keeps a new site's month and key, or changed rules. */
  function saveSite(counts: SiteCounts): void {
    const { site, month, salt, rules, visitsSince, leaving } = counts
    sqlite.run(
      `INSERT INTO site (site, month, salt, rules, visits_since, leaving, parts) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (site) DO UPDATE SET month = excluded.month, salt = excluded.salt, rules = excluded.rules,
         visits_since = excluded.visits_since, leaving = excluded.leaving, parts = excluded.parts`,
      site,
      month,
      salt,
      JSON.stringify(rules),
      visitsSince,
      leaving ? 1 : 0,
      parts.get(site) ?? 1,
    )
  }

  /** Makes one group commit durable. */
  function append(totals: HourTotals[], changed: Iterable<SiteCounts>): void {
    const record: JournalRecord = { totals, sites: [] }
    const packs: Uint8Array[] = []
    const committed = [...changed]
    for (const counts of committed) {
      const packed = packPending(counts.touched.values())
      packs.push(packed)
      record.sites.push([counts.site, counts.visitsSince, counts.released, packed.length])
    }
    write(encodeRecord(record, packs))
    for (const counts of committed) settle(counts)
  }

  function settle(counts: SiteCounts): void {
    for (const entry of counts.touched.values()) {
      entry.touched = false
      markDirty(counts.site, entry.hash)
    }
    markDirty(counts.site)
    counts.touched.clear()
    counts.released = []
  }

  function write(record: Uint8Array): void {
    const joined = tail && tail.body.length + record.length <= ROW_BYTES ? concat([tail.body, record]) : undefined
    const row = tail && joined ? { id: tail.id, body: joined } : { id: (tail?.id ?? 0) + 1, body: record }
    sqlite.run(
      'INSERT INTO journal (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
      row.id,
      row.body,
    )
    tail = row
  }

  /** Moves what leaves into the outbox, and forgets it here, in one transaction. */
  function moveToOutbox(parcels: Parcel[], taken: number[]): void {
    const before = tail
    try {
      sqlite.transaction(() => {
        for (const { id, table, body } of parcels) {
          sqlite.run('INSERT INTO outbox (id, table_name, body) VALUES (?, ?, ?)', id, table, body)
        }
        write(encodeRecord({ totals: [], sites: [], taken }, []))
      })
    } catch (error) {
      tail = before
      throw error
    }
    for (const site of taken) markDirty(site)
  }

  /** What is on its way, oldest first. */
  function outbox(): Parcel[] {
    return sqlite
      .all('SELECT id, table_name, body FROM outbox ORDER BY rowid')
      .map((row) => ({ id: text(row, 'id'), table: tableOf(text(row, 'table_name')), body: text(row, 'body') }))
  }

  function forget(id: string): void {
    sqlite.run('DELETE FROM outbox WHERE id = ?', id)
  }

  /** Folds the journal into the snapshot and erases it. `afresh` rewrites these sites wholly: their month has ended. */
  function fold(working: Working, afresh: ReadonlySet<number> = new Set()): void {
    if (folded() && afresh.size === 0) return
    sqlite.transaction(() => {
      for (const counts of working.sites.values()) {
        if (dirty.has(counts.site) || afresh.has(counts.site)) saveSnapshot(counts, afresh.has(counts.site))
      }
      sqlite.run('DELETE FROM totals')
      for (const [place, body] of rowsOf(working.totals.values())) {
        sqlite.run('INSERT INTO totals (place, body) VALUES (?, ?)', place, body)
      }
      sqlite.run('DELETE FROM journal')
      saveCounters()
    })
    tail = undefined
    dirty.clear()
    sqlite.erase()
  }

  function saveSnapshot(counts: SiteCounts, afresh: boolean): void {
    const { site, pending } = counts
    const before = parts.get(site) ?? 1
    const after = Math.max(afresh ? 1 : before, partsFor(pending.size))
    parts.set(site, after)
    const rewrite = afresh || after !== before ? undefined : dirty.get(site)
    if (!rewrite) clearPlaces('pending', site)
    const bodies = new Map<number, Pending[]>([...(rewrite ?? [])].map((part) => [part, []]))
    for (const entry of pending.values()) {
      const part = partOf(entry.hash, after)
      if (rewrite && !rewrite.has(part)) continue
      const body = bodies.get(part)
      if (body) body.push(entry)
      else bodies.set(part, [entry])
    }
    for (const [part, entries] of bodies) {
      sqlite.run(
        'INSERT INTO pending (place, body) VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET body = excluded.body',
        site * MOST_PARTS + part,
        packPending(entries),
      )
    }
    clearPlaces('waiting', site)
    for (const [row, body] of rowsOf(counts.waiting.values())) {
      sqlite.run('INSERT INTO waiting (place, body) VALUES (?, ?)', site * MOST_PARTS + row, body)
    }
    saveSite(counts)
  }

  function clearPlaces(table: 'pending' | 'waiting', site: number): void {
    sqlite.run(`DELETE FROM ${table} WHERE place >= ? AND place < ?`, site * MOST_PARTS, (site + 1) * MOST_PARTS)
  }

  /** Forgets a site that holds nothing any more. */
  function forgetSite(site: number): void {
    sqlite.run('DELETE FROM site WHERE site = ?', site)
    clearPlaces('pending', site)
    clearPlaces('waiting', site)
    parts.delete(site)
    dirty.delete(site)
  }

  /** Nothing stands in the journal: memory and snapshot are the same. */
  function folded(): boolean {
    return tail === undefined && dirty.size === 0
  }

  return { load, saveSite, append, moveToOutbox, outbox, forget, fold, folded, forgetSite }
}

/** Adds totals into the hour they belong to. */
export function addTotals(totals: Map<string, HourTotals>, hour: HourTotals): void {
  const key = `${hour.site} ${hour.day} ${hour.hour}`
  const known = totals.get(key)
  if (!known) {
    totals.set(key, { ...hour })
    return
  }
  known.visits += hour.visits
  known.pageviews += hour.pageviews
  known.engaged += hour.engaged
  known.events += hour.events
}

function tableOf(name: string): Table {
  if (name === 'hours' || name === 'days' || name === 'counts') return name
  throw new Error(`the outbox speaks of a table that is none of ${Object.keys(TABLES).join(', ')}`)
}

/** A snapshot's pending parts and waiting rows are numbered within their site. */
function siteAt(row: SqliteRow): number {
  return Math.floor(number(row, 'place') / MOST_PARTS)
}

/** JSON rows of at most PER_ROW items each, numbered. */
function rowsOf<T>(items: Iterable<T>): [row: number, body: string][] {
  const all = [...items]
  const rows = Math.ceil(all.length / PER_ROW)
  return Array.from({ length: rows }, (_, row) => [row, JSON.stringify(all.slice(row * PER_ROW, (row + 1) * PER_ROW))])
}

function partsFor(entries: number): number {
  let parts = 1
  while (parts < MOST_PARTS && entries / parts > ENTRIES_PER_PART) parts *= 2
  return parts
}

function partOf(hash: string, parts: number): number {
  return hash.charCodeAt(0) & (parts - 1)
}

interface ReadRecord {
  record: JournalRecord
  pending: Uint8Array
}

/** A record: length of its head, length of its pending entries, the head as JSON, the entries packed. */
function encodeRecord(record: JournalRecord, packs: Uint8Array[]): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(record))
  const pending = concat(packs)
  const lengths = new DataView(new ArrayBuffer(8))
  lengths.setUint32(0, head.length)
  lengths.setUint32(4, pending.length)
  return concat([new Uint8Array(lengths.buffer), head, pending])
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
    const record: JournalRecord = JSON.parse(new TextDecoder().decode(body.subarray(head, pending)))
    records.push({ record, pending: body.subarray(pending, end) })
    at = end
  }
  return records
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
