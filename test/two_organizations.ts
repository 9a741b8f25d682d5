// Two organizations with sites and people of every role, behind the real pages in this process: for the tests that walk
// every address as everybody. Nothing is counted in it.

import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Hono } from 'hono'
import { createCalendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createLedger } from '../collector/ledger.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type SettingsStore, type Sites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import type { Role } from '../dashboard/access.ts'
import { createPages } from '../dashboard/dashboard.ts'
import { OutboundError } from '../dashboard/outbound.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { createAttempts } from '../dashboard/people/attempts.ts'
import { createPeople, type People } from '../dashboard/people/people.ts'
import { addPerson } from './people.ts'

/** One second after an hour of a summer's day. */
export const NOW = Date.parse('2026-07-15T12:00:01Z')

/** All names have the length of their neighbour, so that answers which quote what was asked can be compared whole. */
export const SITES = {
  mine: 'mine-1.example',
  second: 'mine-2.example',
  other: 'other1.example',
  public: 'public.example',
  unknown: 'nobody.example',
} as const
export type SiteName = keyof typeof SITES

export const ORGANIZATIONS = { mine: 'Harbour Ltd', other: 'Umbrella Ltd' } as const

interface Somebody {
  organization: 'mine' | 'other' | undefined
  role: Role
  reads: readonly SiteName[]
}

/** Everybody who comes, with the sites that they read as members. */
export const CAST = {
  owner: { organization: 'mine', role: 'owner', reads: ['mine', 'second'] },
  manager: { organization: 'mine', role: 'manager', reads: ['mine', 'second'] },
  analyst: { organization: 'mine', role: 'analyst', reads: ['mine', 'second'] },
  viewer: { organization: 'mine', role: 'viewer', reads: ['mine'] },
  elsewhere: { organization: 'mine', role: 'viewer', reads: ['second'] },
  stranger: { organization: 'other', role: 'owner', reads: ['other', 'public'] },
  outsider: { organization: undefined, role: 'viewer', reads: [] },
} as const satisfies Record<string, Somebody>
export type Name = keyof typeof CAST
export const NAMES: readonly Name[] = ['owner', 'manager', 'analyst', 'viewer', 'elsewhere', 'stranger', 'outsider']

/** What stands in addresses in place of :user, :link and so on: of my organization and of the other one. */
export interface Things {
  organization: string
  user: string
  invitation: string
  shareLink: string
  apiToken: string
  webhook: string
  /** What opens, not what is listed. */
  secrets: { invitation: string; reset: string; share: string; read: string; manage: string }
}

export interface Template {
  cookies: Readonly<Record<Name, string>>
  mine: Things
  other: Things
  /** A fresh copy of it, behind pages. */
  open(counts: Pick<Counts, 'query'>): World
  remove(): void
}

export interface World {
  ask(request: string, sent?: { headers?: Record<string, string>; body?: string }): Promise<Response>
  /** Sends it as it is, without what a form of these pages brings along. */
  send(address: string, init: RequestInit): Promise<Response>
  routes: readonly { method: string; path: string }[]
  /** What the pages have reported. */
  problems: readonly string[]
  /** Every row of every table. */
  dump(): Record<string, readonly Record<string, unknown>[]>
  people: People
  sites: Sites
  close(): void
}

const UNKNOWN_SECRET = 'A'.repeat(32)
/** In place of what nobody has. */
export const NOTHING: Things = {
  organization: 'A'.repeat(12),
  user: 'A'.repeat(32),
  invitation: 'A'.repeat(43),
  shareLink: 'A'.repeat(12),
  apiToken: 'A'.repeat(12),
  webhook: 'A'.repeat(12),
  secrets: {
    invitation: UNKNOWN_SECRET,
    reset: UNKNOWN_SECRET,
    share: UNKNOWN_SECRET,
    read: `sdl_${UNKNOWN_SECRET}`,
    manage: `sdl_${UNKNOWN_SECRET}`,
  },
}

export const HOST = 'http://stats.example'

export async function makeTwoOrganizations(): Promise<Template> {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-people-'))
  const file = path.join(directory, 'settings.db')
  let copies = 0
  const { database, people, sites, close } = openStore(file)
  const { organizations } = people
  const cookies: Record<Name, string> = { ...EVERYBODY }
  const ids: Record<Name, string> = { ...EVERYBODY }

  for (const name of ['owner', 'stranger'] as const) {
    const person = await addPerson(people, { name, organization: '', role: 'owner' })
    cookies[name] = person.cookie
    ids[name] = person.id
  }
  const mine = await organizations.make({ name: ORGANIZATIONS.mine, owner: ids.owner })
  const other = await organizations.make({ name: ORGANIZATIONS.other, owner: ids.stranger })
  const siteIds: Record<string, number> = {}
  for (const name of ['mine', 'second', 'other', 'public'] as const) {
    const organization = name === 'mine' || name === 'second' ? mine.id : other.id
    const answer = await sites.add({ domain: SITES[name], organization, public: name === 'public' })
    if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join())
    siteIds[name] = answer.site.id
  }
  for (const name of NAMES) {
    if (cookies[name] !== '') continue
    const { organization, role, reads } = CAST[name]
    const chosen = reads.map((site) => siteIds[site] ?? 0)
    const joins = { name, organization: organization === undefined ? '' : mine.id, role, sites: chosen }
    const person = await addPerson(people, joins)
    cookies[name] = person.cookie
    ids[name] = person.id
  }
  const template = {
    mine: await makeThings(mine.id, ids.analyst, ids.owner, siteIds.mine ?? 0),
    other: await makeThings(other.id, ids.stranger, ids.stranger, siteIds.other ?? 0),
  }
  // The copies are of the file alone.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  close()

  async function makeThings(organization: string, user: string, owner: string, site: number): Promise<Things> {
    const actor = { user: owner }
    const invitation = { purpose: 'invitation', organization, email: `new@${organization}.example` } as const
    const secret = await people.links.create({ ...invitation, role: 'viewer', sites: [site] })
    const [invited] = await people.links.invitations(organization)
    const shared = await people.shareLinks.make({ site, name: 'for the board' }, [])
    const webhook = { site, name: 'to the board', url: 'https://hooks.example/board', weekly: true, alerts: true }
    const hooked = await people.subscriptions.addWebhook({ ...webhook, origin: HOST }, () => [])
    const [shareLink] = await people.shareLinks.ofSite(site)
    const read = await people.apiTokens.make({ organization, name: 'reads', scope: 'read', sites: undefined }, actor)
    const manage = await people.apiTokens.make(
      { organization, name: 'manages', scope: 'manage', sites: undefined },
      actor,
    )
    // Now they were used today, and nothing changes by using them again.
    for (const token of [read, manage]) await people.apiTokens.find(token.secret)
    if (!invited || !shareLink || !hooked || 'refused' in shared) throw new Error('a link was not made')
    const reset = await people.links.create({ purpose: 'reset', user })
    return {
      organization,
      user,
      invitation: invited.hash,
      shareLink: shareLink.id,
      apiToken: read.id,
      webhook: hooked.id,
      secrets: { invitation: secret, reset, share: shared.secret, read: read.secret, manage: manage.secret },
    }
  }

  return {
    ...template,
    cookies,
    open(counts) {
      copies++
      const copy = path.join(directory, `copy-${copies}.db`)
      copyFileSync(file, copy)
      return openWorld(copy, counts)
    },
    remove: () => rmSync(directory, { recursive: true }),
  }
}

const EVERYBODY: Record<Name, string> = {
  owner: '',
  manager: '',
  analyst: '',
  viewer: '',
  elsewhere: '',
  stranger: '',
  outsider: '',
}

interface Store {
  db: SettingsStore
  database: DatabaseSync
  people: People
  sites: Sites
  close(): void
}

function openStore(file: string): Store {
  const db = openSqliteSettings(file)
  const report = (problem: string) => {
    throw new Error(problem)
  }
  const people = createPeople({
    db,
    database: db.database,
    secret: 'a secret of the tests, long enough to be one',
    basePath: '',
    now: () => NOW,
    random: randomBytes,
    report,
  })
  return {
    db,
    database: db.database,
    people,
    sites: createSites({ db, now: () => NOW, report }),
    close: db.close,
  }
}

function openWorld(file: string, counts: Pick<Counts, 'query'>): World {
  const { db, database, people, sites, close } = openStore(file)
  const problems: string[] = []
  const app = new Hono()
  app.use(pageHeaders({ isSecure: () => false }))
  const pages = createPages({
    people,
    sites,
    counts,
    ledger: createLedger({ db }),
    calendar: createCalendar(),
    now: () => NOW,
    report: (problem, error) => problems.push(`${problem}: ${error}`),
    mailer: undefined,
    outbound: { ask: () => Promise.reject(new OutboundError('unreachable')) },
    attempts: createAttempts({ now: () => NOW, pause: async () => {}, exemptLoopback: true }),
    clientAddress: () => undefined,
    ownOrigin: () => HOST,
    afterAnswer: async (_, work) => work(),
    basePath: '',
    publicUrl: 'https://collector.example',
    isSecure: () => false,
    isPrivate: () => true,
    mayTry: () => false,
    howToOwn: 'started',
  })
  app.route('/', pages)
  return {
    async ask(request, { headers = {}, body } = {}) {
      const [method = '', address = ''] = request.split(' ', 2)
      const form = { origin: HOST, 'content-type': 'application/x-www-form-urlencoded' }
      return app.request(`${HOST}${address}`, {
        method,
        headers: { ...(method === 'GET' ? {} : form), ...headers },
        ...(body === undefined ? {} : { body }),
      })
    },
    send: async (address, init) => app.request(`${HOST}${address}`, init),
    routes: pages.routes,
    problems,
    dump: () => dumpOf(database),
    people,
    sites,
    close,
  }
}

function dumpOf(database: DatabaseSync): Record<string, readonly Record<string, unknown>[]> {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), database.prepare(`SELECT * FROM "${name}"`).all()] as const),
  )
}
