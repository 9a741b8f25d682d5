// An event's short way on Node, over real sockets: that it is taken, that nothing can tell it from the long way through
// Request and Response, and that what is unusual takes the long one.
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type CollectorDeps, createCollector } from '../collector/app.ts'
import { createCalendar } from '../collector/calendar.ts'
import { createNodeClients } from '../collector/client_address_node.ts'
import { LIMITS } from '../collector/contract.ts'
import { createEventListener } from '../collector/event_listener.ts'
import { createRateLimit } from '../collector/rate_limit.ts'
import { createNodeSenders } from '../collector/sender_node.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import { type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { BROWSER, until } from './server.ts'

const site: Site = { id: 7, ...defaultSettings('example.com'), hosts: ['example.com'] }
const canary = 'canary ann@example.org'

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

interface Way {
  port: number
  log: string[]
  /** Requests that went the long way. */
  long(): number
  outcomes(): Readonly<Record<string, number>>
}

/** A server that takes events, the short way or by none but the long one. */
async function open(way: 'short' | 'long', changes: Partial<CollectorDeps> = {}): Promise<Way> {
  const log: string[] = []
  let long = 0
  const senderOf = createNodeSenders({ clients: createNodeClients({ trustProxy: ['loopback'] }) })
  const { app, take, outcomes } = createCollector({
    sites: { fresh: async () => {}, countedAs: (domain) => (domain === site.domain ? site : undefined) },
    accumulator: { count: async () => {} },
    rateLimit: createRateLimit({ exemptLoopback: false, perMinute: 2 }),
    senderOf: ({ env }) => senderOf(env.incoming),
    calendar: createCalendar(),
    now: () => Date.parse('2026-03-14T10:00:00Z'),
    log: (line) => log.push(line),
    ...changes,
  })
  const listenForEvents = createEventListener({ take, senderOf, path: '/api/event' })
  const counted =
    (listener: RequestListener): RequestListener =>
    (incoming, outgoing) => {
      long++
      listener(incoming, outgoing)
    }
  const server = await openHttpServer({
    fetch: app.fetch,
    shortcut: (listener) => (way === 'short' ? listenForEvents(counted(listener)) : counted(listener)),
    host: '127.0.0.1',
    port: 0,
  })
  servers.push(server)
  return { port: server.port, log, long: () => long, outcomes }
}

/** All that a server answers to these bytes until it ends the connection, but for the time. */
function ask(port: number, ...bytes: (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of bytes) socket.write(part)
    })
    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(heard.replaceAll(/^Date: .*\r\n/gm, '')))
  })
}

interface Head {
  line?: string
  host?: string
  /** Of the body; its own unless said. */
  length?: string
  more?: Record<string, string>
}

function head({ line = 'POST /api/event HTTP/1.1', host = 'localhost', length, more = {} }: Head): string {
  const lines = { Host: host, 'User-Agent': BROWSER, 'Content-Length': length, Connection: 'close', ...more }
  const said = Object.entries(lines).filter(([, value]) => value !== undefined)
  return [line, ...said.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')
}

const event = { n: 'pageview', u: 'https://example.com/pricing', d: 'example.com', s: { v: 1 } }
const json = (changes: object = {}) => JSON.stringify({ ...event, ...changes })
const padded = (length: number) => json({ x: 'x'.repeat(length - json({ x: '' }).length) })

type Case = [what: string, status: number, body: string | Uint8Array, head?: Head, changes?: Partial<CollectorDeps>]

/** What goes the short way, and ends in every way there is. */
const USUAL: Case[] = [
  ['an event', 202, json()],
  ['an event of no site', 202, json({ d: 'nowhere.example' })],
  ['an event of another host', 202, json({ u: 'https://elsewhere.example/' })],
  ['an event of a browser that opted out', 202, json(), { more: { 'Sec-GPC': '1' } }],
  ['an event of a robot', 202, json(), { more: { 'User-Agent': 'curl/8' } }],
  ['an event that is reserved', 202, json({ n: 'engagement', s: undefined })],
  ['a report that says nothing', 202, json({ n: 'engagement', s: { g: [0, 9] } })],
  ['an event by HTTP/1.0', 202, json(), { line: 'POST /api/event HTTP/1.0' }],
  ['a host with a port', 202, json(), { host: '127.0.0.1:8787' }],
  ['the longest body', 202, padded(LIMITS.bodyBytes)],
  ['no body', 400, ''],
  ['what is not JSON', 400, 'hello'],
  ['what is not UTF-8', 400, Uint8Array.from([0x22, 0xff, 0x22])],
  ['a list', 400, '[]'],
  ['half of an event', 400, json().slice(0, 20)],
  ['no url', 400, json({ u: undefined })],
  ['an object as property', 400, json({ p: { a: {} } })],
  ['one too many', 429, json(), {}, { rateLimit: { allows: () => false } }],
  ['what cannot be made durable', 503, json(), {}, { accumulator: { count: () => Promise.reject(new Error(canary)) } }],
  [
    'no settings',
    503,
    json(),
    {},
    { sites: { fresh: () => Promise.reject(new Error(canary)), countedAs: () => undefined } },
  ],
  [
    'a surprise',
    500,
    json({ n: canary }),
    {},
    {
      rateLimit: {
        allows() {
          throw new RangeError(canary)
        },
      },
    },
  ],
]

/** What the short way leaves to the long one. */
const UNUSUAL: Case[] = [
  ['one byte too many', 413, padded(LIMITS.bodyBytes + 1)],
  ['a gigabyte that is announced', 413, 'x', { length: '1000000000' }],
  ['a query', 202, json(), { line: 'POST /api/event?x=1 HTTP/1.1' }],
  ['a whole address', 202, json(), { line: 'POST http://localhost/api/event HTTP/1.1' }],
  ['a client that waits to be told to go on', 202, json(), { more: { Expect: '100-continue' } }],
  ['another host than any', 400, json(), { host: 'a/b' }],
  ['a host in capitals', 202, json(), { host: 'LOCALHOST' }],
  ['GET', 405, '', { line: 'GET /api/event HTTP/1.1' }],
  ['HEAD', 405, '', { line: 'HEAD /api/event HTTP/1.1' }],
  ['PUT', 405, json(), { line: 'PUT /api/event HTTP/1.1' }],
  ['a preflight', 204, '', { line: 'OPTIONS /api/event HTTP/1.1' }],
  ['another address', 404, json(), { line: 'POST /api/events HTTP/1.1' }],
  ['an address that only ends in a stroke', 404, json(), { line: 'POST /api/event/ HTTP/1.1' }],
]

const withLength = (body: string | Uint8Array, of: Head = {}) =>
  head({ length: String(Buffer.byteLength(body)), ...of })

describe.each([
  ['the short way', 0, USUAL],
  ['the long way, as nothing usual', 1, UNUSUAL],
])('what goes %s is answered byte for byte the same', (_, long, cases) => {
  test.each(cases)('%s: %i', async (_, status, body, of, changes) => {
    const short = await open('short', changes)
    const other = await open('long', changes)
    const answer = await ask(short.port, withLength(body, of), body)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 (?:100 Continue\\r\\n\\r\\nHTTP/1\\.1 )?${status} `))
    expect(answer).toBe(await ask(other.port, withLength(body, of), body))
    expect(short.outcomes()).toEqual(other.outcomes())
    expect(short.log).toEqual(other.log)
    expect(`${answer} ${short.log}`).not.toContain('canary')
    expect([short.long(), other.long()]).toEqual([long, 1])
  })
})

describe.each(USUAL)('%s: %i', (_, status, body, of, changes) => {
  test('is answered in chunks and under a query as with a length', async () => {
    const { port, long } = await open('short', { rateLimit: createRateLimit({ exemptLoopback: true }), ...changes })
    const line = of?.line?.replace('/event', '/event?a=b') ?? 'POST /api/event?a=b HTTP/1.1'
    const plain = await ask(port, withLength(body, of), body)
    expect(plain).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(await ask(port, withLength(body, { ...of, line }), body)).toBe(plain)
    expect(long()).toBe(1)
    if (line.endsWith('1.0')) return
    const chunked = head({ ...of, more: { ...of?.more, 'Transfer-Encoding': 'chunked' } })
    const size = Buffer.byteLength(body)
    const chunks = size === 0 ? [] : [`${size.toString(16)}\r\n`, body, '\r\n']
    expect(await ask(port, chunked, ...chunks, '0\r\n\r\n')).toBe(plain)
    expect(long()).toBe(2)
  })
})

test('a surprise is logged by its name', async () => {
  const allows = () => {
    throw new RangeError(canary)
  }
  const { port, log, outcomes } = await open('short', { rateLimit: { allows } })
  await ask(port, withLength(json()), json())
  expect(log).toEqual(['A request failed: RangeError'])
  expect(outcomes().failed).toBe(1)
})

test('a body that comes byte by byte is put together', async () => {
  const { port, long } = await open('short', { rateLimit: createRateLimit({ exemptLoopback: true }) })
  const body = json({ n: 'größer ∞' })
  const bytes = [...Buffer.from(body)].map((byte) => Uint8Array.of(byte))
  expect(await ask(port, withLength(body), ...bytes)).toMatch(/^HTTP\/1\.1 202 .*sundial-outcome: counted/s)
  expect(long()).toBe(0)
})

test('the address and headers are those of who sends it, by a proxy that is trusted', async () => {
  const { port } = await open('short')
  const from = (address: string) => ask(port, withLength(json(), { more: { 'X-Forwarded-For': address } }), json())
  const answers = [
    await from('203.0.113.9'),
    await from('203.0.113.9'),
    await from('203.0.113.9'),
    await from('203.0.113.8'),
  ]
  expect(answers.map((answer) => answer.slice(9, 12))).toEqual(['202', '202', '429', '202'])
})

test.each(['short', 'long'] as const)(
  'a client that goes away in the midst of its event leaves nothing but a count, the %s way',
  async (way) => {
    const { port, log, outcomes } = await open(way)
    const half = json().slice(0, 30)
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(withLength(json()))
      socket.write(half)
    })
    await new Promise((connected) => socket.once('connect', connected))
    // Answered once what is above has been read.
    await ask(port, withLength(json()), json())
    socket.resetAndDestroy()
    await until(
      async () => outcomes(),
      ({ invalid }) => invalid === 1,
    )
    expect(await ask(port, withLength(json()), json())).toMatch(/^HTTP\/1\.1 202 /)
    expect([log, outcomes().counted]).toEqual([[], 2])
  },
)

test('requests sent ahead are answered in their order, those that go a long way among them', async () => {
  const { port, long } = await open('short', { rateLimit: createRateLimit({ exemptLoopback: true }) })
  const keep = { more: { Connection: 'keep-alive' } }
  const dropped = json({ d: 'nowhere.example' })
  const get = head({ line: 'GET /api/event HTTP/1.1', ...keep })
  const heard = await ask(port, withLength(json(), keep), json(), get, withLength(dropped), dropped)
  expect([...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['202', '405', '202'])
  expect([...heard.matchAll(/^sundial-outcome: (.*)\r/gm)].map(([, outcome]) => outcome)).toEqual([
    'counted',
    'dropped: unknown_site',
  ])
  expect(long()).toBe(1)
})
