// Plays traffic through the real path, only faster: requests to a collector of its own, whose clock is simulated, an
// accumulator on a scratch file, and flushes into the site's real counts. Called by the command `demo`.
import { setImmediate as breathe } from 'node:timers/promises'
import { createAccumulator } from '../../collector/accumulator.ts'
import { createCollector } from '../../collector/app.ts'
import { createCalendar } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import { PROFILES } from '../../collector/contract.ts'
import { countryOf } from '../../collector/country.ts'
import { flush } from '../../collector/flush.ts'
import { createRateLimit } from '../../collector/rate_limit.ts'
import type { Site, Sites } from '../../collector/sites.ts'
import type { Sqlite } from '../../collector/sqlite.ts'
import type { DayOfHits, Hit, Tally } from './traffic.ts'

interface PlayDeps {
  traffic: Iterable<DayOfHits>
  site: Pick<Site, 'timezone' | 'profile'>
  sites: Pick<Sites, 'fresh' | 'countedAs'>
  counts: Counts
  /** A scratch file. What is still pending in it at the end was not counted k times, so it is never written. */
  sqlite: Sqlite
  /** Hides what is pending in the scratch file, as the operator's secret does in the real one. */
  secret: string
  /** 16 random bytes. */
  random: () => Uint8Array
  /** Told after each day. */
  played: (so: Played) => void
  /** Aborted: the day that is being played is the last one. */
  signal: AbortSignal
}

export interface Played {
  totals: Tally
  requests: number
  /** Robots' requests, which the collector has dropped. */
  dropped: number
  /** Whole days played, and the last of them; undefined before the first. */
  days: number
  lastDay: string | undefined
}

/** So many requests are under way at once; between two such crowds a server that runs the demo answers its own. */
const CROWD = 64

const COUNTRY_HEADER = 'cf-ipcountry'

/** Rejects when the collector answers otherwise than expected, or ClickHouse does not take the counts. */
export async function play({ traffic, site, signal, ...deps }: PlayDeps): Promise<Played> {
  const { sites, counts, sqlite, secret, random, played } = deps
  // Nothing here need survive a crash: the file goes away with the demo.
  sqlite.run('PRAGMA synchronous = OFF')
  let clock = 0
  const calendar = createCalendar()
  const accumulator = createAccumulator({ sqlite, secret, calendar, random, defer: setImmediate })
  const { app } = createCollector({
    sites,
    accumulator,
    calendar,
    now: () => clock,
    // As behind an edge that names the country, and whose own address nobody looks at.
    senderOf: ({ req }) => ({
      header: (name) => req.header(name),
      address: () => undefined,
      country: () => countryOf(req.header(COUNTRY_HEADER)),
    }),
    rateLimit: createRateLimit({ exemptLoopback: true }),
  })
  const so: Played = { totals: nothing(), requests: 0, dropped: 0, days: 0, lastDay: undefined }
  // One flush is under way while the next day is played.
  let flushed: Promise<void> = Promise.resolve()

  async function send(hit: Hit): Promise<void> {
    const answer = await app.fetch(requestOf(hit))
    const outcome = answer.headers.get('sundial-outcome')
    if (outcome !== (hit.adds ? 'counted' : 'dropped: bot')) {
      throw new Error(`The collector answered ${answer.status} (${outcome ?? 'not taken'}) to an event of the demo.`)
    }
    so.requests++
    if (hit.adds) add(so.totals, hit.adds)
    else so.dropped++
  }

  async function sendOff(): Promise<void> {
    const { failure } = await flush(accumulator, counts, clock)
    if (failure !== undefined) throw failure
  }

  for (const { day, hits } of traffic) {
    if (signal.aborted) break
    clock = hits[0]?.at ?? clock
    // The month that is over ends with the clock, as it does while nobody visits.
    accumulator.tick(clock)
    if (PROFILES[site.profile].leaves === 'at midnight') {
      // Of the days before, in the hour after midnight: the flush at the end of a day comes too late for it.
      await flushed
      await sendOff()
    }
    for (const crowd of crowdsOf(hits, (at) => calendar.localHour(site.timezone, at).hour)) {
      clock = crowd[0]?.at ?? clock
      await Promise.all(crowd.map(send))
    }
    await flushed
    flushed = sendOff()
    // Awaited only a day later: until then a failure must not end the process.
    flushed.catch(() => undefined)
    so.days++
    so.lastDay = day
    played(so)
    await breathe()
  }
  await flushed
  await sendOff()
  return so
}

/** In the order of time; the clock stands still for a crowd, so none reaches over the end of an hour. */
function* crowdsOf(hits: readonly Hit[], hourOf: (at: number) => number): Generator<readonly Hit[]> {
  let crowd: Hit[] = []
  let hour: number | undefined
  for (const hit of hits) {
    const itsHour = hourOf(hit.at)
    if (crowd.length === CROWD || (itsHour !== hour && crowd.length > 0)) {
      yield crowd
      crowd = []
    }
    hour = itsHour
    crowd.push(hit)
  }
  if (crowd.length > 0) yield crowd
}

function requestOf({ body, agent, country }: Hit): Request {
  return new Request('http://127.0.0.1/api/event', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': agent,
      [COUNTRY_HEADER]: country,
    },
  })
}

function nothing(): Tally {
  return { visits: 0, pageviews: 0, engaged: 0, events: 0 }
}

function add(totals: Tally, { visits, pageviews, engaged, events }: Tally): void {
  totals.visits += visits
  totals.pageviews += pageviews
  totals.engaged += engaged
  totals.events += events
}
