// Requests to addresses that people have typed: to which machines they may go, and what is taken from the answer. The servers
// are real and on this machine, so the tests say where a public address leads; what is refused is refused before that.
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createServer as createSecureServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OutboundError, type OutboundRequest } from '../dashboard/outbound.ts'
import { createNodeOutbound, type Dialled, dial, isPublic, type NodeOutboundDeps } from '../dashboard/outbound_node.ts'
import { createWebOutbound } from '../dashboard/outbound_web.ts'

const PUBLIC = '93.184.215.14'

let server: Server
let port: number
const asked: { path: string; headers: Record<string, unknown>; body: string }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      asked.push({ path: request.url ?? '', headers: request.headers, body })
      if (request.url === '/silent') return
      if (request.url === '/elsewhere') response.writeHead(302, { Location: 'http://127.0.0.1/' }).end()
      else if (request.url === '/packed') response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('x')
      else if (request.url === '/long') response.end('x'.repeat(100_000))
      else response.writeHead(200, { 'X-Seen': 'yes' }).end('hello')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = portOf(server.address())
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('listens at no port')
  return address.port
}

const request = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'GET',
  url: new URL(url),
  headers: {},
  atMost: 1000,
  ...more,
})

/** Dials the test's server, whatever public address was looked at, and remembers which. */
function outboundTo(deps: NodeOutboundDeps = {}) {
  const dialled: Dialled[] = []
  const outbound = createNodeOutbound({
    resolve: async () => [PUBLIC],
    connect(to) {
      dialled.push(to)
      return connect({ host: '127.0.0.1', port })
    },
    ...deps,
  })
  return { outbound, dialled }
}

async function problem(asking: Promise<unknown>): Promise<string> {
  try {
    await asking
    return 'answered'
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return error.code
  }
}

describe('an address', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.51.100.7',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'localhost',
  ])('%s is not public', (address) => {
    expect(isPublic(address)).toBe(false)
  })

  test.each(['93.184.215.14', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => {
      expect(isPublic(address)).toBe(true)
    },
  )
})

describe('a request', () => {
  test('goes to the address that was looked at, with the name that was asked for', async () => {
    const { outbound, dialled } = outboundTo()
    const answer = await outbound.ask(request('http://site.example:8080/page?a=1', { headers: { 'User-Agent': 'x' } }))
    expect(answer).toMatchObject({ status: 200, body: 'hello', cut: false })
    expect(answer.headers.get('x-seen')).toBe('yes')
    expect(dialled).toEqual([{ address: PUBLIC, port: 8080, secure: false, hostname: 'site.example' }])
    expect(asked.at(-1)).toMatchObject({ path: '/page?a=1', headers: { host: 'site.example:8080', 'user-agent': 'x' } })
    expect(asked.at(-1)?.headers).not.toHaveProperty('cookie')
  })

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
  ])('to %s connects to nothing', async (url) => {
    const { outbound, dialled } = outboundTo({ resolve: () => Promise.reject(new Error('not to be asked')) })
    expect(await problem(outbound.ask(request(url)))).toBe('private')
    expect(dialled).toEqual([])
  })

  test('to a name with one private address among its own connects to nothing', async () => {
    for (const addresses of [['127.0.0.1'], [PUBLIC, '10.0.0.1'], [PUBLIC, '::1']]) {
      const { outbound, dialled } = outboundTo({ resolve: async () => addresses })
      expect(await problem(outbound.ask(request('http://rebound.example/')))).toBe('private')
      expect(dialled).toEqual([])
    }
  })

  test('asks for a name once: one that changes its mind gains nothing', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']]
    const { outbound, dialled } = outboundTo({ resolve: async () => answers.shift() ?? [] })
    await outbound.ask(request('http://rebound.example/'))
    expect(dialled.map(({ address }) => address)).toEqual([PUBLIC])
    expect(answers).toHaveLength(1)
  })

  test('really reaches no loopback server as it runs in production', async () => {
    const before = asked.length
    expect(await problem(createNodeOutbound().ask(request(`http://localhost:${port}/`)))).toBe('private')
    expect(await problem(createNodeOutbound().ask(request(`http://127.0.0.1:${port}/`)))).toBe('private')
    expect(await problem(createWebOutbound().ask(request(`http://localhost:${port}/`)))).toBe('private')
    expect(await problem(createWebOutbound().ask(request(`http://[::1]:${port}/`)))).toBe('private')
    expect(asked).toHaveLength(before)
  })

  test('follows no redirect', async () => {
    const { outbound } = outboundTo()
    expect((await outbound.ask(request('http://site.example/elsewhere'))).status).toBe(302)
  })

  test('takes so much of the answer and no more, and none of one that is packed', async () => {
    const { outbound } = outboundTo()
    const long = await outbound.ask(request('http://site.example/long'))
    expect([long.body.length, long.cut]).toEqual([1000, true])
    expect(await outbound.ask(request('http://site.example/long', { atMost: 0 }))).toMatchObject({ body: '' })
    expect(await problem(outbound.ask(request('http://site.example/packed')))).toBe('unreadable')
  })

  test('gives up on who does not answer, be it the server or the name', async () => {
    const silent = outboundTo({ timeout: 200 })
    expect(await problem(silent.outbound.ask(request('http://site.example/silent')))).toBe('timeout')
    const nameless = outboundTo({ timeout: 200, resolve: () => new Promise(() => {}) })
    expect(await problem(nameless.outbound.ask(request('http://site.example/')))).toBe('timeout')
  })

  test('says that a name leads nowhere, and that nothing answers', async () => {
    const gone = outboundTo({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await problem(gone.outbound.ask(request('http://gone.example/')))).toBe('unknown')
    const closed = outboundTo({ connect: () => connect({ host: '127.0.0.1', port: 1 }) })
    expect(await problem(closed.outbound.ask(request('http://site.example/')))).toBe('unreachable')
  })
})

test('a connection over TLS asks the address that was looked at for the name that was typed', async () => {
  const names: string[] = []
  const secure = createSecureServer({
    SNICallback(name, answer) {
      names.push(name)
      answer(new Error('no certificate here'))
    },
  })
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
  const to = { address: '127.0.0.1', port: portOf(secure.address()), secure: true, hostname: 'hooks.example' }
  const { outbound } = outboundTo({ connect: () => dial(to) })
  expect(await problem(outbound.ask(request('https://hooks.example/')))).not.toBe('answered')
  expect(names).toEqual(['hooks.example'])
  secure.close()
})
