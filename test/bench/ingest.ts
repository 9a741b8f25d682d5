// Ingest: how fast the real server takes events, every one durable before its 202, beside a bare Hono server on the same
// Node that parses the same JSON; both driven in turn by the same load generator. A section of bench.ts.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { createSites } from '../../collector/sites.ts'
import { openSqliteSettings } from '../../collector/sites_sqlite.ts'
import { buildAll } from '../../dashboard/build.ts'
import { filesIn } from '../../dashboard/data_dir.ts'
import { type DataDir, makeDataDir } from '../server.ts'
import { AGENTS, COUNTRIES, domainAt, SOURCES } from './audience.ts'
import { type LoadOrder, type LoadSeen, seen } from './load.ts'
import { cpuMicroseconds, mainThreadMicroseconds, median, memory, syncTime, written } from './process_figures.ts'
import type { Table } from './table.ts'

const SITES = 50
const PAGES = 100
const CONNECTIONS = 64

/** Behind a proxy, as in production: address and country come in headers, and the rate limit counts, but never says no. */
export const BEHIND_PROXY = { TRUST_PROXY: 'loopback', COUNTRY_HEADER: 'CF-IPCountry', RATE_LIMIT: '1000000' }

interface Target {
  name: string
  pid: number
  port: number
  stop(): Promise<void>
}

interface Run extends LoadSeen {
  perSecond: number
  /** Microseconds an event, all threads of the server. */
  cpu: number
  /** Of them the thread that runs the JavaScript; the others are the ClickHouse engine’s and V8’s. */
  mainThread: number
  /** Bytes sent to the disk, an event. */
  disk: number
}

export async function ingest({ rounds, seconds }: { rounds: number; seconds: number }): Promise<Table[]> {
  await buildAll()
  const data = makeDataDir()
  const targets: Target[] = []
  try {
    await addSites(data, SITES)
    targets.push(await startBare(), await startSundial(data))
    const runs = new Map<Target, Run[]>(targets.map((target) => [target, []]))
    // The first round warms both up, caches and compiled code: the first seconds are twice as dear.
    for (let round = 0; round <= rounds; round++) {
      for (const [target, done] of runs) {
        const run = await measure(target, {
          seconds: round === 0 ? 2 * seconds : seconds,
          rate: 0,
          seed: `round ${round}`,
        })
        if (round > 0) done.push(run)
      }
    }
    const paced = new Map<Target, Run>()
    for (const [target, done] of runs) {
      const rate = median(done.map(({ perSecond }) => perSecond)) / 2
      paced.set(target, await measure(target, { seconds, rate, seed: 'half' }))
    }
    const memories = new Map(targets.map((target) => [target, memory(target.pid)]))
    return [summary(runs, paced, memories), single(runs)]
  } finally {
    for (const target of targets) await target.stop()
    data.remove()
  }
}

function summary(
  runs: Map<Target, Run[]>,
  paced: Map<Target, Run>,
  memories: Map<Target, { now: number; most: number }>,
): Table {
  const rows = [...runs].map(([target, done]) => {
    const middle = (pick: (run: Run) => number) => median(done.map(pick))
    const half = paced.get(target)
    return [
      target.name,
      middle(({ perSecond }) => perSecond),
      middle(({ cpu }) => cpu),
      middle(({ mainThread }) => mainThread),
      middle(({ p50 }) => p50),
      middle(({ p99 }) => p99),
      half?.p50 ?? Number.NaN,
      half?.p99 ?? Number.NaN,
      half?.cpu ?? Number.NaN,
      (memories.get(target)?.now ?? 0) / 1e6,
      middle(({ disk }) => disk),
      done.reduce((sum, { refused }) => sum + refused, half?.refused ?? 0),
    ]
  })
  const [bare = [], sundial = []] = rows
  const ratio = (column: number) => Number(sundial[column]) / Number(bare[column])
  const sync = syncTime()
  return {
    title: `Ingest at ${CONNECTIONS} connections: ${AGENTS} agents, ${SITES * PAGES} pages, ${SOURCES} sources, ${COUNTRIES.length} countries, ${SITES} sites; 30 % reports, 5 % custom events`,
    columns: [
      'server',
      'events/s',
      'CPU µs/event',
      'of it main thread',
      'p50 ms',
      'p99 ms',
      'p50 ms at half',
      'p99 ms at half',
      'CPU µs at half',
      'RSS MB',
      'disk bytes/event',
      'refused',
    ],
    rows: [
      ...rows,
      [
        'Sundial / bare',
        ratio(1),
        ratio(2),
        ratio(3),
        ratio(4),
        ratio(5),
        ratio(6),
        ratio(7),
        ratio(8),
        ratio(9),
        '',
        '',
      ],
    ],
    notes: [
      'Aims: at least 0.5 of the rate, at most 2 times the CPU. Medians of the rounds; "at half" is open loop at half of each server’s own rate.',
      'CPU and disk are the whole process: SQLite, the embedded ClickHouse engine and its merges. Sundial stands behind a trusted proxy’s headers.',
      `fdatasync of 4 KB on this disk: ${sync.p50.toFixed(2)} ms (p50), ${sync.p99.toFixed(2)} ms (p99).`,
    ],
  }
}

/** Every round, to show the noise. */
function single(runs: Map<Target, Run[]>): Table {
  const rows = [...runs].flatMap(([{ name }, done]) =>
    done.map(({ perSecond, cpu, p50, p99, answered, counted, refused }, round) => [
      `${name}, round ${round + 1}`,
      perSecond,
      cpu,
      p50,
      p99,
      answered,
      counted,
      refused,
    ]),
  )
  return {
    title: 'Ingest, round by round',
    columns: ['server', 'events/s', 'CPU µs/event', 'p50 ms', 'p99 ms', 'answered', 'counted', 'refused'],
    rows,
  }
}

export async function measure(
  { pid, port }: Pick<Target, 'pid' | 'port'>,
  asked: Pick<LoadOrder, 'seconds' | 'rate' | 'seed'>,
): Promise<Run> {
  const before = { cpu: cpuMicroseconds(pid), mainThread: mainThreadMicroseconds(pid), disk: written(pid).disk }
  const result = await load({ ...asked, port, connections: CONNECTIONS, sites: SITES, pagesPerSite: PAGES })
  return {
    ...result,
    perSecond: result.answered / result.seconds,
    cpu: (cpuMicroseconds(pid) - before.cpu) / result.answered,
    mainThread: (mainThreadMicroseconds(pid) - before.mainThread) / result.answered,
    disk: (written(pid).disk - before.disk) / result.answered,
  }
}

function load(asked: LoadOrder): Promise<LoadSeen> {
  const child = fork(path.join(import.meta.dirname, 'load.ts'), [JSON.stringify(asked)])
  return message(child, seen)
}

/** The first message of a child. */
export function message<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (text) => resolve(schema.parse(text)))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)))
  })
}

export async function startBare(): Promise<Target> {
  const child = fork(path.join(import.meta.dirname, 'bare_server.ts'))
  const { port } = await message(child, z.object({ port: z.int() }))
  return {
    name: 'bare Hono',
    pid: child.pid ?? 0,
    port,
    async stop() {
      child.disconnect()
    },
  }
}

export async function startSundial(data: DataDir, settings: Record<string, string> = {}): Promise<Target> {
  const server = await data.start({ ...BEHIND_PROXY, ...settings })
  return {
    name: 'Sundial',
    pid: server.process.pid ?? 0,
    port: Number(new URL(server.address).port),
    async stop() {
      await server.stop()
    },
  }
}

export async function addSites(data: DataDir, count: number): Promise<void> {
  mkdirSync(data.path, { recursive: true })
  const settings = openSqliteSettings(filesIn(data.path).settings)
  const sites = createSites({ db: settings, now: Date.now, report: console.error })
  for (let site = 0; site < count; site++) {
    const answer = await sites.add({ domain: domainAt(site), properties: ['plan'] })
    if ('refused' in answer) throw new Error(answer.refused.join('; '))
  }
  settings.close()
}
