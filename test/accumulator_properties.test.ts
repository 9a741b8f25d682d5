// The accumulator's promises for any sequence of events, crashes, month ends and failed flushes, held against a naive
// model that remembers everything. SUNDIAL_PROPERTY_RUNS widens the search.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCalendar } from '../collector/calendar.ts'
import { COUNTERS, DIMENSIONS, OTHER } from '../collector/contract.ts'
import { incrementsOf } from '../collector/counters.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import type { Parcel } from '../collector/parcels.ts'
import type { Site } from '../collector/sites.ts'
import { aPageview, aSite, type OpenAccumulator, openAccumulator, rowsOf } from './accumulated.ts'

const RUNS = Number(process.env.SUNDIAL_PROPERTY_RUNS ?? 150)
const START = Date.parse('2026-10-30T20:00:00Z')
const HOUR = 3_600_000

const SITES = [
  aSite({ id: 1 }),
  aSite({ id: 2, domain: 'tens.example', k: 10, timezone: 'America/New_York' }),
  aSite({ id: 3, domain: 'cnil.example', profile: 'cnil', timezone: 'Asia/Kathmandu' }),
]

type Step =
  | { does: 'visit'; site: number; page: number; source: number; campaign: number; times: number }
  | { does: 'signup'; site: number; page: number; times: number }
  | { does: 'read'; site: number; page: number; times: number }
  | { does: 'wait'; hours: number }
  | { does: 'flush'; lost: boolean }
  | { does: 'crash' }
  | { does: 'fold' }
  | { does: 'fault'; after: number; during: Step }

const many = fc.integer({ min: 1, max: 12 })
const few = fc.integer({ min: 0, max: 3 })
const site = fc.integer({ min: 0, max: SITES.length - 1 })
const plain: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ does: fc.constant('visit'), site, page: few, source: few, campaign: few, times: many }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('signup'), site, page: few, times: many }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('read'), site, page: few, times: many }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait'), hours: fc.integer({ min: -3, max: 400 }) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('flush'), lost: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ does: 'crash' }) },
  { weight: 1, arbitrary: fc.constant({ does: 'fold' }) },
)

/** The same with a disk that refuses one call, the first or a later one. */
const fault = fc.record({ does: fc.constant('fault' as const), after: fc.integer({ min: 0, max: 12 }), during: plain })
const step: fc.Arbitrary<Step> = fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: fault })

/** Sequences that once broke a promise. */
const FIXED: Step[][] = [
  // Making room changed a site that the group commit did not speak of, so a crash brought its pending count back.
  [
    { does: 'visit', site: 0, page: 0, source: 0, campaign: 0, times: 4 },
    { does: 'flush', lost: true },
    { does: 'visit', site: 0, page: 1, source: 0, campaign: 2, times: 5 },
    { does: 'signup', site: 0, page: 0, times: 9 },
    { does: 'read', site: 0, page: 0, times: 5 },
    { does: 'visit', site: 1, page: 0, source: 0, campaign: 0, times: 10 },
    { does: 'visit', site: 0, page: 0, source: 0, campaign: 0, times: 5 },
    { does: 'flush', lost: false },
    { does: 'visit', site: 2, page: 0, source: 0, campaign: 0, times: 5 },
    { does: 'flush', lost: false },
    { does: 'crash' },
    { does: 'wait', hours: 0 },
    { does: 'signup', site: 0, page: 0, times: 1 },
    { does: 'visit', site: 0, page: 0, source: 0, campaign: 0, times: 1 },
  ],
]

test(`counts are conserved, texts leave only at k and numbers only in k, whatever happens (${RUNS} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const world = new World()
      try {
        for (const next of steps) await world.take(next)
        world.settle()
      } finally {
        world.close()
      }
    }),
    { numRuns: RUNS, examples: FIXED.map((steps): [Step[]] => [steps]) },
  )
})

/** The accumulator under test, a ClickHouse that knows tokens, and a model that remembers every event. */
class World {
  readonly open: OpenAccumulator = openAccumulator({ pendingPerAccumulator: 40 })
  readonly calendar = createCalendar()
  /** What ClickHouse holds: parcels by token, so that a repeated one counts once. */
  readonly delivered = new Map<string, Parcel>()
  /** Acknowledged increments by site and counter. */
  readonly counted = new Map<string, number>()
  /** The same by value. */
  readonly byValue = new Map<string, number>()
  readonly visits = new Map<number, number>()
  now = START
  faulty = false

  async take(next: Step): Promise<void> {
    if (next.does === 'visit')
      await this.count(next.site, next.times, this.visit(next.page, next.source, next.campaign))
    else if (next.does === 'signup') await this.count(next.site, next.times, this.signup(next.page))
    else if (next.does === 'read') await this.count(next.site, next.times, this.read(next.page))
    else if (next.does === 'wait') this.wait(next.hours)
    else if (next.does === 'flush') this.flush(next.lost)
    else if (next.does === 'crash') this.open.reopen()
    else if (next.does === 'fold') this.open.accumulator.fold()
    else await this.withFault(next.after, next.during)
    this.checkDisk()
  }

  visit(page: number, source: number, campaign: number): Partial<AnonymousEvent> {
    const named = campaign > 1 ? { utm_campaign: `campaign-${campaign}` } : {}
    return {
      page: `/page-${page}`,
      source: `source-${source}`,
      channel: 'Referral',
      campaign: named,
      engages: page === 1,
    }
  }

  signup(page: number): Partial<AnonymousEvent> {
    return { kind: 'event', startsVisit: false, event: 'signup', page: `/page-${page}` }
  }

  read(page: number): Partial<AnonymousEvent> {
    return {
      kind: 'report',
      startsVisit: false,
      page: `/page-${page}`,
      pageIntervals: ['10s', '30s'],
      sessionIntervals: ['10s'],
    }
  }

  eventFor(site: Site, changes: Partial<AnonymousEvent>): AnonymousEvent {
    return aPageview({ ...this.calendar.localHour(site.timezone, this.now), ...changes })
  }

  async count(place: number, times: number, changes: Partial<AnonymousEvent>): Promise<void> {
    const site = SITES[place] ?? aSite()
    const event = this.eventFor(site, changes)
    const answers = Array.from({ length: times }, () => this.open.accumulator.count(site, event))
    const settled = await Promise.allSettled(answers)
    const acknowledged = settled.filter(({ status }) => status === 'fulfilled').length
    if (!this.faulty) expect(acknowledged).toBe(times)
    if (acknowledged > 0) this.remember(site, event, acknowledged)
  }

  remember(site: Site, event: AnonymousEvent, times: number): void {
    const { totals, attributes } = incrementsOf(event, site)
    this.visits.set(site.id, (this.visits.get(site.id) ?? 0) + totals.visits * times)
    for (const { counter, value, value2 } of attributes) {
      add(this.counted, `${site.id} ${COUNTERS[counter]?.name}`, times)
      add(this.byValue, `${site.id} ${COUNTERS[counter]?.name} ${value} ${value2}`, times)
    }
  }

  wait(hours: number): void {
    this.now += hours * HOUR
    this.open.accumulator.tick(this.now)
  }

  /** A lost flush has reached ClickHouse, but the accumulator does not learn of it. */
  flush(lost: boolean): void {
    const { accumulator } = this.open
    for (const parcel of [...accumulator.outbox(), ...accumulator.take()]) {
      const before = this.delivered.get(parcel.id)
      if (before) expect(parcel).toEqual(before)
      this.delivered.set(parcel.id, parcel)
      if (!lost) accumulator.forget(parcel.id)
    }
  }

  /** One call to the disk fails; what was not acknowledged must not be counted, and nothing else may be lost. */
  async withFault(after: number, during: Step): Promise<void> {
    const { sqlite } = this.open
    const { run, all, erase } = sqlite
    let calls = 0
    const failing =
      <Arguments extends unknown[], Result>(call: (...given: Arguments) => Result) =>
      (...given: Arguments): Result => {
        if (calls++ === after) throw new Error('disk full')
        return call(...given)
      }
    Object.assign(sqlite, { run: failing(run), all: failing(all), erase: failing(erase) })
    this.faulty = true
    try {
      await this.take(during)
    } catch (error) {
      if (!(error instanceof Error && error.message === 'disk full')) throw error
    }
    this.faulty = false
    Object.assign(sqlite, { run, all, erase })
  }

  /** No text stands on disk before it was counted k times; every number that left is a multiple of its site's k. */
  checkDisk(): void {
    const bytes = this.open.bytes()
    for (const text of [
      'page-0',
      'page-1',
      'page-2',
      'page-3',
      'source-0',
      'source-1',
      'campaign-2',
      'campaign-3',
      'signup',
    ]) {
      const needed = text.startsWith('campaign') ? 10 : 5
      const most = Math.max(0, ...SITES.map((site) => this.mostCounted(site.id, text)))
      if (most < needed) expect(bytes.includes(text), `${text} was counted ${most} times at most`).toBe(false)
    }
  }

  mostCounted(site: number, text: string): number {
    const counts = [...this.byValue].filter(([key]) => key.startsWith(`${site} `) && key.includes(text))
    return Math.max(0, ...counts.map(([, n]) => n))
  }

  /** Lets everything leave, and compares with the model. */
  settle(): void {
    this.now += 40 * 24 * HOUR
    this.open.accumulator.tick(this.now)
    for (let round = 0; round < 3; round++) this.flush(false)
    const rows = rowsOf([...this.delivered.values()])
    const released = new Map<string, number>()
    const releasedByValue = new Map<string, number>()
    for (const { site, metric, dimension, dimension2, value, value2, n } of rows) {
      expect(n % (SITES.find(({ id }) => id === site)?.k ?? 5)).toBe(0)
      const counter = `${metric}:${dimension2 === '' ? dimension : `${dimension}*${dimension2}`}`
      add(released, `${site} ${counter}`, n)
      if (value !== OTHER) add(releasedByValue, `${site} ${counter} ${value} ${value2}`, n)
    }
    for (const [key, n] of releasedByValue) expect(n, key).toBeLessThanOrEqual(this.byValue.get(key) ?? 0)
    this.checkSums(released)
    this.checkTotals()
  }

  /** Released + pending = counted, for every single dimension; for pairs at most, because they start when both are named. */
  checkSums(released: Map<string, number>): void {
    for (const { id } of SITES) {
      const pending = this.open.accumulator.pendingOf(id)
      for (const { name, dimensions } of COUNTERS) {
        const kept = (released.get(`${id} ${name}`) ?? 0) + (pending[name] ?? 0)
        const counted = this.counted.get(`${id} ${name}`) ?? 0
        if (dimensions.length === 1) expect(kept, `${id} ${name}`).toBe(counted)
        else expect(kept, `${id} ${name}`).toBeLessThanOrEqual(counted)
      }
    }
  }

  checkTotals(): void {
    const days = rowsOf<{ site: number; visits: number }>([...this.delivered.values()], 'days')
    const hours = rowsOf<{ site: number; visits: number }>([...this.delivered.values()], 'hours')
    for (const { id } of SITES) {
      const counted = this.visits.get(id) ?? 0
      for (const rows of [days, hours]) {
        expect(rows.filter(({ site }) => site === id).reduce((sum, { visits }) => sum + visits, 0)).toBe(counted)
      }
    }
  }

  close(): void {
    this.open.close()
  }
}

function add(sums: Map<string, number>, key: string, n: number): void {
  sums.set(key, (sums.get(key) ?? 0) + n)
}

test('every dimension is named by a counter of its own', () => {
  for (const [dimension, { metrics }] of Object.entries(DIMENSIONS)) {
    expect(COUNTERS.map(({ name }) => name)).toContain(`${metrics[0]}:${dimension}`)
  }
})
