// The strict profile: named only when visits of several kinds came, and sent once a day.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCalendar } from '../collector/calendar.ts'
import { COUNTERS } from '../collector/contract.ts'
import { incrementsOf } from '../collector/counters.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import { unpackPending } from '../collector/pending.ts'
import { bytes } from '../collector/sqlite.ts'
import {
  aPageview,
  aSite,
  type CountRow,
  flushed,
  NOON,
  type OpenAccumulator,
  openAccumulator,
  rowsOf,
} from './accumulated.ts'

const HOUR = 3_600_000
const site = aSite({ profile: 'strict', k: 10, timezone: 'Asia/Tokyo' })
/** 21:00 UTC of the day before is 6:00 in Tokyo; its midnight is at 15:00 UTC. */
const MIDNIGHT = Date.UTC(2026, 10, 10, 15)
/** So many that three strata of sixteen are certain. */
const KINDS = Array.from({ length: 30 }, (_, n) => `FR family ${n}`)

let open: OpenAccumulator
beforeEach(() => {
  open = openAccumulator()
})
afterEach(() => open.close())

/** Visits of a page, of these kinds in turn. */
async function visits(count: number, kinds: readonly string[], changes: Partial<AnonymousEvent> = {}): Promise<void> {
  for (let n = 0; n < count; n++) {
    await open.accumulator.count(site, aPageview({ stratum: kinds[n % kinds.length], ...changes }))
  }
}

const others = (changes: Partial<AnonymousEvent> = {}) =>
  visits(10, KINDS, { page: '/elsewhere', source: undefined, country: 'DE', ...changes })

function ofPage(rows: readonly CountRow[], page: string): number[] {
  return rows.filter(({ metric, value }) => metric === 'pageviews' && value === page).map(({ n }) => n)
}

describe('strata', () => {
  test('a page that one kind of visit opens again and again is never named; two more kinds name it, with all of them', async () => {
    await visits(40, ['FR Firefox'], { page: '/alone' })
    await others()
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT)), '/alone')).toEqual([])
    await visits(30, KINDS, { page: '/alone' })
    await others()
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT + 24 * HOUR)), '/alone')).toEqual([70])
  })

  test('survive a restart', async () => {
    await visits(15, KINDS.slice(0, 15), { page: '/alone' })
    await others()
    open.accumulator.fold()
    await visits(1, ['FR Firefox'], { page: '/kept' })
    await visits(8, KINDS, { page: '/kept' })
    open.reopen()
    await visits(1, ['FR Firefox'], { page: '/kept' })
    await others()
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT)), '/kept')).toEqual([10])
  })

  test('of different values cannot be compared: the same visitor falls into another one for each', async () => {
    for (let page = 0; page < 12; page++) await visits(1, ['FR Firefox'], { page: `/page-${page}` })
    open.accumulator.fold()
    const place = COUNTERS.findIndex(({ name }) => name === 'pageviews:page')
    const entries = open.sqlite.all('SELECT body FROM pending').flatMap((row) => unpackPending(bytes(row, 'body')))
    const strata = entries.filter(({ counter }) => counter === place).map(({ strata }) => strata)
    expect(strata).toHaveLength(12)
    for (const bits of strata) expect(Math.log2(bits) % 1).toBe(0)
    expect(new Set(strata).size).toBeGreaterThan(2)
  })
})

describe('once a day', () => {
  test('counts leave in the hour after midnight at the site, those of the days before only', async () => {
    await visits(10, KINDS, { page: '/today' })
    await others()
    expect(rowsOf(flushed(open.accumulator, NOON))).toEqual([])
    expect(rowsOf(flushed(open.accumulator, MIDNIGHT - 1))).toEqual([])
    await visits(10, KINDS, { page: '/tomorrow', day: '2026-11-11', hour: 0 })
    await others({ day: '2026-11-11', hour: 0 })
    const rows = rowsOf(flushed(open.accumulator, MIDNIGHT))
    expect(ofPage(rows, '/today')).toEqual([10])
    expect(new Set(rows.map(({ day }) => day))).toEqual(new Set(['2026-11-10']))
    await others({ day: '2026-11-11' })
    expect(rowsOf(flushed(open.accumulator, MIDNIGHT + 12 * HOUR))).toEqual([])
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT + 24 * HOUR)), '/tomorrow')).toEqual([10])
  })

  test('a crash after they left neither sends them again nor loses those that wait', async () => {
    await visits(10, KINDS, { page: '/today' })
    await others()
    await visits(10, KINDS, { page: '/tomorrow', day: '2026-11-11', hour: 0 })
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT)), '/today')).toEqual([10])
    open.reopen()
    await others({ day: '2026-11-11' })
    const rows = rowsOf(flushed(open.accumulator, MIDNIGHT + 24 * HOUR))
    expect(ofPage(rows, '/today')).toEqual([])
    expect(ofPage(rows, '/tomorrow')).toEqual([10])
  })

  test('they wait for another midnight while fewer than k visits came after them', async () => {
    await visits(10, KINDS, { page: '/today' })
    expect(rowsOf(flushed(open.accumulator, MIDNIGHT))).toEqual([])
    await others()
    expect(rowsOf(flushed(open.accumulator, MIDNIGHT + HOUR))).toEqual([])
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT + 24 * HOUR)), '/today')).toEqual([10])
  })

  test('visits before a midnight do not let those leave that still waited after it', async () => {
    await visits(10, KINDS, { page: '/today' })
    await others()
    await visits(10, KINDS, { page: '/tomorrow', day: '2026-11-11', hour: 0 })
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT)), '/today')).toEqual([10])
    expect(rowsOf(flushed(open.accumulator, MIDNIGHT + 24 * HOUR))).toEqual([])
    await others({ day: '2026-11-12' })
    expect(ofPage(rowsOf(flushed(open.accumulator, MIDNIGHT + 48 * HOUR)), '/tomorrow')).toEqual([10])
  })

  test('exact totals, which carry no attribute, leave at once', async () => {
    await visits(3, KINDS)
    expect(rowsOf<{ visits: number }>(flushed(open.accumulator, NOON), 'days').map(({ visits }) => visits)).toEqual([3])
  })
})

test('tells the owner of robots that all come in one way: they are nobody', async () => {
  const robot = { kind: 'dropped', startsVisit: false, page: '', source: undefined, dropped: ['bot_agent'] } as const
  for (let n = 0; n < 10; n++) await open.accumulator.count(site, aPageview(robot))
  await others()
  const rows = rowsOf(flushed(open.accumulator, MIDNIGHT)).filter(({ dimension }) => dimension === 'reason')
  expect(rows.map(({ value, n }) => [value, n])).toContainEqual(['bot_agent', 10])
})

test('counts no campaign', () => {
  const campaign = { utm_source: 'a', utm_medium: 'b', utm_campaign: 'c', utm_term: 'd', utm_content: 'e' }
  const counted = incrementsOf(aPageview({ campaign }), site).attributes.map(({ counter }) => COUNTERS[counter]?.name)
  expect(counted.length).toBeGreaterThan(5)
  expect(counted.filter((name) => name?.includes('utm_'))).toEqual([])
})

test('the site’s midnight is the one of its time zone', () => {
  expect(createCalendar().localHour(site.timezone, MIDNIGHT)).toEqual({ day: '2026-11-11', hour: 0 })
})
