// Rows and bytes that an event writes into SQLite, at several rates, on Node and in a Durable Object, and what the latter
// costs a month. The real accumulator and flush over a counted port, driven by a simulated clock. A section of bench.ts.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { type Accumulator, createAccumulator } from '../../collector/accumulator.ts'
import { createCalendar } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import { FLUSH_EVERY, flush } from '../../collector/flush.ts'
import { openNodeSqlite } from '../../collector/sqlite_node.ts'
import { createAnonymizer, createAudience } from './audience.ts'
import { countingSqlite, type Written } from './counting_sqlite.ts'
import { written } from './process_figures.ts'
import { sitesOf } from './sites.ts'
import type { Table } from './table.ts'

const SITES = 50
const PAGES = 100
const siteAt = sitesOf(SITES)
const anonymous = createAnonymizer()
const START = Date.UTC(2026, 9, 13, 12)
const SECOND = 1000

/**
 * Workers Paid, in dollars, without the 5 a month of the plan itself; as its documentation said in 2026:
 * https://developers.cloudflare.com/durable-objects/platform/pricing/ https://developers.cloudflare.com/workers/platform/pricing/
 */
const PRICES = {
  rowsWritten: { million: 1, included: 50 },
  objectRequests: { million: 0.15, included: 1 },
  workerRequests: { million: 0.3, included: 10 },
  /** GB-seconds; an object is billed 128 MB for as long as it is active. */
  duration: { million: 12.5, included: 0.4 },
} as const
const MONTH = 30.44 * 86_400

interface Traffic extends Written {
  events: number
  seconds: number
  alarms: number
  /** Bytes of all calls that write, as Linux counted them: the log's pages, snapshots and their erasure. */
  calls: number
}

export async function rows({ work }: { work: string }): Promise<Table[]> {
  return [await nodeTable(work), await objectTable()]
}

async function nodeTable(work: string): Promise<Table> {
  const lines: (string | number)[][] = []
  for (const [rate, events, together] of [
    [10, 6000, 1],
    [100, 15_000, 1],
    [1000, 60_000, 1],
    [1000, 60_000, 64],
  ] as const) {
    const run = await onNode(path.join(work, `rows-${rate}-${together}.db`), { rate, events, together })
    lines.push([
      `${rate}${together > 1 ? `, ${together} at once` : ''}`,
      run.rows / run.events,
      run.bytes / run.events,
      run.calls / run.events,
      run.events,
      run.seconds,
    ])
  }
  return {
    title: `SQLite on Node: rows and bytes an event (${SITES} sites, ${SITES * PAGES} pages)`,
    columns: ['events/s', 'rows/event', 'bytes bound/event', 'bytes written/event', 'events', 'simulated s'],
    rows: lines,
    notes: [
      'Aim: at most 2 rows from 10 events/s on. Every row of every table counts, deletions and index rows too.',
      'Bytes bound are what is handed to SQLite; bytes written are all calls of the process: log, file and erasure.',
    ],
  }
}

async function onNode(
  file: string,
  { rate, events, together }: { rate: number; events: number; together: number },
): Promise<Traffic> {
  const sqlite = openNodeSqlite(file)
  const port = countingSqlite(sqlite)
  const accumulator = accumulatorOver(port)
  const before = written(process.pid).calls
  let now = START
  let nextTurn = START + FLUSH_EVERY
  let group: Promise<void>[] = []
  let done = 0
  for (const hit of createAudience({ seed: 'rows', sites: SITES, pagesPerSite: PAGES }).stream(START, rate)) {
    if (done++ === events) break
    now = hit.at
    for (; nextTurn <= now; nextTurn += FLUSH_EVERY) {
      await Promise.all(group)
      group = []
      accumulator.tick(nextTurn)
      await flush(accumulator, NOWHERE, nextTurn)
    }
    group.push(accumulator.count(siteAt(hit.site), anonymous(hit)))
    if (group.length < together) continue
    await Promise.all(group)
    group = []
  }
  await Promise.all(group)
  const calls = written(process.pid).calls - before
  sqlite.close()
  return { ...port.written, events, seconds: (now - START) / SECOND, alarms: 0, calls }
}

async function objectTable(): Promise<Table> {
  const lines: (string | number)[][] = []
  for (const [rate, events] of [
    [0.1, 4000],
    [1, 15_000],
    [10, 25_000],
    [100, 50_000],
  ] as const) {
    const run = await inObject({ rate, events })
    lines.push([rate, run.rows / run.events, run.alarms / run.events, ...bill(rate, run), run.events])
  }
  return {
    title: `One Durable Object: rows written an event, and its bill a month (${SITES} sites)`,
    columns: [
      'events/s',
      'rows/event',
      'alarms/event',
      'million events/month',
      'rows $',
      'object requests $',
      'duration $',
      'Worker requests $',
      'sum $',
      'per million events $',
      'less what the plan includes $',
      'events',
    ],
    rows: lines,
    notes: [
      'Cloudflare’s list prices, Workers Paid: rows written $1.00 a million (50 included), object requests $0.15 (1),',
      'duration $12.50 a million GB-s (0.4), Worker requests $0.30 (10); CPU time, rows read and storage are left out.',
      'An event is one request to the Worker and one call of the object; an alarm is a request, and setting it a row.',
      'Duration is an upper bound: 128 MB for every second, as if the object never hibernated.',
    ],
  }
}

/** What each part costs at list price, their sum, the sum for a million events, and the bill once the plan's share is off. */
function bill(rate: number, { events, rows, alarms }: Traffic): number[] {
  const million = (rate * MONTH) / 1e6
  const used = {
    rowsWritten: (million * rows) / events,
    objectRequests: million * (1 + alarms / events),
    duration: (MONTH * 0.128) / 1e6,
    workerRequests: million,
  }
  const cost = (name: keyof typeof PRICES, from = 0) => Math.max(0, used[name] - from) * PRICES[name].million
  const names = ['rowsWritten', 'objectRequests', 'duration', 'workerRequests'] as const
  const each = names.map((name) => cost(name))
  const sum = each.reduce((total, one) => total + one, 0)
  const less = names.reduce((total, name) => total + cost(name, PRICES[name].included), 0)
  return [million, ...each, sum, sum / million, less]
}

/** As durable_accumulator.ts: one event a commit, the alarm as clock, set only when no earlier one stands. */
async function inObject({ rate, events }: { rate: number; events: number }): Promise<Traffic> {
  const sqlite = openNodeSqlite(':memory:')
  const port = countingSqlite(sqlite)
  const accumulator = accumulatorOver(port)
  let alarm = Number.POSITIVE_INFINITY
  let alarms = 0
  let set = 0
  const wake = (at: number) => {
    if (alarm <= at) return
    alarm = at
    set++
  }
  let now = START
  let done = 0
  for (const hit of createAudience({ seed: 'rows', sites: SITES, pagesPerSite: PAGES }).stream(START, rate)) {
    if (done++ === events) break
    now = hit.at
    while (alarm <= now) {
      const rung = alarm
      alarm = Number.POSITIVE_INFINITY
      alarms++
      accumulator.tick(rung)
      await flush(accumulator, NOWHERE, rung)
      const due = accumulator.dueAt(rung)
      wake(due === undefined ? rung + 3600 * SECOND : Math.max(due, nextFlush(rung)))
    }
    await accumulator.count(siteAt(hit.site), anonymous(hit))
    wake(nextFlush(now))
  }
  sqlite.close()
  const { rows, bytes } = port.written
  return { rows: rows + set, bytes, events, seconds: (now - START) / SECOND, alarms, calls: 0 }
}

const nextFlush = (now: number) => Math.ceil((now + 1) / FLUSH_EVERY) * FLUSH_EVERY

function accumulatorOver(sqlite: ReturnType<typeof countingSqlite>): Accumulator {
  return createAccumulator({
    sqlite,
    secret: 'a secret of the bench, long enough to be one',
    calendar: createCalendar(),
    random: () => randomBytes(16),
    defer: queueMicrotask,
  })
}

/** ClickHouse that takes everything at once. */
const NOWHERE: Counts = {
  insert: async () => {},
  query: async () => [],
  command: async () => {},
  ping: async () => true,
  close: async () => {},
}
