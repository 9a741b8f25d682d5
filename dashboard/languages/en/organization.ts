// The pages of an organization: their frame, its people, its name, its end. In English.
import type { Refused } from '../../people/organizations.ts'
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'

const { plural } = FORMATS.en

const undone: Record<NonNullable<Refused>, string> = {
  'last owner': 'An organization keeps an owner: make somebody else one first.',
  'changed meanwhile': 'Somebody else has changed this meanwhile. This is how it is now.',
}

export const organization = {
  /** What the list of these pages is, to who listens. */
  list: 'Organization',
  pages: {
    people: 'People',
    tokens: 'API tokens',
    audit: 'Audit log',
    organization: 'Organization',
    end: 'Export and end',
  },

  name: { title: 'Name', label: 'Name of the organization', rename: 'Rename' },
  you: {
    title: 'You in it',
    role: (bold: Part, role: string, meaning: string) => rich`Your role is ${bold(role)}. ${meaning}`,
    handOver:
      'To hand it over, make somebody else an owner among its people, then change your own role or leave. It always keeps an owner.',
    onlyInvited: 'Only an invitation lets you in again.',
    leaving: 'Leave this organization',
    left: 'You will see its sites no more. Your account stays.',
    leave: (name: string) => `Leave ${name}`,
  },
  another: {
    title: 'Another organization',
    meaning: 'For sites with other people. You own it; nobody here sees it.',
    name: 'Its name',
    make: 'Make it',
    ownersOnly: 'Whoever owns an organization can make another one.',
  },

  people: {
    title: 'Members',
    count: (n: number) => plural(n, 'person', 'people'),
    you: 'you',
    reads: (domains: string) => `Reads ${domains}.`,
    readsNone: (meaning: string) => `${meaning} None so far.`,
    change: 'Change',
    role: 'Role',
    sites: 'Sites, for a viewer',
    noSite: 'There is no site yet.',
    allSites: 'The other roles read every site, also those to come.',
    save: 'Save',
    removed: 'Whoever is removed sees nothing here any more, from the next click on.',
    remove: (name: string) => `Remove ${name}`,
  },
  invitations: {
    title: 'Open invitations',
    meaning: 'Each opens once. When whoever made one may invite no more, it opens nothing.',
    until: (role: string, moment: string) => `${role}, until ${moment}`,
    withdraw: 'Withdraw',
    invite: 'Invite somebody',
    email: 'Their e-mail address',
    emailMeaning:
      'The invitation is for this address only. Sundial keeps it while the invitation is open, for 7 days at most.',
    make: 'Make the invitation',
    made: (email: string) => `The invitation for ${email}`,
    mailed: 'It was mailed. You can also pass it on yourself:',
    notMailed: 'The mail could not be sent. Pass this link on to them:',
    passOn: 'Pass this link on to them:',
    copy: 'Copy it now: it is shown this once, and only a hash of it is kept. It opens once, within 7 days, for this address.',
  },

  /** Why a form was not taken, or something was not done. */
  refusals: {
    ...undone,
    nameMissing: 'The name is missing.',
    nameTooLong: 'The name is too long.',
    noEmailAddress: 'That is no e-mail address.',
    roleNotYours: 'Choose a role that is yours to give.',
    sitesMissing: 'Tick the sites that the viewer may read.',
    memberAlready: 'They belong to this organization already.',
    invitedOften: 'This address has three open invitations. Withdraw one, or pass one of them on.',
    manyInvited: 'A hundred invitations are open. Withdraw those that nobody will use.',
    notBelow: 'Managers invite, change and remove only people below them. Owners can do this.',
  },

  end: {
    take: 'Take everything along',
    all: (name: string) =>
      `One archive with all that is kept of ${name}: its people, the names of its tokens, the settings, notes and webhooks of its sites, its audit log, and every number, as CSV and as JSON. Nothing in it opens anything.`,
    export: 'Export everything',
    title: (name: string) => `Delete ${name}`,
    sitesAtOnce: 'At once its sites count nothing any more, and nobody can open them: share links and API tokens end.',
    peopleAtOnce:
      'At once its people are gone; whoever belongs to no other organization loses the account, you included.',
    countsStay: (days: number) =>
      `Its counts stay for ${days} days, unread. So long a link, which you get now, takes everything but the people back.`,
    countsGo: 'Then the counts are deleted, and its audit log. Backups that the operator keeps have their own end.',
    unknown: 'How much that is cannot be shown now: the database does not answer.',
    notTyped: (name: string) => `Type ${name} to delete it.`,
    type: (name: string) => `Type ${name} to do it`,
    delete: 'Delete the organization',
    noSite: 'It has no site.',
    site: 'Site',
    days: 'Days',
    counts: 'Attribute counts',
  },
  ended: {
    title: (name: string) => `${name} is deleted`,
    once: 'This is the receipt. It is shown this once: print or save it.',
    receipt: 'Receipt',
    goneAtOnce: 'Gone at once',
    peopleGone: (people: number) =>
      `${people === 1 ? 'One member' : plural(people, 'member', 'members')}, all invitations, share links and API tokens; accounts that belong nowhere else. Its sites count nothing any more.`,
    goneOn: (day: string) => `Gone on ${day}`,
    countsGone:
      'The counts of its sites, their settings, and its audit log. The ledger keeps a receipt of every site’s deletion.',
    back: (days: number) => `To take it back within ${days} days`,
    backBy: 'Whoever opens this link owns it. Only a hash of it is kept.',
  },
}

export type OrganizationWords = typeof organization
