// Clients that send slowly, too much or too many at once, over real sockets: each costs bounded memory and time.
// The bounds themselves on a server of their own with short ones; what they add up to on a whole Sundial.

import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { HTTP_LIMITS, type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { type CountsServer, PASSWORDS, startCountsServer, totalsOf } from './counts_server.ts'
import { BROWSER, type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

/** What a client has been told so far, and whether the server has ended the connection. */
interface Client {
  socket: Socket
  heard(): string
  ended: Promise<string>
}

const clients: Client[] = []
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.destroy()
})

/** Resolves once the connection stands. */
async function open(port: number): Promise<Client> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
  })
  // A connection that is cut is an end like another.
  socket.on('error', () => {})
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)))
  const client = { socket, heard: () => heard, ended }
  clients.push(client)
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve())
    socket.once('close', () => resolve())
  })
  return client
}

/** Goes on sending a little for as long as anybody listens. */
function drip({ socket }: Client, text: string): void {
  const dripping = setInterval(() => socket.write(text), 20)
  socket.once('close', () => clearInterval(dripping))
}

const HEAD = 'POST /api/event HTTP/1.1\r\nHost: localhost\r\n'

describe('one client’s bounds', () => {
  let server: HttpServer | undefined
  afterEach(() => server?.close())

  const begun: (() => void)[] = []
  const SHORT = { ...HTTP_LIMITS, headersWithin: 200, requestWithin: 400, lookEvery: 50, idleFor: 300, silentFor: 600 }

  /** Reads what comes, and answers with as many bytes as the path says; /wait answers when it is told to. */
  async function serve(limits: Partial<typeof HTTP_LIMITS> = {}): Promise<number> {
    server = await openHttpServer({
      host: '127.0.0.1',
      port: 0,
      limits: { ...SHORT, ...limits },
      async fetch(request) {
        await request.text()
        const { pathname } = new URL(request.url)
        if (pathname === '/wait') await new Promise<void>((resolve) => begun.push(resolve))
        return new Response('x'.repeat(Number(pathname.slice(1)) || 2))
      },
    })
    return server.port
  }

  test('who says nothing is cut off', async () => {
    const { ended } = await open(await serve())
    expect(await ended).toMatch(/^(?:HTTP\/1\.1 408|$)/)
  })

  test('headers that only drip end with 408', async () => {
    const client = await open(await serve())
    client.socket.write(HEAD)
    drip(client, 'X-A: b\r\n')
    expect(await client.ended).toMatch(/^HTTP\/1\.1 408/)
  })

  test('a body that only drips ends with 408', async () => {
    const client = await open(await serve())
    client.socket.write(`${HEAD}Content-Length: 8000\r\n\r\n`)
    drip(client, 'x')
    expect(await client.ended).toMatch(/^HTTP\/1\.1 408/)
  })

  test('a chunked body that only drips ends with 408', async () => {
    const client = await open(await serve())
    client.socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
    drip(client, '1\r\nx\r\n')
    expect(await client.ended).toMatch(/^HTTP\/1\.1 408/)
  })

  test('a flood of headers ends with 431, in one line or in thousands', async () => {
    const port = await serve()
    for (const flood of [`X-A: ${'b'.repeat(20_000)}\r\n`, 'a:b\r\n'.repeat(5_000)]) {
      const client = await open(port)
      client.socket.write(`${HEAD}${flood}\r\n`)
      expect(await client.ended).toMatch(/^HTTP\/1\.1 431/)
    }
  })

  test('who does not read the answer is cut off', async () => {
    const client = await open(await serve())
    client.socket.pause()
    client.socket.write('GET /50000000 HTTP/1.1\r\nHost: localhost\r\n\r\n')
    // Its own end of the connection learns of it when it reads, and finds less than the whole answer.
    await until(connections, (open) => open === 0)
    client.socket.resume()
    expect((await client.ended).length).toBeLessThan(50_000_000)
  })

  test('a connection that stays idle after its answer is closed', async () => {
    const client = await open(await serve())
    client.socket.write(`${HEAD}Content-Length: 0\r\n\r\n`)
    expect(await client.ended).toMatch(/^HTTP\/1\.1 200/)
  })

  test('beyond the number of connections new ones are closed, and taken again when one has ended', async () => {
    const port = await serve({ connections: 3, headersWithin: 60_000, requestWithin: 60_000, silentFor: 60_000 })
    const first = await open(port)
    await open(port)
    await open(port)
    await until(connections, (open) => open === 3)
    expect(await (await open(port)).ended).toBe('')
    first.socket.destroy()
    await until(connections, (open) => open === 2)
    const late = await open(port)
    late.socket.write(`${HEAD}Content-Length: 0\r\n\r\n`)
    await until(
      async () => late.heard(),
      (heard) => heard.startsWith('HTTP/1.1 200'),
    )
  })

  test('requests sent ahead of their answers are few', async () => {
    const port = await serve()
    const wait = 'GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const patient = await open(port)
    patient.socket.write(wait.repeat(HTTP_LIMITS.pipelined))
    await until(
      async () => begun.length,
      (requests) => requests === HTTP_LIMITS.pipelined,
    )
    for (const answer of begun.splice(0)) answer()
    await until(
      async () => patient.heard().match(/200 OK/g)?.length,
      (answers) => answers === HTTP_LIMITS.pipelined,
    )

    const flood = await open(port)
    flood.socket.write(wait.repeat(1_000))
    expect(await flood.ended).toBe('')
    expect(begun.splice(0).length).toBeLessThanOrEqual(HTTP_LIMITS.pipelined)
  })

  test('a stop lets a request end that has begun, and cuts one that never does', async () => {
    const port = await serve({ headersWithin: 60_000, requestWithin: 60_000, silentFor: 60_000, farewell: 300 })
    const slow = await open(port)
    slow.socket.write(`${HEAD}Content-Length: 100\r\n\r\n`)
    drip(slow, 'x')
    const waiting = await open(port)
    waiting.socket.write('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await until(
      async () => begun.length,
      (requests) => requests === 1,
    )
    const closed = server?.close()
    begun.splice(0)[0]?.()
    expect(await waiting.ended).toMatch(/^HTTP\/1\.1 200/)
    await closed
    expect(await slow.ended).toBe('')
  })

  async function connections(): Promise<number> {
    return (await server?.connections()) ?? 0
  }
})

describe('a whole Sundial', () => {
  const MEGABYTE = 1024
  let data: DataDir
  let counting: CountsServer
  let server: RunningServer
  let port: number

  async function start(): Promise<void> {
    data = makeDataDir()
    counting = await startCountsServer()
    server = await data.start({
      CLICKHOUSE_URL: counting.clickhouse.url,
      CLICKHOUSE_USER: 'default',
      CLICKHOUSE_PASSWORD: PASSWORDS.default,
    })
    port = Number(new URL(server.address).port)
  }
  afterEach(async () => {
    await server.kill()
    await counting.close()
    data.remove()
  })

  /** KB that the process has held at most, where the system says so. */
  function peak(): number {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      return 0
    }
  }

  const body = JSON.stringify({ n: 'pageview', u: 'http://localhost/', d: 'localhost', s: { v: 1 } })
  const event = `${HEAD}User-Agent: ${BROWSER}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

  test('more at once than the journal takes gets 503 with Retry-After at once, and what got 202 is counted', async () => {
    await start()
    const CONNECTIONS = 1_800
    const EACH = HTTP_LIMITS.pipelined
    const burst = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)))
    const before = peak()
    // All of it lies in the sockets before the server reads the first byte.
    server.process.kill('SIGSTOP')
    await Promise.all(burst.map(({ socket }) => new Promise((sent) => socket.write(event.repeat(EACH), sent))))
    server.process.kill('SIGCONT')
    await until(
      async () => burst.reduce((sum, client) => sum + statuses(client).length, 0),
      (answers) => answers === CONNECTIONS * EACH,
    )
    const answers = burst.flatMap(statuses)
    const taken = answers.filter((status) => status === '202').length
    const refused = answers.filter((status) => status === '503').length
    expect(taken + refused).toBe(CONNECTIONS * EACH)
    expect(taken).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(0)
    expect(burst.map(({ heard }) => heard().match(/retry-after: 5/gi)?.length ?? 0).reduce((a, b) => a + b)).toBe(
      refused,
    )
    expect(peak() - before).toBeLessThan(300 * MEGABYTE)
    const totals = await until(
      () => totalsOf(counting.counts, 1),
      (totals) => (totals?.visits ?? 0) >= taken,
    )
    expect(totals).toMatchObject({ visits: taken, visitsByHour: taken, pageviews: taken })
  }, 120_000)

  test('bodies without an end are refused with 413 after their first bytes', async () => {
    await start()
    const before = peak()
    const announced = await open(port)
    announced.socket.write(`${HEAD}User-Agent: ${BROWSER}\r\nContent-Length: 10000000000\r\n\r\n`)
    const chunked = await open(port)
    chunked.socket.write(`${HEAD}User-Agent: ${BROWSER}\r\nTransfer-Encoding: chunked\r\n\r\n`)
    for (const client of [announced, chunked]) {
      pour(client.socket, client === chunked ? `10000\r\n${'x'.repeat(65_536)}\r\n` : 'x'.repeat(65_536))
      expect(await client.ended).toMatch(/^HTTP\/1\.1 413/)
    }
    // As below: most of it is what a server that has just started still loads, up to 104 MB beside other tests.
    expect(peak() - before).toBeLessThan(150 * MEGABYTE)
    expect((await post(server.address)).status).toBe(202)
  })

  test('beside hundreds of slow clients events are taken, and a stop ends clean', async () => {
    await start()
    const before = peak()
    const slow = await Promise.all(Array.from({ length: 1_000 }, () => open(port)))
    for (const [place, client] of slow.entries()) {
      client.socket.write(place % 2 ? HEAD : `${HEAD}Content-Length: 8000\r\n\r\n${'x'.repeat(7_000)}`)
    }
    for (const client of slow.slice(0, 50)) drip(client, 'x')
    for (let n = 0; n < 20; n++) expect((await post(server.address)).status).toBe(202)
    expect(peak() - before).toBeLessThan(150 * MEGABYTE)
    // A stop that takes longer than it may ends with 1.
    expect(await server.stop()).toBe(0)
    expect(await totalsOf(counting.counts, 1)).toMatchObject({ visits: 20 })
  }, 60_000)

  /** As much as the server takes. */
  function pour(socket: Socket, text: string): void {
    const more = () => {
      while (socket.writable && socket.write(text));
    }
    socket.on('drain', more)
    more()
  }

  function statuses({ heard }: Client): string[] {
    return [...heard().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '')
  }
})
