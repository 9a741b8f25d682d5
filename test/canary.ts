// What a careless collector would keep of a visitor, as marked values, and the search for them in bytes.

import { createHash } from 'node:crypto'

export const CANARIES = {
  address: '203.0.113.77',
  agent: 'Mozilla/5.0 (X11; CanaryOS 7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  email: 'canary.person@example.org',
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWNhbmFyeQ',
  fragment: 'canary-fragment',
  parameter: 'canary-parameter',
  referrerPath: 'canary-referrer-path',
  language: 'xx-canary',
  property: 'canary-property',
}

export interface Place {
  name: string
  bytes: Buffer
}

/** Where which canary lies, as itself or in disguise: 'email in accumulator.db'. */
export function traces(places: readonly Place[]): string[] {
  return Object.entries(CANARIES).flatMap(([what, canary]) =>
    disguises(canary).flatMap((disguise) =>
      places.filter(({ bytes }) => bytes.includes(disguise)).map(({ name }) => `${what} in ${name}`),
    ),
  )
}

/** A canary as itself, and as what a careless hand would make of it. */
function disguises(canary: string): Buffer[] {
  const digests = ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(canary).digest())
  return [
    Buffer.from(canary),
    Buffer.from(encodeURIComponent(canary)),
    Buffer.from(Buffer.from(canary).toString('base64').replace(/=+$/, '')),
    ...digests.flatMap((digest) => [
      digest,
      Buffer.from(digest.toString('hex')),
      Buffer.from(digest.toString('base64').slice(0, 20)),
    ]),
  ]
}

/** An event that carries a canary wherever a browser could put one, and its headers. */
export function canaryEvent(domain: string): { event: Record<string, unknown>; headers: Record<string, string> } {
  const { agent, email, token, fragment, parameter, referrerPath, language } = CANARIES
  const query = `?q=${parameter}&email=${encodeURIComponent(email)}&token=${token}`
  return {
    event: {
      n: 'pageview',
      d: domain,
      u: `https://${domain}/account/${email}/${token}${query}#${fragment}`,
      r: `https://news.example.net/${referrerPath}/${email}?${parameter}`,
      s: { v: 1 },
    },
    headers: { 'user-agent': agent, 'accept-language': language, 'content-type': 'text/plain' },
  }
}
