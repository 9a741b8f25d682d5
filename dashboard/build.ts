// Bundles the server (JSX needs it) and builds the tracker. Run by `npm start`, `npm run build` and the tests' set-up.

import path from 'node:path'
import { build } from 'esbuild'
import { type BuiltScript, buildScripts, table } from '../script/build.ts'
import { PUBLIC } from './scripts.ts'

const ROOT = path.join(import.meta.dirname, '..')
export const SERVER = path.join(ROOT, 'dist/server.js')

/** Writes dist/server.js and dist/public; throws when a script is over its budget. */
export async function buildAll(): Promise<readonly BuiltScript[]> {
  await build({
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
  })
  return buildScripts({ outDir: PUBLIC })
}

if (import.meta.main) console.log(table(await buildAll()))
