// The server's log: levels and JSON lines by pino, readable lines where a person watches. Made by the Node entry, which
// gives its methods to everything that reports. Lines name kinds and codes of errors, never what a visitor sent.
import { pino } from 'pino'
import * as z from 'zod'
import type { LogLevel } from '../collector/environment.ts'

export interface Log {
  /** The server ends. */
  fatal(problem: string): void
  /** Something did not work: an event was refused, a page failed. */
  error(problem: string): void
  /** It works, but not as it should. */
  warn(problem: string): void
  info(news: string): void
}

interface LogDeps {
  level: LogLevel
  /** Standard error: standard output is for the greeting. */
  screen: { write(text: string): unknown; isTTY?: boolean }
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createLog({ level, screen, now }: LogDeps): Log {
  const logger = pino(
    {
      level,
      // Neither process id nor host name: whoever collects the lines knows where they come from.
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => screen.write(screen.isTTY ? readable(line) : line) },
  )
  const repeats = createRepeats(now)

  function write(severity: keyof Log, message: string): void {
    const repeated = repeats(message)
    if (repeated === undefined) return
    if (repeated > 0) logger[severity]({ repeated }, message)
    else logger[severity](message)
  }

  return {
    fatal: (problem) => logger.fatal(problem),
    error: (problem) => write('error', problem),
    warn: (problem) => write('warn', problem),
    info: (news) => logger.info(news),
  }
}

const QUIET_FOR = 5_000
/** Messages are a closed set; this bounds them should one ever not be. */
const MOST_MESSAGES = 200

/**
 * The same line again within 5 seconds is only counted: a full disk under load would otherwise log every event it
 * refuses. Says how many were left out since the line was last written, or undefined while it should not be written.
 */
function createRepeats(now: () => number): (message: string) => number | undefined {
  const known = new Map<string, { writtenAt: number; left: number }>()

  return (message) => {
    const before = known.get(message)
    if (before && Math.abs(now() - before.writtenAt) < QUIET_FOR) {
      before.left++
      return undefined
    }
    if (known.size >= MOST_MESSAGES) known.clear()
    known.set(message, { writtenAt: now(), left: 0 })
    return before?.left ?? 0
  }
}

const lineSchema = z.object({
  time: z.string(),
  level: z.string(),
  msg: z.string(),
  repeated: z.optional(z.number()),
})

/** '2026-11-22T00:20:00.000Z WARN what happened (12 times more)'. */
function readable(line: string): string {
  const { time, level, msg, repeated } = lineSchema.parse(JSON.parse(line))
  return `${time} ${level.toUpperCase()} ${msg}${repeated ? ` (${repeated} times more)` : ''}\n`
}
