// The wire under requests nobody should send: every answer from the closed list, every promise of the accumulator kept.
// Run by fuzz.test.ts and `npm run bench -- fuzz`; throws at the first promise that does not hold.

import { deepEqual, equal } from 'node:assert/strict'
import { type CollectorDeps, createCollector } from '../../collector/app.ts'
import { createCalendar } from '../../collector/calendar.ts'
import { CAMPAIGN_PARAMETERS, DROP_REASONS, DROPPED, INTERVALS, LIMITS, OTHER } from '../../collector/contract.ts'
import { incrementsOf } from '../../collector/counters.ts'
import { countryOf } from '../../collector/country.ts'
import type { AnonymousEvent } from '../../collector/event.ts'
import { createRateLimit } from '../../collector/rate_limit.ts'
import { edgeSender } from '../../collector/sender.ts'
import type { Site } from '../../collector/sites.ts'
import { aSite, flushed, type OpenAccumulator, openAccumulator, rowsOf } from '../accumulated.ts'
import { createRandom } from '../chaos/random.ts'
import { createWire, MARK, type WireCase } from './wire.ts'

export interface FuzzReport {
  /** Status and outcome, and how often. */
  answers: ReadonlyMap<string, number>
  /** Answers that there are and that never came: nothing was seen of what they promise. */
  missing: readonly string[]
}

/** Requests that come at once and so may share a group commit. */
const AT_ONCE = 256
const MINUTE = 60_000

const SITES: readonly [Site, ...Site[]] = [
  aSite({ id: 1, queryParameters: ['q'], properties: ['plan', 'note'], browserFamilies: true }),
  aSite({ id: 2, domain: 'tens.example', hosts: ['tens.example', 'www.tens.example'], k: 10, properties: ['plan'] }),
  aSite({ id: 3, domain: 'cnil.example', hosts: ['cnil.example'], profile: 'cnil', timezone: 'Asia/Kathmandu' }),
]
const byDomain = new Map(SITES.map((site) => [site.domain, site]))

/** Status and outcome of every answer there is. */
const ANSWERS = new Set([
  '202 counted',
  ...Object.keys(DROP_REASONS).map((reason) => `202 dropped: ${reason}`),
  '204',
  '400',
  '405',
  '413',
  '429',
])
/** Far above the counters of any event; each costs a hash. */
const MOST_INCREMENTS = 60

/** Sends so many requests of a seed, while time passes and counts leave. */
export async function fuzz({ cases, seed }: { cases: number; seed: number }): Promise<FuzzReport> {
  const world = openWorld()
  try {
    const { nextCase } = createWire(createRandom(seed), SITES)
    for (let sent = 0, batch = 0; sent < cases; batch++) {
      const together = Array.from({ length: Math.min(AT_ONCE, cases - sent) }, nextCase)
      sent += together.length
      await world.take(together)
      world.passTime(batch % 50 === 49 ? -150 * MINUTE : 80 * MINUTE)
      if (batch % 4 === 3) world.flush()
      if (batch % 60 === 59) world.searchDisk()
    }
    world.end()
    const { answers } = world
    return { answers, missing: [...ANSWERS].filter((answer) => !answers.has(answer)) }
  } finally {
    world.close()
  }
}

function openWorld() {
  const open: OpenAccumulator = openAccumulator()
  const log: string[] = []
  const answers = new Map<string, number>()
  const totals = new Map<string, number>()
  const named = new Map<string, number>()
  /** Events by site, dimension and value, and released counts by site, counter and value. */
  const carried = new Map<string, number>()
  const released = new Map<string, number>()
  /** What was counted often enough to be written. */
  const writable = new Set<string>()
  let counted = 0
  let commits = 0
  let now = Date.parse('2026-10-20T00:00:00Z')

  const { run } = open.sqlite
  open.sqlite.run = (...given) => {
    commits++
    run(...given)
  }

  const accumulator: CollectorDeps['accumulator'] = {
    async count(site, event) {
      await open.accumulator.count(site, event)
      if (event.kind === 'dropped') return checkDropped(site, event)
      counted++
      checkEvent(site, event)
      const increments = incrementsOf(event, site)
      must(increments.attributes.length <= MOST_INCREMENTS, 'too many increments', event)
      for (const [metric, n] of Object.entries(increments.totals)) add(totals, `${site.id} ${metric}`, n)
      remember(site, event)
    },
  }
  function remember(site: Site, event: AnonymousEvent): void {
    for (const [dimension, value, needed] of textsOf(event)) {
      const key = `${site.id}\n${dimension}\n${value}`
      add(carried, key, 1)
      if ((carried.get(key) ?? 0) >= site.k * needed) for (const mark of marksIn(value)) writable.add(mark)
    }
  }

  const { app } = createCollector({
    sites: { fresh: async () => {}, countedAs: (domain) => byDomain.get(domain) },
    accumulator,
    rateLimit: createRateLimit({ perMinute: 8, exemptLoopback: false }),
    senderOf: (context) => ({ ...edgeSender(context), country: () => countryOf(context.req.header('x-country')) }),
    calendar: createCalendar(),
    now: () => now,
    log: (line) => log.push(line),
  })

  async function take(cases: readonly WireCase[]): Promise<void> {
    const before = { counted, commits }
    const took = await Promise.all(cases.map(answerTo))
    deepEqual(log, [])
    equal(counted - before.counted, took.filter((answer) => answer === '202 counted').length, 'counted')
    // Bounded work: a request writes at most one row of its own, beside the first of each site.
    must(commits - before.commits <= cases.length + SITES.length, 'too many rows written', commits - before.commits)
  }

  async function answerTo({ method, headers, body }: WireCase): Promise<string> {
    const bodiless = method === 'GET' || method === 'HEAD'
    const request = new Request('http://sundial.example/api/event', { method, headers, body: bodiless ? null : body })
    const response = await app.fetch(request)
    const text = await response.text()
    const outcome = response.headers.get('sundial-outcome')
    const answer = outcome === null ? String(response.status) : `${response.status} ${outcome}`
    if (!ANSWERS.has(answer)) throw new Error(`${answer} to ${method} ${JSON.stringify(headers)} ${String(body)}`)
    must(response.status < 400 || method === 'HEAD' ? text === '' : /^\{"error":"[^"]+"\}$/.test(text), answer, text)
    must(marksIn(text).size === 0, 'an answer quotes the request', text)
    add(answers, answer, 1)
    return answer
  }

  function passTime(milliseconds: number): void {
    now += milliseconds
    open.accumulator.tick(now)
  }

  function flush(): void {
    const parcels = flushed(open.accumulator)
    for (const { site, metric, dimension, dimension2, value, value2, n } of rowsOf(parcels)) {
      must(n % (SITES.find(({ id }) => id === site)?.k ?? 0) === 0, `${metric} ${dimension} ${value} is no multiple`, n)
      add(released, `${site}\n${metric}\n${dimension}\n${dimension2}\n${value}\n${value2}`, n)
    }
    for (const { site, ...metrics } of rowsOf<Record<string, number>>(parcels, 'days')) {
      for (const metric of ['visits', 'pageviews', 'engaged', 'events'])
        add(named, `${site} ${metric}`, metrics[metric] ?? 0)
    }
  }

  /** A text stands in the accumulator's file only after k events of a site had it. */
  function searchDisk(): void {
    const early = [...marksIn(open.bytes().toString('latin1'))].filter((mark) => !writable.has(mark))
    deepEqual(early, [], 'on disk, and not counted often enough')
  }

  function end(): void {
    searchDisk()
    passTime(62 * 24 * 60 * MINUTE)
    for (let round = 0; round < 3; round++) flush()
    searchDisk()
    deepEqual(Object.fromEntries(named), Object.fromEntries(totals))
    for (const [key, n] of released) checkReleased(key, n)
    must(
      [...released.keys()].some((key) => marksIn(key).size > 0),
      'no text was released',
      released.size,
    )
  }

  /** One event adds at most one to a counter's value, so there cannot be more of it than events that had it. */
  function checkReleased(key: string, n: number): void {
    const [site, , dimension, dimension2, value, value2] = key.split('\n')
    for (const [by, text] of [
      [dimension, value],
      [dimension2, value2],
    ]) {
      if (text === OTHER || !TEXT_DIMENSIONS.has(by ?? '')) continue
      must(n <= (carried.get(`${site}\n${by}\n${text}`) ?? 0), 'more than there was', key)
    }
  }

  return { take, passTime, flush, searchDisk, end, answers, close: open.close }
}

const TEXT_DIMENSIONS = new Set(['page', 'entry_page', 'source', 'event', 'property', ...CAMPAIGN_PARAMETERS])

/** A visitor's texts by dimension, and how many times k each must be counted before it is written. */
function textsOf(event: AnonymousEvent): [dimension: string, text: string, needed: number][] {
  const texts: [string, string | undefined, number][] = [
    ['page', event.page, 1],
    // Written only where enough visits started there, and each of them viewed that page.
    ['entry_page', event.page, Number.POSITIVE_INFINITY],
    ['entry_page', event.entryPage === event.page ? undefined : event.entryPage, Number.POSITIVE_INFINITY],
    ['source', event.source, event.sourceIsTag ? 2 : 1],
    ['event', event.event, 1],
    ...event.properties.map((property): [string, string, 2] => ['property', property, 2]),
    ...CAMPAIGN_PARAMETERS.map((name): [string, string | undefined, 2] => [name, event.campaign[name], 2]),
  ]
  return texts.flatMap(([dimension, text, needed]) => (text === undefined ? [] : [[dimension, text, needed]]))
}

const LABELS: ReadonlySet<string> = new Set(INTERVALS.map(({ label }) => label))
const OWN_LABEL = /^\((?:direct|private network|webmail)\)$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what no text may hold
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/

/** What leaves the steps has the form that it must have, whatever came in. */
function checkEvent(site: Site, event: AnonymousEvent): void {
  for (const page of [event.page, event.entryPage ?? '/'])
    must(page.startsWith('/') && page.length <= LIMITS.page, 'page', page)
  must(event.entryPage === undefined || event.kind === 'event', 'entry page', event)
  must(/^(?:[A-Z]{2}|\d{3}|\(unknown\))$/.test(event.country), 'country', event.country)
  must(!/\d|zqzq/.test(event.browser ?? ''), 'browser', event.browser)
  must(
    [...event.pageIntervals, ...event.sessionIntervals].every((label) => LABELS.has(label)),
    'intervals',
    event,
  )
  for (const property of event.properties) {
    must(site.properties.includes(property.split('=')[0] ?? ''), 'property', property)
  }
  const texts = [
    event.page,
    event.entryPage,
    event.source,
    event.event,
    ...Object.values(event.campaign),
    ...event.properties,
  ]
  for (const text of texts) {
    if (text === undefined) continue
    must(!CONTROL.test(text) && text.isWellFormed(), 'characters', text)
    must(!text.startsWith('(') || OWN_LABEL.test(text), 'a label of ours', text)
  }
}

/** Of what is dropped a reason from the closed list is counted, by the hour, and nothing else is there at all. */
function checkDropped(site: Site, event: AnonymousEvent): void {
  const { totals, attributes } = incrementsOf(event, site)
  must(
    Object.values(totals).every((n) => n === 0),
    'dropped, and in the totals',
    event,
  )
  const values = attributes.flatMap(({ value, value2 }) => [value, value2])
  must(
    attributes.length === 3 && values.every((value) => /^(?:\d\d)?$/.test(value) || value in DROPPED),
    'dropped',
    event,
  )
  must(marksIn(JSON.stringify(event)).size === 0, 'dropped, and kept', event)
}

/** As assert does, at a hundredth of its cost: it is asked a million times. */
function must(holds: boolean, what: string, seen: unknown): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(seen)}`)
}

function marksIn(text: string): Set<string> {
  return new Set(text.match(MARK))
}

function add(sums: Map<string, number>, key: string, n: number): void {
  sums.set(key, (sums.get(key) ?? 0) + n)
}
