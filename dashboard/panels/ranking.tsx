// A panel that ranks the values of one dimension at a time: tabs for the dimensions it can show, a bar per value, the
// change of each, and a footnote on what is not named. The countries stand beside a map. Used by the site page.
import type { Child, FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension, OTHER, type PanelName } from '../../collector/contract.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { canFilter } from '../reports/filter.ts'
import { conversionRate, hasTotal } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { dimensionsOf, PANELS, toFilter, type View } from '../view.ts'
import {
  METRIC_WORDS,
  plural,
  sayAverage,
  sayCount,
  sayDimension,
  sayKeptByMonth,
  sayMonth,
  sayShare,
  sayValue,
} from '../words.ts'
import { RowChange } from './change.tsx'
import { sayFilters } from './filter_chip.tsx'
import { footnote, nothingNamed, sayUntil, whyOf } from './footnote.ts'
import { PanelFoot } from './panel_foot.tsx'
import { shareBase } from './share.ts'
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
      <PanelHead name={name} view={view} dimension={dimension} />
      <Body view={view} dimension={dimension} totals={totals} breakdown={breakdown} />
    </section>
  )
}

export const PanelHead: FC<{ name: PanelName; view: View; dimension: Dimension }> = ({ name, view, dimension }) => {
  const dimensions = dimensionsOf(view.site, name)
  return (
    <header>
      <h2>{PANELS[name].title}</h2>
      {dimensions.length > 1 && (
        <nav aria-label={`${PANELS[name].title} by`}>
          {dimensions.map((tab) => (
            <a href={`${view.link({ [name]: tab })}#${name}`} aria-current={tab === dimension ? 'true' : undefined}>
              {sayDimension(tab)}
            </a>
          ))}
        </nav>
      )}
    </header>
  )
}

const Body: FC<Omit<RankingProps, 'name' | 'isWide'> & { dimension: Dimension }> = ({
  view,
  dimension,
  totals,
  breakdown,
}) => {
  const { filter } = view
  if (filter?.dimension === dimension) return <Chosen view={view} totals={totals} dimension={dimension} />
  if (!breakdown) {
    const by = filter ? DIMENSIONS[filter.dimension].label.toLowerCase() : ''
    return (
      <p class="none">{`${sayDimension(dimension)} are not counted together with ${by}: Sundial keeps no such pair.`}</p>
    )
  }
  const { rows, values } = breakdown
  return (
    <>
      {rows.length === 0 ? (
        <p class="none">{nothingNamed(view, totals, breakdown)}</p>
      ) : isMapped(breakdown) ? (
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
        why={whyOf(view)}
        csv={rows.length === 0 ? undefined : view.link({ dimension }, '/breakdown.csv')}
        all={
          rows.length === 0
            ? undefined
            : {
                href: view.link({ dimension }, '/breakdown'),
                title: values > ROWS_PER_PANEL ? `All ${sayCount(values)}` : 'Details',
              }
        }
      >
        {footnote(view, totals, breakdown) + sayUntil(totals)}
        {totals.leftOut.length > 0 && rows.length > 0 && ` Without ${totals.leftOut.map(sayMonth).join(' and ')}.`}
      </PanelFoot>
    </>
  )
}

/** Whether a panel has a map, which needs both columns. */
export function isMapped(breakdown: Breakdown | undefined): boolean {
  return breakdown?.dimension === 'country' && breakdown.rows.length > 0
}

export const Values: FC<{ view: View; totals: TotalsReport; breakdown: Breakdown }> = ({ view, totals, breakdown }) => {
  const { dimension, metric, other } = breakdown
  const rows = breakdown.rows.slice(0, ROWS_PER_PANEL)
  const base = shareBase(totals, breakdown)
  const { k } = view.site
  const rated = rows.some(({ n, of }) => conversionRate(n, of, { k }) !== undefined)
  const aside = (n: number, of?: number) => {
    if (rated) return sayPerHundred(conversionRate(n, of, { k }))
    return base === undefined ? '' : sayShare(n / base)
  }
  const most = Math.max(...rows.map(({ n }) => n), 1)
  return (
    <>
      <p class="columns" aria-hidden="true">
        <span>{DIMENSIONS[dimension].label}</span>
        {rated ? (
          <span>{`${METRIC_WORDS[metric].title}, for every 100 ${METRIC_WORDS[DIMENSIONS[dimension].metrics[0]].one}s`}</span>
        ) : base === undefined ? (
          <span class="n">{METRIC_WORDS[metric].title}</span>
        ) : (
          <span>{`${METRIC_WORDS[metric].title}, share of ${sayCount(base)}`}</span>
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

export function sayPerHundred(rate: number | undefined): string {
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
  const name = sayValue(dimension, value)
  return (
    <li>
      <span class="value">
        <svg aria-hidden="true" width="100%" height="100%">
          <rect width={`${(width * 100).toFixed(1)}%`} height="100%" rx="4" />
        </svg>
        {dimension === 'country' && /^[A-Z]{2}$/.test(value) && <i>{value}</i>}
        {canFilter(view.site, dimension) && value !== OTHER ? (
          <a href={view.link(toFilter({ dimension, value }))} title={sayFilters(view, name)}>
            {name}
          </a>
        ) : (
          <span title={name}>{name}</span>
        )}
      </span>
      <b>{sayCount(n)}</b>
      <small>{aside}</small>
      {children}
    </li>
  )
}

const OtherRow: FC<{ n: number; aside: string }> = ({ n, aside }) => (
  <li class="other" title="Counted, but each too rare to be named in its month">
    <span class="value">
      <span>Too rare to be named</span>
    </span>
    <b>{sayCount(n)}</b>
    <small>{aside}</small>
  </li>
)

/** The panel of the dimension that is filtered by: its one value. */
const Chosen: FC<{ view: View; totals: TotalsReport; dimension: Dimension }> = ({ view, totals, dimension }) => {
  if (!view.filter) return null
  const metric = DIMENSIONS[dimension].metrics[0]
  const n = hasTotal(metric) ? totals.current?.[metric] : undefined
  return (
    <>
      {n === undefined ? (
        <p class="none">
          {totals.leftOut.length > 0 ? sayKeptByMonth(totals.leftOut) : 'Nothing is kept of this period.'}
        </p>
      ) : (
        <ol class="rows">
          <Row view={view} dimension={dimension} value={view.filter.value} n={n} width={1} aside="" />
        </ol>
      )}
      <footer>
        <span>
          {n === undefined ? '' : `Filtered by this one: ${plural(n, METRIC_WORDS[metric].one)}.${sayUntil(totals)}`}
        </span>
        <a href={view.link(toFilter(undefined))}>Show all</a>
      </footer>
    </>
  )
}
