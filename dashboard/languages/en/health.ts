// The health of a site: what comes in, the look at its own page, what was not counted, the reader's own browser. In English.
import type { K } from '../../../collector/contract.ts'
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'
import { general } from './general.ts'

const { plural, sayCount, sayList } = FORMATS.en

export const health = {
  title: 'Health',

  comesIn: {
    title: 'What comes in',
    nothingEver: 'Nothing was ever counted here.',
    visits: (n: number, running: number) =>
      `${plural(n, 'visit', 'visits')} in the last 24 hours, ${sayCount(running)} of them in the hour that runs.`,
    none: 'No visit in the last 24 hours.',
    last: (from: string, to: string, timezone: string) => `The last one came between ${from} and ${to} (${timezone}).`,
    twoDays: (pageviews: number, events: number) =>
      `Yesterday and today: ${plural(pageviews, 'page view', 'page views')}, ${plural(events, 'event', 'events')}. When exactly something came nobody knows: the hour is the finest there is.`,
    byHour: (visits: readonly number[]) => `Visits by hour: ${visits.join(', ')}`,
    inHour: (hour: string, visits: number) => `${hour}: ${plural(visits, 'visit', 'visits')}`,
  },

  script: {
    title: 'The script on your page',
    meaning: (domain: string) =>
      `Asks for the front page of ${domain} once, as a robot without cookies, and reads whether the script can run there. Nothing of it is kept.`,
    lookedAt: (page: string, code: Part) => rich`Looked at ${code(page)}`,
    tag: 'The tag of this site, for the head of every page:',
    look: 'Look at the page',
    lookWhether: 'Look whether it is there',
    lookAgain: 'Look again',
    busy: 'Somebody is looking at it at this moment. Try again in some seconds.',
    states: { good: 'Right:', bad: 'Wrong:', note: 'Note:' },
  },

  /** What the look has found. `quoted` is what a page has written, already within quotation marks. */
  findings: {
    quote: (text: string) => `"${text}"`,
    notReached: (host: string, problem: string) => `${host}: ${problem}.`,
    cut: 'The page is longer than 1 MB; only its beginning was looked at.',
    tagMissing: 'The script tag is not in this page.',
    tagThere: 'The script tag is in this page.',
    tagTwice: 'It is there more than once: every visit counts as often.',
    ownHost: (host: string) => `It names no domain, so ${host} counts, which is this site’s.`,
    noDomain: (domain: string) => `It names no domain: add data-domain="${domain}".`,
    countsFor: (domain: string) => `It counts for ${domain}.`,
    countsForHost: (quoted: string) => `It counts for ${quoted}, which is one of this site’s hosts.`,
    otherSite: (quoted: string, domain: string) =>
      `It counts for another site: data-domain is ${quoted}, not "${domain}".`,
    plainHttp: 'It is loaded over http:// by a page over https://, which browsers refuse.',
    sendsTo: (quoted: string) => `It sends to ${quoted}, because data-api says so.`,
    loadedFrom: (origin: string) => `It is loaded from ${origin}.`,
    loadedByProxy: (quoted: string, expected: string) =>
      `It is loaded from ${quoted}, not from ${expected}. That is right where a proxy of the site leads here.`,
    loadedElsewhere: (quoted: string, expected: string) =>
      `It is loaded from ${quoted}, not from ${expected}. Is that this Sundial?`,
    noscript: 'It stands in <noscript>, where it never runs.',
    noSrc: 'It has no src: a consent tool loads it only after visitors agree.',
    type: (quoted: string) => `Its type is ${quoted}, so it waits for whatever changes that.`,
    rocketLoader: (quoted: string) =>
      `Its type is ${quoted}, so it waits for whatever changes that. Rocket Loader of Cloudflare does that; data-cfasync="false" in the tag keeps it away.`,
    /** `tool` is undefined where nobody knows its name. */
    heldBack: (tool: string | undefined) =>
      `${tool ?? 'A consent tool'} seems to hold it back until visitors agree. It sets no cookie and stores nothing on a device, unless the tag says data-session="tab"; whether it has to wait is for you to decide.`,
    tagManager: (manager: string | undefined) =>
      `The page has ${manager ?? 'a tag manager'}, which may add the script later. This look cannot see that.`,
    mayBeElsewhere:
      'It may be missing from this page only, or be added by a script. This look reads the page as it is sent.',
    mayRun: 'The page’s Content-Security-Policy lets the script run.',
    mayNotRun: (origin: string) =>
      `The page’s Content-Security-Policy keeps the script from running: add ${origin} to script-src.`,
    maySend: 'The page’s Content-Security-Policy lets it send.',
    mayNotSend: (origin: string) =>
      `The page’s Content-Security-Policy keeps it from sending: add ${origin} to connect-src.`,
  },

  notCounted: {
    title: 'What was not counted, in seven days',
    byHour: 'By the hour',
    nothing: (k: K) => `Nothing that was not counted came ${general.ks[k].one} times.`,
    explained: (k: K) =>
      `Counted in ${general.ks[k].many}. Events that name a domain of no site are counted nowhere: the look at your page finds those.`,
  },

  ownBrowser: {
    title: 'Your own browser',
    silent:
      'Your browser sends neither Global Privacy Control nor Do Not Track, so your own visits count like any other, unless something in it blocks the script.',
    objects: (signals: readonly string[], domain: string) =>
      `Your browser sends ${sayList(signals)}, so your own visits to ${domain} are not counted, and are nowhere to be seen here. That is how it should be: whoever objects is left out. To try the site, open it in a browser that does not.`,
  },
}

export type HealthWords = typeof health
