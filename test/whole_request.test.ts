// The reading of whole requests beside Node's own parser: of many thousand requests, as browsers send them and broken in
// every way that a seed finds, what it reads must be what Node reads, byte for byte, and one request alone.
import { createServer, type IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { type Chance, createChance } from '../dashboard/demo/chance.ts'
import { readWholeRequest } from '../dashboard/whole_request.ts'

const LONGEST_HEAD = 16_384
const CASES = 100_000

interface Seen {
  method: string | undefined
  target: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

/** What Node makes of the bytes of a connection: its requests, and whether it refuses the rest. */
async function asNode(bytes: Buffer): Promise<{ requests: Seen[]; isRefused: boolean }> {
  const requests: Seen[] = []
  let isRefused = false
  const server = createServer({ maxHeaderSize: LONGEST_HEAD }, (incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method, url: target, headers } = incoming
      requests.push({ method, target, headers, body: Buffer.concat(chunks).toString('latin1') })
      outgoing.end()
    })
  })
  server.on('clientError', (_, socket) => {
    isRefused = true
    socket.destroy()
  })
  const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
  server.emit('connection', socket)
  socket.push(bytes)
  // Twice: bodies and what they end are told in turns of their own.
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  socket.destroy()
  return { requests, isRefused }
}

const BODY = '{"n":"pageview","u":"https://example.com/","d":"example.com"}'
const NAMES = [
  'User-Agent',
  'Accept',
  'X-Forwarded-For',
  'Content-Type',
  'Origin',
  'DNT',
  'Cookie',
  '__proto__',
  'constructor',
]
const VALUES = [
  'example.com',
  '203.0.113.9, 10.0.0.1',
  'text/plain;charset=UTF-8',
  '',
  ' ',
  '1',
  'a:b',
  '\tx ',
  '"q"',
  'ö',
  '\x00',
  '\x7f',
]
const ODD_NAMES = [
  'Host',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Expect',
  'Upgrade',
  'TE',
  'Trailer',
  'Content-Length ',
  ' X',
  'X Y',
  'X\tY',
  '',
  'Ö',
]
const ODD_VALUES = [
  'chunked',
  'close',
  'keep-alive',
  'Keep-Alive',
  'upgrade',
  '100-continue',
  '0',
  '5',
  '61',
  '+61',
  '0x3d',
  '61, 61',
  '6 1',
  '',
]
const BREAKS = ['\r\n', '\n', '\r', '\r\n ', '\r\n\r\n', '\r\r\n', '\n\n', '\x00', ' ', '\t', ':', '0', 'a', '\xff']

const pick = <T>(chance: Chance, values: readonly T[]): T | undefined =>
  values[Math.floor(chance.next() * values.length)]

/** A request as it should be, then with some of what it should not. */
function requestOf(chance: Chance): Buffer {
  const lines = [
    pick(chance, ['POST /api/event HTTP/1.1', 'GET / HTTP/1.1', 'GET /x?y=z HTTP/1.1']),
    'Host: localhost',
    `Content-Length: ${BODY.length}`,
  ]
  for (let n = chance.times(2); n > 0; n--) lines.push(`${pick(chance, NAMES)}: ${pick(chance, VALUES)}`)
  if (chance.whether(0.3)) lines.push(`${pick(chance, ODD_NAMES)}:${pick(chance, ODD_VALUES)}`)
  if (chance.whether(0.1)) {
    lines[0] = pick(chance, [
      'POST /api/event HTTP/1.0',
      'post / HTTP/1.1',
      'GET http://a/ HTTP/1.1',
      'GET  / HTTP/1.1',
      'M-SEARCH * HTTP/1.1',
      'GET /\x80 HTTP/1.1',
    ])
  }
  let text = `${lines.join('\r\n')}\r\n\r\n${BODY}`
  for (let n = chance.whether(0.4) ? chance.times(1) : 0; n > 0; n--) {
    const at = Math.floor(chance.next() * text.length)
    text = text.slice(0, at) + pick(chance, BREAKS) + text.slice(at + (chance.whether(0.5) ? 1 : 0))
  }
  if (chance.whether(0.1)) text += pick(chance, ['x', '\r\n', text, 'GET / HTTP/1.1\r\n\r\n'])
  if (chance.whether(0.1)) text = text.slice(0, Math.floor(chance.next() * text.length))
  return Buffer.from(text, 'latin1')
}

test(`of ${CASES} requests, whatever is read is what Node reads, whole and alone`, async () => {
  const chance = createChance('whole requests')
  let read = 0
  for (let n = 0; n < CASES; n++) {
    const bytes = requestOf(chance)
    const whole = readWholeRequest(bytes, LONGEST_HEAD)
    if (whole === undefined) continue
    read++
    const { requests, isRefused } = await asNode(bytes)
    const names = requests.flatMap(({ headers }) => Object.keys(headers))
    const headers = Object.fromEntries(names.map((name) => [name, whole.header(name)]))
    const seen = { method: whole.method, target: whole.target, headers, body: whole.body.toString('latin1') }
    expect({ requests, isRefused }, bytes.toString('latin1')).toEqual({ requests: [seen], isRefused: false })
    expect(ODD_NAMES.filter((name) => !names.includes(name.toLowerCase()) && whole.header(name.toLowerCase()))).toEqual(
      [],
    )
  }
  expect(read).toBeGreaterThan(CASES / 10)
  expect(read).toBeLessThan(CASES / 2)
})

describe('a plain request is read', () => {
  test('with its names in lower case and its values as they are', () => {
    const whole = readWholeRequest(
      Buffer.from(`POST /api/event HTTP/1.1\r\nHost: a\r\nDNT:1 \r\nContent-Length: 2\r\n\r\n{}`),
      100,
    )
    expect(whole).toMatchObject({ method: 'POST', target: '/api/event', body: Buffer.from('{}') })
    expect(['host', 'dnt', 'content-length', 'accept'].map((name) => whole?.header(name))).toEqual([
      'a',
      '1',
      '2',
      undefined,
    ])
  })

  test('unless its head is longer than it may be', () => {
    const bytes = Buffer.from(`GET / HTTP/1.1\r\nHost: ${'a'.repeat(200)}\r\n\r\n`)
    expect([readWholeRequest(bytes, bytes.length), readWholeRequest(bytes, 100)]).toEqual([
      expect.anything(),
      undefined,
    ])
  })
})

/** Each would be read as something else, or as more than one request, by a proxy or a parser that is less strict. */
test.each([
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 2', '{}'],
  ['two lengths that differ', 'Content-Length: 2\r\ncontent-length: 3', '{}'],
  ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked', '{}'],
  ['a length with a space before the colon', 'Content-Length : 2', '{}'],
  ['a length with a sign', 'Content-Length: +2', '{}'],
  ['a length that is too short', 'Content-Length: 1', '{}'],
  ['a length that is too long', 'Content-Length: 3', '{}'],
  ['no length, and a body', 'A: b', '{}'],
  ['a line that ends in a bare line feed', 'A: b\nContent-Length: 2', '{}'],
  ['a line that goes on', 'A: b\r\n c\r\nContent-Length: 2', '{}'],
  ['a bare carriage return', 'A: b\rContent-Length: 2', '{}'],
  ['a byte of nothing', 'A: \0\r\nContent-Length: 2', '{}'],
  ['a connection that becomes another', 'Connection: Upgrade\r\nUpgrade: h2c', ''],
  ['a second host', 'Host: b', ''],
  ['more headers than anybody sends', Array.from({ length: 60 }, (_, n) => `x-${n}: y`).join('\r\n'), ''],
  ['an end of the connection', 'Connection: close', ''],
])('%s is left to Node', (_, lines, body) => {
  const bytes = Buffer.from(`POST /api/event HTTP/1.1\r\nHost: a\r\n${lines}\r\n\r\n${body}`, 'latin1')
  expect(readWholeRequest(bytes, LONGEST_HEAD)).toBeUndefined()
})
