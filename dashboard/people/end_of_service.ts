// What ends by itself among people: links and sessions that are too old, entries of audit logs past their period, and organizations
// whose month of grace is over. Called once an hour by machine.ts and by the dashboard Worker's cron.
import type { Sites } from '../../collector/sites.ts'
import type { People } from './people.ts'

interface EndOfServiceDeps extends Pick<People, 'accounts' | 'links' | 'organizations' | 'audit'> {
  sites: Pick<Sites, 'remove'>
}

/** Orders the deletion of what is left of each organization; whoever carries out orders does it, with a receipt. */
export async function endWhatIsDue({ accounts, links, organizations, audit, sites }: EndOfServiceDeps): Promise<void> {
  await links.sweep()
  await accounts.sweep()
  for (const { id, domains } of await organizations.due()) {
    for (const domain of domains) await sites.remove(domain)
    await organizations.forget(id)
  }
  // Last: with an organization goes its log.
  await audit.sweep()
}
