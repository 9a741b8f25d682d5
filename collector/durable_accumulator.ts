// One accumulator in a Durable Object, one object per shard: the collector Worker counts into it, its alarm is the clock.

import { DurableObject } from 'cloudflare:workers'
import { type Accumulator, createAccumulator } from './accumulator.ts'
import { createCalendar } from './calendar.ts'
import { ClickHouseError, type Counts } from './clickhouse.ts'
import { createWebCounts } from './clickhouse_web.ts'
import { nameOfError } from './error_name.ts'
import type { AnonymousEvent } from './event.ts'
import { FLUSH_EVERY, flush } from './flush.ts'
import type { Site } from './sites.ts'
import type { Sqlite } from './sqlite.ts'
import { createDurableSqlite } from './sqlite_durable.ts'
import { readCollectorSettings, type WorkerVariables } from './worker_environment.ts'

/** While nothing waits, the clock still looks every hour whether a site's month has ended. */
const IDLE_EVERY = 3_600_000

/** Another accumulator has taken over, or will within moments: the collector answers 503. */
class Drained extends Error {
  override name = 'Drained'
}

/** Flushes in one call to drain; the alarm goes on, and the collector calls again. */
const MOST_FLUSHES = 3

export class DurableAccumulator extends DurableObject<WorkerVariables> {
  readonly #accumulator: Accumulator
  readonly #counts: Counts
  readonly #sqlite: Sqlite
  #drained: boolean
  #alarm = Number.POSITIVE_INFINITY
  #flushing: Promise<void> | undefined
  #away = false

  constructor(ctx: DurableObjectState, env: WorkerVariables) {
    super(ctx, env)
    const settings = readCollectorSettings(env)
    if ('problems' in settings) throw new Error('the collector is not configured yet')
    this.#sqlite = createDurableSqlite(ctx.storage)
    this.#drained = this.#sqlite.all("SELECT name FROM sqlite_master WHERE name = 'drained'").length > 0
    this.#accumulator = createAccumulator({
      sqlite: this.#sqlite,
      secret: settings.secret,
      calendar: createCalendar(),
      random: () => crypto.getRandomValues(new Uint8Array(16)),
      // The output gate holds every answer until the write under it is durable. Calls arrive one by one, so here a
      // group is one event; what keeps the rows few is that short records share a row of the journal.
      defer: queueMicrotask,
    })
    this.#counts = createWebCounts(settings.server)
  }

  /** Counts one event; the answer leaves once that is durable. Called by the collector Worker. */
  async count(site: Site, event: AnonymousEvent): Promise<void> {
    // An isolate that does not know of the change yet: counted here, the event would never leave.
    if (this.#drained) throw new Drained('other accumulators count now')
    await this.#accumulator.count(site, event)
    try {
      await this.#wake(nextFlush(Date.now()))
    } catch (error) {
      // The event is counted: a rejection would have it sent again. The cron trigger sets the clock.
      console.error(`The alarm could not be set: ${nameOfError(error)}`)
    }
  }

  /** The clock: months, fold, flush. What failed is tried again at the next one; throwing would end the clock after six. */
  async alarm(): Promise<void> {
    this.#alarm = Number.POSITIVE_INFINITY
    let due: number | undefined = nextFlush(Date.now())
    try {
      this.#accumulator.tick(Date.now())
      await this.#flushInTime()
      due = this.#accumulator.dueAt(Date.now())
    } catch (error) {
      console.error(`The accumulator cannot be written: ${nameOfError(error)}`)
    }
    if (due === undefined && this.#drained) return
    await this.#wake(due === undefined ? Date.now() + IDLE_EVERY : Math.max(due, nextFlush(Date.now())))
  }

  /** Waits for the flush, but no longer than for the next one: the journal is folded in time while ClickHouse hangs. */
  async #flushInTime(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined
    })
    await Promise.race([this.#flushing, scheduler.wait(FLUSH_EVERY)])
  }

  /** Says once that ClickHouse is away, and once that it is back: a ClickHouseError carries no value. */
  async #flush(): Promise<void> {
    const { failure } = await flush(this.#accumulator, this.#counts, Date.now())
    if (failure !== undefined && !this.#away) {
      const reason = failure instanceof ClickHouseError ? failure.message : 'an error of ours'
      console.error(`The counts wait here and are sent again every ${FLUSH_EVERY / 1000} s. ${reason}`)
    }
    if (failure === undefined && this.#away) console.error('ClickHouse takes counts again.')
    this.#away = failure !== undefined
  }

  /**
   * Refuses events from now on, for ever, and sends all it holds. True once nothing is left; called again until then.
   * Called by the collector Worker when another number of shards is ordered.
   */
  async drain(): Promise<boolean> {
    this.#sqlite.run('CREATE TABLE IF NOT EXISTS drained (id INTEGER)')
    this.#drained = true
    let empty = this.#accumulator.drain(Date.now())
    for (let flushes = 0; !empty && flushes < MOST_FLUSHES && !this.#away; flushes++) {
      await this.#flushInTime()
      empty = this.#accumulator.drain(Date.now())
    }
    if (!empty) await this.#wake(nextFlush(Date.now()))
    return empty
  }

  /**
   * Forgets a site (see accumulator.ts) and sends all that is on its way, so that rows which change now change all.
   * True once nothing is on its way. Called by the collector Worker's cron trigger.
   */
  async forgetSite(site: number, what: 'attributes' | 'all'): Promise<boolean> {
    this.#accumulator.forgetSite(site, what)
    // The first may have begun before.
    await this.#flushInTime()
    await this.#flushInTime()
    return this.#accumulator.gauge().outbox === 0
  }

  /** Takes over a site's periods now, not with its next event. Called by the collector Worker's cron trigger. */
  async followPeriods(site: Pick<Site, 'id' | 'anonymizationDays' | 'retentionDays'>): Promise<void> {
    this.#accumulator.followPeriods(site)
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
