// The reports against the real engine, with planted counts and sums worked out by hand.
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
import type { BreakdownQuestion, Breakdowns } from '../dashboard/reports/breakdown.ts'
import { canFilter, pairsWith, readFilter } from '../dashboard/reports/filter.ts'
import { histogram, median, medianFrom } from '../dashboard/reports/interval.ts'
import { bounceRate, change, viewsPerVisit, withheld } from '../dashboard/reports/metric.ts'
import { type Report, type ReportQuestion, readReport as read } from '../dashboard/reports/report.ts'
import type { TotalsReport } from '../dashboard/reports/totals.ts'

const site: Site = {
  id: 7,
  ...defaultSettings('example.com'),
  hosts: ['example.com'],
  properties: ['plan'],
}

let counts: Counts
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-reports-'))

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
})

afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

/** Far enough that these rows keep their day and never end, whenever the test runs. */
const NEVER = '2100-01-01'
/** Long past: these rows are kept by month. */
const LONG_AGO = '2025-06-01'

/** What an insider asks; outsider.test.ts has the others. */
type Question = Omit<ReportQuestion, 'horizon'>

const readReport = (from: Pick<Counts, 'query'>, site: Site, question: Question): Promise<Report> =>
  read(from, site, { ...question, horizon: undefined })

const readTotals = async (from: Pick<Counts, 'query'>, site: Site, question: Question): Promise<TotalsReport> =>
  (await readReport(from, site, question)).totals

/** The values of dimensions that a report shows beside its totals. */
async function readBreakdowns(
  from: Counts,
  site: Site,
  { range, filter, ...breakdown }: BreakdownQuestion & Pick<ReportQuestion, 'range' | 'filter'>,
): Promise<Breakdowns> {
  return (await readReport(from, site, { range, filter, granularity: 'month', breakdown })).breakdowns
}

const insert = (table: Table, rows: object[]) =>
  counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())

const dated = (day: string) => ({ site: site.id, month: firstOfMonth(day), day, expire_on: NEVER })

function count(day: string, metric: Metric, dimension: Dimension, value: string, n: number, kept = NEVER) {
  return { ...dated(day), metric, dimension, dimension2: '', value, value2: '', n, generalize_on: kept }
}

function pair(
  day: string,
  metric: Metric,
  one: [Dimension, string],
  two: [Dimension, string],
  n: number,
  kept = NEVER,
) {
  return { ...count(day, metric, one[0], one[1], n, kept), dimension2: two[0], value2: two[1] }
}

/** March 2026 by day, February 2025 kept by month. */
async function plant() {
  await insert('days', [
    { ...dated('2026-03-02'), visits: 40, pageviews: 90, engaged: 25, events: 5 },
    { ...dated('2026-03-02'), visits: 2, pageviews: 3, engaged: 1, events: 0 },
    { ...dated('2026-03-03'), visits: 21, pageviews: 30, engaged: 6, events: 7 },
    { ...dated('2026-03-10'), visits: 63, pageviews: 100, engaged: 21, events: 0 },
    { ...dated('2026-03-10'), site: 8, visits: 1000, pageviews: 1000, engaged: 0, events: 0 },
    { ...dated('2025-02-03'), visits: 11, pageviews: 12, engaged: 3, events: 0 },
    { ...dated('2025-02-20'), visits: 9, pageviews: 9, engaged: 3, events: 0 },
  ])
  await insert('hours', [
    { ...dated('2026-03-02'), hour: 9, visits: 30, generalize_on: NEVER },
    { ...dated('2026-03-02'), hour: 23, visits: 12, generalize_on: NEVER },
    { ...dated('2026-03-03'), hour: 0, visits: 21, generalize_on: NEVER },
    { ...dated('2026-03-10'), hour: 0, visits: 63, generalize_on: LONG_AGO.replace('2025', '2026') },
  ])
  await insert('counts', [
    count('2026-03-02', 'pageviews', 'hour', '9', 60),
    count('2026-03-02', 'visits', 'source', 'Google', 20),
    count('2026-03-02', 'engaged', 'source', 'Google', 15),
    count('2026-03-03', 'visits', 'source', 'Google', 5),
    count('2026-03-03', 'visits', 'source', '(direct)', 25),
    count('2026-03-03', 'visits', 'source', 'news.example', 5),
    count('2026-03-03', 'visits', 'source', '(other)', 5),
    count('2026-03-10', 'visits', 'source', 'Google', 40),
    count('2026-03-02', 'pageviews', 'page', '/', 70),
    count('2026-03-03', 'pageviews', 'page', '/pricing', 40),
    count('2026-03-03', 'events', 'event', 'signup', 10),
    count('2026-03-02', 'reach', 'session_interval', '10s', 30),
    count('2026-03-02', 'reach', 'session_interval', '30s', 25),
    count('2026-03-03', 'reach', 'session_interval', '1m', 10),
    pair('2026-03-02', 'visits', ['entry_page', '/'], ['source', 'Google'], 15),
    pair('2026-03-02', 'visits', ['entry_page', '/pricing'], ['source', 'Google'], 5),
    pair('2026-03-02', 'visits', ['entry_page', '/'], ['source', '(direct)'], 10),
    pair('2026-03-03', 'visits', ['source', 'Google'], ['country', 'FR'], 10),
    pair('2026-03-03', 'events', ['event', 'signup'], ['source', 'Google'], 5),
    pair('2026-03-02', 'reach', ['session_interval', '10s'], ['source', 'Google'], 15),
    pair('2026-03-03', 'reach', ['page_interval', '30s'], ['page', '/pricing'], 20),
    count('2025-02-03', 'visits', 'source', 'Google', 10, LONG_AGO),
    count('2025-02-20', 'visits', 'source', 'Google', 5, LONG_AGO),
    count('2025-02-20', 'reach', 'session_interval', '10s', 5, LONG_AGO),
    { ...count('2026-03-02', 'visits', 'source', 'elsewhere', 500), site: 8 },
  ])
}

const march2and3 = { from: '2026-03-02', to: '2026-03-04' }
const february = { from: '2025-02-01', to: '2025-03-01' }

describe('totals', () => {
  test('sum the days of the range, and of the range before', async () => {
    const report = await readTotals(counts, site, {
      range: { from: '2026-03-03', to: '2026-03-11' },
      before: { from: '2026-02-23', to: '2026-03-03' },
      granularity: 'day',
    })
    expect(report.current).toMatchObject({ visits: 84, pageviews: 130, engaged: 27, events: 7 })
    expect(report.comparison?.before).toMatchObject({ visits: 42, pageviews: 93, engaged: 26, events: 5 })
    expect(report.series.map(({ start, totals }) => [start, totals?.visits])).toEqual([
      ['2026-03-03', 21],
      ['2026-03-04', 0],
      ['2026-03-05', 0],
      ['2026-03-06', 0],
      ['2026-03-07', 0],
      ['2026-03-08', 0],
      ['2026-03-09', 0],
      ['2026-03-10', 63],
    ])
    expect(report.beforeSeries).toHaveLength(8)
    expect(report.beforeSeries.at(-1)).toMatchObject({ start: '2026-03-02', totals: { visits: 42 } })
    expect(report).toMatchObject({ exact: true, engages: true, leftOut: [], firstDay: '2025-02-03' })
  })

  test('without a range before have nothing before', async () => {
    const report = await readTotals(counts, site, { range: march2and3, granularity: 'day' })
    expect(report).toMatchObject({ comparison: undefined, incomparable: undefined, beforeSeries: [] })
  })

  test('by the hour give exact visits, and page views counted in fives', async () => {
    const report = await readTotals(counts, site, {
      range: { from: '2026-03-03', to: '2026-03-04' },
      before: { from: '2026-03-02', to: '2026-03-03' },
      granularity: 'hour',
    })
    expect(report.granularity).toBe('hour')
    expect(report.series).toHaveLength(24)
    expect(report.series[0]).toMatchObject({ start: '0', totals: { visits: 21 } })
    expect(report.current).toMatchObject({ visits: 21, pageviews: 30 })
    expect(report.beforeSeries[9]?.totals).toMatchObject({ visits: 30, pageviews: 60 })
    expect(report.beforeSeries[23]?.totals).toMatchObject({ visits: 12, pageviews: 0 })
    expect(report.comparison?.before).toMatchObject({ visits: 42, pageviews: 93 })
  })

  test('of a day whose hours are no longer kept are one day', async () => {
    const report = await readTotals(counts, site, {
      range: { from: '2026-03-10', to: '2026-03-11' },
      granularity: 'hour',
    })
    expect(report.granularity).toBe('day')
    expect(report.series).toMatchObject([{ start: '2026-03-10', totals: { visits: 63 } }])
  })

  test('by month put each day into its month', async () => {
    const report = await readTotals(counts, site, {
      range: { from: '2025-02-01', to: '2026-03-11' },
      granularity: 'month',
    })
    expect(report.series).toHaveLength(14)
    expect(report.series[0]).toMatchObject({ start: '2025-02-01', totals: { visits: 20 } })
    expect(report.series[13]).toMatchObject({ start: '2026-03-01', totals: { visits: 126 } })
    expect(report.current?.reach).toEqual([35, 25, 10, 0, 0, 0])
  })

  test('of a site without any day are unknown and have no first day', async () => {
    const report = await readTotals(counts, { ...site, id: 9 }, { range: march2and3, granularity: 'day' })
    expect(report).toMatchObject({ current: undefined, firstDay: undefined, engages: false })
  })

  test('know nothing of a time before the first day that is kept', async () => {
    const report = await readTotals(counts, site, {
      range: { from: '2025-02-01', to: '2025-02-05' },
      before: { from: '2025-01-28', to: '2025-02-01' },
      granularity: 'day',
    })
    expect(report.series.map(({ totals }) => totals?.visits)).toEqual([undefined, undefined, 11, 0])
    expect(report).toMatchObject({ current: { visits: 11 }, comparison: undefined, incomparable: 'nothing_counted' })
    const months = { range: { from: '2024-12-01', to: '2025-03-01' }, granularity: 'month' } as const
    const byMonth = await readTotals(counts, site, months)
    expect(byMonth.series.map(({ totals }) => totals?.visits)).toEqual([undefined, undefined, 20])
    const january = { range: { from: '2025-01-01', to: '2025-02-01' }, granularity: 'day' } as const
    expect((await readTotals(counts, site, january)).current).toBeUndefined()
  })

  test('compare the days that are asked to be compared, and no more', async () => {
    const question = {
      range: { from: '2026-03-02', to: '2026-03-04' },
      before: { from: '2026-02-28', to: '2026-03-02' },
      compared: { range: { from: '2026-03-02', to: '2026-03-03' }, before: { from: '2026-02-28', to: '2026-03-01' } },
    } as const
    for (const granularity of ['day', 'month'] as const) {
      const report = await readTotals(counts, site, { ...question, granularity })
      // 42 visits on the first day, 21 on the second, which is not over.
      expect(report.current).toMatchObject({ visits: 63, reach: [30, 25, 10, 0, 0, 0] })
      expect(report.comparison).toMatchObject({
        now: { visits: 42, reach: [30, 25, 0, 0, 0, 0] },
        before: { visits: 0 },
      })
    }
    const filter = { dimension: 'source', value: 'Google' } as const
    const report = await readTotals(counts, site, { ...question, granularity: 'month', filter })
    expect(report).toMatchObject({ current: { visits: 25 }, comparison: { now: { visits: 20 } } })
    const mirrored = {
      range: { from: '2026-03-04', to: '2026-03-06' },
      before: march2and3,
      granularity: 'month',
    } as const
    const cut = { range: { from: '2026-03-04', to: '2026-03-05' }, before: { from: '2026-03-02', to: '2026-03-03' } }
    expect((await readTotals(counts, site, { ...mirrored, compared: cut })).comparison?.before.visits).toBe(42)
  })

  test('by the hour end with the hour of now', async () => {
    const range = { from: '2026-03-02', to: '2026-03-03' }
    const report = await readTotals(counts, site, { range, granularity: 'hour', upToHour: 9 })
    expect(report.series).toHaveLength(10)
    expect(report.series.at(-1)).toMatchObject({ start: '9', totals: { visits: 30 } })
  })

  test('under a filter are the counts of that value, and say so', async () => {
    const report = await readTotals(counts, site, {
      range: march2and3,
      before: { from: '2026-02-28', to: '2026-03-02' },
      granularity: 'day',
      filter: { dimension: 'source', value: 'Google' },
    })
    expect(report.exact).toBe(false)
    expect(report.current).toMatchObject({ visits: 25, engaged: 15, pageviews: 0, reach: [15, 0, 0, 0, 0, 0] })
    expect([...report.measured].sort()).toEqual(['engaged', 'reach', 'visits'])
    expect(report.series.map(({ totals }) => totals?.visits)).toEqual([20, 5])
    expect(report.comparison?.before).toMatchObject({ visits: 0 })
  })

  test('under a page filter know page views and engaged time only', async () => {
    const filter = { dimension: 'page', value: '/pricing' } as const
    const report = await readTotals(counts, site, { range: march2and3, granularity: 'hour', filter })
    expect([...report.measured].sort()).toEqual(['pageviews', 'reach'])
    expect(report.current).toMatchObject({ pageviews: 40, reach: [0, 20, 0, 0, 0, 0] })
    expect(report.granularity).toBe('day')
  })
})

describe('a month kept as a whole', () => {
  const filter = { dimension: 'source', value: 'Google' } as const

  test('counts in a range that covers it, drawn by month', async () => {
    const report = await readTotals(counts, site, { range: february, granularity: 'day', filter })
    expect(report.current?.visits).toBe(15)
    expect(report.granularity).toBe('month')
    expect(report.series).toMatchObject([{ start: '2025-02-01', totals: { visits: 15 } }])
    expect(report.leftOut).toEqual([])
  })

  test('is left out of a range that covers only part of it, and the report says so', async () => {
    const range = { from: '2025-02-02', to: '2025-03-01' }
    const report = await readTotals(counts, site, { range, granularity: 'day', filter })
    expect(report.current).toBeUndefined()
    expect(report.series.every(({ totals }) => totals === undefined)).toBe(true)
    expect(report.leftOut).toEqual(['2025-02-01'])
    const wider = await readTotals(counts, site, {
      range: { ...range, to: '2025-03-02' },
      granularity: 'month',
      filter,
    })
    expect(wider.current).toMatchObject({ visits: 0 })
    expect(wider.series.map(({ totals }) => totals?.visits)).toEqual([undefined, 0])
    const panels = await readBreakdowns(counts, site, { range, dimensions: ['source'], limit: 10 })
    expect(panels.get('source')?.rows).toEqual([])
  })

  test('keeps its days in the exact totals', async () => {
    const report = await readTotals(counts, site, {
      range: { from: '2025-02-02', to: '2025-02-10' },
      granularity: 'day',
    })
    expect(report.current?.visits).toBe(11)
    expect(report.leftOut).toEqual(['2025-02-01'])
  })

  test('makes a range before it touches only in part incomparable under a filter', async () => {
    const question = { range: { from: '2025-03-01', to: '2025-03-15' }, granularity: 'day', filter } as const
    const report = await readTotals(counts, site, { ...question, before: { from: '2025-02-15', to: '2025-03-01' } })
    expect(report).toMatchObject({ comparison: undefined, incomparable: 'kept_by_month', leftOut: [] })
    // The other way round: what is left of the range would have fallen.
    const range = { from: '2025-02-20', to: '2025-03-08' }
    const before = { from: '2025-02-04', to: '2025-02-20' }
    const partly = await readTotals(counts, site, { ...question, range, before })
    expect(partly).toMatchObject({ comparison: undefined, incomparable: 'kept_by_month' })
  })
})

describe('breakdowns', () => {
  test('rank the values of each dimension, with what was never named apart', async () => {
    const panels = await readBreakdowns(counts, site, {
      range: march2and3,
      dimensions: ['source', 'page', 'event', 'country'],
      limit: 2,
    })
    expect(panels.get('source')).toEqual({
      dimension: 'source',
      metric: 'visits',
      rows: [
        { value: '(direct)', n: 25, engaged: 0, reach: undefined },
        { value: 'Google', n: 25, engaged: 15, reach: undefined },
      ],
      other: 5,
      counted: 60,
      values: 3,
    })
    expect(panels.get('page')).toMatchObject({ metric: 'pageviews', counted: 110, values: 2 })
    expect(panels.get('event')?.rows).toEqual([{ value: 'signup', n: 10, engaged: undefined, reach: undefined }])
    expect(panels.get('country')).toMatchObject({ rows: [], counted: 0, values: 0 })
  })

  test('bring the engaged time of sources and pages when asked', async () => {
    const panels = await readBreakdowns(counts, site, {
      range: march2and3,
      dimensions: ['source', 'page', 'event'],
      engagedTime: true,
      limit: 10,
    })
    const reach = (dimension: Dimension, value: string) =>
      panels.get(dimension)?.rows.find((row) => row.value === value)?.reach
    expect(reach('source', 'Google')).toEqual([15, 0, 0, 0, 0, 0])
    expect(reach('source', '(direct)')).toEqual([0, 0, 0, 0, 0, 0])
    expect(reach('page', '/pricing')).toEqual([0, 20, 0, 0, 0, 0])
    expect(reach('event', 'signup')).toBeUndefined()
    expect(panels.get('source')).toMatchObject({ counted: 60, values: 3 })
  })

  test('continue on the next page', async () => {
    const panels = await readBreakdowns(counts, site, {
      range: march2and3,
      dimensions: ['source'],
      limit: 2,
      offset: 2,
    })
    expect(panels.get('source')?.rows.map(({ value }) => value)).toEqual(['news.example'])
    expect(panels.get('source')?.values).toBe(3)
  })

  test('know their sums on a page past the end, and where only what was never named is left', async () => {
    for (const engagedTime of [false, true]) {
      const question = { range: march2and3, dimensions: ['source'], limit: 2, engagedTime } as const
      const panels = await readBreakdowns(counts, site, { ...question, offset: 4 })
      expect(panels.get('source')).toMatchObject({ rows: [], other: 5, counted: 60, values: 3 })
      const first = await readBreakdowns(counts, site, { ...question, offset: 0 })
      expect(first.get('source')?.rows.map(({ value }) => value)).toEqual(['(direct)', 'Google'])
    }
    await insert('counts', [{ ...count('2026-03-02', 'visits', 'source', '(other)', 15), site: 10 }])
    const lone = await readBreakdowns(
      counts,
      { ...site, id: 10 },
      { range: march2and3, dimensions: ['source'], limit: 9 },
    )
    expect(lone.get('source')).toMatchObject({ rows: [], other: 15, counted: 15, values: 0 })
  })

  test('count one metric, whatever else their dimension is counted by', async () => {
    const { from } = march2and3
    await insert('counts', [count(from, 'events', 'hour', '9', 5), count(from, 'engaged', 'hour', '9', 10)])
    for (const engagedTime of [false, true]) {
      const question = { range: march2and3, dimensions: ['hour'], limit: 9, engagedTime } as const
      const panels = await readBreakdowns(counts, site, question)
      expect(panels.get('hour')).toMatchObject({ metric: 'pageviews', rows: [{ value: '9', n: 60 }], counted: 60 })
    }
  })

  test('under a filter come from pairs, in either order, and only where a pair exists', async () => {
    const panels = await readBreakdowns(counts, site, {
      range: march2and3,
      dimensions: ['entry_page', 'country', 'event', 'page', 'channel'],
      filter: { dimension: 'source', value: 'Google' },
      limit: 10,
    })
    expect(panels.get('entry_page')).toMatchObject({
      metric: 'visits',
      rows: [
        { value: '/', n: 15 },
        { value: '/pricing', n: 5 },
      ],
      counted: 20,
    })
    expect(panels.get('country')).toMatchObject({ metric: 'visits', rows: [{ value: 'FR', n: 10 }] })
    expect(panels.get('event')).toMatchObject({ metric: 'events', rows: [{ value: 'signup', n: 5 }] })
    expect(panels.has('page')).toBe(false)
    expect(panels.has('channel')).toBe(false)
  })

  test('that no pair can answer are not there', async () => {
    const filter = { dimension: 'property', value: 'plan=pro' } as const
    const panels = await readBreakdowns(counts, site, { range: march2and3, dimensions: ['source'], filter, limit: 10 })
    expect(panels.size).toBe(0)
  })

  test('bind values, whatever they look like', async () => {
    const filter = { dimension: 'source', value: "x' OR 1 = 1 -- \\ \t\n{site:UInt32}" } as const
    const report = await readTotals(counts, site, { range: march2and3, granularity: 'day', filter })
    expect(report.current?.visits).toBe(0)
  })
})

describe('a report', () => {
  test('says of totals the same with values of dimensions and without', async () => {
    const filters = [
      undefined,
      { dimension: 'source', value: 'Google' },
      { dimension: 'page', value: '/pricing' },
    ] as const
    const ranges = [
      { range: march2and3, before: { from: '2026-02-28', to: '2026-03-02' } },
      { range: { from: '2025-02-10', to: '2026-03-20' }, before: { from: '2024-01-01', to: '2025-02-10' } },
      { range: { from: '2025-02-01', to: '2026-03-04' } },
    ] as const
    const dimensions = ['source', 'entry_page', 'event', 'session_interval', 'page_interval'] as const
    for (const filter of filters) {
      for (const days of ranges) {
        const question = { ...days, filter, granularity: 'month' } as const
        const { totals } = await readReport(counts, site, { ...question, breakdown: { dimensions, limit: 3 } })
        expect(totals).toEqual(await readTotals(counts, site, question))
      }
    }
  })

  test('reads no attribute counts where nothing of them is asked for', async () => {
    const asked: string[] = []
    const watched: Pick<Counts, 'query'> = {
      query(sql, params, row) {
        asked.push(sql.split('\n')[0] ?? '')
        return counts.query(sql, params, row)
      },
    }
    const question = { range: march2and3, granularity: 'day', engagedTime: false } as const
    expect((await readTotals(watched, site, question)).current).toMatchObject({ visits: 63 })
    expect(asked).toEqual(['/* reports.days */'])
  })

  test('brings no value of a month that is left out, only that it is', async () => {
    const lone: Site = { ...site, id: 11 }
    const values = Array.from({ length: 50 }, (_, n) =>
      count('2025-02-20', 'visits', 'source', `s${n}.example`, 5, LONG_AGO),
    )
    await insert('counts', [
      ...values.map((row) => ({ ...row, site: lone.id })),
      { ...count('2026-03-02', 'visits', 'source', 'Google', 5), site: lone.id },
    ])
    const range = { from: '2025-02-10', to: '2026-03-20' }
    const breakdown = { dimensions: ['source'], limit: 9 } as const
    const { totals, breakdowns } = await readReport(counts, lone, { range, granularity: 'month', breakdown })
    expect(totals.leftOut).toEqual(['2025-02-01'])
    expect(breakdowns.get('source')).toMatchObject({ rows: [{ value: 'Google', n: 5 }], counted: 5, values: 1 })
  })
})

describe('filters', () => {
  test('part dimension from value at the first colon', () => {
    expect(readFilter('page:/a:b', site)).toEqual({ dimension: 'page', value: '/a:b' })
    expect(readFilter(undefined, site)).toBeUndefined()
  })

  test('need a dimension of the contract that stands in a pair', () => {
    for (const text of [
      'nonsense',
      'source:',
      'toString:x',
      'channel:Search',
      'session_interval:10s',
      'browser:Firefox',
    ]) {
      expect(readFilter(text, site)).toHaveProperty('invalid')
    }
  })

  test('follow the profile: CNIL counts no events by source', () => {
    const strict: Site = { ...site, profile: 'cnil' }
    expect(pairsWith(site, 'source').map(({ other }) => other)).toContain('event')
    expect(pairsWith(strict, 'source').map(({ other }) => other)).not.toContain('event')
    expect(canFilter({ ...site, properties: [] }, 'property')).toBe(false)
  })
})

describe('engaged time', () => {
  test('is the difference of neighbouring bounds', () => {
    const bars = histogram([60, 40, 30, 10, 5, 0], 100)
    expect(bars.map(({ n }) => n)).toEqual([40, 20, 10, 20, 5, 5, 0])
    expect(bars[1]).toEqual({ from: 10, to: 30, n: 20, share: 0.2 })
    expect(bars.at(-1)).toMatchObject({ from: 1800, to: undefined })
  })

  test('never goes negative when a later bound was released before an earlier one', () => {
    const bars = histogram([10, 15, 0, 5, 0, 0], 12)
    expect(bars.map(({ n }) => n)).toEqual([0, 0, 10, 0, 5, 0, 0])
    expect(bars.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })

  test('has its median in the interval where half of the base is reached', () => {
    expect(median([60, 40, 30, 10, 5, 0], 100, 10)).toEqual({ from: 10, to: 30 })
    expect(median([50, 50, 50, 50, 50, 50], 100, 10)).toEqual({ from: 1800, to: undefined })
    expect(median([45, 40, 0, 0, 0, 0], 100, 10)).toEqual({ from: 0, to: 10 })
  })

  test('has no median without reports, or with less than two k, or ten k of a pair', () => {
    expect(median([0, 0, 0, 0, 0, 0], 100, 10)).toBeUndefined()
    expect(median([5, 0, 0, 0, 0, 0], 9, medianFrom(5, false))).toBeUndefined()
    expect(median([45, 40, 0, 0, 0, 0], 49, medianFrom(5, true))).toBeUndefined()
  })
})

describe('derived numbers', () => {
  test('have no bounce rate of fewer than ten k that are counted in k', () => {
    const fives = { k: 5, exact: false, engages: true }
    expect(bounceRate({ visits: 5, engaged: 5 }, fives)).toBeUndefined()
    expect(bounceRate({ visits: 45, engaged: 25 }, fives)).toBeUndefined()
    expect(bounceRate({ visits: 50, engaged: 25 }, fives)).toBe(0.5)
    expect(bounceRate({ visits: 90, engaged: 45 }, { ...fives, k: 10 })).toBeUndefined()
  })

  test('are left out where they would mean nothing', () => {
    const exact = { k: 5, exact: true, engages: true }
    expect(bounceRate({ visits: 10, engaged: 4 }, exact)).toBeCloseTo(0.6)
    expect(bounceRate({ visits: 10, engaged: 15 }, exact)).toBe(0)
    expect(bounceRate({ visits: 3, engaged: 0 }, exact)).toBe(1)
    expect(bounceRate({ visits: 10, engaged: 0 }, { ...exact, engages: false })).toBeUndefined()
    expect(bounceRate({ visits: 0, engaged: 0 }, exact)).toBeUndefined()
    expect(viewsPerVisit({ visits: 4, pageviews: 10 })).toBe(2.5)
    expect(viewsPerVisit({ visits: 0, pageviews: 10 })).toBeUndefined()
    expect(change(5, 0)).toBeUndefined()
    expect(change(5, 4)).toBe(0.25)
    expect(withheld(42, 35)).toBe(7)
    expect(withheld(42, 45)).toBe(0)
  })
})
