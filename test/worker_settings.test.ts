// What the Workers say before they are configured, and how a change of settings in D1 reaches them.

import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { LIMITS } from '../collector/contract.ts'
import { adoptingFor, closingFor, createSites, reopeningFor } from '../collector/sites.ts'
import { createD1Settings } from '../collector/sites_d1.ts'
import { readCollectorSettings } from '../collector/worker_environment.ts'
import { startWorkers, type Workers } from './workerd.ts'

const CONFIG = path.join(import.meta.dirname, '../wrangler.toml')
const CLIENT = { address: '192.0.2.1', country: 'FR' }
let workers: Workers | undefined

afterEach(() => workers?.close())

describe('Workers that are not configured', () => {
  test('answer 503, name every setting that is missing or unfit, and say more in the log, once', async () => {
    workers = await startWorkers({
      clickhouseUrl: '',
      collectorSecrets: { SUNDIAL_SECRET: 'too short' },
      dashboardSecrets: { DASHBOARD_SECRET: '', MAIL_URL: 'smtp://mail.example', MAIL_FROM: 'stats@example.com' },
    })
    for (let n = 0; n < 2; n++) {
      const answer = await workers.fetch('/api/event', { method: 'POST', body: '{}' }, CLIENT)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
      const { error } = await answer.json()
      expect(error).toMatch(/^This Sundial is not configured yet: .*SUNDIAL_SECRET/)
    }
    const dashboard = await workers.harness.getWorker('sundial-dashboard').fetch('/')
    expect(dashboard.status).toBe(503)
    expect(await dashboard.text()).toMatch(/not configured yet: DASHBOARD_SECRET, CLICKHOUSE_URL, MAIL_URL/)
    expect(workers.logs().match(/SUNDIAL_SECRET must be at least 32 characters/g)).toHaveLength(1)
    expect(workers.logs()).not.toContain('too short')
  })
})

describe('sites that are spread', () => {
  const spreadBy = (SPREAD_SITES?: string) => {
    const settings = readCollectorSettings({
      SUNDIAL_SECRET: 'a secret of the tests, long enough to be one',
      CLICKHOUSE_URL: 'https://clickhouse.example',
      ...(SPREAD_SITES === undefined ? {} : { SPREAD_SITES }),
    })
    return 'problems' in settings ? settings.problems : [...settings.spread]
  }

  test('are none, or those whose domains are named', () => {
    expect([spreadBy(), spreadBy('')]).toEqual([[], []])
    expect(spreadBy('huge.example, www.huge.example,localhost')).toEqual([
      'huge.example',
      'www.huge.example',
      'localhost',
    ])
  })

  test.each(['Huge.example', 'https://huge.example', 'huge.example:443', 'huge.example/de', 'hügé.example'])(
    'are refused as %s, which is no domain as a site has it',
    (text) => expect(spreadBy(text)).toEqual(['SPREAD_SITES must be domains of sites, with commas between']),
  )
})

describe('wrangler.toml', () => {
  const collector = readConfig({ config: CONFIG })
  const dashboard = readConfig({ config: CONFIG, env: 'dashboard' }, { hideWarnings: true })

  test('lets Cloudflare record no request of either Worker', () => {
    for (const { observability, logpush } of [collector, dashboard]) {
      expect([observability?.enabled, observability?.logs?.enabled ?? false, logpush ?? false]).toEqual([
        false,
        false,
        false,
      ])
    }
  })

  test('gives both Workers the same sites, and the dashboard neither accumulators nor their migrations', () => {
    expect(dashboard.d1_databases).toEqual(collector.d1_databases)
    expect(dashboard.durable_objects.bindings).toEqual([])
    expect(dashboard.migrations).toEqual([])
    expect(dashboard.triggers.crons).not.toEqual(collector.triggers.crons)
  })

  test('limits requests as the data contract says', () => {
    expect(collector.ratelimits).toMatchObject([{ simple: { limit: LIMITS.requestsPerMinute, period: 60 } }])
  })

  test('gives each Worker a ClickHouse user of its own', () => {
    expect([collector.vars.CLICKHOUSE_USER, dashboard.vars.CLICKHOUSE_USER]).toEqual([
      'sundial_collector',
      'sundial_dashboard',
    ])
    expect(dashboard.vars.CLICKHOUSE_RETENTION_USER).toBe('sundial_retention')
  })
})

describe('the settings in D1', () => {
  test('reach a running collector within a minute of its clock, and both Workers read the same ones', async () => {
    workers = await startWorkers({ clickhouseUrl: '', sites: [{ domain: 'set.example' }] })
    let clock = 0
    const report = (problem: string) => expect.fail(problem)
    const collector = createSites({ db: createD1Settings(workers.database), now: () => clock, report })
    await collector.fresh()
    expect(collector.byDomain('set.example')?.k).toBe(5)
    await workers.sites.set('set.example', { k: 10 })
    await workers.sites.add({ domain: 'new.example' })
    clock += 60_000
    await collector.fresh()
    expect(collector.byDomain('set.example')?.k).toBe(10)
    const env = await workers.harness.getWorker<{ DB: Workers['database'] }>('sundial-dashboard').getEnv()
    const dashboard = createSites({ db: createD1Settings(env.DB), now: () => clock, report })
    await dashboard.fresh()
    expect(dashboard.all().map(({ domain }) => domain)).toEqual(['new.example', 'set.example'])
  })

  test('say within 15 s who owns a site, its new name, its goals, who may read it, and that it is closed', async () => {
    workers = await startWorkers({ clickhouseUrl: '', sites: [{ domain: 'set.example' }] })
    const db = createD1Settings(workers.database)
    let clock = 0
    const collector = createSites({ db, now: () => clock, report: (problem) => expect.fail(problem) })
    const seen = async () => {
      clock += 15_000
      await collector.fresh()
      return collector.byId(1)
    }
    expect(await seen()).toMatchObject({ organization: '', public: false, goals: [], closed: false })
    await db.batch([adoptingFor('one')])
    expect(await seen()).toMatchObject({ organization: 'one' })
    await workers.sites.set('set.example', { public: true })
    expect(await seen()).toMatchObject({ public: true })
    await workers.sites.set('set.example', { goals: ['signup', '/thanks'] })
    expect(await seen()).toMatchObject({ goals: ['signup', '/thanks'] })
    await workers.sites.set('set.example', { domain: 'new.example' })
    expect(await seen()).toMatchObject({ domain: 'new.example' })
    expect(collector.countedAs('set.example')?.id).toBe(1)
    await db.run("INSERT INTO organizations (id, name) VALUES ('one', 'One')")
    await db.batch([closingFor('one')])
    expect(await seen()).toMatchObject({ closed: true })
    expect(collector.countedAs('new.example')).toBeUndefined()
    await db.batch([reopeningFor('one')])
    expect(await seen()).toMatchObject({ closed: false })
  })
})
