// All values of one dimension, a page of them at a time. Reached from the foot of a panel.
import type { FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension, type K } from '../../collector/contract.ts'
import { footnote } from '../panels/footnote.ts'
import { PeriodPicker } from '../panels/period_picker.tsx'
import type { Breakdown } from '../reports/breakdown.ts'
import { canFilter } from '../reports/filter.ts'
import { median, medianFrom, type Reach } from '../reports/interval.ts'
import { bounceRate } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { toFilter, type View } from '../view.ts'
import { DIMENSION_TITLES, METRIC_WORDS, sayCount, sayInterval, sayPercent, sayShare, sayValue } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

export const ROWS_PER_PAGE = 100

interface BreakdownPageProps {
  frame: Frame
  view: View
  dimension: Dimension
  totals: TotalsReport
  breakdown: Breakdown | undefined
  /** From 1. */
  page: number
}

export const BreakdownPage: FC<BreakdownPageProps> = ({ frame, view, dimension, totals, breakdown, page }) => {
  const title = DIMENSION_TITLES[dimension]
  const metric = breakdown?.metric ?? DIMENSIONS[dimension].metrics[0]
  const engages = breakdown?.rows.some(({ engaged }) => engaged !== undefined)
  const timed = breakdown?.rows.some(({ reach }) => reach !== undefined)
  const more = (breakdown?.values ?? 0) > page * ROWS_PER_PAGE
  return (
    <Layout
      frame={frame}
      title={`${title} · ${view.site.domain} · Sundial`}
      site={view.site}
      tools={<PeriodPicker view={{ ...view, link: (changes) => view.link({ dimension, ...changes }, '/breakdown') }} />}
    >
      <section class="panel whole">
        <header>
          <h2>{title}</h2>
          <nav aria-label="Back">
            <a href={view.link({})}>Back to all panels</a>
          </nav>
        </header>
        {!breakdown || breakdown.rows.length === 0 ? (
          <p class="none">Nothing named in this period.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{DIMENSIONS[dimension].label}</th>
                <th scope="col">{METRIC_WORDS[metric].title}</th>
                <th scope="col" class="wide">
                  Share
                </th>
                {engages && <th scope="col">Bounce rate</th>}
                {timed && <th scope="col">Engaged, median</th>}
              </tr>
            </thead>
            <tbody>
              {breakdown.rows.map(({ value, n, engaged, reach }) => (
                <tr>
                  <th scope="row">
                    {canFilter(view.site, dimension) ? (
                      <a href={view.link(toFilter({ dimension, value }))}>{sayValue(dimension, value)}</a>
                    ) : (
                      sayValue(dimension, value)
                    )}
                  </th>
                  <td>{sayCount(n)}</td>
                  <td class="wide">{sayShare(n / Math.max(breakdown.counted, 1))}</td>
                  {engages && <td>{sayRate(n, engaged)}</td>}
                  {timed && <td>{sayMedian(reach, n, view.site.k)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <footer>
          <span>{breakdown && `${footnote(view, totals, breakdown)} Shares are of what is named.`}</span>
          {page > 1 && <a href={view.link({ dimension, page: String(page - 1) }, '/breakdown')}>Larger</a>}
          {more && <a href={view.link({ dimension, page: String(page + 1) }, '/breakdown')}>Smaller</a>}
        </footer>
      </section>
    </Layout>
  )
}

function sayMedian(reach: Reach | undefined, n: number, k: K): string {
  const middle = reach && median(reach, n, medianFrom(k, true))
  return middle ? sayInterval(middle) : '—'
}

function sayRate(visits: number, engaged: number | undefined): string {
  const rate = bounceRate({ visits, engaged: engaged ?? 0 })
  return rate === undefined ? '—' : sayPercent(rate)
}
