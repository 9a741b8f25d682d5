import { describe, expect, test } from 'vitest'
import { createBindingRateLimit, createRateLimit, FORGET_EVERY } from '../collector/rate_limit.ts'

const NOW = Date.parse('2026-03-14T10:00:30Z')

function sendUntilRefused(limit: ReturnType<typeof createRateLimit>, address: string, site = 1, now = NOW): number {
  for (let sent = 0; sent < 2_000; sent++) if (limit.allows(site, address, now) !== true) return sent
  return Number.POSITIVE_INFINITY
}

describe('in memory', () => {
  test('600 events a minute come through from an address', () => {
    expect(sendUntilRefused(createRateLimit({ exemptLoopback: true }), '203.0.113.9')).toBe(600)
  })

  test('addresses and sites are limited each by itself', () => {
    const limit = createRateLimit({ exemptLoopback: true, perMinute: 3 })
    expect(sendUntilRefused(limit, '203.0.113.9')).toBe(3)
    expect(sendUntilRefused(limit, '203.0.113.10')).toBe(3)
    expect(sendUntilRefused(limit, '203.0.113.9', 2)).toBe(3)
  })

  test('a new minute begins anew', () => {
    const limit = createRateLimit({ exemptLoopback: true, perMinute: 3 })
    sendUntilRefused(limit, '203.0.113.9')
    expect(limit.allows(1, '203.0.113.9', NOW + 1_000)).toBe(false)
    expect(limit.allows(1, '203.0.113.9', NOW + 60_000)).toBe(true)
  })

  test('an address is forgotten within a minute though nobody comes any more, and not at once', () => {
    for (let second = 0; second < 120; second++) {
      const limit = createRateLimit({ exemptLoopback: true, perMinute: 3 })
      const then = NOW + second * 1_000
      sendUntilRefused(limit, '203.0.113.9', 1, then)
      limit.forget(then + 1)
      // Asked about the time when it was known: only a hash that is still there can refuse.
      expect(limit.allows(1, '203.0.113.9', then)).toBe(false)
      for (let at = then + (second % 5) * 1_000; at <= then + 60_000; at += FORGET_EVERY) limit.forget(at)
      expect(limit.allows(1, '203.0.113.9', then), `${second}`).toBe(true)
    }
  })

  test('beyond 100,000 addresses new ones are limited together with those beside them', () => {
    const limit = createRateLimit({ exemptLoopback: true, perMinute: 3 })
    expect(limit.allows(1, '203.0.113.9', NOW)).toBe(true)
    for (let n = 0; n < 100_000; n++) limit.allows(1, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, NOW)
    expect(sendUntilRefused(limit, '192.0.2.1')).toBe(3)
    expect(limit.allows(1, '192.0.2.2', NOW)).toBe(false)
    expect(sendUntilRefused(limit, '2001:db8:7:1::1')).toBe(3)
    expect(limit.allows(1, '2001:db8:7:2::1', NOW)).toBe(false)
    // Who was known before has a count of its own.
    expect(sendUntilRefused(limit, '203.0.113.9')).toBe(2)
  })

  test('one network of IPv6 is one client, however it is written', () => {
    const limit = createRateLimit({ exemptLoopback: true, perMinute: 3 })
    expect(sendUntilRefused(limit, '2001:db8:0:7::1')).toBe(3)
    expect(limit.allows(1, '2001:db8:0:7:aaaa:bbbb:cccc:dddd', NOW)).toBe(false)
    expect(limit.allows(1, '2001:0DB8:0000:0007::9', NOW)).toBe(false)
    expect(limit.allows(1, '2001:db8:0:8::1', NOW)).toBe(true)
  })

  test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])(
    'loopback %s is exempt unless a proxy may be there',
    (address) => {
      expect(sendUntilRefused(createRateLimit({ exemptLoopback: true, perMinute: 3 }), address)).toBe(
        Number.POSITIVE_INFINITY,
      )
      expect(sendUntilRefused(createRateLimit({ exemptLoopback: false, perMinute: 3 }), address)).toBe(3)
    },
  )
})

describe('on Workers', () => {
  const asked: string[] = []
  const binding = { limit: async ({ key }: { key: string }) => ({ success: asked.push(key) <= 2 }) }

  test('the binding decides, by a key that holds no address and changes with the minute', async () => {
    const limit = createBindingRateLimit({ binding, secret: 'a secret' })
    expect(await limit.allows(1, '203.0.113.9', NOW)).toBe(true)
    expect(await limit.allows(1, '203.0.113.9', NOW + 1)).toBe(true)
    expect(await limit.allows(1, '203.0.113.9', NOW + 60_000)).toBe(false)
    expect(asked[0]).toBe(asked[1])
    expect(asked[2]).not.toBe(asked[0])
    expect(asked.join()).not.toContain('203.0.113.9')
  })
})
