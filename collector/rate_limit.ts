// How often one address may post to one site: LIMITS.requestsPerMinute. A step of event.ts asks it.
// Addresses are known by a keyed hash only, in memory, for at most a minute; key and hashes end together.
import { hash } from 'node:crypto'
import { LIMITS } from './contract.ts'
import { isLoopback } from './loopback.ts'

export interface RateLimit {
  /** Counts one more request; false when it is one too many. No address (a Unix socket) is no client to limit. */
  allows(site: number, address: string | undefined, now: number, of?: RequestsOf): boolean | Promise<boolean>
}
/** What is dropped has a limit of its own, so that a robot takes nothing from the people behind the same address. */
type RequestsOf = 'visitors' | 'dropped'

export interface ForgetfulRateLimit extends RateLimit {
  allows(site: number, address: string | undefined, now: number, of?: RequestsOf): boolean
  /** To be called every FORGET_EVERY, so that hashes end within a minute even when nobody comes any more. */
  forget(now: number): void
}

const MINUTE = 60_000
export const FORGET_EVERY = 5_000
/** Over before the minute is, by as much as the call that forgets may be late. */
const WINDOW = MINUTE - FORGET_EVERY
/** Beyond so many addresses memory must not grow with them: new ones are counted together. */
const MOST_ADDRESSES = 100_000

interface RateLimitDeps {
  perMinute?: number
  /** Tests and scripts on the machine itself; false behind a proxy, whose own address may be loopback. */
  exemptLoopback: boolean
}

/** In the memory of one process. */
export function createRateLimit({
  perMinute = LIMITS.requestsPerMinute,
  exemptLoopback,
}: RateLimitDeps): ForgetfulRateLimit {
  let window = Number.NaN
  let key = ''
  let requests = new Map<string, number>()

  function forget(now: number): void {
    if (Math.floor(now / WINDOW) === window) return
    window = Number.NaN
    key = ''
    requests = new Map()
  }

  function begin(now: number): void {
    forget(now)
    if (key !== '') return
    window = Math.floor(now / WINDOW)
    key = crypto.randomUUID()
  }

  const hashOf = (site: number, of: RequestsOf, network: string) =>
    hash('sha256', `${key} ${site} ${of} ${network}`, 'base64')

  /** Its own count, or one of 4,096 that larger networks share, so that nobody goes unlimited. */
  function countOf(site: number, address: string, of: RequestsOf): string {
    const client = hashOf(site, of, networkOf(address, 4, 4))
    if (requests.size < MOST_ADDRESSES || requests.has(client)) return client
    return hashOf(site, of, networkOf(address, 3, 3)).slice(0, 2)
  }

  return {
    allows(site, address, now, of = 'visitors') {
      begin(now)
      if (address === undefined || (exemptLoopback && isLoopback(address))) return true
      const count = countOf(site, address, of)
      const sent = requests.get(count) ?? 0
      requests.set(count, sent + 1)
      return sent < perMinute
    },
    forget,
  }
}

/** Cloudflare's binding: https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/ */
export interface RateLimitBinding {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

/** On Workers all isolates of a place count together, so their hashes must be alike: keyed by the secret and the minute. */
export function createBindingRateLimit({ binding, secret }: { binding: RateLimitBinding; secret: string }): RateLimit {
  return {
    async allows(site, address, now, of = 'visitors') {
      if (address === undefined) return true
      const minute = Math.floor(now / MINUTE)
      const key = hash('sha256', `${secret} rate limit ${minute} ${site} ${of} ${networkOf(address, 4, 4)}`, 'base64')
      return (await binding.limit({ key })).success
    },
  }
}

/** As many numbers of an IPv4 address, or groups of an IPv6 address: a household or server has a /64, so 4, to choose from. */
function networkOf(address: string, numbers: number, groups: number): string {
  if (!address.includes(':') || address.includes('.'))
    return numbers === 4 ? address : address.split('.').slice(0, numbers).join('.')
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array<string>(zeros).fill('0'), ...right]
    .slice(0, groups)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
