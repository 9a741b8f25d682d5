// The pages of an organization: their frame, and the one about itself, with its name and the way out of it. Rendered by
// organization.tsx and audit.tsx.
import type { Child, FC } from 'hono/jsx'
import { may, type Permission } from '../access.ts'
import type { OrganizationWords } from '../languages/en/organization.ts'
import { useWords } from '../languages/use_words.ts'
import type { Membership, Organization } from '../people/organizations.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Saved } from './site_settings.tsx'

const PAGES = [
  { page: '/people', name: 'people', permission: 'people' },
  { page: '/tokens', name: 'tokens', permission: 'tokens' },
  { page: '/audit', name: 'audit', permission: 'audit' },
  { page: '', name: 'organization', permission: 'read' },
  { page: '/end', name: 'end', permission: 'organization' },
] as const satisfies readonly { page: string; name: keyof OrganizationWords['pages']; permission: Permission }[]
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
  const { list, pages } = useWords().organization
  const titles = PAGES.filter((one) => one.page === page).map(({ name }) => pages[name])
  return (
    <Layout frame={frame} title={[...titles, organization.name, 'Sundial'].join(' · ')}>
      <div class="beside">
        <nav aria-label={list}>
          <h1 class="whose">{organization.name}</h1>
          <ul>
            {PAGES.filter(({ permission }) => may(role, permission)).map((one) => (
              <li>
                <a
                  href={organizationPath(frame, organization, one.page)}
                  aria-current={one.page === page ? 'page' : undefined}
                >
                  {pages[one.name]}
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
  const { roles, ...words } = useWords()
  const { name, you, another } = words.organization
  return (
    <OrganizationFrame frame={frame} membership={membership} page="">
      <Refusals refused={refused} />
      {may(role, 'organization') && (
        <section class="panel setting">
          <header>
            <h2>{name.title}</h2>
            {saved && <Saved />}
          </header>
          <form method="post" action={organizationPath(frame, organization, '/name')} class="form">
            <Field name="name" label={name.label} value={organization.name} maxlength={100} />
            <button class="button" type="submit">
              {name.rename}
            </button>
          </form>
        </section>
      )}
      <section class="panel setting">
        <header>
          <h2>{you.title}</h2>
        </header>
        <p>
          {you.role(
            (text) => (
              <b>{text}</b>
            ),
            roles.names[role],
            roles.meanings[role],
          )}
        </p>
        <p class="hint">{role === 'owner' ? you.handOver : you.onlyInvited}</p>
        <details class="quietly">
          <summary>{you.leaving}</summary>
          <form method="post" action={organizationPath(frame, organization, '/leave')}>
            <p>{you.left}</p>
            <button class="button danger" type="submit">
              {you.leave(organization.name)}
            </button>
          </form>
        </details>
      </section>
      {role === 'owner' && (
        <section class="panel setting">
          <header>
            <h2>{another.title}</h2>
          </header>
          <p class="hint">{another.meaning}</p>
          <form method="post" action={`${frame.basePath}/organizations`} class="form">
            <Field name="name" label={another.name} maxlength={100} autocomplete="off" />
            <button class="button" type="submit">
              {another.make}
            </button>
          </form>
        </section>
      )}
    </OrganizationFrame>
  )
}
