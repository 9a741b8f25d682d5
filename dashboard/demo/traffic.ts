// Lifelike traffic for the demo, event by event as the tracker sends it: days and weeks have their rhythm, the site grows,
// a launch brings a crowd, and most pages and sources have few visits. Seeded; played by run.ts.
import { addDays, type Calendar, daysBetween } from '../../collector/calendar.ts'
import type { TotalMetric } from '../../collector/contract.ts'
import { crossed } from '../../collector/interval.ts'
import {
  ADVERTISED,
  AGENTS,
  AWAKE,
  AWAKE_AT_WEEKENDS,
  COUNTRIES,
  EVERYDAY,
  LAUNCH,
  type Landing,
  newsletter,
  type Origin,
  ROBOT,
  WEEK,
} from './audience.ts'
import { type Chance, type Choice, choiceOf, createChance } from './chance.ts'
import {
  ACTIONS,
  BLOG,
  DOCS_PAGES,
  HOME,
  NEXT,
  OTHER_PAGES,
  type Page,
  PLANS,
  POSTS,
  PRICING,
  READING,
  SIGNUP,
} from './pages.ts'

/** One request to the collector. */
export interface Hit {
  /** Milliseconds since the epoch. */
  at: number
  body: string
  agent: string
  country: string
  /** What it adds to the totals; undefined when the collector must drop it as a robot's. */
  adds: Tally | undefined
}

export type Tally = Record<TotalMetric, number>

export interface DayOfHits {
  /** Site-local. */
  day: string
  /** In the order of time; all of them on this day. */
  hits: readonly Hit[]
}

interface TrafficDeps {
  site: { domain: string; timezone: string }
  seed: number
  /** Site-local days, the last one being today. */
  days: number
  /** The present, in milliseconds since the epoch: no hit comes later. */
  end: number
  calendar: Calendar
  /** 1 is a site of about 600 visits a day. */
  size?: number
}

/** Visits of an average day now. The site has grown by a factor of e in 200 days. */
const VISITS_NOW = 740
const GROWTH = 1 / 200

const QUARTER = 15 * 60_000
const DAY = 24 * 3_600_000

/** Day by day, so that a year of it needs no more memory than a day. */
export function* createTraffic({ site, seed, days, end, calendar, size = 1 }: TrafficDeps): Generator<DayOfHits> {
  const localDay = (at: number) => calendar.localHour(site.timezone, at)
  const today = localDay(end).day
  const first = addDays(today, 1 - days)
  let open: { day: string; visitsAt: (hour: number, start: number) => Hit[] } | undefined
  /** Visits go on after midnight. */
  let ahead: Hit[] = []
  for (let at = Math.floor((end - (days + 1) * DAY) / QUARTER) * QUARTER; at <= end; at += QUARTER) {
    const { day, hour } = localDay(at)
    if (day < first) continue
    if (open && open.day !== day) {
      yield { day: open.day, hits: ahead.filter((hit) => hit.at < at).sort(inTime) }
      ahead = ahead.filter((hit) => hit.at >= at)
    }
    if (open?.day !== day) {
      const chance = createChance(`${seed} ${day}`)
      open = { day, visitsAt: createDay({ site, day, ago: daysBetween(day, today), size, chance }) }
    }
    for (const hit of open.visitsAt(hour, at)) ahead.push(hit)
  }
  if (open) yield { day: open.day, hits: ahead.filter((hit) => hit.at <= end).sort(inTime) }
}

const inTime = (one: Hit, other: Hit) => one.at - other.at

interface DayDeps {
  site: TrafficDeps['site']
  day: string
  /** Days before today. */
  ago: number
  size: number
  chance: Chance
}

/** Everything that holds for a day; the result makes the visits that start in a quarter of an hour. */
function createDay({ site, day, ago, size, chance }: DayDeps) {
  const weekday = (new Date(day).getUTCDay() + 6) % 7
  const level = size * VISITS_NOW * Math.exp(-GROWTH * ago)
  const streams = streamsOf(day, ago, weekday).map(({ share, origins }) => ({
    visits: level * share * chance.around(0.06),
    originOf: choiceOf(origins),
  }))
  const hours = weekday < 5 ? AWAKE : AWAKE_AT_WEEKENDS
  const wholeDay = hours.reduce<number>((sum, awake) => sum + awake, 0)
  const pages = createPages(ago)

  return (hour: number, start: number): Hit[] =>
    streams.flatMap(({ visits, originOf }) => {
      const share = (hours[hour] ?? 0) / wholeDay / 4
      return Array.from({ length: chance.times(visits * share) }, () =>
        visitFrom(originOf(chance), { site, at: start + chance.next() * QUARTER, hour, pages, chance }),
      ).flat()
    })
}

interface Stream {
  /** Visits, as a share of an average day. */
  share: number
  origins: readonly (readonly [Origin, number])[]
}

function streamsOf(day: string, ago: number, weekday: number): Stream[] {
  const streams: Stream[] = [{ share: WEEK[weekday] ?? 1, origins: EVERYDAY }]
  const sinceLaunch = daysSinceLaunch(ago, weekday)
  const crowd = ECHO[sinceLaunch]
  if (crowd !== undefined) streams.push({ share: crowd, origins: LAUNCH })
  const issue = newsletterOf(day, weekday)
  if (issue) streams.push({ share: issue.share, origins: newsletter(issue.name) })
  if (ago >= 6 && ago < 48) streams.push({ share: 0.06, origins: ADVERTISED })
  return streams
}

/** The crowd of the launch day and of the days after it. */
const ECHO = [2.6, 1.5, 0.7, 0.35, 0.2, 0.12, 0.08]

/** The launch was on the Tuesday five to six weeks ago. Negative before it. */
function daysSinceLaunch(ago: number, weekday: number): number {
  const weekdayToday = (weekday + ago) % 7
  return 35 + ((weekdayToday + 6) % 7) - ago
}

/** The letter goes out on the first Thursday of a month, and is still read on Friday. */
function newsletterOf(day: string, weekday: number): { name: string; share: number } | undefined {
  const sent = weekday === 4 ? addDays(day, -1) : day
  if ((weekday !== 3 && weekday !== 4) || Number(sent.slice(8)) > 7) return undefined
  const month = new Date(sent).toLocaleString('en', { month: 'long', timeZone: 'UTC' }).toLowerCase()
  return { name: `${month}-letter`, share: weekday === 3 ? 0.22 : 0.08 }
}

/** What the wire carries under `s`. */
interface Signals {
  v?: 1
  r?: 1
  e?: 1 | undefined
  g?: readonly [number, number]
  t?: readonly [number, number] | undefined
  l?: string | undefined
}

interface Pages {
  landing(on: Landing, chance: Chance): Page
  next(from: Page, chance: Chance): Page
}

/** The pages there are on a day: a post draws most in the days after it was published. */
function createPages(ago: number): Pages {
  const published = POSTS.filter((post) => post.ago >= ago)
  const post = choiceOf(published.map((post) => [post, post.evergreen + 40 * Math.exp((ago - post.ago) / 3)] as const))
  const latest = choiceOf(published.slice(0, 3).map((post, place) => [post, 3 - place] as const))
  const docs = choiceOf(DOCS_PAGES)
  const other = choiceOf(OTHER_PAGES)
  const byKind: Record<Page['kind'], Choice<Page>> = {
    home: () => HOME,
    pricing: () => PRICING,
    signup: () => SIGNUP,
    list: () => BLOG,
    docs,
    post,
    other,
  }
  return {
    landing: (on, chance) => (on === 'latest' ? latest(chance) : byKind[on](chance)),
    next: (from, chance) => byKind[NEXT[from.kind](chance)](chance),
  }
}

interface VisitDeps {
  site: TrafficDeps['site']
  at: number
  /** Site-local. */
  hour: number
  pages: Pages
  chance: Chance
}

/** Robots that run scripts. */
const ROBOTS = 0.012
const GOES_ON = 0.56
const RELOADS = 0.02
/** Spread of engaged seconds; the longest reading, in seconds. */
const PATIENCE = 1.7
const LONGEST = 3_000

/** All that one visit sends, from a site whose tag says data-session="tab": what is done on any page has a source. */
function visitFrom(origin: Origin, { site, at, hour, pages, chance }: VisitDeps): Hit[] {
  const robot = chance.whether(ROBOTS)
  const agent = robot ? ROBOT : agentOf(chance)
  const country = countryAt(hour)(chance)
  const hits: Hit[] = []
  let page = pages.landing(origin.lands(chance), chance)
  let url = urlOf(site.domain, page, origin.query)
  const entry = url
  let now = at
  /** Engaged seconds of the visit before this load. */
  let before = 0

  function send(after: number, n: string, s: Signals, p?: Record<string, string>): void {
    const body = JSON.stringify({ n, u: url, d: site.domain, r: origin.referrer, p, s })
    hits.push({ at: now + after * 1000, body, agent, country, adds: robot ? undefined : addedBy(n, s) })
  }

  /** What the tracker sends of one load. Reports that cross no bound, which the collector drops, are left out. */
  function read(starts: boolean, goesOn: boolean): void {
    send(0, 'pageview', starts ? { v: 1 } : {})
    if (robot) return
    const seconds = secondsOn(page, chance, goesOn ? 0.25 : 0.75)
    const action = ACTIONS[page.kind].find(([, probability]) => chance.whether(probability))
    let told = !starts
    let reported = 0
    function report(e?: 1, until = seconds): void {
      send(until, 'engagement', { e, g: [reported, until], t: [before + reported, before + until] })
      reported = until
      told = true
    }
    const crosses = () =>
      crossed([reported, seconds]).length + crossed([before + reported, before + seconds]).length > 0
    if (!told && seconds >= 10) report(1, 10)
    if (action) {
      const plan = action[0] === 'signup' ? { plan: planOf(chance) } : undefined
      send(seconds, action[0], { e: told ? undefined : 1, l: entry }, plan)
      told = true
    }
    if (!told && goesOn) report(1)
    else if (crosses()) report()
    before += seconds
    now += (seconds * (1 + chance.next()) + 1) * 1000
    if (chance.whether(RELOADS)) send(0, 'pageview', { r: 1 })
  }

  let goesOn = !robot && !chance.whether(origin.leaves)
  read(true, goesOn)
  while (goesOn) {
    page = pages.next(page, chance)
    url = urlOf(site.domain, page)
    goesOn = chance.whether(GOES_ON)
    read(false, goesOn)
  }
  return hits
}

/** Many have seen within moments what there is; the others read. */
function secondsOn({ kind }: Page, chance: Chance, skims: number): number {
  if (chance.whether(skims)) return Math.floor(1 + 9 * chance.next())
  return Math.min(LONGEST, Math.round(READING[kind] * chance.around(PATIENCE)))
}

const agentOf = choiceOf<string>(AGENTS)
const planOf = choiceOf<string>(PLANS)

function countryAt(hour: number): Choice<string> {
  const choice = COUNTRY_AT[hour]
  if (!choice) throw new RangeError(`a day has no hour ${hour}`)
  return choice
}

/** By the site's hour: while Europe sleeps, America reads. */
const COUNTRY_AT = AWAKE.map((_, hour) =>
  choiceOf<string>(
    COUNTRIES.map(([code, weight, ahead]) => [code, weight * (AWAKE[(hour + ahead + 24) % 24] ?? 1)] as const),
  ),
)

function urlOf(domain: string, { path }: Page, query?: string): string {
  const origin = domain === 'localhost' ? 'http://localhost:8787' : `https://${domain}`
  return `${origin}${path}${query === undefined ? '' : `?${query}`}`
}

/** Worked out here and not by the collector, so that the two can be held against each other. */
function addedBy(name: string, { v, e }: Signals): Tally {
  return {
    visits: v === 1 ? 1 : 0,
    pageviews: name === 'pageview' ? 1 : 0,
    engaged: e === 1 ? 1 : 0,
    events: name === 'pageview' || name === 'engagement' ? 0 : 1,
  }
}
