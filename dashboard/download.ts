// What is made piece by piece while it is sent, on Node and on Workers: no answer need stand in memory. Used by exports.
import { Zip, ZipDeflate } from 'fflate'

/** The next piece is made when the last one is on its way; who goes away ends the making. */
export function streamOf(pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

/** One list in JSON of whatever comes page by page, a line each. */
export async function* jsonList(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let begun = false
  for await (const rows of pages) {
    if (rows.length === 0) continue
    yield `${begun ? ',\n' : '[\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`
    begun = true
  }
  yield begun ? '\n]\n' : '[]\n'
}

interface PackedFile {
  name: string
  pieces: AsyncIterable<string>
}

/** A zip of files, one after the other: what stands in memory is a piece of one of them. None may exceed 4 GB. */
export async function* zipOf(files: readonly PackedFile[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const packed: Uint8Array[] = []
  const zip = new Zip((problem, chunk) => {
    if (problem) throw problem
    packed.push(chunk)
  })
  for (const { name, pieces } of files) {
    const file = new ZipDeflate(name)
    zip.add(file)
    for await (const piece of pieces) {
      file.push(encoder.encode(piece))
      yield* packed.splice(0)
    }
    file.push(new Uint8Array(), true)
    yield* packed.splice(0)
  }
  zip.end()
  yield* packed.splice(0)
}
