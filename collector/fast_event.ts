// The fast path of an event on Node: as browsers send it, it is taken from the bytes of its connection, past Request and
// Response and Node's own request, whose making costs more than counting it. All else goes the way of every request.
import type { Socket } from 'node:net'
import type { Answer, Collector } from './app.ts'
import type { Incoming } from './client_address_node.ts'
import { LIMITS } from './contract.ts'
import type { Sender } from './sender.ts'

interface FastEventsDeps {
  take: Collector['take']
  senderOf: (incoming: Incoming) => Sender
  /** Where events are taken. */
  path: string
}

interface Request {
  method: string
  target: string
  header(name: string): string | undefined
  body: Uint8Array
}

/** Answers usual events, and no other request. */
export function createFastEvents({ take, senderOf, path }: FastEventsDeps) {
  return ({ method, target, header, body }: Request, socket: Socket): Promise<Answer> | undefined => {
    const isUsual = method === 'POST' && target === path && body.length <= LIMITS.bodyBytes
    if (!isUsual || !HOST.test(header('host') ?? '')) return undefined
    return take(senderOf({ header, socket }), { bytes: body })
  }
}

/** What @hono/node-server makes no URL of to see whether it is one; it refuses some of the others. */
const HOST = /^[a-z0-9._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/
