// One site's counts while they wait, in memory: pending by keyed hash, and released until enough visits have come after.
// The accumulator feeds it events and makes every change durable; nothing here touches the disk.

import { addDays, addMonths } from './calendar.ts'
import { COUNTERS, type Counter, DIMENSIONS, LIMITS, OTHER } from './contract.ts'
import type { Increment, Increments } from './counters.ts'
import { keyedHash, type Pending, smallest } from './pending.ts'
import type { Site } from './sites.ts'

/** The settings of a site that the accumulator keeps beside its counts, so that a month can end without an event. */
export type SiteRules = Pick<
  Site,
  'timezone' | 'k' | 'profile' | 'browserFamilies' | 'properties' | 'anonymizationDays' | 'retentionDays'
>

/** A count in whole multiples of k, with its text, on its way to ClickHouse. */
export interface Release {
  day: string
  counter: number
  value: string
  value2: string
  n: number
}

export interface SiteCounts {
  readonly site: number
  rules: SiteRules
  /** First day of the site-local month that is being counted. */
  month: string
  /** Random; with the operator's secret it makes the month's key. Destroyed when the month ends. */
  salt: Uint8Array
  key: string
  pending: Map<string, Pending>
  /** Entries of all sites by their text, in memory only: saves the hash of what comes often. */
  readonly hot: Map<string, Pending>
  waiting: Map<string, Release>
  /** Visits that came after the oldest waiting release. */
  visitsSince: number
  /** The month has ended: what waits leaves with the next flush. */
  leaving: boolean
  /** Changes since the last record of the journal. */
  touched: Map<string, Pending>
  released: Release[]
}

export function emptyCounts(start: Pick<SiteCounts, 'site' | 'rules' | 'month' | 'salt' | 'key' | 'hot'>): SiteCounts {
  return {
    ...start,
    pending: new Map(),
    waiting: new Map(),
    visitsSince: 0,
    leaving: false,
    touched: new Map(),
    released: [],
  }
}

/** Adds what one event increments. */
export function addIncrements(counts: SiteCounts, { totals, attributes }: Increments, day: string): void {
  if (counts.waiting.size > 0) counts.visitsSince += totals.visits
  for (const increment of attributes) {
    if (bothNamed(counts, increment)) addOne(counts, increment, day)
  }
}

/** Puts a release among those waiting. */
export function addWaiting(counts: SiteCounts, release: Release): void {
  if (counts.waiting.size === 0) counts.visitsSince = 0
  const key = JSON.stringify([release.day, release.counter, release.value, release.value2])
  const waiting = counts.waiting.get(key)
  if (waiting) waiting.n += release.n
  else counts.waiting.set(key, { ...release })
}

/** Whether the waiting releases may leave: no outsider can tie the batch to one visit any more. */
export function mayLeave(counts: SiteCounts): boolean {
  return counts.waiting.size > 0 && (counts.leaving || counts.visitsSince >= counts.rules.k)
}

/** The waiting releases have left. */
export function clearWaiting(counts: SiteCounts): void {
  counts.waiting.clear()
  counts.visitsSince = 0
  counts.leaving = false
}

/**
 * Ends the month: what is pending goes to `(other)` in whole multiples of k, dated with the month's last day; the rest
 * has no text any more and carries over. The old key is overwritten with the new one.
 */
export function endMonth(counts: SiteCounts, next: { month: string; salt: Uint8Array; key: string }): void {
  const lastDay = addDays(addMonths(counts.month, 1), -1)
  const rest = pendingByCounter(counts)
  for (const [counter, n] of rest) {
    const whole = wholes(n, counts.rules.k)
    if (whole > 0) addWaiting(counts, { day: lastDay, counter, ...otherValues(counter), n: whole })
    rest.set(counter, n - whole)
  }
  counts.leaving = counts.waiting.size > 0
  counts.month = next.month
  counts.salt = next.salt
  counts.key = next.key
  counts.pending.clear()
  counts.hot.clear()
  counts.touched.clear()
  for (const [counter, n] of rest) if (n > 0) otherEntry(counts, counter).n = n
}

/** How much of each counter is pending, as a table from its place in COUNTERS. */
export function pendingByCounter(counts: SiteCounts): Map<number, number> {
  const sums = new Map<number, number>()
  for (const { counter, n } of counts.pending.values()) sums.set(counter, (sums.get(counter) ?? 0) + n)
  return sums
}

/** Moves the `count` smallest unnamed counts to `(other)`; says how many gave way. */
export function giveWay(counts: SiteCounts, count: number, day: string): number {
  const leaving = smallest(counts.pending.values(), count)
  counts.hot.clear()
  for (const entry of leaving) {
    const { counter, n } = entry
    counts.pending.delete(entry.hash)
    entry.n = 0
    touch(counts, entry)
    addTo(counts, otherEntry(counts, counter), otherIncrement(counter), n, day)
  }
  return leaving.length
}

/** A pair counts only once both of its values are named this month: pending hashes of a quiet site could be joined. */
function bothNamed(counts: SiteCounts, { counter, value, value2 }: Increment): boolean {
  const names = NAMING[counter]
  if (names === undefined) return true
  return isNamed(counts, names[0], value) && isNamed(counts, names[1], value2)
}

/** For each pair, the places in COUNTERS of the two counters that name its values. */
const NAMING = COUNTERS.map(({ dimensions: [first, second] }) =>
  second === undefined ? undefined : ([namingCounter(first), namingCounter(second)] as const),
)

function namingCounter(dimension: Counter['dimensions'][0]): number {
  const name = `${DIMENSIONS[dimension].metrics[0]}:${dimension}`
  return COUNTERS.findIndex((counter) => counter.name === name)
}

function isNamed(counts: SiteCounts, counter: number, value: string): boolean {
  return findEntry(counts, counter, value, '')?.named ?? false
}

function addOne(counts: SiteCounts, increment: Increment, day: string): void {
  const { counter, value, value2 } = increment
  const entry = findEntry(counts, counter, value, value2) ?? newEntry(counts, increment, day)
  if (entry) addTo(counts, entry, increment, 1, day)
  else addTo(counts, otherEntry(counts, counter), otherIncrement(counter), 1, day)
}

function addTo(counts: SiteCounts, entry: Pending, increment: Increment, n: number, day: string): void {
  const { k } = counts.rules
  const { counter, value, value2, namedAt } = increment
  entry.n += n
  if (entry.n >= (entry.named ? k : k * namedAt)) {
    const whole = wholes(entry.n, k)
    entry.n -= whole
    entry.named = true
    const release = { day, counter, value, value2, n: whole }
    counts.released.push(release)
    addWaiting(counts, release)
  }
  touch(counts, entry)
}

function findEntry(counts: SiteCounts, counter: number, value: string, value2: string): Pending | undefined {
  const text = hotText(counts, counter, value, value2)
  const hot = counts.hot.get(text)
  if (hot) return hot
  const entry = counts.pending.get(hashOf(counts, counter, value, value2))
  if (entry) remember(counts, text, entry)
  return entry
}

/** A new entry, where the site still has room for one; otherwise the smallest counts give way first. */
function newEntry(counts: SiteCounts, { counter, value, value2 }: Increment, day: string): Pending | undefined {
  if (counts.pending.size >= LIMITS.pendingPerSite && giveWay(counts, SHARE_THAT_GIVES_WAY, day) === 0) return undefined
  const entry = { hash: hashOf(counts, counter, value, value2), counter, n: 0, named: false, touched: false }
  counts.pending.set(entry.hash, entry)
  remember(counts, hotText(counts, counter, value, value2), entry)
  return entry
}

/** One in sixteen at once, so that the search for the smallest is paid for by many new values. */
const SHARE_THAT_GIVES_WAY = LIMITS.pendingPerSite / 16

/** `(other)` has no text to protect: it counts as named from the start and never gives way. */
function otherEntry(counts: SiteCounts, counter: number): Pending {
  const { value, value2 } = otherValues(counter)
  const known = findEntry(counts, counter, value, value2)
  if (known) return known
  const entry = { hash: hashOf(counts, counter, value, value2), counter, n: 0, named: true, touched: false }
  counts.pending.set(entry.hash, entry)
  return entry
}

function otherValues(counter: number): { value: string; value2: string } {
  return { value: OTHER, value2: COUNTERS[counter]?.dimensions[1] === undefined ? '' : OTHER }
}

function otherIncrement(counter: number): Increment {
  return { counter, ...otherValues(counter), namedAt: 1 }
}

function hashOf(counts: SiteCounts, counter: number, value: string, value2: string): string {
  return keyedHash(counts.key, [COUNTERS[counter]?.name ?? '', value, value2])
}

function hotText(counts: SiteCounts, counter: number, value: string, value2: string): string {
  return `${counts.site}\n${counter}\n${value}\n${value2}`
}

function remember(counts: SiteCounts, text: string, entry: Pending): void {
  if (counts.hot.size >= HOT_ENTRIES) counts.hot.clear()
  counts.hot.set(text, entry)
}

/** Texts remembered; when full, all are forgotten at once and the frequent ones are back within moments. */
const HOT_ENTRIES = 50_000

function touch(counts: SiteCounts, entry: Pending): void {
  if (entry.touched) return
  entry.touched = true
  counts.touched.set(entry.hash, entry)
}

function wholes(n: number, k: number): number {
  return Math.floor(n / k) * k
}
