// The pages of the demo's site: those that site.tsx really serves, and the long tail that a site gathers in two years.
// Read by traffic.ts only.
import { type Choice, choiceOf } from './chance.ts'

export interface Page {
  path: string
  kind: 'home' | 'pricing' | 'signup' | 'docs' | 'post' | 'list' | 'other'
}

const ROOT = '/demo'
const page = (path: string, kind: Page['kind']): Page => ({ path: `${ROOT}${path}`, kind })

export const HOME = page('', 'home')
export const PRICING = page('/pricing', 'pricing')
export const SIGNUP = page('/signup', 'signup')
export const DOCS = page('/docs', 'docs')
export const BLOG = page('/blog', 'list')
export const ABOUT = page('/about', 'other')

/** With the share of it among the visits to documentation. */
export const DOCS_PAGES: readonly (readonly [Page, number])[] = [
  [DOCS, 30],
  ...[
    'install',
    'campaigns',
    'time-zones',
    'readers',
    'import',
    'schedules',
    'drafts',
    'wordpress',
    'unsubscribing',
    'own-address',
    'templates',
    'stats-api',
    'archive',
    'backup',
    'billing',
    'glossary',
  ].map((name, rank) => [page(`/docs/${name}`, 'docs'), 22 / (rank + 1.5)] as const),
]

export const OTHER_PAGES: readonly (readonly [Page, number])[] = [
  [ABOUT, 10],
  [page('/changelog', 'other'), 8],
  [page('/contact', 'other'), 5],
  [page('/privacy', 'other'), 4],
  [page('/customers', 'other'), 4],
  [page('/imprint', 'other'), 3],
  [page('/jobs', 'other'), 2],
  [page('/press', 'other'), 1],
]

export interface Post extends Page {
  /** Days between one post and the next, counted back from now: the newest has 2. */
  ago: number
  /** Readers who find it long after. */
  evergreen: number
}

const SUBJECTS = [
  'bounce-rate',
  'cookie-banners',
  'referrers',
  'server-logs',
  'time-zones',
  'engaged-time',
  'campaign-links',
  'landing-pages',
  'small-numbers',
  'retention',
  'dark-traffic',
  'newsletters',
  'search-consoles',
  'single-page-apps',
  'bots',
  'release-notes',
  'pricing-pages',
  'static-sites',
] as const
const TITLES = [
  (subject: string) => `what-${subject}-tell-you`,
  (subject: string) => `a-field-guide-to-${subject}`,
  (subject: string) => `the-trouble-with-${subject}`,
  (subject: string) => `${subject}-explained`,
  (subject: string) => `rethinking-${subject}`,
  (subject: string) => `${subject}-without-cookies`,
] as const

/** A post every seven days, for two years. The newest first. */
export const POSTS: readonly Post[] = Array.from({ length: SUBJECTS.length * TITLES.length }, (_, place) => {
  const subject = SUBJECTS[(place * 7) % SUBJECTS.length] ?? SUBJECTS[0]
  const title = TITLES[(place + Math.floor(place / SUBJECTS.length)) % TITLES.length] ?? TITLES[0]
  // A few posts are found for years, most are not: Zipf, in an order that has nothing to do with their age.
  const rank = (place * 37 + 11) % (SUBJECTS.length * TITLES.length)
  return { ...page(`/blog/${title(subject)}`, 'post'), ago: 2 + 7 * place, evergreen: 60 / (rank + 2) }
})

/** Where readers go next, by the kind of page they are on. */
export const NEXT: Record<Page['kind'], Choice<Page['kind']>> = {
  home: choiceOf([
    ['pricing', 26],
    ['signup', 8],
    ['docs', 24],
    ['list', 18],
    ['post', 14],
    ['other', 12],
  ]),
  pricing: choiceOf([
    ['signup', 34],
    ['home', 18],
    ['docs', 24],
    ['other', 16],
    ['post', 8],
  ]),
  signup: choiceOf([
    ['docs', 62],
    ['home', 38],
  ]),
  docs: choiceOf([
    ['docs', 68],
    ['home', 12],
    ['pricing', 14],
    ['post', 6],
  ]),
  post: choiceOf([
    ['post', 36],
    ['home', 28],
    ['list', 18],
    ['docs', 8],
    ['pricing', 10],
  ]),
  list: choiceOf([
    ['post', 82],
    ['home', 18],
  ]),
  other: choiceOf([
    ['home', 46],
    ['pricing', 26],
    ['docs', 28],
  ]),
}

/** Seconds that half of the readers stay engaged. */
export const READING: Record<Page['kind'], number> = {
  home: 15,
  pricing: 27,
  signup: 34,
  docs: 52,
  post: 46,
  list: 9,
  other: 16,
}

/** What a reader may do on a page that is more than reading, and how likely. */
export const ACTIONS: Record<Page['kind'], readonly (readonly [name: string, probability: number])[]> = {
  home: [
    ['newsletter', 0.008],
    ['Outbound Link: Click', 0.02],
  ],
  pricing: [],
  signup: [['signup', 0.42]],
  docs: [
    ['File Download', 0.03],
    ['Outbound Link: Click', 0.03],
  ],
  post: [
    ['newsletter', 0.018],
    ['Outbound Link: Click', 0.04],
  ],
  list: [['newsletter', 0.01]],
  other: [],
}

export const PLANS = [
  ['free', 66],
  ['pro', 26],
  ['team', 8],
] as const
