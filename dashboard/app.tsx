// The dashboard: server-rendered pages over the reports, every state in the URL, whole without a script. Mounted among the
// pages of dashboard.ts, behind the door that says who reads which site.
import { type Context, Hono } from 'hono'
import { addDays, type Calendar, daysBetween } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { may } from './access.ts'
import { isBelowApi } from './api/refusal.ts'
import type { ReadClientScript } from './client_script.ts'
import { csvName } from './csv.ts'
import type { Door, ReaderGuest } from './door.tsx'
import { streamOf, zipOf } from './download.ts'
import { BreakdownPage, lastPage, ROWS_PER_PAGE } from './pages/breakdown.tsx'
import { DroppedPage } from './pages/dropped.tsx'
import { EmptyPage } from './pages/empty.tsx'
import { FivesPage } from './pages/fives.tsx'
import { FAVICON, type Frame } from './pages/layout.tsx'
import type { ScriptAddress } from './pages/script_tag.tsx'
import { SearchPage } from './pages/search.tsx'
import { ShortcutsPage } from './pages/shortcuts_page.tsx'
import { SitePage } from './pages/site.tsx'
import { csvOfGoals, csvOfIntervals, csvOfValues, csvOfWeek } from './panel_csv.ts'
import { ROWS_PER_PANEL } from './panels/ranking.tsx'
import { hasWeek } from './panels/week.tsx'
import type { Notes } from './people/notes.ts'
import { readPeriod } from './period.ts'
import { readDropped } from './reports/dropped.ts'
import { isDimension, readFilter } from './reports/filter.ts'
import { readFirstDay } from './reports/first_day.ts'
import { sightOf } from './reports/horizon.ts'
import { readReport } from './reports/report.ts'
import { STYLE } from './style.ts'
import { readSearch, readSort } from './values_query.ts'
import { isRanked, rankedOf, readView, type View } from './view.ts'
import { dimensionsExported, ROWS_EXPORTED, viewAsFiles, viewAsJson } from './view_export.ts'

export interface DashboardDeps {
  door: Door
  counts: Pick<Counts, 'query'>
  calendar: Calendar
  /** Milliseconds since the epoch. */
  now: () => number
  /** Where visitors' browsers reach the collector, without basePath: 'https://stats.example.com'. Guessed if missing. */
  publicUrl?: string | undefined
  /** The site whose pages the demo is, if there is one. */
  demo?: { domain: string; path: string } | undefined
  /** What pages do more where scripts run. */
  clientScript?: ReadClientScript | undefined
  /** What insiders noted of days. */
  notes?: Pick<Notes, 'ofSite'> | undefined
  /** '' or '/stats': what stands before every path. */
  basePath?: string | undefined
}

/** All named values there can be of a dimension, and more. */
const ALL_ROWS = 1_000_000

export function createDashboard(deps: DashboardDeps): Hono {
  const { door, basePath = '' } = deps
  const app = new Hono()

  door.on(app, 'GET /', overview)
  door.on(app, 'GET /share/:token', overview)
  door.on(app, 'GET /breakdown', allValues)
  door.on(app, 'GET /share/:token/breakdown', allValues)
  door.on(app, 'GET /breakdown.csv', valuesAsCsv)
  door.on(app, 'GET /share/:token/breakdown.csv', valuesAsCsv)
  door.on(app, 'GET /export.zip', viewAsZip)
  door.on(app, 'GET /share/:token/export.zip', viewAsZip)
  door.on(app, 'GET /export.json', viewInJson)
  door.on(app, 'GET /share/:token/export.json', viewInJson)
  door.on(app, 'GET /search', found)
  door.on(app, 'GET /share/:token/search', found)
  door.on(app, 'GET /fives', explained)
  door.on(app, 'GET /share/:token/fives', explained)
  door.on(app, 'GET /dropped', notCounted)
  door.on(app, 'GET /share/:token/dropped', notCounted)

  async function overview(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const { view, frame, hourNow, script } = asked
    const { site, period } = view
    const report = await readReport(deps.counts, site, {
      ...questionOf(asked),
      breakdown: { dimensions: [...view.tabs.values()], limit: ROWS_PER_PANEL, whole: 'country' },
    })
    // To an outsider a first day is not empty, only not over.
    if (report.totals.firstDay === undefined && !view.horizon) {
      const demoUrl = deps.demo?.domain === site.domain ? `${basePath}${deps.demo.path}` : undefined
      const droppedUrl = view.link({ filter: undefined }, '/dropped')
      return door.page(c, <EmptyPage {...{ frame, site, script, demoUrl, droppedUrl }} />)
    }
    const notes = guest.insider ? await deps.notes?.ofSite(site.id, period.range) : undefined
    const mayAnnotate = guest.membership !== undefined && may(guest.membership.role, 'annotate')
    return door.page(c, <SitePage {...{ frame, view, report, hourNow, script, mayAnnotate }} notes={notes} />)
  }

  async function allValues(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const { view, frame } = asked
    const { site, period, filter } = view
    const dimension = c.req.query('dimension') ?? ''
    if (!isDimension(dimension) || !isRanked(site, dimension)) {
      return invalid(c, guest, door.words(c).numbers.noDimension)
    }
    const number = Math.min(Math.max(Math.trunc(Number(c.req.query('page'))) || 1, 1), 10_000)
    const search = readSearch(c.req.query('search'), door.words(c))
    const sort = readSort(c.req.query('sort'), site, dimension, door.words(c))
    const { totals, base, breakdowns } = await readReport(deps.counts, site, {
      ...period,
      filter,
      horizon: view.horizon,
      engagedTime: false,
      breakdown: {
        dimensions: [dimension],
        engagedTime: true,
        ...{ search, sort },
        limit: ROWS_PER_PAGE,
        offset: (number - 1) * ROWS_PER_PAGE,
      },
    })
    const breakdown = breakdowns.get(dimension)
    const last = breakdown ? lastPage(breakdown) : 1
    if (number > last) {
      const changes = { dimension, page: String(last), search: search?.text, sort: c.req.query('sort') }
      return c.redirect(view.link(changes, '/breakdown'))
    }
    return door.page(
      c,
      <BreakdownPage
        {...{ frame, view, dimension, totals, base, breakdown, sort }}
        search={search?.text ?? ''}
        page={number}
      />,
    )
  }

  /** What a panel shows, and all of it: the values of a dimension, its intervals, the week or the goals. */
  async function valuesAsCsv(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const { view, hourNow } = asked
    const { site, period, filter, horizon } = view
    const panel = c.req.query('panel')
    const dimension = c.req.query('dimension') ?? ''
    const isTimed = dimension === 'session_interval' || dimension === 'page_interval'
    if (panel === 'week' || panel === 'goals') {
      const week = panel === 'week' ? weekOf(view, hourNow) : undefined
      const report = await readReport(deps.counts, site, {
        ...{ ...period, filter, horizon, goals: panel === 'goals', weekUntil: week },
      })
      return csv(c, view, panel, panel === 'week' ? csvOfWeek(report) : csvOfGoals(site, report))
    }
    if (!isDimension(dimension) || !(isRanked(site, dimension) || isTimed)) {
      return invalid(c, guest, door.words(c).numbers.noDimension)
    }
    const report = await readReport(deps.counts, site, {
      ...{ ...period, filter, horizon },
      breakdown: {
        dimensions: [dimension],
        engagedTime: !isTimed,
        search: readSearch(c.req.query('search'), door.words(c)),
        sort: readSort(c.req.query('sort'), site, dimension, door.words(c)),
        limit: ALL_ROWS,
      },
    })
    return csv(c, view, dimension, isTimed ? csvOfIntervals(dimension, report) : csvOfValues(site, dimension, report))
  }

  function csv(c: Context, { site, period }: View, what: string, body: string) {
    const name = csvName(site.domain, what, period.range.from, addDays(period.range.to, -1))
    return c.body(body, 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${name}"`,
    })
  }

  /** All of the page, and what stands behind its other tabs. */
  async function viewAsZip(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const report = await readAll(asked)
    return c.body(streamOf(zipOf(viewAsFiles(asked.view, report))), 200, attached(asked.view, 'zip', 'application/zip'))
  }

  async function viewInJson(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const report = await readAll(asked)
    return c.body(viewAsJson(asked.view, report), 200, attached(asked.view, 'json', 'application/json'))
  }

  function readAll(asked: Asked) {
    const { site } = asked.view
    return readReport(deps.counts, site, {
      ...questionOf(asked),
      breakdown: { dimensions: dimensionsExported(site), limit: ROWS_EXPORTED },
    })
  }

  function attached({ site, period }: View, format: 'zip' | 'json', type: string) {
    const name = csvName(site.domain, period.range.from, addDays(period.range.to, -1)).replace(/csv$/, format)
    return { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` }
  }

  async function found(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const { frame } = asked
    // A value that is found takes the place of any filter, so it is looked for without.
    const view: View = {
      ...asked.view,
      filter: undefined,
      link: (changes, path) => asked.view.link({ filter: undefined, ...changes }, path),
    }
    const { site, period, horizon } = view
    const search = readSearch(c.req.query('q'), door.words(c))
    const report = await readReport(deps.counts, site, {
      ...{ ...period, horizon },
      engagedTime: false,
      breakdown: { dimensions: search ? rankedOf(site) : [], search, limit: ROWS_PER_PANEL },
    })
    return door.page(c, <SearchPage frame={frame} view={view} text={search?.text ?? ''} report={report} />)
  }

  async function explained(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    return door.page(c, <FivesPage frame={asked.frame} view={asked.view} />)
  }

  async function notCounted(c: Context, guest: ReaderGuest) {
    const asked = await readRequest(c, guest)
    if ('answer' in asked) return asked.answer
    const { view, frame } = asked
    const { site, period, horizon } = view
    const dropped = await readDropped(deps.counts, site, { range: period.range, horizon })
    return door.page(c, <DroppedPage frame={frame} view={view} dropped={dropped} />)
  }

  door.on(app, 'GET /dashboard.css', (c) =>
    c.body(STYLE, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  )
  door.on(app, 'GET /dashboard.js', async (c) => {
    const script = await deps.clientScript?.()
    if (!script) return c.body(null, 404)
    return c.body(script.body, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
  })
  door.on(app, 'GET /shortcuts', (c, { frame }) => door.page(c, <ShortcutsPage frame={frame} />))
  door.on(app, 'GET /favicon.svg', (c) =>
    c.body(FAVICON, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
  )

  // Not app.notFound: a mounted app's is never asked.
  app.all('*', async (c) => {
    if (c.req.path === basePath) return c.redirect(`${basePath}/`)
    if (isBelowApi(c.req.path, basePath)) return c.json({ error: 'There is no such address.' }, 404)
    const guest = await door.guest(c)
    return door.problem(c, guest, { status: 404, ...door.words(c).frame.noSuchPage })
  })

  app.onError((error, c) => door.failure(c, error))

  interface Asked {
    view: View
    frame: Frame
    hourNow: number
    script: ScriptAddress
  }

  /** What a page as a whole asks, but for its values. */
  function questionOf({ view, hourNow }: Asked) {
    const { site, period, filter, horizon } = view
    return {
      ...{ ...period, filter, horizon },
      upToHour: period.running ? hourNow : undefined,
      goals: site.goals.length > 0,
      weekUntil: weekOf(view, hourNow),
    }
  }

  function weekOf({ period }: View, hour: number) {
    const { range, today: day } = period
    return hasWeek(daysBetween(range.from, range.to)) ? { day, hour } : undefined
  }

  async function readRequest(c: Context, guest: ReaderGuest): Promise<Asked | { answer: Response }> {
    const { site, frame, below } = guest
    const query = c.req.query()
    const { now, horizon } = sightOf(guest, site, deps)
    const firstDay = query.period === 'all' ? await readFirstDay(deps.counts, site) : undefined
    const period = readPeriod(query, now.day, firstDay)
    const { noPeriod, noFilter } = door.words(c).numbers
    if ('invalid' in period) {
      const { title, sentence } = noPeriod
      return { answer: await invalid(c, guest, { title, sentence: sentence(period.invalid) }) }
    }
    const filter = readFilter(query.filter, site)
    if (filter && 'invalid' in filter) {
      const { title, sentence } = noFilter
      return { answer: await invalid(c, guest, { title, sentence: sentence(filter.invalid) }) }
    }
    const origin = deps.publicUrl ?? new URL(c.req.url).origin
    return {
      view: readView(query, { site, period, horizon, filter, basePath, below }),
      frame,
      hourNow: now.hour,
      script: { url: `${origin}${basePath}/js/sundial.js`, guessed: deps.publicUrl === undefined },
    }
  }

  function invalid(
    c: Context,
    { frame, site, below }: ReaderGuest,
    { title, sentence }: { title: string; sentence: string },
  ) {
    const place = below === '' ? `/?${new URLSearchParams({ site: site.domain })}` : below
    const next = { title: door.words(c).frame.openSite(site.domain), href: `${basePath}${place}` }
    return door.problem(c, { frame }, { status: 400, title, sentence, next })
  }

  return app
}
