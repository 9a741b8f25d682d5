// The API tokens of an organization: those there are, a form for another one, and the secret of one that was just made.
// Rendered by tokens.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
import { type ApiToken, SCOPES, type Scope } from '../people/api_tokens.ts'
import type { Membership } from '../people/organizations.ts'
import type { Words } from '../words.ts'
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
  const words = useWords().tokens
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/tokens">
      {made && <Made {...made} />}
      <section class="panel setting">
        <header>
          <h2>{words.title}</h2>
          {withdrawn && <Saved>{words.withdrawn}</Saved>}
        </header>
        <p class="hint">
          {words.meaning((text) => (
            <a href={`${frame.basePath}/api/docs`}>{text}</a>
          ))}
        </p>
        {tokens.length === 0 ? (
          <p class="none">{words.none}</p>
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

const Made: FC<NonNullable<TokensPageProps['made']>> = ({ name, secret, curl }) => {
  const words = useWords().tokens.made
  return (
    <section class="panel setting" role="status">
      <header>
        <h2>{words.title(name)}</h2>
      </header>
      <p>{words.copy}</p>
      <pre class="tag">{secret}</pre>
      <p>{words.try}</p>
      <pre class="tag">{curl}</pre>
    </section>
  )
}

const TokenRow: FC<TokensPageProps & { token: ApiToken }> = ({ frame, membership, sites, token }) => {
  const { tokens: words, sayDay } = useWords()
  const { lastUsedOn } = token
  return (
    <li>
      <div>
        <b>{token.name}</b>
        <small>{words.madeOn(sayDay(token.createdOn))}</small>
        <small>{lastUsedOn === undefined ? words.neverUsed : words.lastUsed(sayDay(lastUsedOn))}</small>
      </div>
      <div>
        <b class="role">{words.scopes[token.scope].label}</b>
        <small>{saySites(token, sites, words)}</small>
      </div>
      <details class="quietly">
        <summary>{words.withdraw}</summary>
        <form
          method="post"
          action={organizationPath(frame, membership.organization, `/tokens/${encodeURIComponent(token.id)}/withdraw`)}
        >
          <p class="hint">{words.withdrawing}</p>
          <button class="button danger" type="submit">
            {words.withdrawThis}
          </button>
        </form>
      </details>
    </li>
  )
}

function saySites(token: ApiToken, sites: readonly Site[], { allSites, sitesGone }: Words['tokens']): string {
  if (token.sites === undefined) return allSites
  const domains = sites.filter(({ id }) => token.sites?.includes(id)).map(({ domain }) => domain)
  return domains.length === 0 ? sitesGone : domains.join(', ')
}

const NewToken: FC<TokensPageProps> = ({ frame, membership, sites, form, refused }) => {
  const { scopes, form: words } = useWords().tokens
  return (
    <section class="panel setting">
      <header>
        <h2>{words.title}</h2>
      </header>
      <form method="post" action={organizationPath(frame, membership.organization, '/tokens')} class="form">
        <Refusals refused={refused} />
        <Field
          name="name"
          label={words.name}
          value={form.name}
          maxlength={100}
          autocomplete="off"
          hint={words.nameMeaning}
        />
        <Radios
          name="scope"
          label={words.scope}
          value={form.scope}
          options={SCOPES.map((scope) => ({ value: scope, ...scopes[scope] }))}
        />
        <Radios
          name="which"
          label={words.sites}
          value={form.which}
          options={[
            { value: 'all', ...words.all },
            { value: 'chosen', ...words.chosen },
          ]}
        />
        {sites.length > 0 && (
          <fieldset class="field">
            <legend>{words.ticks}</legend>
            {sites.map(({ domain }) => (
              <label class="tick">
                <input type="checkbox" name="site" value={domain} checked={form.ticked.includes(domain)} />
                <span>{domain}</span>
              </label>
            ))}
          </fieldset>
        )}
        <button class="button" type="submit">
          {words.make}
        </button>
      </form>
    </section>
  )
}
