// What the panels of a site say: values, goals, engaged time, the week, what is withheld of them, filter and search. In
// English.
import type { Dimension, K, Metric } from '../../../collector/contract.ts'
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'
import { general } from './general.ts'

const { plural, form, sayList, sayWeekday, sayAverage } = FORMATS.en
const { dimensions, ks, metrics, nouns } = general

const count = (n: number, metric: Metric) => plural(n, metrics[metric].one, metrics[metric].many)
const pairRule = (k: K) => `once both of its values are named, in ${ks[k].many}.`

/** An hour of a weekday, as it is shown. */
export interface HourOfWeek {
  /** From 0, a Monday. */
  weekday: number
  from: string
  to: string
}

export const panels = {
  titles: { week: 'Hours of the week', goals: 'Goals' },
  by: (title: string) => `${title} by`,
  shownAs: { label: 'Shown as', map: 'Map', list: 'List' },
  all: (n: string) => `All ${n}`,
  details: 'Details',
  showAll: 'Show all',
  csv: 'Download as CSV',
  why: (k: K) => `Why ${ks[k].many}?`,

  columns: {
    counted: (metric: Metric) => metrics[metric].title,
    shared: (metric: Metric, base: string) => `${metrics[metric].title}, share of ${base}`,
    rated: (metric: Metric, per: Metric) => `${metrics[metric].title}, for every 100 ${metrics[per].many}`,
  },
  tooRare: 'Too rare to be named',
  tooRareMeaning: 'Counted, but each too rare to be named in its month',
  mapped: (country: string, n: number, metric: Metric) => `${country}: ${count(n, metric)}`,
  onlyThis: (n: number, metric: Metric) => `Filtered by this one: ${count(n, metric)}.`,
  notTogether: (dimension: Dimension, by: Dimension) =>
    `${dimensions[dimension]} are not counted together with ${nouns[by].one}: Sundial keeps no such pair.`,

  filter: {
    is: (label: string, value: string, bold: Part) => rich`${label} is ${bold(value)}`,
    remove: 'Remove the filter',
    counted: (k: K) => `Filtered numbers are counted in ${ks[k].many}; exact totals carry no attribute.`,
    only: (name: string) => `Show only ${name}`,
    onlyInstead: (name: string, other: string) => `Show only ${name}, instead of ${other}`,
  },
  search: {
    placeholder: 'Find a page, source, country…',
    label: 'Find a page, source, country or event',
    find: 'Find',
  },

  foot: {
    countedIn: (k: K) => `Counted in ${ks[k].many}.`,
    countedOnDay: (k: K) =>
      `Counted in ${ks[k].many}, on the day of the ${ks[k].ordinal}: some came before this period.`,
    namedAfter: (k: K) => `Named after ${ks[k].twice} in a month, counted in ${ks[k].many}.`,
    inTotalsOnly: (n: number, metric: Metric) =>
      `${count(n, metric)} ${form(n, 'is', 'are')} in the totals only: reloads, and pages not named yet.`,
    notNamedYet: (n: number, metric: Metric) => `${count(n, metric)} ${form(n, 'is', 'are')} not named yet.`,
    notShown: (n: number, metric: Metric) => `${count(n, metric)} not shown.`,
    pair: (k: K) => `A pair counts ${pairRule(k)}`,
    eventBySource: (k: K) =>
      `Events on pages reached within the site have no source. Any other pair counts ${pairRule(k)}`,
    eventByEntryPage: (k: K) =>
      `Events on pages reached within the site have no entry page. Any other pair counts ${pairRule(k)}`,
    property: (k: K) => `Not every event has a property. A pair counts ${pairRule(k)}`,
    until: (day: string) => `Up to ${day}.`,
    without: (months: readonly string[]) => `Without ${sayList(months)}.`,
  },

  nothing: {
    namedShows: 'Nothing with a name shows of this period yet.',
    kept: 'Nothing is kept of this period.',
    together: 'Nothing counted together in this period.',
    event: "No event in this period. Pages send one with sundial('signup'); its name shows like any other.",
    counted: 'Nothing in this period.',
    /** `naming`: when a name shows. */
    named: (naming: string) => `Nothing named yet: ${naming}.`,
  },

  goals: {
    column: 'Goal',
    conversions: 'Conversions',
    conversionsPer: (per: Metric) => `Conversions, for every 100 ${metrics[per].many}`,
    meaning: (counted: readonly Metric[], k: K) =>
      `Conversions are ${sayList(counted.map((metric) => metrics[metric].many))}. One visit may bring several. Counted in ${ks[k].many}.`,
    unanswered: (by: Dimension, goals: readonly string[]) =>
      `Not counted together with one ${nouns[by].one}: ${sayList(goals)}.`,
    below: (path: string) => `The pages below ${path}`,
    none: (link: Part) => rich`No goals yet. ${link('Say which events or pages are goals')}`,
  },

  engaged: {
    column: 'Tab visible and focused for',
    median: 'median',
    notTogether: (by: Dimension) => `Not counted together with ${nouns[by].one}: Sundial keeps no such pair.`,
    none: (k: K) =>
      `No engaged time counted in this period. It shows once the tracker reported ten seconds or more often enough: it is counted in ${ks[k].many}.`,
    tooFew: (n: number, metric: Metric, k: K) =>
      `Engaged time shows from ${count(n, metric)} on: it is counted in ${ks[k].many}, which says too little of fewer.`,
    fromTen: (k: K) => `Times are counted in ${ks[k].many}, from 10 s on.`,
    /** `rest`: 'under 10 s'. */
    withRest: (k: K, rest: string, reloads: boolean) =>
      `Times are counted in ${ks[k].many}; the rest is ${rest} or not counted yet${reloads ? ', reloads too' : ''}.`,
  },

  week: {
    table: 'Visits an hour, average by weekday',
    reading: 'In the week: hour by hour',
    notYet: 'not yet',
    most: ({ weekday, from, to }: HourOfWeek, n: number) =>
      `Most on ${sayWeekday(weekday)}s, ${from} – ${to}: ${sayAverage(n)} ${form(n, 'visit', 'visits')}`,
    none: 'No visit in any of these hours.',
    cell: (at: HourOfWeek, visits: number) => `${sayHour(at)}: ${count(visits, 'visits')}`,
    average: (at: HourOfWeek, n: number, times: number) =>
      `${sayHour(at)}: ${sayAverage(n)} ${form(n, 'visit', 'visits')} on average of ${times}`,
    cellNotYet: (at: HourOfWeek) => `${sayHour(at)}: not in this period yet`,
    meaning: (days: string) => `Visits by the hour are exact. Averages of ${days}, full hours only.`,
    earlierGone: 'The hours of earlier months have become days.',
    allGone: 'The hours of this period have become days by now: its visits are kept, their hours are not.',
    nothingYet: 'Shows once an hour of this period is over.',
  },

  horizon: {
    sees: (seen: readonly string[], k: K) =>
      `Without an account you see ${sayList(seen)}. A day shows its names once ${ks[k].one} more visits have come on whole days after it, so that nobody can watch single visits arrive.`,
    visitsOfToday: (hour: string) => `the visits of today up to ${hour}`,
    someOfToday: (n: number, hour: string) => `${count(n, 'visits')} of today up to ${hour}`,
    noTotals: 'no totals of this period yet',
    totals: (day: string) => `totals up to ${day}`,
    noNames: 'no names of this period yet',
    names: (day: string) => `names up to ${day}`,
    show30Days: 'Show 30 days',
  },
}

function sayHour({ weekday, from, to }: HourOfWeek): string {
  return `${sayWeekday(weekday)}, ${from} – ${to}`
}

export type PanelsWords = typeof panels
