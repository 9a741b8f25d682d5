// What is sent once: planned as a row, taken by one statement before it is sent, and marked with how that went. Whoever
// stops in between leaves it taken, and nobody takes it again: a mail that may have gone out is not sent twice.
import * as z from 'zod/mini'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'

export interface Delivery {
  subscription: string
  /** What it is about: 'weekly 2026-11-16'. With the subscription it identifies what is sent. */
  occasion: string
  /** JSON. */
  details: string
}

export interface Deliveries {
  /** Planned already, sent or not, stays as it is; and of one kind only one a day is. */
  plan(deliveries: readonly Delivery[]): Promise<void>
  /** Those to send now, earliest first. */
  open(): Promise<Delivery[]>
  /** False when somebody else has it. */
  take(delivery: Delivery): Promise<boolean>
  sent(delivery: Delivery): Promise<void>
  /** True when it was the last try. */
  failed(delivery: Delivery, again: { worthIt: boolean }): Promise<boolean>
  /** Closes what was not sent within a day, and forgets what was closed long ago. How many there were of each. */
  sweep(): Promise<{ late: number; lost: number }>
}

/** The hourly clock makes that the same morning. */
export const MOST_ATTEMPTS = 4
const DAY = 86_400_000
/** Whoever takes one sends it within seconds. */
const HOUR = 3_600_000
/** What goes on over midnight is not told twice within the hour. */
const APART = DAY - HOUR
/** As long as an occasion could come up again. */
const KEPT = 30 * DAY
/** Between statements of a batch, of which D1 takes so many. */
const PLANNED_AT_ONCE = 50

interface DeliveriesDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createDeliveries({ db, now }: DeliveriesDeps): Deliveries {
  const at = (earlier = 0) => secondOf(now() - earlier)

  return {
    async plan(deliveries) {
      for (let from = 0; from < deliveries.length; from += PLANNED_AT_ONCE)
        await db.batch(
          deliveries
            .slice(from, from + PLANNED_AT_ONCE)
            .map((delivery) => planning(delivery, { at: at(), since: at(APART) })),
        )
    },
    async open() {
      const rows = await db.all(OPEN, at(DAY))
      return rows.map((row) => deliveryRow.parse(row))
    },
    async take({ subscription, occasion }) {
      return (await db.all(TAKE, at(), subscription, occasion)).length > 0
    },
    sent: ({ subscription, occasion }) => db.run(SENT, subscription, occasion),
    async failed({ subscription, occasion }, { worthIt }) {
      const [row] = await db.all(FAILED, worthIt ? MOST_ATTEMPTS : 0, subscription, occasion)
      return row !== undefined && stateRow.parse(row).state === 'given up'
    },
    async sweep() {
      const late = await db.all(LATE, at(DAY))
      const lost = await db.all(LOST, at(HOUR))
      await db.run(FORGET, at(KEPT))
      return { late: late.length, lost: lost.length }
    },
  }
}

const PLAN = `/* deliveries.plan */ INSERT INTO deliveries (subscription, occasion, details, state, planned_at)
SELECT id, ?, ?, 'waiting', ? FROM subscriptions
WHERE id = ? AND NOT EXISTS (
  SELECT 1 FROM deliveries WHERE subscription = subscriptions.id AND substr(occasion, 1, ?) = ? AND planned_at > ?
)
ON CONFLICT DO NOTHING`
const OPEN = `/* deliveries.open */ SELECT subscription, occasion, details FROM deliveries
WHERE state IN ('waiting', 'failed') AND planned_at > ?
ORDER BY planned_at, rowid`
const TAKE = `/* deliveries.take */ UPDATE deliveries SET state = 'taken', attempts = attempts + 1, taken_at = ?
WHERE subscription = ? AND occasion = ? AND state IN ('waiting', 'failed')
RETURNING attempts`
const SENT = "/* deliveries.sent */ UPDATE deliveries SET state = 'sent' WHERE subscription = ? AND occasion = ?"
const FAILED = `/* deliveries.failed */ UPDATE deliveries SET state = CASE WHEN attempts >= ? THEN 'given up' ELSE 'failed' END
WHERE subscription = ? AND occasion = ?
RETURNING state`
const LATE = `/* deliveries.late */ UPDATE deliveries SET state = 'given up'
WHERE state IN ('waiting', 'failed') AND planned_at <= ?
RETURNING occasion`
const LOST = `/* deliveries.lost */ UPDATE deliveries SET state = 'given up'
WHERE state = 'taken' AND taken_at <= ?
RETURNING occasion`
const FORGET = '/* deliveries.forget */ DELETE FROM deliveries WHERE planned_at <= ?'

const deliveryRow = z.object({ subscription: z.string(), occasion: z.string(), details: z.string() })
const stateRow = z.object({ state: z.string() })

function planning(
  { subscription, occasion, details }: Delivery,
  { at, since }: { at: string; since: string },
): Statement {
  const kind = occasion.slice(0, occasion.indexOf(' ') + 1)
  return { sql: PLAN, params: [occasion, details, at, subscription, kind.length, kind, since] }
}
