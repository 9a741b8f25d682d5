// Shrinks the Node entry's pages to about a fifth; Cloudflare does it for Workers. Not the answers to forms: a secret that
// is shown once never shares its compressed bytes with what was sent (https://breachattack.com).
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'

export function pageCompression(): MiddlewareHandler {
  const compressing = compress()
  return (c, next) => (c.req.method === 'GET' ? compressing(c, next) : next())
}
