// The globals that dry_run.ts stands in for. build.ts makes them the parameters of the function that holds the tracker.

/** Every name by which the tracker reaches out of itself; test/transparency_preview.test.ts holds it against its code. */
export const STAND_INS = [
  'window',
  'document',
  'location',
  'performance',
  'localStorage',
  'sessionStorage',
  'navigation',
  'navigator',
  'fetch',
  'addEventListener',
  'setInterval',
] as const
export type StandIn = (typeof STAND_INS)[number]
