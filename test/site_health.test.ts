// The health of a site, its badge and the pages of its reports, behind the real door: what the look at a site's own page finds in
// real answers of a real server, what outsiders are shown, and that the pages read well in a browser.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import axe from 'axe-core'
import { isbot } from 'isbot'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createCalendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { migrate } from '../collector/migrate.ts'
import { createBadge } from '../dashboard/badge.ts'
import { createDoor } from '../dashboard/door.tsx'
import { CHECK_AGENT, checkInstall, type Finding } from '../dashboard/install_check.ts'
import { createNodeOutbound } from '../dashboard/outbound_node.ts'
import { ENGLISH, WORDS } from '../dashboard/words.ts'
import { launchChromium } from './chromium.ts'
import { HOST, makeTwoOrganizations, NOW, SITES, type Template, type World } from './two_organizations.ts'

const SCRIPT = { url: 'https://stats.example/js/sundial.js', guessed: false }
const SITE = { domain: 'site.example', hosts: ['site.example', 'www.site.example'] }

let directory: string
let counts: Counts
let template: Template
let world: World
let browser: Browser
let server: Server
let port: number
/** What the site answers, by host and path. */
let pages: Record<string, { status?: number; headers?: Record<string, string>; body?: string }> = {}
const asked: { host: string; agent: string; cookie: string | undefined }[] = []

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-health-'))
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
  template = await makeTwoOrganizations()
  browser = await launchChromium()
  server = createServer((request, response) => {
    const { host = '', 'user-agent': agent = '', cookie } = request.headers
    asked.push({ host, agent, cookie })
    const page = pages[`${host}${request.url}`]
    response.writeHead(page?.status ?? (page ? 200 : 404), page?.headers).end(page?.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = portOf(server.address())
  world = template.open(counts)
})
afterAll(async () => {
  world.close()
  template.remove()
  await browser.close()
  server.closeAllConnections()
  server.close()
  await counts.close()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  pages = {}
  asked.length = 0
})

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('listens at no port')
  return address.port
}

const day = (on: string) => ({ month: '2026-07-01', day: on, expire_on: '2100-01-01' })

/** The public site is the fourth, mine the first; it is noon of 15 July, UTC. */
async function plant(): Promise<void> {
  const insert = (table: 'hours' | 'days' | 'counts', rows: object[]) =>
    counts.insert(table, rows.map((row) => JSON.stringify(row)).join('\n'), crypto.randomUUID())
  await insert('days', [
    { ...day('2026-07-07'), site: 4, visits: 500, pageviews: 500, engaged: 0, events: 0 },
    { ...day('2026-07-08'), site: 4, visits: 1000, pageviews: 1000, engaged: 0, events: 0 },
    { ...day('2026-07-14'), site: 4, visits: 234, pageviews: 300, engaged: 0, events: 0 },
    { ...day('2026-07-15'), site: 4, visits: 77, pageviews: 80, engaged: 0, events: 0 },
    { ...day('2026-07-15'), site: 1, visits: 12, pageviews: 31, engaged: 0, events: 2 },
  ])
  const kept = { generalize_on: '2100-01-01' }
  await insert('hours', [
    { ...day('2026-07-15'), ...kept, site: 1, hour: 12, visits: 3 },
    { ...day('2026-07-15'), ...kept, site: 1, hour: 9, visits: 9 },
    { ...day('2026-07-14'), ...kept, site: 1, hour: 12, visits: 50 },
  ])
  const reason = { ...day('2026-07-13'), ...kept, site: 1, metric: 'dropped', dimension: 'reason' }
  await insert('counts', [{ ...reason, dimension2: '', value: 'foreign_host', value2: '', n: 15 }])
}

/** The site's own server stands for every public address; TLS ends before it. */
const outbound = createNodeOutbound({
  resolve: async (name) => (name === 'gone.example' ? Promise.reject(new Error('ENOTFOUND')) : ['93.184.215.14']),
  connect: () => connect({ host: '127.0.0.1', port }),
})

async function findingsOf(page: (typeof pages)[string], script = SCRIPT): Promise<Finding[]> {
  pages = { 'site.example/': page }
  return [...(await checkInstall(SITE, { outbound, script, words: ENGLISH })).findings]
}

const wrong = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'bad').map(({ says }) => says)

const TAG = '<script defer data-domain="site.example" src="https://stats.example/js/sundial.js"></script>'
const page = (head: string, headers: Record<string, string> = {}) => ({
  body: `<!doctype html><html><head>${head}</head><body></body></html>`,
  headers: { 'Content-Type': 'text/html', ...headers },
})
const csp = (policy: string) => page(TAG, { 'Content-Security-Policy': policy })

describe('the look at a site’s own page', () => {
  test('asks as a robot that every analytics knows, without a cookie, and finds all as it should be', async () => {
    const findings = await findingsOf(page(TAG))
    expect(findings.map(({ says }) => says)).toEqual([
      'The script tag is in this page.',
      'It counts for site.example.',
      'It is loaded from https://stats.example.',
    ])
    expect(asked).toEqual([{ host: 'site.example', agent: CHECK_AGENT, cookie: undefined }])
    expect(isbot(CHECK_AGENT)).toBe(true)
  })

  test.each([
    [
      'as a pinned address',
      '<script defer data-domain="site.example" src="https://stats.example/js/sundial.0123456789ab.js" integrity="sha384-x" crossorigin></script>',
    ],
    [
      'with single quotes and other attributes first',
      "<script async src='https://stats.example/js/sundial.plus.js' data-domain='site.example'></script>",
    ],
    [
      'by its alias',
      '<script defer data-domain="www.site.example" src="https://stats.example/js/sundial.js"></script>',
    ],
    ['without a domain', '<script defer src="https://stats.example/js/sundial.js"></script>'],
  ])('finds nothing wrong with the tag %s', async (_, tag) => {
    expect(wrong(await findingsOf(page(tag)))).toEqual([])
  })

  test.each([
    ['no tag', '<script src="/app.js"></script>', 'The script tag is not in this page.'],
    ['a tag in a comment', `<!-- ${TAG} -->`, 'The script tag is not in this page.'],
    ['it twice', `${TAG}${TAG}`, 'It is there more than once: every visit counts as often.'],
    [
      'another domain',
      TAG.replace('site.example', 'other.example'),
      'It counts for another site: data-domain is "other.example", not "site.example".',
    ],
    [
      'another address',
      TAG.replace('https://stats.example', 'https://old.example'),
      'It is loaded from "https://old.example", not from https://stats.example. Is that this Sundial?',
    ],
    [
      'http',
      TAG.replace('https:', 'http:'),
      'It is loaded over http:// by a page over https://, which browsers refuse.',
    ],
    ['noscript', `<noscript>${TAG}</noscript>`, 'It stands in <noscript>, where it never runs.'],
    [
      'a consent tool’s type',
      TAG.replace('<script', '<script type="text/plain" data-cookieconsent="statistics"'),
      'Its type is "text/plain", so it waits for whatever changes that.',
    ],
    [
      'Rocket Loader',
      TAG.replace('<script', '<script type="0123-text/javascript"'),
      'Its type is "0123-text/javascript", so it waits for whatever changes that. Rocket Loader of Cloudflare does that; data-cfasync="false" in the tag keeps it away.',
    ],
    [
      'a consent tool’s src',
      TAG.replace(' src=', ' data-src='),
      'It has no src: a consent tool loads it only after visitors agree.',
    ],
  ])('finds %s', async (_, head, says) => {
    expect(wrong(await findingsOf(page(head)))).toEqual([says])
  })

  test('says that a tag manager may add it, and that a consent tool may hold it', async () => {
    const manager = await findingsOf(page('<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>'))
    expect(manager.map(({ says }) => says).join(' ')).toContain('Google Tag Manager')
    const consent = await findingsOf(page(TAG.replace('<script', '<script class="cmplz-blocked"')))
    expect(consent.find(({ state }) => state === 'note')?.says).toMatch(/^Complianz seems to hold it back/)
  })

  test('repeats of the page a short line, whatever is written there', async () => {
    const evil = TAG.replace('"site.example"', `'<b>\n\u202e${'x'.repeat(500)}'`)
    const [says = ''] = wrong(await findingsOf(page(evil)))
    expect(says).toMatch(/^It counts for another site: data-domain is "<b> x{70,80}", not "site\.example"\.$/)
  })

  const NO_RUN =
    'The page’s Content-Security-Policy keeps the script from running: add https://stats.example to script-src.'
  const NO_SEND = 'The page’s Content-Security-Policy keeps it from sending: add https://stats.example to connect-src.'

  test.each([
    ["default-src 'self'", [NO_RUN, NO_SEND]],
    ["default-src 'none'; script-src https://stats.example; connect-src https://stats.example", []],
    ["script-src 'self' stats.example", []],
    ["script-src 'self'", [NO_RUN]],
    ["script-src https:; connect-src 'self'", [NO_SEND]],
    ['script-src *.example; connect-src *', []],
    ['script-src *.stats.example', [NO_RUN]],
    ['script-src https://stats.example/js/; connect-src https://stats.example/api/event', []],
    ['script-src https://stats.example/other/', [NO_RUN]],
    ["script-src 'strict-dynamic' 'nonce-abc' https:", [NO_RUN]],
    ["script-src-elem https://stats.example; script-src 'none'", []],
    ['script-src https://stats.example:8443', [NO_RUN]],
    ["img-src 'none'", []],
  ])('reads the policy %s', async (policy, expected) => {
    expect(wrong(await findingsOf(csp(policy)))).toEqual(expected)
  })

  test('holds the script to every policy there is, in headers and in the page', async () => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">${TAG}`
    expect(wrong(await findingsOf(page(meta)))).toEqual([NO_SEND])
    expect(wrong(await findingsOf(page(TAG, { 'Content-Security-Policy-Report-Only': "default-src 'none'" })))).toEqual(
      [],
    )
  })

  test('follows redirects to the site’s own hosts and to no other', async () => {
    pages = {
      'site.example/': { status: 301, headers: { Location: 'https://www.site.example/home' } },
      'www.site.example/home': page(TAG),
    }
    expect(await checkInstall(SITE, { outbound, script: SCRIPT, words: ENGLISH })).toMatchObject({
      page: 'https://www.site.example/home',
    })
    pages = {
      'site.example/': { status: 302, headers: { Location: 'http://169.254.169.254/latest' } },
      'www.site.example/': { status: 302, headers: { Location: '/' } },
    }
    const { findings, page: none } = await checkInstall(SITE, { outbound, script: SCRIPT, words: ENGLISH })
    expect(none).toBeUndefined()
    expect(wrong(findings)).toEqual([
      'site.example: it sends on to "169.254.169.254", which is none of this site’s hosts.',
      'www.site.example: it sends on and on.',
    ])
    expect(asked.map(({ host }) => host)).not.toContain('169.254.169.254')
  })

  test('says why nothing could be looked at', async () => {
    const of = async (domain: string, by = outbound) => {
      const { findings } = await checkInstall(
        { domain, hosts: [domain] },
        { outbound: by, script: SCRIPT, words: ENGLISH },
      )
      return wrong(findings)
    }
    expect(await of('site.example')).toEqual(['site.example: it answers 404.'])
    expect(await of('gone.example')).toEqual(['gone.example: its name leads nowhere.'])
    expect(await of('localhost', createNodeOutbound())).toEqual([
      'localhost: its name leads to an address that is not public.',
    ])
  })

  test('reads the first megabyte', async () => {
    const findings = await findingsOf({ body: `${' '.repeat(1_000_000)}${TAG}` })
    expect(findings.map(({ says }) => says)).toContain(
      'The page is longer than 1 MB; only its beginning was looked at.',
    )
    expect(wrong(findings)).toEqual(['The script tag is not in this page.'])
  })
})

const cookie = (name: keyof Template['cookies']) => ({ headers: { cookie: template.cookies[name] } })

describe('the page of health', () => {
  test('says what came by the hour, and what was not counted', async () => {
    const html = await (await world.ask(`GET /sites/${SITES.mine}/health`, cookie('viewer'))).text()
    expect(html).toContain('12 visits in the last 24 hours, 3 of them in the hour that runs.')
    expect(html).toContain('Yesterday and today: 31 page views, 2 events.')
    expect(html).toMatch(/Events of pages on other hosts<\/th><td>15/)
    const other = await (await world.ask(`GET /sites/${SITES.second}/health`, cookie('owner'))).text()
    expect(other).toContain('Nothing was ever counted here.')
  })

  test.each([
    [{ 'sec-gpc': '1' }, 'Your browser sends Global Privacy Control, so your own visits to'],
    [{ 'sec-gpc': '1', dnt: '1' }, 'Your browser sends Global Privacy Control and Do Not Track, so your own'],
    [{ dnt: '0' }, 'Your browser sends neither'],
  ])('says what %j of one’s own browser does', async (headers, says) => {
    const sent = { headers: { ...headers, cookie: template.cookies.viewer } }
    expect(await (await world.ask(`GET /sites/${SITES.mine}/health`, sent)).text()).toContain(says)
  })

  test('says the same in the language of the reader, also of what the look has found', async () => {
    const sent = { headers: { cookie: template.cookies.viewer, 'accept-language': 'de-AT', 'sec-gpc': '1' } }
    const html = await (await world.ask(`GET /sites/${SITES.mine}/health`, sent)).text()
    expect(html).toContain(`<title>Zustand · ${SITES.mine} · Sundial</title>`)
    expect(html).toContain('12 Besuche in den letzten 24 Stunden, davon 3 in der laufenden Stunde.')
    expect(html).toContain('Gestern und heute: 31 Seitenaufrufe, 2 Ereignisse.')
    expect(html).toMatch(/Ereignisse von Seiten auf anderen Hosts<\/th><td>15/)
    expect(html).toContain('Ihr Browser sendet Global Privacy Control. Ihre eigenen Besuche auf')
    const looked = await (await world.ask(`POST /sites/${SITES.mine}/health`, sent)).text()
    expect(looked).toContain(`<b>Falsch:</b> ${SITES.mine}: dort antwortet nichts.`)
    expect(looked).toContain('Noch einmal prüfen')
    pages = { 'site.example/': page(TAG.replace('site.example', 'other.example')) }
    const { findings } = await checkInstall(SITE, { outbound, script: SCRIPT, words: WORDS.fr })
    expect(wrong(findings)).toEqual([
      'Elle compte pour un autre site\u202f: data-domain est «\u202fother.example\u202f», et non «\u202fsite.example\u202f».',
    ])
  })

  test('looks at the site when its button is pressed, and never by itself', async () => {
    const sent = cookie('viewer')
    expect(await (await world.ask(`GET /sites/${SITES.mine}/health`, sent)).text()).not.toContain('findings')
    const html = await (await world.ask(`POST /sites/${SITES.mine}/health`, sent)).text()
    expect(html).toContain(`${SITES.mine}: nothing answers there.`)
    expect(html).toContain('Look again')
  })
})

describe('the badge', () => {
  const get = (address: string) => world.ask(`GET ${address}`)

  test('says the visits of the last seven whole days, to any page, for an hour, without a cookie', async () => {
    const json = await get(`/badge/${SITES.public}.json`)
    expect(await json.json()).toEqual({
      site: SITES.public,
      visits: 1234,
      from: '2026-07-08',
      to: '2026-07-14',
      timezone: 'UTC',
    })
    expect(json.headers.get('access-control-allow-origin')).toBe('*')
    const svg = await get(`/badge/${SITES.public}.svg`)
    expect(await svg.text()).toContain('1,234 visits, 8 – 14 Jul 2026'.replace(/ – /, '\u2009–\u2009'))
    expect(svg.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    for (const answer of [json, svg]) {
      expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    }
  })

  test('is drawn in the language that its address asks for, never in that of who looks', async () => {
    const english = await (await get(`/badge/${SITES.public}.svg`)).text()
    const german = await (await get(`/badge/${SITES.public}.svg?lang=de`)).text()
    expect(german).toContain('>Besuche diese Woche</text>')
    expect(german).toContain('<title>1.234 Besuche, 8.–14. Juli 2026</title>')
    expect(await (await get(`/badge/${SITES.public}.svg?lang=fr`)).text()).toContain('>visites cette semaine</text>')
    expect(await (await get(`/badge/${SITES.public}.svg?lang=<tlh>`)).text()).toBe(english)
    const asked = await world.ask(`GET /badge/${SITES.public}.svg`, { headers: { 'accept-language': 'de' } })
    expect(await asked.text()).toBe(english)
  })

  test('of a site that is not public is that of none, also for its owner', async () => {
    const sorted = (answer: Response) => Object.fromEntries([...answer.headers].toSorted())
    const unknown = await get(`/badge/${SITES.unknown}.svg`)
    const [text, headers] = [await unknown.text(), sorted(unknown)]
    expect([unknown.status, headers['cache-control']]).toEqual([404, 'no-store'])
    for (const address of [`/badge/${SITES.mine}.svg`, `/badge/${SITES.mine}.json`, `/badge/${SITES.public}`]) {
      const answer = await world.ask(`GET ${address}`, cookie('owner'))
      expect([answer.status, await answer.text(), sorted(answer)]).toEqual([404, text, headers])
    }
  })

  test('carries no session, also for who has signed in and is given a new one at that moment', async () => {
    const account = { id: 'ann', name: 'Ann', email: 'ann@example.com', secondFactor: false, language: undefined }
    const door = createDoor({
      sites: world.sites,
      auth: { session: async () => ({ account, cookies: ['sundial.session_token=secret; Path=/'] }) },
      organizations: { hasOwner: async () => true, memberships: async () => [] },
      shareLinks: { find: async () => undefined },
      basePath: '',
      isSecure: () => true,
      mayTry: () => false,
      report: () => {},
    })
    const app = createBadge({ door, sites: world.sites, counts, calendar: createCalendar(), now: () => NOW })
    const answer = await app.request(`${HOST}/badge/${SITES.public}.json`)
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
    expect((await app.request(`${HOST}/badge/${SITES.mine}.json`)).headers.get('set-cookie')).toContain('secret')
  })

  test('is a picture that a browser draws', async () => {
    const tab = await browser.newPage({ viewport: { width: 300, height: 60 } })
    const svg = await (await get(`/badge/${SITES.public}.svg`)).text()
    await tab.setContent(`<img src="data:image/svg+xml,${encodeURIComponent(svg)}">`)
    expect(await tab.evaluate('document.images[0].naturalWidth')).toBeGreaterThan(140)
    await shoot(tab, 'badge')
    await tab.close()
  })
})

describe('reports', () => {
  test('are chosen by whoever reads the site, for themselves, and ended by the link of a mail without a page', async () => {
    const before = await (await world.ask(`GET /sites/${SITES.mine}/reports`, cookie('viewer'))).text()
    expect(before).toContain('No mail is set up on this Sundial')
    expect(before).not.toContain('Webhooks')
    const chosen = await world.ask(`POST /sites/${SITES.mine}/reports`, {
      ...cookie('viewer'),
      body: 'weekly=on&alerts=on',
    })
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `/sites/${SITES.mine}/reports?saved=own`])
    const { subscriptions } = world.people
    const [own] = (await subscriptions.recipients()).filter(({ by }) => by === 'mail')
    expect(own).toMatchObject({ email: 'viewer@example.com', weekly: true, alerts: true, origin: HOST })
    const farewell = `/unsubscribe/${subscriptions.farewellOf(own?.id ?? '')}`
    expect(await (await world.ask(`GET ${farewell}`)).text()).toContain('Stop these mails')
    expect((await world.ask(`POST ${farewell}`, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await subscriptions.recipients()).some(({ id }) => id === own?.id)).toBe(true)
    // As mail services send it: no origin, a form of several parts.
    const body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const ended = await world.send(farewell, { method: 'POST', headers, body })
    expect(ended.status).toBe(200)
    expect((await subscriptions.recipients()).some(({ id }) => id === own?.id)).toBe(false)
    expect((await world.ask(`GET ${farewell}`)).status).toBe(404)
  })

  test('are chosen in the language of the page, in which their mails are written too', async () => {
    const address = `/sites/${SITES.mine}/reports`
    const sent = { headers: { cookie: template.cookies.manager, 'accept-language': 'de' } }
    expect(await (await world.ask(`GET ${address}`, sent)).text()).toContain('Der Wochenbericht')
    await world.ask(`POST ${address}`, { ...sent, body: 'weekly=on' })
    const chosen = async () =>
      (await world.people.subscriptions.recipients()).find(
        (one) => one.by === 'mail' && one.email.startsWith('manager'),
      )
    expect(await chosen()).toMatchObject({ weekly: true, language: 'de' })
    // The account's own wins, and a webhook is refused in it.
    const manager = String(world.dump().user?.find(({ email }) => email === 'manager@example.com')?.id)
    await world.people.auth.speak(manager, 'fr')
    expect(await chosen()).toMatchObject({ language: 'fr' })
    const refused = await world.ask(`POST ${address}/webhooks`, {
      ...sent,
      body: 'name=&url=http://a.example&weekly=on',
    })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain('Un webhook a un nom, auquel vous le reconnaissez.')
    expect(html).toContain('L’adresse d’un webhook commence par https://')
    await world.ask(`POST ${address}`, sent)
    await world.people.auth.speak(manager, undefined)
  })

  test('go to webhooks that managers make, whose key is shown once and whose address only by its host', async () => {
    const address = `/sites/${SITES.mine}/reports/webhooks`
    const fields = { name: 'Chat', url: 'https://hooks.example/services/very-secret', weekly: 'on' }
    const made = await world.ask(`POST ${address}`, { ...cookie('manager'), body: String(new URLSearchParams(fields)) })
    const html = await made.text()
    const [webhook] = (await world.people.subscriptions.webhooks(1)).filter(({ name }) => name === 'Chat')
    const key = world.people.subscriptions.keyOf(webhook?.id ?? '')
    expect(html).toContain(key)
    const later = await (await world.ask(`GET /sites/${SITES.mine}/reports`, cookie('manager'))).text()
    expect(later).toContain('hooks.example, weekly report, since 15 Jul 2026')
    for (const secret of [key, 'very-secret']) expect(later).not.toContain(secret)
    expect(JSON.stringify(world.dump())).not.toContain(key)
    const tested = await world.ask(`POST ${address}/${webhook?.id}/test`, cookie('manager'))
    expect(await tested.text()).toContain('The test did not arrive at “Chat”: nothing answers there.')
    await world.ask(`POST ${address}/${webhook?.id}/remove`, cookie('manager'))
    expect((await world.people.subscriptions.webhooks(1)).map(({ name }) => name)).toEqual(['to the board'])
    const acts = (world.dump().audit ?? []).map(({ act }) => act)
    expect(acts.slice(-2)).toEqual(['webhook made', 'webhook removed'])
  })

  test.each([
    ['http://hooks.example/', 'begins with https://'],
    ['https://192.168.1.1/', 'has a name, not the number of a machine'],
    ['https://2130706433/', 'has a name, not the number of a machine'],
    ['https://[::1]/', 'has a name, not the number of a machine'],
    ['https://user:pass@hooks.example/', 'has no user and password'],
    ['javascript:alert(1)', 'begins with https://'],
  ])('go to no webhook at %s', async (url, says) => {
    const body = String(new URLSearchParams({ name: 'Chat', url, weekly: 'on' }))
    const answer = await world.ask(`POST /sites/${SITES.mine}/reports/webhooks`, { ...cookie('manager'), body })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(says)
  })
})

describe('a share link in a frame', () => {
  /** What stands in the frame of a page on that host. */
  async function framedOn(host: string, secret: string): Promise<string> {
    const tab = await browser.newPage()
    await tab.route('**/*', async (route) => {
      const { pathname, search, hostname } = new URL(route.request().url())
      if (hostname === 'stats.example') {
        const answer = await world.send(`${pathname}${search}`, {})
        const headers = Object.fromEntries(answer.headers)
        return route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) })
      }
      return route.fulfill({ contentType: 'text/html', body: `<iframe src="${HOST}/share/${secret}"></iframe>` })
    })
    await tab.goto(`http://${host}/`, { waitUntil: 'networkidle' })
    const [, frame] = tab.frames()
    const text = (await frame?.evaluate('document.body.innerText').catch(() => '')) ?? ''
    await tab.close()
    return String(text)
  }

  async function makeLink(fields: Record<string, string>): Promise<string> {
    const address = `/sites/${SITES.mine}/settings/sharing/links`
    const made = await world.ask(`POST ${address}`, { ...cookie('owner'), body: String(new URLSearchParams(fields)) })
    const [, secret = ''] = /\/share\/([\w-]{32})</.exec(await made.text()) ?? []
    expect(secret).not.toBe('')
    return secret
  }

  test('stands on pages of the site where its owner allows it, and on no others', async () => {
    const secret = await makeLink({ name: 'On our page', framed: 'on' })
    expect(await framedOn(SITES.mine, secret)).toContain(SITES.mine)
    expect(await framedOn(`www.${SITES.mine}`, secret)).toContain(SITES.mine)
    expect(await framedOn(SITES.second, secret)).not.toContain(SITES.mine)
    expect(await framedOn(`${SITES.mine}.evil.example`, secret)).not.toContain(SITES.mine)
  })

  test('stands nowhere else', async () => {
    const secret = await makeLink({ name: 'Not on our page' })
    expect(await framedOn(SITES.mine, secret)).not.toContain(SITES.mine)
    const answer = await world.send(`/share/${secret}`, {})
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

async function shoot(tab: { screenshot(options: object): Promise<unknown> }, name: string): Promise<void> {
  const shots = process.env.SCREENSHOTS
  if (shots) await tab.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true })
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([
    ['health', `POST /sites/${SITES.mine}/health`],
    ['reports', `GET /sites/${SITES.mine}/reports`],
  ])('the page of %s can be read, wide and narrow', async (name, request) => {
    const html = await (await world.ask(request, cookie('manager'))).text()
    const css = await (await world.ask('GET /dashboard.css')).text()
    for (const width of [1024, 390]) {
      const tab = await browser.newPage({ colorScheme, viewport: { width, height: 800 } })
      await tab.route('**/*', (route) => route.fulfill({ contentType: 'text/css', body: css }))
      await tab.setContent(html.replace('href="/dashboard.css', `href="${HOST}/dashboard.css`))
      await tab.waitForFunction('getComputedStyle(document.querySelector(".column")).maxWidth === "720px"')
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      await tab.addScriptTag({ content: axe.source })
      const { violations } = z
        .object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
        .parse(await tab.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`))
      expect(violations).toEqual([])
      await shoot(tab, `${name}-${colorScheme}-${width}`)
      await tab.close()
    }
  })
})
