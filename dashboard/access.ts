// Who may do what: roles, permissions, and the one list of every address of the dashboard with what it asks for. door.tsx
// mounts no route that is not here, and test/access.test.ts walks all of them as everybody.

/** From the most to the least. */
export const ROLES = ['owner', 'manager', 'analyst', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = {
  /** The numbers of a site. A viewer reads the sites that were chosen for them, everybody else all of them. */
  read: ['owner', 'manager', 'analyst', 'viewer'],
  annotate: ['owner', 'manager', 'analyst'],
  /** Sites, their settings, periods, share links; anonymize and delete them. */
  sites: ['owner', 'manager'],
  /** Inviting and removing people below oneself. */
  people: ['owner', 'manager'],
  tokens: ['owner', 'manager'],
  audit: ['owner', 'manager'],
  /** Renaming and deleting the organization, making other owners. */
  organization: ['owner'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof PERMISSIONS

export function may(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission]
  return roles.includes(role)
}

/** Whether somebody of this role may invite, change and remove somebody of that one. */
export function isAbove(role: Role, other: Role): boolean {
  return role === 'owner' || ROLES.indexOf(role) < ROLES.indexOf(other)
}

/**
 * What an address asks for:
 * - 'anybody': nothing; it is about nobody's data, or the secret in its path decides.
 * - 'person': an account.
 * - 'readable': a site (?site=, else the first) that who asks may read: by role, or because it is public.
 * - 'shared': the share link in the path, its password where it has one, and nothing of who opens it.
 * - 'link': that link alone: its password is still to come.
 * - { site }: a permission in the organization that owns the site in the path.
 * - { organization }: a permission in the organization in the path.
 */
export type Rule =
  | 'anybody'
  | 'person'
  | 'readable'
  | 'shared'
  | 'link'
  | { site: Permission }
  | { organization: Permission }

export const ROUTES = {
  'GET /dashboard.css': 'anybody',
  'GET /dashboard.js': 'anybody',
  'GET /favicon.svg': 'anybody',
  'GET /shortcuts': 'anybody',

  'GET /setup/:token': 'anybody',
  'POST /setup/:token': 'anybody',
  'GET /sign-in': 'anybody',
  'POST /sign-in': 'anybody',
  'GET /sign-in/second-factor': 'anybody',
  'POST /sign-in/second-factor': 'anybody',
  'POST /sign-out': 'anybody',
  'GET /reset': 'anybody',
  'POST /reset': 'anybody',
  'GET /reset/:token': 'anybody',
  'POST /reset/:token': 'anybody',

  'GET /account': 'person',
  'POST /account/name': 'person',
  'POST /account/language': 'person',
  'POST /account/email': 'person',
  'POST /account/password': 'person',
  'POST /account/sign-out': 'person',
  'POST /account/second-factor': 'person',
  'GET /account/second-factor': 'person',
  'POST /account/second-factor/confirm': 'person',
  'POST /account/second-factor/off': 'person',
  'POST /account/recovery-codes': 'person',
  'GET /account/delete': 'person',
  'POST /account/delete': 'person',

  'GET /': 'readable',
  'GET /breakdown': 'readable',
  'GET /breakdown.csv': 'readable',
  'GET /export.zip': 'readable',
  'GET /export.json': 'readable',
  'GET /search': 'readable',
  'GET /fives': 'readable',
  'GET /dropped': 'readable',
  'GET /share/:token': 'shared',
  'GET /share/:token/breakdown': 'shared',
  'GET /share/:token/breakdown.csv': 'shared',
  'GET /share/:token/export.zip': 'shared',
  'GET /share/:token/export.json': 'shared',
  'GET /share/:token/search': 'shared',
  'GET /share/:token/fives': 'shared',
  'GET /share/:token/dropped': 'shared',
  'GET /share/:token/password': 'link',
  'POST /share/:token/password': 'link',

  'GET /invitation/:token': 'anybody',
  'POST /invitation/:token': 'anybody',
  'GET /undo/:token': 'anybody',
  'POST /undo/:token': 'anybody',
  // Whoever owns one may make another; its page asks.
  'POST /organizations': 'person',
  'GET /organizations/:organization': { organization: 'read' },
  'POST /organizations/:organization/leave': { organization: 'read' },
  'POST /organizations/:organization/name': { organization: 'organization' },
  'GET /organizations/:organization/people': { organization: 'people' },
  'POST /organizations/:organization/people/invite': { organization: 'people' },
  'POST /organizations/:organization/people/withdraw': { organization: 'people' },
  'POST /organizations/:organization/people/change': { organization: 'people' },
  'POST /organizations/:organization/people/remove': { organization: 'people' },
  'GET /organizations/:organization/audit': { organization: 'audit' },
  'POST /organizations/:organization/audit': { organization: 'audit' },
  'GET /organizations/:organization/audit.csv': { organization: 'audit' },
  'GET /organizations/:organization/audit.json': { organization: 'audit' },
  'GET /organizations/:organization/export': { organization: 'organization' },
  'GET /organizations/:organization/end': { organization: 'organization' },
  'POST /organizations/:organization/end': { organization: 'organization' },

  'GET /sites': 'person',
  'GET /organizations/:organization/sites/new': { organization: 'sites' },
  'POST /organizations/:organization/sites/new': { organization: 'sites' },
  'GET /sites/:site/notes': { site: 'annotate' },
  'POST /sites/:site/notes': { site: 'annotate' },
  'POST /sites/:site/notes/:note': { site: 'annotate' },
  'POST /sites/:site/notes/:note/remove': { site: 'annotate' },
  'GET /sites/:site/settings': { site: 'sites' },
  'POST /sites/:site/settings': { site: 'sites' },
  'GET /sites/:site/settings/counting': { site: 'sites' },
  'GET /sites/:site/settings/events': { site: 'sites' },
  'GET /sites/:site/settings/transparency': { site: 'sites' },
  'GET /sites/:site/settings/sharing': { site: 'sites' },
  'POST /sites/:site/settings/sharing/links': { site: 'sites' },
  'POST /sites/:site/settings/sharing/links/:link/withdraw': { site: 'sites' },
  'GET /sites/:site/settings/periods': { site: 'sites' },
  'POST /sites/:site/settings/periods': { site: 'sites' },
  'GET /sites/:site/settings/end': { site: 'sites' },
  'POST /sites/:site/settings/anonymize': { site: 'sites' },
  'POST /sites/:site/settings/delete': { site: 'sites' },

  'GET /sites/:site/reports': { site: 'read' },
  'POST /sites/:site/reports': { site: 'read' },
  'POST /sites/:site/reports/webhooks': { site: 'sites' },
  'POST /sites/:site/reports/webhooks/:webhook/test': { site: 'sites' },
  'POST /sites/:site/reports/webhooks/:webhook/remove': { site: 'sites' },
  'GET /unsubscribe/:token': 'anybody',
  'POST /unsubscribe/:token': 'anybody',
  'GET /sites/:site/health': { site: 'read' },
  'POST /sites/:site/health': { site: 'read' },
  'GET /badge/:site': 'anybody',

  'GET /organizations/:organization/tokens': { organization: 'tokens' },
  'POST /organizations/:organization/tokens': { organization: 'tokens' },
  'POST /organizations/:organization/tokens/:token/withdraw': { organization: 'tokens' },
} as const satisfies Record<`${'GET' | 'POST'} /${string}`, Rule>
export type Route = keyof typeof ROUTES

/** A mail program ends a subscription by a POST without a page: https://www.rfc-editor.org/rfc/rfc8058#section-3.1 */
export const POSTED_BY_MAIL: Route = 'POST /unsubscribe/:token'

export function ruleOf(route: Route): Rule {
  return ROUTES[route]
}
