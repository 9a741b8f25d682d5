// What the chart can draw: counts, and the rates made of exact ones. Used by the strip of totals and the site page.
import type { Metric } from '../../collector/contract.ts'
import { type Basis, bounceRate, viewsPerVisit } from '../reports/metric.ts'
import type { Totals, TotalsReport } from '../reports/totals.ts'
import { DRAWN, type Drawn, type View } from '../view.ts'
import type { Words } from '../words.ts'

export interface Measure {
  /** Drawn when all of these are, and shown when they are measured. */
  needs: readonly Metric[]
  /** A rate is drawn where both of its counts are exact: of counts in whole k it would jump. */
  isRate: boolean
  of(totals: Totals, basis: Basis): number | undefined
  /** The least step of the axis. */
  step: number
}

const counted = (metric: 'visits' | 'pageviews' | 'events'): Measure => ({
  needs: [metric],
  isRate: false,
  of: (totals) => totals[metric],
  step: 1,
})

export const MEASURES: Readonly<Record<Drawn, Measure>> = {
  visits: counted('visits'),
  pageviews: counted('pageviews'),
  events: counted('events'),
  views_per_visit: {
    needs: ['visits', 'pageviews'],
    isRate: true,
    of: viewsPerVisit,
    step: 0.5,
  },
  bounce_rate: {
    needs: ['visits', 'engaged'],
    isRate: true,
    of: bounceRate,
    step: 0.05,
  },
}

export interface Series extends Measure {
  title: string
  /** In a sentence, and on the axis. */
  say(n: number): string
  sayStep(n: number): string
}

export function seriesOf(name: Drawn, words: Words): Series {
  return { ...MEASURES[name], title: words.chart.titles[name], ...sayingsOf(name, words) }
}

function sayingsOf(name: Drawn, words: Words): Pick<Series, 'say' | 'sayStep'> {
  const { chart, general, plural, sayCompact, sayPercent, sayRatio } = words
  if (name === 'views_per_visit') return { say: (n) => chart.viewsPerVisit(sayRatio(n)), sayStep: sayRatio }
  if (name === 'bounce_rate') return { say: (n) => chart.bounced(sayPercent(n)), sayStep: sayPercent }
  const { one, many } = general.metrics[name]
  return { say: (n) => plural(n, one, many), sayStep: sayCompact }
}

export function isDrawable(name: Drawn, { drawable, exact, granularity }: TotalsReport): boolean {
  const { needs, isRate } = MEASURES[name]
  return needs.every((metric) => drawable.has(metric)) && (!isRate || (exact && granularity !== 'hour'))
}

/** What the URL asks for, or the first that the filter, the hours and the horizon leave. */
export function drawnOf({ metric }: View, totals: TotalsReport): Drawn | undefined {
  const drawn = DRAWN.filter((name) => isDrawable(name, totals))
  return drawn.find((name) => name === metric) ?? drawn[0]
}
