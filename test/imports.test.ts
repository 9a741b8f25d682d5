// Imports run one way: script (types only) -> collector <- dashboard. And what runs on Workers imports nothing of Node's
// but node:crypto.

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
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
  const source = readFileSync(path.join(ROOT, file), 'utf8')
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm,
  )
  return [...statements].map(([, types, named, lazy]) => ({
    from: file,
    of: resolve(file, named ?? lazy ?? ''),
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

  test('what a Worker bundles imports nothing of Node’s but node:crypto', () => {
    const reached = new Set<string>()
    const wrong: Import[] = []
    const visit = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const one of importsIn(file)) {
        if (one.types) continue
        if (one.of.startsWith('node:') && one.of !== 'node:crypto') wrong.push(one)
        if (/^(collector|dashboard)\/.*\.tsx?$/.test(one.of)) visit(one.of)
      }
    }
    visit('collector/worker.ts')
    expect(reached).toContain('collector/accumulator.ts')
    expect(wrong).toEqual([])
  })
})
