// Whether a host is this machine's own: asked of addresses, of names in URLs and of the one that the server listens on.

/** 'localhost', '127.0.0.1', '::1', and as URLs and sockets write them: '[::1]', '::ffff:127.0.0.1'. Without a port. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
}
