// Where the mailer's tests send to: as much of an SMTP server as takes a mail, and an HTTP server that keeps what it was
// posted. Neither delivers anything.
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

export interface SmtpSink {
  port: number
  /** What clients said outside of mails, line by line. */
  commands: string[]
  /** Mails as they came, without the dots that SMTP puts before dots. */
  mails: string[]
  close(): Promise<void>
}

/** `answers` replaces what is said to a verb: '550 no', or '' for silence. CONNECT is the greeting, '.' the end of a mail. */
export async function startSmtpSink(answers: Readonly<Record<string, string>> = {}): Promise<SmtpSink> {
  const commands: string[] = []
  const mails: string[] = []
  const server = createServer((socket) => {
    let mail: string[] | undefined
    const say = (verb: string, usual: string) => {
      const answer = answers[verb] ?? usual
      if (answer !== '') socket.write(`${answer}\r\n`)
    }
    const take = (line: string) => {
      if (mail === undefined) {
        commands.push(line)
        const verb = line.split(' ', 1)[0]?.toUpperCase() ?? ''
        say(verb, USUAL[verb] ?? '502 never heard of it')
        if (verb === 'DATA') mail = []
      } else if (line === '.') {
        mails.push(mail.join('\r\n'))
        mail = undefined
        say('.', '250 taken')
      } else mail.push(line.startsWith('.') ? line.slice(1) : line)
    }
    eachLine(socket, take)
    // A client that gave up may reset the connection.
    socket.on('error', () => socket.destroy())
    say('CONNECT', '220 sink')
  })
  return { port: await listen(server), commands, mails, close: closer(server) }
}

const USUAL: Readonly<Record<string, string>> = {
  EHLO: '250-sink\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  QUIT: '221 bye',
}

function eachLine(socket: Socket, take: (line: string) => void): void {
  let rest = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = `${rest}${String(chunk)}`.split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
}

export interface Posted {
  path: string
  method: string
  headers: IncomingHttpHeaders
  body: string
}

export interface HttpSink {
  address: string
  posted: Posted[]
  close(): Promise<void>
}

/** /status/503 answers so, /silent never, /elsewhere sends on to /emails, and all else takes what comes. */
export async function startHttpSink(): Promise<HttpSink> {
  const posted: Posted[] = []
  const server = createHttpServer((request, response) => {
    const path = request.url ?? ''
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      posted.push({ path, method: request.method ?? '', headers: request.headers, body })
      if (path === '/silent') return
      if (path === '/elsewhere') response.writeHead(307, { Location: '/emails' }).end()
      else response.writeHead(Number(/\/status\/(\d+)/.exec(path)?.[1] ?? 200)).end(`{"to":${JSON.stringify(body)}}`)
    })
  })
  return { address: `http://127.0.0.1:${await listen(server)}`, posted, close: closer(server) }
}

/** A port at which nobody answers. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await closer(server)()
  return port
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return portOf(server.address())
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The sink listens at no port')
  return address.port
}

/** Ends what is still connected, too: a silent sink never would. */
function closer(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
}

interface MailPart {
  headers: Record<string, string>
  body: string
}

/** Headers and bodies as a mail program reads them. */
export function readMail(mail: string): MailPart & { parts: MailPart[] } {
  const whole = partOf(mail)
  const boundary = /boundary="?([^";]+)"?/.exec(whole.headers['content-type'] ?? '')?.[1]
  const parts = boundary === undefined ? [] : whole.body.split(`--${boundary}`).slice(1, -1)
  return { ...whole, parts: parts.map((part) => partOf(part.replace(/^\r\n|\r\n$/g, ''))) }
}

function partOf(text: string): MailPart {
  const end = text.indexOf('\r\n\r\n')
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      wordsIn(line.slice(line.indexOf(':') + 1).trim()),
    ]),
  )
  const body = text.slice(end + 4)
  const encoding = headers['content-transfer-encoding']
  if (encoding === 'base64') return { headers, body: Buffer.from(body, 'base64').toString() }
  return { headers, body: encoding === 'quoted-printable' ? quotedPrintable(body.replace(/=\r\n/g, '')) : body }
}

/** https://www.rfc-editor.org/rfc/rfc2047 */
function wordsIn(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString()
        : quotedPrintable(text.replaceAll('_', ' ')),
    )
}

function quotedPrintable(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}
