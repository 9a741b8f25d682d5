// The headers of the served scripts: build.ts writes them for Workers' static assets, the Node server sends them itself.

/** Scripts are embedded by other sites: integrity needs CORS, and a page may ask for cross-origin isolation. */
export const SCRIPT_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
} as const

/** An address with a hash names bytes that never change. */
export function cacheControlOf(path: string): string {
  return /\.[0-9a-f]{12}\.js$/.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
}
