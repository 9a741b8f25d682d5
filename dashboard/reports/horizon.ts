// How far a reader sees. Whoever has no account sees totals up to the last full hour and named counts up to a day after
// which enough visits have come, so that nobody can watch single visits arrive. Made by the app and the Stats API;
// report.ts and dropped.ts hold every statement to it.
import type { Calendar, LocalHour } from '../../collector/calendar.ts'
import type { Site } from '../../collector/sites.ts'
import type { DayRow } from './day.ts'

/** The first site-local hour of which an outsider sees nothing. */
export type Horizon = LocalHour

export interface Sight {
  /** What hour it is at the site, as far as this reader can tell. Periods are read against its day. */
  now: LocalHour
  /** None for an insider, who sees everything. */
  horizon: Horizon | undefined
}

/** The clock of outsiders is late by this much (milliseconds): the last counts of an hour are flushed after it has ended. */
const LATE = 5 * 60_000

export function sightOf(
  { insider }: { insider: boolean },
  { timezone }: Pick<Site, 'timezone'>,
  { calendar, now }: { calendar: Calendar; now: () => number },
): Sight {
  if (insider) return { now: calendar.localHour(timezone, now()), horizon: undefined }
  const late = calendar.localHour(timezone, now() - LATE)
  return { now: late, horizon: late }
}

/**
 * The first day whose named counts an outsider does not see. A release leaves for ClickHouse once k visits have come
 * after it, dated with the day of the last of its own k: on a quiet site weeks later, at the very moment of a visit. So a
 * day shows only when k visits have come on whole days after it. Then nothing of it is still to come, and what an
 * outsider reads stays the same from midnight to midnight. (A site spread over several accumulators has visits enough.)
 */
export function namedBefore(days: readonly DayRow[], { day }: Horizon, k: number): string {
  let visits = 0
  const latestFirst = days.filter(({ on }) => on < day).toSorted((one, other) => (one.on < other.on ? 1 : -1))
  for (const { on, visits: came } of latestFirst) {
    visits += came
    if (visits >= k) return on
  }
  return NEVER
}

/** Before all days: nothing with a name shows. */
const NEVER = '1970-01-01'
