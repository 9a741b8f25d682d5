// The list of the sites that a person may read, by organization, and the form that adds one. Rendered by sites.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { may } from '../access.ts'
import type { Person } from '../door.tsx'
import { useWords } from '../languages/use_words.ts'
import type { Membership, Organization } from '../people/organizations.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { ZoneField } from './site_settings_fields.tsx'

export const SitesPage: FC<{ frame: Frame; person: Person }> = ({ frame, person: { memberships } }) => {
  const { sites: words } = useWords()
  return (
    <Layout frame={frame} title={`${words.title} · Sundial`}>
      <h1 class="over-sites">{words.title}</h1>
      {memberships.length === 0 && (
        <section class="empty">
          <h2>{words.noneAtAll.title}</h2>
          <p>{words.noneAtAll.sentence}</p>
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
}

interface OfOrganizationProps {
  frame: Frame
  membership: Membership
  sites: readonly Site[]
}

const OfOrganization: FC<OfOrganizationProps> = ({ frame, membership: { organization, role }, sites }) => {
  const { sites: words } = useWords()
  const changes = may(role, 'sites')
  const add = `${frame.basePath}/organizations/${encodeURIComponent(organization.id)}/sites/new`
  return (
    <section class="panel sites-of">
      <header>
        <h2>{organization.name}</h2>
        {changes && sites.length > 0 && (
          <a class="button" href={add}>
            {words.add}
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
          <p class="none">{words.noneYet}</p>
          <p>
            <a class="button" href={add}>
              {words.add}
            </a>
          </p>
        </>
      ) : (
        <p class="none">{words.noneForYou(organization.name)}</p>
      )}
    </section>
  )
}

const SiteLine: FC<{ frame: Frame; site: Site; changes: boolean }> = ({ frame: { basePath }, site, changes }) => {
  const { sites: words } = useWords()
  const name = encodeURIComponent(site.domain)
  return (
    <li>
      <a class="site-name" href={`${basePath}/?${new URLSearchParams({ site: site.domain })}`}>
        {site.domain}
      </a>
      <small>{site.public ? words.public : words.notPublic}</small>
      <span class="ways">
        {changes && (
          <a href={`${basePath}/sites/${name}/settings`} aria-label={words.settingsOf(site.domain)}>
            {words.settings}
          </a>
        )}
        <a href={`${basePath}/transparency/${name}`} aria-label={words.transparencyOf(site.domain)}>
          {words.transparency}
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

export const NewSitePage: FC<NewSitePageProps> = ({ frame, organization, given, refused }) => {
  const { sites: words, settings } = useWords()
  return (
    <FormPage frame={frame} title={words.add} lead={words.newSite.lead(organization.name)}>
      <form
        method="post"
        action={`${frame.basePath}/organizations/${encodeURIComponent(organization.id)}/sites/new`}
        class="form"
      >
        <Refusals refused={refused} />
        <Field
          name="domain"
          label={settings.of.domain.label}
          autocomplete="off"
          value={given.domain}
          maxlength={253}
          hint={words.newSite.domainHint}
        />
        <ZoneField value={given.timezone} hint={settings.of.timezone.effect} />
        <button class="button" type="submit">
          {words.newSite.submit}
        </button>
      </form>
    </FormPage>
  )
}
