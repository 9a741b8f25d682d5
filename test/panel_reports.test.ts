// What the panels are made of (the week, goals, changes, search and order of values) against the real engine, with planted
// counts and numbers worked out by hand.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Dimension, Metric, Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import type { Sort } from '../dashboard/reports/count.ts'
import type { Filter } from '../dashboard/reports/filter.ts'
import { conversionRate } from '../dashboard/reports/metric.ts'
import { type ReportQuestion, readReport as read } from '../dashboard/reports/report.ts'
import { readSearch, readSort } from '../dashboard/values_query.ts'
import { ENGLISH, WORDS } from '../dashboard/words.ts'

const site: Site = {
  id: 11,
  ...defaultSettings('example.com'),
  hosts: ['example.com'],
  goals: ['signup', '/thanks', '/docs/*', '/docs/a'],
}

/** Counted on the first and last days of two weeks of which one lies long before the other, and on those just between. */
const APART: Site = { ...site, id: 13, goals: ['signup'] }
const BORDER_DAYS = [
  ['2026-03-02', 5],
  ['2026-03-08', 10],
  ['2026-03-09', 20],
  ['2026-05-03', 40],
  ['2026-05-04', 80],
  ['2026-05-10', 160],
] as const

let counts: Counts
let statements = 0
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-panels-'))

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
})

afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

const NEVER = '2100-01-01'
const LONG_AGO = '2026-03-01'

const insert = (table: Table, rows: object[]) =>
  counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())

const dated = (day: string) => ({ site: site.id, month: firstOfMonth(day), day, expire_on: NEVER })

function count(day: string, metric: Metric, dimension: Dimension, value: string, n: number, kept = NEVER) {
  return { ...dated(day), metric, dimension, dimension2: '', value, value2: '', n, generalize_on: kept }
}

function pair(day: string, metric: Metric, one: [Dimension, string], two: [Dimension, string], n: number) {
  return { ...count(day, metric, one[0], one[1], n), dimension2: two[0], value2: two[1] }
}

const day = (on: string, visits: number) => ({
  ...dated(on),
  visits,
  pageviews: 2 * visits,
  engaged: 0,
  events: visits,
})
const hour = (on: string, at: number, visits: number) => ({ ...dated(on), hour: at, visits, generalize_on: NEVER })

/** 2 March 2026 is a Monday. February has its days, its hours are gone, and its names are kept by month. */
async function plant() {
  await insert('days', [
    day('2026-02-20', 50),
    day('2026-03-02', 30),
    day('2026-03-03', 7),
    day('2026-03-09', 10),
    day('2026-03-10', 100),
    day('2026-03-16', 103),
    { ...day('2026-03-01', 5), site: APART.id },
  ])
  await insert('hours', [
    hour('2026-03-02', 9, 30),
    hour('2026-03-03', 9, 7),
    hour('2026-03-09', 9, 10),
    hour('2026-03-10', 22, 100),
    hour('2026-03-16', 8, 4),
    hour('2026-03-16', 9, 99),
  ])
  await insert('counts', [
    count('2026-02-20', 'visits', 'source', 'Google', 40, LONG_AGO),
    count('2026-03-03', 'visits', 'source', 'Google', 20),
    count('2026-03-10', 'visits', 'source', 'Google', 40),
    count('2026-03-10', 'engaged', 'source', 'Google', 30),
    count('2026-03-03', 'engaged', 'source', 'Google', 20),
    count('2026-03-10', 'visits', 'source', '(direct)', 25),
    count('2026-03-10', 'engaged', 'source', '(direct)', 5),
    count('2026-03-03', 'visits', 'source', 'Bing', 30),
    count('2026-03-10', 'visits', 'source', 'Bing', 10),
    count('2026-03-10', 'engaged', 'source', 'Bing', 5),
    count('2026-03-03', 'visits', 'source', 'Yahoo', 15),
    count('2026-03-10', 'visits', 'source', '(other)', 5),
    count('2026-03-10', 'visits', 'country', 'DE', 10),
    count('2026-03-10', 'visits', 'country', 'AT', 20),
    count('2026-03-10', 'visits', 'country', 'NE', 5),
    count('2026-03-10', 'events', 'event', 'signup', 15),
    count('2026-03-03', 'events', 'event', 'signup', 5),
    count('2026-03-10', 'events', 'event', 'signup now', 500),
    count('2026-03-10', 'pageviews', 'page', '/thanks', 10),
    count('2026-03-10', 'pageviews', 'page', '/docs', 50),
    count('2026-03-10', 'pageviews', 'page', '/docs/a', 20),
    count('2026-03-11', 'pageviews', 'page', '/docs/b', 5),
    ...BORDER_DAYS.flatMap(([on, n]) => [
      { ...count(on, 'events', 'event', 'signup', n), site: APART.id },
      { ...count(on, 'visits', 'source', 'Google', n), site: APART.id },
      { ...pair(on, 'events', ['event', 'signup'], ['source', 'Google'], n), site: APART.id },
    ]),
    pair('2026-03-10', 'events', ['event', 'signup'], ['source', 'Google'], 10),
    pair('2026-03-03', 'events', ['event', 'signup'], ['source', 'Google'], 5),
    pair('2026-03-10', 'events', ['event', 'signup'], ['page', '/thanks'], 5),
    count('2026-03-10', 'visits', 'entry_page', '/', 60),
    count('2026-03-10', 'visits', 'entry_page', '/blog', 20),
    pair('2026-03-10', 'events', ['event', 'signup'], ['entry_page', '/'], 15),
    pair('2026-03-03', 'events', ['event', 'signup'], ['entry_page', '/'], 10),
    pair('2026-03-10', 'events', ['event', 'signup'], ['entry_page', '/blog'], 5),
    pair('2026-03-10', 'events', ['event', 'signup now'], ['entry_page', '/'], 20),
    pair('2026-03-10', 'visits', ['source', 'Google'], ['country', 'DE'], 5),
    { ...count('2026-03-10', 'events', 'event', 'signup', 900), site: 12 },
  ])
  await insert('hours', [{ ...hour('2026-03-10', 9, 500), site: 12 }])
}

const WEEK = { from: '2026-03-09', to: '2026-03-16' }
const WEEK_BEFORE = { from: '2026-03-02', to: '2026-03-09' }
const BY_COUNT: Sort = { by: 'count', reversed: false, alphabet: [], rateFrom: 10 }

async function readReport(question: Partial<ReportQuestion>) {
  statements = 0
  const counting: Pick<Counts, 'query'> = {
    query(sql, params, row) {
      statements++
      return counts.query(sql, params, row)
    },
  }
  return read(counting, site, { range: WEEK, granularity: 'day', horizon: undefined, ...question })
}

const sources = async (more: object = {}, question: Partial<ReportQuestion> = {}) => {
  const breakdown = { dimensions: ['source'], limit: 10, ...more } as const
  const { breakdowns } = await readReport({ before: WEEK_BEFORE, ...question, breakdown })
  return breakdowns.get('source')
}

describe('the week', () => {
  const SO_FAR = { from: '2026-03-02', to: '2026-03-17' }
  const until = { day: '2026-03-16', hour: 9 }
  const readWeek = async (question: Partial<ReportQuestion>) => (await readReport({ range: SO_FAR, ...question })).week

  test('averages each hour over the times it came, without the one that is not over', async () => {
    const week = await readWeek({ weekUntil: until })
    expect(week).toMatchObject({ range: SO_FAR, generalized: false })
    const [monday = [], tuesday = []] = week?.hours ?? []
    expect(monday[9]).toEqual({ visits: 40, times: 2 })
    expect(monday[8]).toEqual({ visits: 4, times: 3 })
    expect(tuesday[9]).toEqual({ visits: 7, times: 2 })
    expect(tuesday[22]).toEqual({ visits: 100, times: 2 })
    expect(week?.hours[6]?.[0]).toEqual({ visits: 0, times: 2 })
    expect(statements).toBe(3)
  })

  test('knows no hour that did not come in the range', async () => {
    const week = await readWeek({ range: { from: '2026-03-13', to: '2026-03-17' }, weekUntil: until })
    expect(week?.hours[0]?.[8]).toEqual({ visits: 4, times: 1 })
    expect(week?.hours[0]?.[9]).toBeUndefined()
    expect(week?.hours[1]?.[9]).toBeUndefined()
  })

  test('begins after months whose hours have become days', async () => {
    const range = { from: '2026-02-16', to: '2026-03-17' }
    const week = await readWeek({ range, weekUntil: until })
    expect(week).toMatchObject({ range: { from: '2026-03-01', to: '2026-03-17' }, generalized: true })
    // 1, 8 and 15 March.
    expect(week?.hours[6]?.[0]).toEqual({ visits: 0, times: 3 })
    const gone = await readWeek({ range: { from: '2026-02-16', to: '2026-03-01' }, weekUntil: until })
    expect(gone).toMatchObject({ generalized: true, hours: [] })
  })

  test('begins with the first day that is kept', async () => {
    const week = await readWeek({ range: { from: '2025-12-01', to: '2026-03-01' }, weekUntil: until })
    expect(week?.hours).toEqual([])
  })

  test('is the same from a report by the hour, which needs no statement more', async () => {
    const byDay = await readWeek({ weekUntil: until })
    const byHour = await readWeek({ weekUntil: until, granularity: 'hour' })
    expect(byHour).toEqual(byDay)
    expect(statements).toBe(3)
  })

  test('ends for an outsider at the horizon', async () => {
    const inside = await readWeek({ weekUntil: until })
    const outside = await readWeek({ weekUntil: { ...until, hour: 12 }, horizon: until })
    expect(outside).toEqual(inside)
  })

  test('has no filter', async () => {
    expect(await readWeek({ weekUntil: until, filter: { dimension: 'source', value: 'Google' } })).toBeUndefined()
  })
})

describe('values', () => {
  test('come with their counts in both ranges, of which only the one asked for is shown', async () => {
    const found = await sources()
    expect(found?.rows.map(({ value, n, engaged, compared }) => [value, n, engaged, compared])).toEqual([
      ['Google', 40, 30, { now: 40, before: 20 }],
      ['(direct)', 25, 5, { now: 25, before: 0 }],
      ['Bing', 10, 5, { now: 10, before: 30 }],
    ])
    expect(found).toMatchObject({ other: 5, counted: 80, values: 3, compared: { range: WEEK, before: WEEK_BEFORE } })
    expect(statements).toBe(2)
  })

  test('compare whole days, while more are shown', async () => {
    const compared = {
      range: { from: '2026-03-09', to: '2026-03-10' },
      before: { from: '2026-03-02', to: '2026-03-03' },
    }
    const found = await sources({}, { compared })
    expect(found?.rows[0]).toMatchObject({ n: 40, compared: { now: 0, before: 0 } })
  })

  test('compare nothing without a range before, or where that is kept by month', async () => {
    expect((await sources({}, { before: undefined }))?.rows[0]?.compared).toBeUndefined()
    const range = { from: '2026-03-02', to: '2026-03-16' }
    const found = await sources({}, { range, before: { from: '2026-02-20', to: '2026-03-02' } })
    expect(found).toMatchObject({ compared: undefined, counted: 145 })
  })

  test.each([
    ['count', ['Google', '(direct)', 'Bing'], ['Bing', '(direct)', 'Google']],
    ['change', ['(direct)', 'Google', 'Bing'], ['Bing', 'Google', '(direct)']],
    ['name', ['(direct)', 'Bing', 'Google'], ['Google', 'Bing', '(direct)']],
    // Bounce rates of 80, 50 and 25 %.
    ['rate', ['(direct)', 'Bing', 'Google'], ['Google', 'Bing', '(direct)']],
  ] as const)('are sorted by %s, either way', async (by, down, up) => {
    const order = async (reversed: boolean) =>
      (await sources({ sort: { ...BY_COUNT, by, reversed } }))?.rows.map(({ value }) => value)
    expect(await order(false)).toEqual(down)
    expect(await order(true)).toEqual(up)
  })

  test('with too few for a rate come last, whichever way', async () => {
    for (const reversed of [false, true]) {
      const found = await sources({ sort: { ...BY_COUNT, by: 'rate', reversed, rateFrom: 20 } })
      expect(found?.rows.at(-1)?.value).toBe('Bing')
    }
  })

  test('are found by a part of them in any case, and sums stay those of all', async () => {
    const found = await sources({ search: readSearch(' OO ', ENGLISH) })
    expect(found?.rows.map(({ value }) => value)).toEqual(['Google'])
    expect(found).toMatchObject({ values: 1, counted: 80, other: 5 })
    expect((await sources({ search: readSearch("' OR 1=1 --", ENGLISH) }))?.values).toBe(0)
    expect((await sources({ search: readSearch('%', ENGLISH) }))?.values).toBe(0)
  })

  test('that are countries are found and sorted by their names', async () => {
    const read = async (more: object) => {
      const { breakdowns } = await readReport({ breakdown: { dimensions: ['country'], limit: 10, ...more } })
      return breakdowns.get('country')?.rows.map(({ value }) => value)
    }
    // Germany and Niger.
    expect(await read({ search: readSearch('ger', ENGLISH) })).toEqual(['DE', 'NE'])
    expect(await read({ sort: readSort('name', site, 'country', ENGLISH) })).toEqual(['AT', 'DE', 'NE'])
    expect(await read({ sort: readSort('-name', site, 'country', ENGLISH) })).toEqual(['NE', 'DE', 'AT'])
    // Deutschland, and nothing that is Germany or Niger; Allemagne comes before Autriche.
    expect(await read({ search: readSearch('deutsch', WORDS.de) })).toEqual(['DE'])
    expect(await read({ sort: readSort('name', site, 'country', WORDS.fr) })).toEqual(['DE', 'AT', 'NE'])
    expect(await read({ limit: 1 })).toEqual(['AT'])
    expect(await read({ limit: 1, whole: 'country' })).toEqual(['AT', 'DE', 'NE'])
  })
})

describe('goals', () => {
  const readGoals = async (question: Partial<ReportQuestion> = {}) =>
    (await readReport({ before: WEEK_BEFORE, goals: true, ...question })).goals
  const textOf = ({ text }: { text: string }) => text

  test('are events and pages by their whole name, or pages below a path', async () => {
    const report = await readGoals()
    expect(report?.goals.map(({ goal, n, compared }) => [goal.text, n, compared])).toEqual([
      ['signup', 15, { now: 15, before: 5 }],
      ['/thanks', 10, { now: 10, before: 0 }],
      ['/docs/*', 25, { now: 25, before: 0 }],
      ['/docs/a', 20, { now: 20, before: 0 }],
    ])
    expect(statements).toBe(2)
  })

  test.each([
    ['whole', undefined],
    ['under a filter', { dimension: 'source', value: 'Google' } as const],
  ])('are compared with a range long before, all its days and none between, %s', async (_, filter) => {
    const range = { from: '2026-05-04', to: '2026-05-11' }
    const breakdown = { dimensions: ['event'], limit: 10 } as const
    const { goals, breakdowns } = await read(counts, APART, {
      range,
      before: WEEK_BEFORE,
      granularity: 'day',
      horizon: undefined,
      filter,
      goals: true,
      breakdown,
    })
    expect(goals?.goals[0]).toMatchObject({ n: 240, compared: { now: 240, before: 15 } })
    expect(breakdowns.get('event')?.rows).toMatchObject([{ n: 240, compared: { now: 240, before: 15 } }])
  })

  test('say the same beside panels of their dimensions, which they leave as they are', async () => {
    const breakdown = { dimensions: ['page', 'event', 'source'], limit: 10 } as const
    const { goals, breakdowns } = await readReport({ before: WEEK_BEFORE, goals: true, breakdown })
    expect(goals?.goals.map(({ n }) => n)).toEqual([15, 10, 25, 20])
    expect(breakdowns.get('event')?.counted).toBe(515)
    expect(breakdowns.get('page')?.counted).toBe(85)
    expect(breakdowns.get('source')?.counted).toBe(80)
  })

  test('under a filter are those that it is paired with', async () => {
    const report = await readGoals({ filter: { dimension: 'source', value: 'Google' } })
    expect(report?.goals.map(({ goal, n, compared }) => [goal.text, n, compared])).toEqual([
      ['signup', 10, { now: 10, before: 5 }],
    ])
    expect(report?.unanswered.map(textOf)).toEqual(['/thanks', '/docs/*', '/docs/a'])
    const byEntryPage = await readGoals({ filter: { dimension: 'entry_page', value: '/' } })
    expect(byEntryPage?.goals.map(({ goal, n, compared }) => [goal.text, n, compared])).toEqual([
      ['signup', 15, { now: 15, before: 10 }],
    ])
    expect(byEntryPage?.unanswered.map(textOf)).toEqual(['/thanks', '/docs/*', '/docs/a'])
    expect(await readGoals({ filter: { dimension: 'channel', value: 'Search' } })).toMatchObject({ goals: [] })
  })

  test('that are filtered by give each value what it counts without them', async () => {
    const filter: Filter = { dimension: 'event', value: 'signup' }
    const breakdown = { dimensions: ['source', 'page', 'entry_page'], limit: 10 } as const
    const { breakdowns, base } = await readReport({ before: WEEK_BEFORE, filter, breakdown })
    expect(breakdowns.get('source')?.rows).toMatchObject([{ value: 'Google', n: 10, of: 40 }])
    expect(breakdowns.get('source')).toMatchObject({ counted: 10, values: 1 })
    expect(breakdowns.get('page')?.rows).toMatchObject([{ value: '/thanks', n: 5, of: 10 }])
    expect(breakdowns.get('entry_page')?.rows).toMatchObject([
      { value: '/', n: 15, of: 60 },
      { value: '/blog', n: 5, of: 20 },
    ])
    expect(base.current).toMatchObject({ events: 15 })
    expect(statements).toBe(2)
  })

  test('have no rate of a few', () => {
    expect(conversionRate(10, 49, site)).toBeUndefined()
    expect(conversionRate(10, undefined, site)).toBeUndefined()
    expect(conversionRate(75, 50, site)).toBe(1.5)
  })
})
