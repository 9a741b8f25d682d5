// The collector Worker's entry: D1 for the sites, a Durable Object per shard as accumulator, the edge for address and
// country. wrangler.toml names it; what it needs is checked once per isolate.
import type { Hono } from 'hono'
import { createCollector } from './app.ts'
import { createCalendar } from './calendar.ts'
import { edgeAddress } from './client_address.ts'
import { edgeCountry } from './country.ts'
import type { DurableAccumulator } from './durable_accumulator.ts'
import { createBindingRateLimit, type RateLimitBinding } from './rate_limit.ts'
import { createSites } from './sites.ts'
import { createD1Settings, type D1Binding } from './sites_d1.ts'
import { notConfigured, type Problems, readCollectorSettings, type WorkerVariables } from './worker_environment.ts'

export { DurableAccumulator } from './durable_accumulator.ts'

interface CollectorEnv extends WorkerVariables {
  ACCUMULATOR: DurableObjectNamespace<Pick<DurableAccumulator, 'count' | 'ensureClock'>>
  DB: D1Binding
  RATE_LIMITER: RateLimitBinding
}

interface Composed {
  app: Hono
  ensureClocks(): Promise<void>
}

/** Name and code only: a message may hold a visitor's data. */
const log = (line: string) => console.error(line)

function createWorker(): WorkerHandlers<CollectorEnv> {
  let composed: Composed | Problems | undefined

  return {
    fetch(request, env) {
      composed ??= compose(env)
      return 'problems' in composed ? notConfigured(composed.problems) : composed.app.fetch(request)
    },
    async scheduled(_, env) {
      composed ??= compose(env)
      if ('app' in composed) await composed.ensureClocks()
    },
  }
}

function compose(env: CollectorEnv): Composed | Problems {
  const settings = readCollectorSettings(env)
  if ('problems' in settings) {
    log(`The collector is not configured yet: ${settings.problems.join('; ')}`)
    return settings
  }
  const { secret, shards } = settings
  const shard = (number: number) => env.ACCUMULATOR.getByName(`shard-${number}`)
  const { app } = createCollector({
    sites: createSites({ db: createD1Settings(env.DB), now: Date.now, report: log }),
    accumulator: { count: (site, event) => shard(site.id % shards).count(site, event) },
    country: edgeCountry,
    rateLimit: createBindingRateLimit({ binding: env.RATE_LIMITER, secret }),
    clientAddress: edgeAddress,
    calendar: createCalendar(),
    now: Date.now,
    log,
  })
  return {
    app,
    async ensureClocks() {
      await Promise.all(Array.from({ length: shards }, (_, number) => shard(number).ensureClock()))
    },
  }
}

export default createWorker()
