// The record of processing activities of Article 30 GDPR, in the regulation's own terms. In English.
import type { K } from '../../../collector/contract.ts'
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'
import { general } from './general.ts'

const { sayList, plural } = FORMATS.en
const { ks } = general

export const record = {
  title: (site: string) => `Record of processing: audience measurement of ${site}`,
  heading: 'Record of processing activities',
  of: (site: string, moment: string) => `Article 30(1) GDPR · Audience measurement of ${site} · made ${moment}`,
  hint: 'Made from this site’s settings and from what the program may keep. Print it, and fill in the fields that are empty: only the controller knows them. It is a help, not legal advice.',
  toFill: 'To be filled in by the controller',

  /** Of Article 30(1), and beside it. */
  point: (letter: string) => `(${letter})`,
  article6: 'Art. 6',
  note: 'Note',

  controller: 'Controller, name and contact',
  jointController: 'Joint controller, if any',
  representative: 'Representative in the Union, if any',
  officer: 'Data protection officer, if any',
  purposes: {
    title: 'Purposes',
    measuring: (site: string) =>
      `Measuring the audience of ${site}: how many visits and page views there are, where they come from, which pages and events they concern, and for how long pages are read, as sums over all visitors.`,
    further: 'Further purposes, if any',
  },
  legalBasis: 'Legal basis (not part of Article 30, and usually noted here)',
  subjects: {
    title: 'Categories of data subjects',
    visitors: (hosts: readonly string[]) => `Visitors of ${sayList(hosts)}.`,
  },
  data: {
    title: 'Categories of personal data',
    inTransit:
      'In transit, for the time of a request: IP address, user agent and the browser’s headers about robots, fetching in advance and objections; address of the page, referrer, name and properties of events, seconds of engaged time. In memory, for a minute at most: a keyed hash of the IP address.',
    kept: (k: K, attributes: readonly string[]) =>
      `Kept: exact totals of visits by hour and of visits, page views, engaged visits and events by day, and counts in whole ${ks[k].many} by ${sayList(attributes)}. A value that was not counted ${ks[k].one} times in a month is kept as a keyed hash and a number, and its name is not.`,
    notCollected: (never: readonly string[]) =>
      `Not collected: ${never.map((line) => line.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())).join('; ')}.`,
  },
  special: {
    title: 'Special categories of data (Article 9)',
    none: 'None is asked for. Addresses of pages can tell of them where the site’s pages do.',
    assessment: 'The controller’s assessment',
  },
  processors: 'Recipients: processors and where they are',
  recipients: {
    title: 'Other recipients',
    none: (page: Part, address: string) =>
      rich`The software sends nothing to anybody else. The page that explains all this, ${page(address)}, is public.`,
    others: 'Whoever else is given the numbers',
  },
  transfers: 'Transfers to third countries, and their safeguards',
  erasure: {
    title: 'Time limits for erasure',
    periods: (anonymizationDays: number, retentionDays: number) =>
      `Anonymization, ${plural(anonymizationDays, 'day', 'days')} after the end of a month: its hours become days, its named counts become months. Retention, ${plural(retentionDays, 'day', 'days')} after the beginning of a month: all of it ends.`,
    example: (month: string, generalized: string, ended: string) =>
      `What is counted in ${month} reaches these dates on ${generalized} and ${ended}.`,
    offTheDisk:
      'What has ended cannot be read from that day on, and is off the disk about an hour and a quarter later, plus the time the database takes to merge. The operator can end it sooner, by site and date.',
    backups: 'Backups, and the logs of whoever hosts it',
  },
  security: {
    title: 'Technical and organisational security measures (Article 32)',
    measures: (k: K) => [
      `Counting instead of recording: no row for a visitor, a visit or an event; no name below ${ks[k].one} counts in a month; at most two attributes in a row.`,
      'Hashes of what is not named yet are keyed by a random key of the site and month, which is destroyed when the month ends.',
      'The database’s own rules refuse a row without its dates and a count that is not in fives; the dashboard reads views that hide what has ended.',
      'Where a database server is used, each part has a user of its own: the collector may only insert, the dashboard may only read the views.',
      'Addresses and user agents are kept out of logs and error messages.',
    ],
    place: 'Of the place where it runs: access, encryption, backups, people',
  },
  limits: 'What these measures do not cover',
  reviewed: 'Reviewed by, on',
}

export type RecordWords = typeof record
