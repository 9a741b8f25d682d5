import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INTERVALS } from '../collector/contract.ts'
import { crossed } from '../collector/interval.ts'

test.each<[before: number, now: number, labels: string[]]>([
  [0, 0, []],
  [0, 9.9, []],
  [0, 10, ['10s']],
  [9, 10, ['10s']],
  [10, 10, []],
  [10, 29, []],
  [10, 30, ['30s']],
  [0, 65, ['10s', '30s', '1m']],
  [60, 600, ['3m', '10m']],
  [0, 1800, ['10s', '30s', '1m', '3m', '10m', '30m']],
  [1800, 90_000, []],
])('from %d to %d seconds crosses %j', (before, now, labels) => {
  expect(crossed([before, now])).toEqual(labels)
})

test('without seconds nothing is crossed', () => {
  expect(crossed(undefined)).toEqual([])
})

test('however a time is cut into reports, each bound below it is crossed once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 20 }), (steps) => {
      const ends = steps.map((_, place) => steps.slice(0, place + 1).reduce((sum, step) => sum + step, 0))
      const labels = ends.flatMap((end, place) => crossed([ends[place - 1] ?? 0, end]))
      const total = ends.at(-1) ?? 0
      expect(labels).toEqual(INTERVALS.filter(({ seconds }) => seconds <= total).map(({ label }) => label))
    }),
  )
})
