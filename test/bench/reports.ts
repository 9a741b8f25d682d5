// Reports: a whole dashboard page and the calls of the Stats API over a year of counters, beside the same questions asked
// of one row per event in the same engine. Server time, without the network. A section of bench.ts.
import path from 'node:path'
import { build } from 'esbuild'
import * as z from 'zod'
import { addDays, addMonths, createCalendar, dayOf, firstOfMonth } from '../../collector/calendar.ts'
import { ClickHouseError, type Counts } from '../../collector/clickhouse.ts'
import { enforcePeriods } from '../../collector/retention.ts'
import type { Site } from '../../collector/sites.ts'
import { SERVER } from '../../dashboard/build.ts'
import { createOpenReader } from '../open_reader.ts'
import { domainAt } from './audience.ts'
import { percentile } from './process_figures.ts'
import { sitesOf } from './sites.ts'
import type { Table } from './table.ts'
import { openYear } from './year.ts'

const SITES = 50
const TIMES = 30
/** The first answers compile and open files, and are left out. */
const WARM_UP = 3
/** Milliseconds for one question, unless five answers take longer. */
const LONGEST = 6000

type Bundled = typeof import('../../dashboard/app.tsx') &
  typeof import('../../dashboard/api.ts') &
  typeof import('../open_door.ts')

interface Timed {
  p50: number
  p95: number
  /** Milliseconds of CPU on average, the engine’s threads included: what stays the same on a busy machine. */
  cpu: number
  statements: number
}

export async function reports({ events, work }: { events: number; work: string }): Promise<Table[]> {
  const { counts, events: stored } = await openYear({ path: path.join(work, 'clickhouse'), sites: SITES, events })
  try {
    await counts.command('SYSTEM START TTL MERGES')
    await enforcePeriods({ counts })
    const apps = await openApps(counts)
    const [busiest, quiet] = [domainAt(0), domainAt(30)]
    const rows: (string | number)[][] = []
    for (const [site, domain] of [
      ['busiest', busiest],
      ['30th', quiet],
    ] as const) {
      const asked = site === 'busiest' ? QUESTIONS : QUESTIONS.filter(({ name }) => name.startsWith('page'))
      for (const question of asked) rows.push(await line(site, domain, question, apps, counts))
    }
    return [table(rows, stored)]
  } finally {
    await counts.close()
  }
}

interface Apps {
  /** Answers a path as the server would; says how many statements it took. */
  ask(path: string): Promise<number>
}

/** JSX needs a bundle, as the server does. */
async function openApps(counts: Counts): Promise<Apps> {
  const outfile = path.join(path.dirname(SERVER), 'bench_dashboard.js')
  await build({
    stdin: {
      contents: [
        "export { createDashboard } from './dashboard/app.tsx'",
        "export { createApi } from './dashboard/api.ts'",
        "export { createOpenDoor } from './test/open_door.ts'",
      ].join('\n'),
      resolveDir: path.join(import.meta.dirname, '../..'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  })
  const { createDashboard, createApi, createOpenDoor }: Bundled = await import(outfile)
  let statements = 0
  const siteAt = sitesOf(SITES)
  const all: Site[] = Array.from({ length: SITES }, (_, place) => siteAt(place))
  const deps = {
    sites: {
      fresh: async () => {},
      all: () => all,
      byDomain: (domain: string) => all.find((site) => site.domain === domain),
    },
    counts: {
      query<T>(sql: string, params: Record<string, unknown>, row: z.ZodType<T>) {
        statements++
        return counts.query(sql, params, row)
      },
    },
    calendar: createCalendar(),
    now: Date.now,
    report: (problem: string, error: unknown) => console.error(problem, error),
  }
  const door = createOpenDoor(deps)
  const [dashboard, api] = [createDashboard({ ...deps, door }), createApi({ ...deps, reader: createOpenReader(deps) })]
  return {
    async ask(asked) {
      statements = 0
      const answer = await (asked.startsWith('/api/') ? api : dashboard).request(asked)
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`${asked} was answered with ${answer.status}: ${text.slice(0, 200)}`)
      return statements
    },
  }
}

interface Question {
  name: string
  /** Of Sundial. */
  path: (domain: string) => string
  /** Of the baseline: the statements that answer the same, in parallel as the page asks them. */
  sql: readonly string[]
  months: 1 | 12
}

const RANGE = 'site_id = {site:UInt32} AND timestamp >= {from:DateTime} AND timestamp < {to:DateTime}'

const TOTALS = `SELECT
  toDate(timestamp) AS bucket,
  uniqExact(session_id) AS visits,
  countIf(name = 'pageview') AS pageviews,
  countIf(name NOT IN ('pageview', 'engagement')) AS events,
  uniqExactIf(session_id, name = 'engagement') AS engaged
FROM events
WHERE ${RANGE}
GROUP BY bucket
ORDER BY bucket`

const MONTHS = TOTALS.replace('toDate(timestamp)', 'toStartOfMonth(timestamp)')

const ENGAGED_TIME = `SELECT
  quantile(0.5)(seconds) AS median
FROM (
  SELECT session_id, sum(engagement_time) / 1000 AS seconds
  FROM events
  WHERE ${RANGE} AND name = 'engagement'
  GROUP BY session_id
)`

const by = (column: string, condition = "name = 'pageview'", count = 'uniqExact(session_id)') => `SELECT
  ${column} AS value_shown,
  ${count} AS shown
FROM events
WHERE ${RANGE} AND ${condition}
GROUP BY value_shown
ORDER BY shown DESC
LIMIT 9`

const SOURCE = by('referrer_source', "name = 'pageview' AND referrer_source != ''")
const EVENT = by('name', "name NOT IN ('pageview', 'engagement')", 'count()')
const PANELS = [
  SOURCE,
  by('pathname', "name = 'pageview'", 'count()'),
  by('country_code', "name = 'pageview' AND entry_page = 1"),
  EVENT,
]
const UNDER_SOURCE = "referrer_source = 'google.com' AND entry_page = 1"

const page = (more: string) => (domain: string) => `/?site=${domain}&${more}`
const underSource = (sql: string) => sql.replace(RANGE, `${RANGE} AND referrer_source = 'google.com'`)

const QUESTIONS: readonly Question[] = [
  { name: 'page, 30 days', path: page('period=30d'), sql: [TOTALS, ENGAGED_TIME, ...PANELS], months: 1 },
  { name: 'page, 12 months', path: page('period=12mo'), sql: [MONTHS, ENGAGED_TIME, ...PANELS], months: 12 },
  {
    name: 'page, 12 months, filtered by source',
    path: page('period=12mo&filter=source:google.com'),
    sql: [
      underSource(MONTHS),
      by('pathname', UNDER_SOURCE),
      by('country_code', UNDER_SOURCE),
      by('name', "referrer_source = 'google.com' AND name NOT IN ('pageview', 'engagement')", 'count()'),
    ],
    months: 12,
  },
  ...([1, 12] as const).flatMap((months) => stats(months)),
]

/** Every call of the Stats API, over a month and over a year. */
function stats(months: 1 | 12): Question[] {
  const [span, period] = months === 1 ? ['30 days', '30d'] : ['12 months', '12mo']
  const call = (path: string) => (domain: string) => `/api/v1/stats/${path}&period=${period}&site_id=${domain}`
  const totals = months === 1 ? TOTALS : MONTHS
  const pages = by('pathname', "name = 'pageview'", 'count()')
  const calls: [name: string, path: string, sql: string[]][] = [
    ['aggregate', 'aggregate?metrics=visits,pageviews,bounce_rate', [totals]],
    ['aggregate with engaged time', 'aggregate?metrics=visits,visit_duration', [totals, ENGAGED_TIME]],
    ['aggregate, filtered', 'aggregate?filters=visit:source==google.com', [underSource(totals)]],
    ['timeseries', `timeseries?interval=${months === 1 ? 'date' : 'month'}`, [totals]],
    ['breakdown by source', 'breakdown?property=visit:source', [SOURCE]],
    ['breakdown by page', 'breakdown?property=event:page', [pages]],
  ]
  return calls.map(([name, path, sql]) => ({ name: `API ${name}, ${span}`, path: call(path), sql, months }))
}

async function line(
  site: string,
  domain: string,
  question: Question,
  apps: Apps,
  counts: Counts,
): Promise<(string | number)[]> {
  const today = dayOf(Date.now())
  const from = question.months === 12 ? addMonths(firstOfMonth(today), -11) : addDays(today, -29)
  const params = {
    site: domain === domainAt(0) ? 1 : 31,
    from: `${from} 00:00:00`,
    to: `${addDays(today, 1)} 00:00:00`,
  }
  const [ours, theirs] = await timeBoth(
    () => apps.ask(question.path(domain)),
    async () => {
      await Promise.all(question.sql.map((sql) => counts.query(sql, params, z.looseObject({}))))
      return question.sql.length
    },
  )
  const shown = ({ p50, p95, cpu, statements }: Timed) => [p50, p95, cpu, statements]
  return [`${question.name} (${site})`, ...shown(ours), ...shown(theirs), theirs.p50 / ours.p50, theirs.cpu / ours.cpu]
}

type Ask = () => Promise<number>

/**
 * First all of ours, then all of theirs: nobody asks both of one engine, and for a while after a second of scanning events
 * a page takes longer (over 50 million: p95 54 ms instead of 45).
 */
async function timeBoth(ours: Ask, theirs: Ask): Promise<[Timed, Timed]> {
  return [await time(ours), await time(unlessRefused(theirs))]
}

async function time(ask: Ask): Promise<Timed> {
  const watch = stopwatch(ask)
  const begun = performance.now()
  for (let n = -WARM_UP; n < TIMES && (n < 5 || performance.now() - begun < LONGEST); n++) await watch.run(n >= 0)
  return watch.read()
}

function stopwatch(ask: Ask) {
  const taken: number[] = []
  let [statements, cpu] = [0, 0]
  return {
    async run(counts: boolean): Promise<void> {
      const before = process.cpuUsage()
      const start = performance.now()
      statements = await ask()
      if (!counts) return
      taken.push(performance.now() - start)
      const { user, system } = process.cpuUsage(before)
      cpu += (user + system) / 1000
    },
    read: (): Timed => ({
      p50: percentile(taken, 0.5),
      p95: percentile(taken, 0.95),
      cpu: cpu / taken.length,
      statements,
    }),
  }
}

/** The baseline's may be refused for its memory or time, which have bounds here as in the product. */
function unlessRefused(ask: Ask): Ask {
  return async () => {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof ClickHouseError) return Number.NaN
      throw error
    }
  }
}

function table(rows: (string | number)[][], events: number): Table {
  return {
    title: `Reports over 12 months of ${events.toLocaleString('en')} events on ${SITES} sites, milliseconds of server time`,
    columns: [
      'question (site)',
      'p50',
      'p95',
      'CPU',
      'statements',
      'baseline p50',
      'baseline p95',
      'CPU',
      'statements',
      'times faster',
      'times less CPU',
    ],
    rows,
    notes: [
      'Aims: a page p95 under 50 ms with at most 4 statements; a year at most 3 times a month. Each question is asked 30 times, of one and then of the other.',
      'Sundial’s time has everything from request to rendered answer; the baseline’s has its statements only, without a page.',
    ],
  }
}
