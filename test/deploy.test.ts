// `npm run deploy`: what it looks at before it deploys, what it leaves alone, and wrangler's own dry run once.

import { execFile } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import { grantsOf } from '../collector/grants.ts'
import { migrate } from '../collector/migrate.ts'
import { type ExitCode, readArguments, type Stores, type Terminal } from '../dashboard/command/command.ts'
import { createDeploy } from '../dashboard/command/deploy.ts'
import { openCountsWithUsers } from './clickhouse_users.ts'
import { type Account, type Checkout, DATABASE_ID, makeCheckout } from './cloudflare.ts'

const ROOT = path.join(import.meta.dirname, '..')
const CLICKHOUSE_URL = 'https://clickhouse.example:8443'

const SECRETS = {
  sundial: ['CLICKHOUSE_PASSWORD', 'SUNDIAL_SECRET'],
  'sundial-dashboard': ['CLICKHOUSE_PASSWORD', 'CLICKHOUSE_RETENTION_PASSWORD', 'DASHBOARD_SECRET'],
}

const READY: Account = {
  loggedIn: true,
  databases: [{ uuid: DATABASE_ID, name: 'sundial' }],
  workers: SECRETS,
  targets: {
    sundial: ['stats.example.com (custom domain)', 'schedule: 7 * * * *'],
    'sundial-dashboard': ['https://sundial-dashboard.example.workers.dev'],
  },
}

function migrations(): string[] {
  return readdirSync(path.join(ROOT, 'collector/sites')).filter((file) => file.endsWith('.sql'))
}

/** wrangler.toml with everything in it that is a person's to say. */
function filled(config: string): string {
  return config
    .replaceAll('CLICKHOUSE_URL = ""', `CLICKHOUSE_URL = "${CLICKHOUSE_URL}"`)
    .replace('PUBLIC_URL = ""', 'PUBLIC_URL = "https://stats.example.com"')
    .replaceAll('00000000-0000-0000-0000-000000000000', DATABASE_ID)
}

const RIGHTS = Object.fromEntries(
  (['sundial_collector', 'sundial_dashboard', 'sundial_retention'] as const).map((user) => [
    user,
    grantsOf(user, 'sundial'),
  ]),
)

let directory: string
let counts: Counts
let checkout: Checkout | undefined

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-deploy-test-'))
  counts = await openCountsWithUsers(directory, RIGHTS)
})
afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})
afterEach(() => checkout?.remove())

/** Nothing but ClickHouse is asked. */
function storesWith({ clickhouseUrl, counts }: NonNullable<Deployment['clickhouse']>): Stores {
  const refuse = () => Promise.reject(new Error('deploy asked for a store that it does not need'))
  return {
    get sites(): never {
      throw new Error('deploy reads no sites')
    },
    get ledger(): never {
      throw new Error('deploy reads no ledger')
    },
    clickhouseUrl,
    counts: async () => counts ?? refuse(),
    follow: refuse,
    migrate: refuse,
  }
}

interface Said {
  code: ExitCode
  lines: string[]
}

interface Deployment {
  account?: Partial<Account>
  edit?: (config: string) => string
  args?: readonly string[]
  /** Answers whatever is asked; nobody is there without. */
  answer?: string
  clickhouse?: Pick<Stores, 'clickhouseUrl'> & { counts?: Counts }
  health?: (address: string) => Response
}

const HEALTHY = () => Response.json({ live: true, ready: true, problems: [] })

async function deploy(given: Deployment = {}): Promise<Said & { checkout: Checkout; asked: string[] }> {
  const { args = ['--without-clickhouse'], edit = filled, clickhouse = {}, health = HEALTHY, answer } = given
  const made = makeCheckout({ ...READY, applied: migrations(), ...given.account }, edit)
  checkout = made
  const asked: string[] = []
  const lines: string[] = []
  const command = createDeploy({
    root: made.root,
    variables: { PATH: process.env.PATH },
    temporary: made.root,
    async fetch(input) {
      asked.push(String(input))
      return health(String(input))
    },
    now: Date.now,
    pause: async () => {},
  })
  const terminal: Terminal = {
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    progress: () => {},
    signal: new AbortController().signal,
    ...(answer === undefined ? {} : { ask: async () => answer }),
  }
  const code = await command.run(readArguments(command, args), storesWith(clickhouse), terminal)
  return { code, lines, checkout: made, asked }
}

/** Lines that say what to do, without what was fine. */
function unwell({ lines }: Said): string[] {
  return lines.filter((line) => /^(missing|failed|not asked) /.test(line))
}

const deployments = ({ checkout }: { checkout: Checkout }) =>
  checkout.calls().filter((call) => call.startsWith('deploy --env'))

describe('with everything there', () => {
  test('deploys the collector, then the dashboard, and asks both how they are', async () => {
    const said = await deploy()
    expect(unwell(said)).toEqual([])
    expect(said.code).toBe(0)
    expect(deployments(said)).toEqual(['deploy --env=', 'deploy --env=dashboard'])
    expect(said.asked).toEqual([
      'https://stats.example.com/health',
      'https://sundial-dashboard.example.workers.dev/health',
    ])
    expect(said.lines.at(-1)).toContain(
      'verify --url https://sundial-dashboard.example.workers.dev --collector https://stats.example.com',
    )
  })

  test('touches no secret, no database and no setting', async () => {
    const said = await deploy()
    const looks = /^(--version|whoami|d1 list|d1 execute|secret list|deploy) ?/
    expect(said.checkout.calls().filter((call) => !looks.test(call))).toEqual([])
    expect(said.checkout.config()).toBe(filled(readFileSync(path.join(ROOT, 'wrangler.toml'), 'utf8')))
  })

  test.each<[string, Partial<Account>]>([
    ['cannot be deployed', { refused: ['sundial'] }],
    ['is not deployed because the person says no to what wrangler asks', { declined: ['sundial'] }],
  ])('stops before the dashboard when the collector %s', async (_, account) => {
    const said = await deploy({ account })
    expect([said.code, deployments(said), said.asked]).toEqual([1, ['deploy --env='], []])
    expect(unwell(said)).toEqual([expect.stringMatching(/^failed +Deployment of the collector: .* -> npm run deploy/)])
  })

  test('says which Worker is not well after a minute and a half of asking, and why', async () => {
    const problems = [{ part: 'clickhouse', reason: 'ClickHouse does not answer' }]
    const health = (address: string) =>
      address.includes('dashboard') ? Response.json({ live: true, ready: false, problems }, { status: 503 }) : HEALTHY()
    const said = await deploy({ health })
    expect(said.code).toBe(1)
    expect(unwell(said)).toEqual([
      expect.stringMatching(
        /^failed +Health of the dashboard: is not ready, clickhouse: ClickHouse does not answer -> npx/,
      ),
    ])
  })

  test('notices that PUBLIC_URL is not where the collector answers', async () => {
    const targets = { ...READY.targets, sundial: ['https://sundial.example.workers.dev'] }
    const said = await deploy({ account: { targets } })
    expect(said.code).toBe(1)
    expect(unwell(said)[0]).toMatch(/^failed +PUBLIC_URL: .* -> .*PUBLIC_URL = "https:\/\/sundial.example.workers.dev"/)
  })
})

describe('before anything is deployed', () => {
  test.each<[string, Deployment, RegExp]>([
    ['an account', { account: { loggedIn: false } }, /^missing +Cloudflare account: .* -> npx wrangler login/],
    [
      'the database of wrangler.toml',
      { account: { databases: [] } },
      /^failed +D1 database: this account has none with the id 1.* -> npx wrangler d1 list/,
    ],
    [
      'a migration of D1',
      { account: { applied: ['0001_sites.sql'] } },
      /^missing +Migrations of D1: lacks 0002.* -> npx wrangler d1 migrations apply DB --remote --env=""$/,
    ],
    [
      'SUNDIAL_SECRET',
      { account: { workers: { ...SECRETS, sundial: ['CLICKHOUSE_PASSWORD'] } } },
      /^missing +Secrets of the collector: SUNDIAL_SECRET .*pending is lost.* -> .*npx wrangler secret put SUNDIAL_SECRET --env="" < /,
    ],
    [
      'a secret of the dashboard',
      { account: { workers: { ...SECRETS, 'sundial-dashboard': SECRETS['sundial-dashboard'].slice(1) } } },
      /^missing +Secrets of the dashboard: CLICKHOUSE_PASSWORD \(sundial_dashboard.* -> npx wrangler secret put CLICKHOUSE_PASSWORD --env dashboard$/,
    ],
    [
      'PUBLIC_URL',
      { edit: (config) => filled(config).replace('PUBLIC_URL = "https://stats.example.com"', 'PUBLIC_URL = ""') },
      /^missing +Settings of the dashboard: PUBLIC_URL is empty -> in wrangler.toml, \[env.dashboard.vars\]: PUBLIC_URL = /,
    ],
    [
      'a number of shards that is one',
      { edit: (config) => filled(config).replace('SHARDS = "1"', 'SHARDS = "many"') },
      /^failed +Settings of the collector: SHARDS must be a whole number .* -> correct it in wrangler.toml/,
    ],
    [
      'a ClickHouse that is reached by TLS',
      { edit: (config) => filled(config).replaceAll(CLICKHOUSE_URL, 'http://clickhouse.example:8123') },
      /^failed +Settings of the collector: CLICKHOUSE_URL is not https/,
    ],
    [
      'the same ClickHouse for both',
      { edit: (config) => filled(config).replace(CLICKHOUSE_URL, 'https://other.example') },
      /^failed +wrangler.toml: CLICKHOUSE_URL is not the same for both/,
    ],
    [
      'the same database for both',
      { edit: (config) => filled(config).replace(DATABASE_ID, DATABASE_ID.replaceAll('1', '9')) },
      /^failed +wrangler.toml: database_id is not the same for both/,
    ],
    [
      'an address of its own for each',
      {
        edit: (config) =>
          filled(config)
            .replace(
              '[observability]',
              'routes = [{ pattern = "stats.example.com", custom_domain = true }]\n[observability]',
            )
            .replace('routes = []\n', ''),
      },
      /^failed +Addresses: both Workers would answer at stats.example.com -> in wrangler.toml, \[env.dashboard\]: routes = /,
    ],
    [
      'an address for each at all',
      { edit: (config) => filled(config).replace('workers_dev = true', 'workers_dev = false') },
      /^missing +Addresses: sundial, sundial-dashboard would answer nowhere/,
    ],
    [
      'a way for mail that Workers can go',
      {
        edit: (config) =>
          filled(config).replace(
            'PUBLIC_URL',
            'MAIL_URL = "smtp://mail.example"\nMAIL_FROM = "a@b.example"\nPUBLIC_URL',
          ),
      },
      /^failed +Settings of the dashboard: MAIL_URL must be https/,
    ],
    [
      'Workers that record no requests',
      { edit: (config) => filled(config).replace('enabled = false', 'enabled = true') },
      /^failed +Logs of the collector: would record requests with their addresses -> /,
    ],
    [
      'somebody who has seen to ClickHouse',
      { args: [] },
      /^missing +ClickHouse: this shell names no ClickHouse -> export /,
    ],
  ])('there must be %s; what to do stands in the same line', async (_, given, line) => {
    const said = await deploy(given)
    expect(unwell(said)).toContainEqual(expect.stringMatching(line))
    for (const problem of unwell(said)) expect(problem).toMatch(/ -> \S/)
    expect([said.code, deployments(said)]).toEqual([1, []])
  })

  test('of an account without anything, all that is missing is said at once', async () => {
    const said = await deploy({
      account: { databases: [], workers: {}, applied: undefined },
      edit: (config) => config,
    })
    const checks = unwell(said).map((line) => line.replace(/ -> .*/, '').replace(/ +/g, ' '))
    expect(checks).toEqual([
      'missing Settings of the collector: CLICKHOUSE_URL is empty',
      'missing Settings of the dashboard: CLICKHOUSE_URL is empty',
      'missing Settings of the dashboard: PUBLIC_URL is empty',
      'missing D1 database: database_id in wrangler.toml is still the placeholder',
      expect.stringMatching(/^missing Secrets of the collector: SUNDIAL_SECRET /),
      expect.stringMatching(/^missing Secrets of the collector: CLICKHOUSE_PASSWORD /),
      expect.stringMatching(/^missing Secrets of the dashboard: DASHBOARD_SECRET /),
      expect.stringMatching(/^missing Secrets of the dashboard: CLICKHOUSE_PASSWORD /),
      expect.stringMatching(/^missing Secrets of the dashboard: CLICKHOUSE_RETENTION_PASSWORD /),
    ])
    expect([said.code, deployments(said)]).toEqual([1, []])
    expect(said.checkout.calls().filter((call) => /create|apply|put/.test(call))).toEqual([])
  })

  test('the command that makes a secret keeps the one that is there', async () => {
    const said = await deploy({ account: { workers: { ...SECRETS, sundial: ['CLICKHOUSE_PASSWORD'] } } })
    const [, command = ''] = / -> (.*)/.exec(unwell(said)[0] ?? '') ?? []
    const home = path.join(said.checkout.root, 'home')
    const put = path.join(home, 'put')
    mkdirSync(home)
    writeFileSync(path.join(home, 'npx'), `#!/bin/sh\ncat >> ${put}\n`)
    chmodSync(path.join(home, 'npx'), 0o755)
    const run = () =>
      new Promise<void>((resolve, reject) => {
        const env = { HOME: home, PATH: `${home}:${process.env.PATH}` }
        execFile('sh', ['-c', command], { env }, (error) => (error ? reject(error) : resolve()))
      })
    await run()
    await run()
    const [first, second] = readFileSync(put, 'utf8').trim().split('\n')
    expect(first).toMatch(/^\S{32,}$/)
    expect(second).toBe(first)
  })
})

describe('what a person must say yes to', () => {
  const nothing = { databases: [], applied: undefined }
  const withoutDatabase = (config: string) =>
    filled(config).replaceAll(DATABASE_ID, '00000000-0000-0000-0000-000000000000')

  test.each<[string, Deployment]>([
    ['--yes', { args: ['--without-clickhouse', '--yes'] }],
    ['a yes', { answer: 'y' }],
  ])('%s makes the database, writes its id into both places and applies its migrations', async (_, given) => {
    const said = await deploy({ account: nothing, edit: withoutDatabase, ...given })
    expect(unwell(said)).toEqual([])
    expect(said.checkout.calls()).toContain('d1 create sundial')
    expect(said.checkout.account().applied).toEqual(migrations())
    expect(said.checkout.config()).toBe(filled(readFileSync(path.join(ROOT, 'wrangler.toml'), 'utf8')))
    expect(deployments(said)).toHaveLength(2)
  })

  test('without one nothing is made, written or applied', async () => {
    const said = await deploy({ account: nothing, edit: withoutDatabase, answer: '' })
    expect(said.code).toBe(1)
    expect(said.checkout.calls().filter((call) => /create|apply/.test(call))).toEqual([])
    expect(said.checkout.config()).toContain('00000000-0000-0000-0000-000000000000')
  })

  test('a database of that name is taken, not made a second time', async () => {
    const said = await deploy({ edit: withoutDatabase, args: ['--without-clickhouse', '--yes'] })
    expect(said.code).toBe(0)
    expect(said.checkout.calls()).not.toContain('d1 create sundial')
    expect(said.checkout.config()).toContain(`database_id = "${DATABASE_ID}"`)
  })
})

describe('ClickHouse', () => {
  const look = () => deploy({ args: [], clickhouse: { clickhouseUrl: `${CLICKHOUSE_URL}/`, counts } })

  test('must have the schema and the three users with exactly their rights', async () => {
    expect(unwell(await look())).toEqual([
      expect.stringMatching(
        /^missing +Schema of ClickHouse: lacks 0001_counts.* -> CLICKHOUSE_URL=https.* npm run migrate$/,
      ),
    ])
    checkout?.remove()
    await migrate({ counts, database: 'sundial' })
    const ready = await look()
    expect([ready.code, unwell(ready)]).toEqual([0, []])
    expect(ready.lines).toContainEqual(
      expect.stringMatching(/^ok +Users of ClickHouse: sundial_collector has its 3 rights/),
    )
  })

  test('must be the one of wrangler.toml', async () => {
    const clickhouse = { clickhouseUrl: 'https://other.example', counts }
    const said = await deploy({ args: [], clickhouse })
    expect(unwell(said)).toEqual([
      expect.stringMatching(/^missing +ClickHouse: this shell names another ClickHouse -> export/),
    ])
  })
})

describe('a dry run', () => {
  test('asks no account and deploys nothing, and says what it did not ask', async () => {
    const said = await deploy({ args: ['--dry-run', '--without-clickhouse'], account: { loggedIn: false } })
    expect(said.code).toBe(0)
    expect(said.checkout.calls()).toEqual(['--version', 'deploy --dry-run --env=', 'deploy --dry-run --env=dashboard'])
    expect(unwell(said).map((line) => line.slice(0, 10).trim())).toEqual(Array.from({ length: 5 }, () => 'not asked'))
    for (const line of unwell(said)) expect(line).toMatch(/ -> npx wrangler /)
  })

  test('is wrangler’s own for both Workers, through npm run deploy', async () => {
    const OFFLINE = {
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
    }
    const program = path.join(ROOT, 'dashboard/sundial.ts')
    const said = await new Promise<{ code: unknown; out: string }>((resolve) => {
      const options = { env: { PATH: process.env.PATH, HOME: directory, ...OFFLINE } }
      execFile(process.execPath, [program, 'deploy', '--dry-run'], options, (error, out) =>
        resolve({ code: error?.code ?? 0, out }),
      )
    })
    expect(said.out).toMatch(/^ok +Bundle of the collector: [\d.]+ KiB \/ gzip: [\d.]+ KiB$/m)
    expect(said.out).toMatch(/^ok +Bundle of the dashboard: [\d.]+ KiB \/ gzip: [\d.]+ KiB$/m)
    // wrangler.toml as it is delivered: everybody's own settings are missing.
    expect(said.out).toMatch(/^missing +D1 database: /m)
    expect(said.code).toBe(1)
  }, 60_000)

  test('of a folder without node_modules says how to get wrangler', async () => {
    const bare = mkdtempSync(path.join(tmpdir(), 'sundial-bare-'))
    symlinkSync(path.join(ROOT, 'wrangler.toml'), path.join(bare, 'wrangler.toml'))
    const lines: string[] = []
    const command = createDeploy({
      root: bare,
      variables: {},
      temporary: bare,
      fetch,
      now: Date.now,
      pause: async () => {},
    })
    const out = (line: string) => lines.push(line)
    const terminal = { out, err: out, progress: () => {}, signal: new AbortController().signal }
    const code = await command.run(readArguments(command, ['--dry-run']), storesWith({}), terminal)
    expect([code, lines[0]]).toEqual([1, expect.stringMatching(/^missing +wrangler: .* -> npm install$/)])
    rmSync(bare, { recursive: true })
  })
})
