// The traffic that every bench counts: visits with their page views, reports and custom events, as many and as varied as
// a collector of some fifty sites meets. Seeded, so that Sundial and its baselines get the very same events.
import { dayOf } from '../../collector/calendar.ts'
import type { AnonymousEvent } from '../../collector/event.ts'
import { crossed } from '../../collector/interval.ts'
import { type Chance, type Choice, choiceOf, createChance } from '../../dashboard/demo/chance.ts'

/** One request of a visitor's browser, with all that a per-event store would keep of it. */
export interface Hit {
  /** Milliseconds since the epoch; days and hours of the benches are UTC. */
  at: number
  /** Place among the sites, from 0. */
  site: number
  visitor: number
  session: number
  agent: number
  country: string
  kind: 'pageview' | 'report' | 'event'
  page: string
  /** Host of the referrer; '' came directly, undefined came from the site itself. */
  source: string | undefined
  campaign: string | undefined
  startsVisit: boolean
  engages: boolean
  event: string | undefined
  plan: string | undefined
  /** Engaged seconds of the page view reported before, and now. */
  seconds: readonly [number, number] | undefined
}

export interface Audience {
  /** The hits of one visit that starts at `at`; of a site by its size, unless one is given. */
  visit(at: number): Hit[]
  /** Hits for ever, `perSecond` on average, from `start` on. For short times: visits do not overlap. */
  stream(start: number, perSecond: number): Generator<Hit>
  /** A whole span of time with nights and days, day by day; about `hits` in all. */
  days(from: number, days: number, hits: number): Generator<Hit[]>
}

export const AGENTS = 2000
export const SOURCES = 200
export const COUNTRIES =
  'US DE FR GB IN BR CA ES IT NL JP PL AU SE CH MX AT BE ID RU TR AR CN KR PT DK NO FI CZ UA RO GR HU IE ZA VN TH PH MY SG TW HK IL CL CO PE EG NG KE MA PK BD LK NZ SK BG HR RS LT LV EE SI SA AE QA KW JO LB DZ TN GH UG TZ ET CM CI SN VE EC BO UY PY CR PA GT DO CU HN SV NI KZ UZ GE AM AZ BY MD AL MK MT'.split(
    ' ',
  )

/** Of 100 hits 65 are page views, 30 reports and 5 custom events. */
const REPORTS_PER_PAGEVIEW = 30 / 65
const EVENTS_PER_PAGEVIEW = 5 / 65
const GOES_ON = 0.5
const HITS_PER_VISIT = 1 / (1 - GOES_ON) / 0.65
const HOUR = 3_600_000
const DAY = 24 * HOUR
const AWAKE = [2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 9, 9, 8, 8, 9, 9, 8, 8, 7, 7, 7, 6, 5, 3]

const SECTIONS = ['blog', 'docs', 'guides', 'shop', 'news', 'help', 'topics', 'recipes', 'reviews', 'about']
const FIRST =
  'amber brisk calm daring early fresh gentle happy ivory jolly keen lively mellow noble open plain quiet rapid solid tidy urban vivid warm young zesty'.split(
    ' ',
  )
const SECOND =
  'anchor bridge candle desert engine forest garden harbor island jungle kettle ladder market needle orchard pocket quarry river saddle tunnel'.split(
    ' ',
  )
const EVENT_NAMES = 'signup download purchase contact share play search outbound subscribe login upgrade invite'.split(
  ' ',
)
const PLANS = ['free', 'pro', 'team', 'enterprise']
const KNOWN_SOURCES =
  'google.com bing.com duckduckgo.com facebook.com t.co reddit.com linkedin.com news.ycombinator.com chatgpt.com youtube.com github.com pinterest.com'.split(
    ' ',
  )

export function pageAt(place: number): string {
  const [first, second] = [FIRST[place % 25] ?? '', SECOND[Math.floor(place / 25) % 20] ?? '']
  return place === 0 ? '/' : `/${SECTIONS[Math.floor(place / 500) % 10] ?? ''}/${first}-${second}`
}

function sourceAt(place: number): string {
  return KNOWN_SOURCES[place] ?? `${FIRST[place % 25] ?? ''}${SECOND[Math.floor(place / 10) % 20] ?? ''}.net`
}

/** The busiest is `of` times as frequent as the last, and so on between: as pages, sources and sites are. */
function zipf<T>(items: readonly T[], exponent: number): Choice<T> {
  return choiceOf(items.map((item, rank) => [item, (rank + 1) ** -exponent] as const))
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, place) => place)
}

export function createAudience({
  seed,
  sites,
  pagesPerSite,
}: {
  seed: string
  sites: number
  pagesPerSite: number
}): Audience {
  const chance = createChance(seed)
  const siteOf = zipf(range(sites), 1)
  const pageOf = zipf(range(pagesPerSite).map(pageAt), 1)
  const sourceOf = zipf(range(SOURCES).map(sourceAt), 1.2)
  const countryOf = zipf(COUNTRIES, 1.2)
  const agentOf = zipf(range(AGENTS), 0.8)
  const eventOf = zipf(EVENT_NAMES, 1)
  const hourOf = choiceOf(AWAKE.map((weight, hour) => [hour, weight] as const))
  let sessions = 0

  function visit(at: number): Hit[] {
    const site = siteOf(chance)
    const home = COUNTRIES[site % 12] ?? 'US'
    const campaign = chance.whether(0.05) ? `letter-${FIRST[Math.floor(chance.next() * 20)]}` : undefined
    const common = {
      site,
      visitor: Math.floor(chance.next() * 2 ** 48),
      session: ++sessions * 2 ** 16 + Math.floor(chance.next() * 2 ** 16),
      agent: agentOf(chance),
      country: chance.whether(0.5) ? home : countryOf(chance),
    }
    const origin = { source: chance.whether(0.35) ? '' : sourceOf(chance), campaign }
    const hits: Hit[] = []
    let now = at
    let first = true
    let engaged = false
    for (;;) {
      const view = { ...common, ...(first ? origin : { source: undefined, campaign: undefined }), page: pageOf(chance) }
      hits.push({ ...view, ...NOTHING, at: now, kind: 'pageview', startsVisit: first })
      const seconds = secondsOn(chance)
      const engages = first && !engaged
      if (chance.whether(EVENTS_PER_PAGEVIEW)) {
        const plan = chance.whether(0.3) ? PLANS[Math.floor(chance.next() * PLANS.length)] : undefined
        hits.push({ ...view, ...NOTHING, at: now + 5000, kind: 'event', event: eventOf(chance), plan, engages })
        engaged = true
      }
      if (chance.whether(REPORTS_PER_PAGEVIEW)) {
        const reported = [0, seconds] as const
        hits.push({
          ...view,
          ...NOTHING,
          at: now + seconds * 1000,
          kind: 'report',
          seconds: reported,
          engages: first && !engaged,
        })
        engaged = true
      }
      if (!chance.whether(GOES_ON)) return hits
      now += seconds * 1000
      first = false
    }
  }

  return {
    visit,
    *stream(start, perSecond) {
      const gap = 1000 / perSecond
      let at = start
      for (;;) {
        for (const hit of visit(at)) {
          yield { ...hit, at }
          at += -Math.log(1 - chance.next()) * gap
        }
      }
    },
    *days(from, days, hits) {
      const visits = hits / days / HITS_PER_VISIT
      for (let day = 0; day < days; day++) {
        const start = from + day * DAY
        const today: Hit[] = []
        for (let n = chance.times(visits); n > 0; n--) {
          const at = start + hourOf(chance) * HOUR + Math.floor(chance.next() * HOUR)
          for (const hit of visit(at)) today.push(hit.at < start + DAY ? hit : { ...hit, at: start + DAY - 1 })
        }
        yield today.sort((a, b) => a.at - b.at)
      }
    },
  }
}

const NOTHING = { startsVisit: false, engages: false, event: undefined, plan: undefined, seconds: undefined } as const

/** From 10 s on: reports that cross no bound are not counted, and every hit of the benches counts. */
function secondsOn(chance: Chance): number {
  return Math.min(3000, Math.round(10 + 25 * chance.around(1.5)))
}

/** What the collector's steps make of a hit; remembers the day, whose name is dear. */
export function createAnonymizer(): (hit: Hit) => AnonymousEvent {
  let [start, day] = [Number.NaN, '']
  return (hit) => {
    if (!(hit.at >= start && hit.at < start + DAY)) {
      start = Math.floor(hit.at / DAY) * DAY
      day = dayOf(start)
    }
    return anonymous(hit, day)
  }
}

function anonymous(hit: Hit, day: string): AnonymousEvent {
  const intervals = hit.seconds ? crossed(hit.seconds) : []
  return {
    kind: hit.kind,
    day,
    hour: Math.floor((hit.at % DAY) / HOUR),
    startsVisit: hit.startsVisit,
    engages: hit.engages,
    reload: false,
    page: hit.page,
    entryPage: hit.event === undefined || hit.source === undefined ? undefined : hit.page,
    source: hit.campaign === undefined ? (hit.source === '' ? '(direct)' : hit.source) : 'newsletter',
    sourceIsTag: hit.campaign !== undefined,
    channel: hit.campaign === undefined ? channelOf(hit.source) : 'Email',
    campaign:
      hit.campaign === undefined ? {} : { utm_source: 'newsletter', utm_medium: 'email', utm_campaign: hit.campaign },
    country: hit.country,
    browser: undefined,
    stratum: undefined,
    event: hit.event,
    properties: hit.plan === undefined ? [] : [`plan=${hit.plan}`],
    pageIntervals: intervals,
    sessionIntervals: hit.source === undefined ? [] : intervals,
    dropped: [],
  }
}

function channelOf(source: string | undefined): string | undefined {
  if (source === undefined) return undefined
  if (source === '') return 'Direct'
  const known = KNOWN_SOURCES.indexOf(source)
  if (known < 0) return 'Referral'
  return known < 3 ? 'Search' : 'Social'
}

export function domainAt(site: number): string {
  return `site-${FIRST[site % 25]}-${site}.com`
}

/** The body as the tracker posts it. */
export function bodyOf(hit: Hit): string {
  const { site, page, source, campaign, kind, startsVisit, engages, seconds, event, plan } = hit
  const domain = domainAt(site)
  const query = campaign === undefined ? '' : `?utm_source=newsletter&utm_medium=email&utm_campaign=${campaign}`
  const url = `https://${domain}${page}${query}`
  return JSON.stringify({
    n: kind === 'report' ? 'engagement' : (event ?? 'pageview'),
    u: url,
    d: domain,
    r: source === undefined ? `https://${domain}/` : source === '' ? '' : `https://${source}/`,
    p: plan === undefined ? undefined : { plan },
    s: {
      v: startsVisit ? 1 : undefined,
      e: engages ? 1 : undefined,
      g: seconds,
      t: source === undefined ? undefined : seconds,
      l: event === undefined || source === undefined ? undefined : url,
    },
  })
}

const SYSTEMS = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 10; K',
  'iPhone; CPU iPhone OS 18_5 like Mac OS X',
]

export function agentAt(place: number): string {
  const system = SYSTEMS[place % 5] ?? ''
  const version = 100 + (Math.floor(place / 5) % 50)
  const build = Math.floor(place / 250)
  if (place % 5 === 4)
    return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.${build} Mobile/15E${version} Safari/604.1`
  if (build % 4 === 3)
    return `Mozilla/5.0 (${system}; rv:${version}.${build}) Gecko/20100101 Firefox/${version}.${build}`
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.${build}.0 Safari/537.36`
}

export function addressOf({ visitor }: Hit): string {
  return `81.${visitor % 250}.${Math.floor(visitor / 250) % 250}.${(Math.floor(visitor / 62_500) % 250) + 1}`
}
