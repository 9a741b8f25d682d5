// All values of one dimension, a page of them at a time: searched, sorted, as CSV. Reached from the foot of a panel.
import type { Child, FC } from 'hono/jsx'
import type { Dimension } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import { shareOfChange } from '../panels/change.tsx'
import { FilterChip, sayFilters } from '../panels/filter_chip.tsx'
import { footnote, nothingNamed, sayUntil, whyOf } from '../panels/footnote.ts'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { KeptState, pathOf } from '../panels/kept_state.tsx'
import { PanelFoot } from '../panels/panel_foot.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import { sayPerHundred } from '../panels/ranking.tsx'
import { eventBase, shareBase } from '../panels/share.ts'
import type { Breakdown, BreakdownRow } from '../reports/breakdown.ts'
import type { Sort } from '../reports/count.ts'
import { canFilter } from '../reports/filter.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { type Basis, bounceRate, conversionRate } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { writeSort } from '../values_query.ts'
import { toFilter, type View } from '../view.ts'
import type { Words } from '../words.ts'
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
  const words = useWords()
  const title = words.sayDimension(dimension)
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
          {breakdown && <Finder view={here} search={search} dimension={dimension} />}
          <nav aria-label={words.numbers.back}>
            <a href={view.link({})}>{words.numbers.backToAll}</a>
          </nav>
        </header>
        {!breakdown ? (
          <p class="none">{notTogether(view, dimension, words)}</p>
        ) : (
          <>
            {breakdown.values + (search === '' ? breakdown.other : 0) === 0 ? (
              <p class="none">
                {search !== '' && breakdown.counted > 0
                  ? words.numbers.values.nothing(search)
                  : nothingNamed(view, base, breakdown, words)}
              </p>
            ) : (
              <Values {...{ view, breakdown, search, sort, page }} totals={base} here={here} />
            )}
            <PanelFoot why={whyOf(view, words)} csv={here.link({}, '/breakdown.csv')}>
              {footnote(view, base, breakdown, words) + sayUntil(base, words)}
              {breakdown.compared &&
                ` ${words.numbers.values.compared(breakdown.compared.range, breakdown.compared.before)}`}
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

const Finder: FC<{ view: View; search: string; dimension: Dimension }> = ({ view, search, dimension }) => {
  const { numbers, panels } = useWords()
  const label = numbers.values.findIn(dimension)
  const address = view.link({ search: undefined })
  return (
    <form class="find" method="get" action={pathOf(address)}>
      <KeptState address={address} />
      <input
        type="search"
        name="search"
        maxlength={200}
        value={search}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
      />
      <button type="submit">{panels.search.find}</button>
    </form>
  )
}

const Pages: FC<{ here: View; page: number; last: number }> = ({ here, page, last }) => {
  const words = useWords().numbers.values
  if (last === 1) return null
  return (
    <nav class="pages" aria-label={words.pages}>
      {page > 1 ? <a href={here.link({ page: String(page - 1) })}>{words.previous}</a> : <span />}
      <span>{words.pageOf(page, last)}</span>
      {page < last ? <a href={here.link({ page: String(page + 1) })}>{words.next}</a> : <span />}
    </nav>
  )
}

function notTogether({ filter }: View, dimension: Dimension, { numbers, panels }: Words): string {
  return !filter || filter.dimension === dimension
    ? numbers.values.filtered
    : panels.notTogether(dimension, filter.dimension)
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
  const words = useWords()
  const { sayCount, sayShare } = words
  const heads = words.numbers.values
  const { dimension, metric, rows, other } = breakdown
  const base = shareBase(totals, breakdown)
  const basis: Basis = { k: view.site.k, exact: false, engages: totals.engages }
  const engages = rows.some(({ engaged }) => engaged !== undefined)
  const timed = rows.some(({ reach }) => reach !== undefined)
  const rated = rows.some(({ of }) => of !== undefined)
  const per = eventBase(view, totals, breakdown)
  const isRated = rated || per.of !== undefined
  const head = { here, sort }
  // On a telephone the change shows only where it is what the values are sorted by.
  const isAside = sort.by !== 'change'
  const share = (n: number) => base !== undefined && <td class="wide">{sayShare(n / base)}</td>
  return (
    <table>
      <thead>
        <tr>
          <Head {...head} by="name">
            {words.sayLabel(dimension)}
          </Head>
          <Head {...head} by="count">
            {words.general.metrics[metric].title}
          </Head>
          {base !== undefined && (
            <th scope="col" class="wide">
              {heads.shareOf(base)}
            </th>
          )}
          {rated && (
            <Head {...head} by="rate">
              {heads.perHundred(per.metric)}
            </Head>
          )}
          {per.of !== undefined && <th scope="col">{heads.perHundred(per.metric)}</th>}
          {breakdown.compared && (
            <Head {...head} by="change" isWide={isAside}>
              {heads.change}
            </Head>
          )}
          {engages && (
            <Head {...head} by="rate">
              {words.chart.titles.bounce_rate}
            </Head>
          )}
          {timed && (
            <th scope="col" class="wide">
              {heads.engaged}
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
            {isRated && <td>{sayPerHundred(conversionRate(row.n, row.of ?? per.of, basis), words)}</td>}
            {breakdown.compared && <Changed row={row} k={basis.k} isWide={isAside} />}
            {engages && <td>{sayRate(row, basis, words)}</td>}
            {timed && <td class="wide">{sayMedian(row, basis, words)}</td>}
          </tr>
        ))}
        {other > 0 && search === '' && page === lastPage(breakdown) && (
          <tr class="other">
            <th scope="row">{words.panels.tooRare}</th>
            <td>{sayCount(other)}</td>
            {share(other)}
            {isRated && <td />}
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
  const { numbers, sayChange, sayDifference } = useWords()
  const place = isWide ? 'wide' : ''
  if (!compared) return <td class={place} />
  const share = shareOfChange(k, compared)
  return (
    <td class={place} title={numbers.values.changed(compared.now, compared.before)}>
      {sayDifference(compared.now - compared.before)}
      {share !== undefined && share !== 0 && <small>{` ${sayChange(share)}`}</small>}
    </td>
  )
}

const Value: FC<{ view: View; dimension: Dimension; value: string }> = ({ view, dimension, value }) => {
  const words = useWords()
  const name = words.sayValue(dimension, value)
  if (!canFilter(view.site, dimension)) return <>{name}</>
  return (
    <a href={view.link(toFilter({ dimension, value }))} title={sayFilters(view, name, words)}>
      {name}
    </a>
  )
}

function sayMedian({ reach, n }: BreakdownRow, { k }: Basis, { sayInterval }: Words): string {
  const middle = reach && median(reach, n, medianFrom(k, true))
  return middle ? sayInterval(middle) : '—'
}

function sayRate({ n, engaged }: BreakdownRow, basis: Basis, { sayPercent }: Words): string {
  const rate = engaged === undefined ? undefined : bounceRate({ visits: n, engaged }, basis)
  return rate === undefined ? '—' : sayPercent(rate)
}
