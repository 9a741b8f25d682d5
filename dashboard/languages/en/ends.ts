// What cannot be undone of a site: anonymizing now, deleting it, what is there, and the receipts of what was done. In
// English.
import type { LedgerAction, Stock } from '../../../collector/ledger.ts'
import { FORMATS } from '../format.ts'

const { plural, sayDay, sayMoment } = FORMATS.en

const done: Record<LedgerAction, (domain: string) => string> = {
  added: (domain) => `${domain} added`,
  changed: (domain) => `${domain} changed`,
  shortened: (domain) => `${domain} shortened`,
  lengthened: (domain) => `${domain} lengthened`,
  anonymized: (domain) => `${domain} anonymized`,
  deleted: (domain) => `${domain} deleted`,
}

export const ends = {
  anonymize: {
    title: 'Anonymize now',
    lead: 'All hours become days, all named counts become months, today’s included. What waits for its name is forgotten. Every total stays as it is. For visitors it is as if the anonymization period were over already.',
    button: 'Anonymize now',
  },
  delete: {
    title: 'Delete the site',
    lead: 'The site goes with all that was ever counted of it, its settings and its share links. Its events count no more. Nothing of it can be read from then on. Only the receipt stays.',
    button: 'Delete the site',
  },
  unseen:
    'How much that is cannot be shown now: the database does not answer, or this dashboard has no user there that may look.',
  nothingYet: 'Nothing is counted yet.',
  /** `last` is the last day of which something is there. */
  reach({ hours, days, counts }: Stock, last: string | undefined): string {
    const there = `${plural(hours.rows, 'hour', 'hours')}, ${plural(days.rows, 'day', 'days')} with ${plural(days.visits, 'visit', 'visits')} and ${plural(counts.rows, 'attribute count', 'attribute counts')}`
    return last === undefined ? `Now there are ${there}.` : `Now there are ${there}, up to ${sayDay(last)}.`
  },
  typeIt: (domain: string) => `Type ${domain} to do it`,
  noUndo: 'This cannot be undone.',
  notTyped: (domain: string) => `Nothing was done: that was not ${domain}.`,

  receipts: 'What was done',
  receipt({ domain, action, at, watermark }: ReceiptOf): string {
    const until = watermark === undefined ? '' : `, up to ${sayDay(watermark)}`
    return `${done[action](domain)}, ordered ${sayMoment(at)}${until}`
  },
  before: 'Before',
  after: 'After',
  rows: {
    hours: 'Hours',
    days: 'Days',
    counts: 'Attribute counts',
    visits: 'Visits',
    pageviews: 'Page views',
    engaged: 'Engaged visits',
    events: 'Events',
    sum: 'Sum of attribute counts',
  },

  isDone: 'Done. The receipt is below.',
  isOrdered: {
    later:
      'Ordered. The database does not answer now; it is done within an hour of its being back, and the receipt is written into the ledger then.',
    hourly:
      'Ordered. The hourly triggers of both Workers carry it out, within two hours, and write the receipt into the ledger.',
  },
  deleted: {
    title: 'Deleted',
    heading: (domain: string) => `${domain} is deleted`,
    isDone:
      'Nothing of it can be read any more. It is off the disk once the database has cleaned up, within a quarter of an hour.',
    isOrdered: {
      later: (command: string) =>
        `Its events count no more. The database does not answer now; it is done within an hour of its being back, and the receipt is written into the ledger then. See it there: ${command}`,
      hourly: (command: string) =>
        `Its events count no more. The hourly triggers of both Workers carry it out, within two hours, and write the receipt into the ledger. See it there: ${command}`,
    },
    next: 'Go to your sites',
  },
}

export interface ReceiptOf {
  domain: string
  action: LedgerAction
  /** ISO 8601. */
  at: string
  /** The last day that it reached. */
  watermark: string | undefined
}

export type EndsWords = typeof ends
