// Coming in and going out: the set-up link, signing in (with a code, where the account has a second factor), signing out.
// Mounted by dashboard.ts; forms that work without a script, each of which ends in a redirect.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { ClientAddress } from '../collector/client_address.ts'
import type { Sites } from '../collector/sites.ts'
import type { Door, Guest } from './door.tsx'
import { type HowToOwn, NoOwnerPage, SecondFactorPage, SetUpPage, SignInPage } from './pages/sign_in.tsx'
import { emailAddress, given, named, newPassword, sentencesOf } from './people/account_form.ts'
import type { Accounts } from './people/accounts.ts'
import type { Attempts } from './people/attempts.ts'
import type { Auth, Cookies } from './people/auth.ts'
import type { Links } from './people/links.ts'
import type { Organizations } from './people/organizations.ts'

export interface SignInDeps {
  door: Door
  sites: Pick<Sites, 'reload'>
  auth: Auth
  accounts: Pick<Accounts, 'byEmail'>
  attempts: Attempts
  links: Links
  organizations: Organizations
  basePath: string
  /** How the owner's set-up link is had on this set-up. */
  howToOwn: HowToOwn
  /** Whether passwords may be sent: over TLS, or on the machine itself. */
  isPrivate: (c: Context) => boolean
  /** Asked, never kept. */
  clientAddress: ClientAddress
}

export function createSignIn(deps: SignInDeps): Hono {
  const { door, sites, auth, accounts, attempts, links, organizations, basePath } = deps
  const app = new Hono()

  door.on(app, 'GET /setup/:token', async (c, { frame }) => {
    const token = c.req.param('token') ?? ''
    if (!(await links.find(token, 'setup'))) return gone(c, { frame })
    const given = { name: '', email: '', organization: '' }
    return door.page(c, <SetUpPage frame={frame} token={token} given={given} refused={tooOpen(c, deps)} />)
  })

  door.on(app, 'POST /setup/:token', async (c, { frame }) => {
    const token = c.req.param('token') ?? ''
    const link = await links.find(token, 'setup')
    if (!link || (await organizations.hasOwner())) return gone(c, { frame })
    const read = setUpForm.safeParse(await c.req.parseBody())
    const words = door.words(c)
    const refused = [
      ...tooOpen(c, deps),
      ...(read.success ? [] : sentencesOf(read.error, words)),
      // Of somebody who belonged to an organization that is gone.
      ...(read.success && (await accounts.byEmail(read.data.email)) ? [words.signIn.setUp.taken] : []),
    ]
    if (!read.success || refused.length > 0) {
      const given = givenForm.parse(await c.req.parseBody())
      return door.page(c, <SetUpPage frame={frame} token={token} given={given} refused={refused} />, 422)
    }
    if (!(await links.take(link))) return gone(c, { frame })
    const { organization, ...account } = read.data
    const owner = await auth.add(account)
    await organizations.make({ name: organization, owner: owner.id })
    await sites.reload()
    const signedIn = await auth.signIn(account, door.browser(c))
    return 'cookies' in signedIn ? enter(c, signedIn.cookies, '/') : c.redirect(`${basePath}/sign-in`, 303)
  })

  door.on(app, 'GET /sign-in', async (c, { person, frame }) => {
    const next = ownPath(c.req.query('next'), c)
    if (person) return c.redirect(next, 303)
    if (!(await organizations.hasOwner())) return door.page(c, <NoOwnerPage frame={frame} how={deps.howToOwn} />)
    const { news: sentences } = door.words(c).signIn
    const asked = c.req.query('news')
    const news = asked === 'password' || asked === 'code' ? sentences[asked] : undefined
    return door.page(c, <SignInPage frame={frame} next={next} email="" news={news} refused={tooOpen(c, deps)} />)
  })

  door.on(app, 'POST /sign-in', async (c, { frame }) => {
    const { email, password, next: wanted } = signInForm.parse(await c.req.parseBody())
    const next = ownPath(wanted, c)
    const refused = tooOpen(c, deps)
    if (refused.length > 0) return door.page(c, <SignInPage {...{ frame, next, email, refused }} />, 422)
    if (!attempts.allowsFrom(deps.clientAddress(c))) return tooMany(c, { frame }, door)
    const signedIn = await attempts.look(email, () => auth.signIn({ email, password }, door.browser(c)))
    if ('busy' in signedIn) return tooMany(c, { frame }, door)
    if ('refused' in signedIn) {
      const refused = [door.words(c).signIn.wrong]
      return door.page(c, <SignInPage {...{ frame, next, email, refused }} />, 422)
    }
    const { cookies, secondFactorNeeded } = signedIn
    if (!secondFactorNeeded) return enter(c, cookies, next)
    return enter(c, cookies, `${basePath}/sign-in/second-factor?${new URLSearchParams({ next })}`)
  })

  door.on(app, 'GET /sign-in/second-factor', (c, { frame }) => {
    const next = ownPath(c.req.query('next'), c)
    if (!auth.awaitsCode(door.browser(c))) return signInAgain(c, next)
    return door.page(c, <SecondFactorPage frame={frame} next={next} refused={[]} />)
  })

  door.on(app, 'POST /sign-in/second-factor', async (c, { frame }) => {
    const { code, next: wanted } = codeForm.parse(await c.req.parseBody())
    const next = ownPath(wanted, c)
    if (!auth.awaitsCode(door.browser(c))) return signInAgain(c, next)
    if (!attempts.allowsFrom(deps.clientAddress(c))) return tooMany(c, { frame }, door)
    const entered = await auth.enterCode(code, door.browser(c))
    if (!('refused' in entered)) return enter(c, entered.cookies, next)
    bring(c, entered.cookies)
    if (entered.because === 'again') return signInAgain(c, next)
    if (entered.because === 'used') return signInAgain(c, next, 'code')
    const refused = [door.words(c).signIn.secondFactor.refused[entered.because]]
    return door.page(c, <SecondFactorPage frame={frame} next={next} refused={refused} />, 422)
  })

  door.on(app, 'POST /sign-out', async (c) => enter(c, await auth.signOut(door.browser(c)), `${basePath}/sign-in`))

  function gone(c: Context, guest: Pick<Guest, 'frame'>) {
    return door.problem(c, guest, { status: 410, ...door.words(c).signIn.setUp.gone })
  }

  function signInAgain(c: Context, next: string, news?: 'code'): Response {
    return c.redirect(`${basePath}/sign-in?${new URLSearchParams({ next, ...(news && { news }) })}`, 303)
  }

  function enter(c: Context, cookies: Cookies, next: string): Response {
    bring(c, cookies)
    return c.redirect(next.startsWith(`${basePath}/`) ? next : `${basePath}/`, 303)
  }

  /** An address of this dashboard, or its first page: a link to the sign-in must lead nowhere else. */
  function ownPath(wanted: string | undefined, c: Context): string {
    const home = `${basePath}/`
    const { origin } = new URL(c.req.url)
    const asked = URL.parse(wanted ?? '', origin)
    if (!wanted?.startsWith('/') || asked?.origin !== origin) return home
    const path = `${asked.pathname}${asked.search}`
    // What was '/.//elsewhere' is '//elsewhere' now, which browsers take for another host.
    return path.startsWith(home) && !path.startsWith('//') ? path : home
  }

  return app
}

export function bring(c: Context, cookies: Cookies): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
}

/** Too much was tried, by somebody: nothing was looked at. */
export function tooMany(c: Context, guest: Pick<Guest, 'frame'>, door: Pick<Door, 'problem' | 'words'>) {
  c.header('Retry-After', '60')
  return door.problem(c, guest, { status: 429, ...door.words(c).signIn.tooMany })
}

/** Why no password is taken here; none where one may be sent. */
export function tooOpen(
  c: Context,
  { door, isPrivate }: Pick<SignInDeps, 'isPrivate'> & { door: Pick<Door, 'words'> },
) {
  return isPrivate(c) ? [] : [door.words(c).signIn.tooOpen]
}

const signInForm = z.object({ email: z.pipe(given, z.string().check(z.trim())), password: given, next: given })
const codeForm = z.object({ code: given, next: given })
const givenForm = z.object({ name: given, email: given, organization: given })

const setUpForm = z.object({
  name: named('name'),
  email: emailAddress,
  password: newPassword,
  organization: named('organization'),
})
