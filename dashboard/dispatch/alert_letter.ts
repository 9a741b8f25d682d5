// An alert as a mail: what is unusual, what is usual, and where to look. Its sentences are a webhook's as well.
import { html } from 'hono/html'
import { BUTTON, type Letter, layOut, SIGNATURE } from '../people/letters.ts'
import { hour, plural, sayCount, sayFullDay } from '../words.ts'
import type { Alert } from './alert.ts'

interface AlertLinks {
  /** Where to look. */
  place: string
  /** Ends the subscription, without signing in. */
  farewell: string
}

export async function alertLetter(alert: Alert, domain: string, { place, farewell }: AlertLinks): Promise<Letter> {
  const { subject, sentences } = sayAlert(alert, domain)
  const label = alert.kind === 'spike' ? 'See where they come from' : 'Look at the health of the site'
  const why = `You chose the alerts of ${domain}. There is at most one of each kind a day.`
  return {
    subject,
    text: `${[...sentences, `${label}:\n${place}`, `${why} Stop these mails:\n${farewell}`, SIGNATURE].join('\n\n')}\n`,
    html: await layOut(
      subject,
      html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}
<p style="margin:24px 0"><a href="${place}" style="${BUTTON}">${label}</a></p>
<p style="font-size:14px">${why} <a href="${farewell}" style="color:inherit">Stop these mails</a></p>`,
    ),
  }
}

export function sayAlert(alert: Alert, domain: string): { subject: string; sentences: readonly string[] } {
  const when = `${hour(alert.hour + 1)} on ${sayFullDay(alert.day)}`
  const usually = `${sayCount(alert.usual)} would be usual: the median of the same hours in the last weeks.`
  if (alert.kind === 'spike') {
    return {
      subject: `${domain}: many more visits than usual`,
      sentences: [`${plural(alert.visits, 'visit')} came to ${domain} in the hour up to ${when}.`, usually],
    }
  }
  const hours = alert.hours === 1 ? 'hour' : `${alert.hours} hours`
  return {
    subject: `${domain}: no visits where there usually are some`,
    sentences: [
      `No visit to ${domain} was counted in the ${hours} up to ${when}.`,
      usually,
      'The site may be down, its script may be gone or blocked, or Sundial itself may not have run.',
    ],
  }
}
