// All values of one dimension, a page of them at a time: searched, sorted, as CSV. Reached from the foot of a panel.
import type { FC } from 'hono/jsx'
import type { Dimension } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import { FilterChip } from '../panels/filter_chip.tsx'
import { footnote, nothingNamed, sayUntil, whyOf } from '../panels/footnote.ts'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { KeptState, pathOf } from '../panels/kept_state.tsx'
import { PanelFoot } from '../panels/panel_foot.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import type { Breakdown } from '../reports/breakdown.ts'
import type { Sort } from '../reports/count.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { LONGEST_SEARCH, writeSort } from '../values_query.ts'
import type { View } from '../view.ts'
import type { Words } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'
import { ValueTable } from './value_table.tsx'

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
              <ValueTable
                {...{ view, here, breakdown, sort }}
                totals={base}
                isLast={search === '' && page === lastPage(breakdown)}
              />
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
        maxlength={LONGEST_SEARCH}
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
