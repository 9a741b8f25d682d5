// Share links: whoever has the address reads one site as an outsider, until it is withdrawn. The address is shown once;
// here lies its hash. Made and withdrawn in the site's settings, looked up by the door.
import * as z from 'zod/mini'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'
import { hashOf, makeSecret } from './secret.ts'

export interface ShareLink {
  /** Identifies it in lists, opens nothing. */
  id: string
  name: string
  /** Pages of the site itself may show it in a frame. */
  framed: boolean
  /** UTC day. */
  createdOn: string
}

export interface ShareLinks {
  /** Id of the site that this secret opens. */
  siteOf(secret: string): Promise<number | undefined>
  /** Whether what this secret opens may stand in a frame on pages of its site. */
  isFramed(secret: string): Promise<boolean>
  /** Newest first. */
  ofSite(site: number): Promise<ShareLink[]>
  /** Makes one, together with `also`; its secret, or why there is none. */
  make(
    link: { site: number; name: string; framed?: boolean },
    also: readonly Statement[],
  ): Promise<{ id: string; secret: string } | { refused: readonly string[] }>
  /** From then on its address opens nothing. `also` is written with it. */
  withdraw(link: { site: number; id: string }, also: readonly Statement[]): Promise<void>
}

export const LONGEST_NAME = 100
const MOST_LINKS = 50

interface ShareLinksDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createShareLinks({ db, now, random }: ShareLinksDeps): ShareLinks {
  async function ofSite(site: number): Promise<ShareLink[]> {
    const rows = await db.all(OF_SITE, site)
    return rows.map((row) => readLink(row))
  }

  return {
    ofSite,
    async siteOf(secret) {
      const [row] = await db.all(SITE_OF, hashOf(secret))
      return row === undefined ? undefined : siteRow.parse(row).site
    },
    isFramed: async (secret) => (await db.all(FRAMED, hashOf(secret))).length > 0,
    async make({ site, name, framed = false }, also) {
      if ((await ofSite(site)).length >= MOST_LINKS) return { refused: [TOO_MANY] }
      const secret = makeSecret(random)
      const id = Buffer.from(random(9)).toString('base64url')
      const params = [id, site, name, hashOf(secret), secondOf(now()).slice(0, 10), Number(framed)]
      await db.batch([{ sql: INSERT, params }, ...also])
      return { id, secret }
    },
    withdraw: ({ site, id }, also) => db.batch([{ sql: DELETE, params: [id, site] }, ...also]),
  }
}

const TOO_MANY = `A site has at most ${MOST_LINKS} share links. Withdraw one first.`

const SITE_OF = '/* share_links.site_of */ SELECT site FROM share_links WHERE hash = ?'
const FRAMED = '/* share_links.framed */ SELECT 1 FROM share_links WHERE hash = ? AND framed = 1'
const OF_SITE =
  '/* share_links.of_site */ SELECT id, name, created_on, framed FROM share_links WHERE site = ? ORDER BY rowid DESC'
const INSERT =
  '/* share_links.make */ INSERT INTO share_links (id, site, name, hash, created_on, framed) VALUES (?, ?, ?, ?, ?, ?)'
const DELETE = '/* share_links.withdraw */ DELETE FROM share_links WHERE id = ? AND site = ?'

const siteRow = z.object({ site: z.number() })
const linkRow = z.object({ id: z.string(), name: z.string(), created_on: z.string(), framed: z.number() })

function readLink(row: unknown): ShareLink {
  const { created_on: createdOn, framed, ...link } = linkRow.parse(row)
  return { ...link, createdOn, framed: framed === 1 }
}
