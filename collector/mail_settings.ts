// How mail leaves, as MAIL_URL, MAIL_FROM and MAIL_TOKEN say it. environment.ts checks them here at start; the dashboard's
// mailers send by them.
import { isLoopback } from './loopback.ts'

/** Whom mails come from: https://www.rfc-editor.org/rfc/rfc5322#section-3.4 */
export interface Mailbox {
  /** '' for none. */
  name: string
  address: string
}

export interface SmtpMail {
  by: 'smtp'
  from: Mailbox
  host: string
  port: number
  tls: 'from the start' | 'required' | 'if offered'
  login: { user: string; password: string } | undefined
}

export interface HttpMail {
  by: 'http'
  from: Mailbox
  url: string
  /** Sent as `Authorization: Bearer`. */
  token: string | undefined
}

export type MailSettings = SmtpMail | HttpMail
/** What MAIL_URL alone says. */
export type MailRoute = Omit<SmtpMail, 'from'> | Omit<HttpMail, 'from' | 'token'>

const FORMS =
  'smtp://user:password@mail.example.com:587, smtps://user:password@mail.example.com or https://api.example.com/emails'

/** A problem goes on after the setting's name, and quotes nothing: there may be a password in it. */
export function mailRouteOf(text: string): MailRoute | { problem: string } {
  const url = URL.parse(text)
  if (url && /^smtps?:$/.test(url.protocol)) return smtpRouteOf(url)
  if (url && /^https?:$/.test(url.protocol)) return httpRouteOf(url)
  return { problem: `must be like ${FORMS}` }
}

function smtpRouteOf(url: URL): MailRoute | { problem: string } {
  const bare = url.search === '' && url.hash === '' && /^\/?$/.test(url.pathname)
  const user = decoded(url.username)
  const password = decoded(url.password)
  if (url.hostname === '' || !bare || user === undefined || password === undefined)
    return {
      problem: `must be like ${FORMS}: nothing after the port, and what is special in user and password percent-encoded`,
    }
  if ((user === '') !== (password === '')) return { problem: 'must have both a user and a password, or neither' }
  const secure = url.protocol === 'smtps:'
  return {
    by: 'smtp',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    tls: secure ? 'from the start' : user !== '' && !isLoopback(url.hostname) ? 'required' : 'if offered',
    login: user === '' ? undefined : { user, password },
  }
}

function httpRouteOf(url: URL): MailRoute | { problem: string } {
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return { problem: 'must be without user, password and fragment where it is https://: a token is MAIL_TOKEN’s' }
  // What goes to this machine stays on it, so it need not be encrypted.
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return { problem: 'must be https://, because links that open accounts go there' }
  return { by: 'http', url: url.href }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** `Sundial <stats@example.com>` or the address alone; undefined for anything else. */
export function mailboxOf(text: string): Mailbox | undefined {
  const named = /^([^\p{Cc}()<>[\]:;@\\,"]*)<([^<>]*)>$/u.exec(text)
  const [name, address] = named ? [named[1] ?? '', named[2] ?? ''] : ['', text]
  return isAddress(address) ? { name: name.trim(), address } : undefined
}

/** One address, and nothing in it that a mail server could read as another or as a header. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s\p{Cc}()<>[\]:;@\\,"]+@[^\s\p{Cc}()<>[\]:;@\\,"]+$/u.test(text)
}
