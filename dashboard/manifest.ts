// The list of a backup's files with their hashes, written last: a backup without one is not complete.
// Written by backup.ts, checked by restore.ts.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod'

const manifestSchema = z.object({
  /** Of this format. */
  version: z.literal(1),
  /** UTC, to the second. */
  at: z.string(),
  database: z.string(),
  /** Migrations of ClickHouse's schema and of the settings that were applied. */
  schema: z.array(z.string()),
  settings: z.array(z.string()),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof manifestSchema>

const NAME = 'manifest.json'

type Told = (done: number, total: number) => void

export async function writeManifest(directory: string, about: Omit<Manifest, 'files' | 'version'>, told: Told) {
  const names = filesBelow(directory)
  const files: Manifest['files'] = []
  for (const name of names) {
    const file = path.join(directory, name)
    files.push({ name, bytes: statSync(file).size, sha256: await hashOf(file) })
    told(files.length, names.length)
  }
  const manifest: Manifest = { version: 1, ...about, files }
  writeFileSync(path.join(directory, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  return manifest
}

/** Throws a sentence when the directory is no backup, or not the one that was written. */
export async function checkManifest(directory: string, told: Told): Promise<Manifest> {
  const file = path.join(directory, NAME)
  if (!existsSync(directory)) throw new Error(`There is no directory ${directory}.`)
  if (!existsSync(file)) {
    throw new Error(`${directory} holds no complete backup: ${NAME} is written last, and is not there.`)
  }
  const manifest = manifestSchema.safeParse(parsed(file))
  if (!manifest.success) throw new Error(`${file} is damaged, or of a newer Sundial.`)
  const { files } = manifest.data
  for (const [done, { name, sha256 }] of files.entries()) {
    const of = path.join(directory, name)
    if (!existsSync(of) || (await hashOf(of)) !== sha256)
      throw new Error(`The backup is damaged: ${of} is not as written.`)
    told(done + 1, files.length)
  }
  return manifest.data
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort()
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
