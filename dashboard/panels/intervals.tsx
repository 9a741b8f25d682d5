// The panel of engaged time: how many visits, or page views, ended in each interval. Used by the site page.
import type { FC } from 'hono/jsx'
import { INTERVALS } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { histogram, median, medianFrom } from '../reports/interval.ts'
import type { TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'
import { sayUntil, sayWithout, whyOf } from './footnote.ts'
import { PanelFoot } from './panel_foot.tsx'
import { PanelHead } from './ranking.tsx'

interface IntervalsProps {
  isWide?: boolean
  view: View
  totals: TotalsReport
  breakdown: Breakdown | undefined
}

export const Intervals: FC<IntervalsProps> = ({ view, totals, breakdown, isWide = false }) => {
  const words = useWords()
  const dimension = view.tabs.get('engaged')
  if (!dimension) return null
  const { panels, sayCount, sayInterval, sayShare, sayKeptByMonth } = words
  const { k } = view.site
  const base = dimension === 'session_interval' ? 'visits' : 'pageviews'
  const reached = new Map(breakdown?.rows.map(({ value, n }) => [value, n]))
  const reach = INTERVALS.map(({ label }) => reached.get(label) ?? 0)
  // Where a month is left out of the reach but not of the exact totals, the longer times are compared among themselves.
  const known = totals.current && totals.measured.has(base) && totals.measured.has('reach')
  const counted = known ? (totals.current?.[base] ?? 0) : Math.max(...reach)
  const atLeast = medianFrom(k, !totals.exact)
  const all = histogram(reach, known ? counted : 0)
  const bars = known ? all : all.slice(1)
  const middle = known ? median(reach, counted, atLeast) : undefined
  const most = Math.max(...bars.map(({ n }) => n), 1)
  return (
    <section class={isWide ? 'panel whole' : 'panel'} id="engaged">
      <PanelHead name="engaged" view={view} dimension={dimension} />
      {!breakdown ? (
        <p class="none">{view.filter && panels.engaged.notTogether(view.filter.dimension)}</p>
      ) : breakdown.counted === 0 ? (
        <p class="none">{totals.leftOut.length > 0 ? sayKeptByMonth(totals.leftOut) : panels.engaged.none(k)}</p>
      ) : counted < atLeast ? (
        <p class="none">{panels.engaged.tooFew(atLeast, base, k)}</p>
      ) : (
        <>
          <p class="columns" aria-hidden="true">
            <span>{panels.engaged.column}</span>
            <span class="n">{panels.columns.counted(base)}</span>
          </p>
          <ol class="rows">
            {bars.map((bar) => (
              <li class={bar.from === middle?.from ? 'median' : ''}>
                <span class="value">
                  <svg aria-hidden="true" width="100%" height="100%">
                    <rect width={`${((bar.n / most) * 100).toFixed(1)}%`} height="100%" rx="4" />
                  </svg>
                  <span>{sayInterval(bar)}</span>
                  {bar.from === middle?.from && <em>{panels.engaged.median}</em>}
                </span>
                <b>{sayCount(bar.n)}</b>
                <small>{sayShare(bar.share)}</small>
                <em />
              </li>
            ))}
          </ol>
          <PanelFoot why={whyOf(view, words)} csv={view.link({ dimension }, '/breakdown.csv')}>
            {known
              ? panels.engaged.withRest(k, sayInterval({ from: 0, to: 10 }), base === 'pageviews' && totals.exact)
              : panels.engaged.fromTen(k)}
            {sayUntil(totals, words)}
            {sayWithout(totals, words)}
          </PanelFoot>
        </>
      )}
    </section>
  )
}
