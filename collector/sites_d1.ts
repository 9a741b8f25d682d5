// The settings store on Workers: a D1 database behind the port of sites.ts. Used by both Workers' entries.
import type { SettingsStore, SettingsValue } from './sites.ts'

/** As much of a D1 binding as is used here. */
export interface D1Binding {
  prepare(sql: string): {
    bind(...values: readonly SettingsValue[]): D1Bound
  }
  batch(statements: D1Bound[]): Promise<unknown>
}

interface D1Bound {
  all(): Promise<{ results: readonly unknown[] }>
  run(): Promise<unknown>
}

export function createD1Settings(binding: D1Binding): SettingsStore {
  return {
    all: async (sql, ...params) =>
      (
        await binding
          .prepare(sql)
          .bind(...params)
          .all()
      ).results,
    run: async (sql, ...params) => {
      await binding
        .prepare(sql)
        .bind(...params)
        .run()
    },
    // One transaction: https://developers.cloudflare.com/d1/worker-api/d1-database/#batch
    batch: async (statements) => {
      await binding.batch(statements.map(({ sql, params }) => binding.prepare(sql).bind(...params)))
    },
  }
}
