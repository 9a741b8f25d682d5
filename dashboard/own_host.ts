// Refuses pages and numbers to whoever calls this machine by a foreign name: a site could point its own name at
// 127.0.0.1 and read the dashboard in its visitor's browser (DNS rebinding). Used by the Node entry; behind a trusted
// proxy the proxy decides who comes through.
import type { Context, MiddlewareHandler } from 'hono'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

export function requireOwnHost({ basePath }: { basePath: string }): MiddlewareHandler {
  return async (c, next) => {
    if (isOwnHost(c)) return next()
    const advice =
      'Open it as http://127.0.0.1 or http://localhost, or set TRUST_PROXY when a reverse proxy is in front.'
    const error = `This Sundial answers on this machine only. ${advice}`
    return isBelowApi(c.req.path, basePath) ? c.json({ error }, 421) : c.text(error, 421)
  }
}

/** Programs ask there: what is refused is refused in JSON. */
export function isBelowApi(path: string, basePath: string): boolean {
  return path.startsWith(`${basePath}/api/`)
}

/** Asked under this machine's own name, by nobody who comes through a proxy. */
export function isThisMachine(c: Context): boolean {
  return isOwnHost(c) && ['forwarded', 'x-forwarded-for', 'via'].every((name) => c.req.header(name) === undefined)
}

function isOwnHost(c: Context): boolean {
  return LOOPBACK.test(c.req.header('host') ?? '')
}
