// How the API says no, the same for every route: `{ error }` with all that is wrong. Used by api.ts and by each module
// of routes that it takes in.
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Of every answer: it is about one site, for one reader, now. */
export const HEADERS = { 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' }

export const REFUSAL = z
  .object({ error: z.string().openapi({ description: 'What is wrong and what to do: every problem at once.' }) })
  .openapi('Refusal')

/** For the `responses` of a route. */
export function refusal(description: string) {
  return { description, content: { 'application/json': { schema: REFUSAL } } }
}

/** What a route that reads a site may answer instead. */
export const SITE_REFUSALS = {
  400: refusal('Something in the request makes no sense.'),
  401: refusal('No token came, or one that is not valid.'),
  403: refusal('The token is valid, and does not allow this.'),
  404: refusal('There is no such site, or none that may be read with this token.'),
  429: refusal('The token has asked too often. Wait a minute.'),
  503: refusal('The answer could not be made. Try again in a minute.'),
}

export function refuse<S extends ContentfulStatusCode>(c: Context, status: S, problems: readonly string[]) {
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (status === 429) c.header('Retry-After', '60')
  return c.json({ error: problems.join(' ') }, status, HEADERS)
}

/** Programs ask there: what is refused is refused in JSON. */
export function isBelowApi(path: string, basePath: string): boolean {
  return path.startsWith(`${basePath}/api/`)
}
