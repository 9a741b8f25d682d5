// A hostile visitor and a hostile user, against a whole Sundial: headers of every page, scripts planted in every text,
// SQL and paths in every parameter, bodies without end. Pages are asked for by the list in access.ts.

import { readFileSync } from 'node:fs'
import { type RequestOptions, request } from 'node:http'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { DIMENSION_NAMES } from '../collector/contract.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { ROUTES } from '../dashboard/access.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { bringCookies, launchChromium } from './chromium.ts'
import { type Asker, cookieOf, createAsker, PASSWORD } from './people.ts'
import { BROWSER, type DataDir, makeDataDir, type RunningServer, until } from './server.ts'

/** Ends what it may stand in, and begins an element. No `=`: what looks like a key with its value is no name of anything. */
const plant = (place: string) => `"'></title></pre></textarea><planted-${place}><script>alert(1)</script>`
/** Stays within a tag. */
const handler = (place: string) => `" planted-${place} autofocus "`
/** Where nothing is stored. */
const loud = (place: string) => `" autofocus onfocus="alert(1)" ${plant(place)}<img src=x onerror=alert(1)>`

const OWNER = { name: plant('person'), email: 'ann@example.com', organization: plant('organization') }

let data: DataDir
let server: RunningServer
let owner: Asker
let nobody: Asker
let organization: string
let user: string
let share: string

beforeAll(async () => {
  data = makeDataDir()
  const settings = openSqliteSettings(filesIn(data.path).settings)
  const sites = createSites({ db: settings, now: Date.now, report: (problem) => expect.fail(problem) })
  const planted = { controller: plant('controller'), processors: [plant('processor')], goals: [plant('goal')] }
  const answer = await sites.add({ domain: 'localhost', properties: ['plan'], ...planted })
  if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join('; '))
  settings.close()
  server = await data.start()
  nobody = createAsker(server.address, '')
  const [, token = ''] = /\/setup\/(\S+)/.exec(server.log()) ?? []
  const made = await nobody.post(`/setup/${token}`, { ...OWNER, password: PASSWORD })
  expect(made.status).toBe(303)
  owner = createAsker(server.address, cookieOf(made.headers.getSetCookie()))
  await plantPeople()
}, 120_000)

afterAll(async () => {
  await server.stop()
  data.remove()
})

/** What stands in place of a parameter of an address. */
function fill(route: string, values: Readonly<Record<string, string>> = {}): string {
  const own: Record<string, string> = { site: 'localhost', organization, user, token: share, ...values }
  const [, address = ''] = route.split(' ')
  return address.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(own[name] ?? 'nothing'))
}

const routes = Object.keys(ROUTES)
const pages = routes.filter((route) => route.startsWith('GET '))
const forms = routes.filter((route) => route.startsWith('POST '))

function row<T>(sql: string, shape: z.ZodType<T>): T {
  const database = new DatabaseSync(filesIn(data.path).settings, { readOnly: true })
  const found = shape.parse(database.prepare(sql).get())
  database.close()
  return found
}

/** Rows of each table, but of what every request may touch. */
function rowCounts(): Record<string, number> {
  const database = new DatabaseSync(filesIn(data.path).settings, { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const counts = tables.map(({ name }) => {
    const [counted] = database.prepare(`SELECT count(*) AS n FROM "${name}"`).all()
    return [String(name), Number(counted?.n)] as const
  })
  database.close()
  // An export is an entry.
  return Object.fromEntries(counts.filter(([name]) => name !== 'audit' && name !== 'sqlite_sequence'))
}

/** Names in everything that a user can name. */
async function plantPeople(): Promise<void> {
  const one = z.object({ id: z.string() })
  organization = row('SELECT id FROM organizations', one).id
  user = row('SELECT id FROM "user"', one).id
  const shared = await owner.post('/sites/localhost/settings/sharing/links', { name: plant('share') })
  const [, secret] = /\/share\/([\w-]{32})/.exec(await shared.text()) ?? []
  if (secret === undefined) throw new Error(`no share link was made: ${shared.status}`)
  share = secret
  const token = { name: plant('token'), scope: 'read', which: 'all' }
  expect((await owner.post(`/organizations/${organization}/tokens`, token)).status).toBe(200)
  const invited = { email: "o'neil+planted@example.com", role: 'analyst' }
  expect((await owner.post(`/organizations/${organization}/people/invite`, invited)).status).toBeLessThan(400)
}

describe('headers', () => {
  const POLICY = /^default-src 'none';.*frame-ancestors 'none'/

  function expectSafe(what: string, answer: Response): void {
    const { headers, status } = answer
    const said = { what, status }
    expect({ ...said, policy: headers.get('content-security-policy') }).toEqual({
      ...said,
      policy: expect.stringMatching(POLICY),
    })
    expect({ ...said, policy: headers.get('content-security-policy') }).toEqual({
      ...said,
      policy: expect.not.stringMatching(/unsafe|\*|https?:/),
    })
    expect({ ...said, ...Object.fromEntries(headers) }).toMatchObject({
      ...said,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': expect.stringMatching(/no-store|^public/),
    })
    for (const mark of ['etag', 'last-modified', 'access-control-allow-origin', 'server', 'x-powered-by'])
      expect({ ...said, [mark]: headers.get(mark) }).toEqual({ ...said, [mark]: null })
  }

  /** Of accounts, and never from a page that is only read. */
  function expectOnlySessions(what: string, answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      expect([what, cookie]).toEqual([
        what,
        expect.stringMatching(/^sundial\.(session_token|two_factor)=|=; Max-Age=0;/),
      ])
      expect([what, cookie]).toEqual([what, expect.stringMatching(/; Path=\/; HttpOnly; SameSite=Lax$/)])
    }
  }

  test.each(pages)('%s allows nothing but its own, whoever asks, and sets no cookie', async (route) => {
    for (const asker of [nobody, owner]) {
      const answer = await asker.get(fill(route))
      expectSafe(route, answer)
      expect([route, answer.headers.getSetCookie()]).toEqual([route, []])
      await answer.body?.cancel()
    }
  })

  test.each(forms)(
    '%s answers an empty form, one from elsewhere and one that is none by pages of the same kind',
    async (route) => {
      const nowhere = fill(route, { site: 'nowhere.example', organization: 'nobody', token: 'nothing' })
      const foreign = await owner.post(nowhere, {}, { origin: 'https://evil.example' })
      expect([route, foreign.status]).toEqual([route, 403])
      const multipart = await owner.post(nowhere, {}, { 'content-type': 'multipart/form-data; boundary=x' })
      expect([route, multipart.status]).toEqual([route, 400])
      for (const answer of [await nobody.post(nowhere), foreign, multipart]) {
        expectSafe(route, answer)
        expectOnlySessions(route, answer)
      }
    },
  )

  test('every kind of refusal is a page of the same kind', async () => {
    const kinds: readonly [string, number, () => Promise<Response>][] = [
      ['a period that makes no sense', 400, () => owner.get('/?period=nonsense')],
      ['another site', 404, () => owner.get('/?site=nowhere.example')],
      ['another address', 404, () => nobody.get('/nothing')],
      ['a link that was used', 410, () => nobody.get('/setup/abc')],
      ['a form that is too long', 413, () => owner.post('/account/name', { name: 'x'.repeat(100_001) })],
      ['a wrong password', 422, () => nobody.post('/sign-in', { email: OWNER.email, password: 'wrong' })],
    ]
    for (const [what, status, ask] of kinds) {
      const answer = await ask()
      expect([what, answer.status]).toEqual([what, status])
      expectSafe(what, answer)
      expect([what, answer.headers.getSetCookie()]).toEqual([what, []])
    }
  })

  test('a page whose counts are away is one as well', async () => {
    const other = makeDataDir()
    const broken = await other.start({ CLICKHOUSE_URL: 'http://127.0.0.1:9' })
    const answer = await createAsker(broken.address, '').get('/')
    expect(answer.status).toBe(503)
    expectSafe('503', answer)
    await broken.stop()
    other.remove()
  })
})

describe('scripts that somebody plants', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
    await plantVisits()
  }, 120_000)
  afterAll(() => browser.close())

  /** Wherever an event has a text; often enough that each is named. */
  async function plantVisits(): Promise<void> {
    const tags = ['source', 'medium', 'campaign', 'content', 'term'].map((tag) => [`utm_${tag}`, plant(tag)])
    const query = new URLSearchParams(tags)
    const events = [
      { n: 'pageview', u: `http://localhost/"'><planted-path>/?${query}`, s: { v: 1 } },
      { n: 'pageview', u: 'http://localhost/%22%3E%3Cplanted-encoded%3E', s: { v: 1 } },
      {
        n: 'pageview',
        u: 'http://localhost/',
        r: 'https://"><planted-referrer>/',
        s: { v: 1 },
      },
      { n: plant('event'), u: 'http://localhost/', p: { plan: plant('property') } },
      { n: handler('handler'), u: 'http://localhost/', p: { plan: handler('handled') } },
      { n: 'javascript:alert(1)', u: 'http://localhost/javascript:alert(1)', s: { v: 1 } },
    ]
    for (let n = 0; n < 20; n++) {
      for (const event of events) {
        const answer = await fetch(`${server.address}/api/event`, {
          method: 'POST',
          headers: { 'user-agent': BROWSER },
          body: JSON.stringify({ d: 'localhost', ...event }),
        })
        expect(answer.status).toBeLessThan(500)
      }
    }
    const named = async (property: string) => {
      const asked = `/api/v1/stats/breakdown?site_id=localhost&period=day&metrics=events&property=${property}`
      return (await owner.get(asked)).text()
    }
    await until(
      () => named('event:name'),
      (text) => text.includes('<planted-event>'),
    )
    await until(
      () => named('event:props:plan'),
      (text) => text.includes('<planted-property>'),
    )
  }

  interface Seen {
    /** Elements that a planted text has made, addresses that run something. */
    elements: string[]
    text: string
  }

  /** Without the policy of the page: that nothing is planted is to hold by itself. */
  async function contextOf(asker: Asker): Promise<BrowserContext> {
    const context = await browser.newContext({ bypassCSP: true })
    await bringCookies(context, server.address, asker.cookie)
    return context
  }

  async function look(context: BrowserContext, show: { address: string } | { html: string }): Promise<Seen> {
    const page = await context.newPage()
    const ran: string[] = []
    page.on('dialog', (dialog) => {
      ran.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    if ('html' in show) await page.setContent(show.html)
    else await page.goto(`${server.address}${show.address}`)
    const seen = await page.evaluate(() => {
      const elements = [...document.querySelectorAll('*')].filter(
        (element) =>
          element.localName.startsWith('planted-') ||
          [...element.attributes].some(
            ({ name, value }) =>
              /^(on|planted-)/.test(name) ||
              (/^(href|src|action|formaction|data|srcdoc)$/.test(name) &&
                /^\s*(javascript|vbscript|data):(?!,|image\/svg)/i.test(value)),
          ),
      )
      const values = [...document.querySelectorAll('input, textarea')].map((field) =>
        field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '',
      )
      return {
        elements: elements.map(({ outerHTML }) => outerHTML.slice(0, 200)),
        text: [document.documentElement.textContent, ...values].join('\n'),
      }
    })
    await page.close()
    return { ...seen, elements: [...seen.elements, ...ran] }
  }

  /** Every page, and those that show a text of a visitor once more for each kind of it. */
  function addresses(): string[] {
    const listed = pages
      .map((route) => fill(route))
      .filter((address) => !/\.(css|svg|csv|json|zip)$|\/export$/.test(address))
    const dimensions = DIMENSION_NAMES.map((name) => `/breakdown?site=localhost&dimension=${name}`)
    const tabs = [
      ...['/?campaigns=utm_source', '/?campaigns=utm_medium', '/?campaigns=utm_content', '/?campaigns=utm_term'],
      ...['/?events=property', '/?events=event', '/?pages=entry_page', '/?period=today'],
    ]
    const filters = [
      `/?filter=${encodeURIComponent(`event==${plant('event')}`)}`,
      `/?filter=${encodeURIComponent(`event:${plant('event')}`)}`,
    ]
    const open = ['/transparency/localhost', '/transparency/localhost/record', '/transparency/localhost/preview']
    return [...new Set([...listed, ...dimensions, ...tabs, ...filters, ...open, '/demo', '/api/docs'])]
  }

  test('that are stored make nothing on any page, and are shown as what they are', async () => {
    const context = await contextOf(owner)
    const texts: string[] = []
    for (const address of addresses()) {
      const { elements, text } = await look(context, { address })
      expect([address, elements]).toEqual([address, []])
      texts.push(text)
    }
    await context.close()
    const shown = texts.join('\n')
    const places = ['person', 'organization', 'controller', 'processor', 'goal', 'share', 'token']
    const visitors = ['path', 'source', 'medium', 'campaign', 'content', 'term', 'event', 'property']
    for (const place of [...places, ...visitors])
      expect([place, shown.includes(`<planted-${place}>`)]).toEqual([place, true])
    for (const place of ['handler', 'handled'])
      expect([place, shown.includes(`" planted-${place} `)]).toEqual([place, true])
  }, 180_000)

  const PARAMETERS = [
    ...['site', 'period', 'date', 'from', 'to', 'compare', 'by', 'filter', 'metric', 'dimension', 'page', 'panel'],
    ...['q', 'search', 'sort', 'calendar', 'start', 'next', 'news', 'saved', 'sent', 'act', 'before', 'form'],
    ...['sources', 'pages', 'places', 'engaged', 'campaigns', 'events', 'anonymization', 'retention'],
  ]

  test('that come with an address make nothing on any page', async () => {
    const [mine, strangers] = [await contextOf(owner), await contextOf(nobody)]
    const found: unknown[] = []
    const lookAt = async (context: BrowserContext, address: string) => {
      const { elements } = await look(context, { address })
      if (elements.length > 0) found.push([address, elements])
    }
    // All of them at once, and each of those that a page refuses by itself.
    const all = new URLSearchParams(PARAMETERS.map((name) => [name, loud(name)]))
    for (const route of pages.filter((route) => !/\.(css|svg|csv|json|zip)$|\/export$/.test(route))) {
      await lookAt(mine, `${fill(route)}?${all}`)
      await lookAt(strangers, `${fill(route)}?${all}`)
    }
    for (const name of PARAMETERS) {
      for (const value of [loud(name), 'javascript:alert(1)']) {
        const query = new URLSearchParams({ site: 'localhost', dimension: 'event', [name]: value })
        for (const address of ['/', '/breakdown']) await lookAt(mine, `${address}?${query}`)
      }
    }
    for (const value of [loud('path'), handler('path')]) {
      for (const below of ['/', '/transparency/', '/demo/', '/share/', '/sites/', '/api/', '/invitation/', '/reset/'])
        await lookAt(strangers, `${below}${encodeURIComponent(value)}`)
    }
    expect(found).toEqual([])
    await mine.close()
    await strangers.close()
  }, 300_000)

  test('that come with a form make nothing on the page that refuses it', async () => {
    const context = await contextOf(nobody)
    const found: unknown[] = []
    const names = [
      ...['name', 'email', 'organization', 'next', 'code', 'role', 'user', 'was', 'sites', 'site', 'scope', 'which'],
      ...['domain', 'hosts', 'timezone', 'profile', 'k', 'queryParameters', 'pathPatterns', 'pathExceptions', 'form'],
      ...['properties', 'goals', 'controller', 'processors', 'anonymization', 'retention', 'days', 'invitation'],
    ]
    const settings = ['domain', 'hosts', 'timezone', 'rule', 'paths', 'properties', 'goals', 'responsible']
    // What these do is done with any form, or with the name that another one has given.
    const done = /sign-out$|second-factor$|\/withdraw$|\/leave$|\/end$/
    for (const route of forms.filter((route) => !done.test(route))) {
      for (const form of route === 'POST /sites/:site/settings' ? settings : ['']) {
        for (const make of [plant, loud]) {
          const fields = { ...Object.fromEntries(names.map((name) => [name, make(name)])), form, password: 'x' }
          for (const asker of [owner, nobody]) {
            const answer = await asker.post(fill(route), fields)
            if (answer.status === 303) continue
            expect([route, answer.status]).toEqual([route, expect.toSatisfy((status: number) => status < 500)])
            const { elements } = await look(context, { html: await answer.text() })
            if (elements.length > 0) found.push([route, elements])
          }
        }
      }
      // So that what follows is still asked by somebody.
      expect([route, (await owner.get('/')).status]).toEqual([route, 200])
    }
    expect(found).toEqual([])
    await context.close()
  }, 180_000)
})

describe('SQL that somebody writes into a parameter', () => {
  const PAYLOADS = [
    "' OR '1'='1",
    "'; DROP TABLE sites; --",
    '"; DROP TABLE "user"; --',
    "') UNION SELECT password, 1, 1 FROM account --",
    '1); ALTER TABLE counts DELETE WHERE 1 --',
    "\\' OR 1=1 --",
    '\\',
    '{site:UInt32}',
    "%' OR 1=1 --",
    '?1',
    '\u0000',
    '0x27 || 1=1',
    '`1`',
    '9'.repeat(400),
    "'".repeat(2_000),
  ]
  const NAMES = [
    ...['site', 'period', 'date', 'from', 'to', 'compare', 'by', 'filter', 'metric', 'dimension', 'page', 'panel'],
    ...['q', 'search', 'sort', 'calendar', 'start', 'campaigns', 'events', 'pages', 'before', 'act', 'anonymization'],
  ]
  const API = {
    aggregate: ['site_id', 'period', 'date', 'metrics', 'filters', 'compare'],
    timeseries: ['site_id', 'period', 'date', 'metrics', 'filters', 'interval'],
    breakdown: ['site_id', 'period', 'date', 'metrics', 'filters', 'property', 'limit', 'page'],
  }

  async function visits(): Promise<string> {
    const query = 'site_id=localhost&period=12mo&metrics=visits,pageviews,events'
    return (await owner.get(`/api/v1/stats/aggregate?${query}`)).text()
  }

  /** Asks for all of them, some at a time, and tells which broke. */
  async function broken(addresses: readonly string[]): Promise<string[]> {
    const bad: string[] = []
    const left = [...addresses]
    const worker = async () => {
      for (let address = left.pop(); address !== undefined; address = left.pop()) {
        const answer = await owner.get(address)
        await answer.body?.cancel()
        if (answer.status >= 500) bad.push(`${address}: ${answer.status}`)
      }
    }
    await Promise.all(Array.from({ length: 4 }, worker))
    return bad
  }

  test('of a page is a value like another: nothing breaks, no row comes or goes', async () => {
    const [rows, counted] = [rowCounts(), await visits()]
    const asked = pages.flatMap((route) => {
      const names = ROUTES_OF_NUMBERS.test(route) ? NAMES : ['before']
      // A page costs more than an answer of the API, which is asked with all of them.
      const inQuery = names.flatMap((name) =>
        PAYLOADS.slice(0, 5).map((payload) => {
          const query = new URLSearchParams({ site: 'localhost', dimension: 'page', period: 'today', [name]: payload })
          return `${fill(route)}?${query}`
        }),
      )
      const inPath = /:(\w+)/.test(route)
        ? PAYLOADS.map((payload) => {
            const values = { site: payload, organization: payload, token: payload, user: payload }
            return fill(route, values)
          })
        : []
      return [...inQuery, ...inPath]
    })
    expect(await broken(asked)).toEqual([])
    expect(rowCounts()).toEqual(rows)
    expect(await visits()).toEqual(counted)
  }, 300_000)

  const ROUTES_OF_NUMBERS = /^GET \/(breakdown|search|fives|dropped)?$/

  test('of the API or of a filter is one too', async () => {
    const [rows, counted] = [rowCounts(), await visits()]
    const asked = Object.entries(API).flatMap(([endpoint, names]) =>
      names.flatMap((name) =>
        PAYLOADS.flatMap((payload) => {
          const valid = { site_id: 'localhost', period: 'day', property: 'event:page', metrics: 'visits' }
          const values = name === 'filters' ? [payload, `event:page==${payload}`] : [payload]
          return values.map((value) => `/api/v1/stats/${endpoint}?${new URLSearchParams({ ...valid, [name]: value })}`)
        }),
      ),
    )
    const filters = PAYLOADS.flatMap((payload) =>
      ['page', 'event', 'source'].map((dimension) => `/?${new URLSearchParams({ filter: `${dimension}:${payload}` })}`),
    )
    expect(await broken([...asked, ...filters])).toEqual([])
    for (const payload of PAYLOADS.filter((payload) => !payload.includes('\u0000'))) {
      const answer = await owner.get('/', { authorization: `Bearer ${payload}` })
      expect([payload, answer.status, answer.headers.get('location')]).toEqual([payload, 200, null])
      const stats = await nobody.get('/api/v1/stats/aggregate?site_id=localhost', {
        authorization: `Bearer ${payload}`,
      })
      expect([payload, stats.status]).toEqual([payload, 401])
      const cookie = `sundial.session_token=${encodeURIComponent(payload)}`
      expect([payload, (await nobody.get('/', { cookie })).status]).toEqual([payload, 303])
    }
    expect(rowCounts()).toEqual(rows)
    expect(await visits()).toEqual(counted)
  }, 120_000)
})

describe('paths that climb', () => {
  /** As it is: fetch would straighten it. */
  function raw(target: string): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.address)
      const options: RequestOptions = { hostname, port, path: target }
      request(options, (answer) => {
        let body = ''
        answer.on('data', (chunk) => {
          body += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      })
        .on('error', reject)
        .end()
    })
  }

  const CLIMBS = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..\\',
    '..%5c',
    '%252e%252e%252f',
    '..%c0%af',
    '....//',
    '.%00./',
  ]
  const TARGETS = ['package.json', 'etc/passwd', 'server.js', 'secret', 'settings.db', 'manifest.json']
  const FROM = ['/js/', '/demo/', '/transparency/-/', '/transparency/', '/', '/api/docs/', '/share/']

  test('lead nowhere: no file of the machine, of the product or of the data is told', async () => {
    const secret = readFileSync(path.join(data.path, 'secret'), 'utf8').trim()
    const asked = FROM.flatMap((from) =>
      CLIMBS.flatMap((climb) =>
        TARGETS.flatMap((target) => [1, 3, 8].map((times) => `${from}${climb.repeat(times)}${target}`)),
      ),
    )
    for (const target of asked) {
      const { status, body } = await raw(target)
      expect([target, status]).toEqual([target, expect.toSatisfy((code: number) => code < 500 && code !== 200)])
      for (const told of ['root:x:', '"devDependencies"', 'SQLite format', secret, 'immutablePath'])
        expect([target, body.includes(told)]).toEqual([target, false])
    }
  }, 120_000)
})

describe('bodies without end', () => {
  const residentKb = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1] ?? 0)

  /** Sends megabytes for as long as somebody takes them; the answer, or that there was none. */
  function flood(target: string, headers: Record<string, string>, megabytes: number): Promise<number | 'cut'> {
    return new Promise((resolve) => {
      const { port, hostname } = new URL(server.address)
      const sent = request({ hostname, port, path: target, method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
        sent.destroy()
      })
      sent.on('error', () => resolve('cut'))
      const chunk = Buffer.alloc(1_000_000, 'a=b&')
      let left = megabytes
      const pump = () => {
        while (left-- > 0) if (!sent.write(chunk)) return void sent.once('drain', pump)
        sent.end()
      }
      pump()
    })
  }

  const FORM = 'application/x-www-form-urlencoded'

  test.each([
    ['a form that says how long it is', '/sign-in', FORM, true, 413],
    ['a form that does not say', '/sign-in', FORM, false, 413],
    ['files', '/sign-in', 'multipart/form-data; boundary=x', false, 400],
    ['an event', '/api/event', 'text/plain', false, 413],
  ])(
    '%s: refused after its first bytes, and nothing of it is kept',
    async (_, target, type, says, status) => {
      const { origin } = new URL(server.address)
      const before = residentKb()
      for (let n = 0; n < 5; n++) {
        const length = says ? { 'content-length': '50000000' } : {}
        expect(await flood(target, { 'content-type': type, origin, ...length }, 50)).toBeOneOf([status, 'cut'])
      }
      expect(residentKb() - before).toBeLessThan(100_000)
      expect((await nobody.get('/sign-in')).status).toBe(200)
    },
    60_000,
  )

  test('a form of what people type is taken, one byte above the limit is not', async () => {
    const form = (bytes: number) => ({ email: 'a@example.com', password: 'x', next: `/${'n'.repeat(bytes)}` })
    const length = new URLSearchParams(form(0)).toString().length
    expect((await nobody.post('/sign-in', form(100_000 - length))).status).toBe(422)
    const refused = await nobody.post('/sign-in', form(100_001 - length))
    expect(refused.status).toBe(413)
    expect(await refused.text()).toContain('A form has 100 KB at most.')
  })
})
