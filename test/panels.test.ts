// The panels and what they lead to (values searched, sorted and as CSV, what was found, the page about counting), as a
// person meets them: over HTTP as text, and in a real Chromium.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import axe from 'axe-core'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Dimension, Metric, Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import type { Role } from '../dashboard/access.ts'
import { createDashboard } from '../dashboard/app.tsx'
import { type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { DOTS, SHAPES } from '../dashboard/panels/world.ts'
import { launchChromium } from './chromium.ts'
import { createOpenDoor } from './open_door.ts'

const makeSite = (id: number, domain: string, more: Partial<Site> = {}): Site => ({
  id,
  ...defaultSettings(domain),
  hosts: [domain],
  timezone: 'UTC',
  ...more,
})

const sites = [
  makeSite(1, 'example.com', { properties: ['plan'], goals: ['signup', '/thanks', '/docs/*'] }),
  makeSite(2, 'small.example', { goals: ['signup'] }),
  makeSite(3, 'tens.example', { k: 10 }),
  makeSite(4, 'large.example'),
]

/** A Monday morning. */
const NOW = Date.parse('2026-03-23T10:30:00Z')
const NEVER = '2100-01-01'
const FORMULA = '=HYPERLINK("http://evil.example","x")'

let counts: Counts
let app: Hono
/** To who may not change settings. */
let analysts: Hono
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-panels-'))

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
  app = dashboardOf('owner')
  analysts = dashboardOf('analyst')
})

function dashboardOf(role: Role): Hono {
  const known = {
    fresh: async () => {},
    all: () => sites,
    byDomain: (domain: string) => sites.find((site) => site.domain === domain),
  }
  const door = createOpenDoor({ role, sites: known })
  const dashboard = createDashboard({ door, counts, calendar: createCalendar(), now: () => NOW })
  return new Hono().use(pageHeaders({ isSecure: () => false })).route('/', dashboard)
}

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

const day = (site: number, on: string, visits: number, events = 0) => ({
  ...dated(site, on),
  ...{ visits, pageviews: 2 * visits, engaged: visits >> 1, events },
})
const hour = (site: number, on: string, at: number, visits: number) => ({
  ...dated(site, on),
  ...{ hour: at, visits, generalize_on: NEVER },
})

async function plant() {
  await insert('days', [
    day(1, '2026-03-02', 100),
    day(1, '2026-03-10', 200, 20),
    day(1, '2026-03-18', 300, 30),
    day(1, '2026-03-23', 20),
    day(2, '2026-03-16', 4),
    day(3, '2026-03-16', 40),
    day(4, '2026-03-18', 100_000),
  ])
  await insert('hours', [
    hour(1, '2026-03-10', 9, 200),
    hour(1, '2026-03-18', 14, 300),
    hour(1, '2026-03-23', 10, 20),
    hour(2, '2026-03-16', 9, 4),
    hour(4, '2026-03-18', 9, 100_000),
  ])
  await insert('counts', [
    count(1, '2026-03-10', 'visits', 'source', 'Google', 80),
    count(1, '2026-03-18', 'visits', 'source', 'Google', 120),
    count(1, '2026-03-18', 'visits', 'source', FORMULA, 10),
    count(1, '2026-03-18', 'visits', 'channel', 'Search', 90),
    count(1, '2026-03-18', 'visits', 'country', 'FR', 100),
    count(1, '2026-03-18', 'visits', 'country', 'MT', 25),
    count(1, '2026-03-18', 'visits', 'country', '(unknown)', 5),
    count(1, '2026-03-18', 'events', 'event', 'signup', 30),
    count(1, '2026-03-10', 'events', 'event', 'signup', 20),
    count(1, '2026-03-18', 'pageviews', 'page', '/docs/a', 40),
    count(1, '2026-03-18', 'reach', 'session_interval', '10s', 150),
    { ...count(1, '2026-03-18', 'events', 'event', 'signup', 10), dimension2: 'source', value2: 'Google' },
    count(1, '2026-03-18', 'visits', 'entry_page', '/docs/a', 60),
    count(1, '2026-03-18', 'visits', 'entry_page', '/docs/b', 20),
    { ...count(1, '2026-03-18', 'events', 'event', 'signup', 15), dimension2: 'entry_page', value2: '/docs/a' },
    { ...count(1, '2026-03-18', 'events', 'event', 'signup', 5), dimension2: 'entry_page', value2: '/docs/b' },
    ...Object.keys({ ...SHAPES, ...DOTS }).map((code, index) =>
      count(4, '2026-03-18', 'visits', 'country', code, 5 * (index + 1)),
    ),
    ...(['source', 'page', 'utm_campaign', 'event'] as const).flatMap((dimension) =>
      Array.from({ length: 9 }, (_, n) =>
        count(
          4,
          '2026-03-18',
          dimension === 'page' ? 'pageviews' : 'visits',
          dimension,
          `${dimension}-${'x'.repeat(100)}-${n}`,
          500,
        ),
      ),
    ),
  ])
}

async function get(address: string, language = 'en', asked: Hono = app) {
  const answer = await asked.request(address, { headers: { 'Accept-Language': language } })
  const html = await answer.text()
  return { status: answer.status, headers: answer.headers, html, text: textOf(html) }
}

async function bytesOf(address: string) {
  const answer = await app.request(address)
  return { status: answer.status, headers: answer.headers, bytes: await answer.arrayBuffer() }
}

function textOf(html: string): string {
  const text = html.replace(/<[^>]*>/g, ' ')
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replace(/\s+/g, ' ')
}

const WEEK = 'site=example.com&period=7d'

describe('the page of a site', () => {
  test('draws the week by the averages of its full hours', async () => {
    const { html, text } = await get('/?site=example.com&period=custom&from=2026-03-09&to=2026-03-23')
    expect(text).toContain('Most on Wednesdays, 14:00 – 15:00: 150 visits')
    expect(html).toContain('title="Tuesday, 09:00 – 10:00: 100 visits on average of 2"><span class="unseen">100</span>')
    // Of three Mondays the last one is not over: ten hours of it are.
    expect(html).toContain('title="Monday, 09:00 – 10:00: 0 visits on average of 3"')
    expect(html).toContain('title="Monday, 10:00 – 11:00: 0 visits on average of 2"')
    expect(text).toContain('Averages of 9 – 23 Mar 2026, full hours only.')
    expect((await get('/?site=example.com&period=day&date=2026-03-18')).html).not.toContain('id="week"')
    expect((await get('/?site=example.com&filter=source:Google')).text).toContain('campaigns and hours.')
  })

  test('shades countries on a map, with a title and a link each, small ones as dots', async () => {
    const { html } = await get(`/?${WEEK}`)
    const france = `<a href="/?site=example.com&amp;period=7d&amp;filter=country%3AFR" tabindex="-1"><title>France: 100 visits</title><path class="shade5"`
    expect(html).toContain(france)
    expect(html).toMatch(/<title>Malta: 25 visits<\/title><circle class="shade3"/)
    expect(html).not.toContain('<title>Unknown')
    // What is on the map is in the list as well, which needs no pointer.
    expect(html).toMatch(/<svg class="world"[^>]*aria-hidden="true"/)
    expect(html).toContain('>Malta</a>')
  })

  test('shows countries as a list alone where the address says so, and keeps that in every link', async () => {
    const asMap = await get(`/?${WEEK}`)
    expect(asMap.html).toMatch(
      /<nav aria-label="Shown as"><a href="[^"]*period=7d#places" aria-current="true">Map<\/a><a href="[^"]*&amp;countries=list#places">List</,
    )
    const asList = await get(`/?${WEEK}&countries=list`)
    expect(asList.html).not.toContain('class="world"')
    expect(asList.html).toContain('>Malta</a>')
    expect(asList.html).toMatch(
      /<a href="[^"]*period=7d#places">Map<\/a><a href="[^"]*&amp;countries=list#places" aria-current="true">List</,
    )
    const { main } = /<main>(?<main>.*)<\/main>/s.exec(asList.html)?.groups ?? {}
    const kept = [...(main ?? '').matchAll(/href="(\/\?[^"]*)"/g)].filter(([, href]) => !href?.includes('#places'))
    expect(kept.length).toBeGreaterThan(20)
    expect(kept.filter(([, href]) => !href?.includes('countries=list'))).toEqual([])
    // Where there are no countries to show there is nothing to choose.
    expect((await get('/?site=small.example')).html).not.toContain('aria-label="Shown as"')
    expect((await get(`/?${WEEK}&filter=country:FR`)).html).not.toContain('aria-label="Shown as"')
  })

  test('gives the change of each value, where the counts are large enough to say one', async () => {
    const { html } = await get(`/?${WEEK}`)
    expect(html).toContain('<em title="120 from 80">+50%</em>')
    expect(html).not.toMatch(/<em title="10 from/)
  })

  test('says how often goals were reached for every 100 visits', async () => {
    const { text, html } = await get(`/?${WEEK}`)
    expect(text).toContain('Goal Conversions, for every 100 visits /docs/* 40 12.5 signup 30 9.4 +50% /thanks 0')
    expect(text).toContain('Conversions are page views and events. One visit may bring several.')
    expect(html).toContain('href="/?site=example.com&amp;period=7d&amp;filter=event%3Asignup"')
    const bySource = await get(`/?${WEEK}&filter=source:Google`)
    expect(bySource.text).toContain('Goal Conversions, for every 100 visits signup 10 8.3')
    expect(bySource.text).toContain('Not counted together with one source: /thanks and /docs/*.')
    const byGoal = await get(`/?${WEEK}&filter=event:signup`)
    expect(byGoal.text).toContain('Source Events, for every 100 visits Google 10 8.3')
    expect((await get('/?site=large.example')).html).not.toContain('id="goals"')
  })

  test('without goals says where to set them, to who may', async () => {
    const { html } = await get('/?site=large.example')
    expect(html).toContain(
      'No goals yet. <a href="/sites/large.example/settings/events#goals">Say which events or pages are goals</a>',
    )
    expect((await get(`/?${WEEK}`)).text).not.toContain('No goals yet.')
    expect((await get('/?site=large.example', 'en', analysts)).text).not.toContain('No goals yet.')
  })

  test('says by entry page how often goals were reached, and of one entry page by which events', async () => {
    const byGoal = await get(`/?${WEEK}&filter=event:signup&pages=entry_page`)
    // Of 20 visits nobody could say a rate: up to a five of each count waits.
    expect(byGoal.text).toContain('Entry page Events, for every 100 visits /docs/a 15 25 /docs/b 5 —')
    expect(byGoal.text).toContain('Events on pages reached within the site have no entry page. Any other pair counts')
    expect(byGoal.text).not.toContain('entry page,')
    const { text, html } = await get(`/?${WEEK}&filter=entry_page:/docs/a`)
    expect(text).toContain('Event Events, for every 100 visits signup 15 25')
    expect(text).toContain('Goal Conversions, for every 100 visits signup 15 25')
    expect(text).toContain('Not counted together with one entry page: /thanks and /docs/*.')
    expect(html).toContain('filter=event%3Asignup')
  })

  test('of a small site says in each panel when something will show', async () => {
    const { text, html } = await get('/?site=small.example&period=30d')
    expect(text).toContain('Nothing named yet: a name shows once it came five times')
    expect(text).toContain('No event in this period.')
    expect(text).toContain('No engaged time counted in this period. It shows once')
    expect(text).toContain('Most on Mondays, 09:00 – 10:00: 2 visits')
    expect(html).not.toContain('class="world"')
    expect(html.match(/href="\/fives\?site=small.example/g)?.length).toBeGreaterThan(4)
  })

  test('with every country and long names weighs less than 120 KB on the way', async () => {
    const page = await get('/?site=large.example&period=30d')
    const style = await get(/href="(\/dashboard\.css[^"]*)"/.exec(page.html)?.[1] ?? '')
    const icon = await get('/favicon.svg')
    const bytes = [page, style, icon].map(({ html }) => gzipSync(html).length).reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeLessThan(120_000)
  })
})

describe('in German', () => {
  const german = async (address: string) => (await get(address, 'de-CH,en;q=0.5')).text.replace(/\s/g, ' ')

  test('the page says its figures, its chart and its table', async () => {
    const text = await german(`/?${WEEK}`)
    expect(text).toContain('Besuche 320 ↑ +50 % 300, zuvor 200')
    expect(text).toContain('Absprungrate 50 % unverändert, zuvor 50 %')
    expect(text).toContain('Verglichen wird ohne heute: 17.–22. März 2026 mit 10.–15. März 2026.')
    expect(text).toContain('Tag Besuche Zuvor Di., 17. März 2026 0 200 Mi., 18. März 2026 300 0')
    expect(text).toContain('Mo., 23. März 2026, bisher 20 0')
    expect((await get(`/?${WEEK}`, 'de')).html).toContain(
      'aria-label="Besuche nach Tag, am meisten: Mi., 18. März 2026 (300)."',
    )
    expect(await german('/?site=example.com&period=today')).toContain(
      'Besuche 20 bis 10:00 am Vortag 0 Seitenaufrufe 40 am Vortag 0',
    )
  })

  test('panels rank what is named, and say what is not', async () => {
    const text = await german(`/?${WEEK}`)
    expect(text).toContain('Quelle Besuche, Anteil an 320 Google 120 38 % +50 %')
    expect(text).toContain('190 Besuche sind noch nicht benannt. Warum Fünfer?')
    expect(text).toContain(
      '600 Seitenaufrufe stehen nur in den Gesamtzahlen: neu geladene und noch nicht benannte Seiten.',
    )
    expect(text).toContain('Konversionen sind Seitenaufrufe und Ereignisse. Ein Besuch kann mehrere bringen.')
    expect(text).toContain('Am meisten mittwochs, 14:00 – 15:00: 300 Besuche')
    expect(await german(`/?${WEEK}&sources=channel`)).toContain('Kanal Besuche, Anteil an 320 Suche 90 28 %')
    const filtered = await german(`/?${WEEK}&filter=source:Google`)
    expect(filtered).toContain('Quelle: Google × Gefilterte Zahlen sind in Fünfern gezählt')
    expect(filtered).toContain('Für einzelne Quellen nicht gezählt: /thanks und /docs/*.')
  })

  test('a channel is found by its German name', async () => {
    expect(await german(`/search?${WEEK}&q=such`)).toMatch(/Kanäle Kanal Besuche, Anteil an 320 Suche 90/)
    expect(await german(`/breakdown?${WEEK}&dimension=channel&search=such`)).toContain('Suche 90')
  })

  test('CSV stays English', async () => {
    const answer = await app.request(`/breakdown.csv?${WEEK}&dimension=channel`, {
      headers: { 'Accept-Language': 'de' },
    })
    expect(await answer.text()).toContain('"Channel","Visits","Engaged visits"')
  })
})

describe('in French', () => {
  const french = async (address: string) => (await get(address, 'fr')).text.replace(/\s/g, ' ')

  test('the page says its figures, its chart and its table', async () => {
    const text = await french(`/?${WEEK}`)
    expect(text).toContain('Visites 320 ↑ +50 % 300 contre 200')
    expect(text).toContain('Taux de rebond 50 % inchangé, 50 % avant')
    expect(text).toContain('Jour Visites Avant mar. 17 mars 2026 0 200 mer. 18 mars 2026 300 0')
    expect(text).toContain('lun. 23 mars 2026, jusqu’ici 20 0')
    expect(await french('/?site=example.com&period=today')).toContain(
      'Visites 20 0 à 10:00 la veille Pages vues 40 0 la veille',
    )
  })

  test('panels rank what is named, and say what is not', async () => {
    const text = await french(`/?${WEEK}`)
    expect(text).toContain('Source Visites, part de 320 Google 120 38 % +50 %')
    expect(text).toContain('190 visites n’ont pas encore de nom. Pourquoi par cinq ?')
    expect(text).toContain('Les conversions sont des pages vues et des événements.')
    expect(text).toContain('Pic le mercredi, 14:00 – 15:00 : 300 visites')
    expect(await french(`/?${WEEK}&filter=source:Google`)).toContain('Sans comptage par source : /thanks et /docs/*.')
    // A no-break space stands before what French sets apart.
    expect((await get(`/?${WEEK}`, 'fr')).html).toContain('Pourquoi par cinq\u202f?')
  })
})

describe('all values', () => {
  test('are found by a part of their name, and keep search and order in every link', async () => {
    const { text, html } = await get(`/breakdown?${WEEK}&dimension=country&search=FRA&sort=-name`)
    expect(text).toMatch(/France 100 /)
    expect(text).not.toMatch(/Malta 25/)
    expect(html).toContain(
      'aria-sort="descending"><a href="/breakdown?site=example.com&amp;period=7d&amp;dimension=country&amp;search=FRA&amp;sort=name">Country',
    )
    expect(html).toContain(
      '/breakdown.csv?site=example.com&amp;period=7d&amp;dimension=country&amp;search=FRA&amp;sort=-name',
    )
    const none = await get(`/breakdown?${WEEK}&dimension=country&search=${encodeURIComponent('<i>"')}`)
    expect(none.text).toContain('Nothing named contains “&lt;i&gt;"” in this period.')
    expect(none.html).not.toContain('<i>"')
  })

  test('compare the days that they say', async () => {
    const { text } = await get(`/breakdown?${WEEK}&dimension=source&sort=change`)
    expect(text).toMatch(/Google 120 38% \+40 \+50% /)
    expect(text).toContain('Changes compare 17 – 22 Mar 2026 against 10 – 15 Mar 2026.')
  })

  test('under a goal have rates for every 100 visits', async () => {
    const { text } = await get(`/breakdown?${WEEK}&dimension=source&filter=event:signup&sort=rate`)
    expect(text).toMatch(/For every 100 visits Change Google 10 33% 8\.3 \+10/)
    const events = await get(`/breakdown?${WEEK}&dimension=event&filter=entry_page:/docs/a`)
    expect(events.text).toMatch(/Event Events For every 100 visits Change signup 15 25 \+15/)
  })

  test('of a nonsensical order are ordered by count', async () => {
    const { status, html } = await get(`/breakdown?${WEEK}&dimension=source&sort=${encodeURIComponent("n'); DROP")}`)
    expect(status).toBe(200)
    expect(html).toMatch(/aria-sort="descending"><a [^>]*sort=-count">Visits/)
  })
})

describe('CSV', () => {
  const csv = async (query: string) => {
    const { status, headers, bytes } = await bytesOf(`/breakdown.csv?${query}`)
    return { status, headers, body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
  }

  test('has what the panel shows and all of it, for a spreadsheet, without formulas', async () => {
    const { headers, body } = await csv(`${WEEK}&dimension=source`)
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
    expect(headers.get('Content-Disposition')).toBe(
      'attachment; filename="example.com-source-2026-03-17-2026-03-23.csv"',
    )
    expect(headers.get('Cache-Control')).toContain('no-store')
    expect(body).toBe(
      '\uFEFF"Source","Visits","Engaged visits","2026-03-17 to before 2026-03-23","2026-03-10 to before 2026-03-16"\r\n' +
        '"Google",120,0,120,80\r\n' +
        `"'=HYPERLINK(""http://evil.example"",""x"")",10,0,10,0\r\n`,
    )
  })

  test('follows search, order and filter', async () => {
    const { body } = await csv(`${WEEK}&dimension=country&search=malta`)
    expect(body.split('\r\n')[1]).toBe('"MT","Malta",25,0,25,0')
    const rated = await csv(`${WEEK}&dimension=source&filter=event:signup`)
    expect(rated.body).toContain('"Source","Events","For every visit",')
    expect(rated.body).toContain('"Google",10,0.0833,10,0')
  })

  test('of engaged time, goals and the week has their numbers', async () => {
    expect((await csv(`${WEEK}&dimension=session_interval`)).body).toContain('10,150\r\n30,0\r\n')
    expect((await csv(`${WEEK}&panel=goals`)).body).toContain('"/docs/*",40,0.125\r\n')
    const week = await csv(`${WEEK}&panel=week`)
    expect(week.body).toContain('"Wednesday","14:00",300,1,300\r\n')
    expect(week.body.split('\r\n')).toHaveLength(1 + 6 * 24 + 10 + 1)
  })

  test('of something that is not counted is a 400', async () => {
    for (const query of ['dimension=browser', 'dimension=hour', 'dimension=reason', '']) {
      expect((await csv(`${WEEK}&${query}`)).status).toBe(400)
    }
  })
})

describe('the search over all dimensions', () => {
  test('groups what it finds by dimension, each value a link that filters', async () => {
    const { text, html } = await get(`/search?${WEEK}&filter=source:Google&q=mal`)
    expect(text).toContain('1 value with “mal” Countries Country Visits, share of 320 MT Malta 25 8%')
    expect(html).toContain('href="/?site=example.com&amp;period=7d&amp;filter=country%3AMT"')
    expect(html).toContain('title="Show only Malta"')
  })

  test('says what it searched where it finds nothing, and shows no text as anything but text', async () => {
    const { text, html } = await get(`/search?${WEEK}&q=${encodeURIComponent('<script>alert(1)</script>')}`)
    expect(text).toContain('Nothing named contains “&lt;script&gt;alert(1)&lt;/script&gt;”')
    expect(text).toContain('Searched are the names of 17 – 23 Mar 2026.')
    expect(html).not.toContain('<script')
    expect((await get(`/search?${WEEK}`)).status).toBe(200)
  })
})

describe('the page about counting', () => {
  test('explains it with the numbers of the site', async () => {
    const { text, html } = await get('/fives?site=tens.example&period=7d')
    expect(text).toContain('Counting in tens')
    expect(text).toContain('Say 25 visits of a month came from one source.')
    expect(text).toMatch(/1 to 9 no name anywhere/)
    expect(html).toContain('href="/?site=tens.example&amp;period=7d"')
    expect(html).toContain('href="/transparency/tens.example"')
  })
})

describe('in a browser', () => {
  let browser: Browser
  let server: HttpServer
  beforeAll(async () => {
    browser = await launchChromium()
    server = await openHttpServer({ fetch: app.fetch, host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function open(address: string, more: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const page = await browser.newPage({ javaScriptEnabled: false, ...more })
    await page.goto(`http://127.0.0.1:${server.port}${address}`)
    return page
  }

  test('a person finds a country, filters by it, takes the filter away and reads why numbers are fives', async () => {
    const page = await open(`/?${WEEK}`, { viewport: { width: 1440, height: 900 } })
    await page.getByRole('searchbox').fill('fran')
    await page.getByRole('searchbox').press('Enter')
    await page.getByRole('link', { name: 'France' }).click()
    expect(await page.locator('.chip').textContent()).toMatch(/Country is\s*France/)
    await page.getByRole('link', { name: 'Remove the filter' }).click()
    await page.locator('#places').getByRole('link', { name: 'Details' }).click()
    await page.getByRole('link', { name: 'Country' }).click()
    expect(await page.locator('tbody th').allTextContents()).toEqual(['Unknown', 'France', 'Malta'])
    await page.goBack()
    await page.getByRole('searchbox').fill('malta')
    await page.getByRole('button', { name: 'Find' }).click()
    expect(await page.locator('tbody th').allTextContents()).toEqual(['Malta'])
    const loading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    expect((await loading).suggestedFilename()).toBe('example.com-country-2026-03-17-2026-03-23.csv')
    await page.getByRole('link', { name: 'Why fives?' }).click()
    expect(await page.getByRole('heading', { name: 'Counting in fives' }).isVisible()).toBe(true)
    await page.getByRole('link', { name: 'Back to all panels' }).click()
    await page.locator('svg.world a', { hasText: 'France' }).locator('path').click()
    expect(await page.locator('.chip').textContent()).toMatch(/Country is\s*France/)
    await page.close()
  })

  test.each(['light', 'dark'] as const)(
    'axe finds nothing, and nothing is wider than the window (%s)',
    async (colorScheme) => {
      for (const address of [
        `/?${WEEK}`,
        '/?site=small.example',
        `/?${WEEK}&filter=event:signup`,
        `/breakdown?${WEEK}&dimension=source`,
        `/search?${WEEK}&q=a`,
        `/fives?${WEEK}`,
      ]) {
        for (const width of [1440, 1024, 390]) {
          const page = await open(address, { javaScriptEnabled: true, colorScheme, viewport: { width, height: 900 } })
          expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBeLessThanOrEqual(width)
          if (width === 390) {
            await page.evaluate(axe.source)
            const found = await page.evaluate(
              'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]))',
            )
            expect(found, address).toEqual([])
          }
          await page.close()
        }
      }
    },
  )
})
