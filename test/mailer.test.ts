// Mails as they arrive: by SMTP at a server on a socket, by HTTP at one that keeps what it was posted, from Node and from
// workerd; and the settings that say where to.

import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { TestHarness } from 'wrangler'
import * as z from 'zod'
import { type Environment, readEnvironment } from '../collector/environment.ts'
import { isAddress, mailboxOf } from '../collector/mail_settings.ts'
import { mailOf } from '../collector/worker_environment.ts'
import { MAIL_PROBLEMS, MailError, type Mailer, type Message } from '../dashboard/mailer.ts'
import { createHttpMailer } from '../dashboard/mailer_http.ts'
import { mailerFor } from '../dashboard/mailer_node.ts'
import { createSmtpMailer } from '../dashboard/mailer_smtp.ts'
import { closedPort, type HttpSink, readMail, type SmtpSink, startHttpSink, startSmtpSink } from './mail_sink.ts'

const FROM = { name: 'Sundial', address: 'stats@example.com' }
const MESSAGE = {
  to: 'ann@example.org',
  subject: 'Neues Passwort für Zoë ☀',
  text: 'Grüße, with a line of a dot:\n.\nand one that begins with two:\n..end\n',
  html: '<p>Grüße</p>',
} satisfies Message
/** For those who never answer; all others take a fraction of it. */
const SHORT = 300

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const sink of open.splice(0)) await sink.close()
})

async function smtpSink(answers?: Readonly<Record<string, string>>): Promise<SmtpSink> {
  const sink = await startSmtpSink(answers)
  open.push(sink)
  return sink
}

async function httpSink(): Promise<HttpSink> {
  const sink = await startHttpSink()
  open.push(sink)
  return sink
}

interface SmtpChoices {
  tls?: 'required' | 'if offered'
  login?: { user: string; password: string }
  timeout?: number
}

function smtpMailer(port: number, { tls = 'if offered', login, timeout = 10_000 }: SmtpChoices = {}): Mailer {
  return createSmtpMailer({ mail: { from: FROM, host: '127.0.0.1', port, tls, login }, timeout })
}

/** 'sent', or why not. */
async function outcome(sending: Promise<void>): Promise<string> {
  try {
    await sending
    return 'sent'
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    expect(error.message).toBe(`The mail was not sent: ${MAIL_PROBLEMS[error.code]}.`)
    expect(error.cause).toBeUndefined()
    return error.code
  }
}

describe('a mail by SMTP', () => {
  test('arrives as text and HTML, with its subject in any script and a line of a single dot', async () => {
    const sink = await smtpSink()
    await smtpMailer(sink.port).send(MESSAGE)
    const { headers, parts } = readMail(sink.mails[0] ?? '')
    expect(headers).toMatchObject({
      from: 'Sundial <stats@example.com>',
      to: 'ann@example.org',
      subject: MESSAGE.subject,
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
    })
    expect(parts.map((part) => part.headers['content-type'])).toEqual([
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
    ])
    expect(parts.map(({ body }) => body.replaceAll('\r\n', '\n').trimEnd())).toEqual([
      MESSAGE.text.trimEnd(),
      MESSAGE.html,
    ])
    expect(sink.commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([
      'MAIL FROM:<stats@example.com>',
      'RCPT TO:<ann@example.org>',
    ])
  })

  test('is plain text alone where there is no HTML', async () => {
    const sink = await smtpSink()
    const { html: _, ...message } = MESSAGE
    await smtpMailer(sink.port).send(message)
    const { headers, body } = readMail(sink.mails[0] ?? '')
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(body.replaceAll('\r\n', '\n').trimEnd()).toBe(MESSAGE.text.trimEnd())
  })

  test('is sent after signing in where there is a password', async () => {
    const sink = await smtpSink()
    await smtpMailer(sink.port, { login: { user: 'me', password: 'pass word' } }).send(MESSAGE)
    const asked = sink.commands.find((line) => line.startsWith('AUTH PLAIN '))?.slice('AUTH PLAIN '.length) ?? ''
    expect(Buffer.from(asked, 'base64').toString()).toBe('\0me\0pass word')
    expect(sink.mails).toHaveLength(1)
  })

  test('goes to nobody, and neither does the password, where a server that has to offer encryption does not', async () => {
    const sink = await smtpSink()
    const login = { user: 'me', password: 'pass word' }
    expect(await outcome(smtpMailer(sink.port, { tls: 'required', login }).send(MESSAGE))).toBe('unencrypted')
    expect(sink.commands.filter((line) => /^(AUTH|MAIL|RCPT|DATA)/.test(line))).toEqual([])
    expect(sink.mails).toEqual([])
  })

  test.each([
    ['a wrong password', { AUTH: '535 5.7.8 wrong' }, 'unauthorized'],
    ['a password that cannot be checked now', { AUTH: '454 4.7.0 later' }, 'deferred'],
    ['a recipient it does not know', { RCPT: '550 5.1.1 <ann@example.org> unknown' }, 'refused'],
    ['a recipient it takes later', { RCPT: '450 4.2.1 <ann@example.org> greylisted' }, 'deferred'],
    ['a sender it does not know', { MAIL: '553 5.7.1 <stats@example.com> not yours' }, 'refused'],
    ['a mail it takes for spam', { '.': '554 5.7.1 Grüße is spam' }, 'refused'],
    ['a greeting that sends everybody away', { CONNECT: '554 5.0.0 go away' }, 'refused'],
    ['a greeting that asks to come later', { CONNECT: '421 4.0.0 busy' }, 'deferred'],
  ])('that meets %s says so, and quotes nothing', async (_, answers, expected) => {
    const sink = await smtpSink(answers)
    const mailer = smtpMailer(sink.port, { login: { user: 'me', password: 'pass word' } })
    expect(await outcome(mailer.send(MESSAGE))).toBe(expected)
  })

  test.each([
    ['greets nobody', { CONNECT: '' }],
    ['says nothing to a recipient', { RCPT: '' }],
    ['never says that it has the mail', { '.': '' }],
  ])('is given up when the server %s', async (_, answers) => {
    const sink = await smtpSink(answers)
    expect(await outcome(smtpMailer(sink.port, { timeout: SHORT }).send(MESSAGE))).toBe('timeout')
  })

  test('says when nobody answers there', async () => {
    expect(await outcome(smtpMailer(await closedPort()).send(MESSAGE))).toBe('unreachable')
  })
})

describe.each(['Node', 'workerd'])('a mail by HTTP from %s', (runtime) => {
  let harness: TestHarness | undefined
  beforeAll(async () => {
    if (runtime === 'workerd') harness = await startMailWorker()
  })
  afterAll(() => harness?.close())

  const TOKEN = 'token-of-the-service'
  /** The harness fetches for workerd, and answers 500 where that fails: by redirects too. At Cloudflare it is 52x or 530. */
  const UNFETCHED = 'deferred'

  async function send(url: string, message: Message = MESSAGE, timeout = 10_000): Promise<string> {
    const setup = { mail: { from: FROM, url, token: TOKEN }, timeout }
    if (!harness) return outcome(createHttpMailer(setup).send(message))
    const answer = await harness.fetch('/', { method: 'POST', body: JSON.stringify({ ...setup, message }) })
    return answer.text()
  }

  test('is one POST of JSON with the token', async () => {
    const sink = await httpSink()
    expect(await send(`${sink.address}/emails?region=eu`)).toBe('sent')
    expect(sink.posted).toHaveLength(1)
    const [{ path, method, headers, body } = { path: '', method: '', headers: {}, body: '{}' }] = sink.posted
    expect([method, path]).toEqual(['POST', '/emails?region=eu'])
    expect(headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'user-agent': 'Sundial',
    })
    expect(JSON.parse(body)).toEqual({
      from: 'Sundial <stats@example.com>',
      ...MESSAGE,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
  })

  test('is not sent on to where the service points', async () => {
    const sink = await httpSink()
    expect(await send(`${sink.address}/elsewhere`)).toBe(runtime === 'Node' ? 'refused' : UNFETCHED)
    expect(sink.posted.map(({ path }) => path)).toEqual(['/elsewhere'])
  })

  test.each([
    [202, 'sent'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'refused'],
    [422, 'refused'],
    [429, 'deferred'],
    [503, 'deferred'],
  ])('that is answered with %i is %s', async (status, expected) => {
    const sink = await httpSink()
    expect(await send(`${sink.address}/status/${status}`)).toBe(expected)
  })

  test('is given up when nothing is answered, and says when nobody is there', async () => {
    const sink = await httpSink()
    expect(await send(`${sink.address}/silent`, MESSAGE, SHORT)).toBe('timeout')
    expect(await send(`http://127.0.0.1:${await closedPort()}/emails`)).toBe(
      runtime === 'Node' ? 'unreachable' : UNFETCHED,
    )
  })
})

async function startMailWorker(): Promise<TestHarness> {
  Object.assign(process.env, {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_LOG: 'error',
  })
  const { createTestHarness } = await import('wrangler')
  const main = path.join(import.meta.dirname, 'mail_worker.ts')
  const harness = createTestHarness({
    workers: [{ config: { name: 'mail', main, compatibility_date: '2026-11-01' } }],
  })
  await harness.listen()
  return harness
}

describe('a message that would be more than it looks', () => {
  const UNSOUND: [string, Partial<Message>][] = [
    ['a header in its recipient', { to: 'ann@example.org\r\nBcc: eve@example.net' }],
    ['a line feed alone in its recipient', { to: 'ann@example.org\nBcc: eve@example.net' }],
    ['a command in its recipient', { to: 'ann@example.org>\r\nRCPT TO:<eve@example.net' }],
    ['two recipients', { to: 'ann@example.org, eve@example.net' }],
    ['two recipients with a space between', { to: 'ann@example.org eve@example.net' }],
    ['a name that is an address', { to: 'ann@example.org <eve@example.net>' }],
    ['a group', { to: 'friends:ann@example.org,eve@example.net;' }],
    ['a quoted recipient', { to: '"ann@example.org "@example.net' }],
    ['no recipient', { to: '' }],
    ['a header in its subject', { subject: 'Hello\r\nBcc: eve@example.net' }],
    ['a line feed in its subject', { subject: 'Hello\nBcc: eve@example.net' }],
    ['a NUL in its subject', { subject: 'Hello\0' }],
    ['a line separator in its subject', { subject: 'Hello\u2028Bcc: eve@example.net' }],
    ['no text', { text: '' }],
    ['a header in its id', { id: 'a@example.com>\r\nBcc: eve@example.net' }],
    ['a header in the address that ends it', { unsubscribe: 'https://a.example/>\r\nBcc: eve@example.net' }],
    ['two addresses that end it', { unsubscribe: 'https://a.example/>,<https://evil.example/' }],
  ]

  test.each(UNSOUND)('with %s is sent by neither mailer', async (_, change) => {
    const smtp = await smtpSink()
    const http = await httpSink()
    const message = { ...MESSAGE, ...change }
    expect(await outcome(smtpMailer(smtp.port).send(message))).toBe('malformed')
    const mail = { from: FROM, url: `${http.address}/emails`, token: undefined }
    expect(await outcome(createHttpMailer({ mail }).send(message))).toBe('malformed')
    expect([smtp.commands, smtp.mails, http.posted]).toEqual([[], [], []])
  })

  test('keeps headers in its text in its text', async () => {
    const sink = await smtpSink()
    await smtpMailer(sink.port).send({ ...MESSAGE, text: 'Bcc: eve@example.net\n\n.\nRCPT TO:<eve@example.net>' })
    expect(sink.mails).toHaveLength(1)
    expect(readMail(sink.mails[0] ?? '').headers).not.toHaveProperty('bcc')
    expect(sink.commands.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<ann@example.org>'])
  })
})

describe('the settings of mail', () => {
  function read(settings: Record<string, string>): Environment {
    const answer = readEnvironment(settings.MAIL_URL ? { MAIL_FROM: 'stats@example.com', ...settings } : settings)
    if ('problems' in answer) throw new Error(answer.problems.join('\n'))
    return answer.environment
  }

  function problems(settings: Record<string, string>): string[] {
    const answer = readEnvironment({ MAIL_FROM: 'stats@example.com', ...settings })
    return 'problems' in answer ? answer.problems : []
  }

  const from = { name: '', address: 'stats@example.com' }
  const login = { user: 'me@example.com', password: 'p:w/#' }

  test.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, tls: 'if offered', login: undefined }],
    ['smtp://me%40example.com:p%3Aw%2F%23@mail.example', { host: 'mail.example', port: 587, tls: 'required', login }],
    [
      'smtps://me%40example.com:p%3Aw%2F%23@mail.example/',
      { host: 'mail.example', port: 465, tls: 'from the start', login },
    ],
    ['smtp://me%40example.com:p%3Aw%2F%23@localhost:1025', { host: 'localhost', port: 1025, tls: 'if offered', login }],
    ['smtp://[2001:db8::1]:25', { host: '2001:db8::1', port: 25, tls: 'if offered', login: undefined }],
  ])('take %s', (MAIL_URL, expected) => {
    expect(read({ MAIL_URL }).mail).toEqual({ by: 'smtp', from, ...expected })
  })

  test.each([
    ['https://api.example/emails?region=eu', 'https://api.example/emails?region=eu'],
    ['http://127.0.0.1:8025/send', 'http://127.0.0.1:8025/send'],
  ])('take %s', (MAIL_URL, url) => {
    expect(read({ MAIL_URL, MAIL_TOKEN: 'token' }).mail).toEqual({ by: 'http', from, url, token: 'token' })
  })

  test.each([
    ['mail.example', 'must be like smtp://'],
    ['ftp://mail.example', 'must be like smtp://'],
    ['smtp://', 'must be like smtp://'],
    ['smtp://me:hunter2@mail.example?tls.rejectUnauthorized=false', 'must be like smtp://'],
    ['smtp://me:hunter2@mail.example/?x', 'must be like smtp://'],
    ['smtp://me:hunter#2@mail.example', 'must be like smtp://'],
    ['smtp://me:hunter2%zz@mail.example', 'must be like smtp://'],
    ['smtp://hunter2@mail.example', 'must have both a user and a password, or neither'],
    ['https://me:hunter2@api.example/emails', 'must be without user, password and fragment'],
    ['http://api.example/hunter2', 'must be https://'],
  ])('refuse %s, and never quote a password', (MAIL_URL, expected) => {
    const found = problems({ MAIL_URL })
    expect(found).toEqual([expect.stringContaining(`MAIL_URL ${expected}`)])
    expect(found.join()).not.toContain('hunter')
  })

  test.each([
    ['Sundial <stats@example.com>', { name: 'Sundial', address: 'stats@example.com' }],
    ['Zoë & Co. <stats@bücher.example>', { name: 'Zoë & Co.', address: 'stats@bücher.example' }],
    ['<stats@example.com>', { name: '', address: 'stats@example.com' }],
    ['stats@example.com', { name: '', address: 'stats@example.com' }],
    ['Sundial', undefined],
    ['Sundial <stats@example.com>, <eve@example.net>', undefined],
    ['Sundial, Inc. <stats@example.com>', undefined],
    ['Sundial\r\nBcc: eve@example.net <stats@example.com>', undefined],
    ['Sundial <stats@example.com\r\n>', undefined],
    [`${'a'.repeat(250)}@example.com`, undefined],
  ])('read %j as whom mails come from', (text, expected) => {
    expect(mailboxOf(text)).toEqual(expected)
    expect(expected === undefined || isAddress(expected.address)).toBe(true)
  })

  test('need a sender, and say so beside every other problem', () => {
    expect(readEnvironment({ MAIL_URL: 'smtp://mail.example', PORT: 'x' })).toEqual({
      problems: [
        'PORT must be a whole number from 0 to 65535: "x"',
        'MAIL_FROM is missing: mails need an address that they come from, such as Sundial <stats@example.com>',
      ],
    })
  })

  test('warn of a sender and a token that nothing uses', () => {
    expect(readEnvironment({ MAIL_FROM: 'stats@example.com', MAIL_TOKEN: 'token' })).toMatchObject({
      warnings: [
        'MAIL_FROM has no effect without MAIL_URL: no mail is sent.',
        'MAIL_TOKEN has no effect without MAIL_URL: no mail is sent.',
      ],
    })
  })

  test('make no mailer where there is no MAIL_URL', () => {
    expect(mailerFor(read({}).mail)).toBeUndefined()
    expect(mailOf(read({}))).toEqual({ mail: undefined })
  })

  test('lead from MAIL_URL to the server, by SMTP and by HTTP', async () => {
    const smtp = await smtpSink()
    const http = await httpSink()
    await mailerFor(read({ MAIL_URL: `smtp://me:password@127.0.0.1:${smtp.port}` }).mail)?.send(MESSAGE)
    await mailerFor(read({ MAIL_URL: `${http.address}/emails` }).mail)?.send(MESSAGE)
    expect([smtp.mails.length, http.posted.length]).toEqual([1, 1])
    expect(http.posted[0]?.headers).not.toHaveProperty('authorization')
    expect(z.object({ from: z.string() }).parse(JSON.parse(http.posted[0]?.body ?? '')).from).toBe('stats@example.com')
  })

  test('refuse SMTP on Workers, and take HTTP there', () => {
    expect(mailOf(read({ MAIL_URL: 'smtp://me:hunter2@mail.example' }))).toEqual({
      problems: ['MAIL_URL must be https:// on Workers, which cannot speak SMTP: name an HTTP API for mail'],
    })
    expect(mailOf(read({ MAIL_URL: 'https://api.example/emails' }))).toMatchObject({ mail: { by: 'http' } })
  })
})
