// Both Workers of wrangler.toml in workerd, with their real Durable Object, D1 and rate limit, for the tests.
// ClickHouse is counts_server.ts; everything that they keep lies in one directory of its own.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestHarness } from 'wrangler'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type SiteChanges, type Sites } from '../collector/sites.ts'
import { createD1Settings, type D1Binding } from '../collector/sites_d1.ts'
import type { Client, Sent } from './behaviour.ts'
import { PASSWORDS } from './counts_server.ts'

/** Before any Workers move it. */
const TEMPORARY = tmpdir()

interface Setup {
  /** Where ClickHouse answers; '' for Workers that were not told. */
  clickhouseUrl: string
  sites?: readonly ({ domain: string } & SiteChanges)[]
  collectorSecrets?: Record<string, string>
  dashboardSecrets?: Record<string, string>
}

export interface Workers {
  harness: TestHarness
  /** To the collector, with what the edge says of the client. */
  fetch(path: string, request: Sent, client: Client): Promise<Response>
  /** The settings store that both Workers read. */
  database: D1Binding
  sites: Sites
  /** Kills workerd as a power cut would, and starts it again over the same files. */
  crash(): Promise<void>
  /** Throws the accumulator out of memory, as Cloudflare does now and then. */
  evict(): Promise<void>
  /** Every file that workerd keeps, with its bytes. */
  files(): { name: string; bytes: Buffer }[]
  logs(): string
  close(): Promise<void>
}

/** No network, no reports about the use of wrangler, no chatter. */
const OFFLINE = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_LOG: 'error',
}

export async function startWorkers(setup: Setup): Promise<Workers> {
  const { clickhouseUrl, sites: wanted = [] } = setup
  const directory = mkdtempSync(path.join(TEMPORARY, 'sundial-workerd-'))
  // wrangler reads these when it is imported and started.
  Object.assign(process.env, OFFLINE, { TMPDIR: directory })
  const { createTestHarness } = await import('wrangler')
  const harness = createTestHarness({
    root: path.join(import.meta.dirname, '..'),
    workers: [
      {
        configPath: 'wrangler.toml',
        vars: { CLICKHOUSE_URL: clickhouseUrl },
        secrets: {
          SUNDIAL_SECRET: 'a secret of the tests, long enough to be one',
          CLICKHOUSE_PASSWORD: PASSWORDS.sundial_collector,
          ...setup.collectorSecrets,
        },
      },
      {
        configPath: 'wrangler.toml',
        env: 'dashboard',
        vars: { CLICKHOUSE_URL: clickhouseUrl, PUBLIC_URL: 'https://collector.example' },
        secrets: {
          CLICKHOUSE_PASSWORD: PASSWORDS.sundial_dashboard,
          CLICKHOUSE_RETENTION_PASSWORD: PASSWORDS.sundial_retention,
          DASHBOARD_SECRET: 'another secret of the tests, long enough to be one',
          ...setup.dashboardSecrets,
        },
      },
    ],
  })
  await harness.listen()
  const collector = harness.getWorker<{ DB: D1Binding }>()
  await collector.applyD1Migrations('DB')
  const database = (await collector.getEnv()).DB
  const sites = createSites({ db: createD1Settings(database), now: Date.now, report: console.error })
  for (const site of wanted) {
    const answer = await sites.add(site)
    if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join('; '))
  }
  await sites.fresh()

  return {
    harness,
    async fetch(path, { headers, ...sent }, { address, country }) {
      const asked = { ...sent, headers: { ...headers, 'cf-connecting-ip': address }, cf: { country } }
      return plain(await harness.fetch(path, asked))
    },
    database,
    sites,
    async crash() {
      for (const pid of workerdProcesses()) process.kill(pid, 'SIGKILL')
      await harness.update((options) => options)
    },
    evict: () => harness.getWorker().evictDurableObject('ACCUMULATOR', { name: 'shard-0' }),
    files: () => filesIn(directory),
    logs: () =>
      harness
        .getLogs()
        .map(({ message }) => message)
        .join('\n'),
    async close() {
      await harness.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function filesIn(directory: string): { name: string; bytes: Buffer }[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .map((file) => ({ name: path.relative(directory, file), bytes: readFileSync(file) }))
}

/** The harness brings a fetch, and so a Response, of its own. */
async function plain(answer: {
  status: number
  headers: Iterable<[string, string]>
  arrayBuffer(): Promise<ArrayBuffer>
}) {
  const body = await answer.arrayBuffer()
  const headers = Object.fromEntries(answer.headers)
  return new Response(body.byteLength > 0 ? body : null, { status: answer.status, headers })
}

/** Children of this process that run workerd, from Linux's list of processes. */
function workerdProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const [, command, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(readStat(pid)) ?? []
      return command === 'workerd' && Number(parent) === process.pid
    })
    .map(Number)
}

/** '' for a process that has ended meanwhile. */
function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
