// The metrics of the Stats API under Plausible's names: what each needs counted, and its value in Plausible's units.
// Read by question.ts (what may be asked) and answer.ts (what is answered).
import type { Metric } from '../../collector/contract.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { type Basis, bounceRate, change, viewsPerVisit } from '../reports/metric.ts'
import type { Totals } from '../reports/totals.ts'

interface MetricRule {
  /** For the documentation. */
  meaning: string
  /** Can be asked where all of these are counted. */
  needs: readonly Metric[]
  /** Cannot be asked where this is counted too: engaged time is then that of visits, not of page views. */
  unless?: Metric
  /** By the hour only visits are exact, so a number made of two counts would mean little. */
  byHour: boolean
  /** Nothing where the number would not mean anything. */
  value(totals: Totals, basis: Basis): number | undefined
  /** What a change is: percent of the earlier value, percentage points, or nothing that could be said. */
  changes: 'percent' | 'points' | 'never'
}

export const METRICS = {
  visits: { meaning: 'visits', needs: ['visits'], byHour: true, value: ({ visits }) => visits, changes: 'percent' },
  pageviews: {
    meaning: 'page views',
    needs: ['pageviews'],
    byHour: true,
    value: ({ pageviews }) => pageviews,
    changes: 'percent',
  },
  events: {
    meaning: 'custom events; page views are counted apart',
    needs: ['events'],
    byHour: true,
    value: ({ events }) => events,
    changes: 'percent',
  },
  bounce_rate: {
    meaning: 'the share of visits that were not engaged, in whole percent',
    needs: ['visits', 'engaged'],
    byHour: false,
    value: wholePercent,
    changes: 'points',
  },
  views_per_visit: {
    meaning: 'page views per visit, with two decimals',
    needs: ['visits', 'pageviews'],
    byHour: false,
    value: twoDecimals,
    changes: 'percent',
  },
  /** The lower bound of the interval in which the median lies, for nobody knows more. */
  visit_duration: {
    meaning: 'the engaged seconds that half of the visits reached, one of the bounds that are kept',
    needs: ['visits', 'reach'],
    byHour: false,
    value: ({ reach, visits }, basis) => median(reach, visits, atLeast(basis))?.from,
    changes: 'never',
  },
  time_on_page: {
    meaning: 'the same of page views, with a filter or a breakdown by event:page',
    needs: ['pageviews', 'reach'],
    unless: 'visits',
    byHour: false,
    value: ({ reach, pageviews }, basis) => median(reach, pageviews, atLeast(basis))?.from,
    changes: 'never',
  },
} as const satisfies Record<string, MetricRule>
export type MetricName = keyof typeof METRICS

export const METRIC_NAMES = Object.keys(METRICS).filter((name): name is MetricName => isMetricName(name))

export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(METRICS, name)
}

export const ruleOf = (name: MetricName): MetricRule => METRICS[name]

/** The metrics that can be made of what is counted. */
export function metricsOf(counted: ReadonlySet<Metric>): MetricName[] {
  return METRIC_NAMES.filter((name) => {
    const { needs, unless } = ruleOf(name)
    return needs.every((metric) => counted.has(metric)) && !(unless && counted.has(unless))
  })
}

/** As Plausible rounds it: whole percent or whole points. */
export function changeOf(name: MetricName, now: number | undefined, before: number | undefined): number | undefined {
  const { changes } = ruleOf(name)
  if (changes === 'never' || now === undefined || before === undefined) return undefined
  if (changes === 'points') return now - before
  const share = change(now, before)
  return share === undefined ? undefined : Math.round(share * 100)
}

function atLeast({ k, exact }: Basis): number {
  return medianFrom(k, !exact)
}

function wholePercent(totals: Totals, basis: Basis): number | undefined {
  const rate = bounceRate(totals, basis)
  return rate === undefined ? undefined : Math.round(rate * 100)
}

function twoDecimals(totals: Totals): number | undefined {
  const views = viewsPerVisit(totals)
  return views === undefined ? undefined : Math.round(views * 100) / 100
}
