// One site's counts while they wait, in memory: pending by keyed hash, and released until enough visits have come after.
// The accumulator feeds it events and makes every change durable; nothing here touches the disk.

import { addDays, addMonths, type LocalHour } from './calendar.ts'
import { COUNTERS, type Counter, DIMENSIONS, LIMITS, OTHER, PROFILES } from './contract.ts'
import { allows, type CountingRules, type Increment, type Increments } from './counters.ts'
import type { AnonymousEvent } from './event.ts'
import { keyedHash, type Pending, type Release, smallest } from './pending.ts'
import type { Remembered, Value } from './remembered.ts'
import type { Site } from './sites.ts'

/** The settings of a site that the accumulator keeps beside its counts, so that a month can end without an event. */
export type SiteRules = CountingRules & Pick<Site, 'timezone' | 'k' | 'anonymizationDays' | 'retentionDays'>

/** A month of a site: its first day, and the key under which its values are hashed. Destroyed when it ends. */
export interface MonthKey {
  month: string
  /** Random; with the operator's secret it makes the key. */
  salt: Uint8Array
  key: string
}

/** What all sites of one accumulator share. */
export interface Shared {
  remembered: Remembered
  /** Pending entries of all sites. */
  entries: number
  /** No entry of any site can give way: what is new goes to `(other)` at once. */
  full: boolean
}

export interface SiteCounts extends MonthKey {
  readonly site: number
  readonly shared: Shared
  rules: SiteRules
  pending: Map<string, Pending>
  /** Pending entries that no text was written for: they can give way. */
  unnamed: number
  /** Released, waiting for visits to come after. */
  waiting: Map<string, Release>
  /** Visits that came after the oldest waiting release. */
  visitsSince: number
  /** Released in a month that has ended: leaves with the next flush. */
  leaving: Map<string, Release>
  /** Day of the last event. */
  lastDay: string
  /** Changes since the last record of the journal. */
  touched: Pending[]
  released: Release[]
}

export function emptyCounts(start: MonthKey & Pick<SiteCounts, 'site' | 'rules' | 'shared' | 'lastDay'>): SiteCounts {
  return {
    ...start,
    pending: new Map(),
    unnamed: 0,
    waiting: new Map(),
    visitsSince: 0,
    leaving: new Map(),
    touched: [],
    released: [],
  }
}

/** Adds what one event of a day increments. */
export function addIncrements(
  counts: SiteCounts,
  { totals, attributes }: Increments,
  { day, stratum }: Pick<AnonymousEvent, 'day' | 'stratum'>,
): void {
  if (counts.waiting.size > 0) counts.visitsSince += totals.visits
  if (day > counts.lastDay) counts.lastDay = day
  // A straggler of last month counts in the running one, and is dated there too: it was named there.
  const dated = day < counts.month ? counts.month : day
  const texts: Text[] = []
  for (const increment of attributes) {
    const first = textIn(texts, counts, increment.value)
    const second = increment.value2 === '' ? undefined : textIn(texts, counts, increment.value2)
    if (second === undefined) first.last = addOne(counts, increment, first, second, dated, stratum)
    else if (bothNamed(counts, increment.counter, first, second))
      addOne(counts, increment, first, second, dated, stratum)
  }
}

/** A text of an event, looked up once for all the counters that it stands in. */
interface Text {
  text: string
  value: Value | undefined
  /** Where the event has added to it last: while it is unnamed, its pairs need not hash it again. */
  last: Pending | undefined
}

function textIn(texts: Text[], counts: SiteCounts, text: string): Text {
  for (const known of texts) if (known.text === text) return known
  const found = textOf(counts, text)
  texts.push(found)
  return found
}

function textOf({ site, shared }: SiteCounts, text: string): Text {
  return { text, value: shared.remembered.valueOf(site, text), last: undefined }
}

/** Puts a release among others of the same day and value. */
export function addRelease(releases: Map<string, Release>, release: Release): Release {
  const key = `${release.day} ${release.counter} ${release.value.length} ${release.value}${release.value2}`
  const known = releases.get(key)
  if (known) {
    known.n += release.n
    return known
  }
  const added = { ...release }
  releases.set(key, added)
  return added
}

/** Puts a release among those that wait for visits to come after. */
export function addWaiting(counts: SiteCounts, release: Release): Release {
  if (counts.waiting.size === 0) counts.visitsSince = 0
  return addRelease(counts.waiting, release)
}

/**
 * The first day whose waiting releases may not leave yet; undefined when none may. Enough visits must have come after
 * them, so that no outsider can tie them to one visit. Where counts leave at midnight it must also be the hour after it,
 * and only what was released before it leaves.
 */
export function leavesBefore({ waiting, visitsSince, rules }: SiteCounts, local: LocalHour): string | undefined {
  if (waiting.size === 0 || visitsSince < rules.k) return undefined
  if (PROFILES[rules.profile].leaves === 'after visits') return END_OF_DAYS
  const isDue = local.hour === 0 && [...waiting.values()].some(({ day }) => day < local.day)
  return isDue ? local.day : undefined
}

const END_OF_DAYS = '9999-12-31'

/** What waits and was released before a day. */
export function waitingBefore({ waiting }: SiteCounts, before: string): Release[] {
  return [...waiting.values()].filter(({ day }) => day < before)
}

/** The waiting releases of before a day have left; visits count anew for those that still wait. */
export function clearWaiting(counts: SiteCounts, before: string = END_OF_DAYS): void {
  for (const [key, release] of counts.waiting) {
    if (release.day >= before) continue
    counts.waiting.delete(key)
    // Its entry may know it still: that it waits no more is all that stays there.
    Object.assign(release, { value: '', value2: '', n: 0 })
  }
  counts.visitsSince = 0
}

/** Puts an entry back that the disk has kept; one of n = 0 without a name is one that gave way. */
export function restoreEntry(counts: SiteCounts, entry: Pending): void {
  removeEntry(counts, entry.hash)
  if (entry.n > 0 || entry.named) insertEntry(counts, entry)
}

/**
 * Ends the running month under the rules that come next. What is pending goes to `(other)` in whole multiples of k,
 * dated with the month's last day that has come; the rest has no text any more and carries over. What the next rules do
 * not count any more is forgotten. A change of k or profile ends a month as well: nothing counted under one rule is
 * named under another, and what waited then loses its text: leaving at once, it could be tied to the last visit.
 */
export function endMonth(counts: SiteCounts, next: MonthKey, rules: SiteRules, today: string): void {
  const lastDay = addDays(addMonths(counts.month, 1), -1)
  const day = today < lastDay ? today : lastDay
  const k = Math.max(counts.rules.k, rules.k)
  const rest = pendingByCounter(counts)
  const isMidMonth = next.month === counts.month && startsAfresh(counts.rules, rules)
  for (const release of counts.waiting.values()) {
    if (isMidMonth) rest.set(release.counter, (rest.get(release.counter) ?? 0) + release.n)
    else addRelease(counts.leaving, release)
  }
  for (const [counter, n] of rest) {
    if (n >= k) addRelease(counts.leaving, { day, counter, ...otherValues(counter), n: wholes(n, k) })
    rest.set(counter, n - wholes(n, k))
  }
  for (const [key, { counter }] of counts.leaving) if (!allows(rules, counter)) counts.leaving.delete(key)
  clearWaiting(counts)
  clearPending(counts)
  Object.assign(counts, next, { rules })
  for (const [counter, n] of rest) if (n > 0 && allows(rules, counter)) otherEntry(counts, counter).n = n
}

/** Nothing counted under one k or profile is named under another: a site that changes them starts its month again. */
export function startsAfresh(a: Pick<SiteRules, 'k' | 'profile'>, b: Pick<SiteRules, 'k' | 'profile'>): boolean {
  return a.k !== b.k || a.profile !== b.profile
}

/** Forgets all that waits here, under whichever key: nothing of it becomes `(other)`. */
export function forgetCounts(counts: SiteCounts, next: MonthKey): void {
  clearPending(counts)
  counts.released = []
  counts.leaving.clear()
  clearWaiting(counts)
  Object.assign(counts, next)
}

function clearPending(counts: SiteCounts): void {
  counts.shared.remembered.clear()
  counts.shared.entries -= counts.pending.size
  counts.shared.full = false
  counts.pending.clear()
  counts.unnamed = 0
  counts.touched = []
}

/** How much of each counter is pending, by its place in COUNTERS. */
export function pendingByCounter(counts: SiteCounts): Map<number, number> {
  const sums = new Map<number, number>()
  for (const { counter, n } of counts.pending.values()) sums.set(counter, (sums.get(counter) ?? 0) + n)
  return sums
}

/** Moves the `count` smallest unnamed counts to `(other)`, dated with the site's last day; says how many gave way. */
export function giveWay(counts: SiteCounts, count: number): number {
  if (counts.unnamed === 0) return 0
  const leaving = smallest(counts.pending.values(), count)
  const day = [counts.lastDay, counts.month].sort().at(-1) ?? counts.month
  for (const entry of leaving) {
    const { counter, n } = entry
    removeEntry(counts, entry.hash)
    entry.n = 0
    touch(counts, entry)
    addTo(counts, otherEntry(counts, counter), otherIncrement(counter), n, day)
  }
  return leaving.length
}

/** A pair counts only once both of its values are named this month: pending hashes of a quiet site could be joined. */
function bothNamed(counts: SiteCounts, pair: number, first: Text, second: Text): boolean {
  const names = NAMING[pair]
  return names !== undefined && isNamed(counts, names[0], first) && isNamed(counts, names[1], second)
}

/** For each pair, the places in COUNTERS of the two counters that name its values. */
const NAMING = COUNTERS.map(({ dimensions: [first, second] }) =>
  second === undefined ? undefined : ([namingCounter(first), namingCounter(second)] as const),
)

function namingCounter(dimension: Counter['dimensions'][0]): number {
  const name = `${DIMENSIONS[dimension].metrics[0]}:${dimension}`
  return COUNTERS.findIndex((counter) => counter.name === name)
}

function isNamed(counts: SiteCounts, counter: number, text: Text): boolean {
  if (text.last?.counter === counter) return text.last.named
  return findEntry(counts, counter, text, undefined)?.named ?? false
}

/** The entry it was added to; undefined when there was no room, and `(other)` took it. */
function addOne(
  counts: SiteCounts,
  increment: Increment,
  first: Text,
  second: Text | undefined,
  day: string,
  stratum: string | undefined,
): Pending | undefined {
  const { counter } = increment
  const entry = findEntry(counts, counter, first, second) ?? newEntry(counts, increment)
  if (entry && !entry.named && stratum !== undefined) entry.strata |= 1 << stratumOf(counts, entry, stratum)
  if (entry) addTo(counts, entry, increment, 1, day)
  else addTo(counts, otherEntry(counts, counter), otherIncrement(counter), 1, day)
  return entry
}

/** 0 to 15. Keyed by the entry as well, so that the strata of different values cannot be compared. */
function stratumOf({ key }: SiteCounts, { hash }: Pending, stratum: string): number {
  return keyedHash(key, [hash, stratum]).charCodeAt(0) & 15
}

/** Enough kinds of visits for its text to be written. Why something was dropped is a closed list, and nobody's. */
function isSpread({ rules }: SiteCounts, { counter, strata }: Pending): boolean {
  const asked = PROFILES[rules.profile].strata
  return asked === undefined || COUNTERS[counter]?.metric === 'dropped' || bitsIn(strata) >= asked.atLeast
}

function bitsIn(strata: number): number {
  let bits = 0
  for (let rest = strata; rest > 0; rest >>= 1) bits += rest & 1
  return bits
}

function addTo(counts: SiteCounts, entry: Pending, increment: Increment, n: number, day: string): void {
  const { k } = counts.rules
  const { counter, value, value2, namedAt } = increment
  entry.n += n
  if (entry.named ? entry.n >= k : entry.n >= k * namedAt && isSpread(counts, entry)) {
    const whole = wholes(entry.n, k)
    entry.n -= whole
    if (!entry.named) counts.unnamed--
    entry.named = true
    const release = { day, counter, value, value2, n: whole }
    counts.released.push(release)
    const { released } = entry
    if (released !== undefined && released.n > 0 && released.day === day) released.n += whole
    else entry.released = addWaiting(counts, release)
  }
  touch(counts, entry)
}

function findEntry(counts: SiteCounts, counter: number, first: Text, second: Text | undefined): Pending | undefined {
  const { site, shared, pending } = counts
  const known = second === undefined ? first.value?.single : second.value && first.value?.pairs.get(second.value)
  if (known?.[counter]) return known[counter]
  const text2 = second?.text ?? ''
  const entry = pending.get(hashOf(counts, counter, first.text, text2))
  if (!entry?.named) return entry
  shared.remembered.remember(site, entry, first.text, text2)
  first.value = shared.remembered.valueOf(site, first.text)
  return entry
}

/** A new entry, where there is room for one; the site's smallest counts give way first. */
function newEntry(counts: SiteCounts, { counter, value, value2 }: Increment): Pending | undefined {
  if (counts.shared.full) return undefined
  if (counts.pending.size >= LIMITS.pendingPerSite && giveWay(counts, LIMITS.pendingPerSite / 16) === 0) {
    return undefined
  }
  return insertEntry(counts, unnamedEntry(hashOf(counts, counter, value, value2), counter))
}

/** `(other)` has no text to protect: it counts as named from the start and never gives way. */
function otherEntry(counts: SiteCounts, counter: number): Pending {
  const { value, value2 } = otherValues(counter)
  const second = value2 === '' ? undefined : textOf(counts, value2)
  const known = findEntry(counts, counter, textOf(counts, value), second)
  if (known) return known
  return insertEntry(counts, { ...unnamedEntry(hashOf(counts, counter, value, value2), counter), named: true })
}

function unnamedEntry(hash: string, counter: number): Pending {
  return { hash, counter, n: 0, named: false, strata: 0, touched: false, released: undefined }
}

function insertEntry(counts: SiteCounts, entry: Pending): Pending {
  counts.pending.set(entry.hash, entry)
  counts.shared.entries++
  if (!entry.named) counts.unnamed++
  return entry
}

function removeEntry(counts: SiteCounts, hash: string): void {
  const entry = counts.pending.get(hash)
  if (!entry) return
  counts.pending.delete(hash)
  counts.shared.entries--
  if (!entry.named) counts.unnamed--
}

function otherIncrement(counter: number): Increment {
  return { counter, ...otherValues(counter), namedAt: 1 }
}

function otherValues(counter: number): { value: string; value2: string } {
  return { value: OTHER, value2: COUNTERS[counter]?.dimensions[1] === undefined ? '' : OTHER }
}

function hashOf(counts: SiteCounts, counter: number, value: string, value2: string): string {
  return keyedHash(counts.key, [COUNTERS[counter]?.name ?? '', value, value2])
}

function touch(counts: SiteCounts, entry: Pending): void {
  if (entry.touched) return
  entry.touched = true
  counts.touched.push(entry)
}

function wholes(n: number, k: number): number {
  return Math.floor(n / k) * k
}
