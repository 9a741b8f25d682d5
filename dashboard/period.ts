// The period a URL asks for, as site-local days [from, to), with the days to compare it with. Read by the dashboard's
// pages and by the Stats API; a period that makes no sense comes back with why: each says that in its own language.
import * as z from 'zod'
import { addDays, addMonths, daysBetween, firstOfMonth, mondayOf } from '../collector/calendar.ts'
import { PERIODS as KEPT } from '../collector/contract.ts'

export const PERIODS = [
  'today',
  'day',
  '7d',
  '30d',
  'month',
  '6mo',
  '12mo',
  'custom',
  'yesterday',
  '28d',
  '91d',
  'year',
  'all',
] as const
export type PeriodName = (typeof PERIODS)[number]

/** From the finest to the coarsest. */
export const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const
export type Granularity = (typeof GRANULARITIES)[number]

/** The days that a period is compared with: those before it, a year before with the same weekdays, chosen ones, none. */
export type Comparing = 'previous' | 'year' | 'custom' | 'none'

/** Site-local days, 'YYYY-MM-DD': `from` belongs to it, `to` does not. */
export interface Range {
  from: string
  to: string
}

/** What stands in the URL: `date` is the last day (or a day of the month), `to` of a custom period its last day. */
export interface PeriodQuery {
  period?: string | undefined
  date?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Beside the period: 'year', 'none' or the first day of as many days; and how finely it is drawn. */
export interface PeriodState extends PeriodQuery {
  compare?: string | undefined
  by?: string | undefined
}

export interface Period {
  name: PeriodName
  range: Range
  /** What it is compared with, if with anything. */
  before: Range | undefined
  /** What of the two is compared: while a day of several is not over, the whole days before it. */
  compared: { range: Range; before: Range } | undefined
  comparing: Comparing
  granularity: Granularity
  /** How finely it may be drawn. */
  granularities: readonly Granularity[]
  /** The site-local day it is now. */
  today: string
  /** Today is part of the range, so its last bucket is not over. */
  running: boolean
  /** The same period as it stands in the URL. */
  query: PeriodQuery
  earlier: PeriodQuery | undefined
  later: PeriodQuery | undefined
}

/** Why a period makes no sense. */
export type PeriodRefusal =
  | { because: 'unknown period' | 'unknown granularity' | 'unknown comparison' | 'days missing' }
  | { because: 'no day'; parameter: string; earliest: string }
  | { because: 'date to come'; date: string }
  | { because: 'ends before it begins'; from: string; to: string }
  | { because: 'period to come'; from: string }
  | { because: 'too long'; days: number }

/** Beyond this many days a chart is drawn by week, and beyond the second by month; by hour up to the third. */
const DAYS_DRAWN = 92
const WEEKS_DRAWN = 200
const HOURS_DRAWN = 7
/** So many days drawn one by one are still told apart. */
const DAYS_TOLD = 400
/** Weekdays meet weekdays. */
const YEAR_OF_WEEKS = 364
/** A period longer than anything can be kept is a typing error. */
const LONGEST = KEPT.retention.max + 31
const EARLIEST = '2000-01-01'

const day = z.iso.date().refine((text) => text >= EARLIEST)
const parameters = z.object({
  period: z.enum(PERIODS).default('30d'),
  date: day.optional(),
  from: day.optional(),
  to: day.optional(),
  compare: z.union([z.enum(['previous', 'year', 'none']), day]).default('previous'),
  by: z.enum(GRANULARITIES).optional(),
})
type Asked = z.infer<typeof parameters>

/** `today` is the site-local day of now, `firstDay` the first that is kept, where 'all' may be asked for. */
export function readPeriod(query: PeriodState, today: string, firstDay = today): Period | { invalid: PeriodRefusal } {
  const parsed = parameters.safeParse(query)
  if (!parsed.success) return { invalid: refusalOf(parsed.error) }
  const asked = parsed.data
  const { period: name, date, from, to } = asked
  if (date !== undefined && date > today) return { invalid: { because: 'date to come', date } }
  if (name === 'all') return allOfIt(asked, earlierOf(firstDay, today), today)
  if (name !== 'custom') return fixedPeriod(name, asked, today)
  if (from === undefined || to === undefined) return { invalid: { because: 'days missing' } }
  if (from > to) return { invalid: { because: 'ends before it begins', from, to } }
  if (from > today) return { invalid: { because: 'period to come', from } }
  if (daysBetween(from, to) >= LONGEST) return { invalid: { because: 'too long', days: LONGEST } }
  return customPeriod({ from, to: addDays(to < today ? to : today, 1) }, asked, today)
}

function refusalOf(error: z.ZodError): PeriodRefusal {
  const parameter = String(error.issues[0]?.path[0] ?? 'period')
  if (parameter === 'period') return { because: 'unknown period' }
  if (parameter === 'by') return { because: 'unknown granularity' }
  if (parameter === 'compare') return { because: 'unknown comparison' }
  return { because: 'no day', parameter, earliest: EARLIEST }
}

type Fixed = Exclude<PeriodName, 'custom' | 'all'>

function fixedPeriod(name: Fixed, asked: Asked, today: string): Period {
  const date = lastDay(name, asked.date, today)
  const range = fixedRange(name, date, today)
  const next = step(name, date, 1)
  const single = range.to === addDays(range.from, 1)
  return {
    ...describe(name, range, { before: (range) => beforeFixed(name, range, date), asked, today }),
    query:
      asked.date === undefined || name === 'today' || name === 'yesterday' || date === today
        ? { period: name }
        : { period: name, date },
    earlier: { period: single ? 'day' : name, date: step(name, date, -1) },
    later:
      range.to > today
        ? undefined
        : next >= today
          ? { period: single ? 'today' : name }
          : { period: single ? 'day' : name, date: next },
  }
}

/** Of a past year its last day, whatever day of it is named. */
function lastDay(name: Fixed, date: string | undefined, today: string): string {
  if (name === 'today') return today
  if (name === 'yesterday') return addDays(today, -1)
  if (name === 'year' && date !== undefined) return earlierOf(today, `${date.slice(0, 4)}-12-31`)
  return date ?? today
}

function fixedRange(name: Fixed, date: string, today: string): Range {
  const days = DAYS[name]
  if (days !== undefined) return { from: addDays(date, 1 - days), to: addDays(date, 1) }
  const to = earlierOf(addMonths(date, 1), addDays(today, 1))
  if (name === 'year') return { from: `${date.slice(0, 4)}-01-01`, to }
  return { from: addMonths(date, 1 - (MONTHS[name] ?? 1)), to }
}

/** Periods of whole months are compared with whole months; while one runs, with as much of the month before it. */
function beforeFixed(name: PeriodName, range: Range, date: string): Range {
  const months = MONTHS[name]
  return months === undefined ? sameLengthBefore(range) : monthsBefore(range, months, date)
}

function monthsBefore(range: Range, months: number, date: string): Range {
  const from = addMonths(range.from, -months)
  const lastMonth = addMonths(date, -months)
  const whole = addMonths(lastMonth, 1)
  if (range.to === addMonths(date, 1)) return { from, to: whole }
  return { from, to: earlierOf(addDays(lastMonth, daysBetween(firstOfMonth(date), range.to)), whole) }
}

const MONTHS: Partial<Record<PeriodName, number>> = { month: 1, '6mo': 6, '12mo': 12, year: 12 }
const DAYS: Partial<Record<PeriodName, number>> = {
  ...{ today: 1, yesterday: 1, day: 1 },
  ...{ '7d': 7, '28d': 28, '30d': 30, '91d': 91 },
}

/** The same period once further (1) or once back (-1). */
function step(name: PeriodName, date: string, direction: 1 | -1): string {
  const months = MONTHS[name]
  if (name === 'year') return `${Number(date.slice(0, 4)) + direction}-12-31`
  if (months === undefined) return addDays(date, direction * (DAYS[name] ?? 1))
  return addDays(addMonths(date, direction * months + 1), -1)
}

function customPeriod(range: Range, asked: Asked, today: string): Period {
  const days = daysBetween(range.from, range.to)
  const custom = ({ from, to }: Range): PeriodQuery => ({ period: 'custom', from, to: addDays(to, -1) })
  const later = { from: range.to, to: addDays(range.to, days) }
  return {
    ...describe('custom', range, { before: sameLengthBefore, asked, today }),
    query: custom(range),
    earlier: custom(sameLengthBefore(range)),
    later: range.to > today ? undefined : custom(later),
  }
}

/** There is nothing before it, so there is nothing to compare with. */
function allOfIt(asked: Asked, from: string, today: string): Period {
  const range = { from, to: addDays(today, 1) }
  return {
    ...describe('all', range, { before: sameLengthBefore, asked: { ...asked, compare: 'none' }, today }),
    query: { period: 'all' },
    earlier: undefined,
    later: undefined,
  }
}

interface Described {
  /** The days before, as the period has it. */
  before: (range: Range) => Range
  asked: Asked
  today: string
}

function describe(name: PeriodName, range: Range, { before: previous, asked, today }: Described) {
  const days = daysBetween(range.from, range.to)
  const running = range.to > today
  const { comparing, before } = comparedWith(name, range, { previous, compare: asked.compare })
  const both = before && { range, before: before(range) }
  const compared = both && (running && days > 1 ? wholeDays(both, before) : both)
  const granularities = granularitiesOf(range).filter(
    (granularity) => name !== 'all' || days === 1 || granularity !== 'hour',
  )
  const granularity = asked.by !== undefined && granularities.includes(asked.by) ? asked.by : usualGranularity(days)
  return { name, range, before: both?.before, compared, comparing, granularity, granularities, today, running }
}

/** Whatever is compared with ends before the period begins: reports hold outsiders to that. */
function comparedWith(
  name: PeriodName,
  range: Range,
  { previous, compare }: { previous: (range: Range) => Range; compare: Asked['compare'] },
): { comparing: Comparing; before: ((range: Range) => Range) | undefined } {
  const days = daysBetween(range.from, range.to)
  if (compare === 'none') return { comparing: 'none', before: undefined }
  if (compare === 'year') {
    const byMonth = name === '6mo' || name === '12mo' || name === 'year'
    if (byMonth) return { comparing: 'year', before: (range) => monthsBefore(range, 12, addDays(range.to, -1)) }
    if (days <= YEAR_OF_WEEKS) return { comparing: 'year', before: (range) => shifted(range, YEAR_OF_WEEKS) }
  } else if (compare !== 'previous' && addDays(compare, days) <= range.from) {
    const back = daysBetween(compare, range.from)
    return { comparing: 'custom', before: (range) => shifted(range, back) }
  }
  return { comparing: 'previous', before: previous }
}

function shifted({ from, to }: Range, days: number): Range {
  return { from: addDays(from, -days), to: addDays(to, -days) }
}

function usualGranularity(days: number): Granularity {
  if (days === 1) return 'hour'
  return days <= DAYS_DRAWN ? 'day' : days <= WEEKS_DRAWN ? 'week' : 'month'
}

/** Those with something to draw, and not with more than can be told apart. */
function granularitiesOf(range: Range): Granularity[] {
  const days = daysBetween(range.from, range.to)
  const fits: Record<Granularity, boolean> = {
    hour: days <= HOURS_DRAWN,
    day: days > 1 && days <= DAYS_TOLD,
    week: days >= 14,
    month: days > 31 && buckets(range, 'month').length > 1,
  }
  return GRANULARITIES.filter((granularity) => fits[granularity])
}

/** A day that has just begun would pull any comparison down. The days stay those that the chart draws one upon the other. */
function wholeDays({ range, before }: { range: Range; before: Range }, beforeOf: (range: Range) => Range) {
  const whole = { from: range.from, to: addDays(range.to, -1) }
  const shorter = beforeOf(whole)
  return {
    range: whole,
    before: { from: before.from, to: addDays(before.from, daysBetween(shorter.from, shorter.to)) },
  }
}

function sameLengthBefore({ from, to }: Range): Range {
  return { from: addDays(from, -daysBetween(from, to)), to: from }
}

/** Of two days. */
export function earlierOf(one: string, other: string): string {
  return one < other ? one : other
}

/** What of the first range lies in the second. */
export function within({ from, to }: Range, range: Range): Range {
  return { from: from > range.from ? from : range.from, to: earlierOf(to, range.to) }
}

/**
 * The beginning of every bucket of a range: a day, the Monday of a week, the first of a month; '0' to '23' for the hours
 * of a day, '2026-01-31 09' for those of several. The first week or month may begin before the range does.
 */
export function buckets({ from, to }: Range, granularity: Granularity): string[] {
  if (granularity === 'hour') return hoursOf({ from, to })
  const starts: string[] = []
  let start = bucketOf(from, granularity)
  while (start < to) {
    starts.push(start)
    start = nextBucket(start, granularity)
  }
  return starts
}

function hoursOf({ from, to }: Range): string[] {
  const single = to === addDays(from, 1)
  return buckets({ from, to }, 'day').flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => (single ? String(hour) : hourOf(day, hour))),
  )
}

/** How an hour of a range of several days is called. */
export function hourOf(day: string, hour: number): string {
  return `${day} ${String(hour).padStart(2, '0')}`
}

/** The bucket that a day lies in. */
export function bucketOf(day: string, granularity: Exclude<Granularity, 'hour'>): string {
  if (granularity === 'day') return day
  return granularity === 'month' ? firstOfMonth(day) : mondayOf(day)
}

export function nextBucket(start: string, granularity: Exclude<Granularity, 'hour'>): string {
  if (granularity === 'month') return addMonths(start, 1)
  return addDays(start, granularity === 'week' ? 7 : 1)
}
