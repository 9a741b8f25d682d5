// Counts on a ClickHouse server, Cloud or cluster over HTTP, for Workers: nothing here needs Node.
// Used by both Workers.
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client-web'
import { type Connection, type Counts, createCounts } from './clickhouse.ts'

export interface Server {
  url: string
  username: string
  password: string
  database: string
}

export function createWebCounts({ url, username, password, database }: Server): Counts {
  // The client would print failed statements, values and all, to the Worker's log.
  const log = { level: ClickHouseLogLevel.OFF }
  const connection = connectionOver(createClient({ url, username, password, database, log }))
  return createCounts({ reader: connection, writer: connection })
}

/** The same lines as in clickhouse_server.ts: the two clients share their shape, not their types. */
function connectionOver(client: ClickHouseClient): Connection {
  return {
    async select(sql, params) {
      const result = await client.query({
        query: sql,
        query_params: params,
        format: 'JSONEachRow',
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
