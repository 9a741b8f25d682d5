// What /health asks on one machine: the clock, the accumulator's file, ClickHouse. Given to health.ts by the Node entry.
import { nameOfError } from '../collector/error_name.ts'
import { type Check, clickHouseCheck } from '../collector/health.ts'
import type { Machine } from './machine.ts'

/** A clock that stands still for a minute does not come back by itself. */
const LONGEST_TURN = 60_000

interface Asked {
  machine: Pick<Machine, 'state' | 'tryWriting' | 'counts'>
  /** Milliseconds since the epoch. */
  now: () => number
}

export function machineChecks({ machine, now }: Asked): Check[] {
  return [
    {
      part: 'clock',
      for: 'live',
      ask: () => (now() - machine.state().turnedAt > LONGEST_TURN ? 'the clock stands still' : undefined),
    },
    {
      part: 'accumulator',
      for: 'ready',
      ask() {
        try {
          machine.tryWriting()
          return undefined
        } catch (error) {
          return `its file cannot be written (${nameOfError(error)}): events are answered with 503`
        }
      },
    },
    // Named only: counts wait in the accumulator meanwhile, and nothing is lost.
    clickHouseCheck({ ping: machine.counts.ping, for: 'named' }),
  ]
}
