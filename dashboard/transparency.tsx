// The public pages about a site: what is kept, a preview of what a browser would send, and the record of processing, in
// the language that the browser prefers; the first also as JSON, in English. Mounted by both entries behind page_headers.ts
// and before anything that asks who comes. Everything lies below /transparency/, so that a proxy opens it by one rule;
// sites are never listed.
import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Counts } from '../collector/clickhouse.ts'
import type { Ledger } from '../collector/ledger.ts'
import type { Site, Sites } from '../collector/sites.ts'
import { type Disclosure, disclose } from './disclosure.ts'
import { createGauge } from './gauge.ts'
import { languageAccepted } from './languages/language.ts'
import { WordsContext } from './languages/use_words.ts'
import { OPEN_POLICY } from './page_headers.ts'
import { TransparencyPage } from './pages/transparency.tsx'
import { NothingHere, type PublicFrame, transparencyPath } from './pages/transparency_frame.tsx'
import { PreviewPage } from './pages/transparency_preview.tsx'
import { RecordPage } from './pages/transparency_record.tsx'
import { namesFor } from './preview/names.ts'
import { readKept } from './reports/kept.ts'
import { STYLE } from './style.ts'
import { TRANSPARENCY_STYLE } from './transparency_style.ts'
import { ENGLISH, WORDS, type Words } from './words.ts'

export interface TransparencyDeps {
  sites: Pick<Sites, 'fresh' | 'byDomain' | 'countedAs'>
  counts: Pick<Counts, 'query'>
  ledger: Pick<Ledger, 'entries'>
  /** Milliseconds since the epoch. */
  now: () => number
  /** Told about a page that could not be shown. */
  report: (problem: string, error: unknown) => void
  /** The built script of the preview, which was asked for at this address; undefined when it cannot be had now. */
  previewScript: (address: string) => Promise<string | undefined>
  /** Where these pages are, without basePath: 'https://stats.example.com'. As they were asked for if missing. */
  publicUrl?: string | undefined
  /** Where visitors' browsers reach the collector, where that is elsewhere. */
  collectorUrl?: string | undefined
  /** '' or '/stats': what stands before every path. */
  basePath?: string | undefined
}

/** The preview's script may run and reach nothing: no connection, no form, and no image but the icon within the page. */
const PREVIEW_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const ALL_STYLE = `${STYLE}${TRANSPARENCY_STYLE}`
const VERSION = createHash('sha256').update(ALL_STYLE).digest('hex').slice(0, 10)

export function createTransparency(deps: TransparencyDeps): Hono {
  const { sites, counts, ledger, now, report, basePath = '' } = deps
  const gauge = createGauge({ readKept: (site) => readKept(counts, site), ledger, now, report })
  const frame: PublicFrame = { basePath, version: VERSION }
  const app = new Hono()

  app.get('/transparency/-/style.css', (c) =>
    c.body(ALL_STYLE, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  )
  app.get('/transparency/-/preview.js', async (c) => {
    const script = await deps.previewScript(c.req.url)
    if (script === undefined) return nothingHere(c)
    return c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' })
  })

  app.get('/transparency/:site', async (c) => {
    const name = c.req.param('site')
    const site = await find(name)
    if (site) return page(c, <TransparencyPage frame={frame} disclosure={await disclosureOf(c, site, wordsFor(c))} />)
    if (!name.endsWith('.json')) return elsewhere(c, name)
    const before = name.slice(0, -'.json'.length)
    const asked = await find(before)
    if (!asked) return elsewhere(c, before, '.json')
    return c.json(await disclosureOf(c, asked, ENGLISH))
  })

  app.get('/transparency/:site/preview', async (c) => {
    const site = await find(c.req.param('site'))
    if (!site) return elsewhere(c, c.req.param('site'), '/preview')
    const script = `${deps.collectorUrl ?? originOf(c)}${basePath}/js/sundial.js`
    // Its number would tell how many sites this Sundial has had, its organization which are of one hand.
    const told = { ...site, id: 0, organization: '', goals: [] }
    const settings = { site: told, script, names: namesFor(site, wordsFor(c)) }
    return page(c, <PreviewPage frame={frame} settings={settings} />, 200, PREVIEW_POLICY)
  })

  app.get('/transparency/:site/record', async (c) => {
    const site = await find(c.req.param('site'))
    if (!site) return elsewhere(c, c.req.param('site'), '/record')
    return page(c, <RecordPage frame={frame} disclosure={await disclosureOf(c, site, wordsFor(c))} />)
  })

  app.all('/transparency/*', nothingHere)
  app.all('/transparency', nothingHere)

  app.onError((error, c) => {
    report('a transparency page could not be shown', error)
    return c.text(wordsFor(c).transparency.failure, 503, { 'Retry-After': '60' })
  })

  async function find(domain: string): Promise<Site | undefined> {
    await sites.fresh()
    return sites.byDomain(domain)
  }

  async function disclosureOf(c: Context, site: Site, { declaration }: Words): Promise<Disclosure> {
    const address = `${originOf(c)}${transparencyPath(frame, site.domain)}`
    return disclose(site, { reading: await gauge.read(site), now: now(), address, words: declaration })
  }

  function originOf(c: Context): string {
    return deps.publicUrl ?? new URL(c.req.url).origin
  }

  /** Links with a former domain stand in privacy notices: they lead on, while that domain is a host of the site. */
  function elsewhere(c: Context, host: string, part = '') {
    const site = sites.countedAs(host)
    return site ? c.redirect(transparencyPath(frame, site.domain, part)) : nothingHere(c)
  }

  function nothingHere(c: Context) {
    return page(c, <NothingHere frame={frame} />, 404)
  }

  return app
}

/** The reader's own, though the site has chosen none: these are promises to them. */
function wordsFor(c: Context): Words {
  return WORDS[languageAccepted(c)]
}

function page(c: Context, content: Child, status: 200 | 404 = 200, policy = OPEN_POLICY) {
  const spoken = <WordsContext.Provider value={wordsFor(c)}>{content}</WordsContext.Provider>
  return c.html(`<!doctype html>${spoken}`, status, { 'Content-Security-Policy': policy })
}
