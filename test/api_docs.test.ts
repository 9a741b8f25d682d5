// The API's description and its documentation: true to what the API does, open to further modules of routes, readable.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import axe from 'axe-core'
import { Hono } from 'hono'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalendar } from '../collector/calendar.ts'
import { createSites, type Sites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import type { Reader } from '../dashboard/api/reader.ts'
import { refusal } from '../dashboard/api/refusal.ts'
import { createApi } from '../dashboard/api.ts'
import { type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { answerSchemas } from './api_document.ts'
import { launchChromium } from './chromium.ts'
import { createOpenReader } from './open_reader.ts'

const NOW = Date.parse('2026-03-10T12:30:00Z')
const settings = openSqliteSettings(':memory:')
const problems: string[] = []
let sites: Sites

beforeAll(async () => {
  sites = createSites({ db: settings, now: () => NOW, report: (problem) => problems.push(problem) })
  await sites.add({ domain: 'example.com' })
})
afterAll(() => settings.close())

function api(more: { reader?: Reader; modules?: OpenAPIHono[]; basePath?: string; originOf?: () => string } = {}) {
  return createApi({
    reader: createOpenReader({ sites }),
    // A site of which nothing is kept.
    counts: { query: async () => [] },
    calendar: createCalendar(),
    now: () => NOW,
    report: (problem) => problems.push(problem),
    ...more,
  })
}

async function read(app: Hono | OpenAPIHono, path: string) {
  return (await app.request(path)).json()
}
const documentOf = (app: Hono | OpenAPIHono) => read(app, '/api/openapi.json')

interface Parameter {
  name: string
  required: boolean
  description?: string
  example?: unknown
  schema: { type: string; enum?: string[]; items?: { enum?: string[] }; minimum?: number; maximum?: number }
}

const ENDPOINTS = ['aggregate', 'timeseries', 'breakdown'] as const
const pathOf = (endpoint: string) => `/api/v1/stats/${endpoint}`

describe('the description', () => {
  test('is an OpenAPI document of every endpoint, what it may refuse and by what a token comes', async () => {
    const document = await documentOf(api())
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(ENDPOINTS.map(pathOf))
    expect(document.components.securitySchemes.bearerAuth).toMatchObject({ type: 'http', scheme: 'bearer' })
    expect(document.servers).toEqual([{ url: '/' }])
    for (const endpoint of ENDPOINTS) {
      const { get, ...others } = document.paths[pathOf(endpoint)]
      expect(others).toEqual({})
      expect(Object.keys(get.responses)).toEqual(['200', '400', '401', '403', '404', '429', '503'])
      expect(get.security).toEqual([{ bearerAuth: [] }, {}])
      expect([get.summary, get.description, get.operationId].every(Boolean)).toBe(true)
    }
    const names = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name)
    expect(names).toContain('Refusal')
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(names))
  })

  test.each(ENDPOINTS)('of %s is what its parameters are checked by', async (endpoint) => {
    const app = api()
    const document = await documentOf(app)
    const parameters: Parameter[] = document.paths[pathOf(endpoint)].get.parameters
    const usual = { site_id: 'example.com', ...(endpoint === 'breakdown' ? { property: 'event:page' } : {}) }
    const statusOf = async (given: Record<string, string>) =>
      (await app.request(`${pathOf(endpoint)}?${new URLSearchParams({ ...usual, ...given })}`)).status
    for (const { name, description, schema } of parameters) {
      expect(description).toMatch(/\w/)
      const { minimum, maximum } = schema
      const values = schema.enum ?? schema.items?.enum ?? [minimum, maximum].filter((n) => n !== undefined).map(String)
      for (const value of values) {
        // Some values need company: two days for a custom period, one for hours, a filter for time_on_page.
        const company = {
          ...(value === 'custom' ? { date: '2026-03-01,2026-03-02' } : {}),
          ...(value === 'hour' ? { period: 'day' } : {}),
          ...(value === 'time_on_page' && endpoint !== 'breakdown' ? { filters: 'event:page==/' } : {}),
          ...(name === 'metrics' && !['pageviews', 'time_on_page'].includes(value) ? { property: 'visit:source' } : {}),
        }
        const isCountedByEvents = value === 'events' ? { property: 'event:name' } : {}
        const isApart = endpoint === 'breakdown' && ['views_per_visit', 'visit_duration'].includes(value)
        const status = await statusOf({ ...company, ...isCountedByEvents, [name]: value })
        expect([value, status]).toEqual([value, isApart ? status : 200])
      }
      if (values.length > 0) expect([name, await statusOf({ [name]: 'elsewhere' })]).toEqual([name, 400])
      if (minimum !== undefined) expect(await statusOf({ [name]: String(minimum - 1) })).toBe(400)
      if (maximum !== undefined) expect(await statusOf({ [name]: String(maximum + 1) })).toBe(400)
    }
    const required = parameters.filter(({ required }) => required).map(({ name }) => name)
    expect(required).toEqual(Object.keys(usual))
    for (const name of required) expect(await statusOf({ [name]: '' })).toBe(400)
  })

  test.each(ENDPOINTS)('gives examples of %s that are answers as described', async (endpoint) => {
    const document = await documentOf(api())
    const { example } = document.paths[pathOf(endpoint)].get.responses[200].content['application/json']
    expect(answerSchemas(document)(pathOf(endpoint), 200).parse(example)).toEqual(example)
  })

  test('names the place below which the API stands', async () => {
    const app = new Hono().route('/stats/', api({ basePath: '/stats' }))
    expect((await read(app, '/stats/api/openapi.json')).servers).toEqual([{ url: '/stats' }])
  })
})

describe('who reads a site', () => {
  const refusing = (refused: 401 | 403 | 404 | 429) =>
    api({ reader: async () => ({ refused, because: 'Not this one.' }) })

  test.each([401, 403, 404, 429] as const)('is refused with %d as the reader says', async (status) => {
    for (const endpoint of ENDPOINTS) {
      const app = refusing(status)
      const answer = await app.request(`${pathOf(endpoint)}?site_id=example.com&period=fortnight`)
      const body = await answer.json()
      expect([answer.status, body]).toEqual([status, { error: 'Not this one.' }])
      expect(answer.headers.get('WWW-Authenticate')).toBe(status === 401 ? 'Bearer' : null)
      expect(answer.headers.get('Retry-After')).toBe(status === 429 ? '60' : null)
      expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
      expect(answerSchemas(await documentOf(app))(pathOf(endpoint), status).parse(body)).toEqual(body)
    }
  })

  test('is asked once, with the request and the domain', async () => {
    const asked: string[] = []
    const open = createOpenReader({ sites })
    const app = api({
      reader(c, domain) {
        asked.push(`${c.req.header('Authorization')} ${domain}`)
        return open(c, domain)
      },
    })
    const headers = { Authorization: 'Bearer abc' }
    expect((await app.request(`${pathOf('aggregate')}?site_id=example.com`, { headers })).status).toBe(200)
    expect((await app.request(pathOf('aggregate'), { headers })).status).toBe(400)
    expect(asked).toEqual(['Bearer abc example.com'])
  })
})

describe('a module of further routes', () => {
  const route = createRoute({
    method: 'put',
    path: '/api/v1/sites/{domain}',
    summary: 'Change a site',
    security: [{ bearerAuth: [] }],
    request: {
      params: z.object({ domain: z.string().openapi({ param: { example: 'example.com' } }) }),
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              k: z.literal(5, { error: 'k is 5.' }).openapi({ description: 'The least that is named.' }),
              hosts: z.array(z.string({ error: 'hosts are texts.' })).optional(),
            }),
            example: { k: 5, hosts: ["it's.example"] },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'The site.',
        content: { 'application/json': { schema: z.object({ domain: z.string() }).openapi('ChangedSite') } },
      },
      400: refusal('It is wrong.'),
    },
  })

  function module() {
    const app = new OpenAPIHono()
    app.openapi(route, (c) => {
      if (c.req.valid('param').domain === 'broken.example') throw new Error('it breaks')
      return c.json({ domain: c.req.valid('param').domain }, 200)
    })
    return app
  }

  function put(body: string, domain = 'example.com') {
    const headers = { 'Content-Type': 'application/json' }
    return api({ modules: [module()] }).request(`/api/v1/sites/${domain}`, { method: 'PUT', headers, body })
  }

  test('answers, and refuses like the API: every problem at once', async () => {
    expect(await (await put('{"k":5}')).json()).toEqual({ domain: 'example.com' })
    const wrong = await put('{"k":4,"hosts":[1]}')
    expect([wrong.status, await wrong.json()]).toEqual([400, { error: 'k is 5. hosts are texts.' }])
    const torn = await put('{"k":')
    expect([torn.status, await torn.json()]).toEqual([400, { error: 'Malformed JSON in request body.' }])
    problems.length = 0
    const broken = await put('{"k":5}', 'broken.example')
    expect([broken.status, await broken.json()]).toEqual([
      503,
      { error: 'This answer could not be made. Try again in a minute.' },
    ])
    expect(problems).toEqual(['the API could not answer'])
  })

  test('is described among the others, with a line for the shell', async () => {
    const app = api({ modules: [module()], originOf: () => 'https://stats.example.org' })
    const document = await documentOf(app)
    expect(Object.keys(document.paths)).toEqual([...ENDPOINTS.map(pathOf), '/api/v1/sites/{domain}'])
    expect(document.components.schemas).toHaveProperty('ChangedSite')
    const lines = shellLines(await (await app.request('/api/docs')).text())
    expect(lines.at(-1)).toBe(
      `curl -X PUT -H 'Authorization: Bearer <token>' -H 'Content-Type: application/json' -d '{"k":5,"hosts":["it'\\''s.example"]}' 'https://stats.example.org/api/v1/sites/example.com'`,
    )
  })
})

function shellLines(html: string): string[] {
  const text = html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
  return [...text.replaceAll('&amp;', '&').matchAll(/<pre class="tag">(curl .*?)<\/pre>/g)].map(([, line = '']) => line)
}

describe('the documentation', () => {
  let browser: Browser
  let server: HttpServer

  beforeAll(async () => {
    const app = new Hono().use(pageHeaders({ isSecure: () => false })).route('/stats/', api({ basePath: '/stats' }))
    server = await openHttpServer({ fetch: app.fetch, port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  test('names every endpoint, parameter, field and refusal of the description', async () => {
    const app = api()
    const document = await documentOf(app)
    const html = await (await app.request('/api/docs')).text()
    for (const endpoint of ENDPOINTS) {
      const part = html.slice(html.indexOf(`<section class="panel" id="${endpoint}"`)).split('</section>')[0] ?? ''
      const { parameters, responses, description } = document.paths[pathOf(endpoint)].get
      expect(part).toContain(pathOf(endpoint))
      expect(part).toContain(description)
      for (const { name } of parameters) expect(part).toContain(`<code>${name}</code>`)
      for (const [status, { description }] of Object.entries<{ description: string }>(responses)) {
        expect(part).toContain(status)
        expect(part).toContain(description)
      }
    }
    for (const field of ['results.visits.value', 'results[].date', 'results[].&lt;name&gt;', 'notes', 'withheld']) {
      expect(html).toContain(`<code>${field}</code>`)
    }
    expect(html).toContain('whole number from 1 to 1000')
    expect(html).toContain('100 if not given')
    expect(html).toContain('one of 12mo, 6mo, month, 30d, 7d, day, custom')
    expect(html).toContain('previous_period')
  })

  test('has a line for the shell of each endpoint, which is answered', async () => {
    const app = api()
    const lines = shellLines(await (await app.request('http://127.0.0.1:8787/api/docs')).text())
    expect(lines.map((line) => line.split('?')[0])).toEqual(
      ENDPOINTS.map((name) => `curl -H 'Authorization: Bearer <token>' 'http://127.0.0.1:8787${pathOf(name)}`),
    )
    for (const line of lines) {
      const [, url = ''] = /'(http[^']*)'$/.exec(line) ?? []
      expect((await app.request(url)).status).toBe(200)
    }
  })

  test.each([
    ['light', 1200],
    ['dark', 1200],
    ['light', 360],
  ] as const)('is readable in the %s, %d pixels wide', async (colorScheme, width) => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, javaScriptEnabled: true })
    const said: string[] = []
    const asked: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const answer = await page.goto(`http://127.0.0.1:${server.port}/stats/api/docs`)
    expect(answer?.headers()['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'/)
    expect(await page.evaluate(() => document.querySelectorAll('script, [style], style').length)).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.evaluate(axe.source)
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
    )
    expect(found).toEqual([])
    // The stylesheet was found, and nothing else was fetched.
    expect(asked).toEqual(['/stats/api/docs', '/stats/api/docs.css'])
    expect(said).toEqual([])
    await page.close()
  })
})
