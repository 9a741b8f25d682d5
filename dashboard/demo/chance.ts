// Chance for the demo's traffic: the same seed gives the same numbers on every machine. Used by traffic.ts only.
import { hash } from 'node:crypto'

export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  whether(probability: number): boolean
  /** How often something happens that happens `mean` times on average (Poisson). */
  times(mean: number): number
  /** A factor around 1: two thirds lie between 1 / (1 + spread) and 1 + spread. */
  around(spread: number): number
}

/** sfc32: https://pracrand.sourceforge.net/RNG_engines.txt */
export function createChance(seed: string): Chance {
  const words = new DataView(Uint8Array.from(Buffer.from(hash('sha256', seed, 'hex'), 'hex')).buffer)
  let [a, b, c, counter] = [words.getInt32(0), words.getInt32(4), words.getInt32(8), words.getInt32(12)]

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }

  /** Box and Muller. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

  return {
    next,
    whether: (probability) => next() < probability,
    times(mean) {
      if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
      const limit = Math.exp(-mean)
      let n = 0
      for (let product = next(); product > limit; product *= next()) n++
      return n
    },
    around: (spread) => Math.exp(Math.log(1 + spread) * normal()),
  }
}

export type Choice<T> = (chance: Chance) => T

/** A choice among weighted items, in time that hardly grows with their number. */
export function choiceOf<T>(items: readonly (readonly [item: T, weight: number])[]): Choice<T> {
  const bounds: number[] = []
  let total = 0
  for (const [, weight] of items) {
    total += weight
    bounds.push(total)
  }
  return (chance) => {
    const at = chance.next() * total
    let [low, high] = [0, items.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (at < (bounds[middle] ?? 0)) high = middle
      else low = middle + 1
    }
    const item = items[low]
    if (item === undefined) throw new RangeError('nothing to choose from')
    return item[0]
  }
}
