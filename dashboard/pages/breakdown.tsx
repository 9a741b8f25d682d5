// All values of one dimension, a page of them at a time. Reached from the foot of a panel.
import type { FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import { FilterChip, sayFilters } from '../panels/filter_chip.tsx'
import { footnote, nothingNamed, sayUntil } from '../panels/footnote.ts'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import { shareBase } from '../panels/share.ts'
import type { Breakdown, BreakdownRow } from '../reports/breakdown.ts'
import { canFilter } from '../reports/filter.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { type Basis, bounceRate } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { toFilter, type View } from '../view.ts'
import { METRIC_WORDS, sayCount, sayDimension, sayInterval, sayPercent, sayShare, sayValue } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

export const ROWS_PER_PAGE = 100

interface BreakdownPageProps {
  frame: Frame
  view: View
  dimension: Dimension
  totals: TotalsReport
  /** The totals that shares are of. */
  base: TotalsReport
  breakdown: Breakdown | undefined
  /** From 1. */
  page: number
}

export const BreakdownPage: FC<BreakdownPageProps> = ({ frame, view, dimension, totals, base, breakdown, page }) => {
  const title = sayDimension(dimension)
  const here: View = { ...view, link: (changes) => view.link({ dimension, ...changes }, '/breakdown') }
  return (
    <Layout
      frame={frame}
      title={`${title} · ${view.site.domain} · Sundial`}
      site={view.site}
      tools={<PeriodPicker view={here} firstDay={totals.firstDay} />}
    >
      <FilterChip view={here} />
      <section class="panel">
        <header>
          <h2>{title}</h2>
          <nav aria-label="Back">
            <a href={view.link({})}>Back to all panels</a>
          </nav>
        </header>
        {!breakdown ? (
          <p class="none">{notTogether(view, dimension)}</p>
        ) : (
          <>
            {breakdown.values + breakdown.other === 0 ? (
              <p class="none">{nothingNamed(view, base, breakdown)}</p>
            ) : (
              <Values view={view} totals={base} breakdown={breakdown} page={page} />
            )}
            <footer>
              <span>{footnote(view, base, breakdown) + sayUntil(base)}</span>
              {page > 1 && <a href={here.link({ page: String(page - 1) })}>Previous page</a>}
              {page < lastPage(breakdown) && <a href={here.link({ page: String(page + 1) })}>Next page</a>}
            </footer>
          </>
        )}
      </section>
      <HorizonNote view={view} totals={totals} base={base} />
    </Layout>
  )
}

export function lastPage({ values }: Breakdown): number {
  return Math.max(1, Math.ceil(values / ROWS_PER_PAGE))
}

function notTogether({ filter }: View, dimension: Dimension): string {
  if (filter?.dimension === dimension) return 'Filtered by one of these. Without the filter all of them stand here.'
  const by = filter ? DIMENSIONS[filter.dimension].label.toLowerCase() : ''
  return `${sayDimension(dimension)} are not counted together with ${by}: Sundial keeps no such pair.`
}

interface ValuesProps {
  view: View
  totals: TotalsReport
  breakdown: Breakdown
  page: number
}

const Values: FC<ValuesProps> = ({ view, totals, breakdown, page }) => {
  const { dimension, metric, rows, other } = breakdown
  const base = shareBase(totals, breakdown)
  const basis: Basis = { k: view.site.k, exact: false, engages: totals.engages }
  const engages = rows.some(({ engaged }) => engaged !== undefined)
  const timed = rows.some(({ reach }) => reach !== undefined)
  const share = (n: number) => base !== undefined && <td class="wide">{sayShare(n / base)}</td>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{DIMENSIONS[dimension].label}</th>
          <th scope="col">{METRIC_WORDS[metric].title}</th>
          {base !== undefined && (
            <th scope="col" class="wide">
              {`Share of ${sayCount(base)}`}
            </th>
          )}
          {engages && <th scope="col">Bounce rate</th>}
          {timed && <th scope="col">Engaged, median</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <Value view={view} dimension={dimension} value={row.value} />
            </th>
            <td>{sayCount(row.n)}</td>
            {share(row.n)}
            {engages && <td>{sayRate(row, basis)}</td>}
            {timed && <td>{sayMedian(row, basis)}</td>}
          </tr>
        ))}
        {other > 0 && page === lastPage(breakdown) && (
          <tr class="other">
            <th scope="row">Too rare to be named</th>
            <td>{sayCount(other)}</td>
            {share(other)}
            {engages && <td />}
            {timed && <td />}
          </tr>
        )}
      </tbody>
    </table>
  )
}

const Value: FC<{ view: View; dimension: Dimension; value: string }> = ({ view, dimension, value }) => {
  const name = sayValue(dimension, value)
  if (!canFilter(view.site, dimension)) return <>{name}</>
  return (
    <a href={view.link(toFilter({ dimension, value }))} title={sayFilters(view, name)}>
      {name}
    </a>
  )
}

function sayMedian({ reach, n }: BreakdownRow, { k }: Basis): string {
  const middle = reach && median(reach, n, medianFrom(k, true))
  return middle ? sayInterval(middle) : '—'
}

function sayRate({ n, engaged }: BreakdownRow, basis: Basis): string {
  const rate = engaged === undefined ? undefined : bounceRate({ visits: n, engaged }, basis)
  return rate === undefined ? '—' : sayPercent(rate)
}
