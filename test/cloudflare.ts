// Cloudflare as wrangler shows it, for tests without an account: a folder laid out like this checkout whose wrangler keeps
// an account in a file. Everything else in the folder is real.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '..')

export const DATABASE_ID = '11111111-2222-4333-8444-555555555555'

export interface Account {
  loggedIn: boolean
  databases: { uuid: string; name: string }[]
  /** Migrations of D1 that are applied; undefined where none ever was. */
  applied?: string[] | undefined
  /** Names of the secrets of each Worker that there is. */
  workers: Record<string, string[]>
  /** Where each Worker answers once it is deployed. */
  targets: Record<string, string[]>
  /** Workers that cannot be deployed. */
  refused?: string[]
  /** Workers at which the person says no to what wrangler asks. */
  declined?: string[]
}

export interface Checkout {
  root: string
  /** Every call of wrangler so far, in order. */
  calls(): string[]
  account(): Account
  config(): string
  remove(): void
}

/** `edit` changes wrangler.toml before it is read. */
export function makeCheckout(account: Account, edit: (config: string) => string): Checkout {
  const root = mkdtempSync(path.join(tmpdir(), 'sundial-checkout-'))
  for (const name of ['collector', 'dashboard', 'script', 'dist'])
    symlinkSync(path.join(ROOT, name), path.join(root, name))
  const config = path.join(root, 'wrangler.toml')
  writeFileSync(config, edit(readFileSync(path.join(ROOT, 'wrangler.toml'), 'utf8')))
  const state = path.join(root, 'account.json')
  const log = path.join(root, 'calls.log')
  writeFileSync(state, JSON.stringify(account))
  writeFileSync(log, '')
  const bin = path.join(root, 'node_modules/wrangler/bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(path.join(bin, 'package.json'), '{"type":"module"}')
  writeFileSync(path.join(bin, 'wrangler.js'), PROGRAM)
  return {
    root,
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    account: (): Account => JSON.parse(readFileSync(state, 'utf8')),
    config: () => readFileSync(config, 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Says what wrangler 4 says, as far as `deploy` listens. */
const PROGRAM = `
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
const args = process.argv.slice(2)
const line = args.join(' ')
appendFileSync('calls.log', line + '\\n')
const account = JSON.parse(readFileSync('account.json', 'utf8'))
const worker = line.includes('--env=dashboard') ? 'sundial-dashboard' : 'sundial'
const save = () => writeFileSync('account.json', JSON.stringify(account))
const print = (value) => console.log(JSON.stringify(value))
const fail = (text) => {
  console.error('\\u001b[31mX [ERROR]\\u001b[0m ' + text)
  process.exit(1)
}

if (line === '--version') console.log('4.0.0')
else if (line.startsWith('deploy --dry-run')) console.log('Total Upload: 1.00 KiB / gzip: 0.50 KiB')
else if (!account.loggedIn) {
  if (line !== 'whoami --json') fail('You are not authenticated.')
  print({ loggedIn: false })
  process.exit(1)
} else if (line === 'whoami --json') print({ loggedIn: true, accounts: [{ id: 'x', name: 'Example' }] })
else if (line === 'd1 list --json') print(account.databases)
else if (line.startsWith('d1 create ')) {
  account.databases.push({ uuid: '${DATABASE_ID}', name: args[2] })
  save()
} else if (line.startsWith('d1 execute ')) {
  if (account.applied === undefined) {
    print({ error: { text: 'no such table: d1_migrations: SQLITE_ERROR' } })
    process.exit(1)
  }
  print([{ results: account.applied.map((name) => ({ name })), success: true }])
} else if (line.startsWith('d1 migrations apply ')) {
  account.applied = readdirSync('collector/sites').filter((file) => file.endsWith('.sql'))
  save()
} else if (line.startsWith('secret list ')) {
  if (account.workers[worker] === undefined) fail('Worker "' + worker + '" not found.')
  print(account.workers[worker].map((name) => ({ name, type: 'secret_text' })))
} else if (line.startsWith('deploy ')) {
  if (account.refused?.includes(worker)) process.exit(1)
  const done = account.declined?.includes(worker)
    ? { version_id: null }
    : { version_id: 'a version', targets: account.targets[worker] }
  const entry = { type: 'deploy', version: 1, worker_name: worker, ...done }
  writeFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, '{"type":"wrangler-session"}\\n' + JSON.stringify(entry) + '\\n')
} else fail('not known here: ' + line)
`
