// `sundial backup`, `sundial restore` and `sundial replay`: what was counted outlives a disk, and what has ended stays so.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readLedger } from '../../collector/ledger.ts'
import { replayLedger } from '../../collector/replay.ts'
import { RESTORED_PEOPLE } from '../people/restored.ts'
import { type Definition, type Given, SUNDIAL, type Terminal } from './command.ts'
import { receiptOf } from './receipt.ts'

export const backup: Definition = {
  name: 'backup',
  summary: 'Writes everything of this machine into an empty directory, while it runs or not.',
  words: ['directory'],
  options: {},
  notes: [
    'Events are counted meanwhile. The hashing secret is not in it. A backup keeps what the periods end until you delete it:',
    'let backups expire sooner than the retention period.',
  ],
  async run(given, { backUp }, terminal) {
    if (!backUp) throw new Error('With CLICKHOUSE_URL the counts are on that server: back them up there, see README.')
    const directory = path.resolve(terminal.directory ?? '.', given.word('directory'))
    const { at, files } = await backUp(directory, terminal.progress)
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    terminal.out(
      `${directory} holds everything as of ${at}: ${files.length} files, ${Math.ceil(bytes / 1_000_000)} MB.`,
    )
    return 0
  },
}

const LEDGER = {
  ledger: {
    value: '<file>',
    meaning: 'A further ledger, as `ledger --json` printed it: what it says was done is done again.',
  },
} as const

export const restore: Definition = {
  name: 'restore',
  summary: 'Brings a backup back. What was deleted, anonymized or shortened since stays so.',
  words: ['directory'],
  options: { ...LEDGER, confirm: { value: 'replace', meaning: 'Confirms that what is in DATA_DIR is replaced.' } },
  alone: true,
  async run(given, { restore }, terminal) {
    if (!restore) throw new Error('With CLICKHOUSE_URL the counts are on that server: restore them there, see README.')
    if (restore.replaces && !(await isReplaced(given, terminal.ask?.bind(terminal)))) {
      terminal.err('Nothing was restored: DATA_DIR holds data. Add --confirm replace to put the backup in its place.')
      return 1
    }
    const { manifest, since } = await restore.run(
      path.resolve(terminal.directory ?? '.', given.word('directory')),
      furtherLedger(given, terminal),
      terminal.progress,
    )
    terminal.out(`Restored as of ${manifest.at}.`)
    if (since.length > 0) terminal.out('Done again, because it was done since:')
    for (const entry of since) terminal.out(`  ${receiptOf({ ...entry, details: {} }).join()}`)
    terminal.out(RESTORED_PEOPLE)
    return 0
  },
}

async function isReplaced(given: Given, ask: ((question: string) => Promise<string>) | undefined): Promise<boolean> {
  const typed =
    given.text('confirm') ?? (await ask?.('DATA_DIR holds data. Type replace to put the backup in its place:'))
  return typed?.trim() === 'replace'
}

export const replay: Definition = {
  name: 'replay',
  summary: 'Does again what the ledger says was done: after a ClickHouse server was restored.',
  words: [],
  options: LEDGER,
  notes: [
    'Before anybody reads what came back: stop Sundial, RESTORE on the server, replay, start. What is done already stays.',
    `The ledger is printed by: ${SUNDIAL} ledger --json`,
  ],
  d1: true,
  async run(given, stores, terminal) {
    const since = await stores.follow(furtherLedger(given, terminal))
    const redone = await replayLedger(await stores.ledger.entries(), await stores.counts())
    terminal.out(`Taken over from the other ledger: ${since.length}. Done again: ${redone.length}.`)
    for (const entry of redone) terminal.out(`  ${receiptOf({ ...entry, details: {} }).join()}`)
    return 0
  },
}

function furtherLedger(given: Given, { directory = '.' }: Terminal) {
  const file = given.text('ledger')
  return file === undefined ? [] : readLedger(readFileSync(path.resolve(directory, file), 'utf8'))
}
