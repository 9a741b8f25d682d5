// Who asks the API about a site. api.ts looks up every site here, and only here.
import type { Context } from 'hono'
import type { Site, Sites } from '../../collector/sites.ts'

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

/** Whoever comes this far reads every site as an insider: a first try on loopback, and the dashboard Worker's guard. */
export function createOpenReader({ sites }: { sites: Pick<Sites, 'fresh' | 'byDomain'> }): Reader {
  return async (_, domain) => {
    await sites.fresh()
    const site = sites.byDomain(domain)
    return site ? { site, insider: true } : { refused: 404, because: `${domain} is no site of this Sundial.` }
  }
}
