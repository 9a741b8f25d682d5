// The fast path of Node's HTTP server: a whole request that the entry knows how to answer is taken off its connection
// before Node's parser sees it, which costs more than all the rest of an event. The parser gets every other byte, so
// connections stay Node's, with its bounds: one that waits for such an answer is idle to Node. http_server.ts opens it.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { readWholeRequest, type WholeRequest } from './whole_request.ts'

export interface FastAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body?: string
}

/** Undefined leaves the request to Node. The promise never rejects. */
export type AnswerFast = (request: WholeRequest, socket: Socket) => Promise<FastAnswer> | undefined

export interface FastPath {
  /** To be called when Node has taken up a connection. */
  open(socket: Socket): void
  /** Node has answered a request of this connection. */
  answered(socket: Socket): void
  /** Leaves all that comes now to Node; resolves when what was taken is answered. */
  close(): Promise<void>
}

/** Who has a request of a connection that is not answered yet. */
interface Turn {
  of: 'nobody' | 'node' | 'us'
}

interface FastPathDeps {
  answer: AnswerFast
  /** Bytes. */
  longestHead: number
  /** Milliseconds for which an idle connection stays open, as clients are told. */
  idleFor: number
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createFastPath({ answer, longestHead, idleFor, now }: FastPathDeps): FastPath {
  const textOf = createTextOf({ idleFor, now })
  const turns = new WeakMap<Socket, Turn>()
  let taken = 0
  let closed: (() => void) | undefined

  function open(socket: Socket): void {
    const [toNode, ...others] = socket.listeners('data')
    // Node reads a connection by one listener. Should that change, all is left to it.
    if (toNode === undefined || others.length > 0) return
    const turn: Turn = { of: 'nobody' }
    const early: Buffer[] = []
    let isNew = true

    function receive(bytes: Buffer): void {
      if (turn.of === 'us') return void wait(bytes)
      const isFree = turn.of === 'nobody' && closed === undefined && socket.writableLength === 0
      const request = isFree ? readWholeRequest(bytes, longestHead) : undefined
      if (request === undefined) return void leave(bytes)
      // Node bounds the time to the first request of a connection, so that one is Node's.
      const answering = isNew ? undefined : answer(request, socket)
      isNew = false
      turn.of = answering === undefined ? 'node' : 'us'
      if (answering === undefined) return void giveNode(bytes)
      taken++
      answering.then(send)
    }

    function send(answer: FastAnswer): void {
      taken--
      turn.of = 'nobody'
      if (socket.writable) socket.write(textOf(answer), answer.body === undefined ? 'latin1' : 'utf8')
      if (taken === 0) closed?.()
      if (early.length === 0 || socket.destroyed) return
      // First, so that what is read now may pause the connection again.
      socket.resume()
      receive(Buffer.concat(early.splice(0)))
    }

    /** Nobody has to send the next request before the answer; who does is answered in order, and read no further. */
    function wait(bytes: Buffer): void {
      early.push(bytes)
      socket.pause()
    }

    /** From here on where a request ends is for Node alone to know. */
    function leave(bytes: Buffer): void {
      socket.off('data', receive)
      socket.on('data', giveNode)
      turns.delete(socket)
      giveNode(bytes)
    }

    /** Never after the connection's end: its parser may be another connection's by then. */
    function giveNode(bytes: Buffer): void {
      if (toNode && !socket.destroyed) Reflect.apply(toNode, socket, [bytes])
    }

    turns.set(socket, turn)
    socket.removeAllListeners('data')
    socket.on('data', receive)
  }

  return {
    open,
    answered(socket) {
      const turn = turns.get(socket)
      if (turn?.of === 'node') turn.of = 'nobody'
    },
    close() {
      return new Promise((resolve) => {
        closed = resolve
        if (taken === 0) resolve()
      })
    },
  }
}

/** The bytes of an answer, as Node would send them. */
function createTextOf({ idleFor, now }: Pick<FastPathDeps, 'idleFor' | 'now'>): (answer: FastAnswer) => string {
  /** An answer without a body is the same for many requests. */
  const heads = new WeakMap<FastAnswer, string>()
  let [second, dated] = [Number.NaN, '']

  function headOf(answer: FastAnswer): string {
    const known = heads.get(answer)
    if (known !== undefined) return known
    const { status, headers } = answer
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}`
    heads.set(answer, head)
    return head
  }

  function endOfHead(): string {
    const present = Math.floor(now() / 1000)
    if (present !== second) {
      const date = new Date(present * 1000).toUTCString()
      dated = `Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(idleFor / 1000)}\r\n`
      second = present
    }
    return dated
  }

  return (answer) => {
    const { body } = answer
    if (body === undefined) return `${headOf(answer)}${endOfHead()}\r\n`
    return `${headOf(answer)}${endOfHead()}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  }
}
