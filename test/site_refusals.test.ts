// Why settings of a site are refused, in each language: the command line's half sentences in English, whole sentences of
// the forms in all, and none of them left in English.
import { describe, expect, test } from 'vitest'
import { type SiteRefusal, sayRefusal } from '../collector/site_refusals.ts'
import { LANGUAGES } from '../dashboard/languages/language.ts'
import { ENGLISH, WORDS } from '../dashboard/words.ts'

/** One of each; the compiler finds a kind that is missing. */
const ONE_OF_EACH: Record<SiteRefusal['problem'], SiteRefusal> = {
  host: { problem: 'host', given: 'https://example.com/blog', meant: 'example.com' },
  'time zone': { problem: 'time zone', given: 'Moon/Sea' },
  k: { problem: 'k', given: 7 },
  profile: { problem: 'profile', given: 'none' },
  anonymization: { problem: 'anonymization', given: Number.NaN },
  retention: { problem: 'retention', given: 762 },
  periods: { problem: 'periods', anonymizationDays: 62, retentionDays: 90 },
  'profile needs more': { problem: 'profile needs more', profile: 'strict', k: 5 },
  'query parameter': { problem: 'query parameter', given: 'a b' },
  'feeds sources': { problem: 'feeds sources', given: 'utm_source' },
  property: { problem: 'property', given: 'Plan!' },
  'property twice': { problem: 'property twice' },
  'path pattern': { problem: 'path pattern', given: 'u/:name' },
  'e-mail in path': { problem: 'e-mail in path' },
  'placeholder in exception': { problem: 'placeholder in exception', given: '/u/:name' },
  goal: { problem: 'goal', given: 'https://example.com/thanks' },
  'nameless processor': { problem: 'nameless processor' },
  'browser families': { problem: 'browser families', given: 'yes' },
  public: { problem: 'public', given: 'yes' },
  'too many': { problem: 'too many', of: 'goals', most: 50 },
  'too long': { problem: 'too long', what: 'controller', longest: 1000 },
  invisible: { problem: 'invisible', what: 'goal' },
  'host taken': { problem: 'host taken', host: 'alias.example', by: undefined },
  'site is there': { problem: 'site is there', domain: 'example.com' },
  'no site': { problem: 'no site', domain: 'example.com' },
  unusable: { problem: 'unusable', domain: 'example.com' },
}

describe.each(Object.values(ONE_OF_EACH))('$problem', (refusal) => {
  test('is a whole sentence in each language, and another one in each', () => {
    const said = LANGUAGES.map((language) => WORDS[language].settings.refused(refusal))
    for (const sentence of said) expect(sentence).toMatch(/^\p{Lu}.*\.$|^\S+\.\S+ .*\.$/u)
    expect(new Set(said).size).toBe(LANGUAGES.length)
  })

  test('is said on the command line as in English forms', () => {
    expect(ENGLISH.settings.refused(refusal).toLowerCase()).toBe(`${sayRefusal(refusal)}.`.toLowerCase())
  })
})
