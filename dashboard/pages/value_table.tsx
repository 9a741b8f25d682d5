// The table of the values of a dimension: counts, shares, rates and changes, each column a way to sort by. Used by
// breakdown.tsx.
import type { Child, FC } from 'hono/jsx'
import type { Dimension } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import { shareOfChange } from '../panels/change.tsx'
import { sayFilters } from '../panels/filter_chip.tsx'
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

interface ValueTableProps {
  view: View
  /** With links that stay on this page. */
  here: View
  totals: TotalsReport
  breakdown: Breakdown
  sort: Pick<Sort, 'by' | 'reversed'>
  /** Whether nothing comes after these rows, so that what has no name stands below them. */
  isLast: boolean
}

export const ValueTable: FC<ValueTableProps> = ({ view, here, totals, breakdown, sort, isLast }) => {
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
        {other > 0 && isLast && (
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
