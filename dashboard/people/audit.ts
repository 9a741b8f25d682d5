// The audit log of an organization: who did what to which site when. An entry is a statement of the batch that does what
// it tells of, so that there is neither without the other. Read by its page and its export.
import * as z from 'zod/mini'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'

export const ACTS = [
  'organization made',
  'organization renamed',
  'organization deleted',
  'deletion undone',
  'audit period changed',
  'member invited',
  'invitation withdrawn',
  'member joined',
  'member changed',
  'member removed',
  'password reset ordered',
  'site added',
  'site changed',
  'period changed',
  'site anonymized',
  'site deleted',
  'share link made',
  'share link withdrawn',
  'token made',
  'token withdrawn',
  'numbers exported',
  'audit log exported',
] as const
export type AuditAct = (typeof ACTS)[number]

/** Who acts: a member, a program by its token, or whoever has the command line. */
export type Actor = { user: string } | { token: string } | 'operator'

export interface AuditEntry {
  organization: string
  actor: Actor
  act: AuditAct
  /** Domain. */
  site?: string | undefined
  /** What changed. Of people their role only: who is gone from the organization is gone from here. */
  details?: Readonly<Record<string, unknown>> | undefined
}

export interface AuditRecord {
  id: number
  /** UTC, to the second. */
  at: string
  /** Name and address of a member; '' when they are none any more. */
  who: string
  act: string
  site: string
  details: Readonly<Record<string, unknown>>
}

export interface Audit {
  /** What writes an entry. */
  entry(entry: AuditEntry): Statement
  /** Newest first; `before` is the id from which on the page before went. */
  read(organization: string, page: { before?: number | undefined; limit: number }): Promise<AuditRecord[]>
  /** Forgets what is past its organization's period. */
  sweep(): Promise<void>
}

interface AuditDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createAudit({ db, now }: AuditDeps): Audit {
  return {
    entry({ organization, actor, act, site = '', details = {} }) {
      const at = secondOf(now())
      return {
        sql: INSERT,
        params: [organization, at, nameOf(actor), act, site, JSON.stringify(details), at, organization],
      }
    },
    async read(organization, { before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await db.all(READ, organization, before, limit)
      return rows.map((row) => readRecord(row))
    },
    sweep: () => db.run(SWEEP, secondOf(now()).slice(0, 10)),
  }
}

const INSERT = `/* audit.entry */ INSERT INTO audit (organization, at, actor, act, site, details, expires_on)
VALUES (?, ?, ?, ?, ?, ?, date(?, '+' || coalesce((SELECT audit_days FROM organizations WHERE id = ?), 365) || ' days'))`
const READ = `/* audit.read */ SELECT audit.id, at, actor, act, site, details, "user".name, "user".email, api_tokens.name AS token
FROM audit
LEFT JOIN members ON members.organization = audit.organization AND members.user = actor
LEFT JOIN "user" ON "user".id = members.user
LEFT JOIN api_tokens ON 'token:' || api_tokens.id = actor
WHERE audit.organization = ? AND audit.id < ?
ORDER BY audit.id DESC
LIMIT ?`
const SWEEP = '/* audit.sweep */ DELETE FROM audit WHERE expires_on <= ?'

function nameOf(actor: Actor): string {
  if (actor === 'operator') return actor
  return 'user' in actor ? actor.user : `token:${actor.token}`
}

const auditRow = z.object({
  id: z.number(),
  at: z.string(),
  actor: z.string(),
  act: z.string(),
  site: z.string(),
  details: z.string(),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  token: z.nullable(z.string()),
})

function readRecord(row: unknown): AuditRecord {
  const { actor, name, email, token, details, ...said } = auditRow.parse(row)
  return {
    ...said,
    who: whoIs({ actor, name, email, token }),
    details: z.record(z.string(), z.unknown()).parse(JSON.parse(details)),
  }
}

function whoIs({
  actor,
  name,
  email,
  token,
}: Pick<z.infer<typeof auditRow>, 'actor' | 'name' | 'email' | 'token'>): string {
  if (actor === 'operator') return 'The operator’s command line'
  if (actor.startsWith('token:')) return token === null ? 'A withdrawn token' : `Token ${token}`
  return name === null || email === null ? '' : `${name} (${email})`
}
