// Where the time of an event goes: the real server under full load with V8's profiler, by function. A section of bench.ts.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { buildAll } from '../../dashboard/build.ts'
import { makeDataDir } from '../server.ts'
import { addSites, measure, startSundial } from './ingest.ts'
import type { Table } from './table.ts'

const recorded = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.int() }),
      children: z.array(z.int()).default([]),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.int()),
})
type Recorded = z.infer<typeof recorded>
type Frame = Recorded['nodes'][number]['callFrame']

const SHOWN = 40

export async function profile({ seconds, work }: { seconds: number; work: string }): Promise<Table[]> {
  await buildAll()
  const data = makeDataDir()
  const directory = path.join(work, 'profile')
  try {
    await addSites(data, 50)
    const sundial = await startSundial(data, { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${directory}` })
    const run = await measure(sundial, { seconds, rate: 0, seed: 'profile' })
    await sundial.stop()
    const [file] = readdirSync(directory)
    const read = recorded.parse(JSON.parse(readFileSync(path.join(directory, file ?? ''), 'utf8')))
    return [
      tableOf('itself', read, run.answered, selfTimes(read)),
      tableOf('with what it calls', read, run.answered, wholeTimes(read)),
    ]
  } finally {
    data.remove()
  }
}

const named = ({ functionName, url, lineNumber }: Frame) =>
  `${functionName || '(anonymous)'} ${url.startsWith('node:') ? url : path.basename(url)}${lineNumber > 0 ? `:${lineNumber + 1}` : ''}`

function selfTimes({ nodes, samples, timeDeltas }: Recorded): Map<string, number> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, named(callFrame)]))
  const times = new Map<string, number>()
  for (const [place, id] of samples.entries()) {
    const name = frames.get(id) ?? ''
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[place] ?? 0))
  }
  return times
}

/** A function that calls itself counts once. */
function wholeTimes({ nodes, samples, timeDeltas }: Recorded): Map<string, number> {
  const own = new Map<number, number>()
  for (const [place, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[place] ?? 0))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const times = new Map<string, number>()
  const visit = (id: number, above: ReadonlySet<string>): number => {
    const node = byId.get(id)
    if (!node) return 0
    const name = named(node.callFrame)
    const within = new Set(above).add(name)
    const whole = node.children.reduce((sum, child) => sum + visit(child, within), own.get(id) ?? 0)
    if (!above.has(name)) times.set(name, (times.get(name) ?? 0) + whole)
    return whole
  }
  visit(nodes[0]?.id ?? 0, new Set())
  return times
}

function tableOf(what: string, { timeDeltas }: Recorded, events: number, times: Map<string, number>): Table {
  const idle = times.get('(idle) ') ?? 0
  const busy = timeDeltas.reduce((sum, delta) => sum + delta, 0) - idle
  const rows = [...times]
    .filter(([name]) => !/^\((idle|root)\)/.test(name))
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, time]) => [name, (100 * time) / busy, time / events])
  return {
    title: `Time of the main thread under full load, by function: ${what}`,
    columns: ['function', '% of busy', 'µs/event'],
    rows,
    notes: [
      `${Math.round(busy / 1000)} ms busy for ${events} events, the start included. Lines are those of dist/server.js.`,
    ],
  }
}
