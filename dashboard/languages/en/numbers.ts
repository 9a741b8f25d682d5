// What the pages of a site's numbers say: the site, all values of a dimension, what was found, and what cannot be asked.
// In English.
import type { Dimension, K, Metric, PanelName } from '../../../collector/contract.ts'
import { GRANULARITIES, PERIODS, type PeriodName, type PeriodRefusal, type Range } from '../../period.ts'
import type { FilterRefusal } from '../../reports/filter.ts'
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'
import { general } from './general.ts'

const { nouns } = general
const { form, plural, sayCount, sayFullDay, sayList, sayMonth, sayRange } = FORMATS.en

const panels: Record<PanelName, string> = {
  sources: 'Sources',
  pages: 'Pages',
  places: 'Countries',
  engaged: 'Engaged time',
  campaigns: 'Campaigns',
  events: 'Events',
}

const periods: Record<PeriodName, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  day: 'One day',
  '7d': '7 days',
  '28d': '28 days',
  '30d': '30 days',
  '91d': '91 days',
  month: 'Month to date',
  year: 'Year to date',
  '6mo': '6 months',
  '12mo': '12 months',
  all: 'All time',
  custom: 'Chosen days',
}

/** All values of a dimension, within a sentence. */
const sayAll = (dimension: Dimension) => (dimension === 'session_interval' ? 'engaged time' : nouns[dimension].many)

export const numbers = {
  panels,
  periods,

  totals: 'Totals',
  countedIn: (k: K) => `Whatever has a name is counted in ${general.ks[k].many}.`,
  how: 'How, and why',
  /** Of a filter: what has no pair with it. */
  unpaired: (by: Dimension, others: readonly Dimension[]) =>
    `Not counted together with one ${nouns[by].one}: ${sayList(others.map(sayAll))}. At most two attributes ever stand in one row, and only some pairs are kept.`,
  /** Of months that are kept as whole ones. */
  leftOut(months: readonly string[], isFiltered: boolean): string {
    const [kept, them] = form(
      months.length,
      ['is kept as a whole month', 'it'] as const,
      ['are kept as whole months', 'them'] as const,
    )
    const who = isFiltered
      ? `these numbers leave ${them} out.`
      : `the panels leave ${them} out; the totals above do not.`
    return `${sayList(months.map(sayMonth))} ${kept} by now. This period covers only a part of ${them}, so ${who}`
  },

  foot: {
    /** `naming` is what sayNaming says. */
    exact: (k: K, naming: string) =>
      `Totals are exact. Everything with a name is counted in ${general.ks[k].many}: ${naming}, or ${general.ks[k].twice} times where it is the free text of a link or an event property.`,
    bounce: `${general.bounce}.`,
    hours: (timezone: string, today: string) =>
      `Hours and days are those of ${timezone}; today is ${sayFullDay(today)}.`,
    kept: (anonymization: number, retention: number) =>
      `Of what is counted from now on, hours become days and named counts become months ${plural(anonymization, 'day', 'days')} after their month ends. ${plural(retention, 'day', 'days')} after the month began all of it is unreadable at once, and off the disk about an hour and a quarter later, plus the time ClickHouse takes to merge.`,
    dropped: 'What was not counted, and why',
    shortcuts: 'Keyboard shortcuts',
    take: (csv: Part, json: Part) => rich`Take all of this as ${csv('CSV')} or ${json('JSON')}`,
    asCsv: 'Everything on this page as CSV, in a zip',
    asJson: 'Everything on this page as JSON',
    reports: 'Weekly report and alerts',
    health: 'Does everything arrive?',
    tag: 'Script tag of this site',
  },

  /** Of the way back, to who listens. */
  back: 'Back',
  backToAll: 'Back to all panels',

  values: {
    findIn: (dimension: Dimension) => `Find in ${nouns[dimension].many}`,
    nothing: (text: string) => `Nothing named contains “${text}” in this period.`,
    compared: (range: Range, before: Range) => `Changes compare ${sayRange(range)} against ${sayRange(before)}.`,
    filtered: 'Filtered by one of these. Without the filter all of them stand here.',
    shareOf: (n: number) => `Share of ${sayCount(n)}`,
    perHundred: (metric: Metric) => `For every 100 ${general.metrics[metric].many}`,
    change: 'Change',
    engaged: 'Engaged, median',
    changed: (now: number, before: number) => `${sayCount(now)} from ${sayCount(before)}`,
    pages: 'Pages',
    previous: 'Previous page',
    next: 'Next page',
    pageOf: (page: number, last: number) => `Page ${sayCount(page)} of ${sayCount(last)}`,
  },

  search: {
    found: (values: number, text: string) =>
      values === 0 ? `Nothing named contains “${text}”` : `${plural(values, 'value', 'values')} with “${text}”`,
    searched: (range: Range, k: K) =>
      `Searched are the names of ${sayRange(range)}. A name is there once it was counted ${general.ks[k].one} times in a month.`,
    noFilter: 'Not counted together with anything else: no filter.',
  },

  noDimension: { title: 'No such dimension', sentence: 'This site counts nothing of that name.' },
  noPeriod: {
    title: 'That period makes no sense',
    /** The Stats API says the same. */
    sentence(refusal: PeriodRefusal): string {
      switch (refusal.because) {
        case 'unknown period':
          return `period is one of ${PERIODS.join(', ')}.`
        case 'unknown granularity':
          return `by is one of ${GRANULARITIES.join(', ')}.`
        case 'unknown comparison':
          return 'compare is previous, year, none, or the first of the days to compare with.'
        case 'no day':
          return `${refusal.parameter} is a day such as 2026-01-31, from ${refusal.earliest} on.`
        case 'date to come':
          return `date=${refusal.date} lies in the future.`
        case 'days missing':
          return 'A custom period needs from and to, as in from=2026-01-01&to=2026-01-31.'
        case 'ends before it begins':
          return `The period ends (${refusal.to}) before it begins (${refusal.from}).`
        case 'period to come':
          return `The period begins in the future (${refusal.from}).`
        case 'too long':
          return `A period may span ${refusal.days} days at most.`
      }
    },
  },
  noFilter: {
    title: 'That filter makes no sense',
    sentence: (refusal: FilterRefusal) =>
      refusal.because === 'no filter'
        ? 'A filter is a dimension and a value, as in filter=source:Google.'
        : `This site counts nothing together with ${nouns[refusal.dimension].one}.`,
  },
}

export type NumbersWords = typeof numbers
