// Where a request comes from: the address of its client. Used for the rate limit and the country, then dropped.
// This is the port and Cloudflare's side of it; client_address_node.ts has the other.
import type { Context } from 'hono'

export type ClientAddress = (context: Context) => string | undefined

/** Cloudflare sets this header itself and lets no client do so. https://developers.cloudflare.com/fundamentals/reference/http-headers/ */
export const edgeAddress: ClientAddress = (context) => context.req.header('cf-connecting-ip')
