// The routes of an organization and its people: roles, invitations, its name, leaving it, making another one. Mounted by
// dashboard.ts. What the pages hide is refused here.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { Sites } from '../collector/sites.ts'
import { isAbove, ROLES, type Role } from './access.ts'
import type { Door, MemberGuest, OrganizationGuest } from './door.tsx'
import { MailError, type Mailer } from './mailer.ts'
import { OrganizationPage } from './pages/organization.tsx'
import { type InvitationForm, PeoplePage } from './pages/organization_people.tsx'
import { emailAddress, given } from './people/account_form.ts'
import { invitationLetter } from './people/letters.ts'
import type { Links } from './people/links.ts'
import { type Member, mayInvite, type Organizations, type Refused } from './people/organizations.ts'
import type { Words } from './words.ts'

export interface OrganizationDeps {
  door: Door
  organizations: Organizations
  links: Pick<Links, 'invitations'>
  sites: Pick<Sites, 'ofOrganization'>
  mailer: Mailer | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  basePath: string
  /** Where the dashboard is, without basePath: links in mails lead there. */
  originOf: (c: Context) => string
  /** Told about a mail that could not be sent, never to whom. */
  report: (problem: string, error: unknown) => void
}

export function createOrganizationPages(deps: OrganizationDeps): Hono {
  const { door, organizations, links, sites, mailer, originOf, basePath } = deps
  const app = new Hono()

  door.on(app, 'GET /organizations/:organization', (c, guest) =>
    door.page(c, <OrganizationPage {...guest} saved={c.req.query('saved') !== undefined} />),
  )

  door.on(app, 'POST /organizations/:organization/name', async (c, guest) => {
    const read = readName(await c.req.parseBody())
    if ('problem' in read)
      return door.page(c, <OrganizationPage {...guest} refused={[refusals(c)[read.problem]]} />, 422)
    await organizations.rename(guest.organization.id, read.name, guest.actor)
    return c.redirect(pathOf(guest, '?saved'), 303)
  })

  door.on(app, 'POST /organizations', async (c, guest) => {
    const owned = guest.person.memberships.find(({ role }) => role === 'owner')
    if (!owned) {
      const { organization, frame } = door.words(c)
      const sentence = organization.another.ownersOnly
      return door.problem(c, guest, { status: 403, title: frame.notYours.title, sentence })
    }
    const read = readName(await c.req.parseBody())
    if ('problem' in read) {
      const refused = [refusals(c)[read.problem]]
      return door.page(c, <OrganizationPage {...guest} membership={owned} refused={refused} />, 422)
    }
    const made = await organizations.make({ name: read.name, owner: guest.person.account.id })
    return c.redirect(pathOf({ organization: made }, ''), 303)
  })

  door.on(app, 'POST /organizations/:organization/leave', async (c, guest) => {
    const { organization, membership, person, actor } = guest
    const seen = { organization: organization.id, user: person.account.id, role: membership.role }
    const refused = await organizations.remove(seen, actor)
    if (refused === undefined) return c.redirect(`${basePath}/`, 303)
    return door.page(c, <OrganizationPage {...guest} refused={[refusals(c)[refused]]} />, 409)
  })

  door.on(app, 'GET /organizations/:organization/people', (c, guest) => showPeople(c, guest, {}))

  door.on(app, 'POST /organizations/:organization/people/invite', async (c, guest) => {
    const { organization, membership, person, actor } = guest
    const form = invitationForm.parse(await c.req.parseBody({ all: true }))
    const read = emailAddress.safeParse(form.email)
    const role = mayInvite(membership.role).find((one) => one === form.role)
    const chosen = ownSites(organization.id, form.sites)
    const members = await organizations.members(organization.id)
    const open = await links.invitations(organization.id)
    const toThem = open.filter(({ subject }) => subject.email === read.data)
    const why = refusals(c)
    const refused = [
      ...(read.success ? [] : [why.noEmailAddress]),
      ...(role ? [] : [why.roleNotYours]),
      ...(role === 'viewer' && chosen.length === 0 ? [why.sitesMissing] : []),
      ...(members.some(({ email }) => email === read.data) ? [why.memberAlready] : []),
      ...(toThem.length >= OPEN.perAddress ? [why.invitedOften] : []),
      ...(open.length >= OPEN.perOrganization ? [why.manyInvited] : []),
    ]
    if (!read.success || !role || refused.length > 0) return showPeople(c, guest, { form, refused }, 422)
    const email = read.data
    const invited = { organization: organization.id, email, role, sites: role === 'viewer' ? chosen : [] }
    const secret = await organizations.invite({ purpose: 'invitation', ...invited, inviter: person.account.id }, actor)
    const link = `${originOf(c)}${basePath}/invitation/${secret}`
    const mailed = mailer && (await mail(mailer, { email, role, link }, guest, door.words(c)))
    return showPeople(c, guest, { made: { email, link, mailed } })
  })

  door.on(app, 'POST /organizations/:organization/people/withdraw', async (c, guest) => {
    const { organization, membership, actor } = guest
    const { invitation: hash } = withdrawal.parse(await c.req.parseBody())
    const open = await links.invitations(organization.id)
    const link = open.find((one) => one.hash === hash)
    if (link && !isAbove(membership.role, link.subject.role)) return showPeople(c, guest, { problem: 'notBelow' }, 403)
    if (link) await organizations.withdraw(organization.id, hash, actor)
    return c.redirect(pathOf(guest, '/people'), 303)
  })

  door.on(app, 'POST /organizations/:organization/people/change', async (c, guest) => {
    const { organization, membership, actor } = guest
    const form = changeForm.parse(await c.req.parseBody({ all: true }))
    const about = await memberOf(guest, form)
    if ('problem' in about) return showPeople(c, guest, about, about.status)
    const role = ROLES.find((one) => one === form.role)
    if (!role || !isAbove(membership.role, role)) return showPeople(c, guest, { problem: 'notBelow' }, 403)
    const chosen = role === 'viewer' ? ownSites(organization.id, form.sites) : []
    const refused = await organizations.change(seenAs(guest, about.member), { role, sites: chosen }, actor)
    return changed(c, guest, refused)
  })

  door.on(app, 'POST /organizations/:organization/people/remove', async (c, guest) => {
    const about = await memberOf(guest, changeForm.parse(await c.req.parseBody()))
    if ('problem' in about) return showPeople(c, guest, about, about.status)
    return changed(c, guest, await organizations.remove(seenAs(guest, about.member), guest.actor))
  })

  /** The member whom a form is about, if they are still what the page has shown and below who acts. */
  async function memberOf({ organization, membership }: OrganizationGuest, { user, was }: z.infer<typeof changeForm>) {
    const member = (await organizations.members(organization.id)).find((one) => one.user === user)
    if (!member || member.role !== was) return { problem: 'changed meanwhile', status: 409 } as const
    if (!isAbove(membership.role, member.role)) return { problem: 'notBelow', status: 403 } as const
    return { member }
  }

  function seenAs({ organization }: OrganizationGuest, { user, role }: Member) {
    return { organization: organization.id, user, role }
  }

  function changed(c: Context, guest: OrganizationGuest, refused: Refused) {
    if (refused !== undefined) return showPeople(c, guest, { problem: refused }, 409)
    return c.redirect(pathOf(guest, '/people'), 303)
  }

  async function showPeople(
    c: Context,
    guest: OrganizationGuest,
    { form = BLANK, refused = [], problem, made }: Shown,
    status: 200 | 403 | 409 | 422 = 200,
  ) {
    const { id } = guest.organization
    const props = {
      ...{ frame: guest.frame, membership: guest.membership, self: guest.person.account.id },
      members: await organizations.members(id),
      invitations: await links.invitations(id),
      sites: sites.ofOrganization(id),
      ...{ form, refused, made, problem: problem && refusals(c)[problem] },
    }
    return door.page(c, <PeoplePage {...props} />, status)
  }

  function refusals(c: Context) {
    return door.words(c).organization.refusals
  }

  /** False when it could not be sent: the link is on the page all the same. */
  async function mail(
    mailer: Mailer,
    { email, role, link }: { email: string; role: Role; link: string },
    { organization, person }: MemberGuest & Pick<OrganizationGuest, 'organization'>,
    words: Words,
  ): Promise<boolean> {
    const names = { organization: organization.name, invitedBy: person.account.name }
    const expiresAt = new Date(deps.now() + 7 * 86_400_000).toISOString()
    const letter = await invitationLetter({ ...names, role, link, expiresAt }, words)
    try {
      await mailer.send({ to: email, ...letter })
      return true
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      deps.report('an invitation could not be mailed', error)
      return false
    }
  }

  function ownSites(organization: string, ids: readonly number[]): number[] {
    return sites
      .ofOrganization(organization)
      .map(({ id }) => id)
      .filter((id) => ids.includes(id))
  }

  function pathOf({ organization }: Pick<OrganizationGuest, 'organization'>, page: string): string {
    return `${basePath}/organizations/${encodeURIComponent(organization.id)}${page}`
  }

  return app
}

interface Shown {
  form?: InvitationForm
  refused?: readonly string[]
  problem?: keyof Words['organization']['refusals']
  made?: { email: string; link: string; mailed: boolean | undefined }
}

const BLANK: InvitationForm = { email: '', role: 'analyst', sites: [] }
/** Invitations that are open at once: each may send a mail to somebody who never asked for it. */
const OPEN = { perAddress: 3, perOrganization: 100 } as const

const ticks = z.pipe(
  z.transform((sent: unknown) => (Array.isArray(sent) ? sent : [sent]).map(Number)),
  z.catch(z.array(z.int()), []),
)
const invitationForm = z.object({ email: given, role: given, sites: ticks })
const withdrawal = z.object({ invitation: given })
const changeForm = z.object({ user: given, was: given, role: given, sites: ticks })
const nameForm = z.object({ name: z.pipe(given, z.string().check(z.trim())) })

function readName(sent: unknown): { name: string } | { problem: 'nameMissing' | 'nameTooLong' } {
  const { name } = nameForm.parse(sent)
  if (name === '') return { problem: 'nameMissing' }
  return name.length > 100 ? { problem: 'nameTooLong' } : { name }
}
