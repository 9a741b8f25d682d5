// The period a URL asks for, as site-local days [from, to), with the period before it to compare with. Read by the
// dashboard's pages and by the Stats API; a period that makes no sense comes back as a sentence for a 400.
import * as z from 'zod'
import { addDays, addMonths, daysBetween, firstOfMonth } from '../collector/calendar.ts'
import { PERIODS as KEPT } from '../collector/contract.ts'

export const PERIODS = ['today', 'day', '7d', '30d', 'month', '6mo', '12mo', 'custom'] as const
export type PeriodName = (typeof PERIODS)[number]
export type Granularity = 'hour' | 'day' | 'month'

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

export interface Period {
  name: PeriodName
  range: Range
  before: Range
  /** What of the two is compared: while a day of several is not over, the whole days before it. */
  compared: { range: Range; before: Range }
  granularity: Granularity
  /** The site-local day it is now. */
  today: string
  /** Today is part of the range, so its last bucket is not over. */
  running: boolean
  /** The same period as it stands in the URL. */
  query: PeriodQuery
  earlier: PeriodQuery
  later: PeriodQuery | undefined
}

/** Beyond this many days a chart is drawn by month. */
const DAYS_DRAWN = 92
/** A period longer than anything can be kept is a typing error. */
const LONGEST = KEPT.retention.max + 31
const EARLIEST = '2000-01-01'

const day = z.iso.date().refine((text) => text >= EARLIEST, `days begin with ${EARLIEST}`)
const parameters = z.object({
  period: z.enum(PERIODS).default('30d'),
  date: day.optional(),
  from: day.optional(),
  to: day.optional(),
})

/** `today` is the site-local day of now. */
export function readPeriod(query: PeriodQuery, today: string): Period | { invalid: string } {
  const parsed = parameters.safeParse(query)
  if (!parsed.success) return { invalid: complaint(parsed.error) }
  const { period: name, date, from, to } = parsed.data
  if (date !== undefined && date > today) return { invalid: `date=${date} lies in the future.` }
  if (name !== 'custom') return fixedPeriod(name, name === 'today' ? today : (date ?? today), today)
  if (from === undefined || to === undefined) {
    return { invalid: 'A custom period needs from and to, as in from=2026-01-01&to=2026-01-31.' }
  }
  if (from > to) return { invalid: `The period ends (${to}) before it begins (${from}).` }
  if (from > today) return { invalid: `The period begins in the future (${from}).` }
  if (daysBetween(from, to) >= LONGEST) return { invalid: `A period may span ${LONGEST} days at most.` }
  return customPeriod({ from, to: addDays(to < today ? to : today, 1) }, today)
}

function complaint(error: z.ZodError): string {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? 'period')
  if (name === 'period') return `period is one of ${PERIODS.join(', ')}.`
  return `${name} is a day such as 2026-01-31, from ${EARLIEST} on.`
}

function fixedPeriod(name: Exclude<PeriodName, 'custom'>, date: string, today: string): Period {
  const range = fixedRange(name, date, today)
  const next = step(name, date, 1)
  return {
    ...describe(name, range, (range) => beforeFixed(name, range, date), today),
    query: name === 'today' || date === today ? { period: name } : { period: name, date },
    earlier: { period: name === 'today' ? 'day' : name, date: step(name, date, -1) },
    later: range.to > today ? undefined : next >= today ? { period: name } : { period: name, date: next },
  }
}

function fixedRange(name: Exclude<PeriodName, 'custom'>, date: string, today: string): Range {
  const endOfMonth = min(addMonths(date, 1), addDays(today, 1))
  if (name === '7d') return { from: addDays(date, -6), to: addDays(date, 1) }
  if (name === '30d') return { from: addDays(date, -29), to: addDays(date, 1) }
  if (name === 'month') return { from: firstOfMonth(date), to: endOfMonth }
  if (name === '6mo') return { from: addMonths(date, -5), to: endOfMonth }
  if (name === '12mo') return { from: addMonths(date, -11), to: endOfMonth }
  return { from: date, to: addDays(date, 1) }
}

/** Periods of whole months are compared with whole months; while one runs, with as much of the month before it. */
function beforeFixed(name: PeriodName, range: Range, date: string): Range {
  const months = MONTHS[name]
  if (months === undefined) return sameLengthBefore(range)
  const from = addMonths(range.from, -months)
  const lastMonth = addMonths(date, -months)
  const whole = addMonths(lastMonth, 1)
  if (range.to === addMonths(date, 1)) return { from, to: whole }
  return { from, to: min(addDays(lastMonth, daysBetween(firstOfMonth(date), range.to)), whole) }
}

const MONTHS: Partial<Record<PeriodName, number>> = { month: 1, '6mo': 6, '12mo': 12 }
const DAYS: Partial<Record<PeriodName, number>> = { '7d': 7, '30d': 30 }

/** The same period once further (1) or once back (-1). */
function step(name: PeriodName, date: string, direction: 1 | -1): string {
  const months = MONTHS[name]
  if (months === undefined) return addDays(date, direction * (DAYS[name] ?? 1))
  return addDays(addMonths(date, direction * months + 1), -1)
}

function customPeriod(range: Range, today: string): Period {
  const days = daysBetween(range.from, range.to)
  const custom = ({ from, to }: Range): PeriodQuery => ({ period: 'custom', from, to: addDays(to, -1) })
  const later = { from: range.to, to: addDays(range.to, days) }
  return {
    ...describe('custom', range, sameLengthBefore, today),
    query: custom(range),
    earlier: custom(sameLengthBefore(range)),
    later: range.to > today ? undefined : custom(later),
  }
}

function describe(name: PeriodName, range: Range, before: (range: Range) => Range, today: string) {
  const days = daysBetween(range.from, range.to)
  const granularity: Granularity = days === 1 ? 'hour' : days > DAYS_DRAWN ? 'month' : 'day'
  const running = range.to > today
  const all = { range, before: before(range) }
  const compared = running && days > 1 ? wholeDays(all, before) : all
  return { name, ...all, compared, granularity, today, running }
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

function min(a: string, b: string): string {
  return a < b ? a : b
}

/** The first day or hour of every bucket of a range: '0' to '23' for hours, else days. */
export function buckets({ from, to }: Range, granularity: Granularity): string[] {
  if (granularity === 'hour') return Array.from({ length: 24 }, (_, hour) => String(hour))
  const starts: string[] = []
  let start = granularity === 'month' ? firstOfMonth(from) : from
  while (start < to) {
    starts.push(start)
    start = granularity === 'month' ? addMonths(start, 1) : addDays(start, 1)
  }
  return starts
}
