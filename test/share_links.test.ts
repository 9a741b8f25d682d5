// Reading without an account, on a running server: share links from being made to being withdrawn, and public sites; what
// such a page shows, where its links lead, and that no secret leaves it.
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { filesIn } from '../dashboard/data_dir.ts'
import { launchChromium } from './chromium.ts'
import { type Asker, createAsker, makeOwner } from './people.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

/** As behind a proxy: static files lie below it, and so do the pages of a share link. */
const BASE = '/stats'

let data: DataDir
let server: RunningServer
let owner: Asker
let nobody: Asker

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start({ BASE_PATH: BASE })
  owner = await makeOwner(server)
  nobody = createAsker(server.address, '')
  await post(server.address, { u: 'http://localhost/first' })
  await until(
    async () => (await owner.get('/?period=today')).text(),
    (html) => !html.includes('Waiting for the first visit'),
  )
})
afterAll(async () => {
  await server.stop()
  data.remove()
})

const SHARING = '/sites/localhost/settings/sharing'

/** Its path below BASE_PATH. */
async function makeLink(name: string, more: Record<string, string> = {}): Promise<string> {
  const answer = await owner.post(`${SHARING}/links`, { name, ...more })
  expect(answer.status).toBe(200)
  const [, address = ''] = /<code>(http[^<]+)<\/code>/.exec(await answer.text()) ?? []
  expect(address).toMatch(new RegExp(`^${server.address}/share/[A-Za-z0-9_-]{32}$`))
  return address.slice(server.address.length)
}

const linkRow = z.object({ id: z.string(), name: z.string(), hash: z.string(), created_on: z.string() })

function stored<T>(sql: string, row: z.ZodType<T>): T[] {
  const store = new DatabaseSync(filesIn(data.path).settings, { readOnly: true })
  try {
    return z.array(row).parse(store.prepare(sql).all())
  } finally {
    store.close()
  }
}

const links = () => stored('SELECT id, name, hash, created_on FROM share_links ORDER BY rowid', linkRow)

async function htmlOf(asker: Asker, path: string): Promise<string> {
  const answer = await asker.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}

describe('a share link', () => {
  test('shows the site to whoever has it, as an outsider sees it', async () => {
    const link = await makeLink('The board')
    for (const page of ['', '/breakdown?dimension=page', '/dropped']) {
      const html = await htmlOf(nobody, `${link}${page}`)
      expect(html).toContain('localhost')
      expect(html).not.toContain('data-domain')
      expect(html).not.toMatch(/Sign in|Settings|sign-out/)
    }
    expect(await htmlOf(nobody, `${link}?period=today`)).toContain('Without an account you see')
    expect(await htmlOf(owner, '/?period=today')).not.toContain('Without an account you see')
  })

  test('is the same page for who has signed in', async () => {
    const link = await makeLink('Twice')
    expect(await htmlOf(owner, `${link}?period=7d`)).toBe(await htmlOf(nobody, `${link}?period=7d`))
  })

  test('keeps every link and form of its pages below it, and its files where they are', async () => {
    const link = await makeLink('Below')
    const seen = new Set<string>()
    const waiting = [link]
    // 40 pages are enough to have met every kind of link.
    for (let path = waiting.shift(); path !== undefined && seen.size < 40; path = waiting.shift()) {
      if (seen.has(path)) continue
      seen.add(path)
      const html = await htmlOf(nobody, path)
      const targets = [...html.matchAll(/<a [^>]*href="([^"]*)"|<form [^>]*action="([^"]*)"/g)]
      for (const [, href, action] of targets) {
        const address = (href ?? action ?? '').replaceAll('&amp;', '&').split('#')[0] ?? ''
        // About keys, and nobody's numbers.
        if (address === `${BASE}/shortcuts`) continue
        expect([path, address]).toEqual([path, expect.stringMatching(new RegExp(`^${BASE}${link}([/?]|$)`))])
        waiting.push(address.slice(BASE.length))
      }
      expect(html).toMatch(/href="\/stats\/dashboard\.css\?v=/)
    }
    expect(seen.size).toBeGreaterThan(20)
  })

  test('names its site itself: none that is asked for, and none that is in the address', async () => {
    const link = await makeLink('Steady')
    const html = await htmlOf(nobody, `${link}?site=other.example&period=7d`)
    expect(html).toContain('localhost')
    expect(html).not.toContain('other.example')
  })

  test('that nobody made is the 404 of any address, signed in or not', async () => {
    const unknown = `/share/${'A'.repeat(32)}`
    const link = await makeLink('Nearly')
    for (const path of [
      unknown,
      `${unknown}/breakdown?dimension=page`,
      `${unknown}/dropped`,
      `${link}A`,
      '/share/%00',
    ]) {
      for (const asker of [nobody, owner]) {
        const answer = await asker.get(path)
        expect([path, answer.status]).toEqual([path, 404])
        expect(await answer.text()).toContain('There is nothing at this address for you.')
      }
    }
  })

  test('is kept as a hash, is shown once, and leaves by no header and no log', async () => {
    const link = await makeLink('Hashed')
    const [, secret = 'none'] = /\/share\/(.*)$/.exec(link) ?? []
    const answer = await nobody.get(link)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.text()).toContain('<meta name="robots" content="noindex"')
    expect(await htmlOf(owner, SHARING)).not.toContain(secret)
    expect(links().at(-1)?.hash).not.toContain(secret)
    const places = data.files().filter(({ bytes }) => bytes.includes(secret))
    expect(places.map(({ name }) => name)).toEqual([])
    expect(server.log()).not.toContain(secret)
  })

  test('is listed by name and day, and withdrawn for good', async () => {
    const link = await makeLink('Short-lived')
    const [last] = links().slice(-1)
    const list = await htmlOf(owner, SHARING)
    expect(list).toContain('Short-lived')
    const withdraw = `${SHARING}/links/${last?.id}/withdraw`
    expect(list).toContain(`action="${BASE}${withdraw}"`)
    const answer = await owner.post(withdraw)
    expect(answer.headers.get('location')).toBe(`${BASE}${SHARING}?saved=withdrawn#links`)
    expect((await nobody.get(link)).status).toBe(404)
    expect(await htmlOf(owner, `${SHARING}?saved=withdrawn`)).not.toContain('Short-lived')
    // A second click does no harm and says nothing twice.
    expect((await owner.post(withdraw)).status).toBe(303)
    const acts = stored(
      'SELECT act, details FROM audit ORDER BY id',
      z.object({ act: z.string(), details: z.string() }),
    )
    expect(acts.filter(({ details }) => details === '{"name":"Short-lived"}').map(({ act }) => act)).toEqual([
      'share link made',
      'share link withdrawn',
    ])
  })

  test('has a name, which is kept where it is refused', async () => {
    for (const [name, why] of [
      [' ', 'A share link has a name'],
      ['n'.repeat(101), 'A name has 100 characters at most'],
    ] as const) {
      const answer = await owner.post(`${SHARING}/links`, { name })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain(why)
    }
  })
})

describe('a share link with a password', () => {
  const PASSWORD = 'tell nobody else'

  test('is made with a word on the password, and listed with it', async () => {
    const answer = await owner.post(`${SHARING}/links`, { name: 'Guarded', password: PASSWORD })
    expect(await answer.text()).toContain('Pass its password on by another way than the address.')
    const list = await htmlOf(owner, SHARING)
    expect(list).toMatch(/<b>Guarded<\/b><small>[^<]*, with password</)
    expect(list.match(/, with password/g)).toHaveLength(1)
  })

  test('is refused where it could not be kept, with what was typed but for the password', async () => {
    const answer = await owner.post(`${SHARING}/links`, { name: 'Framed', password: PASSWORD, framed: 'on' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('A link that is shown in frames cannot have a password')
    expect(html).toContain('value="Framed"')
    expect(html).toMatch(/name="framed"[^>]* checked/)
    expect(html).not.toContain(PASSWORD)
  })

  test('opens in a browser without scripts, where its pages and files lead on, until that is closed', async () => {
    const link = await makeLink('By hand', { password: PASSWORD })
    const browser = await launchChromium()
    const open = () => browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
    try {
      const context = await open()
      const tab = await context.newPage()
      await tab.goto(`${server.address}${link}/breakdown?dimension=page&period=today`)
      await tab.getByLabel('Password').fill('a wrong one')
      await tab.getByRole('button', { name: 'Open' }).click()
      expect(await tab.getByRole('alert').textContent()).toBe('This password is not right.')
      await tab.getByLabel('Password').fill(PASSWORD)
      await tab.getByRole('button', { name: 'Open' }).click()
      expect(new URL(tab.url()).pathname).toBe(`${BASE}${link}/breakdown`)
      expect(await tab.title()).toContain('localhost')
      const [cookie, ...others] = await context.cookies(`${server.address}${link}`)
      expect(cookie).toMatchObject({ name: 'sundial.share', expires: -1, httpOnly: true, path: `${BASE}${link}` })
      expect(others).toEqual([])
      expect(await context.cookies(`${server.address}/sign-in`)).toEqual([])
      const again = await (await open()).newPage()
      await again.goto(`${server.address}${link}`)
      expect(await again.title()).toBe('This link has a password · Sundial')
    } finally {
      await browser.close()
    }
  })

  test('leaves nothing of it in files and log', async () => {
    const link = await makeLink('Silent', { password: PASSWORD })
    expect((await nobody.post(`${link}/password`, { password: PASSWORD })).status).toBe(303)
    expect((await nobody.post(`${link}/password`, { password: `${PASSWORD}?` })).status).toBe(422)
    const places = data.files().filter(({ bytes }) => bytes.includes(PASSWORD))
    expect(places.map(({ name }) => name)).toEqual([])
    expect(server.log()).not.toContain(PASSWORD)
  })
})

describe('a public site', () => {
  const open = (on: boolean) =>
    owner.post('/sites/localhost/settings', { form: 'public', ...(on ? { public: 'on' } : {}) })

  test('is read by everybody, up to the horizon, with a way to sign in and no other', async () => {
    const before = await nobody.get('/?site=localhost')
    expect(before.status).toBe(303)
    await open(true)
    const html = await htmlOf(nobody, '/?site=localhost&period=today')
    expect(html).toContain('Without an account you see')
    const next = new URLSearchParams({ next: `${BASE}/?site=localhost&period=today` })
    expect(html).toContain(`href="${BASE}/sign-in?${next.toString().replaceAll('&', '&amp;')}"`)
    expect(html).toContain('content="noindex"')
    expect(html).not.toMatch(/data-domain|sign-out|settings/)
    for (const path of ['/breakdown?site=localhost&dimension=page', '/dropped?site=localhost'])
      await htmlOf(nobody, path)
    // What is not about the site is asked for as before, and no site is guessed.
    for (const path of ['/', '/sites', '/sites/localhost/settings']) {
      expect([path, (await nobody.get(path)).status]).toEqual([path, 303])
    }
    await open(false)
    expect((await nobody.get('/?site=localhost')).status).toBe(303)
  })
})
