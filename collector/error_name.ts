// What an error is called: all of it that may be logged, because a message can quote what a visitor sent. Called wherever
// something goes wrong.

/** 'RangeError', or 'SqliteError SQLITE_FULL': what an operator can look up. */
export function nameOfError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && error.code !== undefined ? `${error.name} ${String(error.code)}` : error.name
}
