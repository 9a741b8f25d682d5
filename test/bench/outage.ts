// Outage: ClickHouse refuses everything for the length of many events while traffic goes on. What SQLite grows by, beside
// a queue of one row per event, and that all of it is in ClickHouse after the return, exactly once. A section of bench.ts.
import { randomBytes } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { createAccumulator } from '../../collector/accumulator.ts'
import { createCalendar } from '../../collector/calendar.ts'
import { ClickHouseError, type Counts } from '../../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../../collector/clickhouse_embedded.ts'
import type { Table as CountsTable } from '../../collector/contract.ts'
import { FLUSH_EVERY, flush } from '../../collector/flush.ts'
import { migrate } from '../../collector/migrate.ts'
import { openNodeSqlite } from '../../collector/sqlite_node.ts'
import { bodyOf, createAnonymizer, createAudience } from './audience.ts'
import { sitesOf } from './sites.ts'
import type { Table } from './table.ts'

const SITES = 50
const PAGES = 100
/** Events a second of the simulated clock, and events that are in flight together. */
const RATE = 500
const TOGETHER = 64
const POINTS = 12

interface Point {
  events: number
  accumulator: number
  queue: number
  pending: number
  outbox: number
  acknowledged: number
}

export async function outage({
  events,
  full,
  work,
}: {
  events: number
  full: boolean
  work: string
}): Promise<Table[]> {
  const length = full ? 1_000_000 : Math.min(events, 200_000)
  const directory = path.join(work, 'outage')
  mkdirSync(directory, { recursive: true })
  const database = 'outage'
  const real = await createEmbeddedCounts({ path: path.join(work, 'outage-clickhouse'), database })
  try {
    await migrate({ counts: real, database })
    const away = unreliable(real)
    const { points, expected, seconds } = await run(directory, length, away)
    return [curve(points, seconds), await check(real, expected, away.given)]
  } finally {
    await real.close()
  }
}

/** The real counts, refused while `away`; back again, every third insert takes effect and is then said to have failed. */
function unreliable(counts: Counts) {
  const state = {
    away: false,
    inserts: 0,
    /** By parcel: how often the numbers in its rows add up to what. A parcel is given once or many times. */
    given: new Map<string, Map<string, number>>(),
    counts: {
      ...counts,
      async insert(table: CountsTable, rows: string, token: string) {
        if (!state.given.has(token)) state.given.set(token, sumsOf(table, rows))
        if (state.away) throw new ClickHouseError(0, 'ECONNREFUSED')
        await counts.insert(table, rows, token)
        if (++state.inserts % 3 === 0) throw new ClickHouseError(0, 'ECONNRESET')
      },
    },
  }
  return state
}

const NUMBERS = ['visits', 'pageviews', 'engaged', 'events', 'n'] as const
const numbers = z.object({
  visits: z.int().optional(),
  pageviews: z.int().optional(),
  engaged: z.int().optional(),
  events: z.int().optional(),
  n: z.int().optional(),
})

function sumsOf(table: CountsTable, rows: string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const line of rows.split('\n')) {
    const row = numbers.parse(JSON.parse(line))
    for (const name of NUMBERS) {
      const n = row[name]
      if (n !== undefined) sums.set(`${table}.${name}`, (sums.get(`${table}.${name}`) ?? 0) + n)
    }
  }
  return sums
}

async function run(directory: string, length: number, away: ReturnType<typeof unreliable>) {
  const file = path.join(directory, 'accumulator.db')
  const sqlite = openNodeSqlite(file)
  const accumulator = createAccumulator({
    sqlite,
    secret: 'a secret of the bench, long enough to be one',
    calendar: createCalendar(),
    random: () => randomBytes(16),
    defer: queueMicrotask,
  })
  const queue = openQueue(path.join(directory, 'queue.db'))
  const anonymous = createAnonymizer()
  const siteAt = sitesOf(SITES)
  const expected: Expected = { visits: 0, pageviews: 0, engaged: 0, events: 0 }
  const points: Point[] = []
  const start = Date.UTC(2026, 9, 13, 12)
  const before = Math.round(length / 10)
  let [n, acknowledged, nextTurn] = [0, 0, start + FLUSH_EVERY]
  let group: Promise<void>[] = []
  let bodies: string[] = []
  const begun = performance.now()

  const settle = async () => {
    for (const { status } of await Promise.allSettled(group)) if (status === 'fulfilled') acknowledged++
    queue.add(bodies)
    group = []
    bodies = []
  }

  for (const hit of createAudience({ seed: 'outage', sites: SITES, pagesPerSite: PAGES }).stream(start, RATE)) {
    for (; nextTurn <= hit.at; nextTurn += FLUSH_EVERY) {
      await settle()
      accumulator.tick(nextTurn)
      await flush(accumulator, away.counts, nextTurn)
    }
    if (n >= before && (n - before) % Math.round(length / POINTS) === 0) {
      await settle()
      const { pending, outbox } = accumulator.gauge()
      points.push({ events: n - before, accumulator: sizeOf(file), queue: queue.size(), pending, outbox, acknowledged })
    }
    if (n === before) {
      away.away = true
      queue.empty()
    }
    if (n === before + length) break
    const event = anonymous(hit)
    expected.visits += event.startsVisit ? 1 : 0
    expected.pageviews += event.kind === 'pageview' ? 1 : 0
    expected.engaged += event.engages ? 1 : 0
    expected.events += event.kind === 'event' ? 1 : 0
    group.push(accumulator.count(siteAt(hit.site), event))
    bodies.push(bodyOf(hit))
    n++
    if (group.length === TOGETHER) await settle()
  }
  await settle()
  const seconds = (performance.now() - begun) / 1000
  away.away = false
  for (let turn = 0; turn < 200 && (accumulator.gauge().outbox > 0 || turn < 3); turn++)
    await flush(accumulator, away.counts, nextTurn)
  const { outbox } = accumulator.gauge()
  sqlite.close()
  queue.close()
  return { points, expected: { ...expected, sent: n, acknowledged, outbox }, seconds }
}

interface Expected {
  visits: number
  pageviews: number
  engaged: number
  events: number
}

/** What a collector without counters would have to keep: every event, until ClickHouse is back. */
function openQueue(file: string) {
  const sqlite = openNodeSqlite(file)
  sqlite.run('CREATE TABLE queue (id INTEGER PRIMARY KEY, body TEXT NOT NULL)')
  return {
    add(bodies: readonly string[]): void {
      sqlite.transaction(() => {
        for (const body of bodies) sqlite.run('INSERT INTO queue (body) VALUES (?)', body)
      })
    },
    empty(): void {
      sqlite.run('DELETE FROM queue')
      sqlite.run('VACUUM')
      sqlite.erase()
    },
    size: () => sizeOf(file),
    close: () => sqlite.close(),
  }
}

function sizeOf(file: string): number {
  return ['', '-wal'].reduce((sum, end) => sum + (statSync(`${file}${end}`, { throwIfNoEntry: false })?.size ?? 0), 0)
}

function curve(points: readonly Point[], seconds: number): Table {
  return {
    title: `Outage: SQLite while ClickHouse is away (${SITES} sites, ${SITES * PAGES} pages, ${RATE} events a simulated second)`,
    columns: [
      'events since',
      'accumulator MB',
      'queue of events MB',
      'pending counters',
      'parcels waiting',
      'acknowledged',
    ],
    rows: points.map(({ events, accumulator, queue, pending, outbox, acknowledged }) => [
      events,
      accumulator / 1e6,
      queue / 1e6,
      pending,
      outbox,
      acknowledged,
    ]),
    notes: [
      'File and write-ahead log. The queue is the baseline of the same run: the bodies of the events, one row each.',
      `${seconds.toFixed(0)} s of real time for both.`,
    ],
  }
}

async function check(
  counts: Counts,
  expected: Expected & { sent: number; acknowledged: number; outbox: number },
  given: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Promise<Table> {
  const sql = `SELECT
  (SELECT sum(visits) FROM hours) AS hours_visits,
  (SELECT sum(n) FROM counts) AS counts_n,
  (SELECT countIf(n % 5 != 0) FROM counts) AS broken,
  sum(visits) AS visits,
  sum(pageviews) AS pageviews,
  sum(engaged) AS engaged,
  sum(events) AS events
FROM days`
  const [stored] = await counts.query(sql, {}, z.record(z.string(), z.int()))
  const sums = new Map<string, number>()
  for (const parcel of given.values()) for (const [name, n] of parcel) sums.set(name, (sums.get(name) ?? 0) + n)
  const rows: (string | number)[][] = [
    ['events acknowledged', expected.sent, expected.acknowledged],
    ['visits by hour', expected.visits, stored?.hours_visits ?? Number.NaN],
    ['visits by day', expected.visits, stored?.visits ?? Number.NaN],
    ['pageviews', expected.pageviews, stored?.pageviews ?? Number.NaN],
    ['engaged', expected.engaged, stored?.engaged ?? Number.NaN],
    ['events', expected.events, stored?.events ?? Number.NaN],
    ['attribute counts, in the parcels given', sums.get('counts.n') ?? 0, stored?.counts_n ?? Number.NaN],
    ['attribute counts that are no multiple of 5', 0, stored?.broken ?? Number.NaN],
    ['parcels left', 0, expected.outbox],
  ]
  return {
    title: 'After the return: sent and stored',
    columns: ['', 'sent', 'stored', 'same'],
    rows: rows.map(([name = '', sent = 0, stored = 0]) => [name, sent, stored, sent === stored ? 'yes' : 'NO']),
    notes: ['Every third insert after the return takes effect and is then reported as failed, so it is sent again.'],
  }
}
