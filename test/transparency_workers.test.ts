// The public pages on Workers: open to anybody while the rest of the dashboard Worker asks who comes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CountsServer, startCountsServer } from './counts_server.ts'
import { startWorkers, type Workers } from './workerd.ts'

let server: CountsServer
let workers: Workers

beforeAll(async () => {
  server = await startCountsServer()
  workers = await startWorkers({
    clickhouseUrl: server.clickhouse.url,
    sites: [{ domain: 'shown.example', controller: 'Shown GmbH' }, { domain: 'other.example' }],
  })
  // Before the first look, which is remembered for a minute.
  const row = { site: workers.sites.byDomain('shown.example')?.id, month: '2026-01-01', day: '2026-01-15', visits: 1 }
  const more = { pageviews: 1, engaged: 0, events: 0, expire_on: '2100-01-01' }
  await server.counts.insert('days', JSON.stringify({ ...row, ...more }), crypto.randomUUID())
})
afterAll(async () => {
  await workers.close()
  await server.close()
})

const get = async (address: string) => {
  const answer = await workers.harness.getWorker('sundial-dashboard').fetch(address)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

test.each(['/transparency/shown.example', '/transparency/shown.example/preview', '/transparency/shown.example/record'])(
  '%s is open, and tells of no other site',
  async (address) => {
    const { status, headers, text } = await get(address)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('shown.example')
    expect(text).not.toContain('other.example')
  },
)

test('the page knows the ledger in D1 and the dates in ClickHouse', async () => {
  const { status, text } = await get('/transparency/shown.example.json')
  expect(status).toBe(200)
  const told: unknown = JSON.parse(text)
  expect(told).toMatchObject({
    controller: 'Shown GmbH',
    acts: [{ action: 'added' }],
    kept: { tables: { days: { oldestReadable: '2026-01-15', oldestOnDisk: '2026-01-15' } } },
    address: expect.stringMatching(/^https?:\/\/[^/]+\/transparency\/shown\.example$/),
  })
})

test('the preview’s script and the stylesheet are open as well, and the script is told the collector’s address', async () => {
  const script = await get('/transparency/-/preview.js?v=1')
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(script.text.length).toBeGreaterThan(10_000)
  expect((await get('/transparency/-/style.css')).text).toContain('@media print')
  expect((await get('/transparency/shown.example/preview')).text).toContain('https://collector.example/js/sundial.js')
})

test.each([
  ['/', 303],
  ['/?site=shown.example', 303],
  ['/api/v1/stats/aggregate?site_id=shown.example', 401],
])('%s asks who comes', async (address, status) => {
  const answer = await workers.harness.getWorker('sundial-dashboard').fetch(address, { redirect: 'manual' })
  expect(answer.status).toBe(status)
})

test.each(['/transparency', '/transparency/', '/transparency/nobody.example', '/transparency/-/manifest.json'])(
  '%s says that there is nothing, and names nobody',
  async (address) => {
    const { status, text } = await get(address)
    expect(status).toBe(404)
    expect(text).not.toMatch(/shown\.example|other\.example/)
  },
)
