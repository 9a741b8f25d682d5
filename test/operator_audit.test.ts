// What the audit log of an organization says when the command line changes its sites.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLedger } from '../collector/ledger.ts'
import { createSites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import type { Stores } from '../dashboard/command/command.ts'
import { runCommand } from '../dashboard/command/commands.ts'
import { createRoster, type Roster } from '../dashboard/people/roster.ts'

let directory: string
let db: SqliteSettings
let roster: Roster
let stores: Stores

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-operator-'))
  db = openSqliteSettings(path.join(directory, 'settings.db'))
  roster = createRoster({ db, now: Date.now, random: randomBytes })
  const none = () => Promise.reject(new Error('not needed'))
  stores = {
    sites: createSites({ db, now: Date.now, report: () => {} }),
    settings: db,
    ledger: createLedger({ db }),
    ...{ follow: none, counts: none, migrate: none },
  }
})
afterEach(() => {
  db.close()
  rmSync(directory, { recursive: true })
})

async function sundial(...argv: readonly string[]): Promise<void> {
  const problems: string[] = []
  const code = await runCommand(argv, stores, {
    out: () => {},
    err: (line) => problems.push(line),
    progress: () => {},
    signal: new AbortController().signal,
  })
  expect([code, problems]).toEqual([0, []])
}

async function own(): Promise<string> {
  await db.run(`INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
    VALUES ('ann', 'Ann', 'ann@example.com', 1, '2026-01-01', '2026-01-01')`)
  return (await roster.organizations.make({ name: 'Ann’s', owner: 'ann' })).id
}

test('each change of a site by the command line stands in the log of its organization, with what changed', async () => {
  const organization = await own()
  await sundial('site', 'add', 'one.example')
  await sundial('site', 'set', 'one.example', '--timezone', 'Europe/Paris', '--controller', 'Ann, ann@example.com')
  await sundial('site', 'set', 'one.example', '--rename', 'two.example')
  await sundial('period', 'two.example', '--retention', '700')
  await sundial('anonymize', 'two.example', '--confirm', 'two.example')
  await sundial('delete', 'two.example', '--confirm', 'two.example')
  await sundial('site', 'add', 'three.example')
  await sundial('site', 'remove', 'three.example', '--confirm', 'three.example')
  const entries = (await roster.audit.read(organization, { limit: 8 })).reverse()
  expect(new Set(entries.map(({ who }) => who))).toEqual(new Set(['The operator’s command line']))
  expect(entries.map(({ act, site }) => `${act}: ${site}`)).toEqual([
    'site added: one.example',
    'site changed: one.example',
    'site changed: two.example',
    'period changed: two.example',
    'site anonymized: two.example',
    'site deleted: two.example',
    'site added: three.example',
    'site deleted: three.example',
  ])
  expect(entries.map(({ details }) => details).slice(1, 4)).toMatchObject([
    {
      before: { timezone: 'UTC', controller: 'not named' },
      after: { timezone: 'Europe/Paris', controller: 'named' },
    },
    { before: { domain: 'one.example' }, after: { domain: 'two.example' } },
    { before: { retentionDays: expect.any(Number) }, after: { retentionDays: 700 } },
  ])
  expect(JSON.stringify(entries)).not.toContain('ann@example.com')
})

test('the log says nothing of a change that changes nothing, and nothing of a site that is nobody’s', async () => {
  await sundial('site', 'add', 'early.example')
  await sundial('site', 'set', 'early.example', '--timezone', 'Europe/Paris')
  await sundial('site', 'add', 'gone.example')
  await sundial('delete', 'gone.example', '--confirm', 'gone.example')
  const organization = await own()
  await sundial('site', 'set', 'early.example', '--timezone', 'Europe/Paris')
  await sundial('period', 'early.example')
  expect((await db.all('SELECT act FROM audit')).length).toBe(1)
  // Ownership that has changed since the last look is seen.
  await sundial('site', 'set', 'early.example', '--timezone', 'UTC')
  expect(await roster.audit.read(organization, { limit: 1 })).toMatchObject([
    { act: 'site changed', site: 'early.example', details: { before: { timezone: 'Europe/Paris' } } },
  ])
})
