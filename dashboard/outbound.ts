// The port for requests to addresses that people have typed: webhooks and the install check. Whoever makes it keeps it away
// from private networks: outbound_node.ts by looking at every address, outbound_web.ts on Workers, which reach none.

export interface OutboundRequest {
  method: 'GET' | 'POST'
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string
  /** Bytes of the answer that are read; what comes after them is left. 0 for none. */
  atMost: number
}

export interface OutboundAnswer {
  status: number
  headers: Headers
  body: string
  /** Whether there was more of it. */
  cut: boolean
}

export interface Outbound {
  /** Follows no redirect, sends no cookie. Throws an OutboundError and nothing else. */
  ask(request: OutboundRequest): Promise<OutboundAnswer>
}

export const OUTBOUND_PROBLEMS = {
  private: 'its name leads to an address that is not public',
  unknown: 'its name leads nowhere',
  unreachable: 'nothing answers there',
  untrusted: 'its certificate is not trusted',
  timeout: 'it did not answer in time',
  unreadable: 'its answer cannot be read',
} as const
export type OutboundProblem = keyof typeof OUTBOUND_PROBLEMS

/** Says why and nothing else: an address may hold a secret. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly code: OutboundProblem

  constructor(code: OutboundProblem) {
    super(`The request failed: ${OUTBOUND_PROBLEMS[code]}.`)
    this.code = code
  }
}

/** For all of one request, in milliseconds. */
export const PATIENCE = 10_000

/** Asks for bytes as they are: a small answer that unpacks to a huge one is not even begun. */
export const PLAIN = { 'Accept-Encoding': 'identity' } as const
