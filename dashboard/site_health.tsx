// The health of a site, for who reads it: whether anything comes, what was not counted, and, when its button is pressed, a
// look at the site's own page. Mounted by dashboard.ts.
import { type Context, Hono } from 'hono'
import { addDays, type Calendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import type { Site } from '../collector/sites.ts'
import type { Door, SiteGuest } from './door.tsx'
import { checkInstall, type InstallCheck } from './install_check.ts'
import type { Outbound } from './outbound.ts'
import { type Coming, HealthPage } from './pages/site_health.tsx'
import { readDropped } from './reports/dropped.ts'
import { readHours } from './reports/hour.ts'
import { readTotals } from './reports/report.ts'
import { spanOf } from './reports/span.ts'
import type { Words } from './words.ts'

export interface SiteHealthDeps {
  door: Door
  counts: Pick<Counts, 'query'>
  calendar: Calendar
  /** Milliseconds since the epoch. */
  now: () => number
  outbound: Outbound
  /** Where visitors' browsers reach the collector, without basePath. Guessed if missing. */
  publicUrl?: string | undefined
  basePath: string
}

/** Whole days and the one that runs. */
const DAYS_OF_DROPPED = 7
const HOURS_SHOWN = 24

export function createSiteHealth({ door, counts, calendar, now, outbound, publicUrl, basePath }: SiteHealthDeps): Hono {
  const app = new Hono()
  /** Sites whose page is being looked at: pressing a button many times asks them once. */
  const looking = new Set<number>()

  door.on(app, 'GET /sites/:site/health', (c, guest) => show(c, guest, undefined))

  door.on(app, 'POST /sites/:site/health', async (c, guest) => {
    const { site } = guest
    const words = door.words(c)
    if (looking.has(site.id)) return show(c, guest, busy(words))
    looking.add(site.id)
    try {
      return await show(c, guest, await checkInstall(site, { outbound, script: scriptOf(c), words }))
    } finally {
      looking.delete(site.id)
    }
  })

  async function show(c: Context, { site, frame }: SiteGuest, check: InstallCheck | undefined) {
    const local = calendar.localHour(site.timezone, now())
    const range = { from: addDays(local.day, 1 - DAYS_OF_DROPPED), to: addDays(local.day, 1) }
    const [coming, dropped] = await Promise.all([
      readComing(site, local),
      readDropped(counts, site, { range, horizon: undefined }),
    ])
    const objects = { gpc: c.req.header('sec-gpc') === '1', dnt: c.req.header('dnt') === '1' }
    return door.page(c, <HealthPage {...{ frame, site, coming, dropped, check, objects }} script={scriptOf(c)} />)
  }

  async function readComing(site: Site, { day, hour }: { day: string; hour: number }): Promise<Coming> {
    const range = { from: addDays(day, -1), to: addDays(day, 1) }
    const [hours, today] = await Promise.all([
      readHours(counts, site, spanOf({ range }), undefined),
      readTotals(counts, site, { range, granularity: 'day', horizon: undefined, engagedTime: false }),
    ])
    const visitsAt = (on: string, at: number) =>
      hours.filter((row) => row.day === on && row.hour === at).reduce((sum, { visits }) => sum + visits, 0)
    const shown = Array.from({ length: HOURS_SHOWN }, (_, back) => {
      const at = hour - back
      return at < 0 ? { day: range.from, hour: at + 24 } : { day, hour: at }
    }).map((at) => ({ ...at, visits: visitsAt(at.day, at.hour) }))
    const { current, firstDay } = today
    return {
      everCounted: firstDay !== undefined,
      hours: shown,
      pageviews: current?.pageviews ?? 0,
      events: current?.events ?? 0,
    }
  }

  function scriptOf(c: Context) {
    const origin = publicUrl ?? new URL(c.req.url).origin
    return { url: `${origin}${basePath}/js/sundial.js`, guessed: publicUrl === undefined }
  }

  return app
}

function busy({ health }: Words): InstallCheck {
  return { page: undefined, findings: [{ state: 'note', says: health.script.busy }] }
}
