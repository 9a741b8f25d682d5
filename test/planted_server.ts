// A running server with something on every page, and the addresses of its pages: for the tests that look at all of them.
// Its first site has names, its second nothing.
import { type Asker, makeOwner } from './people.ts'
import { makeDataDir, post, until } from './server.ts'

export const SETTINGS = '/sites/localhost/settings'

/** '<organization>' and the like stand for what only the running server knows. */
export const PAGES_OF_OWNER = [
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
]

export const PAGES_OF_ANYBODY = [
  '/sign-in',
  '/reset',
  '/invitation/<invitation>',
  '/share/<share>?period=today',
  '/share/<share>/breakdown?dimension=page',
  '/share/<guarded>/password',
  '/?site=localhost&period=today',
  '/?site=localhost&period=7d',
  '/transparency/localhost',
  '/transparency/localhost/preview',
  '/transparency/localhost/record',
  '/api/docs',
]

/** For the owner too. */
export const PAGES_REFUSED = [
  ['/nowhere', 404],
  ['/setup/<setup>', 410],
  ['/reset/unknown', 410],
  ['/transparency/nowhere', 404],
  ['/?period=never', 400],
  ['/sites/nowhere/settings', 404],
] as const

export interface PlantedServer {
  address: string
  owner: Asker
  /** The path of one of the addresses above. */
  pathOf(address: string): string
  stop(): Promise<void>
}

interface Plan {
  /** Looks at the page of the set-up link, which opens once, before the owner is made. */
  beforeOwner?: (setupPage: string) => Promise<void>
}

export async function startPlantedServer({ beforeOwner }: Plan = {}): Promise<PlantedServer> {
  const data = makeDataDir()
  const server = await data.start()
  const setup = found(/\/setup\/(\S+)/, server.log())
  await beforeOwner?.(`${server.address}/setup/${setup}`)
  const owner = await makeOwner(server)
  const made = new Map([['setup', setup], ...(await plant(owner, server.address))])
  return {
    address: server.address,
    owner,
    pathOf: (address) => address.replace(/<(\w+)>/, (_, name) => made.get(name) ?? missing(name)),
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
    return answer.text()
  }
  await send(`${at}/sites/new`, { domain: 'empty.example', timezone: 'UTC' })
  await send(SETTINGS, { form: 'public', public: 'on' })
  await send(SETTINGS, { form: 'goals', goals: 'signup' })
  const day = new Date().toISOString().slice(0, 10)
  await send('/sites/localhost/notes', { day, text: 'A campaign', kind: 'campaign' })
  await send(`${at}/tokens`, { name: 'A report', scope: 'read' })
  const invitation = found(
    /\/invitation\/([\w-]+)/,
    await send(`${at}/people/invite`, { email: 'new@example.com', role: 'analyst' }),
  )
  const makeLink = async (more = {}) =>
    found(/\/share\/([\w-]+)/, await send(`${SETTINGS}/sharing/links`, { name: 'The board', ...more }))
  const share = await makeLink()
  const guarded = await makeLink({ password: 'tell nobody' })
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
  ]
}

const ORGANIZATION = /\/organizations\/([\w-]+)/

function found(pattern: RegExp, text: string): string {
  const [, part] = pattern.exec(text) ?? []
  if (part === undefined) throw new Error(`nothing like ${pattern} was shown`)
  return part
}

function missing(name: string): never {
  throw new Error(`nothing stands for <${name}>`)
}
