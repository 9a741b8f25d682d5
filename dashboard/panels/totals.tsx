// The strip of totals above the chart, each compared with the period before. Used by the site page.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { median, medianFrom } from '../reports/interval.ts'
import { isEmpty } from '../reports/span.ts'
import type { Comparison, Totals, TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'
import { drawnOf, isDrawable } from './drawn.ts'
import { basisOf, type Figure, figuresOf } from './figure.ts'
import { FigureChange } from './figure_change.tsx'

interface TotalsProps {
  view: View
  report: TotalsReport
  /** The totals of the days of which engaged time is known. */
  base: TotalsReport
  /** Local hour of now, when the period is today so far. */
  hourNow: number | undefined
}

type FigureProps = Omit<TotalsProps, 'base'>

export const TotalsStrip: FC<TotalsProps> = ({ view, report, base, hourNow }) => {
  const { chart } = useWords()
  return (
    <>
      <ul class={report.comparison ? 'totals changes' : 'totals'}>
        {figuresOf(report).map((figure) => (
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
  const number = report.current && figure.of(report.current, basisOf(view, report))
  const body = (
    <>
      <span class="name" title={name === 'bounce_rate' ? general.bounce : undefined}>
        {chart.titles[name]}
      </span>
      <b>{number === undefined ? '—' : figure.say(number, words)}</b>
      <FigureChange figure={figure} view={view} report={report} hourNow={hourNow} />
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
