// A ClickHouse of its own process, over HTTP, that can be killed, frozen and started again on the same directory and port.
// The process is this same file: `node clickhouse.ts <directory> <port>`, told of faults by messages.

import { type ChildProcess, fork } from 'node:child_process'
import { startClickHouse } from '../clickhouse_http.ts'

export interface OutsideClickHouse {
  url: string
  /** The next statements fail before they run, or run and are not answered. */
  fail(when: 'before' | 'after', times: number): void
  /** The process is killed some milliseconds after its next INSERT has begun; resolves when it is gone. */
  dieInInsert(milliseconds: number): Promise<void>
  /** Connections are cut as they come. */
  cut(isCut: boolean): void
  /** Nothing is answered any more, and nothing is refused. */
  freeze(isFrozen: boolean): void
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** After a kill. */
  restart(): Promise<void>
}

type Message = { fail: 'before' | 'after'; times: number } | { cut: boolean } | { dieInInsert: number }

export async function startOutsideClickHouse(directory: string): Promise<OutsideClickHouse> {
  let process = await startProcess(directory, 0)
  const send = (message: Message) => process.child.connected && process.child.send(message)
  return {
    url: `http://127.0.0.1:${process.port}`,
    fail: (when, times) => send({ fail: when, times }),
    dieInInsert(milliseconds) {
      send({ dieInInsert: milliseconds })
      return process.gone
    },
    cut: (isCut) => send({ cut: isCut }),
    freeze: (isFrozen) => process.child.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT'),
    kill() {
      process.child.kill('SIGKILL')
      return process.gone
    },
    async restart() {
      process = await startProcess(directory, process.port)
    },
  }
}

async function startProcess(directory: string, port: number) {
  const child: ChildProcess = fork(import.meta.filename, [directory, String(port)], { execArgv: [] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const listening = new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))))
  const failed = gone.then(() => {
    throw new Error('ClickHouse did not start')
  })
  return { child, gone, port: await Promise.race([listening, failed]) }
}

async function serveAsChild(directory: string, port: number): Promise<void> {
  let lethal: number | undefined
  const server = await startClickHouse({
    path: directory,
    port,
    began(statement) {
      if (lethal === undefined || !statement.startsWith('INSERT')) return
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), lethal)
      lethal = undefined
    },
  })
  process.on('message', (message: Message) => {
    if ('fail' in message) server.fail(message.fail, message.times)
    else if ('dieInInsert' in message) lethal = message.dieInInsert
    else if (message.cut) server.down()
    else server.up()
  })
  // Whoever started it may be killed as well.
  process.on('disconnect', () => process.exit())
  process.send?.(Number(new URL(server.url).port))
}

if (import.meta.main) {
  const [, , directory = '', port = '0'] = process.argv
  await serveAsChild(directory, Number(port))
}
