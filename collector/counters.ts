// One anonymous event becomes a handful of increments: exact totals, and attribute counters as the data contract lists them.
// Called by the accumulator for every event.

import {
  COUNTERS,
  type Counter,
  DIMENSIONS,
  type Dimension,
  type DimensionRule,
  type Metric,
  PROFILE_NAMES,
  PROFILES,
  type TotalMetric,
} from './contract.ts'
import type { AnonymousEvent } from './event.ts'
import type { Site } from './sites.ts'

/** Plus one for the counter (its place in COUNTERS) at one or, for pairs, two values. */
export interface Increment {
  counter: number
  value: string
  /** '' where the counter has one dimension. */
  value2: string
  /** The text is written once it was counted this many times k. */
  namedAt: 1 | 2
}

export interface Increments {
  totals: Record<TotalMetric, number>
  /** Single dimensions first, so that a pair finds its values named by the same event. */
  attributes: Increment[]
}

/** The settings of a site that decide what is counted. */
export type CountingRules = Pick<Site, 'profile' | 'browserFamilies'>

/** Every counter that an event increments, for a site's profile and switches. */
export function incrementsOf(event: AnonymousEvent, rules: CountingRules): Increments {
  const totals = {
    visits: event.startsVisit && !event.reload ? 1 : 0,
    pageviews: event.kind === 'pageview' ? 1 : 0,
    engaged: event.engages ? 1 : 0,
    events: event.kind === 'event' ? 1 : 0,
  }
  const attributes: Increment[] = []
  for (const { counter, metric, dimensions } of allowed(rules)) {
    if (!counts(metric, event, totals)) continue
    // A reload counts in the totals only: one person at one page must not be able to make a full five alone by reloading.
    if (metric === 'pageviews' && event.reload) continue
    addValues(attributes, counter, dimensions, event)
  }
  return { totals, attributes }
}

interface AllowedCounter extends Counter {
  /** Place in COUNTERS. */
  counter: number
}

const ALL = COUNTERS.map((rule, counter): AllowedCounter => ({ ...rule, counter }))

/** For every profile, what counts without browser families and with them. Worked out once: each event asks. */
const ALLOWED = new Map(
  PROFILE_NAMES.map((profile) => {
    const under = (browserFamilies: boolean) =>
      ALL.filter(({ counter }) => allows({ profile, browserFamilies }, counter))
    return [profile, { without: under(false), withFamilies: under(true) }] as const
  }),
)

function allowed({ profile, browserFamilies }: CountingRules): readonly AllowedCounter[] {
  const rules = ALLOWED.get(profile)
  return (browserFamilies ? rules?.withFamilies : rules?.without) ?? []
}

/** Whether a site's profile and switches let a counter (its place in COUNTERS) count. */
export function allows(rules: CountingRules, counter: number): boolean {
  const { name, dimensions } = COUNTERS[counter] ?? missing(counter)
  const { without, withoutPairs } = PROFILES[rules.profile]
  if (withoutPairs.some((pair) => pair === name)) return false
  return dimensions.every(
    (dimension) =>
      !without.some((excluded) => excluded === dimension) && (dimension !== 'browser' || rules.browserFamilies),
  )
}

function counts(metric: Metric, event: AnonymousEvent, totals: Increments['totals']): boolean {
  if (metric === 'reach') return event.pageIntervals.length > 0 || event.sessionIntervals.length > 0
  return metric === 'dropped' ? event.dropped.length > 0 : totals[metric] > 0
}

function addValues(
  attributes: Increment[],
  counter: number,
  [first, second]: Counter['dimensions'],
  event: AnonymousEvent,
): void {
  for (const value of valuesOf(first, event)) {
    if (second === undefined) attributes.push({ counter, value, value2: '', namedAt: namedAt(first, event) })
    // The values of a pair have been named before it counts.
    else for (const value2 of valuesOf(second, event)) attributes.push({ counter, value, value2, namedAt: 1 })
  }
}

function valuesOf(dimension: Dimension, event: AnonymousEvent): readonly string[] {
  return DIMENSIONS[dimension].values(event)
}

function namedAt(dimension: Dimension, event: AnonymousEvent): 1 | 2 {
  const { namedAt, freeText }: DimensionRule = DIMENSIONS[dimension]
  return freeText?.(event) ? 2 : namedAt
}

function missing(counter: number): never {
  throw new Error(`no counter at place ${counter} of the data contract`)
}
