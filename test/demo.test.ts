// `sundial demo` through the real collector, accumulator and engine. Its own tally is what the counts are held against.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createLedger, type Ledger } from '../collector/ledger.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type Site, type SiteChanges, type Sites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { openNodeSqlite } from '../collector/sqlite_node.ts'
import { type Progress, readArguments, type Terminal } from '../dashboard/command/command.ts'
import { createDemo } from '../dashboard/command/demo.ts'
import { play } from '../dashboard/demo/run.ts'
import { createDemoSite } from '../dashboard/demo/site.tsx'
import { DOCS_SECTIONS } from '../dashboard/demo/site_docs.tsx'
import { BLOG_POSTS } from '../dashboard/demo/site_pages.tsx'
import { createTraffic, type DayOfHits, type Tally } from '../dashboard/demo/traffic.ts'
import { openCounts } from '../dashboard/machine.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'sundial-demo-test-'))
let counts: Counts
let sites: Sites
let ledger: Ledger

beforeAll(async () => {
  const engine = { url: undefined, user: '', password: '', database: 'sundial', cluster: undefined }
  counts = await openCounts(engine, path.join(directory, 'clickhouse'))
  const db = openSqliteSettings(':memory:')
  sites = createSites({ db, now: Date.now, report: () => {} })
  ledger = createLedger({ db })
})

afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true })
})

/** The engine's own today decides what is generalized, so the demo must end in the real present. */
const end = Date.now()

async function addSite(domain: string, changes: SiteChanges = {}): Promise<Site> {
  const answer = await sites.add({ domain, properties: ['plan'], ...changes })
  if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join())
  return answer.site
}

/** So that today has seen its demo visits whenever the test runs. */
function whereItIsNoon(): string {
  const hours = 12 - new Date(end).getUTCHours()
  // The signs of these names are the other way round: https://en.wikipedia.org/wiki/Tz_database#Area
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

const trafficOf = (
  site: { domain: string; timezone: string },
  changes: Partial<Parameters<typeof createTraffic>[0]> = {},
) => createTraffic({ site, seed: 1, days: 40, end, calendar: createCalendar(), size: 0.2, ...changes })

const nothing = (): Tally => ({ visits: 0, pageviews: 0, engaged: 0, events: 0 })

function tallyOf({ hits }: DayOfHits): Tally {
  return hits.reduce((sum, { adds = nothing() }) => {
    return {
      visits: sum.visits + adds.visits,
      pageviews: sum.pageviews + adds.pageviews,
      engaged: sum.engaged + adds.engaged,
      events: sum.events + adds.events,
    }
  }, nothing())
}

const dayRow = z.object({ day: z.string(), visits: z.int(), pageviews: z.int(), engaged: z.int(), events: z.int() })

async function daysOf(domain: string): Promise<Record<string, Tally>> {
  const rows = await counts.query(
    `SELECT day, sum(d.visits) AS visits, sum(d.pageviews) AS pageviews, sum(d.engaged) AS engaged, sum(d.events) AS events
     FROM readable_days AS d WHERE site = {site:UInt32} GROUP BY day ORDER BY day`,
    { site: sites.byDomain(domain)?.id },
    dayRow,
  )
  return Object.fromEntries(rows.map(({ day, ...tally }) => [day, tally]))
}

describe('the traffic of the demo', () => {
  it('is the same for the same seed, and another for another', () => {
    const of = (seed: number) => [...trafficOf({ domain: 'localhost', timezone: 'UTC' }, { seed, days: 5 })]
    expect(of(7)).toEqual(of(7))
    expect(of(8)).not.toEqual(of(7))
  })

  it('gives a day the same visits however many days are asked for', () => {
    const of = (days: number) => [...trafficOf({ domain: 'localhost', timezone: 'UTC' }, { days })]
    expect(of(3).at(-1)).toEqual(of(2).at(-1))
  })

  it.each([
    ['Asia/Kolkata', '2026-11-21T23:10:00Z'],
    ['America/New_York', '2026-11-05T12:00:00Z'],
    ['Europe/Berlin', '2026-03-31T00:10:00Z'],
    ['Pacific/Auckland', '2026-04-08T09:00:00Z'],
  ])('lies on the local days of %s in the order of time, and ends now', (timezone, instant) => {
    const now = Date.parse(instant)
    const calendar = createCalendar()
    const traffic = [...trafficOf({ domain: 'localhost', timezone }, { days: 12, end: now, size: 1 })]
    expect(traffic).toHaveLength(12)
    expect(traffic.at(-1)?.day).toBe(calendar.localHour(timezone, now).day)
    for (const { day, hits } of traffic) {
      const times = hits.map(({ at }) => at)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(new Set(times.map((at) => calendar.localHour(timezone, at).day))).toEqual(new Set([day]))
    }
    expect(traffic.flatMap(({ hits }) => hits).every(({ at }) => at <= now)).toBe(true)
  })

  it('goes to the pages that /demo really serves, among others', async () => {
    const traffic = [...trafficOf({ domain: 'localhost', timezone: 'UTC' }, { size: 1, days: 10 })]
    const bodies = traffic.flatMap(({ hits }) =>
      hits.map(({ body }) => z.object({ u: z.url() }).parse(JSON.parse(body))),
    )
    const visited = new Set(bodies.map(({ u }) => new URL(u).pathname))
    const app = new Hono().route('/demo', createDemoSite())
    const posts = BLOG_POSTS.map(({ name }) => `/blog/${name}`)
    const sections = DOCS_SECTIONS.map(({ path }) => path)
    for (const page of ['', '/pricing', '/signup', '/about', '/blog', ...posts, ...sections]) {
      const answer = await app.request(`/demo${page}`)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toMatch(/^<!doctype html><html/)
      expect(visited).toContain(`/demo${page}`)
    }
  })

  it('has the rhythm of days and weeks, and the crowd of a launch', () => {
    const traffic = [
      ...trafficOf(
        { domain: 'localhost', timezone: 'UTC' },
        { days: 60, end: Date.parse('2026-11-21T23:59:59Z'), size: 1 },
      ),
    ]
    const visits = new Map(traffic.map((day) => [day.day, tallyOf(day).visits]))
    const on = (day: string) => visits.get(day) ?? 0
    expect(on('2026-11-18')).toBeGreaterThan(on('2026-11-15') * 1.2)
    expect([...visits].toSorted(([, one], [, other]) => other - one)[0]?.[0]).toBe('2026-10-13')
    expect(on('2026-11-18')).toBeGreaterThan(on('2026-09-23'))
    const hours = traffic.flatMap(({ hits }) => hits.map(({ at }) => new Date(at).getUTCHours()))
    const at = (hour: number) => hours.filter((other) => other === hour).length
    expect(at(10)).toBeGreaterThan(at(3) * 4)
  })
})

async function playAll(site: Site, traffic: readonly DayOfHits[]) {
  const sqlite = openNodeSqlite(':memory:')
  const played = await play({
    traffic,
    site,
    sites,
    counts,
    sqlite,
    secret: 'a secret of the tests, long enough to be one',
    random: () => randomBytes(16),
    played: () => {},
    signal: new AbortController().signal,
  })
  sqlite.close()
  return played
}

describe('the demo, played', () => {
  it('names something on the days of a strict site, whose counts leave in the hour after midnight', async () => {
    const site = await addSite('strict.example', { profile: 'strict', k: 10 })
    const traffic = [...trafficOf(site, { days: 8, size: 1 })]
    await playAll(site, traffic)
    const named = await counts.query(
      `SELECT DISTINCT day FROM readable_counts WHERE site = {site:UInt32} AND value = '/demo'`,
      { site: site.id },
      z.object({ day: z.string() }),
    )
    // Today is not over, and a night may pass without a visit in its first hour.
    expect(named.length).toBeGreaterThan(4)
  })

  it('comes out of ClickHouse as it went in, and attributes only in fives', async () => {
    const site = await addSite('forty.example', { timezone: 'Europe/Berlin', anonymizationDays: 1 })
    const traffic = [...trafficOf(site)]
    const played = await playAll(site, traffic)
    const tallies = traffic.map((day) => [day.day, tallyOf(day)] as const)
    // A day that has just begun may have nothing yet.
    const visited = tallies.filter(([, tally]) => Object.values(tally).some((n) => n > 0))
    expect(await daysOf(site.domain)).toEqual(Object.fromEntries(visited))
    expect(played.totals).toEqual(tallyOf({ day: '', hits: traffic.flatMap(({ hits }) => hits) }))
    expect(played.dropped).toBeGreaterThan(0)

    const attributes = await counts.query(
      `SELECT month, day, generalized, dimension, value, sum(c.n) AS n FROM readable_counts AS c
       WHERE site = {site:UInt32} GROUP BY month, day, generalized, dimension, value`,
      { site: site.id },
      z.object({
        month: z.string(),
        day: z.string(),
        generalized: z.int(),
        dimension: z.string(),
        value: z.string(),
        n: z.int(),
      }),
    )
    expect(attributes.filter(({ n }) => n === 0 || n % 5 !== 0)).toEqual([])
    const generalized = attributes.filter((row) => row.generalized === 1)
    const byDay = attributes.filter((row) => row.generalized === 0)
    expect(generalized.length).toBeGreaterThan(100)
    expect(generalized.filter(({ day, month }) => day !== month)).toEqual([])
    const months = new Set(generalized.map(({ month }) => month))
    expect(byDay.filter(({ month }) => months.has(month))).toEqual([])
    const seen = new Set(attributes.map(({ dimension }) => dimension))
    for (const dimension of [
      'page',
      'entry_page',
      'source',
      'channel',
      'country',
      'event',
      'property',
      'utm_campaign',
      'page_interval',
      'session_interval',
    ]) {
      expect(seen).toContain(dimension)
    }
  })
})

describe('sundial demo', () => {
  afterEach(() => {
    // Whatever happened, nothing of the scratch file is left.
    expect(readdirSync(directory).filter((name) => name.startsWith('sundial-demo-'))).toEqual([])
  })

  interface Watched extends Partial<Terminal> {
    onProgress?: (progress: Progress) => void
  }

  /** Runs the command beside a server, as of a fixed present. */
  async function demo(args: readonly string[], { onProgress, ...terminal }: Watched = {}) {
    const said = { out: '', err: '' }
    const definition = createDemo({ now: () => end, random: randomBytes, temporary: directory })
    const stores = {
      sites,
      ledger,
      follow: () => Promise.resolve([]),
      address: 'http://127.0.0.1:8787',
      counts: () => Promise.resolve(counts),
      migrate: () => Promise.resolve([]),
    }
    const code = await definition.run(readArguments(definition, args), stores, {
      out: (line) => {
        said.out += `${line}\n`
      },
      err: (line) => {
        said.err += `${line}\n`
      },
      progress: (progress) => onProgress?.(progress),
      signal: new AbortController().signal,
      ...terminal,
    })
    return { code, ...said }
  }

  it('adds the first site, fills it up to now and says where to look', async () => {
    const { code, out, err } = await demo(['--days', '3'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Added the site localhost.')
    expect(out).toMatch(/Added 3 days to localhost: [\d,]+ visits, [\d,]+ pageviews, [\d,]+ events?\./)
    expect(out).toContain('Look at it: http://127.0.0.1:8787/?site=localhost\n')
    expect(Object.keys(await daysOf('localhost')).length).toBeGreaterThanOrEqual(2)
  })

  it('doubles nothing without asking', async () => {
    const before = await daysOf('localhost')
    const { code, err } = await demo(['--days', '3'])
    expect(code).toBe(1)
    expect(err).toMatch(/^localhost already holds [\d,]+ visits on [23] days/)
    expect(err).toContain('To add the demo on top of them: npm run demo -- --again --days 3')
    expect(await daysOf('localhost')).toEqual(before)

    const asked: string[] = []
    const ask = (question: string) => {
      asked.push(question)
      return Promise.resolve('n')
    }
    expect((await demo(['--days', '3'], { ask })).code).toBe(1)
    expect(asked).toEqual([
      expect.stringMatching(/^localhost already holds .* Add the demo on top of them\? \[y\/N\]$/),
    ])
    expect(await daysOf('localhost')).toEqual(before)
  })

  it('doubles no today of an earlier demo without asking, and does not mind a few visits', async () => {
    await addSite('today.example', { timezone: whereItIsNoon() })
    const first = await demo(['--site', 'today.example', '--days', '1'])
    expect([first.code, first.err]).toEqual([0, ''])
    const before = await daysOf('today.example')
    for (const days of ['1', '2']) {
      const second = await demo(['--site', 'today.example', '--days', days])
      expect([second.code, second.err]).toEqual([1, expect.stringMatching(/^today.example already holds .* on 1 day /)])
    }
    expect(await daysOf('today.example')).toEqual(before)

    const tried = await addSite('tried.example', { timezone: 'UTC' })
    const day = new Date(end).toISOString().slice(0, 10)
    const sums = { visits: 3, pageviews: 3, engaged: 0, events: 0 }
    const row = { site: tried.id, month: firstOfMonth(day), day, ...sums, expire_on: '2100-01-01' }
    await counts.insert('days', JSON.stringify(row), crypto.randomUUID())
    expect((await demo(['--site', 'tried.example', '--days', '2'])).code).toBe(0)
  })

  it('adds on top when told to', async () => {
    const before = await daysOf('localhost')
    expect((await demo(['--days', '3', '--again'])).code).toBe(0)
    const doubled = Object.entries(before).map(([day, tally]) => [
      day,
      {
        visits: 2 * tally.visits,
        pageviews: 2 * tally.pageviews,
        engaged: 2 * tally.engaged,
        events: 2 * tally.events,
      },
    ])
    expect(await daysOf('localhost')).toEqual(Object.fromEntries(doubled))
  })

  it('interrupted, keeps whole days and says how to go on', async () => {
    await addSite('half.example')
    const stop = new AbortController()
    const half = await demo(['--site', 'half.example', '--days', '4'], {
      signal: stop.signal,
      onProgress: ({ done }) => done === 2 && stop.abort(),
    })
    expect(half.code).toBe(1)
    expect(half.err).toMatch(/^Interrupted: 2 of 4 days are there, up to \d{4}-\d\d-\d\d, with [\d,]+ visits\./)
    expect(half.err).toContain('npm run demo -- --again --site half.example --days 2')
    const before = await daysOf('half.example')
    expect(Object.keys(before)).toHaveLength(2)

    expect((await demo(['--site', 'half.example', '--days', '4'])).err).toContain(
      'To go on after them, if a demo was interrupted: npm run demo -- --again --site half.example --days 2',
    )
    expect((await demo(['--again', '--site', 'half.example', '--days', '2'])).code).toBe(0)
    expect(await daysOf('half.example')).toMatchObject(before)
    expect(Object.keys(await daysOf('half.example')).length).toBeGreaterThan(2)
  })

  it('refuses what it cannot show, and a site that is not there', async () => {
    await addSite('short.example', { anonymizationDays: 1, retentionDays: 40 })
    const short = await demo(['--site', 'short.example', '--days', '100'])
    expect(short).toMatchObject({
      code: 1,
      err: expect.stringMatching(/its retention period is 40 days. Try --days \d+\.\n$/),
    })
    const nowhere = await demo(['--site', 'nowhere.example'])
    expect(nowhere).toMatchObject({
      code: 1,
      err: 'There is no site nowhere.example: npm run sundial -- site add nowhere.example\n',
    })
    await expect(demo(['--days', '361'])).rejects.toThrow('--days takes 1 to 360, not 361')
  })
})
