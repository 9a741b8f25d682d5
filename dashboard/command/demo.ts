// `sundial demo`: fills a site with lifelike traffic that ends now, so that the dashboard has something to show.
// It goes the way of every event, through a collector and an accumulator of its own that are gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { addMonths, createCalendar, daysBetween, firstOfMonth } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site, Sites } from '../../collector/sites.ts'
import type { Played } from '../demo/run.ts'
import { addFirstSite, FIRST_SITE } from '../first_site.ts'
import { type Definition, type Given, isYes, type Stores, SUNDIAL, type Terminal, UsageError } from './command.ts'

interface DemoDeps {
  /** Milliseconds since the epoch. */
  now: () => number
  /** That many random bytes. */
  random: (bytes: number) => Uint8Array
  /** The system's directory for temporary files: os.tmpdir(). */
  temporary: string
}

const DAYS = { default: 100, least: 1, most: 360 } as const
const SEED = 1
const PROPERTY = 'plan'

export function createDemo(deps: DemoDeps): Definition {
  let running = false
  return {
    name: 'demo',
    summary: 'Fills a site with lifelike traffic that ends now, to see the dashboard at work.',
    words: [],
    options: {
      site: { value: '<domain>', meaning: `The site. Default: ${FIRST_SITE}` },
      days: {
        value: '<n>',
        meaning: `Days of traffic, today included: ${DAYS.least} to ${DAYS.most}. Default: ${DAYS.default}`,
      },
      seed: { value: '<n>', meaning: `Another number brings other visits. Default: ${SEED}` },
      again: { meaning: 'Adds to the counts of earlier days that are there already.' },
    },
    notes: [
      'The visits are invented; the way they take is the real one. What did not come five times is not written.',
      `What was added can only be removed with the site: ${SUNDIAL} delete.`,
    ],
    async run(given, stores, terminal) {
      const options = readOptions(given)
      if (running) return refused(terminal, 'A demo is under way already.')
      running = true
      try {
        return await fill(options, { stores, terminal, ...deps })
      } finally {
        running = false
      }
    },
  }
}

interface Options {
  domain: string
  days: number
  seed: number
  again: boolean
}

function readOptions(given: Given): Options {
  const days = given.number('days') ?? DAYS.default
  if (days < DAYS.least || days > DAYS.most) {
    throw new UsageError(`--days takes ${DAYS.least} to ${DAYS.most}, not ${days}\nSee: ${SUNDIAL} demo --help`)
  }
  const domain = given.text('site') ?? FIRST_SITE
  return { domain, days, seed: given.number('seed') ?? SEED, again: given.flag('again') }
}

interface FillDeps extends DemoDeps {
  stores: Stores
  terminal: Terminal
}

async function fill(options: Options, deps: FillDeps): Promise<0 | 1> {
  const { stores, terminal, now } = deps
  const site = await findSite(options.domain, stores.sites, terminal)
  if (!site) return refused(terminal, `There is no site ${options.domain}: ${SUNDIAL} site add ${options.domain}`)
  const end = now()
  const today = createCalendar().localHour(site.timezone, end).day
  const most = readableDays(site, today)
  if (options.days > most) {
    return refused(
      terminal,
      `Of ${options.days} days ${site.domain} would show the last ${most} only: its retention period is ${site.retentionDays} days. Try --days ${most}.`,
    )
  }
  const counts = await stores.counts()
  const held = await readHeld(counts, site, today)
  if (held && !options.again && !(await isAgreed(held, options, today, deps))) return 1
  terminal.out(
    `Filling ${site.domain} with ${plural(options.days, 'day')}. Ctrl-C ends it early: whole days stay, and the next start says how to go on.`,
  )
  const began = now()
  const played = await playDays(options, { ...deps, site, counts, end })
  if (terminal.signal.aborted && played.days < options.days) {
    sayInterrupted(played, options, today, terminal)
    return 1
  }
  sayDone(played, { site, stores, terminal, seconds: (now() - began) / 1000 })
  return 0
}

/** Undefined when there is none. The first site is made as the first start would make it. */
async function findSite(domain: string, sites: Sites, terminal: Terminal): Promise<Site | undefined> {
  await sites.fresh()
  const found = sites.byDomain(domain)
  if (found?.properties.includes(PROPERTY)) return found
  if (domain !== FIRST_SITE) {
    if (found)
      terminal.out(`${domain} has not declared the property ${PROPERTY}, so plans of signups will not be counted.`)
    return found
  }
  if (!found) {
    terminal.out(`Added the site ${domain}.`)
    return addFirstSite(sites)
  }
  const answer = await sites.set(domain, { properties: [...found.properties, PROPERTY] })
  if ('refused' in answer) return found
  terminal.out(`Declared the property ${PROPERTY} of ${domain}, for the plans of signups.`)
  return answer.site
}

/** Days up to today whose months have not come to the end of the retention period. */
function readableDays({ retentionDays }: Site, today: string): number {
  let first = firstOfMonth(today)
  while (daysBetween(addMonths(first, -1), today) < retentionDays) first = addMonths(first, -1)
  return daysBetween(first, today) + 1
}

const heldRow = z.object({ held: z.int(), held_days: z.int(), first_day: z.iso.date(), last_day: z.iso.date() })
type Held = z.infer<typeof heldRow>

/** So many visits of today may be those of somebody who tries the site; more of them are a demo's, or real ones. */
const HANDFUL = 25

/** What the site has counted already: what a demo would double. */
async function readHeld(counts: Counts, site: Site, today: string): Promise<Held | undefined> {
  const rows = await counts.query(
    `/* demo.held */
SELECT
  sum(of_day) AS held,
  count() AS held_days,
  min(day) AS first_day,
  max(day) AS last_day
FROM (
  SELECT
    day,
    sum(visits) AS of_day
  FROM readable_days
  WHERE site = {site:UInt32}
    AND day <= {today:Date}
  GROUP BY day
  HAVING day < {today:Date} OR of_day > {handful:UInt32}
)`,
    { site: site.id, today, handful: HANDFUL },
    heldRow,
  )
  const [held] = rows
  return held && held.held_days > 0 ? held : undefined
}

async function isAgreed(held: Held, options: Options, today: string, { terminal }: FillDeps): Promise<boolean> {
  const visits = plural(held.held, 'visit')
  const what = `${options.domain} already holds ${visits} on ${plural(held.held_days, 'day')} from ${held.first_day} to ${held.last_day}.`
  if (terminal.ask) {
    const agreed = await isYes(terminal.ask(`${what} Add the demo on top of them? [y/N]`))
    if (!agreed) terminal.err('Nothing was added.')
    return agreed
  }
  terminal.err(`${what} Nothing was added.`)
  terminal.err(`To add the demo on top of them: ${commandLine(options, options.days)}`)
  const missing = daysBetween(held.last_day, today)
  if (missing > 1) terminal.err(`To go on after them, if a demo was interrupted: ${commandLine(options, missing)}`)
  return false
}

function commandLine({ domain, seed }: Options, days: number): string {
  const more = [
    domain === FIRST_SITE ? '' : ` --site ${domain}`,
    days === DAYS.default ? '' : ` --days ${days}`,
    seed === SEED ? '' : ` --seed ${seed}`,
  ]
  return `npm run demo -- --again${more.join('')}`
}

interface PlayDeps extends FillDeps {
  site: Site
  counts: Counts
  end: number
}

async function playDays({ days, seed }: Options, deps: PlayDeps): Promise<Played> {
  const { site, stores, counts, terminal, random, temporary, end } = deps
  // Loaded here: other commands need none of it.
  const { play } = await import('../demo/run.ts')
  const { createTraffic } = await import('../demo/traffic.ts')
  const { openNodeSqlite } = await import('../../collector/sqlite_node.ts')
  const scratch = mkdtempSync(path.join(temporary, 'sundial-demo-'))
  const sqlite = openNodeSqlite(path.join(scratch, 'accumulator.db'))
  try {
    return await play({
      traffic: createTraffic({ site, seed, days, end, calendar: createCalendar() }),
      site,
      sites: stores.sites,
      counts,
      sqlite,
      secret: Buffer.from(random(32)).toString('base64url'),
      random: () => random(16),
      played: (so) => terminal.progress({ what: `${site.domain} up to ${so.lastDay}`, done: so.days, total: days }),
      signal: terminal.signal,
    })
  } catch (error) {
    terminal.err('The demo ended early. Started again it says how far it came, and how to go on.')
    throw error
  } finally {
    sqlite.close()
    rmSync(scratch, { recursive: true })
  }
}

function sayInterrupted({ days, lastDay, totals }: Played, options: Options, today: string, terminal: Terminal): void {
  if (lastDay === undefined) {
    terminal.err('Interrupted before the first day: nothing was added.')
    return
  }
  terminal.err(
    `Interrupted: ${days} of ${options.days} days are there, up to ${lastDay}, with ${plural(totals.visits, 'visit')}.`,
  )
  terminal.err(`To go on: ${commandLine(options, daysBetween(lastDay, today))}`)
}

interface DoneDeps {
  site: Site
  stores: Stores
  terminal: Terminal
  seconds: number
}

function sayDone({ totals, requests, dropped, days }: Played, { site, stores, terminal, seconds }: DoneDeps): void {
  const { visits, pageviews, events } = totals
  const pace = Math.round(requests / Math.max(seconds, 0.001))
  terminal.out(
    `Added ${plural(days, 'day')} to ${site.domain}: ${plural(visits, 'visit')}, ${plural(pageviews, 'pageview')}, ${plural(events, 'event')}.`,
  )
  terminal.out(
    `${plural(requests, 'request')} in ${seconds.toFixed(1)} s, ${count(pace)} a second; ${count(dropped)} were robots’ and dropped.`,
  )
  const { address } = stores
  terminal.out(address === undefined ? 'To look at it: npm start' : `Look at it: ${address}/?site=${site.domain}`)
}

function plural(n: number, one: string): string {
  return `${count(n)} ${one}${n === 1 ? '' : 's'}`
}

function count(n: number): string {
  return n.toLocaleString('en')
}

function refused(terminal: Terminal, why: string): 1 {
  terminal.err(why)
  return 1
}
