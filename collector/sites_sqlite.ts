// The settings store of one machine: a SQLite file behind the port of sites.ts. Opened by the server and, while none
// runs, by the command line.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SettingsStore } from './sites.ts'

/** The same place seen from this file and from the bundle in dist/. D1 reads it by `migrations_dir`. */
const MIGRATIONS = path.join(import.meta.dirname, '../collector/sites')

export interface SqliteSettings extends SettingsStore {
  /** The same connection, for better-auth. */
  readonly database: DatabaseSync
  close(): void
}

/** Opens the file, makes it when there is none, and applies the migrations it lacks. `:memory:` for a store that goes away. */
export function openSqliteSettings(file: string): SqliteSettings {
  const db = new DatabaseSync(file)
  // FULL: an answer "site added" must be true after a power cut. secure_delete: what was removed is off the disk.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000')
  migrate(db)
  return {
    database: db,
    all: async (sql, ...params) => db.prepare(sql).all(...params),
    run: async (sql, ...params) => {
      db.prepare(sql).run(...params)
    },
    batch: async (statements) => {
      whole(db, () => {
        for (const { sql, params } of statements) db.prepare(sql).run(...params)
      })
    },
    close: () => db.close(),
  }
}

function migrate(db: DatabaseSync): void {
  whole(db, () => {
    db.exec('CREATE TABLE IF NOT EXISTS settings_migrations (name TEXT PRIMARY KEY)')
    const applied = new Set(
      db
        .prepare('SELECT name FROM settings_migrations')
        .all()
        .map(({ name }) => name),
    )
    for (const name of readdirSync(MIGRATIONS).sort()) {
      if (!name.endsWith('.sql') || applied.has(name)) continue
      db.exec(readFileSync(path.join(MIGRATIONS, name), 'utf8'))
      db.prepare('INSERT INTO settings_migrations (name) VALUES (?)').run(name)
    }
  })
}

function whole(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    // A full disk can have rolled the transaction back already; a second time would hide why.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
