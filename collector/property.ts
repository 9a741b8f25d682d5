// The properties of custom events that a site has declared: 'plan' counts the texts it has, 'amount:10,50,100' counts
// numbers by the interval they fall into. event.ts reads values with them, site_rules.ts checks declarations.
import type { PropertyValue } from './payload.ts'
import { cleanText } from './text.ts'

const NAME = /^[a-z0-9_-]{1,32}$/
const BOUND = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/
const MOST_BOUNDS = 20

export function isDeclaration(text: string): boolean {
  const bounds = boundsOf(text)
  return (
    NAME.test(propertyName(text)) &&
    bounds.length <= MOST_BOUNDS &&
    (bounds.length > 0 || !text.includes(':')) &&
    bounds.every((bound, place) => BOUND.test(bound) && Number(bound) > Number(bounds[place - 1] ?? -1))
  )
}

export function propertyName(declaration: string): string {
  return declaration.split(':', 1)[0] ?? ''
}

/** As they were written; none where the property is a text. */
function boundsOf(declaration: string): string[] {
  const colon = declaration.indexOf(':')
  return colon === -1 ? [] : declaration.slice(colon + 1).split(',')
}

/**
 * What is counted of a value: its text ('' when nothing is left of it), or for numbers '<10', '10-50' (from 10, below 50)
 * or '100+'; undefined for what is no number where one was declared.
 */
export function countedValue(declaration: string, value: PropertyValue): string | undefined {
  const bounds = boundsOf(declaration)
  return bounds.length === 0 ? cleanText(String(value ?? '')) : intervalOf(value, bounds)
}

function intervalOf(value: PropertyValue, bounds: readonly string[]): string | undefined {
  const number = numberIn(value)
  if (number === undefined) return undefined
  const above = bounds.findIndex((bound) => number < Number(bound))
  if (above === 0) return `<${bounds[0]}`
  return above === -1 ? `${bounds.at(-1)}+` : `${bounds[above - 1]}-${bounds[above]}`
}

/** Attributes of elements, and so many clients, say numbers as texts. */
function numberIn(value: PropertyValue): number | undefined {
  const isNumeral = typeof value === 'string' && /^\s*[-+]?\d+(?:\.\d+)?\s*$/.test(value)
  const number = isNumeral ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
