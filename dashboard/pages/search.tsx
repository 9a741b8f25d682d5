// What was found by a part of its name, by dimension; each value filters the site's page. Reached from the search box.
import type { FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import { whyOf } from '../panels/footnote.ts'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { PanelFoot } from '../panels/panel_foot.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import { ROWS_PER_PANEL, Values } from '../panels/ranking.tsx'
import { SearchBox } from '../panels/search_box.tsx'
import { canFilter } from '../reports/filter.ts'
import type { Report } from '../reports/report.ts'
import type { View } from '../view.ts'
import { plural, sayCount, sayDimension, sayK, sayRange } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

interface SearchPageProps {
  frame: Frame
  view: View
  text: string
  report: Report
}

export const SearchPage: FC<SearchPageProps> = ({ frame, view, text, report }) => {
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
          <a href={view.link({})}>Back to all panels</a>
        </p>
        <SearchBox view={view} text={text} />
      </div>
      {text === '' ? null : (
        <h2 class="found">
          {values === 0 ? `Nothing named contains “${text}”` : `${plural(values, 'value')} with “${text}”`}
        </h2>
      )}
      {values === 0 ? (
        <p class="note">
          {`Searched are the names of ${sayRange(view.period.range)}. A name is there once it was counted ${sayK(view.site.k).one} times in a month. `}
          <a href={whyOf(view).href}>{whyOf(view).title}</a>
        </p>
      ) : (
        <div class="panels">
          {found.map((breakdown) => (
            <section class="panel">
              <header>
                <h2>{titleOf(breakdown.dimension)}</h2>
              </header>
              <Values view={leading} totals={base} breakdown={{ ...breakdown, other: 0 }} />
              <PanelFoot
                all={{
                  href: view.link({ dimension: breakdown.dimension, search: text }, '/breakdown'),
                  title: breakdown.values > ROWS_PER_PANEL ? `All ${sayCount(breakdown.values)}` : 'Details',
                }}
              >
                {canFilter(view.site, breakdown.dimension) ? '' : 'Not counted together with anything else: no filter.'}
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
function titleOf(dimension: Dimension): string {
  const { panel, label } = DIMENSIONS[dimension]
  return panel === 'campaigns' ? label : sayDimension(dimension)
}
