// The accumulator's port over a Durable Object's SQLite. Pragmas are not ours there, and Cloudflare keeps 30 days of
// history: deleted content is erased for us and our readers, not for the account holder.

import type { Sqlite, SqliteRow, SqliteValue } from './sqlite.ts'

export function createDurableSqlite(storage: DurableObjectStorage): Sqlite {
  return {
    run(sql, ...values) {
      for (const _ of storage.sql.exec(sql, ...values));
    },
    all(sql, ...values) {
      return [...storage.sql.exec(sql, ...values)].map(plain)
    },
    transaction: (work) => storage.transactionSync(work),
    erase: () => true,
  }
}

/** Blobs come back as ArrayBuffer. */
function plain(row: Record<string, ArrayBuffer | SqliteValue>): SqliteRow {
  const values: SqliteRow = {}
  for (const [column, value] of Object.entries(row))
    values[column] = value instanceof ArrayBuffer ? new Uint8Array(value) : value
  return values
}
