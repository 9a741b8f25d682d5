// What the audit log of an organization says when the command line changes one of its sites, as the pages and the API have
// it said. Asked by the commands that change sites, which write it in one batch with the change.
import type { Statement } from '../../collector/ledger.ts'
import type { Site } from '../../collector/sites.ts'
import { type AuditEntry, createAudit } from '../people/audit.ts'
import type { Stores } from './command.ts'

export interface OperatorDeps {
  /** Milliseconds since the epoch. */
  now: () => number
}

type Said = Pick<AuditEntry, 'act' | 'site' | 'details'>

/** For the `also` of the change; nothing where the site is nobody's, or not there. */
export async function auditOf(
  domain: string,
  say: (site: Site) => Said,
  { stores, now }: OperatorDeps & { stores: Stores },
): Promise<Statement[]> {
  // Not from the cache: whose it is may have changed a moment ago, and the entry says what was there before.
  await stores.sites.reload()
  const site = stores.sites.byDomain(domain)
  if (!site || site.organization === '') return []
  if (!stores.settings) throw new Error('There is no settings store here.')
  const audit = createAudit({ db: stores.settings, now })
  return [audit.entry({ organization: site.organization, actor: 'operator', site: domain, ...say(site) })]
}
