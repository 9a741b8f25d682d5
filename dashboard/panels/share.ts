// What the shares of a panel are shares of. Used by the panels and by the page of all values.
import type { Breakdown } from '../reports/breakdown.ts'
import { hasTotal } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'

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
