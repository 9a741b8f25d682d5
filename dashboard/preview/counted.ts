// What the collector would count of a message: its own code, from the bytes to the increments, run by the preview in the
// visitor's browser.
import { createBots } from '../../collector/bot.ts'
import { createBrowsers } from '../../collector/browser.ts'
import { createCalendar } from '../../collector/calendar.ts'
import { COUNTERS, type Dimension, type DropReason, type Metric, UNKNOWN } from '../../collector/contract.ts'
import { type Increments, incrementsOf } from '../../collector/counters.ts'
import { type AnonymousEvent, createSteps } from '../../collector/event.ts'
import { readPayload } from '../../collector/payload.ts'
import type { Site } from '../../collector/sites.ts'

export type Outcome =
  | { counted: Increments; event: AnonymousEvent }
  /** `noted` is what the site's owner sees of it: how often, by reason and hour. */
  | { dropped: DropReason; noted: Increments | undefined }
  | { refused: string }

interface CountingDeps {
  site: Site
  header: (name: string) => string | undefined
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createCounting({ site, header, now }: CountingDeps): (body: string) => Promise<Outcome> {
  const anonymize = createSteps({
    sites: { countedAs: (domain) => (domain === site.domain ? site : undefined) },
    bots: createBots(),
    rateLimit: { allows: () => true },
    browsers: createBrowsers(),
    calendar: createCalendar(),
  })

  return async (body) => {
    const read = readPayload(new TextEncoder().encode(body).buffer)
    if ('error' in read) return { refused: read.error }
    const { payload } = read
    // Which country it is only the collector knows: it sees the address.
    const verdict = await anonymize({ payload, header, address: undefined, country: () => UNKNOWN, now: now() })
    if ('limited' in verdict) return { refused: 'too many at once' }
    if ('dropped' in verdict) {
      const { dropped, noted } = verdict
      return { dropped, noted: noted && incrementsOf(noted.event, site) }
    }
    return { counted: incrementsOf(verdict.event, site), event: verdict.event }
  }
}

export interface Counter {
  metric: Metric
  attributes: readonly { dimension: Dimension; value: string }[]
  /** The name of the value is written after so many counts in a month. */
  namedAfter: number
}

/** The attribute counters of increments by their names. */
export function countersOf({ attributes }: Increments, site: Site): Counter[] {
  return attributes.flatMap(({ counter, value, value2, namedAt }) => {
    const { metric, dimensions } = COUNTERS[counter] ?? {}
    if (metric === undefined || dimensions === undefined) return []
    const values = [value, value2]
    return {
      metric,
      attributes: dimensions.map((dimension, place) => ({ dimension, value: values[place] ?? '' })),
      namedAfter: namedAt * site.k,
    }
  })
}

/** The headers that the collector reads, as far as a page can know what its browser sends. */
export function headersOf(browser: Navigator & { globalPrivacyControl?: boolean; userAgentData?: AgentData }) {
  const { userAgent, globalPrivacyControl, doNotTrack, userAgentData } = browser
  const brands = userAgentData?.brands.map(({ brand, version }) => `"${brand}";v="${version}"`).join(', ')
  return {
    'user-agent': userAgent,
    'sec-gpc': globalPrivacyControl ? '1' : undefined,
    dnt: doNotTrack === '1' ? '1' : undefined,
    'sec-ch-ua': brands,
  } satisfies Record<string, string | undefined>
}

/** https://wicg.github.io/ua-client-hints/ */
interface AgentData {
  brands: readonly { brand: string; version: string }[]
}
