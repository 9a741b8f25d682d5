// The Node entry: collector, scripts, demo site, dashboard and API on one port, commands on a private socket.
// Bundled to dist/server.js by build.ts; `npm start` runs it.

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { createCollector } from '../collector/app.ts'
import { createNodeClients, type Incoming, incomingOf } from '../collector/client_address_node.ts'
import { openCountryFile } from '../collector/country_file.ts'
import { type Environment, readEnvironment } from '../collector/environment.ts'
import { nameOfError } from '../collector/error_name.ts'
import { createFastEvents } from '../collector/fast_event.ts'
import { createHealth } from '../collector/health.ts'
import { isLoopback } from '../collector/loopback.ts'
import { migrate } from '../collector/migrate.ts'
import { createRateLimit, FORGET_EVERY, type RateLimit } from '../collector/rate_limit.ts'
import { secretFor } from '../collector/secret.ts'
import { createNodeSenders } from '../collector/sender_node.ts'
import { createClientScript } from './client_script.ts'
import { runCommand } from './command/commands.ts'
import { ownerOf, serveControl } from './control.ts'
import { createPages } from './dashboard.ts'
import { createDemoSite } from './demo/site.tsx'
import { createDeliveries } from './dispatch/deliveries.ts'
import { createDispatch, type Dispatch } from './dispatch/dispatch.ts'
import { type Answering, type HttpServer, openHttpServer } from './http_server.ts'
import { lockDataDir } from './lock.ts'
import { createLog } from './log.ts'
import { type Machine, openMachine } from './machine.ts'
import { machineChecks } from './machine_health.ts'
import type { Mailer } from './mailer.ts'
import { mailerFor } from './mailer_node.ts'
import { createMetrics } from './metrics.ts'
import type { Outbound } from './outbound.ts'
import { createNodeOutbound } from './outbound_node.ts'
import { pageCompression } from './page_compression.ts'
import { pageHeaders } from './page_headers.ts'
import { type Attempts, createAttempts } from './people/attempts.ts'
import type { People } from './people/people.ts'
import { createScripts, DASHBOARD_SCRIPT, PREVIEW_SCRIPT, PUBLIC } from './scripts.ts'
import { isThisMachine } from './this_machine.ts'
import { createTransparency } from './transparency.tsx'
import { finishRestore } from './unfinished.ts'

/** A clean stop gives what still runs so long, and no longer. */
const PATIENCE = 9_000

const read = readEnvironment(process.env)
const log = createLog({
  level: 'environment' in read ? read.environment.logLevel : 'info',
  screen: process.stderr,
  now: Date.now,
})
const report = (problem: string, error?: unknown) =>
  log.error(error === undefined ? problem : `${problem}: ${nameOfError(error)}`)

// Node would print the error's message, which can quote what a visitor sent.
process.on('uncaughtException', (error) => {
  log.fatal(`The server ends because of an error: ${nameOfError(error)}${framesOf(error)}`)
  process.exit(1)
})

// What is written is this user's only, also in a directory that others may enter.
process.umask(0o077)

try {
  await main()
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

async function main(): Promise<void> {
  const environment = settings()
  const { dataDir } = environment
  const place = { dataDir, temporary: tmpdir() }
  const lock = lockDataDir(dataDir)
  if (!lock) throw new Error(await ownerOf(place))
  finishRestore(dataDir)
  const { secret, warnings } = secretFor({ environment, dataDir, random: randomBytes })
  for (const warning of warnings) log.warn(warning)
  const machine = await openMachine({ environment, secret, now: Date.now, report, inform: log.info })
  const { trustProxy, requestsPerMinute } = environment
  const exemptLoopback = trustProxy.length === 0
  const rateLimit = createRateLimit({ perMinute: requestsPerMinute, exemptLoopback })
  const attempts = createAttempts({ now: Date.now, pause: elapsed, exemptLoopback })
  const forgetting = setInterval(() => {
    rateLimit.forget(Date.now())
    attempts.forget()
  }, FORGET_EVERY).unref()
  const abroad = { mailer: mailerFor(environment.mail), outbound: createNodeOutbound() }
  const answering = await createAnswering(environment, machine, { rateLimit, attempts, ...abroad })
  const server = await listen(answering, environment)
  const address = addressOf(server, environment)
  const publicAddress = environment.publicUrl && `${environment.publicUrl}${environment.basePath}`
  const stopCommands = new AbortController()
  const commands = new Set<Promise<unknown>>()
  const control = await serveControl({
    ...place,
    status: () => ({ pid: process.pid, address }),
    run(argv, terminal) {
      const command = runCommand(
        argv,
        {
          settings: machine.settings,
          mailer: () => Promise.resolve(mailerFor(environment.mail)),
          sites: machine.sites,
          ledger: machine.ledger,
          fulfil: machine.fulfil,
          follow: machine.follow,
          ...(environment.clickhouse.url === undefined ? { backUp: machine.backUp } : {}),
          counts: () => Promise.resolve(machine.counts),
          address,
          publicAddress,
          clickhouseUrl: environment.clickhouse.url,
          migrate: () => migrate({ counts: machine.counts, ...environment.clickhouse }),
        },
        { ...terminal, signal: AbortSignal.any([terminal.signal, stopCommands.signal]) },
      )
      commands.add(command)
      return command.finally(() => commands.delete(command))
    },
  })
  const dispatch = dispatchOf(environment, machine, abroad)
  machine.start(() => void dispatch.run())
  // Before it says that it is there: who reads that may stop it at once.
  const asked = stopSignal()
  greet({ address, publicAddress, dataDir, setUp: await setUpLink(machine.people) })

  await asked
  console.log('Stopping: sending what may leave ...')
  setTimeout(() => process.exit(1), PATIENCE).unref()
  stopCommands.abort()
  clearInterval(forgetting)
  // A command works with the counts until it has ended.
  await Promise.all([control.close(), server.close(), ...commands])
  await machine.close()
  lock.release()
  console.log('Stopped.')
  process.exit(0)
}

function settings(): Environment {
  if ('problems' in read)
    throw new Error(`Sundial cannot start:\n${read.problems.map((line) => `  ${line}`).join('\n')}`)
  for (const warning of read.warnings) log.warn(warning)
  return read.environment
}

/** Where an error came from: its stack after the message. */
function framesOf({ stack = '', message }: Error): string {
  const header = stack.indexOf(message) + message.length
  const frames = stack.slice(header).split('\n')
  return frames
    .filter((line) => /^ +at /.test(line))
    .map((line) => `\n${line}`)
    .join('')
}

/** By which it reaches others by itself. */
interface Abroad {
  mailer: Mailer | undefined
  outbound: Outbound
}

function dispatchOf({ basePath }: Environment, machine: Machine, abroad: Abroad): Dispatch {
  const { settings, people } = machine
  const deliveries = createDeliveries({ db: settings, now: Date.now })
  return createDispatch({ ...machine, ...people, ...abroad, deliveries, basePath, now: Date.now, report })
}

async function createAnswering(
  environment: Environment,
  machine: Machine,
  { rateLimit, attempts, mailer, outbound }: { rateLimit: RateLimit; attempts: Attempts } & Abroad,
): Promise<Answering> {
  const { sites, people, counts, ledger, accumulator, calendar } = machine
  const { host, trustProxy, geoDb, countryHeader, basePath, publicUrl } = environment
  const clients = createNodeClients({ trustProxy })
  const isSecure = (c: Context) => clients.isSecure(requestOf(c))
  const lookUp = geoDb === undefined ? undefined : await openCountryFile(geoDb)
  const senderOf = createNodeSenders({ clients, countryHeader, lookUp })
  const app = new Hono()
  const events = `${basePath}/api/event`
  const collector = createCollector({
    sites,
    accumulator,
    calendar,
    now: Date.now,
    senderOf: (c) => senderOf(requestOf(c)),
    rateLimit,
    log: report,
    path: events,
  })
  app.route('/', collector.app)
  app.route(`${basePath}/`, createScripts({ directory: path.join(PUBLIC, 'js') }))
  app.use(pageHeaders({ isSecure }))
  app.use(pageCompression())
  app.route(`${basePath}/`, createHealth({ checks: machineChecks({ machine, now: Date.now }), now: Date.now }))
  app.route(`${basePath}/`, createMetrics({ ...machine, outcomes: collector.outcomes, process, now: Date.now }))
  app.route(`${basePath}/demo`, createDemoSite({ basePath }))
  app.route(
    `${basePath}/`,
    createTransparency({
      sites,
      counts,
      ledger,
      now: Date.now,
      report,
      previewScript: () => readFile(PREVIEW_SCRIPT, 'utf8'),
      publicUrl,
      collectorUrl: publicUrl,
      basePath,
    }),
  )
  if (basePath !== '') app.get('/', (c) => c.redirect(`${basePath}/`))
  // Last: it answers whatever is left below BASE_PATH.
  app.route(
    `${basePath}/`,
    createPages({
      people,
      mailer,
      outbound,
      sites,
      ledger,
      counts,
      tables: counts,
      fulfil: machine.fulfil,
      calendar,
      now: Date.now,
      report,
      attempts,
      clientAddress: (c) => clients.clientAddress(requestOf(c)),
      ownOrigin: () => publicUrl,
      afterAnswer: (_, work) => void setImmediate(work),
      basePath,
      publicUrl,
      demo: { domain: 'localhost', path: '/demo' },
      clientScript: createClientScript({ read: () => readFile(DASHBOARD_SCRIPT, 'utf8') }),
      isSecure,
      isPrivate: (c) => isSecure(c) || isThisMachine(c),
      // A proxy in front may let anybody in.
      mayTry: (c) => isLoopback(host) && trustProxy.length === 0 && isThisMachine(c),
      howToOwn: 'started',
    }),
  )
  // An event is not looked for among the routes of all pages, which would cost it a tenth of its time.
  return {
    fetch: (request, env) => (env.incoming.url === events ? collector.app : app).fetch(request, env),
    answerFast: createFastEvents({ take: collector.take, senderOf, path: events }),
  }
}

function requestOf({ env }: Context<{ Bindings: HttpBindings }>): Incoming {
  return incomingOf(env.incoming)
}

async function listen(answering: Answering, { port, host }: Environment): Promise<HttpServer> {
  try {
    return await openHttpServer({ ...answering, port, host })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new Error(`Port ${port} of ${host} is taken. Stop what listens there, or choose another: PORT=8788 npm start`)
  }
}

function addressOf({ port }: HttpServer, { host, basePath }: Environment): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`
}

/** The secret part of the link by which the first owner makes their account; undefined once there is one. */
async function setUpLink({ organizations, links }: People): Promise<string | undefined> {
  return (await organizations.hasOwner()) ? undefined : links.create({ purpose: 'setup' })
}

interface Greeting {
  setUp: string | undefined
  address: string
  publicAddress: string | undefined
  dataDir: string
}

function greet({ address, publicAddress, dataDir, setUp }: Greeting): void {
  const hint = `Replace ${address} by the address at which their visitors reach it; with PUBLIC_URL the tag names it.`
  console.log(`
Sundial counts in fives.

  Dashboard   ${address}/
  Demo site   ${address}/demo
  Collector   ${address}/api/event
  Data        ${path.resolve(dataDir)}
${setUp ? `\n  Nobody owns this Sundial yet. Make it yours (opens once, within a day):\n\n    ${publicAddress ?? address}/setup/${setUp}\n` : ''}
  Put this into the head of your pages (its domain is a site you added, here the first one):

    <script defer data-domain="localhost" src="${publicAddress ?? address}/js/sundial.js"></script>
${publicAddress === undefined ? `\n  ${hint}\n` : ''}
  Example traffic: npm run demo    Another site: npm run sundial -- site add example.com    Stop: Ctrl-C
`)
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
