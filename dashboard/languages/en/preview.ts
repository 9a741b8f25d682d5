// What the preview's script says. It carries this file in every language to visitors' browsers, so nothing is imported here
// and nothing else stands here: what the page around it says is in transparency.ts, and what things are called the page
// tells it (preview/names.ts). In English.
import type { TotalMetric } from '../../../collector/contract.ts'

const totals: Record<TotalMetric, (day: string, hour: string) => string> = {
  visits: (day, hour) => `Visits of ${day}, and of its hour from ${hour} on`,
  pageviews: (day) => `Page views of ${day}`,
  engaged: (day) => `Engaged visits of ${day}`,
  events: (day) => `Events of ${day}`,
}

export const preview = {
  imagine: 'Imagine that you open',
  page: 'this page of the site',
  referrer: 'coming from',
  noReferrer: 'nothing: typed, or a bookmark',
  show: 'Show what would be sent',

  silent: 'Your browser would send nothing',
  because: (reasons: readonly string[]) => `Because ${reasons.join(' and ')}.`,
  globalPrivacyControl: 'it says Global Privacy Control',
  doNotTrack: 'it says Do Not Track',
  automated: 'it is automated',

  headers: 'Headers that go with it',
  headersRead:
    'Your browser attaches headers by itself. The collector reads these, whether the page was only fetched in advance, and the address that the connection comes from; this page does not know that address.',
  notSent: 'not sent',

  opening: 'As the page opens',
  staying: 'As you stay, or leave',
  event: (name: string) => `Event ${name}`,
  /** `cookies`: whether any are sent along. */
  posted: (address: string, bytes: number, cookies: boolean) =>
    `${address} · ${bytes} bytes · ${cookies ? 'with cookies' : 'no cookies'}`,
  /** The answer is the collector's own, in English. */
  refused: (answer: string) => `It would be refused: ${answer}.`,
  dropped: (reason: string) => `It would not be counted: ${reason}.`,

  counted: 'It would add one to each of these, and then be forgotten:',
  head: ['Plus one', 'For', 'Written'],
  total: 'Total',
  totals,
  exact: 'at once, exact',
  value: (label: string, value: string) => `${label}: ${value}`,
  country: 'that of your address, which only the collector sees',
  written: ({ many, times, several }: Written) =>
    `in whole ${many}, ${times === undefined ? 'once both are named' : `once it came ${times} times in a month`}${several ? ', from several countries or browsers' : ''}`,
}

/** When a count is written. */
export interface Written {
  /** The word for several k: 'fives'. */
  many: string
  /** How often a value must come before it is named; none of a pair. */
  times: number | undefined
  /** From several countries or browsers. */
  several: boolean
}

export type PreviewWords = typeof preview
