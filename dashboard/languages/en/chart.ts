// What is said of totals and of their chart: the figures and their changes, the drawing and its table. In English.
import type { K } from '../../../collector/contract.ts'
import type { Granularity } from '../../period.ts'
import type { Incomparable } from '../../reports/totals.ts'
import type { Drawn } from '../../view.ts'
import { general } from './general.ts'

const { ks, metrics } = general

const titles: Record<Drawn, string> = {
  visits: metrics.visits.title,
  pageviews: metrics.pageviews.title,
  views_per_visit: 'Views per visit',
  bounce_rate: 'Bounce rate',
  events: metrics.events.title,
}

/** What a click on a figure does. */
const draw: Record<Drawn, string> = {
  visits: 'Draw visits',
  pageviews: 'Draw page views',
  views_per_visit: 'Draw views per visit',
  bounce_rate: 'Draw bounce rate',
  events: 'Draw events',
}

const columns: Record<Granularity, string> = { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month' }
const granularities: Record<Granularity, string> = { hour: 'Hours', day: 'Days', week: 'Weeks', month: 'Months' }

const incomparable: Record<Incomparable, string> = {
  nothing_counted: 'Nothing was counted yet when the days to compare with began, so there are no changes.',
  kept_by_month:
    'The days to compare with cover only a part of a month that is kept as a whole by now, so there are no changes.',
}

/** Until when the figure before was counted, where it is not that of all the days compared with. */
export interface Then {
  /** Missing where it is the day before. */
  day: string | undefined
  /** An hour of it. */
  until?: string | undefined
}

export interface Compared {
  /** Said where what is compared is not what stands above. */
  now?: string | undefined
  before: string
  then?: Then | undefined
}

function sayThen({ day, until }: Then): string {
  const on = day === undefined ? 'the day before' : `on ${day}`
  return until === undefined ? on : `by ${until} ${on}`
}

const from = ({ now, before, then }: Compared) =>
  [now, `from ${before}`, then && sayThen(then)].filter((part) => part !== undefined).join(' ')

export const chart = {
  titles,
  draw,
  drawn: 'Drawn below',
  viewsPerVisit: (n: string) => `${n} views per visit`,
  bounced: (share: string) => `${share} bounced`,
  engaged: 'Engaged time, median',
  engagedMeaning: {
    visits: 'Half of all visits were engaged for longer',
    pageviews: 'Half of all page views were engaged for longer',
  },

  /** A figure before, of which there is no change. */
  was: (before: string, then?: Then) => (then ? `${before} ${sayThen(then)}` : `${before} before`),
  /** Behind a change. */
  from,
  unchanged: (compared: Compared) => `${general.unchanged} ${from(compared)}`,
  /** Another number, but not by one percent. */
  hardlyChanged: (compared: Compared) => `hardly changed ${from(compared)}`,
  asBefore: 'as before',
  comparesDays: (days: string, before: string) => `Changes compare ${days} against ${before}.`,
  withoutToday: (days: string, before: string) => `Changes are without today: ${days} against ${before}.`,
  incomparable,

  columns,
  granularities,
  drawnBy: 'Drawn by',
  /** The chart to who does not see it. */
  none: (title: string, by: Granularity) => `${title} by ${by}: none.`,
  most: (title: string, by: Granularity, when: string, n: string) => `${title} by ${by}: most in ${when} (${n}).`,
  reading: 'Chart. The arrow keys read it value by value, Enter opens what is read.',
  thisPeriod: 'this period',
  notOver: 'not over yet',
  soFar: (bucket: string) => `${bucket}, so far`,
  beforeColumn: 'Before',
  table: 'Show as table',
  byHour: (drawn: Drawn, k: K) =>
    `By the hour, ${drawn === 'events' ? 'events' : 'page views'} are counted in ${ks[k].many}, so they do not add up to the day’s; visits are exact.`,

  nothingShows: 'Nothing of this period shows yet.',
  noHours: 'Attribute counts have no hour, so there is nothing to draw for one day.',
  oneMonth: 'One month, kept as a whole: there is nothing to draw.',
  hoursGone: 'The hours of this day are no longer kept: its totals are.',

  notes: 'Notes',
  earlierNotes: (n: number) => `and ${n} earlier`,
  writeNote: 'Note what happened on a day',
}

export type ChartWords = typeof chart
