// What Sundial says of itself in plain words, beside the data contract: what becomes of each field of the wire and each
// header, what each column means, what is never kept, and the honest limits. The transparency page prints it, in other
// languages by the same keys (dashboard/languages/*/declaration.ts); test/transparency.test.ts holds it against the wire,
// the headers that are read, and the tables.
import type { TABLES, Table } from './contract.ts'
import type { WireKey } from './payload.ts'

export interface ReceivedField {
  /** Its names on the wire: what stands in one line means the same. */
  keys: readonly WireKey[]
  says: string
  example: string
  becomes: string
}

/** The body of POST /api/event, by the first name of each field. Keys that are not here are ignored. */
export const RECEIVED_FIELDS = {
  n: {
    keys: ['n', 'name'],
    says: 'What happened: a page was viewed, engaged time is reported, or the name of an event of the site',
    example: 'pageview',
    becomes: 'Decides what is counted. The name of an event becomes the attribute “Event”.',
  },
  u: {
    keys: ['u', 'url'],
    says: 'Address of the page',
    example: 'https://example.com/pricing?utm_source=newsletter',
    becomes:
      'Its path becomes the attributes “Page” and “Entry page”; what looks personal in it is replaced by placeholders. Campaign parameters, ref and source become the source and campaign attributes; that an advertiser’s click id stands there makes the channel “Paid”, the id itself is dropped. Parameters that the site has chosen stay in the page. The rest of the query is dropped, and so is the fragment where it is not a page’s address.',
  },
  d: {
    keys: ['d', 'domain'],
    says: 'The site, as its script tag names it',
    example: 'example.com',
    becomes: 'Finds the site’s settings, then dropped. Counts carry the site’s number.',
  },
  r: {
    keys: ['r', 'referrer'],
    says: 'Where you came from, as far as your browser says it',
    example: 'https://www.google.com/',
    becomes:
      'What was registered of its host becomes a name and a channel, the attributes “Source” and “Channel”. The rest is dropped.',
  },
  p: {
    keys: ['p', 'props', 'm', 'meta'],
    says: 'Properties of an event of the site',
    example: '{"plan":"pro"}',
    becomes:
      'Those that the site has declared become the attribute “Event property”, numbers by intervals. All others are dropped.',
  },
  s: {
    keys: ['s'],
    says: 'Sundial’s own fields, the next six lines; other counting scripts send none',
    example: '{"v":1}',
    becomes: 'Read field by field, as below.',
  },
  's.v': {
    keys: ['s.v'],
    says: '1 if a visit starts with this page view',
    example: '1',
    becomes: 'Decides whether a visit is counted, then dropped.',
  },
  's.r': {
    keys: ['s.r'],
    says: '1 if the page was reloaded, or came by back or forward',
    example: '1',
    becomes: 'Decides that only totals are counted, then dropped.',
  },
  's.e': {
    keys: ['s.e'],
    says: '1 if the visit became engaged',
    example: '1',
    becomes: 'Adds one to the engaged visits, then dropped.',
  },
  's.g': {
    keys: ['s.g'],
    says: 'Seconds for which the page was in view and in focus: reported before, and now',
    example: '[0,42]',
    becomes: 'Turned into the bounds that were crossed, such as 10 s and 30 s. The seconds are dropped.',
  },
  's.t': {
    keys: ['s.t'],
    says: 'The same for the whole visit',
    example: '[0,42]',
    becomes: 'Turned into the bounds that were crossed. The seconds are dropped.',
  },
  's.l': {
    keys: ['s.l'],
    says: 'Address of the page on which the visit started; only with events of the site. Where the site’s script tag says data-session="tab", your browser keeps it with its query in sessionStorage until the tab is closed',
    example: 'https://example.com/blog/hello',
    becomes:
      'Its path becomes the attribute “Entry page” of the event, treated like that of a page; what its query says of where the visit came from becomes the event’s source and channel. The rest is dropped.',
  },
} as const satisfies Partial<Record<WireKey, ReceivedField>>
export type ReceivedName = keyof typeof RECEIVED_FIELDS

export interface RequestFact {
  /** Header names in lower case; ADDRESS is no header. */
  names: readonly string[]
  says: string
  becomes: string
}

/** The address of the connection, which every request on the internet has. */
export const ADDRESS = 'IP address'

/** What is read of the request around the body. The name of an operator's own country header is a setting. */
export const REQUEST_FACTS = {
  address: {
    names: [ADDRESS],
    says: 'Where the answer is to be sent',
    becomes:
      'Its country is looked up (Cloudflare’s edge says it where Sundial runs there), and a keyed hash of it limits requests, in memory and for a minute at most. Then it is dropped: never stored, never logged.',
  },
  proxiedAddress: {
    names: ['x-forwarded-for', 'cf-connecting-ip'],
    says: 'The same address, where a proxy of the operator stands in front',
    becomes: 'As above.',
  },
  country: {
    names: ['cf-ipcountry'],
    says: 'The country, where such a proxy knows it (the header’s name is the operator’s choice)',
    becomes: 'Becomes the attribute “Country”.',
  },
  agent: {
    names: ['user-agent'],
    says: 'The browser’s name for itself',
    becomes:
      'Decides whether it is a robot and, where the site counts browser families, which family it is; in the strict profile family and country together are hashed into one of 16 strata. Verdicts are remembered in memory, tied to no site, time or event. Then it is dropped.',
  },
  brand: {
    names: ['sec-ch-ua'],
    says: 'The browser’s brand',
    becomes: 'Decides whether it is an automated browser, then dropped.',
  },
  objection: {
    names: ['sec-gpc', 'dnt'],
    says: 'Global Privacy Control and Do Not Track',
    becomes: 'If either says 1, nothing is counted.',
  },
  prefetch: {
    names: ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'],
    says: 'Whether the page was only fetched in advance',
    becomes: 'If so, no visit and no page view is counted, only that something was fetched in advance. Then dropped.',
  },
  length: {
    names: ['content-length'],
    says: 'How long the body is',
    becomes: 'Refuses what is too long, then dropped.',
  },
} as const satisfies Record<string, RequestFact>
export type RequestName = keyof typeof REQUEST_FACTS

export type ColumnName = { [T in Table]: keyof (typeof TABLES)[T]['columns'] }[Table]

/** The columns of all tables; examples are one row of a day in November 2026. */
export const COLUMNS = {
  site: { means: 'Number of the site in this Sundial', example: '7' },
  metric: { means: 'What is counted', example: 'visits' },
  dimension: { means: 'The attribute by which it is counted', example: 'source' },
  dimension2: { means: 'A second attribute, for declared pairs only; else empty', example: 'country' },
  value: { means: 'The attribute’s value', example: 'Google' },
  value2: { means: 'The second attribute’s value; else empty', example: 'FR' },
  month: { means: 'First day of the month', example: '2026-11-01' },
  day: { means: 'Day in the site’s time zone', example: '2026-11-17' },
  hour: { means: 'Hour of that day: no time is finer', example: '14' },
  visits: { means: 'How many visits started, exact', example: '23' },
  pageviews: { means: 'How many pages were viewed, exact', example: '61' },
  engaged: { means: 'How many visits became engaged, exact', example: '12' },
  events: { means: 'How many events of the site’s own, exact', example: '4' },
  n: { means: 'How often, a whole multiple of k', example: '15' },
  generalize_on: { means: 'From this day on, hours become days and days become months', example: '2027-02-01' },
  expire_on: { means: 'From this day on, the row is gone', example: '2027-12-02' },
} as const satisfies Record<ColumnName, { means: string; example: string }>

/** What is kept outside the tables. */
export const ELSEWHERE = {
  waiting: {
    place: 'Waiting counts',
    keeps:
      'What has not been counted k times yet: a keyed hash of 16 bytes and a small number for each, no text, no day; in the strict profile also in which of 16 strata it was counted, one bit each. And counts on their way to the tables.',
    until: 'The end of the calendar month, when the key of the hashes is destroyed',
  },
  journal: {
    place: 'Journal',
    keeps:
      'What the messages of one moment added, so that no power cut loses it: the same hashes in the order of the hashes, and totals. On a quiet site a moment holds one message.',
    until: 'A minute at most, while the collector runs',
  },
  settings: {
    place: 'Settings',
    keeps: 'How this site is counted, and what was changed when. Nothing of any visitor.',
    until: 'The operator removes it; what was changed stays on record',
  },
  memory: {
    place: 'Memory only',
    keeps:
      'A keyed hash of the address, to limit requests; verdicts on browsers’ names, tied to no site, time or event',
    until: 'A minute for the hash; until they are crowded out for the verdicts',
  },
} as const satisfies Record<string, { place: string; keeps: string; until: string }>
export type Place = keyof typeof ELSEWHERE

/** None of these is stored, logged or put into an error. */
export const NEVER = {
  addresses: 'IP addresses, or anything computed from one beyond the country',
  cookies: 'Cookies, or any identifier on your device',
  identifiers: 'Identifiers of people, visits, sessions or events; hashes of people; fingerprints',
  devices: 'Names of browsers with versions, operating systems, devices, screens, languages',
  places: 'Cities, regions or coordinates: the country is the finest place',
  times: 'Times finer than the hour, durations in seconds',
  paths: 'Which pages one visitor viewed, or in which order',
  gestures: 'What you type, where you move or click, recordings of your screen',
  queries:
    'Referrers beyond their host, query strings beyond campaign parameters and those that the site has chosen, fragments beyond those that are a page’s address',
  crossSite: 'Anything across sites',
} as const satisfies Record<string, string>
export type Never = keyof typeof NEVER

/** What the promises do not cover; printed word by word. */
export const HONEST_LIMITS = {
  fives: 'Fives are visits or views, not people. One person can be all five.',
  totals:
    'Totals carry no attribute and are exact. An hour in which one visit came shows that one visit came, and who watches the numbers live sees that it came.',
  madeUp: 'Who sends made-up events and watches the numbers can learn whether others came too.',
  guesses: 'Who holds both the hashing secret and the waiting counts can test guesses about what is waiting.',
  address: 'The collector sees your IP address for the milliseconds of a request. The internet does not work without.',
  provider:
    'A hosting provider keeps logs and a history of its own. Cloudflare, for one, can take its databases back by 30 days.',
  backups:
    'A backup that the operator has made keeps what has ended since, until it is deleted. Brought back, that ends again before anybody can read it.',
} as const satisfies Record<string, string>
export type HonestLimit = keyof typeof HONEST_LIMITS
