// Whether a request comes from a robot or from a page that nobody has seen yet, and how that is known. A step of event.ts.
import { isbot } from 'isbot'
import { UAParser } from 'ua-parser-js'
import { createAgentVerdicts } from './agent_verdicts.ts'
import type { DroppedFor } from './contract.ts'

type Header = (name: string) => string | undefined
type Robot = Extract<DroppedFor, `bot_${string}`>

export interface Bots {
  /** How it is known to be no visitor, never which robot it is; undefined for a visitor. */
  robotIn(header: Header): Robot | undefined
}

export function createBots({ limit = 5_000 }: { limit?: number } = {}): Bots {
  const verdictOn = createAgentVerdicts({ judge, limit })
  return {
    robotIn(header) {
      const agent = header('user-agent')
      if (!agent) return 'bot_no_agent'
      const verdict = verdictOn(agent)
      if (verdict !== 'visitor') return verdict
      if (isUnseen(header)) return 'bot_unseen'
      return isHeadless(header) ? 'bot_headless' : undefined
    },
  }
}

/** The parser knows automated browsers by name; it is asked about robots only, because it is slow. */
function judge(agent: string): Robot | 'visitor' {
  if (!isbot(agent)) return 'visitor'
  return /headless|phantom|electron/i.test(new UAParser(agent).getBrowser().name ?? '') ? 'bot_headless' : 'bot_agent'
}

/** Prefetched, previewed and prerendered pages count when they are shown. https://wicg.github.io/nav-speculation/prefetch.html */
function isUnseen(header: Header): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => {
    const purpose = header(name)
    return purpose !== undefined && /prefetch|preview|prerender/i.test(purpose)
  })
}

/** An automated Chromium may wear another agent and still give its brand. */
function isHeadless(header: Header): boolean {
  return header('sec-ch-ua')?.includes('Headless') ?? false
}
