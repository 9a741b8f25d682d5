// The end of an organization: everything can be taken along, its people are gone at once, its counts a month later, and
// until then a link takes it back. Over the pages with the real engine, by the clock of one machine and by the cron.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { fulfilOrders } from '../collector/fulfilment.ts'
import { createLedger } from '../collector/ledger.ts'
import { forgetOrdered } from '../collector/orders.ts'
import { createD1Settings } from '../collector/sites_d1.ts'
import { readArguments } from '../dashboard/command/command.ts'
import { createOrganizationUndo } from '../dashboard/command/organization.ts'
import { openMachine } from '../dashboard/machine.ts'
import { endWhatIsDue } from '../dashboard/people/end_of_service.ts'
import { exportOf } from '../dashboard/people/export.ts'
import { createPeople } from '../dashboard/people/people.ts'
import { readTable } from '../dashboard/reports/table.ts'
import { SECRET } from './accumulated.ts'
import { type CountsServer, startCountsServer } from './counts_server.ts'
import {
  DAY,
  makeOrganization,
  type OrganizationTemplate,
  type OrganizationWorld,
  START,
  signedInBy,
} from './organization_world.ts'
import { join, PASSWORD } from './people.ts'
import { until } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

let server: CountsServer
let template: OrganizationTemplate
let world: OrganizationWorld
beforeAll(async () => {
  server = await startCountsServer()
  template = await makeOrganization()
})
beforeEach(async () => {
  world = await template.open({ counts: server.counts })
  await count()
})
afterEach(async () => {
  world.close()
  for (const table of ['hours', 'days', 'counts']) await server.counts.command(`TRUNCATE TABLE ${table}`)
})
afterAll(async () => {
  template.remove()
  await server.close()
})

const siteOf = (domain: string) => world.sites.all().find((site) => site.domain === domain)?.id ?? 0

/** Ends of rows that no test sees. */
const ends = { generalize_on: '2099-02-02', expire_on: '2099-12-01' }

function insert(table: 'hours' | 'days' | 'counts', rows: readonly Record<string, unknown>[]): Promise<void> {
  return server.counts.insert(table, rows.map((row) => JSON.stringify(row)).join('\n'), crypto.randomUUID())
}

/** Two days of one site, one of another, and a site that is nobody's here. */
async function count(): Promise<void> {
  const month = '2026-11-01'
  const days = [
    { site: siteOf('one.example'), month, day: '2026-11-02', visits: 7, pageviews: 20, engaged: 3, events: 0 },
    { site: siteOf('one.example'), month, day: '2026-11-03', visits: 5, pageviews: 9, engaged: 2, events: 1 },
    { site: siteOf('two.example'), month, day: '2026-11-03', visits: 1, pageviews: 1, engaged: 0, events: 0 },
    { site: 99, month, day: '2026-11-03', visits: 1000, pageviews: 1000, engaged: 0, events: 0 },
  ]
  await insert(
    'days',
    days.map((row) => ({ ...row, expire_on: ends.expire_on })),
  )
  await insert('hours', [
    { site: siteOf('one.example'), month, day: '2026-11-02', hour: 9, visits: 7, ...ends },
    { site: siteOf('one.example'), month, day: '2026-11-03', hour: 10, visits: 5, ...ends },
  ])
  const page = { metric: 'pageviews', dimension: 'page', dimension2: '', value2: '', month, ...ends }
  await insert('counts', [
    { site: siteOf('one.example'), ...page, value: '/', day: '2026-11-02', n: 15 },
    { site: siteOf('one.example'), ...page, value: '/=1+1', day: '2026-11-03', n: 5 },
    { site: 99, ...page, value: '/secret', day: '2026-11-03', n: 5 },
  ])
}

/** Ends it by its owner; the path of the link that takes it back, and the receipt. */
async function end(): Promise<{ link: string; receipt: string }> {
  const answer = await world.cast.owner.asker.post(`${world.path}/end`, { name: 'Harbour' })
  const receipt = await answer.text()
  const [, link] = /http:\/\/stats\.example(\/undo\/[\w-]+)/.exec(receipt) ?? []
  if (!link) throw new Error(`no link, but ${answer.status}`)
  return { link, receipt }
}

const users = async () => (await world.db.all('SELECT "email" FROM "user" ORDER BY "email"')).length
const rows = z.object({ n: z.number() })
const countsLeft = async () => {
  const sql = 'SELECT (SELECT count() FROM days) + (SELECT count() FROM hours) + (SELECT count() FROM counts) AS n'
  return (await server.counts.query(sql, {}, rows))[0]?.n
}

describe('an export', () => {
  async function take(): Promise<Record<string, string>> {
    const answer = await world.cast.owner.asker.get(`${world.path}/export`)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Harbour-sundial-2024-08-01.zip"')
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
  }

  test('holds everything that is kept, as CSV and as JSON, and nothing of others', async () => {
    const files = await take()
    expect(Object.keys(files).sort()).toEqual(
      [
        ...['README.txt', 'organization.json', 'people.csv', 'audit.json'],
        ...['hours', 'days', 'counts'].flatMap((table) => [`${table}.csv`, `${table}.json`]),
      ].sort(),
    )
    expect(JSON.parse(files['days.json'] ?? '')).toEqual([
      { site: 'one.example', day: '2026-11-02', visits: 7, pageviews: 20, engaged: 3, events: 0 },
      { site: 'one.example', day: '2026-11-03', visits: 5, pageviews: 9, engaged: 2, events: 1 },
      { site: 'two.example', day: '2026-11-03', visits: 1, pageviews: 1, engaged: 0, events: 0 },
    ])
    expect(JSON.parse(files['hours.json'] ?? '')).toHaveLength(2)
    expect(JSON.parse(files['counts.json'] ?? '')).toMatchObject([
      { site: 'one.example', day: '2026-11-02', metric: 'pageviews', dimension: 'page', value: '/', generalized: 0 },
      { site: 'one.example', value: '/=1+1', n: 5 },
    ])
    expect(files['days.csv']).toBe(
      [
        '"site","day","visits","pageviews","engaged","events"',
        '"one.example","2026-11-02",7,20,3,0',
        '"one.example","2026-11-03",5,9,2,1',
        '"two.example","2026-11-03",1,1,0,0\r\n',
      ].join('\r\n'),
    )
    expect(JSON.parse(files['organization.json'] ?? '')).toMatchObject({
      name: 'Harbour',
      people: expect.arrayContaining([{ name: 'Mia', email: 'mia@example.com', role: 'manager' }]),
      sites: [{ domain: 'one.example', timezone: 'UTC' }, { domain: 'two.example' }, { domain: 'three.example' }],
    })
    expect(files['people.csv']).toContain('"Olga","olga@example.com","owner"')
    expect(JSON.stringify(files)).not.toContain('/secret')
  })

  test('holds notes, webhooks and tokens as well, and nothing that opens anything', async () => {
    const { apiTokens, notes, subscriptions } = world.people
    const site = siteOf('one.example')
    await notes.add(site, { day: '2026-11-02', kind: 'release', text: 'Version 2' })
    const hook = { name: 'chat', url: 'https://chat.example/hook/of-the-team', weekly: true, alerts: false }
    const added = await subscriptions.addWebhook({ ...hook, site, origin: 'http://stats.example' }, () => [])
    const token = { organization: world.organization, name: 'reads', scope: 'read', sites: [site] } as const
    const { secret } = await apiTokens.make(token, 'operator')
    const files = await take()
    const createdOn = '2024-08-01'
    expect(JSON.parse(files['organization.json'] ?? '')).toMatchObject({
      tokens: [{ name: 'reads', scope: 'read', sites: ['one.example'], createdOn }],
      sites: [
        {
          notes: [{ day: '2026-11-02', kind: 'release', text: 'Version 2' }],
          webhooks: [{ name: 'chat', host: 'chat.example', weekly: true, alerts: false, createdOn }],
        },
        { notes: [], webhooks: [] },
        { notes: [], webhooks: [] },
      ],
    })
    const all = JSON.stringify(files)
    for (const opening of [secret, added?.key ?? '', 'of-the-team']) expect(all).not.toContain(opening)
  })

  test('reads nothing before its file is written, so that nothing fails that nobody waits for', async () => {
    const { people, sites, organization, now } = world
    let reads = 0
    const list = async () => {
      reads++
      throw new Error('the settings cannot be read')
    }
    const files = exportOf({
      ...people,
      apiTokens: { list },
      subscriptions: { webhooks: async () => [] },
      counts: server.counts,
      organization: { id: organization, name: 'Harbour', auditDays: 365 },
      members: [],
      sites: sites.all(),
      at: new Date(now()).toISOString(),
    })
    await files[0]?.pieces.next()
    expect(reads).toBe(0)
    await expect(files[1]?.pieces.next()).rejects.toThrow('cannot be read')
  })

  test('says in the audit log that it was made', async () => {
    await take()
    const [entry] = await world.people.audit.read(world.organization, { limit: 1 })
    expect(entry).toMatchObject({ act: 'numbers exported', who: 'Olga (olga@example.com)' })
  })

  test('reads every row once, however many pages that takes', async () => {
    const site = { id: siteOf('three.example') }
    const written = Array.from({ length: 23 }, (_, i) => ({
      ...{ site: site.id, month: i < 12 ? '2026-10-01' : '2026-11-01', day: i < 12 ? '2026-10-31' : '2026-11-01' },
      ...{ metric: 'visits', dimension: 'source', dimension2: '', value: `s${i}`, value2: '', n: 5, ...ends },
    }))
    await insert('counts', written)
    const read: unknown[] = []
    const sizes: number[] = []
    for await (const page of readTable(server.counts, 'counts', site, 5)) {
      sizes.push(page.length)
      read.push(...page.map(({ value }) => value))
    }
    expect(sizes).toEqual([5, 5, 5, 5, 3])
    expect(read.toSorted()).toEqual(written.map(({ value }) => value).toSorted())
  })

  test.each(['manager', 'analyst', 'viewer'] as const)('is not for a %s', async (name) => {
    expect((await world.cast[name].asker.get(`${world.path}/export`)).status).toBe(403)
  })
})

describe('the deletion of an organization', () => {
  test.each(['manager', 'analyst', 'viewer'] as const)('is not for a %s', async (name) => {
    const { asker } = world.cast[name]
    expect((await asker.get(`${world.path}/end`)).status).toBe(403)
    expect((await asker.post(`${world.path}/end`, { name: 'Harbour' })).status).toBe(403)
    expect(await world.people.organizations.byId(world.organization)).toBeDefined()
  })

  test('needs its name, typed', async () => {
    const { asker } = world.cast.owner
    for (const name of ['', 'harbour', 'Harbour Ltd'])
      expect((await asker.post(`${world.path}/end`, { name })).status).toBe(422)
    expect((await asker.get(`${world.path}/people`)).status).toBe(200)
  })

  test('shows beforehand how much there is, and leaves a receipt with numbers, dates and the way back', async () => {
    const before = await (await world.cast.owner.asker.get(`${world.path}/end`)).text()
    for (const shown of ['one.example', '12', '29', 'two.example']) expect(before).toContain(shown)
    const { receipt, link } = await end()
    for (const shown of [world.organization, '1 Aug 2024, 12:00 UTC', '1 Sept 2024', '4 members', 'one.example', '29'])
      expect(receipt).toContain(shown)
    expect(world.mails).toMatchObject([{ to: 'olga@example.com', subject: 'Harbour was deleted' }])
    expect(world.mails[0]?.text).toContain(`http://stats.example${link}`)
  })

  test('speaks the language of who ends it, on the receipt as well', async () => {
    const { asker } = world.cast.owner
    const speaking = { 'accept-language': 'de' }
    const before = await (await asker.get(`${world.path}/end`, speaking)).text()
    for (const said of ['Harbour löschen', 'Seitenaufrufe', 'Alles exportieren']) expect(before).toContain(said)
    const answer = await asker.post(`${world.path}/end`, { name: 'Harbour' }, speaking)
    const receipt = await answer.text()
    for (const said of ['Harbour ist gelöscht', '4 Mitglieder, alle Einladungen', 'Wird am 1. Sept. 2024 gelöscht'])
      expect(receipt).toContain(said)
  })

  test('does nothing while the database cannot say what the receipt has to', async () => {
    const broken = await template.open({ counts: { query: () => Promise.reject(new Error('down')) } })
    const { asker } = broken.cast.owner
    expect(await (await asker.get(`${broken.path}/end`)).text()).toContain('does not answer')
    expect((await asker.post(`${broken.path}/end`, { name: 'Harbour' })).status).toBe(503)
    expect(await broken.people.organizations.members(broken.organization)).toHaveLength(4)
    broken.close()
  })

  test('takes all access away at once: members, accounts, invitations, tokens, share links, webhooks, public pages', async () => {
    const { owner, manager, viewer } = world.cast
    const { organizations, links, apiTokens, shareLinks, subscriptions } = world.people
    const elsewhere = await world.add('Stig')
    const other = await organizations.make({ name: 'Umbrella', owner: elsewhere.id })
    await join(world.people, { organization: other.id, user: manager.id, email: manager.email, role: 'analyst' })
    const invitation = await links.create({
      ...{ purpose: 'invitation', organization: world.organization, email: 'new@example.com' },
      ...{ role: 'owner', sites: [] },
    })
    const token = await apiTokens.make(
      { organization: world.organization, name: 'reads', scope: 'read', sites: undefined },
      { user: owner.id },
    )
    const shared = await shareLinks.make({ site: siteOf('one.example'), name: 'board' }, [])
    const hook = { name: 'chat', url: 'https://chat.example/hook', weekly: true, alerts: false }
    const origin = 'http://stats.example'
    await subscriptions.addWebhook({ ...hook, site: siteOf('one.example'), origin }, () => [])
    await world.sites.set('two.example', { public: true })
    expect((await world.nobody.get('/?site=two.example')).status).toBe(200)
    await end()

    expect(await users()).toBe(2)
    expect((await viewer.asker.get('/sites')).headers.get('location')).toContain('/sign-in')
    expect((await manager.asker.get(`${world.path}/people`)).status).toBe(404)
    expect((await manager.asker.get('/sites')).status).toBe(200)
    expect((await world.nobody.get(`/invitation/${invitation}`)).status).toBe(410)
    expect(await apiTokens.find(token.secret)).toBeUndefined()
    const secret = 'secret' in shared ? shared.secret : ''
    expect((await world.nobody.get(`/share/${secret}`)).status).toBe(404)
    expect(await subscriptions.webhooks(siteOf('one.example'))).toEqual([])
    expect((await world.nobody.get('/?site=two.example')).status).not.toBe(200)
    for (const domain of ['one.example', 'two.example']) expect(world.sites.countedAs(domain)).toBeUndefined()
    expect(await countsLeft()).toBe(9)
  })
})

describe('the way back', () => {
  const account = { name: 'Rita', email: 'Rita@example.com', password: PASSWORD }

  test('makes whoever opens the link the owner, and the sites count again', async () => {
    const { link } = await end()
    const page = await (await world.nobody.get(link)).text()
    expect(page).toContain('one.example, two.example, three.example will count again')
    const answer = await world.nobody.post(link, account)
    expect(answer.headers.get('location')).toBe(`${world.path}/people`)
    const rita = signedInBy(answer, world)
    expect((await rita.get('/?site=one.example')).status).toBe(200)
    expect(world.sites.countedAs('one.example')).toBeDefined()
    expect(await world.people.organizations.members(world.organization)).toMatchObject([
      { name: 'Rita', email: 'rita@example.com', role: 'owner' },
    ])
    expect((await world.people.audit.read(world.organization, { limit: 2 })).map(({ act }) => act)).toEqual([
      'deletion undone',
      'organization deleted',
    ])
    expect((await world.nobody.get(link)).status).toBe(410)
    world.wait(60 * DAY)
    await endWhatIsDue({ ...world.people, sites: world.sites })
    expect(world.sites.all()).toHaveLength(3)
  })

  test('takes who is signed in without another account, and only the first of two', async () => {
    const stig = await world.add('Stig')
    const vic = await world.add('Vic')
    const { link } = await end()
    const answers = await Promise.all([stig.asker.post(link), vic.asker.post(link)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410])
    expect(await world.people.organizations.members(world.organization)).toHaveLength(1)
  })

  test('opens nothing and uses nothing up where it comes too late', async () => {
    const { link } = await end()
    const { organizations } = world.people
    const { id } = await world.add('Stig')
    const late = { hash: 'of a link that was used', subject: { organization: world.organization } }
    expect(await organizations.undo(late, id)).toBe(false)
    await world.sites.reload()
    expect(world.sites.countedAs('one.example')).toBeUndefined()
    expect((await world.nobody.get(link)).status).toBe(200)
  })

  test('is not the only one: whoever gets a set-up link then owns this Sundial anew', async () => {
    expect(await world.people.organizations.hasOwner()).toBe(true)
    await end()
    await world.sites.add({ domain: 'later.example' })
    const secret = await world.people.links.create({ purpose: 'setup' })
    const answer = await world.nobody.post(`/setup/${secret}`, { ...account, organization: 'Pier' })
    expect(answer.headers.get('location')).toBe('/')
    const [pier] = await world.people.organizations.all()
    expect(pier?.name).toBe('Pier')
    expect(world.sites.ofOrganization(pier?.id ?? '').map(({ domain }) => domain)).toEqual(['later.example'])
    expect(world.sites.countedAs('one.example')).toBeUndefined()
  })

  test('leaves a set-up link as it is when it is opened with the address of an account', async () => {
    await world.add('Rita')
    await end()
    const secret = await world.people.links.create({ purpose: 'setup' })
    const answer = await world.nobody.post(`/setup/${secret}`, { ...account, organization: 'Pier' })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('has an account here already')])
    expect((await world.nobody.get(`/setup/${secret}`)).status).toBe(200)
  })

  test('leaves room for one owner, however many set-up links are opened at once', async () => {
    await end()
    const { links, organizations } = world.people
    const comers = await Promise.all(
      ['Rita', 'Stig'].map(async (name) => ({ name, secret: await links.create({ purpose: 'setup' }) })),
    )
    const answers = comers.map(({ name, secret }) => {
      const typed = { name, email: `${name}@example.com`, password: PASSWORD, organization: name }
      return world.nobody.post(`/setup/${secret}`, typed)
    })
    expect((await Promise.all(answers)).map(({ status }) => status).toSorted()).toEqual([303, 410])
    expect(await organizations.all()).toHaveLength(1)
  })

  test('asks who has an account to sign in', async () => {
    await world.add('Rita')
    const { link } = await end()
    const answer = await world.nobody.post(link, account)
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('sign in first')])
    expect(await world.people.organizations.members(world.organization)).toEqual([])
  })

  test('is there for thirty days', async () => {
    const { link } = await end()
    world.wait(30 * DAY - 1000)
    expect((await world.nobody.get(link)).status).toBe(200)
    world.wait(1000)
    expect((await world.nobody.get(link)).status).toBe(410)
    expect((await world.nobody.post(link, account)).status).toBe(410)
  })
})

describe('after a month', () => {
  test('the clock orders the deletion of each site, with receipts in the ledger, and forgets the organization', async () => {
    const { link } = await end()
    world.wait(30 * DAY)
    const deps = { ...world.people, sites: world.sites }
    await endWhatIsDue(deps)
    expect(world.sites.all()).toHaveLength(3)
    world.wait(DAY)
    await endWhatIsDue(deps)
    expect(world.sites.all()).toEqual([])
    expect((await world.nobody.get(link)).status).toBe(410)
    for (const table of ['organizations', 'members', 'links', 'audit', 'viewer_sites'])
      expect(await world.db.all(`SELECT * FROM ${table}`)).toEqual([])

    await forgetOrdered({ db: world.db, forget: async () => true })
    await fulfilOrders({ db: world.db, counts: server.counts })
    const deleted = (await createLedger({ db: world.db }).entries()).filter(({ action }) => action === 'deleted')
    expect(deleted.map(({ domain }) => domain).toSorted()).toEqual(['one.example', 'three.example', 'two.example'])
    const receipt = deleted.find(({ domain }) => domain === 'one.example')
    expect(receipt?.details.counts).toMatchObject({ before: { days: { visits: 12 } }, after: { days: { rows: 0 } } })
    expect(await countsLeft()).toBe(2)
    // Nothing of the organization is in the ledger, which is for ever.
    expect(JSON.stringify(deleted)).not.toMatch(/Harbour|Olga/)
  })

  test('the clock of one machine does it', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'sundial-end-'))
    const clickhouse = { url: server.clickhouse.url, user: 'default', password: 'password of the owner' }
    const open = (instant: number) =>
      openMachine({
        environment: { dataDir: directory, clickhouse: { ...clickhouse, database: 'sundial', cluster: undefined } },
        secret: SECRET,
        now: () => instant,
        report: () => {},
      })
    const first = await open(START)
    const { id: owner } = await first.people.auth.add({ name: 'Ann', email: 'ann@example.com', password: PASSWORD })
    const { id } = await first.people.organizations.make({ name: 'Harbour', owner })
    await first.people.organizations.end(id, { user: owner })
    await first.close()
    // Ten milliseconds before the clock turns.
    const second = await open(START + 31 * DAY + 4990)
    second.start()
    const deleted = async () => (await second.ledger.entries()).filter(({ action }) => action === 'deleted')
    await until(deleted, (entries) => entries.length === 1)
    expect(second.sites.all()).toEqual([])
    expect(await second.people.organizations.due()).toEqual([])
    await second.close()
    rmSync(directory, { recursive: true })
  })

  describe('on Workers', () => {
    let workers: Workers
    beforeAll(async () => {
      workers = await startWorkers({ clickhouseUrl: server.clickhouse.url, sites: [{ domain: 'ended.example' }] })
    })
    afterAll(() => workers.close())

    test('the cron of the dashboard does it, after D1 has taken the end and a way back', async () => {
      const db = createD1Settings(workers.database)
      const people = createPeople({
        ...{ db, database: workers.database, secret: 'a secret of the tests, long enough to be one', basePath: '' },
        ...{ now: Date.now, random: randomBytes, report: console.error },
      })
      const { organizations, links } = people
      const { id: owner } = await people.auth.add({ name: 'Ann', email: 'ann@example.com', password: PASSWORD })
      const { id } = await organizations.make({ name: 'Harbour', owner })
      const { secret } = await organizations.end(id, { user: owner })
      expect(await db.all('SELECT * FROM "user"')).toEqual([])
      const link = await links.find(secret, 'undo')
      if (!link) throw new Error('no link')
      const { id: next } = await people.auth.add({ name: 'Rita', email: 'rita@example.com', password: PASSWORD })
      expect(await organizations.undo(link, next)).toBe(true)
      expect(await organizations.members(id)).toMatchObject([{ role: 'owner' }])
      await organizations.end(id, { user: next })

      const cron = () =>
        workers.harness
          .getWorker('sundial-dashboard')
          .scheduled({ cron: '37 * * * *', scheduledTime: new Date() })
          .then(({ outcome }) => outcome)
      expect(await cron()).toBe('ok')
      expect(await db.all('SELECT domain FROM sites')).toEqual([{ domain: 'ended.example' }])
      await db.run("UPDATE organizations SET ends_on = '2026-01-01'")
      expect(await cron()).toBe('ok')
      expect(await db.all('SELECT domain FROM sites')).toEqual([])
      expect(await db.all('SELECT id FROM organizations')).toEqual([])
      expect(await db.all('SELECT domain, action FROM orders')).toEqual([
        { domain: 'ended.example', action: 'deleted' },
      ])
    })
  })
})

describe('sundial organization undo', () => {
  /** What it prints, and its exit code. */
  async function run(name: string) {
    const said = { out: '', err: '' }
    const stores = {
      ...{ sites: world.sites, ledger: createLedger({ db: world.db }), settings: world.db },
      ...{ follow: async () => [], counts: async () => server.counts, migrate: async () => [] },
      address: 'http://stats.example',
    }
    const command = createOrganizationUndo({ now: world.now, random: randomBytes })
    const code = await command.run(readArguments(command, [name]), stores, {
      out(line) {
        said.out += `${line}\n`
      },
      err(line) {
        said.err += `${line}\n`
      },
      progress: () => {},
      signal: new AbortController().signal,
    })
    return { code, ...said }
  }

  test('gives the operator a link, when nobody has the one of the receipt any more', async () => {
    expect((await run('Harbour')).err).toContain('No deleted organization is called "Harbour"')
    await end()
    expect((await run('Umbrella')).err).toContain(`organization undo ${world.organization}`)
    const { code, out } = await run('Harbour')
    expect(code).toBe(0)
    const [, link = ''] = /http:\/\/stats\.example(\/undo\/\S+)/.exec(out) ?? []
    const rita = { name: 'Rita', email: 'rita@example.com', password: PASSWORD }
    expect((await world.nobody.post(link, rita)).status).toBe(303)
    expect((await run('Harbour')).code).toBe(1)
  })
})
