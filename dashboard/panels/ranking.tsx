// A panel of values with their counts: tabs for its dimensions, a bar and a share per row, a link that filters, and a
// footnote on what is not named. Used by the site page.
import type { FC } from 'hono/jsx'
import { DIMENSIONS, type Dimension, OTHER, type PanelName } from '../../collector/contract.ts'
import type { Breakdown } from '../reports/breakdown.ts'
import { canFilter } from '../reports/filter.ts'
import { hasTotal } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { dimensionsOf, PANELS, toFilter, type View } from '../view.ts'
import { METRIC_WORDS, plural, sayCount, sayDimension, sayKeptByMonth, sayMonth, sayShare, sayValue } from '../words.ts'
import { sayFilters } from './filter_chip.tsx'
import { footnote, nothingNamed, sayUntil } from './footnote.ts'
import { shareBase } from './share.ts'

interface RankingProps {
  name: PanelName
  view: View
  totals: TotalsReport
  /** Missing when no pair answers this dimension under the filter. */
  breakdown: Breakdown | undefined
}

export const Ranking: FC<RankingProps> = ({ name, view, totals, breakdown }) => {
  const dimension = view.tabs.get(name)
  if (!dimension) return null
  return (
    <section class="panel" id={name}>
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

const Body: FC<Omit<RankingProps, 'name'> & { dimension: Dimension }> = ({ view, dimension, totals, breakdown }) => {
  const { filter } = view
  if (filter?.dimension === dimension) return <Chosen view={view} totals={totals} dimension={dimension} />
  if (!breakdown) {
    const by = filter ? DIMENSIONS[filter.dimension].label.toLowerCase() : ''
    return (
      <p class="none">{`${sayDimension(dimension)} are not counted together with ${by}: Sundial keeps no such pair.`}</p>
    )
  }
  const base = shareBase(totals, breakdown)
  const share = (n: number) => (base === undefined ? undefined : n / base)
  const most = Math.max(...breakdown.rows.map(({ n }) => n), 1)
  return (
    <>
      {breakdown.rows.length === 0 ? (
        <p class="none">{nothingNamed(view, totals, breakdown)}</p>
      ) : (
        <>
          <p class="columns" aria-hidden="true">
            <span>{DIMENSIONS[dimension].label}</span>
            {base === undefined ? (
              <span class="n">{METRIC_WORDS[breakdown.metric].title}</span>
            ) : (
              <span>{`${METRIC_WORDS[breakdown.metric].title}, share of ${sayCount(base)}`}</span>
            )}
          </p>
          <ol class="rows">
            {breakdown.rows.map(({ value, n }) => (
              <Row view={view} dimension={dimension} value={value} n={n} width={n / most} share={share(n)} />
            ))}
            {breakdown.other > 0 && <OtherRow n={breakdown.other} share={share(breakdown.other)} />}
          </ol>
        </>
      )}
      <footer>
        <span>{footnote(view, totals, breakdown) + sayUntil(totals)}</span>
        {totals.leftOut.length > 0 && breakdown.rows.length > 0 && (
          <span>{`Without ${totals.leftOut.map(sayMonth).join(' and ')}.`}</span>
        )}
        {breakdown.values > breakdown.rows.length && (
          <a href={view.link({ dimension }, '/breakdown')}>{`All ${sayCount(breakdown.values)}`}</a>
        )}
      </footer>
    </>
  )
}

interface RowProps {
  view: View
  dimension: Dimension
  value: string
  n: number
  /** 0 to 1, of the longest bar and of all. */
  width: number
  share: number | undefined
}

const Row: FC<RowProps> = ({ view, dimension, value, n, width, share }) => {
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
      <small>{share !== undefined && sayShare(share)}</small>
    </li>
  )
}

const OtherRow: FC<{ n: number; share: number | undefined }> = ({ n, share }) => (
  <li class="other" title="Counted, but each too rare to be named in its month">
    <span class="value">
      <span>Too rare to be named</span>
    </span>
    <b>{sayCount(n)}</b>
    <small>{share !== undefined && sayShare(share)}</small>
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
          <Row view={view} dimension={dimension} value={view.filter.value} n={n} width={1} share={undefined} />
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
