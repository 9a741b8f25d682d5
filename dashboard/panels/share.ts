// What the shares and rates of a panel are of. Used by the panels, the page of all values and the exports.
import { DIMENSIONS } from '../../collector/contract.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { hasTotal } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'

/**
 * The total of the same days, or what is counted here where that is more (footnote.ts says why); nothing where there is
 * no such total, for then nobody could say what a share is of. An event may have many properties, so theirs is the total.
 */
export function shareBase(totals: TotalsReport, { dimension, metric, counted }: Breakdown): number | undefined {
  const { measured, exact, leftOut, current } = totals
  if (!hasTotal(metric) || !current || !measured.has(metric) || (exact && leftOut.length > 0)) return undefined
  const base = dimension === 'property' ? current[metric] : Math.max(current[metric], counted)
  return base === 0 ? undefined : base
}

/** Of what conversions are a share: visits, or the views of the page that is filtered by. */
export function rateBase({ measured, exact, leftOut, current }: TotalsReport) {
  const metric = measured.has('visits') ? 'visits' : 'pageviews'
  const of = current && measured.has(metric) && !(exact && leftOut.length > 0) ? current[metric] : undefined
  return { metric, of } as const
}

/** What events are a rate of under a filter by something else: its visits. Rows that know it themselves need none. */
export function eventBase({ filter }: View, totals: TotalsReport, { dimension }: Breakdown) {
  return filter && dimension === 'event'
    ? rateBase(totals)
    : { metric: DIMENSIONS[dimension].metrics[0], of: undefined }
}
