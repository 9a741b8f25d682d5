// The accumulator in a Durable Object: what it acknowledged survives its end, and is the same as on Node.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createAccumulator } from '../collector/accumulator.ts'
import { createCalendar } from '../collector/calendar.ts'
import type { SqliteValue } from '../collector/sqlite.ts'
import { type NodeSqlite, openNodeSqlite } from '../collector/sqlite_node.ts'
import { aPageview, flushed, rowsOf, SECRET } from './accumulated.ts'
import { CANARIES, canaryEvents, type Place, traces } from './canary.ts'
import { type CountsServer, startCountsServer, textsOf, totalsOf, valuesOf } from './counts_server.ts'
import { BROWSER } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

const SITES = ['evicted', 'crashed', 'killed', 'moved', 'canary'].map((name) => ({ domain: `${name}.example` }))
const FLUSHED = { timeout: 30_000, interval: 50 }
const CLIENT = { address: '192.0.2.1', country: 'FR' }

let server: CountsServer
let workers: Workers

beforeAll(async () => {
  server = await startCountsServer()
  workers = await startWorkers({
    clickhouseUrl: server.clickhouse.url,
    sites: SITES,
    collectorSecrets: { SUNDIAL_SECRET: SECRET },
  })
})
afterAll(async () => {
  await workers.close()
  await server.close()
})

function siteId(domain: string): number {
  const site = workers.sites.byDomain(domain)
  if (!site) throw new Error(`no site ${domain}`)
  return site.id
}

function send(event: object, headers: Record<string, string> = { 'user-agent': BROWSER }, client = CLIENT) {
  return workers.fetch('/api/event', { method: 'POST', headers, body: JSON.stringify(event) }, client)
}

function visit(domain: string, page: string): Promise<Response> {
  return send({ n: 'pageview', d: domain, u: `https://${domain}${page}`, s: { v: 1 } })
}

async function others(domain: string): Promise<void> {
  for (let n = 0; n < 5; n++) await visit(domain, `/${crypto.randomUUID().slice(0, 5)}`)
}

const visits = async (domain: string) => (await totalsOf(server.counts, siteId(domain)))?.visits
const pages = (domain: string) => valuesOf(server.counts, siteId(domain), 'pageviews', 'page')

describe('a Durable Object', () => {
  test('thrown out of memory goes on counting where it was: four before and one after make five', async () => {
    for (let n = 0; n < 4; n++) await visit('evicted.example', '/planted')
    await vi.waitFor(() => workers.evict(), FLUSHED)
    await visit('evicted.example', '/planted')
    await others('evicted.example')
    await vi.waitFor(async () => expect(await pages('evicted.example')).toMatchObject({ '/planted': 5 }), FLUSHED)
    expect(await visits('evicted.example')).toBe(10)
  })

  test('killed right after an answer still sends what it acknowledged, though nobody calls it again', async () => {
    await visit('killed.example', '/')
    await workers.crash()
    await vi.waitFor(async () => expect(await visits('killed.example')).toBe(1), FLUSHED)
  })

  test('killed again and again under load loses nothing acknowledged and counts nothing twice', async () => {
    const domain = 'crashed.example'
    let acknowledged = 0
    let unknown = 0
    for (let round = 0; round < 5; round++) {
      const stopAfter = 10 + Math.floor(Math.random() * 40)
      let sent = 0
      let crash: Promise<void> | undefined
      const client = async () => {
        while (!crash) {
          sent++
          if (sent >= stopAfter) crash ??= workers.crash()
          try {
            const { status } = await visit(domain, `/page-${sent % 3}`)
            if (status === 202) acknowledged++
            else unknown++
          } catch {
            // Under way when workerd was killed: it may count or not, but it must count at most once.
            unknown++
          }
        }
      }
      await Promise.all(Array.from({ length: 4 }, client))
      await crash
    }
    const settled = await visitsUpTo(domain, 1)
    expect(settled).toBeGreaterThanOrEqual(acknowledged)
    expect(settled).toBeLessThanOrEqual(acknowledged + unknown)
    // One more round of everything must not move it.
    await workers.crash()
    expect(await visitsUpTo(domain, 2)).toBe(settled)
    expect((await totalsOf(server.counts, siteId(domain)))?.pageviews).toBe(settled)
    for (const [page, n] of Object.entries(await pages(domain))) expect(n % 5, page).toBe(0)
  }, 120_000)

  /** Visits in ClickHouse once a custom event that comes after them is there: totals leave together, in one row a day. */
  async function visitsUpTo(domain: string, mark: number): Promise<number> {
    expect((await send({ n: 'mark', d: domain, u: `https://${domain}/` })).status).toBe(202)
    return vi.waitFor(async () => {
      const totals = await totalsOf(server.counts, siteId(domain))
      expect(totals?.events).toBe(mark)
      return totals?.visits ?? 0
    }, FLUSHED)
  }

  test('keeps the same bytes as a file on Node: four visits counted there and one here make five', async () => {
    const domain = 'moved.example'
    for (let n = 0; n < 4; n++) await visit(domain, '/planted')
    await vi.waitFor(async () => expect(await visits(domain)).toBe(4), FLUSHED)
    const directory = mkdtempSync(path.join(tmpdir(), 'sundial-moved-'))
    const sqlite = openNodeSqlite(path.join(directory, 'accumulator.db'))
    try {
      await copyInto(sqlite)
      const calendar = createCalendar()
      const accumulator = createAccumulator({
        sqlite,
        secret: SECRET,
        calendar,
        random: () => crypto.getRandomValues(new Uint8Array(16)),
        defer: queueMicrotask,
      })
      const site = workers.sites.byDomain(domain)
      if (!site) throw new Error('no site')
      const { day, hour } = calendar.localHour(site.timezone, Date.now())
      const event = aPageview({ day, hour, source: '(direct)', channel: 'Direct' })
      await accumulator.count(site, { ...event, page: '/planted' })
      for (let n = 0; n < 5; n++) await accumulator.count(site, { ...event, page: `/${n}` })
      const named = rowsOf(flushed(accumulator)).filter(
        ({ site: id, dimension }) => id === site.id && dimension === 'page',
      )
      expect(named.map(({ value, n }) => [value, n])).toEqual([['/planted', 5]])
    } finally {
      sqlite.close()
      rmSync(directory, { recursive: true })
    }
  })

  /** The accumulator's tables as they stand in workerd now. */
  async function copyInto(sqlite: NodeSqlite): Promise<void> {
    const storage = await workers.harness.getWorker().getDurableObjectStorage('ACCUMULATOR', { name: 'shard-0' })
    const tables = await storage.exec(
      "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'",
    )
    for (const { name, sql } of tables) {
      sqlite.run(String(sql))
      for (const row of await storage.exec(`SELECT * FROM ${name}`)) {
        const values = Object.values(row).map(sqliteValue)
        sqlite.run(`INSERT INTO ${name} VALUES (${values.map(() => '?').join()})`, ...values)
      }
    }
  }

  function sqliteValue(value: unknown): SqliteValue {
    if (value instanceof ArrayBuffer) return new Uint8Array(value)
    if (typeof value === 'string' || typeof value === 'number' || value === null) return value
    throw new TypeError('no value of SQLite')
  }
})

describe('canaries', () => {
  test('address, agent, e-mail, token, fragment and referrer path are in no file of workerd, no row and no log', async () => {
    const domain = 'canary.example'
    const { events, headers } = canaryEvents(domain)
    const client = { address: CANARIES.address, country: 'FR' }
    const statuses = async () => {
      const answers: number[] = []
      for (const event of events) answers.push((await send(event, headers, client)).status)
      return answers
    }
    // Often enough that every text which may be named is named. What is dropped or refused must leave no trace either.
    for (let n = 0; n < 15; n++) expect(await statuses()).toEqual([202, 202, 400, 202])
    await vi.waitFor(async () => expect(Object.values(await pages(domain))).toContain(15), FLUSHED)
    const rows = { name: 'rows', bytes: Buffer.from((await textsOf(server.counts, siteId(domain))).join('\n')) }
    const places = (): Place[] => [...workers.files(), { name: 'log', bytes: Buffer.from(workers.logs()) }, rows]
    expect(traces(places())).toEqual([])
    for (let n = 0; n < 2; n++) await statuses()
    await workers.crash()
    expect(traces(places())).toEqual([])
    // The search finds what is there: the page that the canaries became, and the accumulator's own table.
    expect(rows.bytes.toString()).toContain('/account/')
    expect(
      workers.files().some(({ name, bytes }) => name.includes('DurableAccumulator') && bytes.includes('visits_since')),
    ).toBe(true)
  })
})
