// The tables of accounts are as better-auth wants them: its own generator finds nothing missing in ours, with the options
// that the product starts it with. people/auth.ts keeps the instance to itself, so they are caught on their way in.

import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { BetterAuthOptions } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { expect, test, vi } from 'vitest'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { createAuth } from '../dashboard/people/auth.ts'

const started = vi.hoisted((): BetterAuthOptions[] => [])
vi.mock('better-auth', async (importOriginal) => {
  const library = await importOriginal<typeof import('better-auth')>()
  return {
    ...library,
    betterAuth(options: BetterAuthOptions) {
      started.push(options)
      return library.betterAuth(options)
    },
  }
})

/** What the generator would do to this database, by each of the options that the product uses. */
async function missingIn(database: DatabaseSync) {
  started.length = 0
  const secret = 'a secret of the tests, long enough to be one'
  const report = (problem: string) => expect.fail(problem)
  const db = { all: async () => [] }
  createAuth({ database, db, secret, basePath: '', now: Date.now, random: randomBytes, report })
  expect(started.length).toBeGreaterThan(0)
  const migrations = await Promise.all(started.map((options) => getMigrations(options)))
  return migrations.map(({ toBeCreated, toBeAdded }) => ({
    tables: toBeCreated.map(({ table }) => table).sort(),
    columns: toBeAdded.map(({ table, fields }) => [table, ...Object.keys(fields)]),
  }))
}

test('nothing is missing in the tables of accounts', async () => {
  const settings = openSqliteSettings(':memory:')
  for (const missing of await missingIn(settings.database)) expect(missing).toEqual({ tables: [], columns: [] })
  settings.close()
})

test('a table or column that were missing would be found', async () => {
  for (const missing of await missingIn(new DatabaseSync(':memory:'))) {
    expect(missing.tables).toEqual(['account', 'session', 'twoFactor', 'user', 'verification'])
  }
  const settings = openSqliteSettings(':memory:')
  settings.database.exec('ALTER TABLE "user" DROP COLUMN "twoFactorEnabled"')
  for (const { columns } of await missingIn(settings.database)) expect(columns).toEqual([['user', 'twoFactorEnabled']])
  settings.close()
})

test('neither the address nor the browser of a session can be written', () => {
  const { database, close } = openSqliteSettings(':memory:')
  database.exec(`INSERT INTO "user" (id, name, email, emailVerified, createdAt, updatedAt)
VALUES ('u', 'Ann', 'ann@example.com', 1, '2026-01-01', '2026-01-01')`)
  const add = database.prepare(
    `INSERT INTO "session" (id, expiresAt, token, createdAt, updatedAt, userId, ipAddress, userAgent)
VALUES (?, '2026-01-01', ?, '2026-01-01', '2026-01-01', 'u', ?, ?)`,
  )
  add.run('1', 'a', '', '')
  add.run('2', 'b', null, null)
  expect(() => add.run('3', 'c', '192.0.2.1', '')).toThrow('CHECK')
  expect(() => add.run('4', 'd', '', 'Mozilla/5.0')).toThrow('CHECK')
  close()
})
