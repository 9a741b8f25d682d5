// The short way of an event on Node: as browsers send it, it is taken straight from the server's own request, past Request
// and Response, whose making costs more than reading it. All else goes the way of every request. The entry makes it.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Answer, Body, Collector } from './app.ts'
import { LIMITS } from './contract.ts'
import type { Sender } from './sender.ts'

interface EventListenerDeps {
  take: Collector['take']
  senderOf: (incoming: IncomingMessage) => Sender
  /** Where events are taken. */
  path: string
}

/** A listener that answers usual events, and leaves every other request to the one it is given. */
export function createEventListener({ take, senderOf, path }: EventListenerDeps) {
  return (otherwise: RequestListener): RequestListener =>
    (incoming, outgoing) => {
      if (incoming.method !== 'POST' || incoming.url !== path || !isPlain(incoming))
        return otherwise(incoming, outgoing)
      receive(incoming, async (body) => send(outgoing, await take(senderOf(incoming), body)))
    }
}

/** Of a length that is announced and allowed, and nothing about it that has to be looked at or answered before. */
function isPlain({ headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'] ?? Number.NaN)
  return length <= LIMITS.bodyBytes && headers.expect === undefined && HOST.test(headers.host ?? '')
}

/** What @hono/node-server makes no URL of to see whether it is one; it refuses some of the others. */
const HOST = /^[a-z0-9._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/

/** The server itself ends what comes too slowly, and what is longer than announced is another request. */
function receive(incoming: IncomingMessage, done: (body: Body) => void): void {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.once('end', () => {
    const [only] = chunks
    done({ bytes: only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks) })
  })
  incoming.once('close', () => {
    if (!incoming.readableEnded) done({ refused: 'invalid' })
  })
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  if (body === undefined) return void outgoing.writeHead(status, headers).end()
  // Not by writeHead: once the head is made, Node adds no length of what comes after it.
  outgoing.statusCode = status
  outgoing.setHeaders(new Map(Object.entries(headers)))
  outgoing.end(body)
}
