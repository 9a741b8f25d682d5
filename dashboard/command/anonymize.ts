// `sundial anonymize`: generalizes all that was counted of a site, now.
import { sayRefusals } from '../../collector/site_refusals.ts'
import type { Definition } from './command.ts'
import { auditOf, type OperatorDeps } from './operator.ts'
import { CONFIRM, carryOut, isConfirmed } from './receipt.ts'

export function createAnonymize(deps: OperatorDeps): Definition {
  return {
    name: 'anonymize',
    summary: 'Generalizes all that was counted of a site, now: hours become days, days of attributes become months.',
    words: ['domain'],
    options: CONFIRM,
    notes: [
      'What has not reached k, and what waits to leave, is forgotten, and the key it was hashed with is destroyed. Every total',
      'stays as it is. The day on which it is done is generalized as well. The receipt stays in the ledger.',
    ],
    d1: true,
    async run(given, stores, terminal) {
      const domain = given.word('domain')
      await stores.sites.fresh()
      if (stores.sites.byDomain(domain) && !(await isConfirmed(domain, given, terminal))) return 1
      const also = await auditOf(domain, () => ({ act: 'site anonymized' }), { stores, ...deps })
      const answer = await stores.sites.anonymize(domain, also)
      if ('refused' in answer) {
        for (const reason of sayRefusals(answer.refused)) terminal.err(reason)
        return 1
      }
      return (await carryOut(answer.site.id, stores, terminal)) ? 0 : 1
    },
  }
}
