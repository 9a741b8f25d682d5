// Whether a request comes from a robot or from a page that nobody has seen yet. A step of event.ts.
// Verdicts are kept by user agent in memory only, tied to no site, time or event: judging one anew costs 20 times a look-up.
import { isbot } from 'isbot'
import { createBoundedCache } from './bounded_cache.ts'

type Header = (name: string) => string | undefined

export interface Bots {
  isBot(header: Header): boolean
}

/** Longer agents are cut: no browser's is near it, and the cache must stay small. */
const LONGEST_AGENT = 512

export function createBots({ limit = 5_000 }: { limit?: number } = {}): Bots {
  const verdicts = createBoundedCache<boolean>(limit)

  function isRobot(agent: string): boolean {
    const key = agent.slice(0, LONGEST_AGENT)
    const known = verdicts.get(key)
    if (known !== undefined) return known
    const verdict = isbot(key)
    verdicts.set(key, verdict)
    return verdict
  }

  return {
    isBot(header) {
      const agent = header('user-agent')
      return !agent || isRobot(agent) || isUnseen(header) || isHeadless(header)
    },
  }
}

/** Prefetched, previewed and prerendered pages count when they are shown. https://wicg.github.io/nav-speculation/prefetch.html */
function isUnseen(header: Header): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview|prerender/i.test(header(name) ?? ''),
  )
}

/** An automated Chromium may wear another agent and still give its brand. */
function isHeadless(header: Header): boolean {
  return header('sec-ch-ua')?.includes('Headless') ?? false
}
