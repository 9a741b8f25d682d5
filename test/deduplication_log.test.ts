// The embedded engine after it was killed inside an insert: what its deduplication log says is what its parts hold.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as z from 'zod'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { deleteRows } from '../collector/retention.ts'

let path: string
let counts: Counts
let reports: string[]

async function open(): Promise<Counts> {
  return createEmbeddedCounts({ path, database: 'sundial', report: (problem) => reports.push(problem) })
}

beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'sundial-deduplication-'))
  reports = []
  counts = await open()
  await migrate({ counts, database: 'sundial' })
})

afterEach(async () => {
  await counts.close()
  rmSync(path, { recursive: true })
})

async function reopen(): Promise<void> {
  await counts.close()
  counts = await open()
}

function row({ month = '2026-10', site = 1 } = {}): string {
  const dates = { month: `${month}-01`, day: `${month}-17`, expire_on: '2100-01-01' }
  return JSON.stringify({ site, visits: 1, pageviews: 1, engaged: 0, events: 0, ...dates })
}

async function visits(): Promise<number> {
  const [sum] = await counts.query('SELECT sum(visits) AS n FROM days', {}, z.object({ n: z.int() }))
  return sum?.n ?? 0
}

async function directoryOf(table: Table): Promise<string> {
  const sql =
    'SELECT data_paths[1] AS path FROM system.tables WHERE database = currentDatabase() AND name = {table:String}'
  const [found] = await counts.query(sql, { table }, z.object({ path: z.string() }))
  return found?.path ?? ''
}

async function logOf(table: Table): Promise<string> {
  const folder = join(await directoryOf(table), 'deduplication_logs')
  return join(folder, readdirSync(folder).at(-1) ?? '')
}

async function partsOf(table: Table): Promise<string[]> {
  const sql =
    'SELECT name FROM system.parts WHERE active AND database = currentDatabase() AND table = {table:String} ORDER BY name'
  const parts = await counts.query(sql, { table }, z.object({ name: z.string() }))
  return parts.map(({ name }) => name)
}

/** As a kill leaves it behind: the log has the insert, the directory does not have its parts. */
async function loseParts(table: Table, parts: readonly string[]): Promise<void> {
  const directory = await directoryOf(table)
  await counts.close()
  for (const part of parts) rmSync(join(directory, part), { recursive: true })
  counts = await open()
}

it('takes an insert again whose token was written down and whose part was not', async () => {
  const [kept, lost] = [crypto.randomUUID(), crypto.randomUUID()]
  await counts.insert('days', row(), kept)
  await counts.insert('days', row(), lost)
  expect(await partsOf('days')).toEqual(['202610_1_1_1', '202610_2_2_1'])
  await loseParts('days', ['202610_2_2_1'])
  expect(await visits()).toBe(1)

  await counts.insert('days', row(), kept)
  expect(await visits()).toBe(1)
  await counts.insert('days', row(), lost)
  expect(await visits()).toBe(2)
  // And from now on it is one like the others.
  await reopen()
  await counts.insert('days', row(), lost)
  expect(await visits()).toBe(2)
  expect(reports).toEqual([])
})

it('takes only the months again that are missing', async () => {
  const token = crypto.randomUUID()
  const rows = ['2026-08', '2026-09', '2026-10'].map((month) => row({ month })).join('\n')
  await counts.insert('days', rows, token)
  const parts = await partsOf('days')
  expect(parts).toHaveLength(3)
  await loseParts('days', parts.slice(2))
  expect(await visits()).toBe(2)
  await counts.insert('days', rows, token)
  expect(await visits()).toBe(3)
})

it('takes an insert again after a second kill in the same place', async () => {
  const token = crypto.randomUUID()
  for (const _ of [1, 2]) {
    await counts.insert('days', row(), token)
    await loseParts('days', await partsOf('days'))
    expect(await visits()).toBe(0)
  }
  await counts.insert('days', row(), token)
  expect(await visits()).toBe(1)
})

it('knows an insert again whose part was merged, or changed, and was cleaned up', async () => {
  const tokens = [1, 2, 3].map(() => crypto.randomUUID())
  for (const [index, token] of tokens.entries()) await counts.insert('days', row({ site: index }), token)
  await counts.command('OPTIMIZE TABLE days FINAL')
  await counts.command("ALTER TABLE days UPDATE expire_on = '2099-01-01' WHERE site = 1 SETTINGS mutations_sync = 2")
  await deleteRows(counts, 2)
  const active = await partsOf('days')
  expect(active).toHaveLength(1)
  const directory = await directoryOf('days')
  // What ClickHouse does after a while with parts that were replaced.
  const replaced = readdirSync(directory).filter((name) => /^2026/.test(name) && !active.includes(name))
  expect(replaced.length).toBeGreaterThan(3)
  await loseParts('days', replaced)

  for (const [index, token] of tokens.entries()) await counts.insert('days', row({ site: index }), token)
  expect(await visits()).toBe(2)
  expect(await partsOf('days')).toEqual(active)
})

it('does not touch a log in which every insert has its part', async () => {
  for (const month of ['2026-09', '2026-10']) await counts.insert('days', row({ month }), crypto.randomUUID())
  const log = await logOf('days')
  const before = readFileSync(log, 'utf8')
  expect(before.split('\n')).toHaveLength(3)
  await reopen()
  expect(readFileSync(log, 'utf8')).toBe(before)
})

it('keeps the views readable, and the other tables as they are', async () => {
  const token = crypto.randomUUID()
  await counts.insert('days', row(), token)
  await loseParts('days', await partsOf('days'))
  await counts.insert('days', row(), token)
  const sql = 'SELECT sum(visits) AS n FROM readable_days'
  expect(await counts.query(sql, {}, z.object({ n: z.int() }))).toEqual([{ n: 1 }])
  for (const table of ['hours', 'counts'] as const) expect(readFileSync(await logOf(table), 'utf8')).toBe('')
})

it('finds the insert in the files of a log that was just continued in the next', async () => {
  const token = crypto.randomUUID()
  const rows = ['2026-09', '2026-10'].map((month) => row({ month })).join('\n')
  await counts.insert('days', rows, token)
  const [log, parts] = [await logOf('days'), await partsOf('days')]
  const directory = await directoryOf('days')
  await counts.close()
  const [first = '', second = ''] = readFileSync(log, 'utf8').split('\n')
  // Far more lines than are read, of a month that is gone by right.
  const gone = Array.from({ length: 5_000 }, (_, n) => `1\t202501_${n}_${n}_1\t202501_${n}_1\n`)
  writeFileSync(log, `${gone.join('')}${first}\n`)
  const next = log.replace('_1.txt', '_2.txt')
  writeFileSync(next, `${second}\n`)
  for (const part of parts) rmSync(join(directory, part), { recursive: true })
  counts = await open()
  expect(reports).toEqual([])
  const taken = readFileSync(next, 'utf8').split('\n').slice(1, -1)
  expect(taken.slice(-2)).toEqual([first, second].map((line) => line.replace('1', '2')))
  expect(taken.length).toBeLessThan(3_000)

  await counts.insert('days', rows, token)
  expect(await visits()).toBe(2)
})

it.each([
  ['a line of another kind', '3\t202610_9_9_1\t202610_1_2\n', 'a line that Sundial does not understand'],
  ['a part of another kind', '1\tpart-9\t202610_1_2\n', 'a line that Sundial does not understand'],
  ['a line that was cut off', '1\t202610_9_', 'its last line is cut off'],
])('leaves a log alone that has %s, says so, and opens', async (_, damage, why) => {
  const token = crypto.randomUUID()
  await counts.insert('days', row(), token)
  const log = await logOf('days')
  await counts.close()
  appendFileSync(log, damage)
  const before = readFileSync(log, 'utf8')
  counts = await open()
  expect(readFileSync(log, 'utf8')).toBe(before)
  expect(reports).toEqual([expect.stringContaining(why)])
  expect(reports[0]).toContain('of the table days')
  await counts.insert('days', row(), token)
  await counts.insert('days', row(), crypto.randomUUID())
  expect(await visits()).toBe(2)
})
