// `npm run deploy`: both Workers to Cloudflare, after everything they need was looked at. It never sets, changes or removes
// a secret, and it creates nothing unless a person says so.
import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { findServer, migrateCommand } from './clickhouse_findings.ts'
import { type Definition, type ExitCode, type Given, isYes, type Stores, SUNDIAL, type Terminal } from './command.ts'
import { createWranglerSettings } from './d1_over_wrangler.ts'
import { type Finding, failed, isUnwell, lineOf, missing, notAsked, ok } from './finding.ts'
import { ask, healthFinding } from './http_findings.ts'
import {
  CONFIG,
  databaseOf,
  ENVIRONMENTS,
  findAssets,
  findSecrets,
  findSettings,
  hasDatabase,
  readWorkers,
  TYPED,
  type WorkerConfig,
  type WorkerName,
  type Workers,
  writeDatabase,
} from './workers.ts'
import { createWrangler, readJson, reasonOf, type Wrangler } from './wrangler.ts'

interface DeployDeps {
  /** Directory of wrangler.toml and node_modules. */
  root: string
  /** What wrangler finds in its environment: CLOUDFLARE_API_TOKEN and others of its own. */
  variables: Readonly<Record<string, string | undefined>>
  /** For files of a moment: os.tmpdir(). */
  temporary: string
  fetch: typeof fetch
  /** Milliseconds since the epoch. */
  now: () => number
  pause: (milliseconds: number) => Promise<unknown>
}

/** A new address needs up to a minute until it is known everywhere. */
const ASK_EVERY = 5_000
const TURNS = 18

const NAMES = ['collector', 'dashboard'] as const satisfies readonly WorkerName[]

export function createDeploy(deps: DeployDeps): Definition {
  return {
    name: 'deploy',
    summary: 'Deploys both Workers to Cloudflare; checks first and says what is missing. Also: npm run deploy.',
    words: [],
    options: {
      'dry-run': { meaning: 'Only checks, and only what needs no Cloudflare account; wrangler bundles both Workers.' },
      yes: { meaning: 'Yes to what it would ask: make the D1 database where there is none, apply its migrations.' },
      'without-clickhouse': { meaning: 'Does not look into ClickHouse: its users and schema were seen to elsewhere.' },
    },
    notes: [
      'Looks into ClickHouse as CLICKHOUSE_URL, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD say in your shell: an administrator,',
      'not one of the three users that it checks. Secrets are never set or replaced here: it prints the command.',
    ],
    anywhere: true,
    async run(given, stores, terminal) {
      const run: Run = { ...deps, given, stores, terminal, findings: [], wrangler: wranglerOf(deps) }
      const workers = await findHere(run)
      if (given.flag('dry-run')) return ended(run, 'This was a dry run: nothing was deployed.')
      if (workers) await findAccount(run, workers)
      if (!workers || run.findings.some(isUnwell)) return ended(run, 'Nothing was deployed.')
      return deployBoth(run, workers)
    },
  }
}

interface Run extends DeployDeps {
  given: Given
  stores: Stores
  terminal: Terminal
  findings: Finding[]
  wrangler: Wrangler
}

function wranglerOf({ root, variables }: Pick<DeployDeps, 'root' | 'variables'>): Wrangler {
  return createWrangler({ root, variables: { ...variables, NO_COLOR: '1' } })
}

function say({ findings, terminal }: Run, ...found: readonly Finding[]): void {
  for (const finding of found) terminal.out(lineOf(finding))
  findings.push(...found)
}

function ended({ findings, terminal }: Run, sentence: string): ExitCode {
  const unwell = findings.filter(isUnwell).length
  terminal.out(unwell === 0 ? sentence : `${sentence} ${unwell} of ${findings.length} checks say what to do.`)
  return unwell === 0 ? 0 : 1
}

/** What can be seen without an account. */
async function findHere(run: Run): Promise<Workers | undefined> {
  const { wrangler, root, given } = run
  const version = await wrangler.ask(['--version'])
  if (version.failed) {
    say(run, missing('wrangler', reasonOf(version), 'npm install'))
    return undefined
  }
  say(run, ok('wrangler', version.stdout.trim().split('\n').at(-1) ?? ''))
  const workers = await workersOf(run)
  if (!workers) return undefined
  say(run, ...findSettings(workers))
  say(run, (await builds(root)) ? findAssets(root, workers) : failed('Scripts', 'cannot be built', 'npm run build'))
  for (const name of NAMES) say(run, await findBundle(wrangler, name))
  if (!given.flag('without-clickhouse')) say(run, ...(await findClickHouse(run, workers)))
  if (given.flag('dry-run')) {
    say(run, notAsked('Cloudflare account', NEEDS_ACCOUNT, 'npx wrangler login'), ...unasked(workers))
  }
  return workers
}

async function workersOf(run: Run): Promise<Workers | undefined> {
  try {
    return await readWorkers(run.root)
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    say(run, failed(CONFIG, reason, `correct ${CONFIG}, or take it again from the release`))
    return undefined
  }
}

function builds(root: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'dashboard/build.ts')], { cwd: root }, (error) => resolve(!error))
  })
}

async function findBundle(wrangler: Wrangler, name: WorkerName): Promise<Finding> {
  const check = `Bundle of the ${name}`
  const said = await wrangler.ask(['deploy', '--dry-run', ENVIRONMENTS[name]])
  if (said.failed) return failed(check, reasonOf(said), `npx wrangler deploy --dry-run ${TYPED[name]}`)
  const size = /Total Upload: (.+)/.exec(said.stdout)?.[1] ?? 'wrangler’s dry run went through'
  return ok(check, size)
}

/** Whatever could not be asked counts as missing: the flag says that somebody else has seen to it. */
async function findClickHouse({ stores, now }: Run, { collector }: Workers): Promise<readonly Finding[]> {
  const url = String(collector.vars.CLICKHOUSE_URL ?? '')
  if (url === '') return [notAsked('ClickHouse', 'CLICKHOUSE_URL is empty', `set it in ${CONFIG}, then run this again`)]
  if (stores.clickhouseUrl === undefined || !sameAddress(stores.clickhouseUrl, url)) {
    const says = `this shell names ${stores.clickhouseUrl === undefined ? 'no' : 'another'} ClickHouse`
    const remedy = `export CLICKHOUSE_URL=${url} CLICKHOUSE_USER=default CLICKHOUSE_PASSWORD=... (an administrator), or --without-clickhouse`
    return [missing('ClickHouse', says, remedy)]
  }
  const found = await findServer({ counts: await stores.counts(), migrate: migrateCommand(url), now })
  return found.map((finding) => (finding.state === 'not asked' ? { ...finding, state: 'missing' as const } : finding))
}

function sameAddress(a: string, b: string): boolean {
  return URL.parse(a)?.href === URL.parse(b)?.href
}

const NEEDS_ACCOUNT = 'needs your Cloudflare account'

/** What is left out without an account, so that nobody takes it for seen. */
function unasked(workers: Workers): Finding[] {
  const database = databaseOf(workers.collector)
  const apply = `npx wrangler d1 migrations apply ${database.binding} --remote ${TYPED.collector}`
  return [
    hasDatabase(workers)
      ? notAsked('D1 database', NEEDS_ACCOUNT, 'npx wrangler d1 list')
      : missing('D1 database', `database_id in ${CONFIG} is still the placeholder`, creating(database.database_name)),
    notAsked('Migrations of D1', NEEDS_ACCOUNT, apply),
    ...NAMES.map((name) =>
      notAsked(`Secrets of the ${name}`, NEEDS_ACCOUNT, `npx wrangler secret list ${TYPED[name]}`),
    ),
  ]
}

function creating(name: string): string {
  return `npm run deploy asks and does it; or npx wrangler d1 create ${name}, and write its id into both places`
}

const whoSchema = z.object({ loggedIn: z.literal(true), accounts: z.array(z.object({ name: z.string() })) })

async function findAccount(run: Run, workers: Workers): Promise<void> {
  const who = whoSchema.safeParse(readJson((await run.wrangler.ask(['whoami', '--json'])).stdout))
  if (!who.success) {
    const remedy = 'npx wrangler login (without a browser: export CLOUDFLARE_API_TOKEN=...)'
    say(run, missing('Cloudflare account', 'wrangler is not logged in', remedy), ...unasked(workers))
    return
  }
  say(run, ok('Cloudflare account', who.data.accounts.map(({ name }) => name).join(', ')))
  const database = await findDatabase(run, workers)
  say(run, database)
  if (database.state === 'ok') say(run, await findMigrations(run, databaseOf(workers.collector).binding))
  for (const name of NAMES) say(run, ...(await findSecretsOf(run, name, workers[name])))
}

const databasesSchema = z.array(z.object({ uuid: z.string(), name: z.string() }))

/** The database that wrangler.toml names; where it names none, the one of that name, or a new one when asked for. */
async function findDatabase(run: Run, workers: Workers): Promise<Finding> {
  const check = 'D1 database'
  const { database_id: id, database_name: name } = databaseOf(workers.collector)
  const there = await databases(run.wrangler)
  if ('fault' in there) return failed(check, there.fault, 'npx wrangler d1 list')
  if (hasDatabase(workers)) {
    if (there.some(({ uuid }) => uuid === id)) return ok(check, `${name}, ${id}`)
    const remedy = `npx wrangler d1 list, and write the id of ${name} into ${CONFIG}, in both places`
    return failed(check, `this account has none with the id ${id}`, remedy)
  }
  const known = there.find((database) => database.name === name)
  const question = known ? `Write the id of your D1 database ${name} into ${CONFIG}?` : `Make a D1 database ${name}?`
  if (!(await agreed(run, question))) {
    return missing(check, `database_id in ${CONFIG} is still the placeholder`, creating(name))
  }
  const made = known ?? (await make(run.wrangler, name))
  if ('fault' in made) return failed(check, made.fault, `npx wrangler d1 create ${name}`)
  await writeDatabase(run.root, made.uuid)
  return ok(check, `${name}, ${made.uuid}, now in ${CONFIG}: keep that change`)
}

async function databases(wrangler: Wrangler): Promise<z.infer<typeof databasesSchema> | { fault: string }> {
  const said = await wrangler.ask(['d1', 'list', '--json'])
  const read = databasesSchema.safeParse(readJson(said.stdout))
  return !said.failed && read.success ? read.data : { fault: reasonOf(said) }
}

async function make(wrangler: Wrangler, name: string): Promise<{ uuid: string } | { fault: string }> {
  const said = await wrangler.ask(['d1', 'create', name])
  if (said.failed) return { fault: reasonOf(said) }
  const there = await databases(wrangler)
  if ('fault' in there) return there
  return there.find((database) => database.name === name) ?? { fault: 'it was made, but is not in the list' }
}

/** Asks where somebody can answer. */
async function agreed({ given, terminal }: Run, question: string): Promise<boolean> {
  if (given.flag('yes')) return true
  return terminal.ask !== undefined && isYes(terminal.ask(`${question} [y/N]`))
}

async function findMigrations(run: Run, binding: string): Promise<Finding> {
  const check = 'Migrations of D1'
  const remedy = `npx wrangler d1 migrations apply ${binding} --remote ${TYPED.collector}`
  const absent = await absentMigrations(run, binding)
  if ('fault' in absent) return failed(check, absent.fault, remedy)
  if (absent.length === 0) return ok(check, 'all applied')
  const says = `lacks ${absent.join(', ')}`
  if (!(await agreed(run, `The D1 database ${says}. Apply them?`))) return missing(check, says, remedy)
  const said = await run.wrangler.ask(['d1', 'migrations', 'apply', binding, '--remote', ENVIRONMENTS.collector])
  return said.failed ? failed(check, reasonOf(said), remedy) : ok(check, `applied ${absent.join(', ')}`)
}

async function absentMigrations({ root, variables }: Run, binding: string): Promise<string[] | { fault: string }> {
  const files = (await readdir(path.join(root, 'collector/sites'))).filter((file) => file.endsWith('.sql')).sort()
  const more = [ENVIRONMENTS.collector]
  const db = createWranglerSettings({ where: 'remote', root, binding, more, variables })
  try {
    const rows = z.array(z.object({ name: z.string() })).parse(await db.all('SELECT name FROM d1_migrations'))
    return files.filter((file) => !rows.some(({ name }) => name === file))
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error)
    // wrangler makes that table with the first migration.
    return reason.includes('no such table') ? files : { fault: reason }
  }
}

const secretsSchema = z.array(z.object({ name: z.string() }))

async function findSecretsOf({ wrangler }: Run, name: WorkerName, worker: WorkerConfig): Promise<Finding[]> {
  const said = await wrangler.ask(['secret', 'list', ENVIRONMENTS[name], '--format', 'json'])
  const read = secretsSchema.safeParse(readJson(said.stdout))
  if (!said.failed && read.success)
    return findSecrets(
      name,
      worker,
      read.data.map((secret) => secret.name),
    )
  // Before its first deployment; `secret put` makes it.
  if (/Worker .* not found/i.test(`${said.stderr}${said.stdout}`)) return findSecrets(name, worker, [])
  return [failed(`Secrets of the ${name}`, reasonOf(said), `npx wrangler secret list ${TYPED[name]}`)]
}

/** The collector first: what the dashboard's pages name must be there. */
async function deployBoth(run: Run, workers: Workers): Promise<ExitCode> {
  const targets = { collector: [] as string[], dashboard: [] as string[] }
  for (const name of NAMES) {
    const deployed = await deployOne(run, name)
    if (deployed === undefined) {
      const again = name === 'dashboard' ? ' The collector is live already.' : ''
      say(
        run,
        failed(`Deployment of the ${name}`, `wrangler says why above.${again}`, 'npm run deploy, once it is mended'),
      )
      return ended(run, 'Stopped.')
    }
    targets[name] = deployed
    say(run, ok(`Deployment of the ${name}`, targets[name].join(', ') || 'done'))
  }
  const collector = String(workers.dashboard.vars.PUBLIC_URL)
  say(run, findPublicUrl(collector, targets.collector))
  say(run, await findHealth(run, 'collector', collector))
  const dashboard = targets.dashboard[0]
  if (dashboard) say(run, await findHealth(run, 'dashboard', dashboard))
  if (run.findings.some(isUnwell)) return ended(run, 'Both are deployed.')
  const verify = `${SUNDIAL} verify --url ${dashboard ?? '<dashboard>'} --collector ${collector}`
  run.terminal.out(`Both are deployed. Look at them from outside: ${verify}`)
  return 0
}

/** Without a version where the person said no to what wrangler asked. */
const deployedSchema = z.object({
  type: z.literal('deploy'),
  version_id: z.string(),
  targets: z.array(z.string()).default([]),
})

/** Its addresses, or nothing when it failed. wrangler writes what it did as JSON lines into a file of its own. */
async function deployOne({ root, variables, temporary }: Run, name: WorkerName): Promise<string[] | undefined> {
  const directory = mkdtempSync(path.join(temporary, 'sundial-deploy-'))
  const file = path.join(directory, 'output.jsonl')
  try {
    const wrangler = createWrangler({ root, variables: { ...variables, WRANGLER_OUTPUT_FILE_PATH: file } })
    if (!(await wrangler.show(['deploy', ENVIRONMENTS[name]]))) return undefined
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    const deployed = lines.map((line) => deployedSchema.safeParse(readJson(line))).find(({ success }) => success)
    return deployed?.data?.targets.flatMap(addressOf)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Targets are addresses, hosts with a remark such as "(custom domain)", routes with a path, and schedules. */
function addressOf(target: string): string[] {
  const [word = ''] = target.split(' ')
  if (/^https:\/\//.test(word)) return [word.replace(/\/$/, '')]
  return /^[a-z\d.-]+\.[a-z]+(?:\/\*)?$/i.test(word) ? [`https://${word.replace(/\/\*$/, '')}`] : []
}

function findPublicUrl(publicUrl: string, targets: readonly string[]): Finding {
  const origin = URL.parse(publicUrl)?.origin
  if (targets.length === 0 || targets.includes(origin ?? '')) return ok('PUBLIC_URL', publicUrl)
  const remedy = `in ${CONFIG}, [env.dashboard.vars]: PUBLIC_URL = "${targets[0]}", then npm run deploy`
  return failed('PUBLIC_URL', `is ${publicUrl}, but the collector answers at ${targets.join(', ')}`, remedy)
}

async function findHealth(run: Run, name: WorkerName, address: string): Promise<Finding> {
  const { fetch, now, pause, terminal } = run
  const log = `npx wrangler tail ${TYPED[name]}, and ask ${address}/health`
  for (let turn = 1; ; turn++) {
    const answer = await ask({ fetch, now, signal: terminal.signal }, `${address}/health`)
    const finding = healthFinding(`Health of the ${name}`, answer, log)
    if (finding.state === 'ok' || turn === TURNS) return finding
    await pause(ASK_EVERY)
    terminal.signal.throwIfAborted()
  }
}
