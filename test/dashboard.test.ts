// The dashboard's pages over the real engine: what an analyst reads, and what a hostile value cannot do.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Dimension, Metric, Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import { createDashboard, type DashboardDeps } from '../dashboard/app.tsx'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { scale } from '../dashboard/panels/chart.tsx'
import { STYLE } from '../dashboard/style.ts'
import { ENGLISH } from '../dashboard/words.ts'
import { createOpenDoor } from './open_door.ts'

const makeSite = (id: number, domain: string, more: Partial<Site> = {}): Site => ({
  id,
  ...defaultSettings(domain),
  hosts: [domain],
  timezone: 'Europe/Berlin',
  ...more,
})

const sites = [
  makeSite(1, 'example.com', { properties: ['plan'] }),
  makeSite(2, 'localhost'),
  makeSite(3, 'cnil.example', { profile: 'cnil' }),
  makeSite(4, 'hostile.example'),
  makeSite(5, 'weeks.example'),
  makeSite(6, 'kept.example'),
  makeSite(7, 'small.example'),
  makeSite(8, 'five.example'),
  makeSite(9, 'strict.example', { profile: 'strict', k: 10 }),
]

/** 23:30 in UTC is half past midnight in Berlin: the dashboard's today is 21 March. */
const NOW = Date.parse('2026-03-20T23:30:00Z')
const NEVER = '2100-01-01'
/** Long past: these rows are kept by month. */
const LONG_AGO = '2025-03-20'
const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>`

let counts: Counts
let statements: string[] = []
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-dashboard-'))

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

function count(site: number, day: string, metric: Metric, dimension: Dimension, value: string, n: number) {
  return { ...dated(site, day), metric, dimension, dimension2: '', value, value2: '', n, generalize_on: NEVER }
}

async function plant() {
  await insert('days', [
    { ...dated(1, '2026-01-05'), visits: 1, pageviews: 1, engaged: 0, events: 0 },
    { ...dated(1, '2026-03-05'), visits: 100, pageviews: 180, engaged: 40, events: 0 },
    { ...dated(1, '2026-03-15'), visits: 83, pageviews: 200, engaged: 61, events: 12 },
    { ...dated(1, '2026-03-20'), visits: 50, pageviews: 90, engaged: 30, events: 0 },
    { ...dated(1, '2026-03-21'), visits: 3, pageviews: 4, engaged: 1, events: 0 },
    { ...dated(4, '2026-03-20'), visits: 20, pageviews: 20, engaged: 0, events: 10 },
    { ...dated(5, '2026-02-10'), visits: 1000, pageviews: 1000, engaged: 500, events: 0 },
    { ...dated(5, '2026-02-11'), visits: 1002, pageviews: 1000, engaged: 500, events: 0 },
    { ...dated(5, '2026-03-01'), visits: 1, pageviews: 1, engaged: 0, events: 0 },
    { ...dated(5, '2026-03-09'), visits: 100, pageviews: 200, engaged: 50, events: 0 },
    { ...dated(5, '2026-03-14'), visits: 30, pageviews: 30, engaged: 30, events: 0 },
    { ...dated(5, '2026-03-18'), visits: 96, pageviews: 240, engaged: 72, events: 0 },
    { ...dated(5, '2026-03-21'), visits: 4, pageviews: 4, engaged: 0, events: 0 },
    { ...dated(6, '2025-02-03'), visits: 60, pageviews: 90, engaged: 30, events: 8 },
    { ...dated(6, '2025-02-20'), visits: 453, pageviews: 700, engaged: 200, events: 0 },
    { ...dated(6, '2025-03-02'), visits: 70, pageviews: 80, engaged: 40, events: 0 },
    { ...dated(7, '2026-03-16'), visits: 70, pageviews: 90, engaged: 35, events: 25 },
    { ...dated(7, '2026-03-17'), visits: 3, pageviews: 3, engaged: 0, events: 0 },
    { ...dated(7, '2026-03-21'), visits: 3, pageviews: 3, engaged: 0, events: 0 },
    { ...dated(8, '2026-03-20'), visits: 5, pageviews: 5, engaged: 2, events: 0 },
  ])
  await insert('hours', [
    { ...dated(1, '2026-03-20'), hour: 0, visits: 6, generalize_on: NEVER },
    { ...dated(1, '2026-03-20'), hour: 14, visits: 44, generalize_on: NEVER },
    { ...dated(1, '2026-03-21'), hour: 0, visits: 3, generalize_on: NEVER },
  ])
  await insert('counts', [
    count(1, '2026-03-15', 'visits', 'source', 'Google', 40),
    count(1, '2026-03-20', 'visits', 'source', 'Google', 45),
    count(1, '2026-03-20', 'visits', 'source', '(direct)', 40),
    count(1, '2026-03-20', 'visits', 'source', '(other)', 5),
    count(1, '2026-03-20', 'engaged', 'source', 'Google', 30),
    count(1, '2026-03-20', 'visits', 'country', 'FR', 130),
    count(1, '2026-03-15', 'pageviews', 'page', '/pricing', 280),
    ...Array.from({ length: 30 }, (_, n) => count(1, '2026-03-20', 'visits', 'entry_page', `/entry-${n}`, 5)),
    { ...count(1, '2026-03-20', 'visits', 'source', 'Google', 25), dimension2: 'country', value2: 'FR' },
    { ...count(6, '2025-02-03', 'visits', 'source', 'Google', 45), generalize_on: LONG_AGO },
    { ...count(6, '2025-02-20', 'visits', 'source', 'Google', 200), generalize_on: LONG_AGO },
    { ...count(6, '2025-02-20', 'reach', 'session_interval', '10s', 200), generalize_on: LONG_AGO },
    count(6, '2025-03-02', 'visits', 'source', 'Google', 20),
    count(7, '2026-03-16', 'visits', 'source', 'Google', 50),
    count(7, '2026-03-16', 'engaged', 'source', 'Google', 20),
    count(7, '2026-03-21', 'visits', 'source', 'Google', 5),
    count(7, '2026-03-16', 'visits', 'source', 'forum.example', 5),
    count(7, '2026-03-16', 'engaged', 'source', 'forum.example', 5),
    count(7, '2026-03-16', 'visits', 'source', '(other)', 10),
    count(7, '2026-03-16', 'visits', 'country', '155', 10),
    count(7, '2026-03-16', 'visits', 'utm_campaign', 'spring', 10),
    count(7, '2026-03-16', 'events', 'event', 'signup', 25),
    { ...count(7, '2026-03-16', 'events', 'event', 'signup', 10), dimension2: 'source', value2: 'Google' },
    { ...count(7, '2026-03-16', 'visits', 'source', 'Google', 15), dimension2: 'country', value2: 'FR' },
    count(7, '2026-03-16', 'reach', 'session_interval', '10s', 40),
    { ...count(7, '2026-03-16', 'reach', 'session_interval', '10s', 5), dimension2: 'source', value2: 'forum.example' },
    { ...count(7, '2026-03-16', 'reach', 'session_interval', '10s', 25), dimension2: 'source', value2: 'Google' },
    count(1, '2026-03-16', 'dropped', 'reason', 'bot_agent', 90),
    count(1, '2026-03-20', 'dropped', 'reason', 'bot_agent', 40),
    { ...count(1, '2026-03-16', 'dropped', 'reason', 'bot_agent', 40), dimension2: 'dropped_hour', value2: '03' },
    { ...count(1, '2026-03-20', 'dropped', 'reason', 'bot_agent', 25), dimension2: 'dropped_hour', value2: '14' },
    count(1, '2026-03-16', 'dropped', 'dropped_hour', '03', 40),
    count(1, '2026-03-20', 'dropped', 'reason', 'undeclared_property', 35),
    count(1, '2026-03-01', 'dropped', 'reason', 'bot_unseen', 5),
    count(4, '2026-03-20', 'dropped', 'reason', HOSTILE, 5),
    count(4, '2026-03-20', 'pageviews', 'page', `/${HOSTILE}`, 5),
    count(4, '2026-03-20', 'visits', 'source', HOSTILE, 5),
    count(4, '2026-03-20', 'visits', 'country', HOSTILE, 5),
    count(4, '2026-03-20', 'visits', 'utm_campaign', HOSTILE, 10),
    count(4, '2026-03-20', 'events', 'event', HOSTILE, 5),
    { ...count(4, '2026-03-20', 'visits', 'source', HOSTILE, 5), dimension2: 'country', value2: HOSTILE },
  ])
}

const deps = {
  sites: {
    fresh: async () => {},
    all: () => sites,
    byDomain: (domain: string) => sites.find((site) => site.domain === domain),
  },
  calendar: createCalendar(),
  now: () => NOW,
  demo: { domain: 'localhost', path: '/demo' },
}

type Mounted = Partial<DashboardDeps> & { sites?: typeof deps.sites }

/** As both entries do. */
function mounted({ basePath = '', sites = deps.sites, ...more }: Mounted & Pick<DashboardDeps, 'counts'>): Hono {
  const app = new Hono().use(pageHeaders({ isSecure: () => false }))
  const door = createOpenDoor({ sites, basePath })
  return app.route(`${basePath}/`, createDashboard({ ...deps, door, basePath, ...more }))
}

async function get(address: string, { headers = {}, ...more }: Mounted & { headers?: Record<string, string> } = {}) {
  statements = []
  const counting: Pick<Counts, 'query'> = {
    query(sql, params, row) {
      statements.push(sql.split('\n')[0] ?? '')
      return counts.query(sql, params, row)
    },
  }
  const answer = await mounted({ counts: counting, ...more }).request(`${more.basePath ?? ''}${address}`, {
    headers,
  })
  const html = await answer.text()
  return { status: answer.status, headers: answer.headers, html, text: textOf(html) }
}

function textOf(html: string): string {
  const text = html.replace(/<style.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' ')
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replace(/\s+/g, ' ')
}

describe('the page of a site', () => {
  test('shows totals of its period with the change from the period before', async () => {
    const { status, text } = await get('/?period=7d')
    expect(status).toBe(200)
    expect(text).toContain('example.com')
    expect(text).toContain('15 – 21 Mar 2026')
    // 83 + 50 + 3 visits; nothing in the seven days before.
    expect(text).toMatch(/Visits 136 0 before/)
    expect(text).toMatch(/Views per visit 2\.2/)
    expect(text).toMatch(/Bounce rate 32%/)
    const month = await get('/?period=month')
    // 236 visits from 1 to 21 March, none in as many days of February.
    expect(month.text).toMatch(/Visits 236 0 before/)
    const custom = await get('/?period=custom&from=2026-03-15&to=2026-03-21&metric=pageviews')
    expect(custom.text).toMatch(/Page views 294/)
  })

  test('compares a day that is not over with the same hours of the day before', async () => {
    const whole = await get('/?period=day&date=2026-03-20')
    expect(whole.text).toMatch(/Visits 50 0 before/)
    const afternoon = await get('/?period=today', { now: () => Date.parse('2026-03-21T13:30:00Z') })
    expect(afternoon.text).toMatch(/Visits 3 ↓ −50% 3 from 6 by 14:00 the day before/)
    const today = await get('/?period=today')
    expect(today.text).toContain('Sat, 21 Mar 2026')
    expect(today.text).toMatch(/Visits 3 50 the day before/)
    expect(today.text).toMatch(/Page views 4 90 the day before/)
  })

  test('compares several days up to the last whole one, and says the figures', async () => {
    const { text } = await get('/?site=weeks.example&period=7d')
    // 96 visits from 15 to 20 March, 100 from 8 to 13; the 4 of today and the 30 of 14 March stand apart.
    expect(text).toMatch(/Visits 100 ↓ −4% 96 from 100 /)
    expect(text).toMatch(/Page views 244 ↑ \+20% 240 from 200 /)
    // 1 - 72/100 now; 1 - 72/96 without today, 1 - 50/100 before.
    expect(text).toMatch(/Bounce rate 28% ↓ −25 points 25% from 50% /)
    expect(text).toContain('Changes are without today: 15 – 20 Mar 2026 against 8 – 13 Mar 2026.')
    const over = await get('/?site=weeks.example&period=7d&date=2026-03-20')
    // 14 to 20 March against 7 to 13 March.
    expect(over.text).toMatch(/Visits 126 ↑ \+26% from 100 /)
    expect(over.text).not.toContain('without today')
    const day = await get('/?site=weeks.example&period=day&date=2026-02-11')
    expect(day.text).toMatch(/Visits 1,002 hardly changed from 1,000 Page views 1,000 unchanged from 1,000 /)
  })

  test('says the bounce rate of few visits exactly, and none of a site without engaged visits', async () => {
    const { text } = await get('/?site=small.example&period=day&date=2026-03-17')
    expect(text).toMatch(/Visits 3 70 |Visits 3 ↓ −96% from 70 /)
    expect(text).toMatch(/Bounce rate 100%/)
    expect((await get('/?site=hostile.example&period=7d')).text).toMatch(/Bounce rate —/)
  })

  test('draws nothing, and says so, before the first day that is kept', async () => {
    const { text } = await get('/?site=five.example&period=day&date=2026-03-10')
    expect(text).toMatch(/Visits — /)
    expect(text).toContain('Nothing is kept of this period.')
    const { html } = await get('/?site=five.example&period=7d')
    expect(html).toMatch(/<th scope="row">Thu, 19 Mar 2026<\/th><td><\/td>/)
    expect(html).toMatch(/<th scope="row">Fri, 20 Mar 2026<\/th><td>5<\/td>/)
  })

  test('does not compare with a time before its first day', async () => {
    const { text, html } = await get('/?period=12mo')
    expect(text).toMatch(/Visits 237 Page views/)
    expect(html).not.toContain('class="dashed"')
    expect((await get('/?period=7d')).html).toContain('class="dashed"')
  })

  test('takes two statements, and a third by the hour or for the week', async () => {
    await get('/?period=30d')
    expect(statements).toEqual(['/* reports.days */', '/* reports.counts */', '/* reports.week */'])
    await get('/?period=30d&filter=source:Google')
    expect(statements).toEqual(['/* reports.days */', '/* reports.counts */'])
    await get('/?period=today')
    expect(statements).toEqual(['/* reports.days */', '/* reports.hours */', '/* reports.counts */'])
  })

  test('ranks values with links that filter, and says what is not named yet', async () => {
    const { html, text } = await get('/?period=7d')
    expect(text).toMatch(/Google 85 63% Direct 40 29% Too rare to be named 5 4%/)
    expect(text).toContain('6 visits are not named yet.')
    expect(text).toContain('14 page views are in the totals only: reloads, and pages not named yet.')
    expect(text).toMatch(/FR France 130 96%/)
    expect(html).toContain('href="/?period=7d&amp;filter=source%3AGoogle"')
    expect(text).toContain(
      'Nothing named yet: a name shows once it came five times in a month and five more visits have come.',
    )
  })

  test('says after the fifth visit what a name still waits for', async () => {
    const { text } = await get('/?site=five.example&period=7d')
    expect(text).toContain('Nothing named yet: a name shows once it came five times in a month and five more visits')
    expect(text).toContain('5 visits are not named yet.')
    const words = 'a name shows once it came five times in a month and five more visits have come'
    expect((await get('/?site=localhost')).text).toContain(words)
  })

  test('shares are of one total, named above them, on the panel as on the page of all values', async () => {
    const week = 'site=small.example&period=7d&date=2026-03-20'
    const { text } = await get(`/?${week}`)
    // 73 visits: 50 are 68 %, 10 are 14 %.
    expect(text).toMatch(/Source Visits, share of 73 Google 50 68%/)
    expect(text).toMatch(/Campaign Visits, share of 73 spring 10 14%/)
    const campaigns = await get(`/breakdown?${week}&dimension=utm_campaign`)
    expect(campaigns.text).toMatch(/Visits Share of 73 spring 10 14%/)
    const sources = await get(`/breakdown?${week}&dimension=source`)
    expect(sources.text).toMatch(/Google 50 68% .*Too rare to be named 10 14%/)
    const events = await get(`/?${week}&filter=source:Google`)
    expect(events.text).toMatch(
      /Event Events, for every 100 visits signup 10 20 Events on pages reached within the site have no source\./,
    )
  })

  test('says why more is named than came', async () => {
    const { text } = await get('/?site=small.example&period=day&date=2026-03-21')
    // Three visits, but the fifth from Google was one of them.
    expect(text).toMatch(/Visits 3 /)
    expect(text).toMatch(/Google 5 100% Counted in fives, on the day of the fifth: some came before this period\./)
  })

  test('names a territory that has a number only', async () => {
    expect((await get('/?site=small.example&period=7d&date=2026-03-20')).text).toMatch(/Western Europe 10 14%/)
  })

  test('says nothing of what waits for less than seven days', async () => {
    const { text } = await get('/?period=custom&from=2026-03-15&to=2026-03-20')
    expect(text).not.toMatch(/not named yet\.|totals only/)
    expect(text).toContain('Counted in fives.')
  })

  test('filtered shows what is paired, and names what is not', async () => {
    const { html, text } = await get('/?period=7d&filter=source:Google')
    expect(text).toMatch(/Source is Google/)
    expect(text).toMatch(/Visits 85/)
    expect(text).toMatch(/FR France 25/)
    expect(text).toContain('60 visits not shown. A pair counts once both of its values are named, in fives.')
    expect(text).toContain('Not counted together with one source: channels, campaigns and hours.')
    expect(text).not.toMatch(/Page views \d/)
    expect(html).toContain('<a href="/?period=7d" aria-label="Remove the filter"')
  })

  test('draws the chart with its numbers beside it as a table', async () => {
    const { html, text } = await get('/?period=7d')
    expect(html).toContain('role="img" aria-label="Visits by day: most in Sun, 15 Mar 2026 (83)."')
    expect(html).toMatch(/<th scope="row">Fri, 20 Mar 2026<\/th><td>50<\/td>/)
    expect(text).toContain('Sat, 21 Mar 2026, so far')
    const byHour = await get('/?period=day&date=2026-03-20')
    expect(byHour.html).toMatch(/<th scope="row">14:00 – 15:00<\/th><td>44<\/td>/)
  })

  test('leaves out what the profile and the settings do not count', async () => {
    const own = await get('/?period=30d')
    expect(own.text).toContain('Properties')
    expect(own.text).not.toContain('Browsers')
    await insert('days', [{ ...dated(3, '2026-03-20'), visits: 1, pageviews: 1, engaged: 0, events: 0 }])
    const cnil = await get('/?site=cnil.example')
    expect(cnil.text).not.toContain('Campaigns')
    expect(cnil.text).not.toContain('Properties')
  })

  test('without any visit shows the tag to copy and the way to the demo', async () => {
    const { text, html } = await get('http://127.0.0.1:8787/?site=localhost')
    expect(text).toContain('Waiting for the first visit')
    expect(html).toContain(
      '&lt;script defer data-domain=&quot;localhost&quot; src=&quot;http://127.0.0.1:8787/js/sundial.js&quot;&gt;&lt;/script&gt;',
    )
    expect(html).toContain('href="/demo"')
    expect(html).toContain('href="/dropped?site=localhost"')
    expect(text).toContain('Replace http://127.0.0.1:8787 by the address')
    const moved = await get('/?site=localhost', { basePath: '/stats', publicUrl: 'https://count.example' })
    expect(moved.html).toContain('src=&quot;https://count.example/stats/js/sundial.js&quot;')
    expect(moved.text).not.toContain('Replace')
    expect(moved.html).toContain('href="/stats/demo"')
  })

  test('says of a strict site what its names wait for', async () => {
    expect((await get('/?site=strict.example')).text).toContain(
      'a name shows once it came ten times in a month, from several countries or browsers, and, after midnight, ten more visits have come',
    )
  })

  test('of a site that was asked for by no name, it is the oldest one', async () => {
    const first = makeSite(1, 'oldest.example')
    const all = () => [makeSite(2, 'another.example'), first]
    const { html } = await get('/', { sites: { ...deps.sites, all } })
    expect(html).toContain('data-domain=&quot;oldest.example&quot;')
    expect(html).toContain('href="/?site=oldest.example" aria-label="Sundial, oldest.example"')
  })

  test('says in its foot what holds', async () => {
    const { text } = await get('/')
    expect(text).toContain('or ten times where it is the free text of a link or an event property.')
    expect(text).toContain('Of what is counted from now on, hours become days')
    expect(text).toContain('unreadable at once, and off the disk about an hour and a quarter later')
    expect(text).toContain('A visit bounces when its first page was engaged for less than 10 s')
  })

  test('is that of the first site when the address names none', async () => {
    const { status, text } = await get('/?site=')
    expect(status).toBe(200)
    expect(text).toContain('example.com')
  })

  test('offers the other sites', async () => {
    const { html } = await get('/')
    expect(html).toContain('href="/?site=localhost"')
    expect(html).toContain('aria-current="true">example.com</a>')
  })
})

describe('the days compared with', () => {
  const week = '/?site=weeks.example&period=7d&date=2026-03-20'

  test('can be chosen by their first day, or be none', async () => {
    const chosen = await get(`${week}&compare=2026-03-03`)
    // 14 to 20 March against 3 to 9 March.
    expect(chosen.text).toMatch(/Visits 126 ↑ \+26% from 100 /)
    expect(chosen.html).toMatch(/class="dashed"><\/i> 3\s–\s9 Mar 2026/)
    const none = await get(`${week}&compare=none`)
    expect(none.text).toMatch(/Visits 126 Page views/)
    expect(none.html).not.toContain('class="dashed"')
    expect(statements.length).toBeLessThanOrEqual(4)
  })

  test('a year before are said to be unknown where nothing was counted then', async () => {
    expect((await get(`${week}&compare=year`)).text).toContain('Nothing was counted yet when the days to compare with')
    expect((await get(week)).text).not.toContain('Nothing was counted yet')
  })

  test('without their hours are compared as days, not as hours without visits', async () => {
    const { html, text } = await get('/?period=day&date=2026-03-20&compare=2026-03-15')
    expect(text).toMatch(/Visits 50 ↓ −40% from 83 /)
    expect(html).toMatch(/<th scope="row">14:00 – 15:00<\/th><td>44<\/td>/)
    expect(html).not.toContain('class="dashed"')
  })
})

describe('the chart', () => {
  test('is drawn by the hours of several days, where they are kept', async () => {
    const { html } = await get('/?period=custom&from=2026-03-20&to=2026-03-21&by=hour')
    expect(html).toMatch(/<th scope="row">Fri, 20 Mar 2026, 14:00 – 15:00<\/th><td>44<\/td>/)
    // Half past midnight: the first hour of the day runs, the next has not come.
    expect(html).toMatch(/<th scope="row">Sat, 21 Mar 2026, 00:00 – 01:00, so far<\/th><td>3<\/td>/)
    expect(html).toMatch(/<th scope="row">Sat, 21 Mar 2026, 01:00 – 02:00<\/th><td><\/td>/)
    const days = await get('/?site=weeks.example&period=7d&by=hour')
    expect(days.html).toMatch(/aria-current="true">Days<\/a>/)
    expect(days.html).toMatch(/<th scope="row">Wed, 18 Mar 2026<\/th><td>96<\/td>/)
  })

  test('is drawn by weeks that begin on Monday, of which it says the days of the period', async () => {
    const { html } = await get('/?site=weeks.example&period=custom&from=2026-03-05&to=2026-03-20&by=week')
    expect(html).toMatch(/<th scope="row">5\s–\s8 Mar 2026<\/th><td>0<\/td>/)
    expect(html).toMatch(/<th scope="row">9\s–\s15 Mar 2026<\/th><td>130<\/td>/)
    expect(html).toMatch(/<th scope="row">16\s–\s20 Mar 2026<\/th><td>96<\/td>/)
    expect(html).toMatch(/href="[^"]*period=custom&amp;from=2026-03-09&amp;to=2026-03-15"/)
  })

  test('draws rates of exact counts, and none by the hour or under a filter', async () => {
    const week = 'site=weeks.example&period=7d&date=2026-03-20'
    const bounces = await get(`/?${week}&metric=bounce_rate`)
    expect(bounces.html).toContain('aria-label="Bounce rate by day: most in Wed, 18 Mar 2026 (25%)."')
    const views = await get(`/?${week}&metric=views_per_visit`)
    expect(views.html).toMatch(/<th scope="row">Wed, 18 Mar 2026<\/th><td>2\.5<\/td>/)
    const byHour = await get('/?period=day&date=2026-03-20&metric=bounce_rate')
    expect(byHour.html).toContain('aria-label="Visits by hour')
    const filtered = await get('/?period=7d&filter=source:Google&metric=bounce_rate')
    expect(filtered.html).toContain('aria-label="Visits by day')
  })

  test('of all time begins with the first day, for one statement more', async () => {
    const { text } = await get('/?period=all')
    expect(text).toMatch(/All time 5 Jan\s–\s21 Mar 2026/)
    expect(text).toMatch(/Visits 237 /)
    expect(statements[0]).toBe('/* reports.first_day */')
    expect(statements.length).toBeLessThanOrEqual(4)
    await get('/?site=five.example&period=all&by=hour')
    expect(statements.length).toBeLessThanOrEqual(4)
  })
})

describe('under a filter', () => {
  const week = 'site=small.example&period=7d&date=2026-03-20'

  test('five visits have no bounce rate and no histogram', async () => {
    const few = await get(`/?${week}&filter=source:forum.example`)
    expect(few.text).toMatch(/Visits 5 /)
    expect(few.text).toMatch(/Bounce rate —/)
    expect(few.text).toContain('Engaged time shows from 50 visits on')
    expect(few.text).not.toMatch(/10 – 30 s/)
    const enough = await get(`/?${week}&filter=source:Google`)
    expect(enough.text).toMatch(/Bounce rate 60%/)
    expect(enough.text).toMatch(/under 10 s.* 25 50% 10 – 30 s.* 25 50%/)
    expect(enough.text).toContain('the rest is under 10 s or not counted yet.')
  })

  test('events without a source are not said to wait', async () => {
    const { text } = await get(`/?${week}&filter=event:signup`)
    expect(text).toContain('15 events not shown. Events on pages reached within the site have no source.')
  })

  test('a value says that it takes the place of the one that is filtered by', async () => {
    const { html } = await get(`/?${week}&filter=source:Google`)
    expect(html).toContain('title="Show only France, instead of Google"')
  })
})

describe('a month that is kept as a whole', () => {
  const MONTH = 'February 2025 is kept as a whole month by now and shows only in a period that covers all of it.'

  test('is a reason that its panels give, on a day of which they show nothing', async () => {
    const { text } = await get('/?site=kept.example&period=day&date=2025-02-20')
    expect(text).toMatch(/Visits 453 /)
    expect(text).not.toMatch(/Nothing named|No engaged time|Nothing in this/)
    // Sources, pages, countries, engaged time, campaigns and events.
    expect(text.split(MONTH)).toHaveLength(7)
  })

  test('is unknown under a filter, not zero', async () => {
    const { text, html } = await get('/?site=kept.example&period=day&date=2025-02-20&filter=source:Google')
    expect(text).toMatch(/Visits — /)
    expect(text).toContain(MONTH)
    expect(html).not.toContain('class="line"')
    const part = await get('/?site=kept.example&period=custom&from=2025-02-27&to=2025-03-03&filter=source:Google')
    expect(part.text).toMatch(/Visits 20 /)
    expect(part.html).toMatch(/<th scope="row">Fri, 28 Feb 2025<\/th><td><\/td>/)
    expect(part.html).toMatch(/<th scope="row">Sat, 1 Mar 2025<\/th><td>0<\/td>/)
    expect(part.html.match(/class="line" d="M[^"]*"/g)).toHaveLength(1)
    const whole = await get('/?site=kept.example&period=month&date=2025-02-20&filter=source:Google')
    expect(whole.text).toMatch(/Visits 245 /)
  })

  test('takes shares from panels whose total counts other days', async () => {
    const { text } = await get('/?site=kept.example&period=custom&from=2025-02-27&to=2025-03-03')
    expect(text).toMatch(/Source Visits Google 20 Counted in fives\. Without February 2025\./)
  })
})

describe('all values of a dimension', () => {
  test('keep their dimension in the form for a period, and a filter in sight', async () => {
    const { html, text } = await get('/breakdown?period=7d&filter=source:Google&dimension=country')
    expect(html).toContain('<form method="get" action="/breakdown">')
    expect(html).toContain('<input type="hidden" name="dimension" value="country"/>')
    expect(html).toContain('<input type="hidden" name="filter" value="source:Google"/>')
    const [chosenDays = ''] = /<form[^>]*>(?:(?!<\/form>).)*name="from"/s.exec(html) ?? []
    expect(chosenDays).not.toContain('<input type="hidden" name="period" value="7d"/>')
    expect(text).toMatch(/Source is Google/)
    expect(html).toContain('<a href="/breakdown?period=7d&amp;dimension=country" aria-label="Remove the filter"')
    expect(html).toContain('title="Show only France, instead of Google"')
    const custom = await get(
      '/breakdown?filter=source:Google&dimension=country&period=custom&from=2026-03-20&to=2026-03-20',
    )
    expect(custom.text).toMatch(/France 25/)
  })

  test('have no bounce rate from a single five', async () => {
    const { text } = await get('/breakdown?site=small.example&period=7d&date=2026-03-20&dimension=source')
    expect(text).toMatch(/Google 50 68% 60% /)
    expect(text).toMatch(/forum\.example 5 7% — —/)
  })

  test('past the last page lead to the last page', async () => {
    const { status, headers } = await get('/breakdown?period=7d&dimension=entry_page&page=9', { basePath: '/stats' })
    expect(status).toBe(302)
    expect(headers.get('Location')).toBe('/stats/breakdown?period=7d&dimension=entry_page&page=1')
  })

  test('of hours and of intervals do not exist', async () => {
    for (const dimension of ['hour', 'session_interval', 'page_interval']) {
      expect((await get(`/breakdown?dimension=${dimension}`)).status).toBe(400)
    }
  })

  test('stand on one page, with bounce rates where they are counted', async () => {
    const { text, html } = await get('/breakdown?period=7d&dimension=source')
    expect(text).toMatch(/Share of 136 Change Bounce rate Engaged, median Google 85 63% \+85 65%/)
    expect(html).toContain('href="/?period=7d"')
    expect(statements).toHaveLength(2)
  })

  test('are reached from a panel that has more', async () => {
    const { html, text } = await get('/?period=7d&pages=entry_page')
    expect(html).toContain('href="/breakdown?period=7d&amp;pages=entry_page&amp;dimension=entry_page"')
    expect(text).toContain('All 30')
  })

  test('of something that is not counted are a 400', async () => {
    for (const dimension of ['nonsense', '__proto__', 'browser', '']) {
      expect((await get(`/breakdown?dimension=${dimension}`)).status).toBe(400)
    }
  })
})

describe('a request that makes no sense', () => {
  test.each([
    ['/?period=fortnight', 400, 'period is one of today, day, 7d'],
    ['/?period=custom&from=2026-03-05&to=2026-03-01', 400, 'before it begins'],
    ['/?period=day&date=2027-01-01', 400, 'lies in the future'],
    ['/?filter=colour:red', 400, 'A filter is a dimension and a value'],
    ['/?filter=channel:Search', 400, 'counts nothing together with channel'],
    ['/?site=unknown.example', 404, 'There is nothing at this address for you'],
  ])('is answered by a sentence: %s', async (address, status, sentence) => {
    const answer = await get(address)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(sentence)
    expect(statements).toEqual([])
  })

  test('while the counts do not answer is a 503 without details', async () => {
    const reported: string[] = []
    const app = createDashboard({
      ...deps,
      door: createOpenDoor({ ...deps, report: (problem) => reported.push(problem) }),
      counts: { query: () => Promise.reject(new Error('secret detail')) },
    })
    const answer = await app.request('/')
    expect(answer.status).toBe(503)
    const text = await answer.text()
    expect(text).not.toContain('secret detail')
    expect(textOf(text)).toContain('This page could not be made Try again in a minute.')
    expect(text).not.toMatch(/counting goes on/)
    expect(reported).toEqual(['a dashboard page could not be shown'])
  })

  test('goes to an address that is none and is answered by a page with the dashboard’s headers', async () => {
    const app = mounted({ counts, basePath: '/stats' })
    for (const address of ['/stats/nothing', '/stats/breakdown/nothing']) {
      const answer = await app.request(address)
      expect([answer.status, answer.headers.get('x-frame-options')], address).toEqual([404, 'DENY'])
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(await answer.text()).toContain('There is nothing at this address.')
    }
    const below = await app.request('/stats/api/nothing')
    expect([below.status, await below.json()]).toEqual([404, { error: 'There is no such address.' }])
    const bare = await app.request('/stats')
    expect([bare.status, bare.headers.get('location')]).toEqual([302, '/stats/'])
  })
})

describe('the page of what was not counted', () => {
  test('says why, how often and when, most frequent first, and is one statement', async () => {
    const { status, text } = await get('/dropped?period=7d')
    expect(status).toBe(200)
    expect(text).toContain('15 – 21 Mar 2026')
    expect(text).toMatch(
      /Requests of robots, by their user agent 130 03:00 40 14:00 25 Events with properties that the site has not declared 35 /,
    )
    expect(text).toContain('counted in fives')
    expect(statements).toEqual(['/* reports.dropped */'])
  })

  test('has nothing to say where nothing was', async () => {
    const { text } = await get('/dropped?site=weeks.example&period=7d')
    expect(text).toContain('Nothing that was not counted came five times in this period.')
  })

  test('is reached from the foot of the site’s page, which it leaves as it is', async () => {
    const { html, text } = await get('/?period=7d&filter=source:Google')
    expect(html).toContain('href="/dropped?period=7d"')
    expect(text).not.toMatch(/robots/)
    expect(text).not.toMatch(/Visits .*130/)
  })

  test('shows no text that is none of its reasons as anything but text', async () => {
    const { html } = await get('/dropped?site=hostile.example&period=7d')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script')
  })

  test('is no dimension to filter or rank by', async () => {
    expect((await get('/?filter=reason:bot_agent')).status).toBe(400)
    expect((await get('/breakdown?dimension=reason')).status).toBe(400)
  })
})

describe('in the language of the browser', () => {
  const speaking = (language: string) => ({ headers: { 'Accept-Language': language } })

  test.each([
    ['pl, de-CH;q=0.8', 'de'],
    ['fr-CA, en;q=0.5', 'fr'],
    ['en-US, de;q=0.9', 'en'],
    ['pl', 'en'],
    ['*', 'en'],
    ['', 'en'],
  ])('of which it says %j, a page is in %s', async (accepted, language) => {
    expect((await get('/fives', speaking(accepted))).html).toContain(`<html lang="${language}">`)
  })

  test('the page of a site has its words, its numbers and its days', async () => {
    const german = await get('/?period=7d', speaking('de'))
    expect(german.html).toContain('<html lang="de">')
    expect(german.html).toContain('<title>3 · example.com · Sundial</title>')
    expect(german.text).toContain('Alles, was einen Namen hat, wird in Fünfern gezählt. Wie und warum')
    expect(german.text).toMatch(/Besuche 136 .*2,2/)
    expect(german.text).toContain('heute ist Sa., 21. März 2026')
    expect(german.text).toContain('Alles hier mitnehmen als CSV oder JSON')
    const french = await get('/?period=7d', speaking('fr'))
    expect(french.html).toContain('<html lang="fr">')
    expect(french.text).toContain('Tout ce qui porte un nom est compté par cinq. Comment, et pourquoi')
    expect(french.text).toMatch(/Visites 136 .*2,2/)
    expect(french.text).toContain('aujourd’hui : sam. 21 mars 2026')
    const month = '/?site=weeks.example&period=month&date=2026-02-28'
    expect((await get(month, speaking('de'))).text).toContain('Besuche 2.002')
    // French parts thousands by a narrow space.
    expect((await get(month, speaking('fr'))).html).toContain('2\u202f002')
  })

  test('what has no pair with the filter is said as one says it', async () => {
    const filtered = '/?period=7d&filter=source:Google'
    expect((await get(filtered, speaking('de'))).text).toContain(
      'Nicht zusammen mit einer Quelle gezählt: Kanäle, Kampagnen und Stunden.',
    )
    expect((await get(filtered, speaking('fr'))).text).toContain(
      'Ne se comptent pas avec une source : les canaux, les campagnes et les heures.',
    )
  })

  test('counting in fives, or in tens, is explained', async () => {
    const german = await get('/fives', speaking('de'))
    expect(german.html).toContain('<title>Zählen in Fünfern · example.com · Sundial</title>')
    expect(german.text).toContain('ein Vielfaches von 5')
    expect(german.text).toContain('396 Tage nach Monatsbeginn')
    const french = await get('/fives?site=strict.example', speaking('fr'))
    expect(french.html).toContain('<title>Compter par dix · strict.example · Sundial</title>')
    expect(french.text).toContain('après minuit, dès que dix visites de plus sont venues')
    expect(french.text).toContain('au moins 3 sortes')
  })

  test('what was not counted is said with its reasons', async () => {
    const german = await get('/dropped?period=7d', speaking('de'))
    expect(german.html).toContain('<title>Was nicht gezählt wurde · example.com · Sundial</title>')
    expect(german.text).toContain('Anfragen von Robotern, nach ihrem User-Agent 130 03:00 40 14:00 25')
    const french = await get('/dropped?period=7d', speaking('fr'))
    expect(french.html).toContain('<html lang="fr">')
    expect(french.text).toContain('Requêtes de robots, d’après leur agent utilisateur 130 03:00 40 14:00 25')
  })

  test('all values have its heads and its rates', async () => {
    const values = '/breakdown?period=7d&dimension=source'
    expect((await get(values, speaking('de'))).text).toMatch(
      /Anteil an 136 Veränderung Absprungrate Aktiv, Median Google 85 63 % \+85 65 %/,
    )
    expect((await get(values, speaking('fr'))).html).toContain('placeholder="Chercher dans les sources"')
  })

  test('a country is found by its name there', async () => {
    const { text } = await get('/search?q=frankr&period=7d', speaking('de'))
    expect(text).toContain('1 Wert mit „frankr“')
    expect(text).toContain('Frankreich')
    expect((await get('/search?q=frankr&period=7d')).text).toContain('Nothing named contains “frankr”')
  })

  test('a site without any visit shows the tag to copy', async () => {
    const { text } = await get('/?site=localhost', speaking('fr'))
    expect(text).toContain('En attente de la première visite')
    expect(text).toContain('Placez cette balise dans le &lt;head&gt; de chaque page de localhost')
  })

  test('a request that makes no sense is answered in it', async () => {
    const { status, text } = await get('/?period=day&date=2027-01-01', speaking('de'))
    expect(status).toBe(400)
    expect(text).toContain('Dieser Zeitraum ergibt keinen Sinn date=2027-01-01 liegt in der Zukunft.')
    expect((await get('/?filter=channel:Search', speaking('fr'))).text).toContain(
      'Ce site ne compte rien avec les canaux.',
    )
  })

  test('the keys are those that its keyboards have', async () => {
    const { text } = await get('/shortcuts', speaking('fr'))
    expect(text).toContain('Raccourcis clavier')
    expect(text).toMatch(/ouvrir ce qui est lu Entrée/)
  })
})

describe('a hostile value', () => {
  test.each([
    '/?site=hostile.example&period=7d',
    '/?site=hostile.example&period=7d&pages=entry_page&events=event',
    `/?site=hostile.example&filter=${encodeURIComponent(`source:${HOSTILE}`)}`,
    '/breakdown?site=hostile.example&dimension=source',
    `/?site=${encodeURIComponent(HOSTILE)}`,
    `/?period=custom&from=${encodeURIComponent(HOSTILE)}&to=2026-01-01`,
    `/?pages=${encodeURIComponent(HOSTILE)}&metric=${encodeURIComponent(HOSTILE)}`,
  ])('comes out as text: %s', async (address) => {
    const { html } = await get(address)
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
    // An attribute that ended early would leave its tag with what follows.
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*onerror/)
  })

  test('is shown at all', async () => {
    const { html } = await get('/?site=hostile.example&period=7d')
    expect(html.split('&lt;script&gt;alert(').length).toBeGreaterThan(5)
  })

  test('meets headers that allow no script, no frame and no foreign address', async () => {
    const { headers } = await get('/')
    expect(headers.get('Content-Security-Policy')).toMatch(/default-src 'none'; style-src 'self'/)
    expect(headers.get('Content-Security-Policy')).not.toMatch(/script-src|unsafe-inline/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(headers.get('Cache-Control')).toContain('no-store')
  })

  test('finds no inline style that the headers would refuse', async () => {
    expect((await get('/?period=7d')).html).not.toMatch(/<style|\sstyle=/)
  })
})

test('the stylesheet is served under the name that pages ask for', async () => {
  const { html } = await get('/')
  const address = /href="(\/dashboard\.css\?v=[0-9a-f]{10})"/.exec(html)?.[1] ?? ''
  const sheet = await get(address)
  expect(sheet.status).toBe(200)
  expect(sheet.headers.get('Content-Type')).toContain('text/css')
  expect(sheet.html).toContain('prefers-color-scheme: dark')
})

test('the axis of more than a year says of which year a month is', () => {
  expect(ENGLISH.sayTick('2025-11-01', 'month', 25)).toBe('Nov ’25')
  expect(ENGLISH.sayTick('2025-11-01', 'month', 12)).toBe('Nov')
  expect(ENGLISH.sayTick('2026-01-01', 'month', 12)).toBe('2026')
})

describe('colours', () => {
  const [light = '', dark = ''] = [...STYLE.matchAll(/:root \{(.*?)\}/gs)].map(([, block]) => block ?? '')

  // https://www.w3.org/TR/WCAG22/#contrast-minimum for words, #non-text-contrast for lines.
  test.each([
    ['accent', 'bar', 4.5],
    ['accent', 'card', 4.5],
    ['accent', 'paper', 4.5],
    ['soft', 'card', 4.5],
    ['soft', 'paper', 4.5],
    ['good', 'card', 4.5],
    ['bad', 'card', 4.5],
    ['card', 'accent', 4.5],
    ['stroke', 'card', 3],
    ['faint', 'card', 3],
  ])('%s on %s can be told apart, in the light and in the dark', (front, back, least) => {
    for (const theme of [light, dark]) {
      const [one, other] = [front, back].map((name) => luminance(theme, name)).sort((a, b) => b - a)
      expect(((one ?? 0) + 0.05) / ((other ?? 0) + 0.05)).toBeGreaterThanOrEqual(least)
    }
  })

  function luminance(theme: string, name: string): number {
    const [, hex = ''] = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(theme) ?? []
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
})

test('the chart has a scale of at most five round steps in whole numbers', () => {
  expect(scale(0)).toEqual([0, 1])
  expect(scale(1)).toEqual([0, 1])
  expect(scale(3)).toEqual([0, 1, 2, 3])
  expect(scale(641)).toEqual([0, 200, 400, 600, 800])
  for (const highest of [1, 4, 5, 7, 12, 99, 100, 101, 12_345]) {
    const steps = scale(highest)
    expect(steps.at(-1)).toBeGreaterThanOrEqual(highest)
    expect(steps.length).toBeLessThanOrEqual(5)
    expect(steps.every(Number.isInteger)).toBe(true)
  }
})
