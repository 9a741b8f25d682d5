// Who gets the weekly report and the alerts of a site: members by mail, and webhooks. Set on the site's page of reports,
// read by the hourly dispatch. Of the links and keys that mails and webhooks carry nothing is kept: they are made of the
// operator's secret and the id of the subscription.
import { createHmac } from 'node:crypto'
import * as z from 'zod/mini'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'
import { LANGUAGES, type Language } from '../languages/language.ts'
import { isSame } from '../people/secret.ts'

/** What a subscription is for. */
export interface Wanted {
  weekly: boolean
  alerts: boolean
}

export interface Webhook extends Wanted {
  id: string
  name: string
  url: string
  /** UTC day. */
  createdOn: string
}

/** Somebody or something to send to. */
export type Recipient = { id: string; site: number; origin: string } & Wanted &
  ({ by: 'mail'; email: string; language: Language } | { by: 'webhook'; url: string })

export interface Subscriptions {
  /** What a member has chosen for themselves. */
  ofMember(site: number, user: string): Promise<Wanted>
  /**
   * Neither of the two ends it. `origin` is where links of the mails lead, and `language` what they speak while the
   * account has none of its own.
   */
  choose(member: { site: number; user: string; origin: string; language: Language }, wanted: Wanted): Promise<void>
  /** Oldest first. */
  webhooks(site: number): Promise<Webhook[]>
  /** Makes one together with `also`; undefined when the site has as many as it may. */
  addWebhook(
    webhook: Pick<Webhook, 'name' | 'url' | 'weekly' | 'alerts'> & { site: number; origin: string },
    also: (id: string) => readonly Statement[],
  ): Promise<{ id: string; key: string } | undefined>
  removeWebhook(webhook: { site: number; id: string }, also: readonly Statement[]): Promise<void>
  /** Everybody who still may read the site they get something of. */
  recipients(): Promise<Recipient[]>
  /** With which a webhook's deliveries are signed. */
  keyOf(id: string): string
  /** What stands in a mail to end it. */
  farewellOf(id: string): string
  /** The subscription that a link from a mail ends; undefined when nobody made that link or it is over already. */
  byFarewell(secret: string): Promise<{ id: string; site: number } | undefined>
  end(id: string): Promise<void>
}

const MOST_WEBHOOKS = 10

interface SubscriptionsDeps {
  db: SettingsStore
  /** At least 32 characters. */
  secret: string
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createSubscriptions({ db, secret, now, random }: SubscriptionsDeps): Subscriptions {
  const today = () => secondOf(now()).slice(0, 10)
  const newId = () => Buffer.from(random(9)).toString('base64url')
  const derived = (purpose: string, id: string) =>
    createHmac('sha256', secret).update(`${purpose}\0${id}`).digest('base64url')
  const farewellOf = (id: string) => `${id}.${derived('unsubscribe', id)}`

  async function webhooks(site: number): Promise<Webhook[]> {
    const rows = await db.all(WEBHOOKS, site)
    return rows.map((row) => readWebhook(row))
  }

  return {
    async ofMember(site, user) {
      const [row] = await db.all(OF_MEMBER, site, user)
      return row === undefined ? { weekly: false, alerts: false } : readWanted(wantedRow.parse(row))
    },
    async choose({ site, user, origin, language }, { weekly, alerts }) {
      if (!weekly && !alerts) return db.run(LEAVE, site, user)
      await db.run(CHOOSE, newId(), site, user, Number(weekly), Number(alerts), origin, today(), language)
    },
    webhooks,
    async addWebhook({ site, name, url, weekly, alerts, origin }, also) {
      if ((await webhooks(site)).length >= MOST_WEBHOOKS) return undefined
      const id = newId()
      const params = [id, site, name, url, Number(weekly), Number(alerts), origin, today()]
      await db.batch([{ sql: ADD_WEBHOOK, params }, ...also(id)])
      return { id, key: derived('webhook', id) }
    },
    removeWebhook: ({ site, id }, also) => db.batch([{ sql: REMOVE_WEBHOOK, params: [id, site] }, ...also]),
    async recipients() {
      const rows = await db.all(RECIPIENTS)
      return rows.flatMap((row) => readRecipient(row))
    },
    keyOf: (id) => derived('webhook', id),
    farewellOf,
    async byFarewell(given) {
      const [id = ''] = given.split('.', 1)
      if (!isSame(given, farewellOf(id))) return undefined
      const [row] = await db.all(BY_ID, id)
      return row === undefined ? undefined : idRow.parse(row)
    },
    end: (id) => db.run(END, id),
  }
}

const OF_MEMBER = '/* subscriptions.of_member */ SELECT weekly, alerts FROM subscriptions WHERE site = ? AND user = ?'
const LEAVE = '/* subscriptions.leave */ DELETE FROM subscriptions WHERE site = ? AND user = ?'
const CHOOSE = `/* subscriptions.choose */ INSERT INTO subscriptions (id, site, user, weekly, alerts, origin, created_on, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (site, user) DO UPDATE
SET weekly = excluded.weekly, alerts = excluded.alerts, origin = excluded.origin, language = excluded.language`
const WEBHOOKS = `/* subscriptions.webhooks */ SELECT id, name, url, weekly, alerts, created_on
FROM subscriptions WHERE site = ? AND user IS NULL ORDER BY rowid`
const ADD_WEBHOOK = `/* subscriptions.add_webhook */ INSERT INTO subscriptions (id, site, name, url, weekly, alerts, origin, created_on)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const REMOVE_WEBHOOK =
  '/* subscriptions.remove_webhook */ DELETE FROM subscriptions WHERE id = ? AND site = ? AND user IS NULL'
// A role may have changed since it was chosen.
const RECIPIENTS = `/* subscriptions.recipients */ SELECT subscriptions.id, subscriptions.site, weekly, alerts, origin, url, "user".email,
  coalesce("user".language, subscriptions.language) AS language
FROM subscriptions
JOIN sites ON sites.id = subscriptions.site AND sites.closed = 0
LEFT JOIN members ON members.organization = sites.organization AND members.user = subscriptions.user
LEFT JOIN "user" ON "user".id = members.user
WHERE subscriptions.user IS NULL OR (members.user IS NOT NULL AND (members.role <> 'viewer' OR EXISTS (
  SELECT 1 FROM viewer_sites
  WHERE viewer_sites.organization = members.organization
    AND viewer_sites.user = members.user AND viewer_sites.site = subscriptions.site
)))
ORDER BY subscriptions.rowid`
const BY_ID = '/* subscriptions.by_id */ SELECT id, site FROM subscriptions WHERE id = ?'
const END = '/* subscriptions.end */ DELETE FROM subscriptions WHERE id = ?'

const wantedRow = z.object({ weekly: z.number(), alerts: z.number() })
const webhookRow = z.object({
  ...wantedRow.shape,
  id: z.string(),
  name: z.string(),
  url: z.string(),
  created_on: z.string(),
})
const recipientRow = z.object({
  ...wantedRow.shape,
  id: z.string(),
  site: z.number(),
  origin: z.string(),
  url: z.nullable(z.string()),
  email: z.nullable(z.string()),
  language: z.catch(z.enum(LANGUAGES), 'en'),
})
const idRow = z.object({ id: z.string(), site: z.number() })

function readWanted({ weekly, alerts }: z.infer<typeof wantedRow>): Wanted {
  return { weekly: weekly === 1, alerts: alerts === 1 }
}

function readWebhook(row: unknown): Webhook {
  const { created_on: createdOn, weekly, alerts, ...webhook } = webhookRow.parse(row)
  return { ...webhook, ...readWanted({ weekly, alerts }), createdOn }
}

function readRecipient(row: unknown): Recipient[] {
  const { id, site, origin, url, email, language, ...flags } = recipientRow.parse(row)
  const common = { id, site, origin, ...readWanted(flags) }
  if (url !== null) return [{ ...common, by: 'webhook', url }]
  return email === null ? [] : [{ ...common, by: 'mail', email, language }]
}
