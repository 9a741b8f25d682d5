// Secrets that stand in an address or a header once, and their hashes, which are all that is kept of them. Used by links,
// API tokens, share links and subscriptions.
import { createHash, timingSafeEqual } from 'node:crypto'

/** 192 random bits, in 32 characters that stand in an address as they are. */
export function makeSecret(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(24)).toString('base64url')
}

/** A plain digest suffices: nobody guesses 192 random bits. Looked up by the hash, so no comparison takes longer than another. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** In a time that says nothing of where they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
