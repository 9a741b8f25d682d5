// The audit log of an organization: who did what to which site when. An entry is a statement of the batch that does what
// it tells of, so that there is neither without the other. Read by its page and its export.
import * as z from 'zod/mini'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'
import { ENGLISH, type Words } from '../words.ts'

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
  'webhook made',
  'webhook removed',
  'token made',
  'token withdrawn',
  'numbers exported',
  'audit log exported',
] as const
export type AuditAct = (typeof ACTS)[number]

/** Days that an entry is kept, as the settings store bounds them. */
export const AUDIT_DAYS = { least: 30, most: 1095 } as const

/** Who acts: a member, a program by its token, or whoever has the command line. */
export type Actor = { user: string } | { token: string } | 'operator'

export interface AuditEntry {
  organization: string
  actor: Actor
  act: AuditAct
  /** Domain. */
  site?: string | undefined
  /** What changed. People stand here as `member`, by their id: the name of an account that is gone is gone from here. */
  details?: Readonly<Record<string, unknown>> | undefined
}

export interface AuditRecord {
  id: number
  /** UTC, to the second. */
  at: string
  /** Name and address, or in words what acted; '' when the account is gone. */
  who: string
  act: string
  site: string
  /** Whom it was done to, as `who`; undefined where it was done to nobody. */
  whom: string | undefined
  details: Readonly<Record<string, unknown>>
}

export interface AuditFilter {
  act?: AuditAct | undefined
  /** Domain. */
  site?: string | undefined
}

export interface AuditPage extends AuditFilter {
  /** The id from which on the page before went. */
  before?: number | undefined
  limit: number
}

type Who = Words['audit']['who']

export interface Audit {
  /** What writes an entry; with `ifChanged` only where the statement before it in its batch has changed a row. */
  entry(entry: AuditEntry, when?: { ifChanged: true }): Statement
  /** For what changes nothing: an export. */
  note(entry: AuditEntry): Promise<void>
  /** Newest first. `who` is in these words, English without any. */
  read(organization: string, page: AuditPage, who?: Who): Promise<AuditRecord[]>
  /** All of it, newest first, a page at a time. */
  all(organization: string, filter: AuditFilter): AsyncGenerator<AuditRecord[]>
  /** Domains that it names. */
  sites(organization: string): Promise<string[]>
  /** Forgets what is past its organization's period. */
  sweep(): Promise<void>
}

interface AuditDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Of a whole log at a time. */
const PAGE = 1000

export function createAudit({ db, now }: AuditDeps): Audit {
  async function read(
    organization: string,
    { act, site = '', before, limit }: AuditPage,
    who: Who = ENGLISH.audit.who,
  ): Promise<AuditRecord[]> {
    const wanted = act ?? ''
    const rows = await db.all(READ, organization, before ?? Number.MAX_SAFE_INTEGER, wanted, wanted, site, site, limit)
    return rows.map((row) => readRecord(row, who))
  }

  function entry({ organization, actor, act, site = '', details = {} }: AuditEntry, when?: { ifChanged: true }) {
    return {
      sql: when ? INSERT_IF_CHANGED : INSERT,
      params: [organization, secondOf(now()), nameOf(actor), act, site, JSON.stringify(details)],
    }
  }

  return {
    entry,
    note: (noted) => db.batch([entry(noted)]),
    read,
    async *all(organization, filter) {
      let before: number | undefined
      do {
        const records = await read(organization, { ...filter, before, limit: PAGE })
        yield records
        before = records.length < PAGE ? undefined : records.at(-1)?.id
      } while (before !== undefined)
    },
    async sites(organization) {
      const rows = await db.all(SITES, organization)
      return rows.map((row) => z.object({ site: z.string() }).parse(row).site)
    },
    sweep: () => db.run(SWEEP, secondOf(now())),
  }
}

const COLUMNS = 'organization, at, actor, act, site, details'
const INSERT = `/* audit.entry */ INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`
const INSERT_IF_CHANGED = `/* audit.entry */ INSERT INTO audit (${COLUMNS}) SELECT ?, ?, ?, ?, ?, ? WHERE changes() > 0`
const READ = `/* audit.read */ SELECT audit.id, at, actor, act, site, details, "user".name, "user".email, api_tokens.name AS token,
  other.name AS other_name, other.email AS other_email
FROM audit
LEFT JOIN "user" ON "user".id = actor
LEFT JOIN api_tokens ON 'token:' || api_tokens.id = actor
LEFT JOIN "user" AS other ON other.id = json_extract(details, '$.member')
WHERE audit.organization = ? AND audit.id < ? AND (? = '' OR act = ?) AND (? = '' OR site = ?)
ORDER BY audit.id DESC
LIMIT ?`
const SITES = "/* audit.sites */ SELECT DISTINCT site FROM audit WHERE organization = ? AND site <> '' ORDER BY site"
// By whichever clock is behind: the store's own is what its trigger asks.
const SWEEP = `/* audit.sweep */ DELETE FROM audit WHERE NOT EXISTS (
  SELECT 1 FROM organizations
  WHERE id = audit.organization
    AND audit.at > strftime('%Y-%m-%dT%H:%M:%SZ', min(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), '-' || audit_days || ' days')
)`

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
  other_name: z.nullable(z.string()),
  other_email: z.nullable(z.string()),
})

function readRecord(row: unknown, who: Who): AuditRecord {
  const { actor, name, email, token, details: json, other_name, other_email, ...said } = auditRow.parse(row)
  const { member, ...details } = z.record(z.string(), z.unknown()).parse(JSON.parse(json))
  return {
    ...said,
    who: whoIs({ actor, name, email, token }, who),
    whom: member === undefined ? undefined : personNamed(other_name, other_email),
    details,
  }
}

function whoIs(
  { actor, name, email, token }: Pick<z.infer<typeof auditRow>, 'actor' | 'name' | 'email' | 'token'>,
  who: Who,
): string {
  if (actor === 'operator') return who.operator
  if (actor.startsWith('token:')) return token === null ? who.withdrawnToken : who.token(token)
  return personNamed(name, email)
}

function personNamed(name: string | null, email: string | null): string {
  return name === null || email === null ? '' : `${name} (${email})`
}
