// A Worker's settings, checked once per isolate: environment.ts's, of which a Worker cannot do without some, the number
// of shards and who has all of them. Read by both Workers' entries and the Durable Object.
import * as z from 'zod/mini'
import { type Environment, readEnvironment } from './environment.ts'
import type { HttpMail } from './mail_settings.ts'
import { MOST_SHARDS } from './shards.ts'

/** Settings as they stand in a Worker's `env`: vars of wrangler.toml and secrets. */
export type WorkerVariables = Readonly<Record<string, unknown>>

export type Problems = { problems: readonly string[] }

/** ClickHouse as a Worker reaches it: there is no embedded engine there. */
export interface WorkerServer {
  url: string
  username: string
  password: string
  database: string
}

const SHARDS = z.coerce.number().check(z.refine((n) => Number.isInteger(n) && n >= 1 && n <= MOST_SHARDS))
/** Domains as the settings store has them: one that is written otherwise would silently spread nothing. */
const SPREAD_SITES = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text) => text.split(/[\s,]+/).filter((domain) => domain !== '')),
  ),
  z.array(z.string().check(z.refine((domain) => URL.parse(`http://${domain}/`)?.hostname === domain))),
)

export interface CollectorSettings {
  secret: string
  server: WorkerServer
  shards: number
  /** Domains of the sites whose events go to all shards at random. */
  spread: ReadonlySet<string>
}

/** What the collector and its accumulators need, or every reason why they cannot start, each beginning with its setting. */
export function readCollectorSettings(variables: WorkerVariables): CollectorSettings | Problems {
  const read = readEnvironment(variables)
  if ('problems' in read) return read
  const { secret } = read.environment
  const server = serverOf(read.environment)
  const shards = SHARDS.safeParse(variables.SHARDS || 1)
  const spread = SPREAD_SITES.safeParse(variables.SPREAD_SITES ?? '')
  const problems = [
    ...(secret === undefined ? ['SUNDIAL_SECRET is missing: wrangler secret put SUNDIAL_SECRET'] : []),
    ...('problems' in server ? server.problems : []),
    ...(shards.success ? [] : [`SHARDS must be a whole number from 1 to ${MOST_SHARDS}`]),
    ...(spread.success ? [] : ['SPREAD_SITES must be domains of sites, with commas between']),
  ]
  if (secret === undefined || 'problems' in server || !shards.success || !spread.success) return { problems }
  return { secret, server, shards: shards.data, spread: new Set(spread.data) }
}

/** CLICKHOUSE_URL, _USER, _PASSWORD and _DATABASE. */
export function serverOf({ clickhouse }: Environment): WorkerServer | Problems {
  const { url, user, password, database } = clickhouse
  if (url === undefined) return { problems: ['CLICKHOUSE_URL is missing: there is no embedded engine on Workers'] }
  return { url, username: user, password, database }
}

/** MAIL_URL, _FROM and _TOKEN; no mail where MAIL_URL is not set. */
export function mailOf({ mail }: Environment): { mail: HttpMail | undefined } | Problems {
  if (mail?.by === 'smtp')
    return { problems: ['MAIL_URL must be https:// on Workers, which cannot speak SMTP: name an HTTP API for mail'] }
  return { mail }
}

/** 503 that names the settings; the sentences, which may quote a value, are for the log. */
export function notConfigured(problems: readonly string[]): Response {
  const names = [...new Set(problems.map((problem) => problem.split(' ', 1)[0]))]
  return unavailable(`This Sundial is not configured yet: ${names.join(', ')}. Its log (wrangler tail) says more.`)
}

/** 503 with a sentence that anybody may read; asking again in a minute may help. */
export function unavailable(error: string): Response {
  return Response.json({ error }, { status: 503, headers: { 'Retry-After': '60', 'Cache-Control': 'no-store' } })
}
