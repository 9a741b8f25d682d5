// Imported into a server before its own modules (node --import): its time is then what a file says, and goes on from there.
// The last moment before the next flush comes again and again, so that a run sees a flush every 0.3 seconds, not every 5.

import { readFileSync } from 'node:fs'
import { FLUSH_EVERY } from '../../collector/flush.ts'

/** Milliseconds before a flush. */
const SHORT_OF = 300

const file = new URL(import.meta.url).searchParams.get('file') ?? ''
const realNow = Date.now.bind(Date)
const started = realNow()

Date.now = () => {
  const now = Number(readFileSync(file, 'utf8')) + (realNow() - started)
  return now - (now % FLUSH_EVERY) + FLUSH_EVERY - SHORT_OF
}

// A file that may not grow any further: the write fails, and the process lives on.
process.on('SIGXFSZ', () => {})

// A run that is killed itself leaves nobody to end this server.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 1_000).unref()
