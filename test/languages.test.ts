// Every page in every language, in Chromium: its words come from the catalogue of the language that the browser asks for,
// none was left behind in the page, and the longer ones fit where a window is narrow.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { LANGUAGES, type Language } from '../dashboard/languages/language.ts'
import { bringCookies, launchChromium } from './chromium.ts'
import {
  PAGES_OF_ANYBODY,
  PAGES_OF_OWNER,
  PAGES_REFUSED,
  type PlantedServer,
  startPlantedServer,
} from './planted_server.ts'

let planted: PlantedServer
let browser: Browser
const ownersTabs = new Map<Language, Page>()
const nobodysTabs = new Map<Language, Page>()

beforeAll(async () => {
  planted = await startPlantedServer()
  browser = await launchChromium()
  for (const language of LANGUAGES) {
    nobodysTabs.set(language, await (await openContext(language)).newPage())
    ownersTabs.set(language, await (await openContext(language, planted.owner.cookie)).newPage())
  }
})
afterAll(async () => {
  await browser?.close()
  await planted?.stop()
})

/** A narrow window: where words are too long it shows. */
async function openContext(locale: Language, cookie = ''): Promise<BrowserContext> {
  const context = await browser.newContext({ locale, viewport: { width: 390, height: 900 } })
  await bringCookies(context, planted.address, cookie)
  return context
}

/** The API is for programs, and documented in English. */
const ENGLISH_ONLY = ['/api/docs']

test.each([...PAGES_OF_OWNER, ...PAGES_REFUSED.map(([address]) => address)])(
  '%s has all of its words in each language, for the owner',
  async (address) => {
    expect(await look(ownersTabs, address)).toEqual(FAULTLESS)
  },
)

test.each(PAGES_OF_ANYBODY.filter((address) => !ENGLISH_ONLY.includes(address)))(
  '%s has all of its words in each language, for who has not signed in',
  async (address) => {
    expect(await look(nobodysTabs, address)).toEqual(FAULTLESS)
  },
)

const FAULTLESS = { languages: [...LANGUAGES], sameInAll: [], tooWide: [] }

async function look(tabs: ReadonlyMap<Language, Page>, address: string) {
  const seen = new Map<Language, Seen>()
  for (const [language, tab] of tabs) {
    await tab.goto(`${planted.address}${planted.pathOf(address)}`)
    seen.set(language, seenPage.parse(await tab.evaluate(SEE)))
  }
  const [first, ...others] = [...seen.values()].map(({ texts }) => new Set(texts))
  return {
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
  /\b(?:Sundial|Ann|Example|signup|localhost|The board|A report|A campaign|UTC|CSV|JSON|zip|English|Deutsch|Français|Standard|CNIL|Webhooks)\b/g

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
