// The Sites API: programs list, add, change, share and delete the sites of their token. A module of api.ts. Only tokens
// come in, never cookies, so no page of another site can send anything here in a person's name.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Act } from '../../collector/ledger.ts'
import { sayRefusals } from '../../collector/site_refusals.ts'
import type { Renaming, Site, Sites } from '../../collector/sites.ts'
import { type ApiToken, isFor } from '../people/api_tokens.ts'
import type { Audit, AuditEntry } from '../people/audit.ts'
import { type ShareLinks, sayLinkRefusals } from '../people/share_links.ts'
import { changeOf } from '../people/site_change.ts'
import { readExtent } from '../reports/extent.ts'
import { shorterOf } from '../site_periods.ts'
import { ENGLISH } from '../words.ts'
import type { Bearer } from './bearer.ts'
import { noSite, siteOf } from './reader.ts'
import { HEADERS, refuse } from './refusal.ts'
import { answerSite, changesIn } from './site_answer.ts'
import {
  addSite,
  changeSite,
  deleteSite,
  listLinks,
  listSites,
  makeLink,
  readSite,
  withdrawLink,
} from './sites_routes.ts'

export interface SitesApiDeps {
  bearer: Bearer
  sites: Sites
  shareLinks: Pick<ShareLinks, 'make' | 'withdraw' | 'ofSite'>
  audit: Pick<Audit, 'entry'>
  counts: Pick<Counts, 'query'>
  /** Carries out what was ordered. Where it is missing, the hourly triggers do. */
  fulfil?: (() => Promise<Act[]>) | undefined
  basePath: string
  /** Where share links lead, without basePath. */
  originOf: (c: Context) => string
  /** Told about what could not be done yet. */
  report: (problem: string, error: unknown) => void
}

/** More than the longest settings take. */
const LARGEST_BODY = 128 * 1024

interface Variables {
  Variables: { token: ApiToken }
}

export function createSitesApi(deps: SitesApiDeps): OpenAPIHono {
  const { bearer, sites, shareLinks, audit, basePath } = deps
  const app = new OpenAPIHono<Variables>()

  // Before anything is read of what they send.
  for (const path of ['/api/v1/sites', '/api/v1/sites/*']) {
    app.use(path, async (c, next) => {
      if (c.get('token')) return next()
      const token = await bearer(c)
      if (token === undefined) return refuse(c, 401, [NO_TOKEN])
      if ('refused' in token) return refuse(c, token.refused, [token.because])
      if (c.req.method !== 'GET' && token.scope !== 'manage') return refuse(c, 403, [READS_ONLY])
      await sites.fresh()
      c.set('token', token)
      return next()
    })
    app.use(path, bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => refuse(c, 413, [TOO_LARGE]) }))
  }

  app.openapi(listSites, (c) => {
    const { limit, after = '' } = c.req.valid('query')
    const token = c.get('token')
    const all = sites
      .ofOrganization(token.organization)
      .filter((site) => isFor(token, site))
      .toSorted((one, other) => (one.domain < other.domain ? -1 : 1))
    const left = all.filter(({ domain }) => domain > after)
    const page = left.slice(0, limit)
    const next = left.length > limit ? (page.at(-1)?.domain ?? null) : null
    return c.json({ sites: page.map(answerSite), meta: { after: next, limit } }, 200, HEADERS)
  })

  app.openapi(addSite, async (c) => {
    const token = c.get('token')
    if (token.sites) return refuse(c, 403, [CHOSEN_ONLY])
    const { domain, ...given } = c.req.valid('json')
    const { organization } = token
    const entry = audit.entry(by(token, { act: 'site added', site: domain }))
    const answer = await sites.add({ ...changesIn(given), domain, organization }, [entry])
    if ('refused' in answer) return refuse(c, 400, [because(`${domain} was not added`, sayRefusals(answer.refused))])
    return c.json(answerSite(answer.site), 200, HEADERS)
  })

  app.openapi(readSite, (c) => {
    const site = asked(c)
    return site ? c.json(answerSite(site), 200, HEADERS) : nothing(c)
  })

  app.openapi(changeSite, async (c) => {
    const site = asked(c)
    if (!site) return nothing(c)
    const { confirm, ...given } = c.req.valid('json')
    const changes = changesIn(given)
    const isShorter = shortens(site, changes)
    if (isShorter && confirm !== site.domain) return refuse(c, 400, [confirming(site, 'A shorter period')])
    const answer = await sites.set(site.domain, changes, entriesOf(c.get('token'), site, changes))
    if ('refused' in answer)
      return refuse(c, 400, [because(`${site.domain} was not changed`, sayRefusals(answer.refused))])
    if (isShorter) carryOut()
    return c.json(answerSite(answer.site), 200, HEADERS)
  })

  app.openapi(deleteSite, async (c) => {
    const site = asked(c)
    if (!site) return nothing(c)
    if (c.req.valid('json').confirm !== site.domain) return refuse(c, 400, [confirming(site, 'A deletion')])
    const { firstDay, lastDay, ...sums } = await readExtent(deps.counts, site)
    const entry = audit.entry(by(c.get('token'), { act: 'site deleted', site: site.domain }))
    const answer = await sites.remove(site.domain, [entry])
    // Somebody was quicker.
    if ('refused' in answer) return nothing(c)
    carryOut()
    const goes = { first_day: firstDay ?? null, last_day: lastDay ?? null, ...sums }
    return c.json({ deleted: true as const, domain: site.domain, goes }, 202, HEADERS)
  })

  app.openapi(listLinks, async (c) => {
    const site = asked(c)
    if (!site) return nothing(c)
    const links = await shareLinks.ofSite(site.id)
    const answer = links.map(({ id, name, createdOn }) => ({ id, name, created_on: createdOn }))
    return c.json({ shared_links: answer }, 200, HEADERS)
  })

  app.openapi(makeLink, async (c) => {
    const site = asked(c)
    if (!site) return nothing(c)
    const { name } = c.req.valid('json')
    const entry = audit.entry(by(c.get('token'), { act: 'share link made', site: site.domain, details: { name } }))
    const answer = await shareLinks.make({ site: site.id, name }, [entry])
    if ('refused' in answer) return refuse(c, 400, sayLinkRefusals(answer.refused, ENGLISH))
    const { id, secret } = answer
    return c.json({ id, name, url: `${deps.originOf(c)}${basePath}/share/${secret}` }, 200, HEADERS)
  })

  app.openapi(withdrawLink, async (c) => {
    const site = asked(c)
    if (!site) return nothing(c)
    const link = (await shareLinks.ofSite(site.id)).find(({ id }) => id === c.req.valid('param').link_id)
    if (!link) return refuse(c, 404, [`There is no such share link of ${site.domain}.`])
    const { id, name } = link
    const entry = audit.entry(by(c.get('token'), { act: 'share link withdrawn', site: site.domain, details: { name } }))
    await shareLinks.withdraw({ site: site.id, id }, [entry])
    return c.json({ deleted: true as const }, 200, HEADERS)
  })

  /** The site in the path, if it is one of the token. */
  function asked(c: Context<Variables>): Site | undefined {
    return siteOf(c.get('token'), c.req.param('site_id') ?? '', sites)
  }

  function nothing(c: Context<Variables>) {
    return refuse(c, 404, [noSite(c.req.param('site_id') ?? '')])
  }

  /** What the audit log says of a change: of periods apart, as the pages do. */
  function entriesOf(token: ApiToken, site: Site, changes: Renaming) {
    const { anonymizationDays, retentionDays, ...settings } = changes
    const acts = [
      { act: 'site changed', details: changeOf(site, settings) },
      { act: 'period changed', details: changeOf(site, { anonymizationDays, retentionDays }) },
    ] as const
    return acts
      .filter(({ details }) => 'after' in details)
      .map((entry) => audit.entry(by(token, { ...entry, site: changes.domain ?? site.domain })))
  }

  /** Nobody waits for it: what was ordered holds from now on. */
  function carryOut(): void {
    deps.fulfil?.().catch((error) => deps.report('what the API has ordered is not carried out yet', error))
  }

  // Nobody else need know what it remembers of a request.
  const module = new OpenAPIHono()
  module.route('/', app)
  return module
}

const NO_TOKEN = 'Sites are managed by a token: Authorization: Bearer <token>.'
const READS_ONLY = 'This token reads. For this it takes one that manages sites.'
const CHOSEN_ONLY = 'This token is for chosen sites. For another one it takes a token for all sites.'
const TOO_LARGE = `A body has ${LARGEST_BODY / 1024} KB at most.`

function by({ id, organization }: ApiToken, entry: Pick<AuditEntry, 'act' | 'site' | 'details'>): AuditEntry {
  return { ...entry, organization, actor: { token: id } }
}

function because(what: string, refused: readonly string[]): string {
  return `${what}: ${refused.join('; ')}.`
}

function confirming({ domain }: Site, what: string): string {
  return `${what} cannot be undone: send "confirm": "${domain}" with it.`
}

function shortens(site: Site, { anonymizationDays, retentionDays }: Renaming): boolean {
  const wanted = {
    anonymizationDays: anonymizationDays ?? site.anonymizationDays,
    retentionDays: retentionDays ?? site.retentionDays,
  }
  return shorterOf(site, wanted) !== undefined
}
