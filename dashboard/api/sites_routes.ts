// The routes of the Sites API as they are described, close to Plausible's (https://plausible.io/docs/sites-api) where they
// mean the same. Handled by sites_api.ts.
import { createRoute, z } from '@hono/zod-openapi'
import { LONGEST_NAME } from '../people/share_links.ts'
import { refusal, SITE_REFUSALS } from './refusal.ts'
import { DELETION, EXAMPLE, NEW_SITE, SITE, SITE_CHANGES } from './site_answer.ts'

const LIMIT = 1000
const LIMIT_ERROR = `limit is a whole number from 1 to ${LIMIT}.`

const COMMON = { tags: ['Sites'], security: [{ bearerAuth: [] }] }

const site_id = z
  .string()
  .openapi({ description: 'The domain of the site.', param: { name: 'site_id', in: 'path', example: 'example.com' } })
const params = z.object({ site_id })

const { 404: _, ...REFUSALS } = SITE_REFUSALS
const OF_SITE = { ...REFUSALS, 404: refusal('There is no such site, or none that this token is for.') }
const OF_BODY = {
  413: refusal('The body is larger than any site’s settings.'),
  415: refusal('The body is no JSON by its Content-Type.'),
}

function json<S extends z.ZodType>(description: string, schema: S, example: z.infer<S>) {
  return { description, content: { 'application/json': { schema, example } } }
}

function body<S extends z.ZodType>(schema: S, example: z.input<S>) {
  return { required: true, content: { 'application/json': { schema, example } } }
}

const SITES = z
  .object({
    sites: z.array(SITE),
    meta: z.object({
      after: z.string().nullable().openapi({
        description: 'Where there are more: the `after` that asks for those.',
      }),
      limit: z.int(),
    }),
  })
  .openapi('Sites')

export const listSites = createRoute({
  method: 'get',
  path: '/api/v1/sites',
  operationId: 'list-sites',
  summary: 'List sites',
  description: 'The sites of the token, by domain.',
  ...COMMON,
  request: {
    query: z.object({
      limit: z
        .string()
        .regex(/^\d{1,7}$/, { error: LIMIT_ERROR })
        .transform(Number)
        .pipe(z.number().min(1, { error: LIMIT_ERROR }).max(LIMIT, { error: LIMIT_ERROR }))
        .default(100)
        .openapi({
          type: 'integer',
          minimum: 1,
          maximum: LIMIT,
          default: 100,
          description: 'How many sites to answer.',
        }),
      after: z.string().optional().openapi({ description: 'What the answer before has said under `meta.after`.' }),
    }),
  },
  responses: {
    200: json('The sites.', SITES, { sites: [EXAMPLE], meta: { after: null, limit: 100 } }),
    ...REFUSALS,
  },
})

export const addSite = createRoute({
  method: 'post',
  path: '/api/v1/sites',
  operationId: 'add-site',
  summary: 'Add a site',
  description:
    'Its events count from then on. Needs a token that manages all sites of its organization. What is not given is as on a new site.',
  ...COMMON,
  request: { body: body(NEW_SITE, { domain: 'example.com', timezone: 'Europe/Paris' }) },
  responses: { 200: json('The site as it now is.', SITE, EXAMPLE), ...REFUSALS, ...OF_BODY },
})

export const readSite = createRoute({
  method: 'get',
  path: '/api/v1/sites/{site_id}',
  operationId: 'read-site',
  summary: 'Read a site',
  description: 'The settings of a site.',
  ...COMMON,
  request: { params },
  responses: { 200: json('The site.', SITE, EXAMPLE), ...OF_SITE },
})

export const changeSite = createRoute({
  method: 'patch',
  path: '/api/v1/sites/{site_id}',
  operationId: 'change-site',
  summary: 'Change a site',
  description:
    'What is not given stays as it is; a list replaces the whole list. Takes effect within a minute. Needs a token that manages.',
  ...COMMON,
  request: { params, body: body(SITE_CHANGES, { timezone: 'Europe/Paris', goals: ['signup', '/thanks'] }) },
  responses: { 200: json('The site as it now is.', SITE, EXAMPLE), ...OF_SITE, ...OF_BODY },
})

const count = z.int()
const day = z.iso.date().nullable()
const DELETED = z
  .object({
    deleted: z.literal(true),
    domain: z.string(),
    goes: z
      .object({
        first_day: day.openapi({ description: 'Null where nothing was counted.' }),
        last_day: day,
        days: count.openapi({ description: 'Days on which anything was counted.' }),
        visits: count,
        pageviews: count,
        events: count,
      })
      .openapi({ description: 'What could be read until now.' }),
  })
  .openapi('DeletedSite')

export const deleteSite = createRoute({
  method: 'delete',
  path: '/api/v1/sites/{site_id}',
  operationId: 'delete-site',
  summary: 'Delete a site',
  description:
    'Orders that a site goes with all that was ever counted of it. Nothing of it can be read from then on; off the disk it is within hours. Needs a token that manages.',
  ...COMMON,
  request: { params, body: body(DELETION, { confirm: 'example.com' }) },
  responses: {
    202: json('The deletion is ordered.', DELETED, {
      deleted: true,
      domain: 'example.com',
      goes: {
        ...{ first_day: '2026-01-02', last_day: '2026-03-10', days: 68 },
        ...{ visits: 5120, pageviews: 14300, events: 45 },
      },
    }),
    ...OF_SITE,
    ...OF_BODY,
  },
})

const LINKS = z
  .object({
    shared_links: z.array(
      z.object({
        id: z.string().openapi({ description: 'By which it is withdrawn. It opens nothing.' }),
        name: z.string(),
        created_on: z.iso.date(),
      }),
    ),
  })
  .openapi('SharedLinks')

export const listLinks = createRoute({
  method: 'get',
  path: '/api/v1/sites/{site_id}/shared-links',
  operationId: 'list-shared-links',
  summary: 'List share links',
  description: 'The share links of a site, newest first; not their addresses, which are shown once.',
  ...COMMON,
  request: { params },
  responses: {
    200: json('The share links.', LINKS, {
      shared_links: [{ id: 'pPX3iBz1Y0Aa', name: 'For the board', created_on: '2026-03-10' }],
    }),
    ...OF_SITE,
  },
})

const LINK_NAME = `name is a text of 1 to ${LONGEST_NAME} characters.`
const NEW_LINK = z
  .strictObject({
    name: z
      .string({ error: LINK_NAME })
      .trim()
      .min(1, { error: LINK_NAME })
      .max(LONGEST_NAME, { error: LINK_NAME })
      .openapi({ description: 'What it is for.' }),
  })
  .openapi('NewSharedLink')
const LINK = z
  .object({ id: z.string(), name: z.string(), url: z.url().openapi({ description: 'Shown this once.' }) })
  .openapi('SharedLink')

export const makeLink = createRoute({
  method: 'post',
  path: '/api/v1/sites/{site_id}/shared-links',
  operationId: 'make-shared-link',
  summary: 'Make a share link',
  description: 'Whoever has its address reads the site as an outsider, without an account. Needs a token that manages.',
  ...COMMON,
  request: { params, body: body(NEW_LINK, { name: 'For the board' }) },
  responses: {
    200: json('The share link.', LINK, {
      id: 'pPX3iBz1Y0Aa',
      name: 'For the board',
      url: 'https://stats.example.com/share/XpN2bKq0h4mR7vT1wY5zC8dF3gJ6sL9a',
    }),
    ...OF_SITE,
    ...OF_BODY,
  },
})

export const withdrawLink = createRoute({
  method: 'delete',
  path: '/api/v1/sites/{site_id}/shared-links/{link_id}',
  operationId: 'withdraw-shared-link',
  summary: 'Withdraw a share link',
  description: 'Its address opens nothing from then on. Needs a token that manages.',
  ...COMMON,
  request: {
    params: z.object({
      site_id,
      link_id: z.string().openapi({
        description: 'The `id` of the link.',
        param: { name: 'link_id', in: 'path', example: 'pPX3iBz1Y0Aa' },
      }),
    }),
  },
  responses: {
    200: json('It is withdrawn.', z.object({ deleted: z.literal(true) }).openapi('WithdrawnLink'), { deleted: true }),
    ...OF_SITE,
  },
})
