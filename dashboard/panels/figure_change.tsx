// How a figure of the strip of totals differs from the days before, with what is compared where that is not what stands
// above it. Used by totals.tsx.
import type { FC } from 'hono/jsx'
import type { Compared, Then } from '../languages/en/chart.ts'
import { hour } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import type { Period } from '../period.ts'
import { change } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import type { View } from '../view.ts'
import type { Words } from '../words.ts'
import { basisOf, type Figure } from './figure.ts'

interface FigureChangeProps {
  figure: Figure
  view: View
  report: TotalsReport
  /** Local hour of now, when the period is today so far. */
  hourNow: number | undefined
}

/** A bucket that is running would pull any comparison down, so it is made without it, and the compared figures are said. */
export const FigureChange: FC<FigureChangeProps> = ({ figure, view, report, hourNow }) => {
  const words = useWords()
  const { comparison } = report
  const { period } = view
  const basis = basisOf(view, report)
  const before = comparison && figure.of(comparison.before, basis)
  if (!comparison || before === undefined) return <small />
  const now = figure.of(comparison.now, basis)
  if (hourNow === undefined) {
    return <Change now={now} before={before} figure={figure} apart={comparison.days.range.to !== report.range.to} />
  }
  if (figure.isRate) return <Change now={now} before={before} figure={figure} />
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
  // A share of visits differs by points; everything else changes by a share of itself.
  const inPoints = figure.name === 'bounce_rate'
  const changed = inPoints && now !== undefined ? now - before : change(now, before)
  if (now === undefined || changed === undefined) return <small>{chart.was(said, then)}</small>
  const saidNow = figure.say(now, words)
  const compared: Compared = { before: said, then }
  const growth = inPoints ? sayPoints(now, before) : sayChange(changed)
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
