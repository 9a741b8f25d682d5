// A door through which everybody comes as a member for every site: for the tests of what lies behind it.
import type { Sites } from '../collector/sites.ts'
import type { Role } from '../dashboard/access.ts'
import type { ReadClientScript } from '../dashboard/client_script.ts'
import { createDoor, type Door } from '../dashboard/door.tsx'

interface OpenDoorDeps {
  sites: Pick<Sites, 'fresh' | 'all' | 'byDomain'>
  /** Of everybody; the owner if missing. */
  role?: Role
  basePath?: string | undefined
  clientScript?: ReadClientScript | undefined
  report?: (problem: string, error: unknown) => void
}

export function createOpenDoor(deps: OpenDoorDeps): Door {
  const { sites, role = 'owner', clientScript, basePath = '', report = () => {} } = deps
  const account = { id: 'ann', name: 'Ann', email: 'ann@example.com', secondFactor: false, language: undefined }
  const organizations = () => [...new Set(sites.all().map(({ organization }) => organization))]
  return createDoor({
    sites,
    clientScript,
    basePath,
    report,
    auth: { session: async () => ({ account, cookies: [] }) },
    organizations: {
      hasOwner: async () => true,
      memberships: async () =>
        organizations().map((id) => ({
          organization: { id, name: 'Example', auditDays: 365 },
          role,
          sites: undefined,
        })),
    },
    shareLinks: { find: async () => undefined },
    isSecure: () => false,
    mayTry: () => false,
  })
}
