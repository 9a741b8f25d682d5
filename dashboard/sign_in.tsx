// Coming in and going out: the set-up link, signing in, signing out. Mounted by dashboard.ts; forms that work without a
// script, each of which ends in a redirect.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { Sites } from '../collector/sites.ts'
import type { Door, Guest } from './door.tsx'
import { NoOwnerPage, SetUpPage, SignInPage } from './pages/sign_in.tsx'
import { type Auth, type Cookies, PASSWORD } from './people/auth.ts'
import type { Links } from './people/links.ts'
import type { Organizations } from './people/organizations.ts'

export interface SignInDeps {
  door: Door
  sites: Pick<Sites, 'reload'>
  auth: Auth
  links: Links
  organizations: Organizations
  basePath: string
  /** How the owner's set-up link is had on this set-up: a sentence. */
  howToOwn: string
  /** Whether passwords may be sent: over TLS, or on the machine itself. */
  isPrivate: (c: Context) => boolean
}

export function createSignIn({
  door,
  sites,
  auth,
  links,
  organizations,
  basePath,
  howToOwn,
  isPrivate,
}: SignInDeps): Hono {
  const app = new Hono()

  door.on(app, 'GET /setup/:token', async (c, { frame }) => {
    const token = c.req.param('token') ?? ''
    if (!(await links.find(token, 'setup'))) return gone(c, { frame })
    const given = { name: '', email: '', organization: '' }
    return door.page(c, <SetUpPage frame={frame} token={token} given={given} refused={tooOpen(c)} />)
  })

  door.on(app, 'POST /setup/:token', async (c, { frame }) => {
    const token = c.req.param('token') ?? ''
    const link = await links.find(token, 'setup')
    if (!link || (await organizations.hasOwner())) return gone(c, { frame })
    const read = setUpForm.safeParse(await c.req.parseBody())
    const refused = [...tooOpen(c), ...(read.success ? [] : sentencesOf(read.error))]
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
    if (!(await organizations.hasOwner())) return door.page(c, <NoOwnerPage frame={frame} how={howToOwn} />)
    return door.page(c, <SignInPage frame={frame} next={next} email="" refused={tooOpen(c)} />)
  })

  door.on(app, 'POST /sign-in', async (c, { frame }) => {
    const { email, password, next: wanted } = signInForm.parse(await c.req.parseBody())
    const next = ownPath(wanted, c)
    const refused = tooOpen(c)
    if (refused.length > 0) return door.page(c, <SignInPage {...{ frame, next, email, refused }} />, 422)
    const signedIn = await auth.signIn({ email, password }, door.browser(c))
    if ('cookies' in signedIn) return enter(c, signedIn.cookies, next)
    return door.page(c, <SignInPage {...{ frame, next, email, refused: [WRONG] }} />, 422)
  })

  door.on(app, 'POST /sign-out', async (c) => enter(c, await auth.signOut(door.browser(c)), `${basePath}/sign-in`))

  function gone(c: Context, guest: Pick<Guest, 'frame'>) {
    const sentence = 'It was used already, or it is too old. Whoever made it can make another one.'
    return door.problem(c, guest, { status: 410, title: 'This link does not open any more', sentence })
  }

  function tooOpen(c: Context): string[] {
    return isPrivate(c) ? [] : [TOO_OPEN]
  }

  function enter(c: Context, cookies: Cookies, next: string): Response {
    for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
    return c.redirect(next.startsWith(`${basePath}/`) ? next : `${basePath}/`, 303)
  }

  /** An address of this dashboard, or its first page: a link to the sign-in must lead nowhere else. */
  function ownPath(wanted: string | undefined, c: Context): string {
    const home = `${basePath}/`
    const { origin } = new URL(c.req.url)
    const asked = URL.parse(wanted ?? '', origin)
    if (!wanted?.startsWith(home) || asked?.origin !== origin) return home
    return `${asked.pathname}${asked.search}`
  }

  return app
}

const WRONG = 'E-mail or password are not right.'
const TOO_OPEN =
  'This page was not opened over HTTPS, so a password could be read on its way. Open it by an https:// address, or on the machine itself.'

const text = z.catch(z.string(), '')
const signInForm = z.object({ email: text, password: text, next: text })
const givenForm = z.object({ name: text, email: text, organization: text })

function named(what: string) {
  return z.string().check(z.trim(), z.minLength(1, `${what} is missing.`), z.maxLength(100, `${what} is too long.`))
}

const setUpForm = z.object({
  name: named('Your name'),
  email: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email('That is no e-mail address.')),
  password: z
    .string()
    .check(
      z.minLength(PASSWORD.least, `The password needs at least ${PASSWORD.least} characters.`),
      z.maxLength(PASSWORD.most, `The password may have ${PASSWORD.most} characters at most.`),
    ),
  organization: named('The organization’s name'),
})

function sentencesOf(error: { issues: readonly { message: string }[] }): string[] {
  return error.issues.map(({ message }) => message)
}
