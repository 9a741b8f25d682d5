// Periods made shorter or longer, a site anonymized or deleted: with the command line's own commands, on a whole machine
// (settings, accumulator and engine on disk).
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { addDays, addMonths, dayOf, firstOfMonth } from '../collector/calendar.ts'
import { readOrders } from '../collector/orders.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { previewShorter, stockOf } from '../collector/stock.ts'
import type { Stores } from '../dashboard/command/command.ts'
import { runCommand } from '../dashboard/command/commands.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { type Machine, openMachine } from '../dashboard/machine.ts'
import { aPageview } from './accumulated.ts'

const today = dayOf(Date.now())
const month = (back: number) => addMonths(firstOfMonth(today), -back)

let dataDir: string
let machine: Machine

beforeEach(async () => {
  // Let none begin just before today turns into tomorrow.
  await vi.waitUntil(() => 86_400_000 - (Date.now() % 86_400_000) > 60_000, { timeout: 70_000, interval: 500 })
  dataDir = mkdtempSync(path.join(tmpdir(), 'sundial-orders-'))
  await open()
  await machine.sites.add({ domain: 'example.com' })
  await machine.sites.add({ domain: 'other.example' })
})

afterEach(async () => {
  await machine.close()
  rmSync(dataDir, { recursive: true })
})

async function open(): Promise<void> {
  const clickhouse = { url: undefined, user: 'default', password: '', database: 'sundial', cluster: undefined }
  machine = await openMachine({
    environment: { dataDir, clickhouse },
    secret: 'a secret of the tests, long enough to be one',
    now: Date.now,
    report: () => {},
  })
}

async function sundial(argv: readonly string[], answer?: string) {
  const said = { out: '', err: '' }
  const stores: Stores = {
    sites: machine.sites,
    ledger: machine.ledger,
    fulfil: machine.fulfil,
    follow: machine.follow,
    counts: () => Promise.resolve(machine.counts),
    migrate: () => Promise.resolve([]),
  }
  const code = await runCommand(argv, stores, {
    out: (line) => {
      said.out += `${line}\n`
    },
    err: (line) => {
      said.err += `${line}\n`
    },
    progress: () => {},
    ...(answer === undefined ? {} : { ask: () => Promise.resolve(answer) }),
    signal: new AbortController().signal,
  })
  return { code, ...said }
}

/** Rows of two days in each of these months (counted back from this one), as the flush of those months wrote them. */
async function fill(domain: string, back: readonly number[], value = '/page'): Promise<number> {
  const site = machine.sites.byDomain(domain)
  if (!site) throw new Error('no such site')
  for (const first of back.map(month)) {
    const dates = {
      month: first,
      generalize_on: addDays(addMonths(first, 1), site.anonymizationDays),
      expire_on: addDays(first, site.retentionDays),
    }
    const { generalize_on: _, ...ends } = dates
    for (const day of [first, addDays(first, 1)].filter((day) => day <= today)) {
      const of = { site: site.id, day }
      const hours = [8, 9].map((hour) => ({ ...of, hour, visits: 3, ...dates }))
      const days = [{ ...of, visits: 6, pageviews: 9, engaged: 1, events: 2, ...ends }]
      const attribute = { metric: 'pageviews', dimension: 'page', dimension2: '', value2: '' }
      const counts = [value, '/'].map((page) => ({ ...of, ...attribute, value: page, n: 5, ...dates }))
      for (const [table, rows] of Object.entries({ hours, days, counts })) {
        if (table !== 'hours' && table !== 'days' && table !== 'counts') continue
        await machine.counts.insert(table, rows.map((row) => JSON.stringify(row)).join('\n'), randomUUID())
      }
    }
  }
  return site.id
}

const stock = (site: number) => stockOf(machine.counts, site)

async function datesOf(site: number) {
  const dates = z.object({ month: z.string(), generalize_on: z.string(), expire_on: z.string() })
  return machine.counts.query(
    'SELECT DISTINCT month, generalize_on, expire_on FROM counts WHERE site = {site:UInt32} ORDER BY month',
    { site },
    dates,
  )
}

function ordersLeft() {
  const store = openSqliteSettings(filesIn(dataDir).settings)
  return readOrders(store).finally(() => store.close())
}

describe('a shorter period', () => {
  it('generalizes and removes exactly what the preview said, and leaves other sites alone', async () => {
    const site = await fill('example.com', [1, 2, 3, 8, 10])
    const other = await fill('other.example', [1, 2, 3, 8, 10])
    // What is due already is folded before.
    await enforcePeriods({ counts: machine.counts })
    const [before, beforeOther] = [await stock(site), await stock(other)]
    const shorter = { anonymizationDays: 1, retentionDays: 200 }
    const preview = await previewShorter(machine.counts, site, shorter)
    const sum = (of: (month: (typeof preview)[number]) => number) => preview.reduce((all, month) => all + of(month), 0)
    const { code, out, err } = await sundial(
      ['period', 'example.com', '--anonymization', '1', '--retention', '200'],
      'y',
    )
    expect([code, err]).toEqual([0, ''])
    expect(preview.map((row) => row.month)).toEqual([10, 8, ...folded()].map(month))
    const last = month(10).slice(0, 7)
    expect(out).toContain(`${last} removed: 2 days with 12 visits, 2 attribute counts (20 in sum), 0 hours`)
    const after = await stock(site)
    expect(before.hours.rows - after.hours.rows).toBe(sum(({ hours }) => hours))
    expect(before.days.rows - after.days.rows).toBe(sum(({ days }) => days))
    expect(before.days.visits - after.days.visits).toBe(sum(({ visits }) => visits))
    expect(before.counts.n - after.counts.n).toBe(sum(({ n }) => n))
    // Two pages on two days are two counts of a month.
    const folds = sum(({ generalized }) => generalized) / 2
    expect(before.counts.rows - after.counts.rows).toBe(sum(({ removed }) => removed) + folds)
    expect(await stock(other)).toEqual(beforeOther)
    expect((await datesOf(site)).map(({ month }) => month)).toEqual([3, 2, 1].map(month))
    for (const dates of await datesOf(site)) expect(dates.expire_on).toBe(addDays(dates.month, 200))
    expect(await previewShorter(machine.counts, site, shorter)).toEqual([])
    expect((await machine.ledger.entries(site)).at(-1)).toMatchObject({
      action: 'shortened',
      details: {
        before: { anonymizationDays: 62, retentionDays: 396 },
        after: shorter,
        counts: { before, after },
        watermark: addDays(month(1), 1),
      },
    })
    expect(await ordersLeft()).toEqual([])
  })

  /** Months that a period of one day generalizes today, and that of 62 days did not. */
  function folded(): number[] {
    return [3, 2, 1].filter((back) => {
      const ended = addMonths(month(back), 1)
      return addDays(ended, 62) > today && addDays(ended, 1) <= today
    })
  }

  it('is not done without a yes, and is refused by a sentence beyond its bounds', async () => {
    const site = await fill('example.com', [1, 8])
    const before = await stock(site)
    const asked = await sundial(['period', 'example.com', '--retention', '100'], 'n')
    expect(asked).toMatchObject({ code: 1, err: 'Nothing was changed.\n' })
    expect(await sundial(['period', 'example.com', '--retention', '100'])).toMatchObject({
      err: 'Nothing was changed. Add --yes to do it.\n',
    })
    expect(await sundial(['period', 'example.com', '--retention', '90', '--yes'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('retention must exceed anonymization by more than 31 days: 90 <= 62 + 31'),
    })
    expect(await stock(site)).toEqual(before)
    expect(machine.sites.byDomain('example.com')).toMatchObject({ anonymizationDays: 62, retentionDays: 396 })
  })

  it('holds for rows that come late with the old dates, once the ledger is replayed', async () => {
    const site = await fill('example.com', [8])
    await sundial(['period', 'example.com', '--retention', '200', '--yes'])
    expect(await stock(site)).toMatchObject({ days: { rows: 0 } })
    const late = { site, month: month(8), day: month(8), visits: 1, pageviews: 1, engaged: 0, events: 0 }
    const row = JSON.stringify({ ...late, expire_on: addDays(month(8), 396) })
    // Its watermark is the last day there was.
    await machine.counts.insert('days', row, randomUUID())
    expect((await stock(site)).days.rows).toBe(1)
    const replayed = await sundial(['replay'])
    expect(replayed.out).toMatch(/Done again: 1\.\n.*example\.com \(site 2\) shortened/)
    expect((await stock(site)).days.rows).toBe(0)
    expect((await sundial(['replay'])).out).toContain('Done again: 0.')
  })
})

describe('a longer period', () => {
  it('leaves every row and its dates, says so, and asks nothing', async () => {
    const site = await fill('example.com', [1, 2, 8])
    const [before, dates] = [await stock(site), await datesOf(site)]
    const { code, out } = await sundial(['period', 'example.com', '--anonymization', '90', '--retention', '700'])
    expect(code).toBe(0)
    expect(out).toContain('retention 396 -> 700 days: for what is counted from now on; what is there keeps its dates')
    expect([await stock(site), await datesOf(site)]).toEqual([before, dates])
    expect((await machine.ledger.entries(site)).at(-1)).toMatchObject({
      action: 'lengthened',
      details: { after: { anonymizationDays: 90, retentionDays: 700 } },
    })
  })

  it('beside a shorter one touches only the dates of the shorter', async () => {
    const site = await fill('example.com', [1, 2])
    const dates = await datesOf(site)
    const { code } = await sundial(['period', 'example.com', '--anonymization', '90', '--retention', '300', '--yes'])
    expect(code).toBe(0)
    const nearer = dates.map((row) => ({ ...row, expire_on: addDays(row.month, 300) }))
    expect(await datesOf(site)).toEqual(nearer)
    expect((await machine.ledger.entries(site)).slice(-2).map(({ action }) => action)).toEqual([
      'lengthened',
      'shortened',
    ])
  })
})

/** One visit after the other of this moment, counted and, as far as it may, sent. */
async function visit(domain: string, page: string, times: number): Promise<void> {
  const site = machine.sites.byDomain(domain)
  if (!site) throw new Error('no such site')
  for (let n = 0; n < times; n++) await machine.accumulator.count(site, aPageview({ day: today, hour: 0, page }))
}

describe('anonymize', () => {
  it('keeps every sum, leaves no hour and one count a month, and forgets what waits, with a receipt', async () => {
    const site = await fill('example.com', [0, 1, 2])
    const other = await fill('other.example', [0, 1])
    await visit('example.com', '/pending', 4)
    await machine.hold(async () => {})
    const before = await stock(site)
    const beforeOther = await stock(other)
    await visit('example.com', '/pending', 3)
    const { code, out, err } = await sundial(['anonymize', 'example.com'], 'example.com')
    expect([code, err]).toEqual([0, ''])
    const after = await stock(site)
    expect(after.hours).toEqual({ rows: 0, visits: 0 })
    expect(after.days.visits).toBe(before.days.visits + 3)
    expect(after.counts.n).toBe(before.counts.n)
    const days = z.object({ day: z.string(), generalized: z.int() })
    const sql = 'SELECT DISTINCT day, generalized FROM readable_counts WHERE site = {site:UInt32} ORDER BY day'
    expect(await machine.counts.query(sql, { site }, days)).toEqual(
      [2, 1, 0].map((back) => ({ day: month(back), generalized: 1 })),
    )
    expect(machine.accumulator.pendingOf(site)).toEqual({})
    expect(await stock(other)).toEqual(beforeOther)
    const entry = (await machine.ledger.entries(site)).at(-1)
    expect(entry).toMatchObject({ action: 'anonymized', details: { watermark: today, counts: { after } } })
    expect(entry?.details.counts?.before.days).toEqual(after.days)
    expect(out).toMatch(/example\.com \(site \d+\) anonymized, up to \d{4}-\d\d-\d\d\n/)
    // Counting goes on.
    await visit('example.com', '/again', 10)
    await machine.hold(async () => {})
    expect((await stock(site)).days.visits).toBe(after.days.visits + 10)
    await enforcePeriods({ counts: machine.counts })
    expect((await stock(site)).days.visits).toBe(after.days.visits + 10)
    // And the month with generalized and other days can still be deleted.
    expect((await sundial(['delete', 'example.com', '--confirm', 'example.com'])).code).toBe(0)
    expect((await stock(site)).counts).toEqual({ rows: 0, n: 0 })
  })
})

describe('delete', () => {
  it('leaves no row, no setting and, once ClickHouse has cleaned up, no byte of a page', async () => {
    const planted = '/planted-7d20ae'
    const site = await fill('example.com', [0, 1, 2, 8], planted)
    const other = await fill('other.example', [0, 1, 2], '/stays-5512')
    await visit('example.com', '/waiting-9c31', 7)
    machine.accumulator.take(Date.now())
    await visit('example.com', '/waiting-9c31', 7)
    expect(filesWith('planted-7d20ae')).not.toEqual([])
    const beforeOther = await stock(other)
    const { code, err } = await sundial(['delete', 'example.com'], 'example.com')
    expect([code, err]).toEqual([0, ''])
    expect(machine.sites.byDomain('example.com')).toBeUndefined()
    expect(await stock(site)).toMatchObject({ hours: { rows: 0 }, days: { rows: 0 }, counts: { rows: 0 } })
    expect(await stock(other)).toEqual(beforeOther)
    expect(machine.accumulator.holds(site)).toBe(false)
    expect(await machine.ledger.entries(site)).toMatchObject([
      { action: 'added' },
      { action: 'deleted', details: { before: { domain: 'example.com' }, watermark: expect.any(String) } },
    ])
    for (const text of ['planted-7d20ae', 'waiting-9c31']) {
      await vi.waitUntil(() => filesWith(text).length === 0, { timeout: 80_000, interval: 500 })
    }
    expect(filesWith('stays-5512')).not.toEqual([])
    expect(await machine.sites.add({ domain: 'example.com' })).toMatchObject({ site: { id: 4 } })
  }, 90_000)

  it('that a stop has cut short is carried out after the next start', async () => {
    const site = await fill('example.com', [1])
    await machine.sites.remove('example.com')
    expect((await stock(site)).days.rows).toBe(2)
    await machine.close()
    await open()
    expect(await ordersLeft()).toHaveLength(1)
    machine.start()
    await vi.waitUntil(async () => (await ordersLeft()).length === 0, { timeout: 20_000, interval: 200 })
    expect((await stock(site)).days.rows).toBe(0)
    expect((await machine.ledger.entries(site)).at(-1)).toMatchObject({ action: 'deleted' })
  }, 30_000)
})

/** Files in DATA_DIR whose bytes contain the text. */
function filesWith(text: string): string[] {
  return filesBelow(dataDir).filter((file) => bytesOf(file).includes(text))
}

/** Parts are removed while this lists them: a walk that loses a folder begins again. */
function filesBelow(directory: string): string[] {
  for (;;) {
    try {
      return readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
}

/** Parts are removed while this reads. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
