// Who asks the API about a site. api.ts looks up every site here, and only here.
import type { Context } from 'hono'
import type { Site } from '../../collector/sites.ts'
import type { Door } from '../door.tsx'

/** An insider belongs to the site; outsiders read a public one up to bounds that hide single visits as they come. */
export interface SiteRead {
  site: Site
  insider: boolean
}

export interface NotRead {
  refused: 401 | 403 | 404
  /** A sentence for whoever asks. */
  because: string
}

export type Reader = (c: Context, domain: string) => Promise<SiteRead | NotRead>

/** By the session of who is signed in, or because the site is public. Without either, nothing is said of what there is. */
export function createReader({ door }: { door: Pick<Door, 'reader' | 'guest'> }): Reader {
  return async (c, domain) => {
    const reader = await door.reader(c, domain)
    if (reader) return { site: reader.site, insider: reader.insider }
    const { person } = await door.guest(c)
    return person
      ? { refused: 404, because: `${domain} is no site of yours.` }
      : { refused: 401, because: 'Numbers of this site need a token: Authorization: Bearer <token>.' }
  }
}
