// Accounts where they lie in D1: the dashboard Worker in workerd.

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createD1Settings } from '../collector/sites_d1.ts'
import { createRoster, type Roster } from '../dashboard/people/roster.ts'
import { type HttpSink, startHttpSink } from './mail_sink.ts'
import { nextCodeOf, turnOnSecondFactor } from './one_time_code.ts'
import { type Asker, askerOf, cookieOf, makeOwnerOf, OWNER, PASSWORD } from './people.ts'
import { until } from './server.ts'
import { startWorkers, type Workers } from './workerd.ts'

const NEW_PASSWORD = 'another password of the tests'
const CANARIES = ['198.51.100.77', 'CanaryBrowser/77']

let sink: HttpSink
let workers: Workers
let roster: Roster
let owner: Asker

beforeAll(async () => {
  sink = await startHttpSink()
  workers = await startWorkers({
    // Accounts ask for no counts.
    clickhouseUrl: 'http://127.0.0.1:1',
    sites: [{ domain: 'shown.example' }],
    dashboardSecrets: { MAIL_URL: `${sink.address}/emails`, MAIL_FROM: 'stats@example.com' },
  })
  roster = createRoster({ db: createD1Settings(workers.database), now: Date.now, random: randomBytes })
  owner = await makeOwnerOf(workers)
})
afterAll(async () => {
  await workers.close()
  await sink.close()
})

const whereTo = async (answer: Promise<Response>) => (await answer).headers.get('location')
const withCookies = (answer: Response) => askerOf(workers, cookieOf(answer.headers.getSetCookie()))

function signIn(password: string, headers: Record<string, string> = {}): Promise<Response> {
  return askerOf(workers).post('/sign-in', { email: OWNER.email, password, next: '/sites' }, headers)
}

describe('an account in D1', () => {
  it('gets a second factor, signs in by it and by a recovery code, and turns it off', async () => {
    const { secret, codes, cookie } = await turnOnSecondFactor(owner)
    const [recovery = ''] = codes
    owner = askerOf(workers, cookie)
    for (const code of [nextCodeOf(secret), recovery]) {
      const half = withCookies(await signIn(PASSWORD))
      expect((await half.get('/account')).status).toBe(303)
      const entered = await half.post('/sign-in/second-factor', { code, next: '/sites' })
      expect(entered.headers.get('location')).toBe('/sites')
      expect((await withCookies(entered).get('/account')).status).toBe(200)
    }
    const off = await owner.post('/account/second-factor/off', { password: PASSWORD })
    expect(off.headers.get('location')).toBe('/account?news=second-factor-off')
    owner = withCookies(off)
  })

  it('gets a new password by a mail that leaves after the answer, which ends its sessions', async () => {
    expect(await whereTo(askerOf(workers).post('/reset', { email: 'nobody@example.com' }))).toBe('/reset?sent')
    expect(await whereTo(askerOf(workers).post('/reset', { email: OWNER.email }))).toBe('/reset?sent')
    const [posted] = await until(
      async () => sink.posted,
      (mails) => mails.length > 0,
    )
    expect(posted?.body).toContain(`"to":"${OWNER.email}"`)
    const link = /https:\/\/stats\.example(\/reset\/[\w-]{32})/.exec(posted?.body ?? '')?.[1] ?? ''
    expect(await whereTo(askerOf(workers).post(link, { password: NEW_PASSWORD }))).toBe('/sign-in?news=password')
    expect((await owner.get('/account')).status).toBe(303)
    expect((await signIn(PASSWORD)).status).toBe(422)
    owner = withCookies(await signIn(NEW_PASSWORD))
    expect((await owner.get('/account')).status).toBe(200)
    expect(sink.posted).toHaveLength(1)
  })

  it('is reached by ten attempts a minute from one address, of which nothing is kept', async () => {
    const [address = '', agent = ''] = CANARIES
    const from = { 'cf-connecting-ip': address, 'user-agent': agent }
    const answer = await signIn(NEW_PASSWORD, from)
    expect((await withCookies(answer).get('/account', from)).status).toBe(200)
    let attempts = 1
    let refused = answer
    // A minute can begin in the midst of them.
    for (; refused.status !== 429 && attempts < 21; attempts += 1) {
      const guess = { email: `${attempts}@example.com`, password: 'wrong' }
      refused = await askerOf(workers).post('/sign-in', guess, from)
    }
    expect(attempts).toBeGreaterThan(10)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    for (const canary of CANARIES) {
      for (const { name, bytes } of workers.files()) expect(bytes.includes(canary), `${canary} in ${name}`).toBe(false)
    }
    expect(workers.files().some(({ bytes }) => bytes.includes(OWNER.email))).toBe(true)
  })

  it('is forgotten to have been signed in when the session is too old', async () => {
    const db = createD1Settings(workers.database)
    const sessions = async () => (await db.all('SELECT id FROM session')).length
    const challenge = "INSERT INTO verification VALUES ('one', 'of a code that never came', 'id', ?, '', '')"
    await db.run(challenge, new Date(Date.now() + 600_000).toISOString())
    const challenges = async () => (await db.all('SELECT id FROM verification')).length
    const before = await sessions()
    await roster.accounts.sweep()
    expect([await sessions(), await challenges()]).toEqual([before, 1])
    const in31Days = createRoster({ db, now: () => Date.now() + 31 * 86_400_000, random: randomBytes })
    await in31Days.accounts.sweep()
    expect([before > 0, await sessions(), await challenges()]).toEqual([true, 0, 0])
    owner = withCookies(await signIn(NEW_PASSWORD))
  })

  it('ends with all that refers to it, but not as the last owner', async () => {
    const account = await roster.accounts.byEmail(OWNER.email)
    expect((await owner.post('/account/delete', { password: NEW_PASSWORD })).status).toBe(409)
    const [organization] = await roster.organizations.all()
    const invitation = { purpose: 'invitation', email: 'bob@example.com', role: 'owner', sites: [] } as const
    const secret = await roster.organizations.invite(
      { ...invitation, organization: organization?.id ?? '' },
      'operator',
    )
    const joined = await askerOf(workers).post(`/invitation/${secret}`, { name: 'Bob', password: PASSWORD })
    expect(joined.status).toBe(303)
    await roster.accounts.orderReset(account?.id ?? '', { actor: 'operator', secondFactorOff: false })
    expect(await whereTo(owner.post('/account/delete', { password: NEW_PASSWORD }))).toBe('/sign-in')
    const db = createD1Settings(workers.database)
    for (const [table, column] of [
      ['user', 'id'],
      ['session', 'userId'],
      ['account', 'userId'],
      ['twoFactor', 'userId'],
      ['members', 'user'],
      ['links', 'user'],
    ]) {
      expect(await db.all(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`, account?.id ?? ''), table).toEqual([])
    }
    expect((await roster.accounts.all()).map(({ email, roles }) => [email, roles])).toEqual([
      ['bob@example.com', ['Example (owner)']],
    ])
  })
})
