// The terminal of the command line: lines, a progress bar where a person watches, and Ctrl-C.
import { createInterface } from 'node:readline/promises'
import type { Progress, Terminal } from './command.ts'

interface Screen {
  write(text: string): boolean
  isTTY?: boolean
  columns?: number
}

interface TerminalDeps {
  stdout: Screen
  stderr: Screen
  /** Where a person answers, and where the question is shown. */
  /** Where the person stands. */
  directory?: string
  asks?: { input: NodeJS.ReadStream; output: NodeJS.WriteStream }
  /** Gives SIGINT; a second one ends the process as usual. */
  process: { once(signal: 'SIGINT', listener: () => void): unknown }
}

export function openTerminal({ stdout, stderr, asks, directory, process }: TerminalDeps): Terminal {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  let bar = ''
  let lastTenth = -1

  /** The bar stands on the last line; what is written meanwhile goes above it. */
  function line(screen: Screen, text: string): void {
    if (bar !== '') stderr.write('\r\x1b[K')
    screen.write(`${text}\n`)
    if (bar !== '') stderr.write(bar)
  }

  function progress(now: Progress): void {
    const share = now.total > 0 ? Math.min(1, now.done / now.total) : 0
    if (stderr.isTTY) {
      bar = share < 1 ? barOf(now.what, share) : ''
      stderr.write(`\r\x1b[K${bar === '' ? `${barOf(now.what, share)}\n` : bar}`)
      return
    }
    const tenth = Math.floor(share * 10)
    if (tenth !== lastTenth) stderr.write(`${now.what} ${tenth * 10} %\n`)
    lastTenth = tenth
  }

  async function ask(question: string, { input, output }: NonNullable<TerminalDeps['asks']>): Promise<string> {
    const lines = createInterface({ input, output })
    // While it asks, Ctrl-C arrives here and not as a signal.
    lines.on('SIGINT', () => stop.abort())
    // Ctrl-D closes it without an answer.
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
    try {
      return await Promise.race([lines.question(`${question} `, { signal: stop.signal }), closed])
    } catch {
      return ''
    } finally {
      lines.close()
    }
  }

  return {
    out: (text) => line(stdout, text),
    err: (text) => line(stderr, text),
    progress,
    ...(asks?.input.isTTY && asks.output.isTTY ? { ask: (question: string) => ask(question, asks) } : {}),
    ...(directory === undefined ? {} : { directory }),
    signal: stop.signal,
  }
}

const WIDTH = 30

function barOf(what: string, share: number): string {
  const full = Math.round(share * WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)} % ${what}`
}
