// The people of one Sundial: accounts, one-time links, organizations and the audit log over the same settings store.
// Opened by both entries and, without accounts, by the command line.
import type { BetterAuthOptions } from 'better-auth'
import type { SettingsStore } from '../../collector/sites.ts'
import { createSubscriptions, type Subscriptions } from '../dispatch/subscriptions.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { type ApiTokens, createApiTokens } from './api_tokens.ts'
import { type Audit, createAudit } from './audit.ts'
import { type Auth, createAuth } from './auth.ts'
import { createLinks, type Links } from './links.ts'
import { createNotes, type Notes } from './notes.ts'
import { createOrganizations, type Organizations } from './organizations.ts'
import { createShareLinks, type ShareLinks } from './share_links.ts'

export interface People {
  auth: Auth
  accounts: Accounts
  links: Links
  organizations: Organizations
  shareLinks: ShareLinks
  apiTokens: ApiTokens
  notes: Notes
  audit: Audit
  subscriptions: Subscriptions
}

interface PeopleDeps {
  /** The settings store, twice: as the port of sites.ts, and as better-auth takes it. */
  db: SettingsStore
  database: NonNullable<BetterAuthOptions['database']>
  /** At least 32 characters. */
  secret: string
  basePath: string
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
  report: (problem: string) => void
}

export function createPeople({ db, now, random, ...accounts }: PeopleDeps): People {
  const audit = createAudit({ db, now })
  const links = createLinks({ db, now, random })
  const auth = createAuth({ ...accounts, db, now, random })
  return {
    auth,
    accounts: createAccounts({ db, links, audit, now }),
    links,
    organizations: createOrganizations({ db, audit, links, now, random }),
    shareLinks: createShareLinks({ db, passwords: auth, secret: accounts.secret, now, random }),
    notes: createNotes({ db, random }),
    apiTokens: createApiTokens({ db, audit, now, random }),
    audit,
    subscriptions: createSubscriptions({ db, secret: accounts.secret, now, random }),
  }
}
