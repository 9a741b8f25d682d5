// Who asks the API about a site. api.ts looks up every site here, and only here.
import type { Context } from 'hono'
import type { Site, Sites } from '../../collector/sites.ts'
import type { Door } from '../door.tsx'
import { type ApiToken, isFor } from '../people/api_tokens.ts'
import type { Bearer } from './bearer.ts'

/** An insider belongs to the site; outsiders read a public one up to bounds that hide single visits as they come. */
export interface SiteRead {
  site: Site
  insider: boolean
}

export interface NotRead {
  refused: 401 | 403 | 404 | 429
  /** A sentence for whoever asks. */
  because: string
}

export type Reader = (c: Context, domain: string) => Promise<SiteRead | NotRead>

interface ReaderDeps {
  door: Pick<Door, 'reader' | 'guest'>
  bearer: Bearer
  sites: Pick<Sites, 'fresh' | 'byDomain'>
}

/**
 * By a token, which is for its sites only; without one by the session of who is signed in, or because the site is public.
 * Without any, nothing is said of what there is. Only reading comes here: a cookie changes nothing by the API.
 */
export function createReader({ door, bearer, sites }: ReaderDeps): Reader {
  return async (c, domain) => {
    const token = await bearer(c)
    if (token === undefined) return byDoor(c, domain)
    if ('refused' in token) return token
    await sites.fresh()
    const site = siteOf(token, domain, sites)
    return site ? { site, insider: true } : { refused: 404, because: noSite(domain) }
  }

  async function byDoor(c: Context, domain: string): Promise<SiteRead | NotRead> {
    const reader = await door.reader(c, domain)
    if (reader) return { site: reader.site, insider: reader.insider }
    const { person } = await door.guest(c)
    return person
      ? { refused: 404, because: `${domain} is no site of yours.` }
      : { refused: 401, because: 'Numbers of this site need a token: Authorization: Bearer <token>.' }
  }
}

/** A site of others and one that nobody has are alike: none. */
export function siteOf(token: ApiToken, domain: string, sites: Pick<Sites, 'byDomain'>): Site | undefined {
  const site = sites.byDomain(domain)
  return site && isFor(token, site) ? site : undefined
}

export function noSite(domain: string): string {
  return `${domain} is no site of this token.`
}
