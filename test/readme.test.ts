// README's tables say what the code says: settings, reasons, attributes and pairs.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DIMENSIONS, DROP_REASONS, PAIRS, PROFILES } from '../collector/contract.ts'
import { SETTINGS } from '../collector/environment.ts'
import { COMMANDS } from '../dashboard/command/commands.ts'

const README = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8')

function rows(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

test('every setting stands in README with its default and meaning', () => {
  const settings = Object.entries(SETTINGS).map(([name, setting]) => {
    const value = 'default' in setting && setting.default !== '' ? `\`${setting.default}\`` : ''
    return [`\`${name}\``, value, setting.meaning]
  })
  expect(README).toContain(rows(settings))
})

test('every reason why an event is not counted stands in README', () => {
  expect(README).toContain(rows(Object.entries(DROP_REASONS).map(([reason, meaning]) => [`\`${reason}\``, meaning])))
})

test('every attribute that is stored stands in README with what it is made from', () => {
  const attributes = Object.values(DIMENSIONS).map(({ label, from, example }) => [label, from, `\`${example}\``])
  expect(README).toContain(rows(attributes))
})

test('every profile stands in README with what it means', () => {
  expect(README).toContain(rows(Object.entries(PROFILES).map(([name, { meaning }]) => [`\`${name}\``, meaning])))
})

test('every pair that is stored stands in README', () => {
  const label = (name: keyof typeof DIMENSIONS) => DIMENSIONS[name].label.toLowerCase()
  const pairs = PAIRS.map(({ dimensions: [first, second] }) => `${label(first)} × ${label(second)}`)
  expect(README.replaceAll('\n', ' ')).toContain(pairs.join(', '))
})

test('every command that README names exists', () => {
  const named = [...README.matchAll(/npm run (?:--silent )?sundial -- ([a-z]+(?: [a-z]+)?)/g)].map(
    ([, words]) => words ?? '',
  )
  const known = COMMANDS.map(({ name }) => name)
  expect(named.length).toBeGreaterThan(0)
  for (const words of named) expect(known.some((name) => words.startsWith(name))).toBe(true)
})
