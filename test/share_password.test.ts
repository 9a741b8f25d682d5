// The password of a share link, behind the pages and with a clock of its own: what it keeps from whom, what the right one
// leaves in a browser, for how long that opens which link, and how guessing is slowed down.
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCalendar } from '../collector/calendar.ts'
import { createSites, type Sites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import { ROUTES } from '../dashboard/access.ts'
import { createDashboard } from '../dashboard/app.tsx'
import { createDoor } from '../dashboard/door.tsx'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { createAttempts, SLOW } from '../dashboard/people/attempts.ts'
import { createPeople, type People } from '../dashboard/people/people.ts'
import { createSharePassword } from '../dashboard/share_password.tsx'
import { type Asker, cookieOf, createAsker } from './people.ts'

const BASE = '/stats'
const SECRET = 'a secret of the tests, long enough to be one'
const PASSWORD = 'tell nobody'
const HOUR = 3_600_000

interface World {
  sites: Sites
  people: People
  app: Hono
}

let settings: SqliteSettings
let world: World
let clock: number
let paused: number
let address: string | undefined
let overTls: boolean
let isPrivate: boolean

beforeEach(async () => {
  clock = Date.parse('2026-11-22T10:00:00Z')
  paused = 0
  address = undefined
  overTls = false
  isPrivate = true
  settings = openSqliteSettings(':memory:')
  world = open(SECRET)
  await world.sites.add({ domain: 'secret.example' })
})
afterEach(() => settings.close())

function open(secret: string): World {
  const report = (problem: string, error?: unknown) => {
    throw new Error(problem, { cause: error })
  }
  const now = () => clock
  const { database } = settings
  const sites = createSites({ db: settings, now, report })
  const people = createPeople({ db: settings, database, secret, basePath: BASE, now, random: randomBytes, report })
  const isSecure = () => overTls
  const door = createDoor({ ...people, sites, basePath: BASE, isSecure, mayTry: () => false, report })
  const pause = async () => {
    paused += 1
  }
  const attempts = createAttempts({ now, pause, exemptLoopback: false })
  const common = { door, basePath: BASE, now }
  const app = new Hono().basePath(BASE)
  app.use(pageHeaders({ isSecure }))
  app.route(
    '/',
    createSharePassword({
      ...{ ...common, ...people, attempts, isSecure },
      clientAddress: () => address,
      isPrivate: () => isPrivate,
    }),
  )
  app.route('/', createDashboard({ ...common, counts: { query: async () => [] }, calendar: createCalendar() }))
  return { sites, people, app }
}

const asker = (cookie = '', { app } = world): Asker =>
  createAsker(`${overTls ? 'https' : 'http'}://stats.example${BASE}`, cookie, async (url, sent) =>
    app.request(url, sent),
  )

/** Its path below the base path. */
async function makeLink(password = PASSWORD, framed = false): Promise<string> {
  const made = await world.people.shareLinks.make({ site: 1, name: 'The board', password, framed }, [])
  if ('refused' in made) throw new Error(made.refused.join())
  return `/share/${made.secret}`
}

async function enter(link: string, password = PASSWORD, next = ''): Promise<Response> {
  return asker().post(`${link}/password`, { password, next })
}

async function passOf(link: string): Promise<string> {
  const answer = await enter(link)
  expect(answer.status).toBe(303)
  return cookieOf(answer.headers.getSetCookie())
}

const isOpen = async (link: string, cookie: string, at = world) =>
  (await asker(cookie, at).get(`${link}/fives`)).status === 200

const SHARED = Object.entries(ROUTES).flatMap(([route, rule]) =>
  rule === 'shared' ? [`${route.slice('GET /share/:token'.length)}?period=7d&dimension=page`] : [],
)

describe('a share link with a password', () => {
  test('leads from all of its pages and files to the question, and from there back to what was asked for', async () => {
    const link = await makeLink()
    expect(SHARED.length).toBeGreaterThan(7)
    for (const page of SHARED) {
      const asked = await asker().get(`${link}${page}`)
      const next = `${BASE}${link}${page}`
      const question = `${BASE}${link}/password?${new URLSearchParams({ next })}`
      expect([page, asked.status, asked.headers.get('location')]).toEqual([page, 303, question])
      expect(await asked.text()).toBe('')
      const opened = await enter(link, PASSWORD, next)
      expect([page, opened.status, opened.headers.get('location')]).toEqual([page, 303, next])
      const cookie = cookieOf(opened.headers.getSetCookie())
      expect([page, (await asker(cookie).get(`${link}${page}`)).status]).toEqual([page, 200])
    }
  })

  test('asks without a word of the site, and in the language of the browser', async () => {
    const link = await makeLink()
    const answer = await asker().get(`${link}/password`, { 'accept-language': 'de-CH' })
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toContain('Dieser Link hat ein Passwort')
    expect(html).toContain(`action="${BASE}${link}/password"`)
    expect(html).not.toContain('secret.example')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  test('stays closed after a wrong password', async () => {
    const link = await makeLink()
    for (const wrong of ['', 'tell', `${PASSWORD} `, PASSWORD.toUpperCase()]) {
      const answer = await enter(link, wrong)
      expect([wrong, answer.status, answer.headers.get('set-cookie')]).toEqual([wrong, 422, null])
      const html = await answer.text()
      expect(html).toContain('This password is not right.')
      expect(html).not.toContain('secret.example')
    }
  })

  test('leaves one cookie, for itself alone, until the browser is closed', async () => {
    const link = await makeLink()
    const [plain, ...others] = (await enter(link)).headers.getSetCookie()
    expect(plain).toMatch(
      new RegExp(`^sundial\\.share=\\d+\\.[\\w-]{43}; Path=${BASE}${link}; HttpOnly; SameSite=Lax$`),
    )
    expect(others).toEqual([])
    overTls = true
    const [secured = ''] = (await enter(link)).headers.getSetCookie()
    expect(secured).toMatch(/^__Secure-sundial\.share=.*; HttpOnly; Secure; SameSite=Lax$/)
    expect(await isOpen(link, cookieOf([secured]))).toBe(true)
    // Over TLS no other name counts: whoever could write a plain cookie could otherwise choose it.
    expect(await isOpen(link, cookieOf([secured]).replace('__Secure-', ''))).toBe(false)
  })

  test('opens for no pass but its own', async () => {
    const link = await makeLink()
    const other = await makeLink()
    const pass = await passOf(link)
    const [ends = '', mark = ''] = pass.slice('sundial.share='.length).split('.')
    expect(await isOpen(link, pass)).toBe(true)
    for (const forged of [
      await passOf(other),
      'sundial.share=',
      `sundial.share=${ends}`,
      `sundial.share=${ends}.`,
      `sundial.share=${Number(ends) + HOUR}.${mark}`,
      `sundial.share=${ends}.${mark}x`,
      `sundial.share=${ends}e9.${mark}`,
      `sundial.share=Infinity.${mark}`,
      'sundial.share=%00',
    ]) {
      expect([forged, await isOpen(link, forged)]).toEqual([forged, false])
    }
    // A person's session is none, and another secret of the operator ends them all.
    expect(await isOpen(link, pass.replace('share', 'session_token'))).toBe(false)
    expect(await isOpen(link, pass, open('another secret of the tests, long enough too'))).toBe(false)
  })

  test('asks again after twelve hours', async () => {
    const link = await makeLink()
    const pass = await passOf(link)
    clock += 12 * HOUR - 1
    expect(await isOpen(link, pass)).toBe(true)
    clock += 1
    expect(await isOpen(link, pass)).toBe(false)
  })

  test('opens nothing once it is withdrawn, not even the question', async () => {
    const link = await makeLink()
    const pass = await passOf(link)
    const { shareLinks } = world.people
    const [listed] = await shareLinks.ofSite(1)
    expect(listed).toMatchObject({ name: 'The board', withPassword: true, framed: false })
    await shareLinks.withdraw({ site: 1, id: listed?.id ?? '' }, [])
    for (const page of ['', '/password', '/export.zip'])
      expect((await asker(pass).get(`${link}${page}`)).status).toBe(404)
    expect((await enter(link)).status).toBe(404)
  })

  test('leads nowhere else after the right password', async () => {
    const link = await makeLink()
    const elsewhere = ['//evil.example/', 'https://evil.example/', `${BASE}/sites`, `${BASE}${link}x`]
    const tricks = [`${BASE}${link}/../../sites`, `${BASE}${link}/..\\..//evil.example`, '/a\r\nb: c', 'javascript:1']
    const itself = [`${BASE}${link}/password?next=x`, '']
    for (const next of [...elsewhere, ...tricks, ...itself]) {
      const answer = await enter(link, PASSWORD, next)
      expect([next, answer.headers.get('location')]).toEqual([next, `${BASE}${link}`])
    }
  })

  test('takes no password that others on the way could read', async () => {
    const link = await makeLink()
    isPrivate = false
    expect(await (await asker().get(`${link}/password`)).text()).toContain('not opened over HTTPS')
    const answer = await enter(link)
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([422, null])
  })

  test('keeps its password as a slow hash, salted', async () => {
    await makeLink()
    await makeLink()
    const rows = settings.database.prepare('SELECT password FROM share_links').all()
    const hashes = rows.map(({ password }) => String(password))
    expect(new Set(hashes).size).toBe(2)
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  })
})

describe('guessing the password of a share link', () => {
  test('ends for a minute after so many from one address', async () => {
    const link = await makeLink()
    address = '203.0.113.7'
    for (let n = 0; n < SLOW.perMinute; n++) expect((await enter(link, 'wrong')).status).toBe(422)
    const answer = await enter(link)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    expect(answer.headers.get('set-cookie')).toBeNull()
    clock += 60_000
    expect((await enter(link)).status).toBe(303)
  })

  test('pauses from everywhere after some wrong ones, for this link alone, and keeps out nobody who knows it', async () => {
    const link = await makeLink()
    const other = await makeLink()
    for (let n = 0; n < SLOW.wrong; n++) await enter(link, 'wrong')
    expect(paused).toBe(0)
    expect((await enter(link, 'wrong')).status).toBe(422)
    expect(paused).toBe(1)
    expect((await enter(link)).status).toBe(303)
    expect(paused).toBe(2)
    expect((await enter(other)).status).toBe(303)
    expect(paused).toBe(2)
  })
})

describe('a share link without a password', () => {
  test('opens at once, asks nothing and sets nothing', async () => {
    const link = await makeLink('')
    expect(await isOpen(link, '')).toBe(true)
    for (const answer of [await asker().get(`${link}/password`), await enter(link)]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${BASE}${link}`])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
  })
})

test('what is no password, or would be one in a frame, makes no link', async () => {
  const refusals = async (password: string, framed = false) => {
    const made = await world.people.shareLinks.make({ site: 1, name: 'The board', password, framed }, [])
    return 'refused' in made ? made.refused : []
  }
  expect(await refusals('1234567')).toEqual(['passwordTooShort'])
  expect(await refusals('x'.repeat(129))).toEqual(['passwordTooLong'])
  expect(await refusals(PASSWORD, true)).toEqual(['passwordInFrame'])
  expect(await refusals('', true)).toEqual([])
  expect(() => settings.database.exec("UPDATE share_links SET password = 'x' WHERE framed = 1")).toThrow('CHECK')
})
