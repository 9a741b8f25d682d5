// What an accepted request becomes: one anonymous event, made by ordered, named steps, or a reason why it is not counted.
// The collector's app calls them; the counters turn an anonymous event into increments.
import type { Bots } from './bot.ts'
import type { Browsers } from './browser.ts'
import type { Calendar } from './calendar.ts'
import {
  CAMPAIGN_PARAMETERS,
  type DroppedFor,
  type DropReason,
  type IntervalLabel,
  PROFILES,
  UNKNOWN,
} from './contract.ts'
import { crossed } from './interval.ts'
import { pageOf } from './page.ts'
import type { Payload } from './payload.ts'
import { countedValue, propertyName } from './property.ts'
import type { RateLimit } from './rate_limit.ts'
import type { Site } from './sites.ts'
import { isOwnHost, originOf } from './source.ts'
import { cleanText } from './text.ts'

/** What leaves the steps: no address, no user agent, no time finer than the site-local hour. */
export interface AnonymousEvent {
  /** Of what is 'dropped' nothing is counted but why and when. */
  kind: 'pageview' | 'event' | 'report' | 'dropped'
  /** Site-local day, 'YYYY-MM-DD'. */
  day: string
  /** Site-local hour, 0 to 23. */
  hour: number
  /** This load starts a visit; `page` is then the entry page. */
  startsVisit: boolean
  /** This event makes its visit engaged; `page` is then still the entry page. */
  engages: boolean
  /** A reload or back/forward load: counted in the totals only. */
  reload: boolean
  /** Normalized path. */
  page: string
  /** Of a custom event: the page on which its visit started, where that is known. */
  entryPage: string | undefined
  /** Name, host or '(direct)'; undefined when the referrer is the site itself. */
  source: string | undefined
  /** The source is free text from utm_source or ref, neither a host nor a known name. */
  sourceIsTag: boolean
  channel: string | undefined
  campaign: Campaign
  /** ISO 3166 alpha-2 or '(unknown)'. */
  country: string
  /** One of a closed list of families, where the site asked for it. */
  browser: string | undefined
  /**
   * Country and browser family together, in profiles that ask of how many kinds a value's visits are: never counted, and
   * in memory only until it is hashed to one of a few strata.
   */
  stratum: string | undefined
  /** Name of a custom event. */
  event: string | undefined
  /** 'name=value' of the properties the site has declared. */
  properties: readonly string[]
  /** Bounds of engaged time that this report crossed. */
  pageIntervals: readonly IntervalLabel[]
  sessionIntervals: readonly IntervalLabel[]
  /** Why this event, or a part of it, is not counted: for the owner of the site. */
  dropped: readonly DroppedFor[]
}

export type Campaign = Partial<Record<(typeof CAMPAIGN_PARAMETERS)[number], string>>

/** A request that was understood, with what its runtime knows of it. Nothing of it outlives the steps. */
export interface Arrival {
  payload: Payload
  header(name: string): string | undefined
  address: string | undefined
  country(): string
  /** Milliseconds since the epoch. */
  now: number
}

/** Not counted is an expected answer: a reason from a closed list, or too many requests. */
export type Verdict = Counted | { dropped: DropReason; noted?: Counted } | { limited: true }
interface Counted {
  site: Site
  event: AnonymousEvent
}

export interface StepsDeps {
  sites: { countedAs(domain: string): Site | undefined }
  bots: Bots
  rateLimit: RateLimit
  browsers: Browsers
  calendar: Calendar
}

/** The steps from a request to an anonymous event, in order. Each is a function of its own, below or in the file of its name. */
export function createSteps({ sites, bots, rateLimit, browsers, calendar }: StepsDeps) {
  return function anonymize(arrival: Arrival): Verdict | Promise<Verdict> {
    const { payload, header, address, now } = arrival
    const site = sites.countedAs(payload.domain)
    if (site === undefined) return { dropped: 'unknown_site' }
    if (optedOut(header)) return { dropped: 'opted_out' }
    if (!isOwnHost(payload.url.hostname, site)) return drop('foreign_host', 'foreign_host', site, arrival)
    const robot = bots.robotIn(header)
    if (robot !== undefined) return drop('bot', robot, site, arrival)
    const unlessLimited = (allowed: boolean): Verdict => (allowed ? verdictOn(arrival, site) : { limited: true })
    const allowed = rateLimit.allows(site.id, address, now)
    // To wait for what is known already would cost every event on Node.
    return typeof allowed === 'boolean' ? unlessLimited(allowed) : allowed.then(unlessLimited)
  }

  function verdictOn(arrival: Arrival, site: Site): Verdict {
    const { payload, header, now } = arrival
    const kind = kindOf(payload)
    const when = calendar.localHour(site.timezone, now)
    if (kind === undefined)
      return { dropped: 'reserved_event', noted: { site, event: nothingOf(when, 'reserved_event') } }

    const page = pageOf(payload.url, site)
    const entry = entryOf(payload, kind, site)
    // The visit began where its entry page says that it came from: the links of campaigns stand in that address alone.
    const { source, sourceIsTag, channel } = originOf(entry ?? payload.url, payload.referrer, site)
    const country = arrival.country()
    const visit = visitOf(payload, kind, source === undefined)
    const reached = intervalsOf(payload, kind, source === undefined)
    if (kind === 'report' && saysNothing(visit, reached)) return { dropped: 'nothing_to_count' }
    const browser = site.browserFamilies ? browsers.familyOf(header('user-agent')) : undefined
    const stratum = PROFILES[site.profile].strata && `${country} ${browsers.familyOf(header('user-agent'))}`
    const { properties, dropped } = kind === 'event' ? propertiesOf(payload, site) : NO_PROPERTIES

    return {
      site,
      event: {
        kind,
        ...when,
        ...visit,
        page,
        entryPage: entry && source !== undefined ? pageOf(entry, site) : undefined,
        source,
        sourceIsTag,
        channel,
        campaign: campaignOf(payload.url),
        country,
        browser,
        stratum,
        event: kind === 'event' ? cleanText(payload.name) : undefined,
        properties,
        ...reached,
        dropped,
      },
    }
  }

  /** The owner sees how often, but a flood of robots must cost no more than one of visitors: what is beyond is only answered. */
  async function drop(dropped: DropReason, reason: DroppedFor, site: Site, arrival: Arrival): Promise<Verdict> {
    if (!(await rateLimit.allows(site.id, arrival.address, arrival.now, 'dropped'))) return { dropped }
    return { dropped, noted: { site, event: nothingOf(calendar.localHour(site.timezone, arrival.now), reason) } }
  }
}

/** Nothing is kept of what is not counted but the reason and the hour. */
function nothingOf(when: Pick<AnonymousEvent, 'day' | 'hour'>, reason: DroppedFor): AnonymousEvent {
  return {
    kind: 'dropped',
    ...when,
    startsVisit: false,
    engages: false,
    reload: false,
    page: '',
    entryPage: undefined,
    source: undefined,
    sourceIsTag: false,
    channel: undefined,
    campaign: {},
    country: UNKNOWN,
    browser: undefined,
    stratum: undefined,
    event: undefined,
    properties: [],
    pageIntervals: [],
    sessionIntervals: [],
    dropped: [reason],
  }
}

/** https://www.w3.org/TR/gpc/ and the older Do Not Track: the browser of this visitor asks not to be counted. */
function optedOut(header: Arrival['header']): boolean {
  // Where a proxy adds the header that the browser sent as well, it says '1, 1'.
  return ['sec-gpc', 'dnt'].some((name) =>
    header(name)
      ?.split(',')
      .some((part) => part.trim() === '1'),
  )
}

/** Undefined for a name that is reserved: without Sundial's own fields, 'engagement' is another tracker's. */
function kindOf({ name, signals }: Payload): AnonymousEvent['kind'] | undefined {
  if (name === 'pageview') return 'pageview'
  if (name !== 'engagement') return 'event'
  return signals === undefined ? undefined : 'report'
}

type Visit = Pick<AnonymousEvent, 'startsVisit' | 'engages' | 'reload'>

/** A load that came from the site itself starts no visit and engages none, whatever the tracker of an alias says. */
function visitOf({ signals }: Payload, kind: AnonymousEvent['kind'], internal: boolean): Visit {
  const isPageview = kind === 'pageview'
  // Other clients say nothing of visits, so the referrer decides; nobody can tell whether such a visit was engaged.
  if (signals === undefined) return { startsVisit: isPageview && !internal, engages: false, reload: false }
  const { reload } = signals
  const counts = !internal && !reload
  return { startsVisit: isPageview && signals.startsVisit && counts, engages: signals.engages && counts, reload }
}

/**
 * A custom event belongs to the visit of its load, and so to that visit's entry page. A load that came by a reload is no
 * visit's, whatever another client says; one that came from the site itself has no source, and then no entry page.
 */
function entryOf({ signals }: Payload, kind: AnonymousEvent['kind'], site: Site): URL | undefined {
  if (kind !== 'event' || signals?.entry === undefined || signals.reload) return undefined
  return isOwnHost(signals.entry.hostname, site) ? signals.entry : undefined
}

type Reached = Pick<AnonymousEvent, 'pageIntervals' | 'sessionIntervals'>

/** Seconds of the session count only where its visit was counted, so that visits are the base of what they reached. */
function intervalsOf({ signals }: Payload, kind: AnonymousEvent['kind'], internal: boolean): Reached {
  if (kind !== 'report' || signals === undefined || signals.reload) return { pageIntervals: [], sessionIntervals: [] }
  return {
    pageIntervals: crossed(signals.pageSeconds),
    sessionIntervals: internal ? [] : crossed(signals.sessionSeconds),
  }
}

function saysNothing({ engages }: Visit, { pageIntervals, sessionIntervals }: Reached): boolean {
  return !engages && pageIntervals.length === 0 && sessionIntervals.length === 0
}

/** In lower case: a campaign must not be split, and so withheld, because two people typed it differently. */
function campaignOf(url: URL): Campaign {
  const campaign: Campaign = {}
  if (!url.search.includes('utm_')) return campaign
  for (const name of CAMPAIGN_PARAMETERS) {
    const value = cleanText(url.searchParams.get(name) ?? '').toLowerCase()
    if (value !== '') campaign[name] = value
  }
  return campaign
}

type Properties = Pick<AnonymousEvent, 'properties' | 'dropped'>

const NO_PROPERTIES: Properties = { properties: [], dropped: [] }

/** What the site has declared; the rest is dropped by reason, each reason once however many properties it meets. */
function propertiesOf({ properties: sent }: Payload, site: Site): Properties {
  const properties: string[] = []
  const dropped = new Set<DroppedFor>()
  const names = new Set<string>()
  for (const declaration of site.properties) {
    const name = propertyName(declaration)
    names.add(name)
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    if (value === undefined || value === null) continue
    const counted = countedValue(declaration, value)
    if (counted === undefined) dropped.add('not_a_number')
    else if (counted !== '') properties.push(`${name}=${counted}`)
  }
  if (Object.keys(sent).some((name) => !names.has(name))) dropped.add('undeclared_property')
  return { properties, dropped: [...dropped] }
}
