// The private Unix socket of DATA_DIR: commands run inside the server that owns the data, and stream what they say.
// Served by the server's entry, which holds the lock; used by the command line.
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import * as z from 'zod'
import type { ExitCode, Terminal } from './command/command.ts'

interface Place {
  dataDir: string
  /** The system's directory for temporary files: os.tmpdir(). */
  temporary: string
}

export interface ControlStatus {
  pid: number
  /** Where the server listens, such as http://127.0.0.1:8787. */
  address: string
}

export interface ControlServer {
  path: string
  /** Stops listening and aborts the commands that still run. */
  close(): Promise<void>
}

interface Served {
  status: () => ControlStatus
  run: (argv: readonly string[], terminal: Terminal) => Promise<ExitCode>
}

export interface Control {
  status: ControlStatus
  /** Runs a command in the server. Rejects when the server ends before the command does. */
  run(argv: readonly string[], terminal: Terminal): Promise<ExitCode>
}

const statusSchema = z.object({ pid: z.number(), address: z.string() })
const orderSchema = z.object({
  argv: z.array(z.string()),
  asks: z.boolean().default(false),
  directory: z.string().optional(),
})
const answerSchema = z.object({ id: z.int(), answer: z.string() })
const lineSchema = z.union([
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ progress: z.object({ what: z.string(), done: z.number(), total: z.number() }) }),
  z.object({ question: z.string(), id: z.int() }),
  z.object({ exit: z.literal([0, 1, 2]) }),
])
type Line = z.infer<typeof lineSchema>

/** The caller holds the lock, so a socket that is there was left by a process that was killed. */
export async function serveControl({ dataDir, temporary, ...served }: Place & Served): Promise<ControlServer> {
  const socket = socketPath({ dataDir, temporary })
  if (isOutside(socket, dataDir)) {
    mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 })
    assertPrivate(path.dirname(socket))
  }
  rmSync(socket, { force: true })
  const server = createAdaptorServer({ fetch: controlApp(served).fetch })
  await listenPrivately(server, socket)
  return {
    path: socket,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function controlApp({ status, run }: Served): Hono {
  const app = new Hono()
  const questions = new Map<number, (answer: string) => void>()
  let asked = 0
  app.get('/status', (c) => c.json(status()))
  app.post('/run', async (c) => {
    const order = orderSchema.safeParse(await c.req.json())
    if (!order.success) return c.json({ error: 'a command is {"argv": ["site", "list"]}' }, 400)
    c.header('Content-Type', 'application/x-ndjson')
    return stream(c, async (body) => {
      const gone = new AbortController()
      body.onAbort(() => gone.abort())
      let written: Promise<unknown> = Promise.resolve()
      const say = (line: Line) => {
        written = written.then(() => body.writeln(JSON.stringify(line)))
      }
      const ask = (question: string) =>
        new Promise<string>((resolve) => {
          const id = ++asked
          questions.set(id, resolve)
          gone.signal.addEventListener('abort', () => resolve(''))
          say({ question, id })
        })
      const terminal: Terminal = {
        out: (out) => say({ out }),
        err: (err) => say({ err }),
        progress: (progress) => say({ progress }),
        ...(order.data.asks ? { ask } : {}),
        ...(order.data.directory === undefined ? {} : { directory: order.data.directory }),
        signal: gone.signal,
      }
      say({ exit: await run(order.data.argv, terminal) })
      await written
    })
  })
  app.post('/answer', async (c) => {
    const { id, answer } = answerSchema.parse(await c.req.json())
    questions.get(id)?.(answer)
    questions.delete(id)
    return c.body(null, 204)
  })
  return app
}

/** Made under a mask, not changed afterwards: there is no moment in which others could connect. */
function listenPrivately(server: ReturnType<typeof createAdaptorServer>, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const mask = process.umask(0o177)
    try {
      server.listen(socket, resolve)
    } finally {
      process.umask(mask)
    }
  })
}

/** Undefined when no server answers in this DATA_DIR. */
export async function connectControl({ dataDir, temporary }: Place): Promise<Control | undefined> {
  if (!existsSync(dataDir)) return undefined
  const socket = socketPath({ dataDir, temporary })
  if (isOutside(socket, dataDir) && !assertPrivate(path.dirname(socket))) return undefined
  const answer = await ask(socket, { method: 'GET', path: '/status' })
  if (!answer) return undefined
  let text = ''
  for await (const line of linesOf(answer)) text += line
  const status = statusSchema.parse(JSON.parse(text))
  return { status, run: (argv, terminal) => runOver(socket, argv, terminal) }
}

/** Who has DATA_DIR, and what to do about it: for the one that could not have it. */
export async function ownerOf(place: Place): Promise<string> {
  const control = await connectControl(place)
  const who = control
    ? `the Sundial at ${control.status.address} (process ${control.status.pid})`
    : 'another Sundial that does not answer: it is starting, stopping, or a command that still runs'
  return `DATA_DIR ${place.dataDir} is in use by ${who}. Stop it, or choose another DATA_DIR.`
}

async function runOver(socket: string, argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const order = JSON.stringify({ argv, asks: terminal.ask !== undefined, directory: terminal.directory })
  const answer = await ask(socket, { method: 'POST', path: '/run', signal: terminal.signal }, order)
  if (!answer) throw new Error('The running Sundial ended before it answered.')
  for await (const text of linesOf(answer)) {
    const line = lineSchema.parse(JSON.parse(text))
    if ('exit' in line) return line.exit
    if ('out' in line) terminal.out(line.out)
    else if ('err' in line) terminal.err(line.err)
    else if ('progress' in line) terminal.progress(line.progress)
    else await answerOver(socket, line, terminal)
  }
  throw new Error('The running Sundial ended before the command was done.')
}

/** The person is here, the command there. */
async function answerOver(socket: string, { question, id }: { question: string; id: number }, terminal: Terminal) {
  const answer = (await terminal.ask?.(question)) ?? ''
  const taken = await ask(socket, { method: 'POST', path: '/answer' }, JSON.stringify({ id, answer }))
  taken?.resume()
}

const GONE = new Set<unknown>(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** Undefined when nobody answers: no socket, one left by a process that was killed, or a server that is stopping. */
function ask(socket: string, options: http.RequestOptions, body = ''): Promise<http.IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.request({ ...options, socketPath: socket, agent: false }, resolve)
    request.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined
      if (GONE.has(code)) resolve(undefined)
      else reject(error)
    })
    request.setHeader('Content-Type', 'application/json')
    request.end(body)
  })
}

/** Ends quietly when the server does: who reads knows whether the last line was there. */
async function* linesOf(answer: http.IncomingMessage): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: answer })
  } catch {
    // Cut off.
  }
}

/** A socket's path may have 103 bytes on macOS and 107 on Linux: https://man7.org/linux/man-pages/man7/unix.7.html */
const LONGEST_PATH = 103

/** Beside the data; where that path is too long, in a directory of this user's own that every command finds again. */
function socketPath({ dataDir, temporary }: Place): string {
  const home = realpathSync(dataDir)
  const beside = path.join(home, 'control.sock')
  if (Buffer.byteLength(beside) <= LONGEST_PATH) return beside
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16)
  return path.join(temporary, `sundial-${name}`, 'control.sock')
}

function isOutside(socket: string, dataDir: string): boolean {
  return path.dirname(socket) !== realpathSync(dataDir)
}

/** In a directory where everybody may write, another user could have made ours first and be listening there. */
function assertPrivate(directory: string): boolean {
  const found = lstatSync(directory, { throwIfNoEntry: false })
  if (!found) return false
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return true
  throw new Error(`${directory} belongs to someone else or is open to others: remove it, or choose a shorter DATA_DIR.`)
}
