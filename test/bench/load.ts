// The load generator: a process of its own with raw keep-alive sockets, one request in flight on each, all requests
// rendered beforehand. Started by ingest.ts with its order as argument; answers with what it saw.
import { connect, type Socket } from 'node:net'
import * as z from 'zod'
import { type Audience, addressOf, agentAt, bodyOf, createAudience, type Hit } from './audience.ts'
import { percentile } from './process_figures.ts'

export const order = z.object({
  port: z.int(),
  connections: z.int(),
  seconds: z.number(),
  /** Requests a second; 0 for as many as are answered. */
  rate: z.number(),
  seed: z.string(),
  sites: z.int(),
  pagesPerSite: z.int(),
})
export type LoadOrder = z.infer<typeof order>

export const seen = z.object({
  answered: z.int(),
  seconds: z.number(),
  /** Answers that were not 202, or not an event counted (where the server says so). */
  refused: z.int(),
  counted: z.int(),
  /** Milliseconds from when a request was due to its answer. */
  p50: z.number(),
  p99: z.number(),
})
export type LoadSeen = z.infer<typeof seen>

const RENDERED = 20_000

async function load(asked: LoadOrder): Promise<LoadSeen> {
  const requests = render(createAudience(asked))
  const taken: number[] = []
  let [next, refused, counted, answered] = [0, 0, 0, 0]
  const idle: Connection[] = []
  const due: number[] = []
  let running = true

  const connections = await Promise.all(Array.from({ length: asked.connections }, () => open(asked.port, finished)))

  function send(connection: Connection, at: number): void {
    connection.dueAt = at
    connection.socket.write(requests[next++ % requests.length] ?? '')
  }

  function finished(connection: Connection, status: number, isCounted: boolean): void {
    const now = performance.now()
    answered++
    if (status !== 202) refused++
    if (isCounted) counted++
    taken.push(now - connection.dueAt)
    if (!running) return
    const waiting = asked.rate === 0 ? now : due.shift()
    if (waiting === undefined) idle.push(connection)
    else send(connection, waiting)
  }

  const start = performance.now()
  if (asked.rate === 0) for (const connection of connections) send(connection, start)
  else {
    idle.push(...connections)
    pace(start)
  }

  /** Open loop: a request that finds no connection free waits, and its waiting counts. */
  function pace(begun: number): void {
    let asSent = 0
    const timer = setInterval(() => {
      if (!running) return clearInterval(timer)
      const now = performance.now()
      for (const wanted = ((now - begun) / 1000) * asked.rate; asSent < wanted; asSent++) {
        const connection = idle.pop()
        if (connection) send(connection, now)
        else due.push(now)
      }
    }, 1)
  }

  await new Promise((resolve) => setTimeout(resolve, asked.seconds * 1000))
  running = false
  const seconds = (performance.now() - start) / 1000
  const result = { answered, seconds, refused, counted, p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) }
  for (const { socket } of connections) socket.destroy()
  return result
}

function render(audience: Audience): Buffer[] {
  const requests: Buffer[] = []
  for (const hit of audience.stream(0, 1000)) {
    requests.push(renderOne(hit))
    if (requests.length === RENDERED) break
  }
  return requests
}

/** The headers that a browser sends, and those that a proxy in front adds. */
function renderOne(hit: Hit): Buffer {
  const body = bodyOf(hit)
  const lines = [
    'POST /api/event HTTP/1.1',
    'Host: stats.example.com',
    `User-Agent: ${agentAt(hit.agent)}`,
    'Accept: */*',
    'Accept-Language: en-US,en;q=0.9',
    'Accept-Encoding: gzip, deflate, br',
    'Content-Type: text/plain;charset=UTF-8',
    'Origin: https://example.com',
    'Sec-Fetch-Mode: cors',
    `X-Forwarded-For: ${addressOf(hit)}`,
    `CF-IPCountry: ${hit.country}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

interface Connection {
  socket: Socket
  dueAt: number
}

const END = Buffer.from('\r\n\r\n')
const COUNTED = Buffer.from('ounted')

function open(
  port: number,
  finished: (connection: Connection, status: number, isCounted: boolean) => void,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const connection: Connection = { socket, dueAt: 0 }
    let rest: Buffer = Buffer.alloc(0)
    socket.once('connect', () => resolve(connection))
    socket.once('error', reject)
    socket.on('data', (chunk: Buffer) => {
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const head = all.indexOf(END)
      if (head < 0 || all.length < head + 4 + bodyLength(all, head)) {
        rest = all
        return
      }
      rest = Buffer.alloc(0)
      finished(connection, Number(all.toString('latin1', 9, 12)), all.includes(COUNTED))
    })
  })
}

/** A 202 has an empty body here. */
function bodyLength(answer: Buffer, head: number): number {
  if (answer[9] === 50) return 0
  const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, head))?.[1]
  return Number(length ?? 0)
}

if (import.meta.main) {
  const asked = order.parse(JSON.parse(process.argv[2] ?? ''))
  const result = await load(asked)
  process.send?.(result, () => process.exit(0))
}
