// One accumulator in a Durable Object, one object per shard: the collector Worker counts into it, its alarm is the clock.

import { DurableObject } from 'cloudflare:workers'
import { type Accumulator, createAccumulator } from './accumulator.ts'
import { createCalendar } from './calendar.ts'
import type { Counts } from './clickhouse.ts'
import { createWebCounts } from './clickhouse_web.ts'
import type { AnonymousEvent } from './event.ts'
import { FLUSH_EVERY, flush } from './flush.ts'
import type { Site } from './sites.ts'
import { createDurableSqlite } from './sqlite_durable.ts'

export interface AccumulatorEnv {
  SUNDIAL_SECRET: string
  CLICKHOUSE_URL: string
  CLICKHOUSE_USER: string
  CLICKHOUSE_PASSWORD: string
  CLICKHOUSE_DATABASE: string
}

/** While nothing waits, the clock still looks every hour whether a site's month has ended. */
const IDLE_EVERY = 3_600_000

export class DurableAccumulator extends DurableObject<AccumulatorEnv> {
  readonly #accumulator: Accumulator
  readonly #counts: Counts
  #alarm = Number.POSITIVE_INFINITY

  constructor(ctx: DurableObjectState, env: AccumulatorEnv) {
    super(ctx, env)
    this.#accumulator = createAccumulator({
      sqlite: createDurableSqlite(ctx.storage),
      secret: env.SUNDIAL_SECRET,
      calendar: createCalendar(),
      random: () => crypto.getRandomValues(new Uint8Array(16)),
      // The output gate holds every answer until the write under it is durable.
      defer: queueMicrotask,
    })
    this.#counts = createWebCounts({
      url: env.CLICKHOUSE_URL,
      username: env.CLICKHOUSE_USER,
      password: env.CLICKHOUSE_PASSWORD,
      database: env.CLICKHOUSE_DATABASE,
    })
  }

  /** Counts one event; the answer leaves once that is durable. Called by the collector Worker. */
  async count(site: Site, event: AnonymousEvent): Promise<void> {
    await this.#accumulator.count(site, event)
    await this.#wake(nextFlush(Date.now()))
  }

  /** The clock: months, fold, flush. A failed flush is tried again with the next one. */
  async alarm(): Promise<void> {
    this.#alarm = Number.POSITIVE_INFINITY
    const now = Date.now()
    this.#accumulator.tick(now)
    const { failure } = await flush(this.#accumulator, this.#counts)
    // The type only: an error of ClickHouse can quote a value.
    if (failure instanceof Error) console.error(`flush to ClickHouse failed, will be tried again: ${failure.name}`)
    const due = this.#accumulator.dueAt(Date.now())
    await this.#wake(due === undefined ? now + IDLE_EVERY : Math.max(due, nextFlush(Date.now())))
  }

  /** Once an hour the cron trigger makes sure that the clock runs. */
  async ensureClock(): Promise<void> {
    await this.#wake(nextFlush(Date.now()))
  }

  /** Sets the alarm unless an earlier one stands: every setting is a row written. */
  async #wake(at: number): Promise<void> {
    if (this.#alarm <= at) return
    this.#alarm = at
    await this.ctx.storage.setAlarm(at)
  }
}

function nextFlush(now: number): number {
  return Math.ceil((now + 1) / FLUSH_EVERY) * FLUSH_EVERY
}
