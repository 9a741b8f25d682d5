// Verdicts on user agents, kept in memory only and tied to no site, time or event: judging one anew costs 20 times a look-up.
// bot.ts and browser.ts judge; what was not asked for lately goes first, so that the memory cannot grow.

/** Longer agents are cut: no browser's is near it. */
const LONGEST_AGENT = 512

interface AgentVerdictsDeps<V> {
  judge: (agent: string) => V
  /** How many verdicts are kept. */
  limit: number
}

/** Two generations of half the limit each: as good as counting uses, and a hit costs one look-up. */
export function createAgentVerdicts<V>({ judge, limit }: AgentVerdictsDeps<V>): (agent: string) => V {
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  function keep(agent: string, verdict: V): V {
    if (young.size >= limit / 2) {
      old = young
      young = new Map()
    }
    young.set(agent, verdict)
    return verdict
  }

  return (sent) => {
    const agent = sent.slice(0, LONGEST_AGENT)
    return young.get(agent) ?? keep(agent, old.get(agent) ?? judge(agent))
  }
}
