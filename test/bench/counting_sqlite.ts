// The accumulator's port, counted: rows and bytes as a Durable Object bills them, in front of the real SQLite.
// Used by rows.ts, which drives an accumulator by a clock of its own.
import type { Sqlite, SqliteValue } from '../../collector/sqlite.ts'

export interface Written {
  rows: number
  /** Of the values bound. */
  bytes: number
}

/** A text primary key has an index of its own, and an index's row is a row written. */
const INDEXED = /^(?:INSERT INTO|DELETE FROM) outbox\b/
const CHANGES = /^\s*(?:INSERT|UPDATE|DELETE)\b/

export function countingSqlite(sqlite: Sqlite): Sqlite & { written: Written } {
  const written = { rows: 0, bytes: 0 }
  return {
    ...sqlite,
    written,
    run(sql, ...values) {
      sqlite.run(sql, ...values)
      if (!CHANGES.test(sql)) return
      const changed = Number(sqlite.all('SELECT changes() AS changed')[0]?.changed ?? 0)
      written.rows += changed * (INDEXED.test(sql) ? 2 : 1)
      for (const value of values) written.bytes += lengthOf(value)
    },
  }
}

function lengthOf(value: SqliteValue): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  return value instanceof Uint8Array ? value.length : 8
}
