// The two periods of a site: their form, what would go under shorter ones, and what has gone. In English; `going` also on
// the command line.
import type { MonthPreview } from '../../../collector/stock.ts'
import { FORMATS } from '../format.ts'

const { plural, sayCount } = FORMATS.en

export const periods = {
  title: 'How long what is kept',
  inDays: {
    anonymizationDays: 'Anonymization period, in days',
    retentionDays: 'Retention period, in days',
  },
  bounds: {
    anonymizationDays: (least: number, most: number) => `${least} to ${most} days.`,
    retentionDays: (beyond: number, most: number) =>
      `More than the anonymization period and ${beyond} days, at most ${most} days.`,
  },
  lead: 'A shorter period holds for what was counted already, and cannot be taken back. A longer one holds only for what is counted from then on. Nothing changes before you have seen what goes.',
  see: 'See what would change',

  plan: 'What would change',
  change: {
    anonymizationDays: (from: number, to: number) => `Anonymization: ${sayThen(from, to)}`,
    retentionDays: (from: number, to: number) => `Retention: ${sayThen(from, to)}`,
  },
  longer: 'A longer period holds for what is counted from now on. What is there keeps its dates.',
  unseen:
    'How much goes at once cannot be shown now: the database does not answer, or this dashboard has no user there that may look. Months that are past a shorter period go at once, the rest earlier than it would have.',
  nothingGoes: 'Nothing goes at once. What is there goes earlier than it would have.',
  month: 'Month',
  goes: 'What goes at once',
  theRest: 'The rest goes earlier than it would have.',
  agreed: 'This cannot be undone, and shall be done',
  notAgreed: 'What goes cannot be brought back. Tick that it shall be done.',
  shorten: 'Shorten',
  lengthen: 'Change',
  shortened: 'Periods that were shortened',

  /** What goes of a month at once: either the month is over, or it is generalized. */
  going({ hours, generalized, days, removed, visits, n }: MonthPreview): string {
    const attributes = (rows: number) => plural(rows, 'attribute count', 'attribute counts')
    if (days + removed > 0) {
      return `removed: ${plural(days, 'day', 'days')} with ${plural(visits, 'visit', 'visits')}, ${attributes(removed)} (${sayCount(n)} in sum), ${plural(hours, 'hour', 'hours')}`
    }
    return `generalized: ${plural(hours, 'hour', 'hours')} go into their days, ${attributes(generalized)} into the month`
  },
}

function sayThen(from: number, to: number): string {
  return from === to ? `${from} days, as now` : `${from} days now, ${to} then`
}

export type PeriodsWords = typeof periods
