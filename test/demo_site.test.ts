// The whole way in one test: real Chromium visits the demo site of a real server, and its counts are in ClickHouse.

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { launchChromium } from './chromium.ts'
import { BROWSER, type DataDir, makeDataDir, type RunningServer, until } from './server.ts'

const wire = z.object({
  n: z.string(),
  u: z.string(),
  p: z.record(z.string(), z.string()).optional(),
  s: z.object({ v: z.number().optional(), r: z.number().optional(), e: z.number().optional() }),
})

/** A headless shell says so in its brand, and the collector rightly drops it. */
const PERSON = { userAgent: BROWSER, extraHTTPHeaders: { 'sec-ch-ua': '"Chromium";v="153"' } }

let data: DataDir
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  data.remove()
})

/** Every event that a context's pages post, as "name path flags", in order, and what the collector said to it. */
function listen(context: BrowserContext): { sent: string[]; outcomes: string[] } {
  const heard: { sent: string[]; outcomes: string[] } = { sent: [], outcomes: [] }
  context.on('request', (request) => {
    if (!request.url().endsWith('/api/event')) return
    const { n, u, p, s } = wire.parse(request.postDataJSON())
    const flags = Object.entries(s).flatMap(([flag, value]) => (value === 1 ? [flag] : []))
    heard.sent.push([n, new URL(u).pathname, ...flags, ...Object.values(p ?? {})].join(' '))
  })
  context.on('response', (response) => {
    if (response.url().endsWith('/api/event')) heard.outcomes.push(response.headers()['sundial-outcome'] ?? '')
  })
  return heard
}

/** A headless shell shows every tab, so being hidden is said in the page's stead. */
async function show(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, hidden)
}

/** The tracker counts seconds by one interval; the test lets them pass. */
function takeClock(): void {
  const ticks: (() => void)[] = []
  Object.assign(window, { pass: (seconds: number) => ticks.map((tick) => Array.from({ length: seconds }, tick)) })
  Object.assign(window, { setInterval: (tick: () => void) => ticks.push(tick) })
}

async function pass(page: Page, seconds: number): Promise<void> {
  await page.evaluate(`pass(${seconds})`)
}

async function totals(): Promise<Record<string, number | null>> {
  const metrics = 'visits,pageviews,events,bounce_rate'
  const answer = await fetch(`${server.address}/api/v1/stats/aggregate?site_id=localhost&period=day&metrics=${metrics}`)
  const { results } = z
    .object({ results: z.record(z.string(), z.object({ value: z.number().nullable() })) })
    .parse(await answer.json())
  return Object.fromEntries(Object.entries(results).map(([metric, { value }]) => [metric, value]))
}

test('a visitor of the demo site sends exactly what is expected, and exactly that is counted', async () => {
  const context = await browser.newContext(PERSON)
  const heard = listen(context)
  await context.addInitScript(takeClock)
  const page = await context.newPage()
  const expected: string[] = []
  const then = async (event: string) => {
    expected.push(event)
    const sent = await until(
      async () => heard.sent,
      ({ length }) => length >= expected.length,
    )
    expect(sent).toEqual(expected)
  }

  await page.goto(`${server.address}/demo`)
  await then('pageview /demo v')

  // Twelve engaged seconds make the visit engaged and cross the first bound; then the reader hides the tab and returns.
  await pass(page, 12)
  await then('engagement /demo e')
  await show(page, true)
  await then('engagement /demo')
  await show(page, false)

  await page.getByRole('link', { name: 'Docs', exact: true }).click()
  await then('pageview /demo/docs')
  await page.getByRole('link', { name: 'Install' }).click()
  await pass(page, 1)
  await then('pageview /demo/docs/install')
  await page.reload()
  await then('pageview /demo/docs/install r')
  await page.goBack()
  await pass(page, 1)
  await then('pageview /demo/docs')

  // A tab of its own is a visit of its own: nothing is stored that could tell.
  const tab = await context.newPage()
  await tab.goto(`${server.address}/demo/signup?plan=pro`)
  await then('pageview /demo/signup v')
  await tab.getByRole('button').click()
  await then('signup /demo/signup e pro')

  expect(heard.outcomes.filter((outcome) => outcome !== 'counted')).toEqual(['dropped: nothing_to_count'])
  expect(await until(totals, ({ pageviews }) => pageviews === 6)).toEqual({
    visits: 2,
    pageviews: 6,
    events: 1,
    bounce_rate: 0,
  })

  expect(await context.cookies()).toEqual([])
  expect(await page.evaluate(kept)).toEqual({ local: 0, session: 0, databases: 0, caches: 0 })
  await context.close()
})

test('a visitor with Global Privacy Control sends nothing', async () => {
  const context = await browser.newContext(PERSON)
  const heard = listen(context)
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  const page = await context.newPage()
  await page.goto(`${server.address}/demo/pricing`)
  await page.getByRole('link', { name: 'Blog', exact: true }).click()
  await page.waitForURL('**/demo/blog')
  await page.evaluate(() => window.sundial?.('signup', { plan: 'pro' }))
  await page.close({ runBeforeUnload: true })
  expect(heard.sent).toEqual([])
  await context.close()
})

/** What a page of the site finds stored on the device. */
async function kept() {
  return {
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
  }
}
