// `sundial user` where no server runs and over D1; test/accounts.test.ts runs it beside one.

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from '../collector/environment.ts'
import { createLedger } from '../collector/ledger.ts'
import { createSites, type SettingsStore } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import type { Stores } from '../dashboard/command/command.ts'
import { runCommand } from '../dashboard/command/commands.ts'
import { createWranglerSettings } from '../dashboard/command/d1_over_wrangler.ts'
import { openStores } from '../dashboard/command/open_stores.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { createRoster, type Roster } from '../dashboard/people/roster.ts'
import { type HttpSink, startHttpSink } from './mail_sink.ts'

const root = path.join(import.meta.dirname, '..')

let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-users-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

interface Said {
  code: number
  out: string
  err: string
}

async function sundial(stores: Stores, ...argv: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const code = await runCommand(argv, stores, {
    out: (line) => {
      said.out += `${line}\n`
    },
    err: (line) => {
      said.err += `${line}\n`
    },
    progress: () => {},
    signal: new AbortController().signal,
  })
  return { code, ...said }
}

const rosterOf = (db: SettingsStore) => createRoster({ db, now: Date.now, random: randomBytes })
const secretIn = ({ out }: Said) => /\/(?:setup|invitation|reset)\/([\w-]{32})$/m.exec(out)?.[1] ?? ''

/** As better-auth writes them, without a password. */
const ACCOUNT = `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", "twoFactorEnabled")
VALUES (?, ?, ?, 1, ?, ?, 1)`
const addAccount = (db: SettingsStore, id: string, name: string) =>
  db.run(ACCOUNT, id, name, `${id}@example.com`, '2026-01-01', '2026-01-01')

const SESSION = `INSERT INTO session (id, "userId", token, "expiresAt", "createdAt", "updatedAt")
VALUES ('session', ?, 'token', '2099-01-01', '2026-01-01', '2026-01-01')`

/** Ann owns an organization and, as it is the first, the sites that are there. */
async function own(db: SettingsStore): Promise<{ roster: Roster; organization: string }> {
  const roster = rosterOf(db)
  await addAccount(db, 'ann', 'Ann')
  const { id: organization } = await roster.organizations.make({ name: 'Ann’s', owner: 'ann' })
  return { roster, organization }
}

describe('where no server runs', () => {
  let stores: ReturnType<typeof openStores>
  let db: SettingsStore
  let sink: HttpSink

  beforeEach(async () => {
    sink = await startHttpSink()
    const settings = {
      DATA_DIR: directory,
      MAIL_URL: `${sink.address}/emails`,
      MAIL_FROM: 'stats@example.com',
      PUBLIC_URL: 'https://stats.example',
    }
    const read = readEnvironment(settings)
    if ('problems' in read) throw new Error(read.problems.join('\n'))
    db = openSqliteSettings(filesIn(directory).settings)
    stores = { ...openStores({ environment: read.environment, now: Date.now, report: () => {} }), settings: db }
    await stores.sites.add({ domain: 'shown.example' })
  })
  afterEach(async () => {
    await stores.close()
    await sink.close()
  })

  it('prints the set-up link while nobody owns it, which is for an owner only and never mailed', async () => {
    expect((await sundial(stores, 'user', 'list')).out).toContain('Nobody has an account yet')
    const said = await sundial(stores, 'user', 'invite', 'ann@example.com')
    expect(said.code).toBe(0)
    expect(said.out).toContain('https://stats.example/setup/')
    expect(await rosterOf(db).links.find(secretIn(said), 'setup')).toBeDefined()
    expect(await sundial(stores, 'user', 'invite', 'ann@example.com', '--role', 'viewer')).toMatchObject({ code: 1 })
    expect(await sundial(stores, 'user', 'invite', 'ann@example.com', '--mail')).toMatchObject({ code: 1 })
    expect(sink.posted).toEqual([])
  })

  it('invites to an organization with a role, to a viewer’s sites, and mails the link', async () => {
    const { roster, organization } = await own(db)
    await stores.sites.reload()
    const invite = (...options: readonly string[]) => sundial(stores, 'user', 'invite', 'Bob@example.com', ...options)
    expect(await invite()).toMatchObject({ code: 2, err: expect.stringContaining('--role is owner, manager') })
    expect(await invite('--role', 'viewer')).toMatchObject({ code: 1, err: expect.stringContaining('--site') })
    expect(await invite('--role', 'viewer', '--site', 'nowhere.example')).toMatchObject({ code: 1 })
    expect(await invite('--role', 'analyst', '--site', 'shown.example')).toMatchObject({ code: 1 })
    expect(await invite('--role', 'analyst', '--organization', 'Else')).toMatchObject({ code: 1 })
    for (const email of ['bob', 'bob@example', 'böb@example.com'])
      expect(await sundial(stores, 'user', 'invite', email, '--role', 'analyst'), email).toMatchObject({ code: 2 })
    const said = await invite('--role', 'viewer', '--site', 'shown.example', '--mail')
    expect(said).toMatchObject({ code: 0, err: '' })
    const link = await roster.links.find(secretIn(said), 'invitation')
    expect(link?.subject).toMatchObject({ organization, email: 'bob@example.com', role: 'viewer', sites: [1] })
    expect(sink.posted).toHaveLength(1)
    expect(sink.posted[0]?.body).toContain(`https://stats.example/invitation/${secretIn(said)}`)
    expect(await db.all('SELECT act, actor FROM audit WHERE organization = ? ORDER BY id', organization)).toMatchObject(
      [
        { act: 'organization made', actor: 'ann' },
        { act: 'member invited', actor: 'operator' },
      ],
    )
  })

  it('adds a site for an organization, which its people can open and its audit log tells of', async () => {
    const before = await sundial(stores, 'site', 'add', 'early.example')
    expect(before).toMatchObject({ code: 0 })
    const { roster, organization } = await own(db)
    expect(await sundial(stores, 'site', 'add', 'later.example')).toMatchObject({ code: 0 })
    const ownerOf = (domain: string) => stores.sites.byDomain(domain)?.organization
    await stores.sites.reload()
    expect([ownerOf('early.example'), ownerOf('later.example')]).toEqual([organization, organization])
    expect((await roster.audit.read(organization, { limit: 1 }))[0]).toMatchObject({
      act: 'site added',
      site: 'later.example',
      who: 'The operator’s command line',
    })
    const other = await roster.organizations.make({ name: 'Other', owner: 'ann' })
    const unclear = await sundial(stores, 'site', 'add', 'third.example')
    expect(unclear).toMatchObject({ code: 1, err: expect.stringContaining(`--organization ${other.id}`) })
    expect(await sundial(stores, 'site', 'add', 'third.example', '--organization', 'Other')).toMatchObject({ code: 0 })
    expect(ownerOf('third.example')).toBe(other.id)
  })

  it('orders a new password, says so in the audit log, and turns a second factor off if asked', async () => {
    const { roster } = await own(db)
    expect(await sundial(stores, 'user', 'reset', 'bob@example.com')).toMatchObject({ code: 1 })
    expect(await sundial(stores, 'user', 'reset', 'bob')).toMatchObject({ code: 2 })
    const said = await sundial(stores, 'user', 'reset', 'ANN@example.com', '--dashboard', 'https://d.example/s/')
    expect(said.out).toContain(`https://d.example/s/reset/${secretIn(said)}`)
    expect((await roster.links.find(secretIn(said), 'reset'))?.subject).toEqual({ purpose: 'reset', user: 'ann' })
    expect((await sundial(stores, 'user', 'list')).out).toBe('ann@example.com  Ann; Ann’s (owner); second factor\n')
    await sundial(stores, 'user', 'reset', 'ann@example.com', '--second-factor')
    expect((await sundial(stores, 'user', 'list')).out).toBe('ann@example.com  Ann; Ann’s (owner)\n')
    const entries = await db.all('SELECT details FROM audit WHERE act = ? ORDER BY id', 'password reset ordered')
    expect(entries).toMatchObject([{ details: '{}' }, { details: '{"secondFactor":"turned off"}' }])
  })

  it('deletes an account that leaves no organization without an owner, if confirmed, and the audit log says so', async () => {
    const { roster, organization } = await own(db)
    await addAccount(db, 'bob', 'Bob')
    await db.run("INSERT INTO members (organization, user, role) VALUES (?, 'bob', 'analyst')", organization)
    await db.run(SESSION, 'bob')
    const remove = (...words: readonly string[]) => sundial(stores, 'user', 'remove', ...words)
    const accounts = async () => (await roster.accounts.all()).map(({ email }) => email)
    expect(await remove('eve@example.com', '--yes')).toMatchObject({
      code: 1,
      err: 'There is no account of eve@example.com.\n',
    })
    expect(await remove('ann@example.com', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nobody else owns Ann’s'),
    })
    expect(await remove('bob@example.com')).toMatchObject({ code: 1, err: expect.stringContaining('--yes') })
    expect(await accounts()).toEqual(['ann@example.com', 'bob@example.com'])

    expect(await remove('Bob@example.com', '--yes')).toMatchObject({ code: 0, err: '' })
    expect(await accounts()).toEqual(['ann@example.com'])
    expect(await db.all('SELECT id FROM session')).toEqual([])
    expect((await roster.organizations.members(organization)).map(({ email }) => email)).toEqual(['ann@example.com'])
    expect((await roster.audit.read(organization, { limit: 1 }))[0]).toMatchObject({
      act: 'member removed',
      who: 'The operator’s command line',
      whom: '',
    })
  })
})

describe('over D1', () => {
  it('writes the same links and lists the same accounts through wrangler', async () => {
    const config = path.join(directory, 'wrangler.toml')
    writeFileSync(
      config,
      `name = "users"
       compatibility_date = "2026-10-01"
       [[d1_databases]]
       binding = "DB"
       database_name = "sundial"
       database_id = "00000000-0000-0000-0000-000000000000"
       migrations_dir = ${JSON.stringify(path.join(root, 'collector/sites'))}`,
    )
    const more = ['--config', config, '--persist-to', path.join(directory, 'state')]
    const program = path.join(root, 'node_modules/wrangler/bin/wrangler.js')
    await promisify(execFile)(process.execPath, [program, 'd1', 'migrations', 'apply', 'DB', '--local', ...more], {
      env: { ...process.env, ...OFFLINE },
    })
    const db = createWranglerSettings({ where: 'local', root, binding: 'DB', more })
    const none = () => Promise.reject(new Error('not needed'))
    const sites = createSites({ db, now: Date.now, report: () => {} })
    const stores: Stores = {
      ...{ sites, settings: db, ledger: createLedger({ db }), place: 'in the local D1' },
      ...{ follow: none, counts: none, migrate: none },
      // The collector's.
      publicAddress: 'https://collector.example',
    }
    const first = await sundial(stores, 'user', 'invite', 'ann@example.com')
    expect(first.out).toContain(`https://<the dashboard>/setup/${secretIn(first)}`)
    const { roster, organization } = await own(db)
    const invited = await sundial(stores, 'user', 'invite', 'bob@example.com', '--role', 'analyst')
    expect(invited).toMatchObject({ code: 0, err: '' })
    const link = await roster.links.find(secretIn(invited), 'invitation')
    expect(link?.subject).toMatchObject({ organization, email: 'bob@example.com', role: 'analyst' })
    const reset = await sundial(stores, 'user', 'reset', 'ann@example.com', '--second-factor')
    expect(reset).toMatchObject({ code: 0, err: '' })
    expect((await roster.links.find(secretIn(reset), 'reset'))?.subject).toEqual({ purpose: 'reset', user: 'ann' })
    expect((await sundial(stores, 'user', 'list')).out).toBe('ann@example.com  Ann; Ann’s (owner)\n')
    await addAccount(db, 'bob', 'Bob')
    await db.run("INSERT INTO members (organization, user, role) VALUES (?, 'bob', 'analyst')", organization)
    expect(await sundial(stores, 'user', 'remove', 'bob@example.com', '--yes')).toMatchObject({ code: 0, err: '' })
    expect(await roster.accounts.all()).toMatchObject([{ id: 'ann' }])
    expect(await sundial(stores, 'site', 'add', 'far.example')).toMatchObject({ code: 0 })
    expect(await sundial(stores, 'site', 'set', 'far.example', '--timezone', 'Europe/Paris')).toMatchObject({ code: 0 })
    expect(await roster.audit.read(organization, { limit: 3 })).toMatchObject([
      { act: 'site changed', site: 'far.example', details: { after: { timezone: 'Europe/Paris' } } },
      { act: 'site added' },
      { act: 'member removed', who: 'The operator’s command line' },
    ])
  }, 300_000)
})

/** Offline, like everything in these tests. */
const OFFLINE = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_LOG: 'error',
}
