// A request that came in one piece, in the plain form in which browsers and proxies send events: read here at once. All
// else is left to Node's own parser, which knows every form there is. http_fast_path.ts asks.

export interface WholeRequest {
  method: string
  /** As it stands in the request's first line; a path. */
  target: string
  /** By their names in lower case, each of which came once. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/**
 * HTTP/1.1, one line a header, all of it printable ASCII: no bare line feed, no line that goes on, no space before a
 * colon. What two readers could take for different requests is nothing that this one takes.
 */
const PLAIN = /^(?:GET|POST) \/[!-~]* HTTP\/1\.1\r\n(?:[\w!#$%&'*+.^`|~-]+:[\t -~]*\r\n)+$/

/** With one of these there is more to a request, or to its connection, than its bytes. */
const UNUSUAL = ['transfer-encoding', 'expect', 'upgrade', 'te', 'trailer', 'http2-settings', 'proxy-connection']

/** Reads bytes that are exactly one such request; undefined for all others, and where the head is longer than that. */
export function readWholeRequest(bytes: Buffer, longestHead: number): WholeRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0 || end > longestHead) return undefined
  const head = bytes.toString('latin1', 0, end + 2)
  if (!PLAIN.test(head)) return undefined
  const [method = '', target = ''] = head.slice(0, head.indexOf('\r\n')).split(' ')
  const headers = headersIn(head)
  const body = bytes.subarray(end + 4)
  if (headers === undefined || !isWhole(headers, body)) return undefined
  return { method, target, headers, body }
}

/** Undefined where a name comes twice: what that means differs from name to name. */
function headersIn(head: string): WholeRequest['headers'] | undefined {
  const headers: Record<string, string> = {}
  for (let at = head.indexOf('\r\n') + 2; at < head.length; ) {
    const colon = head.indexOf(':', at)
    const end = head.indexOf('\r\n', colon)
    const name = head.slice(at, colon).toLowerCase()
    if (name in headers) return undefined
    // Nearly always one space, so that there is nothing left to trim.
    headers[name] = head.slice(head[colon + 1] === ' ' ? colon + 2 : colon + 1, end).trim()
    at = end + 2
  }
  return headers
}

function isWhole(headers: WholeRequest['headers'], body: Buffer): boolean {
  const { connection = 'keep-alive', 'content-length': length = '0' } = headers
  return (
    'host' in headers &&
    length === String(body.length) &&
    connection.toLowerCase() === 'keep-alive' &&
    !UNUSUAL.some((name) => name in headers)
  )
}
