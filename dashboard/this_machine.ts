// Whether somebody on this machine asks directly: what only the operator may read (metrics) is shown to nobody else.
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

const NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i
const ADDRESS = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i

/** What proxies add, trusted or not: https://www.rfc-editor.org/rfc/rfc7239, and what was there before it. */
const ADDED_BY_PROXIES = [
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'],
  'cf-connecting-ip',
]

/** By a loopback name, over loopback, and not through a proxy, which may ask by a loopback name on behalf of anybody. */
export function isThisMachine(c: Context<{ Bindings: Partial<HttpBindings> }>): boolean {
  const { req } = c
  return (
    NAME.test(req.header('host') ?? '') &&
    isFromHere(c) &&
    ADDED_BY_PROXIES.every((name) => req.header(name) === undefined)
  )
}

/** Anybody can write a loopback name into a request. Workers have no socket, and are reached by no such name. */
function isFromHere({ env }: Context<{ Bindings: Partial<HttpBindings> }>): boolean {
  return env?.incoming === undefined || ADDRESS.test(env.incoming.socket.remoteAddress ?? '')
}
