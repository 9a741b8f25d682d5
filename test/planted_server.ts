// A running server with something on every page, and the addresses of its pages: for the tests that look at all of them.
// Its first site has names, its second nothing.
import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { sessionSecret } from '../dashboard/machine.ts'
import { createPeople } from '../dashboard/people/people.ts'
import { SECRET } from './accumulated.ts'
import { turnOnSecondFactor } from './one_time_code.ts'
import { type Asker, cookieOf, createAsker, makeOwner, OWNER, PASSWORD } from './people.ts'
import { type DataDir, makeDataDir, post, until } from './server.ts'

export const SETTINGS = '/sites/localhost/settings'

/** Opens once, before there is an owner, so `beforeOwner` looks at it. */
export const SETUP_PAGE = '/setup/<setup>'

/** '<organization>' and the like stand for what only the running server knows. */
const PAGES_OF_OWNER = [
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
  '/account/second-factor',
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
  '/invitation/<invitation>',
  '/undo/<undo>',
] as const

const PAGES_OF_NOBODY = [
  '/sign-in',
  '/reset',
  '/reset/<reset>',
  '/invitation/<invitation>',
  '/undo/<undo>',
  '/unsubscribe/<farewell>',
  '/share/<share>?period=today',
  '/share/<share>/breakdown?dimension=page&period=today',
  '/share/<share>/search?q=p&period=today',
  '/share/<share>/fives',
  '/share/<share>/dropped?period=today',
  '/share/<guarded>/password',
  '/?site=localhost&period=today',
  '/?site=localhost&period=7d',
  '/transparency/localhost',
  '/transparency/localhost/preview',
  '/transparency/localhost/record',
  '/api/docs',
] as const

const PAGES_REFUSED = [
  ['/nowhere', 404],
  [SETUP_PAGE, 410],
  ['/reset/unknown', 410],
  ['/undo/unknown', 410],
  ['/unsubscribe/unknown', 404],
  ['/transparency/nowhere', 404],
  ['/?period=never', 400],
  ['/sites/nowhere/settings', 404],
] as const

/** Who looks: 'half' has still to enter a code of the app, 'guarded' has done so. */
export const WHO = ['owner', 'nobody', 'half', 'guarded'] as const
export type Who = (typeof WHO)[number]

export interface PlantedPage {
  who: Who
  address: string
  status: number
}

export const PAGES: readonly PlantedPage[] = [
  ...PAGES_OF_OWNER.map((address) => ({ who: 'owner', address, status: 200 }) as const),
  ...PAGES_REFUSED.map(([address, status]) => ({ who: 'owner', address, status }) as const),
  ...PAGES_OF_NOBODY.map((address) => ({ who: 'nobody', address, status: 200 }) as const),
  { who: 'half', address: '/sign-in/second-factor', status: 200 },
  { who: 'guarded', address: '/account', status: 200 },
]

/** What answers a GET and is no page, with what it is instead. */
export const NOT_PAGES = [
  ['/dashboard.css', 'text/css'],
  ['/dashboard.js', 'text/javascript'],
  ['/favicon.svg', 'image/svg+xml'],
  ['/badge/localhost.svg', 'image/svg+xml'],
  ['/breakdown.csv?dimension=page', 'text/csv'],
  ['/export.zip', 'application/zip'],
  ['/export.json', 'application/json'],
  ['/share/<share>/breakdown.csv?dimension=page', 'text/csv'],
  ['/share/<share>/export.zip', 'application/zip'],
  ['/share/<share>/export.json', 'application/json'],
  ['/organizations/<organization>/audit.csv', 'text/csv'],
  ['/organizations/<organization>/audit.json', 'application/json'],
  ['/organizations/<organization>/export', 'application/zip'],
] as const

export interface PlantedServer {
  address: string
  owner: Asker
  /** Cookie headers. */
  cookies: Readonly<Record<Who, string>>
  /** The path of one of the addresses above. */
  pathOf(address: string): string
  /** Opens one of them; its status. A redirect would show some other page, which is in the list itself. */
  visit(tab: Page, address: string): Promise<number | undefined>
  stop(): Promise<void>
}

interface Plan {
  /** Looks at the page of the set-up link, which opens once, before the owner is made. */
  beforeOwner?: (setupPage: string) => Promise<void>
}

export async function startPlantedServer({ beforeOwner }: Plan = {}): Promise<PlantedServer> {
  const data = makeDataDir()
  const server = await data.start({ SUNDIAL_SECRET: SECRET })
  const { address } = server
  const setup = found(/\/setup\/(\S+)/, server.log())
  await beforeOwner?.(`${address}/setup/${setup}`)
  const owner = await makeOwner(server)
  const made = new Map([['setup', setup], ...(await plant(owner, address)), ...(await plantLinks(data))])
  const pathOf = (page: string) => page.replace(/<(\w+)>/, (_, name) => made.get(name) ?? missing(name))
  return {
    address,
    owner,
    cookies: { owner: owner.cookie, nobody: '', ...(await addGuarded(owner, address, pathOf('<organization>'))) },
    pathOf,
    async visit(tab, page) {
      const path = pathOf(page)
      const answer = await tab.goto(`${address}${path}`)
      const { pathname } = new URL(tab.url())
      if (pathname !== new URL(path, address).pathname) throw new Error(`${page} led to ${pathname}`)
      return answer?.status()
    },
    async stop() {
      await server.stop()
      data.remove()
    },
  }
}

/** Returns what stands for the names in addresses. */
async function plant(owner: Asker, address: string): Promise<[string, string][]> {
  const organization = found(ORGANIZATION, await (await owner.get('/sites')).text())
  const at = `/organizations/${organization}`
  const send = async (path: string, fields: Record<string, string>) => {
    const answer = await owner.post(path, fields)
    if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}`)
    return answer
  }
  const textAfter = async (path: string, fields: Record<string, string>) => (await send(path, fields)).text()
  await send(`${at}/sites/new`, { domain: 'empty.example', timezone: 'UTC' })
  await send(SETTINGS, { form: 'public', public: 'on' })
  await send(SETTINGS, { form: 'goals', goals: 'signup' })
  const day = new Date().toISOString().slice(0, 10)
  await send('/sites/localhost/notes', { day, text: 'A campaign', kind: 'campaign' })
  await send('/sites/localhost/reports', { weekly: 'on' })
  await send(`${at}/tokens`, { name: 'A report', scope: 'read' })
  await send('/account/second-factor', { password: PASSWORD })
  const invitation = found(INVITATION, await textAfter(`${at}/people/invite`, INVITED))
  const makeLink = async (more = {}) =>
    found(/\/share\/([\w-]+)/, await textAfter(`${SETTINGS}/sharing/links`, { name: 'The board', ...more }))
  const share = await makeLink()
  const guarded = await makeLink({ password: 'tell nobody' })
  const ended = await send('/organizations', { name: 'The past' })
  const undo = found(/\/undo\/([\w-]+)/, await textAfter(`${ended.headers.get('location')}/end`, { name: 'The past' }))
  for (let n = 0; n < 24; n++) {
    const u = `http://localhost/${['', 'pricing', 'about'][n % 3]}`
    await post(address, { u, r: n % 2 ? 'https://news.example/' : '' })
    await post(address, { n: 'signup', u })
  }
  await until(
    async () => (await owner.get('/?period=today')).text(),
    (html) => html.includes('/pricing') && html.includes('signup'),
  )
  return [
    ['organization', organization],
    ['invitation', invitation],
    ['share', share],
    ['guarded', guarded],
    ['undo', undo],
  ]
}

/** What stands in mails alone, and none is sent here. */
async function plantLinks(data: DataDir): Promise<[string, string][]> {
  const db = openSqliteSettings(filesIn(data.path).settings)
  const secret = sessionSecret(SECRET)
  const report = (problem: string) => {
    throw new Error(problem)
  }
  const { database } = db
  const people = createPeople({ db, database, secret, basePath: '', now: Date.now, random: randomBytes, report })
  const owner = await people.accounts.byEmail(OWNER.email)
  const [recipient] = await people.subscriptions.recipients()
  const reset = await people.links.create({ purpose: 'reset', user: owner?.id ?? missing('owner') })
  db.close()
  return [
    ['reset', reset],
    ['farewell', people.subscriptions.farewellOf(recipient?.id ?? missing('recipient'))],
  ]
}

/** Somebody with a second factor: after both steps of signing in, and between them. */
async function addGuarded(
  owner: Asker,
  address: string,
  organization: string,
): Promise<Record<'half' | 'guarded', string>> {
  const invited = { email: 'bob@example.com', role: 'viewer', sites: '1' }
  const link = found(
    INVITATION,
    await (await owner.post(`/organizations/${organization}/people/invite`, invited)).text(),
  )
  const nobody = createAsker(address, '')
  const joined = await nobody.post(`/invitation/${link}`, { name: 'Bob', password: PASSWORD })
  const { cookie } = await turnOnSecondFactor(createAsker(address, cookieOf(joined.headers.getSetCookie())))
  const half = await nobody.post('/sign-in', { email: invited.email, password: PASSWORD })
  return { guarded: cookie, half: cookieOf(half.headers.getSetCookie()) }
}

const INVITED = { email: 'new@example.com', role: 'analyst' }
const INVITATION = /\/invitation\/([\w-]+)/
const ORGANIZATION = /\/organizations\/([\w-]+)/

function found(pattern: RegExp, text: string): string {
  const [, part] = pattern.exec(text) ?? []
  if (part === undefined) throw new Error(`nothing like ${pattern} was shown`)
  return part
}

function missing(name: string): never {
  throw new Error(`nothing stands for <${name}>`)
}
