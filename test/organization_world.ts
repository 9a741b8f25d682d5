// One organization with people of every role and three sites, behind the real pages in this process, with a clock that
// the test moves: for the tests of organizations, their audit log and their end.

import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Hono } from 'hono'
import { createCalendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createLedger } from '../collector/ledger.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type Sites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import type { Role } from '../dashboard/access.ts'
import { createPages } from '../dashboard/dashboard.ts'
import type { Mailer, Message } from '../dashboard/mailer.ts'
import { MailError } from '../dashboard/mailer.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { createAttempts } from '../dashboard/people/attempts.ts'
import { createPeople, type People } from '../dashboard/people/people.ts'
import { type Asker, addPerson, createAsker } from './people.ts'

/** So long ago that a year later is in the past as well: the store's own clock has a say in the audit log. */
export const START = Date.parse('2024-08-01T12:00:00Z')
export const DAY = 86_400_000

export const CAST = ['owner', 'manager', 'analyst', 'viewer'] as const
type Name = (typeof CAST)[number]

export interface OrganizationWorld {
  organization: string
  /** '/organizations/...' */
  path: string
  people: People
  sites: Sites
  db: SqliteSettings
  /** Everybody who is there at first, by their role. */
  cast: Record<Name, { id: string; email: string; asker: Asker }>
  nobody: Asker
  /** Who has this cookie, and asks by another name that leads here. */
  asker(cookie: string, address: string): Asker
  /** Somebody more, with or without a role. */
  add(name: string, role?: Role): Promise<{ id: string; email: string; asker: Asker }>
  mails: readonly Message[]
  /** Whether the mail server takes mails. */
  mailing: { works: boolean }
  /** Where everybody asks from, as far as the server knows: at first it does not. */
  client: { address: string | undefined }
  problems: readonly string[]
  now(): number
  /** Moves the clock. */
  wait(milliseconds: number): void
  close(): void
}

export interface OrganizationTemplate {
  /** A fresh copy of it. */
  open(setup: { counts: Pick<Counts, 'query'> }): Promise<OrganizationWorld>
  remove(): void
}

const ADDRESS = 'http://stats.example'

/** Made once in a file of tests: hashing the passwords of four people takes half a second. */
export async function makeOrganization(): Promise<OrganizationTemplate> {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-organization-'))
  const file = path.join(directory, 'settings.db')
  const { people, sites, db } = openPages(file, { query: async () => [] })
  const { id: owner, ...olga } = await addPerson(people, { name: 'Olga', organization: '', role: 'owner' })
  const { id: organization } = await people.organizations.make({ name: 'Harbour', owner })
  for (const domain of ['one.example', 'two.example', 'three.example']) {
    const answer = await sites.add({ domain, organization })
    if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join())
  }
  const known = {
    owner: { id: owner, ...olga },
    manager: await addPerson(people, { name: 'Mia', organization, role: 'manager' }),
    analyst: await addPerson(people, { name: 'Anna', organization, role: 'analyst' }),
    viewer: await addPerson(people, { name: 'Vera', organization, role: 'viewer' }),
  }
  // The copies are of the file alone.
  db.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  let copies = 0

  return {
    async open({ counts }) {
      copies++
      const copy = path.join(directory, `copy-${copies}.db`)
      copyFileSync(file, copy)
      const { asker, ...opened } = openPages(copy, counts)
      await opened.sites.fresh()
      const come = ({ cookie, ...person }: typeof known.owner) => ({ ...person, asker: asker(cookie) })
      return {
        ...opened,
        asker,
        organization,
        path: `/organizations/${organization}`,
        cast: {
          owner: come(known.owner),
          manager: come(known.manager),
          analyst: come(known.analyst),
          viewer: come(known.viewer),
        },
        nobody: asker(''),
        async add(name, role) {
          const joins = { name, organization: role ? organization : '', role: role ?? 'viewer' } as const
          return come(await addPerson(opened.people, joins))
        },
        close: opened.db.close,
      }
    },
    remove: () => rmSync(directory, { recursive: true }),
  }
}

function openPages(file: string, counts: Pick<Counts, 'query'>) {
  let instant = START
  const now = () => instant
  const problems: string[] = []
  const mails: Message[] = []
  const mailing = { works: true }
  const client: OrganizationWorld['client'] = { address: undefined }
  const db = openSqliteSettings(file)
  const report = (problem: string, error?: unknown) => void problems.push(`${problem}: ${error}`)
  const sites = createSites({ db, now, report })
  const people = createPeople({
    db,
    database: db.database,
    secret: 'a secret of the tests, long enough to be one',
    basePath: '',
    now,
    random: randomBytes,
    report,
  })
  const mailer: Mailer = {
    async send(message) {
      if (!mailing.works) throw new MailError('unreachable')
      mails.push(message)
    },
  }
  const app = new Hono()
  app.use(pageHeaders({ isSecure: () => false }))
  app.route(
    '/',
    createPages({
      people,
      sites,
      counts,
      ledger: createLedger({ db }),
      calendar: createCalendar(),
      now,
      report,
      mailer,
      outbound: { ask: () => Promise.reject(new Error('these pages ask nobody')) },
      attempts: createAttempts({ now, pause: async () => {}, exemptLoopback: true }),
      clientAddress: () => client.address,
      ownOrigin: () => ADDRESS,
      afterAnswer: async (_, work) => work(),
      basePath: '',
      publicUrl: ADDRESS,
      isSecure: () => false,
      isPrivate: () => true,
      mayTry: () => false,
      howToOwn: 'started',
    }),
  )
  return {
    ...{ people, sites, db, mails, mailing, client, problems, now },
    asker: (cookie: string, address = ADDRESS) =>
      createAsker(address, cookie, async (url, sent) => app.request(url, sent)),
    wait(milliseconds: number) {
      instant += milliseconds
    },
  }
}

/** Follows what an answer leaves in the browser. */
export function signedInBy(answer: Response, world: OrganizationWorld): Asker {
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ')
  const { nobody } = world
  return {
    cookie,
    get: (path, headers = {}) => nobody.get(path, { cookie, ...headers }),
    post: (path, fields = {}, headers = {}) => nobody.post(path, fields, { cookie, ...headers }),
  }
}
