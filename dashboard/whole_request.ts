// A request that came in one piece, in the plain form in which browsers and proxies send events: read here at once. All
// else is left to Node's own parser, which knows every form there is. http_fast_path.ts asks.

export interface WholeRequest {
  method: string
  /** As it stands in the request's first line; a path. */
  target: string
  /** A header by its name in lower case; each came once. */
  header(name: string): string | undefined
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
  const header = headersIn(head)
  const body = bytes.subarray(end + 4)
  return header !== undefined && isWhole(header, body) ? { method, target, header, body } : undefined
}

/**
 * Undefined where a name comes twice: what that means differs from name to name. In two lists, because a dozen names are
 * found in them sooner than an object is made of them.
 */
function headersIn(head: string): WholeRequest['header'] | undefined {
  const names: string[] = []
  const values: string[] = []
  for (let at = head.indexOf('\r\n') + 2; at < head.length; ) {
    const colon = head.indexOf(':', at)
    const end = head.indexOf('\r\n', colon)
    const name = head.slice(at, colon).toLowerCase()
    if (names.length === MOST_HEADERS || names.includes(name)) return undefined
    names.push(name)
    // Nearly always one space, so that there is nothing left to trim.
    values.push(head.slice(head[colon + 1] === ' ' ? colon + 2 : colon + 1, end).trim())
    at = end + 2
  }
  return (name) => {
    const at = names.indexOf(name)
    return at < 0 ? undefined : values[at]
  }
}

/** A browser sends some twenty, a proxy adds a few. */
const MOST_HEADERS = 50

function isWhole(header: WholeRequest['header'], body: Buffer): boolean {
  return (
    header('host') !== undefined &&
    (header('content-length') ?? '0') === String(body.length) &&
    (header('connection') ?? 'keep-alive').toLowerCase() === 'keep-alive' &&
    !UNUSUAL.some((name) => header(name) !== undefined)
  )
}
