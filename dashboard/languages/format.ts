// How each language writes numbers, days and lists: all by Intl, without a word of our own. Used by words.ts and by the
// messages of each language.
import { addDays } from '../../collector/calendar.ts'
import type { Granularity, Range } from '../period.ts'
import { type Language, LOCALES } from './language.ts'

export type Format = ReturnType<typeof createFormat>

function createFormat(language: Language) {
  const locale = LOCALES[language]
  const whole = once(() => new Intl.NumberFormat(locale))
  const compact = once(() => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }))
  const ratio = once(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))
  const percent = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }))
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }))
  const number = once(() => new Intl.PluralRules(locale))
  const regions = once(() => new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }))
  const alphabet = once(() => new Intl.Collator(locale))
  /** Days are site-local already, so they are formatted as if they were UTC. */
  const dates = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }))
  const fullDay = dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const plainDay = dates({ day: 'numeric', month: 'short', year: 'numeric' })
  const moment = dates({ dateStyle: 'medium', timeStyle: 'short' })
  const shortDay = dates({ day: 'numeric', month: 'short' })
  const fullMonth = dates({ month: 'long', year: 'numeric' })
  const shortMonth = dates({ month: 'short' })
  const longWeekday = dates({ weekday: 'long' })
  const shortWeekday = dates({ weekday: 'short' })

  const sayCount = (n: number) => whole().format(n)
  const sayRatio = (n: number) => ratio().format(n)
  const sayMonth = (day: string) => fullMonth().format(at(day))
  const sayFullDay = (day: string) => fullDay().format(at(day))

  function sayRange({ from, to }: Range): string {
    const last = addDays(to, -1)
    return from === last ? sayFullDay(from) : plainDay().formatRange(at(from), at(last))
  }

  return {
    sayCount,
    sayRatio,
    sayPercent: (share: number) => percent().format(share),

    /** For the chart's axis, and for totals that would not fit: 12.3K. */
    sayCompact: (n: number) => compact().format(n),

    /** A share of something that is there is never rounded to nothing. */
    sayShare: (share: number) =>
      share > 0 && share < 0.005 ? `<${percent().format(0.01)}` : percent().format(Math.min(1, share)),

    /** An average or a rate: one digit behind the point while it says something. */
    sayAverage: (n: number) => (n < 100 && !Number.isInteger(n) ? sayRatio(n) : sayCount(Math.round(n))),

    /** '+25', '−5', '±0': how two counts differ. */
    sayDifference: (n: number) => (n === 0 ? '±0' : `${signOf(n)}${sayCount(Math.abs(n))}`),

    /** '+12%', '−3%'; undefined where nothing of it would be seen. */
    sayGrowth(change: number): string | undefined {
      const text = percent().format(Math.abs(change))
      return text === percent().format(0) ? undefined : `${signOf(change)}${text}`
    },

    sayList: (words: readonly string[]) => list().format(words),

    /** '1 visit', '7 visits', by the language's own rule of what is one. */
    plural: (n: number, one: string, many: string) => `${sayCount(n)} ${number().select(n) === 'one' ? one : many}`,
    /** The word without its number. */
    form: <T>(n: number, one: T, many: T) => (number().select(n) === 'one' ? one : many),

    sayRange,
    sayMonth,
    /** '21 Mar 2026' */
    sayDay: (day: string) => plainDay().format(at(day)),
    /** 'Sat, 21 Mar 2026' */
    sayFullDay,
    /** '22 Nov 2026, 09:30 UTC', of an instant in ISO 8601. */
    sayMoment: (instant: string) => `${moment().format(Date.parse(instant))} UTC`,

    /** A bucket in full, for tooltips and the table: of a week the days that lie in the range. */
    sayBucket(start: string, granularity: Granularity, { from, to }: Range): string {
      if (granularity === 'hour') {
        const n = Number(start.slice(-2))
        const hours = `${hour(n)} – ${hour(n + 1)}`
        return start.length > 2 ? `${sayFullDay(start.slice(0, 10))}, ${hours}` : hours
      }
      if (granularity === 'week') {
        const end = addDays(start, 7)
        return sayRange({ from: start > from ? start : from, to: end < to ? end : to })
      }
      return granularity === 'month' ? sayMonth(start) : sayFullDay(start)
    },

    /** A bucket on the axis of so many. Over more than a year a month alone could be either. */
    sayTick(start: string, granularity: Granularity, of: number): string {
      const monthOfYear = () => `${shortMonth().format(at(start))} ’${start.slice(2, 4)}`
      if (granularity === 'hour')
        return start.length > 2 ? shortDay().format(at(start.slice(0, 10))) : hour(Number(start))
      if (granularity === 'day' || granularity === 'week')
        return of > (granularity === 'day' ? 366 : 53) ? monthOfYear() : shortDay().format(at(start))
      if (of > 12) return monthOfYear()
      return start.slice(5, 7) === '01' ? start.slice(0, 4) : shortMonth().format(at(start))
    },

    /** 'Monday', from 0 on, and 'Mon'. */
    sayWeekday: (weekday: number) => longWeekday().format(at(addDays(MONDAY, weekday))),
    sayShortWeekday: (weekday: number) => shortWeekday().format(at(addDays(MONDAY, weekday))),

    /** Two letters are a region to Intl, and three digits: some territories have no letters. Anything else would throw. */
    sayCountry: (code: string) => (/^([A-Z]{2}|\d{3})$/.test(code) ? (regions().of(code) ?? code) : code),

    /** Codes of countries in the order of their names. */
    countriesByName(): string[] {
      const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
      const named = letters
        .flatMap((first) => letters.map((second) => first + second))
        .flatMap((code) => {
          const name = regions().of(code)
          return name === undefined ? [] : [{ code, name }]
        })
      return named.toSorted((one, other) => alphabet().compare(one.name, other.name)).map(({ code }) => code)
    },
  }
}

/** What is costly to make is made when it is first asked for: no page needs all of it, in every language. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** '09:00' */
export const hour = (n: number) => `${String(n % 24).padStart(2, '0')}:00`

/** As a line begins. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const MONDAY = '2026-01-05'

function signOf(n: number): '+' | '−' {
  return n > 0 ? '+' : '−'
}

function at(day: string): number {
  return Date.parse(day)
}

export const FORMATS = {
  en: createFormat('en'),
  de: createFormat('de'),
  fr: createFormat('fr'),
} as const satisfies Record<Language, Format>
