// What was counted but not yet k times: keyed hashes and small numbers, one table a site, no text and no day. Only in memory
// an entry knows what it was released as, while that waits to leave.
// site_counts.ts increments it; the journal and the snapshot keep it, packed.

import { hash } from 'node:crypto'

/** One attribute counter at one value (or pair of values): 24 bytes in a snapshot. */
export interface Pending {
  /** 16 bytes as a latin1 string: SHA-256 of the month's key, the counter's name and the values. */
  readonly hash: string
  /** Place in COUNTERS. */
  readonly counter: number
  /** Counted since the last release. */
  n: number
  /** Released this month: its text is known to ClickHouse, and pairs with it may count. */
  named: boolean
  /** Bits of the strata in which it was counted before it was named, in the strict profile. */
  strata: number
  /** Changed since the last record of the journal. */
  touched: boolean
  /** What it was released as last, while that waits; then of n = 0, without its text. */
  released: Release | undefined
}

/** A count in whole multiples of k, with its text, on its way to ClickHouse. */
export interface Release {
  day: string
  counter: number
  value: string
  value2: string
  n: number
}

export const PENDING_BYTES = 24

/** SHA-256 over key and length-prefixed fields: one synchronous call, ten times cheaper than an HMAC object. */
export function keyedHash(key: string, fields: readonly string[]): string {
  let input = key
  for (const field of fields) input += `${field.length}:${field}`
  DIGEST.write(hash('sha256', input, 'binary'), 'latin1')
  return DIGEST.toString('latin1', 0, 16)
}

/** A slice of the text would keep all of it, and is read through it whenever it is compared: copying is cheaper. */
const DIGEST = Buffer.alloc(32)

/**
 * Packs entries, group after group, each in hash order, so that the order of bytes says nothing of the order of events.
 * Of two entries of one hash the later stays the later: it took the place of one that gave way.
 */
export function packPending(groups: readonly (readonly Pending[])[]): Buffer {
  const packed = Buffer.alloc(groups.reduce((sum, { length }) => sum + length, 0) * PENDING_BYTES)
  let at = 0
  for (const group of groups) {
    for (const entry of group.length > 1 ? group.toSorted(byHash) : group) {
      writePending(packed, at, entry)
      at += PENDING_BYTES
    }
  }
  return packed
}

function byHash(a: Pending, b: Pending): number {
  // Their first bytes nearly always differ, and are compared much faster.
  const first = a.hash.charCodeAt(0) - b.hash.charCodeAt(0)
  if (first !== 0) return first
  if (a.hash < b.hash) return -1
  return a.hash === b.hash ? 0 : 1
}

/** Unpacks what packPending packed. */
export function unpackPending(packed: Uint8Array): Pending[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
  return Array.from({ length: bytes.length / PENDING_BYTES }, (_, place) => readPending(bytes, place * PENDING_BYTES))
}

/** The `count` entries that give way first: the smallest counts that no text has been written for. One pass, no sort. */
export function smallest(entries: Iterable<Pending>, count: number): Pending[] {
  const bySize: Pending[][] = []
  for (const entry of entries) {
    if (entry.named) continue
    const same = bySize[entry.n]
    if (same) same.push(entry)
    else bySize[entry.n] = [entry]
  }
  return bySize.flat().slice(0, count)
}

/** Hash, n, counter, named, strata. */
function writePending(bytes: Buffer, at: number, entry: Pending): void {
  bytes.write(entry.hash, at, 16, 'latin1')
  bytes.writeUInt32BE(entry.n, at + 16)
  bytes[at + 20] = entry.counter
  bytes[at + 21] = entry.named ? 1 : 0
  bytes.writeUInt16BE(entry.strata, at + 22)
}

function readPending(bytes: Buffer, at: number): Pending {
  return {
    hash: bytes.toString('latin1', at, at + 16),
    n: bytes.readUInt32BE(at + 16),
    counter: bytes[at + 20] ?? 0,
    named: bytes[at + 21] === 1,
    strata: bytes.readUInt16BE(at + 22),
    touched: false,
    released: undefined,
  }
}
