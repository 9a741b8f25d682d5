// `sundial backup`: everything of one machine, as of one moment, in a directory. The engine's own BACKUP and SQLite's;
// meanwhile events are counted as ever, and nothing leaves the accumulator. Called with the machine that owns the data.
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { ClickHouseError, type Counts } from '../collector/clickhouse.ts'
import { nameOfError } from '../collector/error_name.ts'
import { secondOf } from '../collector/ledger.ts'
import { databaseName } from '../collector/migrate.ts'
import { enforcePeriods } from '../collector/retention.ts'
import type { Progress } from './command/command.ts'
import { filesIn } from './data_dir.ts'
import { type Manifest, writeManifest } from './manifest.ts'

export interface BackupDeps {
  dataDir: string
  database: string
  counts: Counts
  hold<T>(work: () => Promise<T>): Promise<T>
  /** Folds the journal of an accumulator's file that nobody has open, and erases it. */
  foldFile: (file: string) => void
  now: () => number
  progress: (progress: Progress) => void
}

/** What lies where in a backup. */
export function placesIn(directory: string) {
  return {
    settings: path.join(directory, 'settings.db'),
    accumulator: path.join(directory, 'accumulator.db'),
    counts: path.join(directory, 'counts'),
  } as const
}

/** Throws a sentence; what was written is removed then. */
export async function backUp(directory: string, deps: BackupDeps): Promise<Manifest> {
  refuseUnlessEmpty(directory, deps.dataDir)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  try {
    // Nothing waits in the outbox then: the engine's backup forgets which tokens it has seen, so that a parcel which is
    // there and in the accumulator as well would count twice after a restore.
    await deps.hold(() => copyAll(directory, deps))
    return await describe(directory, deps)
  } catch (error) {
    for (const name of readdirSync(directory)) rmSync(path.join(directory, name), { recursive: true })
    throw new Error(`The backup failed, and what was written of it was removed: ${reasonOf(error)}`, { cause: error })
  }
}

function refuseUnlessEmpty(directory: string, dataDir: string): void {
  const within = path.relative(path.resolve(dataDir), directory)
  if (!within.startsWith('..') && !path.isAbsolute(within)) {
    throw new Error(`${directory} is within DATA_DIR: what happens to the data would happen to the backup.`)
  }
  if (namesIn(directory).length > 0)
    throw new Error(`${directory} is not empty: a backup needs a directory of its own.`)
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function copyAll(
  directory: string,
  { dataDir, database, counts, foldFile, progress }: BackupDeps,
): Promise<void> {
  const [from, to] = [filesIn(dataDir), placesIn(directory)]
  const done = (what: string, steps: number) => progress({ what, done: steps, total: STEPS })
  // What is past its period need not be in it.
  await enforcePeriods({ counts })
  done('settings', 0)
  await copySqlite(from.settings, to.settings)
  done('accumulator', 1)
  await copySqlite(from.accumulator, to.accumulator)
  // The journal says what was counted together: it lives for a minute, and a backup for long.
  foldFile(to.accumulator)
  done('counts', 2)
  mkdirSync(to.counts, { mode: 0o700 })
  await counts.command(`BACKUP DATABASE ${databaseName(database)} TO File(${quoted(`${to.counts}/`)})`)
  done('copied', STEPS)
}

const STEPS = 3
/** Pages at a time: all of them, so that no write of the running server makes it begin again. */
const ALL_PAGES = 1_000_000_000

/** For its owner only, as all of a backup: the directory may have been there, and open to others. */
async function copySqlite(from: string, to: string): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600))
  const db = new DatabaseSync(from, { timeout: 5_000 })
  try {
    await backup(db, to, { rate: ALL_PAGES })
  } finally {
    db.close()
  }
}

async function describe(directory: string, { database, counts, now, progress }: BackupDeps): Promise<Manifest> {
  const name = z.object({ name: z.string() })
  const migrations = await counts.query(`SELECT name FROM ${databaseName(database)}.migrations ORDER BY name`, {}, name)
  // Not read-only: who may not write leaves a write-ahead log behind.
  const settings = new DatabaseSync(placesIn(directory).settings)
  const rows = z.array(name).parse(settings.prepare('SELECT name FROM settings_migrations ORDER BY name').all())
  settings.close()
  const about = { at: secondOf(now()), database, schema: migrations.map(nameOf), settings: rows.map(nameOf) }
  return writeManifest(directory, about, (done, total) => progress({ what: 'hashes', done, total }))
}

function nameOf({ name }: { name: string }): string {
  return name
}

/** A path as a literal of ClickHouse. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** SQLITE_FULL and NOT_ENOUGH_SPACE: https://www.sqlite.org/rescode.html#full */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  const system = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 13 || system === 'ENOSPC' || (error instanceof ClickHouseError && error.code === 243)) {
    return 'there is no space left on the disk'
  }
  return error instanceof ClickHouseError ? error.message : nameOfError(error)
}
