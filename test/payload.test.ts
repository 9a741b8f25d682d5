import { describe, expect, test } from 'vitest'
import { LIMITS } from '../collector/contract.ts'
import { readPayload } from '../collector/payload.ts'

const bytes = (body: string) => new TextEncoder().encode(body).buffer
const read = (body: unknown) => readPayload(bytes(typeof body === 'string' ? body : JSON.stringify(body)))

function accepted(body: unknown) {
  const answer = read(body)
  if ('error' in answer) throw new Error(answer.error)
  return answer.payload
}

function refused(body: unknown): string {
  const answer = read(body)
  if ('payload' in answer) throw new Error('accepted')
  return answer.error
}

const pageview = { n: 'pageview', u: 'https://example.com/', d: 'example.com' }

describe('payloads of the public Plausible Events API are accepted as they are', () => {
  test('the example of its documentation', () => {
    const payload = accepted('{"name":"pageview","url":"http://dummy.site","domain":"dummy.site"}')
    expect(payload).toMatchObject({ name: 'pageview', domain: 'dummy.site', referrer: '', signals: undefined })
    expect(payload.url.href).toBe('http://dummy.site/')
  })

  test('a tracker with short keys, nulls and keys of its own', () => {
    const payload = accepted({ ...pageview, r: null, w: 1440, h: 0, v: 24, i: false, sd: 40, sb: 1, e: 3000 })
    expect(payload).toMatchObject({ name: 'pageview', referrer: '', properties: {}, signals: undefined })
  })

  test('a custom event with properties, revenue and a screen width', () => {
    const payload = accepted({
      name: 'Purchase',
      url: 'https://example.com/checkout',
      domain: 'example.com',
      referrer: 'https://www.google.com/',
      props: { plan: 'pro', amount: 3, logged_in: true, coupon: null },
      revenue: { currency: 'EUR', amount: '13.29' },
      screen_width: 1440,
    })
    expect(payload).toMatchObject({
      name: 'Purchase',
      referrer: 'https://www.google.com/',
      properties: { plan: 'pro', amount: 3, logged_in: true, coupon: null },
    })
  })

  test.each([
    ['app://localhost/login', 'localhost', '/login'],
    ['app://LocalHost/a/../login?utm_source=x', 'localhost', '/login'],
    ['App://com.example.app', 'com.example.app', '/'],
  ])('the screen %s of an app, which its documentation shows, is an address like a page’s', (u, hostname, pathname) => {
    expect(accepted({ ...pageview, u }).url).toMatchObject({ hostname, pathname })
  })

  test.each(['p', 'props', 'm', 'meta'])('properties under %s, as an object or as JSON', (key) => {
    expect(accepted({ ...pageview, [key]: { plan: 'pro' } }).properties).toEqual({ plan: 'pro' })
    expect(accepted({ ...pageview, [key]: '{"plan":"pro"}' }).properties).toEqual({ plan: 'pro' })
  })
})

describe('the fields of Sundial’s own tracker', () => {
  test('are read', () => {
    const l = 'https://example.com/landing?a=1'
    expect(accepted({ ...pageview, s: { v: 1, r: 1, e: 1, g: [3, 12], t: [3, 60.5], l } }).signals).toEqual({
      startsVisit: true,
      reload: true,
      engages: true,
      pageSeconds: [3, 12],
      sessionSeconds: [3, 60.5],
      entry: new URL(l),
    })
  })

  test('may be left out one by one', () => {
    expect(accepted({ ...pageview, s: {} }).signals).toEqual({
      startsVisit: false,
      reload: false,
      engages: false,
      pageSeconds: undefined,
      sessionSeconds: undefined,
      entry: undefined,
    })
    for (const l of [null, '']) expect(accepted({ ...pageview, s: { l } }).signals?.entry).toBeUndefined()
  })

  test('name no entry page where its address is longer than a page’s, and no event is lost over it', () => {
    const longest = 'https://example.com/'.padEnd(LIMITS.url, 'x')
    expect(accepted({ ...pageview, s: { e: 1, l: longest } }).signals?.entry).toEqual(new URL(longest))
    const { entry, engages } = accepted({ ...pageview, s: { e: 1, l: `${longest}x` } }).signals ?? {}
    expect([entry, engages]).toEqual([undefined, true])
  })

  test('name an entry page that is a screen of an app as they name a page', () => {
    const s = { l: 'app://LocalHost/welcome' }
    expect(accepted({ ...pageview, s }).signals?.entry).toMatchObject({ hostname: 'localhost', pathname: '/welcome' })
  })
})

test('the domain is compared in lower case', () => {
  expect(accepted({ ...pageview, d: ' Example.COM' }).domain).toBe('example.com')
})

test('timestamps are no part of the wire', () => {
  const stamped = { timestamp: 0, ts: '1999-01-01', time: -1, date: '1999-01-01' }
  expect(accepted({ ...pageview, ...stamped })).toEqual(accepted(pageview))
})

describe('a refusal is a sentence that names the field', () => {
  test.each<[sentence: string, body: unknown]>([
    ['the body is not JSON', ''],
    ['the body is not JSON', 'n=pageview'],
    ['the body is not JSON', '{"n":"pageview"'],
    ['the body is not JSON', '{"n":"pageview","u":"https://example.com/","d":"example.com","s":{"g":[0,NaN]}}'],
    ['the body must be a JSON object', '[]'],
    ['the body must be a JSON object', 'null'],
    ['the body must be a JSON object', '"pageview"'],
    ['name (or n) is missing', { u: pageview.u, d: pageview.d }],
    ['name (or n) is missing', { ...pageview, n: '' }],
    ['name (or n) has no visible character', { ...pageview, n: '\u200B\u0000' }],
    ['n must be a text', { ...pageview, n: 7 }],
    ['name must be a text', { ...pageview, name: {} }],
    ['n must be at most 120 characters long', { ...pageview, n: 'x'.repeat(LIMITS.name + 1) }],
    ['domain (or d) is missing', { n: 'pageview', u: pageview.u }],
    ['d must be a text', { ...pageview, d: ['example.com'] }],
    ['domain must be at most 253 characters long', { ...pageview, domain: 'x'.repeat(LIMITS.domain + 1) }],
    ['url (or u) is missing', { n: 'pageview', d: 'example.com' }],
    ['url (or u) is missing', { ...pageview, u: null }],
    ['u must be a text', { ...pageview, u: 404 }],
    ['u must be at most 2048 characters long', { ...pageview, u: `https://example.com/${'x'.repeat(LIMITS.url)}` }],
    ['url (or u) must be an absolute address', { ...pageview, u: '/pricing' }],
    ['url (or u) must be an absolute address', { ...pageview, u: '//example.com/pricing' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'example.com/pricing' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'https://' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'https://exa mple.com/' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'https://example.com:99999/' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'app:localhost/home' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'app://' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'myapp://localhost/home' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'file:///home/ann/index.html' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'data:text/html,hello' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'javascript:alert(1)' }],
    ['url (or u) must be an absolute address', { ...pageview, u: 'about:blank' }],
    ['r must be a text', { ...pageview, r: { host: 'google.com' } }],
    ['p must be an object', { ...pageview, p: 7 }],
    ['p must be an object', { ...pageview, p: ['plan'] }],
    ['p must be an object', { ...pageview, p: 'plan=pro' }],
    ['p must be an object', { ...pageview, p: '["plan"]' }],
    ['props must be an object', { ...pageview, props: { plan: { name: 'pro' } } }],
    ['props must be an object', { ...pageview, props: { plan: ['pro'] } }],
    [
      'p must hold at most 30 properties',
      { ...pageview, p: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`p${n}`, n])) },
    ],
    ['s must be an object', { ...pageview, s: 1 }],
    ['s must be an object', { ...pageview, s: 'v' }],
    ['s.v must be 0 or 1', { ...pageview, s: { v: 2 } }],
    ['s.e must be 0 or 1', { ...pageview, s: { e: true } }],
    ['s.g must be two numbers', { ...pageview, s: { g: 12 } }],
    ['s.g must be two numbers', { ...pageview, s: { g: [12] } }],
    ['s.g must be two numbers', { ...pageview, s: { g: [0, 10, 20] } }],
    ['s.g must be two numbers', { ...pageview, s: { g: [-1, 10] } }],
    ['s.g must be two numbers', { ...pageview, s: { g: [0, '10'] } }],
    ['s.g must be two numbers', { ...pageview, s: { g: [0, null] } }],
    ['s.t must be two numbers', { ...pageview, s: { t: [20, 10] } }],
    ['s.t must be two numbers', { ...pageview, s: { t: [0, 1e12] } }],
    ['s.l must be a text', { ...pageview, s: { l: ['https://example.com/'] } }],
    ['s.l must be an absolute address', { ...pageview, s: { l: `/landing/${'x'.repeat(LIMITS.url)}` } }],
    ['s.l must be an absolute address', { ...pageview, s: { l: '/landing' } }],
    ['s.l must be an absolute address', { ...pageview, s: { l: 'javascript:alert(1)' } }],
    ['s.l must be an absolute address', { ...pageview, s: { l: 'https://' } }],
    ['s.t must be two numbers', '{"n":"pageview","u":"https://example.com/","d":"example.com","s":{"t":[0,1e999]}}'],
  ])('%s', (sentence, body) => {
    expect(refused(body)).toContain(sentence)
  })

  test('the body is not UTF-8', () => {
    const body = new Uint8Array([...new TextEncoder().encode('{"n":"pageview'), 0xff, 0xfe])
    expect(readPayload(body.buffer)).toEqual({ error: 'the body is not UTF-8' })
  })

  test('and never quotes a value or a property’s name', () => {
    const canary = 'canary-ann@example.org'
    const bodies = [
      canary,
      { ...pageview, n: canary.repeat(20) },
      { ...pageview, u: canary },
      { ...pageview, r: [canary] },
      { ...pageview, d: canary.repeat(20) },
      { ...pageview, p: { [canary]: [canary] } },
      { ...pageview, p: canary },
      { ...pageview, s: canary },
      { ...pageview, s: { v: canary, g: canary } },
      { ...pageview, s: { l: canary } },
      { ...pageview, s: { l: `file:///${canary}` } },
      { ...pageview, [canary]: canary, n: 1 },
    ]
    for (const body of bodies) expect(refused(body)).not.toContain('canary')
  })
})

describe('keys that could reach an object’s prototype are refused', () => {
  const start = '{"n":"pageview","u":"https://example.com/","d":"example.com"'

  test.each([
    [`${start},"__proto__":{"polluted":1}}`],
    [`${start},"p":{"__proto__":{"polluted":1}}}`],
    [`${start},"p":{"__proto__":"x"}}`],
    [`${start},"p":"{\\"__proto__\\":\\"x\\"}"}`],
    [`${start},"s":{"__proto__":{"v":1}}}`],
    [`${start},"\\u005f_proto__":{"polluted":1}}`],
    [`${start},"__pr\\u006fto__":{"polluted":1}}`],
    [`${start},"p":{"constructor":{"prototype":{"polluted":1}}}}`],
  ])('%s', (body) => {
    refused(body)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test('but an address may contain the word', () => {
    expect(accepted({ ...pageview, u: 'https://example.com/blog/__proto__' }).url.pathname).toBe('/blog/__proto__')
  })
})

describe('an event of the tracker’s keys alone is read as the schema reads it', () => {
  const texts = [
    '',
    'pageview',
    'engagement',
    'https://example.com/',
    'example.com',
    'x'.repeat(LIMITS.name + 1),
    'x'.repeat(LIMITS.domain + 1),
    `https://example.com/${'x'.repeat(LIMITS.url)}`,
  ]
  const others = [
    null,
    0,
    1,
    2,
    -1,
    true,
    [],
    {},
    [0, 1],
    [1, 0],
    [0, 1, 2],
    [0, '1'],
    [-1, 1],
    [0, 604_801],
    [0.5, 604_800],
    ['0', 1],
  ]
  const values = [...texts, ...others]
  const inSignals = ['v', 'r', 'e', 'g', 't', 'l', '__proto__x', 'constructor']
  const fields = ['n', 'u', 'd', 'r', 's', 'p', 'name', 'x', ...inSignals.map((key) => `s.${key}`)]

  test.each(fields)('whatever %s is', (field) => {
    const [outer = '', inner] = field.split('.')
    for (const value of values) {
      const body = { ...pageview, r: 'https://www.google.com/', s: { v: 1, g: [0, 12] } }
      const changed = { ...body, [outer]: inner === undefined ? value : { ...body.s, [inner]: value } }
      // With a key that no tracker sends it is the schema's.
      expect(read(changed), JSON.stringify(changed)).toEqual(read({ ...changed, zzz: 1 }))
    }
  })
})
