// The wire: what a browser may post to /api/event. The public Plausible Events API as it is, and Sundial's own key `s`.
// The only place where raw fields are checked; the app calls it. A refusal names the field and never quotes its value.
// https://plausible.io/docs/events-api
// zod/mini weighs 9 KB in the Worker's bundle, zod 29.
import * as z from 'zod/mini'
import { LIMITS } from './contract.ts'
import { cleanText } from './text.ts'

export interface Payload {
  name: string
  /** Absolute, http or https; an app's screen, app:// on the wire, is https here. */
  url: URL
  domain: string
  /** As the browser said it; '' when it said none. */
  referrer: string
  properties: Readonly<Record<string, PropertyValue>>
  /** Undefined when the client is not Sundial's tracker. */
  signals: Signals | undefined
}
export type PropertyValue = string | number | boolean | null

/** Sundial's own fields. */
export interface Signals {
  startsVisit: boolean
  /** A reload, or a load that came by back or forward. */
  reload: boolean
  engages: boolean
  /** Engaged seconds of this page view and of the session. */
  pageSeconds: Seconds | undefined
  sessionSeconds: Seconds | undefined
  /** Of custom events: the page on which the visit started, an address like `url`; undefined where it is longer than one. */
  entry: URL | undefined
}
export type Seconds = readonly [reportedBefore: number, now: number]

/** The payload in a request's body, or a sentence that says what is wrong with it. */
export function readPayload(body: ArrayBuffer | Uint8Array): { payload: Payload } | { error: string } {
  const text = decode(body)
  if (text === undefined) return { error: 'the body is not UTF-8' }
  const json = parse(text)
  if (json === undefined) return { error: 'the body is not JSON, or has a key no client sends' }
  if (isUsual(json)) return payloadOf(json)
  const wire = WIRE.safeParse(json)
  return wire.success ? payloadOf(wire.data) : { error: sentence(wire.error) }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(body: ArrayBuffer | Uint8Array): string | undefined {
  try {
    return utf8.decode(body)
  } catch {
    return undefined
  }
}

/** Undefined for what is not JSON, and for a key that could reach an object's prototype: no client means that one. */
function parse(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return (text.includes('__proto__') || text.includes('\\u00')) && namesPrototype(text) ? undefined : json
  } catch {
    return undefined
  }
}

function namesPrototype(text: string): boolean {
  let named = false
  JSON.parse(text, (key, value) => {
    named ||= key === '__proto__'
    return value
  })
  return named
}

/** Engaged seconds beyond a week are no reading. */
const LONGEST_SECONDS = 7 * 86_400
const SECONDS = `must be two numbers of seconds, before and now, from 0 to ${LONGEST_SECONDS} and not running backwards`
const PROPERTIES = 'must be an object of texts, numbers, true and false, or such an object as JSON'

const text = (longest: number) =>
  z.nullish(z.string('must be a text').check(z.maxLength(longest, `must be at most ${longest} characters long`)))

const propertyRecord = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const propertyText = z.pipe(z.pipe(z.string(), z.transform(parse)), propertyRecord)
const properties = z.nullish(
  z
    .union([propertyRecord, propertyText], PROPERTIES)
    .check(
      z.refine(
        (value) => Object.keys(value).length <= LIMITS.properties,
        `must hold at most ${LIMITS.properties} properties`,
      ),
    ),
)

const flag = z.nullish(z.literal([0, 1], 'must be 0 or 1'))
const second = z.number(SECONDS).check(z.minimum(0, SECONDS), z.maximum(LONGEST_SECONDS, SECONDS))
const seconds = z.nullish(z.tuple([second, second], SECONDS).check(z.refine(([before, now]) => before <= now, SECONDS)))
const signalsWire = z.object(
  // As long as the body allows: an event must not be lost over a long address of another page.
  { v: flag, r: flag, e: flag, g: seconds, t: seconds, l: text(LIMITS.bodyBytes) },
  'must be an object',
)
const signals = z.nullish(signalsWire)

/** Keys that are not here are ignored, timestamps among them: an event's time is the time of its request. */
const WIRE = z.object(
  {
    n: text(LIMITS.name),
    name: text(LIMITS.name),
    u: text(LIMITS.url),
    url: text(LIMITS.url),
    d: text(LIMITS.domain),
    domain: text(LIMITS.domain),
    // As long as the body allows: only the host is kept, and a pageview must not be lost over the rest.
    r: text(LIMITS.bodyBytes),
    referrer: text(LIMITS.bodyBytes),
    p: properties,
    props: properties,
    m: properties,
    meta: properties,
    s: signals,
  },
  'must be a JSON object',
)
type Wire = z.infer<typeof WIRE>

/**
 * Whether it is what the tracker sends of a page view or a report, all of it as the schema asks for: that is nearly every
 * event, and the schema takes ten times as long to say so.
 */
function isUsual(json: unknown): json is Wire {
  return everyField(json, (key, value) => {
    const longest = LONGEST_TEXTS.get(key)
    if (longest === undefined) return key === 's' && areUsual(value)
    return typeof value === 'string' && value.length <= longest
  })
}

const LONGEST_TEXTS: ReadonlyMap<string, number> = new Map([
  ['n', LIMITS.name],
  ['u', LIMITS.url],
  ['d', LIMITS.domain],
  ['r', LIMITS.bodyBytes],
])

function areUsual(signals: unknown): boolean {
  return everyField(signals, (key, value) => {
    if (key === 'g' || key === 't') return areSeconds(value)
    return (key === 'v' || key === 'r' || key === 'e') && (value === 0 || value === 1)
  })
}

function areSeconds(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [before, now]: unknown[] = value
  return typeof before === 'number' && typeof now === 'number' && 0 <= before && before <= now && now <= LONGEST_SECONDS
}

function everyField(json: unknown, isFine: (key: string, value: unknown) => boolean): boolean {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false
  for (const key of Object.keys(json)) if (!isFine(key, Reflect.get(json, key))) return false
  return true
}

/** A key of the wire; `s.v` is the key v below s. declaration.ts says what becomes of each. */
export type WireKey = keyof Wire | `s.${keyof z.infer<typeof signalsWire>}`
export const WIRE_KEYS: readonly string[] = [
  ...Object.keys(WIRE.shape),
  ...Object.keys(signalsWire.shape).map((key) => `s.${key}`),
]

/** The first problem. Only keys of the wire itself are named: a property's name is the visitor's text as well. */
function sentence(error: z.core.$ZodError): string {
  const issue = error.issues[0]
  const [field, inner] = issue?.path ?? []
  const named = field === 's' && inner !== undefined ? `s.${String(inner)}` : String(field ?? 'the body')
  return `${named} ${issue?.message}`
}

function payloadOf(wire: Wire): { payload: Payload } | { error: string } {
  const name = wire.n ?? wire.name
  if (!name) return { error: 'name (or n) is missing' }
  if (cleanText(name) === '') return { error: 'name (or n) has no visible character' }
  const domain = wire.d ?? wire.domain
  if (!domain) return { error: 'domain (or d) is missing' }
  const address = wire.u ?? wire.url
  if (!address) return { error: 'url (or u) is missing' }
  const url = absolute(address)
  if (url === undefined) return { error: `url (or u) ${ABSOLUTE}` }
  const entry = wire.s?.l ? absolute(wire.s.l) : undefined
  if (wire.s?.l && entry === undefined) return { error: `s.l ${ABSOLUTE}` }
  return {
    payload: {
      name,
      url,
      domain: domain.trim().toLowerCase(),
      referrer: wire.r ?? wire.referrer ?? '',
      properties: wire.p ?? wire.props ?? wire.m ?? wire.meta ?? {},
      signals: wire.s ? signalsOf(wire.s, entry) : undefined,
    },
  }
}

/** Plausible's clients in apps call their screens app://localhost/login: addresses like a page's, with a host of the site. */
const SCREEN = /^app:\/\//i
const ABSOLUTE = 'must be an absolute address that begins with http://, https:// or app://'

function absolute(address: string): URL | undefined {
  const url = URL.parse(address.replace(SCREEN, 'https://'))
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}

/** An entry page with an address that is too long for a page was itself not counted, so it is nobody's. */
function signalsOf(wire: NonNullable<Wire['s']>, entry: URL | undefined): Signals {
  const isTooLong = (wire.l?.length ?? 0) > LIMITS.url
  return {
    startsVisit: wire.v === 1,
    reload: wire.r === 1,
    engages: wire.e === 1,
    pageSeconds: wire.g ?? undefined,
    sessionSeconds: wire.t ?? undefined,
    entry: isTooLong ? undefined : entry,
  }
}
