// Counts how often ClickHouse failed, by code: for the server's metrics. Wraps the port that everything else uses.
import { ClickHouseError, type Counts } from './clickhouse.ts'

export interface ErrorCount {
  /** ClickHouse's code, 0 when it did not answer. */
  code: number
  type: string
  n: number
}

export function countErrors(counts: Counts): { counts: Counts; errors(): readonly ErrorCount[] } {
  const errors = new Map<string, ErrorCount>()

  async function watched<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      if (error instanceof ClickHouseError) count(error)
      throw error
    }
  }

  function count({ code, type }: ClickHouseError): void {
    const known = errors.get(`${code} ${type}`)
    if (known) known.n++
    else errors.set(`${code} ${type}`, { code, type, n: 1 })
  }

  return {
    counts: {
      ...counts,
      insert: (table, rows, token) => watched(counts.insert(table, rows, token)),
      query: (sql, params, row) => watched(counts.query(sql, params, row)),
      command: (sql) => watched(counts.command(sql)),
    },
    errors: () => [...errors.values()],
  }
}
