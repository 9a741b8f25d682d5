// Refuses pages and numbers to whoever calls this machine by a foreign name: a site could point its own name at
// 127.0.0.1 and read the dashboard in its visitor's browser (DNS rebinding). Used by the Node entry; behind a trusted
// proxy the proxy decides who comes through.
import type { MiddlewareHandler } from 'hono'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

export function requireOwnHost(): MiddlewareHandler {
  return async (c, next) => {
    if (LOOPBACK.test(c.req.header('host') ?? '')) return next()
    const advice =
      'Open it as http://127.0.0.1 or http://localhost, or set TRUST_PROXY when a reverse proxy is in front.'
    return c.text(`This Sundial answers on this machine only. ${advice}`, 421)
  }
}
