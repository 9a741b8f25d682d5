// Accounts as rows, for what better-auth is not asked for: who there is, orders for a new password, and the end of an
// account. Used by the pages of accounts and, without better-auth, by the command line.
import * as z from 'zod/mini'
import { secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'
import { type Language, languageNamed } from '../languages/language.ts'
import type { Actor, Audit } from './audit.ts'
import type { Links } from './links.ts'

export interface AccountRow {
  id: string
  name: string
  email: string
  secondFactor: boolean
  /** Undefined: whichever the browser asks for. */
  language: Language | undefined
  /** Of organizations, with the role there: 'Example (owner)'. */
  roles: readonly string[]
}

export interface Accounts {
  /** Oldest first. */
  all(): Promise<AccountRow[]>
  byEmail(email: string): Promise<AccountRow | undefined>
  /** Ids of the organizations that would be left without an owner. */
  ownedAlone(user: string): Promise<string[]>
  /** The secret of a link for a new password, told to the organizations of who gets it. */
  orderReset(user: string, order: { actor: Actor; secondFactorOff: boolean }): Promise<string>
  /** The secret of a link for a mail; undefined when enough of them are on their way. */
  askReset(user: string): Promise<string | undefined>
  /** Links that were not opened end. */
  forgetResets(user: string): Promise<void>
  /** Ends the account and all that is known of it; false when an organization would be left without an owner. */
  remove(user: string, by?: 'operator'): Promise<boolean>
  /** Forgets sessions that are too old, also those without their code, and with them when somebody was here last. */
  sweep(): Promise<void>
}

interface AccountsDeps {
  db: SettingsStore
  links: Links
  audit: Audit
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Mails that one account gets within the hour that a link lives. */
const RESETS_AT_ONCE = 3

export function createAccounts({ db, links, audit, now }: AccountsDeps): Accounts {
  async function organizationsOf(user: string): Promise<string[]> {
    const rows = await db.all(ORGANIZATIONS, user)
    return rows.map((row) => organizationRow.parse(row).organization)
  }

  async function ownedAlone(user: string): Promise<string[]> {
    const rows = await db.all(OWNED_ALONE, user)
    return rows.map((row) => organizationRow.parse(row).organization)
  }

  return {
    async all() {
      const rows = await db.all(ALL)
      return rows.map((row) => readAccount(row))
    },
    async byEmail(email) {
      const [row] = await db.all(BY_EMAIL, email.trim().toLowerCase())
      return row === undefined ? undefined : readAccount(row)
    },
    ownedAlone,
    async orderReset(user, { actor, secondFactorOff }) {
      const { secret, statement } = links.make({ purpose: 'reset', user })
      const details = secondFactorOff ? { secondFactor: 'turned off' } : {}
      await db.batch([
        statement,
        ...(secondFactorOff ? [FORGET_SECOND_FACTOR, SECOND_FACTOR_OFF].map((sql) => ({ sql, params: [user] })) : []),
        ...(await organizationsOf(user)).map((organization) =>
          audit.entry({ organization, actor, act: 'password reset ordered', details }),
        ),
      ])
      return secret
    },
    async askReset(user) {
      const waiting = await db.all(RESETS, user, secondOf(now()))
      return waiting.length < RESETS_AT_ONCE ? links.create({ purpose: 'reset', user }) : undefined
    },
    forgetResets: (user) => db.run(FORGET_RESETS, user),
    async remove(user, by) {
      if ((await ownedAlone(user)).length > 0) return false
      const who = by === undefined ? { actor: { user } } : { actor: by, details: { member: user } }
      const left = (await organizationsOf(user)).map((organization) =>
        // Each stands there where the one before it does, and the first where the account went.
        audit.entry({ organization, act: 'member removed', ...who }, { ifChanged: true }),
      )
      // What refers to it goes with it: sessions, second factor, memberships, links.
      await db.batch([{ sql: FORGET_CHALLENGES, params: [user] }, { sql: REMOVE, params: [user] }, ...left])
      return (await db.all(BY_ID, user)).length === 0
    },
    // As better-auth writes them: text that sorts as the moments do.
    sweep: () => db.batch(SWEEP.map((sql) => ({ sql, params: [new Date(now()).toISOString()] }))),
  }
}

const COLUMNS = `id, "user".name, email, "twoFactorEnabled" AS second_factor, language, (
  SELECT json_group_array(organizations.name || ' (' || role || ')')
  FROM members
  JOIN organizations ON organizations.id = organization
  WHERE user = "user".id
) AS roles`
const ALL = `/* accounts.all */ SELECT ${COLUMNS} FROM "user" ORDER BY "createdAt", email`
const BY_EMAIL = `/* accounts.by_email */ SELECT ${COLUMNS} FROM "user" WHERE email = ?`
const BY_ID = '/* accounts.by_id */ SELECT id FROM "user" WHERE id = ?'
const ORGANIZATIONS = '/* accounts.organizations */ SELECT organization FROM members WHERE user = ?'
const OWNED_ALONE = `/* accounts.owned_alone */ SELECT organization
FROM members
WHERE role = 'owner' AND user = ? AND NOT EXISTS (
  SELECT 1 FROM members AS other
  WHERE other.organization = members.organization AND other.role = 'owner' AND other.user <> members.user
)`
const FORGET_SECOND_FACTOR = '/* accounts.forget_second_factor */ DELETE FROM "twoFactor" WHERE "userId" = ?'
const SECOND_FACTOR_OFF = '/* accounts.second_factor_off */ UPDATE "user" SET "twoFactorEnabled" = 0 WHERE id = ?'
const RESETS = `/* accounts.resets */ SELECT hash FROM links WHERE purpose = 'reset' AND user = ? AND expires_at > ?`
const FORGET_RESETS = `/* accounts.forget_resets */ DELETE FROM links WHERE purpose = 'reset' AND user = ?`
const FORGET_CHALLENGES = '/* accounts.forget_challenges */ DELETE FROM verification WHERE value = ?'
const SWEEP = ['session', 'verification'].map(
  (table) => `/* accounts.sweep */ DELETE FROM ${table} WHERE "expiresAt" <= ?`,
)
// Asked again here: the other owner may be leaving at the same moment.
const REMOVE = `/* accounts.remove */ DELETE FROM "user"
WHERE id = ? AND NOT EXISTS (
  SELECT 1 FROM members
  WHERE role = 'owner' AND user = "user".id AND NOT EXISTS (
    SELECT 1 FROM members AS other
    WHERE other.organization = members.organization AND other.role = 'owner' AND other.user <> members.user
  )
)`

const organizationRow = z.object({ organization: z.string() })
const accountRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  second_factor: z.nullable(z.number()),
  language: z.nullable(z.string()),
  roles: z.string(),
})
const roles = z.array(z.string())

function readAccount(row: unknown): AccountRow {
  const { second_factor, language, ...account } = accountRow.parse(row)
  return {
    ...account,
    secondFactor: second_factor === 1,
    language: languageNamed(language),
    roles: roles.parse(JSON.parse(account.roles)),
  }
}
