// Counts on the embedded ClickHouse engine (chdb), inside the Node process: the default on one machine.
// One process owns the directory: a second one is refused. The engine's library (150 MB of memory) is loaded when it is
// opened, and only then: a server with a ClickHouse outside does without.
import { type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client'
import { formatQueryParams } from '@clickhouse/client-common'
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

/** As many as a page has statements. */
const READERS = 3

/**
 * A view is read as if its text stood in the statement; what costs a report more than it saves is off. Together that is a
 * fourth of a page. Set here, because servers of other versions may not know these names.
 */
const READER_SETTINGS = [
  'analyzer_inline_views = 1',
  'optimize_and_compare_chain = 0',
  'optimize_redundant_comparisons = 0',
  'optimize_extract_common_expressions = 0',
  'optimize_functions_to_subcolumns = 0',
  'max_threads_for_indexes = 1',
].join(', ')

/** Opens the engine (250 to 650 ms) and its database. Rejects when another process has the directory open. */
export async function createEmbeddedCounts(options: Engine): Promise<Counts> {
  const { path, database, memoryBytes = MEMORY_BYTES, report = () => {} } = options
  const name = databaseName(database)
  const { Session, drainPending } = await import('chdb')
  const engine = openEngine(Session, path, memoryBytes)
  // A connection runs one statement at a time: those of a page run side by side, and wait for no insert.
  const readers: Connection[] = []
  for (let n = 0; n < READERS; n++) readers.push(await openConnection(path))
  const writer = await openConnection(path)
  const counts = createCounts({ reader: leastBusy(readers), writer })
  await counts.command(`CREATE DATABASE IF NOT EXISTS ${name}`)
  for (const connection of [...readers, writer]) await connection.command(`USE ${name}`)
  for (const reader of readers) await reader.command(`SET ${READER_SETTINGS}`)
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

/** Gives each statement to the connection with the fewest that run or wait. */
function leastBusy(connections: readonly Connection[]): Connection {
  const lanes = connections.map((connection) => ({ connection, busy: 0 }))
  async function on<T>(ask: (connection: Connection) => Promise<T>): Promise<T> {
    const lane = lanes.reduce((least, one) => (one.busy < least.busy ? one : least))
    lane.busy++
    try {
      return await ask(lane.connection)
    } finally {
      lane.busy--
    }
  }
  return {
    select: (sql, params) => on(({ select }) => select(bind(sql, params), {})),
    command: (sql) => on(({ command }) => command(sql)),
    ping: () => on(({ ping }) => ping()),
    async close() {
      for (const { close } of connections) await close()
    },
  }
}

/**
 * The statement with its values as literals. The engine binds values for all connections at once, so chdb lets statements
 * with values run one after the other only, whichever connection they are on (globalParamChain in its index.js).
 */
function bind(sql: string, params: Record<string, unknown>): string {
  return sql.replace(/\{(\w+):([\w()]+)\}/g, (asked, name: string, type: string) => {
    // Left as it is, the engine says what is missing.
    if (!Object.hasOwn(params, name)) return asked
    const value = params[name]
    const literal = formatQueryParams({ value, wrapStringInQuotes: true, printNullAsKeyword: true })
    // CAST would make 4294967295 of -1.
    return isOfType(value, type) ? literal : `accurateCast(${literal}, '${type}')`
  })
}

/**
 * What its literal is without a conversion, which takes the engine a tenth of a millisecond. A number may be of a narrower
 * type then, which sums and comparisons widen.
 */
function isOfType(value: unknown, type: string): boolean {
  if (type === 'String') return typeof value === 'string'
  if (type === 'UInt32') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32
  return (
    type === 'Array(String)' &&
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string')
  )
}
