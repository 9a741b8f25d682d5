// The Node entry's HTTP server, with bounds on what one client can cost: who sends slowly, floods headers or never reads
// an answer. Opened by server.ts; tests open one with shorter bounds.

import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as elapsed } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { type AnswerFast, createFastPath } from './http_fast_path.ts'

/** What answers, whatever is asked. */
export interface Answering {
  fetch: Parameters<typeof getRequestListener>[0]
  /** Answers whole, plain requests that it knows before Node has read them; within the same bounds. */
  answerFast?: AnswerFast
}

/** Times in milliseconds. Node's own defaults leave a connection open for minutes, and their number to chance. */
export const HTTP_LIMITS = {
  /** Request line and headers together; beyond it 431. An event needs about 1 KB, the cookies of a shared host a few more. */
  headerBytes: 16_384,
  /** From the connection, or the request before it, to the last header: a drip of headers ends here with 408. */
  headersWithin: 10_000,
  /** To the last byte of the body, at most 8 KB of an event: slow phones need a second or two. */
  requestWithin: 15_000,
  /** How often the two bounds above are looked after, so they may be late by as much. */
  lookEvery: 2_500,
  /** Above the 60 s for which nginx and load balancers keep a connection: who closes first must be the proxy, not we. */
  idleFor: 65_000,
  /** A connection on which nothing moves, such as a client that does not read its answer. Statements end after 10 s. */
  silentFor: 30_000,
  /** More are closed as they come. A proxy at full load has some hundred; 2,000 slow ones cost about 60 MB. */
  connections: 2_000,
  /**
   * Requests of one connection that wait for their answers; one more ends it. No browser and no proxy sends the next
   * before the answer, and Node itself would take in thousands from each, at some 10 KB of memory.
   */
  pipelined: 4,
  /** What a stop leaves to requests that have begun. */
  farewell: 3_000,
}

export interface HttpServer {
  port: number
  /** How many are open. */
  connections(): Promise<number>
  /** Lets requests that have begun end, takes no new connection, and cuts what is left after the farewell. */
  close(): Promise<void>
}

/** Listens on a host and port (0: any free one). Rejects as node:net does, EADDRINUSE for a port that is taken. */
export async function openHttpServer({
  fetch,
  answerFast = () => undefined,
  host,
  port,
  limits = HTTP_LIMITS,
}: Answering & {
  host: string
  port: number
  limits?: typeof HTTP_LIMITS
}): Promise<HttpServer> {
  const fastPath = createFastPath({
    answer: answerFast,
    longestHead: limits.headerBytes,
    idleFor: limits.idleFor,
    now: Date.now,
  })
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersWithin,
      requestTimeout: limits.requestWithin,
      connectionsCheckingInterval: limits.lookEvery,
      keepAliveTimeout: limits.idleFor,
    },
    withoutPipelines({
      listener: getRequestListener(fetch, { hostname: host }),
      most: limits.pipelined,
      answered: fastPath.answered,
    }),
  )
  server.maxConnections = limits.connections
  server.timeout = limits.silentFor
  server.on('connection', fastPath.open)
  await listening(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
      }),
    async close() {
      const farewell = elapsed(limits.farewell, undefined, { ref: false })
      // Node would end a connection at once that waits for a fast answer: it looks idle.
      await Promise.race([fastPath.close(), farewell])
      await closed(server, farewell)
    },
  }
}

function withoutPipelines({ listener, most, answered }: Pipelined): RequestListener {
  const waiting = new WeakMap<Socket, number>()
  return (incoming, outgoing) => {
    const { socket } = incoming
    const before = waiting.get(socket) ?? 0
    if (socket.destroyed || before >= most) return void socket.destroy()
    waiting.set(socket, before + 1)
    outgoing.once('close', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1)
      answered(socket)
    })
    return listener(incoming, outgoing)
  }
}

interface Pipelined {
  listener: RequestListener
  /** Requests of one connection that wait for their answers. */
  most: number
  answered: (socket: Socket) => void
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Without the cut one client that drips its request would hold the stop up until it ends unclean. */
function closed(server: Server, farewell: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const ending = setInterval(() => server.closeIdleConnections(), 50)
    farewell.then(() => server.closeAllConnections())
    server.close(() => {
      clearInterval(ending)
      resolve()
    })
  })
}
