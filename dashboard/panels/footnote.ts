// What stands under a panel: how much of the total has no name in it, and why; and what stands in its place when
// nothing is named. Used by the panels and by the page of all values.

import { addDays, daysBetween } from '../../collector/calendar.ts'
import { DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import type { Filter } from '../reports/filter.ts'
import { hasTotal, WITHHELD_FROM_DAYS, withheld } from '../reports/metric.ts'
import { isEmpty } from '../reports/span.ts'
import type { TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'
import type { Words } from '../words.ts'

export function footnote(
  { site: { k }, filter }: View,
  totals: TotalsReport,
  breakdown: Breakdown,
  { panels: { foot } }: Words,
): string {
  const { dimension, metric } = breakdown
  const missing = missingFrom(totals, breakdown)
  if (filter) {
    const why = foot[whyUnpaired(filter, dimension)](k)
    return missing === 0 ? why : `${foot.notShown(missing, metric)} ${why}`
  }
  if (DIMENSIONS[dimension].namedAt === 2) return foot.namedAfter(k)
  const short = daysBetween(totals.range.from, totals.range.to) < WITHHELD_FROM_DAYS
  if (exceeds(totals, breakdown)) return foot.countedOnDay(k)
  if (short || missing === 0 || totals.leftOut.length > 0) return foot.countedIn(k)
  return dimension === 'page' ? foot.inTotalsOnly(missing, metric) : foot.notNamedYet(missing, metric)
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
function whyUnpaired(filter: Filter, dimension: Dimension): 'eventBySource' | 'eventByEntryPage' | 'property' | 'pair' {
  const both = [filter.dimension, dimension]
  if (both.includes('event') && both.includes('source')) return 'eventBySource'
  if (both.includes('event') && both.includes('entry_page')) return 'eventByEntryPage'
  return dimension === 'property' ? 'property' : 'pair'
}

/** How far a panel goes, where that is less than its period; with a space before it, to stand behind another sentence. */
export function sayUntil({ until, range }: TotalsReport, { panels, sayDay }: Words): string {
  return until === undefined || isEmpty(range) ? '' : ` ${panels.foot.until(sayDay(addDays(until, -1)))}`
}

/** The months that a panel goes without, as a sentence behind another. */
export function sayWithout({ leftOut }: TotalsReport, { panels, sayMonth }: Words): string {
  return leftOut.length === 0 ? '' : ` ${panels.foot.without(leftOut.map(sayMonth))}`
}

/** In place of rows. */
export function nothingNamed(
  { site, filter }: View,
  totals: TotalsReport,
  { metric, dimension }: Breakdown,
  { panels: { nothing }, sayKeptByMonth, sayNaming }: Words,
): string {
  if (totals.leftOut.length > 0) return sayKeptByMonth(totals.leftOut)
  if (totals.until !== undefined && isEmpty(totals.range)) return nothing.namedShows
  if (!totals.current) return nothing.kept
  if (filter) return nothing.together
  if (metric === 'events' && totals.current.events === 0) return nothing.event
  if (!hasTotal(metric) || totals.current[metric] === 0) return nothing.counted
  return nothing.named(sayNaming(site, DIMENSIONS[dimension].namedAt))
}

/** Leads from what waits to the page that explains it. */
export function whyOf({ site, link }: View, { panels }: Words): { href: string; title: string } {
  return { href: link({}, '/fives'), title: panels.why(site.k) }
}
