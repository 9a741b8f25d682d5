// Periods of URLs: the days they mean, what they are compared with, and where their arrows lead.
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../dashboard/languages/language.ts'
import { buckets, PERIODS, type Period, type PeriodState, readPeriod } from '../dashboard/period.ts'
import { WORDS } from '../dashboard/words.ts'

const TODAY = '2026-11-20'

function read(query: PeriodState, today = TODAY): Period {
  const period = readPeriod(query, today)
  if ('invalid' in period) throw new Error(period.invalid.because)
  return period
}

describe('a period', () => {
  test('is the last thirty days, today included, when the URL says nothing', () => {
    expect(read({})).toMatchObject({
      name: '30d',
      range: { from: '2026-10-22', to: '2026-11-21' },
      before: { from: '2026-09-22', to: '2026-10-22' },
      granularity: 'day',
      running: true,
      later: undefined,
    })
  })

  test.each([
    // Six whole days against the first six of the seven before, so that weekdays meet weekdays.
    [{ period: '7d' }, ['2026-11-14', '2026-11-20'], ['2026-11-07', '2026-11-13']],
    [{ period: '30d' }, ['2026-10-22', '2026-11-20'], ['2026-09-22', '2026-10-21']],
    [{ period: 'month' }, ['2026-11-01', '2026-11-20'], ['2026-10-01', '2026-10-20']],
    [{ period: '12mo' }, ['2025-12-01', '2026-11-20'], ['2024-12-01', '2025-11-20']],
    [
      { period: 'custom', from: '2026-11-19', to: '2026-11-20' },
      ['2026-11-19', '2026-11-20'],
      ['2026-11-17', '2026-11-18'],
    ],
  ])('that is running compares whole days only: %j', (query, [from, to], [beforeFrom, beforeTo]) => {
    expect(read(query).compared).toEqual({ range: { from, to }, before: { from: beforeFrom, to: beforeTo } })
  })

  test('compares all of itself when it is over, and a day with a day', () => {
    for (const query of [
      { period: '7d', date: '2026-11-10' },
      { period: 'month', date: '2026-10-01' },
      { period: 'today' },
    ]) {
      const { range, before, compared } = read(query)
      expect(compared).toEqual({ range, before })
    }
    // The last day of a month, of which the month before has as many days and one.
    expect(read({ period: 'month' }, '2026-11-30').compared).toEqual({
      range: { from: '2026-11-01', to: '2026-11-30' },
      before: { from: '2026-10-01', to: '2026-10-30' },
    })
    expect(read({ period: 'month' }, '2026-03-31').compared?.before).toEqual({ from: '2026-02-01', to: '2026-03-01' })
  })

  test('of one day is drawn by the hour', () => {
    expect(read({ period: 'today' })).toMatchObject({
      range: { from: '2026-11-20', to: '2026-11-21' },
      before: { from: '2026-11-19', to: '2026-11-20' },
      granularity: 'hour',
      earlier: { period: 'day', date: '2026-11-19' },
    })
    expect(read({ period: 'day', date: '2026-11-18' })).toMatchObject({
      range: { from: '2026-11-18', to: '2026-11-19' },
      running: false,
      later: { period: 'day', date: '2026-11-19' },
    })
    expect(read({ period: 'day', date: '2026-11-19' }).later).toEqual({ period: 'today' })
    expect(read({ period: 'yesterday' })).toMatchObject({
      range: { from: '2026-11-19', to: '2026-11-20' },
      earlier: { period: 'day', date: '2026-11-18' },
      later: { period: 'today' },
    })
  })

  test('of seven days can end on any day', () => {
    const period = read({ period: '7d', date: '2026-11-10' })
    expect(period.range).toEqual({ from: '2026-11-04', to: '2026-11-11' })
    expect(period.earlier).toEqual({ period: '7d', date: '2026-11-03' })
    expect(period.later).toEqual({ period: '7d', date: '2026-11-17' })
  })

  test('of a running month is compared with as many days of the month before', () => {
    expect(read({ period: 'month' })).toMatchObject({
      range: { from: '2026-11-01', to: '2026-11-21' },
      before: { from: '2026-10-01', to: '2026-10-21' },
      earlier: { period: 'month', date: '2026-10-31' },
    })
    expect(read({ period: 'month' }, '2026-03-30').before).toEqual({ from: '2026-02-01', to: '2026-03-01' })
    expect(read({ period: 'month' }, '2026-11-30').before).toEqual({ from: '2026-10-01', to: '2026-11-01' })
  })

  test('of a past month is compared with the whole month before', () => {
    expect(read({ period: 'month', date: '2026-02-10' })).toMatchObject({
      range: { from: '2026-02-01', to: '2026-03-01' },
      before: { from: '2026-01-01', to: '2026-02-01' },
      later: { period: 'month', date: '2026-03-31' },
    })
    expect(read({ period: 'month', date: '2026-10-31' }).later).toEqual({ period: 'month' })
  })

  test('of twelve months begins with a month, is compared with the year before and drawn by month', () => {
    expect(read({ period: '12mo' })).toMatchObject({
      range: { from: '2025-12-01', to: '2026-11-21' },
      before: { from: '2024-12-01', to: '2025-11-21' },
      granularity: 'month',
    })
    expect(read({ period: '6mo' })).toMatchObject({ range: { from: '2026-06-01', to: '2026-11-21' } })
  })

  test('of chosen days takes in both, ends today at the latest and moves by its own length', () => {
    expect(read({ period: 'custom', from: '2026-11-01', to: '2026-11-10' })).toMatchObject({
      range: { from: '2026-11-01', to: '2026-11-11' },
      before: { from: '2026-10-22', to: '2026-11-01' },
      earlier: { period: 'custom', from: '2026-10-22', to: '2026-10-31' },
      later: { period: 'custom', from: '2026-11-11', to: '2026-11-20' },
    })
    expect(read({ period: 'custom', from: '2026-11-01', to: '2027-01-10' }).range.to).toBe('2026-11-21')
  })

  test('reads back from the arrows it offers', () => {
    for (const name of ['today', 'yesterday', '7d', '28d', '30d', '91d', 'month', '6mo', 'year', '12mo']) {
      const period = read({ period: name })
      const earlier = read(period.earlier ?? {})
      expect(earlier.range.to <= period.range.from || name.endsWith('mo')).toBe(true)
      expect(read(earlier.later ?? {}).range).toEqual(period.range)
    }
  })

  test('crosses a leap day', () => {
    expect(read({ period: 'month' }, '2028-02-29')).toMatchObject({
      range: { from: '2028-02-01', to: '2028-03-01' },
      before: { from: '2028-01-01', to: '2028-02-01' },
    })
  })

  test.each([
    [{ period: 'fortnight' }, /period is one of today/],
    [{ by: 'minute' }, /by is one of hour/],
    [{ compare: 'mars' }, /compare is previous/],
    [{ period: '__proto__' }, /period is one of/],
    [{ period: 'day', date: '2026-02-30' }, /date is a day such as/],
    [{ period: 'day', date: '0001-01-01' }, /date is a day such as/],
    [{ period: 'day', date: '2026-11-21' }, /lies in the future/],
    [{ period: 'custom' }, /needs from and to/],
    [{ period: 'custom', from: '2026-11-10', to: '2026-11-09' }, /ends \(2026-11-09\) before it begins/],
    [{ period: 'custom', from: '2026-11-21', to: '2026-11-22' }, /begins in the future/],
    [{ period: 'custom', from: '2020-01-01', to: '2026-01-01' }, /at most/],
  ])('that makes no sense is refused, and each language says why: %j', (query, sentence) => {
    const period = readPeriod(query, TODAY)
    if (!('invalid' in period)) throw new Error('it was taken')
    const said = LANGUAGES.map((language) => WORDS[language].numbers.noPeriod.sentence(period.invalid))
    expect(said[0]).toMatch(sentence)
    expect(new Set(said).size).toBe(LANGUAGES.length)
  })
})

describe('a year', () => {
  test('that is running goes to today and is compared with as much of the year before', () => {
    expect(read({ period: 'year' })).toMatchObject({
      range: { from: '2026-01-01', to: '2026-11-21' },
      before: { from: '2025-01-01', to: '2025-11-21' },
      earlier: { period: 'year', date: '2025-12-31' },
      later: undefined,
    })
  })

  test('that is over is whole, whatever day of it is named', () => {
    expect(read({ period: 'year', date: '2025-03-04' })).toMatchObject({
      range: { from: '2025-01-01', to: '2026-01-01' },
      before: { from: '2024-01-01', to: '2025-01-01' },
      later: { period: 'year' },
    })
  })
})

describe('all time', () => {
  test('begins with the first day that is kept, and has nothing to compare with or to step to', () => {
    const all = readPeriod({ period: 'all' }, TODAY, '2026-02-10')
    expect(all).toMatchObject({
      range: { from: '2026-02-10', to: '2026-11-21' },
      comparing: 'none',
      before: undefined,
      compared: undefined,
      earlier: undefined,
      later: undefined,
      granularity: 'month',
    })
    expect(readPeriod({ period: 'all' }, TODAY, '2026-11-15')).toMatchObject({ granularity: 'day' })
    expect(read({ period: 'all' }).range).toEqual({ from: '2026-11-20', to: '2026-11-21' })
  })
})

describe('a comparison', () => {
  test('with a year before meets the same weekdays, and whole days while one runs', () => {
    expect(read({ period: '7d', compare: 'year' })).toMatchObject({
      comparing: 'year',
      before: { from: '2025-11-15', to: '2025-11-22' },
      compared: {
        range: { from: '2026-11-14', to: '2026-11-20' },
        before: { from: '2025-11-15', to: '2025-11-21' },
      },
    })
  })

  test('of months with a year before is one with the same months', () => {
    expect(read({ period: '6mo', compare: 'year' }).before).toEqual({ from: '2025-06-01', to: '2025-11-21' })
  })

  test('with chosen days takes as many from that day on', () => {
    expect(read({ period: 'month', date: '2026-10-01', compare: '2026-03-05' })).toMatchObject({
      comparing: 'custom',
      before: { from: '2026-03-05', to: '2026-04-05' },
    })
  })

  test('with days that do not lie before the period is one with the days before it', () => {
    for (const compare of ['2026-11-14', '2026-11-10', '2027-01-01']) {
      expect(read({ period: '7d', compare })).toMatchObject({
        comparing: 'previous',
        before: { from: '2026-11-07', to: '2026-11-14' },
      })
    }
  })

  test('ends before its period begins, whatever is asked', () => {
    for (const period of PERIODS.filter((name) => name !== 'custom')) {
      for (const compare of ['previous', 'year', 'none', '2025-11-19', '2026-11-18']) {
        for (const date of [undefined, '2026-11-20', '2026-02-28', '2025-12-31']) {
          const { before, range } = read({ period, compare, date })
          expect(before === undefined || before.to <= range.from, `${period} ${compare} ${date}`).toBe(true)
        }
      }
    }
  })

  test('can be none', () => {
    expect(read({ compare: 'none' })).toMatchObject({ comparing: 'none', before: undefined, compared: undefined })
  })
})

test.each([
  [{ period: 'today' }, 'hour', ['hour']],
  [{ period: '7d' }, 'day', ['hour', 'day']],
  [{ period: '30d' }, 'day', ['day', 'week']],
  [{ period: '91d' }, 'day', ['day', 'week', 'month']],
  [{ period: '6mo' }, 'week', ['day', 'week', 'month']],
  [{ period: '12mo' }, 'month', ['day', 'week', 'month']],
  [{ period: '7d', by: 'hour' }, 'hour', ['hour', 'day']],
  [{ period: '30d', by: 'hour' }, 'day', ['day', 'week']],
])('a period is drawn as finely as it reads well, or as asked where that fits: %j', (query, usual, offered) => {
  expect(read(query)).toMatchObject({ granularity: usual, granularities: offered })
})

test('buckets of a range are its hours, its days or the weeks and months it touches', () => {
  expect(buckets({ from: '2026-03-01', to: '2026-03-02' }, 'hour')).toHaveLength(24)
  expect(buckets({ from: '2026-02-27', to: '2026-03-02' }, 'day')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(buckets({ from: '2025-12-15', to: '2026-02-02' }, 'month')).toEqual(['2025-12-01', '2026-01-01', '2026-02-01'])
  expect(buckets({ from: '2026-03-04', to: '2026-03-17' }, 'week')).toEqual(['2026-03-02', '2026-03-09', '2026-03-16'])
  const hours = buckets({ from: '2026-03-01', to: '2026-03-03' }, 'hour')
  expect([hours.length, hours[0], hours[47]]).toEqual([48, '2026-03-01 00', '2026-03-02 23'])
})
