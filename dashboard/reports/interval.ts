// Engaged time read from intervals. The counters say how many reached each bound; this file turns them into a
// histogram, and the median into the interval that holds it. Nobody knows the seconds, so no mean is made up.
import { INTERVALS } from '../../collector/contract.ts'

/** How many reached each bound of INTERVALS, in their order. */
export type Reach = readonly number[]

export interface Interval {
  /** Lower bound in seconds; 0 for those that reached none. */
  from: number
  /** Upper bound in seconds; none for the last. */
  to: number | undefined
}

export interface Bar extends Interval {
  n: number
  share: number
}

const LOWER: readonly number[] = [0, ...INTERVALS.map(({ seconds }) => seconds)]

/**
 * The counts of every bound, in order. Bounds are released in whole k each, so a later one can be ahead of an earlier
 * one for a while: who reached the later has reached the earlier.
 */
function settled(reach: Reach): number[] {
  return reach.map((_, index) => Math.max(0, ...reach.slice(index)))
}

/** `base`: visits for sessions, page views for pages. Counts wait for a full k, so base and bounds are never exact together. */
export function histogram(reach: Reach, base: number): Bar[] {
  const reached = settled(reach)
  const whole = Math.max(base, reached[0] ?? 0)
  return LOWER.map((from, index) => {
    const here = index === 0 ? whole : (reached[index - 1] ?? 0)
    const n = here - (reached[index] ?? 0)
    return { from, to: LOWER[index + 1], n, share: whole === 0 ? 0 : n / whole }
  })
}

/**
 * Fewer than this have no median: up to one k of each count still waits. Counts of pairs lag further behind, since a
 * pair starts only once both of its values are named.
 */
export const medianFrom = (k: number, paired: boolean) => (paired ? 10 : 2) * k

/** The interval in which the median lies, or nothing while there is too little to say: no report, or too small a base. */
export function median(reach: Reach, base: number, atLeast: number): Interval | undefined {
  const reached = settled(reach)
  const whole = Math.max(base, reached[0] ?? 0)
  if (base < atLeast || (reached[0] ?? 0) === 0) return undefined
  let index = 0
  while (index < reached.length && (reached[index] ?? 0) * 2 >= whole) index++
  return { from: LOWER[index] ?? 0, to: LOWER[index + 1] }
}
