// /health and /metrics: what they say when something is wrong, and what they keep to themselves.

import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Check, createHealth } from '../collector/health.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { startClickHouse } from './clickhouse_http.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

const answerSchema = z.strictObject({
  live: z.boolean(),
  ready: z.boolean(),
  problems: z.array(z.strictObject({ part: z.string(), reason: z.string(), since: z.iso.datetime() })),
})

describe('the answer', () => {
  let clock = Date.UTC(2026, 10, 22)

  function health(...checks: Check[]) {
    const app = createHealth({ checks, now: () => clock })
    return async (at = '/health') => {
      const answer = await app.request(at)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      return { status: answer.status, ...answerSchema.parse(await answer.json()) }
    }
  }

  test.each([
    ['live', { live: false, ready: false }, 503, 503],
    ['ready', { live: true, ready: false }, 503, 200],
    ['named', { live: true, ready: true }, 200, 200],
  ] as const)(
    'a part that is needed to be %s and fails says why, since when, and by its status',
    async (needed, says, ready, live) => {
      const ask = health({ part: 'disk', for: needed, ask: () => 'it is full' })
      const problems = [{ part: 'disk', reason: 'it is full', since: '2026-11-22T00:00:00.000Z' }]
      expect(await ask()).toEqual({ status: ready, ...says, problems })
      expect((await ask('/health/live')).status).toBe(live)
    },
  )

  test('keeps the moment at which a trouble was first seen, and forgets it when the trouble is over', async () => {
    let reason: string | undefined = 'it is full'
    const ask = health({ part: 'disk', for: 'ready', ask: () => reason })
    const { problems } = await ask()
    clock += 60_000
    expect((await ask()).problems).toEqual(problems)
    reason = undefined
    clock += 60_000
    expect(await ask()).toMatchObject({ status: 200, problems: [] })
  })

  test('asks each part once in 5 seconds, however often somebody asks for it', async () => {
    let asked = 0
    const ask = health({
      part: 'clickhouse',
      for: 'named',
      async ask() {
        asked++
        return undefined
      },
    })
    for (let n = 0; n < 10; n++) await ask()
    expect(asked).toBe(1)
    clock += 5_000
    await Promise.all(Array.from({ length: 10 }, () => ask()))
    expect(asked).toBe(2)
  })

  test('does not wait for a part that hangs, and quotes no error', async () => {
    const ask = health(
      { part: 'hangs', for: 'named', ask: () => new Promise(() => {}) },
      { part: 'throws', for: 'named', ask: () => Promise.reject(new Error('someone@example.org')) },
    )
    expect((await ask()).problems.map(({ reason }) => reason)).toEqual([
      'it does not answer in time',
      'it cannot be asked',
    ])
  })
})

describe('a server', () => {
  let data: DataDir
  let server: RunningServer
  beforeEach(() => {
    data = makeDataDir()
  })
  afterEach(async () => {
    await server.stop()
    data.remove()
  })

  async function health() {
    const answer = await fetch(`${server.address}/health`)
    return { status: answer.status, ...answerSchema.parse(await answer.json()) }
  }

  /** Samples by name and labels; fails on what is not the text format. */
  async function metrics(): Promise<Record<string, number>> {
    const answer = await fetch(`${server.address}/metrics`)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const lines = (await answer.text()).trimEnd().split('\n')
    return Object.fromEntries(
      lines.flatMap((line) => {
        if (/^# (HELP|TYPE) [a-z_]+ \S/.test(line)) return []
        const [, sample = line, value] = /^([a-z_]+(?:\{(?:[a-z]+="[^"]*",?)+\})?) ([0-9.e+-]+)$/.exec(line) ?? []
        return [[sample, Number(value)]]
      }),
    )
  }

  function statusUnder(headers: Record<string, string>, address = server.address): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const asked = request(`${address}/metrics`, { headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asked.on('error', reject).end()
    })
  }

  test('is live and ready, and says nothing else, whether visits came or not', async () => {
    server = await data.start()
    const before = await health()
    expect(before).toEqual({ status: 200, live: true, ready: true, problems: [] })
    await post(server.address)
    expect(await health()).toEqual(before)
  })

  test('whose accumulator cannot be written is live but not ready, until it can', async () => {
    server = await data.start()
    const other = new DatabaseSync(filesIn(data.path).accumulator)
    other.exec('BEGIN IMMEDIATE')
    expect(await health()).toMatchObject({
      status: 503,
      live: true,
      ready: false,
      problems: [{ part: 'accumulator', reason: expect.stringMatching(/^its file cannot be written/) }],
    })
    expect((await fetch(`${server.address}/health/live`)).status).toBe(200)
    other.exec('ROLLBACK')
    other.close()
    await until(health, ({ status }) => status === 200)
  })

  test('whose ClickHouse is away stays ready, names it, and counts the errors by code', async () => {
    const clickhouse = await startClickHouse({ path: path.join(data.path, 'server') })
    server = await data.start({ CLICKHOUSE_URL: clickhouse.url })
    clickhouse.down()
    await post(server.address)
    const said = await until(health, ({ problems }) => problems.length > 0)
    expect(said).toMatchObject({ status: 200, ready: true, problems: [{ part: 'clickhouse' }] })
    const errors = await until(metrics, (samples) =>
      Object.keys(samples).some((name) => name.includes('clickhouse_errors')),
    )
    expect(Object.keys(errors).join()).toMatch(/sundial_clickhouse_errors_total\{code="0",type="[A-Z]+"\}/)
    clickhouse.up()
    await clickhouse.close()
  })

  test('counts requests by outcome and tells its sizes, naming no site and no page', async () => {
    server = await data.start()
    await post(server.address, { u: 'http://localhost/planted-page' })
    await post(server.address, { d: 'unknown.example' })
    const samples = await metrics()
    expect(samples).toMatchObject({
      'sundial_requests_total{outcome="counted"}': 1,
      'sundial_requests_total{outcome="dropped: unknown_site"}': 1,
      'sundial_requests_total{outcome="unavailable"}': 0,
      sundial_accumulator_sites: 1,
      sundial_queued_events: 0,
    })
    expect(samples.sundial_pending_counts).toBeGreaterThan(0)
    expect(samples.process_resident_memory_bytes).toBeGreaterThan(10_000_000)
    const text = Object.keys(samples).join('\n')
    for (const secret of ['localhost', 'planted', 'unknown.example']) expect(text).not.toContain(secret)
  })

  test.each([
    ['without a trusted proxy', {}],
    ['behind a trusted proxy', { TRUST_PROXY: 'loopback' }],
  ])(
    'shows its metrics to this machine only: not under a foreign name, not through a proxy (%s)',
    async (_, settings) => {
      server = await data.start(settings)
      expect(await statusUnder({})).toBe(200)
      expect(await statusUnder({ host: 'stats.example.com' })).toBe(403)
      for (const header of [
        ...['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via', 'X-Forwarded-Host', 'X-Forwarded-Proto'],
        'CF-Connecting-IP',
      ]) {
        expect(await statusUnder({ [header]: '192.0.2.1' }), header).toBe(403)
      }
    },
  )

  // From another machine anybody can write a loopback name into a request.
  const [outside] = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ family, internal }) => family === 'IPv4' && !internal),
  )
  test.runIf(outside)('shows its metrics over loopback only, whatever name is asked for', async () => {
    server = await data.start({ HOST: '0.0.0.0' })
    const { port } = new URL(server.address)
    expect(await statusUnder({ host: 'localhost' }, `http://127.0.0.1:${port}`)).toBe(200)
    expect(await statusUnder({ host: 'localhost' }, `http://${outside?.address}:${port}`)).toBe(403)
  })
})
