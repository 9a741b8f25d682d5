// What a command is: words, options with their meaning, and what it does with the stores at hand. The same command runs
// in the server (over control.ts) or in the command line itself; both give it a terminal and the stores.
import { parseArgs } from 'node:util'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Act, Ledger, LedgerEntry } from '../../collector/ledger.ts'
import type { SettingsStore, Sites } from '../../collector/sites.ts'
import type { Mailer } from '../mailer.ts'
import type { Manifest } from '../manifest.ts'
import type { Restored } from '../restore.ts'

/** How the command line is called where Sundial was unpacked: there is no `sundial` in PATH. */
export const SUNDIAL = 'npm run sundial --'

/** 0 done, 1 refused or failed, 2 not understood. */
export type ExitCode = 0 | 1 | 2

export interface Progress {
  what: string
  done: number
  total: number
}

/** Where a command speaks to: lines for the reader, lines about problems, and how far it is. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  progress(progress: Progress): void
  /** What a person types, without the line's end; missing where nobody is there to answer. */
  ask?(question: string): Promise<string>
  /** Where the person stands: paths are meant from there. */
  directory?: string
  /** Aborted when the person gives up (Ctrl-C) or the server stops. */
  signal: AbortSignal
}

/** The stores of one Sundial, as the server or the command line has them open. */
export interface Stores {
  readonly sites: Sites
  readonly ledger: Ledger
  /** Carries out what was ordered and returns the receipts; missing with --d1, where both Workers do it by themselves. */
  fulfil?(): Promise<readonly Act[]>
  /** Takes over what another copy of the ledger says, and returns what was new. */
  follow(other: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]>
  /** Where the counts are on this machine. */
  backUp?(directory: string, progress: (progress: Progress) => void): Promise<Manifest>
  /** Where the counts are on this machine and no server runs. */
  restore?: {
    /** DATA_DIR holds data. */
    replaces: boolean
    run(directory: string, told: readonly LedgerEntry[], progress: (progress: Progress) => void): Promise<Restored>
  }
  /** In which sites, people and tokens lie. */
  settings?: SettingsStore
  /** What mails leave by; undefined where none is set up. */
  mailer?: (() => Promise<Mailer | undefined>) | undefined
  /** Said with every change that is not made on this machine: 'in the local D1'. */
  place?: string
  /** Where the server listens, when one runs. */
  address?: string
  /** Where browsers of visitors reach the collector, BASE_PATH included, when the settings say so. */
  publicAddress?: string | undefined
  /** Where ClickHouse answers; without one the counts are in the embedded engine of this machine. */
  clickhouseUrl?: string | undefined
  /** Opened by the first command that asks: the embedded engine takes half a second. */
  counts(): Promise<Counts>
  /** Applies what is missing of the ClickHouse schema and returns the names of it. */
  migrate(): Promise<readonly string[]>
}

interface Option {
  /** How its value is written in the help, such as '<days>'; an option without one is a switch. */
  value?: string
  /** May be given more than once. */
  many?: true
  meaning: string
  /** One letter. */
  short?: string
}

export interface Definition {
  /** The words that call it, such as 'site add'. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** Names of the words that must follow, such as 'domain'. */
  words: readonly string[]
  options: Readonly<Record<string, Option>>
  /** What else its help says. */
  notes?: readonly string[]
  /** Needs no stores at all. */
  anywhere?: true
  /** With CLICKHOUSE_URL it needs nothing of DATA_DIR, so it may run beside a server and without one. */
  countsOnly?: true
  /** Not while a server runs. */
  alone?: true
  /** Can work on the sites of a D1 database. */
  d1?: true
  run(given: Given, stores: Stores, terminal: Terminal): Promise<ExitCode>
}

/** The arguments, by the names in the definition. What is not given is undefined, an empty list or false. */
export interface Given {
  word(name: string): string
  text(option: string): string | undefined
  number(option: string): number | undefined
  list(option: string): readonly string[] | undefined
  flag(option: string): boolean
}

/** Yes or no. Only where somebody can be asked. */
export async function isYes(answer: Promise<string>): Promise<boolean> {
  return /^y(es)?$/i.test((await answer).trim())
}

/** The arguments are not understood; the message says what and where help is. */
export class UsageError extends Error {}

const HELP = { help: { short: 'h', meaning: 'Shows this.' } } as const satisfies Definition['options']

const D1 = {
  d1: { meaning: 'Works on the sites of the D1 database in wrangler.toml, through wrangler.' },
  remote: { meaning: 'With --d1: the database at Cloudflare.' },
  local: { meaning: 'With --d1: the database of `wrangler dev` on this machine; the default.' },
} as const satisfies Definition['options']

function optionsOf(definition: Definition): Record<string, Option> {
  return { ...definition.options, ...(definition.d1 ? D1 : {}), ...HELP }
}

export function readArguments(definition: Definition, args: readonly string[]): Given {
  const options = optionsOf(definition)
  const { values, positionals } = parse(definition, args)
  const missing = definition.words.slice(positionals.length)
  if (!values.help && missing.length > 0) throw misused(definition, `<${missing.join('> <')}> is missing`)
  const surplus = positionals.slice(definition.words.length)
  if (surplus.length > 0) throw misused(definition, `"${surplus.join('" "')}" is too much`)

  function value(name: string): unknown {
    if (!(name in options)) throw new Error(`${definition.name} declares no option --${name}`)
    return values[name]
  }
  function text(name: string): string | undefined {
    const found = value(name)
    return typeof found === 'string' ? found : undefined
  }
  return {
    word: (name) => positionals[definition.words.indexOf(name)] ?? '',
    text,
    number(name) {
      const found = text(name)
      if (found === undefined) return undefined
      if (!/^\d+$/.test(found)) throw misused(definition, `--${name} takes a whole number, not "${found}"`)
      return Number(found)
    },
    list(name) {
      const found = value(name)
      if (!Array.isArray(found)) return undefined
      return found.filter((item): item is string => typeof item === 'string' && item !== '')
    },
    flag: (name) => value(name) === true,
  }
}

function parse(definition: Definition, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(optionsOf(definition)).map(([name, { value, many, short }]) => [
          name,
          {
            type: value ? ('string' as const) : ('boolean' as const),
            multiple: many ?? false,
            ...(short === undefined ? {} : { short }),
          },
        ]),
      ),
      allowPositionals: true,
    })
  } catch (error) {
    // parseArgs speaks in sentences; the second one of some explains how to pass a word that starts with a dash.
    throw misused(definition, error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}

function misused({ name }: Definition, problem: string): UsageError {
  return new UsageError(`${problem}\nSee: ${SUNDIAL} ${name} --help`)
}

export function helpOf(definition: Definition): string {
  const { name, summary, words, notes = [] } = definition
  const options = Object.entries(optionsOf(definition)).map(
    ([option, { value, meaning }]) => [`--${option}${value ? ` ${value}` : ''}`, meaning] as const,
  )
  return [
    `${SUNDIAL} ${[name, ...words.map((word) => `<${word}>`)].join(' ')} [options]`,
    '',
    summary,
    '',
    ...columns(options),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n')
}

/** Two columns, the second one aligned. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
