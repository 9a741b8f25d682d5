// Sends mail by SMTP through nodemailer, one connection a mail. Node only: mailer_node.ts is the one that imports it.
import { createTransport } from 'nodemailer'
import type { SmtpMail } from '../collector/mail_settings.ts'
import { headersOf, MailError, type Mailer, type MailProblem, PATIENCE, requireSound } from './mailer.ts'

interface Setup {
  mail: Omit<SmtpMail, 'by'>
  timeout?: number
}

export function createSmtpMailer({ mail, timeout = PATIENCE }: Setup): Mailer {
  const { from, host, port, tls, login } = mail
  const transport = createTransport({
    host,
    port,
    secure: tls === 'from the start',
    requireTLS: tls === 'required',
    auth: login && { user: login.user, pass: login.password },
    // A text or subject is never read as the name of a file or an address to load.
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  return {
    async send(message) {
      requireSound(message)
      const { to, subject, text, html, id } = message
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          subject,
          text,
          html,
          ...(id === undefined ? {} : { messageId: `<${id}@${from.address.split('@')[1]}>` }),
          headers: headersOf(message),
          signal: AbortSignal.timeout(timeout),
        })
      } catch (error) {
        throw new MailError(problemOf(error))
      }
    },
  }
}

/** Of nodemailer's codes; https://nodemailer.com/errors lists them. */
const PROBLEMS = {
  EABORT: 'timeout',
  ETIMEDOUT: 'timeout',
  EAUTH: 'unauthorized',
  ENOAUTH: 'unauthorized',
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unreachable',
  ETLS: 'unencrypted',
} as const satisfies Record<string, MailProblem>

function problemOf(error: unknown): MailProblem {
  if (!(error instanceof Error)) return 'refused'
  const answer = 'responseCode' in error ? Number(error.responseCode) : 0
  // Whatever was asked: the server says that it may work later.
  if (answer >= 400 && answer < 500) return 'deferred'
  const problems: Readonly<Record<string, MailProblem>> = PROBLEMS
  return ('code' in error && problems[String(error.code)]) || 'refused'
}
