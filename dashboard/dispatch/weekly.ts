// The weekly report of a site, of the same reports and in the same words as the dashboard: the week's figures, each with its
// change, and the first values of its panels with what is withheld. The letter and the webhook are made of it.
import { addDays } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import { DIMENSIONS, type Dimension, type Metric, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { footnote, nothingNamed, sayUntil } from '../panels/footnote.ts'
import { shareBase } from '../panels/share.ts'
import { type Range, readPeriod } from '../period.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { countsBy } from '../reports/filter.ts'
import { bounceRate, change, hasTotal, withheld } from '../reports/metric.ts'
import { type Report, readReport } from '../reports/report.ts'
import type { Totals } from '../reports/totals.ts'
import { readView, type View } from '../view.ts'
import type { Words } from '../words.ts'

/** As it was read, without words. */
export interface Weekly {
  site: Site
  /** Monday to Monday. */
  range: Range
  /** The week on the dashboard, from basePath on. */
  path: string
  view: View
  report: Report
  dimensions: readonly Dimension[]
}

/** In the words of who gets it. */
export interface SaidWeekly {
  figures: readonly Figure[]
  panels: readonly Panel[]
}

export interface Figure {
  name: 'visits' | 'pageviews' | 'bounce_rate'
  title: string
  /** As a person reads it; '—' where nothing is known. */
  said: string
  /** '+12%', against the week before; undefined where that says nothing. */
  changed: string | undefined
  now: number | undefined
  before: number | undefined
}

export interface Panel {
  dimension: Dimension
  title: string
  /** What is counted. */
  metric: Metric
  rows: readonly { value: string; name: string; n: number; share: string; ofLargest: number }[]
  /** Counted in the totals and named nowhere. */
  withheld: number
  /** What stands below it, or in its place where nothing is named. */
  note: string
}

const DIMENSIONS_SHOWN: readonly Dimension[] = ['page', 'source', 'country']
const ROWS = 5

/** `monday` is the first day after the week. */
export async function readWeekly(
  counts: Pick<Counts, 'query'>,
  site: Site,
  { monday, basePath }: { monday: string; basePath: string },
): Promise<Weekly> {
  const query = { period: 'custom', from: addDays(monday, -7), to: addDays(monday, -1) }
  const period = readPeriod(query, monday)
  if ('invalid' in period) throw new Error(`no week ends before ${monday}`)
  const view = readView(
    { site: site.domain, ...query },
    { site, period, horizon: undefined, filter: undefined, basePath },
  )
  const dimensions = DIMENSIONS_SHOWN.filter((dimension) => countsBy(site, dimension))
  const report = await readReport(counts, site, {
    ...period,
    horizon: undefined,
    engagedTime: false,
    breakdown: { dimensions, limit: ROWS },
  })
  return { site, range: period.range, path: view.link({}), view, report, dimensions }
}

export function sayWeekly({ site, view, report, dimensions }: Weekly, words: Words): SaidWeekly {
  return {
    figures: figuresOf(site, report, words),
    panels: dimensions.flatMap((dimension) => {
      const breakdown = report.breakdowns.get(dimension)
      return breakdown ? [panelOf(view, report, breakdown, words)] : []
    }),
  }
}

function figuresOf({ k }: Site, { totals }: Report, words: Words): Figure[] {
  const { sayCount, sayPercent, sayChange, sayPoints } = words
  const { current, comparison, engages, exact } = totals
  const before = comparison?.before
  const rate = (sums: Totals | undefined) => sums && bounceRate(sums, { k, exact, engages })
  const [bounced, bouncedBefore] = [rate(current), rate(before)]
  const counted = (['visits', 'pageviews'] as const).map((name): Figure => {
    const changed = change(current?.[name], before?.[name])
    return {
      name,
      title: words.general.metrics[name].title,
      said: current ? sayCount(current[name]) : NOTHING,
      changed: changed === undefined ? undefined : sayChange(changed),
      now: current?.[name],
      before: before?.[name],
    }
  })
  return [
    ...counted,
    {
      name: 'bounce_rate',
      title: words.chart.titles.bounce_rate,
      said: bounced === undefined ? NOTHING : sayPercent(bounced),
      changed: bounced === undefined || bouncedBefore === undefined ? undefined : sayPoints(bounced, bouncedBefore),
      now: bounced,
      before: bouncedBefore,
    },
  ]
}

const NOTHING = '—'

function panelOf(view: View, { base }: Report, breakdown: Breakdown, words: Words): Panel {
  const { dimension, metric, rows, counted } = breakdown
  const of = shareBase(base, breakdown)
  const most = Math.max(...rows.map(({ n }) => n), 1)
  return {
    dimension,
    title: words.sayDimension(dimension),
    metric,
    rows: rows
      .filter(({ value }) => value !== OTHER)
      .slice(0, ROWS)
      .map(({ value, n }) => ({
        value,
        name: words.sayValue(dimension, value),
        n,
        share: of === undefined ? '' : words.sayShare(n / of),
        ofLargest: n / most,
      })),
    withheld: hasTotal(metric) && base.current ? withheld(base.current[metric], counted) : 0,
    note:
      rows.length === 0
        ? nothingNamed(view, base, breakdown, words)
        : footnote(view, base, breakdown, words) + sayUntil(base, words),
  }
}

/** What a panel is of, for a webhook: 'page', 'source', 'country' as the Stats API calls them. */
export function apiNameOf(dimension: Dimension): string {
  return DIMENSIONS[dimension].api ?? dimension
}
