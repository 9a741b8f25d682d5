// Organizations and who belongs to them: what a change writes, together with its audit entry, in one batch. The pages and
// the command line decide who may ask; here is only what it does and what may never be (an organization without an owner).
import * as z from 'zod/mini'
import type { Statement } from '../../collector/ledger.ts'
import { adoptingFor, type SettingsStore } from '../../collector/sites.ts'
import { ROLES, type Role } from '../access.ts'
import type { Actor, Audit } from './audit.ts'

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
}

export interface Organizations {
  /** Whether anybody owns this Sundial yet. Once true it stays true. */
  hasOwner(): Promise<boolean>
  /** Of one person, oldest organization first. None of an organization that is being deleted: it has no members. */
  memberships(user: string): Promise<Membership[]>
  members(organization: string): Promise<Member[]>
  byId(organization: string): Promise<Organization | undefined>
  /** The first one takes over the sites that were there before. */
  make(organization: { name: string; owner: string }): Promise<Organization>
  /** Gives a person a role and, to a viewer, sites; also to who has another one now. */
  join(
    member: { organization: string; user: string; role: Role; sites: readonly number[] },
    actor: Actor,
  ): Promise<void>
}

interface OrganizationsDeps {
  db: SettingsStore
  audit: Audit
  random: (bytes: number) => Uint8Array
}

export function createOrganizations({ db, audit, random }: OrganizationsDeps): Organizations {
  let owned = false

  return {
    async hasOwner() {
      owned ||= (await db.all(HAS_OWNER)).length > 0
      return owned
    },
    async memberships(user) {
      const rows = await db.all(MEMBERSHIPS, user)
      return rows.map((row) => readMembership(row))
    },
    async members(organization) {
      const rows = await db.all(MEMBERS, organization)
      return rows.map((row) => readMember(row))
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
        joining({ organization: id, user: owner, role: 'owner' }),
        ...(first ? [adoptingFor(id)] : []),
        audit.entry({ organization: id, actor: { user: owner }, act: 'organization made' }),
      ])
      return { id, name, auditDays: 365 }
    },
    async join({ organization, user, role, sites }, actor) {
      await db.batch([
        joining({ organization, user, role }),
        ...showing({ organization, user, sites: role === 'viewer' ? sites : [] }),
        audit.entry({ organization, actor, act: 'member joined', details: { role } }),
      ])
    },
  }
}

const HAS_OWNER = "/* organizations.has_owner */ SELECT 1 FROM members WHERE role = 'owner' LIMIT 1"
const ANY = '/* organizations.any */ SELECT 1 FROM organizations LIMIT 1'
const BY_ID =
  '/* organizations.by_id */ SELECT id, name, audit_days FROM organizations WHERE id = ? AND ends_on IS NULL'
const INSERT = '/* organizations.make */ INSERT INTO organizations (id, name) VALUES (?, ?)'
const SITES_OF_VIEWER = `(SELECT json_group_array(site) FROM viewer_sites
  WHERE viewer_sites.organization = members.organization AND viewer_sites.user = members.user) AS sites`
const MEMBERSHIPS = `/* organizations.memberships */ SELECT id, name, audit_days, role, ${SITES_OF_VIEWER}
FROM members
JOIN organizations ON organizations.id = members.organization
WHERE members.user = ? AND ends_on IS NULL
ORDER BY organizations.rowid`
const MEMBERS = `/* organizations.members */ SELECT "user".id AS user, "user".name, "user".email, role, ${SITES_OF_VIEWER}
FROM members
JOIN "user" ON "user".id = members.user
WHERE members.organization = ?
ORDER BY "user".name, "user".email`

export function joining({ organization, user, role }: { organization: string; user: string; role: Role }): Statement {
  return {
    sql: '/* organizations.join */ INSERT INTO members (organization, user, role) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET role = excluded.role',
    params: [organization, user, role],
  }
}

/** The sites a viewer reads from now on; only those that are the organization's. */
export function showing(viewer: { organization: string; user: string; sites: readonly number[] }): Statement[] {
  const { organization, user, sites } = viewer
  return [
    {
      sql: '/* organizations.hide */ DELETE FROM viewer_sites WHERE organization = ? AND user = ?',
      params: [organization, user],
    },
    {
      sql: `/* organizations.show */ INSERT INTO viewer_sites (organization, user, site)
SELECT organization, ?, id FROM sites WHERE organization = ? AND id IN (SELECT value FROM json_each(?))`,
      params: [user, organization, JSON.stringify(sites)],
    },
  ]
}

const organizationRow = z.object({ id: z.string(), name: z.string(), audit_days: z.number() })
const membershipRow = z.object({ ...organizationRow.shape, role: z.enum(ROLES), sites: z.string() })
const memberRow = z.object({
  user: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  sites: z.string(),
})
const siteIds = z.array(z.number())

function readOrganization({ id, name, audit_days }: z.infer<typeof organizationRow>): Organization {
  return { id, name, auditDays: audit_days }
}

function readMembership(row: unknown): Membership {
  const { role, sites, ...organization } = membershipRow.parse(row)
  const chosen = role === 'viewer' ? siteIds.parse(JSON.parse(sites)) : undefined
  return { organization: readOrganization(organization), role, sites: chosen }
}

function readMember(row: unknown): Member {
  const { sites, ...member } = memberRow.parse(row)
  return { ...member, sites: siteIds.parse(JSON.parse(sites)) }
}
