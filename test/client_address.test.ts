import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { edgeAddress } from '../collector/client_address.ts'
import { createNodeClients, incomingOf } from '../collector/client_address_node.ts'

/** What a real server behind `trustProxy` makes of a request with these headers, sent from loopback. */
async function ask(trustProxy: string[], headers: Record<string, string> = {}) {
  const { clientAddress, isProxied } = createNodeClients({ trustProxy })
  const server = createServer((message, outgoing) => {
    const incoming = incomingOf(message)
    outgoing.end(JSON.stringify([clientAddress(incoming), isProxied(incoming)]))
  }).listen(0, '127.0.0.1')
  if (!server.listening) await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo // A server that listens on TCP has one.
    return await (await fetch(`http://127.0.0.1:${port}/`, { headers })).json()
  } finally {
    server.close()
  }
}

describe('on Node', () => {
  test('without trusted proxies it is the socket’s, whatever headers say', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9' }
    expect(await ask([], headers)).toEqual(['127.0.0.1', false])
  })

  test('behind a trusted proxy it is what the proxy says', async () => {
    expect(await ask(['loopback'], { 'x-forwarded-for': '203.0.113.9' })).toEqual(['203.0.113.9', true])
    expect(await ask(['127.0.0.0/8'], { 'x-forwarded-for': '2001:db8::9' })).toEqual(['2001:db8::9', true])
    expect(await ask(['loopback'])).toEqual(['127.0.0.1', true])
  })

  test('a client cannot put an address in front of the proxy’s', async () => {
    expect(await ask(['loopback'], { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })).toEqual(['203.0.113.9', true])
    const chain = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.0.0.2' }
    expect(await ask(['loopback', '10.0.0.0/8'], chain)).toEqual(['203.0.113.9', true])
  })

  test('a proxy that is not among the trusted is not believed', async () => {
    expect(await ask(['10.0.0.0/8'], { 'x-forwarded-for': '203.0.113.9' })).toEqual(['127.0.0.1', false])
  })

  test.each([
    ['linklocal', '169.254.7.7'],
    ['linklocal', 'fe80::1'],
    ['uniquelocal', '172.31.0.1'],
    ['uniquelocal', '192.168.1.1'],
    ['uniquelocal', 'fd00::1'],
    ['loopback', '::1'],
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.0/24', '::ffff:192.0.2.9'],
    ['2001:db8::/32', '2001:db8:1::9'],
    ['2001:db8::7', '2001:db8::7'],
  ])('%s takes in %s', async (proxy, address) => {
    const chain = { 'x-forwarded-for': `203.0.113.9,${address}` }
    expect(await ask(['127.0.0.1', proxy], chain)).toEqual(['203.0.113.9', true])
  })

  test.each([
    ['192.0.2.7', '192.0.2.8'],
    ['192.0.2.0/24', '192.0.3.1'],
    ['2001:db8::/32', '2001:db9::1'],
    ['uniquelocal', '172.32.0.1'],
  ])('%s does not take in %s', async (proxy, address) => {
    const chain = { 'x-forwarded-for': `203.0.113.9, ${address}` }
    expect(await ask(['127.0.0.1', proxy], chain)).toEqual([address, true])
  })

  test('where all are proxies it is the first of them', async () => {
    expect(await ask(['loopback', '10.0.0.0/8'], { 'x-forwarded-for': '10.0.0.1, 10.0.0.2' })).toEqual([
      '10.0.0.1',
      true,
    ])
  })

  test('what is no address is none', async () => {
    expect(await ask(['loopback'], { 'x-forwarded-for': 'unknown' })).toEqual(['127.0.0.1', true])
    expect(await ask(['loopback'], { 'x-forwarded-for': '::ffff:203.0.113.9' })).toEqual(['203.0.113.9', true])
  })

  test.each(['everyone', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/', '0.0.0.0/0', '::/0', '::1/129'])(
    '%s, which is no subnet or all of them, is refused at the start',
    (proxy) => {
      expect(() => createNodeClients({ trustProxy: [proxy] })).toThrow(TypeError)
    },
  )
})

test('at the edge it is what Cloudflare says', async () => {
  const app = new Hono().get('/', (context) => context.text(edgeAddress(context) ?? 'none'))
  const headers = { 'cf-connecting-ip': '203.0.113.9', 'x-forwarded-for': '198.51.100.1' }
  expect(await (await app.request('/', { headers })).text()).toBe('203.0.113.9')
  expect(await (await app.request('/')).text()).toBe('none')
})
