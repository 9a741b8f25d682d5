// The end of an organization: taking everything along, deleting it, and the receipt of that. Rendered by
// end_of_service.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
import { GRACE_DAYS, type Membership, type Organization } from '../people/organizations.ts'
import type { Held } from '../reports/table.ts'
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
  const { name } = organization
  const words = useWords().organization.end
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/end">
      <section class="panel setting">
        <header>
          <h2>{words.take}</h2>
        </header>
        <p>{words.all(name)}</p>
        <p>
          <a class="button" href={organizationPath(frame, organization, '/export')} download>
            {words.export}
          </a>
        </p>
      </section>
      <section class="panel setting">
        <header>
          <h2>{words.title(name)}</h2>
        </header>
        <ul class="plan">
          <li>{words.sitesAtOnce}</li>
          <li>{words.peopleAtOnce}</li>
          <li>{words.countsStay(GRACE_DAYS)}</li>
          <li>{words.countsGo}</li>
        </ul>
        {sites ? <HeldTable sites={sites} /> : <p class="hint">{words.unknown}</p>}
        <form method="post" action={organizationPath(frame, organization, '/end')} class="form">
          <Refusals refused={refused} />
          <Field name="name" label={words.type(name)} autocomplete="off" maxlength={100} />
          <button class="button danger" type="submit">
            {words.delete}
          </button>
        </form>
      </section>
    </OrganizationFrame>
  )
}

const HeldTable: FC<{ sites: readonly HeldSite[] }> = ({ sites }) => {
  const { organization, general, sayCount } = useWords()
  const { noSite, site, days, counts } = organization.end
  if (sites.length === 0) return <p class="hint">{noSite}</p>
  return (
    <div class="scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">{site}</th>
            <th scope="col">{general.metrics.visits.title}</th>
            <th scope="col">{general.metrics.pageviews.title}</th>
            <th scope="col">{days}</th>
            <th scope="col">{counts}</th>
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
}

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

export const EndedPage: FC<EndedPageProps> = ({ frame, organization, at, endsOn, undoLink, people, sites }) => {
  const { sayDay, sayMoment, ...words } = useWords()
  const { ended } = words.organization
  const title = ended.title(organization.name)
  return (
    <Layout frame={frame} title={`${title} · Sundial`}>
      <section class="panel setting done">
        <header>
          <h1>{title}</h1>
        </header>
        <p>{ended.once}</p>
        <dl class="inform">
          <dt>{ended.receipt}</dt>
          <dd>
            {organization.id}, {sayMoment(at)}
          </dd>
          <dt>{ended.goneAtOnce}</dt>
          <dd>{ended.peopleGone(people)}</dd>
          <dt>{ended.goneOn(sayDay(endsOn))}</dt>
          <dd>{ended.countsGone}</dd>
          <dt>{ended.back(GRACE_DAYS)}</dt>
          <dd>
            {ended.backBy}
            <pre class="tag">{undoLink}</pre>
          </dd>
        </dl>
        <HeldTable sites={sites} />
      </section>
    </Layout>
  )
}
