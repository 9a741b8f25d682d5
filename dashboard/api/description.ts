// The API's description as an OpenAPI document, made of the routes' own schemas. Called by api.ts.
// https://spec.openapis.org/oas/v3.1.0
import type { OpenAPIHono } from '@hono/zod-openapi'

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const ABOUT = `Numbers of a site as JSON, in the shape of Plausible's Stats API v1, and sites and their settings, close to its Sites API. What is counted is visits, page views and events, never visitors: nothing is kept that tells one from another.

Numbers without property and filter are exact by the day, and visits by the hour. All others are whole multiples of five, or of what the site has chosen. Each answer is about now: do not cache it.`

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  description:
    'An API token, which owners and managers of an organization make on its page “API tokens”. It reads, or also manages, the sites that it is for; a site of others is answered like one that nobody has. Numbers of a public site need no token, nor does who is signed in by the same browser; sites are managed by tokens only. A token may ask 600 times a minute.',
} as const

export function describeApi(app: OpenAPIHono, { basePath = '' }: { basePath?: string | undefined }): ApiDocument {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearerAuth', BEARER)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Sundial API', version: '1', description: ABOUT },
    // Relative to the host that serves the document.
    servers: [{ url: basePath === '' ? '/' : basePath }],
    tags: [
      { name: 'Stats', description: 'Numbers of one site.' },
      { name: 'Sites', description: 'The sites of an organization and their settings.' },
    ],
  })
}
