// The page that explains counting in fives. In English.
import type { K } from '../../../collector/contract.ts'
import { capital, FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'
import { general } from './general.ts'

const { plural } = FORMATS.en

export const fives = {
  title: (k: K) => `Counting in ${general.ks[k].many}`,
  totals: (domain: string) =>
    `The totals of ${domain} are exact: visits, page views, engaged visits and events by day, and visits by the hour. They carry no attribute: an hour in which one visit came shows that one visit came, and nothing about it.`,
  named(k: K): string {
    const { one, many } = general.ks[k]
    return `Whatever has a name (a page, a source, a country, an event) is written only in whole ${many}. Every such number, and every difference of two of them, is a multiple of ${k}: no single visit can be worked out by subtracting. ${capital(many)} are visits or views, not people: one person can be all ${one}.`
  },
  limits: 'What is kept, and the honest limits',

  example: {
    title: 'An example',
    sentence: (visits: number) => `Say ${visits} visits of a month came from one source.`,
    came: 'Visits that came',
    written: 'What is written',
    seen: 'What you see',
    upTo: (from: number, to: number) => `${from} to ${to}`,
    noName: 'no name anywhere',
    inTotals: 'visits in the totals, “not named yet”',
    theName: (k: K) => `the name, with ${k}`,
    shown: (k: K) => `the name with ${k}, once ${general.ks[k].one} more visits have come to the site`,
    nothingNew: 'nothing new',
    more: (k: K) => `${k} more`,
    waiting: (named: number, waiting: number) => `${named}, and ${waiting} wait until the month ends`,
  },
  freeText: (k: K) =>
    `Campaigns, event properties and sources that are a link’s own words need ${general.ks[k].twice} before they are named: such a text can carry more of a person.`,
  kinds: (atLeast: number) =>
    `This site also asks that visits of at least ${plural(atLeast, 'kind', 'kinds')} came, by country and browser family.`,

  dates: {
    title: 'Why a name comes later than its visits',
    sentences(k: K, atMidnight: boolean): string {
      const { one, ordinal } = general.ks[k]
      return `A count carries the day on which the last of its ${one} came. So on a single day a source may show ${k} though only one of them came that day; over a week or a month that evens out. It is shown ${atMidnight ? 'after midnight, ' : ''}once ${one} more visits have come, so that nobody who watches can tell which visit was the ${ordinal}.`
    },
  },
  waiting: {
    title: 'What becomes of the rest',
    sentences: (k: K) =>
      `“7 visits are not named yet” is the difference between the exact total and what has a name. When the month ends, what still waits loses its text and joins “Too rare to be named”, itself in ${general.ks[k].many}. What does not fill ${general.ks[k].one} even then carries over, without a text.`,
  },
  pairs: {
    title: 'Filters',
    sentences: (k: K) =>
      `A filter shows two things together, such as the countries of one source. Only some pairs are counted, each in ${general.ks[k].many} and only once both have a name. So the numbers under a filter are lower than they would be, and some panels have nothing to say there.`,
  },
  months: {
    title: 'Older months',
    sentences: (anonymization: number, retention: number) =>
      `${plural(anonymization, 'day', 'days')} after a month has ended its hours become days, and the days of everything with a name become one month. From then on such a month shows its names only in periods that cover all of it. ${plural(retention, 'day', 'days')} after the month began all of it is gone.`,
  },
  small: {
    title: 'Small sites',
    sentences: (days: Part, months: Part) =>
      rich`On a site with few visits most names wait, and show as the month goes on. A longer period shows more of them: ${days('30 days')} or ${months('12 months')}.`,
  },
}

export type FivesWords = typeof fives
