// The Stats API's answers in Plausible's shapes. Called by api.ts with a question and the reports it was answered from.
//
// `results` is Plausible's. Beside it stand, where there is something to say: `notes`, sentences on what a number means
// or leaves out; in a breakdown `other`, counted but never named; and `withheld`, visits or events not named yet.
// A number that does not exist, or of which nothing is kept, is null. Without property and filter the counts of a day or
// more are exact, and visits by the hour; all others are whole multiples of k.
import { z } from '@hono/zod-openapi'
import { addDays, daysBetween } from '../../collector/calendar.ts'
import { DIMENSIONS, INTERVALS, type Metric } from '../../collector/contract.ts'
import type { Range } from '../period.ts'
import type { Breakdown, BreakdownRow } from '../reports/breakdown.ts'
import { type Basis, WITHHELD_FROM_DAYS, withheld } from '../reports/metric.ts'
import type { Incomparable, Totals, TotalsReport } from '../reports/totals.ts'
import { changeOf, METRIC_NAMES, type MetricName, ruleOf } from './metric.ts'
import type { Property } from './property.ts'
import type { Question } from './question.ts'

const number = z
  .number()
  .nullable()
  .openapi({ description: 'Null where there is no such number, or where nothing is kept of that time.' })
const notes = z
  .array(z.string())
  .optional()
  .openapi({ description: 'Sentences on what a number means or leaves out, where there is something to say.' })
type Notes = { notes?: string[] }

const COMPARED = z
  .object({
    value: number,
    change: number.optional().openapi({
      description:
        'With compare: the change from the period before in whole percent, of bounce_rate in percentage points. Null where nothing can be said.',
    }),
  })
  .openapi('Compared')

const AGGREGATE = z
  .object({
    results: z.partialRecord(z.enum(METRIC_NAMES), COMPARED),
    notes,
  })
  .openapi('Aggregate')
export type AggregateAnswer = z.infer<typeof AGGREGATE>

const TIMESERIES = z
  .object({
    results: z.array(
      z.object({
        date: z.string().openapi({
          description: 'The first day of this part, as 2026-01-31; of an hour its beginning, as 2026-01-31 09:00:00.',
        }),
        ...({
          visits: number.optional(),
          pageviews: number.optional(),
          events: number.optional(),
          bounce_rate: number.optional(),
          views_per_visit: number.optional(),
          visit_duration: number.optional(),
          time_on_page: number.optional(),
        } satisfies Record<MetricName, unknown>),
      }),
    ),
    notes,
  })
  .openapi('Timeseries')
export type TimeseriesAnswer = z.infer<typeof TIMESERIES>

const BREAKDOWN = z
  .object({
    results: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).openapi({
      description:
        'In each row the value of the property, under what stands after the last colon of its name, and a number or null for each metric.',
    }),
    other: z.int().optional().openapi({ description: 'How many were counted and will never be named.' }),
    withheld: z.int().optional().openapi({
      description: 'For 7 days or more, where every visit or event has exactly one value: how many are not named yet.',
    }),
    notes,
  })
  .openapi('Breakdown')
export type BreakdownAnswer = z.infer<typeof BREAKDOWN>

export const ANSWERS = { aggregate: AGGREGATE, timeseries: TIMESERIES, breakdown: BREAKDOWN }

export function answerAggregate(question: Question, totals: TotalsReport): AggregateAnswer {
  const { metrics, compare } = question
  const value = valuesOf(question, totals)
  // A day that is not over would be compared with a whole one.
  const comparison = isRunningDay(question) ? undefined : totals.comparison
  const results = metrics.map((name) => {
    const now = totals.current && value(name, totals.current)
    const change = comparison && changeOf(name, value(name, comparison.now), value(name, comparison.before))
    return [name, { value: now ?? null, ...(compare ? { change: change ?? null } : {}) }]
  })
  return {
    results: Object.fromEntries(results),
    ...withNotes([
      ...notesOnMetrics(question),
      ...notesOnMonths(question, totals),
      ...notesOnHorizon(totals),
      ...(totals.current || totals.leftOut.length > 0 || totals.until !== undefined ? [] : [NOTHING_KEPT]),
      ...(compare ? notesOnComparison(question, totals) : []),
    ]),
  }
}

export function answerTimeseries(question: Question, totals: TotalsReport): TimeseriesAnswer {
  const { metrics, period } = question
  const value = valuesOf(question, { ...totals, measured: totals.drawable })
  const byHour = totals.granularity === 'hour'
  return {
    results: totals.series.map(({ start, totals }) => ({
      date: byHour ? `${period.range.from} ${start.padStart(2, '0')}:00:00` : start,
      ...Object.fromEntries(
        metrics.map((name) => [
          name,
          totals && (!byHour || ruleOf(name).byHour) ? (value(name, totals) ?? null) : null,
        ]),
      ),
    })),
    ...withNotes([
      ...notesOnMetrics(question),
      ...notesOnMonths(question, totals),
      ...notesOnHorizon(totals),
      ...notesOnFirstDay(question, totals),
      ...notesOnInterval(question, totals),
    ]),
  }
}

export function answerBreakdown(
  question: Question & { property: Property },
  totals: TotalsReport,
  breakdown: Breakdown | undefined,
): BreakdownAnswer {
  const { site, property, metrics } = question
  const rows = breakdown?.rows ?? []
  const basis: Basis = { k: site.k, exact: false, engages: totals.engages }
  const waiting = breakdown && waitingOf(question, totals, breakdown)
  return {
    results: rows.map((row) => ({
      [property.key]: row.value.slice(property.prefix.length),
      ...Object.fromEntries(
        metrics.map((name) => [name, ruleOf(name).value(totalsOf(row, breakdown?.metric), basis) ?? null]),
      ),
    })),
    ...(breakdown && breakdown.other > 0 ? { other: breakdown.other } : {}),
    ...(waiting === undefined ? {} : { withheld: waiting }),
    ...withNotes([
      ...notesOnMetrics(question),
      ...notesOnMonths(question, totals),
      ...notesOnHorizon(totals),
      ...notesOnPair(question),
    ]),
  }
}

/** A metric of some totals of this report. Engaged time is not known where a month kept as a whole is left out. */
function valuesOf({ site }: Question, { measured, exact, engages }: TotalsReport) {
  const basis: Basis = { k: site.k, exact, engages }
  return (name: MetricName, totals: Totals): number | undefined => {
    const { needs, value } = ruleOf(name)
    return needs.every((metric) => measured.has(metric)) ? value(totals, basis) : undefined
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
  if (!complete || !totals.current || totals.leftOut.length > 0) return undefined
  if (daysBetween(period.range.from, period.range.to) < WITHHELD_FROM_DAYS) return undefined
  return withheld(totals.current[metric], counted)
}

function isRunningDay({ period: { range, running } }: Question): boolean {
  return running && daysBetween(range.from, range.to) === 1
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

/** What an outsider is not told of the period yet, see reports/horizon.ts. */
function notesOnHorizon({ until, soFar }: TotalsReport): string[] {
  if (until === undefined) return []
  const today = soFar === undefined ? '' : ` Visits of today up to the last full hour, which are not in it: ${soFar}.`
  return [`Without a token this goes up to ${addDays(until, -1)}.${today}`]
}

const NOTHING_KEPT = 'Nothing is kept of this period.'

function notesOnFirstDay({ period }: Question, { current, series, firstDay, until }: TotalsReport): string[] {
  if (until !== undefined && !current) return []
  if (firstDay === undefined) return [NOTHING_KEPT]
  if (firstDay <= period.range.from || series.every(({ totals }) => totals)) return []
  return current ? [`Nothing is kept of the time before ${firstDay}.`] : [NOTHING_KEPT]
}

/** Not everything that is missing comes by waiting. */
function notesOnPair({ property, filter }: Question): string[] {
  const both = [property?.dimension, filter?.dimension]
  if (!both.includes('event') || !both.includes('source')) return []
  return [
    'Events on pages that were reached within the site have no source, so they are never counted together with one.',
  ]
}

function notesOnInterval({ site, granularity, filter, metrics }: Question, totals: TotalsReport): string[] {
  if (totals.granularity !== granularity) {
    const why =
      granularity === 'hour'
        ? filter
          ? 'numbers under a filter have no hour'
          : 'the hours of this day are no longer kept'
        : 'some of these months are kept as a whole by now'
    return [`Answered by the ${totals.granularity}: ${why}.`]
  }
  if (granularity !== 'hour') return []
  const unknown = metrics.filter((name) => !ruleOf(name).byHour)
  const counted = metrics.filter((name) => ruleOf(name).byHour && name !== 'visits')
  return [
    ...(counted.length === 0
      ? []
      : [`By the hour ${counted.join(' and ')} are counted in whole ${site.k}s, so they do not add up to the day's.`]),
    ...(unknown.length === 0 ? [] : [`By the hour only visits are exact, so there is no ${unknown.join(', ')}.`]),
  ]
}

function notesOnComparison(question: Question, totals: TotalsReport): string[] {
  const notes: string[] = []
  const { period } = question
  if (totals.incomparable) notes.push(INCOMPARABLE[totals.incomparable])
  else if (isRunningDay(question)) notes.push('The day is not over, so there is no change.')
  else if (period.running && period.compared) {
    const { range, before } = period.compared
    notes.push(`change compares whole days: ${daysOf(range)} with ${daysOf(before)}.`)
  }
  const never = question.metrics.filter((name) => ruleOf(name).changes === 'never')
  if (never.length > 0) notes.push(`${never.join(', ')} is known by its bounds only, so there is no change of it.`)
  return notes
}

const INCOMPARABLE = {
  nothing_counted: 'Nothing was counted yet when the period before began, so there is no change.',
  kept_by_month: 'One of the two periods covers only a part of a month kept as a whole, so there is no change.',
} as const satisfies Record<Incomparable, string>

function daysOf({ from, to }: Range): string {
  return `${from} to ${addDays(to, -1)}`
}
