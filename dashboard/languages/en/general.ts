// Words that many pages share: metrics, dimensions, values, and how Sundial counts. In English.
import type { Dimension, K, Metric } from '../../../collector/contract.ts'
import type { Channel } from '../../../collector/sources.ts'
import type { NoteKind } from '../../people/notes.ts'
import { FORMATS } from '../format.ts'

const { plural, sayList, sayMonth } = FORMATS.en

const metrics: Record<Metric, { title: string; one: string; many: string }> = {
  visits: { title: 'Visits', one: 'visit', many: 'visits' },
  pageviews: { title: 'Page views', one: 'page view', many: 'page views' },
  engaged: { title: 'Engaged visits', one: 'engaged visit', many: 'engaged visits' },
  events: { title: 'Events', one: 'event', many: 'events' },
  reach: { title: 'Reached', one: 'reach', many: 'reaches' },
  dropped: { title: 'Not counted', one: 'request', many: 'requests' },
}

/** All values of a dimension, as its panel calls them. */
const dimensions: Record<Dimension, string> = {
  page: 'Pages',
  entry_page: 'Entry pages',
  source: 'Sources',
  channel: 'Channels',
  utm_source: 'Source',
  utm_medium: 'Medium',
  utm_campaign: 'Campaigns',
  utm_term: 'Term',
  utm_content: 'Content',
  country: 'Countries',
  event: 'Events',
  property: 'Properties',
  hour: 'Hours',
  page_interval: 'Page views',
  session_interval: 'Visits',
  browser: 'Browsers',
  reason: 'Not counted',
  dropped_hour: 'Not counted by hour',
}

/** The same within a sentence. */
const nouns: Record<Dimension, { one: string; many: string }> = {
  page: { one: 'page', many: 'pages' },
  entry_page: { one: 'entry page', many: 'entry pages' },
  source: { one: 'source', many: 'sources' },
  channel: { one: 'channel', many: 'channels' },
  utm_source: { one: 'campaign source', many: 'campaign sources' },
  utm_medium: { one: 'campaign medium', many: 'campaign media' },
  utm_campaign: { one: 'campaign', many: 'campaigns' },
  utm_term: { one: 'campaign term', many: 'campaign terms' },
  utm_content: { one: 'campaign content', many: 'campaign contents' },
  country: { one: 'country', many: 'countries' },
  event: { one: 'event', many: 'events' },
  property: { one: 'event property', many: 'properties' },
  hour: { one: 'hour of the day', many: 'hours' },
  page_interval: { one: 'engaged time of a page view', many: 'engaged times of page views' },
  session_interval: { one: 'engaged time of a visit', many: 'engaged times of visits' },
  browser: { one: 'browser family', many: 'browsers' },
  reason: { one: 'reason for not counting', many: 'reasons for not counting' },
  dropped_hour: { one: 'hour of not counting', many: 'hours of not counting' },
}

const channels: Record<Channel, string> = {
  Search: 'Search',
  Social: 'Social',
  'AI assistant': 'AI assistant',
  Email: 'Email',
  Paid: 'Paid',
  Video: 'Video',
  News: 'News',
  Affiliate: 'Affiliate',
  Notification: 'Notification',
  Campaign: 'Campaign',
  Referral: 'Referral',
  Internal: 'Internal',
  Direct: 'Direct',
}

const notes: Record<NoteKind, string> = { release: 'Release', campaign: 'Campaign', other: 'Note' }

const ks: Record<K, { one: string; many: string; twice: string; ordinal: string }> = {
  5: { one: 'five', many: 'fives', twice: 'ten', ordinal: 'fifth' },
  10: { one: 'ten', many: 'tens', twice: 'twenty', ordinal: 'tenth' },
  20: { one: 'twenty', many: 'twenties', twice: 'forty', ordinal: 'twentieth' },
  50: { one: 'fifty', many: 'fifties', twice: 'hundred', ordinal: 'fiftieth' },
}

export const general = {
  metrics,
  dimensions,
  nouns,
  /** Values of closed lists; what is not here is a name of its own. */
  values: {
    source: { '(private network)': '(private network)', '(webmail)': '(webmail)' },
    channel: channels,
    browser: { 'In-app browser': 'In-app browser' },
  },
  notes,
  note: (kind: string, text: string) => `${kind}: ${text}`,
  ks,
  direct: 'Direct',
  unknown: 'Unknown',
  other: 'Other',
  unchanged: 'unchanged',
  points: (n: number) => plural(n, 'point', 'points'),
  over: (duration: string) => `over ${duration}`,
  under: (duration: string) => `under ${duration}`,

  /** What the tracker calls engaged, the other way round. */
  bounce:
    'A visit bounces when its first page was engaged for less than 10 s and led to no second page of the site and no event',

  /** Releases leave when k visits have come after them, so the last of the k alone shows no name. */
  naming({ k, stratified, atMidnight, twice }: NamingRule): string {
    const { one, twice: double } = ks[k]
    const from = stratified ? ', from several countries or browsers,' : ''
    const shown = atMidnight ? 'and, after midnight, ' : 'and '
    return `a name shows once it came ${twice ? double : one} times in a month${from} ${shown}${one} more visits have come`
  },

  /** Why there is nothing of these months, or nothing that could be told apart from the rest of them. */
  keptByMonth(months: readonly string[]): string {
    const one = months.length === 1
    return `${sayList(months.map(sayMonth))} ${one ? 'is kept as a whole month' : 'are kept as whole months'} by now and ${one ? 'shows' : 'show'} only in a period that covers all of ${one ? 'it' : 'them'}.`
  },
}

export interface NamingRule {
  k: K
  /** Counts from several countries or browsers are asked for. */
  stratified: boolean
  /** Names show after midnight only. */
  atMidnight: boolean
  /** The name needs twice k. */
  twice: boolean
}

export type General = typeof general
