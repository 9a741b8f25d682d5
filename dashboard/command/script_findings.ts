// What `verify` looks at in the scripts that are served: whether they are the bytes of this checkout's build, at the plain
// and at the pinned address, with the headers that other sites need.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { cacheControlOf } from '../../script/headers.ts'
import { type Finding, failed, notAsked, ok } from './finding.ts'
import { scriptHeaderFindings } from './header_findings.ts'
import { type Answer, type Asking, ask, type Fault } from './http_findings.ts'

interface Scripts {
  asking: Asking
  /** Where the collector answers. */
  collector: string
  /** The built static files. */
  built: string
}

const manifestSchema = z.array(z.object({ path: z.string(), immutablePath: z.string(), integrity: z.string() }))
type Manifest = z.infer<typeof manifestSchema>

export async function findScripts({ asking, collector, built }: Scripts): Promise<Finding[]> {
  const manifest = await readManifest(built)
  if (manifest === undefined)
    return [notAsked('Scripts', 'there is no build here to compare them with', 'npm run build')]
  const served = manifest.flatMap(({ path, immutablePath, integrity }) => [
    { path, integrity },
    { path: immutablePath, integrity },
  ])
  const findings = await Promise.all(
    served.map(async ({ path, integrity }) => aboutScript(path, integrity, await ask(asking, `${collector}${path}`))),
  )
  return findings.flat()
}

async function readManifest(built: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path.join(built, 'js/manifest.json'), 'utf8')))
  } catch {
    return undefined
  }
}

function aboutScript(path: string, integrity: string, answer: Answer | Fault): Finding[] {
  const check = `Script ${path}`
  const remedy =
    'npm run build, then deploy (on one machine start) this version, or verify from the one that runs there'
  if ('fault' in answer) return [failed(check, answer.fault, remedy)]
  if (answer.status !== 200) return [failed(check, `answers ${answer.status}`, remedy)]
  const bytes = `sha384-${createHash('sha384').update(answer.body).digest('base64')}`
  if (bytes !== integrity) return [failed(check, `has ${bytes}, not ${integrity} as built here`, remedy)]
  const caching = answer.headers.get('cache-control')
  if (caching !== cacheControlOf(path)) {
    const says = `its bytes are those built here, but Cache-Control is ${caching ?? 'missing'}`
    return [failed(check, says, `let the proxy in front leave it at ${cacheControlOf(path)}`)]
  }
  const unwell = scriptHeaderFindings(check, answer.headers).filter(({ state }) => state !== 'ok')
  return unwell.length > 0 ? unwell : [ok(check, integrity)]
}
