// The list of the sites that a person may read, by organization, and the form that adds one. Rendered by sites.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { may } from '../access.ts'
import type { Person } from '../door.tsx'
import type { Membership, Organization } from '../people/organizations.ts'
import { SETTINGS } from '../site_words.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { ZoneField } from './site_settings_fields.tsx'

export const SitesPage: FC<{ frame: Frame; person: Person }> = ({ frame, person: { memberships } }) => (
  <Layout frame={frame} title="Sites · Sundial">
    <h1 class="over-sites">Sites</h1>
    {memberships.length === 0 && (
      <section class="empty">
        <h2>No site yet</h2>
        <p>You belong to no organization. Whoever manages one can invite you to it.</p>
      </section>
    )}
    {memberships.map((membership) => (
      <OfOrganization
        frame={frame}
        membership={membership}
        sites={frame.sites.filter(({ organization }) => organization === membership.organization.id)}
      />
    ))}
  </Layout>
)

interface OfOrganizationProps {
  frame: Frame
  membership: Membership
  sites: readonly Site[]
}

const OfOrganization: FC<OfOrganizationProps> = ({ frame, membership: { organization, role }, sites }) => {
  const changes = may(role, 'sites')
  const add = `${frame.basePath}/organizations/${encodeURIComponent(organization.id)}/sites/new`
  return (
    <section class="panel sites-of">
      <header>
        <h2>{organization.name}</h2>
        {changes && sites.length > 0 && (
          <a class="button" href={add}>
            Add a site
          </a>
        )}
      </header>
      {sites.length > 0 ? (
        <ul>
          {sites.map((site) => (
            <SiteLine frame={frame} site={site} changes={changes} />
          ))}
        </ul>
      ) : changes ? (
        <>
          <p class="none">
            No site yet. Add the first one, put its script tag into your pages, and visits are counted.
          </p>
          <p>
            <a class="button" href={add}>
              Add a site
            </a>
          </p>
        </>
      ) : (
        <p class="none">No site for you yet. Who manages {organization.name} can show you some.</p>
      )}
    </section>
  )
}

const SiteLine: FC<{ frame: Frame; site: Site; changes: boolean }> = ({ frame: { basePath }, site, changes }) => {
  const name = encodeURIComponent(site.domain)
  return (
    <li>
      <a class="site-name" href={`${basePath}/?${new URLSearchParams({ site: site.domain })}`}>
        {site.domain}
      </a>
      <small>{site.public ? 'Public' : 'Not public'}</small>
      <span class="ways">
        {changes && (
          <a href={`${basePath}/sites/${name}/settings`} aria-label={`Settings of ${site.domain}`}>
            Settings
          </a>
        )}
        <a href={`${basePath}/transparency/${name}`} aria-label={`Transparency page of ${site.domain}`}>
          Transparency
        </a>
      </span>
    </li>
  )
}

interface NewSitePageProps {
  frame: Frame
  organization: Organization
  given: { domain: string; timezone: string }
  refused: readonly string[]
}

export const NewSitePage: FC<NewSitePageProps> = ({ frame, organization, given, refused }) => (
  <FormPage
    frame={frame}
    title="Add a site"
    lead={`It belongs to ${organization.name}. Its visits count from now on, in fives; all else can be set later.`}
  >
    <form
      method="post"
      action={`${frame.basePath}/organizations/${encodeURIComponent(organization.id)}/sites/new`}
      class="form"
    >
      <Refusals refused={refused} />
      <Field
        name="domain"
        label="Domain"
        autocomplete="off"
        value={given.domain}
        maxlength={253}
        hint="Such as example.com. Its pages with and without www. count."
      />
      <ZoneField value={given.timezone} hint={SETTINGS.timezone.effect} />
      <button class="button" type="submit">
        Add the site
      </button>
    </form>
  </FormPage>
)
