// The demo site: a few real pages that carry the script tag, so that a newcomer can be a visitor and watch the counts.
// The Node server mounts it at /demo. The long tail of pages in the example traffic (pages.ts) is not served.
import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { FIRST_SITE } from '../first_site.ts'
import { DOCS_CLIENT, DOCS_SECTIONS, DocsPage } from './site_docs.tsx'
import { type SiteFrame, STUB } from './site_frame.tsx'
import {
  AboutPage,
  BLOG_POSTS,
  BlogPage,
  HomePage,
  MissingPage,
  PostPage,
  PricingPage,
  SIGNUP_CLIENT,
  SignupPage,
} from './site_pages.tsx'
import { SITE_STYLE } from './site_style.ts'

interface DemoSite {
  /** Where the server lives, '' at the root. The dashboard is there, and this site at /demo below it. */
  basePath?: string
  /** Address of the tracker. */
  scriptPath?: string
}

export function createDemoSite({ basePath = '', scriptPath = `${basePath}/js/sundial.js` }: DemoSite = {}): Hono {
  const root = `${basePath}/demo`
  const frame: SiteFrame = { root, dashboard: `${basePath}/?site=${FIRST_SITE}`, scriptPath }
  const app = new Hono()

  app.get('/', (c) => page(c, <HomePage frame={frame} />))
  app.get('/pricing', (c) => page(c, <PricingPage frame={frame} />))
  app.get('/signup', (c) => page(c, <SignupPage frame={frame} plan={c.req.query('plan')} />))
  app.get('/about', (c) => page(c, <AboutPage frame={frame} />))
  app.get('/blog', (c) => page(c, <BlogPage frame={frame} />))
  for (const post of BLOG_POSTS) app.get(`/blog/${post.name}`, (c) => page(c, <PostPage frame={frame} post={post} />))
  for (const section of DOCS_SECTIONS)
    app.get(section.path, (c) => page(c, <DocsPage frame={frame} section={section} />))

  app.get('/site.css', (c) => c.body(SITE_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/docs.js', (c) => c.body(DOCS_CLIENT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  // Not app.notFound: a mounted app’s is never asked.
  app.get('*', (c) => (c.req.path === `${root}/` ? c.redirect(root, 308) : page(c, <MissingPage frame={frame} />, 404)))
  return app
}

/** Its own scripts, the tracker's request, and nothing from elsewhere. A page tells the next one where its reader came from. */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `script-src 'self' ${hashOf(STUB)} ${hashOf(SIGNUP_CLIENT)}`,
    "style-src 'self'",
    'img-src data:',
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'strict-origin-when-cross-origin',
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}

/** Without a doctype browsers would fall back to the quirks of the nineties, which no customer's page has. */
function page(c: Context, content: Child, status: 200 | 404 = 200) {
  return c.html(`<!doctype html>${content}`, status, HEADERS)
}
