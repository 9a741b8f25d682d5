// One's own account as its owner meets it, over HTTP at a running server: second factor, name, address, password, the end
// of it, and a forgotten password by mail or by the command line.

import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpSink, startHttpSink } from './mail_sink.ts'
import { codeOf, nextCodeOf, secretIn, turnOnSecondFactor } from './one_time_code.ts'
import { type Asker, cookieOf, createAsker, makeOwner, OWNER, PASSWORD } from './people.ts'
import { type DataDir, makeDataDir, type RunningServer, until } from './server.ts'

const NEW_PASSWORD = 'another password of the tests'

let data: DataDir
let server: RunningServer
let owner: Asker
let stranger: Asker

async function start(settings: Record<string, string> = {}): Promise<void> {
  server = await data.start(settings)
  owner = await makeOwner(server)
  stranger = createAsker(server.address, '')
}

beforeEach(() => {
  data = makeDataDir()
})
afterEach(async () => {
  await server.stop()
  data.remove()
})

function signIn(fields: Record<string, string> = {}, asker = stranger): Promise<Response> {
  return asker.post('/sign-in', { email: OWNER.email, password: PASSWORD, next: '/breakdown', ...fields })
}

/** Who has the cookies of an answer. */
function withCookies(answer: Response): Asker {
  return createAsker(server.address, cookieOf(answer.headers.getSetCookie()))
}

const isIn = async (asker: Asker) => (await asker.get('/account')).status === 200
const pageOf = async (answer: Response | Promise<Response>) => (await answer).text()
const whereTo = async (answer: Response | Promise<Response>) => (await answer).headers.get('location')

function sundial(...argv: readonly string[]): Promise<{ stdout: string }> {
  const command = path.join(import.meta.dirname, '../dashboard/sundial.ts')
  return promisify(execFile)(process.execPath, [command, ...argv], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: data.path, TZ: 'UTC' },
  })
}

async function linkOf(said: Promise<{ stdout: string }>): Promise<string> {
  return new URL(/https?:\S+/.exec((await said).stdout)?.[0] ?? '').pathname
}

/** Turns the owner's second factor on: its secret and recovery codes. */
async function turnOn(): Promise<{ secret: string; codes: string[] }> {
  const { cookie, ...given } = await turnOnSecondFactor(owner)
  owner = createAsker(server.address, cookie)
  return given
}

const codesIn = (page: string) => /<pre class="tag codes">([^<]+)/.exec(page)?.[1]?.split('\n') ?? []

describe('a second factor', () => {
  beforeEach(() => start())

  it('is set up by a code of the app, and asked for from then on', async () => {
    expect((await owner.post('/account/second-factor', { password: 'wrong' })).status).toBe(422)
    expect(await whereTo(owner.get('/account/second-factor'))).toBe('/account')
    await owner.post('/account/second-factor', { password: PASSWORD })
    const scan = await pageOf(owner.get('/account/second-factor'))
    expect(scan).toContain('<svg class="qr"')
    const secret = secretIn(scan)
    expect(secret).toMatch(/^[A-Z2-7]{52}$/)
    const wrong = await owner.post('/account/second-factor/confirm', { code: '000000' })
    expect(wrong.status).toBe(422)
    expect(secretIn(await wrong.text())).toBe(secret)
    // Nothing has changed yet.
    expect(await whereTo(signIn())).toBe('/breakdown')

    const confirmed = await owner.post('/account/second-factor/confirm', { code: codeOf(secret) })
    const codes = codesIn(await confirmed.text())
    expect(new Set(codes).size).toBe(10)
    expect(codes.join('\n')).toMatch(/^(?:[a-km-np-z2-9]{5}-[a-km-np-z2-9]{5}\n?){10}$/)
    owner = withCookies(confirmed)
    expect(await pageOf(owner.get('/account'))).toContain('10 recovery codes are left.')

    const first = await signIn()
    expect(await whereTo(first)).toBe('/sign-in/second-factor?next=%2Fbreakdown')
    const half = withCookies(first)
    expect(await isIn(half)).toBe(false)
    expect((await half.get('/sign-in/second-factor')).status).toBe(200)
    const entered = await half.post('/sign-in/second-factor', { code: nextCodeOf(secret), next: '/breakdown' })
    expect(await whereTo(entered)).toBe('/breakdown')
    expect(await isIn(withCookies(entered))).toBe(true)
    // The cookie between the two steps is gone, and opens nothing any more.
    expect(entered.headers.getSetCookie().join('\n')).toMatch(/two_factor=; Max-Age=0/)
    expect(await whereTo(half.post('/sign-in/second-factor', { code: codeOf(secret), next: '' }))).toBe(
      '/sign-in?next=%2F',
    )
  })

  it('is replaced by a recovery code once, however it is written', async () => {
    const { codes } = await turnOn()
    const [code = '', other = ''] = codes
    const half = withCookies(await signIn())
    const written = ` ${code.toUpperCase().replace('-', ' - ')} `
    const entered = await half.post('/sign-in/second-factor', { code: written, next: '' })
    expect(await isIn(withCookies(entered))).toBe(true)
    const again = withCookies(await signIn())
    expect((await again.post('/sign-in/second-factor', { code, next: '' })).status).toBe(422)
    const bare = await again.post('/sign-in/second-factor', { code: other.replace('-', ''), next: '' })
    expect(await isIn(withCookies(bare))).toBe(true)
    expect(await pageOf(owner.get('/account'))).toContain('8 recovery codes are left.')
  })

  it('is asked for by nobody who did not give the password', async () => {
    const { secret } = await turnOn()
    expect(await whereTo(stranger.get('/sign-in/second-factor'))).toBe('/sign-in?next=%2F')
    const forged = createAsker(server.address, 'sundial.two_factor=2fa-forged.c2lnbmF0dXJl')
    const answer = await forged.post('/sign-in/second-factor', { code: codeOf(secret), next: '' })
    expect(await whereTo(answer)).toBe('/sign-in?next=%2F')
    expect(await isIn(withCookies(answer))).toBe(false)
  })

  it('ends after five wrong codes at one sign-in, and is locked after ten until a new password', async () => {
    const { secret } = await turnOn()
    const wrong = (half: Asker) => half.post('/sign-in/second-factor', { code: 'aaaaa-aaaaa', next: '' })
    for (const statuses of [
      [422, 422, 422, 422, 422, 303],
      [422, 422, 422, 422, 422, 422],
    ]) {
      const half = withCookies(await signIn())
      for (const status of statuses) expect((await wrong(half)).status).toBe(status)
    }
    const half = withCookies(await signIn())
    const locked = await half.post('/sign-in/second-factor', { code: codeOf(secret), next: '' })
    expect(locked.status).toBe(422)
    expect(await locked.text()).toContain('Too many codes were wrong.')

    const link = await linkOf(sundial('user', 'reset', OWNER.email))
    expect(await whereTo(stranger.post(link, { password: NEW_PASSWORD }))).toBe('/sign-in?news=password')
    const fresh = withCookies(await signIn({ password: NEW_PASSWORD }))
    const entered = await fresh.post('/sign-in/second-factor', { code: nextCodeOf(secret), next: '' })
    expect(await isIn(withCookies(entered))).toBe(true)
    // Who was between the steps with the old password is out.
    expect(await whereTo(half.post('/sign-in/second-factor', { code: codeOf(secret), next: '' }))).toBe(
      '/sign-in?next=%2F',
    )
  })

  it('takes each code once, also of two who enter it at the same moment', async () => {
    const { secret, codes } = await turnOn()
    const enter = async (code: string) =>
      withCookies(await signIn()).post('/sign-in/second-factor', { code, next: '/breakdown' })
    const code = nextCodeOf(secret)
    const answers = await Promise.all([enter(code), enter(code)])
    expect(answers.map((answer) => answer.headers.get('location')).sort()).toEqual([
      '/breakdown',
      '/sign-in?next=%2Fbreakdown&news=code',
    ])
    expect((await Promise.all(answers.map((answer) => isIn(withCookies(answer))))).sort()).toEqual([false, true])
    expect(await pageOf(stranger.get('/sign-in?news=code'))).toContain('This code was used already.')
    // Nor is the one before, which has turned it on.
    for (const used of [code, codeOf(secret)]) expect(await isIn(withCookies(await enter(used)))).toBe(false)
    expect(await isIn(withCookies(await enter(codes[0] ?? '')))).toBe(true)
  })

  it('is turned off, and its recovery codes are renewed, with the password only', async () => {
    const { codes } = await turnOn()
    expect((await owner.post('/account/recovery-codes', { password: 'wrong' })).status).toBe(422)
    const renewed = await owner.post('/account/recovery-codes', { password: PASSWORD })
    const fresh = codesIn(await renewed.text())
    expect(fresh).toHaveLength(10)
    expect(fresh.filter((code) => codes.includes(code))).toEqual([])
    expect((await owner.post('/account/second-factor/off', { password: 'wrong' })).status).toBe(422)
    expect(await whereTo(signIn())).toContain('/sign-in/second-factor')
    const off = await owner.post('/account/second-factor/off', { password: PASSWORD })
    expect(await whereTo(off)).toBe('/account?news=second-factor-off')
    expect(await whereTo(signIn())).toBe('/breakdown')
    expect(await isIn(withCookies(off))).toBe(true)
  })

  it('cannot be set up anew over one that is on', async () => {
    await turnOn()
    expect((await owner.post('/account/second-factor', { password: PASSWORD })).status).toBe(422)
    expect(await whereTo(owner.post('/account/second-factor/confirm', { code: '123456' }))).toBe('/account')
  })
})

describe('an account', () => {
  beforeEach(() => start())

  it('is renamed', async () => {
    expect(await whereTo(owner.post('/account/name', { name: ' Ann <b>Lee</b> ' }))).toBe('/account?news=name')
    expect(await pageOf(owner.get('/account?news=name'))).toContain('value="Ann &lt;b&gt;Lee&lt;/b&gt;"')
    expect((await owner.post('/account/name', { name: ' ' })).status).toBe(422)
  })

  it('gets another address with the password only', async () => {
    const email = 'Lee@example.com'
    expect((await owner.post('/account/email', { email, password: 'wrong' })).status).toBe(422)
    expect((await owner.post('/account/email', { email: 'lee', password: PASSWORD })).status).toBe(422)
    expect(await whereTo(owner.post('/account/email', { email, password: PASSWORD }))).toBe('/account?news=email')
    expect((await signIn()).status).toBe(422)
    expect((await signIn({ email })).status).toBe(303)
  })

  it('gets another password with the old one, which ends every other session', async () => {
    const elsewhere = withCookies(await signIn())
    const link = await linkOf(sundial('user', 'reset', OWNER.email))
    expect((await owner.post('/account/password', { old: 'wrong', password: NEW_PASSWORD })).status).toBe(422)
    expect((await owner.post('/account/password', { old: PASSWORD, password: 'short' })).status).toBe(422)
    const changed = await owner.post('/account/password', { old: PASSWORD, password: NEW_PASSWORD })
    expect(await whereTo(changed)).toBe('/account?news=password')
    expect(await isIn(withCookies(changed))).toBe(true)
    expect(await isIn(owner)).toBe(false)
    expect(await isIn(elsewhere)).toBe(false)
    expect((await stranger.get(link)).status).toBe(410)
    expect((await signIn()).status).toBe(422)
    expect((await signIn({ password: NEW_PASSWORD })).status).toBe(303)
  })

  it('gets another password, and whoever has given the old one and not yet the code is not let in', async () => {
    const { secret } = await turnOn()
    const half = withCookies(await signIn())
    await owner.post('/account/password', { old: PASSWORD, password: NEW_PASSWORD })
    const entered = await half.post('/sign-in/second-factor', { code: codeOf(secret), next: '' })
    expect(await whereTo(entered)).toBe('/sign-in?next=%2F')
    expect(await isIn(withCookies(entered))).toBe(false)
  })

  it('is signed out everywhere', async () => {
    const elsewhere = withCookies(await signIn())
    expect(await whereTo(owner.post('/account/sign-out'))).toBe('/sign-in')
    expect(await isIn(owner)).toBe(false)
    expect(await isIn(elsewhere)).toBe(false)
  })

  it('stays while an organization would be left without an owner, and goes with all that is known of it', async () => {
    const refused = await owner.post('/account/delete', { password: PASSWORD })
    expect(refused.status).toBe(409)
    expect(await refused.text()).toMatch(/href="\/organizations\/[^"]+\/people">Example</)

    const invited = await linkOf(sundial('user', 'invite', 'bob@example.com', '--role', 'owner'))
    const joined = await stranger.post(invited, { name: 'Bob', password: PASSWORD })
    expect(joined.status).toBe(303)
    expect((await owner.post('/account/delete', { password: 'wrong' })).status).toBe(422)
    const gone = await owner.post('/account/delete', { password: PASSWORD })
    expect(await whereTo(gone)).toBe('/sign-in')
    expect(await isIn(owner)).toBe(false)
    expect((await signIn()).status).toBe(422)
    const { stdout } = await sundial('user', 'list')
    expect(stdout).toBe('bob@example.com  Bob; Example (owner)\n')
    await server.stop()
    for (const { name, bytes } of data.files()) expect(bytes.includes(OWNER.email), name).toBe(false)
  })
})

describe('a forgotten password', () => {
  it('is set anew by a link of the operator, once, and the second factor stays', async () => {
    await start()
    expect(await pageOf(stranger.get('/reset'))).toContain('user reset you@example.com')
    expect(await whereTo(stranger.post('/reset', { email: OWNER.email }))).toBe('/reset')
    await turnOn()
    const link = await linkOf(sundial('user', 'reset', OWNER.email))
    expect((await stranger.get(link)).status).toBe(200)
    expect((await stranger.post(link, { password: 'short' })).status).toBe(422)
    expect(await whereTo(stranger.post(link, { password: NEW_PASSWORD }))).toBe('/sign-in?news=password')
    expect((await stranger.post(link, { password: PASSWORD })).status).toBe(410)
    expect(await isIn(owner)).toBe(false)
    expect((await signIn()).status).toBe(422)
    expect(await whereTo(signIn({ password: NEW_PASSWORD }))).toContain('/sign-in/second-factor')
    await sundial('user', 'reset', OWNER.email, '--second-factor')
    expect(await whereTo(signIn({ password: NEW_PASSWORD }))).toBe('/breakdown')
  })

  describe('where mail is sent', () => {
    let sink: HttpSink
    beforeEach(async () => {
      sink = await startHttpSink()
    })
    afterEach(() => sink.close())

    const mail = () => ({ MAIL_URL: `${sink.address}/emails`, MAIL_FROM: 'Sundial <stats@example.com>' })

    it('is answered the same whoever has an account, and a link goes to who has', async () => {
      await start({ ...mail(), PUBLIC_URL: 'https://stats.example' })
      const answers = await Promise.all(
        ['nobody@example.com', OWNER.email.toUpperCase()].map(async (email) => {
          const answer = await stranger.post('/reset', { email }, { 'x-forwarded-host': 'evil.example' })
          return { status: answer.status, location: answer.headers.get('location'), body: await answer.text() }
        }),
      )
      expect(answers[0]).toEqual({ status: 303, location: '/reset?sent', body: '' })
      expect(answers[1]).toEqual(answers[0])
      const [posted] = await until(
        async () => sink.posted,
        (mails) => mails.length > 0,
      )
      expect(sink.posted).toHaveLength(1)
      expect(posted?.body).toContain(`"to":"${OWNER.email}"`)
      const link = new URL(/https:\/\/stats\.example\/reset\/[\w-]{32}/.exec(posted?.body ?? '')?.[0] ?? '')
      expect(await whereTo(stranger.post(link.pathname, { password: NEW_PASSWORD }))).toBe('/sign-in?news=password')
      expect((await signIn({ password: NEW_PASSWORD })).status).toBe(303)
    })

    it('fills nobody’s mailbox', async () => {
      await start({ ...mail(), PUBLIC_URL: 'https://stats.example' })
      for (let asked = 0; asked < 6; asked += 1) await stranger.post('/reset', { email: OWNER.email })
      await until(
        async () => sink.posted.length,
        (mails) => mails === 3,
      )
      // The server ends after what it has begun; the one who asks last is answered last.
      await server.stop()
      expect(sink.posted).toHaveLength(3)
      server = await data.start()
    })

    it('sends no link that would lead where a Host header says', async () => {
      await start(mail())
      expect(await pageOf(stranger.get('/reset'))).toContain('sends no mail')
      expect(await whereTo(stranger.post('/reset', { email: OWNER.email }))).toBe('/reset')
      expect(sink.posted).toEqual([])
    })
  })
})
