// The API's description as an OpenAPI document, made of the routes' own schemas. Called by api.ts.
// https://spec.openapis.org/oas/v3.1.0
import type { OpenAPIHono } from '@hono/zod-openapi'

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const ABOUT = `Numbers of a site as JSON, in the shape of Plausible's Stats API v1. What is counted is visits, page views and events, never visitors: nothing is kept that tells one from another.

Numbers without property and filter are exact by the day, and visits by the hour. All others are whole multiples of five, or of what the site has chosen. Nothing is written to a site by these requests, and each answer is about now: do not cache it.`

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  description:
    'A token that may read the site. Asked on the machine it runs on, Sundial needs none; where the dashboard is guarded by a token, that one opens the API too.',
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
