// Imports run one way: script (types only) -> collector <- dashboard. And what runs on Workers imports nothing of Node's
// but node:crypto.

import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')

interface Import {
  from: string
  of: string
  types: boolean
}

function importsOf(folder: string): Import[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => importsIn(path.join(folder, name)))
}

function importsIn(file: string): Import[] {
  return statementsIn(readFileSync(path.join(ROOT, file), 'utf8')).map(({ of, types }) => ({
    from: file,
    of: resolve(file, of),
    types,
  }))
}

function statementsIn(source: string): Omit<Import, 'from'>[] {
  const statements = source.matchAll(
    /^\s*(?:import|export)\s*(type\s)?[^'"`;()=]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"`]([^'"`]+)['"`]/gm,
  )
  return [...statements].map(([, types, named, bare, lazy]) => ({
    of: named ?? bare ?? lazy ?? '',
    types: types !== undefined,
  }))
}

function resolve(file: string, of: string): string {
  return of.startsWith('.') ? path.join(path.dirname(file), of) : of
}

function folderOf(of: string): string {
  return of.split('/')[0] ?? ''
}

describe('import directions', () => {
  test('the collector imports neither dashboard nor script', () => {
    const wrong = importsOf('collector').filter(({ of }) => ['dashboard', 'script', 'test'].includes(folderOf(of)))
    expect(wrong).toEqual([])
  })

  test('the tracker imports nothing but types', () => {
    expect(importsIn('script/tracker.ts').filter(({ types }) => !types)).toEqual([])
  })

  test('the dashboard does not import the tracker, only its build and its headers', () => {
    const allowed = ['script/build.ts', 'script/headers.ts']
    const wrong = importsOf('dashboard').filter(({ of }) => folderOf(of) === 'script' && !allowed.includes(of))
    expect(wrong).toEqual([])
  })

  test.each([
    ["import './a.ts'", './a.ts', false],
    ["import'./a.ts'", './a.ts', false],
    ["import a from './a.ts'", './a.ts', false],
    ["import {\n  a,\n  type B,\n} from './a.ts'", './a.ts', false],
    ["import type { A } from './a.ts'", './a.ts', true],
    ["export * from './a.ts'", './a.ts', false],
    ["export type { A } from './a.ts'", './a.ts', true],
    ["const { a } = await import('./a.ts')", './a.ts', false],
    ["export const x = 1\nimport './a.ts'", './a.ts', false],
  ])('this test sees %j', (source, of, types) => {
    expect(statementsIn(source)).toEqual([{ of, types }])
  })

  test.each([
    ['collector/worker.ts', 'collector/accumulator.ts'],
    ['dashboard/worker.ts', 'dashboard/app.tsx'],
  ])('what the Worker %s bundles imports nothing of Node’s but node:crypto', async (entry, among) => {
    // esbuild bundles for wrangler too, so what it follows here is what is deployed.
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      packages: 'external',
      external: ['node:*', 'cloudflare:*'],
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      loader: { '.sql': 'text' },
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
    expect(Object.keys(metafile.inputs)).toContain(among)
    const wrong = Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
      imports
        .filter(({ path }) => builtinModules.includes(path.replace(/^node:/, '')) && path !== 'node:crypto')
        .map(({ path }) => ({ from, of: path })),
    )
    expect(wrong).toEqual([])
  })
})
