// The fast path of an event on Node, over real sockets: that it is taken, that nothing can tell it from the way of every
// request, and that what is unusual goes that way.
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type CollectorDeps, createCollector } from '../collector/app.ts'
import { createCalendar } from '../collector/calendar.ts'
import { createNodeClients, incomingOf } from '../collector/client_address_node.ts'
import { LIMITS } from '../collector/contract.ts'
import { createFastEvents } from '../collector/fast_event.ts'
import { createRateLimit } from '../collector/rate_limit.ts'
import { createNodeSenders } from '../collector/sender_node.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import { type Chance, createChance } from '../dashboard/demo/chance.ts'
import { HTTP_LIMITS, type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { BROWSER, until } from './server.ts'

const site: Site = { id: 7, ...defaultSettings('example.com'), hosts: ['example.com'] }
const canary = 'canary ann@example.org'

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

interface Way {
  port: number
  server: HttpServer
  log: string[]
  /** Requests that Node has read. */
  slow(): number
  outcomes(): Readonly<Record<string, number>>
}

interface Plan extends Partial<CollectorDeps> {
  limits?: Partial<typeof HTTP_LIMITS>
}

/** A server that takes events by the fast path as well, or by none but the other. */
async function open(way: 'fast' | 'slow', { limits, ...changes }: Plan = {}): Promise<Way> {
  const log: string[] = []
  let slow = 0
  const senderOf = createNodeSenders({ clients: createNodeClients({ trustProxy: ['loopback'] }) })
  const { app, take, outcomes } = createCollector({
    sites: { fresh: async () => {}, countedAs: (domain) => (domain === site.domain ? site : undefined) },
    accumulator: { count: async () => {} },
    rateLimit: createRateLimit({ exemptLoopback: false, perMinute: 2 }),
    senderOf: ({ env }) => senderOf(incomingOf(env.incoming)),
    calendar: createCalendar(),
    now: () => Date.parse('2026-03-14T10:00:00Z'),
    log: (line) => log.push(line),
    ...changes,
  })
  const server = await openHttpServer({
    fetch(request, env) {
      slow++
      return app.fetch(request, env)
    },
    ...(way === 'fast' ? { answerFast: createFastEvents({ take, senderOf, path: '/api/event' }) } : {}),
    host: '127.0.0.1',
    port: 0,
    limits: { ...HTTP_LIMITS, ...limits },
  })
  servers.push(server)
  return { port: server.port, server, log, slow: () => slow, outcomes }
}

interface Client {
  socket: Socket
  /** All that came since Node answered the first request, but for the time. */
  heard(): string
  /** Resolves when that satisfies, or the server has ended the connection. */
  hears(satisfies: (heard: string) => boolean): Promise<string>
}

/** A connection on which Node has answered a request, as it does before anything goes the fast path. */
async function connected(port: number): Promise<Client> {
  let heard = ''
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
  })
  const client = {
    socket,
    heard: () => heard.replaceAll(/^Date: .*\r\n/gm, ''),
    hears: (satisfies: (heard: string) => boolean) =>
      new Promise<string>((resolve) => {
        const look = () => {
          if (socket.closed || satisfies(client.heard())) resolve(client.heard())
        }
        socket.on('data', look)
        socket.on('close', look)
        look()
      }),
  }
  socket.write('GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await client.hears((answer) => answer.endsWith('404 Not Found'))
  heard = ''
  return client
}

/** All that a server answers to a request, each piece sent by itself. */
async function ask(port: number, ...pieces: (string | Uint8Array)[]): Promise<string> {
  const { socket, hears } = await connected(port)
  for (const piece of pieces) await new Promise((written) => socket.write(piece, written))
  const answer = await hears(isWhole)
  socket.destroy()
  return answer
}

/** Whether an answer is there with as many bytes of body as it says. */
function isWhole(heard: string): boolean {
  const answer = heard.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '')
  const head = answer.indexOf('\r\n\r\n')
  const length = /^HTTP\/1\.1 204 /.test(answer) ? 0 : Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? Number.NaN)
  return head >= 0 && answer.length === head + 4 + length
}

const statuses = (heard: string) => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))
const outcomesIn = (heard: string) => [...heard.matchAll(/^sundial-outcome: (.*)\r/gm)].map(([, outcome]) => outcome)

interface Head {
  line?: string
  host?: string
  /** Of the body; its own unless said. */
  length?: string
  more?: Record<string, string>
}

function head({ line = 'POST /api/event HTTP/1.1', host = 'localhost', length, more = {} }: Head): string {
  const lines = { Host: host, 'User-Agent': BROWSER, 'Content-Length': length, ...more }
  const said = Object.entries(lines).filter(([, value]) => value !== undefined)
  return [line, ...said.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')
}

const event = { n: 'pageview', u: 'https://example.com/pricing', d: 'example.com', s: { v: 1 } }
const json = (changes: object = {}) => JSON.stringify({ ...event, ...changes })
const padded = (length: number) => json({ x: 'x'.repeat(length - json({ x: '' }).length) })

type Case = [what: string, status: number, body: string | Uint8Array, head?: Head, changes?: Partial<CollectorDeps>]

/** What goes the fast path, and ends in every way there is. */
const USUAL: Case[] = [
  ['an event', 202, json()],
  ['an event of no site', 202, json({ d: 'nowhere.example' })],
  ['an event of another host', 202, json({ u: 'https://elsewhere.example/' })],
  ['an event of a browser that opted out', 202, json(), { more: { 'Sec-GPC': '1' } }],
  ['an event of a robot', 202, json(), { more: { 'User-Agent': 'curl/8' } }],
  ['an event that is reserved', 202, json({ n: 'engagement', s: undefined })],
  ['a report that says nothing', 202, json({ n: 'engagement', s: { g: [0, 9] } })],
  ['a connection that is to stay', 202, json(), { more: { Connection: 'Keep-Alive' } }],
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

/** What is left to Node. */
const UNUSUAL: Case[] = [
  ['one byte too many', 413, padded(LIMITS.bodyBytes + 1)],
  ['a gigabyte that is announced', 413, 'x', { length: '1000000000' }],
  ['an event by HTTP/1.0', 202, json(), { line: 'POST /api/event HTTP/1.0' }],
  ['the last event of a connection', 202, json(), { more: { Connection: 'close' } }],
  ['a header that comes twice', 202, json(), { more: { 'X-Purpose': 'none', 'x-purpose': 'preview' } }],
  ['a header beyond ASCII', 202, json(), { more: { 'X-Name': 'größer' } }],
  ['a length that is no number as one writes it', 202, json(), { length: `0${json().length}` }],
  ['a query', 202, json(), { line: 'POST /api/event?x=1 HTTP/1.1' }],
  ['a whole address', 202, json(), { line: 'POST http://localhost/api/event HTTP/1.1' }],
  ['a client that waits to be told to go on', 202, json(), { more: { Expect: '100-continue' } }],
  ['another host than any', 400, json(), { host: 'a/b', more: { Connection: 'close' } }],
  ['a host in capitals', 202, json(), { host: 'LOCALHOST' }],
  ['GET', 405, '', { line: 'GET /api/event HTTP/1.1' }],
  ['HEAD', 405, '', { line: 'HEAD /api/event HTTP/1.1', more: { Connection: 'close' } }],
  ['PUT', 405, json(), { line: 'PUT /api/event HTTP/1.1' }],
  ['a preflight', 204, '', { line: 'OPTIONS /api/event HTTP/1.1' }],
  ['another address', 404, json(), { line: 'POST /api/events HTTP/1.1' }],
  ['an address that only ends in a stroke', 404, json(), { line: 'POST /api/event/ HTTP/1.1' }],
]

const withLength = (body: string | Uint8Array, of: Head = {}) =>
  head({ length: String(Buffer.byteLength(body)), ...of })

describe.each([
  ['the fast path', 0, USUAL],
  ['to Node, as nothing usual', 1, UNUSUAL],
])('what goes %s is answered byte for byte the same', (_, left, cases) => {
  test.each(cases)('%s: %i', async (_, status, body, of, changes) => {
    const fast = await open('fast', changes)
    const slow = await open('slow', changes)
    const answer = await ask(fast.port, withLength(body, of), body)
    expect(statuses(answer).at(-1)).toBe(status)
    expect(answer).toBe(await ask(slow.port, withLength(body, of), body))
    expect(fast.outcomes()).toEqual(slow.outcomes())
    expect(fast.log).toEqual(slow.log)
    expect(`${answer} ${fast.log}`).not.toContain('canary')
    expect(slow.slow() - fast.slow()).toBe(1 - left)
  })
})

describe.each(USUAL)('%s: %i', (_, status, body, of, changes) => {
  test('is answered in chunks and under a query as with a length', async () => {
    const { port, slow } = await open('fast', { rateLimit: createRateLimit({ exemptLoopback: true }), ...changes })
    const plain = await ask(port, withLength(body, of), body)
    expect(statuses(plain)).toEqual([status])
    expect(slow()).toBe(1)
    expect(await ask(port, withLength(body, { ...of, line: 'POST /api/event?a=b HTTP/1.1' }), body)).toBe(plain)
    const chunked = head({ ...of, more: { ...of?.more, 'Transfer-Encoding': 'chunked' } })
    const size = Buffer.byteLength(body)
    const chunks = size === 0 ? [] : [`${size.toString(16)}\r\n`, body, '\r\n']
    expect(await ask(port, chunked, ...chunks, '0\r\n\r\n')).toBe(plain)
    expect(slow()).toBe(5)
  })
})

describe('whatever is said on a connection, however it is cut up, is answered the same', () => {
  const CONVERSATIONS = 1_000
  const event = (body: string) => withLength(body) + body
  const said = [
    event(json()),
    event(json()),
    event(json({ d: 'nowhere.example' })),
    event('hello'),
    event(''),
    head({ line: 'GET /api/event HTTP/1.1' }),
    head({ line: 'GET /nothing HTTP/1.1' }),
    `${head({ more: { 'Transfer-Encoding': 'chunked' } })}5\r\nhello\r\n0\r\n\r\n`,
    withLength(json(), { more: { Expect: '100-continue' } }) + json(),
    event(padded(LIMITS.bodyBytes)),
  ]
  const last = [
    head({ line: 'GET /last HTTP/1.1', more: { Connection: 'close' } }),
    withLength(json(), { more: { Connection: 'close' } }) + json(),
    'nonsense\r\n\r\n',
    head({ line: 'POST /api/event HTTP/1.1', length: '-1' }),
  ]

  /** At most four requests, which is as many as may wait for their answers, in pieces. */
  function piecesOf(chance: Chance): string[] {
    const pick = (from: readonly string[]) => from[Math.floor(chance.next() * from.length)] ?? ''
    const requests = Array.from({ length: 1 + Math.floor(chance.next() * 3) }, () => pick(said))
    const pieces: string[] = ['']
    for (const request of [...requests, pick(last)]) {
      const cut = chance.whether(0.3) ? Math.floor(chance.next() * request.length) : request.length
      for (const part of [request.slice(0, cut), request.slice(cut)]) {
        if (chance.whether(0.7)) pieces.push(part)
        else pieces.push(`${pieces.pop()}${part}`)
      }
    }
    return pieces.filter((piece) => piece !== '')
  }

  async function talk(port: number, pieces: readonly string[]): Promise<string> {
    const { socket, hears } = await connected(port)
    for (const piece of pieces) {
      socket.write(piece)
      for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate)
    }
    return hears(() => false)
  }

  test(`${CONVERSATIONS} conversations`, async () => {
    const settings = { rateLimit: createRateLimit({ exemptLoopback: true }) }
    const [fast, slow] = [await open('fast', settings), await open('slow', settings)]
    const chance = createChance('conversations')
    for (let n = 0; n < CONVERSATIONS; n++) {
      const pieces = piecesOf(chance)
      const [heard, expected] = await Promise.all([talk(fast.port, pieces), talk(slow.port, pieces)])
      expect(heard, JSON.stringify(pieces.map((piece) => piece.slice(0, 200)))).toBe(expected)
    }
    expect(fast.outcomes()).toEqual(slow.outcomes())
    expect(slow.slow() - fast.slow()).toBeGreaterThan(CONVERSATIONS / 10)
  })
})

test('a surprise is logged by its name', async () => {
  const allows = () => {
    throw new RangeError(canary)
  }
  const { port, log, outcomes } = await open('fast', { rateLimit: { allows } })
  await ask(port, withLength(json()) + json())
  expect(log).toEqual(['A request failed: RangeError'])
  expect(outcomes().failed).toBe(1)
})

test('an event that comes byte by byte is put together', async () => {
  const { port } = await open('fast', { rateLimit: createRateLimit({ exemptLoopback: true }) })
  const body = json({ n: 'größer ∞' })
  const bytes = [...Buffer.from(withLength(body) + body)].map((byte) => Uint8Array.of(byte))
  expect(outcomesIn(await ask(port, ...bytes))).toEqual(['counted'])
})

test('the address and headers are those of who sends it, by a proxy that is trusted', async () => {
  const { port, slow } = await open('fast')
  const { socket, hears } = await connected(port)
  const asked = ['203.0.113.9', '203.0.113.9', '203.0.113.9', '203.0.113.8']
  for (const [n, address] of asked.entries()) {
    socket.write(withLength(json(), { more: { 'X-Forwarded-For': address } }) + json())
    await hears((heard) => statuses(heard).length > n && /\r\n\r\n(?:\{.*\})?$/.test(heard))
  }
  expect(statuses(await hears(() => true))).toEqual([202, 202, 429, 202])
  expect(slow()).toBe(1)
  socket.destroy()
})

test('a client that goes away in the midst of its event leaves nothing but a count', async () => {
  const { port, log, outcomes } = await open('fast')
  const { socket } = await connected(port)
  socket.write(withLength(json()))
  socket.write(json().slice(0, 30))
  // Answered once what is above has been read.
  await ask(port, withLength(json()) + json())
  socket.resetAndDestroy()
  await until(
    async () => outcomes(),
    ({ invalid }) => invalid === 1,
  )
  expect(statuses(await ask(port, withLength(json()) + json()))).toEqual([202])
  expect([log, outcomes().counted]).toEqual([[], 2])
})

test('a client that goes away before its answer is counted all the same', async () => {
  const { port, log, outcomes, commit } = await openWaiting()
  const { socket } = await connected(port)
  socket.write(withLength(json()) + json())
  await until(async () => commit.length, Boolean)
  socket.resetAndDestroy()
  commit[0]?.()
  await until(
    async () => outcomes(),
    ({ counted }) => counted === 1,
  )
  expect(log).toEqual([])
})

test.each([
  ['a request', 'GET /ahead HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a request whose body is still to come', 'POST /ahead HTTP/1.1\r\nHost: a\r\nContent-Length: 120\r\n\r\n'],
])('%s that was sent ahead on a connection that has ended is nobody else’s', async (_, ahead) => {
  const { port, commit, server } = await openWaiting()
  const { socket } = await connected(port)
  socket.write(withLength(json()) + json())
  await until(async () => commit.length, Boolean)
  await new Promise((written) => socket.write(ahead, written))
  await ask(port, head({ line: 'GET /api/event HTTP/1.1' }))
  socket.resetAndDestroy()
  await until(server.connections, (open) => open === 0)
  // Node's parsers go from one connection to the next.
  const others = await Promise.all([connected(port), connected(port)])
  commit[0]?.()
  await ask(port, head({ line: 'GET /api/event HTTP/1.1' }))
  for (const other of others) {
    other.socket.write(head({ line: 'GET /api/event HTTP/1.1' }))
    expect(statuses(await other.hears(isWhole))).toEqual([405])
    other.socket.destroy()
  }
})

test('a body that looks like an event is a body', async () => {
  const { port, outcomes } = await open('fast', { rateLimit: createRateLimit({ exemptLoopback: true }) })
  const { socket, hears } = await connected(port)
  const inner = withLength(json()) + json()
  socket.write(withLength(inner))
  // Answered once what is above has been read by itself.
  await ask(port, head({ line: 'GET /api/event HTTP/1.1' }))
  socket.write(inner)
  expect(statuses(await hears(isWhole))).toEqual([400])
  expect(outcomes()).toMatchObject({ counted: 0, invalid: 1 })
  socket.destroy()
})

test('an event is not answered before what Node has still to answer', async () => {
  const { port, commit } = await openWaiting()
  const { socket, hears, heard } = await connected(port)
  socket.write(withLength(json(), { line: 'POST /api/event?a=b HTTP/1.1' }) + json())
  await until(
    async () => commit.length,
    (waiting) => waiting === 1,
  )
  socket.write(withLength(json()) + json())
  await until(
    async () => commit.length,
    (waiting) => waiting === 2,
  )
  commit[1]?.()
  await ask(port, head({ line: 'GET /api/event HTTP/1.1' }))
  expect(heard()).toBe('')
  commit[0]?.()
  expect(statuses(await hears((said) => statuses(said).length === 2))).toEqual([202, 202])
  socket.destroy()
})

test('a client that asks for a tunnel after an event is cut off, and nobody else', async () => {
  const { port } = await open('fast', { rateLimit: createRateLimit({ exemptLoopback: true }) })
  const { socket, hears } = await connected(port)
  socket.write(withLength(json()) + json())
  await hears(isWhole)
  socket.write(`CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n${'x'.repeat(100_000)}`)
  expect(statuses(await hears(() => false))).toEqual([202])
  expect(statuses(await ask(port, withLength(json()) + json()))).toEqual([202])
})

test('the first event of a connection, which is Node’s to read, is answered as the next', async () => {
  const { port, slow } = await open('fast', { rateLimit: createRateLimit({ exemptLoopback: true }) })
  const heard: string[] = []
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  for (let n = 0; n < 3; n++) {
    socket.write(withLength(json()) + json())
    heard.push(await new Promise((said) => socket.once('data', (chunk) => said(chunk.toString('latin1')))))
  }
  expect(new Set(heard.map((answer) => answer.replace(/^Date: .*\r\n/m, ''))).size).toBe(1)
  expect(slow()).toBe(1)
  socket.destroy()
})

/** Events wait to be durable until they are told that they are. */
async function openWaiting(limits: Partial<typeof HTTP_LIMITS> = {}) {
  const commit: (() => void)[] = []
  const count = () => new Promise<void>((resolve) => commit.push(resolve))
  const rateLimit = createRateLimit({ exemptLoopback: true })
  return { commit, ...(await open('fast', { accumulator: { count }, rateLimit, limits })) }
}

describe('requests that are sent ahead', () => {
  const dropped = json({ d: 'nowhere.example' })
  const get = head({ line: 'GET /api/event HTTP/1.1' })

  test('are answered in their order when they come in one piece', async () => {
    const { port } = await open('fast', { rateLimit: createRateLimit({ exemptLoopback: true }) })
    const { socket, hears } = await connected(port)
    socket.write([withLength(json()), json(), get, withLength(dropped), dropped].join(''))
    const heard = await hears((heard) => outcomesIn(heard).length === 2)
    expect(statuses(heard)).toEqual([202, 405, 202])
    expect(outcomesIn(heard)).toEqual(['counted', 'dropped: unknown_site'])
    socket.destroy()
  })

  test.each([1, 2, 3])('are answered after an event that is not durable yet, %i of them', async (more) => {
    const { port, commit } = await openWaiting()
    const { socket, hears, heard } = await connected(port)
    socket.write(withLength(json()) + json())
    await until(async () => commit.length, Boolean)
    for (const request of [get, withLength(dropped) + dropped, get].slice(0, more)) {
      await new Promise((written) => socket.write(request, written))
    }
    // Read by now, if anything reads it.
    await ask(port, get)
    expect(heard()).toBe('')
    commit[0]?.()
    expect(statuses(await hears((heard) => statuses(heard).length > more))).toEqual(
      [202, 405, 202, 405].slice(0, more + 1),
    )
    socket.destroy()
  })
})

describe('a connection of which Node sees only the first request', () => {
  const rateLimit = createRateLimit({ exemptLoopback: true })
  const short = { headersWithin: 200, requestWithin: 300, lookEvery: 50 }

  test('is not ended for the requests that Node does not see', async () => {
    const { port, slow } = await open('fast', { rateLimit, limits: { ...short, idleFor: 5_000 } })
    const { socket, hears } = await connected(port)
    const until = performance.now() + 4 * short.requestWithin
    let sent = 0
    while (performance.now() < until) {
      socket.write(withLength(json()) + json())
      sent++
      await hears((heard) => statuses(heard).length === sent)
    }
    expect(socket.closed).toBe(false)
    expect(slow()).toBe(1)
    socket.destroy()
  })

  test('is closed when it stays idle', async () => {
    const { port } = await open('fast', { rateLimit, limits: { ...short, idleFor: 300 } })
    const { socket, hears } = await connected(port)
    socket.write(withLength(json()) + json())
    await hears(isWhole)
    await new Promise((closed) => socket.once('close', closed))
  })

  test('is bounded like every other while it waits for the rest of a request', async () => {
    const { port } = await open('fast', { rateLimit, limits: { ...short, idleFor: 60_000 } })
    const { socket, hears } = await connected(port)
    socket.write(withLength(json()) + json())
    await hears(isWhole)
    socket.write(withLength(json()))
    expect(statuses(await hears((heard) => statuses(heard).length === 2))).toEqual([202, 408])
  })
})

test('a stop lets an event become durable and answers it', async () => {
  const { port, commit, server } = await openWaiting()
  const { socket, hears, heard } = await connected(port)
  socket.write(withLength(json()) + json())
  await until(async () => commit.length, Boolean)
  const closed = server.close()
  commit[0]?.()
  await closed
  await hears(() => false)
  expect(outcomesIn(heard())).toEqual(['counted'])
})

test('a stop does not wait for ever', async () => {
  const { port, commit, server } = await openWaiting({ farewell: 100 })
  const { socket, heard } = await connected(port)
  socket.write(withLength(json()) + json())
  await until(async () => commit.length, Boolean)
  await server.close()
  expect(heard()).toBe('')
})
