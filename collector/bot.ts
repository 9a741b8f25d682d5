// Whether a request comes from a robot or from a page that nobody has seen yet. A step of event.ts.
import { isbot } from 'isbot'
import { createAgentVerdicts } from './agent_verdicts.ts'

type Header = (name: string) => string | undefined

export interface Bots {
  isBot(header: Header): boolean
}

export function createBots({ limit = 5_000 }: { limit?: number } = {}): Bots {
  const isRobot = createAgentVerdicts({ judge: (agent) => isbot(agent), limit })
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
