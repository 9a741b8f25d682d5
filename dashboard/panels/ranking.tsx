// A panel that ranks the values of one dimension at a time: tabs for the dimensions it can show, a bar per value, the
// change of each, and a footnote on what is not named. The countries stand beside a map. Used by the site page.
import type { Child, FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension, OTHER, type PanelName } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { canFilter } from '../reports/filter.ts'
import { conversionRate, hasTotal } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { dimensionsOf, toFilter, type View } from '../view.ts'
import type { Words } from '../words.ts'
import { RowChange } from './change.tsx'
import { sayFilters } from './filter_chip.tsx'
import { footnote, nothingNamed, sayUntil, sayWithout, whyOf } from './footnote.ts'
import { PanelFoot } from './panel_foot.tsx'
import { eventBase, shareBase } from './share.ts'
import { WorldMap } from './world_map.tsx'

/** Of the values that came, the panel shows so many; the map takes all. */
export const ROWS_PER_PANEL = 9

interface RankingProps {
  name: PanelName
  view: View
  totals: TotalsReport
  /** Missing when no pair answers this dimension under the filter. */
  breakdown: Breakdown | undefined
  /** Spans both columns: it has none beside it. */
  isWide?: boolean
}

export const Ranking: FC<RankingProps> = ({ name, view, totals, breakdown, isWide = false }) => {
  const dimension = view.tabs.get(name)
  if (!dimension) return null
  return (
    <section class={isWide ? 'panel whole' : 'panel'} id={name}>
      <PanelHead name={name} view={view} dimension={dimension}>
        {hasPlaces(breakdown) && <MapOrList view={view} />}
      </PanelHead>
      <Body view={view} dimension={dimension} totals={totals} breakdown={breakdown} />
    </section>
  )
}

interface PanelHeadProps {
  name: PanelName
  view: View
  dimension: Dimension
  /** Stands behind the tabs. */
  children?: Child
}

export const PanelHead: FC<PanelHeadProps> = ({ name, view, dimension, children }) => {
  const { numbers, panels, sayDimension } = useWords()
  const dimensions = dimensionsOf(view.site, name)
  const title = numbers.panels[name]
  return (
    <header>
      <h2>{title}</h2>
      {dimensions.length > 1 && (
        <nav aria-label={panels.by(title)}>
          {dimensions.map((tab) => (
            <a href={`${view.link({ [name]: tab })}#${name}`} aria-current={tab === dimension ? 'true' : undefined}>
              {sayDimension(tab)}
            </a>
          ))}
        </nav>
      )}
      {children}
    </header>
  )
}

const MapOrList: FC<{ view: View }> = ({ view }) => {
  const { shownAs } = useWords().panels
  const entry = (countries: View['countries']) => (
    <a
      href={`${view.link({ countries: countries === 'map' ? undefined : countries })}#places`}
      aria-current={countries === view.countries ? 'true' : undefined}
    >
      {shownAs[countries]}
    </a>
  )
  return (
    <nav aria-label={shownAs.label}>
      {entry('map')}
      {entry('list')}
    </nav>
  )
}

const Body: FC<Omit<RankingProps, 'name' | 'isWide'> & { dimension: Dimension }> = ({
  view,
  dimension,
  totals,
  breakdown,
}) => {
  const words = useWords()
  const { panels } = words
  const { filter } = view
  if (filter?.dimension === dimension) return <Chosen view={view} totals={totals} dimension={dimension} />
  if (!breakdown) return <p class="none">{filter && panels.notTogether(dimension, filter.dimension)}</p>
  const { rows, values } = breakdown
  return (
    <>
      {rows.length === 0 ? (
        <p class="none">{nothingNamed(view, totals, breakdown, words)}</p>
      ) : isMapped(view, breakdown) ? (
        <div class="places">
          <WorldMap view={view} breakdown={breakdown} />
          <div>
            <Values view={view} totals={totals} breakdown={breakdown} />
          </div>
        </div>
      ) : (
        <Values view={view} totals={totals} breakdown={breakdown} />
      )}
      <PanelFoot
        why={whyOf(view, words)}
        csv={rows.length === 0 ? undefined : view.link({ dimension }, '/breakdown.csv')}
        all={
          rows.length === 0
            ? undefined
            : {
                href: view.link({ dimension }, '/breakdown'),
                title: values > ROWS_PER_PANEL ? panels.all(words.sayCount(values)) : panels.details,
              }
        }
      >
        {footnote(view, totals, breakdown, words) + sayUntil(totals, words)}
        {rows.length > 0 && sayWithout(totals, words)}
      </PanelFoot>
    </>
  )
}

/** Whether a panel is shown with a map, which needs both columns. */
export function isMapped({ countries }: View, breakdown: Breakdown | undefined): boolean {
  return countries === 'map' && hasPlaces(breakdown)
}

function hasPlaces(breakdown: Breakdown | undefined): boolean {
  return breakdown?.dimension === 'country' && breakdown.rows.length > 0
}

export const Values: FC<{ view: View; totals: TotalsReport; breakdown: Breakdown }> = ({ view, totals, breakdown }) => {
  const words = useWords()
  const { panels, sayCount, sayLabel, sayShare } = words
  const { dimension, metric, other } = breakdown
  const rows = breakdown.rows.slice(0, ROWS_PER_PANEL)
  const base = shareBase(totals, breakdown)
  const { k } = view.site
  const per = eventBase(view, totals, breakdown)
  const rated = rows.some(({ n, of = per.of }) => conversionRate(n, of, { k }) !== undefined)
  const aside = (n: number, of = per.of) => {
    if (rated) return sayPerHundred(conversionRate(n, of, { k }), words)
    return base === undefined ? '' : sayShare(n / base)
  }
  const most = Math.max(...rows.map(({ n }) => n), 1)
  return (
    <>
      <p class="columns" aria-hidden="true">
        <span>{sayLabel(dimension)}</span>
        {rated ? (
          <span>{panels.columns.rated(metric, per.metric)}</span>
        ) : base === undefined ? (
          <span class="n">{panels.columns.counted(metric)}</span>
        ) : (
          <span>{panels.columns.shared(metric, sayCount(base))}</span>
        )}
      </p>
      <ol class="rows">
        {rows.map(({ value, n, of, compared }) => (
          <Row view={view} dimension={dimension} value={value} n={n} width={n / most} aside={aside(n, of)}>
            <RowChange k={k} compared={compared} />
          </Row>
        ))}
        {other > 0 && <OtherRow n={other} aside={rated ? '' : aside(other)} />}
      </ol>
    </>
  )
}

export function sayPerHundred(rate: number | undefined, { sayAverage }: Words): string {
  return rate === undefined ? '—' : sayAverage(rate * 100)
}

interface RowProps {
  view: View
  dimension: Dimension
  value: string
  n: number
  /** 0 to 1, of the longest bar. */
  width: number
  /** What stands behind the count: its share or its rate. */
  aside: string
  children?: Child
}

const Row: FC<RowProps> = ({ view, dimension, value, n, width, aside, children }) => {
  const words = useWords()
  const name = words.sayValue(dimension, value)
  return (
    <li>
      <span class="value">
        <svg aria-hidden="true" width="100%" height="100%">
          <rect width={`${(width * 100).toFixed(1)}%`} height="100%" rx="4" />
        </svg>
        {dimension === 'country' && /^[A-Z]{2}$/.test(value) && <i>{value}</i>}
        {canFilter(view.site, dimension) && value !== OTHER ? (
          <a href={view.link(toFilter({ dimension, value }))} title={sayFilters(view, name, words)}>
            {name}
          </a>
        ) : (
          <span title={name}>{name}</span>
        )}
      </span>
      <b>{words.sayCount(n)}</b>
      <small>{aside}</small>
      {children}
    </li>
  )
}

const OtherRow: FC<{ n: number; aside: string }> = ({ n, aside }) => {
  const { panels, sayCount } = useWords()
  return (
    <li class="other" title={panels.tooRareMeaning}>
      <span class="value">
        <span>{panels.tooRare}</span>
      </span>
      <b>{sayCount(n)}</b>
      <small>{aside}</small>
    </li>
  )
}

/** The panel of the dimension that is filtered by: its one value. */
const Chosen: FC<{ view: View; totals: TotalsReport; dimension: Dimension }> = ({ view, totals, dimension }) => {
  const words = useWords()
  const { panels, sayKeptByMonth } = words
  if (!view.filter) return null
  const metric = DIMENSIONS[dimension].metrics[0]
  const n = hasTotal(metric) ? totals.current?.[metric] : undefined
  return (
    <>
      {n === undefined ? (
        <p class="none">{totals.leftOut.length > 0 ? sayKeptByMonth(totals.leftOut) : panels.nothing.kept}</p>
      ) : (
        <ol class="rows">
          <Row view={view} dimension={dimension} value={view.filter.value} n={n} width={1} aside="" />
        </ol>
      )}
      <footer>
        <span>{n === undefined ? '' : panels.onlyThis(n, metric) + sayUntil(totals, words)}</span>
        <a href={view.link(toFilter(undefined))}>{panels.showAll}</a>
      </footer>
    </>
  )
}
