// Engaged time as intervals: which bounds a report crossed. A step of event.ts; the seconds end here.
import { INTERVALS, type IntervalLabel } from './contract.ts'
import type { Seconds } from './payload.ts'

/** Bounds above what was reported before, up to what is reported now. Each bound of a page view is crossed once. */
export function crossed(seconds: Seconds | undefined): readonly IntervalLabel[] {
  if (seconds === undefined) return []
  const [before, now] = seconds
  return INTERVALS.filter((bound) => before < bound.seconds && bound.seconds <= now).map(({ label }) => label)
}
