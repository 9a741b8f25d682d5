// Lets in only who presents the configured token: the dashboard Worker's guard until there are accounts. Browsers ask
// for it by HTTP Basic (any user name, the token as password), programs send it as a Bearer token.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'

/** Without a configured token nobody is let in: 503. */
export function requireToken({ token }: { token: string | undefined }): MiddlewareHandler {
  return async (c, next) => {
    if (!token) return c.text('This dashboard has no DASHBOARD_TOKEN yet. Set one to open it.', 503)
    const presented = presentedToken(c.req.header('Authorization') ?? '')
    if (presented !== undefined && same(presented, token)) return next()
    return c.text('Present the DASHBOARD_TOKEN: as password with any user name, or as a Bearer token.', 401, {
      'WWW-Authenticate': 'Basic realm="Sundial", charset="UTF-8"',
    })
  }
}

function presentedToken(authorization: string): string | undefined {
  const [scheme = '', credentials = ''] = authorization.split(' ', 2)
  if (/^bearer$/i.test(scheme)) return credentials
  if (!/^basic$/i.test(scheme)) return undefined
  const pair = Buffer.from(credentials, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}

/** Digests have one length, so the comparison tells neither length nor how far a guess was right. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
