// What the Workers weigh and carry, built by wrangler as a deploy builds them.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'

const ROOT = path.join(import.meta.dirname, '..')
const WRANGLER = path.join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const OFFLINE = { WRANGLER_SEND_METRICS: 'false', WRANGLER_SEND_ERROR_REPORTS: 'false' }

interface Bundle {
  gzip: number
  /** Files of ours, from the root on. */
  files: string[]
  packages: Set<string>
  /** Modules of the runtime that it imports. */
  runtime: Set<string>
}

/** better-auth and what it stands on. */
const ACCOUNTS = [
  ...['@better-auth/core', '@better-auth/kysely-adapter', '@better-auth/memory-adapter', '@better-auth/telemetry'],
  ...['@better-auth/utils', '@better-fetch/fetch', '@noble/ciphers', '@noble/hashes', 'better-auth', 'better-call'],
  ...['defu', 'jose', 'kysely', 'rou3'],
]

const directory = mkdtempSync(path.join(tmpdir(), 'sundial-bundle-'))
let collector: Bundle
let dashboard: Bundle

beforeAll(async () => {
  collector = await bundle('')
  dashboard = await bundle('dashboard')
})
afterAll(() => rmSync(directory, { recursive: true }))

async function bundle(environment: string): Promise<Bundle> {
  const outdir = path.join(directory, environment || 'collector')
  const args = [WRANGLER, 'deploy', '--dry-run', `--env=${environment}`, '--outdir', outdir]
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...OFFLINE } })
  const code = readFileSync(path.join(outdir, 'worker.js'), 'utf8')
  const map = z.object({ sources: z.array(z.string()) }).parse(readJson(path.join(outdir, 'worker.js.map')))
  const sources = map.sources.map((source) => path.relative(ROOT, path.resolve(outdir, source)))
  return {
    gzip: gzipSync(code, { level: 9 }).length,
    files: sources.filter((source) => /^(collector|dashboard|script|test)\//.test(source)),
    packages: new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])),
    runtime: new Set([...code.matchAll(/from\s*"((?:node|cloudflare):[^"]+)"/g)].map(([, name = '']) => name)),
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('the collector Worker', () => {
  test('weighs at most 85 KB gzip', () => {
    expect(collector.gzip).toBeLessThanOrEqual(85_000)
  })

  test('carries nothing of the dashboard, five packages, and stands on two modules of the runtime', () => {
    expect(collector.files).toContain('collector/accumulator.ts')
    expect(collector.files.filter((file) => !file.startsWith('collector/'))).toEqual([])
    expect([...collector.packages].sort()).toEqual(['@clickhouse/client-web', 'hono', 'isbot', 'ua-parser-js', 'zod'])
    expect([...collector.runtime].sort()).toEqual(['cloudflare:workers', 'node:crypto'])
  })
})

describe('the dashboard Worker', () => {
  test('weighs at most 600 KB gzip with three languages, of the 3 MB that the free plan takes', () => {
    expect(dashboard.gzip).toBeLessThanOrEqual(600_000)
  })

  // Of its own users it sees the address for the moment of a sign-in, by which guessing is slowed.
  test('carries nothing of what takes events', () => {
    expect(dashboard.files).toContain('dashboard/app.tsx')
    expect(dashboard.files).not.toContain('collector/app.ts')
    expect(dashboard.files).not.toContain('collector/event.ts')
    expect(dashboard.files).not.toContain('collector/accumulator.ts')
    expect([...dashboard.packages].filter((name) => !ACCOUNTS.includes(name)).sort()).toEqual([
      '@asteasolutions/zod-to-openapi',
      '@clickhouse/client-web',
      '@hono/zod-openapi',
      '@hono/zod-validator',
      'fflate',
      'hono',
      'uqr',
      'zod',
    ])
  })
})
