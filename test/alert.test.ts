// Alerts on made-up series of hours: which are unusual, and which only look so.
import { describe, expect, test } from 'vitest'
import { addDays, createCalendar, daysBetween } from '../collector/calendar.ts'
import { type Alert, findAlerts } from '../dashboard/dispatch/alert.ts'

const BERLIN = 'Europe/Berlin'

/** A small generator with a seed, so that every run sees the same visits. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** As visits come by themselves: around a mean, spread by its root. */
function around(mean: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
}

/** Quiet at night, busy by day, half as much on weekends; `level` is the busiest hour. */
function shape(day: string, hour: number, level: number): number {
  const weekday = (new Date(day).getUTCDay() + 6) % 7
  const daylight = hour < 6 ? 0.04 : 0.3 + 0.7 * Math.sin(((hour - 6) / 18) * Math.PI)
  return level * daylight * (weekday > 4 ? 0.5 : 1)
}

interface Series {
  level: number
  /** The last day there is; the weeks before it are filled. */
  until: string
  weeks?: number
  seed?: number
}

function series({ level, until, weeks = 10, seed = 1 }: Series): Map<string, number[]> {
  const random = chance(seed)
  const hours = new Map<string, number[]>()
  for (let back = weeks * 7; back >= 0; back--) {
    const day = addDays(until, -back)
    hours.set(
      day,
      Array.from({ length: 24 }, (_, hour) => around(shape(day, hour, level), random)),
    )
  }
  return hours
}

const calendar = createCalendar()

/** Every alert of every hour of some days, asked 37 minutes into the next. */
function told(hours: Map<string, number[]>, from: string, to: string, timezone = 'UTC'): Alert[] {
  const start = Date.parse(`${from}T00:37:00Z`)
  return Array.from({ length: (daysBetween(from, to) + 1) * 24 }, (_, hour) => start + hour * 3_600_000).flatMap(
    (now) => findAlerts(until(hours, timezone, now), { timezone, calendar, now }),
  )
}

/** Without what is still to come. */
function until(hours: Map<string, number[]>, timezone: string, now: number): Map<string, number[]> {
  const { day, hour } = calendar.localHour(timezone, now)
  const cut = new Map([...hours].filter(([on]) => on < day))
  const today = hours.get(day)
  if (today)
    cut.set(
      day,
      today.map((visits, at) => (at <= hour ? visits : 0)),
    )
  return cut
}

function alter(hours: Map<string, number[]>, day: string, change: (visits: number, hour: number) => number): void {
  hours.set(day, (hours.get(day) ?? []).map(change))
}

describe('a usual week', () => {
  test.each([1, 5, 20, 100, 1000, 20_000])('with %i visits in the busiest hour is told nothing', (level) => {
    for (const seed of [1, 2, 3]) {
      const hours = series({ level, until: '2026-06-14', seed })
      expect({ seed, told: told(hours, '2026-06-08', '2026-06-14') }).toEqual({ seed, told: [] })
    }
  })

  test('of a site that grows by a tenth every week is told nothing', () => {
    const hours = series({ level: 200, until: '2026-06-14' })
    for (const [day, visits] of hours) {
      const weeks = Math.floor(daysBetween('2026-04-05', day) / 7)
      hours.set(
        day,
        visits.map((n) => Math.round(n * 1.1 ** weeks)),
      )
    }
    expect(told(hours, '2026-06-08', '2026-06-14')).toEqual([])
  })

  test('after one mad week is not moved by it: that week is no new usual', () => {
    const hours = series({ level: 100, until: '2026-06-14' })
    for (let day = '2026-05-25'; day < '2026-06-01'; day = addDays(day, 1)) alter(hours, day, (n) => n * 20)
    expect(told(hours, '2026-06-08', '2026-06-14')).toEqual([])
    alter(hours, '2026-06-10', (n, hour) => (hour === 14 ? n * 10 : n))
    expect(told(hours, '2026-06-10', '2026-06-10')).toMatchObject([{ kind: 'spike', hour: 14 }])
  })

  test('of a site that sleeps at night is told nothing by night', () => {
    const hours = series({ level: 300, until: '2026-06-14' })
    for (const day of hours.keys()) alter(hours, day, (n, hour) => (hour < 7 ? 0 : n))
    expect(told(hours, '2026-06-08', '2026-06-14')).toEqual([])
  })
})

describe('a spike', () => {
  test('is told with what is usual at that hour of that weekday', () => {
    const hours = series({ level: 100, until: '2026-06-14' })
    alter(hours, '2026-06-10', (n, hour) => (hour === 15 ? 900 : n))
    expect(told(hours, '2026-06-10', '2026-06-10')).toEqual([
      { kind: 'spike', day: '2026-06-10', hour: 15, visits: 900, usual: 99 },
    ])
  })

  test('is at night what it is by day: three times the usual, six deviations, and fifty visits at least', () => {
    const at = (visits: number, usual: number) => {
      const hours = new Map<string, number[]>()
      for (let week = 0; week <= 8; week++) {
        const row = Array.from({ length: 24 }, () => usual)
        row[3] = week === 0 ? visits : usual
        hours.set(addDays('2026-06-10', -7 * week), row)
      }
      return told(hours, '2026-06-10', '2026-06-10').map(({ kind, hour }) => `${kind} at ${hour}`)
    }
    expect(at(49, 1)).toEqual([])
    expect(at(50, 1)).toEqual(['spike at 3'])
    expect(at(299, 100)).toEqual([])
    expect(at(300, 100)).toEqual(['spike at 3'])
    expect(at(50, 17)).toEqual([])
  })

  test('is none while a site is new', () => {
    const hours = series({ level: 100, until: '2026-06-14', weeks: 3 })
    alter(hours, '2026-06-10', (n) => n * 50)
    expect(told(hours, '2026-06-08', '2026-06-14')).toEqual([])
  })

  test('is none where the weeks before are no longer kept by the hour', () => {
    const hours = series({ level: 100, until: '2026-06-14' })
    for (const day of [...hours.keys()].filter((day) => day < '2026-06-01')) hours.delete(day)
    expect(told(hours, '2026-06-08', '2026-06-14')).toEqual([])
  })
})

describe('silence', () => {
  test('is told as soon as 25 visits are missing, at most once for each hour that goes on', () => {
    const hours = series({ level: 100, until: '2026-06-14' })
    alter(hours, '2026-06-10', (n, hour) => (hour >= 12 && hour < 15 ? 0 : n))
    expect(told(hours, '2026-06-10', '2026-06-10')).toEqual([
      { kind: 'silence', day: '2026-06-10', hour: 12, hours: 1, usual: expect.closeTo(90, -1) },
      { kind: 'silence', day: '2026-06-10', hour: 13, hours: 2, usual: expect.closeTo(190, -1) },
      { kind: 'silence', day: '2026-06-10', hour: 14, hours: 3, usual: expect.closeTo(290, -1) },
    ])
  })

  test('takes longer to tell where less comes', () => {
    const hours = series({ level: 6, until: '2026-06-14' })
    alter(hours, '2026-06-10', () => 0)
    const [first] = told(hours, '2026-06-10', '2026-06-10')
    expect(first).toMatchObject({ kind: 'silence' })
    expect(first?.hour).toBeGreaterThan(9)
  })

  test('of a site with a visit an hour is never told: that may be chance', () => {
    const hours = series({ level: 1, until: '2026-06-14' })
    for (const day of ['2026-06-09', '2026-06-10', '2026-06-11']) alter(hours, day, () => 0)
    expect(told(hours, '2026-06-09', '2026-06-11')).toEqual([])
  })

  test('on a day that was as silent in one of the weeks before is none', () => {
    const hours = series({ level: 100, until: '2026-06-14' })
    for (const day of ['2026-05-27', '2026-06-10']) alter(hours, day, (n, hour) => (hour === 23 ? n : 0))
    const silences = told(hours, '2026-06-10', '2026-06-10').filter(({ day }) => day === '2026-06-10')
    expect(silences).toEqual([])
  })
})

describe('when the clocks change', () => {
  // Sunday, 29 March 2026: 02:00 to 03:00 never was. Sunday, 25 October 2026: it was twice.
  test.each([
    ['forward', '2026-03-28', '2026-03-30'],
    ['back', '2026-10-24', '2026-10-26'],
  ])('%s, a usual day is told nothing, also where the hours are those of two or of none', (_, from, to) => {
    for (const level of [40, 400, 4000]) {
      const hours = series({ level, until: addDays(to, 1) })
      // As busy at night as by day, so that an hour too many or too few would show.
      for (const day of hours.keys()) alter(hours, day, () => level)
      alter(hours, '2026-03-29', (n, hour) => (hour === 2 ? 0 : n))
      alter(hours, '2026-10-25', (n, hour) => (hour === 2 ? 2 * n : n))
      expect(told(hours, from, to, BERLIN)).toEqual([])
    }
  })

  test('an hour that comes twice is asked about once, when both are over, and never as a spike', () => {
    const hours = series({ level: 100, until: '2026-10-26' })
    alter(hours, '2026-10-25', (n, hour) => (hour === 2 || hour === 4 ? 5000 : n))
    expect(told(hours, '2026-10-25', '2026-10-25', BERLIN).map(({ kind, hour }) => `${kind} ${hour}`)).toEqual([
      'spike 4',
    ])
  })

  test('a silence over the hour that was left out counts the hours there were', () => {
    const hours = series({ level: 100, until: '2026-03-30' })
    for (const day of hours.keys()) alter(hours, day, () => 30)
    alter(hours, '2026-03-29', (n, hour) => (hour >= 1 && hour <= 3 ? 0 : n))
    expect(told(hours, '2026-03-29', '2026-03-29', BERLIN)).toMatchObject([
      { kind: 'silence', hour: 1, hours: 1 },
      { kind: 'silence', hour: 3, hours: 2, usual: 60 },
    ])
  })
})
