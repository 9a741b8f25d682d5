// Counts on the embedded ClickHouse engine (chdb), inside the Node process: the default on one machine.
// One process owns the directory: a second one is refused. The engine's library (150 MB of memory) is loaded when it is
// opened, and only then: a server with a ClickHouse outside does without.
import { type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client'
import type { Session } from 'chdb'
import { type Connection, type Counts, createCounts } from './clickhouse.ts'
import { connectionOver, SILENT } from './clickhouse_server.ts'
import { mendDeduplicationLogs } from './deduplication_log.ts'
import { databaseName } from './migrate.ts'

export interface Engine {
  /** Directory of the engine's data, made when missing. */
  path: string
  database: string
  /** Cap on what the whole engine may allocate; its library comes on top, which the kernel can drop and read again. */
  memoryBytes?: number
  /** A line for the operator, when something in the directory is not as expected. */
  report?: (problem: string) => void
}

const MEMORY_BYTES = 1_000_000_000
/** The defaults, 100 MB to 5 GB each, are for servers. The background pools have one or two threads here by themselves. */
const CACHE_BYTES = {
  mark_cache_size: 64_000_000,
  primary_index_cache_size: 16_000_000,
  index_mark_cache_size: 8_000_000,
  query_condition_cache_size: 8_000_000,
  compiled_expression_cache_size: 16_000_000,
}

/** Opens the engine (250 to 650 ms) and its database. Rejects when another process has the directory open. */
export async function createEmbeddedCounts(options: Engine): Promise<Counts> {
  const { path, database, memoryBytes = MEMORY_BYTES, report = () => {} } = options
  const name = databaseName(database)
  const { Session, drainPending } = await import('chdb')
  const engine = openEngine(Session, path, memoryBytes)
  // A session runs one statement at a time: reports need not wait for inserts.
  const reader = await openConnection(path)
  const writer = await openConnection(path)
  const counts = createCounts({ reader, writer })
  await counts.command(`CREATE DATABASE IF NOT EXISTS ${name}`)
  for (const connection of [reader, writer]) await connection.command(`USE ${name}`)
  await mendDeduplicationLogs({ counts, report })
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
function openEngine(Engine: typeof Session, path: string, memoryBytes: number): Session {
  // BACKUP and RESTORE may go wherever the operator says; the system's own rights say where this user may write.
  const limits = { max_server_memory_usage: memoryBytes, ...CACHE_BYTES, 'backups.allowed_path': '/' }
  try {
    return new Engine(path, { connectionArgs: Object.entries(limits).map(([name, value]) => `--${name}=${value}`) })
  } catch (cause) {
    throw new Error(`cannot open the counts in ${path}: is another Sundial running there?`, { cause })
  }
}

async function openConnection(path: string): Promise<Connection> {
  const { createChdbConnection } = await import('chdb/connection')
  // Cast: the package types its connection with another copy of the client's declarations, equal but not the same.
  const connection = createChdbConnection({ path }) as unknown as ClickHouseClientConfigOptions['connection'] & {}
  return connectionOver(createClient({ connection, ...SILENT }))
}
