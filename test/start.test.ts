// `npm start` where dist/ is not the service user's to write.

import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')

let checkout: string
beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'sundial-checkout-'))
  for (const part of ['collector', 'dashboard', 'script', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, part), path.join(checkout, part), { recursive: true })
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(checkout, 'node_modules'))
})
afterEach(() => rmSync(checkout, { recursive: true }))

/** Runs a file of the checkout to its end. */
async function run(file: string, settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(checkout, file)], {
    cwd: checkout,
    env: { PATH: process.env.PATH ?? '', ...settings },
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  return { out, err, code }
}

function writtenAt(): Record<string, number> {
  const dist = path.join(checkout, 'dist')
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(names.map((name) => [name, statSync(path.join(dist, name)).mtimeMs]))
}

test('a start writes nothing into a dist/ that is up to date', async () => {
  await run('dashboard/build.ts')
  const before = writtenAt()
  // It is built, and then refused: the setting is read by the server.
  const { err } = await run('dashboard/start.ts', { PORT: 'x' })
  expect(err).toContain('PORT must be a whole number')
  expect(writtenAt()).toEqual(before)
  expect(Object.keys(before)).toContain('server.js')
})

test('where dist/ cannot be written a start says what to do, and shows no stack', async () => {
  writeFileSync(path.join(checkout, 'dist'), '')
  const { code, err } = await run('dashboard/start.ts')
  expect(code).toBe(1)
  expect(err).toMatch(/dist is not up to date and cannot be written by this user \(E[A-Z]+\)\.\nRun `npm run build`/)
  expect(err).not.toContain('    at ')
})
