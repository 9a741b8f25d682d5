// A site's own rules for its paths: patterns that name what is personal, exceptions that say what is not. page.ts follows
// them, site_rules.ts checks them. Segments are compared one by one: an operator writes no regular expressions, so none is slow.

/** Literal segments, '*' for any one segment, ':word' for one that becomes that placeholder, a last '**' for the rest. */
const PATTERN = /^(?:\/[^\s/?#%;\\]+)+$/
/** With the sign that some sites put before a person's name: /@ann is /@:name. */
const PLACEHOLDER = /^[@~]?:[a-z][a-z0-9_-]{0,31}$/

export function isPathPattern(text: string): boolean {
  if (!PATTERN.test(text)) return false
  const parts = partsOf(text)
  return parts.every((part, place) => isPart(part) || (part === '**' && place === parts.length - 1))
}

/** A half-meant star or colon would be taken for a literal, and match nothing. */
function isPart(part: string): boolean {
  return part === '*' || PLACEHOLDER.test(part) || !(part.includes('*') || /^[@~]?:|^\.{1,2}$/.test(part))
}

export function hasPlaceholder(pattern: string): boolean {
  return partsOf(pattern).some((part) => PLACEHOLDER.test(part))
}

/** The parts of the first pattern that fits the whole path. `segments` in lower case and NFC. */
export function patternFor(segments: readonly string[], patterns: readonly string[]): readonly string[] | undefined {
  for (const pattern of patterns) {
    const parts = partsOf(pattern)
    if (fits(segments, parts)) return parts
  }
  return undefined
}

/** What a segment becomes where its part of the pattern decides that; undefined leaves it to the usual rules. */
export function decided(part: string | undefined): string | undefined {
  return part === '*' || part === '**' ? undefined : part
}

function partsOf(pattern: string): string[] {
  return pattern.slice(1).split('/')
}

function fits(segments: readonly string[], parts: readonly string[]): boolean {
  const isOpen = parts.at(-1) === '**'
  const fixed = isOpen ? parts.slice(0, -1) : parts
  if (isOpen ? segments.length < fixed.length : segments.length !== fixed.length) return false
  return fixed.every((part, place) => fitsSegment(segments[place] ?? '', part))
}

function fitsSegment(segment: string, part: string): boolean {
  if (part === '*' || part === segment) return true
  if (!PLACEHOLDER.test(part)) return false
  const sign = part.slice(0, part.indexOf(':'))
  return segment.startsWith(sign) && segment.length > sign.length
}
