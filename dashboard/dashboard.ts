// All pages that ask who comes, behind one door. Mounted by both entries behind page_headers.ts.
import { type Context, Hono } from 'hono'
import type { ClientAddress } from '../collector/client_address.ts'
import type { Sites } from '../collector/sites.ts'
import { createAccount } from './account.tsx'
import { createBearer } from './api/bearer.ts'
import { createReader } from './api/reader.ts'
import { createSitesApi } from './api/sites_api.ts'
import { createApi } from './api.ts'
import { createDashboard, type DashboardDeps } from './app.tsx'
import { createAuditPages } from './audit.tsx'
import { createBadge } from './badge.ts'
import { createDoor } from './door.tsx'
import { createEndOfService } from './end_of_service.tsx'
import { createInvitation } from './invitation.tsx'
import type { Mailer } from './mailer.ts'
import { createNotesPages } from './notes.tsx'
import { createOrganizationPages } from './organization.tsx'
import type { Outbound } from './outbound.ts'
import type { HowToOwn } from './pages/sign_in.tsx'
import type { Attempts } from './people/attempts.ts'
import type { People } from './people/people.ts'
import { createReset } from './reset.tsx'
import { createSharePassword } from './share_password.tsx'
import { createSignIn } from './sign_in.tsx'
import { createSiteEnds, type SiteEndsDeps } from './site_ends.tsx'
import { createSiteHealth } from './site_health.tsx'
import { createSitePages } from './sites.tsx'
import { createSubscriptionPages } from './subscriptions.tsx'
import { createTokens } from './tokens.tsx'

export interface PagesDeps
  extends Omit<DashboardDeps, 'door' | 'basePath'>,
    Pick<SiteEndsDeps, 'ledger' | 'tables' | 'fulfil'> {
  sites: Sites
  /** Told about what could not be answered. */
  report: (problem: string, error: unknown) => void
  people: People
  /** Undefined where no mail is set up: then links are passed on by whoever makes them. */
  mailer: Mailer | undefined
  /** For what people have typed: webhooks, and the pages of sites. */
  outbound: Outbound
  attempts: Attempts
  /** Asked to slow guessing down, never kept. */
  clientAddress: ClientAddress
  /** Where links in mails lead, without basePath; undefined where only a Host header says it, which anybody may write. */
  ownOrigin: (c: Context) => string | undefined
  /** Does what nobody waits for once the answer is on its way. */
  afterAnswer: (c: Context, work: () => Promise<void>) => void
  basePath: string
  /** Whether the request came over TLS. */
  isSecure: (c: Context) => boolean
  /** Whether a password may be sent so: over TLS, or on the machine itself. */
  isPrivate: (c: Context) => boolean
  /** Whether who asks may read the first site while nobody owns this Sundial. */
  mayTry: (c: Context) => boolean
  /** How the owner's set-up link is had. */
  howToOwn: HowToOwn
}

export function createPages({ people, isSecure, isPrivate, mayTry, howToOwn, ...deps }: PagesDeps): Hono {
  const { sites, basePath, report } = deps
  const { clientScript } = deps
  const door = createDoor({ ...people, clientScript, sites, basePath, isSecure, mayTry, report })
  /** For whoever has come here, to come again. */
  const originOf = (c: Context) => deps.ownOrigin(c) ?? `${isSecure(c) ? 'https' : 'http'}://${new URL(c.req.url).host}`
  const app = new Hono()
  app.onError((error, c) => door.failure(c, error))
  const bearer = createBearer({ ...people, now: deps.now })
  const modules = [createSitesApi({ ...deps, ...people, bearer, originOf })]
  app.route('/', createApi({ ...deps, reader: createReader({ door, bearer, sites }), modules, originOf }))
  app.route('/', createSignIn({ ...people, ...deps, door, isPrivate, howToOwn }))
  app.route('/', createReset({ ...people, ...deps, door, isPrivate }))
  app.route('/', createAccount({ ...people, ...deps, door }))
  app.route('/', createTokens({ ...people, sites, door, basePath, originOf }))
  app.route('/', createSitePages({ ...people, sites, door, basePath, originOf }))
  app.route('/', createNotesPages({ ...deps, ...people, door }))
  app.route('/', createSiteEnds({ ...deps, ...people, door }))
  app.route('/', createInvitation({ ...people, sites, door, basePath, isPrivate }))
  app.route('/', createEndOfService({ ...deps, ...people, door, originOf }))
  app.route('/', createAuditPages({ ...people, ...deps, door }))
  app.route('/', createOrganizationPages({ ...people, ...deps, door, originOf }))
  app.route('/', createSubscriptionPages({ ...deps, ...people, door, originOf }))
  app.route('/', createSiteHealth({ ...deps, door }))
  app.route('/', createBadge({ ...deps, door }))
  app.route('/', createSharePassword({ ...deps, ...people, door, isSecure, isPrivate }))
  // Last: it answers whatever is left.
  app.route('/', createDashboard({ ...deps, door, notes: people.notes }))
  return app
}
