// Every address of the dashboard and the API, asked for by everybody about everything: who is let in is what access.ts
// declares, what is refused changes nothing, and what belongs to others is answered as what nobody has.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { migrate } from '../collector/migrate.ts'
import { may, type Permission, ROUTES, type Role, type Rule } from '../dashboard/access.ts'
import {
  CAST,
  HOST,
  makeTwoOrganizations,
  NAMES,
  type Name,
  NOTHING,
  ORGANIZATIONS,
  SITES,
  type SiteName,
  type Template,
  type Things,
  type World,
} from './two_organizations.ts'

let directory: string
let counts: Counts
let template: Template
let world: World

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-access-'))
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  template = await makeTwoOrganizations()
  world = template.open(counts)
})
afterAll(async () => {
  world.close()
  template.remove()
  await counts.close()
  rmSync(directory, { recursive: true })
})

/** After something was let in that may have changed it. */
function startAnew(): void {
  world.close()
  world = template.open(counts)
}

const SITE_NAMES: readonly SiteName[] = ['mine', 'second', 'other', 'public', 'unknown']
const ORGANIZATION_NAMES = ['mine', 'other', 'unknown'] as const
type OrganizationName = (typeof ORGANIZATION_NAMES)[number]
type Outcome = 'in' | 'sign in' | 'nothing' | 'forbidden'
type Somebody = Name | 'nobody'
const EVERYBODY: readonly Somebody[] = ['nobody', ...NAMES]

const routes: readonly [route: string, rule: Rule][] = Object.entries(ROUTES)

function thingsOf(organization: OrganizationName): Things {
  return organization === 'unknown' ? NOTHING : template[organization]
}

const ownerOf = (site: SiteName): OrganizationName => {
  if (site === 'unknown') return 'unknown'
  return site === 'mine' || site === 'second' ? 'mine' : 'other'
}

/** What stands in the place of a parameter, by its name. */
function valueFor(parameter: string, route: string, things: Things, site: SiteName): string {
  const { secrets } = things
  if (parameter === 'site') return SITES[site]
  if (parameter === 'organization') return things.organization
  if (parameter === 'user') return things.user
  if (parameter === 'invitation') return things.invitation
  if (parameter === 'link') return route.includes('/sharing/') ? things.shareLink : things.invitation
  if (parameter === 'webhook') return things.webhook
  if (parameter === 'token') {
    const [, , first] = route.split(/[ /]/)
    if (first === 'organizations') return things.apiToken
    if (first === 'invitation') return secrets.invitation
    if (first === 'reset') return secrets.reset
    if (first === 'share') return secrets.share
    return NOTHING.secrets.reset
  }
  // Of a kind that no organization has here: who is let in is asked all the same.
  return NOTHING.apiToken
}

/** `inner` fills what is below the site or organization of the path. */
function fill(route: string, things: Things, site: SiteName, inner = things): string {
  const filled = route.replaceAll(/:(\w+)/g, (_, parameter) => {
    const from = parameter === 'organization' ? things : inner
    return encodeURIComponent(valueFor(parameter, route, from, site))
  })
  return ROUTES_BY_QUERY.has(route)
    ? `${filled}?${new URLSearchParams({ site: SITES[site], dimension: 'page' })}`
    : filled
}

const ROUTES_BY_QUERY = new Set(routes.filter(([, rule]) => rule === 'readable').map(([route]) => route))

function cookieOf(somebody: Somebody): Record<string, string> {
  return somebody === 'nobody' ? {} : { cookie: template.cookies[somebody] }
}

/** Ids of others in every field that a form may have: whoever is let in must not reach them so either. */
function foreignForm(): string {
  const { organization, user, invitation, shareLink, apiToken } = template.other
  const form = new URLSearchParams({
    ...{ name: 'A name', was: 'owner', email: 'somebody@example.com', role: 'viewer', organization, user, invitation },
    ...{
      link: shareLink,
      token: apiToken,
      scope: 'manage',
      which: 'chosen',
      confirm: SITES.other,
      domain: 'new.example',
    },
  })
  for (const site of [SITES.other, SITES.public, '3', '4']) {
    form.append('site', site)
    form.append('sites', site)
  }
  return form.toString()
}

interface Answered {
  /** Or what has gone wrong. */
  outcome: Outcome | string
  /** All of it, with what was asked for taken out. */
  whole: { status: number; headers: Record<string, string>; body: string }
}

async function ask(request: string, somebody: Somebody, asked: readonly string[]): Promise<Answered> {
  const body = request.startsWith('POST') ? { body: foreignForm() } : {}
  const answer = await world.ask(request, { headers: cookieOf(somebody), ...body })
  const text = await answer.text()
  const without = (said: string) => asked.reduce((left, name) => left.replaceAll(name, '•'), said)
  const headers = Object.fromEntries([...answer.headers].map(([name, value]) => [name, without(value)]))
  return {
    outcome: outcomeOf(answer, text),
    whole: { status: answer.status, headers, body: without(text) },
  }
}

function outcomeOf(answer: Response, text: string): Outcome | string {
  const location = answer.headers.get('location') ?? ''
  if (answer.status >= 500) return `${answer.status} ${world.problems.at(-1)}`
  if (answer.status === 303 && location.startsWith('/sign-in?next=')) return 'sign in'
  // A form has no page to come back to. What ends a session leads there as well, and says so to the browser.
  if (answer.status === 303 && location === '/sign-in' && !answer.headers.has('set-cookie')) return 'sign in'
  if (answer.status === 404 && text.includes('There is nothing at this address for you.')) return 'nothing'
  if (answer.status === 403 && text.includes('Your role in this organization does not include this.')) {
    return 'forbidden'
  }
  return 'in'
}

const castOf = (somebody: Somebody) =>
  somebody === 'nobody' ? { organization: undefined, role: 'viewer' as Role, reads: [] } : CAST[somebody]

const reads = (somebody: Somebody, site: SiteName) => {
  const own: readonly SiteName[] = castOf(somebody).reads
  return own.includes(site)
}

/** What access.ts declares, said once more in words of its own. */
function declared(rule: Rule, somebody: Somebody, site: SiteName, organization: OrganizationName): Outcome {
  const refused = somebody === 'nobody' ? 'sign in' : 'nothing'
  const permitted = (permission: Permission) => (may(castOf(somebody).role, permission) ? 'in' : 'forbidden')
  if (rule === 'anybody') return 'in'
  if (rule === 'shared' || rule === 'link') return organization === 'unknown' ? 'nothing' : 'in'
  if (rule === 'person') return somebody === 'nobody' ? 'sign in' : 'in'
  if (rule === 'readable') return site === 'public' || reads(somebody, site) ? 'in' : refused
  if ('site' in rule) return reads(somebody, site) ? permitted(rule.site) : refused
  return castOf(somebody).organization === organization ? permitted(rule.organization) : refused
}

const isAboutSites = (rule: Rule) => rule === 'readable' || (typeof rule === 'object' && 'site' in rule)
const isAboutOrganizations = (rule: Rule) => typeof rule === 'object' && 'organization' in rule

/** What a route can be asked about. */
function* targetsOf(rule: Rule): Generator<{ site: SiteName; organization: OrganizationName }> {
  if (isAboutSites(rule)) for (const site of SITE_NAMES) yield { site, organization: ownerOf(site) }
  else if (isAboutOrganizations(rule) || rule === 'shared' || rule === 'link')
    for (const organization of ORGANIZATION_NAMES) yield { site: 'mine', organization }
  else yield { site: 'mine', organization: 'mine' }
}

describe.each(routes)('%s', (route, rule) => {
  const isSent = route.startsWith('POST')

  test('lets in whom its rule lets in, and what it refuses changes nothing', async () => {
    const expected: Record<string, string> = {}
    const found: Record<string, string> = {}
    let before = world.dump()
    for (const somebody of EVERYBODY) {
      for (const { site, organization } of targetsOf(rule)) {
        const who = `${somebody} about ${isAboutSites(rule) ? site : organization}`
        const outcome = declared(rule, somebody, site, organization)
        expected[who] = outcome
        const asked = await ask(fill(route, thingsOf(organization), site), somebody, [])
        // Nobody is kept from these, but some lead to the sign-in.
        found[who] = rule === 'anybody' && asked.whole.status < 500 ? 'in' : asked.outcome
        if (outcome !== 'in') expect({ who, ...world.dump() }).toEqual({ who, ...before })
        else {
          if (isSent) startAnew()
          before = world.dump()
        }
      }
    }
    expect(found).toEqual(expected)
  })

  test.runIf(isAboutSites(rule) || isAboutOrganizations(rule))(
    'answers about what belongs to others as about what nobody has',
    async () => {
      const named = (site: SiteName, organization: OrganizationName) =>
        isAboutSites(rule) ? SITES[site] : thingsOf(organization).organization
      for (const somebody of EVERYBODY) {
        const unknown = await ask(fill(route, NOTHING, 'unknown'), somebody, [named('unknown', 'unknown')])
        for (const { site, organization } of targetsOf(rule)) {
          const outcome = declared(rule, somebody, site, organization)
          if (outcome === 'in' || outcome === 'forbidden') continue
          const asked = fill(route, thingsOf(organization), site, NOTHING)
          const foreign = await ask(asked, somebody, [named(site, organization)])
          expect({ somebody, site, ...foreign }).toEqual({ somebody, site, ...unknown })
        }
      }
    },
  )

  test.runIf(isAboutSites(rule) || isAboutOrganizations(rule) || rule === 'person')(
    'reaches nothing of others from an address of one’s own',
    async () => {
      const asked = (things: Things) => [things.user, things.invitation, things.shareLink, things.apiToken]
      const before = rowsOfOther()
      const foreign = await ask(fill(route, template.mine, 'mine', template.other), 'owner', asked(template.other))
      expect(rowsOfOther()).toEqual(before)
      if (isSent) startAnew()
      if (/:(?!site\b|organization\b)\w/.test(route)) {
        const unknown = await ask(fill(route, template.mine, 'mine', NOTHING), 'owner', asked(NOTHING))
        expect(foreign).toEqual(unknown)
        if (isSent) startAnew()
      }
      expect(foreign.whole.status).toBeLessThan(500)
      for (const secret of [ORGANIZATIONS.other, SITES.other, template.other.organization, 'stranger@example.com'])
        expect(isSent ? '' : foreign.whole.body).not.toContain(secret)
    },
  )
})

/** Whatever in the database names the other organization, its sites or its people. */
function rowsOfOther(): Record<string, unknown> {
  const { organization, user } = template.other
  const marks: readonly unknown[] = [organization, user, SITES.other, SITES.public]
  const isOther = (row: Record<string, unknown>) =>
    Object.values(row).some((value) => marks.includes(value)) ||
    row.site === 3 ||
    row.site === 4 ||
    (typeof row.sites === 'string' && /\b[34]\b/.test(row.sites))
  return Object.fromEntries(Object.entries(world.dump()).map(([table, rows]) => [table, rows.filter(isOther)]))
}

describe('the list of addresses', () => {
  test('is all that is mounted, and all of it is mounted', () => {
    const mounted = new Set(
      world.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    )
    const listed = [...routes.map(([route]) => route), ...Object.keys(API)]
    expect([...mounted].sort()).toEqual([...new Set(listed)].sort())
  })

  test('takes no form from another site, whoever is signed in', async () => {
    const before = world.dump()
    const taken: string[] = []
    for (const [route] of routes.filter(([route]) => route.startsWith('POST'))) {
      for (const origin of ['https://evil.example', 'null', `${HOST}.evil.example`]) {
        const headers = { ...cookieOf('owner'), origin, 'sec-fetch-site': 'cross-site' }
        const answer = await world.ask(fill(route, template.mine, 'mine'), { headers, body: 'name=x' })
        if (answer.status !== 403) taken.push(`${route} from ${origin}: ${answer.status}`)
      }
    }
    expect(taken).toEqual([])
    expect(world.dump()).toEqual(before)
  })
})

/**
 * Who may use an address of the API: anybody; who reads the site, by a token, by a session or because it is public; any
 * token; a token for the site; one of those that manages.
 */
type ApiRule = 'anybody' | 'numbers' | 'token' | 'manage' | 'site' | 'manage site'

const API: Readonly<Record<string, ApiRule>> = {
  'GET /api/openapi.json': 'anybody',
  'GET /api/docs': 'anybody',
  'GET /api/docs.css': 'anybody',
  'GET /api/v1/stats/realtime/visitors': 'anybody',
  'GET /api/v1/stats/aggregate': 'numbers',
  'GET /api/v1/stats/timeseries': 'numbers',
  'GET /api/v1/stats/breakdown': 'numbers',
  'GET /api/v1/sites': 'token',
  'POST /api/v1/sites': 'manage',
  'GET /api/v1/sites/:site_id': 'site',
  'PATCH /api/v1/sites/:site_id': 'manage site',
  'DELETE /api/v1/sites/:site_id': 'manage site',
  'GET /api/v1/sites/:site_id/shared-links': 'site',
  'POST /api/v1/sites/:site_id/shared-links': 'manage site',
  'DELETE /api/v1/sites/:site_id/shared-links/:link_id': 'manage site',
}

const TOKENS = ['none', 'unknown', 'mine read', 'mine manage', 'other read', 'other manage'] as const
type Token = (typeof TOKENS)[number]

function headersOf(token: Token): Record<string, string> {
  if (token === 'none') return {}
  const [organization, scope] = token.split(' ')
  const { secrets } = organization === 'unknown' ? NOTHING : organization === 'mine' ? template.mine : template.other
  return { authorization: `Bearer ${scope === 'manage' ? secrets.manage : secrets.read}` }
}

describe.each(Object.entries(API))('%s', (route, rule) => {
  const isNamed = rule === 'numbers' || rule === 'site' || rule === 'manage site'
  // Of the others no link was made.
  const siteNames = SITE_NAMES.filter((site) => !route.includes(':link_id') || (site !== 'second' && site !== 'public'))

  function askApi(site: SiteName, headers: Record<string, string>): Promise<Response> {
    const link = ownerOf(site) === 'mine' ? template.mine.shareLink : template.other.shareLink
    const filled = route.replace(':site_id', SITES[site]).replace(':link_id', link)
    if (route.startsWith('GET')) {
      const query =
        rule === 'numbers' ? `?${new URLSearchParams({ site_id: SITES[site], property: 'event:page' })}` : ''
      return world.ask(`${filled}${query}`, { headers })
    }
    const body = JSON.stringify(bodyOf(route, site))
    return world.ask(filled, { headers: { ...headers, 'content-type': 'application/json' }, body })
  }

  function declaredStatus(token: Token, site: SiteName): 401 | 403 | 404 | 'in' {
    if (rule === 'anybody') return 'in'
    if (token === 'none') return rule === 'numbers' && site === 'public' ? 'in' : 401
    if (token === 'unknown') return 401
    if (rule.startsWith('manage') && token.endsWith('read')) return 403
    return !isNamed || token.startsWith(ownerOf(site)) ? 'in' : 404
  }

  test('is for the tokens that it says, and what it refuses changes nothing', async () => {
    const expected: Record<string, unknown> = {}
    const found: Record<string, unknown> = {}
    let before = world.dump()
    for (const token of TOKENS) {
      for (const site of siteNames) {
        const who = `${token} about ${site}`
        expected[who] = declaredStatus(token, site)
        const { status } = await askApi(site, headersOf(token))
        const isIn = status < 500 && (rule === 'anybody' || ![401, 403, 404].includes(status))
        found[who] = isIn ? 'in' : status
        if (expected[who] !== 'in') expect({ who, ...world.dump() }).toEqual({ who, ...before })
        else if (!route.startsWith('GET')) {
          startAnew()
          before = world.dump()
        }
      }
    }
    expect(found).toEqual(expected)
  })

  test('is read by sessions that read the site, and changed by none', async () => {
    const before = world.dump()
    const expected: Record<string, unknown> = {}
    const found: Record<string, unknown> = {}
    for (const somebody of NAMES) {
      for (const site of siteNames) {
        const who = `${somebody} about ${site}`
        const isRead = site === 'public' || reads(somebody, site)
        expected[who] = rule === 'anybody' ? 'anything' : rule !== 'numbers' ? 401 : isRead ? 200 : 404
        const { status } = await askApi(site, cookieOf(somebody))
        found[who] = rule === 'anybody' && status < 500 ? 'anything' : status
      }
    }
    expect(found).toEqual(expected)
    expect(world.dump()).toEqual(before)
  })

  test.runIf(isNamed)('answers about sites of others as about what nobody has', async () => {
    const whole = async (site: SiteName, headers: Record<string, string>) => {
      const answer = await askApi(site, headers)
      const body = (await answer.text()).replaceAll(SITES[site], '•')
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body }
    }
    for (const token of TOKENS) {
      const unknown = await whole('unknown', headersOf(token))
      for (const site of siteNames.filter((site) => declaredStatus(token, site) !== 'in')) {
        expect({ token, site, ...(await whole(site, headersOf(token))) }).toEqual({ token, site, ...unknown })
      }
    }
    expect(await whole('other', cookieOf('owner'))).toEqual(await whole('unknown', cookieOf('owner')))
  })

  test('names nothing of others', async () => {
    const answer = await askApi('mine', headersOf('mine manage'))
    const text = await answer.text()
    for (const secret of [SITES.other, SITES.public, template.other.organization, ORGANIZATIONS.other])
      expect(text).not.toContain(secret)
    if (!route.startsWith('GET')) startAnew()
  })
})

function bodyOf(route: string, site: SiteName): unknown {
  if (route === 'POST /api/v1/sites') return { domain: 'new.example' }
  if (route.startsWith('PATCH')) return { k: 10 }
  if (route.startsWith('POST')) return { name: 'for the board' }
  return { confirm: SITES[site] }
}
