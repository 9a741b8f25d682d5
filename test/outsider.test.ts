// What a reader without an account sees, against the real engine: totals up to the last full hour, names up to a day after
// which k visits have come, and nothing that moves when a single visit arrives.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { DIMENSION_NAMES, DIMENSIONS, type Dimension, type Metric, PAIRS, type Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import type { Site } from '../collector/sites.ts'
import { BreakdownPage } from '../dashboard/pages/breakdown.tsx'
import { SitePage } from '../dashboard/pages/site.tsx'
import { type PeriodQuery, type PeriodState, readPeriod } from '../dashboard/period.ts'
import { readDropped } from '../dashboard/reports/dropped.ts'
import { canFilter, countsBy, type Filter } from '../dashboard/reports/filter.ts'
import { type Horizon, namedBefore, sightOf } from '../dashboard/reports/horizon.ts'
import { type ReportQuestion, readReport } from '../dashboard/reports/report.ts'
import { readView } from '../dashboard/view.ts'
import { aPageview, aSite, openAccumulator } from './accumulated.ts'
import { createRandom, type Random } from './chaos/random.ts'

const TODAY = '2026-03-20'
const HORIZON: Horizon = { day: TODAY, hour: 14 }
/** Far enough that rows keep their hour and day and never end, whenever the test runs. */
const NEVER = '2100-01-01'
const HOUR = 3_600_000

const siteOf = (id: number, changes: Partial<Site> = {}) => aSite({ id, properties: ['plan'], ...changes })
const busy = siteOf(1)
const quiet = siteOf(2)
const fresh = siteOf(3)
const watched = siteOf(4, { browserFamilies: true, goals: ['signup', '/pricing', '/*'] })

let counts: Counts
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-outsider-'))

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
})

afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

const insert = (table: Table, rows: object[]) =>
  counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())

const dated = (site: number, day: string) => ({ site, month: firstOfMonth(day), day, expire_on: NEVER })

function total(site: number, day: string, visits: number, pageviews = 0, engaged = 0, events = 0) {
  return { ...dated(site, day), visits, pageviews, engaged, events }
}

function hourOf(site: number, day: string, hour: number, visits: number) {
  return { ...dated(site, day), hour, visits, generalize_on: NEVER }
}

function count(site: number, day: string, metric: Metric, dimension: Dimension, value: string, n: number) {
  return { ...dated(site, day), metric, dimension, dimension2: '', value, value2: '', n, generalize_on: NEVER }
}

function pair(site: number, day: string, metric: Metric, [one, two]: readonly [Dimension, Dimension], n: number) {
  return { ...count(site, day, metric, one, exampleOf(one), n), dimension2: two, value2: exampleOf(two) }
}

async function plant() {
  await insert('days', [
    total(1, '2026-03-01', 1, 1),
    total(1, '2026-03-09', 50, 100, 30),
    total(1, '2026-03-16', 40, 80, 20, 3),
    total(1, '2026-03-18', 20, 50, 10),
    total(1, '2026-03-19', 12, 30, 6),
    total(1, '2026-03-20', 9, 20, 4, 2),
    total(2, '2026-03-16', 7, 7),
    total(2, '2026-03-17', 1, 1),
    total(2, '2026-03-18', 2, 2),
    total(2, '2026-03-19', 2, 2),
    total(2, '2026-03-20', 30, 30),
    total(3, '2026-03-20', 6, 8),
  ])
  await insert('hours', [
    hourOf(1, '2026-03-19', 8, 12),
    hourOf(1, '2026-03-20', 9, 4),
    hourOf(1, '2026-03-20', 13, 2),
    hourOf(1, '2026-03-20', 14, 3),
    hourOf(3, '2026-03-20', 0, 6),
  ])
  await insert('counts', [
    count(1, '2026-03-09', 'visits', 'source', 'Google', 25),
    count(1, '2026-03-16', 'visits', 'source', 'Google', 20),
    count(1, '2026-03-18', 'visits', 'source', 'Google', 10),
    count(1, '2026-03-18', 'engaged', 'source', 'Google', 5),
    count(1, '2026-03-18', 'reach', 'session_interval', '10s', 30),
    count(1, '2026-03-19', 'visits', 'source', 'Google', 5),
    count(1, '2026-03-19', 'reach', 'session_interval', '10s', 10),
    count(1, '2026-03-19', 'pageviews', 'hour', '8', 30),
    count(1, '2026-03-20', 'visits', 'source', 'Google', 5),
    count(1, '2026-03-20', 'visits', 'source', 'news.example', 5),
    count(1, '2026-03-18', 'dropped', 'reason', 'bot_agent', 10),
    count(1, '2026-03-20', 'dropped', 'reason', 'bot_agent', 25),
    count(2, '2026-03-16', 'visits', 'source', 'Google', 5),
    count(2, '2026-03-17', 'visits', 'source', 'Google', 5),
  ])
}

const WEEK = { period: '7d' }
const question = (query: PeriodState, more: Partial<ReportQuestion> = {}): ReportQuestion => {
  const period = readPeriod(query, TODAY, '2026-02-08')
  if ('invalid' in period) throw new Error(period.invalid.because)
  const { range, before, compared, granularity } = period
  const breakdown = { dimensions: ['source'], limit: 9 } as const
  return { range, before, compared, granularity, horizon: HORIZON, breakdown, ...more }
}

describe('the horizon', () => {
  const at = (instant: string, timezone = 'Europe/Berlin') =>
    sightOf({ insider: false }, { timezone }, { calendar: createCalendar(), now: () => Date.parse(instant) })

  test('of an outsider is the hour that runs, and an insider has none', () => {
    expect(at('2026-03-20T13:20:00Z')).toEqual({ now: HORIZON, horizon: HORIZON })
    const deps = { calendar: createCalendar(), now: () => Date.parse('2026-03-20T13:20:00Z') }
    expect(sightOf({ insider: true }, { timezone: 'Europe/Berlin' }, deps)).toEqual({
      now: HORIZON,
      horizon: undefined,
    })
  })

  test('moves five minutes after the hour and the day, when their last counts have been flushed', () => {
    expect(at('2026-03-20T14:04:59Z').horizon).toEqual({ day: '2026-03-20', hour: 14 })
    expect(at('2026-03-20T14:05:00Z').horizon).toEqual({ day: '2026-03-20', hour: 15 })
    expect(at('2026-03-20T23:04:59Z').now).toEqual({ day: '2026-03-20', hour: 23 })
    expect(at('2026-03-20T23:05:00Z').now).toEqual({ day: '2026-03-21', hour: 0 })
  })

  test('lies before the first day after which k visits have not come yet', () => {
    const day = (on: string, visits: number) => ({ on, visits, pageviews: 0, engaged: 0, events: 0 })
    const days = [day('2026-03-19', 2), day('2026-03-20', 100), day('2026-03-12', 3), day('2026-03-01', 9)]
    expect(namedBefore(days, HORIZON, 5)).toBe('2026-03-12')
    expect(namedBefore([...days, day('2026-03-18', 3)], HORIZON, 5)).toBe('2026-03-18')
    expect(namedBefore([day('2026-03-20', 100)], HORIZON, 5)).toBe('1970-01-01')
  })
})

describe('an outsider', () => {
  test('reads totals up to yesterday and names up to the day before, each in its own shares', async () => {
    const inside = await readReport(counts, busy, question(WEEK, { horizon: undefined }))
    expect(inside.totals.current).toMatchObject({ visits: 81, pageviews: 180, engaged: 40, events: 5 })
    expect(inside.base).toBe(inside.totals)
    expect(inside.breakdowns.get('source')).toMatchObject({ counted: 45, values: 2 })
    const outside = await readReport(counts, busy, question(WEEK))
    expect(outside.totals).toMatchObject({
      current: { visits: 72, pageviews: 160, engaged: 36, events: 3 },
      range: { from: '2026-03-14', to: TODAY },
      until: TODAY,
      soFar: 6,
    })
    expect(outside.totals.measured.has('reach')).toBe(false)
    expect(outside.totals.series.at(-1)).toMatchObject({ start: '2026-03-19', totals: { visits: 12 } })
    expect(outside.base).toMatchObject({
      current: { visits: 60, reach: [30, 0, 0, 0, 0, 0] },
      until: '2026-03-19',
    })
    expect(outside.breakdowns.get('source')).toMatchObject({
      rows: [{ value: 'Google', n: 30, engaged: 5 }],
      counted: 30,
      values: 1,
    })
  })

  test('reads comparisons of as many days', async () => {
    const { totals, base } = await readReport(counts, busy, question(WEEK))
    // 14 to 19 March against 7 to 12; names of 14 to 18 against 7 to 11.
    expect(totals.comparison).toMatchObject({ now: { visits: 72 }, before: { visits: 50 } })
    expect(base.comparison?.days).toEqual({
      range: { from: '2026-03-14', to: '2026-03-19' },
      before: { from: '2026-03-07', to: '2026-03-12' },
    })
    const filter = { dimension: 'source', value: 'Google' } as const
    const filtered = await readReport(counts, busy, question(WEEK, { filter }))
    expect(filtered.totals).toBe(filtered.base)
    expect(filtered.totals).toMatchObject({
      comparison: { now: { visits: 30 }, before: { visits: 25 } },
      until: '2026-03-19',
    })
  })

  test('reads of today its visits by the hour, up to the last full one, and nothing else', async () => {
    const { totals, base, breakdowns } = await readReport(counts, busy, question({ period: 'today' }))
    expect(totals.current).toMatchObject({ visits: 6 })
    expect([...totals.measured]).toEqual(['visits'])
    expect(totals.series).toHaveLength(14)
    expect(totals.series[9]?.totals?.visits).toBe(4)
    expect(totals.beforeSeries[8]?.totals?.visits).toBe(12)
    expect(base.current).toBeUndefined()
    expect(breakdowns.get('source')).toMatchObject({ rows: [], counted: 0 })
    const morning = { day: TODAY, hour: 0 }
    const early = await readReport(counts, busy, question({ period: 'today' }, { horizon: morning }))
    expect(early.totals).toMatchObject({ current: undefined, series: [], until: TODAY })
  })

  test('reads of yesterday its totals, and by the hour its visits alone', async () => {
    const asked = question({ period: 'day', date: '2026-03-19' })
    const { totals, base } = await readReport(counts, busy, asked)
    expect(totals).toMatchObject({ current: { visits: 12, pageviews: 30, engaged: 6 }, until: undefined })
    expect([...totals.drawable]).toEqual(['visits'])
    expect(totals.series[8]?.totals).toMatchObject({ visits: 12, pageviews: 0 })
    expect(base.current).toBeUndefined()
    const inside = await readReport(counts, busy, { ...asked, horizon: undefined })
    expect(inside.totals.series[8]?.totals).toMatchObject({ visits: 12, pageviews: 30 })
  })

  test('reads an earlier day as an insider does', async () => {
    for (const query of [
      { period: 'day', date: '2026-03-18' },
      { period: '7d', date: '2026-03-18' },
    ]) {
      const { totals, base, breakdowns } = await readReport(counts, busy, question(query))
      const inside = await readReport(counts, busy, question(query, { horizon: undefined }))
      expect(base).toBe(totals)
      expect({ totals, breakdowns }).toEqual({ totals: inside.totals, breakdowns: inside.breakdowns })
    }
  })

  test('of a quiet site reads names up to a day after which five visits came', async () => {
    const { totals, base, breakdowns } = await readReport(counts, quiet, question(WEEK))
    expect(totals).toMatchObject({ current: { visits: 12 }, until: TODAY })
    expect(base).toMatchObject({ current: { visits: 7 }, until: '2026-03-17' })
    expect(breakdowns.get('source')).toMatchObject({ counted: 5 })
  })

  test('of a site on its first day reads the hours that are over', async () => {
    const { totals } = await readReport(counts, fresh, question({ period: 'today' }))
    expect(totals).toMatchObject({ current: { visits: 6 }, firstDay: TODAY, comparison: undefined })
    const week = await readReport(counts, fresh, question(WEEK))
    expect(week.totals).toMatchObject({ current: undefined, soFar: 6 })
  })

  test('reads what was not counted up to the same day', async () => {
    const { range } = question(WEEK)
    expect(await readDropped(counts, busy, { range, horizon: undefined })).toMatchObject([{ n: 35 }])
    expect(await readDropped(counts, busy, { range, horizon: HORIZON })).toMatchObject([{ n: 10 }])
    const today = { from: TODAY, to: addDays(TODAY, 1) }
    expect(await readDropped(counts, busy, { range: today, horizon: HORIZON })).toEqual([])
  })

  test('takes no more statements than an insider', async () => {
    for (const asked of [question(WEEK), question({ period: 'today' })]) {
      const outside = await statementsOf(asked)
      const inside = await statementsOf({ ...asked, horizon: undefined })
      expect(outside.length).toBeLessThanOrEqual(inside.length)
    }
  })

  async function statementsOf(asked: ReportQuestion): Promise<string[]> {
    const statements: string[] = []
    const counting: Pick<Counts, 'query'> = {
      query(sql, params, row) {
        statements.push(sql)
        return counts.query(sql, params, row)
      },
    }
    await readReport(counting, busy, asked)
    return statements
  }
})

describe('no answer that an outsider can get', () => {
  test('changes with names of today and yesterday, with this hour, or with the day that runs', async () => {
    const random = createRandom(20)
    const past = Array.from({ length: 40 }, (_, n) => addDays('2026-03-18', -n))
    await insert(
      'days',
      past.map((day) => total(watched.id, day, 20 + random.below(30), 60, 10, 5)),
    )
    await insert('days', [total(watched.id, '2026-03-19', 11, 20, 3, 1)])
    await insert(
      'hours',
      past.map((day) => hourOf(watched.id, day, random.below(24), 20)),
    )
    await insert(
      'counts',
      past.flatMap((day) => everyCount(watched.id, day, random)),
    )

    const seen = await everyAnswer(HORIZON)
    const known = await everyAnswer(undefined)
    await insert('counts', [...everyCount(watched.id, '2026-03-19', random), ...everyCount(watched.id, TODAY, random)])
    await insert(
      'hours',
      [14, 15, 23].map((hour) => hourOf(watched.id, TODAY, hour, 7)),
    )
    await insert('days', [total(watched.id, TODAY, 21, 40, 9, 4)])
    expect(await everyAnswer(HORIZON)).toEqual(seen)

    const changed = (await everyAnswer(undefined)).filter((answer, place) => answer !== known[place])
    expect(changed.length).toBeGreaterThan(known.length / 2)
  })

  async function everyAnswer(horizon: Horizon | undefined): Promise<string[]> {
    const answers: string[] = []
    for (const asked of everyQuestion(horizon)) answers.push(text(await readReport(counts, watched, asked)))
    for (const { range } of [question(WEEK), question({ period: 'today' })]) {
      answers.push(text(await readDropped(counts, watched, { range, horizon })))
    }
    return answers
  }

  function everyQuestion(horizon: Horizon | undefined): ReportQuestion[] {
    const dimensions = DIMENSION_NAMES.filter((dimension) => countsBy(watched, dimension))
    const filters = dimensions.filter((dimension) => canFilter(watched, dimension))
    const queries: PeriodState[] = [
      ...[{ period: 'today' }, { period: '7d' }, { period: 'month' }, { period: '12mo' }],
      ...[
        { period: 'day', date: '2026-03-19' },
        { period: '7d', date: '2026-03-19' },
      ],
      // Whatever is compared or however finely it is drawn.
      ...[
        { period: '7d', by: 'hour' },
        { period: '28d', by: 'week' },
        { period: '7d', compare: '2026-03-07' },
        { period: 'today', compare: '2026-03-19' },
        { period: 'all' },
      ],
    ]
    return queries.flatMap((query) =>
      [undefined, ...(query.period === '7d' ? filters : ['source' as const])].flatMap((dimension) => {
        const filter: Filter | undefined = dimension && { dimension, value: exampleOf(dimension) }
        const breakdown = { dimensions, limit: 5, engagedTime: true } as const
        return [
          question(query, {
            horizon,
            filter,
            breakdown,
            upToHour: 14,
            goals: true,
            weekUntil: { day: TODAY, hour: 23 },
          }),
          question(query, { horizon, filter, breakdown, granularity: 'month', before: undefined }),
        ]
      }),
    )
  }

  test('moves within a day, or a total within an hour, while visits arrive one by one', async () => {
    const strict = aSite({ id: 6, k: 10, profile: 'strict', timezone: 'Asia/Kathmandu' })
    for (const { site, ...life } of [
      // Over the end of a month, when what is pending loses its text.
      { site: aSite({ id: 5 }), visitsADay: 1.5, days: 40 },
      { site: strict, visitsADay: 8, days: 14 },
    ]) {
      const { late, changes } = await watch(site, life)
      // Else there would be nothing to see: names dated with an earlier day did come, and insiders saw them.
      expect(late).toBeGreaterThan(3)
      expect(changes).toBeGreaterThan(3)
    }
    // Two months of visits, each flushed for itself.
  }, 180_000)

  /** Lives some weeks of a site, and reads after every flush that brought something. */
  async function watch(
    site: Site,
    { visitsADay, days }: { visitsADay: number; days: number },
  ): Promise<{ late: number; changes: number }> {
    const random = createRandom(site.id)
    const calendar = createCalendar()
    const { accumulator, close } = openAccumulator()
    const seen = new Map<string, string>()
    let late = 0
    let changes = 0
    let insider = ''
    // An hour begins there as in UTC, or a quarter later: a flush comes seconds after.
    let now = Date.parse(`2026-03-01T00:00:00${site.timezone === 'UTC' ? 'Z' : '+05:45'}`)
    const end = now + days * 24 * HOUR
    try {
      while (now < end) {
        if (random.chance(visitsADay / 24)) {
          // A third of them in the last seconds of an hour, or of a day: they are flushed after it has ended.
          const moment = now + (random.chance(1 / 3) ? 59 : random.below(59)) * 60_000 + 58_000
          await accumulator.count(site, visit(moment))
          if (moment + 2_000 === now + HOUR) await look(now + HOUR)
          await flush(moment + 4_000)
        }
        now += HOUR
        await flush(now + 5_000)
      }
    } finally {
      close()
    }
    return { late, changes }

    function visit(moment: number) {
      const local = calendar.localHour(site.timezone, moment)
      const browser = ['Firefox', 'Chrome', 'Safari', 'Edge'][random.below(4)] ?? ''
      return aPageview({ ...local, page: `/${random.below(2)}`, stratum: `FR ${browser}` })
    }

    async function flush(moment: number) {
      accumulator.tick(moment)
      const { day: today } = calendar.localHour(site.timezone, moment)
      const parcels = accumulator.take(moment)
      for (const { id, table, body } of parcels) {
        const rows = body.split('\n').map((line) => ({ ...JSON.parse(line), expire_on: NEVER }))
        late += table === 'counts' ? rows.filter(({ day }) => day < today).length : 0
        await insert(table, table === 'days' ? rows : rows.map((row) => ({ ...row, generalize_on: NEVER })))
        accumulator.forget(id)
      }
      if (parcels.length > 0) await look(moment)
    }

    async function look(moment: number) {
      const { now: local, horizon } = sightOf({ insider: false }, site, { calendar, now: () => moment })
      const breakdown = { dimensions: ['page', 'source', 'country'], limit: 9 } as const
      const range = { from: '2026-03-01', to: addDays(local.day, 1) }
      const asked = { range, granularity: 'day', breakdown } as const
      const { totals, base, breakdowns } = await readReport(counts, site, { ...asked, horizon })
      // That there were visits at all is told by the hour.
      same(`names of ${local.day}`, text({ base: { ...base, firstDay: undefined }, breakdowns }))
      same(`totals of ${local.day} ${local.hour}`, text(totals))
      const all = await readReport(counts, site, { ...asked, horizon: undefined })
      if (insider !== text(all.breakdowns)) changes++
      insider = text(all.breakdowns)
    }

    function same(what: string, answer: string) {
      const first = seen.get(what)
      if (first === undefined) seen.set(what, answer)
      else expect(answer, what).toBe(first)
    }
  }
})

/** Sets and maps as lists. */
function text(answer: unknown): string {
  return JSON.stringify(answer, (_, value) => (value instanceof Map || value instanceof Set ? [...value] : value))
}

function exampleOf(dimension: Dimension): string {
  if (dimension === 'hour' || dimension === 'dropped_hour') return '13'
  if (dimension === 'page_interval' || dimension === 'session_interval') return '10s'
  return DIMENSIONS[dimension].example
}

/** Every counter of the contract, with a value that came before and one that did not. */
function everyCount(site: number, day: string, random: Random): object[] {
  const n = () => 5 + 5 * random.below(4)
  const singles = DIMENSION_NAMES.flatMap((dimension) =>
    DIMENSIONS[dimension].metrics.flatMap((metric) => [
      count(site, day, metric, dimension, exampleOf(dimension), n()),
      count(site, day, metric, dimension, `new on ${day}`, n()),
    ]),
  )
  return [...singles, ...PAIRS.map(({ metric, dimensions }) => pair(site, day, metric, dimensions, n()))]
}

const BY_COUNT = { by: 'count', reversed: false } as const

describe('the pages', () => {
  test('say to an outsider what they leave out, and offer no script tag', async () => {
    const html = await pageOf(busy, WEEK)
    expect(html).toContain(
      'Without an account you see totals up to 19 Mar 2026, 6 visits of today up to 14:00 and names up to 18 Mar 2026.',
    )
    expect(html).toMatch(/Visits 72 ↑ \+44% from 50/)
    expect(html).toContain('Changes compare 14 – 19 Mar 2026 against 7 – 12 Mar 2026.')
    expect(html).toContain('Google 30 50% +20% Counted in fives. Up to 18 Mar 2026.')
    expect(html).toContain('Fri, 20 Mar 2026, so far')
    expect(html).not.toContain('Script tag of this site')
    const inside = await pageOf(busy, WEEK, { insider: true })
    expect(inside).not.toContain('Without an account')
    expect(inside).toContain('Script tag of this site')
  })

  test('explain today in the place of empty panels', async () => {
    const html = await pageOf(busy, { period: 'today' })
    expect(html).toContain(
      'Without an account you see the visits of today up to 14:00 and no names of this period yet.',
    )
    expect(html).toContain('Show 30 days')
    expect(html).toMatch(/Visits 6 ↓ −50% 6 from 12 by 14:00 the day before/)
    expect(html).not.toMatch(/Page views|Sources|Engaged time/)
    const early = await pageOf(busy, { period: 'today' }, { horizon: { day: TODAY, hour: 0 } })
    expect(early).toContain('Nothing of this period shows yet.')
  })

  test('under a filter end with the names', async () => {
    const html = await pageOf(busy, WEEK, { filter: { dimension: 'source', value: 'Google' } })
    expect(html).toContain('Without an account you see names up to 18 Mar 2026.')
    expect(html).toMatch(/Visits 30 ↑ \+20% from 25/)
    expect(html).toContain('A pair counts once both of its values are named, in fives. Up to 18 Mar 2026.')
  })

  test('of all values have shares of the days that they take in', async () => {
    const asked = question(WEEK)
    const { totals, base, breakdowns } = await readReport(counts, busy, asked)
    const props = {
      dimension: 'source',
      totals,
      base,
      breakdown: breakdowns.get('source'),
      sort: BY_COUNT,
      page: 1,
    } as const
    const html = plain(await BreakdownPage({ frame, view: viewOf(busy, WEEK, HORIZON), ...props }))
    expect(html).toContain('Share of 60')
    expect(html).toMatch(/Google 30 50%/)
    expect(html).toContain('names up to 18 Mar 2026.')
  })

  const frame = { basePath: '', styleVersion: '1', sites: [] }

  function viewOf(site: Site, query: PeriodQuery, horizon: Horizon | undefined, filter?: Filter) {
    const period = readPeriod(query, TODAY)
    if ('invalid' in period) throw new Error(period.invalid.because)
    return readView({}, { site, period, horizon, filter, basePath: '' })
  }

  async function pageOf(
    site: Site,
    query: PeriodQuery,
    by: { insider?: true; horizon?: Horizon; filter?: Filter } = {},
  ) {
    const { filter } = by
    const horizon = by.insider ? undefined : (by.horizon ?? HORIZON)
    const view = viewOf(site, query, horizon, filter)
    const breakdown = { dimensions: [...view.tabs.values()], limit: 9 }
    const report = await readReport(counts, site, question(query, { horizon, filter, breakdown }))
    const script = { url: 'https://stats.example.com/js/sundial.js', guessed: false }
    return plain(await SitePage({ frame, view, report, hourNow: HORIZON.hour, script }))
  }

  function plain(html: unknown): string {
    return String(html)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
  }
})
