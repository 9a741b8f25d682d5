// The mailer of a server or a command on Node. The Worker makes its own of mailer_http.ts: nodemailer would not run there.
import type { MailSettings } from '../collector/mail_settings.ts'
import type { Mailer } from './mailer.ts'
import { createHttpMailer } from './mailer_http.ts'
import { createSmtpMailer } from './mailer_smtp.ts'

/** undefined where no mail is set up. */
export function mailerFor(mail: MailSettings | undefined): Mailer | undefined {
  if (mail === undefined) return undefined
  return mail.by === 'smtp' ? createSmtpMailer({ mail }) : createHttpMailer({ mail })
}
