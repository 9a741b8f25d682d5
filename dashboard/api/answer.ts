// The Stats API's answers in Plausible's shapes. Called by api.ts with a question and the reports it was answered from.
//
// `results` is Plausible's. Beside it stand, where there is something to say: `notes`, sentences on what a number means
// or leaves out; in a breakdown `other`, counted but never named; and `withheld`, visits or events that wait for a full k.
// A number that does not exist is null. Without property and filter numbers are exact; all others are whole multiples of k.
import { daysBetween, firstOfMonth } from '../../collector/calendar.ts'
import { DIMENSIONS, INTERVALS, type Metric } from '../../collector/contract.ts'
import { buckets } from '../period.ts'
import type { Breakdown, BreakdownRow } from '../reports/breakdown.ts'
import { medianFrom } from '../reports/interval.ts'
import { WITHHELD_FROM_DAYS, withheld } from '../reports/metric.ts'
import type { Bucket, Totals, TotalsReport } from '../reports/totals.ts'
import { changeOf, type MetricName, ruleOf } from './metric.ts'
import type { Property } from './property.ts'
import type { Question } from './question.ts'

interface Notes {
  notes?: string[]
}

export interface AggregateAnswer extends Notes {
  results: Partial<Record<MetricName, { value: number | null; change?: number | null }>>
}

export function answerAggregate(question: Question, totals: TotalsReport): AggregateAnswer {
  const { metrics, compare } = question
  const value = valuesOf(question, totals)
  const before = comparable(question, totals) ? totals.before : undefined
  const nothing = isAllLeftOut(question, totals)
  const results = metrics.map((name) => {
    const now = nothing ? undefined : value(name, totals.current)
    const was = before && value(name, before)
    return [name, { value: now ?? null, ...(compare ? { change: changeOf(name, now, was) ?? null } : {}) }]
  })
  return {
    results: Object.fromEntries(results),
    ...withNotes([
      ...notesOnMetrics(question),
      ...notesOnMonths(question, totals),
      ...(compare ? notesOnComparison(question, totals) : []),
    ]),
  }
}

export interface TimeseriesAnswer extends Notes {
  results: ({ date: string } & Partial<Record<MetricName, number | null>>)[]
}

/** `hourNow` is the site-local hour of now: hours to come are not there yet. */
export function answerTimeseries(question: Question, totals: TotalsReport, hourNow: number): TimeseriesAnswer {
  const { metrics, period } = question
  const value = valuesOf(question, totals)
  const byHour = totals.granularity === 'hour'
  const known = byHour && period.running ? hourNow + 1 : totals.series.length
  const isKnown = (name: MetricName, { start }: Bucket) =>
    byHour ? ruleOf(name).byHour : !question.filter || !totals.leftOut.includes(firstOfMonth(start))
  return {
    results: totals.series.slice(0, known).map((bucket) => ({
      date: byHour ? `${period.range.from} ${bucket.start.padStart(2, '0')}:00:00` : bucket.start,
      ...Object.fromEntries(
        metrics.map((name) => [name, isKnown(name, bucket) ? (value(name, bucket) ?? null) : null]),
      ),
    })),
    ...withNotes([
      ...notesOnMetrics(question),
      ...notesOnMonths(question, totals),
      ...notesOnInterval(question, totals),
    ]),
  }
}

export interface BreakdownAnswer extends Notes {
  results: Record<string, string | number | null>[]
  other?: number
  withheld?: number
}

export function answerBreakdown(
  question: Question & { property: Property },
  totals: TotalsReport,
  breakdown: Breakdown | undefined,
): BreakdownAnswer {
  const { site, property, metrics } = question
  const rows = breakdown?.rows ?? []
  const waiting = breakdown && waitingOf(question, totals, breakdown)
  return {
    results: rows.map((row) => ({
      [property.key]: row.value.slice(property.prefix.length),
      ...Object.fromEntries(
        metrics.map((name) => [
          name,
          ruleOf(name).value(totalsOf(row, breakdown?.metric), medianFrom(site.k, true)) ?? null,
        ]),
      ),
    })),
    ...(breakdown && breakdown.other > 0 ? { other: breakdown.other } : {}),
    ...(waiting === undefined ? {} : { withheld: waiting }),
    ...withNotes([...notesOnMetrics(question), ...notesOnMonths(question, totals)]),
  }
}

/** A metric of some totals of this report. Engaged time is not known where a month kept as a whole is left out. */
function valuesOf({ site, filter }: Question, { measured }: TotalsReport) {
  const atLeast = medianFrom(site.k, filter !== undefined)
  return (name: MetricName, totals: Totals): number | undefined => {
    const { needs, value } = ruleOf(name)
    return needs.every((metric) => measured.has(metric)) ? value(totals, atLeast) : undefined
  }
}

function totalsOf({ n, engaged, reach }: BreakdownRow, counted: Metric | undefined): Totals {
  return {
    visits: counted === 'visits' ? n : 0,
    pageviews: counted === 'pageviews' ? n : 0,
    events: counted === 'events' ? n : 0,
    engaged: engaged ?? 0,
    reach: reach ?? INTERVALS.map(() => 0),
  }
}

/** Only where every visit, or every event, has exactly one value: then what has none yet is known. */
function waitingOf(question: Question & { property: Property }, totals: TotalsReport, breakdown: Breakdown) {
  const { filter, period, property } = question
  const { metric, counted } = breakdown
  const complete =
    DIMENSIONS[property.dimension].namedAt === 1 &&
    property.dimension !== 'browser' &&
    (metric === 'visits' || (metric === 'events' && !filter))
  if (!complete || totals.leftOut.length > 0) return undefined
  if (daysBetween(period.range.from, period.range.to) < WITHHELD_FROM_DAYS) return undefined
  return withheld(totals.current[metric], counted)
}

/** Half a period before would make any growth look like a wonder. */
function comparable({ period }: Question, { firstDay }: TotalsReport): boolean {
  return firstDay !== undefined && firstDay <= period.before.from
}

/** Nothing that a filter finds is known of a range that lies wholly in months it covers only in part. */
function isAllLeftOut({ filter, period }: Question, { leftOut }: TotalsReport): boolean {
  return filter !== undefined && buckets(period.range, 'month').every((month) => leftOut.includes(month))
}

function withNotes(notes: string[]): Notes {
  return notes.length === 0 ? {} : { notes }
}

function notesOnMetrics({ metrics, property, filter }: Question): string[] {
  const notes: string[] = []
  if (metrics.includes('events') && !property && !filter) {
    notes.push('events are custom events; page views are counted apart.')
  }
  const medians = metrics.filter((name) => ruleOf(name).needs.includes('reach'))
  if (medians.length > 0) {
    const bounds = INTERVALS.map(({ seconds }) => seconds).join(', ')
    notes.push(
      `${medians.join(', ')}: half of them were engaged for at least so many seconds. Only the bounds 0, ${bounds} are kept, so it is one of these.`,
    )
  }
  return notes
}

function notesOnMonths({ metrics, property, filter }: Question, { leftOut }: TotalsReport): string[] {
  const reads = property || filter || metrics.some((name) => ruleOf(name).needs.includes('reach'))
  if (leftOut.length === 0 || !reads) return []
  const months = leftOut.map((month) => month.slice(0, 7)).join(', ')
  const what = property || filter ? 'they are left out' : 'the engaged time of visits is not known'
  return [`Kept as whole months by now: ${months}. This period covers them only in part, so ${what}.`]
}

function notesOnInterval({ granularity, filter, metrics }: Question, totals: TotalsReport): string[] {
  if (totals.granularity !== granularity) {
    const why =
      granularity === 'hour'
        ? filter
          ? 'numbers under a filter have no hour'
          : 'the hours of this day are no longer kept'
        : 'some of these months are kept as a whole by now'
    return [`Answered by the ${totals.granularity}: ${why}.`]
  }
  const unknown = metrics.filter((name) => granularity === 'hour' && !ruleOf(name).byHour)
  return unknown.length === 0 ? [] : [`By the hour only visits are exact, so there is no ${unknown.join(', ')}.`]
}

function notesOnComparison(question: Question, totals: TotalsReport): string[] {
  const notes: string[] = []
  if (!comparable(question, totals))
    notes.push('Nothing was counted yet when the period before began, so there is no change.')
  else if (!totals.before)
    notes.push('The period before covers only a part of a month kept as a whole, so there is no change.')
  const never = question.metrics.filter((name) => ruleOf(name).changes === 'never')
  if (never.length > 0) notes.push(`${never.join(', ')} is known by its bounds only, so there is no change of it.`)
  return notes
}
