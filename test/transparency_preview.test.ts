// The preview in a real Chromium, beside the demo's pages with the real tracker: the same bytes, and nothing leaves.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { STAND_INS } from '../dashboard/preview/stand_ins.ts'
import { PREVIEW_SCRIPT, PUBLIC } from '../dashboard/scripts.ts'
import { WORDS } from '../dashboard/words.ts'
import { launchChromium } from './chromium.ts'
import { type DataDir, makeDataDir, type RunningServer } from './server.ts'

declare global {
  interface Window {
    runSeconds(count: number): void
  }
}

let data: DataDir
let server: RunningServer
let browser: Browser
let context: BrowserContext
let page: Page
/** What the browser asked for: method and address. */
let requests: string[]

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  data.remove()
})
afterEach(() => context.close())

async function open(options: BrowserContextOptions = {}): Promise<void> {
  requests = []
  context = await browser.newContext(options)
  context.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  if (options.javaScriptEnabled !== false) await context.addInitScript(stage)
  page = await context.newPage()
}

/** The clock by hand, and a brand that does not say that it is headless. */
function stage() {
  const clocks = new Map<unknown, () => void>()
  window.setInterval = ((run: () => void) => clocks.set(clocks.size + 1, run).size) as typeof setInterval
  window.clearInterval = (clock) => {
    clocks.set(clock, () => {})
  }
  window.runSeconds = (count) => {
    for (let second = 0; second < count; second++) for (const run of clocks.values()) run()
  }
  Object.defineProperty(navigator, 'userAgentData', { value: { brands: [{ brand: 'Chromium', version: '153' }] } })
}

const previewPage = () => `${server.address}/transparency/localhost/preview`
const bodies = () => page.locator('.messages pre').allTextContents()

const shown = async () => (await page.locator('#preview > :last-child').textContent()) ?? ''

/** With plain spaces for those that do not break. */
const spaced = (text: string | null) => text?.replace(/\s/g, ' ')

/** Imagines a page and where the visitor came from. */
async function imagine(address: string, referrer: string): Promise<void> {
  await page.goto(previewPage())
  await page.fill('input[name=page]', address)
  await page.fill('input[name=referrer]', referrer)
  await page.click('button')
  await page.waitForSelector('.messages pre')
}

describe('the preview', () => {
  test('shows the very bytes that the tracker posts, on opening a page and after ten seconds on it', async () => {
    await open({ extraHTTPHeaders: { 'sec-ch-ua': '"Chromium";v="153"' } })
    const address = `${server.address}/demo?utm_source=letter&x=1#part`
    const posted: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(request.postData() ?? '')
    })
    await page.goto(address, { referer: 'https://www.google.com/' })
    await expect.poll(() => posted.length).toBe(1)
    await page.evaluate(() => window.runSeconds(10))
    await expect.poll(() => posted.length).toBe(2)
    await context.close()

    await open()
    await imagine(address, 'https://www.google.com/')
    await page.evaluate(() => window.runSeconds(10))
    await expect.poll(async () => (await bodies()).length).toBe(2)
    expect(await bodies()).toEqual(posted)
    expect(posted[0]).toContain('"n":"pageview"')
    expect(posted[1]).toContain('"e":1')
  })

  test('sends nothing at all', async () => {
    await open()
    const refused: string[] = []
    page.on('console', (line) => refused.push(line.text()))
    await imagine('http://localhost/pricing', '')
    await page.evaluate(() => window.runSeconds(30))
    await page.click('h1')
    const loaded = [
      previewPage(),
      `${server.address}/transparency/-/style.css`,
      `${server.address}/transparency/-/preview.js`,
    ]
    expect(requests.map((request) => request.replace(/\?.*/, '')).toSorted()).toEqual(
      loaded.map((address) => `GET ${address}`).toSorted(),
    )
    // Nor does it try, in a console that visitors may have open.
    expect(refused).toEqual([])
    const blocked = await page.evaluate(() => fetch('/api/event', { method: 'POST', body: '{}' }).then(String, String))
    expect(blocked).toContain('TypeError')
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0])
  })

  test('names the counters that the message would increment', async () => {
    await open()
    await imagine('http://localhost/users/1234567?utm_campaign=spring', 'https://www.google.com/search?q=secret')
    const told = await shown()
    expect(told).toMatch(/Visits of \d{4}-\d\d-\d\d, and of its hour from \d\d:00 on/)
    for (const counter of [
      'Page: /users/:id',
      'Entry page: /users/:id',
      'Source: Google',
      'Channel: Search',
      'Campaign: spring',
    ])
      expect(told).toContain(counter)
    expect(told).toContain('Country: that of your address, which only the collector sees')
    expect(told).toContain('in whole fives, once it came 10 times in a month')
  })

  test('says why a message would not be counted', async () => {
    await open()
    await imagine('https://elsewhere.example/', '')
    const told = await shown()
    expect(told).toContain('It would not be counted: the page’s host is not one of the site’s hosts.')
    expect(told).toContain('Reason for not counting: foreign_host')
  })

  test('shows a hostile address as text', async () => {
    await open()
    await imagine('http://localhost/<img src=x onerror=alert(1)>?utm_source=<script>alert(1)</script>', '')
    expect(await page.locator('#preview img, #preview script').count()).toBe(0)
  })

  test('says that nothing would be sent where the visitor objects', async () => {
    await open()
    await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
    await page.goto(previewPage())
    await page.waitForSelector('.messages h2')
    expect(await shown()).toContain('Your browser would send nothing')
    expect(await bodies()).toEqual([])
  })

  test.each([
    [
      'de-DE',
      [
        ...['Stellen Sie sich vor, Sie öffnen', 'Header, die mitgehen', 'Wenn die Seite sich öffnet'],
        ...['Seite: /users/:id', 'Einstiegsseite: /users/:id', 'Quelle: Google', 'Kampagne: spring'],
        ...['in ganzen Fünfern, sobald es in einem Monat 10-mal kam', 'Land: das Ihrer Adresse'],
      ],
      'Diese Nachricht würde nicht gezählt: Der Host der Seite ist keiner der Hosts der Website.',
    ],
    [
      'fr-FR',
      [
        ...['Imaginez que vous ouvrez', 'Les en-têtes qui l’accompagnent', 'Quand la page s’ouvre'],
        ...['Page : /users/:id', 'Page d’entrée : /users/:id', 'Source : Google', 'Campagne : spring'],
        ...['par groupes entiers de cinq, après 10 fois dans le mois', 'Pays : celui de votre adresse'],
      ],
      'Ce message ne serait pas compté : l’hôte de la page n’est pas un des hôtes du site.',
    ],
  ])('speaks the language of its page: %s', async (locale, sentences, dropped) => {
    await open({ locale })
    await imagine('http://localhost/users/1234567?utm_campaign=spring', 'https://www.google.com/search?q=secret')
    const told = spaced(await page.locator('main').textContent())
    for (const sentence of sentences) expect(told).toContain(sentence)
    for (const english of Object.values(WORDS.en.preview))
      if (typeof english === 'string' && english.includes(' ')) expect(told).not.toContain(english)
    await imagine('https://elsewhere.example/', '')
    expect(spaced(await shown())).toContain(dropped)
    expect((await bodies())[0]).toContain('"n":"pageview"')
  })

  test('carries its own messages in every language, and none of the page’s', () => {
    const script = readFileSync(PREVIEW_SCRIPT, 'utf8')
    const text = script.replace(/\\(?:u(....)|x(..))/g, (_, long: string | undefined, short: string) =>
      String.fromCharCode(Number.parseInt(long ?? short, 16)),
    )
    const carries = (message: string) => text.includes(message)
    expect(Object.values(WORDS).map(({ preview }) => carries(preview.silent))).toEqual([true, true, true])
    const others = Object.values(WORDS).flatMap(({ transparency, general }) => [
      transparency.preview.heading,
      general.bounce,
    ])
    expect(others.filter(carries)).toEqual([])
    expect(gzipSync(script).length).toBeLessThan(41_000)
  })

  test('says without JavaScript what it needs', async () => {
    await open({ javaScriptEnabled: false })
    await page.goto(previewPage())
    expect(await page.locator('main').textContent()).toContain('This page needs JavaScript')
  })
})

test('the tracker reaches out of itself by nothing but what the preview stands in for', () => {
  const tracker = readFileSync(path.join(PUBLIC, 'js/sundial.js'), 'utf8')
  const missing = new Set<string>()
  const asked: unknown[] = []
  // A world without a browser: whatever else the tracker asks for is looked up here.
  const world = new Proxy<Record<string, unknown>>(
    { URL, JSON },
    {
      get(known, name) {
        if (typeof name === 'string' && !(name in known)) missing.add(name)
        return Reflect.get(known, name)
      },
    },
  )
  const standIns = {
    document: {
      currentScript: { dataset: {}, src: 'https://stats.example/js/sundial.js' },
      referrer: '',
      hasFocus: () => true,
    },
    location: new URL('https://example.com/'),
    window: {},
    navigator: {},
    performance: { navigation: { type: 0 } },
    localStorage: {},
    sessionStorage: {},
    navigation: { activation: {} },
    fetch: (...request: unknown[]) => {
      asked.push(request)
      return Promise.resolve()
    },
    addEventListener: () => {},
    setInterval: () => {},
  }
  expect(Object.keys(standIns).toSorted()).toEqual(STAND_INS.toSorted())
  const run: unknown = runInContext(`(function ({ ${STAND_INS.join(', ')} }) { ${tracker} })`, createContext(world))
  if (typeof run !== 'function') throw new Error('the tracker is no code')
  run(standIns)
  expect(asked).toHaveLength(1)
  expect([...missing]).toEqual([])
})

describe('on screen and on paper', () => {
  test.each([
    [390, 'en-GB'],
    [1280, 'en-GB'],
    [390, 'de-DE'],
    [390, 'fr-FR'],
  ])('no page is wider than a screen of %i, in %s', async (width, locale) => {
    await open({ viewport: { width, height: 800 }, locale })
    for (const address of ['', '/preview', '/record']) {
      await page.goto(`${server.address}/transparency/localhost${address}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })

  test('paper has no navigation, black on white, and empty fields with a border to write in', async () => {
    await open({ colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    await page.goto(`${server.address}/transparency/localhost`)
    expect(await page.locator('nav:visible').count()).toBe(0)
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body)
      return [color, backgroundColor]
    })
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
    await page.goto(`${server.address}/transparency/localhost/record`)
    const field = page.locator('.to-fill').first()
    expect(await field.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('solid')
  })
})
