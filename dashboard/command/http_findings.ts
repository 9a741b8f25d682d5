// What `verify` and `deploy` ask over HTTP: a request as an answer or a fault, and what an answer of /health says.
import * as z from 'zod'
import { type Finding, failed, ok } from './finding.ts'

export interface Asking {
  fetch: typeof fetch
  /** Milliseconds since the epoch. */
  now: () => number
  /** Aborted when the person gives up. */
  signal: AbortSignal
}

export interface Answer {
  status: number
  headers: Headers
  body: Uint8Array<ArrayBuffer>
  /** By the clock here. */
  sent: number
  received: number
}

export type Fault = { fault: string }

/** A server that says nothing for so long does not work. */
const PATIENCE = 15_000

/** Redirects are answers of their own. Why there was none is said by a code: messages may hold an address. */
export async function ask(
  { fetch, now, signal }: Asking,
  address: string,
  init?: RequestInit,
): Promise<Answer | Fault> {
  const sent = now()
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])
    const { status, headers, ...answer } = await answered(fetch, address, {
      redirect: 'manual',
      ...init,
      signal: limit,
    })
    return { status, headers, ...answer, sent, received: now() }
  } catch (error) {
    signal.throwIfAborted()
    return { fault: faultOf(error) }
  }
}

async function answered(fetch: Asking['fetch'], address: string, init: RequestInit) {
  const answer = await fetch(address, init)
  return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) }
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer'
  if (error.name === 'TimeoutError') return 'it does not answer in time'
  const cause = error.cause
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : error.name
  return `it does not answer (${code})`
}

export function textOf({ body }: Answer): string {
  return new TextDecoder().decode(body)
}

const healthSchema = z.object({
  ready: z.boolean(),
  problems: z.array(z.object({ part: z.string(), reason: z.string() })),
})
const errorSchema = z.object({ error: z.string() })

/** `log` says how its log is read. */
export function healthFinding(check: string, answer: Answer | Fault, log: string): Finding {
  if ('fault' in answer) return failed(check, answer.fault, 'check the address, and that it runs')
  const said = jsonOf(answer)
  const health = healthSchema.safeParse(said)
  if (!health.success) {
    const error = errorSchema.safeParse(said)
    const says = error.success ? error.data.error : 'nothing that Sundial would say: something else is at that address'
    return failed(check, `answers ${answer.status}, ${says}`, log)
  }
  const { ready, problems } = health.data
  if (problems.length === 0 && ready && answer.status === 200) return ok(check, 'is ready')
  const reasons = problems.map(({ part, reason }) => `${part}: ${reason}`).join('; ')
  return failed(check, `is ${ready ? 'ready, but ' : 'not ready, '}${reasons}`, log)
}

export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(textOf(answer))
  } catch {
    return undefined
  }
}
