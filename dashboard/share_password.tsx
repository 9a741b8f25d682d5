// The password of a share link: a page that asks for it, and the pass that the right one leaves in the browser. The door leads
// here from every page and file of a link that waits for it. Mounted by dashboard.ts.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { ClientAddress } from '../collector/client_address.ts'
import type { Door, LinkGuest } from './door.tsx'
import { SharePasswordPage } from './pages/share_password.tsx'
import { given } from './people/account_form.ts'
import type { Attempts } from './people/attempts.ts'
import type { ShareLinks } from './people/share_links.ts'
import { leavePass } from './share_pass.ts'
import { tooMany, tooOpen } from './sign_in.tsx'

export interface SharePasswordDeps {
  door: Door
  shareLinks: Pick<ShareLinks, 'unlock'>
  attempts: Attempts
  /** Asked, never kept. */
  clientAddress: ClientAddress
  basePath: string
  /** Whether the request came over TLS. */
  isSecure: (c: Context) => boolean
  /** Whether a password may be sent so: over TLS, or on the machine itself. */
  isPrivate: (c: Context) => boolean
}

export function createSharePassword(deps: SharePasswordDeps): Hono {
  const { door, shareLinks, attempts, basePath, isSecure } = deps
  const app = new Hono()

  door.on(app, 'GET /share/:token/password', (c, guest) => {
    const next = nextOf(c, guest, c.req.query('next'))
    return guest.link.locked ? ask(c, guest, next, tooOpen(c, deps)) : c.redirect(next, 303)
  })

  door.on(app, 'POST /share/:token/password', async (c, guest) => {
    const { link, below } = guest
    const { password, next: wanted } = passwordForm.parse(await c.req.parseBody())
    const next = nextOf(c, guest, wanted)
    if (!link.withPassword) return c.redirect(next, 303)
    const open = tooOpen(c, deps)
    if (open.length > 0) return ask(c, guest, next, open, 422)
    if (!attempts.allowsFrom(deps.clientAddress(c))) return tooMany(c, guest, door)
    const secret = c.req.param('token') ?? ''
    const unlocked = await attempts.look(`share link ${link.id}`, () => shareLinks.unlock(secret, password))
    if ('busy' in unlocked) return tooMany(c, guest, door)
    if ('refused' in unlocked) return ask(c, guest, next, [door.words(c).sharing.password.wrong], 422)
    leavePass(c, unlocked.pass, { path: `${basePath}${below}`, secure: isSecure(c) })
    return c.redirect(next, 303)
  })

  function ask(
    c: Context,
    { frame, below }: LinkGuest,
    next: string,
    refused: readonly string[],
    status: 200 | 422 = 200,
  ) {
    const action = `${basePath}${below}/password`
    return door.page(c, <SharePasswordPage {...{ frame, action, next, refused }} />, status)
  }

  /** A page of this link, or its first: what is written into an address must lead nowhere else. */
  function nextOf(c: Context, { below }: LinkGuest, wanted: string | undefined): string {
    const home = `${basePath}${below}`
    const { origin } = new URL(c.req.url)
    const asked = URL.parse(wanted ?? '', origin)
    if (!asked || asked.origin !== origin || !isWithin(home, asked.pathname)) return home
    return `${asked.pathname}${asked.search}`
  }

  return app
}

function isWithin(home: string, path: string): boolean {
  return (path === home || path.startsWith(`${home}/`)) && path !== `${home}/password`
}

const passwordForm = z.object({ password: given, next: given })
