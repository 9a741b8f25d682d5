// The site that every new machine starts with: this machine's own pages, /demo among them. Added by the first start,
// and by the command `demo`.
import { sayRefusals } from '../collector/site_refusals.ts'
import type { Site, Sites } from '../collector/sites.ts'

export const FIRST_SITE = 'localhost'

export async function addFirstSite(sites: Sites): Promise<Site> {
  const timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const hosts = [FIRST_SITE, '127.0.0.1', '[::1]']
  const answer = await sites.add({ domain: FIRST_SITE, hosts, timezone, properties: ['plan'] })
  if ('refused' in answer) throw new Error(`the first site was refused: ${sayRefusals(answer.refused).join('; ')}`)
  return answer.site
}
