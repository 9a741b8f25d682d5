// The browser family of a user agent: one of a closed list, without version. A step of event.ts, only for sites that
// switched families on: parsing is the dearest step of all.
import { UAParser } from 'ua-parser-js'
import { createAgentVerdicts } from './agent_verdicts.ts'
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

export function createBrowsers({ limit = 5_000 }: { limit?: number } = {}): Browsers {
  const familyOf = createAgentVerdicts({ judge: parse, limit })
  return { familyOf: (agent = '') => familyOf(agent) }
}

function parse(agent: string): BrowserFamily {
  const name = new UAParser(agent).getBrowser().name ?? ''
  return FAMILY_OF.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN
}
