// The routes of an organization's API tokens, on the dashboard. Mounted by dashboard.ts.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { Sites } from '../collector/sites.ts'
import type { Door, OrganizationGuest } from './door.tsx'
import { organizationPath } from './pages/organization.tsx'
import { type TokenForm, TokensPage } from './pages/tokens.tsx'
import { type ApiTokens, readNewToken, SCOPES, type Scope } from './people/api_tokens.ts'

export interface TokensDeps {
  door: Door
  apiTokens: ApiTokens
  sites: Pick<Sites, 'ofOrganization'>
  basePath: string
  /** Where the API is, without basePath. */
  originOf: (c: Context) => string
}

const BLANK: TokenForm = { name: '', scope: 'read', which: 'all', ticked: [] }

export function createTokens({ door, apiTokens, sites, basePath, originOf }: TokensDeps): Hono {
  const app = new Hono()

  door.on(app, 'GET /organizations/:organization/tokens', (c, guest) => show(c, guest, {}))

  door.on(app, 'POST /organizations/:organization/tokens', async (c, guest) => {
    const form = typed.parse(await c.req.parseBody({ all: true }))
    const { id: organization } = guest.organization
    const chosen = sites.ofOrganization(organization).filter(({ domain }) => form.ticked.includes(domain))
    const read = readNewToken(form)
    const words = door.words(c).tokens
    const refused = [
      ...('problems' in read ? read.problems.map((problem) => words.problems[problem]) : []),
      ...(form.which === 'chosen' && chosen.length === 0 ? [words.sitesMissing] : []),
    ]
    if ('problems' in read || refused.length > 0) return show(c, guest, { form, refused }, 422)
    const ids = form.which === 'chosen' ? chosen.map(({ id }) => id) : undefined
    const { secret } = await apiTokens.make({ organization, ...read, sites: ids }, guest.actor)
    const domain = (ids ? chosen : sites.ofOrganization(organization))[0]?.domain
    return show(c, guest, { made: { name: read.name, secret, curl: curlOf(c, secret, domain) } })
  })

  door.on(app, 'POST /organizations/:organization/tokens/:token/withdraw', async (c, guest) => {
    const { id: organization } = guest.organization
    const withdrawn = await apiTokens.withdraw({ organization, id: c.req.param('token') ?? '' }, guest.actor)
    if (withdrawn)
      return c.redirect(`${organizationPath({ basePath }, guest.organization, '/tokens')}?saved=withdrawn`, 303)
    const { tokens, frame } = door.words(c)
    return door.problem(c, guest, { status: 404, title: frame.nothingHere.title, sentence: tokens.noSuchToken })
  })

  async function show(c: Context, guest: OrganizationGuest, shown: Shown, status: 200 | 422 = 200) {
    const { organization, membership, frame } = guest
    const { form = BLANK, refused = [], made } = shown
    const withdrawn = c.req.method === 'GET' && c.req.query('saved') === 'withdrawn'
    const tokens = await apiTokens.list(organization.id)
    const own = sites.ofOrganization(organization.id)
    return door.page(
      c,
      <TokensPage {...{ frame, membership, sites: own, tokens, form, refused, withdrawn, made }} />,
      status,
    )
  }

  function curlOf(c: Context, secret: string, domain: string | undefined): string {
    const api = `${originOf(c)}${basePath}/api/v1`
    const address = domain ? `${api}/stats/aggregate?${new URLSearchParams({ site_id: domain })}` : `${api}/sites`
    return `curl -H 'Authorization: Bearer ${secret}' '${address}'`
  }

  return app
}

interface Shown {
  form?: TokenForm
  refused?: readonly string[]
  made?: { name: string; secret: string; curl: string }
}

const one = z.catch(z.string(), '')
/** One that is ticked is sent as a text, several as a list. */
const many = z.catch(
  z.union([
    z.pipe(
      z.string(),
      z.transform((text) => [text]),
    ),
    z.array(z.string()),
  ]),
  [],
)
const scope = z.catch(z.enum(SCOPES), 'read' satisfies Scope)
const typed = z.pipe(
  z.object({ name: one, scope, which: z.catch(z.enum(['all', 'chosen']), 'all'), site: many }),
  z.transform(({ site, ...form }): TokenForm => ({ ...form, ticked: site })),
)
