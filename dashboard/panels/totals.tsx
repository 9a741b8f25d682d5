// The strip of totals above the chart, each compared with the period before. Used by the site page.
import type { FC } from 'hono/jsx'
import type { Metric } from '../../collector/contract.ts'
import type { Period } from '../period.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { type Basis, bounceRate, change, viewsPerVisit } from '../reports/metric.ts'
import { isEmpty } from '../reports/span.ts'
import type { Comparison, Incomparable, Totals, TotalsReport } from '../reports/totals.ts'
import type { Drawn, View } from '../view.ts'
import {
  BOUNCE,
  hour,
  sayChange,
  sayCompact,
  sayCount,
  sayInterval,
  sayPercent,
  sayPoints,
  sayRange,
  sayRatio,
  UNCHANGED,
} from '../words.ts'
import { drawnOf, isDrawable } from './drawn.ts'

interface TotalsProps {
  view: View
  report: TotalsReport
  /** The totals of the days of which engaged time is known. */
  base: TotalsReport
  /** Local hour of now, when the period is today so far. */
  hourNow: number | undefined
}

type FigureProps = Omit<TotalsProps, 'base'>

interface Figure {
  title: string
  meaning?: string
  /** Measured when all of these are. */
  needs: readonly Metric[]
  draws?: Drawn
  number(totals: Totals, basis: Basis): number | undefined
  say(number: number): string
  /** More is better, worse, or neither. */
  better: 1 | -1 | 0
  /** A count of a day that is not over cannot be compared with a whole one; a rate can. */
  grows: boolean
  /** A rate differs by points; everything else changes by a share of itself. */
  differs?: true
}

const FIGURES: readonly Figure[] = [
  {
    title: 'Visits',
    needs: ['visits'],
    draws: 'visits',
    number: ({ visits }) => visits,
    say: sayTotal,
    better: 1,
    grows: true,
  },
  {
    title: 'Page views',
    needs: ['pageviews'],
    draws: 'pageviews',
    number: ({ pageviews }) => pageviews,
    say: sayTotal,
    better: 1,
    grows: true,
  },
  {
    title: 'Views per visit',
    needs: ['visits', 'pageviews'],
    draws: 'views_per_visit',
    number: viewsPerVisit,
    say: sayRatio,
    better: 0,
    grows: false,
  },
  {
    title: 'Bounce rate',
    meaning: BOUNCE,
    needs: ['visits', 'engaged'],
    draws: 'bounce_rate',
    number: bounceRate,
    say: sayPercent,
    better: -1,
    grows: false,
    differs: true,
  },
  {
    title: 'Events',
    needs: ['events'],
    draws: 'events',
    number: ({ events }) => events,
    say: sayTotal,
    better: 1,
    grows: true,
  },
]

function sayTotal(n: number): string {
  return n < 100_000 ? sayCount(n) : sayCompact(n)
}

export const TotalsStrip: FC<TotalsProps> = ({ view, report, base, hourNow }) => (
  <>
    <ul class={report.comparison ? 'totals changes' : 'totals'}>
      {FIGURES.filter(({ needs }) => needs.every((metric) => report.measured.has(metric))).map((figure) => (
        <FigureBox figure={figure} view={view} report={report} hourNow={hourNow} />
      ))}
      {base.measured.has('reach') && !isEmpty(base.range) && <EngagedBox view={view} report={base} />}
    </ul>
    {report.comparison && hourNow === undefined && (
      <WholeDays view={view} report={report} days={report.comparison.days} />
    )}
    {report.incomparable && isChosen(view) && <p class="hint compared">{INCOMPARABLE[report.incomparable]}</p>}
  </>
)

/** Said where what is compared are other days than those of the period. */
const WholeDays: FC<{ view: View; report: TotalsReport; days: Comparison['days'] }> = ({ view, report, days }) => {
  if (days.range.to === view.period.range.to) return null
  const which = report.until === undefined ? 'are without today:' : 'compare'
  return <p class="hint compared">{`Changes ${which} ${sayRange(days.range)} against ${sayRange(days.before)}.`}</p>
}

/** Where nobody has chosen what to compare with, that there is nothing goes without saying. */
function isChosen({ period: { comparing } }: View): boolean {
  return comparing === 'year' || comparing === 'custom'
}

export const INCOMPARABLE = {
  nothing_counted: 'Nothing was counted yet when the days to compare with began, so there are no changes.',
  kept_by_month:
    'The days to compare with cover only a part of a month that is kept as a whole by now, so there are no changes.',
} as const satisfies Record<Incomparable, string>

const FigureBox: FC<FigureProps & { figure: Figure }> = ({ figure, view, report, hourNow }) => {
  const { title, draws, say } = figure
  const number = report.current && figure.number(report.current, basisOf(view, report))
  const body = (
    <>
      <span class="name" title={figure.meaning}>
        {title}
      </span>
      <b>{number === undefined ? '—' : say(number)}</b>
      <Compared figure={figure} view={view} report={report} hourNow={hourNow} />
    </>
  )
  if (!draws || !isDrawable(draws, report)) return <li>{body}</li>
  const drawn = drawnOf(view, report) === draws
  return (
    <li class={drawn ? 'drawn' : ''}>
      <a
        href={view.link({ metric: draws === 'visits' ? undefined : draws })}
        aria-current={drawn ? 'true' : undefined}
        title={drawn ? 'Drawn below' : `Draw ${title.toLowerCase()}`}
      >
        {body}
      </a>
    </li>
  )
}

/** A bucket that is running would pull any comparison down, so it is made without it, and the compared figures are said. */
const Compared: FC<FigureProps & { figure: Figure }> = ({ figure, view, report, hourNow }) => {
  const { comparison } = report
  const { period } = view
  const basis = basisOf(view, report)
  const before = comparison && figure.number(comparison.before, basis)
  if (!comparison || before === undefined) return <small />
  const now = figure.number(comparison.now, basis)
  if (hourNow === undefined) {
    return <Change now={now} before={before} figure={figure} apart={comparison.days.range.to !== report.range.to} />
  }
  if (!figure.grows) return <Change now={now} before={before} figure={figure} />
  const then = sayThen(period)
  if (figure.draws !== 'visits' || report.granularity !== 'hour' || report.beforeSeries.length === 0 || hourNow === 0) {
    return <small>{`${figure.say(before)} ${then}`}</small>
  }
  const untilNow = (series: TotalsReport['series']) =>
    series.slice(0, hourNow).reduce((sum, { totals }) => sum + (totals?.visits ?? 0), 0)
  return (
    <Change
      now={untilNow(report.series)}
      before={untilNow(report.beforeSeries)}
      figure={figure}
      apart
      when={`by ${hour(hourNow)} ${then}`}
    />
  )
}

function sayThen({ before, range }: Period): string {
  return before && before.to < range.from ? `on ${sayRange(before)}` : 'the day before'
}

interface ChangeProps {
  now: number | undefined
  before: number
  figure: Figure
  /** Not all of the figure above is compared, so what is stands beside the change. */
  apart?: boolean
  /** Until when, if so. */
  when?: string
}

const Change: FC<ChangeProps> = ({ now, before, figure, apart = false, when = '' }) => {
  const said = figure.say(before)
  const changed = figure.differs && now !== undefined ? now - before : change(now, before)
  if (now === undefined || changed === undefined) return <small>{`${said} ${when || 'before'}`}</small>
  const from = `from ${said} ${when}`.trimEnd()
  const words = figure.differs ? sayPoints(now, before) : sayChange(changed)
  if (words === UNCHANGED) return <small>{`${figure.say(now) === said ? words : 'hardly changed'} ${from}`}</small>
  const judged = figure.better === 0 ? 'same' : changed * figure.better > 0 ? 'good' : 'bad'
  return (
    <small>
      <span class={`change ${judged}`}>
        <span aria-hidden="true">{changed > 0 ? '↑ ' : '↓ '}</span>
        {words}
      </span>
      {apart ? `${figure.say(now)} ${from}` : from}
    </small>
  )
}

function basisOf({ site }: View, { exact, engages }: TotalsReport): Basis {
  return { k: site.k, exact, engages }
}

/** No seconds are kept, so the median is the interval that holds it. */
const EngagedBox: FC<{ view: View; report: TotalsReport }> = ({ view, report }) => {
  const base = report.measured.has('visits') ? 'visits' : 'pageviews'
  const of = (totals: Totals) => median(totals.reach, totals[base], medianFrom(view.site.k, !report.exact))
  const now = report.current && of(report.current)
  const before = report.comparison && of(report.comparison.before)
  return (
    <li>
      <span class="name" title={`Half of all ${base === 'visits' ? 'visits' : 'page views'} were engaged for longer`}>
        Engaged time, median
      </span>
      <b class="words">{now ? sayInterval(now) : '—'}</b>
      {before ? (
        <small>
          {!now
            ? `${sayInterval(before)} before`
            : before.from === now.from
              ? 'as before'
              : `from ${sayInterval(before)}`}
        </small>
      ) : (
        <small />
      )}
    </li>
  )
}
