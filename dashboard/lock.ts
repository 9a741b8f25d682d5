// One process owns DATA_DIR. Taken by the server for its life, and by a command that opens the stores itself.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface Lock {
  release(): void
}

/**
 * Undefined when another process has it. The lock is SQLite's own on an empty file: the system drops it when the
 * process ends, kill -9 included, so it is never stale. Makes the directory, for its owner only, when there is none.
 */
export function lockDataDir(dataDir: string): Lock | undefined {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(path.join(dataDir, 'lock'), { timeout: 0 })
  try {
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return { release: () => db.close() }
}

/** SQLITE_BUSY: https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
