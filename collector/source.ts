// Where a visit came from: a name or a host, and a channel from a closed list. A step of event.ts.
// Of the referrer only its host is looked at, and kept at most; a referrer of the site's own is no source.
import { DIRECT, LIMITS, PROFILES } from './contract.ts'
import { hidePersonal } from './placeholder.ts'
import { isShared, registrable } from './registrable.ts'
import type { Site } from './sites.ts'
import { CHANNELS, type Channel, SOURCES } from './sources.ts'
import { cleanText } from './text.ts'

export interface Origin {
  /** Undefined, like the channel, when the visitor came from the site itself. */
  source: string | undefined
  /** The source is what a link said, neither a host nor a known name. */
  sourceIsTag: boolean
  channel: Channel | undefined
}
type OwnSite = Pick<Site, 'hosts' | 'profile'>

/** Closed labels for hosts that would name a person's or a company's own network. */
export const PRIVATE_NETWORK = '(private network)'
export const WEBMAIL = '(webmail)'

/** `url` is the page's; `referrer` as the browser said it, '' when it said none. */
export function originOf(url: URL, referrer: string, site: OwnSite): Origin {
  const from = referrer === '' ? null : URL.parse(referrer.slice(0, LONGEST_READ))
  if (from !== null && (isWeb(from) || from.protocol === 'app:') && isOwnHost(from.hostname, site))
    return { source: undefined, sourceIsTag: false, channel: undefined }
  const host = from === null ? undefined : sourceHost(from, site)
  const arrival = { host, own: isOwnDomain(host, site), tag: '', medium: '', clicked: false }
  if (PROFILES[site.profile].sourceAsHost) {
    return { source: arrival.host ?? DIRECT, sourceIsTag: false, channel: channelOf(arrival, knownHost(arrival.host)) }
  }
  return url.search === '' ? named(arrival) : named({ ...arrival, ...linkSays(url.searchParams, site) })
}

/** Enough for scheme and host; a referrer may be as long as the body allows, and its host then cost 20 ms. */
const LONGEST_READ = 512

export function isOwnHost(hostname: string, site: Pick<Site, 'hosts'>): boolean {
  return site.hosts.includes(hostname.endsWith('.') ? hostname.slice(0, -1) : hostname)
}

/** Another host of a domain of the site, which it does not count itself: a visit starts here, and came from within. */
function isOwnDomain(host: string | undefined, site: Pick<Site, 'hosts'>): boolean {
  if (!host?.includes('.') || host === PRIVATE_NETWORK) return false
  const domain = registrable(host)
  return site.hosts.some(
    (own) => own.endsWith(domain) && own.includes('.') && !isPrivate(own) && registrable(own) === domain,
  )
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** A host in one spelling, an app's package, or a class; undefined for what is neither, such as a browser's extension. */
function sourceHost(from: URL, site: OwnSite): string | undefined {
  if (from.protocol === 'android-app:') return cleanText(from.hostname.toLowerCase()) || undefined
  if (!isWeb(from)) return undefined
  const host = from.hostname.replace(/\.$/, '')
  // No name is so long: https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4
  if (host.length > LIMITS.domain) return undefined
  if (isPrivate(host) || from.port !== '') return PRIVATE_NETWORK
  const spelled = host.replace(MIRROR, '')
  if (knownHost(spelled) !== undefined) return listedEnd(spelled) ?? spelled
  if (WEBMAIL_HOST.test(spelled) && !isOwnDomain(spelled, site)) return WEBMAIL
  const domain = registrable(spelled)
  // Some other service of a known name is not that name: sites.google.com is no search.
  const isTold = knownHost(domain) !== undefined || isOwnDomain(spelled, site)
  return withoutPersons(isTold ? spelled : domain)
}

/** The same place in another dress: it must be left with a domain. */
const MIRROR = /^(?:www\d?|m|mobile|amp|l|lm)\.(?=[^.]+\.)/
const WEBMAIL_HOST = /^(?:web-?mail\d*|mail\d*|roundcube|zimbra|owa|horde|squirrelmail|exchange)\.(?=[^.]+\.)/
const PRIVATE_SUFFIX =
  /\.(?:local|localhost|localdomain|lan|home|home\.arpa|internal|intranet|intra|corp|private|test|invalid|example|box)$/

function isPrivate(host: string): boolean {
  return !host.includes('.') || /^\[|^[\d.]+$/.test(host) || PRIVATE_SUFFIX.test(host)
}

/** Drops leading labels up to the last that looks like an id or a token; what was registered stays. */
function withoutPersons(host: string): string {
  const labels = host.split('.')
  const isPersonal = (label: string) => !label.startsWith('xn--') && hidePersonal(label) !== label
  const registered = isShared(labels) ? 2 : registrable(host).split('.').length
  const personal = labels.slice(0, -registered).findLastIndex(isPersonal)
  return labels
    .slice(personal + 1)
    .slice(-5)
    .join('.')
    .slice(-LIMITS.text)
}

interface Arrival {
  host: string | undefined
  /** The host is another one of the site's own domain. */
  own: boolean
  /** utm_source, source or ref, in lower case. */
  tag: string
  /** utm_medium, in lower case. */
  medium: string
  /** The link was clicked in an advertisement. */
  clicked: boolean
}

/** Only their presence is looked at: the values are identifiers. fbclid is not here, because nobody pays for all its links. */
const CLICK_IDS = ['gclid', 'gbraid', 'wbraid', 'dclid', 'msclkid', 'ttclid', 'twclid', 'li_fat_id', 'yclid', 'rdt_cid']
const SAYS_NOTHING = /^(?:|direct|none|null|undefined|not set|unknown|other)$/

/** What the address of the page tells of the link that led there. */
function linkSays(query: URLSearchParams, site: OwnSite): Omit<Arrival, 'host' | 'own'> {
  const tag = tagIn(query).toLowerCase()
  return {
    tag: SAYS_NOTHING.test(tag) || isOwnHost(tag, site) ? '' : tag,
    medium: (query.get('utm_medium') ?? '').trim().toLowerCase(),
    clicked: CLICK_IDS.some((name) => query.has(name)),
  }
}

function tagIn(query: URLSearchParams): string {
  const tagged = query.get('utm_source')
  if (tagged) return cleanText(tagged)
  const loose = cleanText(query.get('source') || query.get('ref') || '')
  // `ref` is as often a person's referral code.
  return /:(?:email|phone|ip|id|token)\b/.test(loose) ? '' : loose
}

function named(arrival: Arrival): Origin {
  const known = arrival.tag === '' ? knownHost(arrival.host) : (KNOWN.tags.get(arrival.tag) ?? taggedHost(arrival.tag))
  const source = known?.name ?? (arrival.tag || arrival.host || DIRECT)
  return { source, sourceIsTag: known === undefined && arrival.tag !== '', channel: channelOf(arrival, known) }
}

function taggedHost(tag: string): Known | undefined {
  return tag.includes('.') ? knownHost(tag.replace(MIRROR, '')) : undefined
}

/** 'as known': the channel that is listed for the source. */
type Rule = readonly [Channel | 'as known', (arrival: Arrival, known: Known | undefined) => boolean]

const PAID =
  /^(?:.*cp[acmv]|ppc|paid.*|.*[-_ ]paid|ads?|sea|sem|display|banner|retargeting|remarketing|interstitial|expandable|sponsored|promoted)$/

/** The first that applies decides: what the link says of its medium, then what is known of the source, then what is left. */
const CHANNEL_RULES: readonly Rule[] = [
  ['Paid', ({ medium }) => PAID.test(medium)],
  ['Paid', ({ medium, clicked }) => clicked && medium === ''],
  ['Email', ({ medium }) => /^(?:e[-_ ]?mail.*|newsletter|mail|mailing|crm)$/.test(medium)],
  ['Notification', ({ medium }) => /^(?:.*push.*|notification|sms|rcs)$/.test(medium)],
  ['Affiliate', ({ medium }) => /^(?:affiliates?|partner|influencer)$/.test(medium)],
  ['AI assistant', ({ medium }) => /^(?:ai|ai[-_ ]assistant|llm|chatbot)$/.test(medium)],
  ['Video', ({ medium }) => medium === 'video'],
  ['Video', ({ medium }, known) => /^social/.test(medium) && known?.channel === 'Video'],
  ['Social', ({ medium }) => /^(?:social.*|sm|organic[-_ ]?social)$/.test(medium)],
  ['Search', ({ medium }, known) => /^(?:organic|search|seo|organic[-_ ]?search)$/.test(medium) && known === undefined],
  ['News', ({ medium }) => /^(?:rss|feed)$/.test(medium)],
  ['Internal', ({ own, tag }) => own && tag === ''],
  ['as known', (_, known) => known !== undefined],
  ['Referral', ({ tag, medium }) => tag !== '' && medium === 'referral'],
  ['Campaign', ({ tag }) => tag !== ''],
  ['Email', ({ host }) => host === WEBMAIL],
  ['Referral', ({ host }) => host !== undefined],
  ['Campaign', ({ medium }) => medium !== ''],
]

function channelOf(arrival: Arrival, known: Known | undefined): Channel {
  const channel = CHANNEL_RULES.find(([, applies]) => applies(arrival, known))?.[0] ?? 'Direct'
  return channel === 'as known' ? (known?.channel ?? 'Direct') : channel
}

interface Known {
  name: string
  channel: Channel
}

const KNOWN = indexed()

function indexed() {
  const tags = new Map<string, Known>()
  const hosts = new Map<string, Known>()
  const names = new Map<string, Known>()
  for (const channel of CHANNELS) {
    for (const [name, keys] of Object.entries(SOURCES[channel] ?? {})) {
      const known = { name, channel }
      const tag = name.toLowerCase()
      tags.set(tag, known).set(tag.replaceAll(' ', ''), known).set(tag.replaceAll(' ', '-'), known)
      for (const key of keys.split(' ')) {
        if (key.endsWith('.*')) names.set(key.slice(0, -2), known)
        else if (key.includes('.')) hosts.set(key, known)
        else tags.set(key, known)
      }
    }
  }
  return { tags, hosts, names }
}

/** By the longest listed end of a host, or as a name under some country's domain. */
function knownHost(host: string | undefined): Known | undefined {
  if (host === undefined) return undefined
  const end = listedEnd(host)
  if (end !== undefined) return KNOWN.hosts.get(end)
  const [, name] = /^([^.]+)\.(?:com?\.)?(?:com|[a-z]{2})$/.exec(host) ?? []
  return name === undefined ? undefined : KNOWN.names.get(name)
}

/** Where hosts are kept and not names, nothing stands before it: that can be a person, as in ann.tumblr.com. */
function listedEnd(host: string): string | undefined {
  for (let end = host; end.includes('.'); end = end.slice(end.indexOf('.') + 1)) if (KNOWN.hosts.has(end)) return end
  return undefined
}
