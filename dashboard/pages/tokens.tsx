// The API tokens of an organization: those there are, a form for another one, and the secret of one that was just made.
// Shown by tokens.tsx.
import type { FC } from 'hono/jsx'
import { addDays } from '../../collector/calendar.ts'
import type { Site } from '../../collector/sites.ts'
import { type ApiToken, SCOPE_MEANINGS, SCOPES, type Scope } from '../people/api_tokens.ts'
import type { Organization } from '../people/organizations.ts'
import { sayRange } from '../words.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'

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
  organization: Organization
  /** Of the organization. */
  sites: readonly Site[]
  tokens: readonly ApiToken[]
  form: TokenForm
  refused: readonly string[]
  /** Just made: its secret is shown now and never again. */
  made?: { name: string; secret: string; curl: string } | undefined
}

export const TokensPage: FC<TokensPageProps> = (props) => {
  const { frame, organization, tokens, made } = props
  return (
    <Layout frame={frame} title={`API tokens · ${organization.name} · Sundial`}>
      <section class="panel tokens">
        <header>
          <h1>API tokens</h1>
          <p class="hint">{organization.name}</p>
        </header>
        <p class="lead">
          With a token a program reads the numbers of sites, or manages them, over the API. What it can ask stands in
          the <a href={`${frame.basePath}/api/docs`}>documentation of the API</a>. A token belongs to the organization:
          it works on when whoever made it has left.
        </p>
        {made && <Made {...made} />}
        {tokens.length === 0 ? <p class="none">There is no token yet.</p> : <TokenList {...props} />}
        <NewToken {...props} />
      </section>
    </Layout>
  )
}

const Made: FC<{ name: string; secret: string; curl: string }> = ({ name, secret, curl }) => (
  <div class="made" role="status">
    <h2>{`The token “${name}”`}</h2>
    <p>Copy it now: it is shown this once, and only a hash of it is kept.</p>
    <pre class="tag">{secret}</pre>
    <p>To try it:</p>
    <pre class="tag">{curl}</pre>
  </div>
)

const TokenList: FC<TokensPageProps> = ({ frame, organization, sites, tokens }) => (
  <ul class="entries">
    {tokens.map((token) => (
      <li>
        <div>
          <b>{token.name}</b>
          <small>{`${SCOPE_MEANINGS[token.scope]} ${saySites(token, sites)}`}</small>
          <small>
            {`Made on ${sayDay(token.createdOn)}. ${
              token.lastUsedOn === undefined ? 'Never used.' : `Last used on ${sayDay(token.lastUsedOn)}.`
            }`}
          </small>
        </div>
        <details class="withdraw">
          <summary>Withdraw</summary>
          <form method="post" action={`${addressOf(frame, organization)}/${encodeURIComponent(token.id)}/withdraw`}>
            <p>Whatever uses it is refused from then on.</p>
            <button type="submit">{`Withdraw “${token.name}”`}</button>
          </form>
        </details>
      </li>
    ))}
  </ul>
)

function saySites(token: ApiToken, sites: readonly Site[]): string {
  if (token.sites === undefined) return 'For all sites.'
  const domains = sites.filter(({ id }) => token.sites?.includes(id)).map(({ domain }) => domain)
  return domains.length === 0 ? 'Its sites are gone, so it does nothing.' : `For ${domains.join(', ')}.`
}

function sayDay(day: string): string {
  return sayRange({ from: day, to: addDays(day, 1) })
}

const NewToken: FC<TokensPageProps> = ({ frame, organization, sites, form, refused }) => (
  <form method="post" action={addressOf(frame, organization)} class="form">
    <h2>A new token</h2>
    <Refusals refused={refused} />
    <Field
      name="name"
      label="Name"
      value={form.name}
      maxlength={100}
      autocomplete="off"
      hint="What it is for, such as “Weekly report”."
    />
    <fieldset class="choice">
      <legend>What it may do</legend>
      {SCOPES.map((scope) => (
        <Choice name="scope" value={scope} checked={form.scope === scope}>
          {SCOPE_MEANINGS[scope]}
        </Choice>
      ))}
    </fieldset>
    <fieldset class="choice">
      <legend>Its sites</legend>
      <Choice name="which" value="all" checked={form.which === 'all'}>
        All sites, also those to come.
      </Choice>
      <Choice name="which" value="chosen" checked={form.which === 'chosen'}>
        Only these:
      </Choice>
      <ul>
        {sites.map(({ domain }) => (
          <li>
            <label>
              <input type="checkbox" name="site" value={domain} checked={form.ticked.includes(domain)} />
              <span>{domain}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
    <button class="button" type="submit">
      Make the token
    </button>
  </form>
)

const Choice: FC<{ name: string; value: string; checked: boolean; children: string }> = ({
  name,
  value,
  checked,
  children,
}) => (
  <label>
    <input type="radio" name={name} value={value} checked={checked} />
    <span>{children}</span>
  </label>
)

function addressOf({ basePath }: Frame, { id }: Organization): string {
  return `${basePath}/organizations/${encodeURIComponent(id)}/tokens`
}
