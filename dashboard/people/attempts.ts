// Slows guessing down: so many passwords and codes a minute from one address, and after some wrong ones a pause before each
// further look at that account, right or wrong, so that its owner still gets in. All in memory, by keyed hashes only.
import { hash } from 'node:crypto'
import { createRateLimit } from '../../collector/rate_limit.ts'

export interface Attempts {
  /** Counts one more from there; false when it is one too many. No address is nobody to limit. */
  allowsFrom(address: string | undefined): boolean
  /**
   * Looks whether a password is right, for the account of this e-mail address, be there one or not. `busy`: it was not
   * looked at, because too many wait already.
   */
  look<T extends object>(
    account: string,
    look: () => Promise<T | { refused: true }>,
  ): Promise<T | { refused: true } | { busy: true }>
  /** To be called every few seconds, so that hashes end in time even when nobody comes any more. */
  forget(): void
}

export const SLOW = {
  /** From one address within a minute. */
  perMinute: 10,
  /** For one account within an hour, before each further look is paused for. */
  wrong: 10,
  /** Milliseconds. */
  pause: 2000,
  /** So many looks at one account may pause at once. */
  waiting: 10,
} as const

const HOUR = 3_600_000
/** Beyond so many accounts memory must not grow with them: the oldest is forgotten. */
const MOST_ACCOUNTS = 10_000

interface AttemptsDeps {
  /** Milliseconds since the epoch. */
  now: () => number
  pause: (milliseconds: number) => Promise<void>
  /** Somebody on the machine itself; false behind a proxy, whose own address may be loopback. */
  exemptLoopback: boolean
}

interface Guessed {
  since: number
  wrong: number
  waiting: number
}

export function createAttempts({ now, pause, exemptLoopback }: AttemptsDeps): Attempts {
  const addresses = createRateLimit({ perMinute: SLOW.perMinute, exemptLoopback })
  /** In the order of their first attempt. */
  const accounts = new Map<string, Guessed>()
  let key = ''

  function forget(): void {
    addresses.forget(now())
    for (const [account, { since, waiting }] of accounts) {
      if (waiting === 0 && now() - since >= HOUR) accounts.delete(account)
    }
    if (accounts.size === 0) key = ''
  }

  function guessedOf(account: string): Guessed {
    forget()
    key ||= crypto.randomUUID()
    const name = hash('sha256', `${key} ${account.trim().toLowerCase()}`, 'base64')
    const known = accounts.get(name)
    if (known) return known
    const [oldest] = accounts.keys()
    if (oldest !== undefined && accounts.size >= MOST_ACCOUNTS) accounts.delete(oldest)
    const guessed = { since: now(), wrong: 0, waiting: 0 }
    accounts.set(name, guessed)
    return guessed
  }

  return {
    // No site has the number 0.
    allowsFrom: (address) => addresses.allows(0, address, now()),
    async look(account, look) {
      const guessed = guessedOf(account)
      if (guessed.wrong >= SLOW.wrong) {
        if (guessed.waiting >= SLOW.waiting) return { busy: true }
        guessed.waiting += 1
        await pause(SLOW.pause)
        guessed.waiting -= 1
      }
      // Counted before it is known, so that many at once are no way around.
      guessed.wrong += 1
      const found = await look()
      if (!('refused' in found)) guessed.wrong -= 1
      return found
    },
    forget,
  }
}
