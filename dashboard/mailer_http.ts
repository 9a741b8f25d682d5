// Sends mail by one POST of JSON, in the shape that Resend, useSend and Cloudflare's Email Service take. With fetch only,
// so that it runs on Workers too.
import type { HttpMail } from '../collector/mail_settings.ts'
import { headersOf, MailError, type Mailer, type MailProblem, type Message, PATIENCE, requireSound } from './mailer.ts'

interface Setup {
  mail: Pick<HttpMail, 'from' | 'url' | 'token'>
  timeout?: number
}

export function createHttpMailer({ mail, timeout = PATIENCE }: Setup): Mailer {
  const { name, address } = mail.from
  const from = name === '' ? address : `${name} <${address}>`

  return {
    async send(message) {
      requireSound(message)
      const { to, subject, text, html, id } = message
      const body = { from, to, subject, text, html, headers: headersOf(message) }
      const status = await post(mail, body, { id, timeout })
      const problem = problemOf(status)
      if (problem !== undefined) throw new MailError(problem)
    },
  }
}

interface Body extends Pick<Message, 'to' | 'subject' | 'text'> {
  from: string
  html: string | undefined
  headers: Readonly<Record<string, string>>
}

/** The status of the answer. What else is in it is not read: it can quote the mail. */
async function post(
  { url, token }: Setup['mail'],
  body: Body,
  { id, timeout }: { id: string | undefined; timeout: number },
): Promise<number> {
  const signal = AbortSignal.timeout(timeout)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        // Resend refuses requests without one, and Workers send none by themselves.
        'User-Agent': 'Sundial',
        // Of a mail that comes a second time Resend takes the first only.
        ...(id === undefined ? {} : { 'Idempotency-Key': id }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      // Not followed: neither the token nor the mail goes anywhere that was not named.
      redirect: 'manual',
      signal,
    })
    await answer.body?.cancel()
    return answer.status
  } catch {
    throw new MailError(signal.aborted ? 'timeout' : 'unreachable')
  }
}

function problemOf(status: number): MailProblem | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status === 401 || status === 403) return 'unauthorized'
  return status === 408 || status === 429 || status >= 500 ? 'deferred' : 'refused'
}
