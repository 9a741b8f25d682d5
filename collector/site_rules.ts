// What a site's settings may be, as zod schemas whose issues carry a refusal and are its sentence in English. sites.ts
// checks with them what an operator asks for and what the settings store holds.
import * as z from 'zod/mini'
import { K, LIMITS, PERIODS, PROFILE_NAMES, PROFILES, type Profile } from './contract.ts'
import { hasPlaceholder, isPathPattern } from './path_rules.ts'
import { hideEmails } from './placeholder.ts'
import { isDeclaration, propertyName } from './property.ts'
import { type SettingList, type SettingText, type SiteRefusal, sayRefusal } from './site_refusals.ts'
import { cleanText } from './text.ts'

/** How many items each list of a site's settings may have. */
const LONGEST_LIST = LIMITS.properties
const LONGEST_PATTERN = 200
const LONGEST_PROCESSOR = 200
const LONGEST_CONTROLLER = 1000
const LONGEST_GOAL = 200
const MOST_GOALS = 50

const { anonymization, retention } = PERIODS

const host = z.string().check(fits(isHost, (given) => ({ problem: 'host', given, meant: hostIn(given) })))

const timezone = z.string().check(fits(isTimezone, (given) => ({ problem: 'time zone', given })))

// These take what types promise and look themselves: an issue of the type alone could carry no refusal.
const k = z.custom<K>().check(
  fits(
    (given) => K.choices.includes(given),
    (given) => ({ problem: 'k', given }),
  ),
)

const profile = z.custom<Profile>().check(
  fits(
    (given) => PROFILE_NAMES.includes(given),
    (given) => ({ problem: 'profile', given }),
  ),
)

const anonymizationDays = wholeNumber(anonymization.min, anonymization.max, 'anonymization')
const retentionDays = wholeNumber(1, retention.max, 'retention')

/** What already feeds the source must not stay in the page as well: it would be named there after fewer visits. */
const FEEDS_THE_SOURCE = /^(utm_.*|ref|source)$/i

const queryParameter = z.string().check(
  fits(
    (name) => /^[A-Za-z0-9_.-]{1,32}$/.test(name),
    (given) => ({ problem: 'query parameter', given }),
  ),
  fits(
    (name) => !FEEDS_THE_SOURCE.test(name),
    (given) => ({ problem: 'feeds sources', given }),
  ),
)

const property = z.string().check(fits(isDeclaration, (given) => ({ problem: 'property', given })))

const properties = list(property, 'properties').check(
  fits(
    (all) => new Set(all.map(propertyName)).size === all.length,
    () => ({ problem: 'property twice' }),
  ),
)

/** In the one spelling that paths have as well. */
const pathPattern = z.string().check(
  z.toLowerCase(),
  z.normalize('NFC'),
  z.overwrite((text) => text.replace(/(?<=[^/])\/$/, '')),
  within(LONGEST_PATTERN, 'path pattern'),
  fits(isPathPattern, (given) => ({ problem: 'path pattern', given })),
  fits(
    (text) => hideEmails(text) === text,
    () => ({ problem: 'e-mail in path' }),
  ),
)

const pathException = pathPattern.check(
  fits(
    (text) => !hasPlaceholder(text),
    (given) => ({ problem: 'placeholder in exception', given }),
  ),
)

const processor = visible(LONGEST_PROCESSOR, 'processor').check(
  fits(
    (text) => text !== '',
    () => ({ problem: 'nameless processor' }),
  ),
)

/** In the spelling in which events and pages are counted. */
const goal = visible(LONGEST_GOAL, 'goal').check(
  z.overwrite((text) => (text.startsWith('/') ? text.toLowerCase().normalize('NFC') : cleanText(text))),
  z.overwrite((text) => text.replace(/(?<=^\/.+)\/$/, '')),
  fits(isGoal, (given) => ({ problem: 'goal', given })),
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
  queryParameters: list(queryParameter, 'queryParameters'),
  properties,
  pathPatterns: list(pathPattern, 'pathPatterns'),
  pathExceptions: list(pathException, 'pathExceptions'),
  browserFamilies: onOrOff('browser families'),
  controller: visible(LONGEST_CONTROLLER, 'controller'),
  processors: list(processor, 'processors'),
  public: onOrOff('public'),
  goals,
  organization: z.string(),
  closed: z.boolean(),
})

const periods = z.object({ anonymizationDays, retentionDays })
const kInProfile = z.object({ k, profile })

/** All settings of a site but its id. Rules over two settings run whenever those two are fit, so every problem shows. */
export const siteSettings = fields.check(
  fits(
    (site) => site.retentionDays > site.anonymizationDays + retention.exceedsAnonymizationBy,
    ({ anonymizationDays, retentionDays }) => ({ problem: 'periods', anonymizationDays, retentionDays }),
    ({ value }) => periods.safeParse(value).success,
  ),
  fits(
    (site) => site.k >= PROFILES[site.profile].minimumK,
    ({ profile, k }) => ({ problem: 'profile needs more', profile, k }),
    ({ value }) => kInProfile.safeParse(value).success,
  ),
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

/** The sentences of a failed check in English, each once. Also of other schemas whose messages are sentences. */
export function sentences(error: z.core.$ZodError): string[] {
  return [...new Set(error.issues.map((issue) => issue.message))]
}

/** Why settings do not fit, each reason once. What is not even of the right type was promised to be: that throws. */
export function refusalsIn(error: z.core.$ZodError): SiteRefusal[] {
  const reasons = error.issues.map((issue) => {
    if (issue.code !== 'custom') throw new TypeError(sentences(error).join('; '))
    // All custom issues here are those of `fits`.
    const refusal: SiteRefusal = issue.params?.refusal
    return [issue.message, refusal] as const
  })
  return [...new Map(reasons).values()]
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

/** A check that says why, as a refusal and in English. */
function fits<T>(
  isFit: (value: T) => boolean,
  why: (value: T) => SiteRefusal,
  when?: (payload: z.core.ParsePayload) => boolean,
) {
  return z.check<T>(({ value, issues }) => {
    if (isFit(value)) return
    const refusal = why(value)
    const message = sayRefusal(refusal)
    issues.push({ code: 'custom', input: value, message, params: { refusal }, continue: true })
  }, when && { when })
}

function list<T extends z.ZodMiniType<string>>(item: T, of: SettingList, most: number = LONGEST_LIST) {
  return z.array(item).check(
    fits(
      (all) => all.length <= most,
      () => ({ problem: 'too many', of, most }),
    ),
  )
}

function within(longest: number, what: SettingText) {
  return fits<string>(
    (text) => text.length <= longest,
    () => ({ problem: 'too long', what, longest }),
  )
}

/** A text that is shown as it is: what cannot be seen has no place in it. */
function visible(longest: number, what: SettingText) {
  return z.string().check(
    z.trim(),
    within(longest, what),
    fits(
      (text) => !/[^\P{C}\n]/u.test(text),
      () => ({ problem: 'invisible', what }),
    ),
  )
}

function onOrOff(problem: 'browser families' | 'public') {
  return z.custom<boolean>().check(
    fits(
      (given) => typeof given === 'boolean',
      (given) => ({ problem, given }),
    ),
  )
}

/** Names that are Sundial's own are no custom events, and who gives an address means a page. */
function isGoal(text: string): boolean {
  if (text.startsWith('/')) return /^[^*#\n]+\*?$/.test(text)
  return text !== '' && text !== 'pageview' && text !== 'engagement' && !text.includes('://')
}

function wholeNumber(min: number, max: number, problem: 'anonymization' | 'retention') {
  return z.custom<number>().check(
    fits(
      (n) => Number.isInteger(n) && n >= min && n <= max,
      (given) => ({ problem, given }),
    ),
  )
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
