// Organizations and who belongs to them: what a change writes, together with its audit entry, in one batch. The pages and
// the command line decide who may ask; here is only what it does and what may never be (an organization without an owner).
import * as z from 'zod/mini'
import { addDays } from '../../collector/calendar.ts'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import { adoptingFor, closingFor, reopeningFor, type SettingsStore } from '../../collector/sites.ts'
import { isAbove, may, ROLES, type Role } from '../access.ts'
import { type Language, languageNamed } from '../languages/language.ts'
import type { Actor, Audit } from './audit.ts'
import type { Link, Links, Subject } from './links.ts'

export interface Organization {
  id: string
  name: string
  /** Days that an entry of its audit log is kept. */
  auditDays: number
}

export interface Membership {
  organization: Organization
  role: Role
  /** Ids of the sites a viewer may read; undefined for all. */
  sites: readonly number[] | undefined
}

export interface Member {
  user: string
  name: string
  email: string
  role: Role
  sites: readonly number[]
  /** Of their account; undefined: whichever the browser asks for. */
  language: Language | undefined
}

/** One whose counts stay until a day, while its people are gone. */
export interface EndingOrganization {
  id: string
  name: string
  /** UTC day. */
  endsOn: string
}

/** Undefined where it was done. Otherwise why not: it would have no owner, or is not any more what the caller saw. */
export type Refused = 'last owner' | 'changed meanwhile' | undefined

/** A member as the caller saw them: who became something else meanwhile is left alone. */
export interface Seen {
  organization: string
  user: string
  role: Role
}

export type Invitation = Extract<Subject, { purpose: 'invitation' }>

export interface Organizations {
  /** Whether anybody owns this Sundial. Not any more when the last organization was ended. */
  hasOwner(): Promise<boolean>
  /** Of one person, oldest organization first. None of an organization that is being deleted: it has no members. */
  memberships(user: string): Promise<Membership[]>
  members(organization: string): Promise<Member[]>
  byId(organization: string): Promise<Organization | undefined>
  /** Oldest first; none that is being deleted. */
  all(): Promise<Organization[]>
  /** The first one, also the first after all were ended, takes over the sites that are nobody's. */
  make(organization: { name: string; owner: string }): Promise<Organization>
  rename(organization: string, name: string, actor: Actor): Promise<void>
  /** Also for entries that are there: they end when so many days have passed since. */
  keepAudit(organization: string, days: number, actor: Actor): Promise<void>
  /** The secret of its link. */
  invite(invitation: Invitation, actor: Actor): Promise<string>
  /** By the hash of its link. */
  withdraw(organization: string, hash: string, actor: Actor): Promise<void>
  /** Uses an invitation up, for the account with its address: role and sites are the link's. False when it is too late. */
  accept(link: Pick<Link, 'hash'> & { subject: Invitation }, user: string): Promise<boolean>
  change(seen: Seen, to: { role: Role; sites: readonly number[] }, actor: Actor): Promise<Refused>
  /** Also of oneself, to leave. */
  remove(seen: Seen, actor: Actor): Promise<Refused>
  /**
   * Ends it: its people are gone at once, accounts that belong nowhere else included, and nothing is counted any more.
   * The counts stay until a day, up to which the link of this secret takes it back.
   */
  end(organization: string, actor: Actor): Promise<{ endsOn: string; secret: string }>
  ending(organization: string): Promise<EndingOrganization | undefined>
  /** Every one that is ending and can be taken back, the next to go first. */
  allEnding(): Promise<EndingOrganization[]>
  /** The owner is whoever opens the link. False when somebody was quicker. */
  undo(link: Pick<Link, 'hash'> & { subject: { organization: string } }, user: string): Promise<boolean>
  /** Those whose counts go now, with the domains of the sites that are left. */
  due(): Promise<{ id: string; domains: readonly string[] }[]>
  /** The last of it, when no site is left. */
  forget(organization: string): Promise<void>
}

interface OrganizationsDeps {
  db: SettingsStore
  audit: Audit
  links: Pick<Links, 'make'>
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

/** Whole days in which the end of an organization can be taken back. */
export const GRACE_DAYS = 30

export function createOrganizations({ db, audit, links, now, random }: OrganizationsDeps): Organizations {
  const today = () => secondOf(now()).slice(0, 10)

  /** What the triggers refuse is an answer, not an accident. */
  async function change(seen: Seen, wanted: Role | undefined, statements: readonly Statement[]): Promise<Refused> {
    try {
      await db.batch(statements)
    } catch (error) {
      if (error instanceof Error && error.message.includes(KEEPS_AN_OWNER)) return 'last owner'
      throw error
    }
    const [row] = await db.all(ROLE, seen.organization, seen.user)
    const role = row === undefined ? undefined : roleRow.parse(row).role
    return role === wanted ? undefined : 'changed meanwhile'
  }

  return {
    hasOwner: async () => (await db.all(HAS_OWNER)).length > 0,
    async memberships(user) {
      const rows = await db.all(MEMBERSHIPS, user)
      return rows.map((row) => readMembership(row))
    },
    async members(organization) {
      const rows = await db.all(MEMBERS, organization)
      return rows.map((row) => readMember(row))
    },
    async all() {
      const rows = await db.all(ALL)
      return rows.map((row) => readOrganization(organizationRow.parse(row)))
    },
    async byId(organization) {
      const [row] = await db.all(BY_ID, organization)
      return row === undefined ? undefined : readOrganization(organizationRow.parse(row))
    },
    async make({ name, owner }) {
      const id = Buffer.from(random(9)).toString('base64url')
      const first = (await db.all(ANY)).length === 0
      await db.batch([
        { sql: INSERT, params: [id, name] },
        { sql: OWN, params: [id, owner] },
        ...(first ? [adoptingFor(id)] : []),
        audit.entry({ organization: id, actor: { user: owner }, act: 'organization made' }),
      ])
      return { id, name, auditDays: 365 }
    },
    async rename(organization, name, actor) {
      await db.batch([
        { sql: RENAME, params: [name, organization, name] },
        audit.entry({ organization, actor, act: 'organization renamed', details: { name } }, { ifChanged: true }),
      ])
    },
    async keepAudit(organization, days, actor) {
      await db.batch([
        { sql: KEEP_AUDIT, params: [days, organization, days] },
        audit.entry({ organization, actor, act: 'audit period changed', details: { days } }, { ifChanged: true }),
      ])
      await audit.sweep()
    },
    async invite(invitation, actor) {
      const { organization, role, sites } = invitation
      const { secret, statement } = links.make(invitation)
      const details = role === 'viewer' ? { role, sites: sites.length } : { role }
      await db.batch([statement, audit.entry({ organization, actor, act: 'member invited', details })])
      return secret
    },
    async withdraw(organization, hash, actor) {
      await db.batch([
        { sql: WITHDRAW, params: [hash, organization] },
        audit.entry({ organization, actor, act: 'invitation withdrawn' }, { ifChanged: true }),
      ])
    },
    async accept({ hash, subject: { organization, role, sites } }, user) {
      await db.batch([
        { sql: ACCEPT, params: [user, hash, secondOf(now()), user] },
        audit.entry({ organization, actor: { user }, act: 'member joined', details: { role } }, { ifChanged: true }),
        { sql: SHOW_INVITED, params: [user, user, hash, JSON.stringify(sites)] },
        { sql: USE_UP, params: [hash, user] },
      ])
      return (await db.all(ROLE, organization, user)).length > 0
    },
    change(seen, { role, sites }, actor) {
      const { organization, user } = seen
      const details = { member: user, before: seen.role, role, ...(role === 'viewer' ? { sites: sites.length } : {}) }
      return change(seen, role, [
        { sql: CHANGE, params: [role, organization, user, seen.role] },
        audit.entry({ organization, actor, act: 'member changed', details }, { ifChanged: true }),
        ...showing({ organization, user, sites: role === 'viewer' ? sites : [] }),
        withdrawingOf(seen, mayInvite(role)),
      ])
    },
    remove(seen, actor) {
      const { organization, user, role } = seen
      return change(seen, undefined, [
        { sql: REMOVE, params: [organization, user, role] },
        audit.entry(
          { organization, actor, act: 'member removed', details: { member: user, role } },
          { ifChanged: true },
        ),
        withdrawingOf(seen, []),
      ])
    },
    async end(organization, actor) {
      const endsOn = addDays(today(), GRACE_DAYS + 1)
      const { secret, statement } = links.make({ purpose: 'undo', organization })
      await db.batch([
        { sql: END, params: [endsOn, organization] },
        audit.entry({ organization, actor, act: 'organization deleted', details: { endsOn } }, { ifChanged: true }),
        closingFor(organization),
        ...ENDING.map((sql) => ({ sql, params: [organization] })),
        statement,
      ])
      return { endsOn, secret }
    },
    async ending(organization) {
      const [row] = await db.all(ENDS, organization, today())
      return row === undefined ? undefined : readEnding(row)
    },
    allEnding: async () => (await db.all(ALL_ENDING, today())).map((row) => readEnding(row)),
    async undo({ hash, subject: { organization } }, user) {
      await db.batch([
        { sql: TAKE_BACK, params: [user, organization, today(), hash, secondOf(now())] },
        audit.entry({ organization, actor: { user }, act: 'deletion undone' }, { ifChanged: true }),
        { sql: GO_ON, params: [organization] },
        // Only where it was taken back: nothing else opens what is ending, or uses up its links.
        reopeningFor(organization),
        { sql: NO_MORE_UNDO, params: [organization, organization] },
      ])
      return (await db.all(ROLE, organization, user)).length > 0
    },
    async due() {
      const rows = await db.all(DUE, today())
      return rows.map((row) => {
        const { id, domains } = dueRow.parse(row)
        return { id, domains: z.array(z.string()).parse(JSON.parse(domains)) }
      })
    },
    forget: (organization) => db.run(FORGET, organization, today()),
  }
}

/** As the triggers of 0007_end_of_service.sql say it. */
const KEEPS_AN_OWNER = 'an organization keeps an owner'

const ROLE = '/* organizations.role */ SELECT role FROM members WHERE organization = ? AND user = ?'
const RENAME = '/* organizations.rename */ UPDATE organizations SET name = ? WHERE id = ? AND name <> ?'
const KEEP_AUDIT =
  '/* organizations.keep_audit */ UPDATE organizations SET audit_days = ? WHERE id = ? AND audit_days <> ?'
const WITHDRAW =
  "/* organizations.withdraw */ DELETE FROM links WHERE hash = ? AND purpose = 'invitation' AND organization = ?"
const CHANGE = '/* organizations.change */ UPDATE members SET role = ? WHERE organization = ? AND user = ? AND role = ?'
const REMOVE = '/* organizations.remove */ DELETE FROM members WHERE organization = ? AND user = ? AND role = ?'

// The address is the account's, whatever the page has shown. Who belongs to it already stays what they are.
const ACCEPT = `/* organizations.accept */ INSERT INTO members (organization, user, role)
SELECT organization, ?, role FROM links
WHERE hash = ? AND purpose = 'invitation' AND expires_at > ? AND email = (SELECT email FROM "user" WHERE id = ?)
ON CONFLICT DO NOTHING`
const SHOW_INVITED = `/* organizations.show_invited */ INSERT INTO viewer_sites (organization, user, site)
SELECT members.organization, ?, sites.id FROM links
JOIN members ON members.organization = links.organization AND members.user = ? AND members.role = 'viewer'
JOIN sites ON sites.organization = links.organization
WHERE links.hash = ? AND sites.id IN (SELECT value FROM json_each(?))
ON CONFLICT DO NOTHING`
const USE_UP = `/* organizations.use_up */ DELETE FROM links
WHERE hash = ? AND email = (SELECT email FROM "user" WHERE id = ?)`

const END = '/* organizations.end */ UPDATE organizations SET ends_on = ? WHERE id = ? AND ends_on IS NULL'
const ENDING = [
  '/* organizations.end_links */ DELETE FROM links WHERE organization = ?',
  '/* organizations.end_tokens */ DELETE FROM api_tokens WHERE organization = ?',
  '/* organizations.end_shares */ DELETE FROM share_links WHERE site IN (SELECT id FROM sites WHERE organization = ?)',
  '/* organizations.end_subscriptions */ DELETE FROM subscriptions WHERE site IN (SELECT id FROM sites WHERE organization = ?)',
  `/* organizations.end_accounts */ DELETE FROM "user" WHERE id IN (
  SELECT user FROM members GROUP BY user HAVING count(*) = 1 AND max(organization) = ?
)`,
  '/* organizations.end_members */ DELETE FROM members WHERE organization = ?',
] as const
const ENDS = '/* organizations.ends */ SELECT id, name, ends_on FROM organizations WHERE id = ? AND ends_on > ?'
const ALL_ENDING =
  '/* organizations.all_ending */ SELECT id, name, ends_on FROM organizations WHERE ends_on > ? ORDER BY ends_on, name'
const TAKE_BACK = `/* organizations.take_back */ INSERT INTO members (organization, user, role)
SELECT id, ?, 'owner' FROM organizations
WHERE id = ? AND ends_on > ?
  AND EXISTS (SELECT 1 FROM links WHERE hash = ? AND purpose = 'undo' AND organization = organizations.id AND expires_at > ?)`
const GO_ON = `/* organizations.go_on */ UPDATE organizations SET ends_on = NULL
WHERE id = ? AND EXISTS (SELECT 1 FROM members WHERE organization = organizations.id)`
const NO_MORE_UNDO = `/* organizations.no_more_undo */ DELETE FROM links
WHERE organization = ? AND purpose = 'undo' AND EXISTS (SELECT 1 FROM organizations WHERE id = ? AND ends_on IS NULL)`
const DUE = `/* organizations.due */ SELECT id,
  (SELECT json_group_array(domain) FROM sites WHERE sites.organization = organizations.id) AS domains
FROM organizations WHERE ends_on <= ?`
const FORGET = `/* organizations.forget */ DELETE FROM organizations
WHERE id = ? AND ends_on <= ? AND NOT EXISTS (SELECT 1 FROM sites WHERE sites.organization = organizations.id)`

const HAS_OWNER = "/* organizations.has_owner */ SELECT 1 FROM members WHERE role = 'owner' LIMIT 1"
const ANY = '/* organizations.any */ SELECT 1 FROM organizations WHERE ends_on IS NULL LIMIT 1'
const ALL =
  '/* organizations.all */ SELECT id, name, audit_days FROM organizations WHERE ends_on IS NULL ORDER BY rowid'
const BY_ID =
  '/* organizations.by_id */ SELECT id, name, audit_days FROM organizations WHERE id = ? AND ends_on IS NULL'
const INSERT = '/* organizations.make */ INSERT INTO organizations (id, name) VALUES (?, ?)'
const OWN = "/* organizations.own */ INSERT INTO members (organization, user, role) VALUES (?, ?, 'owner')"
const SITES_OF_VIEWER = `(SELECT json_group_array(site) FROM viewer_sites
  WHERE viewer_sites.organization = members.organization AND viewer_sites.user = members.user) AS sites`
const MEMBERSHIPS = `/* organizations.memberships */ SELECT id, name, audit_days, role, ${SITES_OF_VIEWER}
FROM members
JOIN organizations ON organizations.id = members.organization
WHERE members.user = ? AND ends_on IS NULL
ORDER BY organizations.rowid`
const MEMBERS = `/* organizations.members */ SELECT "user".id AS user, "user".name, "user".email, "user".language, role, ${SITES_OF_VIEWER}
FROM members
JOIN "user" ON "user".id = members.user
WHERE members.organization = ?
ORDER BY "user".name, "user".email`

/** The sites a viewer reads from now on; only those that are the organization's. */
function showing(viewer: { organization: string; user: string; sites: readonly number[] }): Statement[] {
  const { organization, user, sites } = viewer
  return [
    {
      sql: '/* organizations.hide */ DELETE FROM viewer_sites WHERE organization = ? AND user = ?',
      params: [organization, user],
    },
    {
      sql: `/* organizations.show */ INSERT INTO viewer_sites (organization, user, site)
SELECT members.organization, members.user, sites.id FROM members
JOIN sites ON sites.organization = members.organization
WHERE members.organization = ? AND members.user = ? AND role = 'viewer'
  AND sites.id IN (SELECT value FROM json_each(?))`,
      params: [organization, user, JSON.stringify(sites)],
    },
  ]
}

/** What somebody of this role may invite to. */
export function mayInvite(role: Role): readonly Role[] {
  return may(role, 'people') ? ROLES.filter((other) => isAbove(role, other)) : []
}

/** Who may invite no more, or not so high, might have kept the links: those of other roles open nothing from now on. */
function withdrawingOf({ organization, user }: Seen, roles: readonly Role[]): Statement {
  return {
    sql: `/* organizations.withdraw_of */ DELETE FROM links
WHERE purpose = 'invitation' AND organization = ? AND inviter = ? AND role NOT IN (SELECT value FROM json_each(?))`,
    params: [organization, user, JSON.stringify(roles)],
  }
}

const organizationRow = z.object({ id: z.string(), name: z.string(), audit_days: z.number() })
const membershipRow = z.object({ ...organizationRow.shape, role: z.enum(ROLES), sites: z.string() })
const memberRow = z.object({
  user: z.string(),
  name: z.string(),
  email: z.string(),
  language: z.nullable(z.string()),
  role: z.enum(ROLES),
  sites: z.string(),
})
const roleRow = z.object({ role: z.enum(ROLES) })
const endingRow = z.object({ id: z.string(), name: z.string(), ends_on: z.string() })
const dueRow = z.object({ id: z.string(), domains: z.string() })
const siteIds = z.array(z.number())

function readOrganization({ id, name, audit_days }: z.infer<typeof organizationRow>): Organization {
  return { id, name, auditDays: audit_days }
}

function readEnding(row: unknown): EndingOrganization {
  const { id, name, ends_on: endsOn } = endingRow.parse(row)
  return { id, name, endsOn }
}

function readMembership(row: unknown): Membership {
  const { role, sites, ...organization } = membershipRow.parse(row)
  const chosen = role === 'viewer' ? siteIds.parse(JSON.parse(sites)) : undefined
  return { organization: readOrganization(organization), role, sites: chosen }
}

function readMember(row: unknown): Member {
  const { sites, language, ...member } = memberRow.parse(row)
  return { ...member, language: languageNamed(language), sites: siteIds.parse(JSON.parse(sites)) }
}
