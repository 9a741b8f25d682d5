// Entries of values that were named, by their text: what comes often is not hashed again. Unnamed values are nobody's to
// remember. One for an accumulator; site_counts.ts asks it before it hashes.

import type { Pending } from './pending.ts'

export interface Remembered {
  /** `value2` is '' where the counter has one dimension. */
  find(site: number, counter: number, value: string, value2: string): Pending | undefined
  remember(site: number, entry: Pending, value: string, value2: string): void
  clear(): void
}

/** When full, all are forgotten at once, and the frequent ones are back within moments. */
const MOST = 50_000

/** What is remembered of one value of a site: its entries by counter, and by the value beside it in pairs. */
interface Value {
  single: (Pending | undefined)[]
  pairs: Map<string, (Pending | undefined)[]>
}

/** An event adds to many counters of the same few values: looking a value up costs more than all that follows. */
export function createRemembered(): Remembered {
  const sites = new Map<number, Map<string, Value>>()
  let entries = 0

  function clear(): void {
    sites.clear()
    entries = 0
  }

  return {
    find(site, counter, value, value2) {
      const known = sites.get(site)?.get(value)
      return value2 === '' ? known?.single[counter] : known?.pairs.get(value2)?.[counter]
    },
    remember(site, entry, value, value2) {
      if (entries >= MOST) clear()
      entries++
      const values = within(sites, site, () => new Map<string, Value>())
      const { single, pairs } = within(values, value, () => ({ single: [], pairs: new Map() }))
      const counters = value2 === '' ? single : within(pairs, value2, () => [])
      counters[entry.counter] = entry
    },
    clear,
  }
}

function within<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}
