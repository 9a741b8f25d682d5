// Why an address that somebody typed did not answer, as what comes behind its name and a colon. In English.
import { OUTBOUND_PROBLEMS, type OutboundProblem } from '../../outbound.ts'

const problems: Record<OutboundProblem, string> = OUTBOUND_PROBLEMS

export const outbound = {
  ...problems,
  /** Of a webhook that answered. */
  refused: 'it does not take it',
  deferred: 'it cannot take it now',
  malformed: 'its address is none',
  /** Of a page that answered. */
  redirects: 'it sends on and on',
  status: (status: number) => `it answers ${status}`,
  elsewhere: (host: string) => `it sends on to ${host}, which is none of this site’s hosts`,
}

export type OutboundWords = typeof outbound
