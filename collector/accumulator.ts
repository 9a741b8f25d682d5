// The heart: counts wait here until they are whole multiples of k. Memory is the working state, the journal makes it durable.
// The collector's app counts into it; the flush takes out of it; the Node entry and the Durable Object each hold one.

import { randomUUID } from 'node:crypto'
import type { Calendar } from './calendar.ts'
import { addDays, addMonths, firstOfMonth } from './calendar.ts'
import { COUNTERS, LIMITS, type Table } from './contract.ts'
import { type CountingRules, incrementsOf } from './counters.ts'
import type { AnonymousEvent } from './event.ts'
import { addTotals, type HourTotals, openJournal, type Parcel, type Working } from './journal.ts'
import { keyedHash, type Pending } from './pending.ts'
import {
  addIncrements,
  clearWaiting,
  emptyCounts,
  endMonth,
  giveWay,
  mayLeave,
  type Release,
  type SiteCounts,
  type SiteRules,
} from './site_counts.ts'
import type { Site } from './sites.ts'
import type { Sqlite } from './sqlite.ts'

export interface AccumulatorOptions {
  sqlite: Sqlite
  /** The operator's secret: without it the hashes in the file say nothing. */
  secret: string
  calendar: Calendar
  /** 16 random bytes. */
  random: () => Uint8Array
  /** Runs the next group commit soon, after the requests that are already here. */
  defer: (commit: () => void) => void
  limits?: { pendingPerAccumulator: number }
}

/** What is in memory now; for operators and tests, never about a value. */
export interface Gauge {
  sites: number
  pending: number
  named: number
  waiting: number
  outbox: number
  queued: number
}

export interface Accumulator {
  /** Counts one event. Resolves once that is durable; rejects, with nothing counted, when it cannot be made so. */
  count(site: Site, event: AnonymousEvent): Promise<void>
  /** Ends the months that are over and folds the journal when its minute is up. `now` in milliseconds since the epoch. */
  tick(now: number): void
  /** When the clock is needed next (now: at the next flush), or undefined when nothing waits for it but a month's end. */
  dueAt(now: number): number | undefined
  /** What is on its way to ClickHouse; when nothing is, what may leave now is moved there first. */
  takeOutbox(): Parcel[]
  /** ClickHouse holds this parcel. */
  forget(id: string): void
  /** Folds the journal, whatever its age: before a clean stop. */
  fold(): void
  gauge(): Gauge
  /** What is pending of a site by counter name: n only. */
  pendingOf(site: number): Record<string, number>
}

/** Too many events wait for the disk: the collector answers 503. */
export class AccumulatorFull extends Error {}

const MOST_QUEUED = 20_000
/** With a tick every 5 seconds, no record of the journal gets older than a minute. */
const FOLD_AFTER = 50_000
/** Rows in one insert: one block of ClickHouse, and below 2 MB as a row of the outbox. */
const ROWS_PER_PARCEL = 4_000

interface Queued {
  site: Site
  event: AnonymousEvent
  done: () => void
  failed: (error: unknown) => void
}

export function createAccumulator(options: AccumulatorOptions): Accumulator {
  const { sqlite, secret, calendar, random, defer } = options
  const journal = openJournal({ sqlite, keyOf: (salt) => monthKey(secret, salt) })
  const hot = new Map<string, Pending>()
  let working: Working | undefined = journal.load(hot)
  journal.fold(working)
  let queue: Queued[] = []
  let unfoldedSince: number | undefined
  let outboxEmpty = journal.outbox().length === 0

  /** After a failed write memory may be ahead of the disk: the disk is the truth. */
  function state(): Working {
    if (!working) {
      hot.clear()
      working = journal.load(hot)
    }
    return working
  }

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
    let end = start
    for (; end < batch.length; end++) {
      const queued = batch[end]
      if (!queued) break
      const month = monthFor(queued)
      const known = months.get(queued.site.id)
      if (known !== undefined && known !== month) break
      months.set(queued.site.id, month)
    }
    return batch.slice(start, end)
  }

  function commitGroup(group: Queued[]): void {
    openMonths(group)
    const totals = new Map<string, HourTotals>()
    const changed = new Set<SiteCounts>()
    for (const { site, event } of group) {
      const counts = state().sites.get(site.id)
      if (!counts) throw new Error('a site without a month')
      const increments = incrementsOf(event, counts.rules)
      addTotals(totals, { site: site.id, day: event.day, hour: event.hour, ...increments.totals })
      addIncrements(counts, increments, event.day)
      changed.add(counts)
    }
    for (const counts of makeRoom(group)) changed.add(counts)
    const hours = [...totals.values()]
    journal.append(hours, changed)
    for (const hour of hours) addTotals(state().totals, hour)
  }

  /** Every site of the group stands in the group's month, under its present rules. */
  function openMonths(group: Queued[]): void {
    const ended = new Map<SiteCounts, string>()
    for (const { site, event } of group) {
      const month = monthFor({ site, event })
      const counts = state().sites.get(site.id)
      if (!counts) openSite(site, month)
      else {
        if (counts.month !== month) ended.set(counts, month)
        keepRules(counts, site)
      }
    }
    if (ended.size > 0) endMonths(ended)
  }

  /**
   * The month an event is counted in. One that comes moments after its month has ended (another machine's clock, a
   * queue) counts in the month that runs; a clock that was set back further ends the month, whichever way it went.
   */
  function monthFor({ site, event }: Pick<Queued, 'site' | 'event'>): string {
    const month = firstOfMonth(event.day)
    const running = state().sites.get(site.id)?.month
    return running !== undefined && month < running && event.day >= addDays(running, -1) ? running : month
  }

  function openSite(site: Site, month: string): void {
    const salt = random()
    const counts = emptyCounts({ site: site.id, rules: rulesOf(site), month, salt, key: monthKey(secret, salt), hot })
    journal.saveSite(counts)
    state().sites.set(site.id, counts)
  }

  /** Settings reach the accumulator with the site's next event. */
  function keepRules(counts: SiteCounts, site: Site): void {
    const rules = rulesOf(site)
    if (JSON.stringify(rules) === JSON.stringify(counts.rules)) return
    counts.rules = rules
    journal.saveSite(counts)
  }

  /** Ends months: the old keys and the records made under them go in one transaction. */
  function endMonths(ended: ReadonlyMap<SiteCounts, string>): void {
    for (const [counts, month] of ended) {
      const salt = random()
      endMonth(counts, { month, salt, key: monthKey(secret, salt) })
    }
    journal.fold(state(), new Set([...ended.keys()].map(({ site }) => site)))
  }

  /** Beyond the accumulator's cap the smallest counts of its largest site give way; says which site that changed. */
  function makeRoom(group: Queued[]): SiteCounts[] {
    const cap = options.limits?.pendingPerAccumulator ?? LIMITS.pendingPerAccumulator
    const sites = [...state().sites.values()]
    if (sites.reduce((sum, { pending }) => sum + pending.size, 0) <= cap) return []
    const largest = sites.reduce((most, counts) => (counts.pending.size > most.pending.size ? counts : most))
    giveWay(largest, Math.ceil(cap / 16), group[0]?.event.day ?? largest.month)
    return [largest]
  }

  function tick(now: number): void {
    guarded(() => {
      const ended = new Map<SiteCounts, string>()
      for (const counts of state().sites.values()) {
        const month = firstOfMonth(calendar.localHour(counts.rules.timezone, now).day)
        if (month > counts.month) ended.set(counts, month)
      }
      if (ended.size > 0) endMonths(ended)
      forgetEmptySites(ended)
      if (journal.folded()) unfoldedSince = undefined
      else foldInTime(now)
    })
  }

  function foldInTime(now: number): void {
    unfoldedSince ??= now
    // A clock that was set back must not keep the journal for longer.
    if (now >= unfoldedSince && now - unfoldedSince < FOLD_AFTER) return
    journal.fold(state())
    unfoldedSince = undefined
  }

  /** A site that nothing came for in a month, and that owes nothing, leaves no trace here. */
  function forgetEmptySites(ended: ReadonlyMap<SiteCounts, string>): void {
    const owed = new Set([...state().totals.values()].map(({ site }) => site))
    for (const { site, pending, waiting } of ended.keys()) {
      if (pending.size > 0 || waiting.size > 0 || owed.has(site)) continue
      journal.forgetSite(site)
      state().sites.delete(site)
    }
  }

  function dueAt(now: number): number | undefined {
    if (!outboxEmpty || state().totals.size > 0) return now
    return journal.folded() ? undefined : (unfoldedSince ?? now) + FOLD_AFTER
  }

  function takeOutbox(): Parcel[] {
    if (!outboxEmpty) return journal.outbox()
    return guarded(() => {
      const leaving = [...state().sites.values()].filter(mayLeave)
      const parcels = [...totalParcels(state()), ...releaseParcels(leaving)]
      if (parcels.length === 0) return []
      const taken = leaving.map(({ site }) => site)
      journal.moveToOutbox(parcels, taken)
      outboxEmpty = false
      state().totals.clear()
      for (const counts of leaving) clearWaiting(counts)
      return parcels
    })
  }

  return {
    count(site, event) {
      if (queue.length >= MOST_QUEUED) return Promise.reject(new AccumulatorFull('too many events wait for the disk'))
      return new Promise((done, failed) => {
        queue.push({ site, event, done, failed })
        if (queue.length === 1) defer(commit)
      })
    },
    tick,
    dueAt,
    takeOutbox,
    forget(id) {
      journal.forget(id)
      outboxEmpty = journal.outbox().length === 0
    },
    fold: () => guarded(() => journal.fold(state())),
    gauge() {
      const sites = [...state().sites.values()]
      const entries = sites.flatMap(({ pending }) => [...pending.values()])
      return {
        sites: sites.length,
        pending: entries.length,
        named: entries.filter(({ named }) => named).length,
        waiting: sites.reduce((sum, { waiting }) => sum + waiting.size, 0),
        outbox: journal.outbox().length,
        queued: queue.length,
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

function rulesOf(site: Site): SiteRules & CountingRules {
  const { timezone, k, profile, browserFamilies, properties, anonymizationDays, retentionDays } = site
  return { timezone, k, profile, browserFamilies, properties, anonymizationDays, retentionDays }
}

function totalParcels({ totals, sites }: Working): Parcel[] {
  const hours: object[] = []
  const days = new Map<
    string,
    { site: number; day: string; visits: number; pageviews: number; engaged: number; events: number }
  >()
  for (const { site, day, hour, visits, pageviews, engaged, events } of totals.values()) {
    const dates = datesOf(sites.get(site), day)
    if (visits > 0) hours.push({ site, month: firstOfMonth(day), day, hour, visits, ...dates })
    const known = days.get(`${site} ${day}`) ?? { site, day, visits: 0, pageviews: 0, engaged: 0, events: 0 }
    known.visits += visits
    known.pageviews += pageviews
    known.engaged += engaged
    known.events += events
    days.set(`${site} ${day}`, known)
  }
  const dayRows = [...days.values()]
    .filter(({ visits, pageviews, engaged, events }) => visits + pageviews + engaged + events > 0)
    .map((row) => ({
      ...row,
      month: firstOfMonth(row.day),
      expire_on: datesOf(sites.get(row.site), row.day).expire_on,
    }))
  return [...parcelsOf('hours', hours), ...parcelsOf('days', dayRows)]
}

function releaseParcels(leaving: SiteCounts[]): Parcel[] {
  const rows = leaving.flatMap((counts) => [...counts.waiting.values()].map((release) => releaseRow(counts, release)))
  return parcelsOf('counts', rows)
}

function releaseRow(counts: SiteCounts, { day, counter, value, value2, n }: Release): object {
  const { metric, dimensions } = COUNTERS[counter] ?? { metric: '', dimensions: [''] }
  return {
    site: counts.site,
    metric,
    dimension: dimensions[0],
    dimension2: dimensions[1] ?? '',
    value,
    value2,
    month: firstOfMonth(day),
    day,
    n,
    ...datesOf(counts, day),
  }
}

/** The two dates that a row carries: whole months are generalized and end together. */
function datesOf(counts: SiteCounts | undefined, day: string): { generalize_on: string; expire_on: string } {
  if (!counts) throw new Error('totals of a site without a month')
  const { anonymizationDays, retentionDays } = counts.rules
  return {
    generalize_on: addDays(addMonths(day, 1), anonymizationDays),
    expire_on: addDays(firstOfMonth(day), retentionDays),
  }
}

/** Sorted, so that the order of rows says nothing of the order of events. */
function parcelsOf(table: Table, rows: object[]): Parcel[] {
  const lines = rows.map((row) => JSON.stringify(row)).sort()
  return Array.from({ length: Math.ceil(lines.length / ROWS_PER_PARCEL) }, (_, part) => ({
    id: randomUUID(),
    table,
    body: lines.slice(part * ROWS_PER_PARCEL, (part + 1) * ROWS_PER_PARCEL).join('\n'),
  }))
}
