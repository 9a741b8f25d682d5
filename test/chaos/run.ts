// `npm run chaos`: a longer chaos run by hand. `npm run chaos -- --seed 7 --rounds 200`; the seed repeats a run's decisions.
// With --limited the disk is full by a limit on the size of files, as where this user may mount nothing.

import { parseArgs } from 'node:util'
import { buildAll } from '../../dashboard/build.ts'
import { chaos } from './chaos.ts'

const USAGE = 'npm run chaos -- [--seed <n>] [--rounds <n>] [--events <n>] [--limited]'

const { seed, rounds, eventsPerRound, limited } = readArguments()
await buildAll()
console.log(`Seed ${seed}, ${rounds} rounds of ${eventsPerRound} events.`)
const { disk, disturbances, answers, faults } = await chaos({
  seed,
  rounds,
  eventsPerRound,
  limited,
  say: (line) => console.log(line),
})
console.log(`Disk: ${disk}.`)
console.table(disturbances)
console.table(answers)
for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'Everything adds up.' : `${faults.length} promises did not hold.`)
process.exit(faults.length === 0 ? 0 : 1)

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000)) },
        rounds: { type: 'string', default: '100' },
        events: { type: 'string', default: '600' },
        limited: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) {
      console.log(USAGE)
      process.exit(0)
    }
    return {
      seed: number('seed', values.seed),
      rounds: number('rounds', values.rounds),
      eventsPerRound: number('events', values.events),
      limited: values.limited,
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    console.error(USAGE)
    process.exit(2)
  }
}

/** No rounds at all would find no fault. */
function number(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${option} takes a whole number above 0, not "${text}"`)
  return Number(text)
}
