// The address of a client of the Node server: its socket's, or what a trusted proxy says. Node only; the entry makes one.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, type Socket } from 'node:net'

/** A request, however it was read. */
export interface Incoming {
  /** A header by its name in lower case. */
  header(name: string): string | undefined
  socket: Socket
}

/** A request as Node has read it. A look-up through Request.headers costs five times as much. */
export function incomingOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): Incoming {
  return {
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    socket,
  }
}

export interface NodeClients {
  clientAddress(incoming: Incoming): string | undefined
  /** Whether the request came through a trusted proxy, so that its headers may be believed. */
  isProxied(incoming: Incoming): boolean
  /** Whether a trusted proxy was asked over TLS, by its X-Forwarded-Proto. */
  isSecure(incoming: Incoming): boolean
}

/**
 * `trustProxy`: addresses and subnets of the proxies in front, also 'loopback', 'linklocal', 'uniquelocal'; none trusts
 * no header. Throws TypeError for what is no subnet, and for one of all addresses: who is believed would choose his own.
 */
export function createNodeClients({ trustProxy }: { trustProxy: readonly string[] }): NodeClients {
  const trusted = subnetsOf(trustProxy)
  /** A proxy keeps its connections: it is looked at once on each. */
  const proxies = new WeakMap<Socket, boolean>()

  function trusts(address: string): boolean {
    const version = isIP(address)
    return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }

  function isProxy(socket: Socket): boolean {
    const known = proxies.get(socket)
    if (known !== undefined) return known
    const isTrusted = trusts(socket.remoteAddress ?? '')
    proxies.set(socket, isTrusted)
    return isTrusted
  }

  function isProxied({ socket }: Incoming): boolean {
    return trustProxy.length > 0 && isProxy(socket)
  }

  /** Each proxy adds whom it was asked by: the last that is no proxy of ours. */
  function toldAddress(incoming: Incoming): string | undefined {
    const told = (incoming.header('x-forwarded-for') ?? '').split(',').map((address) => address.trim())
    return told.findLast((address) => !trusts(address)) ?? told[0]
  }

  return {
    clientAddress(incoming) {
      const { socket } = incoming
      return (
        plainAddress(isProxied(incoming) ? toldAddress(incoming) : socket.remoteAddress) ??
        plainAddress(socket.remoteAddress)
      )
    },

    isProxied,

    // The proxy next to the browser comes first.
    isSecure: (incoming) =>
      isProxied(incoming) && /^\s*https\s*(?:,|$)/i.test(incoming.header('x-forwarded-proto') ?? ''),
  }
}

const NAMED_RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Node finds an IPv4 subnet for such an address written as IPv6 as well. */
function subnetsOf(proxies: readonly string[]): BlockList {
  const subnets = new BlockList()
  for (const proxy of proxies.flatMap((name) => NAMED_RANGES[name] ?? [name])) {
    const [address = '', length] = proxy.split('/')
    const [type, longest] = isIP(address) === 4 ? (['ipv4', 32] as const) : (['ipv6', 128] as const)
    const bits = Number(length ?? longest)
    if (isIP(address) === 0 || !(bits >= 1 && bits <= longest))
      throw new TypeError('a trusted proxy is no address, no subnet and no name of such')
    subnets.addSubnet(address, bits, type)
  }
  return subnets
}

/** IPv4 written as IPv6 is IPv4; what a proxy wrote that is no address is nothing. */
function plainAddress(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '')
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined
}
