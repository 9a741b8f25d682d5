// Once an hour: plans what subscribers are to get (on Monday morning the week before, of the last full hour what is unusual)
// and sends what is planned. Run by the machine's clock and by the dashboard Worker's cron trigger, by both at once if need be.
import * as z from 'zod/mini'
import { addDays, type Calendar, mondayOf } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site, Sites } from '../../collector/sites.ts'
import { MailError, type Mailer } from '../mailer.ts'
import type { Outbound } from '../outbound.ts'
import type { Letter } from '../people/letters.ts'
import { WORDS, type Words } from '../words.ts'
import { type Alert, findAlerts, readAlertHours } from './alert.ts'
import { alertLetter } from './alert_letter.ts'
import type { Deliveries, Delivery } from './deliveries.ts'
import type { Recipient, Subscriptions } from './subscriptions.ts'
import { alertBody, postWebhook, type WebhookBody, weeklyBody } from './webhook.ts'
import { readWeekly, type Weekly } from './weekly.ts'
import { weeklyLetter } from './weekly_letter.ts'

export interface Dispatch {
  /** Rejects never: what goes wrong is reported. */
  run(): Promise<void>
}

export interface DispatchDeps {
  sites: Pick<Sites, 'fresh' | 'byId'>
  counts: Pick<Counts, 'query'>
  calendar: Calendar
  subscriptions: Pick<Subscriptions, 'recipients' | 'keyOf' | 'farewellOf'>
  deliveries: Deliveries
  /** Undefined where no mail is set up. */
  mailer: Mailer | undefined
  outbound: Outbound
  /** '' or '/stats'. */
  basePath: string
  /** Milliseconds since the epoch. */
  now: () => number
  /** A line for the operator: never an address. */
  report: (problem: string, error?: unknown) => void
}

/** Site-local, from which on a Monday is a morning. */
const MORNING = 7
/** So many are sent at the same time. */
const AT_ONCE = 4

type Occasion = { kind: 'weekly'; monday: string } | Alert

/** What is sent about one occasion, to whomever. */
interface Content {
  what: string
  letter(links: Links, words: Words): Promise<Letter>
  body(links: Links): WebhookBody
}
type Links = Pick<Recipient, 'origin'> & { farewell: string }

export function createDispatch(deps: DispatchDeps): Dispatch {
  const { sites, counts, calendar, subscriptions, deliveries, mailer, outbound, basePath, now, report } = deps
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    try {
      await sites.fresh()
      await sweep()
      const recipients = (await subscriptions.recipients()).filter(({ by }) => by === 'webhook' || mailer)
      for (const [id, ofSite] of Map.groupBy(recipients, ({ site }) => site)) {
        const site = sites.byId(id)
        if (site) await planFor(site, ofSite)
      }
      await sendOpen(new Map(recipients.map((recipient) => [recipient.id, recipient])))
    } catch (error) {
      report('Reports and alerts could not be sent; they are tried again within the hour', error)
    }
  }

  async function sweep(): Promise<void> {
    const { late, lost } = await deliveries.sweep()
    if (late > 0) report(`${late} reports or alerts could not be sent within a day and are given up.`)
    if (lost > 0) report(`${lost} reports or alerts may not have been sent: Sundial stopped while it sent them.`)
  }

  async function planFor(site: Site, recipients: readonly Recipient[]): Promise<void> {
    try {
      const weekly = weeklyFor(site)
      const alerts = recipients.some(({ alerts }) => alerts) ? await alertsFor(site) : []
      await deliveries.plan([
        ...(weekly ? recipients.filter((one) => one.weekly).map((one) => planned(one, weekly)) : []),
        ...alerts.flatMap((alert) => recipients.filter((one) => one.alerts).map((one) => planned(one, alert))),
      ])
    } catch (error) {
      report(`Whether there is anything to tell of ${site.domain} is not known`, error)
    }
  }

  function weeklyFor({ timezone }: Site): Occasion | undefined {
    const { day, hour } = calendar.localHour(timezone, now())
    return day === mondayOf(day) && hour >= MORNING ? { kind: 'weekly', monday: day } : undefined
  }

  async function alertsFor(site: Site): Promise<Alert[]> {
    const { timezone } = site
    const { day } = calendar.localHour(timezone, now())
    return findAlerts(await readAlertHours(counts, site, day), { timezone, calendar, now: now() })
  }

  async function sendOpen(recipients: ReadonlyMap<string, Recipient>): Promise<void> {
    const contents = new Map<string, Promise<Content>>()
    const open = await deliveries.open()
    for (let from = 0; from < open.length; from += AT_ONCE)
      await Promise.all(open.slice(from, from + AT_ONCE).map((delivery) => sendOne(delivery, recipients, contents)))
  }

  async function sendOne(
    delivery: Delivery,
    recipients: ReadonlyMap<string, Recipient>,
    contents: Map<string, Promise<Content>>,
  ): Promise<void> {
    const recipient = recipients.get(delivery.subscription)
    const site = recipient && sites.byId(recipient.site)
    const wanted = delivery.occasion.startsWith('weekly ') ? recipient?.weekly : recipient?.alerts
    // Whoever may read it no more, or wants it no more, gets nothing, and within a day the delivery is given up.
    if (!site || !wanted) return
    const key = `${site.id} ${delivery.occasion}`
    try {
      const content = contents.get(key) ?? contentOf(site, delivery)
      contents.set(key, content)
      // Made before it is taken: while ClickHouse does not answer no try is lost.
      await send(delivery, recipient, await content)
    } catch (error) {
      report(`A report or an alert of ${site.domain} could not be made; it is tried again within the hour`, error)
    }
  }

  async function contentOf(site: Site, { details }: Delivery): Promise<Content> {
    const occasion = readOccasion(details)
    if (occasion.kind === 'weekly') {
      const { monday } = occasion
      return weeklyContent(await readWeekly(counts, site, { monday, basePath }))
    }
    return alertContent(occasion, site, basePath)
  }

  async function send(delivery: Delivery, recipient: Recipient, content: Content): Promise<void> {
    const { id, origin } = recipient
    const links = { origin, farewell: `${origin}${basePath}/unsubscribe/${subscriptions.farewellOf(id)}` }
    const letter = recipient.by === 'mail' ? await content.letter(links, WORDS[recipient.language]) : undefined
    if (!(await deliveries.take(delivery))) return
    const problem =
      recipient.by === 'webhook'
        ? await post(delivery, recipient, content.body(links))
        : letter && (await mail(delivery, recipient, letter, links))
    if (problem === undefined) return deliveries.sent(delivery)
    if (await deliveries.failed(delivery, { worthIt: !HOPELESS.has(problem) }))
      report(`${content.what} was not sent to one ${recipient.by === 'mail' ? 'member' : 'webhook'}: ${problem}.`)
  }

  function post(delivery: Delivery, { id, url }: Recipient & { by: 'webhook' }, body: WebhookBody) {
    return postWebhook(outbound, { url, key: subscriptions.keyOf(id), id: idOf(delivery), at: now(), body })
  }

  async function mail(
    delivery: Delivery,
    { email }: Recipient & { by: 'mail' },
    letter: Letter,
    { farewell }: Links,
  ): Promise<string | undefined> {
    try {
      await mailer?.send({ to: email, ...letter, id: idOf(delivery), unsubscribe: farewell })
      return undefined
    } catch (error) {
      if (error instanceof MailError) return error.code
      throw error
    }
  }

  return {
    // One at a time: a mail server that hangs must not make them pile up.
    run() {
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
  }
}

/** What would be answered the same in an hour. */
const HOPELESS: ReadonlySet<string> = new Set(['malformed', 'refused', 'private'])

function planned({ id }: Recipient, occasion: Occasion): Delivery {
  const day = occasion.kind === 'weekly' ? addDays(occasion.monday, -7) : occasion.day
  return { subscription: id, occasion: `${occasion.kind} ${day}`, details: JSON.stringify(occasion) }
}

/** The same for every try. */
function idOf({ subscription, occasion }: Delivery): string {
  return `${subscription}.${occasion.replace(' ', '.')}`
}

function weeklyContent(weekly: Weekly): Content {
  const { domain } = weekly.site
  return {
    what: `The weekly report of ${domain}`,
    letter: ({ origin, farewell }, words) =>
      weeklyLetter(weekly, { dashboard: `${origin}${weekly.path}`, farewell }, words),
    body: ({ origin }) => weeklyBody(weekly, `${origin}${weekly.path}`),
  }
}

function alertContent(alert: Alert, { domain }: Site, basePath: string): Content {
  const day = new URLSearchParams({ site: domain, period: 'day', date: alert.day })
  const path = alert.kind === 'spike' ? `/?${day}` : `/sites/${encodeURIComponent(domain)}/health`
  return {
    what: `An alert of ${domain}`,
    letter: ({ origin, farewell }, words) =>
      alertLetter(alert, domain, { place: `${origin}${basePath}${path}`, farewell }, words),
    body: ({ origin }) => alertBody(alert, domain, `${origin}${basePath}${path}`),
  }
}

const about = { day: z.string(), hour: z.number(), usual: z.number() }
const occasionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weekly'), monday: z.string() }),
  z.object({ kind: z.literal('spike'), ...about, visits: z.number() }),
  z.object({ kind: z.literal('silence'), ...about, hours: z.number() }),
])

function readOccasion(details: string): Occasion {
  return occasionSchema.parse(JSON.parse(details))
}
