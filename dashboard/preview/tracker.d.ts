// The module that build.ts makes of the built tracker: the same code, in a function whose parameters stand in for the
// browser's globals.
declare module 'sundial:tracker' {
  export function runTracker(globals: Record<string, unknown>): void
}
