import { describe, expect, test } from 'vitest'
import { createBots } from '../collector/bot.ts'
import { createBrowsers } from '../collector/browser.ts'
import { createCalendar } from '../collector/calendar.ts'
import { type AnonymousEvent, createSteps, type Verdict } from '../collector/event.ts'
import { readPayload } from '../collector/payload.ts'
import { createRateLimit } from '../collector/rate_limit.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
/** 23:59 in Paris, where the day ends before UTC's does. */
const NOW = Date.parse('2026-03-14T22:59:30Z')

const site: Site = {
  id: 7,
  ...defaultSettings('example.com'),
  hosts: ['example.com', 'www.example.com'],
  timezone: 'Europe/Paris',
  properties: ['plan', 'price'],
}

interface Sent {
  body?: Record<string, unknown>
  headers?: Record<string, string>
  address?: string
  settings?: Partial<Site>
}

const anonymize = (settings: Partial<Site> = {}, perMinute = 600) =>
  createSteps({
    sites: { countedAs: (domain) => (domain === site.domain ? { ...site, ...settings } : undefined) },
    bots: createBots(),
    browsers: createBrowsers(),
    rateLimit: createRateLimit({ perMinute, exemptLoopback: true }),
    calendar: createCalendar(),
  })

async function send(
  { body = {}, headers = {}, address = '203.0.113.9', settings = {} }: Sent,
  steps = anonymize(settings),
): Promise<Verdict> {
  const wire = { n: 'pageview', u: 'https://example.com/', d: 'example.com', ...body }
  const read = readPayload(new TextEncoder().encode(JSON.stringify(wire)).buffer)
  if ('error' in read) throw new Error(read.error)
  const sent = new Map(Object.entries({ 'user-agent': FIREFOX, ...headers }))
  const header = (name: string) => sent.get(name)
  return steps({ payload: read.payload, header, address, country: () => 'FR', now: NOW })
}

async function counted(sent: Sent): Promise<AnonymousEvent> {
  const verdict = await send(sent)
  if (!('event' in verdict)) throw new Error(JSON.stringify(verdict))
  return verdict.event
}

test('a pageview becomes an anonymous event with nothing in it but what the data contract names', async () => {
  const event = await counted({
    body: {
      u: 'https://example.com/Blog/12345/?utm_source=news&utm_campaign=Spring&x=1#top',
      r: 'https://www.google.com/search?q=secret',
      p: { plan: 'pro' },
      s: { v: 1 },
    },
  })
  expect(event).toEqual({
    kind: 'pageview',
    day: '2026-03-14',
    hour: 23,
    startsVisit: true,
    engages: false,
    reload: false,
    page: '/blog/:id',
    entryPage: undefined,
    source: 'news',
    sourceIsTag: true,
    channel: 'Campaign',
    campaign: { utm_source: 'news', utm_campaign: 'spring' },
    country: 'FR',
    browser: undefined,
    event: undefined,
    properties: [],
    pageIntervals: [],
    sessionIntervals: [],
    dropped: [],
  })
})

test('no address, agent, identifier or time finer than the hour is in any event', async () => {
  const canaries = ['203.0.113.77', 'Canary/99', 'canary@example.org', 'dQw4w9WgXcQ', 'canary-fragment', 'canary-path']
  const events = await Promise.all(
    ['pageview', 'signup', 'engagement'].map((n) =>
      counted({
        body: {
          n,
          u: 'https://example.com/a/canary@example.org/dQw4w9WgXcQ?token=canary-fragment&utm_term=canary@example.org#canary-fragment',
          r: 'https://example.net/canary-path?canary-path#canary-path',
          p: { plan: 'canary@example.org', id: 'canary-path' },
          s: {
            ...{ e: 1, g: [0, 12], t: [0, 12] },
            l: 'https://example.com/canary@example.org/dQw4w9WgXcQ?token=canary-fragment#canary-path',
          },
        },
        headers: { 'user-agent': `${FIREFOX} Canary/99`, cookie: 'id=canary-path', 'accept-language': 'canary-path' },
        address: '203.0.113.77',
        settings: { browserFamilies: true },
      }),
    ),
  )
  const text = JSON.stringify(events)
  expect(canaries.filter((canary) => text.includes(canary))).toEqual([])
  // Minutes and seconds of the request, and its time in any unit.
  expect(text).not.toMatch(/59|:30|17735/)
})

describe('an event is dropped for the first reason that applies', () => {
  test.each<[reason: string, sent: Sent]>([
    ['unknown_site', { body: { d: 'example.net' } }],
    ['unknown_site', { body: { d: '__proto__' } }],
    ['foreign_host', { body: { u: 'https://example.net/' } }],
    ['foreign_host', { body: { u: 'https://shop.example.com/' } }],
    ['foreign_host', { body: { u: 'app://localhost/login' } }],
    ['foreign_host', { body: { u: 'https://example.com.example.net/' } }],
    ['foreign_host', { body: { u: 'https://example.net/' }, headers: { 'user-agent': '' } }],
    ['opted_out', { body: { u: 'https://example.net/' }, headers: { dnt: '1' } }],
    ['opted_out', { headers: { 'sec-gpc': '1' } }],
    ['opted_out', { headers: { dnt: '1' } }],
    ['opted_out', { headers: { 'sec-gpc': '1, 1' } }],
    ['opted_out', { headers: { 'sec-gpc': '0,1' } }],
    ['opted_out', { headers: { dnt: ' 1 , 0' } }],
    ['opted_out', { headers: { dnt: '1', 'user-agent': 'curl/8.0' } }],
    ['bot', { headers: { 'user-agent': '' } }],
    ['bot', { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' } }],
    ['bot', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['reserved_event', { body: { n: 'engagement', e: 3000, sd: 40 } }],
    ['nothing_to_count', { body: { n: 'engagement', s: {} } }],
    ['nothing_to_count', { body: { n: 'engagement', s: { g: [10, 20], t: [0, 9] } } }],
    ['nothing_to_count', { body: { n: 'engagement', s: { r: 1, e: 1, g: [0, 60], t: [0, 60] } } }],
    ['nothing_to_count', { body: { n: 'engagement', r: 'https://www.example.com/', s: { e: 1, t: [0, 60] } } }],
  ])('%s: %j', async (reason, sent) => {
    expect(await send(sent)).toHaveProperty('dropped', reason)
  })

  test('without the header of a missing agent', async () => {
    const steps = anonymize()
    const read = readPayload(new TextEncoder().encode('{"n":"a","u":"https://example.com","d":"example.com"}').buffer)
    if ('error' in read) throw new Error(read.error)
    const arrival = {
      payload: read.payload,
      header: () => undefined,
      address: undefined,
      country: () => 'FR',
      now: NOW,
    }
    expect(await steps(arrival)).toHaveProperty('dropped', 'bot')
  })

  test('and robots, opt-outs and foreign pages do not use up the limit of an address', async () => {
    const steps = anonymize({}, 1)
    await send({ headers: { dnt: '1' } }, steps)
    await send({ headers: { 'user-agent': 'curl/8.0' } }, steps)
    expect(await send({}, steps)).toHaveProperty('event')
    expect(await send({}, steps)).toEqual({ limited: true })
  })
})

describe('of what is dropped the owner sees why and when, and nothing else is kept', () => {
  const nothing = {
    kind: 'dropped',
    day: '2026-03-14',
    hour: 23,
    startsVisit: false,
    engages: false,
    reload: false,
    page: '',
    entryPage: undefined,
    source: undefined,
    sourceIsTag: false,
    channel: undefined,
    campaign: {},
    country: '(unknown)',
    browser: undefined,
    event: undefined,
    properties: [],
    pageIntervals: [],
    sessionIntervals: [],
  }

  test.each<[why: string, sent: Sent]>([
    ['foreign_host', { body: { u: 'https://example.net/canary' } }],
    ['bot_no_agent', { headers: { 'user-agent': '' } }],
    [
      'bot_agent',
      { headers: { 'user-agent': 'CanaryBot/1' }, body: { u: 'https://example.com/canary?utm_source=canary' } },
    ],
    [
      'bot_headless',
      { headers: { 'sec-ch-ua': '"HeadlessChrome";v="140"' }, body: { n: 'signup', p: { plan: 'pro' } } },
    ],
    ['bot_unseen', { headers: { 'sec-purpose': 'prefetch' }, body: { s: { v: 1 } } }],
    ['reserved_event', { body: { n: 'engagement', e: 3000 } }],
  ])('%s: %j', async (why, sent) => {
    expect(await send({ ...sent, settings: { browserFamilies: true } })).toMatchObject({
      noted: { event: { ...nothing, dropped: [why] } },
    })
  })

  test.each<[why: string, sent: Sent]>([
    ['who opted out', { headers: { 'sec-gpc': '1' } }],
    ['a robot that opted out', { headers: { dnt: '1', 'user-agent': 'curl/8.0' } }],
    ['what is no site’s', { body: { d: 'example.net' } }],
    ['a report that says nothing', { body: { n: 'engagement', s: {} } }],
  ])('but nothing at all of %s', async (_, sent) => {
    expect(await send(sent)).not.toHaveProperty('noted')
  })

  test('a flood is noted as often as one address may post, and takes nothing from the people behind it', async () => {
    const steps = anonymize({}, 2)
    const robot = { headers: { 'user-agent': 'curl/8.0' } }
    const verdicts = [await send(robot, steps), await send(robot, steps), await send(robot, steps)]
    expect(verdicts.map((verdict) => 'noted' in verdict)).toEqual([true, true, false])
    expect(verdicts[2]).toEqual({ dropped: 'bot' })
    expect(await send({}, steps)).toHaveProperty('event')
  })
})

test('DNT: 0 and Sec-GPC: 0 ask for nothing', async () => {
  expect(await send({ headers: { dnt: '0', 'sec-gpc': '0' } })).toHaveProperty('event')
  expect(await send({ headers: { dnt: '0, 0', 'sec-gpc': '10' } })).toHaveProperty('event')
})

describe('a visit starts', () => {
  test.each<[starts: boolean, why: string, body: Record<string, unknown>]>([
    [true, 'when the tracker says so', { s: { v: 1 } }],
    [false, 'not when the tracker does not', { s: {} }],
    [false, 'not with a reload', { s: { v: 1, r: 1 } }],
    [false, 'not from an alias of the site', { s: { v: 1 }, r: 'https://www.example.com/a' }],
    [false, 'not with a custom event', { n: 'signup', s: { v: 1 } }],
    [true, 'for other clients without a referrer', {}],
    [true, 'for other clients from elsewhere', { r: 'https://example.net/' }],
    [false, 'not for other clients from the site itself', { r: 'https://example.com/a' }],
    [false, 'not for other clients’ custom events', { n: 'signup' }],
  ])('%s, %s', async (starts, _why, body) => {
    expect((await counted({ body })).startsVisit).toBe(starts)
  })
})

describe('a visit is engaged', () => {
  test.each<[engages: boolean, why: string, body: Record<string, unknown>]>([
    [true, 'by a report that says so', { n: 'engagement', s: { e: 1 } }],
    [true, 'by a custom event that says so', { n: 'signup', s: { e: 1 } }],
    [false, 'not by a custom event that does not', { n: 'signup', s: {} }],
    [false, 'not after a reload', { n: 'signup', s: { e: 1, r: 1 } }],
    [false, 'not when it was no visit', { n: 'signup', s: { e: 1 }, r: 'https://www.example.com/' }],
    [false, 'not by another client', { n: 'signup' }],
  ])('%s, %s', async (engages, _why, body) => {
    expect((await counted({ body })).engages).toBe(engages)
  })
})

describe('a custom event belongs to the entry page of its visit', () => {
  const entryPage = async (body: Record<string, unknown>, settings: Partial<Site> = {}) =>
    (await counted({ body: { n: 'signup', u: 'https://example.com/thanks', ...body }, settings })).entryPage

  test.each<[entry: string | undefined, why: string, body: Record<string, unknown>]>([
    ['/landing', 'which the tracker names', { s: { l: 'https://example.com/landing' } }],
    ['/landing', 'on any host of the site', { s: { l: 'https://www.example.com/landing' } }],
    ['/a/:email/:id', 'treated like a page', { s: { l: 'https://example.com/A/ann@example.org/12345/?x=1#top' } }],
    [
      '/landing',
      'wherever the visit came from',
      { r: 'https://example.net/', s: { l: 'https://example.com/landing' } },
    ],
    ['/thanks', 'also when that is its own', { s: { e: 1, l: 'https://example.com/thanks' } }],
    [undefined, 'not when the tracker names none', { s: { e: 1 } }],
    [undefined, 'not for other clients', {}],
    [undefined, 'not on another host', { s: { l: 'https://example.net/landing' } }],
    [undefined, 'not on a host that only looks like one', { s: { l: 'https://example.com@example.net/landing' } }],
    [undefined, 'not after a reload', { s: { r: 1, l: 'https://example.com/landing' } }],
    [undefined, 'not from an alias', { r: 'https://www.example.com/', s: { l: 'https://example.com/landing' } }],
  ])('%s, %s', async (entry, _why, body) => {
    expect(await entryPage(body)).toBe(entry)
  })

  test('and to where that visit came from, which only the address of its entry page may say', async () => {
    const l = 'https://example.com/landing?utm_source=Letter&utm_medium=email'
    const { source, channel } = await counted({
      body: { n: 'signup', u: 'https://example.com/thanks', r: '', s: { l } },
    })
    expect({ source, channel }).toEqual({ source: 'letter', channel: 'Email' })
    const foreign = { n: 'signup', u: 'https://example.com/thanks', r: '', s: { l: l.replace('.com', '.net') } }
    expect((await counted({ body: foreign })).source).toBe('(direct)')
  })

  test('in the spelling that the site has chosen for its pages', async () => {
    const settings = { queryParameters: ['q'], pathPatterns: ['/shop/:product'] }
    expect(await entryPage({ s: { l: 'https://example.com/shop/red-shoes?q=sun&x=1' } }, settings)).toBe(
      '/shop/:product?q=sun',
    )
  })

  test.each(['pageview', 'engagement'])('and a %s says nothing of it', async (n) => {
    expect(await entryPage({ n, s: { v: 1, e: 1, l: 'https://example.com/landing' } })).toBeUndefined()
  })
})

test('a reload says that it is one', async () => {
  expect(await counted({ body: { s: { r: 1 } } })).toMatchObject({ reload: true, startsVisit: false })
})

test('a report carries the bounds its seconds crossed, and no seconds', async () => {
  const event = await counted({ body: { n: 'engagement', s: { g: [8, 31], t: [29, 65] } } })
  expect(event).toMatchObject({ kind: 'report', pageIntervals: ['10s', '30s'], sessionIntervals: ['30s', '1m'] })
  expect(Object.values(event)).not.toContain(31)
})

test('seconds that come with anything but a report are not counted', async () => {
  const event = await counted({ body: { n: 'signup', s: { g: [0, 31], t: [0, 65] } } })
  expect(event).toMatchObject({ pageIntervals: [], sessionIntervals: [] })
})

describe('custom events', () => {
  test('keep the properties a site has declared, as name=value', async () => {
    const event = await counted({ body: { n: 'Sign  up', p: { plan: 'pro', price: 9.5, secret: 'x', toString: 'y' } } })
    expect(event).toMatchObject({ kind: 'event', event: 'Sign up', properties: ['plan=pro', 'price=9.5'] })
  })

  test('count numbers by the intervals a site has declared', async () => {
    const settings = { properties: ['price:10,50,99.5', 'plan'] }
    const counted_ = async (price: unknown) => {
      const { properties, dropped } = await counted({ body: { n: 'buy', p: { price, plan: 'pro' } }, settings })
      return [...properties, ...dropped].join(' ')
    }
    const cases: [price: unknown, kept: string][] = [
      [9.99, 'price=<10 plan=pro'],
      [-3, 'price=<10 plan=pro'],
      [10, 'price=10-50 plan=pro'],
      ['49.99', 'price=10-50 plan=pro'],
      [' 50 ', 'price=50-99.5 plan=pro'],
      [99.5, 'price=99.5+ plan=pro'],
      [1e12, 'price=99.5+ plan=pro'],
      ['12 €', 'plan=pro not_a_number'],
      ['0x10', 'plan=pro not_a_number'],
      ['', 'plan=pro not_a_number'],
      [true, 'plan=pro not_a_number'],
      [null, 'plan=pro'],
    ]
    for (const [price, kept] of cases) expect([price, await counted_(price)]).toEqual([price, kept])
  })

  test('say once that they had properties nobody declared', async () => {
    expect(await counted({ body: { n: 'signup', p: { plan: 'pro', a: 1, b: 2 } } })).toMatchObject({
      kind: 'event',
      properties: ['plan=pro'],
      dropped: ['undeclared_property'],
    })
    expect((await counted({ body: { n: 'signup', p: { plan: 'pro' } } })).dropped).toEqual([])
    expect((await counted({ body: { n: 'pageview', p: { a: 1 } } })).dropped).toEqual([])
  })

  test('have nothing personal left in names and values', async () => {
    const event = await counted({
      body: { n: 'mail to ann@example.org', p: { plan: 'ann@example.org', price: 1234567 } },
    })
    expect(event).toMatchObject({ event: 'mail to :email', properties: ['plan=:email', 'price=:id'] })
  })

  test('drop properties that say nothing, and what every object has', async () => {
    const settings = { properties: ['plan', 'price', 'constructor', '__proto__'] }
    const event = await counted({ body: { n: 'signup', p: { plan: null, price: ' ' } }, settings })
    expect(event.properties).toEqual([])
  })

  test('cannot be named like a closed label', async () => {
    expect((await counted({ body: { n: '(other)' } })).event).toBe('other')
  })
})

test('campaigns are kept in one spelling, without what looks personal', async () => {
  const query =
    'utm_source=News&utm_medium=E-Mail&utm_campaign=Spring%20Sale&utm_term=&utm_content=ann%40example.org&utm_id=7'
  const { campaign } = await counted({ body: { u: `https://example.com/?${query}` } })
  expect(campaign).toEqual({
    utm_source: 'news',
    utm_medium: 'e-mail',
    utm_campaign: 'spring sale',
    utm_content: ':email',
  })
})

test('a screen of an app is a page of the site whose host it has', async () => {
  const event = await counted({ body: { u: 'app://localhost/login' }, settings: { hosts: ['localhost'] } })
  expect(event).toMatchObject({ page: '/login', startsVisit: true })
})

test('the page keeps the query parameters the site allows', async () => {
  const event = await counted({ body: { u: 'https://example.com/s?q=sun&x=1' }, settings: { queryParameters: ['q'] } })
  expect(event.page).toBe('/s?q=sun')
})

test('the browser family is there only where the site switched it on', async () => {
  expect((await counted({})).browser).toBeUndefined()
  expect((await counted({ settings: { browserFamilies: true } })).browser).toBe('Firefox')
})

test('day and hour are the site’s own', async () => {
  expect(await counted({ settings: { timezone: 'Asia/Kolkata' } })).toMatchObject({ day: '2026-03-15', hour: 4 })
})

test('country and browser family go together into a stratum where the strict profile asks for one, and nowhere else', async () => {
  expect(await counted({ settings: { profile: 'strict' } })).toMatchObject({
    stratum: 'FR Firefox',
    browser: undefined,
  })
  expect((await counted({})).stratum).toBe(undefined)
  const tagged = { u: 'https://example.com/?utm_source=ann', r: 'https://news.example.org/' }
  expect((await counted({ settings: { profile: 'strict' }, body: tagged })).source).toBe('example.org')
})
