// A forgotten password: asking for a link by mail, and the link that sets a new one. Mounted by dashboard.ts. Whoever asks
// is answered before anything is looked up, so neither words nor time tell who has an account.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { ClientAddress } from '../collector/client_address.ts'
import type { Door, Guest } from './door.tsx'
import type { Mailer } from './mailer.ts'
import { AskResetPage, NewPasswordPage } from './pages/reset.tsx'
import { emailAddress, newPassword, sentencesOf } from './people/account_form.ts'
import type { Accounts } from './people/accounts.ts'
import type { Attempts } from './people/attempts.ts'
import type { Auth } from './people/auth.ts'
import { resetLetter } from './people/letters.ts'
import type { Links } from './people/links.ts'
import { tooMany, tooOpen } from './sign_in.tsx'
import { WORDS, type Words } from './words.ts'

export interface ResetDeps {
  door: Door
  auth: Pick<Auth, 'setPassword'>
  accounts: Accounts
  attempts: Attempts
  links: Links
  basePath: string
  /** Whether passwords may be sent: over TLS, or on the machine itself. */
  isPrivate: (c: Context) => boolean
  /** Asked, never kept. */
  clientAddress: ClientAddress
  mailer: Mailer | undefined
  /** Where links in mails lead, without basePath; undefined where only a Host header says it, which anybody may write. */
  ownOrigin: (c: Context) => string | undefined
  /** Does what nobody waits for once the answer is on its way. */
  afterAnswer: (c: Context, work: () => Promise<void>) => void
  report: (problem: string, error: unknown) => void
}

interface Post {
  mailer: Mailer
  /** What stands before the secret. */
  place: string
}

export function createReset(deps: ResetDeps): Hono {
  const { door, auth, accounts, attempts, links, basePath, mailer } = deps
  const app = new Hono()

  door.on(app, 'GET /reset', (c, { frame }) => {
    const sent = c.req.query('sent') !== undefined
    return door.page(c, <AskResetPage frame={frame} mails={post(c) !== undefined} sent={sent} refused={[]} />)
  })

  door.on(app, 'POST /reset', async (c, { frame }) => {
    const by = post(c)
    if (!by) return c.redirect(`${basePath}/reset`, 303)
    if (!attempts.allowsFrom(deps.clientAddress(c))) return tooMany(c, { frame }, door)
    const read = askForm.safeParse(await c.req.parseBody())
    if (!read.success) {
      const refused = sentencesOf(read.error, door.words(c))
      return door.page(c, <AskResetPage frame={frame} mails={true} sent={false} refused={refused} />, 422)
    }
    const words = door.words(c)
    deps.afterAnswer(c, () =>
      mailReset(by, read.data.email, words).catch((error) =>
        deps.report('A mail with a link for a new password was not sent', error),
      ),
    )
    return c.redirect(`${basePath}/reset?sent`, 303)
  })

  door.on(app, 'GET /reset/:token', async (c, { frame }) => {
    const token = c.req.param('token') ?? ''
    if (!(await links.find(token, 'reset'))) return gone(c, { frame })
    const refused = tooOpen(c, deps)
    return door.page(c, <NewPasswordPage frame={frame} token={token} refused={refused} />)
  })

  door.on(app, 'POST /reset/:token', async (c, { frame }) => {
    const token = c.req.param('token') ?? ''
    const link = await links.find(token, 'reset')
    if (!link) return gone(c, { frame })
    const read = newForm.safeParse(await c.req.parseBody())
    const refused = [...tooOpen(c, deps), ...(read.success ? [] : sentencesOf(read.error, door.words(c)))]
    if (!read.success || refused.length > 0) {
      return door.page(c, <NewPasswordPage frame={frame} token={token} refused={refused} />, 422)
    }
    if (!(await links.take(link))) return gone(c, { frame })
    const { user } = link.subject
    await auth.setPassword(user, read.data.password)
    await accounts.forgetResets(user)
    return c.redirect(`${basePath}/sign-in?news=password`, 303)
  })

  function post(c: Context): Post | undefined {
    const origin = deps.ownOrigin(c)
    return mailer && origin !== undefined ? { mailer, place: `${origin}${basePath}/reset/` } : undefined
  }

  async function mailReset({ mailer, place }: Post, email: string, words: Words): Promise<void> {
    const account = await accounts.byEmail(email)
    const secret = account && (await accounts.askReset(account.id))
    const link = secret && (await links.find(secret, 'reset'))
    if (!account || !link) return
    const spoken = account.language ? WORDS[account.language] : words
    const letter = await resetLetter({ link: `${place}${secret}`, expiresAt: link.expiresAt }, spoken)
    await mailer.send({ to: account.email, ...letter })
  }

  function gone(c: Context, guest: Pick<Guest, 'frame'>) {
    const { title, sentence, next } = door.words(c).signIn.reset.gone
    return door.problem(c, guest, {
      status: 410,
      title,
      sentence,
      next: { title: next, href: `${basePath}/reset` },
    })
  }

  return app
}

const askForm = z.object({ email: emailAddress })
const newForm = z.object({ password: newPassword })
