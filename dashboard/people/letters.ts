// The mails that people get, each as subject, plain text and HTML of the same words. What sends them is mailer.ts.
import { html } from 'hono/html'
import { sayDay, sayMoment } from '../words.ts'

export interface Letter {
  subject: string
  text: string
  html: string
}

interface Invitation {
  organization: string
  /** The name of who invites, or their address. */
  invitedBy: string
  role: string
  /** A sentence on what it may do: ROLE_MEANINGS has them. */
  roleMeaning: string
  link: string
  /** ISO 8601, in UTC. */
  expiresAt: string
}

export function invitationLetter({
  organization,
  invitedBy,
  role,
  roleMeaning,
  link,
  expiresAt,
}: Invitation): Promise<Letter> {
  const name = sayName(organization)
  return composeLetter({
    subject: `Invitation to ${name}`,
    before: [
      `${sayName(invitedBy)} invites you to ${name} on Sundial, web analytics that counts visits and knows no visitor.`,
      `Your role there: ${role}. ${roleMeaning}`,
    ],
    action: { label: 'Accept the invitation', link },
    after: [
      `The link works once, until ${sayMoment(expiresAt)}.`,
      'If you did not expect this, you need do nothing: without you no account is made.',
    ],
  })
}

export function resetLetter({ link, expiresAt }: Pick<Invitation, 'link' | 'expiresAt'>): Promise<Letter> {
  return composeLetter({
    subject: 'Choose a new password for Sundial',
    before: ['Somebody, probably you, asked for a new password for your Sundial account.'],
    action: { label: 'Choose a new password', link },
    after: [
      `The link works once, until ${sayMoment(expiresAt)}.`,
      'If it was not you, you need do nothing: your password stays as it is. Show the link to nobody.',
    ],
  })
}

interface End {
  organization: string
  /** UTC day. */
  endsOn: string
  link: string
}

/** For all owners: one of them has done it. */
export function endLetter({ organization, endsOn, link }: End): Promise<Letter> {
  const name = sayName(organization)
  return composeLetter({
    subject: `${name} was deleted`,
    before: [
      `An owner of ${name} has deleted it on Sundial. Its people are gone from there, and its sites count nothing any more.`,
      `Its counts stay until ${sayDay(endsOn)}, unread. For 30 days this link takes it back, and whoever opens it owns it.`,
    ],
    action: { label: 'Take it back', link },
    after: ['If it is meant to end, you need do nothing. Show the link to nobody else.'],
  })
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

interface Words {
  subject: string
  before: readonly string[]
  action: { label: string; link: string }
  after: readonly string[]
}

/** Any mail that leads to one link. */
export async function composeLetter({ subject, before, action, after }: Words): Promise<Letter> {
  const { label, link } = action
  return {
    subject,
    text: `${[...before, `${label}:\n${link}`, ...after, SIGNATURE].join('\n\n')}\n`,
    html: await layOut(
      subject,
      html`${before.map(paragraph)}
<p style="margin:24px 0"><a href="${link}" style="${BUTTON}">${label}</a></p>
<p style="font-size:14px">Or open this address:<br><a href="${link}" style="overflow-wrap:anywhere">${link}</a></p>
${after.map(paragraph)}`,
    ),
  }
}

export const SIGNATURE = '-- \nSundial'
export const BUTTON =
  'display:inline-block;padding:11px 20px;border-radius:8px;background:#9c4f00;color:#ffffff;font-weight:600;text-decoration:none'

function paragraph(words: string) {
  return html`<p>${words}</p>`
}

/** No colours but the button's: mail programs bring their own, light and dark. And nothing to load, so nobody sees it opened. */
export async function layOut(title: string, content: ReturnType<typeof html>): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en">
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
