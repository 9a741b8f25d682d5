// The data contract: the one declaration of what Sundial receives, counts, keeps and for how long.
// Wire limits, counters, caps, ClickHouse columns, the dashboard's dimensions and the transparency page read it;
// test/contract.test.ts holds it against the live schema. Adding a dimension is one entry in DIMENSIONS, and at most one
// step in event.ts that derives it.

import type { AnonymousEvent } from './event.ts'

/** Smallest counts a site may choose. A count that carries an attribute is written in whole multiples of it only. */
export const K = { choices: [5, 10, 20, 50], default: 5 } as const
export type K = (typeof K.choices)[number]

/** Days. Anonymization runs from the end of a month, retention from its beginning; months end together. */
export const PERIODS = {
  anonymization: { default: 62, min: 1, max: 95 },
  retention: { default: 396, max: 761, exceedsAnonymizationBy: 31 },
} as const

/** Limits of the wire and of the accumulator. Lengths in UTF-16 units unless the name says bytes. */
export const LIMITS = {
  bodyBytes: 8192,
  url: 2048,
  name: 120,
  domain: 253,
  page: 500,
  text: 120,
  properties: 30,
  requestsPerMinute: 600,
  pendingPerSite: 100_000,
  pendingPerAccumulator: 400_000,
} as const

/** Engaged time is kept as the bounds it reached, never as seconds. */
export const INTERVALS = [
  { seconds: 10, label: '10s' },
  { seconds: 30, label: '30s' },
  { seconds: 60, label: '1m' },
  { seconds: 180, label: '3m' },
  { seconds: 600, label: '10m' },
  { seconds: 1800, label: '30m' },
] as const
export type IntervalLabel = (typeof INTERVALS)[number]['label']

/** Values with a meaning of their own. A visitor's text can never look like one: see text.ts. */
export const OTHER = '(other)'
export const DIRECT = '(direct)'
export const UNKNOWN = '(unknown)'

export const METRICS = ['visits', 'pageviews', 'engaged', 'events', 'reach', 'dropped'] as const
export type Metric = (typeof METRICS)[number]

/** Totals carry no attribute and are exact. `hours` keeps visits by site-local hour, `days` all four by site-local day. */
export const TOTALS = { hours: ['visits'], days: ['visits', 'pageviews', 'engaged', 'events'] } as const
export type TotalMetric = (typeof TOTALS.days)[number]

/** Query parameters in which a link says its campaign, each a dimension of its own. */
export const CAMPAIGN_PARAMETERS = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const

/** Panels of the dashboard, in their order. */
export const PANEL_NAMES = ['sources', 'pages', 'places', 'engaged', 'campaigns', 'events'] as const
export type PanelName = (typeof PANEL_NAMES)[number]

export interface DimensionRule {
  /** What a person reads, in English; other languages have their own word for it, see dashboard/languages/. */
  label: string
  /** Panel of the dashboard in which it stands; none where it is only drawn. */
  panel: PanelName | undefined
  /** Its name in the Stats API; none where it is asked for in another way, or not at all. */
  api: `${'event' | 'visit'}:${string}` | undefined
  /** What it is made from, and what becomes of that. */
  from: string
  /** The values an event has in this dimension; none when it has none. */
  values: (event: AnonymousEvent) => readonly string[]
  /** Metrics counted by this dimension; the first one names its values for pairs. */
  metrics: readonly [Metric, ...Metric[]]
  /** A text is written once it was counted this many times k within one calendar month. */
  namedAt: 1 | 2
  /** Whether this event's value is free text from a link, which needs twice k like a campaign. */
  freeText?: (event: AnonymousEvent) => boolean
  /** An example of a value, for the transparency page. */
  example: string
  /** Counted only where the site switched it on or declared it. */
  optIn?: true
}

export const DIMENSIONS = {
  page: {
    label: 'Page',
    panel: 'pages',
    api: 'event:page',
    from: 'URL of the page: its path; query and fragment are dropped, personal-looking parts become placeholders',
    values: (event) => [event.page],
    metrics: ['pageviews'],
    namedAt: 1,
    example: '/pricing',
  },
  entry_page: {
    label: 'Entry page',
    panel: 'pages',
    api: 'visit:entry_page',
    from: 'URL of the page on which a visit starts, treated like a page',
    // The page of what starts a visit or makes it engaged; other events have theirs from the tracker.
    values: (event) => present(event.startsVisit || event.engages ? event.page : event.entryPage),
    metrics: ['visits', 'engaged'],
    namedAt: 1,
    example: '/blog/hello',
  },
  source: {
    label: 'Source',
    panel: 'sources',
    api: 'visit:source',
    from: 'host of the referrer as it was registered, or utm_source, ref or source in the URL; the rest of the referrer is dropped',
    values: (event) => present(event.source),
    metrics: ['visits', 'engaged'],
    namedAt: 1,
    freeText: (event) => event.sourceIsTag,
    example: 'Google',
  },
  channel: {
    label: 'Channel',
    panel: 'sources',
    api: 'visit:channel',
    from: 'source and utm_medium, put into one of a closed list',
    values: (event) => present(event.channel),
    metrics: ['visits', 'engaged'],
    namedAt: 1,
    example: 'Search',
  },
  utm_source: {
    label: 'Campaign source',
    panel: 'campaigns',
    api: 'visit:utm_source',
    from: 'utm_source in the URL',
    values: (event) => present(event.campaign.utm_source),
    metrics: ['visits'],
    namedAt: 2,
    example: 'newsletter',
  },
  utm_medium: {
    label: 'Campaign medium',
    panel: 'campaigns',
    api: 'visit:utm_medium',
    from: 'utm_medium in the URL',
    values: (event) => present(event.campaign.utm_medium),
    metrics: ['visits'],
    namedAt: 2,
    example: 'email',
  },
  utm_campaign: {
    label: 'Campaign',
    panel: 'campaigns',
    api: 'visit:utm_campaign',
    from: 'utm_campaign in the URL',
    values: (event) => present(event.campaign.utm_campaign),
    metrics: ['visits'],
    namedAt: 2,
    example: 'spring',
  },
  utm_term: {
    label: 'Campaign term',
    panel: 'campaigns',
    api: 'visit:utm_term',
    from: 'utm_term in the URL',
    values: (event) => present(event.campaign.utm_term),
    metrics: ['visits'],
    namedAt: 2,
    example: 'analytics',
  },
  utm_content: {
    label: 'Campaign content',
    panel: 'campaigns',
    api: 'visit:utm_content',
    from: 'utm_content in the URL',
    values: (event) => present(event.campaign.utm_content),
    metrics: ['visits'],
    namedAt: 2,
    example: 'banner',
  },
  country: {
    label: 'Country',
    panel: 'places',
    api: 'visit:country',
    from: 'IP address of the request: its country; the address is then dropped',
    values: (event) => [event.country],
    metrics: ['visits', 'engaged'],
    namedAt: 1,
    example: 'FR',
  },
  event: {
    label: 'Event',
    panel: 'events',
    api: 'event:name',
    from: 'name of a custom event',
    values: (event) => present(event.event),
    metrics: ['events'],
    namedAt: 1,
    example: 'signup',
  },
  property: {
    label: 'Event property',
    panel: 'events',
    api: undefined,
    from: 'a property of a custom event that the site has declared, as name=value',
    values: (event) => event.properties,
    metrics: ['events'],
    namedAt: 2,
    example: 'plan=pro',
    optIn: true,
  },
  hour: {
    label: 'Hour of the day',
    panel: undefined,
    api: undefined,
    from: 'time of the request in the site’s time zone: its hour',
    values: (event) => [String(event.hour).padStart(2, '0')],
    metrics: ['pageviews', 'engaged', 'events'],
    namedAt: 1,
    example: '14',
  },
  page_interval: {
    label: 'Engaged time of a page view',
    panel: 'engaged',
    api: undefined,
    from: 'engaged seconds the browser reports for a page view: the bounds they crossed',
    values: (event) => event.pageIntervals,
    metrics: ['reach'],
    namedAt: 1,
    example: '1m',
  },
  session_interval: {
    label: 'Engaged time of a visit',
    panel: 'engaged',
    api: undefined,
    from: 'engaged seconds the browser reports for a session: the bounds they crossed',
    values: (event) => event.sessionIntervals,
    metrics: ['reach'],
    namedAt: 1,
    example: '3m',
  },
  browser: {
    label: 'Browser family',
    panel: 'places',
    api: 'visit:browser',
    from: 'user agent: one of a closed list of families without versions; the user agent is then dropped',
    values: (event) => present(event.browser),
    metrics: ['visits'],
    namedAt: 1,
    example: 'Firefox',
    optIn: true,
  },
  reason: {
    label: 'Reason for not counting',
    panel: undefined,
    api: undefined,
    from: 'what was not counted, such as a robot’s request: why, from a closed list',
    values: (event) => event.dropped,
    metrics: ['dropped'],
    namedAt: 1,
    example: 'bot_agent',
  },
  dropped_hour: {
    label: 'Hour of not counting',
    panel: undefined,
    api: undefined,
    from: 'time of what was not counted, in the site’s time zone: its hour',
    values: (event) => (event.dropped.length === 0 ? [] : [String(event.hour).padStart(2, '0')]),
    metrics: ['dropped'],
    namedAt: 1,
    example: '03',
  },
} as const satisfies Record<string, DimensionRule>
export type Dimension = keyof typeof DIMENSIONS
export const DIMENSION_NAMES = Object.keys(DIMENSIONS).filter((name): name is Dimension => name in DIMENSIONS)

/** Pairs let an analyst filter by one value and see the other. At most two attributes ever stand in one row. */
export const PAIRS = [
  { metric: 'visits', dimensions: ['entry_page', 'source'] },
  { metric: 'visits', dimensions: ['entry_page', 'country'] },
  { metric: 'visits', dimensions: ['source', 'country'] },
  { metric: 'events', dimensions: ['event', 'page'] },
  { metric: 'events', dimensions: ['event', 'source'] },
  { metric: 'events', dimensions: ['event', 'country'] },
  { metric: 'events', dimensions: ['event', 'property'] },
  { metric: 'reach', dimensions: ['page_interval', 'page'] },
  { metric: 'reach', dimensions: ['session_interval', 'source'] },
  { metric: 'dropped', dimensions: ['reason', 'dropped_hour'] },
  { metric: 'events', dimensions: ['event', 'entry_page'] },
] as const satisfies readonly { metric: Metric; dimensions: readonly [Dimension, Dimension] }[]

/** One attribute counter: what it counts and the one or two dimensions it counts by. */
export interface Counter {
  /** Stable name, kept beside the accumulator's snapshots. */
  name: string
  metric: Metric
  dimensions: readonly [Dimension] | readonly [Dimension, Dimension]
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value]
}

/** Every attribute counter there is, in a fixed order. */
export const COUNTERS: readonly Counter[] = [
  ...DIMENSION_NAMES.flatMap((dimension) =>
    DIMENSIONS[dimension].metrics.map((metric) => ({
      name: `${metric}:${dimension}`,
      metric,
      dimensions: [dimension] as const,
    })),
  ),
  ...PAIRS.map(({ metric, dimensions }) => ({
    name: `${metric}:${dimensions.join('*')}`,
    metric,
    dimensions,
  })),
]

/** What a profile forbids or asks for beyond the site's own settings. */
export interface ProfileRule {
  label: string
  meaning: string
  minimumK: K
  without: readonly Dimension[]
  withoutPairs: readonly string[]
  /** Sources are hosts, never names made from utm_source or ref. */
  sourceAsHost: boolean
  /**
   * A text is named only once it was counted in so many strata. A stratum is a keyed hash of the counter with country and
   * browser family: who sends the same again and again from one place stays in one.
   */
  strata: { of: 16; atLeast: number } | undefined
  /** Counts leave when k visits have come after them, or, at midnight, those of the days before that this holds for. */
  leaves: 'after visits' | 'at midnight'
}

export const PROFILES = {
  standard: {
    label: 'Standard',
    meaning: 'Everything in the data contract, counted in fives or more.',
    minimumK: 5,
    without: [],
    withoutPairs: [],
    sourceAsHost: false,
    strata: undefined,
    leaves: 'after visits',
  },
  strict: {
    label: 'Strict',
    meaning:
      'Counted in tens or more, named only when visits of at least three kinds (by country and browser family) came, sent once a day after midnight; no campaigns, sources as hosts only.',
    minimumK: 10,
    without: CAMPAIGN_PARAMETERS,
    withoutPairs: [],
    sourceAsHost: true,
    strata: { of: 16, atLeast: 3 },
    leaves: 'at midnight',
  },
  cnil: {
    label: 'CNIL',
    meaning:
      'What the French audience-measurement exemption asks for: no campaigns, no events by source, sources as hosts only.',
    minimumK: 5,
    without: CAMPAIGN_PARAMETERS,
    withoutPairs: ['events:event*source'],
    sourceAsHost: true,
    strata: undefined,
    leaves: 'after visits',
  },
} as const satisfies Record<string, ProfileRule>
export type Profile = keyof typeof PROFILES
export const PROFILE_NAMES = Object.keys(PROFILES).filter((name): name is Profile => name in PROFILES)

/** Why an event was not counted. A closed list: it is the answer's header, the counter's label and the README's table. */
export const DROP_REASONS = {
  unknown_site: 'the domain in the event is no site of this Sundial',
  foreign_host: 'the page’s host is not one of the site’s hosts',
  opted_out: 'the browser sent Global Privacy Control or Do Not Track',
  bot: 'the user agent is missing or a robot’s, the browser is automated, or the page was only prefetched',
  reserved_event: 'the event’s name is reserved for Sundial’s own reports',
  nothing_to_count: 'the report crossed no interval',
} as const
export type DropReason = keyof typeof DROP_REASONS

/**
 * What the owner of a site sees of what was dropped: how often, by reason and hour, in whole multiples of k like anything
 * else. Never who: no agent's name, no address, no text. Who opted out is counted nowhere.
 */
export const DROPPED = {
  bot_agent: 'requests of robots, by their user agent',
  bot_headless: 'requests of automated browsers',
  bot_no_agent: 'requests without a user agent',
  bot_unseen: 'pages that were only prefetched or previewed',
  foreign_host: 'events of pages on other hosts',
  reserved_event: 'events with a reserved name',
  undeclared_property: 'events with properties that the site has not declared',
  not_a_number: 'events with a text where the site has declared a number',
} as const
export type DroppedFor = keyof typeof DROPPED

/** Columns of the ClickHouse tables, held against the live schema by a test. */
export const TABLES = {
  hours: {
    keeps: 'visits by site and site-local hour, until the anonymization date',
    columns: {
      site: 'UInt32',
      month: 'Date',
      day: 'Date',
      hour: 'UInt8',
      visits: 'UInt64',
      generalize_on: 'SimpleAggregateFunction(min, Date)',
      expire_on: 'SimpleAggregateFunction(min, Date)',
    },
  },
  days: {
    keeps: 'visits, pageviews, engaged visits and events by site and site-local day',
    columns: {
      site: 'UInt32',
      month: 'Date',
      day: 'Date',
      visits: 'UInt64',
      pageviews: 'UInt64',
      engaged: 'UInt64',
      events: 'UInt64',
      expire_on: 'SimpleAggregateFunction(min, Date)',
    },
  },
  counts: {
    keeps: 'attribute counts in whole multiples of k by site and day, from the anonymization date by month',
    columns: {
      site: 'UInt32',
      metric: 'LowCardinality(String)',
      dimension: 'LowCardinality(String)',
      dimension2: 'LowCardinality(String)',
      value: 'LowCardinality(String)',
      value2: 'LowCardinality(String)',
      month: 'Date',
      day: 'Date',
      n: 'UInt64',
      generalize_on: 'SimpleAggregateFunction(min, Date)',
      expire_on: 'SimpleAggregateFunction(min, Date)',
    },
  },
} as const
export type Table = keyof typeof TABLES
