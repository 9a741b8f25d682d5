// Requests to /api/event as nobody should send them: what a client would say, with some of it replaced, renamed, torn or
// turned into something else. Seeded; sent by fuzz.ts.
// Free texts carry marks, so that a text can be searched for wherever it must not be.

import { LIMITS } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Random } from '../chaos/random.ts'
import { BROWSER } from '../server.ts'

export interface WireCase {
  method: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
}

/** A lower-case word: no placeholder takes its place. */
export const MARK = /zqzq[a-z]{8}/g
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Few of them come often and many seldom, so that many are counted about k times. */
const POPULAR = 3_000

export function createWire(random: Random, sites: readonly [Site, ...Site[]]) {
  const { pick, below, chance } = random
  const popular = Array.from({ length: POPULAR }, newMark)

  function newMark(): string {
    return `zqzq${Array.from({ length: 8 }, () => LETTERS[below(26)]).join('')}`
  }

  /** Mostly one of a vocabulary. */
  function mark(): string {
    return chance(0.8) ? (popular[Math.floor(random.next() ** 4 * POPULAR)] ?? newMark()) : newMark()
  }

  function nextCase(): WireCase {
    const site = pick(sites)
    const event = anEvent(site)
    for (let left = pick([0, 0, 0, 1, 1, 2, 3]); left > 0; left--) change(event, site)
    const text = chance(0.05) ? doubled(event) : JSON.stringify(event)
    return {
      method: chance(0.01) ? pick(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) : 'POST',
      headers: headers(),
      body: torn(text),
    }
  }

  function anEvent(site: Site): Record<string, unknown> {
    const common = { u: urlOf(site), d: site.domain, r: referrerOf(site) }
    const kind = below(10)
    if (kind < 4) return { n: 'pageview', ...common, s: { v: pick([0, 1, 1, 1]), r: pick([0, 0, 0, 1]) } }
    if (kind < 5) return { name: 'pageview', url: common.u, domain: common.d, referrer: common.r }
    if (kind < 7) return { n: 'engagement', ...common, s: { e: pick([0, 1]), g: seconds(), t: seconds() } }
    const props = { plan: mark(), note: chance(0.2) ? nasty() : pick(['pro', 'free', 7, true]), undeclared: newMark() }
    const l = chance(0.9) ? `https://${site.domain}/${mark()}` : urlOf(site)
    const s = chance(0.5) ? { l: chance(0.7) ? l : undefined, e: pick([0, 0, 1]) } : undefined
    return { n: mark(), ...common, p: chance(0.2) ? JSON.stringify(props) : props, s }
  }

  function seconds(): unknown {
    const before = pick([0, 0, 5, 10, 30, 59.9, 600])
    return [before, before + pick([0, 1, 10, 100, 2_000])]
  }

  function urlOf(site: Site): string {
    const host = chance(0.9) ? pick(HOSTS)(site.domain) : `${newMark()}.example`
    return `${pick(SCHEMES)}${host}${path()}${query()}${chance(0.05) ? `#${newMark()}` : ''}`
  }

  function path(): string {
    const segments = Array.from({ length: below(4) }, () => (chance(0.85) ? mark() : String(pick(PATHS)(mark()))))
    return `/${segments.join('/')}`
  }

  function query(): string {
    if (chance(0.6)) return ''
    const names = [
      'utm_source',
      'utm_medium',
      'utm_campaign',
      'utm_term',
      'utm_content',
      'ref',
      'source',
      'q',
      'gclid',
    ] as const
    const pairs = Array.from(
      { length: 1 + below(4) },
      () => `${pick(names)}=${chance(0.9) ? mark() : encoded(nasty())}`,
    )
    return `?${pairs.join('&')}`
  }

  function referrerOf(site: Site): unknown {
    if (chance(0.3)) return pick(['', null, undefined])
    const hosts = [
      'www.google.com',
      'mail.example',
      '10.0.0.1:8080',
      site.domain,
      `www.${site.domain}`,
      `${mark()}.example`,
    ] as const
    return `${pick(['https://', 'http://', 'android-app://', 'about:', '//'])}${pick(hosts)}/${newMark()}?q=${newMark()}`
  }

  /** One field becomes something else, goes, or comes. */
  function change(event: Record<string, unknown>, site: Site): void {
    const keys = Object.keys(event)
    const key = keys[below(keys.length)] ?? 'n'
    const how = below(8)
    if (how === 0) delete event[key]
    else if (how === 1) event[pick(KEYS)] = nasty()
    else if (how === 2) event[key] = nasty()
    else if (how === 3)
      event.s = pick([
        nasty(),
        { v: nasty() },
        { g: [nasty(), nasty()] },
        { t: [10, 5] },
        { l: nasty() },
        { e: 1, r: 1, v: 1, l: urlOf(site) },
      ])
    else if (how === 4) event.p = pick([nasty(), many(), JSON.stringify(many()), { plan: nasty() }, '{"plan":'])
    else if (how === 5)
      event.d = pick([
        site.domain.toUpperCase(),
        ` ${site.domain} `,
        `${site.domain}.`,
        'nobody.example',
        'constructor',
      ])
    else if (how === 6) event.n = pick(['engagement', 'pageview', 'Pageview', '(other)', nasty()])
    else event.u = pick([nasty(), urlOf(site), `https://${site.domain}/${encoded(nasty()).repeat(1 + below(20))}`])
  }

  function many(): Record<string, unknown> {
    return Object.fromEntries(Array.from({ length: below(LIMITS.properties + 3) }, () => [newMark(), nasty()]))
  }

  /** Values that break what was not made for them. */
  function nasty(): unknown {
    const word = newMark()
    return pick([
      null,
      true,
      0,
      -1,
      1e308,
      '',
      ' ',
      word,
      [],
      {},
      [word],
      { [word]: word },
      '__proto__',
      'constructor',
      '(other)',
      '(direct)',
      `\uFF08other\uFF09 ${word}`,
      `${word}@mail.example`,
      '+49 151 2345 6789',
      '192.0.2.7',
      '3f1e6c1a-6d0a-4d0f-9d57-6b1c2a9f8e01',
      `\u202E${word}\u200B\u0000\u0007`,
      `\uD800${word}\uDFFF`,
      `e\u0301 \u{1F600} ${word}`,
      '%40'.repeat(below(700)),
      `${word}/../..//%2e%2e%2f%00`,
      ')'.repeat(below(2_000)),
      `${word} `.repeat(below(60)),
      'a'.repeat(pick([119, 120, 121, 253, 500, 2_048, 2_049, LIMITS.bodyBytes])),
      `1${'0'.repeat(below(300))}`,
      `' OR 1=1; DROP TABLE pending; -- ${word}`,
      `{value:String} ${word}`,
    ])
  }

  /** The same key twice, and keys that reach a prototype. */
  function doubled(event: Record<string, unknown>): string {
    const text = JSON.stringify(event)
    return pick([
      `{"d":"${newMark()}",${text.slice(1)}`,
      `{"__proto__":{"n":"pageview"},${text.slice(1)}`,
      `{"\\u005f_proto__":1,${text.slice(1)}`,
      `{"constructor":{"prototype":1},${text.slice(1)}`,
    ])
  }

  /** Mostly the text as it is. */
  function torn(text: string): string | Uint8Array<ArrayBuffer> {
    if (chance(0.85)) return text
    const bytes = new TextEncoder().encode(text)
    const place = below(Math.max(1, bytes.length))
    switch (below(8)) {
      case 0:
        return bytes.slice(0, place)
      case 1:
        return bytes.with(place, below(256))
      case 2:
        return text + text
      case 3:
        return `\uFEFF${text}`
      case 4:
        return pick(['[', '{"a":', '"', '{"p":{"a":']).repeat(below(900))
      case 5:
        return `${text}${' '.repeat(LIMITS.bodyBytes)}`
      case 6:
        return Uint8Array.from({ length: below(200) }, () => below(256))
      default:
        return pick(['', ' ', 'null', '0', '[]', '""', 'NaN', JSON.stringify([JSON.parse(text)])])
    }
  }

  /** No header's value is ever kept. The pages' visitors come from few addresses, some from one alone. */
  function headers(): Record<string, string> {
    const all: Record<string, string> = { 'user-agent': chance(0.9) ? `${BROWSER} ${newMark()}` : pick(AGENTS) }
    all['cf-connecting-ip'] = chance(0.15) ? '203.0.113.9' : `198.51.100.${below(250)}`
    all['x-country'] = pick(['FR', 'de', 'T1', '', 'ZZ', newMark(), 'KE'])
    if (chance(0.02)) all[pick(['sec-gpc', 'dnt'])] = pick(['1', '0', '1, 1', newMark()])
    if (chance(0.02)) all[pick(['sec-purpose', 'purpose', 'x-moz'])] = 'prefetch;prerender'
    if (chance(0.02)) all['content-length'] = pick(['0', '1', '-1', 'many', '99999999999', ''])
    if (chance(0.05)) all['content-type'] = pick(['application/json', 'multipart/form-data', newMark()])
    if (chance(0.05)) all.cookie = `session=${newMark()}`
    return all
  }

  return { nextCase }
}

function encoded(value: unknown): string {
  return encodeURIComponent(String(value).toWellFormed())
}

const SCHEMES = [
  'https://',
  'https://',
  'https://',
  'http://',
  'app://',
  'HTTPS://',
  'ftp://',
  'javascript:',
  '//',
  '',
] as const
const HOSTS: readonly [(domain: string) => string, ...((domain: string) => string)[]] = [
  (domain) => domain,
  (domain) => domain,
  (domain) => domain.toUpperCase(),
  (domain) => `${domain}.`,
  (domain) => `${domain}:8443`,
  (domain) => `user:password@${domain}`,
  (domain) => `${domain}.evil.example`,
]
const PATHS: readonly [(word: string) => unknown, ...((word: string) => unknown)[]] = [
  (word) => `${word}%2F..%2F${word}`,
  (word) => `${word}@mail.example`,
  (word) => `${word};jsessionid=${word}`,
  () => '8d7f3c1e9b2a4f6d8d7f3c1e9b2a4f6d',
  () => '..',
  () => '',
  () => '%',
  () => '%00%ff%fe',
  (word) => `${word}%3Futm_source=${word}`,
  () => '4111111111111111',
  (word) => `${word}`.repeat(60),
  () => 'index.php',
  (word) => `Ünï-${word}`,
]
const AGENTS = ['', 'curl/8.5.0', 'Googlebot/2.1', 'x', 'Mozilla/5.0'] as const
const KEYS = [
  'n',
  'name',
  'u',
  'url',
  'd',
  'domain',
  'r',
  'referrer',
  'p',
  'props',
  'm',
  'meta',
  's',
  't',
  'v',
  'w',
  'h',
] as const
