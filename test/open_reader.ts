// A stand-in for who asks the API: everybody, of every site, as an insider; or as whoever a test says.
import type { Sites } from '../collector/sites.ts'
import type { Reader } from '../dashboard/api/reader.ts'

export function createOpenReader(
  { sites }: { sites: Pick<Sites, 'fresh' | 'byDomain'> },
  { insider = true }: { insider?: boolean } = {},
): Reader {
  return async (_, domain) => {
    await sites.fresh()
    const site = sites.byDomain(domain)
    return site ? { site, insider } : { refused: 404, because: `${domain} is no site of this Sundial.` }
  }
}
