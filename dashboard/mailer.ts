// The port that mails leave by: invitations, password resets, weekly reports. mailer_http.ts runs everywhere,
// mailer_smtp.ts on Node only; mailer_node.ts chooses.
import { isAddress } from '../collector/mail_settings.ts'

export interface Message {
  /** One address, without a name. */
  to: string
  subject: string
  text: string
  html?: string
  /** The same for every try to send the same mail: whoever gets it twice can tell. Letters, digits and dots. */
  id?: string
  /** Where a POST ends what it is sent for, without signing in: https://www.rfc-editor.org/rfc/rfc8058 */
  unsubscribe?: string
}

export interface Mailer {
  /** Throws a MailError; otherwise whoever delivers it has taken it. */
  send(message: Message): Promise<void>
}

export const MAIL_PROBLEMS = {
  malformed: 'its recipient is not one address, its subject is not one line, or it has no text',
  unauthorized: 'the mail service does not let this sender in: check MAIL_URL, MAIL_TOKEN and MAIL_FROM',
  refused: 'the mail service does not take it',
  deferred: 'the mail service cannot take it now',
  unreachable: 'the mail service cannot be reached, or its certificate is not trusted: check MAIL_URL',
  unencrypted: 'the connection to the mail service cannot be encrypted: check MAIL_URL, and the certificate there',
  timeout: 'the mail service did not answer in time',
} as const
export type MailProblem = keyof typeof MAIL_PROBLEMS

/** Says why and nothing else: what servers answer can quote the recipient, and a link in a mail opens an account. */
export class MailError extends Error {
  override readonly name = 'MailError'
  readonly code: MailProblem

  constructor(code: MailProblem) {
    super(`The mail was not sent: ${MAIL_PROBLEMS[code]}.`)
    this.code = code
  }
}

/** For all that it takes to hand one mail over, in milliseconds. */
export const PATIENCE = 10_000

/** No holiday notice comes back: https://www.rfc-editor.org/rfc/rfc3834#section-5, and Exchange's own. */
export const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } as const

/** Beside a mail's own words. */
export function headersOf({ unsubscribe }: Pick<Message, 'unsubscribe'>): Readonly<Record<string, string>> {
  if (unsubscribe === undefined) return AUTOMATIC
  return {
    ...AUTOMATIC,
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** Every mailer asks this first, so that no text of anybody becomes a header or a second recipient. */
export function requireSound({ to, subject, text, id = '', unsubscribe = '' }: Message): void {
  const isSound = isAddress(to) && !/[\p{Cc}\u2028\u2029]/u.test(subject) && text !== ''
  // Both become headers.
  if (!isSound || !/^[\w.-]*$/.test(id) || /[\s\p{Cc}<>]/u.test(unsubscribe)) throw new MailError('malformed')
}
