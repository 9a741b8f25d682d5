// Requests to addresses that people have typed, on Node: a name is looked up once, every address it has must be public, and
// the connection goes to the very address that was looked at, so a name that changes its mind in between gains nothing.
// server.ts makes one; the Worker has outbound_web.ts.
import { lookup } from 'node:dns/promises'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { BlockList, connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import {
  type Outbound,
  type OutboundAnswer,
  OutboundError,
  type OutboundProblem,
  type OutboundRequest,
  PATIENCE,
  PLAIN,
} from './outbound.ts'

export interface Dialled {
  /** An IP address that was looked at. */
  address: string
  port: number
  secure: boolean
  /** As it stands in the URL: what a certificate must be for. */
  hostname: string
}

export interface NodeOutboundDeps {
  /** All IP addresses of a name. */
  resolve?: (hostname: string) => Promise<readonly string[]>
  connect?: (dialled: Dialled) => Socket
  timeout?: number
}

export function createNodeOutbound({
  resolve = lookUp,
  connect = dial,
  timeout = PATIENCE,
}: NodeOutboundDeps = {}): Outbound {
  return {
    async ask(request) {
      const signal = AbortSignal.timeout(timeout)
      try {
        const address = await unlessAborted(publicAddress(request.url, resolve), signal)
        return await answerTo(request, address, connect, signal)
      } catch (error) {
        if (error instanceof OutboundError) throw error
        throw new OutboundError(signal.aborted ? 'timeout' : problemOf(error))
      }
    },
  }
}

async function lookUp(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

export function dial({ address, port, secure, hostname }: Dialled): Socket {
  if (!secure) return connectPlain({ host: address, port })
  // A certificate names the host; only names go into SNI: https://www.rfc-editor.org/rfc/rfc6066#section-3
  const named = isIP(hostname) === 0 ? { servername: hostname } : {}
  return connectSecure({ host: address, port, ALPNProtocols: ['http/1.1'], ...named })
}

/** One private address among them is enough to refuse: whoever has the name could choose which one is taken. */
async function publicAddress(url: URL, resolve: NonNullable<NodeOutboundDeps['resolve']>): Promise<string> {
  const hostname = bare(url)
  const addresses = isIP(hostname) === 0 ? await found(hostname, resolve) : [hostname]
  if (!addresses.every(isPublic)) throw new OutboundError('private')
  const [first] = addresses.toSorted((one, other) => isIP(one) - isIP(other))
  if (first === undefined) throw new OutboundError('unknown')
  return first
}

async function found(hostname: string, resolve: NonNullable<NodeOutboundDeps['resolve']>) {
  try {
    return await resolve(hostname)
  } catch {
    throw new OutboundError('unknown')
  }
}

/** Without the brackets of an IPv6 address. */
function bare({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Whatever is not for the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-. */
const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4')

/** Of IPv6 only what is handed out to the public counts, less what leads on to IPv4 or is for examples. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6')

export function isPublic(address: string): boolean {
  const kind = isIP(address)
  if (kind === 4) return !PRIVATE.check(address, 'ipv4')
  // A zone (%eth0) is of this machine's own networks.
  return kind === 6 && !address.includes('%') && GLOBAL.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6')
}

function answerTo(
  { method, url, headers, body, atMost }: OutboundRequest,
  address: string,
  connect: NonNullable<NodeOutboundDeps['connect']>,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const secure = url.protocol === 'https:'
  const port = Number(url.port) || (secure ? 443 : 80)
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  return new Promise((answered, fail) => {
    const asking: ClientRequest = (secure ? requestSecure : requestPlain)({
      method,
      host: bare(url),
      port,
      path: `${url.pathname}${url.search}`,
      headers: { Host: url.host, Connection: 'close', ...PLAIN, ...headers, ...length },
      // Without an agent, so that nothing else connects: https://nodejs.org/api/http.html#httprequesturl-options-callback
      createConnection: () => connect({ address, port, secure, hostname: bare(url) }),
      signal,
    })
    asking.on('error', fail)
    asking.on('response', (response) => {
      readAnswer(response, atMost).then(answered, fail)
    })
    asking.end(body)
  })
}

async function readAnswer(response: IncomingMessage, atMost: number): Promise<OutboundAnswer> {
  const headers = new Headers()
  for (const [name, values] of Object.entries(response.headersDistinct))
    for (const value of values ?? []) headers.append(name, value)
  const answer = { status: response.statusCode ?? 0, headers }
  if (atMost === 0) {
    response.destroy()
    return { ...answer, body: '', cut: false }
  }
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    response.destroy()
    throw new OutboundError('unreadable')
  }
  const decoder = new TextDecoder()
  let text = ''
  let left = atMost
  for await (const chunk of response) {
    const bytes: Uint8Array = chunk
    text += decoder.decode(bytes.subarray(0, left), { stream: true })
    left -= bytes.length
    // Leaving the loop ends the connection.
    if (left < 0) break
  }
  return { ...answer, body: text, cut: left < 0 }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    signal.addEventListener('abort', () => fail(new OutboundError('timeout')), { once: true })
    work.then(done, fail)
  })
}

function problemOf(error: unknown): OutboundProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/CERT|^ERR_TLS|SELF_SIGNED|UNABLE_TO/.test(code)) return 'untrusted'
  return /^(?:HPE_|ERR_INVALID)/.test(code) ? 'unreadable' : 'unreachable'
}
