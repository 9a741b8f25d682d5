// Takes what may leave the accumulator to ClickHouse, exactly once: a parcel keeps its id until ClickHouse has it.
// Run on a fixed clock by the Node entry, by an alarm in the Durable Object, and once more at a clean stop.

import type { Accumulator } from './accumulator.ts'
import type { Counts } from './clickhouse.ts'

/** The clock of flushes, in milliseconds. Fixed, so that the time of a flush says nothing of the time of a visit. */
export const FLUSH_EVERY = 5_000

export interface FlushOutcome {
  /** Parcels that ClickHouse has taken. */
  sent: number
  /** Parcels that wait for the next flush. */
  left: number
  /** Why the flush ended early. */
  failure?: unknown
}

/**
 * Sends the outbox: what an earlier flush could not send, or else what may leave now. The first failed insert ends the
 * flush; its parcel is sent again with the same deduplication token, so it counts once however often it is tried.
 */
export async function flush(accumulator: Accumulator, counts: Counts): Promise<FlushOutcome> {
  const parcels = accumulator.takeOutbox()
  for (const [sent, { id, table, body }] of parcels.entries()) {
    try {
      await counts.insert(table, body, id)
    } catch (failure) {
      return { sent, left: parcels.length - sent, failure }
    }
    accumulator.forget(id)
  }
  return { sent: parcels.length, left: 0 }
}
