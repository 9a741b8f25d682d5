// `npm run bench`: measures Sundial beside a baseline of the same run, prints tables and writes them to bench-results/.
// `npm run bench -- ingest` runs one section, `-- --full` the 50 million events. Each section is a process of its own.
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { print, type Table } from './table.ts'

export interface BenchOptions {
  full: boolean
  /** Events that storage and reports stand on. */
  events: number
  seconds: number
  rounds: number
  /** Sites and events of the years in storage, instead of the usual ones. */
  sizes: readonly (readonly [sites: number, events: number])[]
  /** A directory for the whole run: reports read what storage has written there. */
  work: string
}

const SECTIONS: Record<string, (options: BenchOptions) => Promise<Table[]>> = {
  ingest: async (options) => (await import('./ingest.ts')).ingest(options),
  profile: async (options) => (await import('./profile.ts')).profile(options),
  rows: async (options) => (await import('./rows.ts')).rows(options),
  storage: async (options) => (await import('./storage.ts')).storage(options),
  reports: async (options) => (await import('./reports.ts')).reports(options),
  start: async (options) => (await import('./start.ts')).start(options),
  outage: async (options) => (await import('./outage.ts')).outage(options),
}

const RESULTS = path.join(import.meta.dirname, '../../bench-results')

const table = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]).transform((cell) => cell ?? Number.NaN))),
  notes: z.array(z.string()).default([]),
})

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    events: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    work: { type: 'string' },
    sizes: { type: 'string', default: '' },
    section: { type: 'string' },
  },
})
const options: BenchOptions = {
  full: values.full,
  events: Number(values.events ?? (values.full ? 50_000_000 : 1_000_000)),
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  sizes: readSizes(values.sizes),
  work: values.work ?? mkdtempSync(path.join(tmpdir(), 'sundial-bench-')),
}
if (values.section === undefined) await runAll(positionals)
else await runOne(values.section)

/** As in `--sizes 50:1000000,1:200000`: sites and events. */
function readSizes(text: string): [number, number][] {
  return [...text.matchAll(/(\d+):(\d+)/g)].map(([, sites, events]) => [Number(sites), Number(events)])
}

async function runAll(asked: readonly string[]): Promise<void> {
  const unknown = asked.filter((name) => !(name in SECTIONS))
  if (unknown.length > 0)
    throw new Error(`no section ${unknown.join(', ')}; there is ${Object.keys(SECTIONS).join(', ')}`)
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? arch()}, ${Math.round(totalmem() / 1e9)} GB`,
  )
  mkdirSync(RESULTS, { recursive: true })
  try {
    for (const name of asked.length > 0 ? asked : Object.keys(SECTIONS)) await runApart(name)
  } finally {
    if (values.work === undefined) rmSync(options.work, { recursive: true, force: true })
  }
}

/** In a process of its own, so that no section finds another's memory, engine or warm code. */
async function runApart(section: string): Promise<void> {
  const begun = performance.now()
  const { work, full, events, seconds, rounds } = options
  const child = fork(import.meta.filename, [
    ...['--sizes', values.sizes, '--section', section, '--work', work, '--events', String(events)],
    ...['--seconds', String(seconds), '--rounds', String(rounds), ...(full ? ['--full'] : [])],
  ])
  const tables = await new Promise<Table[]>((resolve, reject) => {
    child.once('message', (message) => resolve(z.array(table).parse(message)))
    child.once('exit', (code) => reject(new Error(`${section} ended with ${code}`)))
  })
  const took = (performance.now() - begun) / 1000
  for (const one of tables) console.log(print(one))
  console.log(`\n(${section}: ${took.toFixed(0)} s)`)
  const result = { section, at: new Date().toISOString(), node: process.version, options, seconds: took, tables }
  writeFileSync(path.join(RESULTS, `${section}.json`), `${JSON.stringify(result, null, 2)}\n`)
}

async function runOne(section: string): Promise<void> {
  const tables = await SECTIONS[section]?.(options)
  process.send?.(tables, () => process.exit(0))
}
