// A cache that cannot grow beyond its limit: what was not asked for lately goes first. Verdicts on user agents live in one.

export interface BoundedCache<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
}

/** Two generations of half the limit each: as good as counting uses, and a hit costs one look-up. */
export function createBoundedCache<V>(limit: number): BoundedCache<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  function set(key: string, value: V): void {
    if (young.size >= limit / 2) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const kept = old.get(key)
      if (kept !== undefined) set(key, kept)
      return kept
    },
    set,
  }
}
