// ClickHouse's HTTP protocol in front of the embedded engine: what both clients need, for tests without a server.
// The engine, its SQL and its errors are real; only the transport is made here, so that a test can cut it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { drainPending, Session } from 'chdb'
import { GRANTS } from '../collector/grants.ts'

type User = keyof typeof GRANTS

export interface ClickHouseServer {
  url: string
  /** The next `times` statements are refused before they run, or run and then the connection is cut. */
  fail(when: 'before' | 'after', times: number): void
  /** Connections are cut as soon as they come, until up(). */
  down(): void
  up(): void
  close(): Promise<void>
}

interface Options {
  /** Directory of the engine. A process has one engine: an embedded Counts on the same path may stand beside it. */
  path: string
  port?: number
  /** Passwords by user. With them, each user of grants.ts may do what is granted there, `default` everything. */
  passwords?: Partial<Record<User | 'default', string>>
  /** Told of each statement as it begins to run. */
  began?: (statement: string) => void
}

export async function startClickHouse({ path, port = 0, passwords, began }: Options): Promise<ClickHouseServer> {
  const engine = new Session(path)
  const faults: ('before' | 'after')[] = []
  let isDown = false

  const server = createServer(async (request, response) => {
    try {
      const body = await readBody(request)
      if (isDown) return request.socket.destroy()
      const url = new URL(request.url ?? '/', 'http://clickhouse')
      if (url.pathname === '/ping') return answer(response, 200, 'Ok.\n')
      const statement = statementOf(url, body)
      authorize(request, statement, passwords)
      const fault = faults.shift()
      if (fault === 'before') throw exception(202, 'Too many simultaneous queries', 'TOO_MANY_SIMULTANEOUS_QUERIES')
      const running = run(path, url, statement)
      began?.(statement)
      const rows = await running
      if (fault === 'after') return request.socket.destroy()
      answer(response, 200, rows)
    } catch (error) {
      refuse(response, error)
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')

  return {
    url: `http://127.0.0.1:${address.port}`,
    fail(when, times) {
      for (let i = 0; i < times; i++) faults.push(when)
    },
    down() {
      isDown = true
      server.closeAllConnections()
    },
    up() {
      isDown = false
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      engine.close()
      await drainPending()
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
}

/** The statement stands in the URL, in the body, or begins in the one and goes on in the other. */
function statementOf(url: URL, body: string): string {
  return [url.searchParams.get('query') ?? '', body].filter((part) => part !== '').join('\n')
}

/** Parameters of the transport, which are no settings of the engine. */
const TRANSPORT = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'role',
  'session_id',
  'wait_end_of_query',
])

/** Settings stick to a session, so each statement has its own (0.4 ms). */
async function run(path: string, url: URL, statement: string): Promise<Uint8Array> {
  const session = new Session(path)
  try {
    const params: Record<string, unknown> = {}
    session.query(`USE ${url.searchParams.get('database') ?? 'default'}`)
    for (const [name, value] of url.searchParams) {
      const [, parameter] = /^param_(\w+)$/.exec(name) ?? []
      if (parameter !== undefined) params[parameter] = parameterValue(value, statement.includes(`{${parameter}:Array(`))
      else if (!TRANSPORT.has(name)) session.query(`SET ${name} = '${value}'`)
    }
    const format = url.searchParams.get('default_format') ?? 'TabSeparated'
    const bound = Object.keys(params).length > 0
    const result = await (bound
      ? session.queryBindAsync(statement, params, { format })
      : session.queryAsync(statement, { format }))
    return result.bytes()
  } finally {
    session.close()
  }
}

/** The clients escape parameters as in TSV, and so does chdb once more. Arrays are flat here. */
function parameterValue(text: string, isArray: boolean): unknown {
  if (text === '\\N') return null
  if (!isArray) return unescaped(text)
  return [...text.matchAll(/'((?:[^'\\]|\\.)*)'|[^,[\]]+/gs)].map(([item, quoted]) =>
    quoted === undefined ? Number(item) : unescaped(quoted),
  )
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' }

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character)
}

/** Rights by the kind of a statement and the names in it; the engine's own check of them is in grants.test.ts. */
function authorize(request: IncomingMessage, statement: string, passwords: Options['passwords']): void {
  if (passwords === undefined) return
  const [, credentials = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? []
  const [name = '', password = ''] = Buffer.from(credentials, 'base64').toString().split(/:(.*)/s)
  const known = Object.entries(passwords).some(([user, secret]) => user === name && secret === password)
  if (!known) throw exception(516, 'Authentication failed', 'AUTHENTICATION_FAILED')
  if (name === 'default') return
  const rights = Object.entries(GRANTS).flatMap(([user, grants]) =>
    user === name ? grants.flatMap(({ right, on }) => on.map((table) => `${right} ${table}`)) : [],
  )
  if (!needs(statement).every((right) => rights.includes(right))) {
    throw exception(497, 'Not enough privileges', 'ACCESS_DENIED')
  }
}

function needs(statement: string): string[] {
  const sql = statement
    .replace(/\/\*.*?\*\//gs, '')
    .replaceAll('`', '')
    .trim()
  const [, table] = /^(?:INSERT INTO|OPTIMIZE TABLE|ALTER TABLE)\s+(?:\w+\.)?(\w+)/i.exec(sql) ?? []
  if (/^INSERT/i.test(sql)) return [`INSERT ${table}`]
  if (/^OPTIMIZE/i.test(sql)) return [`OPTIMIZE ${table}`]
  const [, change] = /^ALTER TABLE \S+ (UPDATE|DELETE)/i.exec(sql) ?? []
  if (change !== undefined) return [`ALTER ${change.toUpperCase()} ${table}`]
  if (!/^(SELECT|WITH)/i.test(sql)) return ['everything']
  const common = [...sql.matchAll(/(?:\bWITH|,)\s+(\w+)\s+AS\s*\(/gi)].map(([, name]) => name)
  const sources = [...sql.matchAll(/\b(?:FROM|JOIN)\s+(?:\w+\.)?(\w+)/gi)].map(([, name]) => name)
  return sources.filter((name) => !common.includes(name)).map((name) => `SELECT ${name}`)
}

function exception(code: number, text: string, type: string): Error {
  return new Error(`Code: ${code}. DB::Exception: ${text}. (${type})`)
}

function answer(response: ServerResponse, status: number, body: string | Uint8Array): void {
  response.writeHead(status, { 'X-ClickHouse-Server-Display-Name': 'chdb', 'X-ClickHouse-Timezone': 'UTC' }).end(body)
}

/** As the server does: https://clickhouse.com/docs/interfaces/http, 404 for what is unknown, 403 for what is forbidden. */
const STATUS: Record<string, number> = { '60': 404, '81': 404, '62': 400, '497': 403, '516': 403 }

function refuse(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  const [text = `Code: 1002. DB::Exception: ${message} (UNKNOWN_EXCEPTION)`, code = '1002'] =
    /Code: (\d+)\. [\s\S]*/.exec(message) ?? []
  response.setHeader('X-ClickHouse-Exception-Code', code)
  answer(response, STATUS[code] ?? 500, `${text}\n`)
}
