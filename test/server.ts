// A whole Sundial as a process of its own, for the tests that drive it over HTTP, kill it and search what it wrote.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SERVER } from '../dashboard/build.ts'

export const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

export interface RunningServer {
  address: string
  process: ChildProcess
  /** All it has printed so far. */
  log(): string
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
}

export interface DataDir {
  path: string
  /** `nodeOptions` stand before the server's file, such as a module to import first. */
  start(settings?: Record<string, string>, nodeOptions?: readonly string[]): Promise<RunningServer>
  /** Every file below it, with its bytes. */
  files(): { name: string; bytes: Buffer }[]
  remove(): void
}

export function makeDataDir(within = tmpdir()): DataDir {
  const directory = mkdtempSync(path.join(within, 'sundial-data-'))
  return {
    path: directory,
    start: (settings = {}, nodeOptions = []) =>
      startServer({ DATA_DIR: directory, PORT: '0', ...settings }, nodeOptions),
    files: () =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .map((name) => path.join(directory, name))
        .filter((file) => statSync(file).isFile())
        .map((file) => ({ name: path.relative(directory, file), bytes: readFileSync(file) })),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

async function startServer(settings: Record<string, string>, nodeOptions: readonly string[]): Promise<RunningServer> {
  const child = spawn(process.execPath, [...nodeOptions, SERVER], {
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /Dashboard +(\S+?)\/?\n/.exec(printed)?.[1]
      if (address) resolve(address)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    exited.then((code) => reject(new Error(`the server ended with ${code}:\n${printed}`)))
  })
  return {
    address: await ready,
    process: child,
    log: () => printed,
    stop() {
      child.kill('SIGTERM')
      return exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Posts one event as a browser would; any field or header can be changed. */
export function post(
  address: string,
  event: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${address}/api/event`, {
    method: 'POST',
    headers: { 'user-agent': BROWSER, 'content-type': 'text/plain', ...headers },
    body: JSON.stringify({ n: 'pageview', u: 'http://localhost/', d: 'localhost', s: { v: 1 }, ...event }),
  })
}

/** Asks again until the answer satisfies; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (satisfies(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
