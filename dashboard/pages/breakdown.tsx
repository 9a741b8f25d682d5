// All values of one dimension, a page of them at a time: searched, sorted, as CSV. Reached from the foot of a panel.
import type { Child, FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import { shareOfChange } from '../panels/change.tsx'
import { FilterChip, sayFilters } from '../panels/filter_chip.tsx'
import { footnote, nothingNamed, sayUntil, whyOf } from '../panels/footnote.ts'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { KeptState, pathOf } from '../panels/kept_state.tsx'
import { PanelFoot } from '../panels/panel_foot.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import { sayPerHundred } from '../panels/ranking.tsx'
import { shareBase } from '../panels/share.ts'
import type { Breakdown, BreakdownRow } from '../reports/breakdown.ts'
import type { Sort } from '../reports/count.ts'
import { canFilter } from '../reports/filter.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { type Basis, bounceRate, conversionRate } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { writeSort } from '../values_query.ts'
import { toFilter, type View } from '../view.ts'
import {
  METRIC_WORDS,
  sayChange,
  sayCount,
  sayDifference,
  sayDimension,
  sayInterval,
  sayPercent,
  sayRange,
  sayShare,
  sayValue,
} from '../words.ts'
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
  /** What is searched for, or ''. */
  search?: string
  sort: Pick<Sort, 'by' | 'reversed'>
  /** From 1. */
  page: number
}

export const BreakdownPage: FC<BreakdownPageProps> = (props) => {
  const { frame, view, dimension, totals, base, breakdown, search = '', sort, page } = props
  const title = sayDimension(dimension)
  const state = { dimension, search, sort: writeSort(sort) }
  const here: View = { ...view, link: (changes, path) => view.link({ ...state, ...changes }, path ?? '/breakdown') }
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
          {breakdown && <Finder view={here} search={search} title={title} />}
          <nav aria-label="Back">
            <a href={view.link({})}>Back to all panels</a>
          </nav>
        </header>
        {!breakdown ? (
          <p class="none">{notTogether(view, dimension)}</p>
        ) : (
          <>
            {breakdown.values + (search === '' ? breakdown.other : 0) === 0 ? (
              <p class="none">
                {search !== '' && breakdown.counted > 0
                  ? `Nothing named contains “${search}” in this period.`
                  : nothingNamed(view, base, breakdown)}
              </p>
            ) : (
              <Values {...{ view, breakdown, search, sort, page }} totals={base} here={here} />
            )}
            <PanelFoot why={whyOf(view)} csv={here.link({}, '/breakdown.csv')}>
              {footnote(view, base, breakdown) + sayUntil(base)}
              {breakdown.compared &&
                ` Changes compare ${sayRange(breakdown.compared.range)} against ${sayRange(breakdown.compared.before)}.`}
            </PanelFoot>
            <Pages here={here} page={page} last={lastPage(breakdown)} />
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

const Finder: FC<{ view: View; search: string; title: string }> = ({ view, search, title }) => {
  const address = view.link({ search: undefined })
  return (
    <form class="find" method="get" action={pathOf(address)}>
      <KeptState address={address} />
      <input
        type="search"
        name="search"
        maxlength={200}
        value={search}
        placeholder={`Find in ${title.toLowerCase()}`}
        aria-label={`Find in ${title.toLowerCase()}`}
        aria-keyshortcuts="/"
      />
      <button type="submit">Find</button>
    </form>
  )
}

const Pages: FC<{ here: View; page: number; last: number }> = ({ here, page, last }) => {
  if (last === 1) return null
  return (
    <nav class="pages" aria-label="Pages">
      {page > 1 ? <a href={here.link({ page: String(page - 1) })}>Previous page</a> : <span />}
      <span>{`Page ${page} of ${last}`}</span>
      {page < last ? <a href={here.link({ page: String(page + 1) })}>Next page</a> : <span />}
    </nav>
  )
}

function notTogether({ filter }: View, dimension: Dimension): string {
  if (filter?.dimension === dimension) return 'Filtered by one of these. Without the filter all of them stand here.'
  const by = filter ? DIMENSIONS[filter.dimension].label.toLowerCase() : ''
  return `${sayDimension(dimension)} are not counted together with ${by}: Sundial keeps no such pair.`
}

interface ValuesProps {
  view: View
  /** With links that stay on this page. */
  here: View
  totals: TotalsReport
  breakdown: Breakdown
  search: string
  sort: Pick<Sort, 'by' | 'reversed'>
  page: number
}

const Values: FC<ValuesProps> = ({ view, here, totals, breakdown, search, sort, page }) => {
  const { dimension, metric, rows, other } = breakdown
  const base = shareBase(totals, breakdown)
  const basis: Basis = { k: view.site.k, exact: false, engages: totals.engages }
  const engages = rows.some(({ engaged }) => engaged !== undefined)
  const timed = rows.some(({ reach }) => reach !== undefined)
  const rated = rows.some(({ of }) => of !== undefined)
  const [alone] = DIMENSIONS[dimension].metrics
  const head = { here, sort }
  // On a telephone the change shows only where it is what the values are sorted by.
  const isAside = sort.by !== 'change'
  const share = (n: number) => base !== undefined && <td class="wide">{sayShare(n / base)}</td>
  return (
    <table>
      <thead>
        <tr>
          <Head {...head} by="name">
            {DIMENSIONS[dimension].label}
          </Head>
          <Head {...head} by="count">
            {METRIC_WORDS[metric].title}
          </Head>
          {base !== undefined && (
            <th scope="col" class="wide">
              {`Share of ${sayCount(base)}`}
            </th>
          )}
          {rated && (
            <Head {...head} by="rate">
              {`For every 100 ${METRIC_WORDS[alone].one}s`}
            </Head>
          )}
          {breakdown.compared && (
            <Head {...head} by="change" isWide={isAside}>
              Change
            </Head>
          )}
          {engages && (
            <Head {...head} by="rate">
              Bounce rate
            </Head>
          )}
          {timed && (
            <th scope="col" class="wide">
              Engaged, median
            </th>
          )}
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
            {rated && <td>{sayPerHundred(conversionRate(row.n, row.of, basis))}</td>}
            {breakdown.compared && <Changed row={row} k={basis.k} isWide={isAside} />}
            {engages && <td>{sayRate(row, basis)}</td>}
            {timed && <td class="wide">{sayMedian(row, basis)}</td>}
          </tr>
        ))}
        {other > 0 && search === '' && page === lastPage(breakdown) && (
          <tr class="other">
            <th scope="row">Too rare to be named</th>
            <td>{sayCount(other)}</td>
            {share(other)}
            {rated && <td />}
            {breakdown.compared && <td class={isAside ? 'wide' : ''} />}
            {engages && <td />}
            {timed && <td class="wide" />}
          </tr>
        )}
      </tbody>
    </table>
  )
}

interface HeadProps {
  here: View
  sort: Pick<Sort, 'by' | 'reversed'>
  by: Sort['by']
  isWide?: boolean
  children: Child
}

/** A click sorts by a column, another one turns it round. */
const Head: FC<HeadProps> = ({ here, sort, by, isWide = false, children }) => {
  const isSorted = sort.by === by
  const isUp = (by === 'name') !== sort.reversed
  const next = { by, reversed: isSorted && !sort.reversed }
  return (
    <th scope="col" class={isWide ? 'wide' : ''} aria-sort={isSorted ? (isUp ? 'ascending' : 'descending') : undefined}>
      <a href={here.link({ sort: writeSort(next), page: undefined })}>{children}</a>
    </th>
  )
}

const Changed: FC<{ row: BreakdownRow; k: number; isWide: boolean }> = ({ row: { compared }, k, isWide }) => {
  const place = isWide ? 'wide' : ''
  if (!compared) return <td class={place} />
  const share = shareOfChange(k, compared)
  return (
    <td class={place} title={`${sayCount(compared.now)} from ${sayCount(compared.before)}`}>
      {sayDifference(compared.now - compared.before)}
      {share !== undefined && share !== 0 && <small>{` ${sayChange(share)}`}</small>}
    </td>
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
