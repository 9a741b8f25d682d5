// The port the accumulator keeps its state through: synchronous calls, the same over node:sqlite and a Durable Object.

export type SqliteValue = string | number | null | Uint8Array
export type SqliteRow = Record<string, SqliteValue>

export interface Sqlite {
  run(sql: string, ...values: SqliteValue[]): void
  all(sql: string, ...values: SqliteValue[]): SqliteRow[]
  /** Runs everything inside or nothing; durable on return (on a Durable Object: before any answer leaves). */
  transaction<T>(work: () => T): T
  /** Makes deleted content unreadable on disk, where the platform lets us; false when it must be tried again. */
  erase(): boolean
}

/** A column's text; anything else in its place means that the file is not ours. */
export function text(row: SqliteRow, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`)
  return value
}

/** A column's number. */
export function number(row: SqliteRow, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`)
  return value
}

/** A column's bytes. */
export function bytes(row: SqliteRow, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} holds no bytes`)
  return value
}

/** JSON that we wrote ourselves. A parser's own error would quote it. */
export function parsed<T>(json: string): T {
  try {
    return JSON.parse(json)
  } catch {
    throw new Error('the accumulator’s file is damaged: restore it from a backup')
  }
}
