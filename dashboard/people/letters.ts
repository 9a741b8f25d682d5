// The mails that people get, each as subject, plain text and HTML of the same words, in the language of who gets it. What
// sends them is mailer.ts.
import { html } from 'hono/html'
import type { Role } from '../access.ts'
import type { Words } from '../words.ts'

export interface Letter {
  subject: string
  text: string
  html: string
}

interface Invitation {
  organization: string
  /** The name of who invites, or their address. */
  invitedBy: string
  role: Role
  link: string
  /** ISO 8601, in UTC. */
  expiresAt: string
}

export function invitationLetter(
  { organization, invitedBy, role, link, expiresAt }: Invitation,
  words: Words,
): Promise<Letter> {
  const { invitation, worksUntil } = words.letters
  const name = sayName(organization)
  const content = {
    subject: invitation.subject(name),
    before: [
      invitation.invites(sayName(invitedBy), name),
      invitation.role(words.roles.names[role], words.roles.meanings[role]),
    ],
    action: { label: invitation.accept, link },
    after: [worksUntil(words.sayMoment(expiresAt)), invitation.unexpected],
  }
  return composeLetter(content, words)
}

export function resetLetter(
  { link, expiresAt }: Pick<Invitation, 'link' | 'expiresAt'>,
  words: Words,
): Promise<Letter> {
  const { reset, worksUntil } = words.letters
  const content = {
    subject: reset.subject,
    before: [reset.asked],
    action: { label: reset.choose, link },
    after: [worksUntil(words.sayMoment(expiresAt)), reset.notYou],
  }
  return composeLetter(content, words)
}

/** To the address until now, so that it is noticed when somebody else did it. */
export function addressChangedLetter(words: Words): Promise<Letter> {
  const { addressChanged } = words.letters
  return composeLetter(
    { subject: addressChanged.subject, before: [addressChanged.changed, addressChanged.notYou], after: [] },
    words,
  )
}

interface End {
  organization: string
  /** UTC day. */
  endsOn: string
  link: string
}

/** For all owners: one of them has done it. */
export function endLetter({ organization, endsOn, link }: End, words: Words): Promise<Letter> {
  const { end } = words.letters
  const name = sayName(organization)
  const content = {
    subject: end.subject(name),
    before: [end.deleted(name), end.takesBack(words.sayDay(endsOn))],
    action: { label: end.takeBack, link },
    after: [end.meant],
  }
  return composeLetter(content, words)
}

/** What people wrote, in one line of a mail: no line, and no direction of writing, that looks like ours. */
function sayName(text: string): string {
  const line = text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  const letters = [...line]
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : line
}

/** A longer one would be an advertisement, sent to strangers in our name. */
const LONGEST_NAME = 60

interface Content {
  subject: string
  before: readonly string[]
  action?: { label: string; link: string }
  after: readonly string[]
}

/** Any mail of some sentences, most of which lead to one link. */
async function composeLetter({ subject, before, action, after }: Content, words: Words): Promise<Letter> {
  const { labelled, orOpen } = words.letters
  const leading = action ? [`${labelled(action.label)}\n${action.link}`] : []
  const button = action
    ? html`<p style="margin:24px 0"><a href="${action.link}" style="${BUTTON}">${action.label}</a></p>
<p style="font-size:14px">${orOpen}<br><a href="${action.link}" style="overflow-wrap:anywhere">${action.link}</a></p>`
    : ''
  return {
    subject,
    text: `${[...before, ...leading, ...after, SIGNATURE].join('\n\n')}\n`,
    html: await layOut(
      subject,
      html`${before.map(paragraph)}
${button}
${after.map(paragraph)}`,
      words,
    ),
  }
}

export const SIGNATURE = '-- \nSundial'
export const BUTTON =
  'display:inline-block;padding:11px 20px;border-radius:8px;background:#9c4f00;color:#ffffff;font-weight:600;text-decoration:none'

function paragraph(sentences: string) {
  return html`<p>${sentences}</p>`
}

/** No colours but the button's: mail programs bring their own, light and dark. And nothing to load, so nobody sees it opened. */
export async function layOut(
  title: string,
  content: ReturnType<typeof html>,
  { language }: Pick<Words, 'language'>,
): Promise<string> {
  const page = await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>:root { color-scheme: light dark }</style>
</head>
<body style="margin:0;padding:24px">
<div style="max-width:540px;margin:0 auto;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
${content}
<p style="margin-top:32px;font-size:14px">Sundial</p>
</div>
</body>
</html>
`
  return page.toString()
}
