// A short chaos run in the suite, each disturbance once; `npm run chaos` is the long one, and can be given another seed.

import { expect, test } from 'vitest'
import { chaos } from './chaos/chaos.ts'

const DISTURBANCES = 16

test('acknowledged events are counted once and whole, whatever is killed, cut, frozen, filled or set to another time', async () => {
  const { disk, disturbances, answers, faults } = await chaos({ seed: 2, rounds: DISTURBANCES, eventsPerRound: 320 })
  expect(faults).toEqual([])
  expect(Object.keys(disturbances).length).toBe(DISTURBANCES)
  expect(answers['202 counted']).toBeGreaterThan(1_000)
  if (disk.startsWith('none')) console.warn(`No disk was made full: ${disk}.`)
}, 90_000)
