// `sundial verify` against a whole Sundial, directly and through a proxy that spoils one thing at a time; and
// ClickHouse with other users and tables than it should have.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { Counts } from '../collector/clickhouse.ts'
import { grantsOf } from '../collector/grants.ts'
import { migrate } from '../collector/migrate.ts'
import { findServer } from '../dashboard/command/clickhouse_findings.ts'
import { type ExitCode, readArguments, type Stores, type Terminal } from '../dashboard/command/command.ts'
import { lineOf } from '../dashboard/command/finding.ts'
import { createVerify } from '../dashboard/command/verify.ts'
import { PUBLIC } from '../dashboard/scripts.ts'
import { openCountsWithUsers } from './clickhouse_users.ts'
import { type DataDir, makeDataDir, type RunningServer } from './server.ts'

const PROGRAM = path.join(import.meta.dirname, '../dashboard/sundial.ts')

let data: DataDir
let server: RunningServer

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start()
})
afterAll(async () => {
  await server.stop()
  data.remove()
})

interface Said {
  code: unknown
  lines: string[]
}

/** The command line as an operator calls it, beside the running server. */
function sundial(args: readonly string[], settings: Record<string, string> = {}): Promise<Said & { err: string }> {
  const env = { PATH: process.env.PATH, DATA_DIR: data.path, ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, 'verify', ...args], { env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, lines: out.trim().split('\n'), err }),
    )
  })
}

/** The same in this process, away from the server's stores. */
async function verify(args: readonly string[], now: () => number = Date.now): Promise<Said> {
  const lines: string[] = []
  const out = (line: string) => lines.push(line)
  const command = createVerify({ fetch, now, pause: async () => {}, built: PUBLIC })
  const terminal: Terminal = { out, err: out, progress: () => {}, signal: new AbortController().signal }
  const code: ExitCode = await command.run(readArguments(command, args), ELSEWHERE, terminal)
  return { code, lines }
}

const ELSEWHERE: Stores = {
  get sites(): never {
    throw new Error('verify reads no sites')
  },
  get ledger(): never {
    throw new Error('verify reads no ledger')
  },
  counts: () => Promise.reject(new Error('verify opened the counts of another Sundial')),
  follow: () => Promise.reject(new Error('verify follows nothing')),
  migrate: () => Promise.reject(new Error('verify migrates nothing')),
}

const failures = ({ lines }: Said) => lines.filter((line) => line.startsWith('failed') || line.startsWith('missing'))

interface Passing {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A proxy in front of the server that changes answers. */
async function spoiled<T>(spoil: (answer: Passing) => Passing, use: (address: string) => Promise<T>): Promise<T> {
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const sent = Buffer.concat(chunks)
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
    )
    const answer = await fetch(`${server.address}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(sent.length > 0 ? { body: sent } : {}),
    })
    const whole = {
      path: request.url ?? '',
      headers: Object.fromEntries(
        [...answer.headers].filter(
          ([name]) => !/^(content-length|content-encoding|connection|keep-alive|transfer-)/.test(name),
        ),
      ),
      body: Buffer.from(await answer.arrayBuffer()),
    }
    const passed = spoil(whole)
    response.writeHead(answer.status, passed.headers).end(passed.body)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  try {
    return await use(addressOf(proxy))
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
}

function addressOf(listening: Server): string {
  const address = listening.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

async function visits(): Promise<number> {
  const answer = await fetch(`${server.address}/api/v1/stats/aggregate?site_id=localhost&period=day&metrics=visits`)
  const schema = z.object({ results: z.object({ visits: z.object({ value: z.number().nullable() }) }) })
  return schema.parse(await answer.json()).results.visits.value ?? 0
}

describe('one machine', () => {
  test('beside the server every check is answered and nothing is counted', async () => {
    const said = await sundial(['--site', 'localhost'])
    expect([said.code, said.err, failures(said)]).toEqual([0, '', []])
    expect(said.lines.filter((line) => !line.startsWith('ok')).slice(0, -1)).toEqual([])
    for (const check of [
      'Sundial: is ready',
      'Clock of the server: agrees',
      'Event for an unknown site: dropped: unknown_site',
      'Event for localhost under Global Privacy Control: dropped: opted_out',
      'Headers of the collector: as they should be',
      'Script /js/sundial.js: sha384-',
      'Headers of pages: as they should be',
      'Transparency page of localhost: is there',
      'Schema of ClickHouse: is the contract’s',
      'Users of ClickHouse: not applicable',
    ]) {
      expect(said.lines).toContainEqual(expect.stringMatching(new RegExp(`^ok +${check}`)))
    }
    expect(said.lines.at(-1)).toBe('All is well.')
    expect(await visits()).toBe(0)
  })

  test('with --count one visit is counted and seen by the Stats API', async () => {
    const before = await visits()
    const said = await sundial(['--site', 'localhost', '--count'])
    expect(said.lines).toContainEqual(expect.stringMatching(/^ok +Visit to localhost, counted end to end/))
    expect(said.code).toBe(0)
    expect(await visits()).toBe(before + 1)
  })

  test('a site that there is not is said by its name', async () => {
    const said = await verify(['--url', server.address, '--site', 'nowhere.example'])
    expect(said.code).toBe(1)
    expect(failures(said)).toEqual([
      expect.stringMatching(
        /^failed +Event for nowhere.example .*dropped: unknown_site; it should be .* -> .*site list/,
      ),
      expect.stringMatching(/^failed +Transparency page of nowhere.example: answers 404 -> .*site add nowhere.example/),
    ])
  })

  test('from elsewhere the counts of this machine are left alone, and that is said', async () => {
    const said = await verify(['--url', server.address])
    expect(said.lines).toContainEqual(expect.stringMatching(/^not asked +ClickHouse: .* -> set CLICKHOUSE_URL/))
    expect([said.code, said.lines.at(-1)]).toEqual([0, 'All is well; 1 could not be asked.'])
  })
})

describe('what is wrong is said, with what to do', () => {
  const without = (name: string, at: RegExp) => (answer: Passing) => {
    const { [name]: _, ...headers } = answer.headers
    return at.test(answer.path) ? { ...answer, headers } : answer
  }
  const adding = (name: string, value: string, at: RegExp) => (answer: Passing) =>
    at.test(answer.path) ? { ...answer, headers: { ...answer.headers, [name]: value } } : answer

  test.each<[string, (answer: Passing) => Passing, RegExp]>([
    [
      'a cookie from the collector',
      adding('set-cookie', 'id=1', /event/),
      /^failed +Headers of the collector: set-cookie added -> /,
    ],
    ['an ETag on an answer', adding('etag', '"1"', /event/), /^failed +Headers of the collector: etag added/],
    [
      'an answer that other sites may not read',
      without('access-control-allow-origin', /event/),
      /^failed +Headers of the collector: access-control-allow-origin missing or changed/,
    ],
    [
      'an answer without its outcome',
      without('sundial-outcome', /event/),
      /^failed +Event for an unknown site: answers 202; it should be 202, dropped: unknown_site/,
    ],
    [
      'pages without their policy',
      without('content-security-policy', /^\/$/),
      /^failed +Headers of pages: content-security-policy missing or changed/,
    ],
    [
      'a policy that lets anything run',
      adding(
        'content-security-policy',
        "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'",
        /^\/$/,
      ),
      /^failed +Headers of pages: content-security-policy missing or changed/,
    ],
    [
      'pages that may stand in frames',
      adding('x-frame-options', 'ALLOWALL', /^\/$/),
      /^failed +Headers of pages: x-frame-options missing or changed/,
    ],
    [
      'a script that was changed on its way',
      (answer) => (answer.path.endsWith('/sundial.js') ? { ...answer, body: Buffer.from('alert(1)') } : answer),
      /^failed +Script \/js\/sundial.js: has sha384-\S+, not sha384-\S+ as built here -> /,
    ],
    [
      'a pinned script that is not kept',
      adding('cache-control', 'no-store', /sundial\.[0-9a-f]{12}\.js$/),
      /^failed +Script \/js\/sundial\.\w+\.js: .*Cache-Control is no-store -> .*immutable/,
    ],
    [
      'a clock that is wrong',
      (answer) => ({ ...answer, headers: { ...answer.headers, date: new Date(Date.now() - 90_000).toUTCString() } }),
      /^failed +Clock of the server: is \d+ s behind this machine’s -> /,
    ],
    [
      'health that does not say that it is ready',
      (answer) => (answer.path === '/health' ? { ...answer, body: Buffer.from('<h1>Welcome</h1>') } : answer),
      /^failed +Sundial: answers 200, nothing that Sundial would say/,
    ],
  ])('%s', async (_, spoil, line) => {
    const said = await spoiled(spoil, (address) => verify(['--url', address]))
    expect(said.code).toBe(1)
    expect(failures(said)).toEqual([expect.stringMatching(line)])
    for (const problem of failures(said)) expect(problem).toMatch(/ -> \S/)
  })

  test('what something in front has browsers report is a note, for it is not ours to change', async () => {
    const said = await spoiled(adding('nel', '{}', /event/), (address) => verify(['--url', address]))
    expect(said.lines).toContainEqual(expect.stringMatching(/^note +Headers of the collector: .* adds nel: .* -> /))
    expect(said.code).toBe(0)
  })

  test('what a server says cannot write lines of its own', async () => {
    const evil = (answer: Passing) =>
      answer.path === '/health'
        ? { ...answer, body: Buffer.from('{"error":"\\nok  Sundial: is ready\\u001b[2J"}') }
        : answer
    const said = await spoiled(evil, (address) => verify(['--url', address]))
    expect(said.lines[0]).toMatch(/^failed +Sundial: answers 200, {2}ok {2}Sundial/)
    expect(said.lines.join('')).not.toMatch(/\p{Cc}/u)
  })

  test('nobody at the address', async () => {
    const said = await verify(['--url', 'http://127.0.0.1:9'])
    expect(said.code).toBe(1)
    expect(failures(said)).toEqual([expect.stringMatching(/^failed +Sundial: it does not answer \(\w+\) -> check/)])
  })
})

test.each([
  [['--url', 'stats.example.com'], /^--url takes an address such as/],
  [['--url', 'https://user:pass@stats.example.com'], /^--url takes an address such as/],
  [['--url', 'https://stats.example.com', '--count'], /^--count goes with --site/],
  [['--url', 'https://stats.example.com', '--count', '--site', 'a.example'], /^--count goes with --token/],
])('%j is not understood', async (args, message) => {
  const said = await sundial(args)
  expect([said.code, said.err]).toEqual([2, expect.stringMatching(message)])
})

test('without a server here and without --url it asks which one is meant', async () => {
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'sundial-nowhere-'))
  const said = await sundial([], { DATA_DIR: elsewhere })
  expect([said.code, said.err]).toEqual([2, expect.stringMatching(/^no server runs here: say with --url/)])
  rmSync(elsewhere, { recursive: true })
})

describe('ClickHouse on a server', () => {
  let directory: string
  let counts: Counts

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'sundial-verify-'))
    counts = await openCountsWithUsers(directory, {
      sundial_dashboard: [...grantsOf('sundial_dashboard', 'sundial'), 'SELECT ON sundial.hours'],
      sundial_retention: grantsOf('sundial_retention', 'sundial').filter((right) => !right.startsWith('ALTER DELETE')),
    })
    await migrate({ counts, database: 'sundial' })
  })
  afterAll(async () => {
    await counts.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const look = async (now: () => number = Date.now) =>
    (await findServer({ counts, migrate: 'npm run migrate', now })).map(lineOf)

  test('a user that is not there, one that may do more and one that may do less, each with the statements', async () => {
    expect((await look()).filter((line) => !line.startsWith('ok'))).toEqual([
      expect.stringMatching(/^missing +Users of ClickHouse: sundial_collector is not there -> .*sundial -- grants/),
      expect.stringMatching(
        /^failed +Users of ClickHouse: sundial_dashboard may do more than it needs: SELECT ON `sundial`\.hours -> run there: REVOKE SELECT ON `sundial`\.hours FROM sundial_dashboard; GRANT SELECT/,
      ),
      expect.stringMatching(
        /^missing +Users of ClickHouse: sundial_retention lacks ALTER DELETE .* -> run there: GRANT ALTER DELETE ON `sundial`\.hours TO sundial_retention;/,
      ),
    ])
  })

  test('a clock that is apart by more than half a minute', async () => {
    const late = (await look(() => Date.now() + 45_000)).filter((line) => line.includes('Clock'))
    expect(late).toEqual([expect.stringMatching(/^failed +Clock of ClickHouse: is 4\d s behind/)])
  })

  test('a schema that lacks a migration, has one from the future, or a column of its own', async () => {
    const schema = async () => (await look()).filter((line) => line.includes('Schema'))
    expect(await schema()).toEqual([expect.stringMatching(/^ok +Schema/)])
    await counts.command('ALTER TABLE days ADD COLUMN address String')
    expect(await schema()).toEqual([
      expect.stringMatching(/^failed +Schema .* differs from the contract in days.address -> /),
    ])
    await counts.command("INSERT INTO migrations VALUES ('9999_later')")
    expect(await schema()).toEqual([
      expect.stringMatching(/^failed +Schema .* is newer than this checkout: 9999_later -> git/),
    ])
    await counts.command("ALTER TABLE migrations DELETE WHERE name LIKE '0001%' SETTINGS mutations_sync = 1")
    expect(await schema()).toEqual([expect.stringMatching(/^missing +Schema .* lacks 0001_counts -> npm run migrate/)])
  })
})
