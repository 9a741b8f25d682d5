// An alert as a mail: what is unusual, what is usual, and where to look. Its sentences are a webhook's as well.
import { html } from 'hono/html'
import { hour } from '../languages/format.ts'
import { BUTTON, type Letter, layOut, SIGNATURE } from '../people/letters.ts'
import type { Words } from '../words.ts'
import type { Alert } from './alert.ts'

interface AlertLinks {
  /** Where to look. */
  place: string
  /** Ends the subscription, without signing in. */
  farewell: string
}

export async function alertLetter(
  alert: Alert,
  domain: string,
  { place, farewell }: AlertLinks,
  words: Words,
): Promise<Letter> {
  const { dispatch, letters } = words
  const { subject, sentences } = sayAlert(alert, domain, words)
  const { look } = dispatch.alert[alert.kind]
  const why = dispatch.alert.why(domain)
  const ways = [`${letters.labelled(look)}\n${place}`, `${dispatch.stopAfter(why)}\n${farewell}`]
  return {
    subject,
    text: `${[...sentences, ...ways, SIGNATURE].join('\n\n')}\n`,
    html: await layOut(
      subject,
      html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}
<p style="margin:24px 0"><a href="${place}" style="${BUTTON}">${look}</a></p>
<p style="font-size:14px">${why} <a href="${farewell}" style="color:inherit">${dispatch.stop}</a></p>`,
      words,
    ),
  }
}

export function sayAlert(
  alert: Alert,
  domain: string,
  { dispatch, sayFullDay }: Words,
): { subject: string; sentences: readonly string[] } {
  const { spike, silence, usual } = dispatch.alert
  const until = { hour: hour(alert.hour + 1), day: sayFullDay(alert.day) }
  if (alert.kind === 'spike') {
    return {
      subject: dispatch.subject(domain, spike.what),
      sentences: [spike.came(alert.visits, domain, until), usual(alert.usual)],
    }
  }
  return {
    subject: dispatch.subject(domain, silence.what),
    sentences: [silence.noneCame(alert.hours, domain, until), usual(alert.usual), silence.maybe],
  }
}
