// Everything that a page shows, taken as JSON and as a zip of CSV, by an insider and by somebody without an account: the
// same rules as on the page, against the real engine.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Dimension, Metric, Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import { createDashboard } from '../dashboard/app.tsx'
import { createDoor, type Door } from '../dashboard/door.tsx'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { createOpenDoor } from './open_door.ts'

const site: Site = {
  id: 1,
  ...defaultSettings('example.com'),
  hosts: ['example.com'],
  timezone: 'UTC',
  goals: ['signup', '/thanks'],
  public: true,
}

/** A Monday morning. */
const NOW = Date.parse('2026-03-23T10:30:00Z')
const NEVER = '2100-01-01'
const FORMULA = '=HYPERLINK("http://evil.example","x")'
const WEEK = 'site=example.com&period=7d'

let counts: Counts
let statements = 0
let insider: Hono
let outsider: Hono
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-view-export-'))
const sites = {
  fresh: async () => {},
  all: () => [site],
  byDomain: (domain: string) => (domain === site.domain ? site : undefined),
}

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
  insider = dashboardBehind(createOpenDoor({ sites }))
  outsider = dashboardBehind(doorOfOutsiders())
})

afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

function dashboardBehind(door: Door): Hono {
  const counted: Pick<Counts, 'query'> = {
    query: (...asked) => {
      statements++
      return counts.query(...asked)
    },
  }
  const dashboard = createDashboard({ door, counts: counted, calendar: createCalendar(), now: () => NOW })
  return new Hono().use(pageHeaders({ isSecure: () => false })).route('/', dashboard)
}

/** The site is public, and a link to it is shared. */
function doorOfOutsiders(): Door {
  return createDoor({
    sites,
    clientScript: undefined,
    basePath: '',
    report: () => {},
    auth: { session: async () => undefined },
    organizations: { hasOwner: async () => true, memberships: async () => [] },
    shareLinks: {
      find: async (secret) =>
        secret === 'opened' ? { id: 'a', site: 1, framed: false, withPassword: false, locked: false } : undefined,
    },
    isSecure: () => false,
    mayTry: () => false,
  })
}

const insert = (table: Table, rows: object[]) =>
  counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())

const dated = (day: string) => ({ site: 1, month: firstOfMonth(day), day, expire_on: NEVER })

function count(day: string, metric: Metric, dimension: Dimension, value: string, n: number) {
  return { ...dated(day), metric, dimension, dimension2: '', value, value2: '', n, generalize_on: NEVER }
}

const day = (on: string, visits: number, events = 0) => ({
  ...dated(on),
  ...{ visits, pageviews: 2 * visits, engaged: visits >> 1, events },
})
const hour = (on: string, at: number, visits: number) => ({ ...dated(on), hour: at, visits, generalize_on: NEVER })

async function plant() {
  await insert('days', [
    day('2026-03-02', 100),
    day('2026-03-10', 200, 20),
    day('2026-03-18', 300, 30),
    day('2026-03-22', 4),
    day('2026-03-23', 20),
  ])
  await insert('hours', [
    hour('2026-03-10', 9, 200),
    hour('2026-03-18', 14, 300),
    hour('2026-03-22', 14, 4),
    hour('2026-03-23', 8, 12),
    hour('2026-03-23', 10, 8),
  ])
  await insert('counts', [
    count('2026-03-10', 'visits', 'source', 'Google', 80),
    count('2026-03-17', 'visits', 'source', 'Google', 20),
    count('2026-03-18', 'visits', 'source', 'Google', 100),
    count('2026-03-17', 'visits', 'source', FORMULA, 10),
    count('2026-03-23', 'visits', 'source', 'news.example', 15),
    count('2026-03-17', 'visits', 'country', 'FR', 100),
    count('2026-03-17', 'events', 'event', 'signup', 30),
    count('2026-03-17', 'reach', 'session_interval', '10s', 150),
    { ...count('2026-03-17', 'events', 'event', 'signup', 10), dimension2: 'source', value2: 'Google' },
  ])
}

async function json(app: Hono, address: string) {
  statements = 0
  const answer = await app.request(address)
  return { answer, text: await answer.clone().text(), told: await answer.json() }
}

async function zip(app: Hono, address: string) {
  const answer = await app.request(address)
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const texts = Object.entries(files).map(([name, bytes]) => [name, decoder.decode(bytes)] as const)
  return { answer, files: new Map(texts) }
}

const days = (from: string, to: string) => ({ from, to })
const of = (visits: number, events: number) => ({
  ...{ visits, pageviews: 2 * visits, views_per_visit: visits === 0 ? null : 2 },
  ...{ bounce_rate: visits === 0 ? null : 0.5, events },
})

test('an insider takes all of the page as JSON, by four statements at most', async () => {
  const { answer, told } = await json(insider, `/export.json?${WEEK}`)
  expect(statements).toBeLessThanOrEqual(4)
  expect(answer.headers.get('Content-Type')).toBe('application/json')
  expect(answer.headers.get('Content-Disposition')).toBe(
    'attachment; filename="example.com-2026-03-17-2026-03-23.json"',
  )
  expect(answer.headers.get('Cache-Control')).toContain('no-store')
  const { series, series_before, values, week, ...rest } = told
  expect(rest).toEqual({
    ...{ site: 'example.com', timezone: 'UTC', counted_in: 5, drawn_by: 'day' },
    period: days('2026-03-17', '2026-03-23'),
    compared_with: days('2026-03-10', '2026-03-16'),
    totals: {
      ...{ days: days('2026-03-17', '2026-03-23'), exact: true, ...of(324, 30) },
      median_engaged_seconds: { from: 0, to: 10 },
      compared: {
        ...{ days: days('2026-03-17', '2026-03-22'), days_before: days('2026-03-10', '2026-03-15') },
        ...{ now: of(304, 30), before: of(200, 20) },
      },
    },
    goals: [
      { goal: 'signup', n: 30, rate: 0.0926, now: 30, before: 0 },
      { goal: '/thanks', n: 0, rate: 0, now: 0, before: 0 },
    ],
    notes: [
      'Totals are exact.',
      'Whatever has a name is counted in fives, up to 10,000 values of each kind.',
      '2026-03-23 is not over.',
    ],
  })
  expect(series).toHaveLength(7)
  expect(series[0]).toEqual({ begins: '2026-03-17', ...of(0, 0) })
  expect(series[6]).toEqual({ begins: '2026-03-23', ...of(20, 0) })
  expect(series_before[0]).toEqual({ begins: '2026-03-10', ...of(200, 20) })
  expect(week.days).toEqual(days('2026-03-17', '2026-03-23'))
  expect(week.hours).toHaveLength(6 * 24 + 10)
  expect(week.hours).toContainEqual({ weekday: 3, hour: 14, visits: 300, times: 1 })
  expect(values.source).toEqual({
    counts: 'visits',
    compared: { days: days('2026-03-17', '2026-03-22'), days_before: days('2026-03-10', '2026-03-15') },
    rows: [
      { value: 'Google', n: 120, engaged: 0, now: 120, before: 80 },
      { value: 'news.example', n: 15, engaged: 0, now: 0, before: 0 },
      { value: FORMULA, n: 10, engaged: 0, now: 10, before: 0 },
    ],
    ...{ too_rare_to_be_named: 0, left_out_beyond_bound: 0, note: '179 visits are not named yet.' },
  })
  expect(values.country.rows[0]).toEqual({ value: 'FR', name: 'France', n: 100, engaged: 0, now: 100, before: 0 })
  expect(values.channel.note).toContain('Nothing named yet')
})

test('an insider takes all of the page as CSV in a zip, and nothing in it is a formula', async () => {
  const { answer, files } = await zip(insider, `/export.zip?${WEEK}`)
  expect(answer.headers.get('Content-Type')).toBe('application/zip')
  expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="example.com-2026-03-17-2026-03-23.zip"')
  expect([...files.keys()]).toEqual([
    ...['README.txt', 'totals.csv', 'series.csv', 'series_before.csv', 'source.csv', 'country.csv'],
    ...['session_interval.csv', 'event.csv', 'week.csv', 'goals.csv'],
  ])
  expect(files.get('totals.csv')).toBe(
    '\uFEFF"Total","Number","2026-03-17 to before 2026-03-23","2026-03-10 to before 2026-03-16"\r\n' +
      '"Visits",324,304,200\r\n"Page views",648,608,400\r\n"Views per visit",2,2,2\r\n' +
      '"Bounce rate",0.5,0.5,0.5\r\n"Events",30,30,20\r\n' +
      '"Engaged time, median: seconds, at least",0\r\n"Engaged time, median: seconds, less than",10\r\n',
  )
  expect(files.get('series.csv')).toContain(
    '"Begins","Visits","Page views","Views per visit","Bounce rate","Events"\r\n"2026-03-17",0,0,,,0\r\n',
  )
  expect(files.get('source.csv')).toContain(`\r\n"'=HYPERLINK(""http://evil.example"",""x"")",10,0,10,0\r\n`)
  for (const [name, text] of files) if (name.endsWith('.csv')) expect(text, name).not.toMatch(/(^|,)\uFEFF?"?[=+@]/m)
  expect(files.get('week.csv')).toContain('"Wednesday","14:00",300,1,300\r\n')
  expect(files.get('goals.csv')).toContain('"signup",30,0.0926\r\n')
  expect(files.get('README.txt')).toContain('source.csv: 179 visits are not named yet.\n')
  expect(files.get('README.txt')).toContain('\nNo page.csv: Nothing named yet')
})

test('who has no account takes what the page shows them: nothing of the running hour, no name of a day too young', async () => {
  for (const address of [`/export.json?${WEEK}`, '/share/opened/export.json?period=7d']) {
    const { answer, told, text } = await json(outsider, address)
    expect(answer.status).toBe(200)
    expect(statements).toBeLessThanOrEqual(4)
    expect(told.totals).toMatchObject({ days: days('2026-03-17', '2026-03-22'), ...of(304, 30) })
    expect(told.totals.visits_of_today_so_far).toBe(12)
    expect(told.series.at(-1)).toEqual({ begins: '2026-03-22', ...of(4, 0) })
    expect(told.values.source.rows).toEqual([
      { value: 'Google', n: 20, engaged: 0, now: 20, before: 80 },
      { value: FORMULA, n: 10, engaged: 0, now: 10, before: 0 },
    ])
    expect(text).not.toContain('news.example')
    expect(told.notes).toContainEqual(
      expect.stringContaining(
        'you see totals up to 22 Mar 2026, 12 visits of today up to 10:00 and names up to 17 Mar 2026.',
      ),
    )
  }
  const { files } = await zip(outsider, `/export.zip?${WEEK}`)
  expect(files.get('README.txt')).toContain('\nRead without an account on 2026-03-23, 10:00.\n')
  expect(files.get('source.csv')?.split('\r\n')).toHaveLength(4)
  expect([...files.values()].join('')).not.toContain('news.example')
  const today = await zip(outsider, '/export.zip?site=example.com&period=today')
  expect([...today.files.keys()]).toEqual(['README.txt', 'totals.csv', 'series.csv', 'series_before.csv'])
  expect(today.files.get('series.csv')).toMatch(/"2026-03-23 08",12\r\n"2026-03-23 09",0\r\n$/)
})

test('under a filter it says what is not counted together with it', async () => {
  const { told } = await json(insider, `/export.json?${WEEK}&filter=event:signup&compare=none`)
  expect(told.filter).toEqual({ dimension: 'event', value: 'signup' })
  expect(told.totals).toMatchObject({ exact: false, events: 30 })
  expect(told).not.toHaveProperty('compared_with')
  expect(told).not.toHaveProperty('week')
  expect(told.values.source.rows).toEqual([{ value: 'Google', n: 10, rate: 0.0833 }])
  expect(told.notes).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Not counted together with one event: channel, engaged time, campaign,/),
      'Goals not counted together with one event: signup and /thanks.',
      'The week is left out: it needs seven days, and no filter.',
    ]),
  )
  const injected = encodeURIComponent('event:a\nTotals are wrong.')
  const { files } = await zip(insider, `/export.zip?${WEEK}&filter=${injected}`)
  expect(files.get('README.txt')).toContain('\nOnly where event is "a\\nTotals are wrong.".\n')
})

test('the page leads to both with its state, and a period that makes no sense is a 400', async () => {
  const html = await (await insider.request(`/?${WEEK}&filter=source:Google`)).text()
  for (const format of ['zip', 'json']) {
    expect(html).toContain(
      `href="/export.${format}?site=example.com&amp;period=7d&amp;filter=source%3AGoogle" download`,
    )
    expect((await insider.request(`/export.${format}?site=example.com&period=never`)).status).toBe(400)
  }
  const shared = await (await outsider.request('/share/opened?period=7d')).text()
  expect(shared).toContain('href="/share/opened/export.zip?period=7d"')
  expect((await outsider.request('/share/closed/export.json')).status).toBe(404)
})
