// The dashboard Worker's entry: for whoever has an account, it reads sites from D1 and counts as a user that may only SELECT; once an
// hour it ends what is past its periods and sends reports and alerts. It never sees a visitor. wrangler.toml names it as [env.dashboard].
import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { createCalendar } from '../collector/calendar.ts'
import { ClickHouseError, type Counts } from '../collector/clickhouse.ts'
import { createWebCounts } from '../collector/clickhouse_web.ts'
import { edgeAddress } from '../collector/client_address.ts'
import { readEnvironment } from '../collector/environment.ts'
import { nameOfError } from '../collector/error_name.ts'
import { fulfilOrders } from '../collector/fulfilment.ts'
import { clickHouseCheck, createHealth } from '../collector/health.ts'
import { createLedger } from '../collector/ledger.ts'
import type { HttpMail } from '../collector/mail_settings.ts'
import { replayLedger } from '../collector/replay.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { createSites, type SettingsStore, type Sites } from '../collector/sites.ts'
import { createD1Settings, type D1Binding } from '../collector/sites_d1.ts'
import {
  mailOf,
  notConfigured,
  type Problems,
  serverOf,
  type WorkerServer,
  type WorkerVariables,
} from '../collector/worker_environment.ts'
import { createClientScript } from './client_script.ts'
import { createPages } from './dashboard.ts'
import { createDeliveries } from './dispatch/deliveries.ts'
import { createDispatch } from './dispatch/dispatch.ts'
import { createHttpMailer } from './mailer_http.ts'
import { createWebOutbound } from './outbound_web.ts'
import { pageHeaders } from './page_headers.ts'
import { createAttempts } from './people/attempts.ts'
import { endWhatIsDue } from './people/end_of_service.ts'
import { createPeople, type People } from './people/people.ts'
import { isThisMachine } from './this_machine.ts'
import { createTransparency } from './transparency.tsx'

interface DashboardEnv extends WorkerVariables {
  DB: D1Binding
  ASSETS: { fetch(request: Request): Promise<Response> }
}

interface Settings {
  /** Signs sessions. */
  secret: string
  server: WorkerServer
  /** The same server as the user who may end rows; undefined where something else does that. */
  retention: WorkerServer | undefined
  mail: HttpMail | undefined
  publicUrl: string
}

interface Composed {
  app: Hono
  enforce(): Promise<void>
  dispatch(): Promise<void>
}

/** A ClickHouseError's text cannot quote a value. */
function report(problem: string, error?: unknown): void {
  if (error === undefined) console.error(problem)
  else console.error(`${problem}: ${error instanceof ClickHouseError ? error.message : nameOfError(error)}`)
}

function createWorker(): WorkerHandlers<DashboardEnv> {
  let composed: Composed | Problems | undefined

  return {
    fetch(request, env, context) {
      composed ??= compose(env)
      return 'problems' in composed ? notConfigured(composed.problems) : composed.app.fetch(request, env, context)
    },
    async scheduled(_, env) {
      composed ??= compose(env)
      if (!('app' in composed)) return
      await composed.enforce()
      await composed.dispatch()
    },
  }
}

function compose(env: DashboardEnv): Composed | Problems {
  const settings = readSettings(env)
  if ('problems' in settings) {
    report(`The dashboard is not configured yet: ${settings.problems.join('; ')}`)
    return settings
  }
  const { secret, server, retention, mail, publicUrl } = settings
  const db = createD1Settings(env.DB)
  const sites = createSites({ db, now: Date.now, report })
  const counts = createWebCounts(server)
  const reads = { sites, counts, calendar: createCalendar(), now: Date.now, report }
  const ledger = createLedger({ db })
  const attempts = createAttempts({
    now: Date.now,
    pause: (milliseconds) => scheduler.wait(milliseconds),
    exemptLoopback: false,
  })
  const app = new Hono()
  // No timer runs between requests.
  app.use(async (_, next) => {
    attempts.forget()
    await next()
  })
  app.use(pageHeaders({ isSecure }))
  // Before the door: whoever watches over it need not be let in, and nothing there depends on a visit.
  app.route('/', health({ sites, counts }))
  // So may anybody read what is kept: it is made to be linked from a site's privacy notice.
  app.route(
    '/',
    createTransparency({
      ...reads,
      ledger,
      collectorUrl: publicUrl,
      async previewScript(address) {
        const answer = await env.ASSETS.fetch(new Request(address))
        return answer.ok ? answer.text() : undefined
      },
    }),
  )
  const people = createPeople({
    db,
    database: env.DB,
    secret,
    basePath: '',
    now: Date.now,
    random: randomBytes,
    report,
  })
  const abroad = { mailer: mail && createHttpMailer({ mail }), outbound: createWebOutbound() }
  const deliveries = createDeliveries({ db, now: Date.now })
  const dispatch = createDispatch({ ...reads, ...people, ...abroad, deliveries, basePath: '' })
  app.route(
    '/',
    createPages({
      ...reads,
      clientScript: createClientScript({
        // The binding looks at the path alone.
        async read() {
          const answer = await env.ASSETS.fetch(new Request('https://assets.invalid/dashboard/-/dashboard.js'))
          return answer.ok ? answer.text() : undefined
        },
      }),
      ledger,
      tables: retention && createWebCounts(retention),
      people,
      attempts,
      clientAddress: edgeAddress,
      // Cloudflare hands over what was asked of a name that the Worker has.
      ownOrigin: (c) => new URL(c.req.url).origin,
      afterAnswer: (c, work) => c.executionCtx.waitUntil(work()),
      ...abroad,
      basePath: '',
      publicUrl,
      isSecure,
      isPrivate: (c) => isSecure(c) || isThisMachine(c),
      mayTry: () => false,
      howToOwn: 'deployed',
    }),
  )
  return { app, enforce: () => enforce({ retention, db, people, sites }), dispatch: dispatch.run }
}

function isSecure({ req }: Context): boolean {
  return req.url.startsWith('https:')
}

/** Pages need both. */
function health({ sites, counts }: { sites: Sites; counts: Counts }): Hono {
  return createHealth({
    checks: [
      { part: 'sites', for: 'ready', ask: () => sites.fresh().then(() => undefined) },
      clickHouseCheck({ ping: counts.ping, for: 'ready' }),
    ],
    now: Date.now,
  })
}

interface Enforced {
  retention: WorkerServer | undefined
  db: SettingsStore
  people: People
  sites: Sites
}

async function enforce({ retention, db, people, sites }: Enforced): Promise<void> {
  try {
    await endWhatIsDue({ ...people, sites })
  } catch (error) {
    report('Ending what people have ended failed; it is tried again within the hour', error)
  }
  if (retention === undefined) return
  const counts = createWebCounts(retention)
  try {
    await enforcePeriods({ counts })
    // The collector's cron trigger has done the other half: it reaches the accumulators.
    await fulfilOrders({ db, counts })
    await replayLedger(await createLedger({ db }).entries(), counts)
  } catch (error) {
    report('Ending what is past its period failed; it is tried again within the hour', error)
  } finally {
    await counts.close()
  }
}

const RETENTION = z.object({
  CLICKHOUSE_RETENTION_USER: z.optional(z.string()),
  CLICKHOUSE_RETENTION_PASSWORD: z.optional(z.string()),
})

function readSettings(variables: WorkerVariables): Settings | Problems {
  const read = readEnvironment(variables)
  if ('problems' in read) return read
  const { dashboardSecret: secret, publicUrl } = read.environment
  const server = serverOf(read.environment)
  const mail = mailOf(read.environment)
  const own = RETENTION.parse(variables)
  const problems = [
    ...(secret === undefined
      ? ['DASHBOARD_SECRET is missing: wrangler secret put DASHBOARD_SECRET --env dashboard']
      : []),
    ...('problems' in server ? server.problems : []),
    ...('problems' in mail ? mail.problems : []),
    ...(publicUrl === undefined ? ['PUBLIC_URL is missing: the address of the collector Worker'] : []),
  ]
  if (secret === undefined || 'problems' in server || 'problems' in mail || publicUrl === undefined) return { problems }
  const username = own.CLICKHOUSE_RETENTION_USER
  const retention = username ? { ...server, username, password: own.CLICKHOUSE_RETENTION_PASSWORD ?? '' } : undefined
  return { secret, server, retention, mail: mail.mail, publicUrl }
}

export default createWorker()
