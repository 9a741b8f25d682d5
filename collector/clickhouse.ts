// Counts: the port through which counts reach ClickHouse and are read again, and what all its makers share.
// Made by clickhouse_embedded.ts and clickhouse_server.ts on Node, clickhouse_web.ts on Workers; used by flush.ts
// (insert), the dashboard's reports (query), migrate.ts and retention.ts (command).
import type { ZodType } from 'zod'
import { TABLES, type Table } from './contract.ts'

export interface Counts {
  /**
   * Inserts rows exactly once per token, however often and from wherever it is called with the same rows.
   * `rows` are JSONEachRow lines, at most INSERT_ROWS of them; `token` is a UUID.
   */
  insert(table: Table, rows: string, token: string): Promise<void>
  /**
   * Rows of a SELECT, each checked by `row`. Values stand in the text as {name:Type} and are bound from `params`. It may end
   * with a line of SETTINGS.
   */
  query<T>(sql: string, params: Record<string, unknown>, row: ZodType<T>): Promise<T[]>
  command(sql: string): Promise<void>
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** The part of @clickhouse/client and @clickhouse/client-web that is used here. */
export interface Connection {
  /** Runs a SELECT and returns its rows as JSONEachRow text. */
  select(sql: string, params: Record<string, unknown>): Promise<string>
  command(sql: string): Promise<void>
  ping(): Promise<{ success: boolean }>
  close(): Promise<void>
}

/** One insert is one block per month, which is what a deduplication token covers. */
export const INSERT_ROWS = 50_000

/**
 * Settings stand in the SQL text: those of a chdb session would stick to it, and a token that sticks silently drops
 * what is inserted next. log_queries: a server's query log would keep values beyond their retention period.
 * One block: parallel parsing would cut the rows into blocks by size, each with a token of its own.
 */
const INSERT_SETTINGS = [
  'async_insert = 0',
  'insert_deduplicate = 1',
  'deduplicate_blocks_in_dependent_materialized_views = 1',
  'input_format_parallel_parsing = 0',
  'input_format_skip_unknown_fields = 0',
  `max_insert_block_size = ${2 * INSERT_ROWS}`,
  'log_queries = 0',
].join(', ')

/**
 * Bounds of a dashboard statement, which takes 5 to 20 ms on a year of counts, most of it before the first row is read.
 * So what pays for long statements only is off. ClickHouse would compile their expressions to machine code at the fourth
 * time it is asked: 100 ms while somebody waits, and never made up for. To write a few hundred rows it would start threads.
 */
const QUERY_SETTINGS = [
  'max_execution_time = 10',
  'max_memory_usage = 500000000',
  'output_format_parallel_formatting = 0',
  'compile_expressions = 0',
  'compile_aggregate_expressions = 0',
  'compile_sort_description = 0',
  'output_format_json_quote_64bit_integers = 0',
  'log_queries = 0',
].join(', ')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function createCounts({ reader, writer }: { reader: Connection; writer: Connection }): Counts {
  return {
    async insert(table, rows, token) {
      await answered(writer.command(insertStatement(table, rows, token)))
    },
    async query(sql, params, row) {
      const text = await answered(reader.select(bounded(sql), params))
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => checked(line, row))
    },
    async command(sql) {
      await answered(writer.command(sql))
    },
    async ping() {
      return (await reader.ping()).success
    },
    async close() {
      await reader.close()
      if (writer !== reader) await writer.close()
    },
  }
}

function bounded(sql: string): string {
  return `${sql}${/\nSETTINGS .+$/.test(sql) ? ',' : '\nSETTINGS'} ${QUERY_SETTINGS}`
}

function insertStatement(table: Table, rows: string, token: string): string {
  if (!UUID.test(token)) throw new RangeError('a deduplication token must be a UUID')
  if (rows.trimEnd().split('\n').length > INSERT_ROWS)
    throw new RangeError(`more than ${INSERT_ROWS} rows in an insert`)
  const columns = Object.keys(TABLES[table].columns).join(', ')
  return `INSERT INTO ${table} (${columns})
SETTINGS ${INSERT_SETTINGS}, insert_deduplication_token = '${token}'
FORMAT JSONEachRow
${rows}`
}

function checked<T>(line: string, row: ZodType<T>): T {
  const result = row.safeParse(parsed(line))
  if (!result.success) throw new ClickHouseError(0, 'UNEXPECTED_ROW')
  return result.data
}

/** A statement that fails half-way ends its rows with the text of an error. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new ClickHouseError(0, 'UNEXPECTED_ROW')
  }
}

/** Why a statement failed. Never ClickHouse's own text, nor a cause that carries it: it can quote a value. */
export class ClickHouseError extends Error {
  override name = 'ClickHouseError'
  /** ClickHouse's error code, or 0 when it did not answer. */
  readonly code: number
  readonly type: string

  constructor(code: number, type: string) {
    super(code === 0 ? `ClickHouse did not answer as expected: ${type}` : `ClickHouse refused: ${type} (code ${code})`)
    this.code = code
    this.type = type
  }
}

/**
 * Names by code, from https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp.
 * The name in the error's text is not used: the clients take the first thing that looks like one, a quoted value too.
 */
const REFUSALS: Record<number, string> = {
  6: 'CANNOT_PARSE_TEXT',
  16: 'NO_SUCH_COLUMN_IN_TABLE',
  26: 'CANNOT_PARSE_QUOTED_STRING',
  27: 'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
  38: 'CANNOT_PARSE_DATE',
  47: 'UNKNOWN_IDENTIFIER',
  57: 'TABLE_ALREADY_EXISTS',
  60: 'UNKNOWN_TABLE',
  62: 'SYNTAX_ERROR',
  72: 'CANNOT_PARSE_NUMBER',
  81: 'UNKNOWN_DATABASE',
  117: 'INCORRECT_DATA',
  159: 'TIMEOUT_EXCEEDED',
  164: 'READONLY',
  192: 'UNKNOWN_USER',
  202: 'TOO_MANY_SIMULTANEOUS_QUERIES',
  241: 'MEMORY_LIMIT_EXCEEDED',
  242: 'TABLE_IS_READ_ONLY',
  243: 'NOT_ENOUGH_SPACE',
  252: 'TOO_MANY_PARTS',
  341: 'UNFINISHED',
  456: 'UNKNOWN_QUERY_PARAMETER',
  457: 'BAD_QUERY_PARAMETER',
  469: 'VIOLATED_CONSTRAINT',
  497: 'ACCESS_DENIED',
  516: 'AUTHENTICATION_FAILED',
}

const FAULTS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'CERT_HAS_EXPIRED',
])

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw refusal(error)
  }
}

function refusal(error: unknown): ClickHouseError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const number = /^\d+$/.test(code) ? Number(code) : 0
  if (number > 0) return new ClickHouseError(number, REFUSALS[number] ?? 'OTHER')
  return new ClickHouseError(0, FAULTS.has(code) ? code : 'UNREACHABLE')
}
