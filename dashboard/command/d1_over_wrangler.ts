// The settings store of sites.ts over `wrangler d1 execute`, so that the command line edits the sites of Workers with
// the same code. wrangler takes no parameters: values become SQL literals here.
import * as z from 'zod'
import type { SettingsStore, SettingsValue } from '../../collector/sites.ts'
import { createWrangler, readJson, reasonOf } from './wrangler.ts'

interface Place {
  where: 'local' | 'remote'
  /** Directory of wrangler.toml and node_modules. */
  root: string
  /** Name of the binding in wrangler.toml. */
  binding: string
  /** Further arguments, such as --persist-to or --config. */
  more?: readonly string[]
  /** What wrangler finds in its environment; what this process has, when missing. */
  variables?: Readonly<Record<string, string | undefined>>
}

export function createWranglerSettings(place: Place): SettingsStore {
  return {
    all: (sql, ...params) => execute(place, withLiterals(sql, params)),
    run: async (sql, ...params) => {
      await execute(place, withLiterals(sql, params))
    },
    // D1 runs the statements of one command in one transaction.
    batch: async (statements) => {
      await execute(place, statements.map(({ sql, params }) => withLiterals(sql, params)).join(';\n'))
    },
  }
}

/** The statement with its `?` replaced by literals, those within quotes left alone. */
export function withLiterals(sql: string, params: readonly SettingsValue[]): string {
  const parts = sql.split(/('[^']*'|"[^"]*"|\?)/)
  if (parts.some((part, place) => place % 2 === 0 && /['"`;]/.test(part)))
    throw new Error('A statement with parameters is one statement, and its quotes end.')
  const places = parts.filter((part) => part === '?').length
  if (places !== params.length) throw new Error(`${places} values expected, ${params.length} given.`)
  let next = 0
  return parts.map((part) => (part === '?' ? literal(params[next++]) : part)).join('')
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

async function execute({ where, binding, more = [], ...place }: Place, sql: string): Promise<readonly unknown[]> {
  const args = ['d1', 'execute', binding, `--${where}`, '--json', '--yes', ...more, '--command', sql]
  const said = await createWrangler(place).ask(args)
  const json = readJson(said.stdout)
  const answer = answerSchema.safeParse(json)
  if (!said.failed && answer.success) return answer.data[0]?.results ?? []
  const error = errorSchema.safeParse(json)
  const reason = error.success ? error.data.error.text : reasonOf(said)
  const advice = reason.includes('no such table')
    ? `\nIts tables are made by: npx wrangler d1 migrations apply ${binding} --${where}`
    : ''
  throw new Error(`wrangler could not use the ${where} D1: ${reason}${advice}`)
}
