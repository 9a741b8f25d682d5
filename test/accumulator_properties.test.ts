// The accumulators' promises for any sequence of events, crashes, month ends, failed flushes, changes of a site and changes
// of the number of shards, held against a naive model that remembers everything. SUNDIAL_PROPERTY_RUNS widens the search.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCalendar } from '../collector/calendar.ts'
import { COUNTERS, DIMENSIONS, OTHER } from '../collector/contract.ts'
import { incrementsOf } from '../collector/counters.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import type { Parcel } from '../collector/parcels.ts'
import { createShards, orderShards, readShards, type Shards } from '../collector/shards.ts'
import type { Site } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { aPageview, aSite, type OpenAccumulator, openAccumulator, rowsOf } from './accumulated.ts'
import { createRandom, type Random } from './chaos/random.ts'

const RUNS = Number(process.env.SUNDIAL_PROPERTY_RUNS ?? 150)
const START = Date.parse('2026-10-30T20:00:00Z')
const HOUR = 3_600_000
/** Between two steps: less than an isolate takes to learn of a change. */
const STEP = 2_000

const SITES = [
  aSite({ id: 1 }),
  aSite({ id: 2, domain: 'tens.example', k: 10, timezone: 'America/New_York' }),
  aSite({ id: 3, domain: 'cnil.example', profile: 'cnil', timezone: 'Asia/Kathmandu' }),
  aSite({ id: 4, domain: 'strict.example', profile: 'strict', k: 10, timezone: 'Pacific/Kiritimati' }),
]
const SPREAD = new Set(['example.com'])
const KS = [5, 10, 20] as const
const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati'] as const

type Step =
  | { does: 'visit'; site: number; page: number; source: number; campaign: number; times: number }
  | { does: 'signup'; site: number; page: number; times: number }
  | { does: 'read'; site: number; page: number; times: number }
  | { does: 'set'; site: number; k: (typeof KS)[number]; timezone: (typeof ZONES)[number] }
  | { does: 'wait'; hours: number }
  | { does: 'flush'; lost: boolean }
  | { does: 'crash'; shard: number }
  | { does: 'fold'; shard: number }
  | { does: 'reshard'; number: number }
  | { does: 'fault'; after: number; during: Step }

const many = fc.integer({ min: 1, max: 20 })
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
  { weight: 2, arbitrary: fc.record({ does: fc.constant('crash'), shard: few }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('fold'), shard: few }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('set'),
      site,
      k: fc.constantFrom(...KS),
      timezone: fc.constantFrom(...ZONES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reshard'), number: fc.integer({ min: 1, max: 3 }) }) },
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
    { does: 'crash', shard: 0 },
    { does: 'wait', hours: 0 },
    { does: 'signup', site: 0, page: 0, times: 1 },
    { does: 'visit', site: 0, page: 0, source: 0, campaign: 0, times: 1 },
  ],
]

test(`counts are conserved, texts leave only at k and numbers only in k, whatever happens (${RUNS} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(),
      async (steps, shards, seed) => {
        const world = new World(shards, createRandom(seed))
        try {
          for (const next of steps) await world.take(next)
          await world.settle()
        } finally {
          world.close()
        }
      },
    ),
    { numRuns: RUNS, examples: FIXED.map((steps): [Step[], number, number] => [steps, 1, 1]) },
  )
}, 600_000)

/** Accumulators as Durable Objects hold them, and isolates of the collector Worker that choose among them. */
class World {
  readonly settings = openSqliteSettings(':memory:')
  readonly calendar = createCalendar()
  readonly accumulators = new Map<string, Ledger>()
  /** Each deployment adds one; the earlier ones go on, and do not know at once. */
  readonly isolates: Shards[] = []
  readonly sites = [...SITES]
  /** The k that a site had, the smallest and the largest. */
  readonly ks = new Map<number, { least: number; most: number }>()
  readonly acknowledged = new Map<number, number>()
  readonly random: Random
  now = START
  faulty = false

  constructor(shards: number, random: Random) {
    this.random = random
    for (const { id, k } of SITES) this.ks.set(id, { least: k, most: k })
    this.deploy(shards)
  }

  deploy(wanted: number): void {
    const isolate = createShards({
      db: this.settings,
      wanted,
      spread: SPREAD,
      random: this.random.next,
      drain: async (name) => this.accumulator(name).drain(this.now),
      now: () => this.now,
      report: () => {},
    })
    this.isolates.push(isolate)
  }

  /** Made when it is first called, as a Durable Object is. */
  accumulator(name: string): Ledger {
    const known = this.accumulators.get(name)
    if (known) return known
    const made = new Ledger((site) => this.ks.get(site) ?? { least: 5, most: 5 })
    this.accumulators.set(name, made)
    return made
  }

  async take(next: Step): Promise<void> {
    this.now += STEP
    if (next.does === 'visit')
      await this.count(next.site, next.times, this.visit(next.page, next.source, next.campaign))
    else if (next.does === 'signup') await this.count(next.site, next.times, this.signup(next.page))
    else if (next.does === 'read') await this.count(next.site, next.times, this.read(next.page))
    else if (next.does === 'set') this.set(next.site, next.k, next.timezone)
    else if (next.does === 'wait') this.wait(next.hours)
    else if (next.does === 'flush') this.flush(next.lost)
    else if (next.does === 'crash') this.one(next.shard)?.open.reopen()
    else if (next.does === 'fold') this.one(next.shard)?.open.accumulator.fold()
    else if (next.does === 'reshard') await this.reshard(next.number)
    else await this.withFault(next.after, next.during)
    for (const ledger of this.accumulators.values()) ledger.checkDisk()
  }

  one(shard: number): Ledger | undefined {
    return [...this.accumulators.values()][shard % this.accumulators.size]
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
    const entryPage = `/page-${(page + 1) % 4}`
    return { kind: 'event', startsVisit: false, event: 'signup', page: `/page-${page}`, entryPage }
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
    const stratum = site.profile === 'strict' ? `FR ${this.random.below(5)}` : undefined
    return aPageview({ ...this.calendar.localHour(site.timezone, this.now), stratum, ...changes })
  }

  /** All at once, as one isolate takes them; refused by an isolate that must, or by an accumulator that was drained. */
  async count(place: number, times: number, changes: Partial<AnonymousEvent>): Promise<void> {
    const site = this.sites[place] ?? aSite()
    const event = this.eventFor(site, changes)
    const isolate = this.isolates[this.random.below(this.isolates.length)]
    if (!isolate || (await isolate.refusal()) !== undefined) return
    const ledgers = Array.from({ length: times }, () => this.accumulator(isolate.nameFor(site)))
    const taking = ledgers.filter(({ drained }) => !drained)
    const settled = await Promise.allSettled(taking.map(({ open }) => open.accumulator.count(site, event)))
    for (const [at, { status }] of settled.entries()) {
      if (!this.faulty) expect(status).toBe('fulfilled')
      if (status === 'rejected') continue
      taking[at]?.remember(site, event)
      add(this.acknowledged, site.id, incrementsOf(event, site).totals.visits)
    }
  }

  /** Reaches an accumulator with the site's next event. */
  set(place: number, k: Site['k'], timezone: string): void {
    const site = this.sites[place]
    if (!site) return
    this.sites[place] = { ...site, k, timezone }
    const { least, most } = this.ks.get(site.id) ?? { least: k, most: k }
    this.ks.set(site.id, { least: Math.min(least, k), most: Math.max(most, k) })
  }

  wait(hours: number): void {
    this.now += hours * HOUR
    for (const { open } of this.accumulators.values()) open.accumulator.tick(this.now)
  }

  flush(lost: boolean): void {
    for (const ledger of this.accumulators.values()) ledger.flush(lost, this.now)
  }

  /** As `sundial reshard` orders it, and the deployment that goes with it. */
  async reshard(number: number): Promise<void> {
    // The first event of a deployment remembers the number; there is nothing to change before.
    if ((await readShards(this.settings)) === undefined) return
    await orderShards(this.settings, number)
    this.deploy(number)
  }

  /** One call to a disk fails; what was not acknowledged must not be counted, and nothing else may be lost. */
  async withFault(after: number, during: Step): Promise<void> {
    let calls = 0
    const failing =
      <Arguments extends unknown[], Result>(call: (...given: Arguments) => Result) =>
      (...given: Arguments): Result => {
        if (calls++ === after) throw new Error('disk full')
        return call(...given)
      }
    const disks = [...this.accumulators.values()].map(({ open: { sqlite } }) => sqlite)
    const whole = disks.map(({ run, all, erase }) => ({ run, all, erase }))
    for (const [at, { run, all, erase }] of whole.entries()) {
      Object.assign(disks[at] ?? {}, { run: failing(run), all: failing(all), erase: failing(erase) })
    }
    this.faulty = true
    try {
      await this.take(during)
    } catch (error) {
      if (!(error instanceof Error && error.message === 'disk full')) throw error
    }
    this.faulty = false
    for (const [at, calls] of whole.entries()) Object.assign(disks[at] ?? {}, calls)
  }

  /** Lets everything leave, and compares with the model. */
  async settle(): Promise<void> {
    await this.endChange()
    this.now += 40 * 24 * HOUR
    for (const { open } of this.accumulators.values()) open.accumulator.tick(this.now)
    for (let round = 0; round < 3; round++) this.flush(false)
    const ids = [...this.accumulators.values()].flatMap(({ delivered }) => [...delivered.keys()])
    expect(new Set(ids).size).toBe(ids.length)
    for (const ledger of this.accumulators.values()) ledger.check()
    for (const { id } of SITES) {
      const counted = [...this.accumulators.values()].map(({ totals }) => totals.get(`${id} visits`) ?? 0)
      expect(counted.reduce((sum, n) => sum + n, 0)).toBe(this.acknowledged.get(id) ?? 0)
    }
  }

  /** A change that was ordered comes to its end while requests come and counts leave, and events are taken again. */
  async endChange(): Promise<void> {
    if ((await readShards(this.settings)) === undefined) return
    const newest = this.isolates.at(-1)
    for (let round = 0; round < 3; round++) {
      // Longer than an isolate goes without looking.
      this.now += 10 * STEP
      await newest?.refusal()
      this.flush(false)
    }
    expect(await newest?.refusal()).toBe(undefined)
    for (const name of newest?.names() ?? []) expect(this.accumulators.get(name)?.drained ?? false).toBe(false)
  }

  close(): void {
    this.settings.close()
    for (const { open } of this.accumulators.values()) open.close()
  }
}

const TEXTS = [0, 1, 2, 3].flatMap((n) => [`page-${n}`, `source-${n}`, `campaign-${n}`]).concat('signup')
const TOTALS = ['visits', 'pageviews', 'engaged', 'events'] as const

/** One accumulator under test, a ClickHouse that knows tokens, and a model that remembers every event. */
class Ledger {
  readonly open: OpenAccumulator = openAccumulator({ pendingPerAccumulator: 40 })
  /** What ClickHouse holds: parcels by token, so that a repeated one counts once. */
  readonly delivered = new Map<string, Parcel>()
  /** Acknowledged totals by site. */
  readonly totals = new Map<string, number>()
  /** Acknowledged increments by site and counter. */
  readonly counted = new Map<string, number>()
  /** The same by value. */
  readonly byValue = new Map<string, number>()
  readonly ksOf: (site: number) => { least: number; most: number }
  /** It takes no event any more. */
  drained = false

  constructor(ksOf: (site: number) => { least: number; most: number }) {
    this.ksOf = ksOf
  }

  drain(now: number): boolean {
    this.drained = true
    return this.open.accumulator.drain(now)
  }

  remember(site: Site, event: AnonymousEvent): void {
    const { totals, attributes } = incrementsOf(event, site)
    for (const [metric, n] of Object.entries(totals)) add(this.totals, `${site.id} ${metric}`, n)
    for (const { counter, value, value2 } of attributes) {
      add(this.counted, `${site.id} ${COUNTERS[counter]?.name}`, 1)
      add(this.byValue, `${site.id} ${COUNTERS[counter]?.name} ${value} ${value2}`, 1)
    }
  }

  /** A lost flush has reached ClickHouse, but the accumulator does not learn of it. */
  flush(lost: boolean, now: number): void {
    const { accumulator } = this.open
    for (const parcel of [...accumulator.outbox(), ...accumulator.take(now)]) {
      const before = this.delivered.get(parcel.id)
      if (before) expect(parcel).toEqual(before)
      this.delivered.set(parcel.id, parcel)
      if (!lost) accumulator.forget(parcel.id)
    }
  }

  /** No text stands on disk before it was counted k times. */
  checkDisk(): void {
    const bytes = this.open.bytes()
    for (const text of TEXTS) {
      const times = text.startsWith('campaign') ? 2 : 1
      const named = SITES.some(({ id }) => this.mostCounted(id, text) >= times * this.ksOf(id).least)
      if (!named) expect(bytes.includes(text), `${text} was not counted often enough`).toBe(false)
    }
  }

  mostCounted(site: number, text: string): number {
    const counts = [...this.byValue].filter(([key]) => key.startsWith(`${site} `) && key.includes(text))
    return Math.max(0, ...counts.map(([, n]) => n))
  }

  /** After everything has left. */
  check(): void {
    const rows = rowsOf([...this.delivered.values()])
    const released = new Map<string, number>()
    const releasedByValue = new Map<string, number>()
    for (const { site, metric, dimension, dimension2, value, value2, n } of rows) {
      expect(n % this.ksOf(site).least).toBe(0)
      const counter = `${metric}:${dimension2 === '' ? dimension : `${dimension}*${dimension2}`}`
      add(released, `${site} ${counter}`, n)
      if (value !== OTHER) add(releasedByValue, `${site} ${counter} ${value} ${value2}`, n)
    }
    for (const [key, n] of releasedByValue) expect(n, key).toBeLessThanOrEqual(this.byValue.get(key) ?? 0)
    this.checkSums(released)
    this.checkTotals()
    const nothing = { sites: 0, pending: 0, waiting: 0, outbox: 0 }
    if (this.drained) expect(this.open.accumulator.gauge()).toMatchObject(nothing)
  }

  /**
   * Released + pending = counted, for every single dimension; for pairs at most, because they start when both are named.
   * An accumulator that was drained has forgotten what was less than k.
   */
  checkSums(released: Map<string, number>): void {
    for (const { id } of SITES) {
      const pending = this.open.accumulator.pendingOf(id)
      const forgotten = this.drained ? this.ksOf(id).most - 1 : 0
      for (const { name, dimensions } of COUNTERS) {
        const kept = (released.get(`${id} ${name}`) ?? 0) + (pending[name] ?? 0)
        const counted = this.counted.get(`${id} ${name}`) ?? 0
        expect(kept, `${id} ${name}`).toBeLessThanOrEqual(counted)
        if (dimensions.length === 1) expect(kept + forgotten, `${id} ${name}`).toBeGreaterThanOrEqual(counted)
      }
    }
  }

  checkTotals(): void {
    const delivered = [...this.delivered.values()]
    type Row = { site: number } & Record<string, number>
    const sum = (table: string, site: number, metric: string) =>
      rowsOf<Row>(delivered, table)
        .filter((row) => row.site === site)
        .reduce((total, row) => total + (row[metric] ?? 0), 0)
    for (const { id } of SITES) {
      for (const metric of TOTALS) expect(sum('days', id, metric)).toBe(this.totals.get(`${id} ${metric}`) ?? 0)
      expect(sum('hours', id, 'visits')).toBe(this.totals.get(`${id} visits`) ?? 0)
    }
  }
}

function add<Key>(sums: Map<Key, number>, key: Key, n: number): void {
  sums.set(key, (sums.get(key) ?? 0) + n)
}

test('every dimension is named by a counter of its own', () => {
  for (const [dimension, { metrics }] of Object.entries(DIMENSIONS)) {
    expect(COUNTERS.map(({ name }) => name)).toContain(`${metrics[0]}:${dimension}`)
  }
})
