// The settings store of sites.ts over `wrangler d1 execute`, so that the command line edits the sites of Workers with
// the same code. wrangler takes no parameters: values become SQL literals here.
import { execFile } from 'node:child_process'
import path from 'node:path'
import * as z from 'zod'
import type { SettingsStore, SettingsValue } from '../../collector/sites.ts'

interface Wrangler {
  where: 'local' | 'remote'
  /** Directory of wrangler.toml and node_modules. */
  root: string
  /** Name of the binding in wrangler.toml. */
  binding: string
  /** Further arguments, such as --persist-to or --config. */
  more?: readonly string[]
}

export function createWranglerSettings(wrangler: Wrangler): SettingsStore {
  return {
    all: (sql, ...params) => execute(wrangler, withLiterals(sql, params)),
    run: async (sql, ...params) => {
      await execute(wrangler, withLiterals(sql, params))
    },
    // D1 runs the statements of one command in one transaction.
    batch: async (statements) => {
      await execute(wrangler, statements.map(({ sql, params }) => withLiterals(sql, params)).join(';\n'))
    },
  }
}

/** The statement with its `?` replaced by literals. The statement itself must hold no literal of its own. */
export function withLiterals(sql: string, params: readonly SettingsValue[]): string {
  if (/['"`;]/.test(sql)) throw new Error('A statement with parameters must hold no literals.')
  const parts = sql.split('?')
  if (parts.length !== params.length + 1)
    throw new Error(`${parts.length - 1} values expected, ${params.length} given.`)
  return parts.map((part, place) => (place < params.length ? `${part}${literal(params[place])}` : part)).join('')
}

/** Strings, safe integers and null only; in SQLite a quote inside a string is doubled, and nothing else is special. */
function literal(value: SettingsValue | undefined): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  // NUL would end the statement early; a lone surrogate would not arrive as it was sent.
  if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0'))
    return `'${value.replaceAll("'", "''")}'`
  throw new Error('Only text, whole numbers and null can be written through wrangler.')
}

const answerSchema = z.array(z.object({ results: z.array(z.unknown()), success: z.literal(true) })).min(1)
const errorSchema = z.object({ error: z.object({ text: z.string() }) })

async function execute({ where, root, binding, more = [] }: Wrangler, sql: string): Promise<readonly unknown[]> {
  const program = path.join(root, 'node_modules/wrangler/bin/wrangler.js')
  const args = ['d1', 'execute', binding, `--${where}`, '--json', '--yes', ...more, '--command', sql]
  const { failed, stdout, stderr } = await run(program, args, root)
  const said = readJson(stdout)
  const answer = answerSchema.safeParse(said)
  if (!failed && answer.success) return answer.data[0]?.results ?? []
  const error = errorSchema.safeParse(said)
  const reason = error.success ? error.data.error.text : lastLine(stderr, stdout)
  const advice = reason.includes('no such table')
    ? `\nIts tables are made by: npx wrangler d1 migrations apply ${binding} --${where}`
    : ''
  throw new Error(`wrangler could not use the ${where} D1: ${reason}${advice}`)
}

/** This very Node runs wrangler: the system's own may be too old for it. */
function run(program: string, args: readonly string[], cwd: string) {
  return new Promise<{ failed: boolean; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd, maxBuffer: 64_000_000 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr }),
    )
  })
}

/** wrangler may print notices before its answer. */
function readJson(stdout: string): unknown {
  for (const start of [stdout.indexOf('['), stdout.indexOf('{')].sort()) {
    try {
      if (start >= 0) return JSON.parse(stdout.slice(start))
    } catch {
      // Not there: try the next place.
    }
  }
  return undefined
}

function lastLine(...texts: readonly string[]): string {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? 'it said nothing (is it installed? npm install)'
}
