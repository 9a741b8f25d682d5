// Bundles the server (JSX needs it), builds the tracker, the preview's script and the dashboard's. Run by `npm start`, `npm run build` and
// the tests' set-up.

import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import { type BuiltScript, buildScripts, table, writeChanged } from '../script/build.ts'
import { STAND_INS } from './preview/stand_ins.ts'
import { DASHBOARD_SCRIPT, PREVIEW_SCRIPT, PUBLIC } from './scripts.ts'

const ROOT = path.join(import.meta.dirname, '..')
export const SERVER = path.join(ROOT, 'dist/server.js')

/** Writes dist/server.js and dist/public, where they are not so already; throws when a script is over its budget. */
export async function buildAll(): Promise<readonly BuiltScript[]> {
  const scripts = await buildScripts({ outDir: PUBLIC })
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'dashboard/server.ts')],
    outfile: SERVER,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: true,
    logLevel: 'warning',
    write: false,
  })
  for (const { path, contents } of outputFiles) await writeChanged(path, contents)
  await buildForBrowsers('dashboard/preview/preview.ts', PREVIEW_SCRIPT)
  await buildForBrowsers('dashboard/client/dashboard.ts', DASHBOARD_SCRIPT)
  return scripts
}

/** A page's script. The tracker that the preview has in it is the one that was built, to the byte. */
async function buildForBrowsers(entry: string, outfile: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, entry)],
    outfile,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    plugins: [builtTracker],
    logLevel: 'warning',
    write: false,
  })
  await mkdir(path.dirname(outfile), { recursive: true })
  for (const { path, contents } of outputFiles) await writeChanged(path, contents)
}

/** Gives `sundial:tracker` (preview/tracker.d.ts): dist/public/js/sundial.js inside a function. */
const builtTracker: Plugin = {
  name: 'built tracker',
  setup(bundle) {
    bundle.onResolve({ filter: /^sundial:tracker$/ }, ({ path }) => ({ path, namespace: 'sundial' }))
    bundle.onLoad({ filter: /.*/, namespace: 'sundial' }, async () => {
      const tracker = await readFile(path.join(PUBLIC, 'js/sundial.js'), 'utf8')
      return { contents: `export function runTracker({ ${STAND_INS.join(', ')} }) {\n${tracker}\n}` }
    })
  },
}

if (import.meta.main) console.log(table(await buildAll()))
