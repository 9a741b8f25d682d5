// The headers of whatever a person may open: nothing that an answer does not set itself is allowed to it, by default.
// Both entries use it before their pages; the collector and the scripts, which other sites embed, stand outside.
import type { Context, MiddlewareHandler } from 'hono'

const DEFAULTS = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/** Of pages that stand open to everybody: styles from here, icons within the page, no form and no script at all. */
export const OPEN_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** A year, for this host alone: what else its domain serves is not ours to promise. */
const STRICT_TRANSPORT = 'max-age=31536000'

interface PageHeadersDeps {
  /** Whether the browser asked over TLS. */
  isSecure: (context: Context) => boolean
}

export function pageHeaders({ isSecure }: PageHeadersDeps): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(DEFAULTS)) if (!c.res.headers.has(name)) c.header(name, value)
    if (isSecure(c)) c.header('Strict-Transport-Security', STRICT_TRANSPORT)
  }
}
