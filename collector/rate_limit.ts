// How often one address may post to one site: LIMITS.requestsPerMinute. A step of event.ts asks it.
// Addresses are known by a keyed hash only, in memory, for at most a minute; the key changes with the minute.
import { hash } from 'node:crypto'
import { LIMITS } from './contract.ts'

export interface RateLimit {
  /** Counts one more request; false when it is one too many. No address (a Unix socket) is no client to limit. */
  allows(site: number, address: string | undefined, now: number): boolean | Promise<boolean>
}

const MINUTE = 60_000
/** Beyond so many addresses a minute it is no single client any more, and memory must not grow with them. */
const MOST_ADDRESSES = 100_000

interface RateLimitDeps {
  perMinute?: number
  /** Tests and scripts on the machine itself; false behind a proxy, whose own address may be loopback. */
  exemptLoopback: boolean
}

/** In the memory of one process. */
export function createRateLimit({ perMinute = LIMITS.requestsPerMinute, exemptLoopback }: RateLimitDeps): RateLimit {
  let minute = Number.NaN
  let key = ''
  let requests = new Map<string, number>()

  function turn(now: number): void {
    const current = Math.floor(now / MINUTE)
    if (current === minute) return
    minute = current
    key = crypto.randomUUID()
    requests = new Map()
  }

  return {
    allows(site, address, now) {
      turn(now)
      if (address === undefined || (exemptLoopback && isLoopback(address))) return true
      const client = hash('sha256', `${key} ${site} ${networkOf(address)}`, 'base64')
      const sent = requests.get(client) ?? 0
      if (sent > 0 || requests.size < MOST_ADDRESSES) requests.set(client, sent + 1)
      return sent < perMinute
    },
  }
}

/** Cloudflare's binding: https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/ */
export interface RateLimitBinding {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

/** On Workers all isolates of a place count together, so their hashes must be alike: keyed by the secret and the minute. */
export function createBindingRateLimit({ binding, secret }: { binding: RateLimitBinding; secret: string }): RateLimit {
  return {
    async allows(site, address, now) {
      if (address === undefined) return true
      const minute = Math.floor(now / MINUTE)
      const key = hash('sha256', `${secret} rate limit ${minute} ${site} ${networkOf(address)}`, 'base64')
      return (await binding.limit({ key })).success
    },
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./i.test(address)
}

/** One household or server has a /64 of IPv6 to choose from. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array<string>(zeros).fill('0'), ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
