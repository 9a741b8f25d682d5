// What a browser keeps after the right password of a share link: a cookie for that link alone, until the browser is closed.
// Written by share_password.tsx, read by the door. Only readers of statistics get one, never a site's visitors.
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** Asked over TLS it is Secure, and is called so: https://www.rfc-editor.org/rfc/rfc6265bis#section-4.1.3 */
const NAME = 'sundial.share'
const SECURE = { prefix: 'secure', secure: true } as const

export function readPass(c: Context, secure: boolean): string | undefined {
  return getCookie(c, NAME, secure ? SECURE.prefix : undefined)
}

/** `path` is the link's: for no other one is it sent. */
export function leavePass(c: Context, pass: string, { path, secure }: { path: string; secure: boolean }): void {
  setCookie(c, NAME, pass, { path, httpOnly: true, sameSite: 'Lax', ...(secure ? SECURE : {}) })
}
