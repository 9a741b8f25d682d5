// Deleting and anonymizing on Workers: the order in D1, the collector's cron for the accumulators, the dashboard's for the
// rows, and the receipt in the ledger.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createLedger } from '../collector/ledger.ts'
import { readOrders } from '../collector/orders.ts'
import { followLedger } from '../collector/replay.ts'
import { createD1Settings } from '../collector/sites_d1.ts'
import { type CountsServer, startCountsServer, textsOf, totalsOf } from './counts_server.ts'
import { BROWSER } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

const PATIENCE = { timeout: 30_000, interval: 100 }

let server: CountsServer
let workers: Workers

beforeAll(async () => {
  server = await startCountsServer()
  const sites = ['gone', 'coarse', 'stays'].map((name) => ({ domain: `${name}.example` }))
  workers = await startWorkers({ clickhouseUrl: server.clickhouse.url, sites })
})
afterAll(async () => {
  await workers.close()
  await server.close()
})

async function visit(domain: string, page: string, times: number): Promise<void> {
  const event = JSON.stringify({ n: 'pageview', d: domain, u: `https://${domain}${page}`, s: { v: 1 } })
  const sent = { method: 'POST', headers: { 'user-agent': BROWSER }, body: event }
  for (let n = 0; n < times; n++) {
    const { status } = await workers.fetch('/api/event', sent, { address: '192.0.2.1', country: 'FR' })
    expect(status).toBe(202)
  }
}

const pendingOf = async (site: number) => {
  const storage = await workers.harness.getWorker().getDurableObjectStorage('ACCUMULATOR', { name: 'shard-0' })
  return (await storage.exec(`SELECT * FROM site WHERE site = ${site}`)).length
}

test('the accumulators forget first, then the rows go, then the receipts are in the ledger', async () => {
  for (const domain of ['gone.example', 'coarse.example', 'stays.example']) await visit(domain, '/planted', 12)
  await vi.waitFor(async () => {
    for (const site of [1, 2, 3]) expect((await totalsOf(server.counts, site))?.visits).toBe(12)
    expect(await textsOf(server.counts, 1)).toContain('/planted')
  }, PATIENCE)
  await workers.sites.remove('gone.example')
  await workers.sites.anonymize('coarse.example')
  const db = createD1Settings(workers.database)
  const dashboard = workers.harness.getWorker('sundial-dashboard')
  // Not before the accumulators have forgotten.
  await dashboard.scheduled({ cron: '37 * * * *' })
  expect((await totalsOf(server.counts, 1))?.visits).toBe(12)

  await vi.waitFor(async () => {
    await workers.harness.getWorker().scheduled({ cron: '7 * * * *' })
    expect((await readOrders(db)).map(({ forgotten }) => forgotten)).toEqual([true, true])
  }, PATIENCE)
  expect(await pendingOf(1)).toBe(0)
  expect(await pendingOf(3)).toBe(1)
  await dashboard.scheduled({ cron: '37 * * * *' })
  expect(await readOrders(db)).toEqual([])
  expect(await totalsOf(server.counts, 1)).toMatchObject({ visits: 0, visitsByHour: 0 })
  expect(await textsOf(server.counts, 1)).toEqual([])
  expect(await totalsOf(server.counts, 2)).toMatchObject({ visits: 12, visitsByHour: 0 })
  expect(await totalsOf(server.counts, 3)).toMatchObject({ visits: 12, visitsByHour: 12 })
  const done = (await createLedger({ db }).entries()).filter(({ action }) => action !== 'added')
  expect(done).toMatchObject([
    { action: 'deleted', domain: 'gone.example', details: { counts: { after: { days: { rows: 0 } } } } },
    { action: 'anonymized', domain: 'coarse.example', details: { counts: { after: { days: { visits: 12 } } } } },
  ])
}, 120_000)

test('another copy of the ledger is followed in D1 as in SQLite: deleted since, shortened since, no id twice', async () => {
  const db = createD1Settings(workers.database)
  const [added] = await createLedger({ db }).entries(3)
  if (!added) throw new Error('no entry')
  const act = { at: '2998-01-01T00:00:00Z', site: 2, domain: 'coarse.example' }
  const since = [
    { ...added, ...act, uid: 'a'.repeat(32), action: 'shortened' as const, details: { after: { retentionDays: 200 } } },
    { ...added, uid: 'b'.repeat(32), at: '2999-01-01T00:00:00Z', action: 'deleted' as const, details: {} },
    { ...added, uid: 'c'.repeat(32), site: 41, domain: 'unknown.example', action: 'added' as const, details: {} },
  ]
  expect(await followLedger(db, [added, ...since])).toEqual(since)
  expect(await followLedger(db, [added, ...since])).toEqual([])
  expect(await db.all('SELECT domain, retention_days FROM sites')).toEqual([
    { domain: 'coarse.example', retention_days: 200 },
  ])
  expect(await workers.sites.add({ domain: 'next.example' })).toMatchObject({ site: { id: 42 } })
})
