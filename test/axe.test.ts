// Every page of the dashboard as whoever sees, listens or types differently gets it: axe finds nothing to complain about,
// narrow and wide, light and dark. One running server, whose first site has names and whose second has nothing.
import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { launchChromium } from './chromium.ts'
import { type Asker, makeOwner, PASSWORD } from './people.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

const SETTINGS = '/sites/localhost/settings'
const MADE = ['organization', 'invitation', 'share', 'setup'] as const

let data: DataDir
let server: RunningServer
let browser: Browser
let ownersTab: Page
let nobodysTab: Page
let foundAtSetup: unknown
/** Stands for what only the running server knows: '<organization>' in an address. */
const made = new Map<string, string>()

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start()
  browser = await launchChromium()
  nobodysTab = await (await openContext()).newPage()
  // The link opens once: its page is looked at before the owner is made.
  made.set('setup', /\/setup\/(\S+)/.exec(server.log())?.[1] ?? '')
  await nobodysTab.goto(`${server.address}/setup/${made.get('setup')}`)
  foundAtSetup = await check(nobodysTab)
  const owner = await makeOwner(server)
  ownersTab = await (await openContext(owner.cookie)).newPage()
  await plant(owner)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  data.remove()
})

/** Without the pages' policy, which lets no script of others run, and without transitions between colours. */
async function openContext(cookie = ''): Promise<BrowserContext> {
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' })
  const pairs = cookie === '' ? [] : cookie.split('; ')
  await context.addCookies(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url: server.address }
    }),
  )
  return context
}

async function plant(owner: Asker): Promise<void> {
  const [, organization = ''] = /\/organizations\/([\w-]+)/.exec(await (await owner.get('/sites')).text()) ?? []
  const at = `/organizations/${organization}`
  const send = async (path: string, fields: Record<string, string>) => {
    const answer = await owner.post(path, fields)
    expect([path, answer.status < 400]).toEqual([path, true])
    return answer.text()
  }
  made.set('organization', organization)
  await send(`${at}/sites/new`, { domain: 'empty.example', timezone: 'UTC' })
  await send(SETTINGS, { form: 'public', public: 'on' })
  await send(SETTINGS, { form: 'goals', goals: 'signup' })
  await send('/sites/localhost/notes', {
    day: new Date().toISOString().slice(0, 10),
    text: 'A campaign',
    kind: 'campaign',
  })
  await send(`${at}/tokens`, { name: 'A report', scope: 'read' })
  const invited = await send(`${at}/people/invite`, { email: 'new@example.com', role: 'analyst' })
  made.set('invitation', /\/invitation\/([\w-]+)/.exec(invited)?.[1] ?? '')
  const shared = await send(`${SETTINGS}/sharing/links`, { name: 'The board' })
  made.set('share', /\/share\/([\w-]+)/.exec(shared)?.[1] ?? '')
  for (let n = 0; n < 24; n++) {
    const u = `http://localhost/${['', 'pricing', 'about'][n % 3]}`
    await post(server.address, { u, r: n % 2 ? 'https://news.example/' : '' })
    await post(server.address, { n: 'signup', u })
  }
  await until(
    async () => (await owner.get('/?period=today')).text(),
    (html) => html.includes('/pricing') && html.includes('signup'),
  )
}

test('what stands for an address is known', () => {
  expect(MADE.filter((name) => !made.get(name))).toEqual([])
})

test('axe finds nothing on the page of the set-up link', () => {
  expect(foundAtSetup).toEqual([])
})

test.each([
  '/?period=7d',
  '/?period=today',
  '/?period=today&filter=page:/pricing',
  '/breakdown?period=today&dimension=page',
  '/breakdown?period=today&dimension=country',
  '/dropped',
  '/search?q=p&period=today',
  '/fives',
  '/shortcuts',
  '/?site=empty.example',
  '/sites',
  '/account',
  '/account/delete',
  '/organizations/<organization>/sites/new',
  SETTINGS,
  `${SETTINGS}/counting`,
  `${SETTINGS}/events`,
  `${SETTINGS}/transparency`,
  `${SETTINGS}/sharing`,
  `${SETTINGS}/periods`,
  `${SETTINGS}/end`,
  '/sites/localhost/notes',
  '/sites/localhost/reports',
  '/sites/localhost/health',
  '/organizations/<organization>',
  '/organizations/<organization>/people',
  '/organizations/<organization>/audit',
  '/organizations/<organization>/tokens',
  '/organizations/<organization>/end',
])('axe finds nothing on %s for the owner', async (address) => {
  expect(await visit(ownersTab, address)).toBe(200)
  expect(await check(ownersTab)).toEqual([])
})

test.each([
  '/sign-in',
  '/reset',
  '/invitation/<invitation>',
  '/share/<share>?period=today',
  '/share/<share>/breakdown?dimension=page',
  '/?site=localhost&period=today',
  '/?site=localhost&period=7d',
  '/transparency/localhost',
  '/transparency/localhost/preview',
  '/transparency/localhost/record',
  '/api/docs',
])('axe finds nothing on %s for who has not signed in', async (address) => {
  expect(await visit(nobodysTab, address)).toBe(200)
  expect(await check(nobodysTab)).toEqual([])
})

test.each([
  ['/nowhere', 404],
  ['/setup/<setup>', 410],
  ['/reset/unknown', 410],
  ['/transparency/nowhere', 404],
  ['/?period=never', 400],
  ['/sites/nowhere/settings', 404],
] as const)('axe finds nothing on %s, which is refused with %i', async (address, status) => {
  expect(await visit(ownersTab, address)).toBe(status)
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on a form that was refused', async () => {
  await visit(nobodysTab, '/sign-in')
  await nobodysTab.getByLabel('E-mail').fill('nobody@example.com')
  await nobodysTab.getByLabel('Password').fill('not the password')
  await nobodysTab.getByRole('button', { name: 'Sign in' }).click()
  await nobodysTab.getByRole('alert').waitFor()
  expect(await check(nobodysTab)).toEqual([])
})

test('axe finds nothing on a page that shows a secret once', async () => {
  await visit(ownersTab, `${SETTINGS}/sharing`)
  await ownersTab.getByLabel('Name of a new link').fill('Everybody')
  await ownersTab.getByRole('button', { name: 'Make a share link' }).click()
  await ownersTab.getByRole('status').waitFor()
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on the page where a second factor begins', async () => {
  await visit(ownersTab, '/account')
  const form = ownersTab.locator('form', { has: ownersTab.getByRole('button', { name: 'Set it up' }) })
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByRole('button').click()
  await ownersTab.waitForURL('**/account/second-factor')
  expect(await check(ownersTab)).toEqual([])
})

/** Returns the status. A redirect would show some other page, which is in the lists itself. */
async function visit(tab: Page, address: string): Promise<number | undefined> {
  const path = address.replace(/<(\w+)>/, (_, name) => made.get(name) ?? '')
  const answer = await tab.goto(`${server.address}${path}`)
  expect(new URL(tab.url()).pathname).toBe(new URL(path, server.address).pathname)
  return answer?.status()
}

/** Menus of one name would close each other. */
const UNFOLD = `for (const one of document.querySelectorAll('details')) {
  one.removeAttribute('name')
  one.open = true
}`
const violationsFound = z.array(z.tuple([z.string(), z.unknown()]))
const FIND = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, any }) => [html, any[0]?.message])]))`

/** What axe finds on a page that is open. */
async function check(tab: Page): Promise<unknown[]> {
  await tab.evaluate(axe.source)
  const found: unknown[] = []
  for (const width of [390, 1280]) {
    await tab.setViewportSize({ width, height: 900 })
    // As it comes where it is narrow, unfolded where it is wide.
    if (width === 1280) await tab.evaluate(UNFOLD)
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme })
      const violations = violationsFound.parse(await tab.evaluate(FIND))
      found.push(...violations.map((one) => [width, colorScheme, ...one]))
    }
  }
  return found
}
