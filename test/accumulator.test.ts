import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COUNTERS } from '../collector/contract.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import type { Parcel } from '../collector/parcels.ts'
import type { Release } from '../collector/pending.ts'
import { bytes, number, text } from '../collector/sqlite.ts'
import type { DayTotals } from '../collector/totals.ts'
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

let open: OpenAccumulator
beforeEach(() => {
  open = openAccumulator()
})
afterEach(() => open.close())

const site = aSite()

async function visits(count: number, changes: Partial<AnonymousEvent> = {}): Promise<void> {
  for (let n = 0; n < count; n++) await open.accumulator.count(site, aPageview(changes))
}

function sum(parcels: Parcel[], metric: string, dimension: string, value: string): number {
  return rowsOf(parcels)
    .filter(
      (row) => row.metric === metric && row.dimension === dimension && row.dimension2 === '' && row.value === value,
    )
    .reduce((total, { n }) => total + n, 0)
}

interface Head {
  totals: DayTotals[]
  taken?: [number, string][]
}

/** A row of the journal with other heads to its records. */
function rewritten(body: Buffer, change: (record: Head) => object): Buffer {
  const records: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const [head, pending] = [body.readUInt32BE(at), body.readUInt32BE(at + 4)]
    const parsed: Head = JSON.parse(body.toString('utf8', at + 8, at + 8 + head))
    const changed = Buffer.from(JSON.stringify(change(parsed)))
    const lengths = Buffer.alloc(8)
    lengths.writeUInt32BE(changed.length)
    lengths.writeUInt32BE(pending, 4)
    records.push(lengths, changed, body.subarray(at + 8 + head, at + 8 + head + pending))
    at += 8 + head + pending
  }
  return Buffer.concat(records)
}

describe('counting in fives', () => {
  test('after four visits the totals say four and nothing else leaves', async () => {
    await visits(4, { page: '/quiet' })
    const parcels = flushed(open.accumulator)
    expect(rowsOf<{ visits: number }>(parcels, 'hours').map(({ visits }) => visits)).toEqual([4])
    expect(rowsOf<{ visits: number; pageviews: number }>(parcels, 'days')).toMatchObject([{ visits: 4, pageviews: 4 }])
    expect(rowsOf(parcels)).toEqual([])
    expect(open.bytes().includes('/quiet')).toBe(false)
  })

  test('the fifth visit names the page with 5, the ninth leaves it at 5, the tenth makes it 10', async () => {
    const parcels: Parcel[] = []
    const seen: number[] = []
    for (let n = 1; n <= 10; n++) {
      await visits(1, { page: '/guide' })
      // Other pages bring the five visits that a release waits for.
      for (let other = 0; other < 5; other++)
        await visits(1, { page: `/other/${n}/${other}`, source: undefined, country: 'DE' })
      parcels.push(...flushed(open.accumulator))
      seen.push(sum(parcels, 'pageviews', 'page', '/guide'))
    }
    expect(seen).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 10])
  })

  test('a release waits until k visits have come after it', async () => {
    await visits(5)
    expect(rowsOf(flushed(open.accumulator))).toEqual([])
    await visits(4, { page: '/later' })
    expect(rowsOf(flushed(open.accumulator))).toEqual([])
    await visits(1, { page: '/later' })
    expect(sum(flushed(open.accumulator), 'pageviews', 'page', '/')).toBe(5)
  })

  test('a restart forgets no visit that has come after a release', async () => {
    await visits(5)
    await visits(4, { page: '/later' })
    open.accumulator.fold()
    open.reopen()
    expect(rowsOf(flushed(open.accumulator))).toEqual([])
    await visits(1, { page: '/later' })
    expect(sum(flushed(open.accumulator), 'pageviews', 'page', '/')).toBe(5)
  })

  test('a site that counts in tens writes tens', async () => {
    const tens = aSite({ id: 2, k: 10 })
    for (let n = 0; n < 39; n++) await open.accumulator.count(tens, aPageview())
    const rows = rowsOf(flushed(open.accumulator))
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ n }) => n % 10 !== 0)).toEqual([])
    expect(rows.find(({ dimension, dimension2 }) => dimension === 'page' && dimension2 === '')?.n).toBe(30)
  })

  test('a campaign is named after twice k', async () => {
    const campaign = { utm_campaign: 'spring' }
    await visits(9, { campaign })
    expect(open.bytes().includes('spring')).toBe(false)
    await visits(1, { campaign })
    expect(open.bytes().includes('spring')).toBe(true)
    await visits(5, {})
    expect(sum(flushed(open.accumulator), 'visits', 'utm_campaign', 'spring')).toBe(10)
  })

  test('a source that is a link’s free text is named after twice k, like a campaign', async () => {
    await visits(9, { source: 'anna-newsletter', sourceIsTag: true })
    expect(open.bytes().includes('anna-newsletter')).toBe(false)
    await visits(1, { source: 'anna-newsletter', sourceIsTag: true })
    expect(open.bytes().includes('anna-newsletter')).toBe(true)
  })

  test('a pair starts counting only when both of its values are named', async () => {
    await visits(5)
    expect(open.accumulator.pendingOf(1)['visits:entry_page*source']).toBe(1)
    await visits(4)
    expect(open.accumulator.pendingOf(1)['visits:entry_page*source']).toBeUndefined()
    await visits(5, { page: '/later', source: undefined })
    const pair = rowsOf(flushed(open.accumulator)).find(({ dimension2 }) => dimension2 === 'source')
    expect(pair).toMatchObject({ dimension: 'entry_page', value: '/', value2: 'Google', n: 5 })
  })

  test('an event counts by its entry page once both are named, and never by a third attribute beside them', async () => {
    const signup = { kind: 'event', startsVisit: false, event: 'signup', page: '/thanks', entryPage: '/' } as const
    await visits(4)
    await visits(5, signup)
    expect(open.accumulator.pendingOf(1)['events:event*entry_page']).toBeUndefined()
    await visits(1)
    await visits(4, signup)
    expect(open.accumulator.pendingOf(1)['events:event*entry_page']).toBe(4)
    await visits(1, { ...signup, entryPage: '/never-entered' })
    expect(open.accumulator.pendingOf(1)['events:event*entry_page']).toBe(4)
    await visits(1, signup)
    await visits(5, { page: '/later', source: undefined })
    const rows = rowsOf(flushed(open.accumulator))
    expect(rows.filter(({ dimension2 }) => dimension2 === 'entry_page')).toMatchObject([
      { metric: 'events', dimension: 'event', value: 'signup', value2: '/', n: 5 },
    ])
    expect(rows.filter(({ value, value2 }) => [value, value2].includes('/never-entered'))).toEqual([])
    expect(sum(flushed(open.accumulator), 'visits', 'entry_page', '/')).toBe(0)
  })

  test('a reload counts in the totals only', async () => {
    await visits(20, { reload: true, startsVisit: false, page: '/again' })
    const parcels = flushed(open.accumulator)
    expect(rowsOf(parcels, 'days')).toMatchObject([{ visits: 0, pageviews: 20 }])
    expect(open.accumulator.gauge().pending).toBe(0)
  })
})

describe('draining', () => {
  const NOW = Date.parse('2026-11-10T12:00:00Z')

  test('sends all at once, dated today: what is pending as (other) in fives, what waits by name, totals exactly', async () => {
    for (let n = 0; n < 4; n++)
      for (let page = 0; page < 3; page++) await visits(1, { page: `/p${page}`, source: 'Bing' })
    await visits(2, { page: '/p0' })
    expect(open.accumulator.drain(NOW)).toBe(false)
    const parcels = flushed(open.accumulator)
    const pages = rowsOf(parcels).filter(({ metric, dimension2 }) => metric === 'pageviews' && dimension2 === '')
    expect(pages.filter(({ dimension }) => dimension === 'page')).toMatchObject([
      { value: '(other)', day: '2026-11-10', n: 5 },
      { value: '/p0', day: '2026-11-10', n: 5 },
    ])
    expect(rowsOf(parcels, 'days')).toMatchObject([{ visits: 14, pageviews: 14 }])
  })

  test('is done when ClickHouse has everything, and then nothing of the site is left', async () => {
    await visits(7, { page: '/drained' })
    open.accumulator.drain(NOW)
    const parcels = open.accumulator.take(NOON)
    expect(open.accumulator.drain(NOW)).toBe(false)
    open.reopen()
    for (const { id } of parcels) open.accumulator.forget(id)
    expect(open.accumulator.drain(NOW)).toBe(true)
    expect(open.accumulator.gauge()).toMatchObject({ sites: 0, pending: 0, waiting: 0, outbox: 0 })
    open.accumulator.fold()
    expect(open.bytes().includes('/drained')).toBe(false)
  })
})

describe('months', () => {
  test('what is pending at the end of the month goes to (other) in fives, on its last day, and the rest carries over', async () => {
    for (let n = 0; n < 4; n++)
      for (let page = 0; page < 3; page++) await visits(1, { page: `/p${page}`, source: 'Bing' })
    open.accumulator.tick(Date.parse('2026-12-01T00:00:01Z'))
    const rows = rowsOf(flushed(open.accumulator)).filter(({ metric }) => metric === 'pageviews')
    expect(rows.filter(({ dimension }) => dimension === 'page')).toMatchObject([
      { value: '(other)', day: '2026-11-30', n: 10 },
    ])
    expect(open.accumulator.pendingOf(1)['pageviews:page']).toBe(2)
  })

  test('a month’s key is destroyed with it: the same values hash to other bytes, and the old bytes are gone from disk', async () => {
    await visits(3, { page: '/secret' })
    open.accumulator.fold()
    const before = open.sqlite.all('SELECT salt FROM site')[0]?.salt
    const hashes = open.sqlite.all('SELECT body FROM pending')[0]?.body
    expect(before).toBeInstanceOf(Uint8Array)
    open.accumulator.tick(Date.parse('2026-12-01T00:00:01Z'))
    await visits(3, { page: '/secret', day: '2026-12-01' })
    open.accumulator.fold()
    for (const old of [before, hashes]) {
      if (!(old instanceof Uint8Array)) throw new Error('nothing was kept')
      expect(open.bytes().includes(Buffer.from(old).subarray(0, 16))).toBe(false)
    }
  })

  test('releases still waiting leave when the month ends', async () => {
    await visits(5)
    expect(rowsOf(flushed(open.accumulator))).toEqual([])
    open.accumulator.tick(Date.parse('2026-12-01T00:00:01Z'))
    expect(sum(flushed(open.accumulator), 'pageviews', 'page', '/')).toBe(5)
  })

  test('a value must be counted k times within one month to be named', async () => {
    await visits(4, { page: '/slow' })
    await visits(4, { page: '/slow', day: '2026-12-01' })
    await visits(10, { page: '/fast', day: '2026-12-02' })
    expect(open.bytes().includes('/slow')).toBe(false)
    expect(rowsOf(flushed(open.accumulator)).map(({ value }) => value)).not.toContain('/slow')
  })

  test('what a new month releases waits for visits of its own, though last month’s leaves', async () => {
    await visits(5, { page: '/old' })
    open.accumulator.tick(Date.parse('2026-12-01T00:00:01Z'))
    await visits(5, { page: '/new', day: '2026-12-01' })
    const values = new Set(rowsOf(flushed(open.accumulator)).map(({ value }) => value))
    expect(values.has('/old')).toBe(true)
    expect(values.has('/new')).toBe(false)
  })

  test('a clock that is set back dates nothing into the future', async () => {
    for (let page = 0; page < 3; page++) await visits(4, { page: `/p${page}`, day: '2026-12-01' })
    await visits(1, { day: '2026-11-20' })
    const days = rowsOf(flushed(open.accumulator)).map(({ day }) => day)
    expect(days.length).toBeGreaterThan(0)
    expect(days.filter((day) => day > '2026-12-01')).toEqual([])
  })

  test('what a dormant site still owes is forgotten after its retention period', async () => {
    await visits(3)
    flushed(open.accumulator)
    for (let month = 0; month < 15; month++) {
      open.accumulator.tick(Date.UTC(2026, 11 + month, 1, 0, 0, 1))
      flushed(open.accumulator)
      if (month === 10) expect(open.accumulator.gauge().sites).toBe(1)
    }
    expect(open.accumulator.gauge()).toMatchObject({ sites: 0, pending: 0 })
  })

  test('a straggler of the last minute does not end the new month again', async () => {
    await visits(3, { day: '2026-12-01' })
    await visits(1, { day: '2026-11-30', hour: 23 })
    await visits(1, { day: '2026-12-01' })
    await visits(5, { day: '2026-12-01', page: '/more' })
    const rows = rowsOf(flushed(open.accumulator)).filter(
      ({ dimension, dimension2 }) => dimension === 'page' && !dimension2,
    )
    expect(rows).toMatchObject([
      { value: '/', n: 5, day: '2026-12-01' },
      { value: '/more', n: 5 },
    ])
  })
})

describe('settings that change', () => {
  test('what was counted under a higher k is not named under a lower one', async () => {
    const [fifty, five] = [aSite({ k: 50 }), aSite({ k: 5 })]
    for (let n = 0; n < 6; n++) await open.accumulator.count(fifty, aPageview({ page: '/guarded' }))
    for (let n = 0; n < 4; n++) await open.accumulator.count(five, aPageview({ page: '/guarded' }))
    expect(open.bytes().includes('/guarded')).toBe(false)
    await open.accumulator.count(five, aPageview({ page: '/guarded' }))
    expect(open.bytes().includes('/guarded')).toBe(true)
  })

  test('from a higher k on, nothing that leaves is less than it', async () => {
    const [five, fifty] = [aSite({ k: 5 }), aSite({ k: 50 })]
    for (let n = 0; n < 10; n++) await open.accumulator.count(five, aPageview())
    flushed(open.accumulator)
    // What was released in fives and waited becomes (other) with the change.
    await open.accumulator.count(fifty, aPageview())
    flushed(open.accumulator)
    for (let n = 0; n < 160; n++) await open.accumulator.count(fifty, aPageview())
    const rows = rowsOf(flushed(open.accumulator))
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ n }) => n % 50 !== 0)).toEqual([])
  })

  test('a change of k sends nothing by name that waits for visits to come after it, and loses none of it', async () => {
    await visits(5, { page: '/guarded' })
    const robot = { kind: 'dropped', startsVisit: false, page: '', source: undefined, dropped: ['bot_agent'] } as const
    await open.accumulator.count(aSite({ k: 10 }), aPageview(robot))
    await open.accumulator.count(aSite(), aPageview(robot))
    const rows = rowsOf(flushed(open.accumulator))
    expect(new Set(rows.map(({ value }) => value))).toEqual(new Set())
    expect(open.bytes().includes('/guarded')).toBe(false)
    expect(open.accumulator.pendingOf(1)['pageviews:page']).toBe(5)
  })

  test('a profile without campaigns forgets those that are pending or waiting', async () => {
    const campaign = { utm_campaign: 'spring', utm_source: 'letter' }
    await visits(11, { campaign })
    const strict = aSite({ profile: 'cnil' })
    for (let n = 0; n < 30; n++) await open.accumulator.count(strict, aPageview({ campaign }))
    const dimensions = new Set(rowsOf(flushed(open.accumulator)).map(({ dimension }) => dimension))
    expect([...dimensions].filter((dimension) => dimension.startsWith('utm_'))).toEqual([])
    expect(dimensions.has('page')).toBe(true)
  })
})

describe('durability', () => {
  test('what was acknowledged is there after kill -9, before and after a fold', async () => {
    await visits(4, { page: '/kept' })
    open.reopen()
    await visits(1, { page: '/kept' })
    open.accumulator.fold()
    await visits(3, { page: '/kept' })
    open.reopen()
    await visits(2, { page: '/kept' })
    await visits(5, { page: '/later' })
    const parcels = flushed(open.accumulator)
    expect(sum(parcels, 'pageviews', 'page', '/kept')).toBe(10)
    expect(rowsOf<{ pageviews: number }>(parcels, 'days')).toMatchObject([{ pageviews: 15 }])
  })

  test('a parcel that was not confirmed comes again with the same id and rows', async () => {
    await visits(10)
    const first = open.accumulator.take(NOON)
    expect(first.length).toBeGreaterThan(1)
    open.reopen()
    await visits(10)
    expect(open.accumulator.outbox()).toEqual(first)
    for (const { id } of first) open.accumulator.forget(id)
    expect(open.accumulator.outbox()).toEqual([])
  })

  test('when the disk refuses, the event is rejected and counted nowhere', async () => {
    await visits(2)
    const { run } = open.sqlite
    open.sqlite.run = () => {
      throw new Error('disk full')
    }
    await expect(open.accumulator.count(site, aPageview())).rejects.toThrow('disk full')
    open.sqlite.run = run
    await visits(1)
    expect(rowsOf(flushed(open.accumulator), 'days')).toMatchObject([{ visits: 3, pageviews: 3 }])
    expect(open.accumulator.pendingOf(1)['pageviews:page']).toBe(3)
  })

  test('the journal is erased when it is folded', async () => {
    await visits(3)
    expect(open.sqlite.all('SELECT id FROM journal')).toHaveLength(1)
    open.accumulator.tick(Date.parse('2026-11-10T10:00:00Z'))
    open.accumulator.tick(Date.parse('2026-11-10T10:01:00Z'))
    expect(open.sqlite.all('SELECT id FROM journal')).toEqual([])
  })

  test('a parcel that ClickHouse has taken is erased from disk, also when nothing comes any more', async () => {
    await visits(10, { page: '/delivered' })
    const parcels = open.accumulator.take(NOON)
    open.accumulator.fold()
    expect(open.bytes().includes('/delivered')).toBe(true)
    for (const { id } of parcels) open.accumulator.forget(id)
    const now = Date.parse('2026-11-10T10:00:00Z')
    open.accumulator.tick(now)
    open.accumulator.tick(now + 50_000)
    expect(open.bytes().includes('/delivered')).toBe(false)
  })

  test('a reader of the file keeps it from being erased only while it reads', async () => {
    await visits(1)
    const record = Buffer.from(onlyRecord())
    const reader = new DatabaseSync(join(open.directory, 'accumulator.sqlite'))
    reader.exec('BEGIN; SELECT * FROM journal')
    reader.prepare('SELECT * FROM journal').all()
    const now = Date.parse('2026-11-10T10:00:00Z')
    open.accumulator.tick(now)
    open.accumulator.tick(now + 50_000)
    expect(open.bytes().includes(record)).toBe(true)
    expect(open.accumulator.dueAt(now + 50_000)).toBeDefined()
    reader.close()
    open.accumulator.tick(now + 55_000)
    open.accumulator.tick(now + 105_000)
    expect(open.bytes().includes(record)).toBe(false)
  })

  test('a counter that moved in the data contract keeps what it has counted, over two starts', async () => {
    await visits(4, { page: '/moved', source: 'Bing' })
    await visits(5, { page: '/waits' })
    open.accumulator.fold()
    // As an older data contract would have written it: two counters the other way round.
    const [first, second] = [0, 5].map((place) => COUNTERS[place]?.name ?? '')
    open.sqlite.run('UPDATE counter SET name = ? WHERE place = 0', second ?? '')
    open.sqlite.run('UPDATE counter SET name = ? WHERE place = 5', first ?? '')
    const swapped = (place: number) => (place === 0 ? 5 : place === 5 ? 0 : place)
    rewrite(swapped)
    const before = open.accumulator.pendingOf(1)
    open.reopen()
    open.reopen()
    expect(open.accumulator.pendingOf(1)).toEqual(before)
    await visits(5, { page: '/later', source: undefined })
    expect(sum(flushed(open.accumulator), 'pageviews', 'page', '/waits')).toBe(5)
  })

  test('a counter that an earlier version did not have begins to count, and the others go on', async () => {
    await visits(4)
    open.accumulator.fold()
    open.sqlite.run('DELETE FROM counter WHERE place = ?', COUNTERS.length - 1)
    const before = open.accumulator.pendingOf(1)
    open.reopen()
    expect(open.accumulator.pendingOf(1)).toEqual(before)
    await visits(1)
    await visits(7, { kind: 'event', startsVisit: false, event: 'signup', entryPage: '/' })
    open.reopen()
    expect(open.accumulator.pendingOf(1)).toMatchObject({ 'events:event*entry_page': 3 })
    await visits(5, { page: '/later', source: undefined })
    expect(sum(flushed(open.accumulator), 'visits', 'entry_page', '/')).toBe(5)
  })

  test('a counter that a later version has, or an earlier one had, is forgotten, and the others go on', async () => {
    await visits(4, { page: '/kept', source: undefined })
    open.accumulator.fold()
    const place = COUNTERS.findIndex(({ name }) => name === 'pageviews:page')
    open.sqlite.run("UPDATE counter SET name = 'pageviews:nobody_knows' WHERE place = ?", place)
    open.reopen()
    const { 'pageviews:page': forgotten, 'visits:entry_page': kept } = open.accumulator.pendingOf(1)
    expect([forgotten, kept]).toEqual([undefined, 4])
    await visits(5, { page: '/kept', source: undefined })
    await visits(5, { page: '/later', source: undefined })
    const parcels = flushed(open.accumulator)
    expect([sum(parcels, 'visits', 'entry_page', '/kept'), sum(parcels, 'pageviews', 'page', '/kept')]).toEqual([5, 5])
  })

  /** Gives every kept counter another place, in the bytes that stand on disk. */
  function rewrite(place: (place: number) => number): void {
    for (const row of open.sqlite.all('SELECT place, body FROM pending')) {
      const body = Buffer.from(bytes(row, 'body'))
      for (let at = 20; at < body.length; at += 24) body[at] = place(body[at] ?? 0)
      open.sqlite.run('UPDATE pending SET body = ? WHERE place = ?', body, number(row, 'place'))
    }
    for (const row of open.sqlite.all('SELECT place, body FROM waiting')) {
      const releases: Release[] = JSON.parse(text(row, 'body'))
      const moved = releases.map((release) => ({ ...release, counter: place(release.counter) }))
      open.sqlite.run('UPDATE waiting SET body = ? WHERE place = ?', JSON.stringify(moved), number(row, 'place'))
    }
  }

  test('what waits lies on disk in an order that tells nothing of the visits', async () => {
    const visitors = [
      { page: '/b', source: 'Yandex', channel: 'Search', country: 'DE' },
      { page: '/a', source: 'Bing', channel: 'Social', country: 'FR' },
    ]
    for (const visitor of visitors) await visits(5, visitor)
    const record = Buffer.from(onlyRecord()).toString('latin1')
    open.accumulator.fold()
    const snapshot = text(open.sqlite.all('SELECT body FROM waiting')[0] ?? {}, 'body')
    const releases: Release[] = JSON.parse(snapshot)
    const keys = releases.map(({ counter, value }) => `${String(counter).padStart(3)} ${value}`)
    expect(keys.length).toBeGreaterThan(8)
    // The order of their JSON keys: day, counter, value.
    expect(
      releases.map((release) => JSON.stringify([release.day, release.counter, release.value, release.value2])),
    ).toEqual(
      releases.map((release) => JSON.stringify([release.day, release.counter, release.value, release.value2])).sort(),
    )
    expect(record.indexOf('Yandex')).toBeGreaterThan(0)
  })

  test('a file of an earlier version is read: totals by metric, and sites that left as a whole', async () => {
    const earlier = ({ site, day, visits, pageviews }: DayTotals) => [
      ...Object.entries(visits).map(([hour, n]) => ({ site, day, hour: Number(hour), metric: 'visits', n })),
      { site, day, metric: 'pageviews', n: pageviews },
    ]
    await visits(5)
    await visits(6, { page: '/later', source: undefined, country: 'DE' })
    open.accumulator.fold()
    const saved: DayTotals[] = JSON.parse(text(open.sqlite.all('SELECT body FROM totals')[0] ?? {}, 'body'))
    open.sqlite.run('UPDATE totals SET body = ?', JSON.stringify(saved.flatMap(earlier)))
    open.reopen()
    const days = () => rowsOf<{ visits: number; pageviews: number }>(flushed(open.accumulator), 'days')
    expect(days()).toMatchObject([{ visits: 11, pageviews: 11 }])
    // The journal now says that the site has left, and then of three more visits.
    await visits(3, { hour: 23 })
    for (const row of open.sqlite.all('SELECT id, body FROM journal')) {
      const records = rewritten(Buffer.from(bytes(row, 'body')), (record) => ({
        ...record,
        totals: record.totals.flatMap(earlier),
        ...(record.taken ? { taken: record.taken.map(([site]) => site) } : {}),
      }))
      open.sqlite.run('UPDATE journal SET body = ? WHERE id = ?', records, number(row, 'id'))
    }
    open.reopen()
    expect(open.accumulator.gauge().waiting).toBe(0)
    expect(days()).toMatchObject([{ visits: 3, pageviews: 3 }])
  })

  test('pageviews, engaged visits and events wait on disk by day, only visits by hour', async () => {
    await visits(3, { hour: 4, engages: true })
    open.accumulator.fold()
    const totals: DayTotals[] = JSON.parse(text(open.sqlite.all('SELECT body FROM totals')[0] ?? {}, 'body'))
    expect(totals).toEqual([{ site: 1, day: '2026-11-10', visits: { 4: 3 }, pageviews: 3, engaged: 3, events: 0 }])
  })

  test('a damaged file is refused in words that quote nothing of it', async () => {
    await visits(5, { page: '/canary-text' })
    open.accumulator.fold()
    open.sqlite.run("UPDATE waiting SET body = '/canary-text is no JSON'")
    expect(() => open.reopen()).toThrow(/^the accumulator’s file is damaged/)
  })

  test('rows stay far below 2 MB, however long their texts are', async () => {
    const page = (n: number) => `/${'字'.repeat(480)}${n}`
    for (let n = 0; n < 1200; n++) {
      await Promise.all(
        Array.from({ length: 5 }, () => open.accumulator.count(site, aPageview({ page: page(n), startsVisit: false }))),
      )
    }
    open.accumulator.fold()
    const waiting = open.sqlite.all('SELECT body FROM waiting').map((row) => Buffer.byteLength(text(row, 'body')))
    await visits(6)
    const parcels = open.accumulator.take(NOON).map(({ body }) => Buffer.byteLength(body))
    expect(waiting.length).toBeGreaterThan(1)
    expect(parcels.length).toBeGreaterThan(1)
    expect(Math.max(...waiting, ...parcels)).toBeLessThan(1_100_000)
  })

  test('a record of the journal holds hashes in order, and no text', async () => {
    await visits(1, { page: '/once', source: 'nobody.example' })
    const body = Buffer.from(onlyRecord())
    expect(body.includes('/once')).toBe(false)
    expect(body.includes('nobody')).toBe(false)
    const packed = body.subarray(8 + body.readUInt32BE(0))
    const hashes = Array.from({ length: packed.length / 24 }, (_, place) =>
      packed.toString('hex', place * 24, place * 24 + 16),
    )
    expect(hashes.length).toBeGreaterThan(4)
    expect(hashes).toEqual([...hashes].sort())
  })

  function onlyRecord(): Uint8Array {
    return bytes(open.sqlite.all('SELECT body FROM journal')[0] ?? {}, 'body')
  }
})

describe('caps', () => {
  test('beyond the cap the smallest counts give way to (other), never a named value', async () => {
    open.close()
    open = openAccumulator({ pendingPerAccumulator: 200 })
    await visits(7, { page: '/named' })
    for (let n = 0; n < 500; n++) await visits(1, { page: `/flood/${n}`, startsVisit: false })
    expect(open.accumulator.gauge().pending).toBeLessThanOrEqual(200 + COUNTERS.length)
    await visits(3, { page: '/named' })
    await visits(5, { page: '/named', source: undefined })
    const parcels = flushed(open.accumulator)
    expect(sum(parcels, 'pageviews', 'page', '/named')).toBe(15)
    const other = sum(parcels, 'pageviews', 'page', '(other)')
    expect(other % 5).toBe(0)
    expect(other + (open.accumulator.pendingOf(1)['pageviews:page'] ?? 0)).toBe(500)
  })

  test('where every value is named, a new one goes to (other) at once', async () => {
    open.close()
    open = openAccumulator({ pendingPerAccumulator: 6 })
    for (let page = 0; page < 4; page++) await visits(5, { page: `/named/${page}`, startsVisit: false })
    await visits(10, { page: '/late', startsVisit: false })
    await visits(5, { page: '/named/0' })
    expect(open.bytes().includes('/late')).toBe(false)
    expect(sum(flushed(open.accumulator), 'pageviews', 'page', '/named/0')).toBe(10)
  })
})

test('rows say when they generalize and expire: from the end and from the beginning of their month', async () => {
  await visits(10, { day: '2026-01-31' })
  const [row] = rowsOf<CountRow & { month: string; generalize_on: string; expire_on: string }>(
    flushed(open.accumulator),
  )
  expect(row).toMatchObject({ month: '2026-01-01', generalize_on: '2026-04-04', expire_on: '2027-02-01' })
})

test('a site that nothing comes for any more leaves no trace after its month', async () => {
  await visits(5, { reload: true, startsVisit: false })
  open.accumulator.tick(Date.parse('2026-12-01T00:00:01Z'))
  expect(open.accumulator.gauge().sites).toBe(1)
  flushed(open.accumulator)
  open.accumulator.tick(Date.parse('2027-01-01T00:00:01Z'))
  expect(open.accumulator.gauge().sites).toBe(0)
  open.reopen()
  expect(open.accumulator.gauge().sites).toBe(0)
})

test('the clock is due at once for totals, within a minute for the journal, and then only for the end of a month', async () => {
  const now = Date.parse('2026-11-10T10:00:00Z')
  expect(open.accumulator.dueAt(now)).toBeUndefined()
  await visits(1)
  expect(open.accumulator.dueAt(now)).toBe(now)
  flushed(open.accumulator)
  open.accumulator.tick(now)
  expect(open.accumulator.dueAt(now)).toBe(now + 50_000)
  open.accumulator.tick(now + 50_000)
  expect(open.accumulator.dueAt(now + 50_000)).toBeUndefined()
})
