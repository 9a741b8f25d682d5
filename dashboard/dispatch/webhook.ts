// What webhooks are posted: JSON with an English `text`, which Slack and its like show as it is, and the same as fields. Signed, so that
// the receiver knows whom it is from and when. Their addresses are asked as outbound.ts asks strangers.
import { createHmac } from 'node:crypto'
import { addDays } from '../../collector/calendar.ts'
import { type Outbound, OutboundError, type OutboundProblem } from '../outbound.ts'
import { ENGLISH } from '../words.ts'
import type { Alert } from './alert.ts'
import { sayAlert } from './alert_letter.ts'
import { apiNameOf, sayWeekly, type Weekly } from './weekly.ts'
import { weeklyText } from './weekly_letter.ts'

/** JSON. */
export type WebhookBody = Readonly<Record<string, unknown>> & { type: string; site: string; text: string }

export function weeklyBody(weekly: Weekly, url: string): WebhookBody {
  const { site, range } = weekly
  const { figures, panels } = sayWeekly(weekly, ENGLISH)
  return {
    type: 'weekly',
    site: site.domain,
    text: `${weeklyText(weekly, ENGLISH)}\n${url}`,
    url,
    // Both of them days of the week.
    from: range.from,
    to: addDays(range.to, -1),
    figures: Object.fromEntries(
      figures.map(({ name, now = null, before = null }) => [name, { now, week_before: before }]),
    ),
    panels: panels.map(({ dimension, metric, rows, withheld }) => ({
      dimension: apiNameOf(dimension),
      counted: ENGLISH.dispatch.weekly.counted(metric),
      rows: rows.map(({ value, n }) => ({ value, n })),
      withheld,
    })),
    counted_in: site.k,
  }
}

export function alertBody(alert: Alert, domain: string, url: string): WebhookBody {
  const { kind, ...about } = alert
  const { subject, sentences } = sayAlert(alert, domain, ENGLISH)
  return { type: kind, site: domain, text: `${[subject, ...sentences].join('\n')}\n${url}`, url, ...about }
}

export function testBody(domain: string, url: string): WebhookBody {
  return { type: 'test', site: domain, text: `A test from Sundial: reports of ${domain} arrive here.\n${url}`, url }
}

/** Why an address cannot be a webhook. */
export function whyNoWebhook(text: string): 'addressTooLong' | 'notHttps' | 'withPassword' | 'noName' | undefined {
  const url = URL.parse(text)
  if (text.length > LONGEST_URL) return 'addressTooLong'
  if (url?.protocol !== 'https:') return 'notHttps'
  if (url.username !== '' || url.password !== '') return 'withPassword'
  if (/^\[|^[\d.]+$/.test(url.hostname)) return 'noName'
  return undefined
}

export const LONGEST_URL = 1000
export const LONGEST_NAME = 100

export type WebhookProblem = OutboundProblem | 'refused' | 'deferred' | 'malformed'

/** What it was answered with is not read. Undefined when it was taken. */
export async function postWebhook(
  outbound: Outbound,
  { url, key, id, at, body }: { url: string; key: string; id: string; at: number; body: WebhookBody },
): Promise<WebhookProblem | undefined> {
  if (whyNoWebhook(url) !== undefined) return 'malformed'
  const text = JSON.stringify({ id, ...body })
  const timestamp = String(Math.floor(at / 1000))
  try {
    const { status } = await outbound.ask({
      method: 'POST',
      url: new URL(url),
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Sundial (webhook)',
        'Sundial-Timestamp': timestamp,
        'Sundial-Signature': `v1=${signatureOf(key, timestamp, text)}`,
      },
      body: text,
      atMost: 0,
    })
    if (status >= 200 && status < 300) return undefined
    return status === 408 || status === 429 || status >= 500 ? 'deferred' : 'refused'
  } catch (error) {
    if (error instanceof OutboundError) return error.code
    throw error
  }
}

/** HMAC-SHA256 in hex, of the seconds since the epoch, a dot and the body as it was sent. */
export function signatureOf(key: string, timestamp: string, body: string): string {
  return createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')
}
