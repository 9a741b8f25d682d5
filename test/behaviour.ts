// What the collector does, whatever it runs on: the same tests for Node and for workerd, over HTTP, with the counts read
// from the real engine. behaviour_node.test.ts and behaviour_workerd.test.ts start one each.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import { LIMITS } from '../collector/contract.ts'
import type { SiteChanges, Sites } from '../collector/sites.ts'
import type { ClickHouseServer } from './clickhouse_http.ts'
import { pairsOf, type Totals, textsOf, totalsOf, valuesOf } from './counts_server.ts'
import { BROWSER } from './server.ts'

/** What the edge, or a trusted proxy, says of a request's client. */
export interface Client {
  address: string
  country: string
}

export interface Sent {
  method: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
}

export interface RunningCollector {
  /** To a path of the collector. */
  fetch(path: string, request: Sent, client: Client): Promise<Response>
  sites: Pick<Sites, 'byDomain'>
  counts: Counts
  clickhouse: ClickHouseServer
  close(): Promise<void>
}

export type StartCollector = (sites: readonly ({ domain: string } & SiteChanges)[]) => Promise<RunningCollector>

/** A site for each group of tests, so that no test counts for another. */
const SITES = [
  { domain: 'taken.example' },
  { domain: 'plausible.example', properties: ['plan'] },
  { domain: 'headers.example' },
  { domain: 'dropped.example' },
  { domain: 'bad.example' },
  { domain: 'limits.example' },
  { domain: 'fives.example' },
  { domain: 'noted.example', properties: ['plan', 'amount:10,50'] },
  { domain: 'totals.example' },
  { domain: 'away.example' },
  { domain: 'entry.example' },
]

/** No cookie, no validator that a browser would send back, nowhere to report to; the same for everybody. */
const HARMLESS = new Set([
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'allow',
  'cache-control',
  'cf-cache-status',
  'connection',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'referrer-policy',
  'retry-after',
  'sundial-outcome',
  'transfer-encoding',
  'vary',
  'x-content-type-options',
  'x-frame-options',
])

/** What the local runtime adds for itself, mf-*, never leaves this machine. */
function otherThanHarmless(headers: Headers): string[] {
  return [...headers.keys()].filter((name) => !HARMLESS.has(name) && !name.startsWith('mf-'))
}

const NOBODY: Client = { address: '192.0.2.1', country: 'FR' }
/** A flush comes every 5 seconds. */
const FLUSHED = { timeout: 30_000, interval: 50 }

export function describeCollector(name: string, start: StartCollector): void {
  let running: RunningCollector

  beforeAll(async () => {
    running = await start(SITES)
  })
  afterAll(() => running.close())

  function post(
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    client = NOBODY,
  ): Promise<Response> {
    const sent = { method: 'POST', body, headers: { 'user-agent': BROWSER, 'content-type': 'text/plain', ...headers } }
    return running.fetch('/api/event', sent, client)
  }

  function send(event: object, headers: Record<string, string> = {}, client = NOBODY): Promise<Response> {
    return post(JSON.stringify(event), headers, client)
  }

  /** The first view of a visit, that came from elsewhere. */
  function visit(domain: string, page = '/', more: object = {}, client = NOBODY): Promise<Response> {
    return send({ n: 'pageview', d: domain, u: `https://${domain}${page}`, s: { v: 1 }, ...more }, {}, client)
  }

  function siteId(domain: string): number {
    const site = running.sites.byDomain(domain)
    if (!site) throw new Error(`no site ${domain}`)
    return site.id
  }

  const totals = (domain: string) => totalsOf(running.counts, siteId(domain))
  const values = (domain: string, metric: string, dimension: string) =>
    valuesOf(running.counts, siteId(domain), metric, dimension)

  async function expectTotals(domain: string, expected: Partial<Totals> & { visits: number }): Promise<void> {
    const all = { pageviews: 0, engaged: 0, events: 0, ...expected, visitsByHour: expected.visits }
    await vi.waitFor(async () => expect(await totals(domain)).toEqual(all), FLUSHED)
  }

  describe.concurrent(`an event, on ${name}`, () => {
    test('that is taken is answered by 202, an empty body and "counted", and is in the totals soon after', async () => {
      const answer = await visit('taken.example')
      expect([answer.status, answer.headers.get('sundial-outcome'), await answer.text()]).toEqual([202, 'counted', ''])
      await expectTotals('taken.example', { visits: 1, pageviews: 1 })
    })

    test('is taken as Plausible’s clients send it; the referrer then tells what starts a visit', async () => {
      const event = { domain: 'plausible.example', url: 'https://plausible.example/a', screen_width: 1440 }
      const props = JSON.stringify({ plan: 'pro' })
      const answers = [
        await send({ ...event, name: 'pageview', referrer: 'https://search.example/' }),
        await send({ ...event, name: 'pageview', referrer: 'https://plausible.example/before' }),
        await send({ ...event, name: 'signup', props }),
        await send({ n: 'signup', u: event.url, d: event.domain, r: null, p: { plan: 'pro' }, h: 1 }),
      ]
      expect(answers.map((answer) => answer.headers.get('sundial-outcome'))).toEqual(Array(4).fill('counted'))
      await expectTotals('plausible.example', { visits: 1, pageviews: 2, events: 2 })
    })

    test('comes from any page: nothing stands in the way of another origin, and nothing of it is stored', async () => {
      const preflight = await running.fetch(
        '/api/event',
        { method: 'OPTIONS', headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' } },
        NOBODY,
      )
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
      expect(preflight.headers.get('access-control-allow-headers')).toBe('Content-Type')
      const answer = await send({ n: 'engagement', d: 'taken.example', u: 'https://taken.example/' })
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-expose-headers')).toContain('Sundial-Outcome')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('set-cookie')).toBeNull()
    })

    test('leaves nothing in a browser, whatever becomes of it: every header of every answer is one of these', async () => {
      const event = { n: 'pageview', d: 'headers.example', u: 'https://headers.example/', s: { v: 1 } }
      const get = (path: string) => running.fetch(path, { method: 'GET' }, NOBODY)
      const conditional = {
        'if-none-match': '"1"',
        'if-modified-since': 'Sun, 01 Nov 2026 00:00:00 GMT',
        cookie: 'a=1',
      }
      const answers: [what: string, status: number, answer: Response][] = [
        ['counted', 202, await send(event)],
        ['counted again', 202, await send(event, conditional)],
        ['dropped', 202, await send(event, { dnt: '1' })],
        ['no site', 202, await send({ ...event, d: 'nowhere.example' })],
        ['a robot', 202, await send(event, { 'user-agent': 'curl/8' })],
        ['invalid', 400, await post('{')],
        ['too large', 413, await post('x'.repeat(LIMITS.bodyBytes + 1))],
        ['preflight', 204, await running.fetch('/api/event', { method: 'OPTIONS' }, NOBODY)],
        ['another method', 405, await get('/api/event')],
        ['health', 200, await get('/health')],
        ['live', 200, await get('/health/live')],
        ['no such address', 404, await get('/api/nothing')],
      ]
      for (const [what, status, { headers, status: answered }] of answers) {
        expect([what, answered, headers.get('cache-control')]).toEqual([
          what,
          status,
          expect.stringMatching(/no-store$/),
        ])
        expect([what, otherThanHarmless(headers)]).toEqual([what, []])
      }
    })

    test.each(['/js/sundial.js', '/js/sundial.plus.js'])(
      'is sent by a script that leaves no mark: %s',
      async (path) => {
        const { headers, status } = await running.fetch(path, { method: 'GET' }, NOBODY)
        expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=3600'])
        expect(otherThanHarmless(headers)).toEqual([])
      },
    )

    test('is sent by POST only', async () => {
      const answer = await running.fetch('/api/event', { method: 'GET' }, NOBODY)
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    })
  })

  describe(`what is not counted, on ${name}`, () => {
    const pageview = { n: 'pageview', d: 'dropped.example', u: 'https://dropped.example/', s: { v: 1 } }
    const drops: [why: string, reason: string, event: object, headers?: Record<string, string>][] = [
      ['a domain that is no site', 'unknown_site', { ...pageview, d: 'nowhere.example' }],
      ['a page of another host', 'foreign_host', { ...pageview, u: 'https://elsewhere.example/' }],
      ['a browser with Global Privacy Control', 'opted_out', pageview, { 'sec-gpc': '1' }],
      ['a browser with Do Not Track', 'opted_out', pageview, { dnt: '1' }],
      ['a robot', 'bot', pageview, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }],
      ['a client without a user agent', 'bot', pageview, { 'user-agent': '' }],
      ['a page that was only prefetched', 'bot', pageview, { 'sec-purpose': 'prefetch' }],
      ['another tracker’s report', 'reserved_event', { ...pageview, n: 'engagement', s: undefined }],
      ['a report that crossed no interval', 'nothing_to_count', { ...pageview, n: 'engagement', s: { g: [0, 9] } }],
    ]

    test.each(drops)('%s: dropped as %s', async (_, reason, event, headers) => {
      const answer = await send(event, headers)
      expect([answer.status, answer.headers.get('sundial-outcome')]).toEqual([202, `dropped: ${reason}`])
      expect(await answer.text()).toBe('')
    })

    test('is seen by the owner in fives, by reason and hour, and is in no total; who opted out is seen nowhere', async () => {
      const site = 'noted.example'
      const event = { d: site, u: `https://${site}/`, n: 'signup', s: {}, p: { amount: 12, secret: 'x' } }
      const robot = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }
      for (let n = 0; n < 14; n++) await send(event, robot)
      for (let n = 0; n < 14; n++) await send(event, { ...robot, dnt: '1' })
      for (let n = 0; n < 9; n++) await send(event, { 'user-agent': '' })
      for (let n = 0; n < 11; n++) await send(event)
      for (let n = 0; n < 5; n++) await visit(site, '/')
      await expectTotals(site, { visits: 5, pageviews: 5, events: 11 })
      await vi.waitFor(async () => {
        const noted = await values(site, 'dropped', 'reason')
        expect(noted).toEqual({ bot_agent: 10, bot_no_agent: 5, undeclared_property: 10 })
      }, FLUSHED)
      expect(await values(site, 'events', 'property')).toEqual({ 'amount=10-50': 10 })
      const hours = await values(site, 'dropped', 'dropped_hour')
      expect(Object.values(hours).reduce((sum, n) => sum + n, 0) % 5).toBe(0)
      expect((await textsOf(running.counts, siteId(site))).join()).not.toContain('Googlebot')
    }, 60_000)
  })

  describe(`bad input, on ${name}`, () => {
    const good = { n: 'pageview', d: 'bad.example', u: 'https://bad.example/', s: { v: 1 } }
    const json = (changes: object) => JSON.stringify({ ...good, ...changes })
    const properties = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, number) => [`key${number}`, 'planted']))
    const bodies: [what: string, status: number, body: string | Uint8Array<ArrayBuffer>][] = [
      ['nothing', 400, ''],
      ['what is not JSON', 400, 'planted'],
      ['half of it', 400, json({}).slice(0, 20)],
      ['a list', 400, '["planted"]'],
      ['null', 400, 'null'],
      ['invalid UTF-8', 400, Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
      ['a number as name', 400, json({ n: 5 })],
      ['an empty name', 400, json({ n: '' })],
      ['a name without a visible character', 400, json({ n: '\u200b' })],
      ['an object as url', 400, json({ u: { planted: 1 } })],
      ['no url', 400, json({ u: undefined })],
      ['no domain', 400, json({ d: undefined })],
      ['a relative url', 400, json({ u: '/planted' })],
      ['a url of another scheme', 400, json({ u: 'javascript:alert("planted")' })],
      ['a url without a host', 400, json({ u: 'https://' })],
      ['a url with an absurd port', 400, json({ u: 'https://bad.example:99999/planted' })],
      ['an endless url', 400, json({ u: `https://bad.example/${'planted'.repeat(400)}` })],
      ['a key that reaches the prototype', 400, '{"__proto__":{"n":"planted"}}'],
      ['such a key among the properties', 400, json({ p: '{"__proto__":{"planted":1}}' })],
      ['31 properties', 400, json({ n: 'signup', p: properties(31) })],
      ['10,000 properties', 413, json({ n: 'signup', p: properties(10_000) })],
      ['properties within properties', 400, json({ n: 'signup', p: { a: { b: 'planted' } } })],
      ['negative seconds', 400, json({ n: 'engagement', s: { g: [-5, 20] } })],
      ['seconds that run backwards', 400, json({ n: 'engagement', s: { g: [20, 5] } })],
      ['seconds that are no number', 400, json({ n: 'engagement', s: { g: ['planted', 20] } })],
      ['NaN', 400, json({}).replace('{"v":1}', '{"g":[0,NaN]}')],
      ['seconds without end', 400, json({}).replace('{"v":1}', '{"g":[0,1e999]}')],
      ['a flag that is none', 400, json({ s: { v: 2 } })],
      ['a text as signals', 400, json({ s: 'planted' })],
      ['a megabyte', 413, json({ x: 'planted'.repeat(150_000) })],
    ]

    test.each(bodies)('%s is answered by %i and a sentence that does not repeat it', async (_, status, body) => {
      const answer = await post(body)
      const text = await answer.text()
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json'])
      expect(JSON.parse(text)).toEqual({ error: expect.stringMatching(/^.{10,}$/) })
      expect(text).not.toContain('planted')
    })

    test('and what was dropped is counted neither wholly nor in part; timestamps and unknown keys are ignored', async () => {
      const answer = await post(json({ timestamp: '1970-01-01T00:00:00Z', t: -1, constructor: 'x', toString: null }))
      expect(answer.headers.get('sundial-outcome')).toBe('counted')
      await visit('dropped.example')
      await expectTotals('bad.example', { visits: 1, pageviews: 1 })
      await expectTotals('dropped.example', { visits: 1, pageviews: 1 })
    })
  })

  describe(`limits, on ${name}`, () => {
    const padded = (length: number) => {
      const event = { n: 'engagement', d: 'limits.example', u: 'https://limits.example/', x: '' }
      return JSON.stringify({ ...event, x: 'x'.repeat(length - JSON.stringify(event).length) })
    }

    test('a body may be as long as the contract says, and not one byte longer', async () => {
      expect((await post(padded(LIMITS.bodyBytes))).status).toBe(202)
      expect((await post(padded(LIMITS.bodyBytes + 1))).status).toBe(413)
    })

    test('an address that posts too much to a site is told when to come back; others are still counted', async () => {
      const busy = { address: '198.51.100.7', country: 'FR' }
      const report = { n: 'engagement', d: 'limits.example', u: 'https://limits.example/' }
      const statuses: number[] = []
      // Two minutes' worth at most: the count starts anew with the minute.
      while (!statuses.includes(429) && statuses.length < 2 * LIMITS.requestsPerMinute + 50) {
        const answers = await Promise.all(Array.from({ length: 25 }, () => send(report, {}, busy)))
        statuses.push(...answers.map(({ status }) => status))
      }
      expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(LIMITS.requestsPerMinute)
      const refused = await send(report, {}, busy)
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
      expect((await send(report, {}, { address: '198.51.100.8', country: 'FR' })).status).toBe(202)
      expect((await send({ ...report, d: 'taken.example' }, {}, busy)).status).toBe(202)
    })
  })

  describe(`counts, on ${name}`, () => {
    test.concurrent('totals are exact: visits, pageviews, engaged visits and events', async () => {
      const page = { d: 'totals.example', u: 'https://totals.example/' }
      for (let n = 0; n < 7; n++) await visit('totals.example', `/${n}`)
      for (let n = 0; n < 4; n++) await send({ ...page, n: 'pageview', s: {} })
      for (let n = 0; n < 2; n++) await send({ ...page, n: 'pageview', s: { r: 1 } })
      for (let n = 0; n < 3; n++) await send({ ...page, n: 'engagement', s: { e: 1, g: [0, 12], t: [0, 12] } })
      for (let n = 0; n < 2; n++) await send({ ...page, n: 'engagement', s: { g: [12, 40], t: [12, 40] } })
      for (let n = 0; n < 6; n++) await send({ ...page, n: 'signup', s: {} })
      await expectTotals('totals.example', { visits: 7, pageviews: 13, engaged: 3, events: 6 })
    })

    test.concurrent('four visits have no name anywhere; the fifth makes it 5, the ninth leaves it so, the tenth makes it 10', async () => {
      const site = 'fives.example'
      const planted = () => visit(site, '/planted', { r: 'https://planted-source.org/a' }, { ...NOBODY, country: 'IS' })
      // What was released leaves once five visits have come after it; these have nothing in common with it.
      const others = async () => {
        for (let n = 0; n < 5; n++) await visit(site, `/${crypto.randomUUID().slice(0, 5)}`, { r: 'https://bing.com/' })
      }
      const named = () =>
        Promise.all([
          values(site, 'pageviews', 'page'),
          values(site, 'visits', 'source'),
          values(site, 'visits', 'country'),
        ]).then(([pages, sources, countries]) => [pages['/planted'], sources['planted-source.org'], countries.IS])

      for (let n = 0; n < 4; n++) await planted()
      await expectTotals(site, { visits: 4, pageviews: 4 })
      expect(await textsOf(running.counts, siteId(site))).toEqual([])

      await planted()
      await others()
      await vi.waitFor(async () => expect(await named()).toEqual([5, 5, 5]), FLUSHED)

      for (let n = 0; n < 4; n++) await planted()
      await others()
      await expectTotals(site, { visits: 19, pageviews: 19 })
      expect(await named()).toEqual([5, 5, 5])

      await planted()
      await others()
      await vi.waitFor(async () => expect(await named()).toEqual([10, 10, 10]), FLUSHED)
    }, 90_000)

    test.concurrent('events come by the page on which their visit began, once both are named', async () => {
      const site = 'entry.example'
      const thanks = { d: site, u: `https://${site}/thanks`, n: 'signup' }
      for (let n = 0; n < 5; n++) await visit(site, '/landing')
      for (let n = 0; n < 5; n++) await send({ ...thanks, s: { l: `https://${site}/never-entered` } })
      for (let n = 0; n < 9; n++) await send({ ...thanks, s: { l: `https://${site}/landing?token=x#top` } })
      for (let n = 0; n < 5; n++) await visit(site, `/${crypto.randomUUID().slice(0, 5)}`)
      await vi.waitFor(async () => {
        const found = await pairsOf(running.counts, siteId(site), 'events', ['event', 'entry_page'])
        expect(found).toEqual({ 'signup /landing': 5 })
      }, FLUSHED)
      expect(await values(site, 'visits', 'entry_page')).toEqual({ '/landing': 5 })
      await expectTotals(site, { visits: 10, pageviews: 10, events: 14 })
    })

    test('survive ClickHouse away, refusing, and cut off after the insert took effect: each is counted once', async () => {
      running.clickhouse.down()
      running.clickhouse.fail('before', 1)
      running.clickhouse.fail('after', 1)
      for (let n = 0; n < 3; n++) expect((await visit('away.example')).status).toBe(202)
      running.clickhouse.up()
      await visit('away.example')
      await expectTotals('away.example', { visits: 4, pageviews: 4 })
      // The last flush that could have counted anything twice is over once a later event is in.
      await visit('away.example')
      await expectTotals('away.example', { visits: 5, pageviews: 5 })
    }, 90_000)
  })
}
