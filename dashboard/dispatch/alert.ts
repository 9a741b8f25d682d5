// Whether the traffic of a site is unusual: its hours beside the same hours of the same weekday in the weeks before, by
// median and median deviation, which one odd week does not move. Totals only, so it is exact. Asked by the hourly dispatch.
import * as z from 'zod'
import { addDays, type Calendar, firstOfMonth, type LocalHour } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'

/** Visits by site-local day and hour, from 0 on. A day that is missing had none, or is not kept by the hour. */
export type Hours = ReadonlyMap<string, readonly number[]>

export type Alert =
  | { kind: 'spike'; day: string; hour: number; visits: number; usual: number }
  /** No visit in so many full hours up to this one. */
  | { kind: 'silence'; day: string; hour: number; hours: number; usual: number }

/** So far back it looks; the default period keeps hours for 62 days at least. */
const WEEKS = 8
/** With fewer of them nobody knows what is usual: a new site, or one that keeps hours for less than a month. */
const LEAST_WEEKS = 4
/** Below it an hour is no spike, whatever is usual: one mention of a small site would be one every day. */
const LEAST_SPIKE = 50
/** So many times the usual ... */
const TIMES = 3
/** ... and so many deviations above it. */
const DEVIATIONS = 6
/** So many visits usually come where now none has. By chance none comes of them once in 70 billion times. */
const LEAST_MISSED = 25
/** And so many came even in the quietest of the weeks: a night, a holiday or a site that sleeps is no silence. */
const LEAST_EVER = 5
const LONGEST_SILENCE = 24
/** Of a standard deviation: https://en.wikipedia.org/wiki/Median_absolute_deviation */
const DEVIATION_OF_MEDIAN = 1.4826
const HOUR = 3_600_000

/** About the last full hour before `now` (milliseconds since the epoch). */
export function findAlerts(
  hours: Hours,
  { timezone, calendar, now }: { timezone: string; calendar: Calendar; now: number },
): Alert[] {
  const past = fullHours(timezone, calendar, now)
  const [last] = past
  if (!last) return []
  const spike = findSpike(hours, last)
  const silence = findSilence(hours, past)
  return [...(spike ? [spike] : []), ...(silence ? [silence] : [])]
}

interface FullHour extends LocalHour {
  /** It came twice, when the clocks were put back: its visits are those of both. */
  twice: boolean
}

/** Latest first. By instants: an hour that the clocks leave out is none, and one that comes twice is one. */
function fullHours(timezone: string, calendar: Calendar, now: number): FullHour[] {
  const current = calendar.localHour(timezone, now)
  const found: FullHour[] = []
  for (let back = 1; found.length < LONGEST_SILENCE && back < LONGEST_SILENCE + 4; back++) {
    const local = calendar.localHour(timezone, now - back * HOUR)
    const before = found.at(-1)
    if (isSame(local, current)) continue
    if (before && isSame(local, before)) before.twice = true
    else found.push({ ...local, twice: false })
  }
  return found
}

function isSame(one: LocalHour, other: LocalHour): boolean {
  return one.day === other.day && one.hour === other.hour
}

function findSpike(hours: Hours, { day, hour, twice }: FullHour): Alert | undefined {
  const visits = visitsAt(hours, { day, hour })
  const before = weeksBefore(day).flatMap((day) => (hours.has(day) ? [visitsAt(hours, { day, hour })] : []))
  if (twice || before.length < LEAST_WEEKS || visits < LEAST_SPIKE) return undefined
  const usual = median(before)
  const deviation = median(before.map((n) => Math.abs(n - usual))) * DEVIATION_OF_MEDIAN
  // Visits that come by themselves spread by the root of their number at least.
  const spread = Math.max(deviation, Math.sqrt(usual), 1)
  if (visits < TIMES * usual || visits < usual + DEVIATIONS * spread) return undefined
  return { kind: 'spike', day, hour, visits, usual: Math.round(usual) }
}

/** The hours without a visit, as one: what came in as many hours of the weeks before. */
function findSilence(hours: Hours, past: readonly FullHour[]): Alert | undefined {
  const [last] = past
  const first = past.findIndex((hour) => visitsAt(hours, hour) > 0)
  const silent = past.slice(0, first < 0 ? past.length : first)
  if (!last || silent.length === 0) return undefined
  const before = Array.from({ length: WEEKS }, (_, week) => sumOfWeekBefore(hours, silent, week + 1)).filter(
    (sum) => sum !== undefined,
  )
  if (before.length < LEAST_WEEKS) return undefined
  const usual = median(before)
  if (usual < LEAST_MISSED || Math.min(...before) < LEAST_EVER) return undefined
  return { kind: 'silence', day: last.day, hour: last.hour, hours: silent.length, usual: Math.round(usual) }
}

/** Nothing where the day of the last hour is not kept by the hour. A day before it may be one on which nobody ever comes. */
function sumOfWeekBefore(hours: Hours, silent: readonly LocalHour[], week: number): number | undefined {
  const then = silent.map(({ day, hour }) => ({ day: addDays(day, -7 * week), hour }))
  const [last] = then
  if (!last || !hours.has(last.day)) return undefined
  return then.reduce((sum, hour) => sum + visitsAt(hours, hour), 0)
}

function weeksBefore(day: string): string[] {
  return Array.from({ length: WEEKS }, (_, week) => addDays(day, -7 * (week + 1)))
}

function visitsAt(hours: Hours, { day, hour }: LocalHour): number {
  return hours.get(day)?.[hour] ?? 0
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const half = (sorted.length - 1) / 2
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2
}

const row = z.object({ day: z.string(), hour: z.coerce.number(), visits: z.coerce.number() })

const sql = `/* alerts.hours */
SELECT
  day,
  hour,
  sum(visits) AS visits
FROM readable_hours
WHERE site = {site:UInt32}
  AND month >= {month:Date}
  AND day IN {days:Array(Date)}
GROUP BY day, hour`

/** Of the days that findAlerts looks at on this one. */
export async function readAlertHours(
  counts: Pick<Counts, 'query'>,
  site: Pick<Site, 'id'>,
  today: string,
): Promise<Hours> {
  const recent = [today, addDays(today, -1), addDays(today, -2)]
  const days = [...recent, ...recent.flatMap(weeksBefore)]
  const month = firstOfMonth(days.toSorted()[0] ?? today)
  const rows = await counts.query(sql, { site: site.id, month, days }, row)
  const hours = new Map<string, number[]>()
  for (const { day, hour, visits } of rows) {
    const ofDay = hours.get(day) ?? Array.from({ length: 24 }, () => 0)
    ofDay[hour] = visits
    hours.set(day, ofDay)
  }
  return hours
}
