// Who belongs where, without passwords and sessions: as much of people.ts as the command line needs, which so waits for no
// better-auth and works over any settings store.
import type { SettingsStore } from '../../collector/sites.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { type Audit, createAudit } from './audit.ts'
import { createLinks, type Links } from './links.ts'
import { createOrganizations, type Organizations } from './organizations.ts'

export interface Roster {
  accounts: Accounts
  audit: Audit
  links: Links
  organizations: Organizations
}

interface RosterDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createRoster({ db, now, random }: RosterDeps): Roster {
  const audit = createAudit({ db, now })
  const links = createLinks({ db, now, random })
  return {
    accounts: createAccounts({ db, links, audit, now }),
    audit,
    links,
    organizations: createOrganizations({ db, audit, links, now, random }),
  }
}
