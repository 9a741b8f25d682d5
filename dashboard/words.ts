// How the dashboard says numbers, days, intervals and values. Called by its pages and panels and the preview's script.

import { addDays } from '../collector/calendar.ts'
import {
  DIMENSIONS,
  DIRECT,
  type Dimension,
  type K,
  type Metric,
  OTHER,
  PROFILES,
  UNKNOWN,
} from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import type { NoteKind, WrittenNote } from './people/notes.ts'
import type { Granularity, Range } from './period.ts'
import type { Interval } from './reports/interval.ts'

const LOCALE = 'en-GB'
const whole = new Intl.NumberFormat(LOCALE)
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 })
const ratio = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 })
/** Days are site-local already, so they are formatted as if they were UTC. */
const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
const fullDay = dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const plainDay = dates({ day: 'numeric', month: 'short', year: 'numeric' })
const moment = dates({ dateStyle: 'medium', timeStyle: 'short' })
const shortDay = dates({ day: 'numeric', month: 'short' })
const fullMonth = dates({ month: 'long', year: 'numeric' })
const shortMonth = dates({ month: 'short' })
const longWeekday = dates({ weekday: 'long' })
const shortWeekday = dates({ weekday: 'short' })
const regions = new Intl.DisplayNames(LOCALE, { type: 'region', fallback: 'none' })

export const sayCount = (n: number) => whole.format(n)
export const sayRatio = (n: number) => ratio.format(n)
export const sayPercent = (share: number) => percent.format(share)

/** For the chart's axis, and for totals that would not fit: 12.3K. */
export const sayCompact = (n: number) => compact.format(n)

/** A share of something that is there is never rounded to nothing. */
export function sayShare(share: number): string {
  return share > 0 && share < 0.005 ? '<1%' : percent.format(Math.min(1, share))
}

/** '+2 points': how two rates differ as they are shown. */
export function sayPoints(now: number, before: number): string {
  const points = Math.round(now * 100) - Math.round(before * 100)
  if (points === 0) return UNCHANGED
  return `${points > 0 ? '+' : '−'}${plural(Math.abs(points), 'point')}`
}

/** '+12%', '−3%', 'unchanged'. */
export function sayChange(change: number): string {
  const text = percent.format(Math.abs(change))
  if (text === percent.format(0)) return UNCHANGED
  return `${change > 0 ? '+' : '−'}${text}`
}

export const UNCHANGED = 'unchanged'

const list = new Intl.ListFormat(LOCALE, { type: 'conjunction' })
export const sayList = (words: readonly string[]) => list.format(words)

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${sayCount(n)} ${n === 1 ? one : many}`
}

export function sayRange({ from, to }: Range): string {
  const last = addDays(to, -1)
  return from === last ? fullDay.format(at(from)) : plainDay.formatRange(at(from), at(last)).replaceAll(' ', ' ')
}

export const sayMonth = (day: string) => fullMonth.format(at(day))
export const sayDay = (day: string) => plainDay.format(at(day))
/** 'Sat, 21 Mar 2026' */
export const sayFullDay = (day: string) => fullDay.format(at(day))

/** '22 Nov 2026, 09:30 UTC', of an instant in ISO 8601. */
export const sayMoment = (instant: string) => `${moment.format(Date.parse(instant))} UTC`

/** A bucket in full, for tooltips and the table: of a week the days that lie in the range. */
export function sayBucket(start: string, granularity: Granularity, { from, to }: Range): string {
  if (granularity === 'hour') {
    const n = Number(start.slice(-2))
    const hours = `${hour(n)} – ${hour(n + 1)}`
    return start.length > 2 ? `${fullDay.format(at(start.slice(0, 10)))}, ${hours}` : hours
  }
  if (granularity === 'week') {
    const end = addDays(start, 7)
    return sayRange({ from: start > from ? start : from, to: end < to ? end : to })
  }
  return granularity === 'month' ? sayMonth(start) : fullDay.format(at(start))
}

/** A bucket on the axis of so many. Over more than a year a month alone could be either. */
export function sayTick(start: string, granularity: Granularity, of: number): string {
  if (granularity === 'hour') return start.length > 2 ? shortDay.format(at(start.slice(0, 10))) : hour(Number(start))
  if (granularity === 'day' || granularity === 'week') {
    const far = of > (granularity === 'day' ? 366 : 53)
    return far ? `${shortMonth.format(at(start))} ’${start.slice(2, 4)}` : shortDay.format(at(start))
  }
  if (of > 12) return `${shortMonth.format(at(start))} ’${start.slice(2, 4)}`
  return start.slice(5, 7) === '01' ? start.slice(0, 4) : shortMonth.format(at(start))
}

export const hour = (n: number) => `${String(n % 24).padStart(2, '0')}:00`

/** '30 s – 1 min': what is known of a duration. */
export function sayInterval({ from, to }: Interval): string {
  if (to === undefined) return `over ${duration(from)}`
  if (from === 0) return `under ${duration(to)}`
  const sameUnit = from >= 60 || to < 60
  return `${sameUnit ? duration(from).split(' ')[0] : duration(from)} – ${duration(to)}`
}

function duration(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${seconds / 60} min`
}

export const METRIC_WORDS = {
  visits: { title: 'Visits', one: 'visit' },
  pageviews: { title: 'Page views', one: 'page view' },
  engaged: { title: 'Engaged visits', one: 'engaged visit' },
  events: { title: 'Events', one: 'event' },
  reach: { title: 'Reached', one: 'reach' },
  dropped: { title: 'Not counted', one: 'request' },
} as const satisfies Record<Metric, { title: string; one: string }>

export const NOTE_WORDS = {
  release: 'Release',
  campaign: 'Campaign',
  other: 'Note',
} as const satisfies Record<NoteKind, string>

/** 'Release: version 2' */
export const sayNote = ({ kind, text }: WrittenNote) => `${NOTE_WORDS[kind]}: ${text}`

/** All values of a dimension, as its panel calls them. */
export const sayDimension = (dimension: Dimension): string => DIMENSIONS[dimension].title

const K_WORDS: Record<K, { one: string; many: string; twice: string; ordinal: string }> = {
  5: { one: 'five', many: 'fives', twice: 'ten', ordinal: 'fifth' },
  10: { one: 'ten', many: 'tens', twice: 'twenty', ordinal: 'tenth' },
  20: { one: 'twenty', many: 'twenties', twice: 'forty', ordinal: 'twentieth' },
  50: { one: 'fifty', many: 'fifties', twice: 'hundred', ordinal: 'fiftieth' },
}
export const sayK = (k: K) => K_WORDS[k]

/** Releases leave when k visits have come after them, so the last of the k alone shows no name. */
export function sayNaming({ k, profile }: Pick<Site, 'k' | 'profile'>, namedAt: 1 | 2): string {
  const { one, twice } = sayK(k)
  const { strata, leaves } = PROFILES[profile]
  const from = strata ? ', from several countries or browsers,' : ''
  const shown = leaves === 'at midnight' ? 'and, after midnight, ' : 'and '
  return `a name shows once it came ${namedAt === 2 ? twice : one} times in a month${from} ${shown}${one} more visits have come`
}

/** Why there is nothing of these months, or nothing that could be told apart from the rest of them. */
export function sayKeptByMonth(months: readonly string[]): string {
  const one = months.length === 1
  return `${sayList(months.map(sayMonth))} ${one ? 'is kept as a whole month' : 'are kept as whole months'} by now and ${one ? 'shows' : 'show'} only in a period that covers all of ${one ? 'it' : 'them'}.`
}

/** What the tracker calls engaged, the other way round. */
export const BOUNCE =
  'A visit bounces when its first page was engaged for less than 10 s and led to no second page of the site and no event'

/** A value as a person reads it. */
export function sayValue(dimension: Dimension, value: string): string {
  if (value === DIRECT) return 'Direct'
  if (value === UNKNOWN) return 'Unknown'
  if (value === OTHER) return 'Other'
  return dimension === 'country' ? country(value) : value
}

/** Two letters are a region to Intl, and three digits: some territories have no letters. Anything else would throw. */
function country(code: string): string {
  return /^([A-Z]{2}|\d{3})$/.test(code) ? (regions.of(code) ?? code) : code
}

/** Codes of countries in the order of their names. */
export function countriesByName(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const named = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = regions.of(code)
      return name === undefined ? [] : [{ code, name }]
    })
  return named.toSorted((one, other) => byAlphabet.compare(one.name, other.name)).map(({ code }) => code)
}

const byAlphabet = new Intl.Collator(LOCALE)

/** 'Monday', from 0 on, and 'Mon'. */
export const sayWeekday = (weekday: number) => longWeekday.format(at(addDays(MONDAY, weekday)))
export const sayShortWeekday = (weekday: number) => shortWeekday.format(at(addDays(MONDAY, weekday)))
const MONDAY = '2026-01-05'

/** '+25', '−5', '±0': how two counts differ. */
export function sayDifference(n: number): string {
  return n === 0 ? '±0' : `${n > 0 ? '+' : '−'}${sayCount(Math.abs(n))}`
}

/** An average or a rate: one digit behind the point while it says something. */
export const sayAverage = (n: number) => (n < 100 && !Number.isInteger(n) ? sayRatio(n) : sayCount(Math.round(n)))

function at(day: string): number {
  return Date.parse(day)
}
