// Adding a dimension is one entry in the data contract: a copy of the sources with one more entry compiles, and its
// dashboard and Stats API know it.

import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')
const run = promisify(execFile)

const ENTRY = `  daypart: {
    label: 'Part of the day',
    title: 'Parts of the day',
    panel: 'places',
    api: 'visit:daypart',
    from: 'time of the request in the site’s time zone: before noon or after it',
    values: (event) => [event.hour < 12 ? 'morning' : 'afternoon'],
    metrics: ['visits'],
    namedAt: 1,
    example: 'morning',
  },
`

/** Runs in the copy, which Node can load up to where the pages begin. */
const LOOK = `
import { COUNTERS } from './collector/contract.ts'
import { readProperty } from './dashboard/api/property.ts'
import { dimensionsOf } from './dashboard/view.ts'
import { sayDimension } from './dashboard/words.ts'
const site = { domain: 'a.example', profile: 'standard', properties: [], browserFamilies: false }
console.log(JSON.stringify([
  COUNTERS.map(({ name }) => name).filter((name) => name.includes('daypart')),
  dimensionsOf(site, 'places'),
  readProperty('visit:daypart', site).dimension,
  sayDimension('daypart'),
]))`

let copy: string
beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'sundial-dimension-'))
  for (const part of ['collector', 'dashboard', 'script', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true })
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
})
afterEach(() => rmSync(copy, { recursive: true }))

test('one more entry in DIMENSIONS is counted, has its place on the dashboard and its name in the API', async () => {
  const contract = path.join(copy, 'collector/contract.ts')
  const end = '} as const satisfies Record<string, DimensionRule>'
  const source = readFileSync(contract, 'utf8')
  expect(source.split(end)).toHaveLength(2)
  writeFileSync(contract, source.replace(end, `${ENTRY}${end}`))
  const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', LOOK], { cwd: copy })
  expect(JSON.parse(stdout)).toEqual([['visits:daypart'], ['country', 'daypart'], 'daypart', 'Parts of the day'])
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc')
  const types = await run(process.execPath, [tsc, '-p', copy]).catch((error: { stdout: string }) => error)
  expect(types.stdout).toBe('')
})
