// The browser family of a user agent: one of a closed list, without version. A step of event.ts, only for sites that
// switched families on. Parsing is the dearest step of all, so verdicts are kept in memory, tied to no site, time or event.
import { UAParser } from 'ua-parser-js'
import { createBoundedCache } from './bounded_cache.ts'
import { UNKNOWN } from './contract.ts'

export const BROWSER_FAMILIES = [
  'Chrome',
  'Safari',
  'Firefox',
  'Edge',
  'Opera',
  'Samsung Internet',
  'Brave',
  'Vivaldi',
  'DuckDuckGo',
  'Yandex',
  'UC Browser',
  'Huawei Browser',
  'MIUI Browser',
  'Internet Explorer',
  'In-app browser',
  UNKNOWN,
] as const
export type BrowserFamily = (typeof BROWSER_FAMILIES)[number]

/** First match on the parser's name; the names differ by device and by release of the parser. */
const FAMILY_OF: readonly (readonly [RegExp, BrowserFamily])[] = [
  [
    /^(facebook|instagram|wechat|line|tiktok|snapchat|pinterest|linkedin|twitter|gsa|kakao|klarna|alipay)/i,
    'In-app browser',
  ],
  [/samsung/i, 'Samsung Internet'],
  [/edge/i, 'Edge'],
  [/opera/i, 'Opera'],
  [/firefox|^focus|fennec/i, 'Firefox'],
  [/brave/i, 'Brave'],
  [/vivaldi/i, 'Vivaldi'],
  [/duckduckgo/i, 'DuckDuckGo'],
  [/yandex/i, 'Yandex'],
  [/^uc ?browser/i, 'UC Browser'],
  [/huawei/i, 'Huawei Browser'],
  [/miui/i, 'MIUI Browser'],
  [/^ie|iemobile/i, 'Internet Explorer'],
  [/chrom/i, 'Chrome'],
  [/safari|webkit/i, 'Safari'],
]

export interface Browsers {
  familyOf(agent: string | undefined): BrowserFamily
}

/** Longer agents are cut, so that the cache stays small. */
const LONGEST_AGENT = 512

export function createBrowsers({ limit = 5_000 }: { limit?: number } = {}): Browsers {
  const verdicts = createBoundedCache<BrowserFamily>(limit)
  return {
    familyOf(agent = '') {
      const key = agent.slice(0, LONGEST_AGENT)
      const known = verdicts.get(key)
      if (known !== undefined) return known
      const family = parse(key)
      verdicts.set(key, family)
      return family
    },
  }
}

function parse(agent: string): BrowserFamily {
  const name = new UAParser(agent).getBrowser().name ?? ''
  return FAMILY_OF.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN
}
