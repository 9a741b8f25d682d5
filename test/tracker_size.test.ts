import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltScript, buildScripts } from '../script/build.ts'

let outDir: string
let scripts: BuiltScript[]
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'sundial-scripts-'))
  scripts = await buildScripts({ outDir })
})
afterAll(() => rm(outDir, { recursive: true }))

const built = (name: string) => {
  const script = scripts.find((one) => one.name === name)
  if (!script) throw new Error(`${name} was not built`)
  return script
}

test.each([
  ['sundial', 700],
  ['sundial.plus', 1100],
])('%s.js has at most %i bytes brotli', async (name, budget) => {
  const file = await readFile(join(outDir, built(name).path))
  expect(brotliCompressSync(file).length).toBeLessThanOrEqual(budget)
  expect(built(name).brotli).toBe(brotliCompressSync(file).length)
})

test('the immutable address serves the same bytes, and the printed hash is theirs', async () => {
  for (const { path, immutablePath, integrity } of scripts) {
    const file = await readFile(join(outDir, immutablePath))
    expect(file).toEqual(await readFile(join(outDir, path)))
    expect(integrity).toBe(`sha384-${createHash('sha384').update(file).digest('base64')}`)
  }
})

test('only addresses with a hash are cached for ever, and every script may be embedded by other sites', async () => {
  const headers = await readFile(join(outDir, '_headers'), 'utf8')
  const { path, immutablePath } = built('sundial.plus')
  expect(headers).toContain(`${path}\n  Cache-Control: public, max-age=3600\n`)
  expect(headers).toContain(`${immutablePath}\n  Cache-Control: public, max-age=31536000, immutable\n`)
  expect(headers).toContain('/js/*\n  Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n')
  expect(headers).toMatch(/^\/js\/\*\n(?: {2}.*\n)* {2}! ETag\n/m)
})

test('the core knows nothing of what plus adds', async () => {
  expect(await readFile(join(outDir, built('sundial').path), 'utf8')).not.toMatch(/Outbound|Download|auxclick|404/)
  expect(await readFile(join(outDir, built('sundial.plus').path), 'utf8')).toMatch(/Outbound/)
})

test('a build is the same every time, and copies of earlier builds stay where pages pinned them', async () => {
  const earlier = '/js/sundial.0123456789ab.js'
  await writeFile(join(outDir, earlier), '')
  expect(await buildScripts({ outDir })).toEqual(scripts)
  expect(JSON.parse(await readFile(join(outDir, 'js/manifest.json'), 'utf8'))).toEqual(scripts)
  expect(await readFile(join(outDir, '_headers'), 'utf8')).toContain(
    `${earlier}\n  Cache-Control: public, max-age=31536000`,
  )
})
