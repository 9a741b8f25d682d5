// Twelve months of traffic in ClickHouse, twice: as the product would have written it (the real accumulator, its
// parcels, its tables), and as one row per event. Loaded by storage.ts; reports.ts asks both.
import { randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod'
import { createAccumulator } from '../../collector/accumulator.ts'
import { addMonths, createCalendar, dayOf, daysBetween, firstOfMonth } from '../../collector/calendar.ts'
import { type Counts, INSERT_ROWS } from '../../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../../collector/clickhouse_embedded.ts'
import type { Table } from '../../collector/contract.ts'
import { migrate } from '../../collector/migrate.ts'
import { openNodeSqlite } from '../../collector/sqlite_node.ts'
import { createAnonymizer, createAudience } from './audience.ts'
import { EVENTS_SCHEMA, eventRow } from './events_table.ts'
import { sitesOf } from './sites.ts'

export interface YearOptions {
  /** Directory of the engine. */
  path: string
  sites: number
  events: number
}

export interface Year {
  counts: Counts
  /** How many events were counted and stored. */
  events: number
  /** Seconds that the accumulator, the inserts of its counts and the inserts of events took. */
  took: { accumulator: number; counts: number; events: number }
}

/** A busy site has more pages than a quiet one: 5,000 for one site alone, 707 each for 50, 158 for 1,000. */
export function pagesPerSite(sites: number): number {
  return Math.round(5000 / Math.sqrt(sites))
}

/** Opens the year; loads it first where that was not done yet. Nothing is merged by age until the caller lets it be. */
export async function openYear({ path, sites, events }: YearOptions): Promise<Year> {
  const database = `year_${sites}_${events}`
  const counts = await createEmbeddedCounts({ path, database, memoryBytes: 4_000_000_000 })
  await migrate({ counts, database })
  await counts.command(EVENTS_SCHEMA)
  const [stored] = await counts.query('SELECT count() AS stored FROM events', {}, z.object({ stored: z.int() }))
  if (stored && stored.stored > 0) {
    return { counts, events: stored.stored, took: { accumulator: 0, counts: 0, events: 0 } }
  }
  await counts.command('SYSTEM STOP TTL MERGES')
  return { counts, ...(await load(counts, { sites, events })) }
}

const DAY = 86_400_000
/** The accumulator refuses events when more than a second can commit wait for the disk. */
const AT_ONCE = 2000

async function load(counts: Counts, { sites, events }: Omit<YearOptions, 'path'>): Promise<Omit<Year, 'counts'>> {
  const sqlite = openNodeSqlite(':memory:')
  const accumulator = createAccumulator({
    sqlite,
    secret: 'a secret of the bench, long enough to be one',
    calendar: createCalendar(),
    random: () => randomBytes(16),
    defer: queueMicrotask,
  })
  const anonymous = createAnonymizer()
  const siteAt = sitesOf(sites)
  const took = { accumulator: 0, counts: 0, events: 0 }
  const timed = async (part: keyof typeof took, work: () => Promise<void>) => {
    const start = performance.now()
    await work()
    took[part] += (performance.now() - start) / 1000
  }
  const counted = createInserter((table: Table, rows) => counts.insert(table, rows, randomUUID()))
  const raw = createInserter((table: 'events', rows) =>
    counts.command(`INSERT INTO ${table} SETTINGS async_insert = 0 FORMAT TabSeparated\n${rows}\n`),
  )
  const today = dayOf(Date.now())
  const first = addMonths(firstOfMonth(today), -11)
  const audience = createAudience({ seed: `year ${sites}`, sites, pagesPerSite: pagesPerSite(sites) })
  let at = Date.parse(first)
  let n = 0
  for (const hits of audience.days(at, daysBetween(first, today) + 1, events)) {
    n += hits.length
    await timed('accumulator', async () => {
      for (let start = 0; start < hits.length; start += AT_ONCE) {
        await Promise.all(
          hits.slice(start, start + AT_ONCE).map((hit) => accumulator.count(siteAt(hit.site), anonymous(hit))),
        )
      }
      at += DAY
      accumulator.tick(at)
      for (const { id, table, body } of accumulator.take(at)) {
        for (const row of body.split('\n')) counted.add(table, row)
        accumulator.forget(id)
      }
    })
    for (const hit of hits) raw.add('events', eventRow(hit))
    await timed('counts', () => counted.send(INSERT_ROWS * 0.8))
    await timed('events', () => raw.send(20_000))
  }
  await timed('counts', () => counted.send(0))
  await timed('events', () => raw.send(0))
  sqlite.close()
  return { events: n, took }
}

/**
 * Rows that wait until there are enough for an insert. The product would send the same rows every five seconds; what
 * merges of them is the same, and a year of them need not take a year.
 */
function createInserter<T extends string>(insert: (table: T, rows: string) => Promise<void>) {
  const waiting = new Map<T, string[]>()
  return {
    add(table: T, row: string): void {
      const rows = waiting.get(table)
      if (rows) rows.push(row)
      else waiting.set(table, [row])
    },
    async send(atLeast: number): Promise<void> {
      for (const [table, rows] of waiting) {
        if (rows.length <= atLeast) continue
        for (let start = 0; start < rows.length; start += INSERT_ROWS) {
          await insert(table, rows.slice(start, start + INSERT_ROWS).join('\n'))
        }
        waiting.delete(table)
      }
    },
  }
}
