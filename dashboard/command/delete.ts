// `sundial delete`, or `sundial site remove`: a site goes with all that was ever counted of it.
import { sayRefusals } from '../../collector/site_refusals.ts'
import type { Definition } from './command.ts'
import { auditOf, type OperatorDeps } from './operator.ts'
import { CONFIRM, carryOut, isConfirmed } from './receipt.ts'

interface DeleteCommands {
  deleteSite: Definition
  /** The name beside those of the other things that can be done to sites. */
  siteRemove: Definition
}

export function createDelete(deps: OperatorDeps): DeleteCommands {
  const deleteSite: Definition = {
    name: 'delete',
    summary: 'Deletes a site: its settings, and all that was ever counted of it.',
    words: ['domain'],
    options: CONFIRM,
    notes: [
      'Its events count no more. Nothing of it can be read from then on; it is off the disk when ClickHouse has cleaned up,',
      'within a quarter of an hour. The receipt stays in the ledger. Added again, the domain becomes a new site that starts',
      'at zero. Backups that were made before hold it until they expire: restoring one deletes it again.',
    ],
    d1: true,
    async run(given, stores, terminal) {
      const domain = given.word('domain')
      if (!(await isConfirmed(domain, given, terminal))) return 1
      const also = await auditOf(domain, () => ({ act: 'site deleted' }), { stores, ...deps })
      const answer = await stores.sites.remove(domain, also)
      if ('refused' in answer) {
        for (const reason of sayRefusals(answer.refused)) terminal.err(reason)
        return 1
      }
      return (await carryOut(answer.id, stores, terminal)) ? 0 : 1
    },
  }

  return { deleteSite, siteRemove: { ...deleteSite, name: 'site remove' } }
}
