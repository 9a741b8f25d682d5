// What somebody gets of a site by mail, the webhooks that get it, and the two pages behind the link of a mail that ends it.
// Rendered by subscriptions.tsx.
import type { Child, FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import type { Wanted, Webhook } from '../dispatch/subscriptions.ts'
import { sayDay, sayList } from '../words.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Saved } from './site_settings.tsx'
import { Tick } from './site_settings_fields.tsx'

export type WebhookForm = Pick<Webhook, 'name' | 'url' | 'weekly' | 'alerts'>

/** What has just happened. */
export interface ReportsNews {
  saved?: 'own' | 'removed'
  form?: WebhookForm
  refused?: readonly string[]
  /** The key is shown now and never again. */
  made?: { name: string; key: string }
  /** `problem` is why the test did not arrive. */
  tested?: { name: string; problem: string | undefined }
}

interface ReportsPageProps {
  frame: Frame
  site: Site
  email: string
  /** Whether this Sundial can send mails. */
  hasMail: boolean
  own: Wanted
  /** Undefined for who may not see them. */
  webhooks: readonly Webhook[] | undefined
  news: ReportsNews
}

export const ReportsPage: FC<ReportsPageProps> = (props) => {
  const { frame, site, webhooks } = props
  return (
    <Layout frame={frame} title={`Reports · ${site.domain} · Sundial`} site={site}>
      <div class="column">
        <OwnMails {...props} />
        {webhooks && <Webhooks {...props} webhooks={webhooks} />}
      </div>
    </Layout>
  )
}

const WEEKLY = 'Every Monday from 7:00 in the time zone of the site: the week before, with its changes.'
const ALERTS =
  'Many more visits in an hour than in the same hour of the same weekday in the last weeks, or none where there usually are some. At most one of each a day; a new site is watched for four weeks first.'

const OwnMails: FC<ReportsPageProps> = ({ frame, site, email, hasMail, own, news }) => (
  <section class="panel setting">
    <header>
      <h2>By mail</h2>
      {news.saved === 'own' && <Saved />}
    </header>
    {hasMail ? (
      <p class="hint">{`To ${email}, the address of your account. Every mail has a link that ends it.`}</p>
    ) : (
      <p class="hint">
        No mail is set up on this Sundial, so nothing is sent yet. Its operator sets <code>MAIL_URL</code>.
      </p>
    )}
    <form method="post" action={pathOf(frame, site)} class="form">
      <Tick name="weekly" label="The weekly report" on={own.weekly} hint={WEEKLY} />
      <Tick name="alerts" label="Alerts on unusual traffic" on={own.alerts} hint={ALERTS} />
      <button class="button" type="submit">
        Save
      </button>
    </form>
  </section>
)

type WebhooksProps = ReportsPageProps & { webhooks: readonly Webhook[] }

const Webhooks: FC<WebhooksProps> = ({ frame, site, webhooks, news }) => (
  <section class="panel setting">
    <header>
      <h2>Webhooks</h2>
      {news.saved === 'removed' && <Saved>Removed</Saved>}
    </header>
    <p class="hint">
      The same as JSON, posted to an address of yours. Its field <code>text</code> is what Slack, Mattermost and their
      like show as it is.
    </p>
    {news.made && (
      <div class="made" role="status">
        <p>{`“${news.made.name}” is signed with this key. Copy it now: it is shown this once.`}</p>
        <pre class="tag">
          <code>{news.made.key}</code>
        </pre>
      </div>
    )}
    {news.tested && <Tested {...news.tested} />}
    {webhooks.length > 0 && (
      <ul class="links">
        {webhooks.map((webhook) => (
          <li>
            <b>{webhook.name}</b>
            <small>{`${hostOf(webhook)}, ${sayWanted(webhook)}, since ${sayDay(webhook.createdOn)}`}</small>
            <div>
              <form method="post" action={`${pathOf(frame, site)}/webhooks/${encodeURIComponent(webhook.id)}/test`}>
                <button type="submit" class="quiet" aria-label={`Send a test to ${webhook.name}`}>
                  Send a test
                </button>
              </form>
              <form method="post" action={`${pathOf(frame, site)}/webhooks/${encodeURIComponent(webhook.id)}/remove`}>
                <button type="submit" class="quiet" aria-label={`Remove ${webhook.name}`}>
                  Remove
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
    )}
    <NewWebhook frame={frame} site={site} news={news} />
  </section>
)

const Tested: FC<{ name: string; problem: string | undefined }> = ({ name, problem }) =>
  problem === undefined ? (
    <p class="saved" role="status">{`The test arrived at “${name}”.`}</p>
  ) : (
    <div class="refused" role="alert">
      <p>{`The test did not arrive at “${name}”: ${problem}.`}</p>
    </div>
  )

const NewWebhook: FC<Pick<ReportsPageProps, 'frame' | 'site' | 'news'>> = ({ frame, site, news }) => {
  const { form = { name: '', url: '', weekly: true, alerts: true }, refused = [] } = news
  return (
    <form method="post" action={`${pathOf(frame, site)}/webhooks`} class="form">
      <Refusals refused={refused} />
      <Field name="name" label="Name of a new webhook" autocomplete="off" value={form.name} maxlength={100} />
      <Field
        name="url"
        label="Address"
        autocomplete="off"
        value={form.url}
        maxlength={1000}
        hint="https:// and a public name. Redirects are not followed. Only its host is shown here again."
      />
      <Tick name="weekly" label="The weekly report" on={form.weekly} />
      <Tick name="alerts" label="Alerts on unusual traffic" on={form.alerts} />
      <button class="button" type="submit">
        Add the webhook
      </button>
    </form>
  )
}

function hostOf({ url }: Webhook): string {
  return URL.parse(url)?.host ?? ''
}

function sayWanted({ weekly, alerts }: Wanted): string {
  return sayList([...(weekly ? ['weekly report'] : []), ...(alerts ? ['alerts'] : [])])
}

function pathOf({ basePath }: Frame, { domain }: Site): string {
  return `${basePath}/sites/${encodeURIComponent(domain)}/reports`
}

export const FarewellPage: FC<{ frame: Frame; domain: string }> = ({ frame, domain }) => (
  <FormPage frame={frame} title="Stop these mails" lead={<Lead>{`The weekly report and alerts of ${domain}.`}</Lead>}>
    <form method="post">
      <button class="button" type="submit">
        Stop them
      </button>
    </form>
  </FormPage>
)

export const GoodbyePage: FC<{ frame: Frame; domain: string }> = ({ frame, domain }) => (
  <FormPage frame={frame} title="They have stopped">
    <p>{`No more mails about ${domain} are sent to you. On its page of reports you can choose them again.`}</p>
  </FormPage>
)

const Lead: FC<{ children: Child }> = ({ children }) => <>{children}</>
