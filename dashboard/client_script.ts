// The script of the dashboard's pages as it was built, with its version for the address. Read once, by the door for its
// pages and by the app that serves it.
import { createHash } from 'node:crypto'

export interface ClientScript {
  body: string
  /** Changes whenever the script does. */
  version: string
}

/** Undefined while it cannot be had: pages work without it, and the next one asks again. */
export type ReadClientScript = () => Promise<ClientScript | undefined>

export function createClientScript({ read }: { read: () => Promise<string | undefined> }): ReadClientScript {
  let known: ClientScript | undefined
  return async () => {
    if (known) return known
    const body = await read()
    if (body === undefined) return undefined
    known = { body, version: createHash('sha256').update(body).digest('hex').slice(0, 10) }
    return known
  }
}
