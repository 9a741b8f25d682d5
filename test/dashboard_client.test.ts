// The dashboard in a real Chromium, with and without scripts: what a person does there by pointer, touch and keyboard, and
// what happens to a page that is left open.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Hono } from 'hono'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { createDashboard } from '../dashboard/app.tsx'
import { createClientScript } from '../dashboard/client_script.ts'
import { type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { DASHBOARD_SCRIPT } from '../dashboard/scripts.ts'
import { aSite } from './accumulated.ts'
import { launchChromium } from './chromium.ts'
import { createOpenDoor } from './open_door.ts'

const NOW = Date.parse('2026-03-20T13:20:00Z')
const TODAY = '2026-03-20'
const FIRST_DAY = '2026-02-03'
const NEVER = '2100-01-01'

const sites = [
  aSite({ id: 1, domain: 'example.com', timezone: 'UTC' }),
  aSite({ id: 2, domain: 'another.example', timezone: 'UTC' }),
]
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-client-'))
let counts: Counts
let server: HttpServer
let browser: Browser
let context: BrowserContext
let page: Page
/** What the browser complained about, and what it asked for. */
let complaints: string[]
let requests: string[]

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
  server = await openHttpServer({ fetch: dashboard().fetch, host: '127.0.0.1', port: 0 })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

beforeEach(() => open())

afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

const insert = (table: Table, rows: object[]) =>
  counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())

const dated = (site: number, day: string) => ({ site, month: firstOfMonth(day), day, expire_on: NEVER })

async function plant() {
  const days = Array.from({ length: 46 }, (_, n) => addDays(FIRST_DAY, n))
  await insert('days', [
    ...days.map((day, n) => ({ ...dated(1, day), visits: 20 + n, pageviews: 50 + n, engaged: 10, events: 5 })),
    { ...dated(2, TODAY), visits: 7, pageviews: 7, engaged: 0, events: 0 },
  ])
  await insert('counts', [
    {
      ...dated(1, '2026-03-19'),
      ...{
        metric: 'visits',
        dimension: 'country',
        dimension2: '',
        value: 'FR',
        value2: '',
        n: 20,
        generalize_on: NEVER,
      },
    },
  ])
  await insert(
    'hours',
    days.flatMap((day, n) => [{ ...dated(1, day), hour: 9, visits: 20 + n, generalize_on: NEVER }]),
  )
}

function dashboard(): Hono {
  const known = {
    fresh: async () => {},
    all: () => sites,
    byDomain: (domain: string) => sites.find((site) => site.domain === domain),
  }
  const clientScript = createClientScript({ read: async () => readFileSync(DASHBOARD_SCRIPT, 'utf8') })
  const door = createOpenDoor({ sites: known, clientScript })
  const deps = { door, counts, clientScript, calendar: createCalendar(), now: () => NOW }
  return new Hono().use(pageHeaders({ isSecure: () => false })).route('/', createDashboard(deps))
}

async function open(options: BrowserContextOptions = {}): Promise<void> {
  await context?.close()
  complaints = []
  requests = []
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('request', (request) => requests.push(request.url()))
  page = await context.newPage()
}

const visit = (address: string) => page.goto(`http://127.0.0.1:${server.port}${address}`)
const asked = () => Object.fromEntries(new URL(page.url()).searchParams)
const shown = () => page.locator('.tips [data-at]')

describe('the chart', () => {
  test('is read by the arrow keys, which say each value, and opens what is read', async () => {
    await visit('/?site=example.com&period=7d')
    await page.locator('.plot').focus()
    await page.keyboard.press('ArrowRight')
    const said = page.locator('.plot [aria-live=polite]')
    expect(await said.textContent()).toBe('Fri, 20 Mar 2026, so far, 65 visits, 58 before')
    await page.keyboard.press('ArrowLeft')
    expect(await said.textContent()).toBe('Thu, 19 Mar 2026, 64 visits, 57 before')
    await page.keyboard.press('Home')
    expect(await shown().textContent()).toContain('Sat, 14 Mar 2026')
    await page.keyboard.press('Escape')
    expect(await shown().count()).toBe(0)
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.waitForURL(/period=day/)
    expect(asked()).toEqual({ site: 'example.com', period: 'day', date: '2026-03-19' })
    await page.goBack()
    expect(asked()).toEqual({ site: 'example.com', period: '7d' })
  })

  test('is read by the pointer', async () => {
    await visit('/?site=example.com&period=7d')
    const box = await page.locator('.tips > :nth-child(3)').boundingBox()
    await page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 60)
    expect(await shown().locator('span').isVisible()).toBe(true)
    expect(await shown().textContent()).toContain('Mon, 16 Mar 2026')
    await page.mouse.move(5, 5)
    expect(await shown().count()).toBe(0)
  })

  test('is read by the first touch and opened by the second', async () => {
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true })
    await visit('/?site=example.com&period=7d')
    const third = page.locator('.tips > :nth-child(3)')
    await third.tap()
    expect(await shown().textContent()).toContain('Mon, 16 Mar 2026')
    expect(asked()).toMatchObject({ period: '7d' })
    await third.tap()
    await page.waitForURL(/period=day/)
    expect(asked()).toMatchObject({ date: '2026-03-16' })
  })

  test('says its values on hover, and in a table, without a script', async () => {
    await open({ javaScriptEnabled: false })
    await visit('/?site=example.com&period=7d')
    await page.locator('.tips > :nth-child(3)').hover()
    expect(await page.locator('.tips > :nth-child(3) span').isVisible()).toBe(true)
    await page.getByText('Show as table').click()
    expect(await page.getByRole('row', { name: 'Mon, 16 Mar 2026' }).textContent()).toContain('61')
  })
})

describe('the week', () => {
  const words = () => page.locator('table.week td:focus').getAttribute('title')

  test('is one stop of the tab key, whose cells the arrow keys walk, each with its words in sight', async () => {
    await visit('/?site=example.com&period=7d')
    const cells = page.locator('table.week tbody td')
    expect(await page.locator('table.week [tabindex="0"]').count()).toBe(1)
    await cells.first().focus()
    expect(await words()).toBe('Monday, 00:00 – 01:00: 0 visits')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowRight')
    expect(await words()).toBe('Tuesday, 23:00 – 00:00: 0 visits')
    await page.keyboard.press('Home')
    for (let n = 0; n < 9; n++) await page.keyboard.press('ArrowRight')
    expect(await words()).toBe('Tuesday, 09:00 – 10:00: 62 visits')
    expect(
      await page.evaluate(
        () => getComputedStyle(document.querySelector('td:focus') ?? document.body, '::after').content,
      ),
    ).toContain('Tuesday, 09:00')
    // No key of the page itself: the arrows would step through periods, Escape remove a filter.
    expect(asked()).toEqual({ site: 'example.com', period: '7d' })
    await page.keyboard.press('Escape')
    expect(await page.locator('table.week td:focus').count()).toBe(0)
    expect(await cells.nth(24 + 9).getAttribute('tabindex')).toBe('0')
  })

  test('is read by touch, also by a finger that moves', async () => {
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true })
    await visit('/?site=example.com&period=7d')
    const row = page.locator('table.week tbody tr').nth(2)
    await row.locator('td').nth(9).tap()
    expect(await words()).toBe('Wednesday, 09:00 – 10:00: 63 visits')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const box = await row.locator('td').nth(12).boundingBox()
    const at = { clientX: (box?.x ?? 0) + 4, clientY: (box?.y ?? 0) + 4 }
    await page.locator('table.week').dispatchEvent('pointermove', { pointerType: 'touch', bubbles: true, ...at })
    expect(await words()).toBe('Wednesday, 12:00 – 13:00: 0 visits')
  })

  test('is a table without a script', async () => {
    await open({ javaScriptEnabled: false })
    await visit('/?site=example.com&period=7d')
    expect(await page.getByRole('table', { name: 'Visits an hour, average by weekday' }).count()).toBe(1)
    expect(await page.locator('table.week [tabindex]').count()).toBe(0)
  })
})

describe('the choice of map or list', () => {
  test.each([true, false])('is a link, and stays while periods are stepped through (scripts: %s)', async (scripts) => {
    await open({ javaScriptEnabled: scripts })
    await visit('/?site=example.com&period=7d')
    expect(await page.locator('svg.world').isVisible()).toBe(true)
    await page.getByRole('navigation', { name: 'Shown as' }).getByRole('link', { name: 'List' }).click()
    await page.waitForURL(/countries=list/)
    expect(await page.locator('svg.world').count()).toBe(0)
    await page.locator('.against summary').click()
    await page.getByRole('link', { name: 'Nothing', exact: true }).click()
    await page.waitForURL(/compare=none/)
    expect(asked()).toEqual({ site: 'example.com', period: '7d', countries: 'list', compare: 'none' })
    await page.locator('#places').getByRole('link', { name: 'Map' }).click()
    await page.locator('svg.world').waitFor()
    expect(asked()).toEqual({ site: 'example.com', period: '7d', compare: 'none' })
  })
})

describe('keys', () => {
  test('choose periods, step through them and switch the comparison, each as a page of its own', async () => {
    await visit('/?site=example.com')
    await press('w', { period: '7d' })
    await press('ArrowLeft', { period: '7d', date: '2026-03-13' })
    await press('ArrowRight', { period: '7d' })
    await press('x', { period: '7d', compare: 'none' })
    expect(await page.locator('.dashed').count()).toBe(0)
    await press('x', { period: '7d' })
    await page.goBack()
    expect(asked()).toMatchObject({ compare: 'none' })
  })

  async function press(key: string, state: Record<string, string>) {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
    expect(asked()).toEqual({ site: 'example.com', ...state })
  }

  test('find values, but leave alone what is written', async () => {
    await visit('/?site=example.com')
    await page.keyboard.press('/')
    await page.keyboard.type('week')
    expect(await page.getByRole('searchbox').inputValue()).toBe('week')
    expect(asked()).toEqual({ site: 'example.com' })
  })

  test('remove the filter by Escape, which nothing else has taken', async () => {
    await visit('/?site=example.com&period=7d&filter=country:FR')
    await page.locator('.when summary').click()
    await page.keyboard.press('Escape')
    expect(await page.locator('.picker').isVisible()).toBe(false)
    await page.locator('.plot').focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Escape')
    expect(await shown().count()).toBe(0)
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(await sheet.textContent()).toContain('Remove the filterEsc')
    await page.keyboard.press('Escape')
    expect(await sheet.isVisible()).toBe(false)
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Escape')
    expect(asked()).toMatchObject({ filter: 'country:FR' })
    await page.locator('.plot').focus()
    await press('Escape', { period: '7d' })
    // Without a filter it does nothing.
    await page.keyboard.press('Escape')
    expect(asked()).toEqual({ site: 'example.com', period: '7d' })
  })

  test('lead to the sites by one after the other', async () => {
    await visit('/?site=example.com')
    await page.route('**/sites', (route) => route.fulfill({ body: 'Sites' }))
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.waitForURL('**/sites')
  })

  test('are told by a sheet, which Escape closes, and by a page where no script runs', async () => {
    await visit('/?site=example.com')
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(await sheet.isVisible()).toBe(true)
    await page.keyboard.press('w')
    expect(asked()).toEqual({ site: 'example.com' })
    await page.keyboard.press('Escape')
    expect(await sheet.isVisible()).toBe(false)
    await page.getByRole('link', { name: 'Keyboard shortcuts' }).click()
    expect(await sheet.isVisible()).toBe(true)
    await open({ javaScriptEnabled: false })
    await visit('/?site=example.com')
    await page.getByRole('link', { name: 'Keyboard shortcuts' }).click()
    expect(await page.getByRole('heading', { name: 'Keyboard shortcuts' }).isVisible()).toBe(true)
  })
})

describe('the calendar', () => {
  test.each([true, false])('shows a day and then the days from it on (scripts: %s)', async (javaScriptEnabled) => {
    await open({ javaScriptEnabled })
    await visit('/?site=example.com')
    await page.locator('.when summary').click()
    await page.getByRole('link', { name: 'Tue, 10 Mar 2026' }).click()
    await page.waitForURL(/start=/)
    expect(asked()).toMatchObject({ period: 'day', date: '2026-03-10' })
    await page.getByRole('link', { name: 'Thu, 12 Mar 2026' }).click()
    await page.waitForURL(/custom/)
    expect(asked()).toEqual({ site: 'example.com', period: 'custom', from: '2026-03-10', to: '2026-03-12' })
    expect(await page.locator('.when summary').textContent()).toMatch(/^10\s–\s12 Mar 2026$/)
    expect(await page.locator('.picker').isVisible()).toBe(false)
  })

  test.each([true, false])('has no day before the first and none to come (scripts: %s)', async (javaScriptEnabled) => {
    await open({ javaScriptEnabled })
    await visit('/?site=example.com')
    await page.locator('.when summary').click()
    const links = () => page.locator('.calendar td a').allTextContents()
    expect((await links()).at(-1)).toBe('20')
    await page.getByRole('link', { name: 'February 2026' }).click()
    await page.getByText('February 2026', { exact: true }).waitFor()
    expect((await links())[0]).toBe('3')
    expect(await page.getByRole('link', { name: 'January 2026' }).count()).toBe(0)
    // With a script the page stays, without one it is loaded again.
    expect('calendar' in asked()).toBe(!javaScriptEnabled)
  })

  test('is walked by the arrow keys and closed by Escape', async () => {
    await visit('/?site=example.com')
    await page.keyboard.press('c')
    await page.getByRole('link', { name: 'Tue, 10 Mar 2026' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowLeft')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Mon, 16 Mar 2026')
    await page.keyboard.press('Escape')
    expect(await page.locator('.picker').isVisible()).toBe(false)
    await page.locator('.when summary').click()
    await page.mouse.click(5, 500)
    expect(await page.locator('.picker').isVisible()).toBe(false)
  })
})

describe('a page that is left open', () => {
  test('takes in what has come since, and leaves alone what it does not change', async () => {
    await page.clock.install({ time: NOW })
    await visit('/?site=another.example&period=7d')
    expect(await page.title()).toBe('7 · another.example · Sundial')
    await page.getByText('Show as table').click()
    await page.evaluate(() => document.querySelector('.chart')?.setAttribute('data-kept', ''))
    await come(3)
    await page.clock.runFor(31_000)
    await page.locator('.totals b', { hasText: /^10$/ }).first().waitFor()
    expect(await page.title()).toBe('10 · another.example · Sundial')
    expect(decodeURIComponent((await page.locator('link[rel=icon]').getAttribute('href')) ?? '')).toContain(
      '>10</text>',
    )
    expect(await page.locator('.chart[data-kept] .numbers[open]').count()).toBe(0)
    expect(await page.locator('.numbers[open]').count()).toBe(1)
  })

  test('asks for nothing while a menu is open, or while nobody looks, or when its period is over', async () => {
    await page.clock.install({ time: NOW })
    await visit('/?site=example.com&period=7d')
    requests = []
    await page.locator('.when summary').click()
    await page.clock.runFor(90_000)
    expect(requests).toEqual([])
    await page.keyboard.press('Escape')
    await look(true)
    await page.clock.runFor(90_000)
    expect(requests).toEqual([])
    const asking = page.waitForRequest(/period=7d/)
    await look(false)
    await asking
    await visit('/?site=example.com&period=7d&date=2026-03-13')
    requests = []
    await page.clock.runFor(90_000)
    expect(requests).toEqual([])
  })

  async function come(visits: number) {
    await insert('days', [{ ...dated(2, TODAY), visits, pageviews: visits, engaged: 0, events: 0 }])
  }

  async function look(hidden: boolean) {
    await page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  }
})

describe('the address without a site', () => {
  test('shows the one that was looked at last', async () => {
    await visit('/')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('example.com')
    await visit('/?site=another.example')
    await visit('/')
    await page.waitForURL(/another/)
    expect(asked()).toEqual({ site: 'another.example' })
    await visit('/?site=example.com')
    await visit('/')
    expect(asked()).toEqual({})
  })
})

describe('a page', () => {
  test('lets its own script run, and asks nobody else for anything', async () => {
    const answer = await visit('/?site=example.com')
    expect(await answer?.headerValue('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'",
    )
    expect(new Set(requests.map((url) => new URL(url).origin))).toEqual(new Set([new URL(page.url()).origin]))
    const other = await page.request.get(`http://127.0.0.1:${server.port}/shortcuts`)
    expect(other.headers()['content-security-policy']).not.toContain('script-src')
    expect(await other.text()).not.toContain('<script')
  })

  test.each([1440, 1024, 390])('stays where it is while it loads, and fits a screen of %i', async (width) => {
    await open({ viewport: { width, height: 900 } })
    await page.addInitScript(() => {
      Object.assign(window, { shifts: [] })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) Reflect.get(window, 'shifts').push(entry.toJSON())
      }).observe({ type: 'layout-shift', buffered: true })
    })
    for (const period of ['today', '30d', 'all']) {
      await visit(`/?site=example.com&period=${period}`)
      await page.locator('.plot[tabindex]').waitFor()
      expect(await page.evaluate(() => Reflect.get(window, 'shifts'))).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })

  test('is on paper without what one would click', async () => {
    await open({ colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    await visit('/?site=example.com')
    expect(await page.locator('.step:visible, .find:visible, .numbers:visible').count()).toBe(0)
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  })
})
