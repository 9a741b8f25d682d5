// The data contract against the live schema and against itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import {
  COUNTERS,
  DIMENSIONS,
  INTERVALS,
  K,
  METRICS,
  PAIRS,
  PERIODS,
  PROFILES,
  TABLES,
  TOTALS,
} from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'

describe('the live schema', () => {
  const path = mkdtempSync(join(tmpdir(), 'sundial-contract-'))
  let counts: Counts

  beforeAll(async () => {
    counts = await createEmbeddedCounts({ path, database: 'sundial' })
    await migrate({ counts, database: 'sundial' })
  })

  afterAll(async () => {
    await counts.close()
    rmSync(path, { recursive: true })
  })

  it('has the columns of the contract, and no other', async () => {
    const rows = await counts.query(
      `/* test.columns */
SELECT
  table,
  name,
  type
FROM system.columns
WHERE database = 'sundial' AND table NOT LIKE 'readable_%' AND table != 'migrations'
ORDER BY table, position`,
      {},
      z.object({ table: z.string(), name: z.string(), type: z.string() }),
    )
    const live = Object.groupBy(rows, ({ table }) => table)
    const declared = Object.entries(TABLES).map(([table, { columns }]) => [
      table,
      Object.entries(columns).map(([name, type]) => ({ table, name, type })),
    ])
    expect(live).toEqual(Object.fromEntries(declared))
  })

  it('has a view for each table and two for the gauge, and nothing else', async () => {
    const sql = "SELECT name FROM system.tables WHERE database = 'sundial' ORDER BY name"
    const rows = await counts.query(sql, {}, z.object({ name: z.string() }))
    const names = Object.keys(TABLES).flatMap((table) => [table, `readable_${table}`])
    expect(rows.map(({ name }) => name)).toEqual([...names, 'readable_kept', 'readable_parts', 'migrations'].sort())
  })

  it('keeps the totals that the contract names', () => {
    for (const metric of TOTALS.days) expect(TABLES.days.columns).toHaveProperty(metric, 'UInt64')
    for (const metric of TOTALS.hours) expect(TABLES.hours.columns).toHaveProperty(metric, 'UInt64')
  })
})

describe('the contract', () => {
  it('counts in fives, whichever k a site chooses', () => {
    for (const k of K.choices) expect(k % 5).toBe(0)
    for (const { minimumK } of Object.values(PROFILES)) expect(K.choices).toContain(minimumK)
  })

  it('has one counter for each metric of a dimension and for each pair', () => {
    const single = Object.values(DIMENSIONS).reduce((sum, { metrics }) => sum + metrics.length, 0)
    expect(COUNTERS).toHaveLength(single + PAIRS.length)
    expect(new Set(COUNTERS.map(({ name }) => name)).size).toBe(COUNTERS.length)
    for (const { metric } of COUNTERS) expect(METRICS).toContain(metric)
  })

  it('pairs two different dimensions only, each in one order', () => {
    const keys = PAIRS.map(({ metric, dimensions }) => `${metric} ${[...dimensions].sort().join(' ')}`)
    expect(new Set(keys).size).toBe(PAIRS.length)
    for (const { dimensions } of PAIRS) expect(dimensions[0]).not.toBe(dimensions[1])
  })

  it('keeps a row readable for longer than it keeps its day', () => {
    const { anonymization, retention } = PERIODS
    expect(retention.default).toBeGreaterThan(anonymization.default + retention.exceedsAnonymizationBy)
    expect(retention.max).toBeGreaterThan(anonymization.max + retention.exceedsAnonymizationBy)
  })

  it('has intervals that grow', () => {
    const seconds = INTERVALS.map((interval) => interval.seconds)
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
  })
})
