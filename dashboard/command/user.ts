// `sundial user`: who has an account, invitations, links for a new password, and the end of an account, where no mail goes,
// no owner is there, or somebody has left.
import * as z from 'zod/mini'
import type { Site } from '../../collector/sites.ts'
import { ROLES, type Role } from '../access.ts'
import type { AccountRow } from '../people/accounts.ts'
import type { Letter } from '../people/letters.ts'
import type { Organization } from '../people/organizations.ts'
import { createRoster, type Roster } from '../people/roster.ts'
import { ENGLISH, WORDS } from '../words.ts'
import {
  type Definition,
  type ExitCode,
  type Given,
  type Stores,
  SUNDIAL,
  type Terminal,
  UsageError,
} from './command.ts'
import { isAgreed, YES } from './receipt.ts'

export const DASHBOARD = {
  dashboard: {
    value: '<address>',
    meaning: 'Where people open the dashboard, such as https://stats.example.com; the link begins with it.',
  },
  mail: { meaning: 'Sends the link by mail, too; needs MAIL_URL and MAIL_FROM, and --dashboard or PUBLIC_URL.' },
} as const satisfies Definition['options']

interface UserCommandDeps {
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

interface UserCommands {
  userInvite: Definition
  userReset: Definition
  userList: Definition
  userRemove: Definition
}

export function createUserCommands(deps: UserCommandDeps): UserCommands {
  function open({ settings }: Stores): Roster {
    if (!settings) throw new Error('There is no settings store here.')
    return createRoster({ db: settings, ...deps })
  }

  const userInvite: Definition = {
    name: 'user invite',
    summary: 'Prints a link by which somebody makes an account: the owner, when there is none yet.',
    words: ['email'],
    options: {
      role: { value: '<role>', meaning: `${ROLES.join(', ')}. The first account is its owner’s and needs none.` },
      organization: { value: '<name>', meaning: 'Where there is more than one: which, by name or id.' },
      site: { value: '<domain>', many: true, meaning: 'A site that a viewer may read; repeat for more.' },
      ...DASHBOARD,
    },
    notes: ROLES.map((role) => `Role ${role}: ${ENGLISH.roles.meanings[role]}`),
    d1: true,
    async run(given, stores, terminal) {
      const email = emailOf(given)
      const { accounts, organizations, links } = open(stores)
      if (!(await organizations.hasOwner())) return inviteOwner(given, { links, stores, terminal })
      const role = roleOf(given)
      const organization = organizationOf(given.text('organization'), await organizations.all())
      if ('refused' in organization) return refuse(organization.refused, terminal)
      const sites = await sitesOf(given.list('site'), { role, organization, stores })
      if ('refused' in sites) return refuse(sites.refused, terminal)
      const members = await organizations.members(organization.id)
      if (members.some((member) => member.email === email)) {
        return refuse(`${email} belongs to ${organization.name} already.`, terminal)
      }
      const invitation = { purpose: 'invitation', organization: organization.id, email, role } as const
      const secret = await organizations.invite({ ...invitation, sites: sites.map(({ id }) => id) }, 'operator')
      const expiresAt = (await links.find(secret, 'invitation'))?.expiresAt ?? ''
      const known = await accounts.byEmail(email)
      const link = `${dashboardOf(given, stores)}/invitation/${secret}`
      terminal.out(
        `${email} is invited to ${organization.name} as ${role}${placeOf(stores)}. ${known ? 'Signed in, they open' : 'They make an account by'}:`,
      )
      sayLink(link, expiresAt, terminal)
      return mailed(given, stores, terminal, email, async () => {
        const { invitationLetter } = await import('../people/letters.ts')
        const names = { organization: organization.name, invitedBy: 'Whoever operates this Sundial' }
        return invitationLetter({ ...names, role, link, expiresAt }, ENGLISH)
      })
    },
  }

  const userReset: Definition = {
    name: 'user reset',
    summary: 'Prints a link by which somebody sets a new password.',
    words: ['email'],
    options: {
      'second-factor': { meaning: 'Turns their second factor off at once, when app and recovery codes are lost.' },
      ...DASHBOARD,
    },
    notes: [
      'The link works once, for an hour. The new password ends every session. A second factor stays without --second-factor.',
    ],
    d1: true,
    async run(given, stores, terminal) {
      const email = emailOf(given)
      const { accounts, links } = open(stores)
      const account = await accounts.byEmail(email)
      if (!account) return refuse(`There is no account of ${email}${placeOf(stores)}.`, terminal)
      const secondFactorOff = given.flag('second-factor')
      const secret = await accounts.orderReset(account.id, { actor: 'operator', secondFactorOff })
      const expiresAt = (await links.find(secret, 'reset'))?.expiresAt ?? ''
      const link = `${dashboardOf(given, stores)}/reset/${secret}`
      if (secondFactorOff) terminal.out(`The second factor of ${email} is off${placeOf(stores)}.`)
      terminal.out(`By this link ${account.name} sets a new password${placeOf(stores)}:`)
      sayLink(link, expiresAt, terminal)
      return mailed(given, stores, terminal, email, async () => {
        const { resetLetter } = await import('../people/letters.ts')
        return resetLetter({ link, expiresAt }, WORDS[account.language ?? 'en'])
      })
    },
  }

  const userList: Definition = {
    name: 'user list',
    summary: 'Lists the accounts with what they may do.',
    words: [],
    options: { json: { meaning: 'Prints a JSON array instead.' } },
    d1: true,
    async run(given, stores, terminal) {
      const accounts = await open(stores).accounts.all()
      if (given.flag('json')) terminal.out(JSON.stringify(accounts, null, 2))
      else if (accounts.length === 0) {
        terminal.out(`Nobody has an account yet${placeOf(stores)}: ${SUNDIAL} user invite you@example.com`)
      } else {
        for (const account of accounts) terminal.out(describe(account))
      }
      return 0
    },
  }

  const userRemove: Definition = {
    name: 'user remove',
    summary: 'Deletes an account: it is signed out everywhere and belongs to no organization any more.',
    words: ['email'],
    options: YES,
    notes: ['Whoever is the only owner of an organization stays. Sites stay, and the audit log, without the name.'],
    d1: true,
    async run(given, stores, terminal) {
      const email = emailOf(given)
      const { accounts, organizations } = open(stores)
      const account = await accounts.byEmail(email)
      if (!account) return refuse(`There is no account of ${email}${placeOf(stores)}.`, terminal)
      const orphans = await accounts.ownedAlone(account.id)
      if (orphans.length > 0) return refuseOrphans(email, await organizations.all(), orphans, terminal)
      terminal.out(describe(account))
      if (!(await isAgreed(given, terminal))) return 1
      if (!(await accounts.remove(account.id, 'operator'))) {
        return refuse(`${email} stays: its organizations have changed meanwhile. Try again.`, terminal)
      }
      terminal.out(`Deleted the account of ${email}${placeOf(stores)}.`)
      return 0
    },
  }

  return { userInvite, userReset, userList, userRemove }
}

function describe({ name, email, roles, secondFactor }: AccountRow): string {
  const belongs = roles.length > 0 ? roles.join(', ') : 'belongs to no organization'
  return `${email}  ${name}; ${belongs}${secondFactor ? '; second factor' : ''}`
}

function refuseOrphans(
  email: string,
  all: readonly Organization[],
  orphans: readonly string[],
  terminal: Terminal,
): ExitCode {
  const names = orphans.map((orphan) => all.find(({ id }) => id === orphan)?.name ?? orphan).join(', ')
  return refuse(
    `${email} stays: nobody else owns ${names}. Make somebody else an owner there, or delete the organization.`,
    terminal,
  )
}

/** Whoever opens the link owns this Sundial, so nothing is said of the address: it is written there. */
async function inviteOwner(
  given: Given,
  { links, stores, terminal }: { links: Roster['links']; stores: Stores; terminal: Terminal },
): Promise<ExitCode> {
  const role = given.text('role')
  if (role !== undefined && role !== 'owner') {
    return refuse('Nobody owns this Sundial yet: the first account is its owner’s, who invites the others.', terminal)
  }
  if (given.flag('mail')) {
    return refuse('The first link is not mailed: whoever opens it owns this Sundial.', terminal)
  }
  const secret = await links.create({ purpose: 'setup' })
  const expiresAt = (await links.find(secret, 'setup'))?.expiresAt ?? ''
  terminal.out(`Nobody owns this Sundial yet${placeOf(stores)}. Whoever opens this link first does:`)
  sayLink(`${dashboardOf(given, stores)}/setup/${secret}`, expiresAt, terminal)
  return 0
}

/** As the forms take it: an account of any other address could not sign in. */
function emailOf(given: Given): string {
  const email = given.word('email').trim().toLowerCase()
  if (!z.email().safeParse(email).success || email.length > 254) {
    throw new UsageError(`<email> is an e-mail address, not "${given.word('email')}"`)
  }
  return email
}

function roleOf(given: Given): Role {
  const role = ROLES.find((one) => one === given.text('role'))
  if (role === undefined) {
    throw new UsageError(`--role is ${ROLES.join(', ')}\nSee: ${SUNDIAL} user invite --help`)
  }
  return role
}

/** The one that is meant: by name or id, or the only one there is. */
export function organizationOf(
  wanted: string | undefined,
  all: readonly Organization[],
): Organization | { refused: string } {
  const fitting = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted)
  const [first] = fitting
  if (first !== undefined && fitting.length === 1) return first
  const list = all.map(({ id, name }) => `  ${name}: --organization ${id}`).join('\n')
  const why = fitting.length > 1 ? 'Say to which organization' : `There is no organization "${wanted ?? ''}"`
  return { refused: `${why}:\n${list}` }
}

interface Wanted {
  role: Role
  organization: Organization
  stores: Stores
}

async function sitesOf(
  domains: readonly string[] = [],
  { role, organization, stores }: Wanted,
): Promise<readonly Site[] | { refused: string }> {
  if (role !== 'viewer') {
    return domains.length === 0 ? [] : { refused: `Sites are chosen for viewers: as ${role} one reads all of them.` }
  }
  await stores.sites.fresh()
  const own = stores.sites.all().filter((site) => site.organization === organization.id)
  const unknown = domains.filter((domain) => !own.some((site) => site.domain === domain))
  if (unknown.length > 0) return { refused: `${organization.name} has no site ${unknown.join(', ')}.` }
  if (domains.length === 0) return { refused: 'A viewer reads chosen sites: --site <domain>, once for each.' }
  return own.filter(({ domain }) => domains.includes(domain))
}

/** On Workers the collector has the address that the settings name; the dashboard is elsewhere. */
export function dashboardOf(given: Given, { publicAddress, address, place }: Stores): string {
  const told = given.text('dashboard')
  if (told !== undefined) {
    if (!/^https?:$/.test(URL.parse(told)?.protocol ?? '')) {
      throw new UsageError(`--dashboard is an address such as https://stats.example.com, not "${told}"`)
    }
    return told.replace(/\/+$/, '')
  }
  return place === undefined ? (publicAddress ?? address ?? NOWHERE) : NOWHERE
}

const NOWHERE = 'https://<the dashboard>'

export function sayLink(link: string, expiresAt: string, terminal: Terminal): void {
  terminal.out(`  ${link}`)
  terminal.out(`It works once, until ${ENGLISH.sayMoment(expiresAt)}. Only its hash is kept: it is not shown again.`)
  if (link.startsWith(NOWHERE)) terminal.out(`Put the address at which people open the dashboard for ${NOWHERE}.`)
}

async function mailed(
  given: Given,
  stores: Stores,
  terminal: Terminal,
  to: string,
  write: () => Promise<Letter>,
): Promise<ExitCode> {
  if (!given.flag('mail')) return 0
  const mailer = await stores.mailer?.()
  if (!mailer) return refuse('No mail was sent: MAIL_URL and MAIL_FROM say how it leaves.', terminal)
  if (given.text('dashboard') === undefined && (stores.publicAddress === undefined || stores.place !== undefined)) {
    return refuse('No mail was sent: --dashboard says where its link leads.', terminal)
  }
  await mailer.send({ to, ...(await write()) })
  terminal.out(`Mailed to ${to}.`)
  return 0
}

function refuse(why: string, terminal: Terminal): ExitCode {
  terminal.err(why)
  return 1
}

export function placeOf({ place }: Stores): string {
  return place === undefined ? '' : ` ${place}`
}
