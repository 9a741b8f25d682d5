// Two organizations, A and B, each with sites and tokens, behind the real API: for the tests of tokens and of the Sites
// API. What the API asks of the settings store and of ClickHouse is noted.
import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { createCalendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import type { Act } from '../collector/ledger.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type SettingsStore, type Site, type SiteChanges, type Sites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import { createBearer } from '../dashboard/api/bearer.ts'
import { createReader, type Reader } from '../dashboard/api/reader.ts'
import { createSitesApi } from '../dashboard/api/sites_api.ts'
import { createApi } from '../dashboard/api.ts'
import { createDoor, type Door } from '../dashboard/door.tsx'
import type { Scope } from '../dashboard/people/api_tokens.ts'
import { createPeople, type People } from '../dashboard/people/people.ts'
import { createTokens } from '../dashboard/tokens.tsx'

export interface Asked {
  token?: string
  cookie?: string
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is. */
  raw?: string
  headers?: Record<string, string>
}

export interface ApiWorld {
  settings: SqliteSettings
  sites: Sites
  people: People
  door: Door
  reader: Reader
  /** The API and the page of tokens. */
  app: Hono
  organizations: Record<'a' | 'b', string>
  clock: { now: number }
  /** First lines of statements, to both stores, since it was emptied. */
  statements: string[]
  problems: string[]
  /** How often what was ordered was to be carried out. */
  fulfilled: { times: number }
  ask(method: string, path: string, asked?: Asked): Promise<{ status: number; body: unknown; headers: Headers }>
  token(organization: 'a' | 'b', scope: Scope, sites?: readonly string[]): Promise<string>
  add(organization: 'a' | 'b', domain: string, changes?: SiteChanges): Promise<Site>
  /** Every row of every table. */
  dump(): Record<string, readonly Record<string, unknown>[]>
  close(): void
}

export const NOW = Date.parse('2026-03-10T12:30:00Z')
const HOST = 'http://stats.example'

export async function openApiWorld(counts: Pick<Counts, 'query'> = { query: async () => [] }): Promise<ApiWorld> {
  const settings = openSqliteSettings(':memory:')
  const statements: string[] = []
  const problems: string[] = []
  const clock = { now: NOW }
  const fulfilled = { times: 0 }
  const note = (sql: string) => statements.push(/^\/\*.*?\*\/|^.*/.exec(sql)?.[0] ?? '')
  const db: SettingsStore = {
    all(sql, ...params) {
      note(sql)
      return settings.all(sql, ...params)
    },
    run(sql, ...params) {
      note(sql)
      return settings.run(sql, ...params)
    },
    batch(batch) {
      for (const { sql } of batch) note(sql)
      return settings.batch(batch)
    },
  }
  const noted: Pick<Counts, 'query'> = {
    query(sql, params, row) {
      note(sql)
      return counts.query(sql, params, row)
    },
  }
  const now = () => clock.now
  const report = (problem: string, error?: unknown) => void problems.push(`${problem}: ${error}`)
  const sites = createSites({ db, now, report })
  const secret = 'a secret of the tests, long enough to be one'
  const { database } = settings
  const people = createPeople({ db, database, secret, basePath: '', now, random: randomBytes, report })
  const isSecure = () => false
  const originOf = (c: Context) => new URL(c.req.url).origin
  const door = createDoor({ ...people, sites, basePath: '', isSecure, mayTry: () => false, report })
  const bearer = createBearer({ ...people, now })
  const fulfil = async (): Promise<Act[]> => {
    fulfilled.times++
    return []
  }
  const common = { sites, bearer, counts: noted, report, basePath: '', originOf }
  const app: Hono = new Hono()
  app.onError((error, c) => door.failure(c, error))
  const reader = createReader({ door, bearer, sites })
  const api = createApi({
    ...{ counts: noted, calendar: createCalendar(), now, report },
    reader,
    modules: [createSitesApi({ ...common, ...people, fulfil })],
  })
  app.route('/', api)
  app.route('/', createTokens({ ...people, sites, door, basePath: '', originOf }))

  async function own(name: string): Promise<string> {
    const owner = await people.auth.add({ name, email: `${name}@example.com`, password: 'a password of the tests' })
    return (await people.organizations.make({ name, owner: owner.id })).id
  }
  const organizations = { a: await own('Anna'), b: await own('Bert') }

  return {
    ...{ settings, sites, people, door, reader, app, organizations, clock, statements, problems, fulfilled },
    async ask(method, path, { token, cookie, body, raw, headers = {} } = {}) {
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const answer = await app.request(`${HOST}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(cookie === undefined ? {} : { cookie }),
          ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      })
      return { status: answer.status, body: await answer.json(), headers: answer.headers }
    },
    async token(organization, scope, domains) {
      const ids = domains?.map((domain) => sites.byDomain(domain)?.id ?? 0)
      const wanted = { organization: organizations[organization], name: 'of the tests', scope, sites: ids }
      return (await people.apiTokens.make(wanted, 'operator')).secret
    },
    async add(organization, domain, changes = {}) {
      const answer = await sites.add({ domain, organization: organizations[organization], ...changes })
      if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join('; '))
      return answer.site
    },
    dump() {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
      return Object.fromEntries(
        tables.map(({ name }) => [String(name), database.prepare(`SELECT * FROM "${name}"`).all()] as const),
      )
    },
    close: settings.close,
  }
}
