// Accounts, sessions and passwords, by better-auth: the only file that speaks to it. Its own HTTP addresses are not
// mounted; the pages call what is here. Of a request it sees nothing but the cookie, so it can keep nothing else.

import type { BetterAuthOptions } from 'better-auth'
import { betterAuth } from 'better-auth'
import { symmetricDecrypt } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins/two-factor'
import * as z from 'zod/mini'
import type { SettingsStore } from '../../collector/sites.ts'
import { type Language, languageNamed } from '../languages/language.ts'
import { base32 } from './base32.ts'
import { stepOf } from './one_time_code.ts'

export interface Account {
  id: string
  name: string
  email: string
  secondFactor: boolean
  /** Undefined: whichever the browser asks for. */
  language: Language | undefined
}

/** What a browser is to be told with the answer: values of Set-Cookie. */
export type Cookies = readonly string[]

export interface Auth {
  /** Makes an account. The caller has checked that there is none with this address. */
  add(account: { name: string; email: string; password: string }): Promise<Account>
  /** Refused when address or password are wrong; which of them is not said, also not by the time it takes. */
  signIn(credentials: { email: string; password: string }, browser: Browser): Promise<SignedIn | Refused>
  /** Whose session the cookie is, with what renews it. */
  session(browser: Browser): Promise<{ account: Account; cookies: Cookies } | undefined>
  signOut(browser: Browser): Promise<Cookies>
  /** A new password ends every session, and what keeps codes of the second factor from being taken. */
  setPassword(id: string, password: string): Promise<void>

  /** Whether a right password was given a few minutes ago, and the code is still to come. */
  awaitsCode(browser: Browser): boolean
  /** The second step of signing in: a code of the app, or one of the recovery codes, which is then used up. */
  enterCode(code: string, browser: Browser): Promise<{ cookies: Cookies } | CodeRefused>

  /** Whether this is the password of the account. */
  isPassword(id: string, password: string): Promise<boolean>
  rename(id: string, name: string): Promise<void>
  speak(id: string, language: Language | undefined): Promise<void>
  /** The caller has checked that no other account has it. */
  changeEmail(id: string, email: string): Promise<void>
  /** Ends every other session. */
  changePassword(passwords: { old: string; new: string }, browser: Browser): Promise<{ cookies: Cookies } | Refused>
  endSessions(id: string): Promise<void>

  /** Makes a secret, which counts for nothing until a code of it was confirmed. */
  beginSecondFactor(password: string, browser: Browser): Promise<{ begun: true } | Refused>
  /** The secret that waits to be confirmed, if one does. */
  unconfirmed(account: Account): Promise<SecondFactor | undefined>
  confirmSecondFactor(code: string, account: Account, browser: Browser): Promise<RecoveryCodes | Refused>
  endSecondFactor(password: string, browser: Browser): Promise<{ cookies: Cookies } | Refused>
  renewRecoveryCodes(password: string, browser: Browser): Promise<RecoveryCodes | Refused>
  recoveryCodesLeft(id: string): Promise<number>

  /** Of a password that is no account's, as those of accounts are kept. */
  hashPassword(password: string): Promise<string>
  isHashOf(hash: string, password: string): Promise<boolean>
}

/** Something was not right, and it is not said what. */
export interface Refused {
  refused: true
}

export interface CodeRefused extends Refused {
  /**
   * 'again': the password has to be given anew. 'used': so has it, for this code was taken before, or a later one.
   * 'locked': wait, or choose a new password.
   */
  because: 'wrong' | 'again' | 'used' | 'locked'
  cookies: Cookies
}

export interface SecondFactor {
  /** Base32, as apps take it. */
  secret: string
  /** https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
  uri: string
}

export interface RecoveryCodes {
  cookies: Cookies
  /** Each signs in once, in place of a code. */
  codes: readonly string[]
}

export interface SignedIn {
  cookies: Cookies
  /** The password was right, and the code of the second factor is still to come. */
  secondFactorNeeded: boolean
}

/** As much of a request as accounts need. */
export interface Browser {
  /** The Cookie header. */
  cookie: string
  /** Asked over TLS, or from this machine itself without: then the cookie cannot be Secure. */
  secure: boolean
}

export interface AuthDeps {
  /** node:sqlite's DatabaseSync or a D1 binding, with the tables of collector/sites/0006_people.sql. */
  database: NonNullable<BetterAuthOptions['database']>
  /** The same store, for what better-auth does not do. */
  db: Pick<SettingsStore, 'all'>
  /** Signs cookies and encrypts the secrets of second factors: at least 32 characters. */
  secret: string
  /** '' or '/stats': the cookie goes there only. */
  basePath: string
  /** Told of trouble, never of a person. */
  report: (problem: string) => void
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

/** Long passwords instead of odd ones: https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver */
export const PASSWORD = { least: 10, most: 128 } as const

const DAY = 86_400
/** Seconds between the password and the code. */
const CHALLENGE = 600
/** Only who has the password comes so far, and a new password ends it; guessing six digits would take a year. */
const CODE_LOCK = { maxFailedAttempts: 10, durationSeconds: 900 } as const

export function createAuth(deps: AuthDeps): Auth {
  // The attributes of a cookie are fixed when better-auth starts, so there is one for each.
  const secured = start({ ...deps, secure: true })
  const plain = start({ ...deps, secure: false })
  const over = ({ secure }: Browser) => (secure ? secured : plain)

  async function accounts() {
    const { internalAdapter, password, adapter, secretConfig } = await secured.$context
    return { ...internalAdapter, ...password, adapter, secretConfig }
  }

  /** Also those of which only the code is missing. */
  async function endSessions(id: string): Promise<void> {
    await endChallenges(id)
    await (await accounts()).deleteUserSessions(id)
  }

  /** Whoever has given a password, and not yet the code, gives it again. */
  async function endChallenges(id: string): Promise<void> {
    const { adapter } = await accounts()
    await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: id }] })
  }

  /** Whether a right code is one that nobody has used yet: whoever looks over a shoulder could be as quick. */
  async function takeCode(code: string, id: string): Promise<boolean> {
    const { adapter, secretConfig } = await accounts()
    const { secret } = enrolled.parse(await adapter.findOne({ model: 'twoFactor', where: ownedBy(id) }))
    const step = await stepOf(code, await symmetricDecrypt({ key: secretConfig, data: secret }), deps.now())
    return step !== undefined && (await deps.db.all(TAKE_STEP, step, id, step)).length > 0
  }

  async function recoveryCodesOf(userId: string): Promise<readonly string[]> {
    const { backupCodes } = await secured.api.viewBackupCodes({ body: { userId } })
    return backupCodes
  }

  return {
    async add({ name, email, password }) {
      const store = await accounts()
      const user = await store.createUser(
        { name, email: email.toLowerCase(), emailVerified: true },
        { method: 'email-password' },
      )
      const credential = { providerId: 'credential', accountId: user.id, password: await store.hash(password) }
      await store.linkAccount({ userId: user.id, ...credential })
      return accountOf(user)
    },

    async signIn(body, browser) {
      const answer = await over(browser).api.signInEmail({ body, headers: headersOf(browser), asResponse: true })
      if (!answer.ok) return { refused: true }
      const { twoFactorRedirect = false } = await answer.json()
      return { cookies: answer.headers.getSetCookie(), secondFactorNeeded: twoFactorRedirect === true }
    },

    async session(browser) {
      if (browser.cookie === '') return undefined
      const asked = { headers: headersOf(browser), returnHeaders: true } as const
      const { response, headers } = await over(browser).api.getSession(asked)
      return response ? { account: accountOf(response.user), cookies: headers.getSetCookie() } : undefined
    },

    async signOut(browser) {
      const answer = await over(browser).api.signOut({ headers: headersOf(browser), asResponse: true })
      return answer.headers.getSetCookie()
    },

    async setPassword(id, password) {
      const store = await accounts()
      await store.updatePassword(id, await store.hash(password))
      await endSessions(id)
      await store.adapter.update({ model: 'twoFactor', where: ownedBy(id), update: UNLOCKED })
    },

    awaitsCode: ({ cookie, secure }) => cookie.includes(`${secure ? '__Secure-' : ''}sundial.two_factor=`),

    async enterCode(written, browser) {
      const code = written.replace(/[\s-]/g, '').toLowerCase()
      const { api } = over(browser)
      const request = requestOf(browser)
      const isOfApp = /^\d{6}$/.test(code)
      const answer = isOfApp
        ? await api.verifyTOTP({ body: { code }, ...request })
        : await api.verifyBackupCode({ body: { code: hyphenated(code) }, ...request })
      const cookies = answer.headers.getSetCookie()
      const said: unknown = await answer.json()
      if (!answer.ok) return { refused: true, because: CODE_PROBLEMS[problem.parse(said).code] ?? 'again', cookies }
      const { token, user } = entered.parse(said)
      if (!isOfApp || (await takeCode(code, user.id))) return { cookies }
      await (await accounts()).deleteSession(token)
      return { refused: true, because: 'used', cookies: [] }
    },

    async isPassword(id, password) {
      const store = await accounts()
      const credential = await store.findCredentialAccount(id)
      return credential?.password ? store.verify({ hash: credential.password, password }) : false
    },

    async rename(id, name) {
      await (await accounts()).updateUser(id, { name })
    },

    async speak(id, language) {
      await (await accounts()).updateUser(id, { language: language ?? null })
    },

    async changeEmail(id, email) {
      await (await accounts()).updateUser(id, { email: email.toLowerCase() })
    },

    async changePassword({ old: currentPassword, new: newPassword }, browser) {
      const answer = await over(browser).api.changePassword({
        body: { currentPassword, newPassword, revokeOtherSessions: true },
        ...requestOf(browser),
      })
      if (!answer.ok) return { refused: true }
      // better-auth ends the sessions, but not those of which only the code is missing.
      await endChallenges(changed.parse(await answer.json()).user.id)
      return { cookies: answer.headers.getSetCookie() }
    },

    endSessions,

    async beginSecondFactor(password, browser) {
      const answer = await over(browser).api.enableTwoFactor({ body: { password }, ...requestOf(browser) })
      return answer.ok ? { begun: true } : { refused: true }
    },

    async unconfirmed({ id, email }) {
      const { adapter, secretConfig } = await accounts()
      const found = unconfirmed.safeParse(await adapter.findOne({ model: 'twoFactor', where: ownedBy(id) }))
      if (!found.success) return undefined
      const secret = base32(await symmetricDecrypt({ key: secretConfig, data: found.data.secret }))
      const uri = `otpauth://totp/Sundial:${encodeURIComponent(email)}?secret=${secret}&issuer=Sundial`
      return { secret, uri }
    },

    async confirmSecondFactor(written, { id }, browser) {
      const { api } = over(browser)
      const code = written.replace(/\s/g, '')
      const answer = await api.verifyTOTP({ body: { code }, ...requestOf(browser) })
      if (!answer.ok) return { refused: true }
      await takeCode(code, id)
      return { cookies: answer.headers.getSetCookie(), codes: await recoveryCodesOf(id) }
    },

    async endSecondFactor(password, browser) {
      const answer = await over(browser).api.disableTwoFactor({ body: { password }, ...requestOf(browser) })
      return answer.ok ? { cookies: answer.headers.getSetCookie() } : { refused: true }
    },

    async renewRecoveryCodes(password, browser) {
      const answer = await over(browser).api.generateBackupCodes({ body: { password }, ...requestOf(browser) })
      return answer.ok ? { cookies: [], codes: renewed.parse(await answer.json()).backupCodes } : { refused: true }
    },

    recoveryCodesLeft: async (id) => (await recoveryCodesOf(id)).length,

    hashPassword: async (password) => (await accounts()).hash(password),
    isHashOf: async (hash, password) => (await accounts()).verify({ hash, password }),
  }
}

function start({ database, secret, basePath, report, random, secure }: AuthDeps & { secure: boolean }) {
  return betterAuth({
    database,
    secret,
    // Nothing is served there; better-auth wants an address to compare.
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    // attempts.ts slows guessing down without keeping an address.
    rateLimit: { enabled: false },
    // What stands after a colon can be somebody's words.
    logger: { log: (level, message) => level === 'error' && report(`accounts: ${message.split(':', 1)[0]}`) },
    user: { additionalFields: { language: { type: 'string', required: false, input: false } } },
    session: { expiresIn: 30 * DAY, updateAge: DAY },
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD.least, maxPasswordLength: PASSWORD.most },
    advanced: {
      cookiePrefix: 'sundial',
      useSecureCookies: secure,
      defaultCookieAttributes: { path: basePath || '/', sameSite: 'lax', httpOnly: true },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      twoFactor({
        issuer: 'Sundial',
        twoFactorCookieMaxAge: CHALLENGE,
        accountLockout: CODE_LOCK,
        backupCodeOptions: { customBackupCodesGenerate: () => makeRecoveryCodes(random) },
      }),
    ],
  })
}

const UNLOCKED = { failedVerificationCount: 0, lockedUntil: null }

const CODE_PROBLEMS: Readonly<Record<string, CodeRefused['because']>> = {
  INVALID_CODE: 'wrong',
  INVALID_BACKUP_CODE: 'wrong',
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
}
const TAKE_STEP = `/* auth.take_step */ UPDATE "twoFactor" SET "lastStep" = ?
WHERE "userId" = ? AND coalesce("lastStep", 0) < ?
RETURNING id`

const entered = z.object({ token: z.string(), user: z.object({ id: z.string() }) })
const enrolled = z.object({ secret: z.string() })
const problem = z.object({ code: z.catch(z.string(), '') })
const unconfirmed = z.object({ secret: z.string(), verified: z.literal(false) })
const changed = z.object({ user: z.object({ id: z.string() }) })
const renewed = z.object({ backupCodes: z.array(z.string()) })

function ownedBy(id: string) {
  return [{ field: 'userId', value: id }]
}

const RECOVERY_CODES = 10
/** 32 letters and digits that nobody takes for another on paper. */
const LEGIBLE = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Of 50 random bits each, like 4k2mp-xw7ab. */
function makeRecoveryCodes(random: (bytes: number) => Uint8Array): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    return hyphenated(Array.from(random(10), (byte) => LEGIBLE[byte % LEGIBLE.length]).join(''))
  })
}

function hyphenated(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

function requestOf(browser: Browser) {
  return { headers: headersOf(browser), asResponse: true } as const
}

function headersOf({ cookie }: Browser): Headers {
  return new Headers(cookie === '' ? {} : { cookie })
}

function accountOf(user: {
  id: string
  name: string
  email: string
  twoFactorEnabled?: boolean | null | undefined
  language?: unknown
}): Account {
  const { id, name, email, twoFactorEnabled, language } = user
  return { id, name, email, secondFactor: twoFactorEnabled === true, language: languageNamed(language) }
}
