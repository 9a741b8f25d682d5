// What an accepted request becomes: one anonymous event, made by ordered, named steps, or a reason why it is not counted.
// The collector's app calls the steps; the counters turn an anonymous event into increments.

import type { IntervalLabel } from './contract.ts'

/** What leaves the steps: no address, no user agent, no time finer than the site-local hour. */
export interface AnonymousEvent {
  kind: 'pageview' | 'event' | 'report'
  /** Site-local day, 'YYYY-MM-DD'. */
  day: string
  /** Site-local hour, 0 to 23. */
  hour: number
  /** This load starts a visit; `page` is then the entry page. */
  startsVisit: boolean
  /** This event makes its visit engaged; `page` is then still the entry page. */
  engages: boolean
  /** A reload or back/forward load: counted in the totals only. */
  reload: boolean
  /** Normalized path. */
  page: string
  /** Name, host or '(direct)'; undefined when the referrer is the site itself. */
  source: string | undefined
  channel: string | undefined
  campaign: Campaign
  /** ISO 3166 alpha-2 or '(unknown)'. */
  country: string
  /** One of a closed list of families, where the site asked for it. */
  browser: string | undefined
  /** Name of a custom event. */
  event: string | undefined
  /** 'name=value' of the properties the site has declared. */
  properties: readonly string[]
  /** Bounds of engaged time that this report crossed. */
  pageIntervals: readonly IntervalLabel[]
  sessionIntervals: readonly IntervalLabel[]
}

export interface Campaign {
  utm_source?: string
  utm_medium?: string
  utm_campaign?: string
  utm_term?: string
  utm_content?: string
}
