// Numbers derived from totals: bounce rate, views per visit, median visit duration, change, and what is withheld.
// Called by the dashboard's pages and the Stats API. Each is undefined where it would not mean anything.
import { type Metric, TOTALS, type TotalMetric } from '../../collector/contract.ts'
import type { Totals } from './totals.ts'

type Sums = Pick<Totals, 'visits' | 'pageviews' | 'engaged'>

/** What the counts are that a rate is made of: exact or in whole k, of a site whose visits are ever marked engaged. */
export interface Basis {
  k: number
  exact: boolean
  engages: boolean
}

/**
 * 0 to 1. Nothing where no visit of the site was ever marked engaged: then another tracker than Sundial's counts it.
 * Counts in whole k need ten of them, for up to one k of each still waits: five visits and none of them engaged may be
 * five bounces or one.
 */
export function bounceRate(
  { visits, engaged }: Omit<Sums, 'pageviews'>,
  { k, exact, engages }: Basis,
): number | undefined {
  if (!engages || visits < (exact ? 1 : 10 * k)) return undefined
  return Math.max(0, 1 - engaged / visits)
}

export function viewsPerVisit({ visits, pageviews }: Omit<Sums, 'engaged'>): number | undefined {
  return visits === 0 || pageviews === 0 ? undefined : pageviews / visits
}

/** Relative change: 0.25 is a quarter more. Nothing from nothing. */
export function change(now: number | undefined, before: number | undefined): number | undefined {
  if (now === undefined || before === undefined || before === 0) return undefined
  return (now - before) / before
}

/**
 * How many events, or views of a page, came for every visit; more than 1 is possible, because one visit may bring several.
 * Nothing where there are too few visits: up to one k of each count still waits.
 */
export function conversionRate(n: number, of: number | undefined, { k }: Pick<Basis, 'k'>): number | undefined {
  return of === undefined || of < 10 * k ? undefined : n / of
}

/** Counts in whole k that are smaller say nothing by their share of change: from 5 to 10 may be one visit. */
export const comparesFrom = (k: number) => 4 * k

/** Whether there are totals of a metric, in which its counts have their share. */
export function hasTotal(metric: Metric): metric is TotalMetric {
  return TOTALS.days.some((total) => total === metric)
}

/** From this many days on, what is not named is said as a number: releases are dated when the last of the k came. */
export const WITHHELD_FROM_DAYS = 7

/** Counted in the totals, but not (yet) in any row. */
export function withheld(total: number, counted: number): number {
  return Math.max(0, total - counted)
}
