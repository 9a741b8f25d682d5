// Who posts an event to the Node server: headers however they were read, the address of its client, the country by an
// operator's file or a trusted proxy. Node only; the entry makes it.
import type { Incoming, NodeClients } from './client_address_node.ts'
import { countryOf } from './country.ts'
import type { Sender } from './sender.ts'

interface NodeSendersDeps {
  clients: Pick<NodeClients, 'clientAddress' | 'isProxied'>
  /** The header in which a trusted proxy names the country; none is believed unless the operator named it. */
  countryHeader?: string | undefined
  /** The country of an address in the operator's file, where there is one. */
  lookUp?: ((address: string) => string | undefined) | undefined
}

export function createNodeSenders({ clients, countryHeader, lookUp }: NodeSendersDeps) {
  const named = countryHeader?.toLowerCase()

  /** The file first: no visitor can choose what it says. */
  function countryFrom(incoming: Incoming, address: string | undefined): string | undefined {
    if (lookUp !== undefined) return address === undefined ? undefined : lookUp(address)
    return named !== undefined && clients.isProxied(incoming) ? incoming.header(named) : undefined
  }

  return (incoming: Incoming): Sender => ({
    header: incoming.header,
    address: () => clients.clientAddress(incoming),
    country: (address) => countryOf(countryFrom(incoming, address)),
  })
}
