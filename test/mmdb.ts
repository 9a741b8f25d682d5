// Writes the smallest file in MaxMind's format: one IPv4 network with one record. For the tests of country_file.ts.
// https://maxmind.github.io/MaxMind-DB/

type Value = string | number | { readonly [key: string]: Value }

export function mmdb(network: string, prefix: number, record: Value): Buffer {
  const bits = network.split('.').flatMap((part) => [...Number(part).toString(2).padStart(8, '0')].map(Number))
  const nothing = prefix
  const found = prefix + 16
  // A chain of nodes, one for each bit: the way on is the next node, the other side leads nowhere.
  const nodes = bits.slice(0, prefix).map((bit, depth) => {
    const next = depth === prefix - 1 ? found : depth + 1
    return bit === 0 ? [next, nothing] : [nothing, next]
  })
  const tree = Buffer.concat(nodes.flat().map(record24))
  const metadata = encode({
    node_count: prefix,
    record_size: 24,
    ip_version: 4,
    database_type: 'Test',
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 0,
  })
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    encode(record),
    Buffer.from('abcdef', 'hex'),
    Buffer.from('MaxMind.com'),
    metadata,
  ])
}

function record24(value: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntBE(value, 0, 3)
  return bytes
}

/** Types 2 (text), 6 (number) and 7 (map), the kind in the upper three bits and the size in the others. */
function encode(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([Buffer.from([(2 << 5) | value.length]), Buffer.from(value)])
  if (typeof value === 'number') return Buffer.from([(6 << 5) | 2, value >> 8, value & 0xff])
  const entries = Object.entries(value)
  const fields = entries.flatMap(([key, inner]) => [encode(key), encode(inner)])
  return Buffer.concat([Buffer.from([(7 << 5) | entries.length]), ...fields])
}
