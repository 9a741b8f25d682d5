// What stands under a panel: how much of the total has no name in it, and why; and what stands in its place when
// nothing is named. Used by the panels and by the page of all values.

import { addDays, daysBetween } from '../../collector/calendar.ts'
import { DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import type { Filter } from '../reports/filter.ts'
import { hasTotal, WITHHELD_FROM_DAYS, withheld } from '../reports/metric.ts'
import { isEmpty } from '../reports/span.ts'
import type { TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'
import { METRIC_WORDS, plural, sayDay, sayK, sayKeptByMonth, sayNaming } from '../words.ts'

export function footnote({ site, filter }: View, totals: TotalsReport, breakdown: Breakdown): string {
  const { dimension, metric } = breakdown
  const k = sayK(site.k)
  const missing = missingFrom(totals, breakdown)
  if (filter) {
    const why = whyUnpaired(site, filter, dimension)
    return missing === 0 ? why : `${plural(missing, METRIC_WORDS[metric].one)} not shown. ${why}`
  }
  if (DIMENSIONS[dimension].namedAt === 2) return `Named after ${k.twice} in a month, counted in ${k.many}.`
  const short = daysBetween(totals.range.from, totals.range.to) < WITHHELD_FROM_DAYS
  if (exceeds(totals, breakdown)) {
    return `Counted in ${k.many}, on the day of the ${k.ordinal}: some came before this period.`
  }
  if (short || missing === 0 || totals.leftOut.length > 0) return `Counted in ${k.many}.`
  const words = `${plural(missing, METRIC_WORDS[metric].one)} ${missing === 1 ? 'is' : 'are'}`
  if (dimension === 'page') return `${words} in the totals only: reloads, and pages not named yet.`
  return `${words} not named yet.`
}

function missingFrom({ measured, current }: TotalsReport, { metric, counted }: Breakdown): number {
  return hasTotal(metric) && current && measured.has(metric) ? withheld(current[metric], counted) : 0
}

/** Releases are dated when the last of the k came, so a short range may count more than its total. */
function exceeds(totals: TotalsReport, { dimension, metric, counted }: Breakdown): boolean {
  const { measured, exact, leftOut, current } = totals
  if (dimension === 'property' || !hasTotal(metric) || !current || !measured.has(metric)) return false
  return counted > current[metric] && !(exact && leftOut.length > 0)
}

/** Not everything that is missing under a filter comes by waiting. */
function whyUnpaired(site: Site, filter: Filter, dimension: Dimension): string {
  const rule = `once both of its values are named, in ${sayK(site.k).many}.`
  const both = [filter.dimension, dimension]
  if (both.includes('event') && both.includes('source')) {
    return `Events on pages reached within the site have no source. Any other pair counts ${rule}`
  }
  if (dimension === 'property') return `Not every event has a property. A pair counts ${rule}`
  return `A pair counts ${rule}`
}

/** How far a panel goes, where that is less than its period; with a space before it, to stand behind another sentence. */
export function sayUntil({ until, range }: TotalsReport): string {
  return until === undefined || isEmpty(range) ? '' : ` Up to ${sayDay(addDays(until, -1))}.`
}

/** In place of rows. */
export function nothingNamed({ site, filter }: View, totals: TotalsReport, { metric, dimension }: Breakdown): string {
  if (totals.leftOut.length > 0) return sayKeptByMonth(totals.leftOut)
  if (totals.until !== undefined && isEmpty(totals.range)) return 'Nothing with a name shows of this period yet.'
  if (!totals.current) return 'Nothing is kept of this period.'
  if (filter) return 'Nothing counted together in this period.'
  if (metric === 'events' && totals.current.events === 0) {
    return "No event in this period. Pages send one with sundial('signup'); its name shows like any other."
  }
  if (!hasTotal(metric) || totals.current[metric] === 0) return 'Nothing in this period.'
  return `Nothing named yet: ${sayNaming(site, DIMENSIONS[dimension].namedAt)}.`
}

/** Leads from what waits to the page that explains it. */
export function whyOf({ site, link }: View): { href: string; title: string } {
  return { href: link({}, '/fives'), title: `Why ${sayK(site.k).many}?` }
}
