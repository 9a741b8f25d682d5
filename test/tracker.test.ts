// The tracker in a real Chromium against a real server. Only two things are stood in for, in `stage`:
// - the clock: the tracker counts by one setInterval of a second, so the test runs those seconds by hand;
// - being hidden, unfocused or back from the cache: a headless shell shows and focuses every tab and has no such cache
//   (BackForwardCacheDisabledForDelegate). Leaving a page, reloading, going back and prerendering are the real thing.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildScripts } from '../script/build.ts'
import { chromiumPath, launchChromium } from './chromium.ts'
import { openTrackedSite, type TrackedSite } from './tracker_site.ts'

declare global {
  interface Window {
    runSeconds(count: number): void
    show(how: { hidden?: boolean; focused?: boolean; restored?: boolean }): void
  }
}

let outDir: string
let browser: Browser
let site: TrackedSite
let context: BrowserContext
let page: Page
/** Requests the browser has sent off. */
let posted: number

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'sundial-tracker-'))
  await buildScripts({ outDir })
  browser = await launchChromium()
  site = await openTrackedSite({ outDir })
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await rm(outDir, { recursive: true })
})
beforeEach(async () => {
  site.reset()
  posted = 0
  context = await browser.newContext()
  context.on('request', (request) => (posted += request.method() === 'POST' ? 1 : 0))
  context.on('requestfailed', (request) => (posted -= request.method() === 'POST' ? 1 : 0))
  await context.addInitScript(stage)
  page = await context.newPage()
})
afterEach(() => context.close())

/** Runs in the page before its scripts. */
function stage() {
  const seconds: (() => void)[] = []
  window.setInterval = ((run: () => void) => seconds.push(run)) as typeof setInterval
  window.runSeconds = (count) => {
    for (let second = 0; second < count; second++) for (const run of seconds) run()
  }
  const isHidden = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden')?.get
  const isFocused = document.hasFocus
  let hidden = false
  let focused = true
  // Hidden for real, as when the page is left, stays hidden.
  Object.defineProperty(document, 'hidden', { get: () => hidden || isHidden?.call(document) })
  document.hasFocus = () => focused && isFocused.call(document)
  window.show = (how) => {
    focused = how.focused ?? focused
    if (how.hidden !== undefined && how.hidden !== hidden) {
      hidden = how.hidden
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }
    if (how.restored) dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  }
}

const runSeconds = (count: number) => page.evaluate((seconds) => window.runSeconds(seconds), count)
const show = (how: Parameters<Window['show']>[0]) => page.evaluate((state) => window.show(state), how)

/** What was sent so far: a last request goes out after the others, and then all that went out has come in. */
async function sent() {
  await page.evaluate((origin) => fetch(`${origin}/done`, { mode: 'no-cors' }), site.origin)
  await expect.poll(() => site.total).toBeGreaterThanOrEqual(posted)
  return site.events
}

const pageview = (path: string, s: object = {}, r = '') => ({
  n: 'pageview',
  u: `${site.origin}${path}`,
  d: 'localhost',
  r,
  s: expect.objectContaining(s),
})

const open = (path: string) => page.goto(`${site.origin}${path}`)

describe('page views', () => {
  test('a load sends one page view that starts a visit, and loads one script file', async () => {
    await open('/pricing?utm_source=letter#team')
    expect(await sent()).toEqual([
      {
        n: 'pageview',
        u: `${site.origin}/pricing?utm_source=letter`,
        d: 'localhost',
        r: '',
        s: { v: 1, r: 0 },
      },
    ])
    expect(site.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /pricing?utm_source=letter',
      'GET /js/sundial.js',
      'POST /api/event',
      'GET /done',
    ])
  })

  test('a request carries no cookie even where there is one, is plain text, and outlives the page', async () => {
    await context.addCookies([{ name: 'theirs', value: '1', url: site.origin }])
    const request = page.waitForRequest('**/api/event?*')
    await open('/')
    expect((await request).method()).toBe('POST')
    await site.received(1)
    const post = site.requests.find(({ url }) => url === '/api/event')
    expect(post?.headers.cookie).toBeUndefined()
    expect(post?.headers['content-type']).toMatch(/^text\/plain/)
    expect(site.requests.filter(({ method }) => method === 'OPTIONS')).toEqual([])
  })

  test('pushState, replaceState and going back count as page views, the same address does not', async () => {
    await open('/docs')
    await page.evaluate(() => history.pushState(null, '', '/docs/install'))
    await runSeconds(1)
    await page.evaluate(() => history.replaceState(null, '', '/docs/upgrade'))
    await runSeconds(1)
    await page.evaluate(() => {
      history.replaceState({ scrolled: 1 }, '', '/docs/upgrade')
      history.pushState(null, '', '#section')
    })
    await runSeconds(1)
    await page.evaluate(() => {
      const popped = new Promise((resolve) => addEventListener('popstate', resolve))
      history.go(-2)
      return popped
    })
    await runSeconds(1)
    const views = (await sent()).filter(({ n }) => n === 'pageview')
    expect(views).toEqual([
      pageview('/docs', { v: 1 }),
      pageview('/docs/install'),
      pageview('/docs/upgrade'),
      pageview('/docs'),
    ])
    expect(views.filter(({ s }) => s.v === 1)).toHaveLength(1)
  })

  test('a history navigation is seen within a second by the browser’s own clock', async () => {
    const plain = await browser.newPage()
    await plain.goto(`${site.origin}/docs`)
    await plain.evaluate(() => history.pushState(null, '', '/docs/install'))
    expect((await site.received(3)).at(-1)).toEqual(pageview('/docs/install'))
    await plain.close()
  })

  test('a fragment counts only where the site routes by it, and then as part of the path', async () => {
    site.head = site.head.replace('defer', 'defer data-hash')
    await open('/?utm_source=letter#/letters')
    await page.evaluate(() => {
      location.hash = '#/letters/new'
    })
    await runSeconds(1)
    const paths = (await sent()).filter(({ n }) => n === 'pageview').map(({ u }) => new URL(u))
    expect(paths.map(({ pathname }) => pathname.replace(/\/+/g, '/'))).toEqual(['/letters', '/letters/new'])
    expect(paths.map(({ search, hash }) => search + hash)).toEqual(['?utm_source=letter', '?utm_source=letter'])
  })

  test('no part of a fragment leaves the browser', async () => {
    await open('/one?page=2#access_token=secret?x#y')
    await page.evaluate(() => {
      location.hash = '#code=secret#z'
      window.sundial?.('signup')
    })
    expect((await sent()).map(({ u }) => u)).toEqual([`${site.origin}/one?page=2`, `${site.origin}/one?page=2`])
  })

  test('a reload and a load by going back count as such: no visit, no engaged time of that page view', async () => {
    await open('/one')
    await site.received(1)
    await page.reload()
    expect((await site.received(2))[1]).toEqual(pageview('/one', { v: 0, r: 1 }))
    await runSeconds(20)
    await show({ hidden: true })
    await show({ hidden: false })
    await runSeconds(20)
    await open('/two')
    await site.received(3)
    await page.goBack()
    await site.received(4)
    await runSeconds(20)
    await show({ hidden: true })
    expect((await sent()).map(({ n, s }) => [n, s.v, s.r])).toEqual([
      ['pageview', 1, 0],
      ['pageview', 0, 1],
      ['pageview', 0, 0],
      ['pageview', 0, 1],
    ])
  })

  test('after a reload, the next page view by history navigation has engaged time again', async () => {
    await open('/docs')
    await site.received(1)
    await page.reload()
    await site.received(2)
    await page.evaluate(() => history.pushState(null, '', '/docs/install'))
    await runSeconds(5)
    await show({ hidden: true })
    expect((await sent()).slice(2)).toEqual([
      pageview('/docs/install'),
      expect.objectContaining({ n: 'engagement', s: { g: [0, 5], t: [0, 0] } }),
    ])
  })

  test('a return from the back/forward cache counts as a page view of the same visit', async () => {
    await open('/one')
    await runSeconds(4)
    await show({ hidden: true })
    await show({ hidden: false, restored: true })
    await runSeconds(3)
    await show({ hidden: true })
    expect(await sent()).toEqual([
      pageview('/one', { v: 1 }),
      expect.objectContaining({ n: 'engagement', s: { g: [0, 4], t: [0, 4] } }),
      { ...pageview('/one'), s: {} },
      expect.objectContaining({ n: 'engagement', s: { g: [0, 3], t: [4, 7] } }),
    ])
  })
})

describe('visits', () => {
  test('coming from another site starts one, and every event says where from', async () => {
    site.body = `<a href="${site.origin}/one">there</a>`
    await page.goto(`${site.elsewhere}/links`)
    await site.received(1)
    site.forget()
    await page.click('a')
    await site.received(1)
    await page.evaluate(() => window.sundial?.('signup'))
    expect((await sent()).map(({ n, r, s }) => [n, r, s.v])).toEqual([
      ['pageview', `${site.elsewhere}/`, 1],
      ['signup', `${site.elsewhere}/`, undefined],
    ])
  })

  test('a link within the site makes the visit engaged and starts none; the next load has no session seconds', async () => {
    site.body = '<a href="/two"><b>two</b></a>'
    await open('/one')
    await runSeconds(3)
    await page.click('b')
    await page.waitForURL('**/two')
    await site.received(3)
    await runSeconds(12)
    await show({ hidden: true })
    expect(await sent()).toEqual([
      pageview('/one', { v: 1 }),
      expect.objectContaining({ n: 'engagement', u: `${site.origin}/one`, s: { e: 1, g: [0, 3], t: [0, 3] } }),
      pageview('/two', { v: 0 }, `${site.origin}/one`),
      expect.objectContaining({ n: 'engagement', u: `${site.origin}/two`, s: { g: [0, 12], t: [0, 0] } }),
    ])
  })

  test('without a referrer the browser still tells an arrival from the site itself', async () => {
    site.head += '<meta name="referrer" content="no-referrer">'
    site.body = '<a href="/two">two</a>'
    await open('/one')
    await page.click('a')
    await page.waitForURL('**/two')
    expect((await site.received(3)).at(-1)).toEqual(pageview('/two', { v: 0 }))
  })

  test('a browser without the navigation API starts visits all the same, and none by a reload or a link', async () => {
    site.body = '<a href="/two">two</a>'
    await context.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))
    await open('/one')
    await site.received(1)
    await page.reload()
    await site.received(2)
    await page.click('a')
    expect((await site.received(3)).map(({ s }) => [s.v, s.r])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ])
  })

  test('a link to another site engages nobody', async () => {
    site.body = `<a href="${site.elsewhere}/">away</a>`
    await open('/one')
    await page.click('a')
    await page.waitForURL(`${site.elsewhere}/`)
    const events = await site.received(2)
    expect(events.filter(({ s }) => s.e)).toEqual([])
  })
})

describe('engaged time', () => {
  test('is reported when the reader looks away, and again when they come back and leave', async () => {
    await open('/one')
    await runSeconds(7)
    await show({ hidden: true })
    await runSeconds(100)
    await show({ hidden: false })
    await runSeconds(2)
    await show({ hidden: true })
    await show({ hidden: false })
    await show({ hidden: true })
    expect((await sent()).slice(1).map(({ n, s }) => [n, s])).toEqual([
      ['engagement', { g: [0, 7], t: [0, 7] }],
      ['engagement', { g: [7, 9], t: [7, 9] }],
    ])
  })

  test('stands still while another window has the focus', async () => {
    await open('/one')
    await runSeconds(3)
    await show({ focused: false })
    await runSeconds(60)
    await show({ focused: true })
    await runSeconds(4)
    await show({ hidden: true })
    expect((await sent())[1]?.s).toEqual({ g: [0, 7], t: [0, 7] })
  })

  test('makes the visit engaged at ten seconds, once', async () => {
    await open('/one')
    await runSeconds(9)
    expect(await sent()).toHaveLength(1)
    await runSeconds(1)
    await runSeconds(30)
    await page.evaluate(() => window.sundial?.('signup'))
    await show({ hidden: true })
    expect((await sent()).slice(1).map(({ n, s }) => [n, s.e ?? 0, s.g])).toEqual([
      ['engagement', 1, [0, 10]],
      ['signup', 0, undefined],
      ['engagement', 0, [10, 40]],
    ])
  })

  test('of a visit runs on over history navigation, of a page view it does not', async () => {
    await open('/one')
    await runSeconds(3)
    await page.evaluate(() => history.pushState(null, '', '/two'))
    await runSeconds(5)
    await page.evaluate(() => history.pushState(null, '', '/three'))
    await runSeconds(1)
    expect(await sent()).toEqual([
      pageview('/one', { v: 1 }),
      expect.objectContaining({ n: 'engagement', u: `${site.origin}/one`, s: { e: 1, g: [0, 3], t: [0, 3] } }),
      pageview('/two'),
      expect.objectContaining({ n: 'engagement', u: `${site.origin}/two`, s: { e: 0, g: [0, 5], t: [3, 8] } }),
      pageview('/three'),
    ])
  })

  test('is reported by a page that is closed or left for good', async () => {
    await open('/one')
    await runSeconds(5)
    await page.goto('about:blank')
    expect((await site.received(2))[1]?.s).toEqual({ g: [0, 5], t: [0, 5] })
  })
})

describe('custom events', () => {
  test('made before the script has loaded come after the page view, in order, with their properties', async () => {
    site.head = `<script>window.sundial=window.sundial||function(){(sundial.q=sundial.q||[]).push(arguments)}
      sundial('first', { plan: 'pro', seats: 3, trial: true }); sundial('second')</script>${site.head}`
    await open('/one')
    await site.received(3)
    await page.evaluate(() => window.sundial?.('third'))
    expect((await sent()).map(({ n, p, s }) => [n, p, s.e])).toEqual([
      ['pageview', undefined, undefined],
      ['first', { plan: 'pro', seats: 3, trial: true }, 1],
      ['second', undefined, 0],
      ['third', undefined, 0],
    ])
  })

  test('belong to the page on which they happen, even right after a history navigation', async () => {
    await open('/one')
    await page.evaluate(() => {
      history.pushState(null, '', '/thanks')
      window.sundial?.('signup')
    })
    expect((await sent()).map(({ n, u, s }) => [n, new URL(u).pathname, s.e ?? 0])).toEqual([
      ['pageview', '/one', 0],
      ['engagement', '/one', 1],
      ['pageview', '/thanks', 0],
      ['signup', '/thanks', 0],
    ])
  })
})

describe('the entry page', () => {
  const signUp = () => page.evaluate(() => window.sundial?.('signup'))
  /** Every event with its entry page, '' for none. */
  const entries = async () => (await sent()).map(({ n, s }) => [n, s.l?.replace(site.origin, '') ?? ''])

  test('goes with custom events alone, without its fragment, and stays over history navigation', async () => {
    await open('/landing?utm_source=letter#token=secret')
    await signUp()
    await page.evaluate(() => history.pushState(null, '', '/second'))
    await runSeconds(12)
    await signUp()
    await show({ hidden: true })
    expect(await entries()).toEqual([
      ['pageview', ''],
      ['signup', '/landing?utm_source=letter'],
      ['pageview', ''],
      ['engagement', ''],
      ['signup', '/landing?utm_source=letter'],
      ['engagement', ''],
    ])
  })

  test('is none after a link within the site, and none after a reload: such loads belong to no visit', async () => {
    site.body = '<a href="/second">second</a>'
    await open('/landing')
    await page.click('a')
    await page.waitForURL('**/second')
    await signUp()
    await page.reload()
    await signUp()
    expect((await entries()).filter(([name]) => name === 'signup')).toEqual([
      ['signup', ''],
      ['signup', ''],
    ])
  })

  test('with data-session="tab" is that of the tab’s visit, over links and reloads, until another visit starts', async () => {
    site.head = site.head.replace('defer', 'defer data-session="tab"')
    site.body = `<a id="here" href="/second">second</a> <a id="away" href="${site.elsewhere}/links">away</a>
      <a id="back" href="${site.origin}/other">back</a>`
    await open('/landing')
    await signUp()
    await page.click('#here')
    await page.waitForURL('**/second')
    await signUp()
    await page.reload()
    await signUp()
    await page.click('#away')
    await page.waitForURL('**/links')
    await page.click('#back')
    await page.waitForURL('**/other')
    await signUp()
    expect((await entries()).filter(([name]) => name === 'signup')).toEqual([
      ['signup', '/landing'],
      ['signup', '/landing'],
      ['signup', '/landing'],
      ['signup', '/other'],
    ])
  })

  test('where the site routes by fragment, is the route on which the visit started', async () => {
    site.head = site.head.replace('defer', 'defer data-hash')
    await open('/#/letters')
    await page.evaluate(() => {
      location.hash = '#/letters/new'
      window.sundial?.('signup')
    })
    const [, , , signup] = await sent()
    expect(signup?.s.l?.replace(site.origin, '').replace(/\/+/g, '/')).toBe('/letters')
  })

  test('goes with the missing pages that plus tells of', async () => {
    site.head = site.head.replace('sundial.js', 'sundial.plus.js')
    await open('/missing')
    expect(await entries()).toEqual([
      ['pageview', ''],
      ['404', '/missing'],
    ])
  })
})

describe('nothing is sent', () => {
  const silently = async () => {
    await open('/one')
    await runSeconds(15)
    await page.evaluate(() => {
      window.sundial?.('signup')
      history.pushState(null, '', '/two')
    })
    await runSeconds(1)
    await show({ hidden: true })
    expect(await page.evaluate(() => typeof window.sundial)).toBe('function')
    return sent()
  }

  test.each([
    ['globalPrivacyControl', true],
    ['doNotTrack', '1'],
    ['webdriver', true],
  ])('when navigator.%s is %o, and calls do no harm', async (name, value) => {
    await context.addInitScript(
      ([key, set]) => Object.defineProperty(Navigator.prototype, String(key), { get: () => set, configurable: true }),
      [name, value],
    )
    expect(await silently()).toEqual([])
  })

  test('in the owner’s browser once it is marked', async () => {
    await context.addInitScript(() => localStorage.setItem('sundial_ignore', '1'))
    expect(await silently()).toEqual([])
  })

  test('from a file', async () => {
    const file = join(outDir, 'saved.html')
    await writeFile(file, `<script src="${site.origin}/js/sundial.js" data-domain="localhost"></script>`)
    await page.goto(pathToFileURL(file).href)
    expect(site.requests.map(({ url }) => url)).toEqual(['/js/sundial.js'])
    await runSeconds(15)
    await page.evaluate(() => window.sundial?.('signup'))
    expect(await sent()).toEqual([])
  })

  test('by any of these refusals when none of them is there', async () => {
    expect((await silently()).length).toBeGreaterThan(3)
  })
})

describe('on the device', () => {
  const stored = () =>
    page.evaluate(async () => ({
      cookies: document.cookie,
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
    }))

  test('nothing is stored', async () => {
    site.body = '<a href="/two">two</a>'
    await open('/one')
    await runSeconds(12)
    await page.evaluate(() => window.sundial?.('signup'))
    await page.click('a')
    await page.waitForURL('**/two')
    await page.reload()
    await show({ hidden: true })
    expect((await sent()).length).toBeGreaterThan(4)
    expect(await stored()).toEqual({ cookies: '', local: {}, session: {}, databases: [], caches: [] })
    expect(await context.cookies()).toEqual([])
  })

  test('blocked storage stops nothing', async () => {
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('blocked', 'SecurityError')
          },
        })
    })
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    site.head = site.head.replace('defer', 'defer data-session="tab"')
    await open('/one')
    await runSeconds(10)
    expect((await sent()).map(({ n, s }) => [n, s.v ?? s.e])).toEqual([
      ['pageview', 1],
      ['engagement', 1],
    ])
    expect(errors).toEqual([])
  })

  test('a blocked collector makes no noise on the page', async () => {
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.route('**/api/event?*', (route) => route.abort())
    await open('/one')
    await page.evaluate(() => window.sundial?.('signup'))
    expect(await sent()).toEqual([])
    expect(errors).toEqual([])
  })

  test('data-session="tab" carries engaged seconds, source and entry page over the tab’s loads, and no identifier', async () => {
    site.head = site.head.replace('defer', 'defer data-session="tab"')
    site.body = `<a href="${site.origin}/two">two</a>`
    await page.goto(`${site.elsewhere}/links`)
    await site.received(1)
    site.forget()
    await page.click('a')
    await site.received(1)
    await runSeconds(6)
    await page.click('a')
    await site.received(3)
    await runSeconds(5)
    await show({ hidden: true })
    await site.received(5)
    await page.reload()
    await site.received(6)
    await runSeconds(5)
    await page.evaluate(() => history.pushState(null, '', '/three'))
    await runSeconds(2)
    await show({ hidden: true })
    const from = `${site.elsewhere}/`
    expect((await sent()).map(({ n, r, s }) => [n, r, s.v ?? 0, s.e ?? 0, s.t])).toEqual([
      ['pageview', from, 1, 0, undefined],
      ['engagement', from, 0, 1, [0, 6]],
      ['pageview', from, 0, 0, undefined],
      // The second load's first report: the tenth second of the session.
      ['engagement', from, 0, 0, [6, 10]],
      ['engagement', from, 0, 0, [10, 11]],
      ['pageview', from, 0, 0, undefined],
      ['pageview', from, 0, 0, undefined],
      ['engagement', from, 0, 0, [11, 13]],
    ])
    const session = { sundial: '13', sundial_r: from, sundial_l: `${site.origin}/two` }
    expect(await stored()).toEqual({ session, local: {}, cookies: '', databases: [], caches: [] })
  })
})

describe('settings', () => {
  test('data-domain and data-api say which site and which collector; by default the host and the script’s origin', async () => {
    site.head = '<script defer src="/js/sundial.js"></script>'
    await open('/one')
    expect((await site.received(1))[0]?.d).toBe('localhost')
    site.head = '<script defer data-domain="example.com" data-api="/other/event" src="/js/sundial.js"></script>'
    await open('/two')
    expect((await site.received(2))[1]).toMatchObject({ d: 'example.com', u: `${site.origin}/two` })
    expect(site.requests.map(({ url }) => url)).toContain('/other/event')
  })

  test('a script of another origin posts back to that origin', async () => {
    site.head = `<script defer data-domain="localhost" src="${site.elsewhere}/js/sundial.js"></script>`
    await open('/one')
    await site.received(1)
    const post = site.requests.find(({ url }) => url === '/api/event')
    expect(post?.headers.host).toBe(new URL(site.elsewhere).host)
    expect(post?.headers['content-type']).toMatch(/^text\/plain/)
  })
})

test('a prerendered page counts when it is shown, not before', async () => {
  // Prerendering is off while a debugger is attached, so this Chromium is driven by its pages alone.
  site.head += `<script type="speculationrules">{"prerender": [{"source": "list", "urls": ["/next"], "eagerness": "immediate"}]}</script>`
  site.body = `<script>
    if (location.pathname === '/first') fetch('/gate').then(() => { location.href = '/next' })
    else if (document.prerendering) window.sundial = window.sundial || function () { (sundial.q = sundial.q || []).push(arguments) }, sundial('seen'), addEventListener('load', () => fetch('/prerendered'))
  </script>`
  const profile = await mkdtemp(join(tmpdir(), 'sundial-profile-'))
  const chromium = spawn(
    await chromiumPath(),
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-blink-features=AutomationControlled',
      `--user-data-dir=${profile}`,
      `${site.origin}/first`,
    ],
    { stdio: 'ignore' },
  )
  try {
    await expect.poll(() => site.requests.map(({ url }) => url), { timeout: 15_000 }).toContain('/prerendered')
    expect(site.requests.find(({ url }) => url === '/next')?.headers['sec-purpose']).toBe('prefetch;prerender')
    expect(site.events).toEqual([pageview('/first', { v: 1 })])
    await site.openGate()
    const events = await site.received(3)
    expect(events.slice(1).map(({ n, u, s }) => [n, new URL(u).pathname, s.v ?? 0])).toEqual([
      ['pageview', '/next', 0],
      ['seen', '/next', 0],
    ])
  } finally {
    const ended = new Promise((resolve) => chromium.once('exit', resolve))
    chromium.kill()
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})

describe('plus', () => {
  beforeEach(() => {
    site.head = site.head.replace('sundial.js', 'sundial.plus.js')
  })
  const custom = async () => (await sent()).filter(({ n }) => n !== 'pageview').map(({ n, p, s }) => [n, p, s.e ?? 0])

  test('counts links to other sites by any button that follows them, without their query', async () => {
    site.body = `<a href="${site.elsewhere}/away?email=a@b.c#x" target="_blank"><i>away</i></a> <a href="mailto:a@b.c">write</a>
      <script>addEventListener('click', (event) => event.preventDefault())</script>`
    await open('/one')
    await page.click('i')
    await page.click('i', { button: 'right' })
    await page.click('a[href^=mailto]')
    await page.evaluate(() =>
      document.querySelector('i')?.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true })),
    )
    expect(await custom()).toEqual([
      ['Outbound Link: Click', { url: `${site.elsewhere}/away` }, 1],
      ['Outbound Link: Click', { url: `${site.elsewhere}/away` }, 0],
    ])
  })

  test('counts downloads, by ending or by the download attribute, as one event each', async () => {
    site.body = `<a id="pdf" href="/files/price.PDF?x=1">prices</a> <a id="marked" download href="/export">export</a> <a id="page" href="#here">here</a>
      <script>addEventListener('click', (event) => event.preventDefault())</script>`
    await open('/one')
    await page.click('#pdf')
    await page.click('#marked')
    await page.click('#page')
    expect(await custom()).toEqual([
      ['File Download', { url: `${site.origin}/files/price.PDF` }, 1],
      ['File Download', { url: `${site.origin}/export` }, 0],
    ])
  })

  test('counts missing pages, by status or by mark, and engages nobody with them', async () => {
    await open('/missing')
    expect(await custom()).toEqual([['404', undefined, 0]])
    site.head = site.head.replace('defer', 'defer data-404')
    await open('/soft')
    expect(await custom()).toEqual([
      ['404', undefined, 0],
      ['404', undefined, 0],
    ])
  })

  test('counts tagged elements when clicked and tagged forms when sent', async () => {
    site.body = `<button data-sundial-event="signup" data-sundial-prop-plan="pro" data-sundial-prop-paid-by="year"><i>go</i></button>
      <form data-sundial-event="search"><input><button id="send">send</button></form>
      <script>addEventListener('submit', (event) => event.preventDefault())</script>`
    await open('/one')
    await page.click('i')
    await page.click('input')
    await page.click('#send')
    expect(await custom()).toEqual([
      ['signup', { plan: 'pro', 'paid-by': 'year' }, 1],
      ['search', {}, 0],
    ])
  })

  test('the core counts none of these', async () => {
    site.head = site.head.replace('sundial.plus.js', 'sundial.js')
    site.body = `<button data-sundial-event="signup">go</button>`
    await open('/missing')
    await page.click('button')
    expect(await custom()).toEqual([])
  })
})
