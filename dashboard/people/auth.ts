// Accounts, sessions and passwords, by better-auth: the only file that speaks to it. Its own HTTP addresses are not
// mounted; the pages call what is here. Of a request it sees nothing but the cookie, so it can keep nothing else.

import type { BetterAuthOptions } from 'better-auth'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'

export interface Account {
  id: string
  name: string
  email: string
  secondFactor: boolean
}

/** What a browser is to be told with the answer: values of Set-Cookie. */
export type Cookies = readonly string[]

export interface Auth {
  /** Makes an account. The caller has checked that there is none with this address. */
  add(account: { name: string; email: string; password: string }): Promise<Account>
  /** Refused when address or password are wrong; which of them is not said, also not by the time it takes. */
  signIn(credentials: { email: string; password: string }, browser: Browser): Promise<SignedIn | { refused: true }>
  /** Whose session the cookie is, with what renews it. */
  session(browser: Browser): Promise<{ account: Account; cookies: Cookies } | undefined>
  signOut(browser: Browser): Promise<Cookies>
  byEmail(email: string): Promise<Account | undefined>
  /** A new password ends every session. */
  setPassword(id: string, password: string): Promise<void>
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
  /** Signs cookies and encrypts the secrets of second factors: at least 32 characters. */
  secret: string
  /** '' or '/stats': the cookie goes there only. */
  basePath: string
  /** Told of trouble, never of a person. */
  report: (problem: string) => void
}

/** Long passwords instead of odd ones: https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver */
export const PASSWORD = { least: 10, most: 128 } as const

const DAY = 86_400

export function createAuth(deps: AuthDeps): Auth {
  // The attributes of a cookie are fixed when better-auth starts, so there is one for each.
  const secured = start({ ...deps, secure: true })
  const plain = start({ ...deps, secure: false })
  const over = ({ secure }: Browser) => (secure ? secured : plain)

  async function accounts() {
    const { internalAdapter, password } = await secured.$context
    return { ...internalAdapter, ...password }
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

    async byEmail(email) {
      const found = await (await accounts()).findUserByEmail(email.toLowerCase())
      return found ? accountOf(found.user) : undefined
    },

    async setPassword(id, password) {
      const store = await accounts()
      await store.updatePassword(id, await store.hash(password))
      await store.deleteUserSessions(id)
    },
  }
}

function start({ database, secret, basePath, report, secure }: AuthDeps & { secure: boolean }) {
  return betterAuth({
    database,
    secret,
    // Nothing is served there; better-auth wants an address to compare.
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    // attempts.ts slows guessing down without keeping an address.
    rateLimit: { enabled: false },
    logger: { log: (level, message) => level === 'error' && report(`accounts: ${message}`) },
    session: { expiresIn: 30 * DAY, updateAge: DAY },
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD.least, maxPasswordLength: PASSWORD.most },
    advanced: {
      cookiePrefix: 'sundial',
      useSecureCookies: secure,
      defaultCookieAttributes: { path: basePath || '/', sameSite: 'lax', httpOnly: true },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [twoFactor({ issuer: 'Sundial' })],
  })
}

function headersOf({ cookie }: Browser): Headers {
  return new Headers(cookie === '' ? {} : { cookie })
}

function accountOf(user: {
  id: string
  name: string
  email: string
  twoFactorEnabled?: boolean | null | undefined
}): Account {
  const { id, name, email, twoFactorEnabled } = user
  return { id, name, email, secondFactor: twoFactorEnabled === true }
}
