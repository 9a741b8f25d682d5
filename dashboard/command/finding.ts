// What `deploy` and `verify` find: a line for each check, and what to do about it where something is not as it should be.

export type Finding = {
  /** What was looked at. */
  check: string
  says: string
} & ({ state: 'ok' } | { state: Unwell; remedy: string })

/**
 * Something is not there yet, or is wrong: both end in exit code 1. Or it could not be asked here; or it is worth knowing
 * and not ours to change.
 */
type Unwell = 'missing' | 'failed' | 'not asked' | 'note'

export function ok(check: string, says: string): Finding {
  return { check, state: 'ok', says }
}

export function missing(check: string, says: string, remedy: string): Finding {
  return { check, state: 'missing', says, remedy }
}

export function failed(check: string, says: string, remedy: string): Finding {
  return { check, state: 'failed', says, remedy }
}

export function notAsked(check: string, says: string, remedy: string): Finding {
  return { check, state: 'not asked', says, remedy }
}

export function note(check: string, says: string, remedy: string): Finding {
  return { check, state: 'note', says, remedy }
}

export function isUnwell({ state }: Finding): boolean {
  return state === 'missing' || state === 'failed'
}

export function lineOf(finding: Finding): string {
  const { state, check, says } = finding
  const line = `${state.padEnd(9)}  ${check}: ${says}`
  return printable(finding.state === 'ok' ? line : `${line} -> ${finding.remedy}`)
}

/** Some of it was said by a server: nothing of that may move the cursor or begin a line. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
