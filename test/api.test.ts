// The Stats API over the real engine and settings store, with planted counts and answers worked out by hand.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Dimension, Metric, Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { createSites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import { createApi } from '../dashboard/api.ts'
import { type AnswerSchema, answerSchemas } from './api_document.ts'
import { createOpenReader } from './open_reader.ts'

const NOW = Date.parse('2026-03-10T12:30:00Z')
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-api-'))
let counts: Counts
let settings: SqliteSettings
let api: ReturnType<typeof createApi>
let schemaOf: (path: string, status: number) => AnswerSchema

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: path.join(directory, 'counts'), database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  settings = openSqliteSettings(path.join(directory, 'sites.db'))
  const sites = createSites({ db: settings, now: () => NOW, report: unexpected })
  const added = await sites.add({ domain: 'example.com', properties: ['plan', 'size'] })
  const families = await sites.add({ domain: 'families.example', browserFamilies: true })
  await sites.add({ domain: 'strict.example', profile: 'cnil' })
  if (!('site' in added && 'site' in families)) throw new Error('a site was refused')
  await plant(added.site.id, families.site.id)
  api = createApi({
    reader: createOpenReader({ sites }),
    counts,
    calendar: createCalendar(),
    now: () => NOW,
    report: unexpected,
  })
  schemaOf = answerSchemas(await (await api.request('/api/openapi.json')).json())
})

afterAll(async () => {
  settings.close()
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

function unexpected(problem: string, error?: unknown): never {
  throw new Error(problem, { cause: error })
}

/** Rows that keep their day and never end, whenever the test runs. */
const NEVER = '2100-01-01'
/** Rows that are kept by month since then. */
const LONG_AGO = '2025-03-20'

/** March 2026 by day; February 2025 kept as a month. Another site's rows must never show. */
async function plant(site: number, other: number) {
  const insert = (table: Table, rows: object[]) =>
    counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())
  const dated = (day: string) => ({ site, month: firstOfMonth(day), day, expire_on: NEVER })
  const count = (day: string, metric: Metric, dimension: Dimension, value: string, n: number, until = NEVER) => ({
    ...dated(day),
    ...{ metric, dimension, dimension2: '', value, value2: '', n, generalize_on: until },
  })
  const pair = (day: string, metric: Metric, one: [Dimension, string], two: [Dimension, string], n: number) => ({
    ...count(day, metric, one[0], one[1], n),
    ...{ dimension2: two[0], value2: two[1] },
  })
  await insert('days', [
    { ...dated('2026-03-02'), visits: 42, pageviews: 93, engaged: 26, events: 5 },
    { ...dated('2026-03-03'), visits: 21, pageviews: 30, engaged: 6, events: 7 },
    { ...dated('2026-03-10'), visits: 63, pageviews: 100, engaged: 21, events: 0 },
    { ...dated('2026-03-10'), site: other, visits: 1000, pageviews: 1000, engaged: 0, events: 0 },
    { ...dated('2025-02-03'), visits: 20, pageviews: 21, engaged: 6, events: 0 },
  ])
  await insert('hours', [
    { ...dated('2026-03-02'), hour: 9, visits: 30, generalize_on: NEVER },
    { ...dated('2026-03-02'), hour: 23, visits: 12, generalize_on: NEVER },
    { ...dated('2026-03-10'), hour: 0, visits: 60, generalize_on: NEVER },
    { ...dated('2026-03-10'), hour: 12, visits: 3, generalize_on: NEVER },
  ])
  await insert('counts', [
    count('2026-03-02', 'pageviews', 'hour', '09', 60),
    count('2026-03-02', 'pageviews', 'hour', '(other)', 5),
    count('2026-03-02', 'visits', 'source', 'Google', 20),
    count('2026-03-02', 'engaged', 'source', 'Google', 15),
    count('2026-03-03', 'visits', 'source', 'Google', 5),
    count('2026-03-10', 'visits', 'source', 'Google', 40),
    count('2026-03-10', 'engaged', 'source', 'Google', 20),
    count('2026-03-03', 'visits', 'source', '(direct)', 25),
    count('2026-03-03', 'visits', 'source', 'news.example', 5),
    count('2026-03-03', 'visits', 'source', '(other)', 5),
    count('2026-03-02', 'visits', 'channel', 'Search', 20),
    count('2026-03-02', 'visits', 'utm_campaign', 'spring|sale', 10),
    count('2026-03-02', 'pageviews', 'page', '/', 70),
    count('2026-03-03', 'pageviews', 'page', '/pricing', 40),
    count('2026-03-03', 'events', 'event', 'signup', 10),
    count('2026-03-03', 'events', 'property', 'plan=pro', 10),
    count('2026-03-03', 'events', 'property', 'plan=a=b', 5),
    count('2026-03-03', 'events', 'property', 'size=xl', 15),
    count('2026-03-03', 'events', 'property', '(other)', 5),
    count('2026-03-02', 'reach', 'session_interval', '10s', 80),
    count('2026-03-02', 'reach', 'session_interval', '30s', 65),
    count('2026-03-03', 'reach', 'session_interval', '10s', 10),
    count('2026-03-03', 'reach', 'session_interval', '1m', 20),
    pair('2026-03-02', 'reach', ['session_interval', '10s'], ['source', 'Google'], 50),
    pair('2026-03-02', 'reach', ['session_interval', '30s'], ['source', 'Google'], 35),
    pair('2026-03-02', 'reach', ['page_interval', '10s'], ['page', '/'], 40),
    pair('2026-03-02', 'visits', ['entry_page', '/'], ['source', 'Google'], 15),
    pair('2026-03-02', 'visits', ['entry_page', '/pricing'], ['source', 'Google'], 5),
    pair('2026-03-02', 'visits', ['entry_page', '/'], ['source', '(direct)'], 10),
    pair('2026-03-03', 'visits', ['source', 'Google'], ['country', 'FR'], 10),
    pair('2026-03-03', 'events', ['event', 'signup'], ['property', 'plan=pro'], 5),
    pair('2026-03-03', 'events', ['event', 'signup'], ['property', 'size=xl'], 5),
    count('2025-02-03', 'visits', 'source', 'Google', 10, LONG_AGO),
    count('2025-02-20', 'visits', 'source', 'Google', 5, LONG_AGO),
    { ...count('2026-03-02', 'visits', 'source', 'elsewhere', 500), site: other },
    { ...count('2026-03-02', 'visits', 'browser', 'Firefox', 10), site: other },
  ])
}

const get = (endpoint: string, parameters: Record<string, string>) =>
  api.request(`/api/v1/stats/${endpoint}?${new URLSearchParams({ site_id: 'example.com', ...parameters })}`)

/** Every answer of these tests is held against its description as well. */
async function ask(endpoint: string, parameters: Record<string, string> = {}): Promise<unknown> {
  const response = await get(endpoint, parameters)
  const body: unknown = await response.json()
  expect([response.status, body]).toEqual([200, body])
  expect(schemaOf(`/api/v1/stats/${endpoint}`, 200).parse(body)).toEqual(body)
  return body
}

async function refusal(endpoint: string, parameters: Record<string, string>): Promise<string> {
  const response = await get(endpoint, parameters)
  expect(response.status).toBe(400)
  const body = await response.json()
  expect(schemaOf(`/api/v1/stats/${endpoint}`, 400).parse(body)).toEqual(body)
  expect(Object.keys(body)).toEqual(['error'])
  return body.error
}

const DURATION =
  'visit_duration: half of them were engaged for at least so many seconds. Only the bounds 0, 10, 30, 60, 180, 600, 1800 are kept, so it is one of these.'
const EVENTS = 'events are custom events; page views are counted apart.'
const third = { period: 'day', date: '2026-03-03' }

describe('aggregate', () => {
  test('answers the visits of the last 30 days when nothing else is asked', async () => {
    const response = await get('aggregate', {})
    expect(await response.json()).toEqual({ results: { visits: { value: 126 } } })
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })

  test('answers every metric, in Plausible’s units', async () => {
    const metrics = 'visits,pageviews,views_per_visit,bounce_rate,visit_duration,events'
    // 1 - 53/126 are bounces; 223/126 views a visit; 65 of 126 visits reached 30 s, 20 of them 1 min.
    expect(await ask('aggregate', { metrics })).toEqual({
      results: {
        visits: { value: 126 },
        pageviews: { value: 223 },
        views_per_visit: { value: 1.77 },
        bounce_rate: { value: 58 },
        visit_duration: { value: 30 },
        events: { value: 12 },
      },
      notes: [EVENTS, DURATION],
    })
  })

  test('compares with the period before: percent, and points for the bounce rate', async () => {
    const metrics = 'visits,pageviews,views_per_visit,bounce_rate'
    expect(await ask('aggregate', { ...third, metrics, compare: 'previous_period' })).toEqual({
      results: {
        visits: { value: 21, change: -50 },
        pageviews: { value: 30, change: -68 },
        views_per_visit: { value: 1.43, change: -35 },
        bounce_rate: { value: 71, change: 33 },
      },
    })
  })

  test('compares whole days while a day is running, and not a day that is', async () => {
    const compare = 'previous_period'
    // None from 4 to 9 March, 42 from 25 February to 2 March; the 63 of today stand apart.
    expect(await ask('aggregate', { period: '7d', compare })).toEqual({
      results: { visits: { value: 63, change: -100 } },
      notes: ['change compares whole days: 2026-03-04 to 2026-03-09 with 2026-02-25 to 2026-03-02.'],
    })
    expect(await ask('aggregate', { period: 'day', compare })).toEqual({
      results: { visits: { value: 63, change: null } },
      notes: ['The day is not over, so there is no change.'],
    })
  })

  test('says null of a time of which nothing is kept', async () => {
    const kept = 'Nothing is kept of this period.'
    expect(await ask('aggregate', { period: 'month', date: '2025-01-10', metrics: 'visits,pageviews' })).toEqual({
      results: { visits: { value: null }, pageviews: { value: null } },
      notes: [kept],
    })
    expect(await ask('aggregate', { site_id: 'strict.example' })).toEqual({
      results: { visits: { value: null } },
      notes: [kept],
    })
    expect(await ask('timeseries', { period: 'custom', date: '2025-02-02,2025-02-03' })).toEqual({
      results: [
        { date: '2025-02-02', visits: null },
        { date: '2025-02-03', visits: 20 },
      ],
      notes: ['Nothing is kept of the time before 2025-02-03.'],
    })
  })

  test('makes up no bounce rate from fewer than ten fives', async () => {
    const filters = 'visit:source==news.example'
    expect(await ask('aggregate', { filters, metrics: 'visits,bounce_rate' })).toEqual({
      results: { visits: { value: 5 }, bounce_rate: { value: null } },
    })
  })

  test('has no change from nothing, none of a median, and none before counting began', async () => {
    const metrics = 'visits,visit_duration'
    const compare = 'previous_period'
    expect(await ask('aggregate', { period: '7d', metrics, compare, date: '2026-03-08' })).toMatchObject({
      results: { visits: { value: 63, change: null }, visit_duration: { value: 30, change: null } },
      notes: [DURATION, 'visit_duration is known by its bounds only, so there is no change of it.'],
    })
    expect(await ask('aggregate', { period: 'custom', date: '2025-02-03,2025-02-10', compare })).toEqual({
      results: { visits: { value: 20, change: null } },
      notes: ['Nothing was counted yet when the period before began, so there is no change.'],
    })
  })

  test('says null for what does not exist', async () => {
    const metrics = 'visits,bounce_rate,views_per_visit,visit_duration'
    expect(await ask('aggregate', { period: 'day', date: '2026-03-05', metrics })).toMatchObject({
      results: {
        visits: { value: 0 },
        bounce_rate: { value: null },
        views_per_visit: { value: null },
        visit_duration: { value: null },
      },
    })
  })

  test('answers each period of Plausible’s', async () => {
    const visits = async (parameters: Record<string, string>) => await ask('aggregate', parameters)
    const value = (n: number) => ({ results: { visits: { value: n } } })
    expect(await visits({ period: 'day' })).toEqual(value(63))
    expect(await visits({ period: '7d' })).toEqual(value(63))
    expect(await visits({ period: '7d', date: '2026-03-09' })).toEqual(value(21))
    expect(await visits({ period: '30d', date: '2026-03-03' })).toEqual(value(63))
    expect(await visits({ period: 'month' })).toEqual(value(126))
    expect(await visits({ period: 'month', date: '2025-02-14' })).toEqual(value(20))
    expect(await visits({ period: '6mo' })).toEqual(value(126))
    expect(await visits({ period: '12mo', date: '2026-01-31' })).toEqual(value(20))
    expect(await visits({ period: 'custom', date: '2026-03-02, 2026-03-03' })).toEqual(value(63))
    expect(await visits({ date: '2026-03-02,2026-03-02' })).toEqual(value(42))
  })

  test('under a filter answers what is counted by it', async () => {
    const filters = 'visit:source==Google'
    // 1 - 35/65 are bounces; 35 of 65 visits reached 30 s.
    expect(await ask('aggregate', { filters, metrics: 'visits,bounce_rate,visit_duration' })).toEqual({
      results: { visits: { value: 65 }, bounce_rate: { value: 46 }, visit_duration: { value: 30 } },
      notes: [DURATION],
    })
    expect(await ask('aggregate', { filters: 'event:page==/' })).toEqual({ results: { pageviews: { value: 70 } } })
    expect(await ask('aggregate', { filters: 'event:page==/', metrics: 'time_on_page' })).toMatchObject({
      results: { time_on_page: { value: 10 } },
    })
    expect(await ask('aggregate', { filters: 'visit:channel==Search' })).toEqual({ results: { visits: { value: 20 } } })
    expect(await ask('aggregate', { filters: 'event:goal==signup', metrics: 'events' })).toEqual({
      results: { events: { value: 10 } },
    })
    expect(await ask('aggregate', { filters: 'event:props:plan==a=b' })).toEqual({ results: { events: { value: 5 } } })
    expect(await ask('aggregate', { filters: 'visit:utm_campaign==spring\\|sale' })).toEqual({
      results: { visits: { value: 10 } },
    })
  })

  test('refuses a metric that is not counted under the filter, and says which are', async () => {
    expect(await refusal('aggregate', { filters: 'visit:source==Google', metrics: 'visits,pageviews,events' })).toBe(
      'There is no pageviews, events with a filter on visit:source; there you can ask for visits, bounce_rate, visit_duration.',
    )
  })
})

describe('timeseries', () => {
  test('answers a day as days, months as months, a day by its hours', async () => {
    expect(await ask('timeseries', { period: 'custom', date: '2026-03-01,2026-03-03' })).toEqual({
      results: [
        { date: '2026-03-01', visits: 0 },
        { date: '2026-03-02', visits: 42 },
        { date: '2026-03-03', visits: 21 },
      ],
    })
    expect(await ask('timeseries', { period: '6mo' })).toEqual({
      results: [
        { date: '2025-10-01', visits: 0 },
        { date: '2025-11-01', visits: 0 },
        { date: '2025-12-01', visits: 0 },
        { date: '2026-01-01', visits: 0 },
        { date: '2026-02-01', visits: 0 },
        { date: '2026-03-01', visits: 126 },
      ],
    })
    const metrics = 'visits,pageviews,bounce_rate'
    const byHour = await ask('timeseries', { period: 'day', date: '2026-03-02', metrics })
    const hour = (n: number, visits: number, pageviews: number) => ({
      date: `2026-03-02 ${String(n).padStart(2, '0')}:00:00`,
      visits,
      pageviews,
      bounce_rate: null,
    })
    expect(byHour).toEqual({
      results: Array.from({ length: 24 }, (_, n) => hour(n, n === 9 ? 30 : n === 23 ? 12 : 0, n === 9 ? 60 : 0)),
      notes: [
        "By the hour pageviews are counted in whole 5s, so they do not add up to the day's.",
        'By the hour only visits are exact, so there is no bounce_rate.',
      ],
    })
  })

  test('of today ends with the current hour', async () => {
    const answer = await ask('timeseries', { period: 'day' })
    expect(answer).toMatchObject({ results: { length: 13, 12: { date: '2026-03-10 12:00:00', visits: 3 } } })
  })

  test('answers every metric by day', async () => {
    const metrics = 'visits,pageviews,views_per_visit,bounce_rate,visit_duration,events'
    expect(await ask('timeseries', { period: 'custom', date: '2026-03-02,2026-03-03', metrics })).toEqual({
      results: [
        {
          date: '2026-03-02',
          visits: 42,
          pageviews: 93,
          views_per_visit: 2.21,
          bounce_rate: 38,
          visit_duration: 30,
          events: 5,
        },
        {
          date: '2026-03-03',
          visits: 21,
          pageviews: 30,
          views_per_visit: 1.43,
          bounce_rate: 71,
          visit_duration: 60,
          events: 7,
        },
      ],
      notes: [EVENTS, DURATION],
    })
  })

  test('follows interval, and filters', async () => {
    const filters = 'visit:source==Google'
    expect(await ask('timeseries', { period: '30d', interval: 'month', filters })).toEqual({
      results: [
        { date: '2026-02-01', visits: 0 },
        { date: '2026-03-01', visits: 65 },
      ],
    })
    expect(await ask('timeseries', { period: 'month', interval: 'date', date: '2025-02-01' })).toMatchObject({
      results: { length: 28, 2: { date: '2025-02-03', visits: 20 } },
    })
    expect(await ask('timeseries', { ...third, interval: 'day' })).toEqual({
      results: [{ date: '2026-03-03', visits: 21 }],
    })
    expect(await refusal('timeseries', { period: '7d', interval: 'hour' })).toBe(
      'interval=hour needs a period of one day.',
    )
  })

  test('says when it cannot have the hours', async () => {
    expect(await ask('timeseries', { ...third, filters: 'visit:source==Google' })).toEqual({
      results: [{ date: '2026-03-03', visits: 5 }],
      notes: ['Answered by the day: numbers under a filter have no hour.'],
    })
    expect(await ask('timeseries', third)).toEqual({
      results: [{ date: '2026-03-03', visits: 21 }],
      notes: ['Answered by the day: the hours of this day are no longer kept.'],
    })
  })
})

describe('breakdown', () => {
  test('ranks the values, says what was never named and what waits', async () => {
    const metrics = 'visits,bounce_rate,visit_duration'
    // 126 visits, 100 of them in a row or never named.
    expect(await ask('breakdown', { property: 'visit:source', metrics })).toEqual({
      results: [
        { source: 'Google', visits: 65, bounce_rate: 46, visit_duration: 30 },
        { source: '(direct)', visits: 25, bounce_rate: null, visit_duration: null },
        { source: 'news.example', visits: 5, bounce_rate: null, visit_duration: null },
      ],
      other: 5,
      withheld: 26,
      notes: [DURATION],
    })
  })

  test('says nothing of what waits in a range too short to tell', async () => {
    expect(await ask('breakdown', { ...third, property: 'visit:source' })).toEqual({
      results: [
        { source: '(direct)', visits: 25 },
        { source: 'Google', visits: 5 },
        { source: 'news.example', visits: 5 },
      ],
      other: 5,
    })
  })

  test('names its key as the property, and counts what the property is counted by', async () => {
    expect(await ask('breakdown', { property: 'event:page', metrics: 'pageviews,time_on_page' })).toMatchObject({
      results: [
        { page: '/', pageviews: 70, time_on_page: 10 },
        { page: '/pricing', pageviews: 40, time_on_page: null },
      ],
    })
    expect(await ask('breakdown', { property: 'event:name' })).toMatchObject({
      results: [{ name: 'signup', events: 10 }],
      withheld: 2,
    })
    expect(await ask('breakdown', { property: 'event:goal' })).toMatchObject({
      results: [{ goal: 'signup', events: 10 }],
    })
    expect(await ask('breakdown', { property: 'visit:utm_campaign' })).toEqual({
      results: [{ utm_campaign: 'spring|sale', visits: 10 }],
    })
    expect(await ask('breakdown', { property: 'event:props:plan' })).toEqual({
      results: [
        { plan: 'pro', events: 10 },
        { plan: 'a=b', events: 5 },
      ],
    })
    expect(await ask('breakdown', { property: 'event:props:plan', limit: '1', page: '2' })).toEqual({
      results: [{ plan: 'a=b', events: 5 }],
    })
  })

  test('knows browsers where the site counts them', async () => {
    expect(await ask('breakdown', { site_id: 'families.example', property: 'visit:browser' })).toEqual({
      results: [{ browser: 'Firefox', visits: 10 }],
    })
  })

  test('is turned page by page', async () => {
    const parameters = { property: 'visit:source', limit: '2' }
    expect(await ask('breakdown', { ...parameters, page: '1' })).toMatchObject({
      results: [
        { source: 'Google', visits: 65 },
        { source: '(direct)', visits: 25 },
      ],
    })
    expect(await ask('breakdown', { ...parameters, page: '2' })).toMatchObject({
      results: [{ source: 'news.example', visits: 5 }],
    })
    for (const page of ['1', '2', '3', '1000']) {
      expect(await ask('breakdown', { ...parameters, page })).toMatchObject({ other: 5, withheld: 26 })
    }
    expect(await ask('breakdown', { ...parameters, page: '3' })).toMatchObject({ results: [] })
  })

  test('under a filter comes from the pair', async () => {
    const filters = 'visit:source==Google'
    // 65 visits came from Google, 20 of them are counted with their entry page.
    expect(await ask('breakdown', { property: 'visit:entry_page', filters })).toEqual({
      results: [
        { entry_page: '/', visits: 15 },
        { entry_page: '/pricing', visits: 5 },
      ],
      withheld: 45,
    })
    expect(await ask('breakdown', { property: 'visit:country', filters })).toMatchObject({
      results: [{ country: 'FR', visits: 10 }],
    })
    expect(await ask('breakdown', { property: 'visit:source', filters: 'event:goal==signup' })).toEqual({
      results: [],
      notes: [
        'Events on pages that were reached within the site have no source, so they are never counted together with one.',
      ],
    })
    expect(await ask('breakdown', { property: 'event:props:plan', filters: 'event:goal==signup' })).toEqual({
      results: [{ plan: 'pro', events: 5 }],
    })
    expect(await ask('breakdown', { property: 'event:name', filters: 'event:props:plan==pro' })).toEqual({
      results: [{ name: 'signup', events: 5 }],
    })
  })

  test('refuses a property without a pair, and a metric that the pair does not count', async () => {
    expect(await refusal('breakdown', { property: 'visit:channel', filters: 'visit:source==Google' })).toBe(
      'visit:channel is not counted together with visit:source; together with it there are counted entry page, country, event.',
    )
    expect(await refusal('breakdown', { property: 'visit:source', filters: 'visit:channel==Search' })).toMatch(
      /together with it there is nothing\.$/,
    )
    expect(
      await refusal('breakdown', {
        property: 'visit:country',
        filters: 'visit:source==Google',
        metrics: 'visits,bounce_rate',
      }),
    ).toBe('There is no bounce_rate by visit:country with a filter on visit:source; there you can ask for visits.')
    expect(await refusal('breakdown', { property: 'event:page', metrics: 'visits' })).toBe(
      'There is no visits by event:page; there you can ask for pageviews, time_on_page.',
    )
  })
})

describe('a month kept as a whole', () => {
  const filters = 'visit:source==Google'
  const part = { period: 'custom', date: '2025-02-10,2025-03-31' }
  const leftOut = 'Kept as whole months by now: 2025-02. This period covers them only in part, so they are left out.'

  test('counts in a period that covers it, by month whatever the interval', async () => {
    const whole = { period: 'custom', date: '2025-02-01,2025-03-31', filters }
    expect(await ask('aggregate', whole)).toEqual({ results: { visits: { value: 15 } } })
    expect(await ask('timeseries', whole)).toEqual({
      results: [
        { date: '2025-02-01', visits: 15 },
        { date: '2025-03-01', visits: 0 },
      ],
      notes: ['Answered by the month: some of these months are kept as a whole by now.'],
    })
    expect(await ask('breakdown', { period: 'month', date: '2025-02-28', property: 'visit:source' })).toEqual({
      results: [{ source: 'Google', visits: 15 }],
      withheld: 5,
    })
  })

  test('is left out of a period that covers a part of it, which is said', async () => {
    expect(await ask('aggregate', { ...part, filters })).toEqual({
      results: { visits: { value: 0 } },
      notes: [leftOut],
    })
    expect(await ask('timeseries', { ...part, filters, interval: 'month' })).toEqual({
      results: [
        { date: '2025-02-01', visits: null },
        { date: '2025-03-01', visits: 0 },
      ],
      notes: [leftOut],
    })
    expect(await ask('breakdown', { ...part, property: 'visit:source' })).toEqual({ results: [], notes: [leftOut] })
    expect(await ask('aggregate', { period: 'day', date: '2025-02-03', filters })).toEqual({
      results: { visits: { value: null } },
      notes: [leftOut],
    })
  })

  test('takes nothing from exact totals but the engaged time', async () => {
    expect(await ask('aggregate', { period: 'custom', date: '2025-02-02,2025-02-10' })).toEqual({
      results: { visits: { value: 20 } },
    })
    const answer = await ask('aggregate', { ...part, metrics: 'visits,visit_duration' })
    expect(answer).toMatchObject({
      results: { visit_duration: { value: null } },
      notes: [DURATION, expect.stringMatching(/so the engaged time of visits is not known\.$/)],
    })
  })

  test('cannot be compared with by a part of it', async () => {
    expect(
      await ask('aggregate', { period: 'custom', date: '2025-03-01,2025-03-20', filters, compare: 'previous_period' }),
    ).toEqual({
      results: { visits: { value: 0, change: null } },
      notes: ['One of the two periods covers only a part of a month kept as a whole, so there is no change.'],
    })
  })
})

describe('what cannot be asked is refused with a sentence', () => {
  test('visitors, for there is nothing to tell them by', async () => {
    for (const endpoint of ['aggregate', 'timeseries']) {
      expect(await refusal(endpoint, { metrics: 'visitors,pageviews' })).toBe(
        'There is no number of visitors here, because nothing is kept that tells one visitor from another; ask for visits.',
      )
    }
    const realtime = await api.request('/api/v1/stats/realtime/visitors?site_id=example.com')
    expect(realtime.status).toBe(404)
    expect(await realtime.json()).toEqual({ error: expect.stringMatching(/^There are no current visitors here/) })
  })

  test('filters other than one with ==', async () => {
    for (const filters of [
      'visit:source!=Google',
      'visit:source==Google|Bing',
      'visit:source==Google;visit:country==FR',
      'event:page==/blog/*',
      'visit:source=Google',
      'visit:source==',
      '==Google',
      'Google',
      '[["is","visit:source",["Google"]]]',
      `visit:source==${'\\'.repeat(900)};`,
    ]) {
      expect(await refusal('aggregate', { filters })).toMatch(/^filters takes one filter with ==/)
    }
    expect(await refusal('aggregate', { filters: 'event:goal==Visit /register' })).toBe(
      'Goals are custom events here; for a page filter by event:page==/register.',
    )
  })

  test('properties that are not kept, not declared, or switched off', async () => {
    const property = (name: string) => refusal('breakdown', { property: name })
    expect(await property('visit:referrer')).toMatch(/only its host or name is kept, as visit:source/)
    expect(await property('visit:os')).toMatch(/no detail of a device is kept/)
    expect(await property('visit:city')).toMatch(/country is the finest place/)
    expect(await property('event:props:colour')).toMatch(/has declared event:props:plan, event:props:size\.$/)
    expect(await property('visit:browser')).toBe('example.com does not count by visit:browser (browser family).')
    expect(await property('constructor')).toMatch(/^constructor is no property/)
    expect(await refusal('breakdown', {})).toMatch(/^property is missing/)
    expect(await refusal('aggregate', { filters: 'visit:device==Desktop' })).toMatch(/no detail of a device/)
    const strict = { site_id: 'strict.example', property: 'visit:utm_source' }
    expect(await refusal('breakdown', strict)).toMatch(/^strict\.example does not count by visit:utm_source/)
  })

  test('every problem at once', async () => {
    expect(
      await refusal('breakdown', {
        period: 'fortnight',
        metrics: 'visitors,led_zeppelin',
        property: 'visit:os',
        filters: 'visit:source!=Google',
        compare: 'last_year',
        interval: 'week',
        limit: '1001',
        page: '0',
      }),
    ).toBe(
      [
        'period is one of 12mo, 6mo, month, 30d, 7d, day, custom.',
        'There is no number of visitors here, because nothing is kept that tells one visitor from another; ask for visits.',
        'led_zeppelin is no metric; metrics are visits, pageviews, events, bounce_rate, views_per_visit, visit_duration, time_on_page.',
        'There is no visit:os here: no detail of a device is kept.',
        'filters takes one filter with ==, as in visit:source==Google: at most two attributes ever stand together in a count, so !=, wildcards (*), alternatives (|) and lists (;) have no answer here. Write \\*, \\| or \\; for the sign itself.',
        'compare is previous_period, or is left out.',
        'interval is one of date, day, month, hour.',
        'limit is a whole number from 1 to 1000.',
        'page is a whole number from 1 to 1000000.',
      ].join(' '),
    )
  })

  test('periods that make no sense', async () => {
    const period = (period: string, date: string) => refusal('aggregate', { period, date })
    expect(await period('day', 'yesterday')).toMatch(/^date is a day/)
    expect(await period('day', '2026-02-30')).toMatch(/^date is a day/)
    expect(await period('day', '2026-03-11')).toBe('date=2026-03-11 lies in the future.')
    expect(await period('day', '2026-03-01,2026-03-02')).toMatch(/^period=day takes one day/)
    expect(await period('custom', '2026-03-02')).toMatch(/^period=custom needs two days/)
    expect(await period('custom', '2026-03-02,2026-03-01')).toMatch(/ends .* before it begins/)
    expect(await period('custom', '2000-01-01,2026-03-01')).toMatch(/days at most/)
    expect(await refusal('aggregate', { period: 'custom' })).toMatch(/^period=custom needs two days/)
  })

  test('a site that is none, an address that is none, a parameter given twice', async () => {
    const answer = async (path: string, init?: RequestInit) => {
      const response = await api.request(path, init)
      return [response.status, await response.json()]
    }
    expect(await answer('/api/v1/stats/aggregate?site_id=__proto__&__proto__=1')).toEqual([
      404,
      { error: '__proto__ is no site of this Sundial.' },
    ])
    expect(await answer('/api/v1/stats/aggregate')).toEqual([
      400,
      { error: 'site_id is missing: it is the domain of a site.' },
    ])
    const missing = {
      error:
        'There is no such address. GET /api/v1/stats/aggregate, /api/v1/stats/timeseries, /api/v1/stats/breakdown.',
    }
    expect(await answer('/api/v1/stats/goals')).toEqual([404, missing])
    expect(await answer('/api/v1/sites', { method: 'POST' })).toEqual([404, missing])
    expect(await answer('/api/v1/stats/aggregate?site_id=example.com', { method: 'POST' })).toEqual([404, missing])
    const twice = '/api/v1/stats/aggregate?site_id=example.com&filters=visit:source==a&filters=visit:country==FR'
    expect(await answer(twice)).toEqual([400, { error: 'filters is given more than once.' }])
  })

  test('values that only look like SQL are values', async () => {
    for (const value of ["x' OR 1 = 1 -- \\ \t\n{site:UInt32}", '\u0000', '\ud800', '%', '😀']) {
      expect(await ask('aggregate', { filters: `visit:source==${value}` })).toEqual({
        results: { visits: { value: 0 } },
      })
    }
  })
})

test('counts that do not answer are said to, and reported', async () => {
  const problems: string[] = []
  const down = createApi({
    reader: createOpenReader({ sites: createSites({ db: settings, now: () => NOW, report: unexpected }) }),
    counts: { query: () => Promise.reject(new Error('refused')) },
    calendar: createCalendar(),
    now: () => NOW,
    report: (problem) => problems.push(problem),
  })
  const response = await down.request('/api/v1/stats/aggregate?site_id=example.com')
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ error: 'This answer could not be made. Try again in a minute.' })
  expect(problems).toEqual(['the API could not answer'])
})

describe('who comes without a token', () => {
  async function asOutsider(address: string) {
    const outside = createApi({
      reader: createOpenReader(
        { sites: createSites({ db: settings, now: () => NOW, report: unexpected }) },
        { insider: false },
      ),
      counts,
      calendar: createCalendar(),
      now: () => NOW,
      report: unexpected,
    })
    return (await outside.request(`/api/v1/stats/${address}&site_id=example.com`)).json()
  }

  test('is told of whole days, of today’s visits apart, and up to which day that goes', async () => {
    expect(await asOutsider('aggregate?period=7d&metrics=visits,bounce_rate')).toEqual({
      results: { visits: { value: 0 }, bounce_rate: { value: null } },
      notes: [
        'Without a token this goes up to 2026-03-09. Visits of today up to the last full hour, which are not in it: 60.',
      ],
    })
  })

  test('is told the names of days that can change no more', async () => {
    expect(await asOutsider('breakdown?period=30d&property=event:page&metrics=pageviews')).toEqual({
      results: [{ page: '/', pageviews: 70 }],
      notes: ['Without a token this goes up to 2026-03-02.'],
    })
    expect(await asOutsider('breakdown?period=7d&property=event:page&metrics=pageviews')).toMatchObject({ results: [] })
  })

  test('is told visits by full hours, and nothing else by the hour', async () => {
    const today = await asOutsider('timeseries?period=day&metrics=visits,pageviews')
    expect(today.results.filter(({ visits }: { visits: number }) => visits > 0)).toEqual([
      { date: '2026-03-10 00:00:00', visits: 60, pageviews: null },
    ])
    expect(await asOutsider('aggregate?period=day&metrics=visits,pageviews')).toEqual({
      results: { visits: { value: 60 }, pageviews: { value: null } },
    })
  })
})

describe('requests as existing clients write them are answered', () => {
  const bearer = { headers: { Authorization: 'Bearer 0123456789abcdef', Accept: 'application/json' } }
  const body = async (url: string) => await (await api.request(url, bearer)).json()

  test('an aggregate with encoded commas, a comparison and imported stats', async () => {
    expect(
      await body(
        '/api/v1/stats/aggregate?site_id=example.com&period=day&date=2026-03-03&metrics=visits%2Cpageviews%2Cbounce_rate&compare=previous_period&with_imported=true&filters=',
      ),
    ).toEqual({
      results: {
        visits: { value: 21, change: -50 },
        pageviews: { value: 30, change: -68 },
        bounce_rate: { value: 71, change: 33 },
      },
    })
  })

  test('the page views of one page, the monthly visits from one source, the top pages', async () => {
    expect(
      await body(
        '/api/v1/stats/aggregate?site_id=example.com&period=6mo&metrics=pageviews&filters=event:page%3D%3D%2Fpricing',
      ),
    ).toEqual({ results: { pageviews: { value: 40 } } })
    expect(
      await body(
        '/api/v1/stats/timeseries?site_id=example.com&period=6mo&metrics=visits&filters=visit:source%3D%3DGoogle',
      ),
    ).toMatchObject({ results: { length: 6, 5: { date: '2026-03-01', visits: 65 } } })
    expect(
      await body(
        '/api/v1/stats/breakdown?site_id=example.com&period=6mo&property=event%3Apage&metrics=pageviews&limit=1',
      ),
    ).toEqual({ results: [{ page: '/', pageviews: 70 }] })
  })
})
