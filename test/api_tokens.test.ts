// API tokens: what is kept of them, whom they let read, their page as owners and managers use it, and their commands.
import axe from 'axe-core'
import { Hono } from 'hono'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCalendar } from '../collector/calendar.ts'
import { closingFor } from '../collector/sites.ts'
import { REQUESTS_PER_MINUTE } from '../dashboard/api/bearer.ts'
import { createDashboard } from '../dashboard/app.tsx'
import type { ExitCode } from '../dashboard/command/command.ts'
import { runCommand } from '../dashboard/command/commands.ts'
import { type HttpServer, openHttpServer } from '../dashboard/http_server.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { ENGLISH } from '../dashboard/words.ts'
import { type ApiWorld, NOW, openApiWorld } from './api_world.ts'
import { launchChromium } from './chromium.ts'
import { createAsker } from './people.ts'

const DAY = 86_400_000
let world: ApiWorld

beforeEach(async () => {
  world = await openApiWorld()
  await world.add('a', 'mine-1.example')
  await world.add('a', 'mine-2.example')
  await world.add('b', 'theirs.example')
  await world.add('b', 'public.example', { public: true })
})
afterEach(() => {
  expect(world.problems).toEqual([])
  world.close()
})

async function cookieOf(name: 'anna' | 'bert'): Promise<string> {
  const credentials = { email: `${name}@example.com`, password: 'a password of the tests' }
  const signedIn = await world.people.auth.signIn(credentials, { cookie: '', secure: false })
  if (!('cookies' in signedIn)) throw new Error(`${name} cannot sign in`)
  return signedIn.cookies.map((one) => one.split(';')[0]).join('; ')
}

function numbersOf(domain: string, asked: { token?: string; cookie?: string; headers?: Record<string, string> } = {}) {
  return world.ask('GET', `/api/v1/stats/aggregate?site_id=${domain}`, asked)
}

describe('a token', () => {
  test('is a secret that scanners can know, of which only a hash is kept', async () => {
    const secret = await world.token('a', 'read')
    expect(secret).toMatch(/^sdl_[\w-]{32}$/)
    expect(await world.token('a', 'read')).not.toBe(secret)
    expect(JSON.stringify(world.dump())).not.toContain(secret.slice(4))
    expect(await world.people.apiTokens.find(secret)).toMatchObject({
      ...{ organization: world.organizations.a, name: 'of the tests', scope: 'read', sites: undefined },
      createdOn: '2026-03-10',
    })
    for (const wrong of ['', 'sdl_', secret.slice(0, -1), `${secret}a`, secret.slice(4), secret.toUpperCase()]) {
      expect(await world.people.apiTokens.find(wrong)).toBeUndefined()
    }
  })

  test('is for chosen sites of its own organization only', async () => {
    const secret = await world.token('a', 'read', ['mine-2.example', 'theirs.example', 'nobody.example'])
    const found = await world.people.apiTokens.find(secret)
    expect(found?.sites).toEqual([world.sites.byDomain('mine-2.example')?.id])
    expect((await numbersOf('mine-2.example', { token: secret })).status).toBe(200)
    for (const domain of ['mine-1.example', 'theirs.example', 'public.example', 'nobody.example']) {
      const refused = await numbersOf(domain, { token: secret })
      expect([refused.status, refused.body]).toEqual([404, { error: `${domain} is no site of this token.` }])
    }
  })

  test('is noted as used once a day, however often it is', async () => {
    const token = await world.token('a', 'read')
    const usedOn = async () => (await world.people.apiTokens.list(world.organizations.a))[0]?.lastUsedOn
    const ask = async () => {
      world.statements.length = 0
      for (let n = 0; n < 5; n++) await numbersOf('mine-1.example', { token })
      return world.statements.filter((statement) => statement.includes('api_tokens.used')).length
    }
    expect(await usedOn()).toBeUndefined()
    expect([await ask(), await usedOn()]).toEqual([1, '2026-03-10'])
    expect(await ask()).toBe(0)
    world.clock.now += DAY
    expect([await ask(), await usedOn()]).toEqual([1, '2026-03-11'])
    // Nothing else is written by reading.
    expect(world.statements.filter((statement) => /INSERT|DELETE|\.(set|add|entry)/.test(statement))).toEqual([])
  })

  test('does nothing once it is withdrawn, and only its own organization can do that', async () => {
    const token = await world.token('a', 'read')
    const { apiTokens, audit } = world.people
    const [{ id } = { id: '' }] = await apiTokens.list(world.organizations.a)
    expect(await apiTokens.withdraw({ organization: world.organizations.b, id }, 'operator')).toBe(false)
    expect((await numbersOf('mine-1.example', { token })).status).toBe(200)
    expect(await apiTokens.withdraw({ organization: world.organizations.a, id }, 'operator')).toBe(true)
    expect(await apiTokens.withdraw({ organization: world.organizations.a, id }, 'operator')).toBe(false)
    expect((await numbersOf('mine-1.example', { token })).status).toBe(401)
    const acts = (await audit.read(world.organizations.a, { limit: 10 })).map(({ act }) => act)
    expect(acts.filter((act) => act.startsWith('token'))).toEqual(['token withdrawn', 'token made'])
    const others = await audit.read(world.organizations.b, { limit: 10 })
    expect(others.filter(({ act }) => act.startsWith('token'))).toEqual([])
  })

  test('does nothing while its organization is being deleted', async () => {
    const token = await world.token('a', 'manage')
    await world.settings.batch([
      {
        sql: 'UPDATE organizations SET ends_on = ? WHERE id = ?',
        params: ['2026-04-09', world.organizations.a],
      },
      closingFor(world.organizations.a),
    ])
    await world.sites.reload()
    expect((await numbersOf('mine-1.example', { token })).status).toBe(401)
    expect((await world.ask('GET', '/api/v1/sites', { token })).status).toBe(401)
    expect((await world.ask('POST', '/api/v1/sites', { token, body: { domain: 'x.example' } })).status).toBe(401)
  })
})

describe('without a token', () => {
  test('a public site is read as an outsider reads it, and any other is the same 401', async () => {
    expect((await numbersOf('public.example')).status).toBe(200)
    const theirs = await numbersOf('theirs.example')
    const nobodys = await numbersOf('nobody.example')
    expect([theirs.status, theirs.body]).toEqual([401, nobodys.body])
    expect(theirs.headers.get('www-authenticate')).toBe('Bearer')
    const app = new Hono().get('/', async (c) => {
      const read = await world.reader(c, 'public.example')
      return c.text('insider' in read && read.insider ? 'insider' : 'outsider')
    })
    const asWhom = async (headers: Record<string, string>) => (await app.request('/', { headers })).text()
    expect(await asWhom({})).toBe('outsider')
    expect(await asWhom({ cookie: await cookieOf('anna') })).toBe('outsider')
    expect(await asWhom({ authorization: `Bearer ${await world.token('b', 'read')}` })).toBe('insider')
  })

  test('who is signed in reads the sites of theirs', async () => {
    const cookie = await cookieOf('anna')
    expect((await numbersOf('mine-1.example', { cookie })).status).toBe(200)
    expect((await numbersOf('theirs.example', { cookie })).status).toBe(404)
    expect((await numbersOf('nobody.example', { cookie })).status).toBe(404)
  })

  test('a token that is none is not made good by a session or by a public site', async () => {
    const cookie = await cookieOf('anna')
    for (const given of ['Bearer', 'Bearer ', 'bearer none', `Bearer sdl_${'A'.repeat(32)}`, 'BEARER  x y']) {
      for (const domain of ['mine-1.example', 'public.example', 'nobody.example']) {
        const answer = await numbersOf(domain, { cookie, headers: { authorization: given } })
        expect([given, domain, answer.status]).toEqual([given, domain, 401])
      }
    }
    // What a proxy in front asked for itself is none of ours.
    expect((await numbersOf('mine-1.example', { cookie, headers: { authorization: 'Basic eDp5' } })).status).toBe(200)
  })

  test('guesses are not counted against anybody', async () => {
    const token = await world.token('a', 'read')
    for (let n = 0; n <= REQUESTS_PER_MINUTE; n++) await numbersOf('mine-1.example', { token: `sdl_${'A'.repeat(32)}` })
    expect((await numbersOf('mine-1.example', { token })).status).toBe(200)
  })
})

describe('the page', () => {
  const HOST = 'http://stats.example'
  const address = () => `/organizations/${world.organizations.a}/tokens`

  async function anna() {
    return createAsker(HOST, await cookieOf('anna'), async (url, sent) => world.app.request(url, sent))
  }

  function textOf(html: string): string {
    return html
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ')
  }

  test('makes a token, shows it once with a line that works, and withdraws it', async () => {
    const asker = await anna()
    expect(await (await asker.get(address())).text()).toContain('There is no token yet.')
    const made = await asker.post(address(), { name: ' Weekly report ', scope: 'read', which: 'all' })
    expect(made.status).toBe(200)
    const page = textOf(await made.text())
    const [secret = ''] = /sdl_[\w-]{32}/.exec(page) ?? []
    const [, curl = ''] =
      /curl -H 'Authorization: Bearer sdl_[\w-]{32}' 'http:\/\/stats\.example([^']+)'/.exec(page) ?? []
    expect((await world.ask('GET', curl, { token: secret })).status).toBe(200)
    const again = await (await asker.get(address())).text()
    expect(again).toContain('Weekly report')
    expect(again).toContain('last used')
    expect(again).not.toContain('sdl_')
    const [withdraw = ''] = /\/organizations\/[\w-]+\/tokens\/[\w-]+\/withdraw/.exec(again) ?? []
    const gone = await asker.post(withdraw)
    expect([gone.status, gone.headers.get('location')]).toEqual([303, `${address()}?saved=withdrawn`])
    expect(await (await asker.get(`${address()}?saved=withdrawn`)).text()).toContain('Withdrawn')
    expect((await world.ask('GET', curl, { token: secret })).status).toBe(401)
    expect((await asker.post(withdraw)).status).toBe(404)
  })

  test('makes a token for the sites that were ticked', async () => {
    const asker = await anna()
    const made = await asker.post(address(), {
      ...{ name: 'Shop', scope: 'manage', which: 'chosen', site: 'mine-2.example' },
    })
    const [secret = ''] = /sdl_[\w-]{32}/.exec(await made.text()) ?? []
    expect((await world.ask('GET', '/api/v1/sites', { token: secret })).body).toMatchObject({
      sites: [{ domain: 'mine-2.example' }],
    })
    expect(textOf(await (await asker.get(address())).text())).toContain('Manages mine-2.example')
  })

  test.each([
    [{ name: '', scope: 'read', which: 'all' }, 'The name is missing.'],
    [{ name: 'x'.repeat(101), scope: 'read', which: 'all' }, '100 characters'],
    [{ name: 'a\nb', scope: 'read', which: 'all' }, 'one line'],
    [{ name: 'x', scope: 'read', which: 'chosen' }, 'Tick at least one site'],
    [{ name: 'x', scope: 'read', which: 'chosen', site: 'theirs.example' }, 'Tick at least one site'],
  ])('refuses %j and makes none', async (form, why) => {
    const asker = await anna()
    const refused = await asker.post(address(), form)
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(why)])
    expect(await world.people.apiTokens.list(world.organizations.a)).toEqual([])
  })

  test.each([
    ['de', ['API-Tokens', 'Verwaltet', 'Alle Websites, auch künftige.', 'erstellt am 10. März 2026', 'nie benutzt']],
    [
      'fr',
      ['Jetons d’API', 'Gère', 'Tous les sites, y compris ceux à venir.', 'créé le 10 mars 2026', 'jamais utilisé'],
    ],
  ])('says in %s what each token may', async (language, sentences) => {
    await world.token('a', 'manage')
    const page = textOf(await (await (await anna()).get(address(), { 'accept-language': language })).text())
    for (const sentence of sentences) expect(page).toContain(sentence)
    for (const english of Object.values(ENGLISH.tokens.scopes)) expect(page).not.toContain(english.meaning)
  })

  test('refuses in the language of who asks, with every reason', async () => {
    const form = { name: 'a\nb', scope: 'read', which: 'chosen' }
    const refused = await (await anna()).post(address(), form, { 'accept-language': 'de' })
    const page = await refused.text()
    for (const why of ['Der Name ist eine Zeile aus sichtbaren Zeichen.', 'Kreuzen Sie mindestens eine Website an'])
      expect(page).toContain(why)
    const gone = await (await anna()).post(`${address()}/nothing/withdraw`, {}, { 'accept-language': 'fr' })
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('il a déjà été révoqué')])
  })

  test('gives the least that was asked for when a form names no scope that there is', async () => {
    await (await anna()).post(address(), { name: 'x', scope: 'everything', which: 'all' })
    expect(await world.people.apiTokens.list(world.organizations.a)).toMatchObject([{ scope: 'read' }])
  })

  test('shows what somebody has typed as text', async () => {
    const asker = await anna()
    const hostile = `"><script>alert(1)</script>`
    for (const sent of [
      asker.post(address(), { name: hostile, which: 'chosen' }),
      asker.post(address(), { name: hostile }),
    ]) {
      expect(await (await sent).text()).not.toContain('<script')
    }
    const listed = await (await asker.get(address())).text()
    expect(listed).toContain('&lt;script&gt;')
    expect(listed).not.toContain('<script')
  })

  test('is no way into another organization', async () => {
    await world.token('b', 'read')
    const [{ id } = { id: '' }] = await world.people.apiTokens.list(world.organizations.b)
    const asker = await anna()
    const theirs = `/organizations/${world.organizations.b}/tokens`
    expect((await asker.get(theirs)).status).toBe(404)
    expect((await asker.post(theirs, { name: 'x', which: 'all' })).status).toBe(404)
    expect((await asker.post(`${address()}/${id}/withdraw`)).status).toBe(404)
    expect(await world.people.apiTokens.list(world.organizations.b)).toHaveLength(1)
  })

  describe('in a browser', () => {
    let browser: Browser
    let server: HttpServer
    beforeAll(async () => {
      browser = await launchChromium()
    })
    afterAll(() => browser.close())
    beforeEach(async () => {
      const { door, sites } = world
      const stylesheet = createDashboard({
        ...{ door, sites, counts: { query: async () => [] }, calendar: createCalendar(), now: () => NOW },
      })
      const app = new Hono()
        .use(pageHeaders({ isSecure: () => false }))
        .route('/', world.app)
        .route('/', stylesheet)
      server = await openHttpServer({ fetch: app.fetch, port: 0, host: '127.0.0.1' })
    })
    afterEach(() => server.close())

    test.each([
      ['light', 1200],
      ['dark', 1200],
      ['light', 390],
      ['dark', 390],
    ] as const)('is used without JavaScript in the %s, %d pixels wide', async (colorScheme, width) => {
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true })
      const [name = '', value = ''] = (await cookieOf('anna')).split('=', 2)
      const url = `http://127.0.0.1:${server.port}`
      await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      const isFit = async (name: string) => {
        const shots = process.env.SCREENSHOTS
        if (shots)
          await page.screenshot({ path: `${shots}/tokens-${name}-${colorScheme}-${width}.png`, fullPage: true })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        await page.evaluate(axe.source)
        const found = await page.evaluate(
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
        )
        expect(found).toEqual([])
      }
      await page.goto(`${url}${address()}`)
      await isFit('none')
      await page.getByLabel('Name').fill('A report of the week with a rather long name, for everybody')
      await page.getByLabel('Only these It cannot add sites.').check()
      await page.getByLabel('mine-2.example').check()
      await page.getByRole('button', { name: 'Make the token' }).click()
      await isFit('made')
      expect(await page.locator('pre').first().textContent()).toMatch(/^sdl_/)
      await page.getByText('Withdraw', { exact: true }).click()
      await isFit('withdraw')
      await page.getByRole('button', { name: 'Withdraw this token' }).click()
      expect(await page.getByText('There is no token yet.').count()).toBe(1)
      await context.close()
    })
  })
})

describe('sundial token', () => {
  async function sundial(...argv: readonly string[]): Promise<{ code: ExitCode; out: string; err: string }> {
    const said = { out: '', err: '' }
    const none = () => Promise.reject(new Error('not needed'))
    const code = await runCommand(
      ['token', ...argv],
      {
        settings: world.settings,
        sites: world.sites,
        ledger: { append: none, entries: none },
        follow: none,
        counts: none,
        migrate: none,
      },
      {
        out: (line) => {
          said.out += `${line}\n`
        },
        err: (line) => {
          said.err += `${line}\n`
        },
        progress: () => {},
        signal: new AbortController().signal,
      },
    )
    return { code, ...said }
  }

  test('makes one whose secret is all that stands on standard output, lists and removes it', async () => {
    const made = await sundial(
      'create',
      'Report',
      '--scope',
      'read',
      '--organization',
      'Anna',
      '--site',
      'mine-2.example',
    )
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^sdl_[\w-]{32}\n$/)])
    const token = made.out.trim()
    expect((await numbersOf('mine-2.example', { token })).status).toBe(200)
    expect((await numbersOf('mine-1.example', { token })).status).toBe(404)
    const listed = await sundial('list')
    expect(listed.out).toContain('Report')
    expect(listed.out).toContain('sites mine-2.example')
    expect(listed.out).not.toContain(token)
    const [{ id } = { id: '' }]: { id: string }[] = JSON.parse((await sundial('list', '--json')).out)
    expect((await sundial('list', '--organization', 'Bert')).out).not.toContain('Report')
    expect((await sundial('remove', id)).code).toBe(0)
    expect((await sundial('remove', id)).code).toBe(1)
    expect((await numbersOf('mine-2.example', { token })).status).toBe(401)
    const records = await world.people.audit.read(world.organizations.a, { limit: 2 })
    expect(records.map(({ act, who }) => [act, who])).toEqual([
      ['token withdrawn', 'The operator’s command line'],
      ['token made', 'The operator’s command line'],
    ])
  })

  test.each([
    [['create', 'x', '--scope', 'read'], 1, 'There are several organizations'],
    [
      ['create', 'x', '--scope', 'read', '--organization', 'Nobody'],
      1,
      'There is no organization Nobody; there is Anna, Bert.',
    ],
    [['create', 'x', '--organization', 'Anna'], 2, 'The scope is read or manage.'],
    [['create', '', '--scope', 'all', '--organization', 'Anna'], 2, 'The name is missing.\nThe scope is'],
    [
      ['create', 'x', '--scope', 'read', '--organization', 'Anna', '--site', 'theirs.example'],
      1,
      'Anna has no site theirs.example.',
    ],
    [['remove', `x' OR '1'='1`], 1, 'There is no token'],
  ] as const)('refuses %j', async (argv, code, why) => {
    const said = await sundial(...argv)
    expect([said.code, said.out, said.err]).toEqual([code, '', expect.stringContaining(why)])
    expect(await world.people.apiTokens.list(world.organizations.a)).toEqual([])
  })
})
