// The week of a site: how many visits an hour of each weekday brings on average, made of exact hourly totals. One
// statement, called by report.ts.
import * as z from 'zod'
import { addDays, addMonths, firstOfMonth, type LocalHour } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import type { Days } from './day.ts'
import type { HourRow } from './hour.ts'
import { BY_KEY, isEmpty } from './span.ts'

export interface WeekReport {
  /** The days whose hours are in it; empty where none are kept. The last may be a day that is not over. */
  range: Range
  /** Hours of earlier days of the period have become days. */
  generalized: boolean
  /** By weekday from Monday on, then by hour; nothing where that hour did not come. */
  hours: readonly (readonly (WeekHour | undefined)[])[]
}

export interface WeekHour {
  visits: number
  /** How many such hours there were. */
  times: number
}

/** From this many days on every weekday is there. */
export const WEEK_FROM_DAYS = 7

const number = z.coerce.number()
const row = z.object({
  month: z.string(),
  /** 1 is Monday. */
  weekday: number,
  visits: z.tuple([z.array(number), z.array(number)]),
})
export type WeekRow = z.infer<typeof row>

/** `until` is the hour of now, or the horizon: hours that are not over would pull an average down. */
export function readWeek(
  counts: Pick<Counts, 'query'>,
  site: Site,
  { range, until }: { range: Range; until: LocalHour },
): Promise<WeekRow[]> {
  const { from, to } = range
  const end = until.day < to ? until : { day: to, hour: 0 }
  const bounds = { month: firstOfMonth(from), from, end: end.day, end_hour: end.hour }
  return counts.query(SQL, { site: site.id, ...bounds }, row)
}

const SQL = `/* reports.week */
SELECT
  month,
  toDayOfWeek(day) AS weekday,
  sumMap([hour], [visits]) AS visits
FROM readable_hours
WHERE site = {site:UInt32}
  AND month >= {month:Date}
  AND month <= {end:Date}
  AND day >= {from:Date}
  AND (day, hour) < ({end:Date}, {end_hour:UInt8})
GROUP BY month, weekday
${BY_KEY}`

/** The same of a report that is by the hour, which has read them. */
export function weekRows(hours: readonly HourRow[], { range, until }: { range: Range; until: LocalHour }): WeekRow[] {
  const isOver = ({ day, hour }: HourRow) => day < until.day || (day === until.day && hour < until.hour)
  return hours
    .filter((row) => row.visits > 0 && row.day >= range.from && row.day < range.to && isOver(row))
    .map(({ day, hour, visits }) => ({
      month: firstOfMonth(day),
      weekday: weekdayOf(day) + 1,
      visits: [[hour], [visits]],
    }))
}

export function weekReport(
  rows: readonly WeekRow[],
  days: Days,
  { range, until }: { range: Range; until: LocalHour },
): WeekReport {
  const asked = { from: later(range.from, days.firstDay ?? range.to), to: earlier(range.to, addDays(until.day, 1)) }
  const gone = lastWithoutHours(rows, days, { ...asked, to: firstOfMonth(until.day) })
  const known = { from: gone ? later(asked.from, addMonths(gone, 1)) : asked.from, to: asked.to }
  const generalized = gone !== undefined
  if (isEmpty(known)) return { range: { from: asked.to, to: asked.to }, generalized, hours: [] }
  const times = timesIn(known, until)
  const hours = times.map((day, index) =>
    day.map((times, hour) => (times === 0 ? undefined : { times, visits: visitsOf(rows, index + 1, hour) })),
  )
  return { range: known, generalized, hours }
}

/** The last month of a range that had visits and has no hours any more. A month without visits needs none. */
function lastWithoutHours(rows: readonly WeekRow[], days: Days, { from, to }: Range): string | undefined {
  const kept = new Set(rows.map(({ month }) => month))
  return days.rows
    .filter(({ on, visits }) => visits > 0 && on >= from && on < to)
    .map(({ on }) => firstOfMonth(on))
    .filter((month) => !kept.has(month))
    .sort()
    .at(-1)
}

/** How often each hour of each weekday came in a range. */
function timesIn({ from, to }: Range, until: LocalHour): number[][] {
  const times = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  for (let day = from; day < to; day = addDays(day, 1)) {
    const over = day < until.day ? 24 : day === until.day ? until.hour : 0
    const hours = times[weekdayOf(day)] ?? []
    for (let hour = 0; hour < over; hour++) hours[hour] = (hours[hour] ?? 0) + 1
  }
  return times
}

/** 0 is Monday. */
function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

function visitsOf(rows: readonly WeekRow[], weekday: number, hour: number): number {
  return rows
    .filter((row) => row.weekday === weekday)
    .reduce((sum, { visits: [hours, visits] }) => sum + (visits[hours.indexOf(hour)] ?? 0), 0)
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}
