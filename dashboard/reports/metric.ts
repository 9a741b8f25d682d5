// Numbers derived from totals: bounce rate, views per visit, median visit duration, change, and what is withheld.
// Called by the dashboard's pages and the Stats API. Each is undefined where it would not mean anything.
import type { Totals } from './totals.ts'

type Sums = Pick<Totals, 'visits' | 'pageviews' | 'engaged'>

/** 0 to 1. Nothing while no visit was marked engaged: then another tracker than Sundial's sent the page views. */
export function bounceRate({ visits, engaged }: Omit<Sums, 'pageviews'>): number | undefined {
  if (visits === 0 || engaged === 0) return undefined
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

/** From this many days on, what is not named is said as a number: releases are dated when the last of the k came. */
export const WITHHELD_FROM_DAYS = 7

/** Counted in the totals, but not (yet) in any row. */
export function withheld(total: number, counted: number): number {
  return Math.max(0, total - counted)
}
