// Migrations and what the views show of rows that have reached their dates, on the real engine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { migrate, readMigrations } from '../collector/migrate.ts'

const path = mkdtempSync(join(tmpdir(), 'sundial-schema-'))
let counts: Counts

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path, database: 'sundial' })
})

afterAll(async () => {
  await counts.close()
  rmSync(path, { recursive: true })
})

describe('migrations', () => {
  it('apply once', async () => {
    expect(await migrate({ counts, database: 'sundial' })).toContain('0001_counts')
    expect(await migrate({ counts, database: 'sundial' })).toEqual([])
  })

  it('can run a second time, as after a start that was cut short', async () => {
    const row = { site: 9, month: '2026-10-01', day: '2026-10-17', visits: 3, expire_on: '2100-01-01' }
    await counts.insert('days', JSON.stringify(row), crypto.randomUUID())
    for (const { statements } of await readMigrations({ database: 'sundial' })) {
      for (const statement of statements) await counts.command(statement)
    }
    const sql = 'SELECT visits FROM readable_days WHERE site = 9'
    expect(await counts.query(sql, {}, z.object({ visits: z.int() }))).toEqual([{ visits: 3 }])
  })

  it('go into the database that is asked for', async () => {
    expect(await migrate({ counts, database: 'elsewhere' })).toContain('0001_counts')
    const sql = "SELECT count() AS n FROM system.tables WHERE database = 'elsewhere' AND name = 'readable_counts'"
    expect(await counts.query(sql, {}, z.object({ n: z.int() }))).toEqual([{ n: 1 }])
    await expect(migrate({ counts, database: 'x; DROP DATABASE sundial' })).rejects.toThrow('letters, digits')
  })

  it('make replicated tables on every server of a cluster (the text only)', async () => {
    const all = async (target: { cluster?: string }) =>
      (await readMigrations({ database: 'sundial', ...target })).flatMap(({ statements }) => statements)
    const plain = await all({})
    const statements = await all({ cluster: 'main' })
    expect(statements.length).toBeGreaterThan(9)
    for (const statement of statements) {
      expect(statement).toMatch(
        /^(CREATE (TABLE IF NOT EXISTS|OR REPLACE VIEW)|ALTER TABLE) `sundial`\.\w+ ON CLUSTER 'main'\n/,
      )
    }
    const tables = statements.filter((statement) => statement.startsWith('CREATE TABLE'))
    expect(tables.map((table) => /ENGINE = (\w+)/.exec(table)?.[1])).toEqual(
      Array.from({ length: 3 }, () => 'ReplicatedSummingMergeTree'),
    )
    const back = statements.map((sql) => sql.replace(" ON CLUSTER 'main'", '').replace('Replicated', ''))
    expect(back).toEqual(plain)
    await expect(readMigrations({ database: 'sundial', cluster: "x' SYNC" })).rejects.toThrow('a cluster name')
  })
})

describe('tables', () => {
  it('remember insert tokens for days and are on the disk when an insert is acknowledged', async () => {
    const sql = "SELECT name, engine_full FROM system.tables WHERE database = 'sundial' AND engine = 'SummingMergeTree'"
    const tables = await counts.query(sql, {}, z.object({ name: z.string(), engine_full: z.string() }))
    expect(tables.map(({ name }) => name).sort()).toEqual(['counts', 'days', 'hours'])
    for (const { engine_full } of tables) {
      expect(engine_full).toContain('non_replicated_deduplication_window = 100000')
      expect(engine_full).toContain('replicated_deduplication_window_seconds = 604800')
      expect(engine_full).toContain('fsync_after_insert = 1, fsync_part_directory = 1')
      expect(engine_full).toContain('merge_with_ttl_timeout = 14400')
      expect(engine_full).toContain('PARTITION BY toYYYYMM(month)')
    }
  })

  it('sum rows of one key and keep the earlier of their dates', async () => {
    const row = { site: 8, month: '2026-10-01', day: '2026-10-17', visits: 2 }
    for (const expire_on of ['2099-01-01', '2098-01-01', '2099-06-01']) {
      await counts.insert('days', JSON.stringify({ ...row, expire_on }), crypto.randomUUID())
    }
    await counts.command('OPTIMIZE TABLE days FINAL')
    const sql = 'SELECT visits, expire_on FROM days WHERE site = 8'
    const schema = z.object({ visits: z.int(), expire_on: z.iso.date() })
    expect(await counts.query(sql, {}, schema)).toEqual([{ visits: 6, expire_on: '2098-01-01' }])
  })
})

describe('views', () => {
  const columns = {
    readable_hours: ['site', 'month', 'day', 'hour', 'visits'],
    readable_days: ['site', 'month', 'day', 'visits', 'pageviews', 'engaged', 'events'],
    readable_counts: [
      ...['site', 'metric', 'dimension', 'dimension2', 'value', 'value2'],
      ...['month', 'day', 'generalized', 'n'],
    ],
  }

  it.each(Object.entries(columns))('%s has these columns', async (view, expected) => {
    const sql = `SELECT name FROM system.columns WHERE database = 'sundial' AND table = {view:String} ORDER BY position`
    const rows = await counts.query(sql, { view }, z.object({ name: z.string() }))
    expect(rows.map(({ name }) => name)).toEqual(expected)
  })
})
