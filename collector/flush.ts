// Takes what may leave the accumulator to ClickHouse, exactly once: a parcel keeps its id until ClickHouse has it.
// Run on a fixed clock by the Node entry, by an alarm in the Durable Object, and once more at a clean stop.

import type { Accumulator } from './accumulator.ts'
import { ClickHouseError, type Counts } from './clickhouse.ts'
import type { Parcel } from './parcels.ts'

/** The clock of flushes, in milliseconds. Fixed, so that the time of a flush says nothing of the time of a visit. */
export const FLUSH_EVERY = 5_000

export interface FlushOutcome {
  /** Parcels that ClickHouse has taken. */
  sent: number
  /** Why parcels are left, for the next flush. */
  failure?: unknown
}

/** Sends what an earlier flush could not, and then what may leave `now`, in milliseconds since the epoch. Throws when the accumulator cannot be written. */
export async function flush(accumulator: Accumulator, counts: Counts, now: number): Promise<FlushOutcome> {
  const earlier = await send(accumulator, counts, accumulator.outbox())
  if (earlier.away) return { sent: earlier.sent, failure: earlier.failure }
  const later = await send(accumulator, counts, accumulator.take(now))
  const failure = earlier.failure ?? later.failure
  const sent = earlier.sent + later.sent
  return failure === undefined ? { sent } : { sent, failure }
}

interface Sent extends FlushOutcome {
  /** ClickHouse does not answer: what is left need not be tried now. */
  away: boolean
}

/** A parcel that was not taken is sent again with the same deduplication token: it counts once however often it is tried. */
async function send(accumulator: Accumulator, counts: Counts, parcels: readonly Parcel[]): Promise<Sent> {
  const outcome: Sent = { sent: 0, away: false }
  for (const { id, table, body } of parcels) {
    try {
      await counts.insert(table, body, id)
    } catch (failure) {
      outcome.failure = failure
      outcome.away = !(failure instanceof ClickHouseError && failure.code > 0)
      if (outcome.away) return outcome
      // This one is refused; the others need not wait for it.
      continue
    }
    accumulator.forget(id)
    outcome.sent++
  }
  return outcome
}
