// The people of an organization: members and what they may, invitations that wait, a form for another one. Rendered by
// organization.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { isAbove, ROLES, type Role } from '../access.ts'
import { useWords } from '../languages/use_words.ts'
import type { Link } from '../people/links.ts'
import { type Invitation, type Member, type Membership, mayInvite } from '../people/organizations.ts'
import { Field, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { OrganizationFrame, organizationPath } from './organization.tsx'
import { Radios } from './site_settings_fields.tsx'

/** What was typed. */
export interface InvitationForm {
  email: string
  role: string
  sites: readonly number[]
}

interface PeoplePageProps {
  frame: Frame
  /** Of who looks. */
  membership: Membership
  /** Id of who looks. */
  self: string
  members: readonly Member[]
  invitations: readonly (Link & { subject: Invitation })[]
  /** Of the organization. */
  sites: readonly Site[]
  form: InvitationForm
  /** Why the form of an invitation was not taken. */
  refused: readonly string[]
  /** Why something else was not done. */
  problem?: string | undefined
  /** Just made: shown now and never again. */
  made?: { email: string; link: string; mailed: boolean | undefined } | undefined
}

export const PeoplePage: FC<PeoplePageProps> = (props) => {
  const { frame, membership, members, invitations, made, problem } = props
  const words = useWords().organization
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/people">
      {problem && <Refusals refused={[problem]} />}
      {made && <Made {...made} />}
      <section class="panel setting">
        <header>
          <h2>{words.people.title}</h2>
          <p class="hint">{words.people.count(members.length)}</p>
        </header>
        <ul class="members">
          {members.map((member) => (
            <MemberRow {...props} member={member} />
          ))}
        </ul>
      </section>
      {invitations.length > 0 && (
        <section class="panel setting">
          <header>
            <h2>{words.invitations.title}</h2>
          </header>
          <p class="hint">{words.invitations.meaning}</p>
          <ul class="links">
            {invitations.map((link) => (
              <InvitationRow {...props} link={link} />
            ))}
          </ul>
        </section>
      )}
      <InviteForm {...props} />
    </OrganizationFrame>
  )
}

const Made: FC<NonNullable<PeoplePageProps['made']>> = ({ email, link, mailed }) => {
  const words = useWords().organization.invitations
  return (
    <section class="panel setting" role="status">
      <header>
        <h2>{words.made(email)}</h2>
      </header>
      <p>{mailed === undefined ? words.passOn : mailed ? words.mailed : words.notMailed}</p>
      <pre class="tag">{link}</pre>
      <p class="hint">{words.copy}</p>
    </section>
  )
}

const MemberRow: FC<PeoplePageProps & { member: Member }> = ({ frame, membership, self, sites, member }) => {
  const { organization, role: own } = membership
  const isSelf = member.user === self
  const { roles, ...words } = useWords()
  const { people } = words.organization
  return (
    <li>
      <div>
        <b>{member.name}</b>
        {isSelf && <span class="badge">{people.you}</span>}
        <small>{member.email}</small>
      </div>
      <div>
        <b class="role">{roles.names[member.role]}</b>
        <small>
          <Reading member={member} sites={sites} />
        </small>
      </div>
      {isAbove(own, member.role) && (
        <details class="quietly">
          <summary>{people.change}</summary>
          <form method="post" action={organizationPath(frame, organization, '/people/change')} class="form">
            <Who member={member} />
            <RoleField role={member.role} choices={rolesFor(own, member.role)} />
            <SiteTicks sites={sites} ticked={member.sites} />
            <button class="button" type="submit">
              {people.save}
            </button>
          </form>
          {!isSelf && (
            <form method="post" action={organizationPath(frame, organization, '/people/remove')} class="form">
              <Who member={member} />
              <p class="hint">{people.removed}</p>
              <button class="button danger" type="submit">
                {people.remove(member.name)}
              </button>
            </form>
          )}
        </details>
      )}
    </li>
  )
}

/** What a member may, and of a viewer which sites. */
const Reading: FC<{ member: Member; sites: readonly Site[] }> = ({ member, sites }) => {
  const { roles, organization } = useWords()
  const meaning = roles.meanings[member.role]
  if (member.role !== 'viewer') return <>{meaning}</>
  const domains = sites.filter(({ id }) => member.sites.includes(id)).map(({ domain }) => domain)
  const { reads, readsNone } = organization.people
  return <>{domains.length > 0 ? reads(domains.join(', ')) : readsNone(meaning)}</>
}

/** Whom a form is about, and as what they were seen. */
const Who: FC<{ member: Member }> = ({ member: { user, role } }) => (
  <>
    <input type="hidden" name="user" value={user} />
    <input type="hidden" name="was" value={role} />
  </>
)

function rolesFor(own: Role, present: Role): Role[] {
  return ROLES.filter((role) => role === present || isAbove(own, role))
}

const RoleField: FC<{ role: string; choices: readonly Role[] }> = ({ role, choices }) => {
  const { roles, organization } = useWords()
  const { names, meanings } = roles
  return (
    <Radios
      name="role"
      label={organization.people.role}
      value={role}
      options={choices.map((choice) => ({ value: choice, label: names[choice], meaning: meanings[choice] }))}
    />
  )
}

const SiteTicks: FC<{ sites: readonly Site[]; ticked: readonly number[] }> = ({ sites, ticked }) => {
  const { people } = useWords().organization
  return (
    <fieldset class="field">
      <legend>{people.sites}</legend>
      {sites.length === 0 && <small>{people.noSite}</small>}
      {sites.map(({ id, domain }) => (
        <label class="tick">
          <input type="checkbox" name="sites" value={String(id)} checked={ticked.includes(id)} />
          <span>{domain}</span>
        </label>
      ))}
      <small>{people.allSites}</small>
    </fieldset>
  )
}

const InvitationRow: FC<PeoplePageProps & { link: Link & { subject: Invitation } }> = ({
  frame,
  membership: { organization, role: own },
  link: { hash, expiresAt, subject },
}) => {
  const { roles, sayMoment, ...words } = useWords()
  const { until, withdraw } = words.organization.invitations
  return (
    <li>
      <b>{subject.email}</b>
      <small>{until(roles.names[subject.role], sayMoment(expiresAt))}</small>
      {isAbove(own, subject.role) && (
        <form method="post" action={organizationPath(frame, organization, '/people/withdraw')}>
          <input type="hidden" name="invitation" value={hash} />
          <button class="quiet" type="submit">
            {withdraw}
          </button>
        </form>
      )}
    </li>
  )
}

const InviteForm: FC<PeoplePageProps> = ({ frame, membership, sites, form, refused }) => {
  const words = useWords().organization.invitations
  return (
    <section class="panel setting">
      <header>
        <h2>{words.invite}</h2>
      </header>
      <form method="post" action={organizationPath(frame, membership.organization, '/people/invite')} class="form">
        <Refusals refused={refused} />
        <Field
          name="email"
          label={words.email}
          type="email"
          value={form.email}
          maxlength={254}
          autocomplete="off"
          hint={words.emailMeaning}
        />
        <RoleField role={form.role} choices={mayInvite(membership.role)} />
        <SiteTicks sites={sites} ticked={form.sites} />
        <button class="button" type="submit">
          {words.make}
        </button>
      </form>
    </section>
  )
}
