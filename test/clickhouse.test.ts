// The port to ClickHouse, the same cases over each of its three makers: in process, and over HTTP on Node and Workers.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { type Counts, INSERT_ROWS } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { createServerCounts } from '../collector/clickhouse_server.ts'
import { createWebCounts } from '../collector/clickhouse_web.ts'
import { migrate } from '../collector/migrate.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { type ClickHouseServer, startClickHouse } from './clickhouse_http.ts'

const path = mkdtempSync(join(tmpdir(), 'sundial-clickhouse-'))
const CANARY = '(CANARY_VALUE)'
let engine: Counts
let server: ClickHouseServer

beforeAll(async () => {
  engine = await createEmbeddedCounts({ path, database: 'embedded' })
  server = await startClickHouse({ path, passwords: { default: 'right' } })
})

afterAll(async () => {
  await server.close()
  await engine.close()
  rmSync(path, { recursive: true })
})

function row(value: string, { month = '2026-10', n = 5, site = 1 } = {}): string {
  return JSON.stringify({
    site,
    metric: 'pageviews',
    dimension: 'page',
    dimension2: '',
    value,
    value2: '',
    month: `${month}-01`,
    day: `${month}-17`,
    n,
    generalize_on: '2100-01-01',
    expire_on: '2100-01-01',
  })
}

/** Whether a file of the engine contains the text; parts come and go while this reads. */
function holds(name: string, text: string): boolean {
  try {
    return readFileSync(join(path, name)).includes(text)
  } catch {
    return false
  }
}

const sumRow = z.object({ n: z.int() })

async function sum(counts: Counts, value: string): Promise<number> {
  const rows = await counts.query(
    `/* test.sum */
SELECT sum(n) AS n
FROM readable_counts
WHERE value = {value:String}`,
    { value },
    sumRow,
  )
  return rows[0]?.n ?? -1
}

const http = (database: string) => ({ url: server.url, username: 'default', password: 'right', database })
const makers = [
  { database: 'embedded', open: async (): Promise<Counts> => engine },
  { database: 'over_node', open: async () => createServerCounts(http('over_node')) },
  { database: 'over_web', open: async () => createWebCounts(http('over_web')) },
]

describe.each(makers)('counts $database', ({ database, open }) => {
  let counts: Counts
  beforeAll(async () => {
    await migrate({ counts: createServerCounts(http('default')), database })
    counts = await open()
  })

  it('counts rows once, however often they are sent with one token', async () => {
    const rows = [row('/once'), row('/once', { n: 10 })].join('\n')
    const token = crypto.randomUUID()
    for (let i = 0; i < 3; i++) await counts.insert('counts', rows, token)
    expect(await sum(counts, '/once')).toBe(15)
  })

  it('counts equal rows again under another token', async () => {
    await counts.insert('counts', row('/again'), crypto.randomUUID())
    await counts.insert('counts', row('/again'), crypto.randomUUID())
    expect(await sum(counts, '/again')).toBe(10)
  })

  it('counts rows of several months once', async () => {
    const rows = ['2025-12', '2026-01', '2026-02'].map((month) => row('/months', { month })).join('\n')
    const token = crypto.randomUUID()
    for (let i = 0; i < 2; i++) await counts.insert('counts', rows, token)
    expect(await sum(counts, '/months')).toBe(15)
  })

  it('counts the rest when a retry follows an insert that had written only one of its months', async () => {
    const token = crypto.randomUUID()
    await counts.insert('counts', row('/partial', { month: '2026-02' }), token)
    expect(await sum(counts, '/partial')).toBe(5)
    const rows = ['2025-12', '2026-01', '2026-02'].map((month) => row('/partial', { month })).join('\n')
    await counts.insert('counts', rows, token)
    await counts.insert('counts', rows, token)
    expect(await sum(counts, '/partial')).toBe(15)
  })

  it('takes as many rows as an insert may have as one block, once', async () => {
    const months = ['2026-01', '2026-02', '2026-03']
    const rows = Array.from({ length: INSERT_ROWS }, (_, i) => row('/many', { site: i, month: months[i % 3] ?? '' }))
    const token = crypto.randomUUID()
    await counts.insert('counts', rows.join('\n'), token)
    await counts.insert('counts', rows.join('\n'), token)
    expect(await sum(counts, '/many')).toBe(5 * INSERT_ROWS)
    await expect(counts.insert('counts', [...rows, row('/many')].join('\n'), crypto.randomUUID())).rejects.toThrow(
      'more than 50000 rows',
    )
  })

  it('counts everything of inserts and reports that run at the same time', async () => {
    const inserts = Array.from({ length: 10 }, () => counts.insert('counts', row('/together'), crypto.randomUUID()))
    const reports = Array.from({ length: 10 }, (_, i) => sum(counts, `/none-${i}`))
    expect(await Promise.all(reports)).toEqual(Array.from({ length: 10 }, () => 0))
    await Promise.all(inserts)
    expect(await sum(counts, '/together')).toBe(50)
  })

  it('writes hours and days as well', async () => {
    const shared = { site: 1, month: '2026-10-01', day: '2026-10-17', expire_on: '2100-01-01' }
    const hour = { ...shared, hour: 23, visits: 3, generalize_on: '2100-01-01' }
    await counts.insert('hours', JSON.stringify(hour), crypto.randomUUID())
    const day = { ...shared, visits: 3, pageviews: 4, engaged: 1, events: 2 }
    await counts.insert('days', JSON.stringify(day), crypto.randomUUID())
    const sql = 'SELECT hour, visits FROM readable_hours'
    expect(await counts.query(sql, {}, z.object({ hour: z.int(), visits: z.int() }))).toEqual([{ hour: 23, visits: 3 }])
    const totals = await counts.query('SELECT * FROM readable_days', {}, z.looseObject({ pageviews: z.int() }))
    expect(totals).toEqual([
      { site: 1, month: '2026-10-01', day: '2026-10-17', visits: 3, pageviews: 4, engaged: 1, events: 2 },
    ])
  })

  it.each([
    "'; DROP TABLE counts; --",
    "\\' OR 1=1 --",
    "' OR ''='",
    '{value:String}',
    'tab\tnew\nline\\n \\N \\0',
    '日本語 🌞 "quoted" `ticked`',
    "['a','b']x",
  ])('takes a parameter for what it is: %j', async (value) => {
    await counts.insert('counts', row(value), crypto.randomUUID())
    expect(await sum(counts, value)).toBe(5)
    expect(await sum(counts, `${value}?`)).toBe(0)
  })

  it('binds arrays, dates and numbers', async () => {
    const sql = 'SELECT {values:Array(String)} AS a, {day:Date} AS d, {n:UInt64} AS n'
    const bound = { values: ["it's", 'b,c', 'back\\slash'], day: '2026-10-17', n: 7 }
    const schema = z.object({ a: z.array(z.string()), d: z.iso.date(), n: z.int() })
    expect(await counts.query(sql, bound, schema)).toEqual([{ a: bound.values, d: '2026-10-17', n: 7 }])
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('makes no other number of %d', async (n) => {
    await expect(counts.query('SELECT {n:UInt32} AS n', { n }, sumRow)).rejects.toThrow('ClickHouse')
  })

  it('reads large counts as numbers', async () => {
    await counts.insert('counts', row('/large', { n: 9_000_000_000_000_000 }), crypto.randomUUID())
    expect(await sum(counts, '/large')).toBe(9_000_000_000_000_000)
  })

  it('bounds the time and memory of a report', async () => {
    const bounds = `SELECT toUInt64(getSetting('max_execution_time')) AS seconds`
    expect(await counts.query(bounds, {}, z.object({ seconds: z.int() }))).toEqual([{ seconds: 10 }])
    const greedy = counts.query('SELECT length(groupArray(number)) AS n FROM numbers(200000000)', {}, sumRow)
    await expect(greedy).rejects.toMatchObject({ code: 241, type: 'MEMORY_LIMIT_EXCEEDED' })
  })

  it('adds them to what a statement sets for itself', async () => {
    const sql = `SELECT toUInt64(getSetting('max_threads')) AS n, toUInt64(getSetting('max_execution_time')) AS seconds
SETTINGS max_threads = 1`
    const settings = z.object({ n: z.int(), seconds: z.int() })
    expect(await counts.query(sql, {}, settings)).toEqual([{ n: 1, seconds: 10 }])
  })

  it('says which kind of statement failed, and quotes no value', async () => {
    const printed = ['log', 'info', 'warn', 'error', 'debug'] as const
    const consoles = printed.map((method) => vi.spyOn(console, method).mockImplementation(() => {}))
    // The embedded engine is given values as literals, and finds one of the wrong type when it converts it.
    const badValue = database === 'embedded' ? 6 : 457
    const failures = [
      [117, () => counts.insert('counts', JSON.stringify({ [CANARY]: CANARY }), crypto.randomUUID())],
      [27, () => counts.insert('counts', `${CANARY} is not JSON`, crypto.randomUUID())],
      [469, () => counts.insert('counts', row(CANARY, { n: 6 }), crypto.randomUUID())],
      [60, () => counts.query(`SELECT 1 AS n FROM missing WHERE '${CANARY}' = ''`, {}, sumRow)],
      [47, () => counts.query(`SELECT missing AS n, '${CANARY}' FROM readable_counts`, {}, sumRow)],
      [badValue, () => counts.query('SELECT {n:UInt64} AS n', { n: CANARY }, sumRow)],
      [6, () => counts.query('SELECT toUInt64({n:String}) AS n', { n: CANARY }, sumRow)],
      [0, () => counts.query('SELECT {n:String} AS n', { n: CANARY }, sumRow)],
    ] as const
    for (const [code, fail] of failures) {
      const error: unknown = await fail().then(
        () => 'no error',
        (reason: unknown) => reason,
      )
      expect(error).toMatchObject({ name: 'ClickHouseError', code })
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY')
    }
    expect(readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => holds(name, 'CANARY'))).toEqual([])
    for (const spy of consoles) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })

  it('refuses a row without its dates and a count that is not in fives', async () => {
    const { expire_on, ...endless } = JSON.parse(row('/endless'))
    expect(expire_on).toBeDefined()
    const undated = counts.insert('counts', JSON.stringify(endless), crypto.randomUUID())
    await expect(undated).rejects.toMatchObject({ type: 'VIOLATED_CONSTRAINT' })
    const four = counts.insert('counts', row('/four', { n: 4 }), crypto.randomUUID())
    await expect(four).rejects.toMatchObject({ type: 'VIOLATED_CONSTRAINT' })
    expect(await sum(counts, '/four')).toBe(0)
  })

  it('refuses a token that is no UUID', async () => {
    await expect(counts.insert('counts', row('/token'), "x', y = '")).rejects.toThrow('must be a UUID')
  })

  it('says that it is there', async () => {
    expect(await counts.ping()).toBe(true)
  })
})

describe.each([
  { database: 'over_node', create: createServerCounts },
  { database: 'over_web', create: createWebCounts },
])('a connection that fails, $database', ({ database, create }) => {
  it('rejects a refused insert, which can be sent again', async () => {
    const counts = create(http(database))
    const token = crypto.randomUUID()
    server.fail('before', 2)
    for (let i = 0; i < 2; i++) {
      const refused = counts.insert('counts', row('/refused'), token)
      await expect(refused).rejects.toMatchObject({ type: 'TOO_MANY_SIMULTANEOUS_QUERIES' })
    }
    expect(await sum(counts, '/refused')).toBe(0)
    await counts.insert('counts', row('/refused'), token)
    expect(await sum(counts, '/refused')).toBe(5)
  })

  it('counts once what was written although its answer was lost', async () => {
    const counts = create(http(database))
    const token = crypto.randomUUID()
    server.fail('after', 1)
    await expect(counts.insert('counts', row('/lost'), token)).rejects.toMatchObject({ code: 0 })
    expect(await sum(counts, '/lost')).toBe(5)
    await counts.insert('counts', row('/lost'), token)
    expect(await sum(counts, '/lost')).toBe(5)
  })

  it('rejects while the server is down and works when it is up again', async () => {
    const counts = create(http(database))
    server.down()
    expect(await counts.ping()).toBe(false)
    await expect(counts.insert('counts', row('/down'), crypto.randomUUID())).rejects.toMatchObject({ code: 0 })
    server.up()
    expect(await counts.ping()).toBe(true)
    await counts.insert('counts', row('/up'), crypto.randomUUID())
    expect(await sum(counts, '/up')).toBe(5)
  })

  it('says that a password is wrong', async () => {
    const counts = create({ ...http(database), password: 'wrong' })
    await expect(sum(counts, '/')).rejects.toMatchObject({ type: 'AUTHENTICATION_FAILED' })
  })
})

describe('users over HTTP', () => {
  it('have the rights of the list', async () => {
    const passwords = { sundial_collector: 'c', sundial_dashboard: 'd', sundial_retention: 'r' }
    const guarded = await startClickHouse({ path, passwords })
    const as = (username: string, password: string) =>
      createServerCounts({ url: guarded.url, username, password, database: 'over_node' })
    const collector = as('sundial_collector', 'c')
    const dashboard = as('sundial_dashboard', 'd')

    await collector.insert('counts', row('/granted'), crypto.randomUUID())
    await expect(sum(collector, '/granted')).rejects.toMatchObject({ type: 'ACCESS_DENIED' })
    expect(await sum(dashboard, '/granted')).toBe(5)
    const insert = dashboard.insert('counts', row('/granted'), crypto.randomUUID())
    await expect(insert).rejects.toMatchObject({ type: 'ACCESS_DENIED' })
    expect(await enforcePeriods({ counts: as('sundial_retention', 'r') })).toEqual([])
    await guarded.close()
  })
})

describe('the embedded engine', () => {
  it('takes the largest number of a type, and makes no other of the next', async () => {
    const read = (n: number) => engine.query('SELECT {n:UInt32} AS n', { n }, sumRow)
    expect(await read(2 ** 32 - 1)).toEqual([{ n: 4_294_967_295 }])
    await expect(read(2 ** 32)).rejects.toThrow('ClickHouse')
  })

  it('refuses a second process in its directory, and says why', () => {
    const module = join(import.meta.dirname, '../collector/clickhouse_embedded.ts')
    const program = `const { createEmbeddedCounts } = await import(${JSON.stringify(module)})
await createEmbeddedCounts({ path: ${JSON.stringify(path)}, database: 'embedded' }).catch((error) => console.log(error.message))`
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
    expect(output).toContain('is another Sundial running there?')
  })

  it('remembers tokens when it is opened again', async () => {
    const token = crypto.randomUUID()
    const rows = ['2026-08', '2026-09'].map((month) => row('/reopened', { month })).join('\n')
    await engine.insert('counts', rows, token)
    await server.close()
    await engine.close()
    engine = await createEmbeddedCounts({ path, database: 'embedded' })
    server = await startClickHouse({ path })
    await engine.insert('counts', rows, token)
    expect(await sum(engine, '/reopened')).toBe(10)
  })

  it('holds to its memory limits, and has few threads in the background', async () => {
    const sql = `SELECT name, toUInt64(value) AS value
FROM system.server_settings
WHERE name = 'max_server_memory_usage'
  OR match(name, '^(mark|primary_index|index_mark|query_condition|compiled_expression)_cache_size$')
  OR match(name, '^background_(|common_|fetches_|move_|schedule_)pool_size$')
ORDER BY name`
    const settings = await engine.query(sql, {}, z.object({ name: z.string(), value: z.int() }))
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toEqual({
      background_common_pool_size: 1,
      background_fetches_pool_size: 1,
      background_move_pool_size: 1,
      background_pool_size: 2,
      background_schedule_pool_size: 2,
      compiled_expression_cache_size: 16_000_000,
      index_mark_cache_size: 8_000_000,
      mark_cache_size: 64_000_000,
      max_server_memory_usage: 1_000_000_000,
      primary_index_cache_size: 16_000_000,
      query_condition_cache_size: 8_000_000,
    })
  })

  it('does not let reports wait for an insert', async () => {
    const finished: string[] = []
    const slow = engine
      .command('SELECT max(sipHash64(number)) FROM numbers(30000000)')
      .then(() => finished.push('slow'))
    await sum(engine, '/').then(() => finished.push('report'))
    await slow
    expect(finished).toEqual(['report', 'slow'])
  })

  it('runs statements with values side by side', async () => {
    const finished: string[] = []
    const ask = (sql: string, params: Record<string, unknown>) => engine.query(sql, params, z.unknown())
    const slow = ask('SELECT max(sipHash64(number)) FROM numbers({rows:UInt32})', { rows: 30_000_000 })
    const quick = ask('SELECT max(sipHash64(number)) FROM numbers({rows:UInt32})', { rows: 1 })
    await Promise.all([slow.then(() => finished.push('slow')), quick.then(() => finished.push('quick'))])
    expect(finished).toEqual(['quick', 'slow'])
  })

  it('takes every text for a value, whatever stands in it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...`'\\"\`\n\t\0{}:[],;-#/*aA`) }),
    )
    const answer = z.object({ one: z.string(), many: z.array(z.string()) })
    await fc.assert(
      fc.asyncProperty(text, fc.array(text, { maxLength: 4 }), async (one, many) => {
        const sql = 'SELECT {one:String} AS one, {many:Array(String)} AS many'
        expect(await engine.query(sql, { one, many }, answer)).toEqual([{ one, many }])
      }),
      { numRuns: 300 },
    )
  })

  it('asks nothing where a value is missing', async () => {
    await expect(engine.query('SELECT {one:String}', {}, z.unknown())).rejects.toMatchObject({ code: 456 })
  })
})
