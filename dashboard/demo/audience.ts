// Who visits the demo's site: where visits come from, in which countries and browsers, and at which hours.
// Invented, in proportions that small sites report. Read by traffic.ts only.
import { type Choice, choiceOf } from './chance.ts'

/** What a visit lands on. */
export type Landing = 'home' | 'post' | 'latest' | 'docs' | 'pricing'

export interface Origin {
  /** As the browser says it; '' for none. */
  referrer: string
  lands: Choice<Landing>
  /** Share of visits that see one page only. */
  leaves: number
  /** What the link carries, such as 'utm_source=newsletter'. */
  query?: string
}

const READS = choiceOf<Landing>([
  ['post', 78],
  ['docs', 12],
  ['home', 10],
])
const LOOKS = choiceOf<Landing>([
  ['home', 50],
  ['docs', 18],
  ['post', 16],
  ['pricing', 9],
  ['latest', 7],
])
const SHARED = choiceOf<Landing>([
  ['latest', 58],
  ['post', 27],
  ['home', 15],
])
const ASKED = choiceOf<Landing>([
  ['docs', 45],
  ['post', 35],
  ['home', 15],
  ['pricing', 5],
])
const NEWS = choiceOf<Landing>([
  ['home', 62],
  ['latest', 20],
  ['pricing', 12],
  ['docs', 6],
])
const SOLD = choiceOf<Landing>([
  ['pricing', 55],
  ['home', 45],
])

const search = (referrer: string): Origin => ({ referrer, lands: READS, leaves: 0.58 })
const social = (referrer: string): Origin => ({ referrer, lands: SHARED, leaves: 0.68 })
const assistant = (referrer: string): Origin => ({ referrer, lands: ASKED, leaves: 0.38 })
const mention = (referrer: string): Origin => ({ referrer, lands: LOOKS, leaves: 0.5 })
const news = (referrer: string): Origin => ({ referrer, lands: SHARED, leaves: 0.62 })

/** Hosts that each send a visit now and then: most of them too few to be named. */
const BLOGS = [
  'the-quiet-web.blog',
  'kettle-and-code.net',
  'smallweb-digest.org',
  'paper-trail.dev',
  'bytes-and-birds.org',
  'serverkeller.de',
  'der-datensparer.de',
  'leretour-du-web.fr',
  'webcraft-weekly.com',
  'notes-from-the-edge.dev',
  'tinytools.directory',
  'self-hosted-today.org',
  'slow-software.club',
  'opendata-almanac.org',
  'verkstad-och-webb.se',
  'la-web-lenta.es',
  'indie-makers-guild.com',
  'frontpage-for-friends.net',
  'measured-words.com',
  'cafe-compile.com',
  'privacy-by-practice.eu',
  'hosting-in-the-attic.net',
  'plain-text-people.org',
  'gardenofsites.net',
  'awesome-analytics-list.dev',
  'product-corner.io',
  'stackfinder.dev',
  'weekend-shipping.com',
  'marketing-ohne-kekse.de',
  'newsroom-tools.org',
  'library-systems-blog.org',
  'school-web-team.org',
  'nonprofit-tech-circle.org',
  'municipal-it-forum.eu',
  'open-kitchen-code.com',
  'bike-and-byte.nl',
  'fjord-frontend.no',
  'hill-and-dale-hosting.co.uk',
  'piccolo-web.it',
  'lisbon-makers.pt',
]

/** What every day brings. */
export const EVERYDAY: readonly (readonly [Origin, number])[] = [
  [{ referrer: '', lands: LOOKS, leaves: 0.44 }, 285],
  [search('https://www.google.com/'), 265],
  [search('https://www.google.de/'), 22],
  [search('https://www.bing.com/'), 30],
  [search('https://duckduckgo.com/'), 38],
  [search('https://www.ecosia.org/'), 11],
  [search('https://search.brave.com/'), 9],
  [search('https://kagi.com/'), 8],
  [search('https://www.startpage.com/'), 5],
  [search('https://www.qwant.com/'), 3],
  [search('https://search.yahoo.com/'), 4],
  [assistant('https://chatgpt.com/'), 42],
  [assistant('https://www.perplexity.ai/'), 13],
  [assistant('https://claude.ai/'), 11],
  [assistant('https://gemini.google.com/'), 8],
  [assistant('https://copilot.microsoft.com/'), 6],
  [assistant('https://chat.mistral.ai/'), 3],
  [social('https://www.reddit.com/'), 26],
  [social('https://old.reddit.com/'), 4],
  [social('https://t.co/'), 15],
  [social('https://www.linkedin.com/'), 17],
  [social('https://mastodon.social/'), 10],
  [social('https://fosstodon.org/'), 5],
  [social('https://bsky.app/'), 11],
  [social('https://l.facebook.com/'), 7],
  [social('https://lemmy.world/'), 2],
  [social('https://www.youtube.com/'), 6],
  [social('https://lobste.rs/'), 5],
  [mention('https://github.com/'), 34],
  [mention('https://stackoverflow.com/'), 7],
  [mention('https://en.wikipedia.org/'), 6],
  [mention('https://www.producthunt.com/'), 4],
  [mention('https://codeberg.org/'), 3],
  [news('https://news.ycombinator.com/'), 16],
  [news('https://feedly.com/'), 8],
  [news('https://www.inoreader.com/'), 4],
  [news('https://news.google.com/'), 6],
  [news('https://www.heise.de/'), 5],
  [news('https://www.theregister.com/'), 3],
  [news('https://arstechnica.com/'), 2],
  [{ ...mention('https://mail.google.com/'), lands: SHARED }, 5],
  [{ ...mention('https://mail.proton.me/'), lands: SHARED }, 3],
  [{ ...social(''), query: 'utm_source=mastodon&utm_medium=social&utm_campaign=new-post' }, 6],
  [{ ...mention('https://www.indiehackers.com/'), query: 'ref=indiehackers' }, 3],
  ...BLOGS.map((host, rank) => [mention(`https://${host}/`), 14 / (rank + 3)] as const),
]

/** The day of the launch, and the echo of it. */
export const LAUNCH: readonly (readonly [Origin, number])[] = [
  [{ referrer: 'https://news.ycombinator.com/', lands: NEWS, leaves: 0.6 }, 52],
  [{ ...mention('https://www.producthunt.com/'), query: 'utm_source=producthunt&utm_campaign=launch' }, 14],
  [{ referrer: '', lands: NEWS, leaves: 0.52 }, 16],
  [{ ...social('https://mastodon.social/'), query: 'utm_source=mastodon&utm_medium=social&utm_campaign=launch' }, 6],
  [{ ...social('https://bsky.app/'), query: 'utm_source=bluesky&utm_medium=social&utm_campaign=launch' }, 4],
  [social('https://t.co/'), 5],
  [social('https://www.reddit.com/'), 6],
  [news('https://www.heise.de/'), 3],
  [social('https://lobste.rs/'), 3],
]

/** Campaigns by search engine, for a few weeks. */
export const ADVERTISED: readonly (readonly [Origin, number])[] = [
  [sold('google', 'brand', 'gnomon letters', 'text'), 30],
  [sold('google', 'autumn-trial', 'newsletter without tracking', 'text'), 26],
  [sold('google', 'autumn-trial', 'newsletter software', 'text'), 18],
  [sold('bing', 'autumn-trial', 'newsletter software', 'text'), 7],
  [sold('ethicalads', 'autumn-trial', 'developers', 'banner'), 12],
]

function sold(source: string, campaign: string, term: string, content: string): Origin {
  const query = new URLSearchParams({
    utm_source: source,
    utm_medium: 'cpc',
    utm_campaign: campaign,
    utm_term: term,
    utm_content: content,
  })
  return { referrer: '', lands: SOLD, leaves: 0.55, query: query.toString() }
}

/** The month's letter to subscribers. Links of e-mail programs carry no referrer. */
export function newsletter(issue: string): readonly (readonly [Origin, number])[] {
  const link = (content: string) =>
    `utm_source=newsletter&utm_medium=email&utm_campaign=${issue}&utm_content=${content}`
  return [
    [{ referrer: '', lands: () => 'latest', leaves: 0.36, query: link('article') }, 70],
    [{ referrer: '', lands: () => 'pricing', leaves: 0.4, query: link('button') }, 18],
    [{ referrer: '', lands: () => 'home', leaves: 0.4, query: link('footer') }, 12],
  ]
}

/** Country, weight, hours its clock is ahead of the site's. XX is what edges say for unknown. */
export const COUNTRIES = [
  ['US', 21, -7],
  ['DE', 17, 0],
  ['FR', 9, 0],
  ['GB', 8, -1],
  ['NL', 5, 0],
  ['IN', 4.5, 4],
  ['CH', 3.5, 0],
  ['AT', 3.2, 0],
  ['ES', 3, 0],
  ['IT', 3, 0],
  ['CA', 3, -7],
  ['PL', 2.6, 0],
  ['BR', 2.4, -5],
  ['SE', 2.1, 0],
  ['AU', 2, 9],
  ['BE', 1.7, 0],
  ['JP', 1.6, 8],
  ['DK', 1.4, 0],
  ['NO', 1.2, 0],
  ['CZ', 1.1, 0],
  ['FI', 1.1, 1],
  ['PT', 1, -1],
  ['IE', 0.9, -1],
  ['SG', 0.8, 7],
  ['UA', 0.8, 1],
  ['RO', 0.7, 1],
  ['TR', 0.7, 2],
  ['XX', 0.7, 0],
  ['KR', 0.6, 8],
  ['MX', 0.6, -7],
  ['HU', 0.5, 0],
  ['IL', 0.5, 1],
  ['AR', 0.5, -4],
  ['GR', 0.4, 1],
  ['NZ', 0.4, 11],
  ['ZA', 0.4, 1],
  ['ID', 0.4, 6],
  ['TW', 0.3, 7],
  ['VN', 0.3, 6],
  ['PH', 0.3, 7],
  ['NG', 0.25, 0],
  ['BG', 0.2, 1],
  ['SK', 0.2, 0],
  ['AE', 0.2, 3],
  ['CL', 0.2, -5],
  ['CO', 0.2, -6],
  ['HK', 0.2, 7],
  ['KE', 0.2, 2],
  ['MY', 0.2, 7],
  ['TH', 0.2, 6],
  ['EG', 0.2, 1],
  ['EE', 0.15, 1],
  ['HR', 0.15, 0],
  ['LT', 0.15, 1],
  ['LU', 0.15, 0],
  ['PK', 0.15, 4],
  ['RS', 0.15, 0],
  ['SI', 0.15, 0],
  ['LV', 0.1, 1],
  ['PE', 0.1, -6],
  ['IS', 0.08, -1],
  ['LI', 0.05, 0],
  ['MT', 0.05, 0],
] as const

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0'
export const AGENTS = [
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 31],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`, 19],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    16,
  ],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36`, 10],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 7],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 7],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    6,
  ],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/142.0.0.0`, 4],
] as const

export const ROBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

/** How awake a country is, hour by hour of its own clock. */
export const AWAKE = [2, 1, 1, 1, 1, 2, 4, 7, 11, 15, 16, 15, 12, 13, 15, 16, 15, 13, 11, 11, 12, 12, 9, 5] as const
/** Later, and less at work. */
export const AWAKE_AT_WEEKENDS = [
  4, 2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 11, 12, 13, 13, 12, 12, 13, 14, 14, 11, 7,
] as const
/** Monday to Sunday, beside an average day. */
export const WEEK = [1.08, 1.16, 1.14, 1.09, 0.96, 0.67, 0.73] as const
