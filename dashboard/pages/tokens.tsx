// The API tokens of an organization: those there are, a form for another one, and the secret of one that was just made.
// Rendered by tokens.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { type ApiToken, SCOPE_MEANINGS, SCOPES, type Scope } from '../people/api_tokens.ts'
import type { Membership } from '../people/organizations.ts'
import { sayDay } from '../words.ts'
import { Field, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { OrganizationFrame, organizationPath } from './organization.tsx'
import { Saved } from './site_settings.tsx'
import { Radios } from './site_settings_fields.tsx'

/** What was typed. */
export interface TokenForm {
  name: string
  scope: Scope
  /** Which sites: all of them, also those to come, or those ticked. */
  which: 'all' | 'chosen'
  /** Domains. */
  ticked: readonly string[]
}

interface TokensPageProps {
  frame: Frame
  /** Of who looks. */
  membership: Membership
  /** Of the organization. */
  sites: readonly Site[]
  tokens: readonly ApiToken[]
  form: TokenForm
  /** Why the form was not taken. */
  refused: readonly string[]
  withdrawn: boolean
  /** Just made: its secret is shown now and never again. */
  made?: { name: string; secret: string; curl: string } | undefined
}

export const TokensPage: FC<TokensPageProps> = (props) => {
  const { frame, membership, tokens, made, withdrawn } = props
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/tokens">
      {made && <Made {...made} />}
      <section class="panel setting">
        <header>
          <h2>API tokens</h2>
          {withdrawn && <Saved>Withdrawn</Saved>}
        </header>
        <p class="hint">
          With a token a program reads the numbers of sites, or manages them:{' '}
          <a href={`${frame.basePath}/api/docs`}>what can be asked</a>. It belongs to the organization, so it works on
          when whoever made it has left.
        </p>
        {tokens.length === 0 ? (
          <p class="none">There is no token yet.</p>
        ) : (
          <ul class="members">
            {tokens.map((token) => (
              <TokenRow {...props} token={token} />
            ))}
          </ul>
        )}
      </section>
      <NewToken {...props} />
    </OrganizationFrame>
  )
}

const Made: FC<NonNullable<TokensPageProps['made']>> = ({ name, secret, curl }) => (
  <section class="panel setting" role="status">
    <header>
      <h2>The token {name}</h2>
    </header>
    <p>Copy it now: it is shown this once, and only a hash of it is kept.</p>
    <pre class="tag">{secret}</pre>
    <p>To try it in a shell:</p>
    <pre class="tag">{curl}</pre>
  </section>
)

const TokenRow: FC<TokensPageProps & { token: ApiToken }> = ({ frame, membership, sites, token }) => (
  <li>
    <div>
      <b>{token.name}</b>
      <small>made {sayDay(token.createdOn)}</small>
      <small>{token.lastUsedOn === undefined ? 'never used' : `last used ${sayDay(token.lastUsedOn)}`}</small>
    </div>
    <div>
      <b class="role">{SCOPE_LABELS[token.scope]}</b>
      <small>{saySites(token, sites)}</small>
    </div>
    <details class="quietly">
      <summary>Withdraw</summary>
      <form
        method="post"
        action={organizationPath(frame, membership.organization, `/tokens/${encodeURIComponent(token.id)}/withdraw`)}
      >
        <p class="hint">Whatever uses it is refused from then on.</p>
        <button class="button danger" type="submit">
          Withdraw this token
        </button>
      </form>
    </details>
  </li>
)

const SCOPE_LABELS = { read: 'Reads', manage: 'Manages' } as const satisfies Record<Scope, string>

function saySites(token: ApiToken, sites: readonly Site[]): string {
  if (token.sites === undefined) return 'All sites, also those to come.'
  const domains = sites.filter(({ id }) => token.sites?.includes(id)).map(({ domain }) => domain)
  return domains.length === 0 ? 'Its sites are gone, so it does nothing.' : domains.join(', ')
}

const NewToken: FC<TokensPageProps> = ({ frame, membership, sites, form, refused }) => (
  <section class="panel setting">
    <header>
      <h2>A new token</h2>
    </header>
    <form method="post" action={organizationPath(frame, membership.organization, '/tokens')} class="form">
      <Refusals refused={refused} />
      <Field
        name="name"
        label="Name"
        value={form.name}
        maxlength={100}
        autocomplete="off"
        hint="What it is for, so that you know which to withdraw."
      />
      <Radios
        name="scope"
        label="What it may do"
        value={form.scope}
        options={SCOPES.map((scope) => ({ value: scope, label: SCOPE_LABELS[scope], meaning: SCOPE_MEANINGS[scope] }))}
      />
      <Radios
        name="which"
        label="Its sites"
        value={form.which}
        options={[
          { value: 'all', label: 'All', meaning: 'Also those to come.' },
          { value: 'chosen', label: 'Only these', meaning: 'It cannot add sites.' },
        ]}
      />
      {sites.length > 0 && (
        <fieldset class="field">
          <legend>These, if not all</legend>
          {sites.map(({ domain }) => (
            <label class="tick">
              <input type="checkbox" name="site" value={domain} checked={form.ticked.includes(domain)} />
              <span>{domain}</span>
            </label>
          ))}
        </fieldset>
      )}
      <button class="button" type="submit">
        Make the token
      </button>
    </form>
  </section>
)
