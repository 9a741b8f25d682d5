// Storage: rows and bytes in ClickHouse of twelve months of counters, beside one row per event, same engine, same run;
// what totals, single dimensions and pairs cost, before and after the anonymization period. A section of bench.ts.
import path from 'node:path'
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import { enforcePeriods } from '../../collector/retention.ts'
import type { Table } from './table.ts'
import { openYear, pagesPerSite } from './year.ts'

interface Size {
  rows: number
  bytes: number
}

interface Parts {
  totals: Size
  singles: Size
  pairs: Size
  /** The product's three tables as they stand. */
  all: Size
}

interface Measured {
  sites: number
  events: number
  baseline: Size
  before: Parts
  after: Parts
  took: string
}

interface StorageOptions {
  events: number
  full: boolean
  work: string
  /** Instead of the usual ones: sites and events of each year. */
  sizes: readonly (readonly [sites: number, events: number])[]
}

export async function storage({ events, full, work, sizes }: StorageOptions): Promise<Table[]> {
  const directory = path.join(work, 'clickhouse')
  const usual = [
    [1, events / 10],
    [1000, events / 10],
    ...(full ? ([[50, events / 50]] as const) : []),
    [50, events / 10],
    [50, events],
  ] as const
  const all: Measured[] = []
  for (const [sites, n] of sizes.length > 0 ? sizes : usual)
    all.push(await measure({ path: directory, sites, events: n }))
  return [comparison(all), parts(all)]
}

async function measure(asked: { path: string; sites: number; events: number }): Promise<Measured> {
  const { counts, events, took } = await openYear(asked)
  try {
    await optimize(counts, ['events', 'hours', 'days', 'counts'])
    const before = await partsOf(counts, true)
    await counts.command('SYSTEM START TTL MERGES')
    await enforcePeriods({ counts })
    await optimize(counts, ['hours', 'days', 'counts'])
    const after = await partsOf(counts, false)
    const baseline = (await sizes(counts)).get('events') ?? NOTHING
    const seconds = `${took.accumulator.toFixed(0)} + ${took.counts.toFixed(0)} + ${took.events.toFixed(0)}`
    return { sites: asked.sites, events, baseline, before, after, took: seconds }
  } finally {
    await counts.close()
  }
}

async function optimize(counts: Counts, tables: readonly string[]): Promise<void> {
  for (const table of tables) await counts.command(`OPTIMIZE TABLE ${table} FINAL`)
}

const NOTHING = { rows: 0, bytes: 0 }
const COPIES = { singles: "dimension2 = ''", pairs: "dimension2 != ''" }

/** Single dimensions and pairs stand in one table, so each is copied out for its size. */
async function partsOf(counts: Counts, keepDays: boolean): Promise<Parts> {
  for (const [copy, condition] of Object.entries(COPIES)) {
    await counts.command(`CREATE TABLE ${copy} AS counts`)
    if (keepDays) await counts.command(`SYSTEM STOP TTL MERGES ${copy}`)
    await counts.command(`INSERT INTO ${copy} SELECT * FROM counts WHERE ${condition}`)
  }
  await optimize(counts, Object.keys(COPIES))
  const by = await sizes(counts)
  for (const copy of Object.keys(COPIES)) await counts.command(`DROP TABLE ${copy} SYNC`)
  const size = (...tables: string[]) => tables.map((table) => by.get(table) ?? NOTHING).reduce(add)
  return {
    totals: size('hours', 'days'),
    singles: size('singles'),
    pairs: size('pairs'),
    all: size('hours', 'days', 'counts'),
  }
}

function add(a: Size, b: Size): Size {
  return { rows: a.rows + b.rows, bytes: a.bytes + b.bytes }
}

const sizeRow = z.object({ table: z.string(), rows: z.int(), bytes: z.int() })

async function sizes(counts: Counts): Promise<Map<string, Size>> {
  const sql = `SELECT
  table,
  sum(rows) AS rows,
  sum(bytes_on_disk) AS bytes
FROM system.parts
WHERE active
  AND database = currentDatabase()
GROUP BY table`
  const rows = await counts.query(sql, {}, sizeRow)
  return new Map(rows.map(({ table, rows, bytes }) => [table, { rows, bytes }]))
}

function comparison(all: readonly Measured[]): Table {
  return {
    title: 'Storage of 12 months, after OPTIMIZE FINAL: counters with all pairs beside one row per event',
    columns: [
      'sites, events',
      'pages a site',
      'baseline bytes/event',
      'before: rows/event',
      'bytes/event',
      'of baseline',
      'periods in force: rows/event',
      'bytes/event',
      'of baseline',
      'MB',
      'baseline MB',
      'load s',
    ],
    rows: all.map(({ sites, events, baseline, before, after, took }) => [
      `${sites}, ${events.toLocaleString('en')}`,
      pagesPerSite(sites),
      baseline.bytes / events,
      before.all.rows / events,
      before.all.bytes / events,
      before.all.bytes / baseline.bytes,
      after.all.rows / events,
      after.all.bytes / events,
      after.all.bytes / baseline.bytes,
      after.all.bytes / 1e6,
      baseline.bytes / 1e6,
      took,
    ]),
    notes: [
      'Aim: at most 0.1 of the baseline at 50 million events on 50 sites. Bytes are bytes_on_disk of active parts, indexes included.',
      '"Before" keeps every day; with the periods in force, months past 62 days after their end are one row per value, and their hours are gone.',
      'Sites follow Zipf’s law: the largest of 50 has 22 % of all. Load: seconds in accumulator + inserts of counts + inserts of events.',
    ],
  }
}

function parts(all: readonly Measured[]): Table {
  const rows = all.flatMap(({ sites, events, before, after }) =>
    (['totals', 'singles', 'pairs', 'all'] as const).map((part) => [
      `${sites}, ${events.toLocaleString('en')}: ${part}`,
      (1e6 * before[part].rows) / events,
      (1e6 * before[part].bytes) / events,
      (1e6 * after[part].rows) / events,
      (1e6 * after[part].bytes) / events,
    ]),
  )
  return {
    title: 'Storage for a million events, by kind of count',
    columns: [
      'sites, events: kind',
      'rows before',
      'bytes before',
      'rows, periods in force',
      'bytes, periods in force',
    ],
    rows,
    notes: [
      'Totals are hours and days; single dimensions and pairs are copied out of one table, so they do not add up exactly.',
    ],
  }
}
