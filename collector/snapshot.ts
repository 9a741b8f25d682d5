// The accumulator's whole state in tables: what memory and disk agree on when the journal is empty.
// journal.ts loads it at the start and saves into it what has changed; nobody else touches these tables.

import { COUNTERS } from './contract.ts'
import { chunks } from './parcels.ts'
import { type Pending, packPending, type Release, unpackPending } from './pending.ts'
import { createRemembered } from './remembered.ts'
import { addRelease, emptyCounts, restoreEntry, type Shared, type SiteCounts, type SiteRules } from './site_counts.ts'
import { bytes, number, parsed, type Sqlite, type SqliteRow, text } from './sqlite.ts'
import { addSaved, type SavedTotals, sortedTotals, type Totals } from './totals.ts'

/** All that the accumulator holds in memory. */
export interface Working {
  sites: Map<number, SiteCounts>
  totals: Totals
  shared: Shared
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS site (site INTEGER PRIMARY KEY, month TEXT NOT NULL, salt BLOB NOT NULL, rules TEXT NOT NULL,
  visits_since INTEGER NOT NULL, last_day TEXT NOT NULL, parts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pending (place INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS leaving (place INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS totals (place INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter (place INTEGER PRIMARY KEY, name TEXT NOT NULL)`

/** A part holds about this many entries (24 KB): small enough to rewrite, large enough to be few rows. */
const ENTRIES_PER_PART = 1024
const MOST_PARTS = 256

/** Rows of a site are numbered from site * PLACES on. */
const PLACES = 1 << 20

/** Below the 2 MB that a row may have on a Durable Object. */
const ROW = { bytes: 1_000_000, items: 20_000 }

/** Places in COUNTERS, as they were when the file was written, to what they are now; -1 for a counter that is no more. */
export type Places = (saved: number) => number

export type Snapshot = ReturnType<typeof openSnapshot>

export function openSnapshot({ sqlite, keyOf }: { sqlite: Sqlite; keyOf: (salt: Uint8Array) => string }) {
  for (const statement of SCHEMA.split(';')) sqlite.run(statement)
  const parts = new Map<number, number>()

  function load(): Working {
    const shared: Shared = { remembered: createRemembered(), entries: 0, full: false }
    const working: Working = { sites: new Map(), totals: new Map(), shared }
    const places = savedPlaces()
    parts.clear()
    for (const row of sqlite.all('SELECT site, month, salt, rules, visits_since, last_day, parts FROM site')) {
      const counts = readSite(row, shared)
      parts.set(counts.site, number(row, 'parts'))
      working.sites.set(counts.site, counts)
    }
    for (const row of sqlite.all('SELECT place, body FROM pending')) {
      const counts = working.sites.get(siteAt(row))
      for (const entry of unpackPending(bytes(row, 'body'))) placeEntry(counts, entry, places)
    }
    for (const table of ['waiting', 'leaving'] as const) {
      for (const row of sqlite.all(`SELECT place, body FROM ${table}`)) {
        const counts = working.sites.get(siteAt(row))
        for (const release of parsed<Release[]>(text(row, 'body'))) placeRelease(counts?.[table], release, places)
      }
    }
    for (const row of sqlite.all('SELECT body FROM totals')) {
      for (const saved of parsed<SavedTotals[]>(text(row, 'body'))) addSaved(working.totals, saved)
    }
    return working
  }

  function readSite(row: SqliteRow, shared: Shared): SiteCounts {
    const salt = bytes(row, 'salt')
    const counts = emptyCounts({
      site: number(row, 'site'),
      rules: parsed<SiteRules>(text(row, 'rules')),
      month: text(row, 'month'),
      salt,
      key: keyOf(salt),
      lastDay: text(row, 'last_day'),
      shared,
    })
    return { ...counts, visitsSince: number(row, 'visits_since') }
  }

  function savedNames(): string[] {
    return sqlite.all('SELECT name FROM counter ORDER BY place').map((row) => text(row, 'name'))
  }

  function savedPlaces(): Places {
    const saved = savedNames()
    const now = new Map(COUNTERS.map(({ name }, place) => [name, place]))
    return (place) => now.get(saved[place] ?? '') ?? -1
  }

  /** Whether the data contract has gained or lost a counter since the file was written: then all of it is written anew. */
  function moved(): boolean {
    return savedNames().join() !== COUNTERS.map(({ name }) => name).join()
  }

  function saveNames(): void {
    sqlite.run('DELETE FROM counter')
    for (const [place, { name }] of COUNTERS.entries()) {
      sqlite.run('INSERT INTO counter (place, name) VALUES (?, ?)', place, name)
    }
  }

  /** A site's month and key, rules and small numbers. */
  function saveSite({ site, month, salt, rules, visitsSince, lastDay }: SiteCounts): void {
    sqlite.run(
      `INSERT INTO site (site, month, salt, rules, visits_since, last_day, parts) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (site) DO UPDATE SET month = excluded.month, salt = excluded.salt, rules = excluded.rules,
         visits_since = excluded.visits_since, last_day = excluded.last_day, parts = excluded.parts`,
      site,
      month,
      salt,
      JSON.stringify(rules),
      visitsSince,
      lastDay,
      parts.get(site) ?? 1,
    )
  }

  /** Saves a site; of its pending entries those whose hashes begin with a byte that is marked, or all. */
  function saveCounts(counts: SiteCounts, changed: Uint8Array | 'all'): void {
    const { site, pending } = counts
    const before = parts.get(site) ?? 1
    const after = changed === 'all' ? partsFor(pending.size) : Math.max(before, partsFor(pending.size))
    parts.set(site, after)
    const some =
      changed === 'all' || after !== before
        ? undefined
        : new Set([...changed.keys()].filter((byte) => changed[byte] === 1).map((byte) => partOf(byte, after)))
    if (!some) clear('pending', site)
    const bodies = new Map<number, Pending[]>([...(some ?? [])].map((part) => [part, []]))
    for (const entry of pending.values()) {
      const part = partOf(entry.hash.charCodeAt(0), after)
      if (some && !some.has(part)) continue
      const body = bodies.get(part)
      if (body) body.push(entry)
      else bodies.set(part, [entry])
    }
    for (const [part, entries] of bodies) {
      sqlite.run(
        'INSERT INTO pending (place, body) VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET body = excluded.body',
        site * PLACES + part,
        packPending([entries]),
      )
    }
    saveReleases('waiting', site, counts.waiting)
    saveReleases('leaving', site, counts.leaving)
    saveSite(counts)
  }

  /** Sorted, because in the order of events they would tell which were one visit's. */
  function saveReleases(table: 'waiting' | 'leaving', site: number, releases: ReadonlyMap<string, Release>): void {
    clear(table, site)
    const sorted = [...releases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, release]) => JSON.stringify(release))
    for (const [row, body] of chunks(sorted, ROW).entries()) {
      sqlite.run(`INSERT INTO ${table} (place, body) VALUES (?, ?)`, site * PLACES + row, `[${body.join()}]`)
    }
  }

  function saveTotals(totals: Totals): void {
    sqlite.run('DELETE FROM totals')
    const rows = sortedTotals(totals).map((row) => JSON.stringify(row))
    for (const [place, body] of chunks(rows, ROW).entries()) {
      sqlite.run('INSERT INTO totals (place, body) VALUES (?, ?)', place, `[${body.join()}]`)
    }
  }

  function clear(table: 'pending' | 'waiting' | 'leaving', site: number): void {
    sqlite.run(`DELETE FROM ${table} WHERE place >= ? AND place < ?`, site * PLACES, (site + 1) * PLACES)
  }

  /** Forgets a site that holds nothing any more. */
  function forgetSite(site: number): void {
    sqlite.run('DELETE FROM site WHERE site = ?', site)
    for (const table of ['pending', 'waiting', 'leaving'] as const) clear(table, site)
    parts.delete(site)
  }

  return { load, savedPlaces, moved, saveNames, saveSite, saveCounts, saveTotals, forgetSite }
}

/** Puts back an entry whose counter may have moved. */
export function placeEntry(counts: SiteCounts | undefined, saved: Pending, places: Places): void {
  const counter = places(saved.counter)
  if (counts && counter >= 0) restoreEntry(counts, { ...saved, counter })
}

export function placeRelease(releases: Map<string, Release> | undefined, saved: Release, places: Places): void {
  const counter = places(saved.counter)
  if (releases && counter >= 0) addRelease(releases, { ...saved, counter })
}

function siteAt(row: SqliteRow): number {
  return Math.floor(number(row, 'place') / PLACES)
}

function partsFor(entries: number): number {
  let parts = 1
  while (parts < MOST_PARTS && entries / parts > ENTRIES_PER_PART) parts *= 2
  return parts
}

function partOf(firstByte: number, parts: number): number {
  return firstByte & (parts - 1)
}
