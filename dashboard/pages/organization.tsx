// The pages of an organization: their frame, and the one about itself, with its name and the way out of it. Rendered by
// organization.tsx and audit.tsx.
import type { Child, FC } from 'hono/jsx'
import { may, type Permission, ROLE_MEANINGS } from '../access.ts'
import type { Membership, Organization } from '../people/organizations.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Saved } from './site_settings.tsx'

const PAGES = [
  { page: '/people', title: 'People', permission: 'people' },
  { page: '/tokens', title: 'API tokens', permission: 'tokens' },
  { page: '/audit', title: 'Audit log', permission: 'audit' },
  { page: '', title: 'Organization', permission: 'read' },
  { page: '/end', title: 'Export and end', permission: 'organization' },
] as const satisfies readonly { page: string; title: string; permission: Permission }[]
export type OrganizationPageName = (typeof PAGES)[number]['page']

/** Where a page of an organization is. */
export function organizationPath(
  { basePath }: Pick<Frame, 'basePath'>,
  { id }: Pick<Organization, 'id'>,
  page: string,
): string {
  return `${basePath}/organizations/${encodeURIComponent(id)}${page}`
}

interface OrganizationFrameProps {
  frame: Frame
  membership: Membership
  page: OrganizationPageName
  children: Child
}

export const OrganizationFrame: FC<OrganizationFrameProps> = ({ frame, membership, page, children }) => {
  const { organization, role } = membership
  return (
    <Layout frame={frame} title={`${PAGES.find((one) => one.page === page)?.title} · ${organization.name} · Sundial`}>
      <div class="beside">
        <nav aria-label="Organization">
          <h1 class="whose">{organization.name}</h1>
          <ul>
            {PAGES.filter(({ permission }) => may(role, permission)).map((one) => (
              <li>
                <a
                  href={organizationPath(frame, organization, one.page)}
                  aria-current={one.page === page ? 'page' : undefined}
                >
                  {one.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div>{children}</div>
      </div>
    </Layout>
  )
}

interface OrganizationPageProps {
  frame: Frame
  membership: Membership
  /** Why a form was not taken. */
  refused?: readonly string[]
  saved?: boolean
}

export const OrganizationPage: FC<OrganizationPageProps> = ({ frame, membership, refused = [], saved = false }) => {
  const { organization, role } = membership
  return (
    <OrganizationFrame frame={frame} membership={membership} page="">
      <Refusals refused={refused} />
      {may(role, 'organization') && (
        <section class="panel setting">
          <header>
            <h2>Name</h2>
            {saved && <Saved />}
          </header>
          <form method="post" action={organizationPath(frame, organization, '/name')} class="form">
            <Field name="name" label="Name of the organization" value={organization.name} maxlength={100} />
            <button class="button" type="submit">
              Rename
            </button>
          </form>
        </section>
      )}
      <section class="panel setting">
        <header>
          <h2>You in it</h2>
        </header>
        <p>
          Your role is <b>{role}</b>. {ROLE_MEANINGS[role]}
        </p>
        <p class="hint">
          {role === 'owner'
            ? 'To hand it over, make somebody else an owner among its people, then change your own role or leave. It always keeps an owner.'
            : 'Only an invitation lets you in again.'}
        </p>
        <details class="quietly">
          <summary>Leave this organization</summary>
          <form method="post" action={organizationPath(frame, organization, '/leave')}>
            <p>You will see its sites no more. Your account stays.</p>
            <button class="button danger" type="submit">
              Leave {organization.name}
            </button>
          </form>
        </details>
      </section>
      {role === 'owner' && (
        <section class="panel setting">
          <header>
            <h2>Another organization</h2>
          </header>
          <p class="hint">For sites with other people. You own it; nobody here sees it.</p>
          <form method="post" action={`${frame.basePath}/organizations`} class="form">
            <Field name="name" label="Its name" maxlength={100} autocomplete="off" />
            <button class="button" type="submit">
              Make it
            </button>
          </form>
        </section>
      )}
    </OrganizationFrame>
  )
}
