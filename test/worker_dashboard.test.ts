// The dashboard Worker: who may come in, its rights, and what it shows of what the collector Worker counted.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { DASHBOARD_SCRIPT } from '../dashboard/scripts.ts'
import { type CountsServer, startCountsServer } from './counts_server.ts'
import { type Asker, askerOf, makeOwnerOf, OWNER } from './people.ts'
import { BROWSER } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

/** An answer holds for 5 seconds. */
const PATIENCE = { timeout: 20_000, interval: 200 }

let server: CountsServer
let workers: Workers
let owner: Asker

beforeAll(async () => {
  server = await startCountsServer()
  workers = await startWorkers({ clickhouseUrl: server.clickhouse.url, sites: [{ domain: 'shown.example' }] })
  owner = await makeOwnerOf(workers)
})
afterAll(async () => {
  await workers.close()
  await server.close()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  workers.harness.getWorker('sundial-dashboard').fetch(`https://stats.example${path}`, { headers, redirect: 'manual' })

describe('who comes', () => {
  test.each(['/', '/breakdown?dimension=page', '/?site=shown.example', '/?site=nowhere.example'])(
    'is asked to sign in at %s, and comes back there',
    async (path) => {
      const answer = await get(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `/sign-in?${new URLSearchParams({ next: path })}`,
      ])
    },
  )

  test.each([
    ['without a session', {}],
    ['with a session of nobody', { cookie: '__Secure-sundial.session_token=abc.def' }],
    ['with a token of nobody', { authorization: 'Bearer abc' }],
  ])('gets no numbers %s', async (_, headers) => {
    expect((await get('/api/v1/stats/aggregate?site_id=shown.example', headers)).status).toBe(401)
  })

  test('is let in by a session, whose cookie is for this host alone, out of reach of scripts and of other sites', async () => {
    const answer = await owner.get('/')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('shown.example')
    const { email, password } = OWNER
    const signedIn = await askerOf(workers).post('/sign-in', { email, password })
    const [cookie, ...others] = signedIn.headers.getSetCookie()
    expect(others).toEqual([])
    expect(cookie).toMatch(/^__Secure-sundial\.session_token=/)
    const attributes = cookie?.split('; ').slice(1).sort()
    expect(attributes).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure'])
  })
})

test('pages carry the script that the Worker takes from its assets', async () => {
  const page = await (await owner.get('/')).text()
  const [, address = ''] = /<script src="(\/dashboard\.js\?v=[0-9a-f]{10})"/.exec(page) ?? []
  const script = await get(address)
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(await script.text()).toBe(readFileSync(DASHBOARD_SCRIPT, 'utf8'))
})

test.each([
  ['/', 303],
  ['/', 200],
  ['/breakdown?dimension=page', 200],
  ['/dropped', 200],
  ['/nothing', 404],
  ['/dashboard.css', 200],
  ['/favicon.svg', 200],
  ['/dashboard.js', 200],
  ['/shortcuts', 200],
  ['/api/v1/stats/aggregate?site_id=shown.example', 200],
  ['/api/nothing', 404],
  ['/transparency/shown.example', 200],
  ['/transparency/shown.example.json', 200],
  ['/transparency/shown.example/preview', 200],
  ['/transparency/shown.example/record', 200],
  ['/health', 200],
])('%s (%i) allows nothing but its own, and only over TLS', async (path, status) => {
  const answer = await get(path, status === 303 ? {} : { cookie: owner.cookie })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|\*/)
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect(answer.headers.get('x-frame-options')).toBe('DENY')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  for (const mark of ['etag', 'last-modified']) expect(answer.headers.get(mark)).toBeNull()
})

describe('/health', () => {
  test('needs no account, and is ready only while ClickHouse answers', async () => {
    const health = async () => {
      const answer = await get('/health')
      return { status: answer.status, body: await answer.json() }
    }
    expect(await health()).toEqual({ status: 200, body: { live: true, ready: true, problems: [] } })
    server.clickhouse.down()
    const body = { live: true, ready: false, problems: [{ part: 'clickhouse', reason: 'ClickHouse does not answer' }] }
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: 503, body }), PATIENCE)
    server.clickhouse.up()
    await vi.waitFor(async () => expect((await health()).status).toBe(200), PATIENCE)
  })
})

describe('the dashboard', () => {
  test('shows the tag with the collector’s address, then what the collector counted', async () => {
    const page = async () => (await owner.get('/')).text()
    expect(await page()).toContain('https://collector.example/js/sundial.js')
    const body = JSON.stringify({ n: 'pageview', d: 'shown.example', u: 'https://shown.example/', s: { v: 1 } })
    const sent = { method: 'POST', headers: { 'user-agent': BROWSER }, body }
    await workers.fetch('/api/event', sent, { address: '192.0.2.1', country: 'FR' })
    const visits = async () => {
      const query = 'site_id=shown.example&period=day&metrics=visits'
      const answer = await owner.get(`/api/v1/stats/aggregate?${query}`)
      return answer.json()
    }
    await vi.waitFor(async () => expect(await visits()).toMatchObject({ results: { visits: { value: 1 } } }), {
      timeout: 20_000,
      interval: 50,
    })
    expect(await page()).not.toContain('Waiting for the first visit')
  })

  test('serves the tracker from the collector only, without an account and for long', async () => {
    const answer = await workers.fetch('/js/sundial.js', { method: 'GET' }, { address: '192.0.2.1', country: 'FR' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/javascript')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })
})

describe('the schedules', () => {
  test('once an hour the dashboard sees to the periods, as the user who may: a month’s earliest date holds for all of it', async () => {
    const row = {
      site: 99,
      metric: 'pageviews',
      dimension: 'page',
      dimension2: '',
      value2: '',
      month: '2026-11-01',
      n: 5,
    }
    const rows = [
      { ...row, value: '/a', day: '2026-11-02', generalize_on: '2099-02-02', expire_on: '2099-12-01' },
      { ...row, value: '/b', day: '2026-11-03', generalize_on: '2099-01-01', expire_on: '2099-12-01' },
    ]
    await server.counts.insert('counts', rows.map((line) => JSON.stringify(line)).join('\n'), crypto.randomUUID())
    const dashboard = workers.harness.getWorker('sundial-dashboard')
    const { outcome } = await dashboard.scheduled({ cron: '37 * * * *', scheduledTime: new Date() })
    expect(outcome).toBe('ok')
    const dates = 'SELECT DISTINCT generalize_on AS earliest FROM counts WHERE site = 99'
    expect(await server.counts.query(dates, {}, z.object({ earliest: z.string() }))).toEqual([
      { earliest: '2099-01-01' },
    ])
  })

  test('once an hour the collector looks after the clocks of its accumulators', async () => {
    const { outcome } = await workers.harness.getWorker().scheduled({ cron: '7 * * * *', scheduledTime: new Date() })
    expect(outcome).toBe('ok')
  })
})
