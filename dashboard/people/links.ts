// Links that open once: the owner's set-up, invitations, new passwords, the undo of a deletion. What stands in the address
// is shown or mailed once; here lies its hash, until it was used or is too old.
import * as z from 'zod/mini'
import type { Statement } from '../../collector/ledger.ts'
import { secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'
import { ROLES, type Role } from '../access.ts'
import { hashOf, makeSecret } from './secret.ts'

export type Subject =
  | { purpose: 'setup' }
  | {
      purpose: 'invitation'
      organization: string
      email: string
      role: Role
      sites: readonly number[]
      /** Id of the member who made it; undefined for the operator. */
      inviter?: string | undefined
    }
  | { purpose: 'reset'; user: string }
  | { purpose: 'undo'; organization: string }
export type Purpose = Subject['purpose']

export interface Link {
  /** Identifies it in lists, opens nothing. */
  hash: string
  subject: Subject
  /** UTC, to the second. */
  expiresAt: string
}

export interface Links {
  /** The secret of a new link, and what writes it. */
  make(subject: Subject): { secret: string; statement: Statement }
  /** Makes one and writes it; the secret. */
  create(subject: Subject): Promise<string>
  /** Undefined when there is none of this purpose, or it is too old. */
  find<P extends Purpose>(
    secret: string,
    purpose: P,
  ): Promise<(Link & { subject: Extract<Subject, { purpose: P }> }) | undefined>
  /**
   * Uses it up: false when somebody was quicker. With one set-up link all of them: whoever opens one first owns this
   * Sundial.
   */
  take(link: Pick<Link, 'hash'>): Promise<boolean>
  /** Invitations that nobody has opened yet, soonest to end first. */
  invitations(organization: string): Promise<(Link & { subject: Extract<Subject, { purpose: 'invitation' }> })[]>
  /** Forgets those that are too old. */
  sweep(): Promise<void>
}

const HOUR = 3_600_000
const LIFE = {
  setup: 24 * HOUR,
  invitation: 7 * 24 * HOUR,
  reset: HOUR,
  // As long as the counts of the organization stay.
  undo: 30 * 24 * HOUR,
} as const satisfies Record<Purpose, number>

interface LinksDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createLinks({ db, now, random }: LinksDeps): Links {
  function make(subject: Subject) {
    const secret = makeSecret(random)
    return { secret, statement: inserting(hashOf(secret), subject, secondOf(now() + LIFE[subject.purpose])) }
  }

  return {
    make,
    async create(subject) {
      const { secret, statement } = make(subject)
      await db.batch([statement])
      return secret
    },
    async find(secret, purpose) {
      const [row] = await db.all(FIND, hashOf(secret), purpose, secondOf(now()))
      if (row === undefined) return undefined
      const link = readLink(row)
      return isFor(link, purpose) ? link : undefined
    },
    async take({ hash }) {
      return (await db.all(TAKE, hash, hash)).length > 0
    },
    async invitations(organization) {
      const rows = await db.all(INVITATIONS, organization, secondOf(now()))
      return rows.map((row) => readLink(row)).filter((link) => isFor(link, 'invitation'))
    },
    sweep: () => db.run(SWEEP, secondOf(now())),
  }
}

function isFor<P extends Purpose>(
  link: Link,
  purpose: P,
): link is Link & { subject: Extract<Subject, { purpose: P }> } {
  return link.subject.purpose === purpose
}

const COLUMNS = 'hash, purpose, organization, user, email, role, sites, inviter, expires_at'
const FIND = `/* links.find */ SELECT ${COLUMNS} FROM links WHERE hash = ? AND purpose = ? AND expires_at > ?`
const TAKE = `/* links.take */ DELETE FROM links
WHERE hash = ? OR purpose = 'setup' AND EXISTS (SELECT 1 FROM links WHERE hash = ? AND purpose = 'setup')
RETURNING hash`
const INVITATIONS = `/* links.invitations */ SELECT ${COLUMNS} FROM links WHERE purpose = 'invitation' AND organization = ? AND expires_at > ? ORDER BY expires_at`
const SWEEP = '/* links.sweep */ DELETE FROM links WHERE expires_at <= ?'
const INSERT = `/* links.make */ INSERT INTO links (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

function inserting(hash: string, subject: Subject, expiresAt: string): Statement {
  const { purpose } = subject
  const organization = 'organization' in subject ? subject.organization : null
  const user = 'user' in subject ? subject.user : null
  if (purpose !== 'invitation')
    return { sql: INSERT, params: [hash, purpose, organization, user, null, null, null, null, expiresAt] }
  const { email, role, sites, inviter = null } = subject
  return {
    sql: INSERT,
    params: [hash, purpose, organization, user, email, role, JSON.stringify(sites), inviter, expiresAt],
  }
}

const common = { hash: z.string(), expires_at: z.string() }
const linkRow = z.discriminatedUnion('purpose', [
  z.object({ ...common, purpose: z.literal('setup') }),
  z.object({ ...common, purpose: z.literal('reset'), user: z.string() }),
  z.object({ ...common, purpose: z.literal('undo'), organization: z.string() }),
  z.object({
    ...common,
    purpose: z.literal('invitation'),
    organization: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    sites: z.string(),
  }),
])
const siteIds = z.array(z.number())

function readLink(row: unknown): Link {
  const { hash, expires_at: expiresAt, ...subject } = linkRow.parse(row)
  if (subject.purpose !== 'invitation') return { hash, expiresAt, subject }
  return { hash, expiresAt, subject: { ...subject, sites: siteIds.parse(JSON.parse(subject.sites)) } }
}
