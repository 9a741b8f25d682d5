// What the accumulator forgets of a site that is anonymized or deleted: in memory, in its file, and on its way.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aPageview, aSite, flushed, NOON, type OpenAccumulator, openAccumulator, rowsOf } from './accumulated.ts'

let open: OpenAccumulator
beforeEach(() => {
  open = openAccumulator()
})
afterEach(() => open.close())

const gone = aSite({ id: 1 })
const stays = aSite({ id: 2, domain: 'stays.example' })

/** Both sites have counts pending, releases waiting, and both in the outbox; the totals of the last visits have not left. */
async function fill(): Promise<void> {
  for (const site of [gone, stays]) {
    const page = `/planted-${site.id}`
    for (let n = 0; n < 10; n++) await open.accumulator.count(site, aPageview({ page }))
  }
  open.accumulator.take(NOON)
  for (const site of [gone, stays]) {
    for (let n = 0; n < 8; n++) await open.accumulator.count(site, aPageview({ page: `/late-${site.id}` }))
  }
}

function salt(site: number): string {
  const [row] = open.sqlite.all('SELECT hex(salt) AS salt FROM site WHERE site = ?', site)
  return String(row?.salt)
}

describe('a deleted site', () => {
  test('leaves no row, no total, no text and no key, at once and after kill -9; the others keep theirs', async () => {
    await fill()
    const before = open.accumulator.gauge()
    const key = salt(1)
    open.accumulator.forgetSite(1, 'all')
    for (const again of [false, true]) {
      if (again) open.reopen()
      expect(open.bytes().includes('planted-1')).toBe(false)
      expect(open.bytes().includes('late-1')).toBe(false)
      expect(open.bytes().includes('planted-2')).toBe(true)
      expect(open.bytes().includes(Buffer.from(key, 'hex'))).toBe(false)
      expect(open.accumulator.gauge()).toMatchObject({ sites: 1, pending: before.pending / 2 })
      expect(open.accumulator.pendingOf(1)).toEqual({})
    }
    const parcels = flushed(open.accumulator)
    expect(new Set(rowsOf(parcels).map(({ site }) => site))).toEqual(new Set([2]))
    const days = rowsOf<{ site: number; visits: number }>(parcels, 'days')
    expect(days.filter(({ site }) => site === 1)).toEqual([])
    expect(days.reduce((sum, { visits }) => sum + visits, 0)).toBe(18)
  })

  test('may be forgotten twice, and one that was never counted as well', async () => {
    await fill()
    for (const site of [1, 1, 99]) open.accumulator.forgetSite(site, 'all')
    expect(open.accumulator.gauge().sites).toBe(1)
  })
})

describe('a site whose periods became shorter', () => {
  test('sends what waits with the nearer dates, though no event came since, and after kill -9', async () => {
    await fill()
    const periods = { anonymizationDays: 1, retentionDays: 40 }
    open.accumulator.followPeriods({ ...gone, ...periods })
    open.reopen()
    const days = rowsOf<{ site: number; expire_on: string }>(open.accumulator.take(Date.UTC(2026, 10, 10)), 'days')
    expect(days.map(({ site, expire_on }) => [site, expire_on]).sort()).toEqual([
      [1, '2026-12-11'],
      [2, '2027-12-02'],
    ])
    open.accumulator.followPeriods({ ...gone, id: 99 })
    expect(open.accumulator.holds(99)).toBe(false)
  })
})

describe('an anonymized site', () => {
  test('forgets what is pending and what waits, and starts with a new key; its totals and what is on its way stay', async () => {
    await fill()
    const key = salt(1)
    open.accumulator.forgetSite(1, 'attributes')
    expect(salt(1)).not.toBe(key)
    expect(open.bytes().includes(Buffer.from(key, 'hex'))).toBe(false)
    open.reopen()
    expect(open.accumulator.pendingOf(1)).toEqual({})
    expect(open.bytes().includes('late-1')).toBe(false)
    expect(open.bytes().includes('late-2')).toBe(true)
    // Named before, so the next visit would have released it; now it takes five again.
    for (let n = 0; n < 4; n++) await open.accumulator.count(gone, aPageview({ page: '/planted-1' }))
    const parcels = flushed(open.accumulator)
    const days = rowsOf<{ site: number; visits: number }>(parcels, 'days').filter(({ site }) => site === 1)
    expect(days.reduce((sum, { visits }) => sum + visits, 0)).toBe(22)
    const planted = rowsOf(parcels).filter(
      ({ site, dimension, dimension2, value }) =>
        site === 1 && dimension === 'page' && dimension2 === '' && value === '/planted-1',
    )
    expect(planted.map(({ n }) => n)).toEqual([10])
    expect(rowsOf(parcels).filter(({ site, value }) => site === 1 && value === '/late-1')).toEqual([])
  })

  test('takes five again for what was named before, though no crash made it forget', async () => {
    await fill()
    open.accumulator.forgetSite(1, 'attributes')
    for (let n = 0; n < 4; n++) await open.accumulator.count(gone, aPageview({ page: '/planted-1' }))
    expect(open.accumulator.pendingOf(1)['pageviews:page']).toBe(4)
    await open.accumulator.count(gone, aPageview({ page: '/planted-1' }))
    expect(open.accumulator.pendingOf(1)['pageviews:page']).toBeUndefined()
  })

  test('forgets what was to leave because its month has ended', async () => {
    await fill()
    open.accumulator.tick(Date.UTC(2026, 11, 1, 12))
    open.accumulator.forgetSite(1, 'attributes')
    const late = rowsOf(open.accumulator.take(Date.UTC(2026, 11, 1, 12)))
    expect(new Set(late.map(({ site }) => site))).toEqual(new Set([2]))
  })
})
