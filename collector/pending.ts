// What was counted but not yet k times: keyed hashes and small numbers, one table a site, no text and no day.
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
  /** Changed since the last record of the journal. */
  touched: boolean
}

export const PENDING_BYTES = 24

/** SHA-256 over key and length-prefixed fields: one synchronous call, ten times cheaper than an HMAC object. */
export function keyedHash(key: string, fields: readonly string[]): string {
  let input = key
  for (const field of fields) input += `${field.length}:${field}`
  return hash('sha256', input, 'binary').slice(0, 16)
}

/** Packs entries in hash order, so that the order of bytes says nothing of the order of events. */
export function packPending(entries: Iterable<Pending>): Uint8Array {
  const sorted = [...entries].sort((a, b) => (a.hash < b.hash ? -1 : 1))
  const packed = new Uint8Array(sorted.length * PENDING_BYTES)
  const view = new DataView(packed.buffer)
  for (const [place, entry] of sorted.entries()) writePending(view, place * PENDING_BYTES, entry)
  return packed
}

/** Unpacks what packPending packed. */
export function unpackPending(packed: Uint8Array): Pending[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  return Array.from({ length: packed.byteLength / PENDING_BYTES }, (_, place) =>
    readPending(view, place * PENDING_BYTES),
  )
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

/** Hash, n, counter, named, two bytes to spare. */
function writePending(view: DataView, offset: number, entry: Pending): void {
  for (let at = 0; at < 16; at++) view.setUint8(offset + at, entry.hash.charCodeAt(at))
  view.setUint32(offset + 16, entry.n)
  view.setUint8(offset + 20, entry.counter)
  view.setUint8(offset + 21, entry.named ? 1 : 0)
}

function readPending(view: DataView, offset: number): Pending {
  let key = ''
  for (let at = 0; at < 16; at++) key += String.fromCharCode(view.getUint8(offset + at))
  return {
    hash: key,
    n: view.getUint32(offset + 16),
    counter: view.getUint8(offset + 20),
    named: view.getUint8(offset + 21) === 1,
    touched: false,
  }
}
