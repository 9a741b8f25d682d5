// Remembers for a minute what the stores said about a site, so that a public page cannot be used to load them.
// The transparency pages ask it.
import type { Ledger, LedgerEntry } from '../collector/ledger.ts'
import type { Site } from '../collector/sites.ts'
import type { Kept } from './reports/kept.ts'

export interface Reading {
  /** Undefined while ClickHouse does not answer. */
  kept: Kept | undefined
  /** Undefined while the settings store does not answer. */
  acts: readonly LedgerEntry[] | undefined
  /** Milliseconds since the epoch. */
  at: number
}

interface GaugeDeps {
  readKept: (site: Site) => Promise<Kept>
  ledger: Pick<Ledger, 'entries'>
  now: () => number
  report: (problem: string, error: unknown) => void
}

const KEEP_FOR = 60_000

export function createGauge({ readKept, ledger, now, report }: GaugeDeps): { read(site: Site): Promise<Reading> } {
  // One for each site at most: only sites that there are come here.
  const readings = new Map<number, { reading: Reading; askedAt: number }>()

  async function look(site: Site): Promise<Reading> {
    const [kept, acts] = await Promise.all([
      answered(readKept(site), 'the oldest rows could not be read'),
      answered(ledger.entries(site.id), 'the ledger could not be read'),
    ])
    return { kept, acts, at: now() }
  }

  async function answered<T>(answer: Promise<T>, problem: string): Promise<T | undefined> {
    try {
      return await answer
    } catch (error) {
      report(problem, error)
      return undefined
    }
  }

  return {
    async read(site) {
      const last = readings.get(site.id)
      const askedAt = now()
      const age = last === undefined ? KEEP_FOR : askedAt - last.askedAt
      if (last !== undefined && age >= 0 && age < KEEP_FOR) return last.reading
      // Whoever comes meanwhile gets what is known; on Workers a look may die with the request that made it.
      if (last !== undefined) readings.set(site.id, { ...last, askedAt })
      const reading = await look(site)
      readings.set(site.id, { reading, askedAt })
      return reading
    },
  }
}
