// What follows `npm run bench --`: names of sections and options. Read by bench.ts; what is not understood comes back as
// a sentence.
import { parseArgs } from 'node:util'
import { columns } from '../../dashboard/command/command.ts'

export interface BenchOptions {
  full: boolean
  /** Events that storage and reports stand on. */
  events: number
  /** Requests of the fuzzing. */
  cases: number
  seed: number
  seconds: number
  rounds: number
  /** Sites and events of the years in storage, instead of the usual ones. */
  sizes: readonly (readonly [sites: number, events: number])[]
  /** A directory for the whole run, if one was given: reports read what storage has written there. */
  work: string | undefined
}

export interface Asked {
  /** Sections by name, as they were asked for; none for the usual ones. */
  names: readonly string[]
  options: BenchOptions
  /** This process is the one section that it names, for the process which asked it to. */
  section: string | undefined
}

/** For `columns`: what a section measures, by its name. */
export type Meanings = readonly (readonly [name: string, meaning: string])[]

const OPTIONS = {
  full: { type: 'boolean', meaning: '50 million events instead of 1 million, and every section.' },
  events: { type: 'string', value: '<n>', meaning: 'Events that storage, reports and outage stand on.' },
  seconds: { type: 'string', value: '<n>', default: '4', meaning: 'Length of a measurement under load; 4.' },
  rounds: { type: 'string', value: '<n>', default: '3', meaning: 'How often it is repeated; 3.' },
  sizes: {
    type: 'string',
    value: '<list>',
    default: '',
    meaning: 'Years of storage as sites:events, such as 50:1000000,1:200000.',
  },
  cases: { type: 'string', value: '<n>', default: '1000000', meaning: 'Requests of fuzz; 1000000.' },
  seed: { type: 'string', value: '<n>', default: '1', meaning: 'Another seed, other requests of fuzz; 1.' },
  work: { type: 'string', value: '<dir>', meaning: 'Directory for what is written, kept afterwards.' },
  help: { type: 'boolean', short: 'h', meaning: 'Shows this.' },
} as const

export function usage(sections: Meanings): string {
  const options = Object.entries(OPTIONS).map(
    ([name, option]) => [`--${name}${'value' in option ? ` ${option.value}` : ''}`, option.meaning] as const,
  )
  return [
    'npm run bench -- [section ...] [options]',
    '',
    'Prints tables and writes them to bench-results/<section>.json. Sections:',
    ...columns(sections),
    '',
    'Options:',
    ...columns(options),
  ].join('\n')
}

/** `help` and `problem` are for the reader: what to print instead of measuring. */
export function readArguments(
  argv: readonly string[],
  sections: Meanings,
): Asked | { help: string } | { problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...OPTIONS, section: { type: 'string' } },
    })
    if (values.help) return { help: usage(sections) }
    const unknown = positionals.filter((name) => !sections.some(([known]) => known === name))
    if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(', ')}`)
    const full = values.full ?? false
    return {
      names: positionals,
      section: values.section,
      options: {
        full,
        events: number('events', values.events ?? (full ? '50000000' : '1000000')),
        cases: number('cases', values.cases),
        seed: number('seed', values.seed),
        seconds: number('seconds', values.seconds),
        rounds: number('rounds', values.rounds),
        sizes: readSizes(values.sizes),
        work: values.work,
      },
    }
  } catch (error) {
    // parseArgs speaks in sentences; the second one of some explains how to pass a word that starts with a dash.
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error)
    return { problem: `${problem}. Sections are ${names(sections)}; \`npm run bench -- --help\` says more.` }
  }
}

function names(sections: Meanings): string {
  return sections.map(([name]) => name).join(', ')
}

function number(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${option} takes a whole number above 0, not "${text}"`)
  return Number(text)
}

function readSizes(text: string): [number, number][] {
  if (!/^(\d+:\d+(,\d+:\d+)*)?$/.test(text)) throw new Error(`--sizes takes sites:events, not "${text}"`)
  return [...text.matchAll(/(\d+):(\d+)/g)].map(([, sites, events]) => [Number(sites), Number(events)])
}
