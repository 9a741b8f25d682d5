// The events of a chaos run, and the ledger of what was answered to them: what must have been counted, and what may have.

import type { SiteChanges } from '../../collector/sites.ts'
import { BROWSER } from '../server.ts'
import type { Random } from './random.ts'

/** Four kinds of a site: k, profile, and time zones west, east and with half an hour of summer time. */
export const SITES: readonly [ChaosSite, ...ChaosSite[]] = [
  { domain: 'fives.example', k: 5, timezone: 'UTC' },
  { domain: 'tens.example', k: 10, timezone: 'America/New_York' },
  { domain: 'nepal.example', k: 5, timezone: 'Asia/Kathmandu', profile: 'cnil' },
  { domain: 'howe.example', k: 5, timezone: 'Australia/Lord_Howe' },
]
type ChaosSite = { domain: string; k: number; timezone: string } & SiteChanges

export interface ChaosEvent {
  site: ChaosSite
  body: string
  /** The counters that it increments once each, such as 'visits' or 'visits:country'. */
  counters: readonly string[]
  /** Of these its texts, as 'counter value'. */
  values: readonly string[]
}

const REFERRERS = [
  '',
  'https://www.google.com/',
  'https://t.co/x',
  'https://news.ycombinator.com/',
  'https://a.example/',
] as const

/** A visit, another page of it, a report, an engaged visit, or a sign-up. */
export function anEvent(random: Random): ChaosEvent {
  const site = random.pick(SITES)
  // Few pages come often and many seldom, as they do.
  const page = `/page-${Math.floor(random.next() ** 3 * 60)}`
  const url = `https://${site.domain}${page}${random.chance(0.2) ? '?utm_campaign=spring' : ''}`
  const common = { d: site.domain, u: url, r: random.pick(REFERRERS) }
  const kind = random.below(10)
  const make = (event: object, counters: readonly string[], text: string): ChaosEvent => ({
    site,
    body: JSON.stringify({ ...common, ...event }),
    counters,
    values: counters
      .filter((name) => TEXTS.has(name))
      .map((name) => `${name} ${name === 'events:event' ? text : page}`),
  })
  if (kind < 4) return make({ n: 'pageview', s: { v: 1 } }, [...VISIT, ...PAGEVIEW], '')
  if (kind < 6) return make({ n: 'pageview', s: {} }, PAGEVIEW, '')
  if (kind < 7) return make({ n: 'engagement', s: { e: 1, g: [0, 10], t: [0, 10] } }, [...ENGAGED, ...REACH], '')
  if (kind < 9) return make({ n: 'engagement', s: { g: [10, 30] } }, ['reach:page_interval'], '')
  const name = random.pick(['signup', 'buy'])
  const entry = `https://${site.domain}/page-${Math.floor(random.next() ** 3 * 60)}`
  return make({ n: name, s: { l: entry } }, EVENT, name)
}

const VISIT = ['visits', 'visits:entry_page', 'visits:source', 'visits:channel', 'visits:country']
const PAGEVIEW = ['pageviews', 'pageviews:page', 'pageviews:hour']
const ENGAGED = [
  'engaged',
  'engaged:entry_page',
  'engaged:source',
  'engaged:channel',
  'engaged:country',
  'engaged:hour',
]
const REACH = ['reach:page_interval', 'reach:session_interval']
const EVENT = ['events', 'events:event', 'events:hour']
const TEXTS = new Set(['visits:entry_page', 'pageviews:page', 'engaged:entry_page', 'events:event'])

/** Sums by 'domain counter' and by 'domain counter value'. */
export interface Ledger {
  acknowledged: Map<string, number>
  /** Sent, and no answer came: counted or not, nobody knows. */
  unanswered: Map<string, number>
  /** Answers by status, 'refused' for connections that were, 'none' for no answer. */
  answers: Map<string, number>
}

export function emptyLedger(): Ledger {
  return { acknowledged: new Map(), unanswered: new Map(), answers: new Map() }
}

/** Posts an event and books the answer. False when nobody listens. */
export async function send(address: string, event: ChaosEvent, ledger: Ledger): Promise<boolean> {
  const answer = await answerTo(address, event.body)
  add(ledger.answers, answer)
  if (answer === '202 counted') book(ledger.acknowledged, event)
  else if (answer === 'none') book(ledger.unanswered, event)
  return answer !== 'refused'
}

/** An answer's status and outcome, or why there is none. */
async function answerTo(address: string, body: string): Promise<string> {
  try {
    const answer = await fetch(`${address}/api/event`, {
      method: 'POST',
      headers: { 'user-agent': BROWSER, 'content-type': 'text/plain' },
      body,
    })
    const outcome = answer.headers.get('sundial-outcome')
    await answer.arrayBuffer()
    return outcome === null ? String(answer.status) : `${answer.status} ${outcome}`
  } catch (error) {
    return error instanceof Error && /ECONNREFUSED/.test(String(Object(error.cause).code)) ? 'refused' : 'none'
  }
}

function book(sums: Map<string, number>, { site, counters, values }: ChaosEvent): void {
  for (const key of [...counters, ...values]) add(sums, `${site.domain} ${key}`)
}

function add(sums: Map<string, number>, key: string): void {
  sums.set(key, (sums.get(key) ?? 0) + 1)
}
