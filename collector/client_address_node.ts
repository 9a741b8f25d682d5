// The address of a client of the Node server: its socket's, or what a trusted proxy says. Node only; the entry makes one.
import type { IncomingMessage } from 'node:http'
import { isIP, type Socket } from 'node:net'
import proxyAddr from 'proxy-addr'

export interface NodeClients {
  clientAddress(incoming: IncomingMessage): string | undefined
  /** Whether the request came through a trusted proxy, so that its headers may be believed. */
  isProxied(incoming: IncomingMessage): boolean
  /** Whether a trusted proxy was asked over TLS, by its X-Forwarded-Proto. */
  isSecure(incoming: IncomingMessage): boolean
}

/**
 * `trustProxy`: addresses and subnets of the proxies in front, also 'loopback', 'linklocal', 'uniquelocal'; none trusts
 * no header. Throws TypeError for what is no subnet. https://github.com/jshttp/proxy-addr
 */
export function createNodeClients({ trustProxy }: { trustProxy: readonly string[] }): NodeClients {
  const trusts = proxyAddr.compile([...trustProxy])
  /** A proxy keeps its connections: it is looked at once on each. */
  const proxies = new WeakMap<Socket, boolean>()

  function isProxy(socket: Socket): boolean {
    const known = proxies.get(socket)
    if (known !== undefined) return known
    const trusted = socket.remoteAddress !== undefined && trusts(socket.remoteAddress, 0)
    proxies.set(socket, trusted)
    return trusted
  }

  function isProxied({ socket }: IncomingMessage): boolean {
    return trustProxy.length > 0 && isProxy(socket)
  }

  return {
    clientAddress(incoming) {
      const { socket } = incoming
      const told =
        trustProxy.length === 0
          ? socket.remoteAddress
          : proxyAddr(incoming, (address, distance) => (distance === 0 ? isProxy(socket) : trusts(address, distance)))
      return plainAddress(told) ?? plainAddress(socket.remoteAddress)
    },

    isProxied,

    // The proxy next to the browser comes first.
    isSecure: (incoming) =>
      isProxied(incoming) && /^\s*https\s*(?:,|$)/i.test(headerOf(incoming, 'x-forwarded-proto') ?? ''),
  }
}

/** A header as Node has read it, by its name in lower case: a look-up through Request.headers costs five times as much. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** IPv4 written as IPv6 is IPv4; what a proxy wrote that is no address is nothing. */
function plainAddress(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '')
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined
}
