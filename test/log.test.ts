// The server's log: JSON lines for machines, readable ones for people, and no flood.

import { beforeEach, expect, test } from 'vitest'
import type { LogLevel } from '../collector/environment.ts'
import { createLog } from '../dashboard/log.ts'

const START = Date.UTC(2026, 10, 22, 0, 20)

let clock: number
let written: string
beforeEach(() => {
  clock = START
  written = ''
})

function open({ level = 'info', isTTY = false }: { level?: LogLevel; isTTY?: boolean } = {}) {
  const screen = {
    isTTY,
    write(text: string) {
      written += text
    },
  }
  return createLog({ level, screen, now: () => clock })
}

const lines = (): unknown[] => written.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line)))

test('machines read one JSON object a line: level, time, message, and nothing of the machine', () => {
  const log = open()
  log.warn('The counts wait on disk.')
  log.fatal('DATA_DIR is in use.')
  const time = '2026-11-22T00:20:00.000Z'
  expect(lines()).toEqual([
    { level: 'warn', time, msg: 'The counts wait on disk.' },
    { level: 'fatal', time, msg: 'DATA_DIR is in use.' },
  ])
})

test('people read time, level and message', () => {
  open({ isTTY: true }).error('The sites cannot be read: Error SQLITE_BUSY')
  expect(written).toBe('2026-11-22T00:20:00.000Z ERROR The sites cannot be read: Error SQLITE_BUSY\n')
})

test.each([
  ['info', 4],
  ['warn', 3],
  ['error', 2],
  ['fatal', 1],
  ['silent', 0],
] as const)('at level %s %i of the four levels are written', (level, count) => {
  const log = open({ level })
  log.info('a')
  log.warn('b')
  log.error('c')
  log.fatal('d')
  expect(lines()).toHaveLength(count)
})

test('a line that repeats is written once in 5 seconds, then with how often it was left out', () => {
  const log = open({ isTTY: true })
  for (let n = 0; n < 1000; n++) log.error('An event was not made durable: AccumulatorFull')
  log.error('Something else.')
  clock += 5_000
  log.error('An event was not made durable: AccumulatorFull')
  expect(written.split('\n').map((line) => line.slice(25))).toEqual([
    'ERROR An event was not made durable: AccumulatorFull',
    'ERROR Something else.',
    'ERROR An event was not made durable: AccumulatorFull (999 times more)',
    '',
  ])
})
