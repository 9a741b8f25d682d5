// Start and memory: from the start of the process to the first event that is accepted, and what the process then holds,
// with the embedded engine and with a ClickHouse outside. A section of bench.ts.
import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { buildAll } from '../../dashboard/build.ts'
import { makeDataDir, post } from '../server.ts'
import { domainAt } from './audience.ts'
import { addSites, measure, message, startBare } from './ingest.ts'
import { median, memory } from './process_figures.ts'
import type { Table } from './table.ts'

const SITES = 50
/** Events a second while memory is looked at: half of what a slow machine takes. */
const RATE = 2000

interface Started {
  first: number[]
  idle: number
  loaded: number
  most: number
}

interface StartOptions {
  seconds: number
  rounds: number
  work: string
}

export async function start(options: StartOptions): Promise<Table[]> {
  await buildAll()
  const outside = await startOutside(path.join(options.work, 'outside'))
  try {
    const embedded = await startUnder({}, options)
    const apart = await startUnder({ CLICKHOUSE_URL: outside.url }, options)
    const bare = await bareServer(options)
    const row = (name: string, { first, idle, loaded, most }: Started) => [
      name,
      ...(first.length > 0 ? [first[0] ?? 0, median(first)] : ['', '']),
      ...[idle, loaded, most].map((bytes) => bytes / 1e6),
    ]
    return [
      {
        title: 'Start and memory',
        columns: ['', 'first start ms', 'later starts ms', 'RSS MB idle', 'RSS MB under load', 'RSS MB at most'],
        rows: [row('embedded engine', embedded), row('ClickHouse outside', apart), row('bare Hono', bare)],
        notes: [
          'From the start of the process to the first 202. Aim: under 3 s. The first start makes the data directory.',
          `Under load: after ${options.seconds} s of ${RATE} events a second; at most: the kernel’s high-water mark.`,
        ],
      },
    ]
  } finally {
    outside.stop()
  }
}

async function startUnder(settings: Record<string, string>, { seconds, rounds }: StartOptions): Promise<Started> {
  const data = makeDataDir()
  const started: Started = { first: [], idle: 0, loaded: 0, most: 0 }
  try {
    await addSites(data, SITES)
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      const server = await data.start({ TRUST_PROXY: 'loopback', RATE_LIMIT: '1000000', ...settings })
      try {
        const domain = domainAt(0)
        const answer = await post(server.address, { d: domain, u: `https://${domain}/` })
        if (answer.status !== 202) throw new Error(`the first event was answered with ${answer.status}`)
        started.first.push(performance.now() - begun)
        if (round + 1 < rounds) continue
        const pid = server.process.pid ?? 0
        started.idle = memory(pid).now
        await measure({ pid, port: Number(new URL(server.address).port) }, { seconds, rate: RATE, seed: 'memory' })
        started.loaded = memory(pid).now
        started.most = memory(pid).most
      } finally {
        await server.stop()
      }
    }
    return started
  } finally {
    data.remove()
  }
}

async function bareServer({ seconds }: StartOptions): Promise<Started> {
  const bare = await startBare()
  const idle = memory(bare.pid).now
  await measure(bare, { seconds, rate: RATE, seed: 'memory' })
  const { now, most } = memory(bare.pid)
  await bare.stop()
  return { first: [], idle, loaded: now, most }
}

async function startOutside(directory: string): Promise<{ url: string; stop(): void }> {
  mkdirSync(directory, { recursive: true })
  const child = fork(path.join(import.meta.dirname, 'clickhouse_process.ts'), [directory])
  const { url } = await message(child, z.object({ url: z.string() }))
  return { url, stop: () => child.disconnect() }
}
