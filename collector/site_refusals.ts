// Why settings of a site are refused: a closed list, each reason with what it is about, and its half sentence in English
// for the command line, the API and logs. Given by site_rules.ts and sites.ts; pages say it in the language of who reads.
import { K, PERIODS, PROFILE_NAMES, PROFILES, type Profile } from './contract.ts'

export type SiteRefusal =
  /** `meant` is the host that an address, or another spelling, stands for. */
  | { problem: 'host'; given: string; meant: string | undefined }
  | { problem: 'time zone' | 'k' | 'profile'; given: unknown }
  | { problem: 'anonymization' | 'retention'; given: unknown }
  | { problem: 'periods'; anonymizationDays: number; retentionDays: number }
  | { problem: 'profile needs more'; profile: Profile; k: number }
  | { problem: 'query parameter' | 'feeds sources'; given: string }
  | { problem: 'property' | 'path pattern' | 'placeholder in exception' | 'goal'; given: string }
  | { problem: 'property twice' | 'e-mail in path' | 'nameless processor' }
  | { problem: 'browser families' | 'public'; given: unknown }
  | { problem: 'too many'; of: SettingList; most: number }
  | { problem: 'too long'; what: SettingText; longest: number }
  | { problem: 'invisible'; what: SettingText }
  /** `by` is the domain of the other site, where who asks may know it. */
  | { problem: 'host taken'; host: string; by: string | undefined }
  | { problem: 'site is there' | 'no site' | 'unusable'; domain: string }

export type SettingList =
  | 'hosts'
  | 'queryParameters'
  | 'properties'
  | 'pathPatterns'
  | 'pathExceptions'
  | 'processors'
  | 'goals'
export type SettingText = 'path pattern' | 'processor' | 'controller' | 'goal'

const { anonymization, retention } = PERIODS

/** Under the shortest anonymization period. */
export const SHORTEST_RETENTION = anonymization.min + retention.exceedsAnonymizationBy + 1

export function sayRefusal(refusal: SiteRefusal): string {
  switch (refusal.problem) {
    case 'host': {
      const advice = refusal.meant === undefined ? 'write it like example.com' : `write it as ${refusal.meant}`
      return `a domain or host is a bare name, without scheme, port and path; ${advice}: ${quote(refusal.given)}`
    }
    case 'time zone':
      return `the time zone must be an IANA name such as Europe/Paris: ${quote(refusal.given)}`
    case 'k':
      return `k must be one of ${K.choices.join(', ')}: ${quote(refusal.given)}`
    case 'profile':
      return `the profile must be one of ${PROFILE_NAMES.join(', ')}: ${quote(refusal.given)}`
    case 'anonymization':
      return `anonymization must be ${anonymization.min} to ${anonymization.max} whole days: ${quote(refusal.given)}`
    case 'retention':
      return `retention must be whole days, ${SHORTEST_RETENTION} to ${retention.max}: ${quote(refusal.given)}`
    case 'periods': {
      const by = retention.exceedsAnonymizationBy
      return `retention must exceed anonymization by more than ${by} days: ${refusal.retentionDays} <= ${refusal.anonymizationDays} + ${by}`
    }
    case 'profile needs more':
      return `the ${refusal.profile} profile counts in whole multiples of ${PROFILES[refusal.profile].minimumK} or more: ${refusal.k}`
    case 'query parameter':
      return `a query parameter is 1 to 32 letters, digits, "_", "-" or ".": ${quote(refusal.given)}`
    case 'feeds sources':
      return `the query parameter ${refusal.given} feeds sources and campaigns, so it cannot stay in the page`
    case 'property':
      return `a property is 1 to 32 lower-case letters, digits, "_" or "-", and for numbers their bounds, as in amount:10,50,100: ${quote(refusal.given)}`
    case 'property twice':
      return 'a property is declared once'
    case 'path pattern':
      return `a path pattern is like /u/:name/posts: words, ":name" or "*" between single slashes, at most a last "**", as the path reads (without %, ? and #): ${quote(refusal.given)}`
    case 'e-mail in path':
      return 'an e-mail address in a path is always hidden, so no pattern can hold one'
    case 'placeholder in exception':
      return `in an exception segments stay as they are, so write "*" for any: ${quote(refusal.given)}`
    case 'goal':
      return `a goal is the name of a custom event, such as signup, or a page, such as /thanks or /docs/* ("*" at the end only): ${quote(refusal.given)}`
    case 'nameless processor':
      return 'a processor has a name'
    case 'browser families':
      return `browser families are on or off: ${quote(refusal.given)}`
    case 'public':
      return `a site is public or not, on or off: ${quote(refusal.given)}`
    case 'too many':
      return `a site has at most ${refusal.most} ${LISTS[refusal.of]}`
    case 'too long':
      return `${TEXTS[refusal.what]} is at most ${refusal.longest} characters long`
    case 'invisible':
      return `${TEXTS[refusal.what]} holds an invisible character`
    case 'host taken':
      return `${refusal.host} is a host of ${refusal.by ?? 'another site'} already`
    case 'site is there':
      return `there is a site ${refusal.domain} already`
    case 'no site':
      return `there is no site ${refusal.domain}`
    case 'unusable':
      return `the settings of ${refusal.domain} cannot be used; remove the site and add it again`
  }
}

export function sayRefusals(refused: readonly SiteRefusal[]): string[] {
  return refused.map((refusal) => sayRefusal(refusal))
}

const LISTS: Record<SettingList, string> = {
  hosts: 'hosts',
  queryParameters: 'query parameters',
  properties: 'properties',
  pathPatterns: 'path patterns',
  pathExceptions: 'path exceptions',
  processors: 'processors',
  goals: 'goals',
}

const TEXTS: Record<SettingText, string> = {
  'path pattern': 'a path pattern',
  processor: 'a processor',
  controller: 'the controller',
  goal: 'a goal',
}

function quote(given: unknown): string {
  return typeof given === 'string' ? JSON.stringify(given) : String(given)
}
