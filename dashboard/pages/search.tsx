// What was found by a part of its name, by dimension; each value filters the site's page. Reached from the search box.
import type { FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import { whyOf } from '../panels/footnote.ts'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { PanelFoot } from '../panels/panel_foot.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import { ROWS_PER_PANEL, Values } from '../panels/ranking.tsx'
import { SearchBox } from '../panels/search_box.tsx'
import { canFilter } from '../reports/filter.ts'
import type { Report } from '../reports/report.ts'
import type { View } from '../view.ts'
import type { Words } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

interface SearchPageProps {
  frame: Frame
  view: View
  text: string
  report: Report
}

export const SearchPage: FC<SearchPageProps> = ({ frame, view, text, report }) => {
  const words = useWords()
  const { backToAll, search } = words.numbers
  const { totals, base, breakdowns } = report
  const here: View = { ...view, link: (changes, path) => view.link({ q: text, ...changes }, path ?? '/search') }
  const leading: View = { ...view, link: (changes, path) => view.link({ ...changes, q: undefined }, path) }
  const found = [...breakdowns.values()].filter(({ rows }) => rows.length > 0)
  const values = found.reduce((sum, { values }) => sum + values, 0)
  return (
    <Layout
      frame={frame}
      title={`${text} · ${view.site.domain} · Sundial`}
      site={view.site}
      tools={<PeriodPicker view={here} />}
    >
      <div class="between">
        <p class="hint">
          <a href={view.link({})}>{backToAll}</a>
        </p>
        <SearchBox view={view} text={text} />
      </div>
      {text === '' ? null : <h2 class="found">{search.found(values, text)}</h2>}
      {values === 0 ? (
        <p class="note">
          {search.searched(view.period.range, view.site.k)}{' '}
          <a href={whyOf(view, words).href}>{whyOf(view, words).title}</a>
        </p>
      ) : (
        <div class="panels">
          {found.map((breakdown) => (
            <section class="panel">
              <header>
                <h2>{titleOf(breakdown.dimension, words)}</h2>
              </header>
              <Values view={leading} totals={base} breakdown={{ ...breakdown, other: 0 }} />
              <PanelFoot
                all={{
                  href: view.link({ dimension: breakdown.dimension, search: text }, '/breakdown'),
                  title: sayAll(breakdown.values, words),
                }}
              >
                {canFilter(view.site, breakdown.dimension) ? '' : search.noFilter}
              </PanelFoot>
            </section>
          ))}
        </div>
      )}
      <HorizonNote view={view} totals={totals} base={base} />
    </Layout>
  )
}

/** Beside others a campaign's 'Source' would be taken for the source of a visit. */
function titleOf(dimension: Dimension, { sayDimension, sayLabel }: Words): string {
  return DIMENSIONS[dimension].panel === 'campaigns' ? sayLabel(dimension) : sayDimension(dimension)
}

function sayAll(values: number, { panels, sayCount }: Words): string {
  return values > ROWS_PER_PANEL ? panels.all(sayCount(values)) : panels.details
}
