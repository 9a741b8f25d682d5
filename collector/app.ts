// The collector's HTTP side, on Node and Workers alike: POST /api/event takes an event, makes it anonymous, hands it to the
// accumulator and answers once it is durable. The entries of both runtimes create one and give it their ports.
import { type Context, Hono } from 'hono'
import { type Bots, createBots } from './bot.ts'
import { type Browsers, createBrowsers } from './browser.ts'
import type { Calendar } from './calendar.ts'
import { DROP_REASONS, type DropReason, LIMITS } from './contract.ts'
import { nameOfError } from './error_name.ts'
import { type AnonymousEvent, createSteps } from './event.ts'
import { readPayload } from './payload.ts'
import type { RateLimit } from './rate_limit.ts'
import type { Sender } from './sender.ts'
import type { Site } from './sites.ts'

export interface CollectorDeps {
  sites: { fresh(): Promise<void>; countedAs(domain: string): Site | undefined }
  /** Resolves when the event is durable; a rejection is answered by 503, and the client may try again. */
  accumulator: { count(site: Site, event: AnonymousEvent): Promise<void> }
  rateLimit: RateLimit
  senderOf: (context: Context) => Sender
  calendar: Calendar
  /** Milliseconds since the epoch. */
  now: () => number
  /** Told of surprises by their name and code only: a message may hold a visitor's data. */
  log?: (line: string) => void
  bots?: Bots
  browsers?: Browsers
  /** Where events are taken, when not at /api/event. */
  path?: string
}

/** What became of a request; a closed list. */
export type Outcome = Taken | keyof typeof REFUSALS
type Taken = 'counted' | `dropped: ${DropReason}`

/** Every answer that is not 202, with what its sentence says unless a better one is known. */
const REFUSALS = {
  invalid: { status: 400, error: 'the event cannot be read' },
  method: { status: 405, error: 'events are sent by POST, as JSON' },
  too_large: { status: 413, error: `an event may be at most ${LIMITS.bodyBytes} bytes long` },
  limited: { status: 429, error: 'too many events from this address, try again in a minute' },
  failed: { status: 500, error: 'the event could not be counted because of an error in the collector' },
  unavailable: { status: 503, error: 'the event could not be made durable, try again in a few seconds' },
} as const

/** Refused where it is longer than an event may be, or where its client went away in the midst of it. */
export type Body = { bytes: ArrayBuffer | Uint8Array } | { refused: 'too_large' | 'invalid' }

/** What any server can send. */
export interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface Collector {
  /** Answers every method at the address of events. */
  app: Hono
  /** Takes what was sent there by POST, for a server that knows a shorter way than a Request. Never rejects. */
  take(sender: Sender, body: Body): Promise<Answer>
  /** Totals since the start, in memory: they name no site, page or visitor. Who opted out is in none. */
  outcomes(): Readonly<Record<string, number>>
}

export function createCollector(deps: CollectorDeps): Collector {
  const { sites, accumulator, rateLimit, senderOf, calendar, now, log = () => {} } = deps
  const { bots = createBots(), browsers = createBrowsers(), path = PATH } = deps
  const anonymize = createSteps({ sites, bots, rateLimit, browsers, calendar })
  const totals = new Map<string, number>()
  /** Each event is answered by one of them. */
  const answers = new Map<Taken, Answer>()

  async function take(sender: Sender, body: Body): Promise<Answer> {
    try {
      return await takeIn(sender, body)
    } catch (error) {
      return failed(error)
    }
  }

  async function takeIn(sender: Sender, body: Body): Promise<Answer> {
    if ('refused' in body) return refuse(body.refused)
    const read = readPayload(body.bytes)
    if ('error' in read) return refuse('invalid', {}, read.error)
    try {
      await sites.fresh()
    } catch (error) {
      return unavailable('The sites cannot be read', error)
    }
    const address = sender.address()
    const verdict = await anonymize({
      payload: read.payload,
      header: sender.header,
      address,
      country: () => sender.country(address),
      now: now(),
    })
    if ('limited' in verdict) return refuse('limited', { 'retry-after': '60' })
    if ('dropped' in verdict) {
      if (verdict.noted) await note(verdict.noted)
      return taken(`dropped: ${verdict.dropped}`)
    }
    try {
      await accumulator.count(verdict.site, verdict.event)
    } catch (error) {
      return unavailable('An event was not made durable', error)
    }
    return taken('counted')
  }

  /** For the owner of the site. Nobody is asked to come back for it. */
  async function note({ site, event }: { site: Site; event: AnonymousEvent }): Promise<void> {
    try {
      await accumulator.count(site, event)
    } catch (error) {
      log(`What was dropped was not noted: ${nameOfError(error)}`)
    }
  }

  function failed(error: unknown): Answer {
    log(`A request failed: ${nameOfError(error)}`)
    return refuse('failed')
  }

  function unavailable(what: string, error: unknown): Answer {
    log(`${what}: ${nameOfError(error)}`)
    return refuse('unavailable', { 'retry-after': '5' })
  }

  function taken(outcome: Taken): Answer {
    tally(outcome)
    const answer = answers.get(outcome) ?? takenAs(outcome)
    answers.set(outcome, answer)
    return answer
  }

  function refuse(outcome: keyof typeof REFUSALS, more?: Record<string, string>, sentence?: string): Answer {
    tally(outcome)
    const { status, error } = REFUSALS[outcome]
    const headers = { ...HEADERS, ...more, 'content-type': 'application/json' }
    return { status, headers, body: JSON.stringify({ error: sentence ?? error }) }
  }

  function tally(outcome: Outcome): void {
    if (outcome !== OPTED_OUT) totals.set(outcome, (totals.get(outcome) ?? 0) + 1)
  }

  const app = new Hono()
  // One handler for all methods: with several on a path Hono goes through them as a chain, for every event.
  app.all(path, async (context) => {
    const { method } = context.req
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { ...HEADERS, ...PREFLIGHT } })
    if (method !== 'POST') return responseOf(refuse('method', { allow: 'POST, OPTIONS' }))
    const sender = senderOf(context)
    return responseOf(await take(sender, await readBody(context, sender.header('content-length'))))
  })
  app.onError((error) => responseOf(failed(error)))
  return { app, take, outcomes: () => ({ ...NOTHING_YET, ...Object.fromEntries(totals) }) }
}

const PATH = '/api/event'

/** Nothing that a browser could keep or send back. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Sundial-Outcome, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

function takenAs(outcome: Taken): Answer {
  // Without its length Node would send the nothing in chunks, which takes a second write to the socket.
  return { status: 202, headers: { ...HEADERS, 'sundial-outcome': outcome, 'content-length': '0' } }
}

/** The tracker's text/plain needs none; clients that send application/json do. */
const PREFLIGHT = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'Content-Type',
  'access-control-max-age': '86400',
}

/** Counted nowhere, not even where an operator collects metrics. */
const OPTED_OUT: Outcome = 'dropped: opted_out'

const NOTHING_YET: Readonly<Record<string, number>> = Object.fromEntries(
  ['counted', ...Object.keys(DROP_REASONS).map((reason) => `dropped: ${reason}`), ...Object.keys(REFUSALS)]
    .filter((outcome) => outcome !== OPTED_OUT)
    .map((outcome) => [outcome, 0]),
)

function responseOf({ status, headers, body }: Answer): Response {
  return new Response(body ?? null, { status, headers })
}

/** Refused as soon as it is too long. A length that was announced is enforced by the server itself. */
async function readBody({ req }: Context, contentLength: string | undefined): Promise<Body> {
  const announced = Number(contentLength ?? Number.NaN)
  if (announced > LIMITS.bodyBytes) return { refused: 'too_large' }
  try {
    const bytes = Number.isNaN(announced) ? await readStream(req.raw.body) : await req.arrayBuffer()
    return bytes.byteLength > LIMITS.bodyBytes ? { refused: 'too_large' } : { bytes }
  } catch {
    // The client went away in the midst of it.
    return { refused: 'invalid' }
  }
}

/** The stream's bytes, one more than allowed where it goes on. */
async function readStream(stream: ReadableStream<Uint8Array> | null): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(LIMITS.bodyBytes + 1)
  let length = 0
  for await (const chunk of stream ?? []) {
    const fits = chunk.subarray(0, bytes.length - length)
    bytes.set(fits, length)
    length += fits.length
    if (length === bytes.length) break
  }
  return bytes.buffer.slice(0, length)
}
