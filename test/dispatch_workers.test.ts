// Reports on Workers: the dashboard's cron trigger sends what is planned in D1, through an HTTP mail service, once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { createD1Settings } from '../collector/sites_d1.ts'
import { createDeliveries } from '../dashboard/dispatch/deliveries.ts'
import { type CountsServer, startCountsServer } from './counts_server.ts'
import { type HttpSink, startHttpSink } from './mail_sink.ts'
import { type Asker, askerOf, makeOwnerOf } from './people.ts'
import { startWorkers, type Workers } from './workerd.ts'

let server: CountsServer
let sink: HttpSink
let workers: Workers
let owner: Asker

beforeAll(async () => {
  server = await startCountsServer()
  sink = await startHttpSink()
  workers = await startWorkers({
    clickhouseUrl: server.clickhouse.url,
    sites: [{ domain: 'shown.example' }],
    dashboardSecrets: {
      MAIL_URL: `${sink.address}/emails`,
      MAIL_FROM: 'Sundial <stats@example.com>',
      MAIL_TOKEN: 'token',
    },
  })
  owner = await makeOwnerOf(workers)
})
afterAll(async () => {
  await workers.close()
  await sink.close()
  await server.close()
})

const strike = () => workers.harness.getWorker('sundial-dashboard').scheduled({ cron: '37 * * * *' })
const stateRow = z.object({ state: z.string(), attempts: z.number() })

test('a report that is planned is mailed once, though the trigger fires twice at once, and its link ends it', async () => {
  const db = createD1Settings(workers.database)
  expect((await owner.post('/sites/shown.example/reports', { weekly: 'on' })).status).toBe(303)
  const [row] = await db.all('SELECT id FROM subscriptions')
  const { id } = z.object({ id: z.string() }).parse(row)
  const deliveries = createDeliveries({ db, now: Date.now })
  const details = JSON.stringify({ kind: 'weekly', monday: '2026-03-16' })
  const planned = { subscription: id, occasion: 'weekly 2026-03-09', details }
  await deliveries.plan([planned, planned])
  await Promise.all([strike(), strike(), strike()])
  await strike()
  const rows = await db.all("SELECT state, attempts FROM deliveries WHERE occasion = 'weekly 2026-03-09'")
  expect(rows.map((row) => stateRow.parse(row))).toEqual([{ state: 'sent', attempts: 1 }])
  // A Monday on which these tests run may bring another week as well.
  const mails = sink.posted.filter(({ body }) => body.includes('Mar 2026'))
  expect(mails).toHaveLength(1)
  expect(mails[0]?.headers).toMatchObject({
    authorization: 'Bearer token',
    'idempotency-key': `${id}.weekly.2026-03-09`,
  })
  const mail = z
    .object({ to: z.string(), subject: z.string(), text: z.string(), headers: z.record(z.string(), z.string()) })
    .parse(JSON.parse(mails[0]?.body ?? ''))
  expect(mail).toMatchObject({ to: 'ann@example.com', subject: 'shown.example: nothing was counted last week' })
  const [, farewell = ''] =
    /<https:\/\/stats\.example(\/unsubscribe\/[^>]+)>/.exec(mail.headers['List-Unsubscribe'] ?? '') ?? []
  const worker = workers.harness.getWorker('sundial-dashboard')
  const ended = await worker.fetch(`https://stats.example${farewell}`, {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
  })
  expect(ended.status).toBe(200)
  expect(await db.all('SELECT id FROM subscriptions')).toEqual([])
})

test('the look at a site’s page asks no private name from there either', async () => {
  await workers.sites.add({ domain: 'intranet.local', hosts: ['intranet.local'] })
  const organization = await createD1Settings(workers.database).all('SELECT organization FROM sites WHERE id = 1')
  const { organization: id } = z.object({ organization: z.string() }).parse(organization[0])
  await createD1Settings(workers.database).run('UPDATE sites SET organization = ?', id)
  const html = async () => (await owner.post('/sites/intranet.local/health')).text()
  await expect
    .poll(html, { timeout: 30_000, interval: 1000 })
    .toContain('its name leads to an address that is not public')
  expect((await askerOf(workers).get('/sites/intranet.local/health')).status).toBe(303)
})
