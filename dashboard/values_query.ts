// What a page of values is asked for: the text that they contain, and their order. Read by the app from a request.
import { DIRECT, type Dimension, UNKNOWN } from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import { type Search, SORTS, type Sort } from './reports/count.ts'
import type { Words } from './words.ts'

/** Longer than any value. */
export const LONGEST_SEARCH = 200

/** What goes by another name here than it is kept by, such as a country, is found by the name that the reader sees. */
export function readSearch(
  text: string | undefined,
  {
    sayCountry,
    countriesByName,
    sayNames,
    sayValue,
  }: Pick<Words, 'sayCountry' | 'countriesByName' | 'sayNames' | 'sayValue'>,
): Search | undefined {
  const sought = text?.trim().slice(0, LONGEST_SEARCH) ?? ''
  if (sought === '') return undefined
  const part = sought.toLowerCase()
  const called: (readonly [value: string, name: string])[] = [
    ...countriesByName().map((code) => [code, sayCountry(code)] as const),
    ...CLOSED.flatMap((dimension) => [...sayNames(dimension)]),
    ...[DIRECT, UNKNOWN].map((value) => [value, sayValue('source', value)] as const),
  ]
  const values = called.flatMap(([value, name]) => (name.toLowerCase().includes(part) ? [value] : []))
  return { text: sought, values }
}

/** Dimensions of which the values are of a closed list with names. */
const CLOSED: readonly Dimension[] = ['source', 'channel', 'browser']

/** `change`, or `-change` for the other way round. What makes no sense is the order by count. */
export function readSort(
  text: string | undefined,
  { k }: Pick<Site, 'k'>,
  dimension: Dimension,
  words: Alphabetical,
): Sort {
  const reversed = text?.startsWith('-') ?? false
  const by = SORTS.find((sort) => sort === (reversed ? text?.slice(1) : text)) ?? 'count'
  return { by, reversed, alphabet: by === 'name' ? alphabetOf(dimension, words) : [], rateFrom: 10 * k }
}

type Alphabetical = Pick<Words, 'countriesByName' | 'sayNames' | 'language'>

/** Values that go by another name, in the order of the names that the reader sees. */
function alphabetOf(dimension: Dimension, { countriesByName, sayNames, language }: Alphabetical): string[] {
  if (dimension === 'country') return countriesByName()
  const named = [...sayNames(dimension)].toSorted(([, one], [, other]) => one.localeCompare(other, language))
  return named.map(([value]) => value)
}

export function writeSort({ by, reversed }: Pick<Sort, 'by' | 'reversed'>): string | undefined {
  if (reversed) return `-${by}`
  return by === 'count' ? undefined : by
}
