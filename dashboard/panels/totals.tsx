// The strip of totals above the chart, each compared with the period before. Used by the site page.
import type { FC } from 'hono/jsx'
import type { Metric } from '../../collector/contract.ts'
import type { Compared as ComparedWords, Then } from '../languages/en/chart.ts'
import { hour } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import type { Period } from '../period.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { type Basis, bounceRate, change, viewsPerVisit } from '../reports/metric.ts'
import { isEmpty } from '../reports/span.ts'
import type { Comparison, Totals, TotalsReport } from '../reports/totals.ts'
import type { Drawn, View } from '../view.ts'
import type { Words } from '../words.ts'
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
  name: Drawn
  /** Measured when all of these are. */
  needs: readonly Metric[]
  number(totals: Totals, basis: Basis): number | undefined
  say(number: number, words: Words): string
  /** More is better, worse, or neither. */
  better: 1 | -1 | 0
  /** A count of a day that is not over cannot be compared with a whole one; a rate can. */
  grows: boolean
  /** A rate differs by points; everything else changes by a share of itself. */
  differs?: true
}

const FIGURES: readonly Figure[] = [
  {
    name: 'visits',
    needs: ['visits'],
    number: ({ visits }) => visits,
    say: sayTotal,
    better: 1,
    grows: true,
  },
  {
    name: 'pageviews',
    needs: ['pageviews'],
    number: ({ pageviews }) => pageviews,
    say: sayTotal,
    better: 1,
    grows: true,
  },
  {
    name: 'views_per_visit',
    needs: ['visits', 'pageviews'],
    number: viewsPerVisit,
    say: (n, { sayRatio }) => sayRatio(n),
    better: 0,
    grows: false,
  },
  {
    name: 'bounce_rate',
    needs: ['visits', 'engaged'],
    number: bounceRate,
    say: (n, { sayPercent }) => sayPercent(n),
    better: -1,
    grows: false,
    differs: true,
  },
  {
    name: 'events',
    needs: ['events'],
    number: ({ events }) => events,
    say: sayTotal,
    better: 1,
    grows: true,
  },
]

function sayTotal(n: number, { sayCount, sayCompact }: Words): string {
  return n < 100_000 ? sayCount(n) : sayCompact(n)
}

export const TotalsStrip: FC<TotalsProps> = ({ view, report, base, hourNow }) => {
  const { chart } = useWords()
  return (
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
      {report.incomparable && isChosen(view) && <p class="hint compared">{chart.incomparable[report.incomparable]}</p>}
    </>
  )
}

/** Said where what is compared are other days than those of the period. */
const WholeDays: FC<{ view: View; report: TotalsReport; days: Comparison['days'] }> = ({ view, report, days }) => {
  const { chart, sayRange } = useWords()
  if (days.range.to === view.period.range.to) return null
  const say = report.until === undefined ? chart.withoutToday : chart.comparesDays
  return <p class="hint compared">{say(sayRange(days.range), sayRange(days.before))}</p>
}

/** Where nobody has chosen what to compare with, that there is nothing goes without saying. */
function isChosen({ period: { comparing } }: View): boolean {
  return comparing === 'year' || comparing === 'custom'
}

const FigureBox: FC<FigureProps & { figure: Figure }> = ({ figure, view, report, hourNow }) => {
  const words = useWords()
  const { chart, general } = words
  const { name } = figure
  const number = report.current && figure.number(report.current, basisOf(view, report))
  const body = (
    <>
      <span class="name" title={name === 'bounce_rate' ? general.bounce : undefined}>
        {chart.titles[name]}
      </span>
      <b>{number === undefined ? '—' : figure.say(number, words)}</b>
      <Compared figure={figure} view={view} report={report} hourNow={hourNow} />
    </>
  )
  if (!isDrawable(name, report)) return <li>{body}</li>
  const drawn = drawnOf(view, report) === name
  return (
    <li class={drawn ? 'drawn' : ''}>
      <a
        href={view.link({ metric: name === 'visits' ? undefined : name })}
        aria-current={drawn ? 'true' : undefined}
        title={drawn ? chart.drawn : chart.draw[name]}
      >
        {body}
      </a>
    </li>
  )
}

/** A bucket that is running would pull any comparison down, so it is made without it, and the compared figures are said. */
const Compared: FC<FigureProps & { figure: Figure }> = ({ figure, view, report, hourNow }) => {
  const words = useWords()
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
  const day = dayBefore(period, words)
  if (figure.name !== 'visits' || report.granularity !== 'hour' || report.beforeSeries.length === 0 || hourNow === 0) {
    return <small>{words.chart.was(figure.say(before, words), { day })}</small>
  }
  const untilNow = (series: TotalsReport['series']) =>
    series.slice(0, hourNow).reduce((sum, { totals }) => sum + (totals?.visits ?? 0), 0)
  return (
    <Change
      now={untilNow(report.series)}
      before={untilNow(report.beforeSeries)}
      figure={figure}
      apart
      then={{ day, until: hour(hourNow) }}
    />
  )
}

/** Undefined where it is the very day before. */
function dayBefore({ before, range }: Period, { sayRange }: Words): string | undefined {
  return before && before.to < range.from ? sayRange(before) : undefined
}

interface ChangeProps {
  now: number | undefined
  before: number
  figure: Figure
  /** Not all of the figure above is compared, so what is stands beside the change. */
  apart?: boolean
  /** Until when, if so. */
  then?: Then
}

const Change: FC<ChangeProps> = ({ now, before, figure, apart = false, then }) => {
  const words = useWords()
  const { chart, general, sayChange, sayPoints } = words
  const said = figure.say(before, words)
  const changed = figure.differs && now !== undefined ? now - before : change(now, before)
  if (now === undefined || changed === undefined) return <small>{chart.was(said, then)}</small>
  const saidNow = figure.say(now, words)
  const compared: ComparedWords = { before: said, then }
  const growth = figure.differs ? sayPoints(now, before) : sayChange(changed)
  if (growth === general.unchanged) {
    return <small>{saidNow === said ? chart.unchanged(compared) : chart.hardlyChanged(compared)}</small>
  }
  const judged = figure.better === 0 ? 'same' : changed * figure.better > 0 ? 'good' : 'bad'
  return (
    <small>
      <span class={`change ${judged}`}>
        <span aria-hidden="true">{changed > 0 ? '↑ ' : '↓ '}</span>
        {growth}
      </span>
      {chart.from(apart ? { ...compared, now: saidNow } : compared)}
    </small>
  )
}

function basisOf({ site }: View, { exact, engages }: TotalsReport): Basis {
  return { k: site.k, exact, engages }
}

/** No seconds are kept, so the median is the interval that holds it. */
const EngagedBox: FC<{ view: View; report: TotalsReport }> = ({ view, report }) => {
  const { chart, sayInterval } = useWords()
  const base = report.measured.has('visits') ? 'visits' : 'pageviews'
  const of = (totals: Totals) => median(totals.reach, totals[base], medianFrom(view.site.k, !report.exact))
  const now = report.current && of(report.current)
  const before = report.comparison && of(report.comparison.before)
  return (
    <li>
      <span class="name" title={chart.engagedMeaning[base]}>
        {chart.engaged}
      </span>
      <b class="words">{now ? sayInterval(now) : '—'}</b>
      {before ? (
        <small>
          {!now
            ? chart.was(sayInterval(before))
            : before.from === now.from
              ? chart.asBefore
              : chart.from({ before: sayInterval(before) })}
        </small>
      ) : (
        <small />
      )}
    </li>
  )
}
