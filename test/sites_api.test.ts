// The Sites API over the real settings store and engine: what it does, that it answers as it is described, and that no
// token reaches, counts or guesses at the sites of others.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { migrate } from '../collector/migrate.ts'
import { readOrders } from '../collector/orders.ts'
import { REQUESTS_PER_MINUTE } from '../dashboard/api/bearer.ts'
import { type AnswerSchema, answerSchemas } from './api_document.ts'
import { type ApiWorld, type Asked, openApiWorld } from './api_world.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'sundial-sites-api-'))
let counts: Counts
let world: ApiWorld
let schemaOf: (path: string, status: number, method?: string) => AnswerSchema
/** Of A, for all its sites. */
let manages: string
let reads: string

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
})
afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

beforeEach(async () => {
  world = await openApiWorld(counts)
  schemaOf = answerSchemas((await world.ask('GET', '/api/openapi.json')).body)
  await world.add('a', 'mine-1.example')
  await world.add('a', 'mine-2.example', { public: true })
  await world.add('b', 'theirs.example')
  await world.add('b', 'public.example', { public: true })
  manages = await world.token('a', 'manage')
  reads = await world.token('a', 'read')
  // Both were used today.
  for (const token of [manages, reads]) await world.ask('GET', '/api/v1/sites', { token })
  world.statements.length = 0
})
afterEach(() => {
  expect(world.problems).toEqual([])
  world.close()
})

const SITE = '/api/v1/sites/{site_id}'
const DESCRIBED = [
  [/^\/api\/v1\/sites$/, '/api/v1/sites'],
  [/\/shared-links$/, `${SITE}/shared-links`],
  [/\/shared-links\//, `${SITE}/shared-links/{link_id}`],
  [/^\/api\/v1\/sites\//, SITE],
  [/^\/api\/v1\/stats\/aggregate/, '/api/v1/stats/aggregate'],
] as const

/** Every answer is held against its description. */
async function ask(method: string, address: string, asked: Asked = {}) {
  const answer = await world.ask(method, address, { token: manages, ...asked })
  const [pathname = ''] = address.split('?')
  const described = DESCRIBED.find(([pattern]) => pattern.test(pathname))?.[1] ?? pathname
  const schema = schemaOf(described, answer.status, method.toLowerCase())
  expect(schema.parse(answer.body)).toEqual(answer.body)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  return { ...answer, text: JSON.stringify(answer.body) }
}

function acts(): unknown[] {
  return (world.dump().audit ?? []).map(({ act, site, actor, details }) => ({
    act,
    site,
    by: String(actor).replace(/:.*/, ''),
    details: JSON.parse(String(details)),
  }))
}

describe('with a token that manages', () => {
  test('a site is added, read, changed, renamed and listed', async () => {
    const added = await ask('POST', '/api/v1/sites', {
      body: { domain: 'new.example', timezone: 'Europe/Paris', k: 10 },
    })
    expect([added.status, added.body]).toMatchObject([
      200,
      { domain: 'new.example', hosts: ['new.example', 'www.new.example'], timezone: 'Europe/Paris', k: 10 },
    ])
    expect((await ask('GET', '/api/v1/sites/new.example')).body).toEqual(added.body)
    const everything = {
      hosts: ['new.example', 'app.new.example'],
      timezone: 'UTC',
      k: 20,
      profile: 'cnil',
      query_parameters: ['lang'],
      properties: ['plan', 'amount:10,50'],
      path_patterns: ['/u/:name'],
      path_exceptions: ['/docs/*'],
      browser_families: true,
      controller: 'Anna',
      processors: ['A host (EU)'],
      public: true,
      goals: ['signup', '/thanks'],
      anonymization_days: 70,
      retention_days: 500,
    }
    const changed = await ask('PATCH', '/api/v1/sites/new.example', { body: everything })
    expect(changed.body).toEqual({ domain: 'new.example', ...everything })
    const renamed = await ask('PATCH', '/api/v1/sites/new.example', { body: { domain: 'newer.example' } })
    expect(renamed.body).toMatchObject({ domain: 'newer.example', hosts: expect.arrayContaining(['new.example']) })
    const { body } = await ask('GET', '/api/v1/sites')
    expect(body).toMatchObject({
      sites: [{ domain: 'mine-1.example' }, { domain: 'mine-2.example' }, { domain: 'newer.example' }],
      meta: { after: null, limit: 100 },
    })
    expect(world.sites.byDomain('newer.example')?.organization).toBe(world.organizations.a)
  })

  test('what was done stands in the audit log of the organization, under the token', async () => {
    await ask('POST', '/api/v1/sites', { body: { domain: 'new.example' } })
    await ask('PATCH', '/api/v1/sites/new.example', { body: { k: 10, retention_days: 500, controller: 'Anna' } })
    await ask('PATCH', '/api/v1/sites/new.example', { body: { k: 10 } })
    await ask('PATCH', '/api/v1/sites/new.example', { body: { k: 7 } })
    await ask('DELETE', '/api/v1/sites/new.example', { body: { confirm: 'new.example' } })
    expect(acts().slice(-4)).toEqual([
      { act: 'site added', site: 'new.example', by: 'token', details: {} },
      {
        ...{ act: 'site changed', site: 'new.example', by: 'token' },
        details: { before: { k: 5, controller: 'not named' }, after: { k: 10, controller: 'named' } },
      },
      {
        ...{ act: 'period changed', site: 'new.example', by: 'token' },
        details: { before: { retentionDays: 396 }, after: { retentionDays: 500 } },
      },
      { act: 'site deleted', site: 'new.example', by: 'token', details: {} },
    ])
    const records = await world.people.audit.read(world.organizations.a, { limit: 1 })
    expect(records).toMatchObject([{ who: 'Token of the tests', act: 'site deleted' }])
  })

  test('everything that is wrong is refused at once, and nothing is changed', async () => {
    const before = world.dump()
    const wrong = { timezone: 'Mars/Base', k: 7, hosts: ['https://x'], retention_days: 10 }
    const added = await ask('POST', '/api/v1/sites', { body: { domain: 'new.example', ...wrong } })
    expect(added.status).toBe(400)
    for (const word of ['new.example was not added', 'Mars/Base', 'k must be one of', 'https://x', 'retention']) {
      expect(added.text).toContain(word)
    }
    const changed = await ask('PATCH', '/api/v1/sites/mine-1.example', { body: { ...wrong, retention_days: 400 } })
    expect([changed.status, changed.text]).toEqual([400, expect.stringContaining('mine-1.example was not changed')])
    const types = {
      k: '5',
      hosts: 'x',
      public: 'on',
      timezone: 3,
      color: 'red',
      organization: 'b',
      closed: true,
      id: 1,
    }
    const mistyped = await ask('PATCH', '/api/v1/sites/mine-1.example', { body: types })
    expect(mistyped.status).toBe(400)
    for (const name of Object.keys(types)) expect(mistyped.text).toContain(name)
    expect((await ask('POST', '/api/v1/sites', { body: { domain: 'mine-1.example' } })).status).toBe(400)
    expect((await ask('POST', '/api/v1/sites', { body: {} })).text).toContain('domain is a text')
    expect(world.dump()).toEqual(before)
  })

  test('a shorter period wants the domain once more, and is carried out', async () => {
    const shorter = { anonymization_days: 10 }
    const refused = await ask('PATCH', '/api/v1/sites/mine-1.example', { body: shorter })
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('cannot be undone')])
    expect((await ask('PATCH', '/api/v1/sites/mine-1.example', { body: { ...shorter, confirm: 'x' } })).status).toBe(
      400,
    )
    expect(await readOrders(world.settings)).toEqual([])
    const done = await ask('PATCH', '/api/v1/sites/mine-1.example', { body: { ...shorter, confirm: 'mine-1.example' } })
    expect(done.body).toMatchObject(shorter)
    expect(await readOrders(world.settings)).toMatchObject([{ action: 'shortened', domain: 'mine-1.example' }])
    expect(world.fulfilled.times).toBe(1)
    // Longer ones destroy nothing.
    expect((await ask('PATCH', '/api/v1/sites/mine-1.example', { body: { anonymization_days: 20 } })).status).toBe(200)
    expect(world.fulfilled.times).toBe(1)
  })

  test('a deletion says what goes, wants the domain, and leaves nothing to ask for', async () => {
    const site = world.sites.byDomain('mine-1.example')
    const row = { site: site?.id, month: '2026-03-01', expire_on: '2100-01-01' }
    const rows = [
      { ...row, day: '2026-03-02', visits: 42, pageviews: 93, engaged: 26, events: 5 },
      { ...row, day: '2026-03-09', visits: 8, pageviews: 9, engaged: 2, events: 0 },
      { ...row, site: 9999, day: '2026-03-01', visits: 500, pageviews: 500, engaged: 0, events: 0 },
    ]
    await counts.insert('days', `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())
    for (const body of [
      {},
      { confirm: 'mine-2.example' },
      { confirm: true },
      { confirm: 'mine-1.example', force: 1 },
    ]) {
      expect((await ask('DELETE', '/api/v1/sites/mine-1.example', { body })).status).toBe(400)
    }
    expect((await ask('DELETE', '/api/v1/sites/mine-1.example')).status).toBe(400)
    expect(world.sites.byDomain('mine-1.example')).toBeDefined()
    const gone = await ask('DELETE', '/api/v1/sites/mine-1.example', { body: { confirm: 'mine-1.example' } })
    expect([gone.status, gone.body]).toEqual([
      202,
      {
        deleted: true,
        domain: 'mine-1.example',
        goes: { first_day: '2026-03-02', last_day: '2026-03-09', days: 2, visits: 50, pageviews: 102, events: 5 },
      },
    ])
    expect(await readOrders(world.settings)).toMatchObject([{ action: 'deleted', domain: 'mine-1.example' }])
    expect(world.fulfilled.times).toBe(1)
    expect((await ask('GET', '/api/v1/sites/mine-1.example')).status).toBe(404)
    expect((await ask('GET', '/api/v1/stats/aggregate?site_id=mine-1.example')).status).toBe(404)
    const again = await ask('DELETE', '/api/v1/sites/mine-1.example', { body: { confirm: 'mine-1.example' } })
    expect(again.status).toBe(404)
  })

  test('share links are made, listed and withdrawn, and their address is shown once', async () => {
    const links = '/api/v1/sites/mine-1.example/shared-links'
    const made = await ask('POST', links, { body: { name: ' For the board ' } })
    expect(made.body).toMatchObject({
      name: 'For the board',
      url: expect.stringMatching(/^http:\/\/stats\.example\/share\//),
    })
    const secret = /share\/([\w-]+)/.exec(made.text)?.[1] ?? ''
    expect(await world.people.shareLinks.find(secret)).toMatchObject({
      site: world.sites.byDomain('mine-1.example')?.id,
    })
    const listed = await ask('GET', links)
    expect(listed.body).toEqual({
      shared_links: [{ id: expect.any(String), name: 'For the board', created_on: expect.any(String) }],
    })
    expect(listed.text).not.toContain(secret)
    for (const body of [{}, { name: '' }, { name: ' ' }, { name: 'x'.repeat(101) }, { name: 1 }]) {
      expect((await ask('POST', links, { body })).status).toBe(400)
    }
    const id = /"id":"([^"]+)"/.exec(listed.text)?.[1]
    expect((await ask('DELETE', `/api/v1/sites/mine-2.example/shared-links/${id}`)).status).toBe(404)
    expect((await ask('DELETE', `${links}/${id}`)).body).toEqual({ deleted: true })
    expect((await ask('DELETE', `${links}/${id}`)).status).toBe(404)
    expect(await world.people.shareLinks.find(secret)).toBeUndefined()
    expect(acts().slice(-2)).toMatchObject([{ act: 'share link made' }, { act: 'share link withdrawn' }])
  })

  test('many sites come in pages', async () => {
    for (const n of [1, 2, 3]) await world.add('a', `page-${n}.example`)
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const { text } = await ask('GET', `/api/v1/sites?limit=2${after === '' ? '' : `&after=${after}`}`)
      const answer: { sites: { domain: string }[]; meta: { after: string | null } } = JSON.parse(text)
      expect(answer.sites.length).toBeLessThanOrEqual(2)
      seen.push(...answer.sites.map(({ domain }) => domain))
      after = answer.meta.after
    }
    expect(seen).toEqual(['mine-1.example', 'mine-2.example', 'page-1.example', 'page-2.example', 'page-3.example'])
    for (const limit of ['0', '1001', '-1', '1.5', 'x', '99999999999']) {
      expect((await ask('GET', `/api/v1/sites?limit=${limit}`)).status).toBe(400)
    }
  })
})

/** Everything that can be asked about one site. */
const OF_SITE: readonly [method: string, address: string, body: object | undefined][] = [
  ['GET', '/api/v1/sites/<domain>', undefined],
  ['PATCH', '/api/v1/sites/<domain>', { timezone: 'Asia/Tokyo' }],
  ['PATCH', '/api/v1/sites/<domain>', { timezone: 'Mars/Base', k: 3 }],
  ['DELETE', '/api/v1/sites/<domain>', { confirm: '<domain>' }],
  ['GET', '/api/v1/sites/<domain>/shared-links', undefined],
  ['POST', '/api/v1/sites/<domain>/shared-links', { name: 'x' }],
  ['DELETE', '/api/v1/sites/<domain>/shared-links/AAAAAAAAAAAA', undefined],
  ['GET', '/api/v1/stats/aggregate?site_id=<domain>', undefined],
]

async function about(
  domain: string,
  token: string | undefined,
  which: readonly [method: string, address: string, body: object | undefined],
) {
  const [method, address, body] = which
  const sent = body && JSON.parse(JSON.stringify(body).replace('<domain>', domain))
  world.statements.length = 0
  const asked = { ...(token === undefined ? {} : { token }), ...(sent === undefined ? {} : { body: sent }) }
  const answer = await world.ask(method, address.replace('<domain>', domain), asked)
  return {
    status: answer.status,
    text: JSON.stringify(answer.body).replaceAll(domain, '<domain>'),
    headers: [...answer.headers],
    work: [...world.statements],
  }
}

describe('a site of another organization', () => {
  test.each(OF_SITE)('%s %s answers as for one that nobody has, and takes the same work', async (...which) => {
    const chosen = await world.token('a', 'manage', ['mine-2.example'])
    await world.ask('GET', '/api/v1/sites', { token: chosen })
    const before = world.dump()
    for (const token of [manages, reads, chosen]) {
      const nobodys = await about('nobody.example', token, which)
      expect([403, 404]).toContain(nobodys.status)
      for (const domain of ['theirs.example', 'public.example'])
        expect(await about(domain, token, which)).toEqual(nobodys)
      // Its own organization's is as foreign to a token for chosen sites.
      if (token === chosen) expect(await about('mine-1.example', token, which)).toEqual(nobodys)
    }
    const unknown = `sdl_${'A'.repeat(32)}`
    for (const token of [unknown, undefined]) {
      const nobodys = await about('nobody.example', token, which)
      expect(nobodys.status).toBe(401)
      expect(new Map(nobodys.headers.map(([name, value]) => [name, value])).get('www-authenticate')).toBe('Bearer')
      expect(await about('theirs.example', token, which)).toEqual(nobodys)
    }
    expect(world.dump()).toEqual(before)
  })

  test('stands in no list and moves no number that a token sees', async () => {
    const listed = async (token: string) => (await ask('GET', '/api/v1/sites', { token })).body
    const before = [await listed(manages), await listed(reads)]
    const added = (await ask('POST', '/api/v1/sites', { body: { domain: 'new.example' } })).text
    await ask('DELETE', '/api/v1/sites/new.example', { body: { confirm: 'new.example' } })
    for (const n of [1, 2, 3]) await world.add('b', `theirs-${n}.example`)
    expect([await listed(manages), await listed(reads)]).toEqual(before)
    // Not even by a number that goes up with every site there is.
    expect((await ask('POST', '/api/v1/sites', { body: { domain: 'new.example' } })).text).toBe(added)
    expect(JSON.stringify(before)).not.toMatch(/theirs|public\.example|"id"/)
  })

  test('whose host is wanted is said to be another site’s, and not which', async () => {
    await world.sites.set('theirs.example', { hosts: ['theirs.example', 'shop.example'] })
    const wanted = await ask('POST', '/api/v1/sites', { body: { domain: 'new.example', hosts: ['shop.example'] } })
    expect(wanted.body).toEqual({ error: 'new.example was not added: shop.example is a host of another site already.' })
    const renamed = await ask('PATCH', '/api/v1/sites/mine-1.example', { body: { domain: 'theirs.example' } })
    expect(renamed.status).toBe(400)
    expect(renamed.text).not.toContain(world.organizations.b)
    expect(world.sites.byDomain('theirs.example')?.organization).toBe(world.organizations.b)
  })
})

describe('what a token may', () => {
  test('is to read where it reads: sites and numbers, and no change', async () => {
    expect((await ask('GET', '/api/v1/sites', { token: reads })).status).toBe(200)
    expect((await ask('GET', '/api/v1/sites/mine-1.example', { token: reads })).status).toBe(200)
    expect((await ask('GET', '/api/v1/stats/aggregate?site_id=mine-1.example', { token: reads })).status).toBe(200)
    const before = world.dump()
    for (const [method, address, body] of OF_SITE.filter(([method]) => method !== 'GET')) {
      expect((await ask(method, address.replace('<domain>', 'mine-1.example'), { token: reads, body })).status).toBe(
        403,
      )
    }
    expect((await ask('POST', '/api/v1/sites', { token: reads, body: { domain: 'new.example' } })).status).toBe(403)
    expect(world.dump()).toEqual(before)
  })

  test('ends at the sites chosen for it', async () => {
    const chosen = await world.token('a', 'manage', ['mine-2.example'])
    expect((await ask('GET', '/api/v1/sites', { token: chosen })).body).toMatchObject({
      sites: [{ domain: 'mine-2.example' }],
    })
    expect((await ask('POST', '/api/v1/sites', { token: chosen, body: { domain: 'new.example' } })).status).toBe(403)
    const changed = await ask('PATCH', '/api/v1/sites/mine-2.example', { token: chosen, body: { k: 10 } })
    expect(changed.status).toBe(200)
  })

  test('is nothing for who only has a cookie', async () => {
    const credentials = { email: 'anna@example.com', password: 'a password of the tests' }
    const signedIn = await world.people.auth.signIn(credentials, { cookie: '', secure: false })
    if (!('cookies' in signedIn)) throw new Error('Anna cannot sign in')
    const cookie = signedIn.cookies.map((one) => one.split(';')[0]).join('; ')
    const numbers = await world.ask('GET', '/api/v1/stats/aggregate?site_id=mine-1.example', { cookie })
    expect(numbers.status).toBe(200)
    const before = world.dump()
    for (const [method, address, body] of OF_SITE.slice(0, -1)) {
      const answer = await world.ask(method, address.replace('<domain>', 'mine-1.example'), {
        cookie,
        ...(body ? { body } : {}),
      })
      expect(answer.status).toBe(401)
    }
    expect((await world.ask('GET', '/api/v1/sites', { cookie })).status).toBe(401)
    expect(world.dump()).toEqual(before)
  })

  test(`is ${REQUESTS_PER_MINUTE} requests a minute, each token for itself`, async () => {
    const other = await world.token('a', 'read')
    const address = '/api/v1/sites/mine-1.example'
    world.clock.now += 60_000
    for (let n = 0; n < REQUESTS_PER_MINUTE; n++) await world.ask('GET', address, { token: reads })
    const tooMany = await ask('GET', address, { token: reads })
    expect([tooMany.status, tooMany.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await ask('GET', '/api/v1/stats/aggregate?site_id=mine-1.example', { token: reads })).status).toBe(429)
    expect((await ask('GET', address, { token: other })).status).toBe(200)
    world.clock.now += 60_000
    expect((await ask('GET', address, { token: reads })).status).toBe(200)
  })
})

const HOSTILE = [
  `' OR '1'='1`,
  `'; DELETE FROM sites; --`,
  `") OR 1=1 --`,
  `\\' UNION SELECT hash FROM api_tokens --`,
  'theirs.example\u0000',
  '{site:UInt32}',
  '%27%20OR%201=1',
  '../../theirs.example',
]

describe('hostile requests', () => {
  test.each(HOSTILE)('%j finds nothing and changes nothing, wherever it stands', async (hostile) => {
    const text = encodeURIComponent(hostile)
    const before = world.dump()
    const got: number[] = []
    const send = async (method: string, address: string, asked: Asked = {}) => {
      const answer = await world.ask(method, address, { token: manages, ...asked })
      expect(JSON.stringify(answer.body)).not.toMatch(/theirs-|SQLITE|syntax|"sites":\[\{"domain":"(theirs|public)/)
      got.push(answer.status)
    }
    for (const [method, address, body] of OF_SITE)
      await send(method, address.replace('<domain>', text), body ? { body } : {})
    await send('DELETE', `/api/v1/sites/mine-1.example/shared-links/${text}`)
    await send('GET', `/api/v1/sites?limit=${text}`)
    for (const name of ['domain', 'timezone', 'profile']) {
      await send('PATCH', '/api/v1/sites/mine-1.example', { body: { [name]: hostile } })
    }
    for (const name of ['hosts', 'query_parameters', 'properties', 'path_patterns']) {
      await send('PATCH', '/api/v1/sites/mine-1.example', { body: { [name]: [hostile] } })
    }
    await send('PATCH', '/api/v1/sites/mine-1.example', { raw: `{${JSON.stringify(hostile)}:1}` })
    await send('DELETE', '/api/v1/sites/mine-1.example', { body: { confirm: hostile } })
    await send('POST', '/api/v1/sites', { body: { domain: hostile } })
    expect(got.filter((status) => status !== 400 && status !== 404)).toEqual([])
    // A header holds no NUL; the others are no token.
    if (!hostile.includes('\0')) await send('GET', '/api/v1/sites', { token: hostile })
    expect(got.at(-1)).not.toBe(200)
    expect(world.dump()).toEqual(before)
    // Where any text will do it is text.
    await send('GET', `/api/v1/sites?after=${text}`)
    await send('PATCH', '/api/v1/sites/mine-1.example', {
      body: { controller: hostile.replace('\0', ''), goals: ['signup'] },
    })
    expect(got.slice(-2)).toEqual([200, 200])
    expect(world.sites.byDomain('mine-1.example')?.controller).toBe(hostile.replace('\0', ''))
    expect(world.dump().sites).toHaveLength(4)
  })

  test.each([
    ['torn', '{"k":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"k"'],
    ['empty', ''],
    ['deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a prototype', '{"__proto__":{"k":10},"constructor":{"prototype":{"k":10}}}'],
    ['a list without end', JSON.stringify({ hosts: Array.from({ length: 5000 }, (_, n) => `${n}.example`) })],
  ])('a body that is %s is refused', async (_, raw) => {
    const before = world.dump()
    for (const [method, address] of [
      ['PATCH', '/api/v1/sites/mine-1.example'],
      ['POST', '/api/v1/sites'],
      ['DELETE', '/api/v1/sites/mine-1.example'],
      ['POST', '/api/v1/sites/mine-1.example/shared-links'],
    ] as const) {
      expect((await ask(method, address, { raw })).status).toBe(400)
    }
    expect(world.dump()).toEqual(before)
  })

  test('a body that is no JSON by its type is refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const asked = { body: { k: 10 }, headers: { 'content-type': type } }
      expect([type, (await ask('PATCH', '/api/v1/sites/mine-1.example', asked)).status]).toEqual([type, 415])
    }
    expect(world.sites.byDomain('mine-1.example')?.k).toBe(5)
  })

  test('a huge body is refused, and before it a token that is none', async () => {
    const raw = JSON.stringify({ controller: 'x'.repeat(2_000_000) })
    expect((await ask('PATCH', '/api/v1/sites/mine-1.example', { raw })).status).toBe(413)
    expect((await ask('POST', '/api/v1/sites', { raw })).status).toBe(413)
    expect((await ask('POST', '/api/v1/sites', { raw, token: 'none' })).status).toBe(401)
    expect((await ask('POST', '/api/v1/sites', { raw, token: reads })).status).toBe(403)
  })
})

test('an address of the Sites API that is none is a 404 like any other', async () => {
  for (const [method, address] of [
    ['PUT', '/api/v1/sites/mine-1.example'],
    ['GET', '/api/v1/sites/mine-1.example/goals'],
    ['DELETE', '/api/v1/sites'],
  ] as const) {
    expect((await world.ask(method, address, { token: manages })).status).toBe(404)
  }
})

describe('the description', () => {
  const OPERATIONS = [
    ['get', '/api/v1/sites', 200],
    ['post', '/api/v1/sites', 200],
    ['get', SITE, 200],
    ['patch', SITE, 200],
    ['delete', SITE, 202],
    ['get', `${SITE}/shared-links`, 200],
    ['post', `${SITE}/shared-links`, 200],
    ['delete', `${SITE}/shared-links/{link_id}`, 200],
  ] as const

  test('names every operation, what it refuses, and that only a token opens it', async () => {
    const document: ApiDocument = JSON.parse(JSON.stringify((await world.ask('GET', '/api/openapi.json')).body))
    const described = Object.entries(document.paths).flatMap(([address, item]) =>
      Object.keys(item).map((method) => `${method} ${address}`),
    )
    expect(described.filter((operation) => operation.includes('/sites'))).toEqual(
      OPERATIONS.map(([method, address]) => `${method} ${address}`),
    )
    for (const [method, address, status] of OPERATIONS) {
      const operation = document.paths[address]?.[method]
      expect(operation?.security).toEqual([{ bearerAuth: [] }])
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining([String(status), '400', '401', '403', '429', '503']),
      )
      const { example } = operation?.responses[status]?.content['application/json'] ?? {}
      expect(schemaOf(address, status, method).parse(example)).toEqual(example)
    }
  })

  test('is documented with lines for the shell, which are answered', async () => {
    await world.add('a', 'example.com')
    const html = await (await world.app.request('http://stats.example/api/docs')).text()
    const text = html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
    const lines = [...text.matchAll(/<pre class="tag">(curl [^\n]*?sites[^\n]*?)<\/pre>/g)].map(([, line = '']) => line)
    const asked = lines.filter((line) => line.includes('/api/v1/sites'))
    expect(asked).toHaveLength(OPERATIONS.length)
    const got: number[] = []
    for (const line of asked) {
      const [, method = 'GET'] = /-X (\w+)/.exec(line) ?? []
      const [, raw] = /-d '([^']*)'/.exec(line) ?? []
      const [, address = ''] = /'http:\/\/stats\.example([^']*)'$/.exec(line) ?? []
      expect(line).toContain("-H 'Authorization: Bearer <token>'")
      got.push((await world.ask(method, address, { token: manages, ...(raw === undefined ? {} : { raw }) })).status)
    }
    // The site that it adds is there already, the link that it withdraws is not, and what it deletes goes before.
    expect(got).toEqual([200, 400, 200, 200, 202, 404, 404, 404])
  })
})

interface ApiDocument {
  paths: Record<
    string,
    Record<
      string,
      { security: unknown; responses: Record<string, { content: Record<string, { example?: unknown }> }> } | undefined
    >
  >
}
