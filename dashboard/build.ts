// Bundles the server (JSX needs it) and builds the tracker. Run by `npm start`, `npm run build` and the tests' set-up.

import path from 'node:path'
import { build } from 'esbuild'
import { type BuiltScript, buildScripts, table, writeChanged } from '../script/build.ts'
import { PUBLIC } from './scripts.ts'

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
  return scripts
}

if (import.meta.main) console.log(table(await buildAll()))
