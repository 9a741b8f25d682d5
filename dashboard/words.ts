// How the dashboard speaks: in each language its messages, and how it says numbers, days, intervals and values. Called by
// all pages (use_words.ts), by mails, and in English by the command line.
import { DIRECT, type Dimension, type K, OTHER, PROFILES, UNKNOWN } from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import { DE } from './languages/de.ts'
import { EN, type Messages } from './languages/en.ts'
import { FORMATS, type Format } from './languages/format.ts'
import { FR } from './languages/fr.ts'
import type { Language } from './languages/language.ts'
import type { WrittenNote } from './people/notes.ts'
import type { Interval } from './reports/interval.ts'

export interface Words extends Format, Sayings, Messages {
  language: Language
}

type Sayings = ReturnType<typeof createSayings>

/** What is said of numbers and values in words. */
function createSayings({ sayGrowth, sayCountry }: Format, { general, declaration }: Messages) {
  const closed: ReadonlyMap<Dimension, ReadonlyMap<string, string>> = new Map([
    ['source', new Map(Object.entries(general.values.source))],
    ['channel', new Map(Object.entries(general.values.channel))],
    ['browser', new Map(Object.entries(general.values.browser))],
  ])
  const names = (dimension: Dimension) => closed.get(dimension) ?? NO_NAMES

  function duration(seconds: number): string {
    return seconds < 60 ? `${seconds} s` : `${seconds / 60} min`
  }

  return {
    /** '+2 points': how two rates differ as they are shown. */
    sayPoints(now: number, before: number): string {
      const points = Math.round(now * 100) - Math.round(before * 100)
      if (points === 0) return general.unchanged
      return `${points > 0 ? '+' : '−'}${general.points(Math.abs(points))}`
    },

    /** '+12%', '−3%', 'unchanged'. */
    sayChange: (change: number) => sayGrowth(change) ?? general.unchanged,

    /** '30 s – 1 min': what is known of a duration. */
    sayInterval({ from, to }: Interval): string {
      if (to === undefined) return general.over(duration(from))
      if (from === 0) return general.under(duration(to))
      const sameUnit = from >= 60 || to < 60
      return `${sameUnit ? duration(from).split(' ')[0] : duration(from)} – ${duration(to)}`
    },

    /** 'Release: version 2' */
    sayNote: ({ kind, text }: WrittenNote) => general.note(general.notes[kind], text),

    /** All values of a dimension, as the tab of its panel: 'Pages'. */
    sayDimension: (dimension: Dimension) => general.dimensions[dimension],

    /** One value of a dimension, over a column of them: 'Page'. */
    sayLabel: (dimension: Dimension) => declaration.dimensions[dimension].label,

    sayK: (k: K) => general.ks[k],

    sayNaming({ k, profile }: Pick<Site, 'k' | 'profile'>, namedAt: 1 | 2): string {
      const { strata, leaves } = PROFILES[profile]
      const rule = { stratified: strata !== undefined, atMidnight: leaves === 'at midnight', twice: namedAt === 2 }
      return general.naming({ k, ...rule })
    },

    sayKeptByMonth: general.keptByMonth,

    /** A value as a person reads it. */
    sayValue(dimension: Dimension, value: string): string {
      if (value === DIRECT) return general.direct
      if (value === UNKNOWN) return general.unknown
      if (value === OTHER) return general.other
      if (dimension === 'country') return sayCountry(value)
      return names(dimension).get(value) ?? value
    },

    /** The values of a dimension that go by another name here than they are kept by, countries apart. */
    sayNames: names,
  }
}

const NO_NAMES: ReadonlyMap<string, string> = new Map()

function createWords(language: Language, messages: Messages): Words {
  const format = FORMATS[language]
  return { language, ...format, ...createSayings(format, messages), ...messages }
}

export const WORDS = {
  en: createWords('en', EN),
  de: createWords('de', DE),
  fr: createWords('fr', FR),
} as const satisfies Record<Language, Words>

/** Of what is no page and no mail: the command line, files and logs. */
export const ENGLISH = WORDS.en
