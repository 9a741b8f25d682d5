// The number of accumulators: remembered, refused when it differs, and changed only after the present ones are drained.
// Which of them counts for a site, and a site that all of them count for.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createShards, orderShards, readShards } from '../collector/shards.ts'
import type { SettingsStore } from '../collector/sites.ts'
import { createD1Settings, type D1Binding } from '../collector/sites_d1.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import type { Terminal } from '../dashboard/command/command.ts'
import { runCommand } from '../dashboard/command/commands.ts'
import { type CountsServer, startCountsServer, totalsOf, valuesOf } from './counts_server.ts'
import { BROWSER } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

describe('the number of shards', () => {
  let db: SqliteSettings
  let clock: number
  let reports: string[]
  let drained: string[]
  let empty: boolean
  let dice: number
  beforeEach(() => {
    db = openSqliteSettings(':memory:')
    clock = 0
    reports = []
    drained = []
    empty = true
    dice = 0
  })
  afterEach(() => db.close())

  function start(wanted: number, store: SettingsStore = db) {
    return createShards({
      db: store,
      wanted,
      spread: new Set(['huge.example']),
      random: () => dice,
      async drain(name) {
        drained.push(name)
        return empty
      },
      now: () => clock,
      report: (problem) => reports.push(problem),
    })
  }

  test('is remembered at the first start, and another one is refused with what to do', async () => {
    const first = start(2)
    expect(await first.refusal()).toBe(undefined)
    expect(first.names()).toEqual(['shard-0', 'shard-1'])
    expect([4, 7].map((id) => first.nameFor({ id, domain: 'example.com' }))).toEqual(['shard-0', 'shard-1'])
    const second = start(3)
    for (let n = 0; n < 3; n++) {
      expect(await second.refusal()).toBe(
        'SHARDS is 3, but 2 hold the counts: set SHARDS = "2" and deploy, or drain them first by `npm run sundial -- reshard 3 --d1 --remote`',
      )
    }
    expect(reports).toHaveLength(1)
    expect(drained).toEqual([])
  })

  test('changes once every present accumulator is empty, under names that were never used', async () => {
    const old = start(2)
    await old.refusal()
    await orderShards(db, 3)
    empty = false
    const next = start(3)
    expect(await next.refusal()).toBe('the counts of 2 shards are on their way to ClickHouse, then 3 take over')
    expect(drained).toEqual(['shard-0', 'shard-1'])
    empty = true
    clock += 2_000
    expect(await next.refusal()).toBe(undefined)
    expect(next.names()).toEqual(['shard-0.1', 'shard-1.1', 'shard-2.1'])
    expect(await readShards(db)).toEqual({ number: 3, generation: 1, next: undefined })
    clock += 15_000
    expect(await old.refusal()).toMatch(/^SHARDS is 2, but 3 hold the counts/)
  })

  test('has one for each site and all, at random, for a site that is spread', async () => {
    const shards = start(3)
    await shards.refusal()
    const names = (domain: string) =>
      [0, 0.34, 0.5, 0.67, 0.999].map((next) => {
        dice = next
        return shards.nameFor({ id: 1, domain })
      })
    expect(new Set(names('example.com'))).toEqual(new Set(['shard-1']))
    expect(names('huge.example')).toEqual(['shard-0', 'shard-1', 'shard-1', 'shard-2', 'shard-2'])
  })

  test('changes once though two isolates see to it at the same time', async () => {
    const isolates = [start(1), start(1)]
    for (const isolate of isolates) await isolate.refusal()
    await orderShards(db, 4)
    clock += 15_000
    await Promise.all(isolates.map((isolate) => isolate.refusal()))
    expect(await readShards(db)).toEqual({ number: 4, generation: 1, next: undefined })
  })

  test('that cannot be read refuses, and stays in force when it was known', async () => {
    const broken: SettingsStore = {
      all: () => Promise.reject(new Error('no such table')),
      run: () => Promise.reject(new Error('no such table')),
      batch: () => Promise.reject(new Error('no such table')),
    }
    expect(await start(1, broken).refusal()).toMatch(/^the settings store cannot be read/)
    let store: SettingsStore = db
    const known = start(1, { ...db, all: (...sql) => store.all(...sql), run: (...sql) => store.run(...sql) })
    expect(await known.refusal()).toBe(undefined)
    store = broken
    clock += 15_000
    expect(await known.refusal()).toBe(undefined)
    expect(known.names()).toEqual(['shard-0'])
  })

  describe('from the command line', () => {
    async function reshard(words: readonly string[], settings?: SettingsStore) {
      const said = { out: '', err: '' }
      const terminal: Terminal = {
        out: (line) => {
          said.out += `${line}\n`
        },
        err: (line) => {
          said.err += `${line}\n`
        },
        progress: () => {},
        signal: new AbortController().signal,
      }
      const none = () => Promise.reject(new Error('not needed'))
      // Cast: this command asks for no sites.
      const stores = {
        sites: {} as never,
        ledger: {} as never,
        follow: none,
        counts: none,
        migrate: none,
        place: 'in the local D1',
      }
      const given = settings === undefined ? stores : { ...stores, settings }
      return { code: await runCommand(['reshard', ...words], given, terminal), ...said }
    }

    test('is ordered once, then tells how far it is', async () => {
      expect(await reshard(['4'], db)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^No collector has started/),
      })
      const shards = start(4)
      await start(1).refusal()
      expect(await reshard(['4'], db)).toMatchObject({
        code: 0,
        out: expect.stringMatching(
          /^Ordered in the local D1: 1 are drained .*then 4 take over\.\nSet SHARDS = "4" in wrangler.toml/,
        ),
      })
      expect(await reshard(['4'], db)).toMatchObject({ code: 0, out: expect.stringMatching(/^Not done yet/) })
      await shards.refusal()
      expect(await reshard(['4'], db)).toMatchObject({ code: 0, out: expect.stringMatching(/^4 hold the counts/) })
    })

    test('is refused on one machine, and when it is no number of shards', async () => {
      expect(await reshard(['2'])).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^One machine has one accumulator/),
      })
      for (const word of ['0', '257', 'two', '1.5']) expect((await reshard([word], db)).code, word).toBe(2)
    })
  })
})

describe('Workers', () => {
  const CLIENT = { address: '192.0.2.1', country: 'FR' }
  const SITES = ['one', 'two', 'three', 'spread', 'stale'].map((name) => ({ domain: `${name}.example` }))
  const COUNTED = SITES.slice(0, 3)
  const SETTLED = { timeout: 60_000, interval: 100 }
  let server: CountsServer
  let workers: Workers
  beforeAll(async () => {
    server = await startCountsServer()
    workers = await startWorkers({ clickhouseUrl: server.clickhouse.url, sites: SITES })
  })
  afterAll(async () => {
    await workers.close()
    await server.close()
  })

  async function deploy(vars: Record<string, string>): Promise<void> {
    await workers.harness.update((options) => ({
      ...options,
      workers: options.workers?.map((worker, place) =>
        place === 0 && !('config' in worker) ? { ...worker, vars: { ...worker.vars, ...vars } } : worker,
      ),
    }))
  }

  function visit(domain: string, page = '/planted'): Promise<Response> {
    const event = { n: 'pageview', d: domain, u: `https://${domain}${page}`, s: { v: 1 } }
    const sent = { method: 'POST', headers: { 'user-agent': BROWSER }, body: JSON.stringify(event) }
    return workers.fetch('/api/event', sent, CLIENT)
  }

  async function visits(times: number): Promise<void> {
    for (const { domain } of COUNTED) {
      for (let n = 0; n < times; n++) expect((await visit(domain, `/${n % 4}`)).status).toBe(202)
    }
  }

  /** The harness gives bindings that a new deployment makes useless. */
  const settingsNow = async () => createD1Settings((await workers.harness.getWorker<{ DB: D1Binding }>().getEnv()).DB)
  const siteId = (domain: string) => workers.sites.byDomain(domain)?.id ?? 0
  const health = async () => {
    const answer = await workers.fetch('/health', { method: 'GET', headers: {} }, CLIENT)
    return { status: answer.status, body: await answer.json() }
  }
  const taken = () => vi.waitFor(async () => expect((await visit('one.example')).status).toBe(202), SETTLED)

  test('with another number answer 503 and say why; resharded, they go on, with every visit counted once', async () => {
    await visits(13)
    await deploy({ SHARDS: '2' })
    const refused = await visit('one.example')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
    expect((await refused.json()).error).toContain('SHARDS is 2, but 1 hold the counts')
    expect(await health()).toMatchObject({
      status: 503,
      body: { live: true, ready: false, problems: [{ part: 'shards' }] },
    })

    const settings = await settingsNow()
    server.clickhouse.down()
    await orderShards(settings, 2)
    await vi.waitFor(async () => expect(await (await visit('one.example')).text()).toContain('on their way'), SETTLED)
    expect((await (await visit('one.example')).json()).error).toContain('on their way to ClickHouse, then 2 take over')
    expect((await readShards(settings))?.next).toBe(2)
    server.clickhouse.up()
    await taken()
    expect(await readShards(settings)).toEqual({ number: 2, generation: 1, next: undefined })
    expect(await health()).toMatchObject({ status: 200, body: { ready: true, problems: [] } })

    for (const { domain } of COUNTED) {
      const drained = domain === 'one.example' ? [13, 14] : [13]
      const totals = await totalsOf(server.counts, siteId(domain))
      expect(drained, domain).toContain(totals?.visits)
      expect(totals?.visitsByHour).toBe(totals?.visits)
      // Four pages of at most four visits each wait for a fifth: as at a month's end, 10 of the 13 become "(other)".
      expect(await valuesOf(server.counts, siteId(domain), 'pageviews', 'page')).toEqual({ '(other)': 10 })
    }
    const left = await workers.harness.getWorker().getDurableObjectStorage('ACCUMULATOR', { name: 'shard-0' })
    for (const table of ['site', 'pending', 'waiting', 'leaving', 'outbox']) {
      expect(await left.exec(`SELECT * FROM ${table}`), table).toEqual([])
    }
    // Counted anew, by the accumulators that took over.
    await visits(7)
    await vi.waitFor(async () => {
      expect((await totalsOf(server.counts, siteId('two.example')))?.visits).toBe(20)
    }, SETTLED)
  }, 180_000)

  test('spread a site over all shards, with every visit counted once and each name in fives of one shard', async () => {
    const domain = 'spread.example'
    await deploy({ SHARDS: '2', SPREAD_SITES: `other.example, ${domain}` })
    for (let n = 0; n < 60; n++) await vi.waitFor(async () => expect((await visit(domain)).status).toBe(202), SETTLED)
    const held = await Promise.all(
      ['shard-0.1', 'shard-1.1'].map(async (name) => {
        const storage = await workers.harness.getWorker().getDurableObjectStorage('ACCUMULATOR', { name })
        return storage.exec(`SELECT * FROM site WHERE site = ${siteId(domain)}`)
      }),
    )
    expect(held.map((rows) => rows.length)).toEqual([1, 1])
    await vi.waitFor(async () => {
      const totals = await totalsOf(server.counts, siteId(domain))
      expect([totals?.visits, totals?.visitsByHour]).toEqual([60, 60])
    }, SETTLED)
    await vi.waitFor(async () => {
      const pages = await valuesOf(server.counts, siteId(domain), 'pageviews', 'page')
      expect(Object.keys(pages)).toEqual(['/planted'])
      expect((pages['/planted'] ?? 0) % 5).toBe(0)
    }, SETTLED)
  }, 180_000)

  test('that do not know of a change yet get no event into an accumulator that was drained', async () => {
    const domain = 'stale.example'
    const shards = createShards({
      db: await settingsNow(),
      wanted: 2,
      spread: new Set(),
      random: Math.random,
      drain: async () => false,
      now: Date.now,
      report: () => {},
    })
    await vi.waitFor(async () => expect((await visit(domain)).status).toBe(202), SETTLED)
    await shards.refusal()
    const name = shards.nameFor({ id: siteId(domain), domain })
    type Env = { ACCUMULATOR: DurableObjectNamespace<{ drain(): Promise<boolean> }> }
    const { ACCUMULATOR } = await workers.harness.getWorker<Env>().getEnv()
    await vi.waitFor(async () => expect(await ACCUMULATOR.getByName(name).drain()).toBe(true), SETTLED)
    const refused = await visit(domain)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    await workers.crash()
    expect((await visit(domain)).status).toBe(503)
    expect((await totalsOf(server.counts, siteId(domain)))?.visits).toBe(1)
  }, 120_000)
})
