// What stands under a panel: how much of the total has no name in it, and why. Used by the panels.

import { daysBetween } from '../../collector/calendar.ts'
import { DIMENSIONS } from '../../collector/contract.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { WITHHELD_FROM_DAYS, withheld } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'
import { METRIC_WORDS, plural, sayK } from '../words.ts'

export function footnote({ site, period, filter }: View, totals: TotalsReport, breakdown: Breakdown): string {
  const { dimension, metric, counted } = breakdown
  const k = sayK(site.k)
  if (filter) {
    const missing = metric !== 'reach' && totals.measured.has(metric) ? withheld(totals.current[metric], counted) : 0
    const rule = `a pair counts once both of its values are named, in ${k.many}`
    if (missing === 0) return `${rule[0]?.toUpperCase()}${rule.slice(1)}.`
    return `${plural(missing, METRIC_WORDS[metric].one)} not shown: ${rule}.`
  }
  if (DIMENSIONS[dimension].namedAt === 2) return `Named after ${k.twice} in a month, counted in ${k.many}.`
  if (metric === 'reach' || daysBetween(period.range.from, period.range.to) < WITHHELD_FROM_DAYS) {
    return `Counted in ${k.many}.`
  }
  if (totals.leftOut.length > 0) return `Counted in ${k.many}.`
  const waiting = withheld(totals.current[metric], counted)
  if (waiting === 0) return `Counted in ${k.many}.`
  const words = plural(waiting, METRIC_WORDS[metric].one)
  const verb = waiting === 1 ? 'waits' : 'wait'
  if (dimension === 'page') return `${words} in the totals only: reloads, and pages that wait for a full ${k.one}.`
  return `${words} ${verb} for a full ${k.one}.`
}
