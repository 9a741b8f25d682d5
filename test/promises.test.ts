// The promises, kept by the real product as a process: what a request brought is nowhere afterwards, numbers come in
// fives, and what was acknowledged survives kill -9.

import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

let data: DataDir
beforeEach(() => {
  data = makeDataDir()
})
afterEach(() => data.remove())

const api = z.object({ results: z.record(z.string(), z.object({ value: z.number().nullable() })) })

async function total(server: RunningServer, metric: string, site = 'localhost'): Promise<number> {
  const answer = await fetch(`${server.address}/api/v1/stats/aggregate?site_id=${site}&period=day&metrics=${metric}`)
  return api.parse(await answer.json()).results[metric]?.value ?? 0
}

const breakdown = z.object({ results: z.array(z.looseObject({ page: z.string(), pageviews: z.number() })) })

async function pages(server: RunningServer): Promise<Record<string, number>> {
  const query = 'site_id=localhost&period=day&property=event:page&metrics=pageviews'
  const answer = await fetch(`${server.address}/api/v1/stats/breakdown?${query}`)
  const { results } = breakdown.parse(await answer.json())
  return Object.fromEntries(results.map(({ page, pageviews }) => [page, pageviews]))
}

describe('four, five, nine, ten', () => {
  test('four visits are a total and no name anywhere; the fifth names the page with 5, the tenth makes it 10', async () => {
    const server = await data.start({ TRUST_PROXY: 'loopback' })
    const visit = () =>
      post(
        server.address,
        { u: 'http://localhost/planted-page', r: 'https://planted-source.example/some/path' },
        { 'x-forwarded-for': '192.0.2.1', 'cf-ipcountry': 'FR' },
      )
    const others = async () => {
      // A release waits for five visits after it; each of these is a page of its own.
      for (let n = 0; n < 5; n++) await post(server.address, { u: `http://localhost/filler/${crypto.randomUUID()}` })
    }
    const named = (name: string) =>
      data
        .files()
        .filter(({ bytes }) => bytes.includes(name))
        .map(({ name }) => name)
    const panels = async () => (await fetch(`${server.address}/?period=today`)).text()

    for (let n = 0; n < 4; n++) expect((await visit()).headers.get('sundial-outcome')).toBe('counted')
    await until(
      () => total(server, 'visits'),
      (visits) => visits === 4,
    )
    expect(named('planted-page')).toEqual([])
    expect(named('planted-source')).toEqual([])
    expect(await panels()).not.toContain('planted-page')

    await visit()
    await others()
    expect(
      await until(
        () => pages(server),
        (found) => '/planted-page' in found,
      ),
    ).toMatchObject({ '/planted-page': 5 })
    expect(await panels()).toContain('planted-page')

    for (let n = 0; n < 4; n++) await visit()
    await others()
    await until(
      () => total(server, 'visits'),
      (visits) => visits === 19,
    )
    expect((await pages(server))['/planted-page']).toBe(5)

    await visit()
    await others()
    expect(
      await until(
        () => pages(server),
        (found) => found['/planted-page'] !== 5,
      ),
    ).toMatchObject({ '/planted-page': 10 })
    expect(await server.stop()).toBe(0)
  })
})

describe('canaries', () => {
  const CANARIES = {
    address: '203.0.113.77',
    agent: 'Mozilla/5.0 (X11; CanaryOS 7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
    email: 'canary.person@example.org',
    token: 'eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWNhbmFyeQ',
    fragment: 'canary-fragment',
    parameter: 'canary-parameter',
    referrerPath: 'canary-referrer-path',
    language: 'xx-canary',
    property: 'canary-property',
  }

  /** A canary as itself, and as what a careless hand would make of it. */
  function disguises(canary: string): Buffer[] {
    const digests = ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(canary).digest())
    return [
      Buffer.from(canary),
      Buffer.from(encodeURIComponent(canary)),
      Buffer.from(Buffer.from(canary).toString('base64').replace(/=+$/, '')),
      ...digests.flatMap((digest) => [
        digest,
        Buffer.from(digest.toString('hex')),
        Buffer.from(digest.toString('base64').slice(0, 20)),
      ]),
    ]
  }

  async function send(server: RunningServer, times: number): Promise<void> {
    const { address, agent, email, token, fragment, parameter, referrerPath, language, property } = CANARIES
    const query = `?q=${parameter}&email=${encodeURIComponent(email)}&token=${token}`
    for (let n = 0; n < times; n++) {
      const event = {
        u: `http://localhost/account/${email}/${token}${query}#${fragment}`,
        r: `https://news.example/${referrerPath}/${email}?${parameter}`,
      }
      const headers = { 'x-forwarded-for': address, 'user-agent': agent, 'accept-language': language }
      expect((await post(server.address, event, headers)).status).toBe(202)
      await post(server.address, { ...event, n: 'signup', p: { undeclared: property, plan: email } }, headers)
      // What is refused must leave no trace either.
      await post(server.address, { ...event, u: `not a url ${email} ${token}` }, headers)
      await post(server.address, { ...event, d: `${parameter}.example` }, headers)
    }
  }

  function traces(data: DataDir, server: RunningServer): string[] {
    const places = [...data.files(), { name: 'the log', bytes: Buffer.from(server.log()) }]
    return Object.entries(CANARIES).flatMap(([what, canary]) =>
      disguises(canary).flatMap((disguise) =>
        places.filter(({ bytes }) => bytes.includes(disguise)).map(({ name }) => `${what} in ${name}`),
      ),
    )
  }

  test.each([
    ['straight', {}],
    ['behind a trusted proxy', { TRUST_PROXY: 'loopback' }],
  ])(
    'address, agent, e-mail, token, fragment and referrer path are nowhere after flush and kill -9 (%s)',
    async (_, settings) => {
      const server = await data.start(settings)
      // Often enough that every text which may be named is named.
      await send(server, 25)
      await until(
        () => total(server, 'visits'),
        (visits) => visits === 25,
      )
      await until(
        () => pages(server),
        (found) => Object.keys(found).length > 0,
      )
      expect(traces(data, server)).toEqual([])
      await send(server, 2)
      await server.kill()
      expect(traces(data, server)).toEqual([])
      // The search finds what is there: the page that the canaries became.
      expect(data.files().filter(({ bytes }) => bytes.includes('/account/')).length).toBeGreaterThan(0)
      await checkTables()
    },
  )

  /** No row of any table, system tables included. */
  async function checkTables(): Promise<void> {
    const counts = await createEmbeddedCounts({ path: filesIn(data.path).counts, database: 'sundial' })
    try {
      const tables = await counts.query(
        "SELECT database, name FROM system.tables WHERE database IN ('sundial', 'system') AND engine LIKE '%MergeTree' OR name IN ('processes', 'query_log', 'text_log', 'settings')",
        {},
        z.object({ database: z.string(), name: z.string() }),
      )
      for (const { database, name } of tables) {
        const rows = await counts.query(
          `SELECT toString(tuple(*)) AS row FROM ${database}.${name}`,
          {},
          z.object({ row: z.string() }),
        )
        for (const { row } of rows) {
          for (const [what, canary] of Object.entries(CANARIES)) {
            expect(row.includes(canary), `${what} in ${database}.${name}`).toBe(false)
          }
        }
      }
      expect(tables.map(({ name }) => name)).toContain('counts')
    } finally {
      await counts.close()
    }
  }
})

describe('kill -9', () => {
  test('at 20 random moments under load nothing acknowledged is lost and nothing counts twice', {
    timeout: 180_000,
  }, async () => {
    let acknowledged = 0
    let unknown = 0
    let server = await data.start()
    for (let round = 0; round < 20; round++) {
      const stopAfter = 20 + Math.floor(Math.random() * 400)
      let sent = 0
      let killed: Promise<void> | undefined
      const client = async () => {
        while (!killed) {
          sent++
          if (sent >= stopAfter) killed ??= server.kill()
          try {
            const answer = await post(server.address, { u: `http://localhost/page-${sent % 7}` })
            if (answer.status === 202) acknowledged++
          } catch {
            // Under way when the process was killed: it may count or not, but it must count at most once.
            unknown++
          }
        }
      }
      await Promise.all(Array.from({ length: 8 }, client))
      await killed
      server = await data.start()
    }
    const settled = await until(
      () => total(server, 'visits'),
      (visits) => visits >= acknowledged,
    )
    expect(settled).toBeGreaterThanOrEqual(acknowledged)
    expect(settled).toBeLessThanOrEqual(acknowledged + unknown)
    // A restart sends again what was on its way: the totals must not move.
    expect(await server.stop()).toBe(0)
    server = await data.start()
    expect(await total(server, 'visits')).toBe(settled)
    expect(await total(server, 'pageviews')).toBe(settled)
    for (const [page, n] of Object.entries(await pages(server))) {
      expect(n % 5, page).toBe(0)
    }
    expect(await server.stop()).toBe(0)
  })
})
