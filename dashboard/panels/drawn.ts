// What the chart can draw: counts, and the rates made of exact ones. Used by the strip of totals and the site page.
import type { Metric } from '../../collector/contract.ts'
import { type Basis, bounceRate, viewsPerVisit } from '../reports/metric.ts'
import type { Totals, TotalsReport } from '../reports/totals.ts'
import { DRAWN, type Drawn, type View } from '../view.ts'
import { METRIC_WORDS, plural, sayCompact, sayPercent, sayRatio } from '../words.ts'

export interface Series {
  title: string
  /** Drawn when all of these are. */
  needs: readonly Metric[]
  /** A rate is drawn where both of its counts are exact: of counts in whole k it would jump. */
  isRate: boolean
  of(totals: Totals, basis: Basis): number | undefined
  /** In a sentence, and on the axis. */
  say(n: number): string
  sayStep(n: number): string
  /** The least step of the axis. */
  step: number
}

const counted = (metric: 'visits' | 'pageviews' | 'events'): Series => ({
  title: METRIC_WORDS[metric].title,
  needs: [metric],
  isRate: false,
  of: (totals) => totals[metric],
  say: (n) => plural(n, METRIC_WORDS[metric].one),
  sayStep: sayCompact,
  step: 1,
})

export const SERIES: Readonly<Record<Drawn, Series>> = {
  visits: counted('visits'),
  pageviews: counted('pageviews'),
  events: counted('events'),
  views_per_visit: {
    title: 'Views per visit',
    needs: ['visits', 'pageviews'],
    isRate: true,
    of: viewsPerVisit,
    say: (n) => `${sayRatio(n)} views per visit`,
    sayStep: sayRatio,
    step: 0.5,
  },
  bounce_rate: {
    title: 'Bounce rate',
    needs: ['visits', 'engaged'],
    isRate: true,
    of: bounceRate,
    say: (n) => `${sayPercent(n)} bounced`,
    sayStep: sayPercent,
    step: 0.05,
  },
}

export function isDrawable(name: Drawn, { drawable, exact, granularity }: TotalsReport): boolean {
  const { needs, isRate } = SERIES[name]
  return needs.every((metric) => drawable.has(metric)) && (!isRate || (exact && granularity !== 'hour'))
}

/** What the URL asks for, or the first that the filter, the hours and the horizon leave. */
export function drawnOf({ metric }: View, totals: TotalsReport): Drawn | undefined {
  const drawn = DRAWN.filter((name) => isDrawable(name, totals))
  return drawn.find((name) => name === metric) ?? drawn[0]
}
