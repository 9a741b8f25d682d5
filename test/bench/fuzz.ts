// Fuzzing: the wire under a million requests that nobody should send. What is measured is that nothing breaks; how long it
// takes stands beside it. A section of bench.ts.
import { fuzz } from '../fuzz/fuzz.ts'
import type { Table } from './table.ts'

/** Each world has a seed of its own, and passes some months. */
const WORLDS = 4

/** Ends with an error at the first promise that does not hold. */
export async function fuzzing({ cases, seed }: { cases: number; seed: number }): Promise<Table[]> {
  const answers = new Map<string, number>()
  const worlds: [string, number, number, string][] = []
  for (let world = 0; world < WORLDS; world++) {
    const share = { cases: Math.ceil(cases / WORLDS), seed: seed + world }
    const begun = performance.now()
    const report = await fuzz(share)
    worlds.push([
      String(share.seed),
      share.cases,
      (share.cases * 1000) / (performance.now() - begun),
      report.missing.length === 0 ? 'each' : `not ${report.missing.join(', ')}`,
    ])
    for (const [answer, n] of report.answers) answers.set(answer, (answers.get(answer) ?? 0) + n)
  }
  const sent = [...answers.values()].reduce((sum, n) => sum + n, 0)
  return [
    {
      title: 'Fuzzing of the wire',
      columns: ['seed', 'cases', 'cases/s', 'every answer there is came'],
      rows: worlds,
      notes: [
        'No 5xx, no answer outside the list below, nothing in the log; totals exact, every attribute number a multiple of k,',
        'no text on disk before it was counted k times, no number above what came. The making and checking are in the time.',
      ],
    },
    {
      title: `Answers to ${sent.toLocaleString('en')} cases`,
      columns: ['answer', 'cases', 'share %'],
      rows: [...answers].toSorted(([, a], [, b]) => b - a).map(([answer, n]) => [answer, n, (100 * n) / sent]),
    },
  ]
}
