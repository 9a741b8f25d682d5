// The dashboard: server-rendered pages over the reports, every state in the URL, no script. Mounted by the entries
// behind page_headers.ts, beside the collector (Node) or behind a guard (the dashboard Worker).
import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Calendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import type { Site, Sites } from '../collector/sites.ts'
import { isBelowApi } from './own_host.ts'
import { BreakdownPage, lastPage, ROWS_PER_PAGE } from './pages/breakdown.tsx'
import { DroppedPage } from './pages/dropped.tsx'
import { EmptyPage } from './pages/empty.tsx'
import { FAVICON, type Frame } from './pages/layout.tsx'
import { ProblemPage } from './pages/problem.tsx'
import type { ScriptAddress } from './pages/script_tag.tsx'
import { SitePage } from './pages/site.tsx'
import { readPeriod } from './period.ts'
import { readDropped } from './reports/dropped.ts'
import { isDimension, readFilter } from './reports/filter.ts'
import { readReport } from './reports/report.ts'
import { STYLE } from './style.ts'
import { isRanked, readView, type View } from './view.ts'

export interface DashboardDeps {
  sites: Pick<Sites, 'fresh' | 'all' | 'byDomain'>
  counts: Pick<Counts, 'query'>
  calendar: Calendar
  /** Milliseconds since the epoch. */
  now: () => number
  /** Told about a page that could not be shown. */
  report: (problem: string, error: unknown) => void
  /** Where visitors' browsers reach the collector, without basePath: 'https://stats.example.com'. Guessed if missing. */
  publicUrl?: string | undefined
  /** The site whose pages the demo is, if there is one. */
  demo?: { domain: string; path: string } | undefined
  /** '' or '/stats': what stands before every path. */
  basePath?: string | undefined
}

/** No script at all, styles from here only: what a value brings along can at worst be read. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const ROWS_PER_PANEL = 9
const VERSION = createHash('sha256').update(STYLE).digest('hex').slice(0, 10)

export function createDashboard(deps: DashboardDeps): Hono {
  const basePath = deps.basePath ?? ''
  const app = new Hono()

  app.get('/', async (c) => {
    const asked = await readRequest(c)
    if ('answer' in asked) return asked.answer
    const { view, frame, hourNow, script } = asked
    const { site, period, filter } = view
    const { totals, breakdowns } = await readReport(deps.counts, site, {
      ...period,
      filter,
      upToHour: period.running ? hourNow : undefined,
      breakdown: { dimensions: [...view.tabs.values()], limit: ROWS_PER_PANEL },
    })
    if (totals.firstDay === undefined) {
      const demoUrl = deps.demo?.domain === site.domain ? `${basePath}${deps.demo.path}` : undefined
      const droppedUrl = view.link({ filter: undefined }, '/dropped')
      return page(c, <EmptyPage {...{ frame, site, script, demoUrl, droppedUrl }} />)
    }
    return page(
      c,
      <SitePage frame={frame} view={view} totals={totals} breakdowns={breakdowns} hourNow={hourNow} script={script} />,
    )
  })

  app.get('/breakdown', async (c) => {
    const asked = await readRequest(c)
    if ('answer' in asked) return asked.answer
    const { view, frame } = asked
    const { site, period, filter } = view
    const dimension = c.req.query('dimension') ?? ''
    if (!isDimension(dimension) || !isRanked(site, dimension)) {
      return problem(c, 400, 'No such dimension', 'This site counts nothing of that name.')
    }
    const number = Math.min(Math.max(Math.trunc(Number(c.req.query('page'))) || 1, 1), 10_000)
    const { totals, breakdowns } = await readReport(deps.counts, site, {
      range: period.range,
      granularity: period.granularity,
      filter,
      engagedTime: false,
      breakdown: {
        dimensions: [dimension],
        engagedTime: true,
        limit: ROWS_PER_PAGE,
        offset: (number - 1) * ROWS_PER_PAGE,
      },
    })
    const breakdown = breakdowns.get(dimension)
    const last = breakdown ? lastPage(breakdown) : 1
    if (number > last) return c.redirect(view.link({ dimension, page: String(last) }, '/breakdown'))
    return page(
      c,
      <BreakdownPage
        frame={frame}
        view={view}
        dimension={dimension}
        totals={totals}
        breakdown={breakdown}
        page={number}
      />,
    )
  })

  app.get('/dropped', async (c) => {
    const asked = await readRequest(c)
    if ('answer' in asked) return asked.answer
    const { view, frame } = asked
    const dropped = await readDropped(deps.counts, view.site, view.period.range)
    return page(c, <DroppedPage frame={frame} view={view} dropped={dropped} />)
  })

  app.get('/dashboard.css', (c) =>
    c.body(STYLE, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  )
  app.get('/favicon.svg', (c) =>
    c.body(FAVICON, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
  )

  // Not app.notFound: a mounted app's is never asked.
  app.all('*', (c) => {
    if (c.req.path === basePath) return c.redirect(`${basePath}/`)
    if (isBelowApi(c.req.path, basePath)) return c.json({ error: 'There is no such address.' }, 404)
    return problem(c, 404, 'No such page', 'There is nothing at this address.')
  })

  app.onError((error, c) => {
    deps.report('a dashboard page could not be shown', error)
    return problem(c, 503, 'This page could not be made', 'Try again in a minute.')
  })

  interface Asked {
    view: View
    frame: Frame
    hourNow: number
    script: ScriptAddress
  }

  async function readRequest(c: Context): Promise<Asked | { answer: Response | Promise<Response> }> {
    await deps.sites.fresh()
    const query = c.req.query()
    const site = query.site ? deps.sites.byDomain(query.site) : firstSite()
    if (!site) return { answer: noSite(c, query.site) }
    const now = deps.calendar.localHour(site.timezone, deps.now())
    const period = readPeriod(query, now.day)
    if ('invalid' in period) return { answer: problem(c, 400, 'That period makes no sense', period.invalid, site) }
    const filter = readFilter(query.filter, site)
    if (filter && 'invalid' in filter) {
      return { answer: problem(c, 400, 'That filter makes no sense', filter.invalid, site) }
    }
    const origin = deps.publicUrl ?? new URL(c.req.url).origin
    return {
      view: readView(query, { site, period, filter, basePath }),
      frame: frame(),
      hourNow: now.hour,
      script: { url: `${origin}${basePath}/js/sundial.js`, guessed: deps.publicUrl === undefined },
    }
  }

  function noSite(c: Context, domain: string | undefined): Response | Promise<Response> {
    if (deps.sites.all().length > 0) {
      return problem(c, 404, 'No such site', `${domain} is no site of this Sundial.`)
    }
    return problem(c, 404, 'No site yet', 'Add one with: npm run sundial -- site add example.com')
  }

  /** The oldest one: a site that was added later does not change what '/' shows. */
  function firstSite(): Site | undefined {
    return deps.sites.all().toSorted((one, other) => one.id - other.id)[0]
  }

  function frame(): Frame {
    return { basePath, styleVersion: VERSION, sites: deps.sites.all() }
  }

  function problem(c: Context, status: 400 | 404 | 503, title: string, sentence: string, site?: Site) {
    const href = `${basePath}/${site ? `?${new URLSearchParams({ site: site.domain })}` : ''}`
    const next = { title: site ? `Open ${site.domain}` : 'Open the dashboard', href }
    return page(c, <ProblemPage frame={frame()} title={title} sentence={sentence} next={next} />, status)
  }

  return app
}

function page(c: Context, content: Child, status: 200 | 400 | 404 | 503 = 200) {
  return c.html(`<!doctype html>${content}`, status, { 'Content-Security-Policy': PAGE_POLICY })
}
