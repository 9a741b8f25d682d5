// What somebody gets of a site by mail, the webhooks that get it, and the two pages behind the link of a mail that ends it.
// Rendered by subscriptions.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import type { Wanted, Webhook } from '../dispatch/subscriptions.ts'
import { LONGEST_NAME, LONGEST_URL, type WebhookProblem } from '../dispatch/webhook.ts'
import { useWords } from '../languages/use_words.ts'
import type { Words } from '../words.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Saved } from './site_settings.tsx'
import { Tick } from './site_settings_fields.tsx'

export type WebhookForm = Pick<Webhook, 'name' | 'url' | 'weekly' | 'alerts'>
export type WebhookRefusal = keyof Words['subscriptions']['refusals']

/** What has just happened. */
export interface ReportsNews {
  saved?: 'own' | 'removed'
  form?: WebhookForm
  refused?: readonly WebhookRefusal[]
  /** The key is shown now and never again. */
  made?: { name: string; key: string }
  /** `problem` is why the test did not arrive. */
  tested?: { name: string; problem: WebhookProblem | undefined }
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
  const { subscriptions: words } = useWords()
  const { frame, site, webhooks } = props
  return (
    <Layout frame={frame} title={`${words.title} · ${site.domain} · Sundial`} site={site}>
      <div class="column">
        <OwnMails {...props} />
        {webhooks && <Webhooks {...props} webhooks={webhooks} />}
      </div>
    </Layout>
  )
}

const code = (text: string) => <code>{text}</code>

const OwnMails: FC<ReportsPageProps> = ({ frame, site, email, hasMail, own, news }) => {
  const { byMail, weekly, alerts, save } = useWords().subscriptions
  return (
    <section class="panel setting">
      <header>
        <h2>{byMail.title}</h2>
        {news.saved === 'own' && <Saved />}
      </header>
      <p class="hint">{hasMail ? byMail.to(email) : byMail.noMail(code)}</p>
      <form method="post" action={pathOf(frame, site)} class="form">
        <Tick name="weekly" label={weekly.label} on={own.weekly} hint={weekly.meaning} />
        <Tick name="alerts" label={alerts.label} on={own.alerts} hint={alerts.meaning} />
        <button class="button" type="submit">
          {save}
        </button>
      </form>
    </section>
  )
}

type WebhooksProps = ReportsPageProps & { webhooks: readonly Webhook[] }

const Webhooks: FC<WebhooksProps> = ({ frame, site, webhooks, news }) => {
  const { webhooks: words } = useWords().subscriptions
  return (
    <section class="panel setting">
      <header>
        <h2>{words.title}</h2>
        {news.saved === 'removed' && <Saved>{words.removed}</Saved>}
      </header>
      <p class="hint">{words.meaning(code)}</p>
      {news.made && (
        <div class="made" role="status">
          <p>{words.signed(news.made.name)}</p>
          <pre class="tag">
            <code>{news.made.key}</code>
          </pre>
        </div>
      )}
      {news.tested && <Tested {...news.tested} />}
      {webhooks.length > 0 && (
        <ul class="links">
          {webhooks.map((webhook) => (
            <WebhookInList
              webhook={webhook}
              path={`${pathOf(frame, site)}/webhooks/${encodeURIComponent(webhook.id)}`}
            />
          ))}
        </ul>
      )}
      <NewWebhook frame={frame} site={site} news={news} />
    </section>
  )
}

const WebhookInList: FC<{ webhook: Webhook; path: string }> = ({ webhook, path }) => {
  const { subscriptions, sayDay } = useWords()
  const { webhooks: words } = subscriptions
  const { name, url, createdOn } = webhook
  return (
    <li>
      <b>{name}</b>
      <small>{words.listed(URL.parse(url)?.host ?? '', webhook, sayDay(createdOn))}</small>
      <div>
        <form method="post" action={`${path}/test`}>
          <button type="submit" class="quiet" aria-label={words.testNamed(name)}>
            {words.test}
          </button>
        </form>
        <form method="post" action={`${path}/remove`}>
          <button type="submit" class="quiet" aria-label={words.removeNamed(name)}>
            {words.remove}
          </button>
        </form>
      </div>
    </li>
  )
}

const Tested: FC<{ name: string; problem: WebhookProblem | undefined }> = ({ name, problem }) => {
  const { subscriptions, outbound } = useWords()
  const { arrived, notArrived } = subscriptions.webhooks
  return problem === undefined ? (
    <p class="saved" role="status">
      {arrived(name)}
    </p>
  ) : (
    <div class="refused" role="alert">
      <p>{notArrived(name, outbound[problem])}</p>
    </div>
  )
}

const NewWebhook: FC<Pick<ReportsPageProps, 'frame' | 'site' | 'news'>> = ({ frame, site, news }) => {
  const { subscriptions: words } = useWords()
  const { name, address, addressHint, add } = words.webhooks
  const { form = { name: '', url: '', weekly: true, alerts: true }, refused = [] } = news
  return (
    <form method="post" action={`${pathOf(frame, site)}/webhooks`} class="form">
      <Refusals refused={refused.map((why) => sayRefusal(why, words))} />
      <Field name="name" label={name} autocomplete="off" value={form.name} maxlength={LONGEST_NAME} />
      <Field
        name="url"
        label={address}
        autocomplete="off"
        value={form.url}
        maxlength={LONGEST_URL}
        hint={addressHint}
      />
      <Tick name="weekly" label={words.weekly.label} on={form.weekly} />
      <Tick name="alerts" label={words.alerts.label} on={form.alerts} />
      <button class="button" type="submit">
        {add}
      </button>
    </form>
  )
}

function sayRefusal(why: WebhookRefusal, { refusals }: Words['subscriptions']): string {
  if (why === 'nameTooLong') return refusals.nameTooLong(LONGEST_NAME)
  if (why === 'addressTooLong') return refusals.addressTooLong(LONGEST_URL)
  return refusals[why]
}

function pathOf({ basePath }: Frame, { domain }: Site): string {
  return `${basePath}/sites/${encodeURIComponent(domain)}/reports`
}

export const FarewellPage: FC<{ frame: Frame; domain: string }> = ({ frame, domain }) => {
  const { title, lead, stop } = useWords().subscriptions.farewell
  return (
    <FormPage frame={frame} title={title} lead={lead(domain)}>
      <form method="post">
        <button class="button" type="submit">
          {stop}
        </button>
      </form>
    </FormPage>
  )
}

export const GoodbyePage: FC<{ frame: Frame; domain: string }> = ({ frame, domain }) => {
  const { title, sentence } = useWords().subscriptions.farewell.stopped
  return (
    <FormPage frame={frame} title={title}>
      <p>{sentence(domain)}</p>
    </FormPage>
  )
}
