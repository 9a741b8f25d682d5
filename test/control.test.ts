import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExitCode, Progress, Terminal } from '../dashboard/command/command.ts'
import { type ControlServer, connectControl, ownerOf, serveControl } from '../dashboard/control.ts'
import { lockDataDir } from '../dashboard/lock.ts'

let temporary: string
let dataDir: string
let servers: ControlServer[]
let children: ChildProcess[]

beforeEach(() => {
  temporary = mkdtempSync(path.join(tmpdir(), 'sundial-control-'))
  dataDir = path.join(temporary, 'data')
  mkdirSync(dataDir)
  servers = []
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const server of servers) await server.close()
  rmSync(temporary, { recursive: true })
})

type Run = (argv: readonly string[], terminal: Terminal) => Promise<ExitCode>

async function serve(run: Run, directory = dataDir): Promise<ControlServer> {
  const status = () => ({ pid: process.pid, address: 'http://127.0.0.1:8787' })
  const server = await serveControl({ dataDir: directory, temporary, status, run })
  servers.push(server)
  return server
}

async function connect(directory = dataDir) {
  const control = await connectControl({ dataDir: directory, temporary })
  if (!control) throw new Error('nobody listens')
  return control
}

/** A terminal that remembers what was said. */
function listen(signal = new AbortController().signal) {
  const said: (string | Progress)[] = []
  const terminal: Terminal = {
    out: (line) => said.push(`out ${line}`),
    err: (line) => said.push(`err ${line}`),
    progress: (progress) => said.push(progress),
    signal,
  }
  return { said, terminal }
}

/** Another process of this Sundial, that says a line when it is ready. */
async function startProcess(code: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(createInterface({ input: child.stdout }), 'line')
  return child
}

function kill(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  return ended
}

const serverProcess = () => `
  import { serveControl } from './dashboard/control.ts'
  import { lockDataDir } from './dashboard/lock.ts'
  if (!lockDataDir(${JSON.stringify(dataDir)})) throw new Error('locked')
  await serveControl({
    dataDir: ${JSON.stringify(dataDir)},
    temporary: ${JSON.stringify(temporary)},
    status: () => ({ pid: process.pid, address: 'http://127.0.0.1:1' }),
    run: (argv, terminal) => { terminal.out('begun'); return new Promise(() => {}) },
  })
  console.log('ready')
`

describe('the control socket', () => {
  it('runs a command in the server and gives back what it says and its exit code', async () => {
    await serve(async (argv, terminal) => {
      terminal.out(JSON.stringify(argv))
      terminal.progress({ what: 'days', done: 3, total: 100 })
      terminal.err('Ünwell\nover two lines')
      return 1
    })
    const { said, terminal } = listen()
    const control = await connect()
    expect(await control.run(['site', 'add', 'a b', '--k', ''], terminal)).toBe(1)
    expect(said).toEqual([
      'out ["site","add","a b","--k",""]',
      { what: 'days', done: 3, total: 100 },
      'err Ünwell\nover two lines',
    ])
    expect(control.status).toEqual({ pid: process.pid, address: 'http://127.0.0.1:8787' })
  })

  it('passes lines on while the command still runs', async () => {
    const seen = Promise.withResolvers<void>()
    await serve(async (_argv, terminal) => {
      terminal.out('first')
      await seen.promise
      return 0
    })
    const { terminal } = listen()
    const control = await connect()
    expect(await control.run([], { ...terminal, out: () => seen.resolve() })).toBe(0)
  })

  it('asks the person and gives the command what was typed; where nobody can answer it cannot ask', async () => {
    await serve(async (_argv, terminal) => {
      const typed = await terminal.ask?.('Type the domain:')
      terminal.out(`${typed} in ${terminal.directory}`)
      return 0
    })
    const { said, terminal } = listen()
    const control = await connect()
    const asked: string[] = []
    const ask = async (question: string) => {
      asked.push(question)
      return 'exämple.com'
    }
    await control.run([], { ...terminal, ask, directory: '/somewhere' })
    await control.run([], terminal)
    expect([asked, said]).toEqual([
      ['Type the domain:'],
      ['out exämple.com in /somewhere', 'out undefined in undefined'],
    ])
  })

  it('tells the command when the person gives up', async () => {
    const gaveUp = Promise.withResolvers<void>()
    await serve(async (_argv, terminal) => {
      terminal.signal.addEventListener('abort', () => gaveUp.resolve())
      terminal.out('begun')
      await gaveUp.promise
      return 0
    })
    const ctrlC = new AbortController()
    const { terminal } = listen(ctrlC.signal)
    const control = await connect()
    const run = control.run([], { ...terminal, out: () => ctrlC.abort() })
    await expect(run).rejects.toThrow()
    await gaveUp.promise
  })

  it('is for its owner only', async () => {
    const { path: socket } = await serve(async () => 0)
    expect(socket).toBe(path.join(dataDir, 'control.sock'))
    expect(statSync(socket).mode & 0o777).toBe(0o600)
  })

  it('is found by nobody before the server runs, nor after', async () => {
    expect(await connectControl({ dataDir, temporary })).toBeUndefined()
    expect(await connectControl({ dataDir: path.join(temporary, 'nowhere'), temporary })).toBeUndefined()
    const server = await serve(async () => 0)
    await server.close()
    servers.pop()
    expect(await connectControl({ dataDir, temporary })).toBeUndefined()
  })

  it('left by a server that was killed is nobody’s, and the next server takes its place', async () => {
    const child = await startProcess(serverProcess())
    expect((await connect()).status.pid).toBe(child.pid)
    await kill(child)
    expect(existsSync(path.join(dataDir, 'control.sock'))).toBe(true)
    expect(await connectControl({ dataDir, temporary })).toBeUndefined()
    await serve(async () => 0)
    expect((await connect()).status.pid).toBe(process.pid)
  })

  it('says so when the server is killed in the middle of a command', async () => {
    const child = await startProcess(serverProcess())
    const { terminal } = listen()
    const control = await connect()
    const run = control.run([], { ...terminal, out: () => child.kill('SIGKILL') })
    await expect(run).rejects.toThrow('The running Sundial ended before the command was done.')
  })

  it('ends the commands that still run when the server stops', async () => {
    const begun = Promise.withResolvers<void>()
    const server = await serve((_argv, terminal) => {
      terminal.out('begun')
      return new Promise(() => {})
    })
    const { terminal } = listen()
    const control = await connect()
    const run = control.run([], { ...terminal, out: () => begun.resolve() })
    const ended = expect(run).rejects.toThrow('The running Sundial ended before the command was done.')
    await begun.promise
    await server.close()
    servers.pop()
    await ended
  })

  describe('where DATA_DIR is too long for a socket’s path', () => {
    beforeEach(() => {
      dataDir = path.join(temporary, 'x'.repeat(120))
      mkdirSync(dataDir)
    })

    it('lies in a private directory of its own, where commands find it', async () => {
      const { path: socket } = await serve(async () => 0)
      expect(path.dirname(path.dirname(socket))).toBe(temporary)
      expect(statSync(path.dirname(socket)).mode & 0o777).toBe(0o700)
      expect((await connect()).status.pid).toBe(process.pid)
      expect((await connect(`${dataDir}/../${path.basename(dataDir)}/`)).status.pid).toBe(process.pid)
    })

    it('is not made, nor believed, in a directory that is open to others', async () => {
      const { path: socket } = await serve(async () => 0)
      await servers.pop()?.close()
      rmSync(path.dirname(socket), { recursive: true })
      mkdirSync(path.dirname(socket), { mode: 0o755 })
      await expect(serve(async () => 0)).rejects.toThrow(/is open to others/)
      await expect(connectControl({ dataDir, temporary })).rejects.toThrow(/is open to others/)
    })
  })
})

describe('the lock on DATA_DIR', () => {
  it('is one process’s at a time, and free again once released', () => {
    const lock = lockDataDir(dataDir)
    expect(lock).toBeDefined()
    expect(lockDataDir(dataDir)).toBeUndefined()
    lock?.release()
    const next = lockDataDir(dataDir)
    expect(next).toBeDefined()
    next?.release()
  })

  it('is kept by another process, named in the refusal, until that one is killed', async () => {
    const child = await startProcess(serverProcess())
    expect(lockDataDir(dataDir)).toBeUndefined()
    expect(await ownerOf({ dataDir, temporary })).toBe(
      `DATA_DIR ${dataDir} is in use by the Sundial at http://127.0.0.1:1 (process ${child.pid}). Stop it, or choose another DATA_DIR.`,
    )
    await kill(child)
    const lock = lockDataDir(dataDir)
    expect(lock).toBeDefined()
    lock?.release()
  })

  it('makes the directory for its owner only', () => {
    const fresh = path.join(temporary, 'a', 'b')
    lockDataDir(fresh)?.release()
    expect(statSync(fresh).mode & 0o777).toBe(0o700)
  })
})
