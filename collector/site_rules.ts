// What a site's settings may be, as zod schemas whose messages are sentences. sites.ts checks with them what an
// operator asks for and what the settings store holds.
import * as z from 'zod/mini'
import { K, LIMITS, PERIODS, PROFILE_NAMES, PROFILES } from './contract.ts'
import { hasPlaceholder, isPathPattern } from './path_rules.ts'
import { hideEmails } from './placeholder.ts'
import { isDeclaration, propertyName } from './property.ts'
import { cleanText } from './text.ts'

/** How many items each list of a site's settings may have. */
const LONGEST_LIST = LIMITS.properties
const LONGEST_PATTERN = 200
const LONGEST_PROCESSOR = 200
const LONGEST_CONTROLLER = 1000
const LONGEST_GOAL = 200
const MOST_GOALS = 50

const { anonymization, retention } = PERIODS

const host = z.string().check(
  z.refine(isHost, {
    error: ({ input }) => {
      const better = typeof input === 'string' ? hostIn(input) : undefined
      const advice = better === undefined ? 'write it like example.com' : `write it as ${better}`
      return `a domain or host is a bare name, without scheme, port and path; ${advice}: ${quote(input)}`
    },
  }),
)

const timezone = z.string().check(
  z.refine(isTimezone, {
    error: ({ input }) => `the time zone must be an IANA name such as Europe/Paris: ${quote(input)}`,
  }),
)

const k = z.literal(K.choices, { error: ({ input }) => `k must be one of ${K.choices.join(', ')}: ${quote(input)}` })

const profile = z.enum(PROFILE_NAMES, {
  error: ({ input }) => `the profile must be one of ${PROFILE_NAMES.join(', ')}: ${quote(input)}`,
})

const anonymizationDays = wholeNumber(
  anonymization.min,
  anonymization.max,
  `anonymization must be ${anonymization.min} to ${anonymization.max} whole days`,
)

const shortestRetention = anonymization.min + retention.exceedsAnonymizationBy + 1
const retentionDays = wholeNumber(
  1,
  retention.max,
  `retention must be whole days, ${shortestRetention} to ${retention.max}`,
)

/** What already feeds the source must not stay in the page as well: it would be named there after fewer visits. */
const FEEDS_THE_SOURCE = /^(utm_.*|ref|source)$/i

const queryParameter = z.string().check(
  z.regex(/^[A-Za-z0-9_.-]{1,32}$/, {
    error: ({ input }) => `a query parameter is 1 to 32 letters, digits, "_", "-" or ".": ${quote(input)}`,
  }),
  z.refine((name) => !FEEDS_THE_SOURCE.test(name), {
    error: ({ input }) => `the query parameter ${input} feeds sources and campaigns, so it cannot stay in the page`,
  }),
)

const property = z.string().check(
  z.refine(isDeclaration, {
    error: ({ input }) =>
      `a property is 1 to 32 lower-case letters, digits, "_" or "-", and for numbers their bounds, as in amount:10,50,100: ${quote(input)}`,
  }),
)

const properties = list(property, 'properties').check(
  z.refine((all) => new Set(all.map(propertyName)).size === all.length, 'a property is declared once'),
)

/** In the one spelling that paths have as well. */
const pathPattern = z.string().check(
  z.toLowerCase(),
  z.normalize('NFC'),
  z.overwrite((text) => text.replace(/(?<=[^/])\/$/, '')),
  z.maxLength(LONGEST_PATTERN, `a path pattern is at most ${LONGEST_PATTERN} characters long`),
  z.refine(isPathPattern, {
    error: ({ input }) =>
      `a path pattern is like /u/:name/posts: words, ":name" or "*" between single slashes, at most a last "**", as the path reads (without %, ? and #): ${quote(input)}`,
  }),
  z.refine(
    (text) => hideEmails(text) === text,
    'an e-mail address in a path is always hidden, so no pattern can hold one',
  ),
)

const pathException = pathPattern.check(
  z.refine((text) => !hasPlaceholder(text), {
    error: ({ input }) => `in an exception segments stay as they are, so write "*" for any: ${quote(input)}`,
  }),
)

const processor = visible(LONGEST_PROCESSOR, 'a processor').check(z.minLength(1, 'a processor has a name'))

/** In the spelling in which events and pages are counted. */
const goal = visible(LONGEST_GOAL, 'a goal').check(
  z.overwrite((text) => (text.startsWith('/') ? text.toLowerCase().normalize('NFC') : cleanText(text))),
  z.overwrite((text) => text.replace(/(?<=^\/.+)\/$/, '')),
  z.refine(isGoal, {
    error: ({ input }) =>
      `a goal is the name of a custom event, such as signup, or a page, such as /thanks or /docs/* ("*" at the end only): ${quote(input)}`,
  }),
)

const goals = list(goal, 'goals', MOST_GOALS).check(z.overwrite((all) => [...new Set(all)]))

const fields = z.strictObject({
  domain: host,
  hosts: list(host, 'hosts'),
  timezone,
  k,
  profile,
  anonymizationDays,
  retentionDays,
  queryParameters: list(queryParameter, 'query parameters'),
  properties,
  pathPatterns: list(pathPattern, 'path patterns'),
  pathExceptions: list(pathException, 'path exceptions'),
  browserFamilies: z.boolean({ error: ({ input }) => `browser families are on or off: ${quote(input)}` }),
  controller: visible(LONGEST_CONTROLLER, 'the controller'),
  processors: list(processor, 'processors'),
  public: z.boolean({ error: ({ input }) => `a site is public or not, on or off: ${quote(input)}` }),
  goals,
  organization: z.string(),
  closed: z.boolean(),
})

const periods = z.object({ anonymizationDays, retentionDays })
const kInProfile = z.object({ k, profile })

/** All settings of a site but its id. Rules over two settings run whenever those two are fit, so every problem shows. */
export const siteSettings = fields.check(
  z.refine((site) => site.retentionDays > site.anonymizationDays + retention.exceedsAnonymizationBy, {
    error: ({ input }) => periodsProblem(input),
    when: ({ value }) => periods.safeParse(value).success,
  }),
  z.refine((site) => site.k >= PROFILES[site.profile].minimumK, {
    error: ({ input }) => smallKProblem(input),
    when: ({ value }) => kInProfile.safeParse(value).success,
  }),
)

export type SiteSettings = z.infer<typeof siteSettings>

/** A row of the settings store: lists are JSON texts, switches are 0 or 1. */
export const siteRow = z.object({
  id: z.int().check(z.minimum(1), z.maximum(0xffffffff)),
  domain: z.string(),
  hosts: z.string(),
  timezone: z.string(),
  k: z.number(),
  profile: z.string(),
  anonymization_days: z.number(),
  retention_days: z.number(),
  query_parameters: z.string(),
  properties: z.string(),
  path_patterns: z.string(),
  path_exceptions: z.string(),
  browser_families: z.union([z.literal(0), z.literal(1)]),
  controller: z.string(),
  processors: z.string(),
  public: z.union([z.literal(0), z.literal(1)]),
  goals: z.string(),
  organization: z.string(),
  closed: z.union([z.literal(0), z.literal(1)]),
})

/** The sentences of a failed check, each once. */
export function sentences(error: z.core.$ZodError): string[] {
  return [...new Set(error.issues.map((issue) => issue.message))]
}

/** The settings of a new site before anything was chosen. */
export function defaultSettings(domain: string): SiteSettings {
  return {
    domain,
    hosts: defaultHosts(domain),
    timezone: 'UTC',
    k: K.default,
    profile: 'standard',
    anonymizationDays: anonymization.default,
    retentionDays: retention.default,
    queryParameters: [],
    properties: [],
    pathPatterns: [],
    pathExceptions: [],
    browserFamilies: false,
    controller: '',
    processors: [],
    public: false,
    goals: [],
    organization: '',
    closed: false,
  }
}

/** Most sites answer with and without `www.`; leaving one of the two out would silently lose its page views. */
export function defaultHosts(domain: string): string[] {
  const isName = isHost(domain) && /\.[a-z][a-z0-9-]*$/.test(domain)
  if (!isName) return [domain]
  return [domain, domain.startsWith('www.') ? domain.slice(4) : `www.${domain}`]
}

function list<T extends z.ZodMiniType<string>>(item: T, what: string, most: number = LONGEST_LIST) {
  return z.array(item).check(z.maxLength(most, { error: `a site has at most ${most} ${what}` }))
}

/** A text that is shown as it is: what cannot be seen has no place in it. */
function visible(longest: number, what: string) {
  return z.string(`${what} is a text`).check(
    z.trim(),
    z.maxLength(longest, `${what} is at most ${longest} characters long`),
    z.refine((text) => !/[^\P{C}\n]/u.test(text), `${what} holds an invisible character`),
  )
}

/** Names that are Sundial's own are no custom events, and who gives an address means a page. */
function isGoal(text: string): boolean {
  if (text.startsWith('/')) return /^[^*#\n]+\*?$/.test(text)
  return text !== '' && text !== 'pageview' && text !== 'engagement' && !text.includes('://')
}

function wholeNumber(min: number, max: number, rule: string) {
  const error = ({ input }: { input?: unknown }) => `${rule}: ${quote(input)}`
  return z.number({ error }).check(z.refine((n) => Number.isInteger(n) && n >= min && n <= max, { error }))
}

function smallKProblem(input: unknown): string {
  const { k, profile } = kInProfile.parse(input)
  return `the ${profile} profile counts in whole multiples of ${PROFILES[profile].minimumK} or more: ${k}`
}

function periodsProblem(input: unknown): string {
  const { anonymizationDays, retentionDays } = periods.parse(input)
  const by = retention.exceedsAnonymizationBy
  return `retention must exceed anonymization by more than ${by} days: ${retentionDays} <= ${anonymizationDays} + ${by}`
}

/** A host as `URL.hostname` spells it: lower case, punycode, IPv6 in brackets. */
function isHost(text: string): boolean {
  const name = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/
  if (text.length > LIMITS.domain || !(name.test(text) || /^\[[0-9a-f:]+\]$/.test(text))) return false
  return URL.parse(`http://${text}/`)?.hostname === text
}

/** The host that a URL, `example.com:8080/blog` or `Exämple.com` means. */
function hostIn(text: string): string | undefined {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  const found = url?.hostname.replace(/\.$/, '')
  return found !== undefined && isHost(found) ? found : undefined
}

/** Offsets such as +01:00 are refused: they know no daylight saving time. */
function isTimezone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

function quote(input: unknown): string {
  return typeof input === 'string' ? JSON.stringify(input) : String(input)
}
