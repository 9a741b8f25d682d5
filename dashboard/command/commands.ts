// All commands of `sundial`, and how one is found and run. Called by the command line and, over control.ts, by the server.
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PUBLIC } from '../scripts.ts'
import { createAnonymize } from './anonymize.ts'
import { backup, replay, restore } from './backup.ts'
import {
  type Definition,
  type ExitCode,
  readArguments,
  type Stores,
  SUNDIAL,
  type Terminal,
  UsageError,
} from './command.ts'
import { createDelete } from './delete.ts'
import { createDemo } from './demo.ts'
import { createDeploy } from './deploy.ts'
import { grants } from './grants.ts'
import { ledger } from './ledger.ts'
import { migrate } from './migrate.ts'
import { createOrganizationUndo } from './organization.ts'
import { createPeriod } from './period.ts'
import { reshard } from './reshard.ts'
import { createSiteAdd, createSiteSet, siteList } from './site.ts'
import { createTokenCommands } from './token.ts'
import { createUserCommands } from './user.ts'
import { createVerify } from './verify.ts'

const demo = createDemo({ now: Date.now, random: randomBytes, temporary: tmpdir() })
const deploy = createDeploy({
  root: path.join(PUBLIC, '../..'),
  variables: process.env,
  temporary: tmpdir(),
  fetch,
  now: Date.now,
  pause,
})
const { tokenCreate, tokenList, tokenRemove } = createTokenCommands({ now: Date.now, random: randomBytes })
const organizationUndo = createOrganizationUndo({ now: Date.now, random: randomBytes })
const siteAdd = createSiteAdd({ now: Date.now, random: randomBytes })
const siteSet = createSiteSet({ now: Date.now })
const period = createPeriod({ now: Date.now })
const anonymize = createAnonymize({ now: Date.now })
const { deleteSite, siteRemove } = createDelete({ now: Date.now })
const { userInvite, userReset, userList, userRemove } = createUserCommands({ now: Date.now, random: randomBytes })
const verify = createVerify({ fetch, now: Date.now, pause, built: PUBLIC })

export const COMMANDS: readonly Definition[] = [
  siteAdd,
  siteSet,
  siteList,
  siteRemove,
  period,
  anonymize,
  deleteSite,
  userInvite,
  userReset,
  userList,
  userRemove,
  organizationUndo,
  tokenCreate,
  tokenList,
  tokenRemove,
  ledger,
  backup,
  restore,
  replay,
  demo,
  migrate,
  grants,
  reshard,
  deploy,
  verify,
]

/** The command that the first words name, and its arguments. */
export function findCommand(argv: readonly string[]): { command: Definition; args: readonly string[] } {
  for (const command of COMMANDS) {
    const words = command.name.split(' ')
    if (words.every((word, position) => argv[position] === word)) return { command, args: argv.slice(words.length) }
  }
  const wanted = argv.filter((word) => !word.startsWith('-')).slice(0, 2)
  const group = COMMANDS.filter(({ name }) => name.split(' ')[0] === wanted[0])
  const names = (group.length > 0 ? group : COMMANDS).map(({ name }) => name).join(', ')
  throw new UsageError(`there is no command "${wanted.join(' ')}"; there is ${names}\nSee: ${SUNDIAL} --help`)
}

/** Runs a command to its exit code; what goes wrong is said in a line. */
export async function runCommand(argv: readonly string[], stores: Stores, terminal: Terminal): Promise<ExitCode> {
  try {
    const { command, args } = findCommand(argv)
    return await command.run(readArguments(command, args), stores, terminal)
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : String(error))
    return error instanceof UsageError ? 2 : 1
  }
}
