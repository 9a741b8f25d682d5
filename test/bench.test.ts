// What `npm run bench` says of itself, and to whom it does not understand.

import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

function bench(...argv: string[]) {
  const file = path.join(import.meta.dirname, 'bench/bench.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...argv], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('--help names every section and option', () => {
  const { status, stdout, stderr } = bench('--help')
  expect([status, stderr]).toEqual([0, ''])
  for (const word of ['ingest', 'fuzz', '--full', '--events <n>', '--help']) expect(stdout).toContain(word)
})

test.each([
  ['a section that there is not', ['ingets'], 'There is no section ingets. Sections are ingest, '],
  ['an option that there is not', ['--fulll'], "Unknown option '--fulll'. Sections are "],
  ['a number that is none', ['ingest', '--rounds', 'many'], '--rounds takes a whole number above 0, not "many".'],
  ['sizes that are none', ['--sizes', '50'], '--sizes takes sites:events, not "50".'],
])('%s is answered with what there is, and nothing is measured', (_, argv, said) => {
  const { status, stdout, stderr } = bench(...argv)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(said)
  expect(stderr).toContain('--help')
  expect(stderr).not.toContain('    at ')
})
