// The end of an organization: taking everything along, deleting it, and the receipt of that. Rendered by
// end_of_service.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { GRACE_DAYS, type Membership, type Organization } from '../people/organizations.ts'
import type { Held } from '../reports/table.ts'
import { sayCount, sayDay, sayMoment } from '../words.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { OrganizationFrame, organizationPath } from './organization.tsx'

export interface HeldSite {
  site: Site
  held: Held
}

interface EndPageProps {
  frame: Frame
  membership: Membership
  /** Of each site; undefined while the database does not answer. */
  sites: readonly HeldSite[] | undefined
  refused: readonly string[]
}

export const EndPage: FC<EndPageProps> = ({ frame, membership, sites, refused }) => {
  const { organization } = membership
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/end">
      <section class="panel setting">
        <header>
          <h2>Take everything along</h2>
        </header>
        <p>
          One archive with all that is kept of {organization.name}: its people, the settings of its sites, its audit
          log, and every number, as CSV and as JSON.
        </p>
        <p>
          <a class="button" href={organizationPath(frame, organization, '/export')} download>
            Export everything
          </a>
        </p>
      </section>
      <section class="panel setting">
        <header>
          <h2>Delete {organization.name}</h2>
        </header>
        <ul class="plan">
          <li>At once its sites count nothing any more, and nobody can open them: share links and API tokens end.</li>
          <li>
            At once its people are gone; whoever belongs to no other organization loses the account, you included.
          </li>
          <li>
            Its counts stay for {GRACE_DAYS} days, unread. So long a link, which you get now, takes everything but the
            people back.
          </li>
          <li>Then the counts are deleted, and its audit log. Backups that the operator keeps have their own end.</li>
        </ul>
        {sites ? (
          <HeldTable sites={sites} />
        ) : (
          <p class="hint">How much that is cannot be shown now: the database does not answer.</p>
        )}
        <form method="post" action={organizationPath(frame, organization, '/end')} class="form">
          <Refusals refused={refused} />
          <Field name="name" label={`Type ${organization.name} to do it`} autocomplete="off" maxlength={100} />
          <button class="button danger" type="submit">
            Delete the organization
          </button>
        </form>
      </section>
    </OrganizationFrame>
  )
}

const HeldTable: FC<{ sites: readonly HeldSite[] }> = ({ sites }) =>
  sites.length === 0 ? (
    <p class="hint">It has no site.</p>
  ) : (
    <div class="scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col">Visits</th>
            <th scope="col">Page views</th>
            <th scope="col">Days</th>
            <th scope="col">Attribute counts</th>
          </tr>
        </thead>
        <tbody>
          {sites.map(({ site, held }) => (
            <tr>
              <th scope="row">{site.domain}</th>
              <td>{sayCount(held.visits)}</td>
              <td>{sayCount(held.pageviews)}</td>
              <td>{sayCount(held.days)}</td>
              <td>{sayCount(held.counts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )

interface EndedPageProps {
  frame: Frame
  organization: Organization
  /** UTC, to the second. */
  at: string
  /** UTC day. */
  endsOn: string
  undoLink: string
  people: number
  sites: readonly HeldSite[]
}

export const EndedPage: FC<EndedPageProps> = ({ frame, organization, at, endsOn, undoLink, people, sites }) => (
  <Layout frame={frame} title={`${organization.name} is deleted · Sundial`}>
    <section class="panel setting done">
      <header>
        <h1>{organization.name} is deleted</h1>
      </header>
      <p>This is the receipt. It is shown this once: print or save it.</p>
      <dl class="inform">
        <dt>Receipt</dt>
        <dd>
          {organization.id}, {sayMoment(at)}
        </dd>
        <dt>Gone at once</dt>
        <dd>
          {people === 1 ? 'One member' : `${sayCount(people)} members`}, all invitations, share links and API tokens;
          accounts that belong nowhere else. Its sites count nothing any more.
        </dd>
        <dt>Gone on {sayDay(endsOn)}</dt>
        <dd>
          The counts of its sites, their settings, and its audit log. The ledger keeps a receipt of every site’s
          deletion.
        </dd>
        <dt>To take it back within {GRACE_DAYS} days</dt>
        <dd>
          Whoever opens this link owns it. Only a hash of it is kept.
          <pre class="tag">{undoLink}</pre>
        </dd>
      </dl>
      <HeldTable sites={sites} />
    </section>
  </Layout>
)
