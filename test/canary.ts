// What a careless collector would keep of a visitor, as marked values, and the search for them in bytes.

import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'

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
  const search = searchIn(places)
  return Object.entries(CANARIES).flatMap(([what, canary]) =>
    disguises(canary)
      .flatMap(search)
      .map((name) => `${what} in ${name}`),
  )
}

/** Names the places that hold a text. */
export function searchIn(places: readonly Place[]): (text: string | Buffer) => string[] {
  const searched = places.map(({ name, bytes }) => ({ name, parts: [bytes, ...unpacked(bytes)] }))
  return (text) => searched.filter(({ parts }) => parts.some((part) => part.includes(text))).map(({ name }) => name)
}

/** A canary as itself, and as what a careless hand would make of it. */
export function disguises(canary: string): Buffer[] {
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

const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/**
 * ClickHouse compresses its files, so that a text in them need not be seen in their bytes. A block is the method (0x90),
 * its own length with these 9 bytes, the length of its contents, and the contents.
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Compression/CompressionInfo.h
 */
function unpacked(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = []
  for (let at = bytes.indexOf(ZSTD); at >= 0; at = bytes.indexOf(ZSTD, at + 1)) {
    if (at < 9 || bytes[at - 9] !== 0x90) continue
    const end = at - 9 + bytes.readUInt32LE(at - 8)
    // Longer than the file: still being written.
    if (end <= bytes.length) blocks.push(zstdDecompressSync(bytes.subarray(at, end)))
  }
  return blocks
}

/** Events that carry a canary wherever a browser could put one, and their headers: two that are taken, then two that are not. */
export function canaryEvents(domain: string): { events: Record<string, unknown>[]; headers: Record<string, string> } {
  const { agent, email, token, fragment, parameter, referrerPath, language, property } = CANARIES
  const query = `?q=${parameter}&email=${encodeURIComponent(email)}&token=${token}`
  const event = {
    n: 'pageview',
    d: domain,
    u: `https://${domain}/account/${email}/${token}${query}#${fragment}`,
    r: `https://news.example.net/${referrerPath}/${email}?${parameter}`,
    s: { v: 1 },
  }
  return {
    events: [
      event,
      { ...event, n: 'signup', s: { l: event.u }, p: { undeclared: property, plan: email } },
      { ...event, u: `not a url ${email} ${token}` },
      { ...event, d: `${parameter}.example` },
    ],
    headers: { 'user-agent': agent, 'accept-language': language, 'content-type': 'text/plain' },
  }
}
