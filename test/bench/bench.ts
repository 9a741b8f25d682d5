// `npm run bench`: measures Sundial beside a baseline of the same run, prints tables and writes them to bench-results/.
// `npm run bench -- ingest` runs one section, `-- --full` the 50 million events, `-- --help` says the rest. Each section
// is a process of its own.
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { type Asked, type BenchOptions, type Meanings, readArguments } from './arguments.ts'
import { print, type Table } from './table.ts'

interface Section {
  meaning: string
  /** It takes minutes, and its figures change little: only by name and with --full. */
  asked?: true
  run(options: BenchOptions & { work: string }): Promise<Table[]>
}

const SECTIONS: Readonly<Record<string, Section>> = {
  ingest: {
    meaning: 'Events a second, each durable before its 202, beside a bare Hono server.',
    run: async (options) => (await import('./ingest.ts')).ingest(options),
  },
  profile: {
    meaning: 'CPU time of an event, step by step.',
    run: async (options) => (await import('./profile.ts')).profile(options),
  },
  rows: {
    meaning: 'Rows and bytes written to SQLite an event, and the bill of a Durable Object.',
    run: async (options) => (await import('./rows.ts')).rows(options),
  },
  storage: {
    meaning: 'Rows and bytes in ClickHouse of twelve months, beside one row per event.',
    run: async (options) => (await import('./storage.ts')).storage(options),
  },
  reports: {
    meaning: 'Time of dashboard pages and API calls, beside one row per event.',
    run: async (options) => (await import('./reports.ts')).reports(options),
  },
  start: {
    meaning: 'Start to the first event, and memory.',
    run: async (options) => (await import('./start.ts')).start(options),
  },
  outage: {
    meaning: 'ClickHouse away while events come, and all of it there afterwards.',
    run: async (options) => (await import('./outage.ts')).outage(options),
  },
  fuzz: {
    meaning: 'A million requests that nobody should send; by name and with --full only.',
    asked: true,
    run: async (options) => (await import('./fuzz.ts')).fuzzing(options),
  },
}
const MEANINGS: Meanings = Object.entries(SECTIONS).map(([name, { meaning }]) => [name, meaning])

const RESULTS = path.join(import.meta.dirname, '../../bench-results')

const table = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]).transform((cell) => cell ?? Number.NaN))),
  notes: z.array(z.string()).default([]),
})

const argv = process.argv.slice(2)
const asked = readArguments(argv, MEANINGS)
if ('help' in asked) console.log(asked.help)
else if ('problem' in asked) {
  console.error(asked.problem)
  process.exitCode = 2
} else if (asked.section === undefined) await runAll(asked)
else await runOne(asked.section, asked.options)

async function runAll({ names, options }: Asked): Promise<void> {
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? arch()}, ${Math.round(totalmem() / 1e9)} GB`,
  )
  mkdirSync(RESULTS, { recursive: true })
  const usual = Object.keys(SECTIONS).filter((name) => options.full || SECTIONS[name]?.asked === undefined)
  const work = options.work ?? mkdtempSync(path.join(tmpdir(), 'sundial-bench-'))
  try {
    for (const name of names.length > 0 ? names : usual) await runApart(name, { ...options, work })
  } finally {
    if (options.work === undefined) rmSync(work, { recursive: true, force: true })
  }
}

/** In a process of its own, so that no section finds another's memory, engine or warm code. */
async function runApart(section: string, options: BenchOptions & { work: string }): Promise<void> {
  const begun = performance.now()
  const child = fork(import.meta.filename, [...argv, '--section', section, '--work', options.work])
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

async function runOne(section: string, options: BenchOptions): Promise<void> {
  const { work = tmpdir() } = options
  const tables = await SECTIONS[section]?.run({ ...options, work })
  process.send?.(tables, () => process.exit(0))
}
