// The accumulator's port over node:sqlite: a file that survives kill -9 and power loss, and forgets what it deletes.
// Opened by the Node entry and by tests.

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Sqlite, SqliteRow, SqliteValue } from './sqlite.ts'

export interface NodeSqlite extends Sqlite {
  close(): void
}

/**
 * Opens or makes the file at `path` (':memory:' keeps it in memory).
 * `synchronous=FULL` syncs every commit; `secure_delete` overwrites what is deleted; `erase` empties the write-ahead log.
 */
export function openNodeSqlite(path: string): NodeSqlite {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA journal_mode = WAL;
                 PRAGMA synchronous = FULL;
                 PRAGMA secure_delete = ON;
                 PRAGMA busy_timeout = 200`)
  const statements = new Map<string, StatementSync>()

  function prepare(sql: string): StatementSync {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    run(sql, ...values) {
      prepare(sql).run(...values)
    },
    all(sql, ...values) {
      return prepare(sql)
        .all(...values)
        .map(plain)
    },
    transaction(work) {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        // A full disk can have rolled the transaction back already.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    erase() {
      // Busy while somebody else reads the file: then the log stays as it is. https://sqlite.org/pragma.html#pragma_wal_checkpoint
      return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function plain(row: Record<string, unknown>): SqliteRow {
  const values: SqliteRow = {}
  for (const [column, value] of Object.entries(row)) values[column] = storable(value)
  return values
}

function storable(value: unknown): SqliteValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`SQLite returned a ${typeof value}`)
}
