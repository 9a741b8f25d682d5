// The collector Worker's entry: D1 for the sites, a Durable Object per shard as accumulator, the edge for address and
// country. wrangler.toml names it; what it needs is checked once per isolate.
import { Hono } from 'hono'
import { createCollector } from './app.ts'
import { createCalendar, dayOf } from './calendar.ts'
import { createWebCounts } from './clickhouse_web.ts'
import type { DurableAccumulator } from './durable_accumulator.ts'
import { nameOfError } from './error_name.ts'
import { clickHouseCheck, createHealth } from './health.ts'
import { createLedger, deletedSince } from './ledger.ts'
import { forgetOrdered, type Order } from './orders.ts'
import { createBindingRateLimit, type RateLimitBinding } from './rate_limit.ts'
import { edgeSender } from './sender.ts'
import { createShards } from './shards.ts'
import { createSites } from './sites.ts'
import { createD1Settings, type D1Binding } from './sites_d1.ts'
import {
  notConfigured,
  type Problems,
  readCollectorSettings,
  unavailable,
  type WorkerVariables,
} from './worker_environment.ts'

export { DurableAccumulator } from './durable_accumulator.ts'

interface CollectorEnv extends WorkerVariables {
  ACCUMULATOR: DurableObjectNamespace<
    Pick<DurableAccumulator, 'count' | 'drain' | 'ensureClock' | 'forgetSite' | 'followPeriods'>
  >
  DB: D1Binding
  RATE_LIMITER: RateLimitBinding
}

interface Composed {
  app: Hono
  ensureClocks(): Promise<void>
  /** What operators have ordered: the accumulators' half. */
  forgetOrdered(): Promise<void>
}

/** An isolate knows of a deletion within seconds; a request of before may take as long as it likes, within reason. */
const LATE = 86_400_000

/** Name and code only: a message may hold a visitor's data. */
const log = (line: string) => console.error(line)
const report = (problem: string, error?: unknown) =>
  log(error === undefined ? problem : `${problem} ${nameOfError(error)}`)

function createWorker(): WorkerHandlers<CollectorEnv> {
  let composed: Composed | Problems | undefined

  return {
    fetch(request, env) {
      composed ??= compose(env)
      return 'problems' in composed ? notConfigured(composed.problems) : composed.app.fetch(request)
    },
    async scheduled(_, env) {
      composed ??= compose(env)
      if ('problems' in composed) return
      await composed.ensureClocks()
      await composed.forgetOrdered()
    },
  }
}

const UNKNOWN_ADDRESS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

function compose(env: CollectorEnv): Composed | Problems {
  const settings = readCollectorSettings(env)
  if ('problems' in settings) {
    log(`The collector is not configured yet: ${settings.problems.join('; ')}`)
    return settings
  }
  const { secret, server } = settings
  const db = createD1Settings(env.DB)
  const accumulator = (name: string) => env.ACCUMULATOR.getByName(name)
  const shards = createShards({
    db,
    wanted: settings.shards,
    spread: settings.spread,
    random: Math.random,
    drain: (name) => accumulator(name).drain(),
    now: Date.now,
    report,
  })
  const sites = createSites({ db, now: Date.now, report })
  const collector = createCollector({
    sites,
    accumulator: { count: (site, event) => accumulator(shards.nameFor(site)).count(site, event) },
    rateLimit: createBindingRateLimit({ binding: env.RATE_LIMITER, secret }),
    senderOf: edgeSender,
    calendar: createCalendar(),
    now: Date.now,
    log,
  })
  // The accumulators themselves are not asked: each call is billed, and anybody may ask for this.
  const health = createHealth({
    checks: [
      { part: 'shards', for: 'ready', ask: shards.refusal },
      { part: 'sites', for: 'ready', ask: () => sites.fresh().then(() => undefined) },
      clickHouseCheck({ ping: createWebCounts(server).ping, for: 'named' }),
    ],
    now: Date.now,
  })
  /** By the order itself: the settings in memory may be seconds older. */
  async function follow({ site: id, details: { after } }: Order): Promise<boolean> {
    const site = sites.byId(id)
    if (!site) return true
    const days = (ordered: unknown, present: number) => (typeof ordered === 'number' ? ordered : present)
    const periods = {
      anonymizationDays: days(after?.anonymizationDays, site.anonymizationDays),
      retentionDays: days(after?.retentionDays, site.retentionDays),
    }
    await Promise.all(shards.names().map((name) => accumulator(name).followPeriods({ ...site, ...periods })))
    return true
  }

  async function forget({ site, action }: Pick<Order, 'site' | 'action'>): Promise<boolean> {
    const what = action === 'deleted' ? 'all' : 'attributes'
    const forgotten = await Promise.all(shards.names().map((name) => accumulator(name).forgetSite(site, what)))
    return shards.names().length > 0 && forgotten.every((done) => done)
  }

  const app = new Hono()
  app.route('/', health)
  app.use(async (_, next) => {
    const refusal = await shards.refusal()
    return refusal === undefined ? next() : unavailable(`No event can be counted now: ${refusal}.`)
  })
  app.route('/', collector.app)
  app.notFound(() => Response.json({ error: 'There is no such address.' }, { status: 404, headers: UNKNOWN_ADDRESS }))
  return {
    app,
    async ensureClocks() {
      await shards.refusal()
      await Promise.all(shards.names().map((name) => accumulator(name).ensureClock()))
    },
    async forgetOrdered() {
      await sites.fresh()
      await forgetOrdered({ db, forget: (order) => (order.action === 'shortened' ? follow(order) : forget(order)) })
      // Isolates that did not know yet have counted for it since.
      for (const site of deletedSince(dayOf(Date.now() - LATE), await createLedger({ db }).entries())) {
        await forget({ site, action: 'deleted' })
      }
    },
  }
}

export default createWorker()
