// The two periods on the real engine: what can be read from the day on, and what is left on the disk.
// Rows are written with their dates around today, so that nothing here depends on the day it runs.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createCalendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { migrate, readMigrations } from '../collector/migrate.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { createApi } from '../dashboard/api.ts'
import { createDashboard } from '../dashboard/app.tsx'
import { createOpenDoor } from './open_door.ts'
import { createOpenReader } from './open_reader.ts'

const path = mkdtempSync(join(tmpdir(), 'sundial-retention-'))
const TABLES = ['hours', 'days', 'counts'] as const
const MONTH = '2026-03-01'
let counts: Counts

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
})

// Merges begin by themselves as soon as a row is due: hold them back to see what is read before.
beforeEach(async () => {
  // A test takes seconds: let none begin just before today turns into tomorrow.
  await vi.waitUntil(() => 86_400_000 - (Date.now() % 86_400_000) > 30_000, { timeout: 40_000, interval: 500 })
  for (const table of TABLES) {
    await counts.command(`TRUNCATE TABLE ${table}`)
    await counts.command(`SYSTEM STOP MERGES ${table}`)
  }
})

afterEach(startMerges)

afterAll(async () => {
  await counts.close()
  rmSync(path, { recursive: true })
})

async function startMerges(): Promise<void> {
  for (const table of TABLES) await counts.command(`SYSTEM START MERGES ${table}`)
}

/** A date so many days from today, in UTC. */
function date(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

interface Dates {
  generalize: number
  expire: number
}

/** Five page views on a day of March. Sites stand apart: the months of one site are generalized as a whole. */
function countRow(site: number, value: string, day: number, { generalize, expire }: Dates): string {
  return JSON.stringify({
    site,
    metric: 'pageviews',
    dimension: 'page',
    dimension2: '',
    value,
    value2: '',
    month: MONTH,
    day: `2026-03-${String(day).padStart(2, '0')}`,
    n: 5,
    generalize_on: date(generalize),
    expire_on: date(expire),
  })
}

async function insertCounts(...rows: string[]): Promise<void> {
  await counts.insert('counts', rows.join('\n'), crypto.randomUUID())
}

const shown = z.object({ value: z.string(), day: z.string(), generalized: z.int(), n: z.int() })

/** What the dashboard sees. */
function readable(): Promise<z.infer<typeof shown>[]> {
  return counts.query(
    `/* test.readable */
SELECT
  value,
  day,
  generalized,
  sum(n) AS n
FROM readable_counts
GROUP BY value, day, generalized
ORDER BY value, day`,
    {},
    shown,
  )
}

const kept = z.object({ value: z.string(), day: z.string(), n: z.int() })

/** What the table holds. */
function stored(): Promise<z.infer<typeof kept>[]> {
  return counts.query('SELECT value, day, sum(n) AS n FROM counts GROUP BY value, day ORDER BY value, day', {}, kept)
}

describe('attribute counts', () => {
  it('are shown by month from their anonymization date, before and after the rows are folded', async () => {
    const dates = { '/yesterday': -1, '/today': 0, '/tomorrow': 1 }
    for (const [site, [value, generalize]] of Object.entries(dates).entries()) {
      const early = countRow(site, value, 3, { generalize, expire: 90 })
      const late = countRow(site, value, 4, { generalize, expire: 90 })
      await insertCounts(early, late)
      await insertCounts(late)
    }
    const expected = [
      { value: '/today', day: MONTH, generalized: 1, n: 15 },
      { value: '/tomorrow', day: '2026-03-03', generalized: 0, n: 5 },
      { value: '/tomorrow', day: '2026-03-04', generalized: 0, n: 10 },
      { value: '/yesterday', day: MONTH, generalized: 1, n: 15 },
    ]
    expect(await readable()).toEqual(expected)
    expect((await stored()).map(({ day }) => day)).not.toContain(MONTH)

    await startMerges()
    await enforcePeriods({ counts })
    expect(await readable()).toEqual(expected)
    expect(await stored()).toEqual(expected.map(({ value, day, n }) => ({ value, day, n })))
    expect(await enforcePeriods({ counts })).toEqual([])
  })

  it('are not readable from their retention date, though the rows are there, and then are gone', async () => {
    await insertCounts(
      countRow(1, '/ended', 3, { generalize: -9, expire: -1 }),
      countRow(1, '/ends-today', 3, { generalize: -9, expire: 0 }),
      countRow(1, '/ends-tomorrow', 3, { generalize: -9, expire: 1 }),
    )
    const expected = [{ value: '/ends-tomorrow', day: MONTH, generalized: 1, n: 5 }]
    expect(await readable()).toEqual(expected)
    expect(await stored()).toHaveLength(3)

    await startMerges()
    await enforcePeriods({ counts })
    expect(await readable()).toEqual(expected)
    expect((await stored()).map(({ value }) => value)).toEqual(['/ends-tomorrow'])
    expect(await enforcePeriods({ counts })).toEqual([])
  })

  it('of one month go together, at the earliest date, where a period was changed within it', async () => {
    const days = [5, 2, 9, 2].map((generalize, i) => countRow(1, '/changed', i + 3, { generalize, expire: 90 }))
    await insertCounts(...days)
    await startMerges()
    await enforcePeriods({ counts })
    const dates = await counts.query(
      'SELECT DISTINCT generalize_on FROM counts',
      {},
      z.object({ generalize_on: z.string() }),
    )
    expect(dates).toEqual([{ generalize_on: date(2) }])
    expect((await readable()).map(({ day, n }) => ({ day, n }))).toEqual(
      ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'].map((day) => ({ day, n: 5 })),
    )
  })

  it('keep their sums where a month is due in part only, out of order, and recover when all of it is', async () => {
    const row = (day: number, generalize: number) => countRow(1, '/part', day, { generalize, expire: 90 })
    await insertCounts(row(3, 1), row(4, -1), row(5, 1), row(6, -1))
    const expected = [
      { value: '/part', day: MONTH, generalized: 1, n: 10 },
      { value: '/part', day: '2026-03-03', generalized: 0, n: 5 },
      { value: '/part', day: '2026-03-05', generalized: 0, n: 5 },
    ]
    expect(await readable()).toEqual(expected)
    await startMerges()
    await enforcePeriods({ counts })
    expect(await readable()).toEqual(expected)

    await endFiveDaysEarly(async () => {
      await counts.command('OPTIMIZE TABLE counts FINAL')
      expect(await stored()).toEqual([{ value: '/part', day: MONTH, n: 20 }])
      await counts.command('ALTER TABLE counts MATERIALIZE TTL SETTINGS mutations_sync = 1')
    })
  })
})

/** As if five days had passed: the engine's clock cannot be set. */
async function endFiveDaysEarly(then: () => Promise<void>): Promise<void> {
  const statements = (await readMigrations({ database: 'sundial' })).flatMap((migration) => migration.statements)
  const table = statements.find((statement) => statement.startsWith('CREATE TABLE IF NOT EXISTS `sundial`.counts'))
  const ttl = /\nTTL\b([\s\S]+?)\nSETTINGS/.exec(table ?? '')?.[1] ?? ''
  const early = ttl.replace("toDateTime(generalize_on, 'UTC')", '$& - INTERVAL 5 DAY')
  await counts.command(`ALTER TABLE counts MODIFY TTL ${early} SETTINGS materialize_ttl_after_modify = 0`)
  await then()
  await counts.command(`ALTER TABLE counts MODIFY TTL ${ttl} SETTINGS materialize_ttl_after_modify = 0`)
}

describe('totals', () => {
  it('lose their hours at the anonymization date and keep their days until the retention date', async () => {
    const hours = [-1, 0, 1].map((generalize, hour) => ({
      ...{ site: 1, month: MONTH, day: '2026-03-03', hour, visits: 2 },
      generalize_on: date(generalize),
      expire_on: date(9),
    }))
    await counts.insert('hours', hours.map((row) => JSON.stringify(row)).join('\n'), crypto.randomUUID())
    const days = [-1, 0, 1].map((expire, site) => ({
      ...{ site, month: MONTH, day: '2026-03-03', visits: 6, pageviews: 7, engaged: 1, events: 0 },
      expire_on: date(expire),
    }))
    await counts.insert('days', days.map((row) => JSON.stringify(row)).join('\n'), crypto.randomUUID())

    const hour = z.object({ hour: z.int(), visits: z.int() })
    const day = z.object({ site: z.int(), visits: z.int(), pageviews: z.int() })
    const remaining = async () => ({
      hours: await counts.query('SELECT hour, visits FROM readable_hours', {}, hour),
      days: await counts.query('SELECT site, visits, pageviews FROM readable_days', {}, day),
    })
    const expected = { hours: [{ hour: 2, visits: 2 }], days: [{ site: 2, visits: 6, pageviews: 7 }] }
    expect(await remaining()).toEqual(expected)

    await startMerges()
    await enforcePeriods({ counts })
    expect(await remaining()).toEqual(expected)
    expect(await counts.query('SELECT hour, visits FROM hours', {}, hour)).toEqual(expected.hours)
    expect(await counts.query('SELECT site, visits, pageviews FROM days', {}, day)).toEqual(expected.days)
  })
})

describe('what is shown', () => {
  const NOW = Date.UTC(2026, 3, 15)

  /** The same counts at three ages: a day before the anonymization date, after it, and from the retention date on. */
  const AGES = {
    'before.example': { generalize: 1, expire: 90 },
    'coarse.example': { generalize: 0, expire: 1 },
    'ended.example': { generalize: -90, expire: 0 },
  }

  async function plant(site: number, ages: Dates): Promise<void> {
    const dates = { generalize_on: date(ages.generalize), expire_on: date(ages.expire) }
    const of = { site, month: MONTH, day: '2026-03-03' }
    const hours = [9, 10].map((hour) => JSON.stringify({ ...of, hour, visits: 5, ...dates })).join('\n')
    await counts.insert('hours', hours, crypto.randomUUID())
    const day = { ...of, visits: 10, pageviews: 20, engaged: 4, events: 0, expire_on: dates.expire_on }
    await counts.insert('days', JSON.stringify(day), crypto.randomUUID())
    await insertCounts(countRow(site, '/planted-in-march', 3, ages), countRow(site, '/planted-in-march', 4, ages))
  }

  const PATHS = {
    aggregate: '/api/v1/stats/aggregate?period=month&date=2026-03-15&metrics=visits,pageviews',
    days: '/api/v1/stats/timeseries?period=month&date=2026-03-15&metrics=pageviews&interval=date',
    hours: '/api/v1/stats/timeseries?period=day&date=2026-03-03&metrics=visits&interval=hour',
    pages: '/api/v1/stats/breakdown?period=month&date=2026-03-15&property=event:page&metrics=pageviews',
    page: '/api/v1/stats/breakdown?period=day&date=2026-03-03&property=event:page&metrics=pageviews',
    dashboard: '/?period=month&date=2026-03-15',
  }

  it('by pages and API: all of it the day before, no hour and no day of a page then, and nothing in the end', async () => {
    const sites = createSites({ db: openSqliteSettings(':memory:'), now: () => NOW, report: () => {} })
    for (const [domain, ages] of Object.entries(AGES)) {
      const added = await sites.add({ domain })
      if ('refused' in added) throw new Error(sayRefusals(added.refused).join())
      await plant(added.site.id, ages)
    }
    const reads = { sites, counts, calendar: createCalendar(), now: () => NOW, report: (problem: string) => problem }
    const door = createOpenDoor(reads)
    const app = new Hono()
      .route('/', createApi({ ...reads, reader: createOpenReader(reads) }))
      .route('/', createDashboard({ ...reads, door }))
    const read = async (domain: string) => {
      const asked = Object.entries(PATHS).map(async ([name, address]) => {
        const answer = await app.request(`${address}&${name === 'dashboard' ? 'site' : 'site_id'}=${domain}`)
        return [name, await answer.text()] as const
      })
      return Object.fromEntries(await Promise.all(asked))
    }
    for (const merged of [false, true]) {
      if (merged) {
        await startMerges()
        await enforcePeriods({ counts })
      }
      const before = await read('before.example')
      expect(before.aggregate).toContain('"visits":{"value":10}')
      expect(before.hours).toMatch(/10:00:00","visits":5/)
      expect(before.page).toContain('/planted-in-march')
      expect(before.dashboard).toContain('/planted-in-march')
      const coarse = await read('coarse.example')
      expect(coarse.aggregate).toBe(before.aggregate)
      expect(coarse.days).toBe(before.days)
      expect(coarse.hours).not.toMatch(/10:00:00","visits":5/)
      expect(JSON.parse(coarse.pages ?? '').results).toEqual([{ page: '/planted-in-march', pageviews: 10 }])
      expect(JSON.parse(before.pages ?? '').results).toEqual([{ page: '/planted-in-march', pageviews: 10 }])
      expect(coarse.page).not.toContain('/planted-in-march')
      const ended = await read('ended.example')
      expect(Object.values(ended).filter((text) => text.includes('planted-in-march'))).toEqual([])
      expect(ended.aggregate).toContain('Nothing is kept of this period.')
      expect(ended.aggregate).not.toMatch(/"value":\d/)
      expect(ended.days).not.toMatch(/"pageviews":[1-9]/)
    }
  })
})

describe('the disk', () => {
  it('holds an ended value in no file once the periods were enforced and inactive parts are gone', async () => {
    const value = '/planted-4f1c9d'
    await insertCounts(countRow(1, value, 3, { generalize: -9, expire: -1 }))
    await insertCounts(countRow(1, '/stays', 3, { generalize: -9, expire: 9 }))
    expect(filesWith(value)).not.toEqual([])
    await startMerges()
    await enforcePeriods({ counts })
    expect(await stored()).toEqual([{ value: '/stays', day: MONTH, n: 5 }])
    // ClickHouse's next clean-up is about half a minute away in the embedded engine.
    await vi.waitUntil(() => filesWith(value).length === 0, { timeout: 80_000, interval: 500 })
    expect(filesWith('/stays')).not.toEqual([])
  }, 90_000)
})

/** Files below the engine's directory whose bytes contain the text; small blocks of texts are stored as they are. */
function filesWith(text: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => bytesOf(file).includes(text))
}

/** Parts are removed while this reads. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
