// Everything Sundial has to say of a site to its visitors, as one object: from the data contract, the site's settings,
// the ledger and the database. transparency.tsx answers with it as JSON in English; the transparency page and the record
// print it, in the language of their reader.
import { createHash } from 'node:crypto'
import { addDays, addMonths, dayOf, firstOfMonth } from '../collector/calendar.ts'
import {
  COUNTERS,
  DIMENSION_NAMES,
  DIMENSIONS,
  type Dimension,
  DROP_REASONS,
  DROPPED,
  LIMITS,
  PAIRS,
  PROFILES,
  type ProfileRule,
  TABLES,
  type Table,
} from '../collector/contract.ts'
import { allows } from '../collector/counters.ts'
import {
  ADDRESS,
  COLUMNS,
  ELSEWHERE,
  HONEST_LIMITS,
  NEVER,
  RECEIVED_FIELDS,
  REQUEST_FACTS,
  type ReceivedField,
  type RequestFact,
  type RequestName,
} from '../collector/declaration.ts'
import type { LedgerEntry } from '../collector/ledger.ts'
import type { Site } from '../collector/sites.ts'
import type { Reading } from './gauge.ts'
import type { DeclarationWords } from './languages/en/declaration.ts'
import type { Kept, KeptRows } from './reports/kept.ts'

export interface Disclosure {
  site: string
  /** Of the page that says all this. */
  address: string
  /** ISO 8601. */
  madeAt: string
  controller: string
  processors: readonly string[]
  settings: Omit<Site, 'id' | 'controller' | 'processors' | Inner>
  profile: ProfileRule
  received: {
    body: readonly ReceivedField[]
    request: readonly RequestFact[]
    notCounted: readonly { reason: string; means: string }[]
    /** What the site's owner sees of it, as counts. */
    shownToOwner: readonly { reason: string; means: string }[]
    longestBody: number
    requestsPerMinute: number
  }
  stored: {
    tables: readonly StoredTable[]
    attributes: readonly Attribute[]
    pairs: readonly { attributes: readonly [string, string]; counts: string; countedHere: boolean }[]
    elsewhere: readonly { place: string; keeps: string; until: string }[]
  }
  never: readonly string[]
  periods: {
    anonymizationDays: number
    retentionDays: number
    anonymizationSince: Since
    retentionSince: Since
    /** What is counted this month. */
    example: { month: string; generalizeOn: string; expireOn: string }
  }
  /** Undefined while the database does not answer. */
  kept: (Kept & { at: string }) | undefined
  /** What operators did to this site, the latest first; undefined while the settings store does not answer. */
  acts: readonly Act[] | undefined
  lastDeletion: Act | undefined
  limits: readonly string[]
  /** SHA-256 of the tables and their columns; see schemaHash. */
  schemaHash: string
}

/** What nothing of a visit depends on, and what would tell which sites are of one hand. */
type Inner = 'organization' | 'closed' | 'goals'

/** When it was last set; undefined when that is not on record. A shortening is on record once it is done. */
type Since = { at: string } | 'being put in force' | undefined

export interface StoredTable {
  name: Table
  keeps: string
  columns: readonly { name: string; type: string; means: string; example: string }[]
}

export interface Attribute {
  name: Dimension
  label: string
  madeFrom: string
  example: string
  /** This site's settings let it be counted. */
  countedHere: boolean
  /** Its text is written once it was counted so often within one calendar month. */
  namedAfter: number
}

/** An act of an operator, without what the settings said before: only which they were. */
export interface Act {
  at: string
  action: LedgerEntry['action']
  settings: readonly string[]
  /** Rows in the database before and after, where the act changed them. */
  rows: { before: number; after: number } | undefined
}

/** How many acts are told. */
const LATEST_ACTS = 12

interface DiscloseOptions {
  reading: Reading
  /** Milliseconds since the epoch. */
  now: number
  address: string
  /** How all that Sundial itself says is put; its keys, names and numbers are the same in every language. */
  words: DeclarationWords
}

export function disclose(site: Site, { reading, now, address, words }: DiscloseOptions): Disclosure {
  const { kept, acts, at } = reading
  const { id: _, organization: __, closed: ___, goals: ____, controller, processors, ...settings } = site
  const told = acts?.toReversed().map(actOf)
  const month = firstOfMonth(dayOf(now))
  return {
    site: site.domain,
    address,
    madeAt: new Date(now).toISOString(),
    controller,
    processors,
    settings,
    profile: { ...PROFILES[site.profile], ...words.profiles[site.profile] },
    received: {
      body: namesOf(RECEIVED_FIELDS).map((name) => ({ ...RECEIVED_FIELDS[name], ...words.received[name] })),
      request: namesOf(REQUEST_FACTS).map((name) => requestFact(name, words)),
      notCounted: namesOf(DROP_REASONS).map((reason) => ({ reason, means: words.dropReasons[reason] })),
      shownToOwner: namesOf(DROPPED).map((reason) => ({ reason, means: words.dropped[reason] })),
      longestBody: LIMITS.bodyBytes,
      requestsPerMinute: LIMITS.requestsPerMinute,
    },
    stored: {
      tables: namesOf(TABLES).map((name) => storedTable(name, words)),
      attributes: DIMENSION_NAMES.map((name) => attributeOf(name, site, words)),
      pairs: pairsOf(site, words),
      elsewhere: namesOf(ELSEWHERE).map((name) => words.elsewhere[name]),
    },
    never: namesOf(NEVER).map((name) => words.never[name]),
    periods: {
      anonymizationDays: site.anonymizationDays,
      retentionDays: site.retentionDays,
      anonymizationSince: sinceOf('anonymizationDays', site, acts),
      retentionSince: sinceOf('retentionDays', site, acts),
      example: {
        month,
        generalizeOn: addDays(addMonths(month, 1), site.anonymizationDays),
        expireOn: addDays(month, site.retentionDays),
      },
    },
    kept: kept && { ...settledOf(kept, now), at: new Date(at).toISOString() },
    acts: told?.slice(0, LATEST_ACTS),
    lastDeletion: told?.find(({ action }) => action === 'shortened' || action === 'anonymized' || action === 'deleted'),
    limits: namesOf(HONEST_LIMITS).map((name) => words.limits[name]),
    schemaHash: schemaHash(
      Object.entries(TABLES).flatMap(([table, { columns }]) =>
        Object.entries(columns).map(([name, type]) => ({ table, name, type })),
      ),
    ),
  }
}

/**
 * Tells nothing of days that may still run somewhere, nor of the running month's parts, which merges replace as counts come:
 * who asks every minute must not be able to watch visits arrive.
 */
function settledOf({ tables: { hours, days, counts }, replacedFrom }: Kept, now: number): Kept {
  const yesterday = addDays(dayOf(now), -1)
  const isOver = (day: string | undefined) => day !== undefined && day < yesterday
  const rowsOf = ({ oldestReadable, oldestOnDisk, firstEnd }: KeptRows): KeptRows => ({
    oldestReadable: isOver(oldestReadable) ? oldestReadable : undefined,
    oldestOnDisk: isOver(oldestOnDisk) ? oldestOnDisk : undefined,
    firstEnd: isOver(oldestOnDisk) ? firstEnd : undefined,
  })
  const isEarlier = replacedFrom !== undefined && replacedFrom < firstOfMonth(yesterday)
  return {
    tables: { hours: rowsOf(hours), days: rowsOf(days), counts: rowsOf(counts) },
    replacedFrom: isEarlier ? replacedFrom : undefined,
  }
}

/** SHA-256, in hexadecimal, of one line `table.column type` for each column, in the order of the characters. */
export function schemaHash(columns: readonly { table: string; name: string; type: string }[]): string {
  const lines = columns.map(({ table, name, type }) => `${table}.${name} ${type}\n`).toSorted()
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** In the order in which they are declared. */
function namesOf<Name extends string>(declared: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(declared).filter((name): name is Name => name in declared)
}

function requestFact(name: RequestName, words: DeclarationWords): RequestFact {
  const { names } = REQUEST_FACTS[name]
  return { names: names.map((name) => (name === ADDRESS ? words.address : name)), ...words.request[name] }
}

function storedTable(name: Table, words: DeclarationWords): StoredTable {
  const types = new Map<string, string>(Object.entries(TABLES[name].columns))
  return {
    name,
    keeps: words.tables[name].keeps,
    columns: namesOf(COLUMNS).flatMap((column) => {
      const type = types.get(column)
      const { means } = words.columns[column]
      return type === undefined ? [] : [{ name: column, type, means, example: COLUMNS[column].example }]
    }),
  }
}

function attributeOf(name: Dimension, site: Site, words: DeclarationWords): Attribute {
  const { example, namedAt } = DIMENSIONS[name]
  const { label, from } = words.dimensions[name]
  const countedHere = isCountedHere(name, site)
  return { name, label, madeFrom: from, example, countedHere, namedAfter: namedAt * site.k }
}

function isCountedHere(name: Dimension, site: Site): boolean {
  const counted = COUNTERS.some(
    ({ dimensions }, counter) => dimensions.length === 1 && dimensions[0] === name && allows(site, counter),
  )
  return counted && (name !== 'property' || site.properties.length > 0)
}

function pairsOf(site: Site, { dimensions: said }: DeclarationWords): Disclosure['stored']['pairs'] {
  return PAIRS.map(({ metric, dimensions: [first, second] }) => {
    const counter = COUNTERS.findIndex(({ name }) => name === `${metric}:${first}*${second}`)
    return {
      attributes: [said[first].label, said[second].label] as const,
      counts: metric,
      countedHere: [first, second].every((name) => isCountedHere(name, site)) && allows(site, counter),
    }
  })
}

function sinceOf(
  setting: 'anonymizationDays' | 'retentionDays',
  site: Site,
  acts: readonly LedgerEntry[] | undefined,
): Since {
  const last = acts?.findLast(({ details }) => details.after?.[setting] !== undefined)
  if (last === undefined) return undefined
  return last.details.after?.[setting] === site[setting] ? { at: last.at } : 'being put in force'
}

function actOf({ at, action, details }: LedgerEntry): Act {
  const { before, after } = details.counts ?? {}
  const isNews = action !== 'added' && action !== 'deleted'
  return {
    at,
    action,
    settings: isNews ? Object.keys(details.after ?? {}) : [],
    rows: before && after && { before: rowsOf(before), after: rowsOf(after) },
  }
}

function rowsOf({ hours, days, counts }: Record<Table, { rows: number }>): number {
  return hours.rows + days.rows + counts.rows
}
