// GET /health and /health/live, on Node and on both Workers: whether it works, and the reason when not. Each entry gives
// its checks. Open to whoever watches over the machine, so nothing in an answer depends on whether a visitor came.
import { Hono } from 'hono'

export interface Check {
  /** What is asked, in a word. */
  part: string
  /** What its failure means: restart it (live), send nothing here (ready), or only that somebody should look (named). */
  for: 'live' | 'ready' | 'named'
  /** Why it fails, in a sentence that may be shown to anybody; undefined while it works. */
  ask(): string | undefined | Promise<string | undefined>
}

interface Problem {
  part: string
  reason: string
  /** When it was first noticed here; ISO 8601. */
  since: string
}

interface HealthDeps {
  checks: readonly Check[]
  /** Milliseconds since the epoch. */
  now: () => number
}

/** However often somebody asks, each part is asked once in this time. */
const ASK_EVERY = 5_000
/** A part that says nothing for so long does not work. */
const PATIENCE = 2_000

export function createHealth({ checks, now }: HealthDeps): Hono {
  const problems = new Map<Check, Problem>()
  let asked: { at: number; answered: boolean } | undefined

  async function look(): Promise<void> {
    const age = asked === undefined ? ASK_EVERY : now() - asked.at
    if (age >= 0 && age < ASK_EVERY && asked?.answered) return
    // Whoever comes meanwhile gets what is known; on Workers a look may die with the request that made it.
    asked = { at: now(), answered: asked?.answered ?? false }
    await Promise.all(checks.map(askOne))
    asked = { ...asked, answered: true }
  }

  async function askOne(check: Check): Promise<void> {
    const reason = await reasonOf(check)
    if (reason === undefined) problems.delete(check)
    else {
      const since = problems.get(check)?.since ?? new Date(now()).toISOString()
      problems.set(check, { part: check.part, reason, since })
    }
  }

  function answer(of: 'live' | 'ready'): Response {
    const failed = new Set([...problems.keys()].map((check) => check.for))
    const live = !failed.has('live')
    const ready = live && !failed.has('ready')
    const body = { live, ready, problems: checks.flatMap((check) => problems.get(check) ?? []) }
    const well = of === 'live' ? live : ready
    return Response.json(body, { status: well ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
  }

  const app = new Hono()
  app.get('/health', async () => {
    await look()
    return answer('ready')
  })
  app.get('/health/live', async () => {
    await look()
    return answer('live')
  })
  return app
}

async function reasonOf(check: Check): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('it does not answer in time'), PATIENCE)
  })
  try {
    return await Promise.race([check.ask(), late])
  } catch {
    // Its message may hold anything.
    return 'it cannot be asked'
  } finally {
    clearTimeout(timer)
  }
}

/** ClickHouse, as the collector sees it: while it is away counts wait here and nothing is lost. */
export function clickHouseCheck({ ping, for: needed }: { ping: () => Promise<boolean>; for: Check['for'] }): Check {
  return {
    part: 'clickhouse',
    for: needed,
    ask: async () => ((await ping()) ? undefined : 'ClickHouse does not answer'),
  }
}
