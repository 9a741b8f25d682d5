// Sites and their settings by pages on Workers: what the dashboard Worker writes into D1, the collector Worker follows
// within a minute; share links open there; what cannot be undone is shown by the user who may look, and is an order.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readOrders } from '../collector/orders.ts'
import { createD1Settings } from '../collector/sites_d1.ts'
import { type CountsServer, startCountsServer } from './counts_server.ts'
import { type Asker, askerOf, makeOwnerOf } from './people.ts'
import { BROWSER } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

/** A change reaches the collector within 15 seconds and an event; a minute is promised. */
const PROMISED = { timeout: 55_000, interval: 500 }

let server: CountsServer
let workers: Workers
let owner: Asker

beforeAll(async () => {
  server = await startCountsServer()
  workers = await startWorkers({ clickhouseUrl: server.clickhouse.url, sites: [{ domain: 'example.com' }] })
  owner = await makeOwnerOf(workers)
})
afterAll(async () => {
  await workers.close()
  await server.close()
})

async function verdict(domain: string, url: string): Promise<string | null> {
  const body = JSON.stringify({ n: 'pageview', d: domain, u: url, s: { v: 1 } })
  const sent = { method: 'POST', headers: { 'user-agent': BROWSER }, body }
  const answer = await workers.fetch('/api/event', sent, { address: '192.0.2.1', country: 'FR' })
  return answer.headers.get('sundial-outcome')
}

test('a site that is added, and a host that it gets, count within a minute', async () => {
  expect(await verdict('added.example', 'https://added.example/')).toBe('dropped: unknown_site')
  const [, organization] = /\/organizations\/([^/"]+)\/sites\/new/.exec(await (await owner.get('/sites')).text()) ?? []
  const added = await owner.post(`/organizations/${organization}/sites/new`, {
    domain: 'added.example',
    timezone: 'Europe/Paris',
  })
  expect([added.status, added.headers.get('location')]).toEqual([303, '/?site=added.example'])
  expect(await (await owner.get('/?site=added.example')).text()).toContain('https://collector.example/js/sundial.js')
  await vi.waitFor(
    async () => expect(await verdict('added.example', 'https://added.example/')).toBe('counted'),
    PROMISED,
  )

  expect(await verdict('added.example', 'https://blog.added.example/')).toBe('dropped: foreign_host')
  const changed = await owner.post('/sites/added.example/settings', { form: 'hosts', hosts: 'blog.added.example' })
  expect(changed.status).toBe(303)
  await vi.waitFor(
    async () => expect(await verdict('added.example', 'https://blog.added.example/')).toBe('counted'),
    PROMISED,
  )
}, 120_000)

test('a share link opens without an account, by its address alone', async () => {
  const answer = await owner.post('/sites/example.com/settings/sharing/links', { name: 'The board' })
  const [, link = ''] = /https:\/\/stats\.example(\/share\/[^<]+)<\/code>/.exec(await answer.text()) ?? []
  const nobody = askerOf(workers)
  expect((await nobody.get(link)).status).toBe(200)
  expect((await nobody.get(`${link}A`)).status).toBe(404)
  expect((await nobody.get('/?site=example.com')).status).toBe(303)
})

test('deleting shows what there is, as the user who may look, and is an order for the crons', async () => {
  const end = '/sites/example.com/settings/end'
  expect(await (await owner.get(end)).text()).toMatch(/Nothing is counted yet|Now there are/)
  const answer = await owner.post('/sites/example.com/settings/delete', { domain: 'example.com' })
  expect(await answer.text()).toContain('The hourly triggers of both Workers carry it out')
  expect(await readOrders(createD1Settings(workers.database))).toMatchObject([
    { action: 'deleted', domain: 'example.com' },
  ])
  expect((await owner.get(end)).status).toBe(404)
})
