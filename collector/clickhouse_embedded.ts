// Counts on the embedded ClickHouse engine (chdb), inside the Node process: the default on one machine.
// One process owns the directory: a second one is refused.
import { type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client'
import { drainPending, Session } from 'chdb'
import { createChdbConnection } from 'chdb/connection'
import { type Connection, type Counts, createCounts } from './clickhouse.ts'
import { connectionOver, SILENT } from './clickhouse_server.ts'
import { databaseName } from './migrate.ts'

export interface Engine {
  /** Directory of the engine's data, made when missing. */
  path: string
  database: string
  /** Cap on what the whole engine may take; it starts at 250 MB. */
  memoryBytes?: number
}

const MEMORY_BYTES = 1_000_000_000
/** The default, 5 GB, is for servers. */
const MARK_CACHE_BYTES = 64_000_000

/** Opens the engine (250 to 650 ms) and its database. Rejects when another process has the directory open. */
export async function createEmbeddedCounts({ path, database, memoryBytes = MEMORY_BYTES }: Engine): Promise<Counts> {
  const name = databaseName(database)
  const engine = openEngine(path, memoryBytes)
  // A session runs one statement at a time: reports need not wait for inserts.
  const reader = openConnection(path)
  const writer = openConnection(path)
  const counts = createCounts({ reader, writer })
  await counts.command(`CREATE DATABASE IF NOT EXISTS ${name}`)
  for (const connection of [reader, writer]) await connection.command(`USE ${name}`)
  return {
    ...counts,
    async close() {
      await counts.close()
      engine.close()
      // Without this the process could end, or open the directory again, while the engine still closes.
      await drainPending()
    },
  }
}

/** The first session on a path decides the engine's arguments. */
function openEngine(path: string, memoryBytes: number): Session {
  try {
    return new Session(path, {
      connectionArgs: [`--max_server_memory_usage=${memoryBytes}`, `--mark_cache_size=${MARK_CACHE_BYTES}`],
    })
  } catch (cause) {
    throw new Error(`cannot open the counts in ${path}: is another Sundial running there?`, { cause })
  }
}

function openConnection(path: string): Connection {
  // Cast: the package types its connection with another copy of the client's declarations, equal but not the same.
  const connection = createChdbConnection({ path }) as unknown as ClickHouseClientConfigOptions['connection'] & {}
  return connectionOver(createClient({ connection, ...SILENT }))
}
