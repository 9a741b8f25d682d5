// The wire under requests nobody should send, for a while; `npm run bench -- fuzz` is the long search.
// SUNDIAL_FUZZ_CASES and SUNDIAL_FUZZ_SEED choose another one.

import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

const CASES = Number(process.env.SUNDIAL_FUZZ_CASES ?? 100_000)
const SEED = Number(process.env.SUNDIAL_FUZZ_SEED ?? 1)

test(`${CASES} requests of seed ${SEED}: answers from the closed list, and no count that breaks a promise`, async () => {
  const { answers, missing } = await fuzz({ cases: CASES, seed: SEED })
  expect(missing, 'answers that never came').toEqual([])
  expect(answers.get('202 counted')).toBeGreaterThan(CASES / 5)
}, 1_800_000)
