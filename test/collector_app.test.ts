// The collector over HTTP, with its real steps. Only what lies beyond it, the accumulator, is a recording stand-in here;
// sundial.test.ts and others send events through to ClickHouse.
import { once } from 'node:events'
import { connect } from 'node:net'
import { serve } from '@hono/node-server'
import { describe, expect, test } from 'vitest'
import { type CollectorDeps, createCollector } from '../collector/app.ts'
import { createCalendar } from '../collector/calendar.ts'
import { createNodeClients, incomingOf } from '../collector/client_address_node.ts'
import { DROP_REASONS, LIMITS } from '../collector/contract.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import { createRateLimit } from '../collector/rate_limit.ts'
import { edgeSender } from '../collector/sender.ts'
import { createNodeSenders } from '../collector/sender_node.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import { closingFor, createSites, reopeningFor, type Site } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

const site: Site = {
  id: 7,
  ...defaultSettings('example.com'),
  hosts: ['example.com'],
  properties: ['plan'],
}

function start(changes: Partial<CollectorDeps> = {}) {
  const events: AnonymousEvent[] = []
  const log: string[] = []
  const collector = createCollector({
    sites: { fresh: async () => {}, countedAs: (domain) => (domain === site.domain ? site : undefined) },
    accumulator: {
      count: async (_site, event) => {
        events.push(event)
      },
    },
    rateLimit: createRateLimit({ exemptLoopback: true }),
    senderOf: (context) => ({ ...edgeSender(context), country: () => 'FR' }),
    calendar: createCalendar(),
    now: () => Date.parse('2026-03-14T10:00:00Z'),
    log: (line) => log.push(line),
    ...changes,
  })
  const request = async (init: RequestInit) => collector.app.request('/api/event', init)
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    request({ method: 'POST', body, headers: { 'user-agent': FIREFOX, ...headers } })
  return { ...collector, events, log, request, post }
}

const pageview = { n: 'pageview', u: 'https://example.com/pricing', d: 'example.com', s: { v: 1 } }
const json = (changes: Record<string, unknown> = {}) => JSON.stringify({ ...pageview, ...changes })

test('an event is taken with 202, an empty body and the word that it was counted', async () => {
  const { post, events } = start()
  const response = await post(json())
  expect(response.status).toBe(202)
  expect(response.headers.get('sundial-outcome')).toBe('counted')
  expect(await response.text()).toBe('')
  expect(events).toMatchObject([{ kind: 'pageview', page: '/pricing', startsVisit: true }])
})

test('what still says a renamed site’s old name is counted, until its organization is being deleted', async () => {
  const db = openSqliteSettings(':memory:')
  let clock = 0
  const sites = createSites({ db, now: () => clock, report: (problem) => expect.fail(problem) })
  await db.run("INSERT INTO organizations (id, name) VALUES ('one', 'One')")
  await sites.add({ domain: 'example.com', organization: 'one' })
  await sites.set('example.com', { domain: 'new.example' })
  const { post } = start({ sites })
  const outcomes = async () => {
    clock += 15_000
    await sites.fresh()
    const sent = ['example.com', 'www.example.com', 'new.example'].map((d) => post(json({ d })))
    return new Set((await Promise.all(sent)).map(({ headers }) => headers.get('sundial-outcome')))
  }
  expect(await outcomes()).toEqual(new Set(['counted']))
  await db.batch([closingFor('one')])
  expect(await outcomes()).toEqual(new Set(['dropped: unknown_site']))
  await db.batch([reopeningFor('one')])
  expect(await outcomes()).toEqual(new Set(['counted']))
  db.close()
})

test('the content type does not matter', async () => {
  const { post } = start()
  for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
    expect((await post(json(), { 'content-type': type })).status).toBe(202)
  }
})

test('nothing is acknowledged before it is durable', async () => {
  const durable = Promise.withResolvers<void>()
  const counting = Promise.withResolvers<void>()
  const { post } = start({
    accumulator: {
      count: () => {
        counting.resolve()
        return durable.promise
      },
    },
  })
  let answered = false
  const response = post(json()).then((answer) => {
    answered = true
    return answer
  })
  await counting.promise
  await new Promise(setImmediate)
  expect(answered).toBe(false)
  durable.resolve()
  expect((await response).status).toBe(202)
})

describe('an event that is not counted is taken with the reason', () => {
  const cases: Record<keyof typeof DROP_REASONS, [body: Record<string, unknown>, headers: Record<string, string>]> = {
    unknown_site: [{ d: 'example.net' }, {}],
    foreign_host: [{ u: 'https://example.net/' }, {}],
    opted_out: [{}, { 'sec-gpc': '1' }],
    bot: [{}, { 'user-agent': 'curl/8.5.0' }],
    reserved_event: [{ n: 'engagement', s: undefined }, {}],
    nothing_to_count: [{ n: 'engagement', s: { g: [0, 3] } }, {}],
  }

  test.each(Object.entries(cases))('%s', async (reason, [body, headers]) => {
    const { post, events, outcomes } = start()
    const response = await post(json(body), headers)
    expect([response.status, response.headers.get('sundial-outcome')]).toEqual([202, `dropped: ${reason}`])
    expect(await response.text()).toBe('')
    expect(events.filter(({ kind }) => kind !== 'dropped')).toEqual([])
    const noted = Object.entries(outcomes()).filter(([, n]) => n > 0)
    expect(noted).toEqual(reason === 'opted_out' ? [] : [[`dropped: ${reason}`, 1]])
  })

  test('which is noted for the owner, and for nobody who opted out', async () => {
    const { post, events } = start()
    await post(json(), { 'user-agent': 'curl/8.5.0' })
    await post(json(), { 'user-agent': 'curl/8.5.0', dnt: '1' })
    await post(json({ d: 'example.net' }))
    expect(events).toMatchObject([{ kind: 'dropped', dropped: ['bot_agent'], page: '' }])
  })

  test('and the client need not come back when that could not be noted', async () => {
    const { post, log } = start({ accumulator: { count: () => Promise.reject(new Error('canary')) } })
    const response = await post(json(), { 'user-agent': 'curl/8.5.0' })
    expect([response.status, response.headers.get('sundial-outcome')]).toEqual([202, 'dropped: bot'])
    expect(log).toEqual(['What was dropped was not noted: Error'])
  })
})

describe('bad input is a readable 400, and counts nothing', () => {
  test.each<[sentence: string, body: BodyInit]>([
    ['the body is not JSON', 'hello'],
    ['the body is not JSON', ''],
    ['the body is not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['the body must be a JSON object', '[]'],
    ['n must be a text', json({ n: 1 })],
    ['url (or u) is missing', json({ u: undefined })],
    ['url (or u) must be an absolute address', json({ u: '/pricing' })],
    ['url (or u) must be an absolute address', json({ u: 'chrome://home' })],
    ['s.g must be two numbers', json({ s: { g: [0, -1] } })],
    ['p must be an object', json({ p: { a: { b: 1 } } })],
    ['a key no client sends', `{"__proto__":{"x":1},${json().slice(1)}`],
  ])('%s', async (sentence, body) => {
    const { post, events, outcomes } = start()
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ error: expect.stringContaining(sentence) })
    expect(events).toEqual([])
    expect(outcomes()).toMatchObject({ invalid: 1, counted: 0 })
  })
})

describe('a body is at most 8 KB', () => {
  const padded = (length: number) => `${json().slice(0, -1)},"x":"`.padEnd(length - 2, 'x').concat('"}')

  test('so many bytes are taken, and one more is not', async () => {
    const { post } = start()
    expect((await post(padded(LIMITS.bodyBytes))).status).toBe(202)
    const response = await post(padded(LIMITS.bodyBytes + 1))
    expect(response.status).toBe(413)
    expect(await response.json()).toEqual({ error: expect.stringContaining('8192 bytes') })
  })

  test('a megabyte that does not say its length is refused without being read to its end', async () => {
    const { post, outcomes } = start()
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1024
        controller.enqueue(new Uint8Array(1024).fill(0x20))
        if (sent > 2_000_000) controller.close()
      },
    })
    const init = { method: 'POST', body: endless, duplex: 'half', headers: { 'user-agent': FIREFOX } }
    const { app } = start()
    expect((await app.request('/api/event', init)).status).toBe(413)
    expect(sent).toBeLessThan(100_000)
    expect((await post('x'.repeat(1_000_000))).status).toBe(413)
    expect(outcomes().too_large).toBe(1)
  })

  test('10,000 properties do not fit into it', async () => {
    const p = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`p${n}`, n]))
    const { post, events } = start()
    expect((await post(json({ p }))).status).toBe(413)
    expect(events).toEqual([])
  })
})

test('too many events from an address are refused for a minute', async () => {
  const { post, events, outcomes } = start({ rateLimit: createRateLimit({ exemptLoopback: true, perMinute: 2 }) })
  const from = { 'cf-connecting-ip': '203.0.113.9' }
  await post(json(), from)
  await post(json(), from)
  const response = await post(json(), from)
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60'])
  expect(await response.json()).toEqual({ error: expect.stringContaining('too many') })
  expect((await post(json(), { 'cf-connecting-ip': '203.0.113.10' })).status).toBe(202)
  expect([events.length, outcomes().limited]).toEqual([3, 1])
})

describe('errors', () => {
  const canary = 'canary ann@example.org'

  test.each<[what: string, changes: Partial<CollectorDeps>]>([
    [
      'the accumulator',
      { accumulator: { count: () => Promise.reject(Object.assign(new Error(canary), { code: 'SQLITE_FULL' })) } },
    ],
    ['the settings store', { sites: { fresh: () => Promise.reject(new Error(canary)), countedAs: () => undefined } }],
  ])('when %s is away, the client may try again', async (_what, changes) => {
    const { post, log, outcomes } = start(changes)
    const response = await post(json({ n: canary }))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.text()).not.toContain('canary')
    expect(log.join()).toMatch(/Error/)
    expect(log.join()).not.toContain('canary')
    expect(outcomes()).toMatchObject({ unavailable: 1, counted: 0 })
  })

  test('a surprise is a 500 that says nothing of the event, in the answer or in the log', async () => {
    const country = () => {
      throw new RangeError(canary)
    }
    const { post, log, outcomes } = start({ senderOf: (context) => ({ ...edgeSender(context), country }) })
    const response = await post(json({ n: canary }))
    expect(response.status).toBe(500)
    expect(`${await response.text()} ${log.join()}`).not.toContain('canary')
    expect(log).toEqual(['A request failed: RangeError'])
    expect(outcomes().failed).toBe(1)
  })
})

describe('other methods', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is answered by a sentence', async (method) => {
    const response = await start().request({ method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    expect(await response.json()).toEqual({ error: expect.stringContaining('POST') })
  })

  test('a preflight allows any origin to post JSON, without credentials', async () => {
    const response = await start().request({
      method: 'OPTIONS',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toBe('POST')
    expect(response.headers.get('access-control-allow-headers')).toBe('Content-Type')
    expect(response.headers.has('access-control-allow-credentials')).toBe(false)
  })
})

test('every answer lets scripts read its outcome and leaves nothing in the browser', async () => {
  const { post, request } = start()
  const answers = await Promise.all([
    post(json()),
    post(json({ d: 'example.net' })),
    post('{'),
    post('x'.repeat(10_000)),
    request({ method: 'GET' }),
    request({ method: 'OPTIONS' }),
    start({ accumulator: { count: () => Promise.reject(new Error()) } }).post(json()),
  ])
  for (const { headers } of answers) {
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-expose-headers')).toContain('Sundial-Outcome')
    expect(headers.get('cache-control')).toBe('no-store')
    const keeping = ['set-cookie', 'etag', 'last-modified', 'report-to', 'nel', 'reporting-endpoints', 'accept-ch']
    expect(keeping.filter((name) => headers.has(name))).toEqual([])
  }
})

test('the totals of outcomes are a closed list that begins with noughts, without those who opted out', async () => {
  const { post, outcomes } = start()
  const names = Object.keys(outcomes())
  expect(Object.values(outcomes()).every((total) => total === 0)).toBe(true)
  const reasons = Object.keys(DROP_REASONS).filter((reason) => reason !== 'opted_out')
  expect(names).toEqual(expect.arrayContaining(reasons.map((reason) => `dropped: ${reason}`)))
  await post(json())
  await post(json({ d: 'canary.example' }))
  await post('{')
  await post(json(), { 'sec-gpc': '1' })
  expect(Object.keys(outcomes())).toEqual(names)
  expect(outcomes()).toMatchObject({ counted: 1, 'dropped: unknown_site': 1, invalid: 1 })
})

describe('on a real server', () => {
  async function serving<T>(use: (port: number, collector: ReturnType<typeof start>) => Promise<T>): Promise<T> {
    const senderOf = createNodeSenders({ clients: createNodeClients({ trustProxy: [] }) })
    const collector = start({ senderOf: ({ env }) => senderOf(incomingOf(env.incoming)) })
    const server = serve({ fetch: collector.app.fetch, port: 0, hostname: '127.0.0.1' })
    if (!server.listening) await once(server, 'listening')
    const address = server.address()
    try {
      return await use(typeof address === 'object' && address !== null ? address.port : 0, collector)
    } finally {
      server.close()
    }
  }

  test('events are taken with a length and in chunks', async () => {
    await serving(async (port, { events }) => {
      const post = (body: BodyInit) => {
        const init = { method: 'POST', body, duplex: 'half', headers: { 'user-agent': FIREFOX } }
        return fetch(`http://127.0.0.1:${port}/api/event`, init)
      }
      const chunks = new Blob([json()]).stream()
      expect((await post(json())).status).toBe(202)
      expect((await post(chunks)).status).toBe(202)
      expect(events).toHaveLength(2)
    })
  })

  test('a megabyte is refused, announced or in chunks, before it was sent', async () => {
    await serving(async (port, { events }) => {
      const head = `POST /api/event HTTP/1.1\r\nHost: x\r\nUser-Agent: ${FIREFOX}\r\n`
      const announced = `${head}Content-Length: 1000000\r\n\r\n{`
      const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${`400\r\n${' '.repeat(1024)}\r\n`.repeat(9)}`
      for (const request of [announced, chunked]) {
        const socket = connect(port, '127.0.0.1', () => socket.write(request))
        const [answer] = await once(socket, 'data')
        socket.destroy()
        expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
      }
      expect(events).toEqual([])
    })
  })
})
