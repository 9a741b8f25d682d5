// The heart: counts wait here until they are whole multiples of k. Memory is the working state, the journal makes it durable.
// The collector's app counts into it; the flush takes out of it; the Node entry and the Durable Object each hold one.

import { addDays, type Calendar, firstOfMonth } from './calendar.ts'
import { COUNTERS, LIMITS } from './contract.ts'
import { incrementsOf } from './counters.ts'
import type { AnonymousEvent } from './event.ts'
import type { Defer } from './group_commit.ts'
import { openJournal } from './journal.ts'
import { type Parcel, releaseParcels, totalParcels } from './parcels.ts'
import { keyedHash } from './pending.ts'
import {
  addIncrements,
  emptyCounts,
  endMonth,
  forgetCounts,
  giveWay,
  leavesBefore,
  type MonthKey,
  type SiteCounts,
  type SiteRules,
  startsAfresh,
  waitingBefore,
} from './site_counts.ts'
import type { Site } from './sites.ts'
import type { Working } from './snapshot.ts'
import type { Sqlite } from './sqlite.ts'
import { addDay, addTotals, type Totals } from './totals.ts'

export interface AccumulatorOptions {
  sqlite: Sqlite
  /** The operator's secret: without it the hashes in the file say nothing. */
  secret: string
  calendar: Calendar
  /** 16 random bytes. */
  random: () => Uint8Array
  /** Runs the next group commit soon, after the requests that are already here. */
  defer: Defer
  limits?: { pendingPerAccumulator: number }
}

/** What is in memory now; for operators and tests, never about a value. */
export interface Gauge {
  sites: number
  pending: number
  waiting: number
  outbox: number
  queued: number
  /** When the clock first found what the journal holds now; undefined while it is folded. */
  unfoldedSince: number | undefined
}

export interface Accumulator {
  /** Counts one event. Resolves once that is durable; rejects, with nothing counted, when it cannot be made so. */
  count(site: Site, event: AnonymousEvent): Promise<void>
  /** Ends the months that are over and folds the journal when its minute is up. `now` in milliseconds since the epoch. */
  tick(now: number): void
  /** When the clock is needed next (now: at the next flush), or undefined when nothing waits for it but a month's end. */
  dueAt(now: number): number | undefined
  /** What is on its way to ClickHouse, oldest first. */
  outbox(): Parcel[]
  /** Moves what may leave now into the outbox and returns it; nothing while the outbox is long. */
  take(now: number): Parcel[]
  /** ClickHouse holds this parcel. */
  forget(id: string): void
  /**
   * Ends every month at once, before other accumulators take over the sites: what is pending becomes `(other)`, and what
   * waits may leave. True once ClickHouse has all of it; what is left below k is then forgotten.
   */
  drain(now: number): boolean
  /**
   * Forgets what waits of a site, destroys its month's key and erases both. 'attributes' leaves its totals and what is on
   * its way (the site is anonymized); 'all' leaves nothing (it is deleted). What a flush has in its hands still arrives.
   */
  forgetSite(site: number, what: 'attributes' | 'all'): void
  /** Takes over the periods of a site now: else they come with its next event, and may never. */
  followPeriods(site: Pick<Site, 'id' | 'anonymizationDays' | 'retentionDays'>): void
  /** Whether anything was counted for the site this month. */
  holds(site: number): boolean
  /** Folds the journal, whatever its age: before a clean stop. */
  fold(): void
  gauge(): Gauge
  /** What is pending of a site by counter name: n only. */
  pendingOf(site: number): Record<string, number>
}

/** Too many events wait for the disk: the collector answers 503. */
export class AccumulatorFull extends Error {}

/** A second's work at worst, and about 30 KB of memory each with their requests: more are better sent again later. */
const MOST_QUEUED = 4_000
/** Events in one commit: its record stays below the 2 MB that a row may have on a Durable Object. */
const MOST_IN_GROUP = 200
/** The clock ticks every 5 seconds: no record of the journal gets older than a minute. */
const FOLD_AFTER = 50_000
/** While ClickHouse is away counts add up here, so an outage costs by distinct values and not by time. */
const LONGEST_OUTBOX = 20

interface Queued {
  site: Site
  event: AnonymousEvent
  done: () => void
  failed: (error: unknown) => void
}

export function createAccumulator(options: AccumulatorOptions): Accumulator {
  const { sqlite, secret, calendar, random, defer } = options
  const mostPending = options.limits?.pendingPerAccumulator ?? LIMITS.pendingPerAccumulator
  const journal = openJournal({ sqlite, keyOf: (salt) => monthKey(secret, salt) })
  let working: Working | undefined = journal.load()
  /** A site's settings are the same object until they change, and so are its rules. */
  const rules = new WeakMap<Site, SiteRules>()
  let queue: Queued[] = []
  let unfoldedSince: number | undefined

  function state(): Working {
    working ??= journal.load()
    return working
  }

  /** After a failed write memory may be ahead of the disk: the disk is the truth, and is read again. */
  function guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      working = undefined
      throw error
    }
  }

  function commit(): void {
    const batch = queue
    queue = []
    let done = 0
    try {
      guarded(() => {
        while (done < batch.length) {
          const group = groupFrom(batch, done)
          commitGroup(group)
          for (const { done: acknowledge } of group) acknowledge()
          done += group.length
        }
      })
    } catch (error) {
      for (const { failed } of batch.slice(done)) failed(error)
    }
  }

  /** The events from `start` on that can be committed together: a site's month may end between two of them. */
  function groupFrom(batch: Queued[], start: number): Queued[] {
    const months = new Map<number, string>()
    const group: Queued[] = []
    for (const queued of batch.slice(start, start + MOST_IN_GROUP)) {
      const month = monthFor(queued)
      const known = months.get(queued.site.id)
      if (known !== undefined && known !== month) break
      months.set(queued.site.id, month)
      group.push(queued)
    }
    return group
  }

  function commitGroup(group: Queued[]): void {
    openMonths(group)
    const changed = new Set(makeRoom())
    const totals: Totals = new Map()
    for (const { site, event } of group) {
      const counts = state().sites.get(site.id)
      if (!counts) throw new Error('a site without a month')
      const increments = incrementsOf(event, counts.rules)
      addTotals(totals, { site: site.id, day: event.day, hour: event.hour }, increments.totals)
      addIncrements(counts, increments, event)
      changed.add(counts)
    }
    journal.append(totals, changed)
    for (const day of totals.values()) addDay(state().totals, day)
  }

  /** Every site of the group stands in the group's month, under its present rules. */
  function openMonths(group: Queued[]): void {
    const ended = new Set<SiteCounts>()
    for (const queued of group) {
      const { site, event } = queued
      const counts = state().sites.get(site.id)
      if (!counts) openSite(queued)
      else if (ended.has(counts)) continue
      else if (counts.month !== monthFor(queued) || startsAfresh(counts.rules, site)) {
        endMonth(counts, newMonth(monthFor(queued)), rulesFor(site), event.day)
        ended.add(counts)
      } else if (counts.rules !== rulesFor(site)) keepRules(counts, rulesFor(site))
    }
    foldEnded(ended)
  }

  /**
   * The month an event is counted in. One that comes moments after its month has ended (another machine's clock, a
   * queue) counts in the month that runs; a clock that was set back further ends the month, whichever way it went.
   */
  function monthFor({ site, event }: Pick<Queued, 'site' | 'event'>): string {
    const running = state().sites.get(site.id)?.month
    if (running !== undefined && event.day.startsWith(running.slice(0, 7))) return running
    const month = firstOfMonth(event.day)
    return running !== undefined && month < running && event.day >= addDays(running, -1) ? running : month
  }

  function newMonth(month: string): MonthKey {
    const salt = random()
    return { month, salt, key: monthKey(secret, salt) }
  }

  function openSite({ site, event }: Queued): void {
    const { shared, sites } = state()
    const month = newMonth(firstOfMonth(event.day))
    const counts = emptyCounts({ ...month, site: site.id, rules: rulesFor(site), lastDay: event.day, shared })
    journal.saveSite(counts)
    sites.set(site.id, counts)
  }

  /** Settings reach the accumulator with the site's next event. */
  function keepRules(counts: SiteCounts, rules: SiteRules): void {
    if (!sameRules(counts.rules, rules)) {
      // Before memory: a failed write leaves it as it was.
      journal.saveSite({ ...counts, rules })
    }
    counts.rules = rules
  }

  function rulesFor(site: Site): SiteRules {
    const known = rules.get(site) ?? rulesOf(site)
    rules.set(site, known)
    return known
  }

  /** The old keys and the records made under them go in one transaction. */
  function foldEnded(ended: ReadonlySet<SiteCounts>): void {
    if (ended.size > 0) journal.fold(state(), new Set([...ended].map(({ site }) => site)))
  }

  /** Beyond the accumulator's cap the smallest counts of the site with the most of them give way; says which changed. */
  function makeRoom(): SiteCounts[] {
    const { shared, sites } = state()
    if (shared.full || shared.entries < mostPending) return []
    const [most] = [...sites.values()].sort((a, b) => b.unnamed - a.unnamed)
    shared.full = most === undefined || giveWay(most, Math.ceil(mostPending / 16)) === 0
    return most ? [most] : []
  }

  function tick(now: number): void {
    guarded(() => {
      endMonths(now)
      if (journal.folded()) unfoldedSince = undefined
      else foldInTime(now)
    })
  }

  function endMonths(now: number): void {
    const ended = new Set<SiteCounts>()
    for (const counts of state().sites.values()) {
      const { day } = calendar.localHour(counts.rules.timezone, now)
      if (firstOfMonth(day) <= counts.month) continue
      endMonth(counts, newMonth(firstOfMonth(day)), counts.rules, day)
      ended.add(counts)
    }
    foldEnded(ended)
    for (const counts of ended) if (isForgotten(counts)) leaveNoTrace(counts)
  }

  function drain(now: number): boolean {
    return guarded(() => {
      const all = [...state().sites.values()]
      for (const counts of all) {
        const { day } = calendar.localHour(counts.rules.timezone, now)
        // A clock that was set back leaves the month as it is.
        const today = [day, counts.month].sort().at(-1) ?? day
        endMonth(counts, newMonth(firstOfMonth(today)), counts.rules, today)
      }
      foldEnded(new Set(all))
      const owed = state().totals.size > 0 || journal.outboxSize() > 0 || all.some(({ leaving }) => leaving.size > 0)
      if (!owed) for (const counts of all) leaveNoTrace(counts)
      return !owed
    })
  }

  /** Nothing has come for a retention period, or nothing is owed: the site leaves no trace here. */
  function isForgotten({ site, month, lastDay, rules, pending, leaving }: SiteCounts): boolean {
    const owed = [...state().totals.values()].some((total) => total.site === site)
    if (owed || leaving.size > 0) return false
    return pending.size === 0 || addDays(lastDay, rules.retentionDays) <= month
  }

  function leaveNoTrace(counts: SiteCounts): void {
    journal.forgetSite(counts.site)
    state().sites.delete(counts.site)
    state().shared.entries -= counts.pending.size
  }

  function forgetSite(site: number, what: 'attributes' | 'all'): void {
    guarded(() => {
      const counts = state().sites.get(site)
      if (counts) forgetCounts(counts, newMonth(counts.month))
      if (what === 'all') {
        for (const [key, total] of state().totals) if (total.site === site) state().totals.delete(key)
        journal.withdraw(site)
      }
      journal.fold(state(), new Set(counts ? [site] : []))
      if (!counts || what === 'attributes') return
      leaveNoTrace(counts)
      journal.fold(state())
    })
  }

  function foldInTime(now: number): void {
    unfoldedSince ??= now
    // A clock that was set back must not keep the journal for longer.
    if (now >= unfoldedSince && now - unfoldedSince < FOLD_AFTER) return
    journal.fold(state())
    unfoldedSince = undefined
  }

  function dueAt(now: number): number | undefined {
    if (state().totals.size > 0 || journal.outboxSize() > 0) return now
    return journal.folded() ? undefined : (unfoldedSince ?? now) + FOLD_AFTER
  }

  function take(now: number): Parcel[] {
    return guarded(() => {
      if (journal.outboxSize() >= LONGEST_OUTBOX) return []
      const sites = [...state().sites.values()]
      const ready = sites.flatMap((counts) => {
        const before = leavesBefore(counts, calendar.localHour(counts.rules.timezone, now))
        return before === undefined ? [] : [{ counts, before }]
      })
      const leaving = [
        ...sites.map((counts) => ({ counts, releases: counts.leaving.values() })),
        ...ready.map(({ counts, before }) => ({ counts, releases: waitingBefore(counts, before) })),
      ]
      const uuid = () => uuidOf(random())
      const parcels = [...totalParcels(state().totals, rulesOfSite, uuid), ...releaseParcels(leaving, uuid)]
      if (parcels.length > 0)
        journal.moveToOutbox(
          state(),
          parcels,
          ready.map(({ counts, before }) => [counts.site, before]),
        )
      return parcels
    })
  }

  function rulesOfSite(site: number): SiteRules {
    const counts = state().sites.get(site)
    if (!counts) throw new Error('totals of a site without a month')
    return counts.rules
  }

  return {
    count(site, event) {
      if (queue.length >= MOST_QUEUED) return Promise.reject(new AccumulatorFull('too many events wait for the disk'))
      return new Promise((done, failed) => {
        queue.push({ site, event, done, failed })
        if (queue.length === 1) defer(commit, () => queue.length)
      })
    },
    tick,
    dueAt,
    outbox: journal.outbox,
    take,
    forget: journal.forget,
    drain,
    forgetSite,
    followPeriods({ id, anonymizationDays, retentionDays }) {
      guarded(() => {
        const counts = state().sites.get(id)
        if (!counts) return
        counts.rules = { ...counts.rules, anonymizationDays, retentionDays }
        journal.saveSite(counts)
      })
    },
    holds: (site) => state().sites.has(site),
    fold: () => guarded(() => journal.fold(state())),
    gauge() {
      const { sites, shared } = state()
      const waiting = [...sites.values()].reduce((sum, counts) => sum + counts.waiting.size + counts.leaving.size, 0)
      return {
        sites: sites.size,
        pending: shared.entries,
        waiting,
        outbox: journal.outboxSize(),
        queued: queue.length,
        unfoldedSince,
      }
    },
    pendingOf(site) {
      const sums: Record<string, number> = {}
      for (const { counter, n } of state().sites.get(site)?.pending.values() ?? []) {
        const name = COUNTERS[counter]?.name ?? ''
        if (n > 0) sums[name] = (sums[name] ?? 0) + n
      }
      return sums
    },
  }
}

function monthKey(secret: string, salt: Uint8Array): string {
  return Buffer.from(keyedHash(secret, [Buffer.from(salt).toString('hex')]), 'latin1').toString('hex')
}

function rulesOf({ timezone, k, profile, browserFamilies, anonymizationDays, retentionDays }: Site): SiteRules {
  return { timezone, k, profile, browserFamilies, anonymizationDays, retentionDays }
}

function sameRules(a: SiteRules, b: SiteRules): boolean {
  return (
    a.timezone === b.timezone &&
    a.browserFamilies === b.browserFamilies &&
    a.anonymizationDays === b.anonymizationDays &&
    a.retentionDays === b.retentionDays &&
    !startsAfresh(a, b)
  )
}

/** RFC 9562, version 4. */
function uuidOf(random: Uint8Array): string {
  const bytes = Uint8Array.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
