// Counts on a ClickHouse server, Cloud or cluster over HTTP, for Node.
// Used by the Node entries when CLICKHOUSE_URL is set; the embedded engine speaks through the same client.
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { type Connection, type Counts, createCounts } from './clickhouse.ts'

export interface Server {
  url: string
  username: string
  password: string
  /** Must exist, so migrations connect to `default`. */
  database: string
}

export function createServerCounts({ url, username, password, database }: Server): Counts {
  const client = createClient({ url, username, password, database, ...SILENT })
  const connection = connectionOver(client)
  return createCounts({ reader: connection, writer: connection })
}

/** The client would print failed statements, values and all, to the console. */
export const SILENT = { log: { level: ClickHouseLogLevel.OFF } } as const

export function connectionOver(client: ClickHouseClient): Connection {
  return {
    async select(sql, params) {
      const result = await client.query({
        query: sql,
        query_params: params,
        format: 'JSONEachRow',
        // The answer is a few hundred rows: whole, or an error with its code.
        clickhouse_settings: { wait_end_of_query: 1 },
      })
      return result.text()
    },
    async command(sql) {
      await client.command({ query: sql })
    },
    ping: () => client.ping(),
    close: () => client.close(),
  }
}
