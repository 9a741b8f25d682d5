// Adding a dimension is one entry in the data contract and its words in each language: a copy of the sources with both
// compiles but for the language that has none, and its dashboard and Stats API know it.

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
import { ENGLISH } from './dashboard/words.ts'
const { sayDimension, sayLabel } = ENGLISH
const site = { domain: 'a.example', profile: 'standard', properties: [], browserFamilies: false }
console.log(JSON.stringify([
  COUNTERS.map(({ name }) => name).filter((name) => name.includes('daypart')),
  dimensionsOf(site, 'places'),
  readProperty('visit:daypart', site).dimension,
  sayDimension('daypart'),
  sayLabel('daypart'),
]))`

/** Where each language calls a dimension by its name; English has its label from the contract. */
const WORDS: readonly (readonly [file: string, table: string, word: string])[] = [
  ['en/general.ts', 'const dimensions: Record<Dimension, string> = {', "'Parts of the day'"],
  [
    'en/general.ts',
    'const nouns: Record<Dimension, { one: string; many: string }> = {',
    "{ one: 'part', many: 'parts' }",
  ],
  ['fr/general.ts', 'dimensions: {', "'Moments de la journée'"],
  ['fr/general.ts', 'nouns: {', "{ one: 'moment', many: 'moments' }"],
  ['fr/numbers.ts', 'const one: Record<Dimension, string> = {', "'un moment'"],
  ['fr/declaration.ts', 'dimensions: {', "{ label: 'Moment de la journée', from: 'heure de la requête' }"],
]

let copy: string
beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'sundial-dimension-'))
  for (const part of ['collector', 'dashboard', 'script', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true })
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
})
afterEach(() => rmSync(copy, { recursive: true }))

test('one more entry in DIMENSIONS, and its words, is counted, on the dashboard and in the API', async () => {
  insert('collector/contract.ts', 'export const DIMENSIONS = {', ENTRY)
  for (const [file, table, word] of WORDS) insert(`dashboard/languages/${file}`, table, `daypart: ${word},`)
  const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', LOOK], { cwd: copy })
  expect(JSON.parse(stdout)).toEqual([
    ['visits:daypart'],
    ['daypart', 'country'],
    'daypart',
    'Parts of the day',
    'Part of the day',
  ])
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc')
  const types = await run(process.execPath, [tsc, '-p', '.'], { cwd: copy }).catch((error: { stdout: string }) => error)
  const missing = types.stdout.split('\n').filter((line) => /^\S+\(/.test(line))
  expect(missing.filter((line) => !/^dashboard\/languages\/de\/.*'?daypart'?/.test(line))).toEqual([])
  expect(missing.map((line) => line.split('(')[0])).toEqual(
    expect.arrayContaining(['dashboard/languages/de/general.ts', 'dashboard/languages/de/declaration.ts']),
  )
})

/** As the first of a table. */
function insert(file: string, table: string, entry: string): void {
  const place = path.join(copy, file)
  const source = readFileSync(place, 'utf8')
  expect([file, source.split(table).length]).toEqual([file, 2])
  writeFileSync(
    place,
    source.replace(table, () => `${table}\n${entry}`),
  )
}
