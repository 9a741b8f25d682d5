// What a page of values is asked for: the text that they contain, and their order. Read by the app from a request.
import type { Dimension } from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import { type Search, SORTS, type Sort } from './reports/count.ts'
import { countriesByName, sayValue } from './words.ts'

/** Longer than any value. */
const LONGEST = 200

/** Countries are kept as codes and found by their names. */
export function readSearch(text: string | undefined): Search | undefined {
  const sought = text?.trim().slice(0, LONGEST) ?? ''
  if (sought === '') return undefined
  const part = sought.toLowerCase()
  const values = countriesByName().filter((code) => sayValue('country', code).toLowerCase().includes(part))
  return { text: sought, values }
}

/** `change`, or `-change` for the other way round. What makes no sense is the order by count. */
export function readSort(text: string | undefined, { k }: Pick<Site, 'k'>, dimension: Dimension): Sort {
  const reversed = text?.startsWith('-') ?? false
  const by = SORTS.find((sort) => sort === (reversed ? text?.slice(1) : text)) ?? 'count'
  const alphabet = dimension === 'country' && by === 'name' ? countriesByName() : []
  return { by, reversed, alphabet, rateFrom: 10 * k }
}

export function writeSort({ by, reversed }: Pick<Sort, 'by' | 'reversed'>): string | undefined {
  if (reversed) return `-${by}`
  return by === 'count' ? undefined : by
}
