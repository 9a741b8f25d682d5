// Builds the two files of the tracker into the folder of static assets and fails when one outgrows its budget.
// npm start and the deployment call buildScripts; run as a command it prints the table: node script/build.ts [outDir]
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { cacheControlOf, SCRIPT_HEADERS } from './headers.ts'

export interface BuiltScript {
  name: string
  /** The plain address: always the newest tracker, cached for an hour. */
  path: string
  /** The address of these very bytes: cached for a year and fit for the integrity attribute. */
  immutablePath: string
  /** https://www.w3.org/TR/SRI/ */
  integrity: string
  /** Bytes, as they are and compressed. */
  raw: number
  gzip: number
  brotli: number
}

/** Bytes brotli: what a visitor pays for. */
export const BUDGETS = { sundial: 700, 'sundial.plus': 1100 } as const

/** Writes js/*.js, js/manifest.json and _headers. Copies of earlier builds stay: pages may have pinned their hash. */
export async function buildScripts({ outDir }: { outDir: string }): Promise<BuiltScript[]> {
  await mkdir(join(outDir, 'js'), { recursive: true })
  const scripts = [
    await buildScript('sundial', { plus: false, outDir }),
    await buildScript('sundial.plus', { plus: true, outDir }),
  ]
  await writeChanged(join(outDir, 'js/manifest.json'), Buffer.from(`${JSON.stringify(scripts, null, 2)}\n`))
  await writeChanged(join(outDir, '_headers'), Buffer.from(headersFor(await readdir(join(outDir, 'js')))))
  const tooLarge = scripts.filter(({ name, brotli }) => brotli > budgetOf(name))
  if (tooLarge.length > 0) {
    const sizes = tooLarge.map(({ name, brotli }) => `${name} has ${brotli} bytes brotli of ${budgetOf(name)}`)
    throw new Error(`The tracker outgrew its budget: ${sizes.join(', ')}.`)
  }
  return scripts
}

async function buildScript(
  name: keyof typeof BUDGETS,
  { plus, outDir }: { plus: boolean; outDir: string },
): Promise<BuiltScript> {
  const code = await compile(plus)
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 12)
  const path = `/js/${name}.js`
  const immutablePath = `/js/${name}.${hash}.js`
  await writeChanged(join(outDir, path), code)
  await writeChanged(join(outDir, immutablePath), code)
  return {
    name,
    path,
    immutablePath,
    integrity: `sha384-${createHash('sha384').update(code).digest('base64')}`,
    raw: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  }
}

/** What is there already is left alone: whoever starts the server need not be allowed to write there. */
export async function writeChanged(file: string, contents: Uint8Array): Promise<void> {
  const there = await readFile(file).catch(() => undefined)
  if (!there?.equals(contents)) await writeFile(file, contents)
}

async function compile(plus: boolean): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'tracker.ts')],
    define: { PLUS: String(plus) },
    bundle: true,
    format: 'iife',
    target: 'es2015',
    minify: true,
    // The repository's tsconfig would add "use strict" at the visitor's expense.
    tsconfigRaw: {},
    write: false,
  })
  const code = outputFiles[0]?.text.trim()
  if (!code) throw new Error('esbuild gave no output for script/tracker.ts')
  return new TextEncoder().encode(code)
}

function budgetOf(name: string): number {
  return name === 'sundial' ? BUDGETS.sundial : BUDGETS['sundial.plus']
}

/** https://developers.cloudflare.com/workers/static-assets/headers/ The Node server sends the same through cacheControlOf. */
function headersFor(files: string[]): string {
  const rules = files.toSorted().map((file) => [`/js/${file}`, `  Cache-Control: ${cacheControlOf(`/js/${file}`)}`])
  // Without a validator no browser has anything of ours to send back. The hash in an address says all that it would.
  const without = '  ! ETag'
  const all = ['/js/*', ...Object.entries(SCRIPT_HEADERS).map(([name, value]) => `  ${name}: ${value}`), without]
  return `${[all, ...rules].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** What a person who builds wants to know: sizes against budgets, and the integrity of the immutable files. */
export function table(scripts: readonly BuiltScript[]): string {
  const rows = scripts.map(({ name, raw, gzip, brotli }) => [name, raw, gzip, brotli, budgetOf(name)])
  const lines = [['script', 'raw', 'gzip', 'brotli', 'budget'], ...rows].map(([name, ...sizes]) =>
    [String(name).padEnd(14), ...sizes.map((size) => String(size).padStart(7))].join(''),
  )
  return [...lines, ...scripts.map(({ immutablePath, integrity }) => `${immutablePath}  ${integrity}`)].join('\n')
}

if (import.meta.main) console.log(table(await buildScripts({ outDir: 'dist/public' })))
