// The badge of a public site: the visits of its last seven whole days as a picture and as JSON, for its own pages. Sites that
// are not public have none, and nobody learns which those are. Mounted by dashboard.ts.
import { type Context, Hono } from 'hono'
import { addDays, type Calendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import type { Site, Sites } from '../collector/sites.ts'
import type { Door } from './door.tsx'
import { languageNamed } from './languages/language.ts'
import type { Range } from './period.ts'
import { sightOf } from './reports/horizon.ts'
import { readTotals } from './reports/report.ts'
import { WORDS, type Words } from './words.ts'

export interface BadgeDeps {
  door: Door
  sites: Pick<Sites, 'fresh' | 'byDomain'>
  counts: Pick<Counts, 'query'>
  calendar: Calendar
  /** Milliseconds since the epoch. */
  now: () => number
}

interface Week {
  range: Range
  visits: number
}

const DAYS = 7
/** Other sites show it: it may be kept by whatever lies in between, and read by any page. */
const OPEN = {
  'Cache-Control': 'public, max-age=3600',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const

export function createBadge({ door, sites, counts, calendar, now }: BadgeDeps): Hono {
  const app = new Hono()
  /** By id of the site: whole days that are over do not change, and many pages ask. */
  const known = new Map<number, Week>()

  door.on(app, 'GET /badge/:site', async (c) => {
    const [, domain = '', form] = /^(.*)\.(svg|json)$/.exec(c.req.param('site') ?? '') ?? []
    await sites.fresh()
    const site = sites.byDomain(domain)
    if (!site?.public || site.closed) return c.body('There is no such badge.\n', 404, { 'Content-Type': TEXT })
    const week = await weekOf(site)
    // By the address alone: what lies in between keeps one picture for everybody.
    const words = WORDS[languageNamed(c.req.query('lang')) ?? 'en']
    return form === 'svg' ? picture(c, week, words) : json(c, site, week)
  })

  async function weekOf(site: Site): Promise<Week> {
    const sight = sightOf({ insider: false }, site, { calendar, now })
    const range = { from: addDays(sight.now.day, -DAYS), to: sight.now.day }
    const found = known.get(site.id)
    if (found?.range.to === range.to) return found
    const { current } = await readTotals(counts, site, {
      range,
      granularity: 'day',
      horizon: sight.horizon,
      engagedTime: false,
    })
    const week = { range, visits: current?.visits ?? 0 }
    known.set(site.id, week)
    return week
  }

  return app
}

const TEXT = 'text/plain; charset=utf-8'

function json(c: Context, { domain, timezone }: Site, { range: { from, to }, visits }: Week) {
  const said = { site: domain, visits, from, to: addDays(to, -1), timezone }
  return c.json(said, 200, { ...OPEN, 'Access-Control-Allow-Origin': '*' })
}

function picture(c: Context, week: Week, words: Words) {
  return c.body(draw(week, words), 200, { ...OPEN, 'Content-Type': 'image/svg+xml; charset=utf-8' })
}

/** Nobody can measure a text here, so the widths are given to the renderer: https://www.w3.org/TR/SVG2/text.html#TextElementTextLengthAttribute */
function draw({ range, visits }: Week, { language, sharing: { badge }, sayCompact, sayRange }: Words): string {
  const number = sayCompact(visits)
  const [left, right] = [16 + badge.label.length * 6.1, 16 + number.length * 7.2].map(Math.round)
  const width = (left ?? 0) + (right ?? 0)
  const title = badge.title(visits, sayRange(range))
  const text = (x: number, length: number, words: string, more: string) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${more}>${words}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" lang="${language}" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="r"><rect width="${width}" height="20" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="${width}" height="20" fill="#3b352c"/><rect x="${left}" width="${right}" height="20" fill="#9c4f00"/></g>
<g fill="#ffffff" font-family="system-ui,-apple-system,'Segoe UI',Roboto,sans-serif" font-size="11.5">
${text(8, (left ?? 0) - 16, badge.label, '')}
${text((left ?? 0) + 8, (right ?? 0) - 16, number, 'font-weight="600"')}
</g>
</svg>
`
}
