// The weekly report and the alerts of a site: what somebody gets of them, the webhooks that get them, and the links in mails
// that end it. Mounted by dashboard.ts; what sends them is dispatch/dispatch.ts.
import { type Context, Hono } from 'hono'
import type { Sites } from '../collector/sites.ts'
import { may } from './access.ts'
import type { Subscriptions, Webhook } from './dispatch/subscriptions.ts'
import { LONGEST_NAME, postWebhook, testBody, whyNoWebhook } from './dispatch/webhook.ts'
import type { Door, SiteGuest } from './door.tsx'
import type { Mailer } from './mailer.ts'
import type { Outbound } from './outbound.ts'
import {
  FarewellPage,
  GoodbyePage,
  type ReportsNews,
  ReportsPage,
  type WebhookForm,
  type WebhookRefusal,
} from './pages/subscriptions.tsx'
import type { Audit } from './people/audit.ts'
import { textOf } from './site_forms.ts'
import { about } from './sites.tsx'

export interface SubscriptionsDeps {
  door: Door
  sites: Pick<Sites, 'fresh' | 'byId'>
  subscriptions: Subscriptions
  audit: Pick<Audit, 'entry'>
  mailer: Mailer | undefined
  outbound: Outbound
  /** Where the dashboard is: links in mails lead there. Only whoever asks from its own page chooses it, for themselves. */
  originOf: (c: Context) => string
  basePath: string
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createSubscriptionPages(deps: SubscriptionsDeps): Hono {
  const { door, sites, subscriptions, audit, mailer, outbound, originOf, basePath, now } = deps
  const app = new Hono()

  door.on(app, 'GET /sites/:site/reports', (c, guest) => show(c, guest, savedIn(c.req.query('saved'))))

  door.on(app, 'POST /sites/:site/reports', async (c, guest) => {
    const body = await c.req.parseBody()
    const wanted = { weekly: body.weekly === 'on', alerts: body.alerts === 'on' }
    const { language } = door.words(c)
    const member = { site: guest.site.id, user: guest.person.account.id, origin: originOf(c), language }
    await subscriptions.choose(member, wanted)
    return back(c, guest, 'own')
  })

  door.on(app, 'POST /sites/:site/reports/webhooks', async (c, guest) => {
    const body = await c.req.parseBody()
    const form: WebhookForm = {
      name: textOf(body.name).trim(),
      url: textOf(body.url).trim(),
      weekly: body.weekly === 'on',
      alerts: body.alerts === 'on',
    }
    const refused = whyNot(form)
    if (refused.length > 0) return show(c, guest, { form, refused }, 422)
    const { site, actor } = guest
    const details = { name: form.name }
    const made = await subscriptions.addWebhook({ ...form, site: site.id, origin: originOf(c) }, () => [
      audit.entry({ ...about(guest), actor, act: 'webhook made', details }),
    ])
    if (!made) return show(c, guest, { form, refused: ['tooMany'] }, 422)
    return show(c, guest, { made: { name: form.name, key: made.key } })
  })

  door.on(app, 'POST /sites/:site/reports/webhooks/:webhook/test', async (c, guest) => {
    const webhook = await webhookIn(c, guest)
    if (!webhook) return gone(c, guest)
    const { site } = guest
    const { id, url, name } = webhook
    const body = testBody(site.domain, `${originOf(c)}${basePath}/?${new URLSearchParams({ site: site.domain })}`)
    const sent = { url, key: subscriptions.keyOf(id), id: `${id}.test`, at: now(), body }
    const problem = await postWebhook(outbound, sent)
    return show(c, guest, { tested: { name, problem } })
  })

  door.on(app, 'POST /sites/:site/reports/webhooks/:webhook/remove', async (c, guest) => {
    const webhook = await webhookIn(c, guest)
    if (!webhook) return gone(c, guest)
    const { site, actor } = guest
    const details = { name: webhook.name }
    const entry = audit.entry({ ...about(guest), actor, act: 'webhook removed', details }, { ifChanged: true })
    await subscriptions.removeWebhook({ site: site.id, id: webhook.id }, [entry])
    return back(c, guest, 'removed')
  })

  // Opened by programs that look at links as well, so that only its button ends anything.
  door.on(app, 'GET /unsubscribe/:token', async (c, { frame }) => {
    const site = await leaving(c)
    return site ? door.page(c, <FarewellPage frame={frame} domain={site.domain} />) : over(c, frame)
  })

  door.on(app, 'POST /unsubscribe/:token', async (c, { frame }) => {
    const subscription = await subscriptions.byFarewell(c.req.param('token') ?? '')
    const site = await leaving(c)
    if (subscription) await subscriptions.end(subscription.id)
    return site ? door.page(c, <GoodbyePage frame={frame} domain={site.domain} />) : over(c, frame)
  })

  async function leaving(c: Context) {
    const subscription = await subscriptions.byFarewell(c.req.param('token') ?? '')
    await sites.fresh()
    return subscription && sites.byId(subscription.site)
  }

  /** Also after a second click: what was asked for holds. */
  function over(c: Context, frame: SiteGuest['frame']) {
    return door.problem(c, { frame }, { status: 404, ...door.words(c).subscriptions.farewell.over })
  }

  async function show(c: Context, guest: SiteGuest, news: ReportsNews, status: 200 | 422 = 200) {
    const { site, frame, person, membership } = guest
    const manages = may(membership.role, 'sites')
    return door.page(
      c,
      <ReportsPage
        {...{ frame, site, news }}
        email={person.account.email}
        hasMail={mailer !== undefined}
        own={await subscriptions.ofMember(site.id, person.account.id)}
        webhooks={manages ? await subscriptions.webhooks(site.id) : undefined}
      />,
      status,
    )
  }

  async function webhookIn(c: Context, { site }: SiteGuest): Promise<Webhook | undefined> {
    const webhooks = await subscriptions.webhooks(site.id)
    return webhooks.find(({ id }) => id === c.req.param('webhook'))
  }

  function gone(c: Context, guest: SiteGuest) {
    const { frame, subscriptions: words } = door.words(c)
    return door.problem(c, guest, { status: 404, title: frame.nothingHere.title, sentence: words.webhooks.gone })
  }

  function back(c: Context, { site }: SiteGuest, saved: string) {
    return c.redirect(`${basePath}/sites/${encodeURIComponent(site.domain)}/reports?saved=${saved}`, 303)
  }

  return app
}

function whyNot({ name, url, weekly, alerts }: WebhookForm): WebhookRefusal[] {
  const address = whyNoWebhook(url)
  return [
    ...(name === '' ? (['nameMissing'] as const) : []),
    ...(name.length > LONGEST_NAME ? (['nameTooLong'] as const) : []),
    ...(address === undefined ? [] : [address]),
    ...(weekly || alerts ? [] : (['nothingWanted'] as const)),
  ]
}

/** From a closed list: nothing that stands in an address is repeated on the page. */
function savedIn(saved: string | undefined): ReportsNews {
  return saved === 'own' || saved === 'removed' ? { saved } : {}
}
