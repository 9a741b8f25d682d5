// Links that let somebody in: an invitation to an organization, and the undo of the deletion of one. Mounted by
// dashboard.ts. Role, sites and address are the link's, never the form's.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { Sites } from '../collector/sites.ts'
import type { Door, Guest } from './door.tsx'
import { type Comer, InvitationPage, UndoPage } from './pages/invitation.tsx'
import { emailAddress, given, named, newPassword, sentencesOf } from './people/account_form.ts'
import type { Accounts } from './people/accounts.ts'
import type { Account, Auth } from './people/auth.ts'
import type { Link, Links } from './people/links.ts'
import type { EndingOrganization, Invitation, Organization, Organizations } from './people/organizations.ts'
import { tooOpen } from './sign_in.tsx'

export interface InvitationDeps {
  door: Door
  auth: Auth
  accounts: Pick<Accounts, 'byEmail' | 'remove'>
  links: Pick<Links, 'find'>
  organizations: Organizations
  sites: Pick<Sites, 'reload' | 'ofOrganization'>
  basePath: string
  /** Whether passwords may be sent: over TLS, or on the machine itself. */
  isPrivate: (c: Context) => boolean
}

export function createInvitation(deps: InvitationDeps): Hono {
  const { door, auth, accounts, links, organizations, sites, basePath } = deps
  const app = new Hono()

  door.on(app, 'GET /invitation/:token', async (c, guest) => {
    const invited = await invitationOf(c)
    return invited ? showInvitation(c, guest, invited, {}) : gone(c, guest)
  })

  door.on(app, 'POST /invitation/:token', async (c, guest) => {
    const invited = await invitationOf(c)
    if (!invited) return gone(c, guest)
    const { link } = invited
    const comer = await comerOf(guest, link.subject)
    if (comer === 'expected' && guest.person) {
      const joined = await organizations.accept(link, guest.person.account.id)
      return joined ? c.redirect(`${basePath}/`, 303) : gone(c, guest)
    }
    if (comer !== 'new') return showInvitation(c, guest, invited, {}, 422)
    const typed = await c.req.parseBody()
    const read = newcomer.safeParse(typed)
    const refused = [...tooOpen(c, deps), ...(read.success ? [] : sentencesOf(read.error, door.words(c)))]
    if (!read.success || refused.length > 0) {
      return showInvitation(c, guest, invited, { name: nameForm.parse(typed).name, refused }, 422)
    }
    const account = { ...read.data, email: link.subject.email }
    const { id } = await auth.add(account)
    return (await organizations.accept(link, id)) ? enter(c, account) : tooLate(c, guest, id)
  })

  door.on(app, 'GET /undo/:token', async (c, guest) => {
    const found = await undoOf(c)
    return found ? showUndo(c, guest, found, {}) : gone(c, guest)
  })

  door.on(app, 'POST /undo/:token', async (c, guest) => {
    const found = await undoOf(c)
    if (!found) return gone(c, guest)
    if (guest.person) {
      const undone = await takeBack(found, guest.person.account)
      return undone ? c.redirect(homeOf(found), 303) : gone(c, guest)
    }
    const typed = await c.req.parseBody()
    const read = z.extend(newcomer, { email: emailAddress }).safeParse(typed)
    const words = door.words(c)
    const refused = [
      ...tooOpen(c, deps),
      ...(read.success ? [] : sentencesOf(read.error, words)),
      ...(read.success && (await accounts.byEmail(read.data.email)) ? [words.invitation.undo.hasAccount] : []),
    ]
    if (!read.success || refused.length > 0) {
      return showUndo(c, guest, found, { given: nameForm.parse(typed), refused }, 422)
    }
    const made = await auth.add(read.data)
    return (await takeBack(found, made)) ? enter(c, read.data, homeOf(found)) : tooLate(c, guest, made.id)
  })

  interface Invited {
    link: Link & { subject: Invitation }
    organization: Organization
  }

  async function invitationOf(c: Context): Promise<Invited | undefined> {
    const link = await links.find(c.req.param('token') ?? '', 'invitation')
    const organization = link && (await organizations.byId(link.subject.organization))
    return link && organization ? { link, organization } : undefined
  }

  async function comerOf({ person }: Guest, { email }: Invitation): Promise<Comer> {
    if (person) return person.account.email === email ? 'expected' : 'another'
    return (await accounts.byEmail(email)) ? 'known' : 'new'
  }

  async function showInvitation(
    c: Context,
    guest: Guest,
    { link: { subject }, organization }: Invited,
    { name = '', refused = [] }: { name?: string; refused?: readonly string[] },
    status: 200 | 422 = 200,
  ) {
    const comer = await comerOf(guest, subject)
    const { email, role } = subject
    const shown = { email, role, comer, name, token: c.req.param('token') ?? '', organization: organization.name }
    const why = [...refused, ...(comer === 'new' && refused.length === 0 ? tooOpen(c, deps) : [])]
    return door.page(c, <InvitationPage frame={guest.frame} {...shown} refused={why} />, status)
  }

  interface Ending {
    link: Link & { subject: { organization: string } }
    ending: EndingOrganization
  }

  async function undoOf(c: Context): Promise<Ending | undefined> {
    const link = await links.find(c.req.param('token') ?? '', 'undo')
    const ending = link && (await organizations.ending(link.subject.organization))
    return link && ending ? { link, ending } : undefined
  }

  async function takeBack({ link }: Ending, { id }: Account): Promise<boolean> {
    const undone = await organizations.undo(link, id)
    await sites.reload()
    return undone
  }

  function showUndo(
    c: Context,
    guest: Guest,
    { ending }: Ending,
    {
      given = { name: '', email: '' },
      refused = [],
    }: { given?: { name: string; email: string }; refused?: readonly string[] },
    status: 200 | 422 = 200,
  ) {
    const domains = sites.ofOrganization(ending.id).map(({ domain }) => domain)
    const why = [...refused, ...(guest.person || refused.length > 0 ? [] : tooOpen(c, deps))]
    const shown = {
      token: c.req.param('token') ?? '',
      organization: ending.name,
      endsOn: ending.endsOn,
      domains,
      given,
    }
    return door.page(c, <UndoPage frame={guest.frame} {...shown} refused={why} />, status)
  }

  function homeOf({ ending: { id } }: Ending): string {
    return `${basePath}/organizations/${encodeURIComponent(id)}/people`
  }

  function gone(c: Context, guest: Guest) {
    return door.problem(c, guest, { status: 410, ...door.words(c).invitation.gone })
  }

  /** The link ended while an account was made for it: nothing is kept of who belongs nowhere. */
  async function tooLate(c: Context, guest: Guest, account: string) {
    await accounts.remove(account)
    return gone(c, guest)
  }

  async function enter(c: Context, account: { email: string; password: string }, next = `${basePath}/`) {
    const signedIn = await auth.signIn(account, door.browser(c))
    if (!('cookies' in signedIn)) return c.redirect(`${basePath}/sign-in`, 303)
    for (const cookie of signedIn.cookies) c.header('Set-Cookie', cookie, { append: true })
    return c.redirect(next, 303)
  }

  return app
}

const newcomer = z.object({ name: named('name'), password: newPassword })
const nameForm = z.object({ name: given, email: given })
