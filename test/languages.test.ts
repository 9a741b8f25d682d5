// Every page in every language, in Chromium: its words come from the catalogue of the language that the browser asks for,
// none was left behind in the page, and the longer ones fit where a window is narrow.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { ROUTES } from '../dashboard/access.ts'
import { LANGUAGES, type Language } from '../dashboard/languages/language.ts'
import { bringCookies, launchChromium } from './chromium.ts'
import {
  NOT_PAGES,
  PAGES,
  type PlantedServer,
  SETUP_PAGE,
  startPlantedServer,
  WHO,
  type Who,
} from './planted_server.ts'

type Tabs = ReadonlyMap<Language, Page>

let planted: PlantedServer
let browser: Browser
const tabs = new Map<Who, Tabs>()
let seenAtSetup: unknown

beforeAll(async () => {
  browser = await launchChromium()
  planted = await startPlantedServer({
    async beforeOwner(setupPage) {
      const nobodys = await openTabs(setupPage)
      seenAtSetup = await look(nobodys, async (tab) => (await tab.goto(setupPage))?.status())
    },
  })
  for (const who of WHO) tabs.set(who, await openTabs(planted.address, planted.cookies[who]))
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await planted?.stop()
})

async function openTabs(address: string, cookie = ''): Promise<Tabs> {
  const opened = LANGUAGES.map(async (language) => {
    const context = await openContext(language)
    await bringCookies(context, address, cookie)
    return [language, await context.newPage()] as const
  })
  return new Map(await Promise.all(opened))
}

/** A narrow window: where words are too long it shows. */
function openContext(locale: Language): Promise<BrowserContext> {
  return browser.newContext({ locale, viewport: { width: 390, height: 900 } })
}

/** The API is for programs, and documented in English. */
const ENGLISH_ONLY = ['/api/docs']

test('the page of the set-up link has all of its words in each language', () => {
  expect(seenAtSetup).toEqual(faultless(200))
})

test.each(PAGES.filter(({ address }) => !ENGLISH_ONLY.includes(address)))(
  '$address has all of its words in each language, with $status for $who',
  async ({ who, address, status }) => {
    expect(await look(tabs.get(who), (tab) => planted.visit(tab, address))).toEqual(faultless(status))
  },
)

test('no page is forgotten: whatever answers a GET is looked at, or is no page', () => {
  const looked = PAGES.filter(({ status }) => status === 200).map(({ address }) => address)
  const known = [...looked, SETUP_PAGE, ...NOT_PAGES.map(([address]) => address)]
  const routes = Object.keys(ROUTES).filter((route) => route.startsWith('GET '))
  expect(routes.filter((route) => !known.some((address) => isAt(route, address)))).toEqual([])
})

test.each(NOT_PAGES)('%s is no page but %s', async (address, type) => {
  const answer = await planted.owner.get(planted.pathOf(address))
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)])
})

/** Whether 'GET /share/:token' is where '/share/<share>?period=today' leads. */
function isAt(route: string, address: string): boolean {
  const parts = route.slice('GET '.length).split('/')
  const [path = ''] = address.split('?')
  const given = path.split('/')
  return (
    parts.length === given.length &&
    parts.every((part, n) => part === given[n] || (part.startsWith(':') && given[n] !== ''))
  )
}

const faultless = (status: number) => ({
  statuses: LANGUAGES.map(() => status),
  languages: [...LANGUAGES],
  sameInAll: [],
  tooWide: [],
})

async function look(tabs: Tabs | undefined, visit: (tab: Page) => Promise<number | undefined>) {
  const statuses: (number | undefined)[] = []
  const seen = new Map<Language, Seen>()
  for (const [language, tab] of tabs ?? []) {
    statuses.push(await visit(tab))
    seen.set(language, seenPage.parse(await tab.evaluate(SEE)))
  }
  const [first, ...others] = [...seen.values()].map(({ texts }) => new Set(texts))
  return {
    statuses,
    languages: [...seen.values()].map(({ language }) => language),
    sameInAll: [...(first ?? [])].filter((text) => others.every((other) => other.has(text)) && !isData(text)),
    tooWide: [...seen].filter(([, { overflow }]) => overflow > 0).map(([language]) => language),
  }
}

/** What the fixture's people and visitors have brought, and what is called the same everywhere. */
function isData(text: string): boolean {
  const rest = text.replace(ADDRESSES, ' ').replace(NAMES, ' ')
  return !/\p{L}{2}/u.test(rest)
}

/** Domains, mail addresses, paths, hosts and all that stands for a place on the web. */
const ADDRESSES = /\S*(?:[\w-]+\.[a-z]+|\/|@|localhost)\S*/g
const NAMES =
  /\b(?:Sundial|Ann|Bob|Example|The past|signup|localhost|The board|A report|A campaign|UTC|CSV|JSON|zip|English|Deutsch|Français|Standard|CNIL|Webhooks)\b/g

interface Seen extends z.infer<typeof seenPage> {}
const seenPage = z.object({ language: z.string(), texts: z.array(z.string()), overflow: z.number() })

/** Texts and what is said to who listens; not what is code, or typed into a field. */
const SEE = `(() => {
  const texts = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest('script, style, code, pre, kbd, textarea, [translate=no]')) texts.push(node.data)
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const one of document.querySelectorAll('[' + name + ']')) texts.push(one.getAttribute(name))
  return {
    language: document.documentElement.lang,
    texts: texts.map((text) => text.trim().replace(/\\s+/g, ' ')).filter((text) => text !== ''),
    overflow: document.documentElement.scrollWidth - innerWidth,
  }
})()`
