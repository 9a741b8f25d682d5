// Whether somebody on this machine asks directly: what only the operator may read (metrics) is shown to nobody else.
import type { Context } from 'hono'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/** What proxies add, trusted or not: https://www.rfc-editor.org/rfc/rfc7239, and what was there before it. */
const ADDED_BY_PROXIES = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** By a loopback name and not through a proxy, which may ask by a loopback name on behalf of anybody. */
export function isThisMachine({ req }: Context): boolean {
  return LOOPBACK.test(req.header('host') ?? '') && ADDED_BY_PROXIES.every((name) => req.header(name) === undefined)
}
