// Slow guessing, with the clock and the pauses in hand; and that a sign-in takes the same work whoever there is.

import crypto, { randomBytes } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { type Attempts, createAttempts, SLOW } from '../dashboard/people/attempts.ts'
import { createAuth } from '../dashboard/people/auth.ts'

const HOUR = 3_600_000
let clock: number
let paused: (() => void)[]
let attempts: Attempts

beforeEach(() => {
  clock = Date.parse('2026-07-15T12:00:00Z')
  paused = []
  attempts = createAttempts({
    now: () => clock,
    pause: () => new Promise((resolve) => paused.push(resolve)),
    exemptLoopback: false,
  })
})

const refused = { refused: true } as const
const wrong = (account = 'ann@example.com') => attempts.look(account, async () => refused)
const right = (account = 'ann@example.com') => attempts.look(account, async () => ({ account }))

async function guess(times: number, account?: string): Promise<void> {
  for (let guessed = 0; guessed < times; guessed += 1) expect(await wrong(account)).toEqual(refused)
}

describe('guessing at one account', () => {
  it('waits from the tenth wrong password on, right or wrong, and then looks all the same', async () => {
    await guess(SLOW.wrong)
    expect(paused).toHaveLength(0)
    const answers = [right(), wrong()]
    expect(paused).toHaveLength(2)
    for (const go of paused) go()
    expect(await Promise.all(answers)).toEqual([{ account: 'ann@example.com' }, refused])
  })

  it('does not wait when the passwords were right', async () => {
    for (let signedIn = 0; signedIn < 50; signedIn += 1) expect(await right()).toHaveProperty('account')
    expect(paused).toHaveLength(0)
  })

  it('looks at no more than may wait, and at others as soon as these are done', async () => {
    await guess(SLOW.wrong)
    const waiting = Array.from({ length: SLOW.waiting }, () => wrong())
    let looked = false
    const answer = await attempts.look('ann@example.com', async () => {
      looked = true
      return refused
    })
    expect(answer).toEqual({ busy: true })
    expect(looked).toBe(false)
    for (const go of paused.splice(0)) go()
    await Promise.all(waiting)
    const owner = right()
    for (const go of paused) go()
    expect(await owner).toEqual({ account: 'ann@example.com' })
  })

  it('counts many at once before it is known whether they are wrong', async () => {
    const gates: (() => void)[] = []
    const look = () =>
      attempts.look('ann@example.com', async () => {
        await new Promise<void>((resolve) => gates.push(resolve))
        return refused
      })
    const many = Array.from({ length: SLOW.wrong + 3 }, look)
    await vi.waitFor(() => expect(gates).toHaveLength(SLOW.wrong))
    expect(paused).toHaveLength(3)
    for (const go of paused) go()
    await vi.waitFor(() => expect(gates).toHaveLength(SLOW.wrong + 3))
    for (const go of gates) go()
    await Promise.all(many)
  })

  it('slows nobody else, takes the address in any case, and forgets after an hour', async () => {
    await guess(SLOW.wrong)
    expect(await right('bob@example.com')).toHaveProperty('account')
    const shouted = right(' ANN@example.com')
    expect(paused).toHaveLength(1)
    for (const go of paused.splice(0)) go()
    await shouted
    clock += HOUR
    expect(await right()).toHaveProperty('account')
    expect(paused).toHaveLength(0)
  })
})

describe('guessing from one address', () => {
  it('ends for the rest of a minute after ten attempts, for a whole IPv6 network too', () => {
    const from = (address: string | undefined) => attempts.allowsFrom(address)
    for (let attempt = 0; attempt < SLOW.perMinute; attempt += 1) {
      expect(from('203.0.113.1')).toBe(true)
      expect(from(`2001:db8::${attempt}`)).toBe(true)
    }
    expect(from('203.0.113.1')).toBe(false)
    expect(from('2001:db8::ffff')).toBe(false)
    expect(from('203.0.113.2')).toBe(true)
    expect(from(undefined)).toBe(true)
    clock += 60_000
    expect(from('203.0.113.1')).toBe(true)
  })
})

describe('the work of a sign-in', () => {
  it('is one password hash whether the account is there or not, also one with a second factor', async () => {
    const settings = openSqliteSettings(':memory:')
    const auth = createAuth({
      database: settings.database,
      db: settings,
      secret: 'a secret of the tests, long enough to be one',
      basePath: '',
      report: (problem) => {
        throw new Error(problem)
      },
      now: Date.now,
      random: randomBytes,
    })
    await auth.add({ name: 'Ann', email: 'ann@example.com', password: 'a password of the tests' })
    const { id } = await auth.add({ name: 'Eve', email: 'eve@example.com', password: 'a password of the tests' })
    settings.database.prepare('UPDATE "user" SET "twoFactorEnabled" = 1 WHERE id = ?').run(id)
    const hashes = vi.spyOn(crypto, 'scrypt')
    syncBuiltinESMExports()
    try {
      for (const email of ['ann@example.com', 'eve@example.com', 'nobody@example.com']) {
        hashes.mockClear()
        const answer = await auth.signIn({ email, password: 'wrong' }, { cookie: '', secure: true })
        expect(answer).toEqual({ refused: true })
        expect(hashes, email).toHaveBeenCalledTimes(1)
      }
    } finally {
      hashes.mockRestore()
      syncBuiltinESMExports()
      settings.close()
    }
  })
})
