// The mails about a site: the weekly report and the alerts. Webhooks post these in English, whoever reads them. In English.
import type { K, Metric } from '../../../collector/contract.ts'
import { FORMATS } from '../format.ts'
import { general } from './general.ts'

const { plural, sayCount } = FORMATS.en

export const dispatch = {
  subject: (domain: string, what: string) => `${domain}: ${what}`,
  stop: 'Stop these mails',
  /** In plain text, before the link that ends them on a line of its own. */
  stopAfter: (why: string) => `${why} Stop these mails:`,

  weekly: {
    nothing: 'nothing was counted last week',
    headline: (visits: number, changed: string | undefined) =>
      `${plural(visits, 'visit', 'visits')} last week${changed === undefined ? '' : `, ${changed}`}`,
    days: (domain: string, days: string) => `${domain}, ${days}`,
    figure: (title: string, said: string, changed: string | undefined) =>
      `${title}: ${said}${changed === undefined ? '' : ` (${changed})`}`,
    rules: (k: K) => `Changes are against the week before. Whatever has a name is counted in ${general.ks[k].many}.`,
    /** What a panel counts, small beside its title. */
    counted: (metric: Metric) => general.metrics[metric].many,
    panel: (title: string, metric: Metric) => `${title}, by ${general.metrics[metric].many}`,
    share: 'share',
    open: 'Open this week',
    why: (domain: string) => `You chose the weekly report of ${domain}.`,
  },

  alert: {
    why: (domain: string) => `You chose the alerts of ${domain}. There is at most one of each kind a day.`,
    usual: (n: number) => `${sayCount(n)} would be usual: the median of the same hours in the last weeks.`,
    spike: {
      what: 'many more visits than usual',
      came: (visits: number, domain: string, { hour, day }: Until) =>
        `${plural(visits, 'visit', 'visits')} came to ${domain} in the hour up to ${hour} on ${day}.`,
      look: 'See where they come from',
    },
    silence: {
      what: 'no visits where there usually are some',
      noneCame: (hours: number, domain: string, { hour, day }: Until) =>
        `No visit to ${domain} was counted in the ${hours === 1 ? 'hour' : `${hours} hours`} up to ${hour} on ${day}.`,
      maybe: 'The site may be down, its script may be gone or blocked, or Sundial itself may not have run.',
      look: 'Look at the health of the site',
    },
  },
}

/** Where an hour ends: '13:00', 'Mon, 16 Mar 2026'. */
export interface Until {
  hour: string
  day: string
}

export type DispatchWords = typeof dispatch
