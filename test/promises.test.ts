// The promises, kept by the real product as a process: what a request brought is nowhere afterwards, numbers come in
// fives, and what was acknowledged survives kill -9.

import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type Site } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { CANARIES, canaryEvents, disguises, type Place, searchIn, traces } from './canary.ts'
import { type Asker, makeOwner } from './people.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

let data: DataDir
beforeEach(() => {
  data = makeDataDir()
})
afterEach(() => data.remove())

const api = z.object({ results: z.record(z.string(), z.object({ value: z.number().nullable() })) })

async function total(owner: Asker, metric: string): Promise<number> {
  const answer = await owner.get(`/api/v1/stats/aggregate?site_id=localhost&period=day&metrics=${metric}`)
  return api.parse(await answer.json()).results[metric]?.value ?? 0
}

const breakdown = z.object({ results: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) })

async function counted(owner: Asker, property: string, metric: string): Promise<Record<string, number>> {
  const query = `site_id=localhost&period=day&property=${property}&metrics=${metric}`
  const answer = await owner.get(`/api/v1/stats/breakdown?${query}`)
  const { results } = breakdown.parse(await answer.json())
  const dimension = property.replace(/^.*:/, '')
  return Object.fromEntries(results.map((row) => [String(row[dimension]), Number(row[metric])]))
}

const pages = (owner: Asker) => counted(owner, 'event:page', 'pageviews')
const sources = (owner: Asker) => counted(owner, 'visit:source', 'visits')
const countries = (owner: Asker) => counted(owner, 'visit:country', 'visits')

describe('four, five, nine, ten', () => {
  test('four visits are a total and no name anywhere; the fifth names their page, source and country with 5, the tenth makes it 10', async () => {
    const server = await data.start({ TRUST_PROXY: 'loopback', COUNTRY_HEADER: 'CF-IPCountry' })
    const owner = await makeOwner(server)
    const visit = () =>
      post(
        server.address,
        { u: 'http://localhost/planted-page', r: 'https://planted-source.org/some/path' },
        { 'x-forwarded-for': '192.0.2.1', 'cf-ipcountry': 'IS' },
      )
    const others = async () => {
      // A release waits for five visits after it; each of these is a page of its own.
      for (let n = 0; n < 5; n++) await post(server.address, { u: `http://localhost/filler/${crypto.randomUUID()}` })
    }
    const filesWith = (text: string) => searchIn(data.files())(text)
    const panels = async () => (await owner.get('/?period=today')).text()
    const named = async () => ({
      page: (await pages(owner))['/planted-page'],
      source: (await sources(owner))['planted-source.org'],
      country: (await countries(owner)).IS,
    })

    for (let n = 0; n < 4; n++) expect((await visit()).headers.get('sundial-outcome')).toBe('counted')
    await until(
      () => total(owner, 'visits'),
      (visits) => visits === 4,
    )
    for (const text of ['planted-page', 'planted-source']) {
      expect(filesWith(text)).toEqual([])
      expect(await panels()).not.toContain(text)
    }
    expect(await named()).toEqual({})

    await visit()
    await others()
    const five = { page: 5, source: 5, country: 5 }
    expect(await until(named, ({ page }) => page !== undefined)).toEqual(five)
    for (const text of ['planted-page', 'planted-source']) {
      // So the search would have found them before.
      expect(filesWith(text)).not.toEqual([])
      expect(await panels()).toContain(text)
    }

    for (let n = 0; n < 4; n++) await visit()
    await others()
    await until(
      () => total(owner, 'visits'),
      (visits) => visits === 19,
    )
    expect(await named()).toEqual(five)

    await visit()
    await others()
    expect(await until(named, ({ page }) => page !== 5)).toEqual({ page: 10, source: 10, country: 10 })
    expect(await server.stop()).toBe(0)
  })
})

describe('canaries', () => {
  async function send(server: RunningServer, times: number): Promise<void> {
    const { events, headers } = canaryEvents('localhost')
    for (let n = 0; n < times; n++) {
      const statuses: number[] = []
      for (const event of events) {
        const answer = await post(server.address, event, { ...headers, 'x-forwarded-for': CANARIES.address })
        statuses.push(answer.status)
      }
      expect(statuses).toEqual([202, 202, 400, 202])
    }
  }

  const files = (server: RunningServer): Place[] => [
    ...data.files(),
    { name: 'the log', bytes: Buffer.from(server.log()) },
  ]

  test.each([
    ['straight', {}],
    ['behind a trusted proxy', { TRUST_PROXY: 'loopback' }],
  ])(
    'address, agent, e-mail, token, fragment and referrer path are nowhere after flush and kill -9 (%s)',
    async (_, settings) => {
      const server = await data.start(settings)
      const owner = await makeOwner(server)
      // Often enough that every text which may be named is named.
      await send(server, 25)
      await until(
        () => total(owner, 'visits'),
        (visits) => visits === 25,
      )
      await until(
        () => pages(owner),
        (found) => Object.keys(found).length > 0,
      )
      expect(traces(files(server))).toEqual([])
      await send(server, 2)
      await server.kill()
      expect(traces(files(server))).toEqual([])
      const rows = await tables()
      expect(traces(rows)).toEqual([])
      // What the canaries became is there.
      expect(rows.find(({ name }) => name === 'sundial.counts')?.bytes.includes('/account/:email/:token')).toBe(true)
    },
  )

  test('would be found in every kind of file and row, as themselves and in disguise', async () => {
    const server = await data.start()
    await server.stop()
    const { settings, accumulator } = filesIn(data.path)
    for (const file of [settings, accumulator]) {
      const database = new DatabaseSync(file)
      database.exec('CREATE TABLE careless (kept)')
      database.prepare('INSERT INTO careless VALUES (?)').run(CANARIES.email)
      const log = `${path.basename(file)}-wal`
      expect(traces(data.files())).toContain(`email in ${log}`)
      database.close()
      expect(traces(data.files())).toContain(`email in ${path.basename(file)}`)
    }
    await keepInCounts(CANARIES.token)
    expect(traces(data.files()).filter((trace) => /^token in clickhouse.*\.bin$/.test(trace))).not.toEqual([])
    const found = traces(await tables())
    for (const place of ['settings.db', 'accumulator.db']) expect(found).toContain(`email in careless of ${place}`)
    expect(found).toContain('token in sundial.counts')
    for (const disguise of disguises(CANARIES.address)) {
      expect(traces([{ name: 'the log', bytes: Buffer.concat([Buffer.from('Error: '), disguise]) }])).toContain(
        'address in the log',
      )
    }
  })

  /** Among so many rows that ClickHouse compresses them. */
  async function keepInCounts(value: string): Promise<void> {
    const counts = await openCounts()
    const row = {
      site: 1,
      metric: 'pageviews',
      dimension: 'page',
      dimension2: '',
      value2: '',
      month: '2026-03-01',
      day: '2026-03-14',
      n: 5,
      generalize_on: '2100-01-01',
      expire_on: '2100-01-01',
    }
    const values = [value, ...Array.from({ length: 2_000 }, (_, n) => `/filler/${n}`)]
    const rows = values.map((text) => JSON.stringify({ ...row, value: text })).join('\n')
    await counts.insert('counts', rows, crypto.randomUUID())
    await counts.close()
  }

  const openCounts = () => createEmbeddedCounts({ path: filesIn(data.path).counts, database: 'sundial' })

  /** All rows of each table, ClickHouse's system tables included. Opens the files, so no server may run. */
  async function tables(): Promise<Place[]> {
    const { settings, accumulator } = filesIn(data.path)
    return [...sqliteTables(settings), ...sqliteTables(accumulator), ...(await clickhouseTables())]
  }

  function sqliteTables(file: string): Place[] {
    const database = new DatabaseSync(file)
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    const places = names.map(({ name }) => ({
      name: `${name} of ${path.basename(file)}`,
      bytes: Buffer.concat(database.prepare(`SELECT * FROM "${name}"`).all().flatMap(Object.values).map(bytesOf)),
    }))
    database.close()
    return places
  }

  function bytesOf(value: unknown): Uint8Array {
    return value instanceof Uint8Array ? value : Buffer.from(`${value}\n`)
  }

  async function clickhouseTables(): Promise<Place[]> {
    const counts = await openCounts()
    try {
      const names = await counts.query(
        "SELECT concat(database, '.', name) AS name FROM system.tables WHERE database IN ('sundial', 'system') AND engine LIKE '%MergeTree' OR name IN ('processes', 'query_log', 'text_log', 'settings')",
        {},
        z.object({ name: z.string() }),
      )
      const places: Place[] = []
      for (const { name } of names) {
        const sql = `SELECT toString(tuple(*)) AS row FROM ${name}`
        const rows = await counts.query(sql, {}, z.object({ row: z.string() }))
        places.push({ name, bytes: Buffer.from(rows.map(({ row }) => row).join('\n')) })
      }
      return places
    } finally {
      await counts.close()
    }
  }
})

describe('kill -9', () => {
  const ROUNDS = 20
  const CLIENTS = 8

  interface Client {
    site: Site
    acknowledged: number
    /** A request that was under way when the process was killed: it may count or not, but at most once. */
    unknown: number
  }

  test('at 20 random moments under load nothing acknowledged is lost and nothing counts twice', {
    timeout: 180_000,
  }, async () => {
    // A site for every client of every round, so that each total can be held against one request that is in doubt.
    const clients = await addClients()
    let server = await data.start()
    for (let round = 0; round < ROUNDS; round++) {
      await sendUntilKilled(server, clients.slice(round * CLIENTS, (round + 1) * CLIENTS))
      server = await data.start()
    }
    expect(await server.stop()).toBe(0)
    const totals = await totalsBySite()
    const amiss = clients.filter(({ site, acknowledged, unknown }) => {
      const { visits = 0, pageviews = 0 } = totals.get(site.id) ?? {}
      return visits !== pageviews || visits < acknowledged || visits > acknowledged + unknown
    })
    expect(amiss).toEqual([])
    expect(Math.max(...clients.map(({ unknown }) => unknown))).toBe(1)
    expect(clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThan(0)
    // Names come in fives, and never more often than what they name.
    for (const [site, named] of await pagesBySite()) {
      expect(named % 5).toBe(0)
      expect(named).toBeLessThanOrEqual(totals.get(site)?.pageviews ?? 0)
    }
    // A restart sends again what was on its way: the totals must not move.
    server = await data.start()
    expect(await server.stop()).toBe(0)
    expect(await totalsBySite()).toEqual(totals)
  })

  async function addClients(): Promise<Client[]> {
    const db = openSqliteSettings(filesIn(data.path).settings)
    const sites = createSites({ db, now: Date.now, report: (problem) => expect.fail(problem) })
    const clients: Client[] = []
    for (let n = 0; n < ROUNDS * CLIENTS; n++) {
      const answer = await sites.add({ domain: `client-${n}.example` })
      if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join())
      clients.push({ site: answer.site, acknowledged: 0, unknown: 0 })
    }
    db.close()
    return clients
  }

  async function sendUntilKilled(server: RunningServer, clients: readonly Client[]): Promise<void> {
    const stopAfter = 20 + Math.floor(Math.random() * 400)
    let sent = 0
    let killed: Promise<void> | undefined
    const send = async (client: Client) => {
      const { domain } = client.site
      while (!killed) {
        sent++
        if (sent >= stopAfter) killed ??= server.kill()
        try {
          const answer = await post(server.address, { d: domain, u: `http://${domain}/page` })
          expect(answer.status).toBe(202)
          client.acknowledged++
        } catch (error) {
          if (!(error instanceof TypeError)) throw error
          client.unknown++
        }
      }
    }
    await Promise.all(clients.map(send))
    await killed
  }

  /** Straight from ClickHouse, while no server runs. */
  async function totalsBySite(): Promise<Map<number, { visits: number; pageviews: number }>> {
    const sql =
      'SELECT site, sum(d.visits) AS visits, sum(d.pageviews) AS pageviews FROM readable_days AS d GROUP BY site'
    const row = z.object({ site: z.number(), visits: z.number(), pageviews: z.number() })
    const rows = await ask(sql, row)
    return new Map(rows.map(({ site, ...totals }) => [site, totals]))
  }

  async function pagesBySite(): Promise<Map<number, number>> {
    const sql =
      "SELECT site, sum(c.n) AS named FROM readable_counts AS c WHERE metric = 'pageviews' AND dimension = 'page' AND dimension2 = '' GROUP BY site"
    const rows = await ask(sql, z.object({ site: z.number(), named: z.number() }))
    expect(rows.length).toBeGreaterThan(0)
    return new Map(rows.map(({ site, named }) => [site, named]))
  }

  async function ask<T>(sql: string, row: z.ZodType<T>): Promise<T[]> {
    const counts = await createEmbeddedCounts({ path: filesIn(data.path).counts, database: 'sundial' })
    try {
      return await counts.query(sql, {}, row)
    } finally {
      await counts.close()
    }
  }
})
