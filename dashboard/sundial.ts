#!/usr/bin/env node
// The command line: `npm run sundial -- ...`. A command runs in the server that owns DATA_DIR;
// when none runs, here. Node runs this file as it is, so nothing it imports may be .tsx.
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Environment, readEnvironment, SETTINGS } from '../collector/environment.ts'
import { createLedger, type LedgerEntry } from '../collector/ledger.ts'
import { followLedger } from '../collector/replay.ts'
import { createSites } from '../collector/sites.ts'
import {
  columns,
  type Definition,
  type ExitCode,
  helpOf,
  readArguments,
  SUNDIAL,
  type Terminal,
  UsageError,
} from './command/command.ts'
import { COMMANDS, findCommand, runCommand } from './command/commands.ts'
import { createWranglerSettings } from './command/d1_over_wrangler.ts'
import { openStores } from './command/open_stores.ts'
import { openTerminal } from './command/terminal.ts'
import { connectControl, ownerOf } from './control.ts'
import { lockDataDir } from './lock.ts'
import { finishRestore } from './unfinished.ts'

/** How long a command waits for a server that is starting, or for another command. */
const PATIENCE = 10_000

// Who reads has gone (`| head`): there is nobody left to tell.
for (const screen of [process.stdout, process.stderr]) screen.on('error', () => process.exit(0))

const { stdin, stdout, stderr } = process
// npm runs scripts in the folder of package.json; where the person stands it tells in INIT_CWD.
const directory = process.env.INIT_CWD ?? process.cwd()
const terminal = openTerminal({ stdout, stderr, asks: { input: stdin, output: stderr }, directory, process })
const code = await main(process.argv.slice(2))
// 130 is what shells expect of a command that was interrupted.
process.exitCode = terminal.signal.aborted ? 130 : code

async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    return await understand(argv)
  } catch (error) {
    if (!terminal.signal.aborted) terminal.err(error instanceof Error ? error.message : String(error))
    return error instanceof UsageError ? 2 : 1
  }
}

/** Help and mistakes in the words need neither settings nor stores. */
async function understand(argv: readonly string[]): Promise<ExitCode> {
  const group = groupOf(argv)
  if (group) {
    terminal.out(overview(group))
    return 0
  }
  if (argv.length === 0) {
    terminal.err(overview(COMMANDS))
    return 2
  }
  const { command, args } = findCommand(argv)
  const given = readArguments(command, args)
  if (given.flag('help')) {
    terminal.out(helpOf(command))
    return 0
  }
  if (command.d1 && given.flag('d1')) return runOnD1(argv, given.flag('remote') ? 'remote' : 'local')
  if (command.d1 && (given.flag('remote') || given.flag('local'))) {
    throw new UsageError(`--remote and --local go with --d1\nSee: ${SUNDIAL} ${command.name} --help`)
  }
  return runHere(argv, command, settings())
}

/** The commands that `--help` or `site --help` asks about. */
function groupOf(argv: readonly string[]): readonly Definition[] | undefined {
  const last = argv.at(-1) ?? ''
  if (argv.length === 1 && ['--help', '-h', 'help'].includes(last)) return COMMANDS
  if (argv.length !== 2 || !['--help', '-h'].includes(last)) return undefined
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${argv[0]} `))
  return group.length > 0 ? group : undefined
}

function overview(commands: readonly Definition[]): string {
  const settings = Object.entries(SETTINGS).map(([name, setting]) => {
    const holds = 'default' in setting && setting.default !== '' ? ` Default: ${setting.default}` : ''
    return [name, `${setting.meaning}${holds}`] as const
  })
  return [
    `${SUNDIAL} <command> [options]`,
    '',
    ...columns(
      commands.map(({ name, words, summary }) => [[name, ...words.map((word) => `<${word}>`)].join(' '), summary]),
    ),
    '',
    'Each has its own --help. Exit codes: 0 done, 1 refused or failed, 2 not understood.',
    '',
    'Settings, by environment:',
    ...columns(settings),
  ].join('\n')
}

function settings(): Environment {
  const read = readEnvironment(process.env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  for (const warning of read.warnings) terminal.err(warning)
  return read.environment
}

async function runOnD1(argv: readonly string[], where: 'local' | 'remote'): Promise<ExitCode> {
  const db = createWranglerSettings({ where, root: path.join(import.meta.dirname, '..'), binding: 'DB' })
  const sites = createSites({ db, now: Date.now, report: terminal.err })
  const { publicUrl, clickhouse } = settings()
  const stores = openStores({ environment: settings(), now: Date.now, report: terminal.err })
  // The embedded engine of this machine has nothing to do with them.
  const counts = clickhouse.url === undefined ? () => Promise.reject(new Error(NO_COUNTS)) : stores.counts
  const rest = {
    settings: db,
    place: `in the ${where} D1`,
    publicAddress: publicUrl,
    mailer: stores.mailer,
    migrate: stores.migrate,
  }
  try {
    const follow = (other: readonly LedgerEntry[]) => followLedger(db, other)
    return await runCommand(argv, { sites, ledger: createLedger({ db }), follow, counts, ...rest }, terminal)
  } finally {
    await stores.close()
  }
}

const NO_COUNTS = 'With --d1, CLICKHOUSE_URL, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD must say where the counts are.'

async function runHere(argv: readonly string[], command: Definition, environment: Environment): Promise<ExitCode> {
  const beside = command.anywhere || (command.countsOnly && environment.clickhouse.url !== undefined)
  if (beside) return runAlone(argv, environment, terminal)
  const place = { dataDir: environment.dataDir, temporary: tmpdir() }
  const deadline = Date.now() + PATIENCE
  while (!terminal.signal.aborted) {
    const control = await connectControl(place)
    if (control && command.alone) throw new Error(await ownerOf(place))
    if (control) return control.run(argv, terminal)
    const lock = lockDataDir(environment.dataDir)
    if (lock) {
      try {
        if (!command.alone) finishRestore(environment.dataDir)
        return await runAlone(argv, environment, terminal)
      } finally {
        lock.release()
      }
    }
    if (Date.now() > deadline) throw new Error(await ownerOf(place))
    await wait(100)
  }
  return 1
}

async function runAlone(argv: readonly string[], environment: Environment, terminal: Terminal): Promise<ExitCode> {
  const stores = openStores({ environment, now: Date.now, report: terminal.err })
  try {
    return await runCommand(argv, stores, terminal)
  } finally {
    await stores.close()
  }
}
