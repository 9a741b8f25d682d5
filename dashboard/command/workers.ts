// The two Workers of wrangler.toml as `deploy` sees them: what each cannot do without, and what is wrong with their
// settings. The one list of their secrets.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { readEnvironment, SECRET_LENGTH } from '../../collector/environment.ts'
import { mailOf, readCollectorSettings } from '../../collector/worker_environment.ts'
import { type Finding, failed, missing, ok } from './finding.ts'

export type WorkerName = 'collector' | 'dashboard'

/** How wrangler is told which of them is meant: the collector is the default environment, which must be named too. */
export const ENVIRONMENTS = { collector: '--env=', dashboard: '--env=dashboard' } as const satisfies Record<
  WorkerName,
  string
>

/** The same for a person to type: the shell would swallow quotes that stand alone. */
export const TYPED = { collector: '--env=""', dashboard: '--env dashboard' } as const satisfies Record<
  WorkerName,
  string
>

interface Needed {
  /** Variables in wrangler.toml, with what may stand there. */
  vars: Readonly<Record<string, string>>
  /** Secrets, with how their value is made, to be typed. Where none is said wrangler asks for it. */
  secrets: Readonly<Record<string, { from: string; make?: string }>>
}

const CLICKHOUSE_URL = 'https://clickhouse.example.com:8443'

/** Where the only copy of a secret is made, unless it is there: a second one would lose what the first one keeps. */
function kept(file: string): string {
  return `test -e ${file} || (umask 077; openssl rand -base64 32 > ${file})`
}

export const NEEDS = {
  collector: {
    vars: { CLICKHOUSE_URL },
    secrets: {
      SUNDIAL_SECRET: {
        from: 'the same one as ever where a collector has run: with another, what is pending is lost',
        make: '~/sundial.secret',
      },
      CLICKHOUSE_PASSWORD: { from: 'sundial_collector’s' },
    },
  },
  dashboard: {
    vars: { CLICKHOUSE_URL, PUBLIC_URL: 'https://stats.example.com' },
    secrets: {
      DASHBOARD_SECRET: {
        from: 'signs sessions: with another one, everybody signs in again',
        make: '~/sundial-dashboard.secret',
      },
      CLICKHOUSE_PASSWORD: { from: 'sundial_dashboard’s' },
      CLICKHOUSE_RETENTION_PASSWORD: { from: 'sundial_retention’s' },
    },
  },
} as const satisfies Record<WorkerName, Needed>

/** What wrangler makes of wrangler.toml for one of them. */
const configSchema = z.object({
  name: z.string(),
  vars: z.record(z.string(), z.unknown()),
  d1_databases: z.array(z.object({ binding: z.string(), database_name: z.string(), database_id: z.string() })).min(1),
  observability: z.object({ enabled: z.boolean().optional() }).optional(),
  logpush: z.boolean().optional(),
  workers_dev: z.boolean().optional(),
  routes: z.array(z.union([z.string(), z.object({ pattern: z.string() })])).optional(),
  assets: z.object({ directory: z.string() }),
})
export type WorkerConfig = z.infer<typeof configSchema>
export type Workers = Record<WorkerName, WorkerConfig>

export const CONFIG = 'wrangler.toml'

/** Read by wrangler itself, so that nothing is understood otherwise than when it deploys. Throws on what it refuses. */
export async function readWorkers(root: string): Promise<Workers> {
  const { unstable_readConfig } = await import('wrangler')
  const read = (env: string) =>
    configSchema.parse(unstable_readConfig({ config: path.join(root, CONFIG), env }, { hideWarnings: true }))
  return { collector: read(''), dashboard: read('dashboard') }
}

/** As it was delivered. */
const PLACEHOLDER = '00000000-0000-0000-0000-000000000000'

export function hasDatabase({ collector, dashboard }: Workers): boolean {
  return [collector, dashboard].every((worker) => databaseOf(worker).database_id !== PLACEHOLDER)
}

export function databaseOf({ d1_databases }: WorkerConfig) {
  const [database] = d1_databases
  if (!database) throw new Error(`${CONFIG} names no D1 database.`)
  return database
}

/** Puts the id into every place where none stands yet; the rest of the file stays as it is, comments included. */
export async function writeDatabase(root: string, id: string): Promise<void> {
  const file = path.join(root, CONFIG)
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(PLACEHOLDER, id))
}

/** What can be said of the settings without asking anybody. */
export function findSettings(workers: Workers): Finding[] {
  return [
    ...findVariables('collector', workers.collector, (variables) => {
      const read = readCollectorSettings({ ...variables, SUNDIAL_SECRET: '-'.repeat(SECRET_LENGTH) })
      return 'problems' in read ? read.problems : []
    }),
    ...findVariables('dashboard', workers.dashboard, (variables) => {
      const read = readEnvironment(variables)
      if ('problems' in read) return read.problems
      const mail = mailOf(read.environment)
      return 'problems' in mail ? mail.problems : []
    }),
    ...findSame(workers),
    findAddresses(workers),
    ...(['collector', 'dashboard'] as const).map((name) => findLogs(name, workers[name])),
  ]
}

type ProblemsOf = (variables: Readonly<Record<string, unknown>>) => readonly string[]

function findVariables(name: WorkerName, { vars }: WorkerConfig, problemsOf: ProblemsOf): Finding[] {
  const check = `Settings of the ${name}`
  const needed = Object.entries(NEEDS[name].vars)
  const table = name === 'collector' ? '[vars]' : '[env.dashboard.vars]'
  const write = (setting: string, value: string) => `in ${CONFIG}, ${table}: ${setting} = "${value}"`
  const absent = needed.filter(([setting]) => !vars[setting])
  const problems = problemsOf(vars).filter((problem) => !absent.some(([setting]) => problem.startsWith(`${setting} `)))
  const plain = needed.filter(([setting]) => String(vars[setting] ?? '').startsWith('http:'))
  const findings = [
    ...absent.map(([setting, value]) => missing(check, `${setting} is empty`, write(setting, value))),
    ...problems.map((problem) => failed(check, problem, `correct it in ${CONFIG}, ${table}`)),
    ...plain.map(([setting, value]) =>
      failed(check, `${setting} is not https: anybody could read it`, write(setting, value)),
    ),
  ]
  return findings.length > 0
    ? findings
    : [ok(check, needed.map(([setting]) => `${setting}=${vars[setting]}`).join(' '))]
}

/** Both must speak of the same database, in ClickHouse and in D1. */
function findSame({ collector, dashboard }: Workers): Finding[] {
  const check = `${CONFIG}`
  const settings = ['CLICKHOUSE_URL', 'CLICKHOUSE_DATABASE'].filter(
    (setting) => collector.vars[setting] !== dashboard.vars[setting],
  )
  const ids = databaseOf(collector).database_id === databaseOf(dashboard).database_id ? [] : ['database_id']
  const differing = [...settings, ...ids]
  if (differing.length === 0) return [ok(check, 'both Workers share ClickHouse and D1')]
  const remedy = `write the same into both halves of ${CONFIG}`
  return differing.map((setting) => failed(check, `${setting} is not the same for both Workers`, remedy))
}

/** An environment inherits routes: both would be put at one domain, and the one that is deployed last would have it. */
function findAddresses({ collector, dashboard }: Workers): Finding {
  const check = 'Addresses'
  const own = `in ${CONFIG}, [env.dashboard]: routes = [{ pattern = "dashboard.example.com", custom_domain = true }], or [] for workers.dev`
  const shared = patternsOf(dashboard).filter((pattern) => patternsOf(collector).includes(pattern))
  if (shared.length > 0) return failed(check, `both Workers would answer at ${shared.join(', ')}`, own)
  const nowhere = [collector, dashboard].filter(
    (worker) => worker.workers_dev === false && patternsOf(worker).length === 0,
  )
  if (nowhere.length > 0)
    return missing(check, `${nowhere.map(({ name }) => name).join(', ')} would answer nowhere`, own)
  return ok(check, [collector, dashboard].map(addressesOf).join('; '))
}

function patternsOf({ routes = [] }: WorkerConfig): string[] {
  return routes.map((route) => (typeof route === 'string' ? route : route.pattern))
}

function addressesOf(worker: WorkerConfig): string {
  return `${worker.name} at ${[...patternsOf(worker), ...(worker.workers_dev === false ? [] : ['workers.dev'])].join(', ')}`
}

function findLogs(name: WorkerName, { observability, logpush }: WorkerConfig): Finding {
  const check = `Logs of the ${name}`
  if (!observability?.enabled && !logpush) return ok(check, 'no request is recorded')
  const remedy = `in ${CONFIG}: enabled = false below [observability], and no logpush`
  return failed(check, 'would record requests with their addresses', remedy)
}

/** The script's files, where wrangler takes them from. */
export function findAssets(root: string, workers: Workers): Finding {
  const files = ['js/sundial.js', 'js/sundial.plus.js', 'js/manifest.json', '_headers', 'transparency/-/preview.js']
  const directories = [...new Set([workers.collector, workers.dashboard].map(({ assets }) => assets.directory))]
  const absent = directories.flatMap((directory) =>
    files.map((file) => path.join(directory, file)).filter((file) => !existsSync(path.join(root, file))),
  )
  if (absent.length > 0) return missing('Scripts', `${absent.join(', ')} not there`, 'npm run build')
  return ok('Scripts', `built in ${directories.join(' and ')}`)
}

/** One line for each secret that a Worker lacks. `set` are the names of those that it has. */
export function findSecrets(name: WorkerName, { vars }: WorkerConfig, set: readonly string[]): Finding[] {
  const check = `Secrets of the ${name}`
  const secrets: Needed['secrets'] = NEEDS[name].secrets
  const needed = Object.entries(secrets).filter(
    // Something else ends what is past its periods.
    ([secret]) => secret !== 'CLICKHOUSE_RETENTION_PASSWORD' || vars.CLICKHOUSE_RETENTION_USER,
  )
  const absent = needed.filter(([secret]) => !set.includes(secret))
  if (absent.length === 0) return [ok(check, needed.map(([secret]) => secret).join(', '))]
  return absent.map(([secret, { from, make }]) => {
    const put = `npx wrangler secret put ${secret} ${TYPED[name]}`
    return missing(check, `${secret} (${from})`, make === undefined ? put : `${kept(make)}; ${put} < ${make}`)
  })
}
