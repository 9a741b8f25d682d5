// Serves the tracker's builds on one machine, from memory: the plain address for an hour, the immutable one for a year.
// On Workers the same files are static assets with the same headers (script/build.ts writes _headers).

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Hono } from 'hono'
import { cacheControlOf, SCRIPT_HEADERS } from '../script/headers.ts'

/** The built static files, seen from this file and from the bundle in dist/ alike. */
export const PUBLIC = path.join(import.meta.dirname, '../dist/public')

/** The script of the transparency page's preview; on Workers a static asset at the same address. */
export const PREVIEW_SCRIPT = path.join(PUBLIC, 'transparency/-/preview.js')

/** The script of the dashboard's pages; on Workers a static asset that the dashboard Worker answers with. */
export const DASHBOARD_SCRIPT = path.join(PUBLIC, 'dashboard/-/dashboard.js')

/** Serves every file of `directory` at /js/<name>. Throws when the directory is missing: the build has not run. */
export function createScripts({ directory }: { directory: string }): Hono {
  const app = new Hono()
  const names = readdirSync(directory).filter((name) => name.endsWith('.js'))
  for (const name of names) {
    const body = readFileSync(path.join(directory, name), 'utf8')
    app.get(`/js/${name}`, (c) =>
      c.body(body, 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': cacheControlOf(`/js/${name}`),
        ...SCRIPT_HEADERS,
      }),
    )
  }
  return app
}
