// The audit log: an entry with every act and none without one, read and taken away by owners and managers, never changed,
// and gone after its organization's period, on node:sqlite and on D1.

import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import type { SettingsValue } from '../collector/sites.ts'
import { createD1Settings } from '../collector/sites_d1.ts'
import { ACTS, type Audit, createAudit } from '../dashboard/people/audit.ts'
import { createLinks } from '../dashboard/people/links.ts'
import { createOrganizations } from '../dashboard/people/organizations.ts'
import { createRoster } from '../dashboard/people/roster.ts'
import {
  DAY,
  makeOrganization,
  type OrganizationTemplate,
  type OrganizationWorld,
  START,
} from './organization_world.ts'
import { join } from './people.ts'
import { startWorkers, type Workers } from './workerd.ts'

const counts: Pick<Counts, 'query'> = { query: async () => [] }

let template: OrganizationTemplate
let world: OrganizationWorld
beforeAll(async () => {
  template = await makeOrganization()
})
beforeEach(async () => {
  world = await template.open({ counts })
})
afterEach(() => world.close())
afterAll(() => template.remove())

const read = () => world.people.audit.read(world.organization, { limit: 1000 })
const acts = async () => (await read()).map(({ act }) => act)

/** So many more entries, one second apart. */
async function fill(n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    world.wait(1000)
    await world.people.audit.note({
      organization: world.organization,
      actor: { user: world.cast.owner.id },
      act: i % 2 === 0 ? 'site changed' : 'numbers exported',
      site: i % 3 === 0 ? 'one.example' : 'two.example',
    })
  }
}

describe('an entry', () => {
  test('of an account that ends stands in each of its organizations, and in none where it stays', async () => {
    const { owner, manager } = world.cast
    const other = await world.people.organizations.make({ name: 'Umbrella', owner: owner.id })
    await join(world.people, { organization: other.id, user: manager.id, email: manager.email, role: 'analyst' })
    const removals = async () =>
      Promise.all(
        [world.organization, other.id].map(
          async (one) => (await world.people.audit.read(one, { act: 'member removed', limit: 9 })).length,
        ),
      )
    expect(await world.people.accounts.remove(manager.id)).toBe(true)
    expect(await removals()).toEqual([1, 1])

    // The other owner leaves after it was asked whether there is one.
    const late = {
      ...world.db,
      all: async (sql: string, ...params: readonly SettingsValue[]) =>
        sql.includes('accounts.owned_alone') ? [] : world.db.all(sql, ...params),
    }
    const { accounts } = createRoster({ db: late, now: world.now, random: randomBytes })
    expect(await accounts.remove(owner.id)).toBe(false)
    expect(await removals()).toEqual([1, 1])
  })

  test('stands there for every act on people', async () => {
    const { owner, manager, analyst } = world.cast
    const post = (act: string, fields: Record<string, string>) => owner.asker.post(`${world.path}/${act}`, fields)
    await post('name', { name: 'Port' })
    await post('people/invite', { email: 'new@example.com', role: 'analyst' })
    const [open] = await world.people.links.invitations(world.organization)
    await post('people/withdraw', { invitation: open?.hash ?? '' })
    await post('people/change', { user: analyst.id, was: 'analyst', role: 'manager' })
    await post('people/remove', { user: manager.id, was: 'manager' })
    await post('audit', { days: '90' })
    expect((await acts()).slice(0, 6)).toEqual([
      'audit period changed',
      'member removed',
      'member changed',
      'invitation withdrawn',
      'member invited',
      'organization renamed',
    ])
    const [, removed, changed] = await read()
    expect(removed).toMatchObject({ who: 'Olga (olga@example.com)', whom: 'Mia (mia@example.com)' })
    expect(changed).toMatchObject({ whom: 'Anna (anna@example.com)', details: { before: 'analyst', role: 'manager' } })
  })

  test('is not there for what was refused, or changed nothing', async () => {
    const { owner } = world.cast
    const before = await acts()
    await owner.asker.post(`${world.path}/leave`)
    await owner.asker.post(`${world.path}/people/withdraw`, { invitation: 'of nobody' })
    await owner.asker.post(`${world.path}/name`, { name: 'Harbour' })
    const seen = { organization: world.organization, user: owner.id, role: 'viewer' } as const
    await world.people.organizations.change(seen, { role: 'analyst', sites: [] }, 'operator')
    await world.people.organizations.remove(seen, 'operator')
    expect(await acts()).toEqual(before)
  })

  test('names people only while they have an account', async () => {
    await world.db.run('DELETE FROM "user" WHERE id = ?', world.cast.manager.id)
    const joined = (await read()).filter(({ act }) => act === 'member joined')
    expect(joined.map(({ who }) => who)).toEqual(['Vera (vera@example.com)', 'Anna (anna@example.com)', ''])
    const page = await (await world.cast.owner.asker.get(`${world.path}/audit`)).text()
    expect(page).not.toMatch(/Mia|mia@/)
    expect(page).toContain('Somebody whose account is gone')
  })
})

describe('its page', () => {
  test('says in plain words what was done to whom, when in UTC', async () => {
    const { owner, analyst } = world.cast
    await owner.asker.post(`${world.path}/people/change`, { user: analyst.id, was: 'analyst', role: 'manager' })
    await world.people.audit.note({
      organization: world.organization,
      actor: 'operator',
      act: 'site changed',
      site: 'one.example',
      details: { before: { timezone: 'UTC', k: 5 }, after: { timezone: 'Europe/Paris', k: 5 } },
    })
    const page = await (await owner.asker.get(`${world.path}/audit`)).text()
    expect(page).toContain('1 Aug 2024, 12:00 UTC')
    expect(page).toContain('Anna (anna@example.com); analyst → manager')
    expect(page).toContain('Time zone: UTC → Europe/Paris')
    expect(page).toContain('The operator’s command line')
  })

  test.each([
    ['de', ['Mitglied geändert', 'Anna (anna@example.com); Analyst → Verwalter', 'Die Befehlszeile des Betreibers']],
    ['fr', ['Membre modifié', 'analyste → gestionnaire', 'La ligne de commande de l’opérateur']],
  ])('says each entry in the language of the reader: %s', async (language, sentences) => {
    const { owner, analyst } = world.cast
    await owner.asker.post(`${world.path}/people/change`, { user: analyst.id, was: 'analyst', role: 'manager' })
    for (const act of ACTS) {
      await world.people.audit.note({ organization: world.organization, actor: 'operator', act })
    }
    const page = await (await owner.asker.get(`${world.path}/audit`, { 'accept-language': language })).text()
    for (const sentence of sentences) expect(page).toContain(sentence)
    for (const act of ACTS) expect(page.toLowerCase()).not.toContain(`>${act}<`)
  })

  test('calls settings as their pages do, and says what they were and are', async () => {
    const details = {
      before: { timezone: 'UTC', browserFamilies: false },
      after: { timezone: 'Zulu', browserFamilies: true },
    }
    const entry = { organization: world.organization, actor: 'operator', act: 'site changed', details } as const
    await world.people.audit.note({ ...entry, site: 'one.example' })
    const { asker } = world.cast.owner
    const said = async (language: string) =>
      (await asker.get(`${world.path}/audit?site=one.example`, { 'accept-language': language })).text()
    expect(await said('en')).toContain('Time zone: UTC → Zulu; Count browser families: off → on')
    expect(await said('de')).toContain('Zeitzone: UTC → Zulu; Browserfamilien zählen: aus → an')
  })

  test.each([
    ['en', 'Nothing that fits this choice.', 'Choose whole days from 30 to 1095.'],
    ['de', 'Nichts, was zu dieser Auswahl passt.', 'Wählen Sie ganze Tage von 30 bis 1095.'],
    ['fr', 'Rien qui corresponde à ce choix.', 'Choisissez un nombre entier de jours, de 30 à 1095.'],
  ])('says in %s what is not there and what cannot be', async (language, nothing, refusal) => {
    const { asker } = world.cast.owner
    const speaking = { 'accept-language': language }
    const page = await asker.get(`${world.path}/audit?site=nowhere.example`, speaking)
    expect(await page.text()).toContain(nothing)
    const refused = await asker.post(`${world.path}/audit`, { days: '7' }, speaking)
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(refusal)])
  })

  test('shows it by act and by site, fifty a page', async () => {
    await fill(70)
    const { asker } = world.cast.owner
    const shown = async (query: string) => {
      const page = await (await asker.get(`${world.path}/audit${query}`)).text()
      return { entries: page.split('<time ').length - 1, next: /href="([^"]*before=[^"]*)"/.exec(page)?.[1] }
    }
    const first = await shown('')
    expect(first.entries).toBe(50)
    const rest = await (await asker.get(first.next?.replaceAll('&amp;', '&') ?? '')).text()
    expect(rest.split('<time ').length - 1).toBe(24)
    expect(await shown('?act=numbers+exported')).toEqual({ entries: 35, next: undefined })
    expect(await shown('?act=site+changed&site=one.example')).toEqual({ entries: 12, next: undefined })
    expect(await shown('?act=nothing+of+that+kind&before=never')).toMatchObject({ entries: 50 })
  })

  test.each(['', '.csv', '.json'])('%j is for owners and managers only', async (suffix) => {
    const status = async (name: 'owner' | 'manager' | 'analyst' | 'viewer') =>
      (await world.cast[name].asker.get(`${world.path}/audit${suffix}`)).status
    expect([await status('owner'), await status('manager'), await status('analyst'), await status('viewer')]).toEqual([
      200, 200, 403, 403,
    ])
  })
})

describe('an export', () => {
  test('holds every entry, however many, and one of itself', async () => {
    await fill(2100)
    const answer = await world.cast.manager.asker.get(`${world.path}/audit.json`)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Harbour-audit-2024-08-01.json"')
    const entries: unknown = await answer.json()
    expect(entries).toHaveLength(2105)
    expect(entries).toMatchObject({ 0: { act: 'audit log exported', who: 'Mia (mia@example.com)' } })
    const csv = await (await world.cast.manager.asker.get(`${world.path}/audit.csv?act=site+changed`)).text()
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + 1050)
  })

  test('is English, whatever its reader speaks', async () => {
    const { owner, analyst } = world.cast
    await owner.asker.post(`${world.path}/people/change`, { user: analyst.id, was: 'analyst', role: 'manager' })
    const speaking = { 'accept-language': 'de' }
    const csv = await (await owner.asker.get(`${world.path}/audit.csv?act=member+changed`, speaking)).text()
    const [head, entry] = csv.trimEnd().split('\r\n')
    expect(head).toBe('"at (UTC)","who","what","site","details"')
    expect(entry).toContain(
      '"Olga (olga@example.com)","member changed","","Anna (anna@example.com); analyst → manager"',
    )
  })

  test.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])(
    'lets a spreadsheet run nothing of the name %j',
    async (name) => {
      await world.db.run('UPDATE "user" SET "name" = ? WHERE id = ?', name, world.cast.owner.id)
      const csv = await (await world.cast.owner.asker.get(`${world.path}/audit.csv`)).text()
      expect(csv).toContain(`"'${name.replaceAll('"', '""')}`)
      expect(csv).not.toMatch(/(^|,|\n)"?\s*[=+\-@]/)
    },
  )

  test('is an empty list where nothing fits', async () => {
    const answer = await world.cast.owner.asker.get(`${world.path}/audit.json?site=nowhere.example`)
    expect(await answer.json()).toEqual([])
  })
})

/** A time that the store's own clock has not reached. */
const LATER = Date.parse('2099-01-01T00:00:00Z')

interface Opened {
  audit: Audit
  keep(days: number): Promise<void>
  /** One entry. */
  add(): Promise<void>
}

/** The same over both stores. */
function period(open: () => Opened) {
  const left = async ({ audit }: Opened) =>
    (await audit.read(organizationId(), { limit: 1000 })).filter(({ act }) => act === 'site added').length

  test('takes entries away when it has passed, and none before', async () => {
    const opened = open()
    await opened.add()
    clock.instant = START + 365 * DAY - 1000
    await opened.audit.sweep()
    expect(await left(opened)).toBe(1)
    clock.instant += 1000
    await opened.audit.sweep()
    expect(await left(opened)).toBe(0)
  })

  test('takes nothing away by a clock that runs ahead of the store’s own', async () => {
    clock.instant = LATER
    const opened = open()
    await opened.add()
    clock.instant += 400 * DAY
    await opened.audit.sweep()
    expect(await left(opened)).toBe(1)
  })

  test('also takes what is there already when it is made shorter', async () => {
    const opened = open()
    await opened.add()
    clock.instant += 40 * DAY
    await opened.audit.sweep()
    expect(await left(opened)).toBe(1)
    await opened.keep(30)
    const entries = await opened.audit.read(organizationId(), { limit: 1000 })
    expect(entries.map(({ act }) => act)).toEqual(['audit period changed'])
  })
}

const clock = { instant: START }
let organizationId = () => world.organization

describe('its period on node:sqlite', () => {
  beforeEach(() => {
    clock.instant = START
    organizationId = () => world.organization
  })
  period(() => {
    const now = () => clock.instant
    const audit = createAudit({ db: world.db, now })
    const links = createLinks({ db: world.db, now, random: randomBytes })
    const organizations = createOrganizations({ db: world.db, audit, links, now, random: randomBytes })
    return {
      audit,
      keep: (days) => organizations.keepAudit(world.organization, days, 'operator'),
      add: () => audit.note({ organization: world.organization, actor: 'operator', act: 'site added' }),
    }
  })

  test.each(['29', '1096', '90.5', '', 'many'])('is not %j days', async (days) => {
    const answer = await world.cast.owner.asker.post(`${world.path}/audit`, { days })
    expect(answer.status).toBe(422)
    expect(await world.people.organizations.byId(world.organization)).toMatchObject({ auditDays: 365 })
  })

  test.each(["UPDATE audit SET act = 'nothing'", 'DELETE FROM audit'])('%s is refused until then', async (sql) => {
    world.wait(LATER - START)
    await fill(1)
    await expect(world.db.run(sql)).rejects.toThrow('append-only')
  })
})

describe('its period on D1', () => {
  let workers: Workers
  let organization = ''
  beforeAll(async () => {
    workers = await startWorkers({ clickhouseUrl: '' })
  })
  beforeEach(async () => {
    clock.instant = START
    organizationId = () => organization
    organization = `organization-${START}-${randomBytes(4).toString('hex')}`
    const db = createD1Settings(workers.database)
    await db.run("INSERT INTO organizations (id, name) VALUES (?, 'Harbour')", organization)
  })
  afterAll(() => workers.close())

  period(() => {
    const db = createD1Settings(workers.database)
    const now = () => clock.instant
    const audit = createAudit({ db, now })
    const links = createLinks({ db, now, random: randomBytes })
    const organizations = createOrganizations({ db, audit, links, now, random: randomBytes })
    return {
      audit,
      keep: (days) => organizations.keepAudit(organization, days, 'operator'),
      add: () => audit.note({ organization, actor: 'operator', act: 'site added' }),
    }
  })

  test('an entry stands there only with its act, and the last owner stays', async () => {
    const db = createD1Settings(workers.database)
    const now = () => clock.instant
    const audit = createAudit({ db, now })
    const links = createLinks({ db, now, random: randomBytes })
    const organizations = createOrganizations({ db, audit, links, now, random: randomBytes })
    for (const id of ['one', 'two']) {
      const email = `${id}@example.com`
      const sql = `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt") VALUES (?, ?, ?, 1, '', '')`
      await db.run(sql, id, id, email)
      await join({ links, organizations }, { organization, user: id, email, role: 'owner' })
    }
    const demote = (user: string) =>
      organizations.change({ organization, user, role: 'owner' }, { role: 'viewer', sites: [] }, 'operator')
    expect((await Promise.all([demote('one'), demote('two')])).toSorted()).toEqual(['last owner', undefined])
    const changes = await audit.read(organization, { act: 'member changed', limit: 9 })
    expect(changes).toHaveLength(1)
    const members = await organizations.members(organization)
    const analyst = members.find(({ role }) => role === 'viewer')?.user ?? ''
    expect(await organizations.remove({ organization, user: analyst, role: 'owner' }, 'operator')).toBe(
      'changed meanwhile',
    )
    expect(await audit.read(organization, { act: 'member removed', limit: 9 })).toEqual([])
  })
})

test('entries of before the period was a setting of what is there are kept', () => {
  const db = new DatabaseSync(':memory:')
  const directory = path.join(import.meta.dirname, '../collector/sites')
  const migrations = readdirSync(directory).sort()
  const run = (names: readonly string[]) => {
    for (const name of names) db.exec(readFileSync(path.join(directory, name), 'utf8'))
  }
  run(migrations.filter((name) => name < '0007'))
  db.exec(`INSERT INTO organizations (id, name) VALUES ('one', 'One');
INSERT INTO audit (organization, at, actor, act, expires_on) VALUES ('one', '2099-01-01T00:00:00Z', 'ann', 'site added', '2099-12-31')`)
  run(migrations.filter((name) => name >= '0007'))
  expect(db.prepare('SELECT organization, at, actor, act, site, details FROM audit').all()).toMatchObject([
    { organization: 'one', at: '2099-01-01T00:00:00Z', actor: 'ann', act: 'site added', site: '', details: '{}' },
  ])
  expect(() => db.exec('DELETE FROM audit')).toThrow('append-only')
})
