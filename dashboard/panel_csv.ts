// What the panels show, as rows of CSV: codes and names, whole numbers, rates as fractions. In English, whatever the page
// speaks, so that what reads them knows the columns. Called by the app.
import { DIMENSIONS, type Dimension, INTERVALS } from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import { type Cell, writeCsv } from './csv.ts'
import { hour } from './languages/format.ts'
import { rateBase } from './panels/share.ts'
import { conversionRate } from './reports/metric.ts'
import type { Report } from './reports/report.ts'
import { ENGLISH } from './words.ts'

const { sayLabel, sayValue, sayWeekday, general, panels } = ENGLISH
const METRICS = general.metrics

/** Four digits are more than counts in whole k know. */
export function round(rate: number | undefined): number | undefined {
  return rate === undefined ? undefined : Math.round(rate * 10_000) / 10_000
}

export function csvOfValues({ k }: Site, dimension: Dimension, { breakdowns }: Report): string {
  const breakdown = breakdowns.get(dimension)
  const { rows = [], other = 0, metric = DIMENSIONS[dimension].metrics[0], compared } = breakdown ?? {}
  const engages = rows.some(({ engaged }) => engaged !== undefined)
  const rated = rows.some(({ of }) => of !== undefined)
  const isCoded = dimension === 'country'
  const head = [
    ...(isCoded ? ['Code'] : []),
    sayLabel(dimension),
    METRICS[metric].title,
    ...(engages ? [METRICS.engaged.title] : []),
    ...(rated ? [`For every ${METRICS[DIMENSIONS[dimension].metrics[0]].one}`] : []),
    ...(compared
      ? [
          `${compared.range.from} to before ${compared.range.to}`,
          `${compared.before.from} to before ${compared.before.to}`,
        ]
      : []),
  ]
  const lines = rows.map(({ value, n, engaged, of, compared }): Cell[] => [
    ...(isCoded ? [value] : []),
    sayValue(dimension, value),
    n,
    ...(engages ? [engaged] : []),
    ...(rated ? [round(conversionRate(n, of, { k }))] : []),
    ...(compared ? [compared.now, compared.before] : []),
  ])
  const rest = other > 0 ? [[...(isCoded ? [''] : []), panels.tooRare, other]] : []
  return writeCsv(head, [...lines, ...rest])
}

/** How many reached each bound of engaged time. */
export function csvOfIntervals(dimension: Dimension, { breakdowns }: Report): string {
  const reached = new Map(breakdowns.get(dimension)?.rows.map(({ value, n }) => [value, n]))
  const head = ['Engaged seconds, at least', dimension === 'session_interval' ? 'Visits' : 'Page views']
  return writeCsv(
    head,
    INTERVALS.map(({ seconds, label }) => [seconds, reached.get(label) ?? 0]),
  )
}

export function csvOfWeek({ week }: Report): string {
  const rows = (week?.hours ?? []).flatMap((hours, weekday) =>
    hours.flatMap((cell, at) =>
      cell ? [[sayWeekday(weekday), hour(at), cell.visits, cell.times, round(cell.visits / cell.times)]] : [],
    ),
  )
  return writeCsv(['Weekday', 'Hour', 'Visits', 'Times it came', 'Average'], rows)
}

export function csvOfGoals({ k }: Site, { goals, base }: Report): string {
  const { metric, of } = rateBase(base)
  const rows = (goals?.goals ?? []).map(({ goal, n }) => [goal.text, n, round(conversionRate(n, of, { k }))])
  return writeCsv(['Goal', 'Conversions', `For every ${METRICS[metric].one}`], rows)
}
