// By which token a request comes: the header `Authorization: Bearer <token>`, and how often it may come. Asked by
// reader.ts for numbers and by sites_routes.ts for sites.
import type { Context } from 'hono'
import type { ApiToken, ApiTokens } from '../people/api_tokens.ts'

export interface NoToken {
  refused: 401 | 429
  /** A sentence for whoever asks. */
  because: string
}

/** Undefined where the request names no token; of other schemes (a proxy's own Basic, say) it is not. */
export type Bearer = (c: Context) => Promise<ApiToken | NoToken | undefined>

/**
 * A minute: as many as one visitor's address may send to the collector. It is there for the loop that somebody forgot, so
 * it counts in the memory of a process (on Workers of an isolate), and costs no writing.
 */
export const REQUESTS_PER_MINUTE = 600
const MINUTE = 60_000

interface BearerDeps {
  apiTokens: Pick<ApiTokens, 'find'>
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createBearer({ apiTokens, now }: BearerDeps): Bearer {
  let minute = Number.NaN
  let requests = new Map<string, number>()

  /** Counts only tokens that there are, so it grows with them and not with guesses. */
  function isTooOften(id: string): boolean {
    const current = Math.floor(now() / MINUTE)
    if (current !== minute) requests = new Map()
    minute = current
    const sent = (requests.get(id) ?? 0) + 1
    requests.set(id, sent)
    return sent > REQUESTS_PER_MINUTE
  }

  return async (c) => {
    const given = /^bearer(?:\s+(.*))?$/i.exec(c.req.header('authorization')?.trim() ?? '')
    if (!given) return undefined
    const token = await apiTokens.find(given[1] ?? '')
    if (!token) return { refused: 401, because: 'There is no such token: it is mistyped, or was withdrawn.' }
    return isTooOften(token.id) ? { refused: 429, because: TOO_OFTEN } : token
  }
}

const TOO_OFTEN = `This token has asked ${REQUESTS_PER_MINUTE} times within a minute. Wait until it is over.`
