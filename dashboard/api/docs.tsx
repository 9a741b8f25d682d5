// The API's documentation at /api/docs, made of the same document as /api/openapi.json. Mounted by api.ts.
import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { OPEN_POLICY } from '../page_headers.ts'
import { ApiDocsPage } from '../pages/api_docs.tsx'
import { STYLE } from '../style.ts'
import { TRANSPARENCY_STYLE } from '../transparency_style.ts'
import type { ApiDocument } from './description.ts'
import { DOCS_STYLE } from './docs_style.ts'

interface DocsDeps {
  describe: () => ApiDocument
  /** Where the API is, without basePath: 'https://stats.example.com'. As it was asked for if missing. */
  originOf?: ((c: Context) => string) | undefined
  basePath?: string | undefined
}

const ALL_STYLE = `${STYLE}${TRANSPARENCY_STYLE}${DOCS_STYLE}`
const VERSION = createHash('sha256').update(ALL_STYLE).digest('hex').slice(0, 10)

export function createDocs({ describe, originOf, basePath = '' }: DocsDeps): Hono {
  const app = new Hono()

  app.get('/api/docs', (c) => {
    const address = `${originOf?.(c) ?? new URL(c.req.url).origin}${basePath}`
    const page = <ApiDocsPage document={describe()} address={address} basePath={basePath} version={VERSION} />
    return c.html(`<!doctype html>${page}`, 200, { 'Content-Security-Policy': OPEN_POLICY })
  })
  app.get('/api/docs.css', (c) =>
    c.body(ALL_STYLE, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  )
  return app
}
