// `npm run chaos`: a longer chaos run by hand. `npm run chaos -- --seed 7 --rounds 200`; the seed repeats a run's decisions.
// With --limited the disk is full by a limit on the size of files, as where this user may mount nothing.

import { parseArgs } from 'node:util'
import { buildAll } from '../../dashboard/build.ts'
import { chaos } from './chaos.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rounds: { type: 'string', default: '100' },
    events: { type: 'string', default: '600' },
    limited: { type: 'boolean', default: false },
  },
})

await buildAll()
console.log(`Seed ${values.seed}, ${values.rounds} rounds of ${values.events} events.`)
const { disk, disturbances, answers, faults } = await chaos({
  seed: Number(values.seed),
  rounds: Number(values.rounds),
  eventsPerRound: Number(values.events),
  limited: values.limited,
  say: (line) => console.log(line),
})
console.log(`Disk: ${disk}.`)
console.table(disturbances)
console.table(answers)
for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'Everything adds up.' : `${faults.length} promises did not hold.`)
process.exit(faults.length === 0 ? 0 : 1)
