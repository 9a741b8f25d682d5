// Signing in, as a stranger, a guesser and an owner meet it: over HTTP at a running server.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asker, cookieOf, createAsker, makeOwner, OWNER, PASSWORD } from './people.ts'
import { type DataDir, makeDataDir, type RunningServer } from './server.ts'

/** Addresses of the range for documentation, so that each test has a minute of its own. */
let clients = 0
const nextClient = () => ({ 'x-forwarded-for': `203.0.113.${++clients}` })

describe('signing in behind a proxy', () => {
  let data: DataDir
  let server: RunningServer
  let stranger: Asker

  beforeAll(async () => {
    data = makeDataDir()
    server = await data.start({ TRUST_PROXY: 'loopback', BASE_PATH: '/stats' })
    await makeOwner(server)
    stranger = createAsker(server.address, '')
  })
  afterAll(async () => {
    await server.stop()
    data.remove()
  })

  /** What the browser and the proxy say when the page was asked over TLS. */
  const tls = () => ({ 'x-forwarded-proto': 'https', origin: server.address.replace(/^http:(.*)\/stats$/, 'https:$1') })

  function signIn(fields: Record<string, string> = {}, headers: Record<string, string> = {}, asker = stranger) {
    const form = { email: OWNER.email, password: PASSWORD, next: '', ...fields }
    return asker.post('/sign-in', form, { ...tls(), ...nextClient(), ...headers })
  }

  it('lets in who knows address and password, and sends them where they wanted to go', async () => {
    const answer = await signIn({ next: '/stats/breakdown?dimension=page' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/stats/breakdown?dimension=page')
    const owner = createAsker(server.address, cookieOf(answer.headers.getSetCookie()))
    expect((await owner.get('/account', tls())).status).toBe(200)
  })

  it('takes the address in any case and with blanks around', async () => {
    expect((await signIn({ email: ` ${OWNER.email.toUpperCase()} ` })).status).toBe(303)
  })

  it('sets one cookie that scripts cannot read, other sites do not send and plain HTTP does not carry', async () => {
    const cookies = (await signIn()).headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    const [pair = '', ...attributes] = (cookies[0] ?? '').split('; ')
    expect(pair).toMatch(/^__Secure-sundial\.session_token=/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/stats', 'SameSite=Lax', 'Secure'])
  })

  it('takes no session over that was there before', async () => {
    const first = cookieOf((await signIn()).headers.getSetCookie())
    for (const planted of [first, '__Secure-sundial.session_token=planted']) {
      const asker = createAsker(server.address, planted)
      const second = cookieOf((await signIn({}, {}, asker)).headers.getSetCookie())
      expect(second).toMatch(/^__Secure-sundial\.session_token=.{40}/)
      expect(second).not.toBe(planted)
    }
  })

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    '/stats//evil.example/..//..//..//evil.example',
    '/.//evil.example',
    '/stats/..//evil.example',
    '/stats/../..//evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    '/%09/evil.example',
    '/stats/\r\nLocation: https://evil.example',
    '%2f%2fevil.example',
    '/stats@evil.example',
    '/statsevil',
    '',
  ])('sends nobody elsewhere by next=%j', async (next) => {
    for (const answer of [await signIn({ next }), await signIn({ next: `${next}/` })]) {
      expect(answer.status).toBe(303)
      const location = new URL(answer.headers.get('location') ?? '', server.address)
      expect(location.origin).toBe(new URL(server.address).origin)
      expect(location.pathname).toMatch(/^\/stats\//)
    }
  })

  it('says the same of a wrong password and of an account that is not there', async () => {
    const said = await Promise.all(
      ['ann@example.com', 'bob@example.com'].map(async (email) => {
        const answer = await signIn({ email, password: 'wrong' })
        return { status: answer.status, page: (await answer.text()).replace(email, '') }
      }),
    )
    expect(said[0]?.status).toBe(422)
    expect(said[0]?.page).toContain('E-mail or password is not right.')
    expect(said[1]).toEqual(said[0])
  })

  it.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['of nowhere', { origin: 'null' }],
    ['of this host without TLS', { origin: 'http://127.0.0.1' }],
    ['of another port here', { origin: 'http://127.0.0.1:1' }],
    ['of nowhere, from another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['of nowhere, in a frame of the same site', { origin: 'null', 'sec-fetch-site': 'same-site' }],
  ])('takes no form with an origin %s', async (_, headers) => {
    const answer = await signIn({}, headers)
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await answer.text()).toContain('This form was not taken')
  })

  it('takes no form that does not say where it comes from', async () => {
    const answer = await fetch(`${server.address}/sign-in`, {
      method: 'POST',
      headers: { 'x-forwarded-proto': 'https' },
      body: new URLSearchParams({ email: OWNER.email, password: PASSWORD }),
      redirect: 'manual',
    })
    expect(answer.status).toBe(403)
  })

  it('does not sign out by a link', async () => {
    const owner = createAsker(server.address, cookieOf((await signIn()).headers.getSetCookie()))
    expect((await owner.get('/sign-out', tls())).status).toBe(404)
    expect((await owner.get('/account', tls())).status).toBe(200)
    const out = await owner.post('/sign-out', {}, tls())
    expect(out.headers.get('location')).toBe('/stats/sign-in')
    expect(out.headers.getSetCookie().join()).toMatch(/session_token=; Max-Age=0/)
    expect((await owner.get('/account', tls())).headers.get('location')).toContain('/stats/sign-in')
  })

  it('asks for no password over plain HTTP from elsewhere', async () => {
    const plain = { 'x-forwarded-proto': 'http', origin: new URL(server.address).origin }
    expect(await (await stranger.get('/sign-in', { ...plain, ...nextClient() })).text()).toContain(
      'not opened over HTTPS',
    )
    expect((await signIn({}, plain)).status).toBe(422)
  })

  it('takes ten attempts a minute from one address, and asks to wait for more', async () => {
    const client = nextClient()
    const answers: Response[] = []
    // A minute can begin in the midst of them.
    while (answers.at(-1)?.status !== 429 && answers.length < 21) {
      answers.push(await signIn({ email: `${answers.length}@example.com`, password: 'wrong' }, client))
    }
    expect(answers.length).toBeGreaterThan(10)
    const last = answers.at(-1)
    expect(last?.status).toBe(429)
    expect(last?.headers.get('retry-after')).toBe('60')
    expect(await last?.text()).toContain('Too many attempts')
    expect((await signIn()).status).toBe(303)
  })

  it('keeps nothing of who signs in but the account', async () => {
    const canaries = ['198.51.100.77', 'CanaryBrowser/77', '198.51.100.78', 'CanaryReferrer']
    const [address = '', agent = '', other = '', referrer = ''] = canaries
    const headers = {
      'x-forwarded-for': address,
      'x-real-ip': other,
      'cf-connecting-ip': other,
      'x-client-ip': other,
      forwarded: `for=${other}`,
      'user-agent': agent,
      referer: `https://${referrer}.example/`,
    }
    expect((await signIn({ password: 'wrong' }, headers)).status).toBe(422)
    const answer = await signIn({}, headers)
    expect(answer.status).toBe(303)
    const owner = createAsker(server.address, cookieOf(answer.headers.getSetCookie()))
    expect((await owner.get('/account', { ...tls(), ...headers })).status).toBe(200)
    for (const canary of canaries) {
      for (const { name, bytes } of data.files()) expect(bytes.includes(canary), `${canary} in ${name}`).toBe(false)
      expect(server.log()).not.toContain(canary)
    }
    // The same search finds what is kept.
    expect(data.files().some(({ bytes }) => bytes.includes(OWNER.email))).toBe(true)
  })
})

describe('guessing at one account', () => {
  let data: DataDir
  let server: RunningServer

  beforeAll(async () => {
    data = makeDataDir()
    server = await data.start()
    await makeOwner(server)
  })
  afterAll(async () => {
    await server.stop()
    data.remove()
  })

  it('slows down, and the owner still gets in', async () => {
    const stranger = createAsker(server.address, '')
    const wrong = () => stranger.post('/sign-in', { email: OWNER.email, password: 'wrong', next: '' })
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await wrong()).status).toBe(422)
    // More at once than may wait.
    const statuses = (await Promise.all(Array.from({ length: 13 }, wrong))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(3)
    expect(statuses.filter((status) => status === 422)).toHaveLength(10)
    const answer = await stranger.post('/sign-in', { email: OWNER.email, password: PASSWORD, next: '' })
    expect(answer.status).toBe(303)
    expect(answer.headers.getSetCookie().join()).toMatch(/^sundial\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/)
  })
})
