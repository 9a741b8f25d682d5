// The people of an organization: members and what they may, invitations that wait, a form for another one. Rendered by
// organization.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { isAbove, ROLE_MEANINGS, ROLES, type Role } from '../access.ts'
import type { Link } from '../people/links.ts'
import { type Invitation, type Member, type Membership, mayInvite } from '../people/organizations.ts'
import { plural, sayMoment } from '../words.ts'
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
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/people">
      {problem && <Refusals refused={[problem]} />}
      {made && <Made {...made} />}
      <section class="panel setting">
        <header>
          <h2>Members</h2>
          <p class="hint">{plural(members.length, 'person', 'people')}</p>
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
            <h2>Open invitations</h2>
          </header>
          <p class="hint">Each opens once. When whoever made one may invite no more, it opens nothing.</p>
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

const Made: FC<NonNullable<PeoplePageProps['made']>> = ({ email, link, mailed }) => (
  <section class="panel setting" role="status">
    <header>
      <h2>The invitation for {email}</h2>
    </header>
    <p>
      {mailed === true
        ? 'It was mailed. You can also pass it on yourself:'
        : `${mailed === false ? 'The mail could not be sent. ' : ''}Pass this link on to them:`}
    </p>
    <pre class="tag">{link}</pre>
    <p class="hint">
      Copy it now: it is shown this once, and only a hash of it is kept. It opens once, within 7 days, for this address.
    </p>
  </section>
)

const MemberRow: FC<PeoplePageProps & { member: Member }> = ({ frame, membership, self, sites, member }) => {
  const { organization, role: own } = membership
  const isSelf = member.user === self
  const domains = sites.filter(({ id }) => member.sites.includes(id)).map(({ domain }) => domain)
  return (
    <li>
      <div>
        <b>{member.name}</b>
        {isSelf && <span class="badge">you</span>}
        <small>{member.email}</small>
      </div>
      <div>
        <b class="role">{member.role}</b>
        <small>
          {member.role === 'viewer' && domains.length > 0 ? `Reads ${domains.join(', ')}.` : ROLE_MEANINGS[member.role]}
          {member.role === 'viewer' && domains.length === 0 && ' None so far.'}
        </small>
      </div>
      {isAbove(own, member.role) && (
        <details class="quietly">
          <summary>Change</summary>
          <form method="post" action={organizationPath(frame, organization, '/people/change')} class="form">
            <Who member={member} />
            <RoleField role={member.role} choices={rolesFor(own, member.role)} />
            <SiteTicks sites={sites} ticked={member.sites} />
            <button class="button" type="submit">
              Save
            </button>
          </form>
          {!isSelf && (
            <form method="post" action={organizationPath(frame, organization, '/people/remove')} class="form">
              <Who member={member} />
              <p class="hint">Whoever is removed sees nothing here any more, from the next click on.</p>
              <button class="button danger" type="submit">
                Remove {member.name}
              </button>
            </form>
          )}
        </details>
      )}
    </li>
  )
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

const RoleField: FC<{ role: string; choices: readonly Role[] }> = ({ role, choices }) => (
  <Radios
    name="role"
    label="Role"
    value={role}
    options={choices.map((choice) => ({ value: choice, label: choice, meaning: ROLE_MEANINGS[choice] }))}
  />
)

const SiteTicks: FC<{ sites: readonly Site[]; ticked: readonly number[] }> = ({ sites, ticked }) => (
  <fieldset class="field">
    <legend>Sites, for a viewer</legend>
    {sites.length === 0 && <small>There is no site yet.</small>}
    {sites.map(({ id, domain }) => (
      <label class="tick">
        <input type="checkbox" name="sites" value={String(id)} checked={ticked.includes(id)} />
        <span>{domain}</span>
      </label>
    ))}
    <small>The other roles read every site, also those to come.</small>
  </fieldset>
)

const InvitationRow: FC<PeoplePageProps & { link: Link & { subject: Invitation } }> = ({
  frame,
  membership: { organization, role: own },
  link: { hash, expiresAt, subject },
}) => (
  <li>
    <b>{subject.email}</b>
    <small>
      {subject.role}, until {sayMoment(expiresAt)}
    </small>
    {isAbove(own, subject.role) && (
      <form method="post" action={organizationPath(frame, organization, '/people/withdraw')}>
        <input type="hidden" name="invitation" value={hash} />
        <button class="quiet" type="submit">
          Withdraw
        </button>
      </form>
    )}
  </li>
)

const InviteForm: FC<PeoplePageProps> = ({ frame, membership, sites, form, refused }) => (
  <section class="panel setting">
    <header>
      <h2>Invite somebody</h2>
    </header>
    <form method="post" action={organizationPath(frame, membership.organization, '/people/invite')} class="form">
      <Refusals refused={refused} />
      <Field
        name="email"
        label="Their e-mail address"
        type="email"
        value={form.email}
        maxlength={254}
        autocomplete="off"
        hint="The invitation is for this address only. Sundial keeps it until then, for 7 days at most."
      />
      <RoleField role={form.role} choices={mayInvite(membership.role)} />
      <SiteTicks sites={sites} ticked={form.sites} />
      <button class="button" type="submit">
        Make the invitation
      </button>
    </form>
  </section>
)
