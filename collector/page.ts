// The page of an event: one spelling of the URL's path, without what looks personal. Query and fragment are dropped,
// except the query parameters a site has allowed. A step of event.ts; nothing of it is cached, because paths may hold tokens.
import { LIMITS } from './contract.ts'
import { decided, patternFor } from './path_rules.ts'
import { hideEmails, hidePersonal } from './placeholder.ts'
import type { Site } from './sites.ts'
import { cap, showing } from './text.ts'

/** Lower-case words between single slashes, as most paths are: nothing to normalize and nothing to hide. */
const PLAIN = /^(?:\/[a-z]{1,15}(?:[-_][a-z]{1,15})*)+\/?$/
const INDEX_FILE = /^(?:index|default)\.(?:html?|xhtml|php\d?|aspx?|jsp|cgi|cfm|shtml)$/i

/** The settings of a site that decide what stays in a page. */
export type PageRules = Pick<Site, 'queryParameters' | 'pathPatterns' | 'pathExceptions'>

/** A path that begins with '/' and has no slash at the end, followed by allowed parameters in alphabetical order. */
export function pageOf(url: URL, rules: PageRules): string {
  const path = pathOf(url.pathname, rules)
  const { queryParameters } = rules
  const query = url.search === '' || queryParameters.length === 0 ? '' : queryOf(url.searchParams, queryParameters)
  return cap(path + query, LIMITS.page)
}

function pathOf(pathname: string, rules: PageRules): string {
  if (rules.pathPatterns.length === 0 && PLAIN.test(pathname))
    return pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
  const segments = decode(pathname).split('/').map(spell).filter(isNamed)
  if (INDEX_FILE.test(segments.at(-1) ?? '')) segments.pop()
  return `/${hidden(segments, rules).join('/')}`
}

/** The site's own pattern decides first; what it leaves open is hidden where it looks personal, but for exceptions. */
function hidden(segments: readonly string[], { pathPatterns, pathExceptions }: PageRules): readonly string[] {
  if (pathPatterns.length + pathExceptions.length === 0) return segments.map((segment) => normalize(segment))
  const spelled = segments.map(inOneCase)
  const pattern = patternFor(spelled, pathPatterns)
  const hide = patternFor(spelled, pathExceptions) === undefined ? hidePersonal : hideEmails
  return segments.map((segment, place) => decided(pattern?.[place]) ?? normalize(segment, hide))
}

/** Decoded as often as it was encoded: an e-mail address must not hide in a second layer. */
function decode(pathname: string): string {
  let path = pathname
  for (let layer = 0; layer < 3 && path.includes('%'); layer++) path = decodeOnce(path)
  // What was encoded may be a query or a fragment of its own.
  return path.replace(/[?#].*$/s, '')
}

function decodeOnce(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not UTF-8, so its letters stay encoded; its ASCII must be read all the same.
    return path.replace(/%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
  }
}

/** Parameters after a semicolon are session ids more often than not. */
function spell(segment: string): string {
  const name = segment.replace(/;.*$/s, '')
  return /^[\x21-\x7e]*$/.test(name) ? name : showing(name)
}

function isNamed(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..'
}

/** Placeholders first: upper and lower case tell tokens from words. */
function normalize(segment: string, hide = hidePersonal): string {
  return inOneCase(hide(segment))
}

function inOneCase(segment: string): string {
  return segment.toLowerCase().normalize('NFC')
}

function queryOf(parameters: URLSearchParams, allowed: readonly string[]): string {
  const kept = allowed.toSorted().flatMap((name) => {
    const value = normalize(showing(parameters.get(name) ?? ''))
    return value === '' ? [] : [`${name}=${value.replace(/[%&=#?]/g, encodeURIComponent)}`]
  })
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}
