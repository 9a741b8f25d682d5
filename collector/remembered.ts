// Entries of values that were named, by their text: what comes often is not hashed again. Unnamed values are nobody's to
// remember. One for an accumulator; site_counts.ts asks it before it hashes.

import type { Pending } from './pending.ts'
import { COUNTERS } from './contract.ts'

export interface Remembered {
  find(site: number, counter: number, value: string, value2: string): Pending | undefined
  remember(site: number, entry: Pending, value: string, value2: string): void
  clear(): void
}

/** When full, all are forgotten at once, and the frequent ones are back within moments. */
const MOST = 50_000

/** Maps in maps, because putting the parts together into one text costs more than three lookups. */
export function createRemembered(): Remembered {
  const counters = new Map<number, Map<string, Map<string, Pending>>>()
  let entries = 0

  const place = (site: number, counter: number) => site * COUNTERS.length + counter

  function clear(): void {
    counters.clear()
    entries = 0
  }

  return {
    find: (site, counter, value, value2) => counters.get(place(site, counter))?.get(value)?.get(value2),
    remember(site, entry, value, value2) {
      if (entries >= MOST) clear()
      entries++
      within(within(counters, place(site, entry.counter)), value).set(value2, entry)
    },
    clear,
  }
}

function within<K, V>(maps: Map<K, Map<string, V>>, key: K): Map<string, V> {
  const known = maps.get(key)
  if (known) return known
  const empty = new Map<string, V>()
  maps.set(key, empty)
  return empty
}
