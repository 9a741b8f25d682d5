// Entries of values that were named, by their text: what comes often is not hashed again. Unnamed values are nobody's to
// remember. One for an accumulator; site_counts.ts asks it before it hashes.

import type { Pending } from './pending.ts'

/** What is remembered of one value of a site: its entries by counter, and by the value beside it in pairs. */
export interface Value {
  readonly single: (Pending | undefined)[]
  readonly pairs: Map<Value, (Pending | undefined)[]>
}

export interface Remembered {
  /** Undefined where no entry of that text is remembered. */
  valueOf(site: number, text: string): Value | undefined
  /** `text2` is '' where the counter has one dimension. */
  remember(site: number, entry: Pending, text: string, text2: string): void
  clear(): void
}

/** When full, all are forgotten at once, and the frequent ones are back within moments. */
const MOST = 50_000

/** An event adds to many counters of the same few values: looking a text up costs more than all that follows. */
export function createRemembered(): Remembered {
  const sites = new Map<number, Map<string, Value>>()
  let entries = 0

  function clear(): void {
    sites.clear()
    entries = 0
  }

  return {
    valueOf: (site, text) => sites.get(site)?.get(text),
    remember(site, entry, text, text2) {
      if (entries >= MOST) clear()
      entries++
      const values = within(sites, site, () => new Map<string, Value>())
      const value = within(values, text, createValue)
      const counters = text2 === '' ? value.single : within(value.pairs, within(values, text2, createValue), () => [])
      counters[entry.counter] = entry
    },
    clear,
  }
}

function createValue(): Value {
  return { single: [], pairs: new Map() }
}

function within<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}
