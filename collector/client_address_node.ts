// The address of a client of the Node server: its socket's, or what a trusted proxy says. Node only; the entry makes one.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import proxyAddr from 'proxy-addr'
import type { ClientAddress } from './client_address.ts'

export interface NodeClients {
  clientAddress: ClientAddress
  /** Whether the request came through a trusted proxy, so that its headers may be believed. */
  isProxied(context: Context): boolean
  /** Whether a trusted proxy was asked over TLS, by its X-Forwarded-Proto. */
  isSecure(context: Context): boolean
}

/**
 * `trustProxy`: addresses and subnets of the proxies in front, also 'loopback', 'linklocal', 'uniquelocal'; none trusts
 * no header. Throws TypeError for what is no subnet. https://github.com/jshttp/proxy-addr
 */
export function createNodeClients({ trustProxy }: { trustProxy: readonly string[] }): NodeClients {
  const trusts = proxyAddr.compile([...trustProxy])

  function isProxied(context: Context): boolean {
    const peer = incomingOf(context)?.socket.remoteAddress
    return trustProxy.length > 0 && peer !== undefined && trusts(peer, 0)
  }

  return {
    clientAddress(context) {
      const incoming = incomingOf(context)
      if (incoming === undefined) return undefined
      const told = trustProxy.length === 0 ? incoming.socket.remoteAddress : proxyAddr(incoming, trusts)
      return plainAddress(told) ?? plainAddress(incoming.socket.remoteAddress)
    },

    isProxied,

    // The proxy next to the browser comes first.
    isSecure: (context) =>
      isProxied(context) && /^\s*https\s*(?:,|$)/i.test(context.req.header('x-forwarded-proto') ?? ''),
  }
}

function incomingOf(context: Context<{ Bindings: Partial<HttpBindings> }>): IncomingMessage | undefined {
  return context.env?.incoming
}

/** IPv4 written as IPv6 is IPv4; what a proxy wrote that is no address is nothing. */
function plainAddress(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '')
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined
}
