// Who posts an event, as far as the runtime knows: read by the steps of event.ts, then dropped. This is the port and
// Cloudflare's side of it; sender_node.ts has the other.
import type { Context } from 'hono'
import { edgeAddress } from './client_address.ts'
import { edgeCountry } from './country.ts'

/** Functions of their own, which may be handed on. */
export interface Sender {
  /** A header of the request, by its name in lower case. */
  header(name: string): string | undefined
  address(): string | undefined
  /** ISO 3166 alpha-2, UN M49 for a region of small territories, or '(unknown)'. */
  country(address: string | undefined): string
}

export function edgeSender(context: Context): Sender {
  return {
    header: (name) => context.req.header(name),
    address: () => edgeAddress(context),
    country: () => edgeCountry(context.req.raw),
  }
}
