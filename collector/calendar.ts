// Calendars and time zones, all of them: days are 'YYYY-MM-DD', months are their first day, ranges are [from, to).
// Called by the steps (hour and day of an event), the accumulator (dates of a row) and the dashboard's periods.

export interface LocalHour {
  /** Site-local day, 'YYYY-MM-DD'. */
  day: string
  /** Site-local hour, 0 to 23. */
  hour: number
}

export interface Calendar {
  /** Day and hour of an instant (milliseconds since the epoch) in an IANA time zone. Throws RangeError for a zone that does not exist. */
  localHour(timezone: string, instant: number): LocalHour
}

/** Zones move their clocks on whole quarters of an hour, so one look-up holds for a quarter. */
const QUARTER = 15 * 60_000

/** A calendar remembers the current quarter of an hour of each zone: formatting costs far more than all the rest of a step. */
export function createCalendar(): Calendar {
  const zones = new Map<string, { format: Intl.DateTimeFormat; quarter: number; local: LocalHour }>()
  return {
    localHour(timezone, instant) {
      const quarter = Math.floor(instant / QUARTER)
      const zone = zones.get(timezone)
      if (zone?.quarter === quarter) return zone.local
      const format = zone?.format ?? hourFormat(timezone)
      const local = readHour(format, quarter * QUARTER)
      zones.set(timezone, { format, quarter, local })
      return local
    },
  }
}

function hourFormat(timezone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
}

function readHour(format: Intl.DateTimeFormat, instant: number): LocalHour {
  const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  return { day: `${part.get('year')}-${part.get('month')}-${part.get('day')}`, hour: Number(part.get('hour')) }
}

/** The day n days later (earlier when n is negative). */
export function addDays(day: string, n: number): string {
  return dayOf(Date.parse(day) + n * 86_400_000)
}

/** The first day of the month n months later (earlier when n is negative). */
export function addMonths(day: string, n: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`
}

/** The first day of a day's month. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`
}

/** The Monday of a day's week: weeks are those of ISO 8601. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7))
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** The UTC day of an instant. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
