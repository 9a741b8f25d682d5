// Looks at a site's own page, once and on request, and says whether the script is there, for this site, and not kept from
// running: by a Content-Security-Policy, a consent tool, a wrong domain. Called by site_health.tsx.
import type { Site } from '../collector/sites.ts'
import {
  OUTBOUND_PROBLEMS,
  type Outbound,
  type OutboundAnswer,
  OutboundError,
  type OutboundProblem,
} from './outbound.ts'

/** In the order in which they are shown. */
export interface Finding {
  state: 'good' | 'bad' | 'note'
  /** A sentence; nothing in it was written by the page but what is quoted. */
  says: string
}

export interface InstallCheck {
  /** The page that was looked at, if one answered. */
  page: string | undefined
  findings: readonly Finding[]
}

export interface InstallCheckDeps {
  outbound: Outbound
  /** Where the script is, as the tag names it: 'https://stats.example.com/js/sundial.js'. */
  script: { url: string; guessed: boolean }
}

/** A name that isbot knows, so that nobody's analytics counts it, and that says whom it is from. */
export const CHECK_AGENT = 'Mozilla/5.0 (compatible; SundialBot/1.0; install check asked for by the owner of the site)'

const LARGEST_PAGE = 1_000_000
const MOST_STEPS = 4

export async function checkInstall(
  site: Pick<Site, 'domain' | 'hosts'>,
  { outbound, script }: InstallCheckDeps,
): Promise<InstallCheck> {
  const hosts = [site.domain, ...site.hosts.filter((host) => host !== site.domain)]
  const problems: { host: string; problem: Problem }[] = []
  for (const host of hosts.slice(0, MOST_STEPS)) {
    const found = await fetchPage(host, hosts, outbound)
    if ('answer' in found) return { page: found.url.href, findings: lookAt(found, site, script) }
    problems.push({ host, problem: found.problem })
  }
  return { page: undefined, findings: problems.map(({ host, problem }) => bad(`${host}: ${wordsOf(problem)}.`)) }
}

type Problem = OutboundProblem | { status: number } | { elsewhere: string } | 'too many redirects'
type Page = { url: URL; answer: OutboundAnswer }

/** Over https first; over http where nothing answers so. Redirects within the site's own hosts are followed. */
async function fetchPage(
  host: string,
  hosts: readonly string[],
  outbound: Outbound,
): Promise<Page | { problem: Problem }> {
  const secure = await follow(new URL(`https://${host}/`), hosts, outbound)
  if (!('problem' in secure) || typeof secure.problem !== 'string' || !MAYBE_PLAIN.has(secure.problem)) return secure
  const plain = await follow(new URL(`http://${host}/`), hosts, outbound)
  return 'answer' in plain ? plain : secure
}

const MAYBE_PLAIN: ReadonlySet<string> = new Set(['unreachable', 'untrusted', 'timeout'])

async function follow(from: URL, hosts: readonly string[], outbound: Outbound): Promise<Page | { problem: Problem }> {
  let url = from
  for (let step = 0; step < MOST_STEPS; step++) {
    const asked = await ask(url, outbound)
    if ('problem' in asked) return asked
    const { answer } = asked
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
    const next = location === null ? undefined : URL.parse(location, url)
    if (!next) return answer.status === 200 ? { url, answer } : { problem: { status: answer.status } }
    // A login or a parked domain: what stands there says nothing about the site, and it is none of ours to ask.
    if (!/^https?:$/.test(next.protocol) || !hosts.includes(next.hostname))
      return { problem: { elsewhere: next.hostname } }
    url = next
  }
  return { problem: 'too many redirects' }
}

async function ask(url: URL, outbound: Outbound): Promise<{ answer: OutboundAnswer } | { problem: Problem }> {
  try {
    const headers = { 'User-Agent': CHECK_AGENT, Accept: 'text/html' }
    return { answer: await outbound.ask({ method: 'GET', url, headers, atMost: LARGEST_PAGE }) }
  } catch (error) {
    if (error instanceof OutboundError) return { problem: error.code }
    throw error
  }
}

function wordsOf(problem: Problem): string {
  if (problem === 'too many redirects') return 'it sends on and on'
  if (typeof problem === 'string') return OUTBOUND_PROBLEMS[problem]
  if ('status' in problem) return `it answers ${problem.status}`
  return `it sends on to ${quoted(problem.elsewhere)}, which is none of this site’s hosts`
}

const good = (says: string): Finding => ({ state: 'good', says })
const bad = (says: string): Finding => ({ state: 'bad', says })
const note = (says: string): Finding => ({ state: 'note', says })

interface Tag {
  attributes: ReadonlyMap<string, string>
  src: URL
  inNoscript: boolean
}

function lookAt(
  { url, answer }: Page,
  site: Pick<Site, 'domain' | 'hosts'>,
  script: InstallCheckDeps['script'],
): Finding[] {
  const html = answer.body.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const tags = tagsIn(html, url)
  const cut = answer.cut ? [note('The page is longer than 1 MB; only its beginning was looked at.')] : []
  const [tag, ...others] = tags
  if (!tag) return [bad('The script tag is not in this page.'), ...managerHints(html), ...cut]
  return [
    good('The script tag is in this page.'),
    ...(others.length > 0 ? [bad('It is there more than once: every visit counts as often.')] : []),
    aboutDomain(tag, url, site),
    ...aboutAddress(tag, url, script),
    ...aboutRunning(tag),
    ...aboutPolicies(tag, policiesOf(answer.headers, html), url),
    ...cut,
  ]
}

/** Sundial's are known by their name, wherever they are loaded from. */
function tagsIn(html: string, page: URL): Tag[] {
  const noscript = [...html.matchAll(/<noscript\b[\s\S]*?<\/noscript/gi)].map(({ index, 0: text }) => ({
    from: index,
    to: index + text.length,
  }))
  return [...html.matchAll(/<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].flatMap(({ index, 1: inside = '' }) => {
    const attributes = attributesIn(inside)
    // A consent tool may have moved it.
    const address = attributes.get('src') ?? attributes.get('data-src') ?? attributes.get('data-cmp-src') ?? ''
    const src = URL.parse(address, page)
    if (address === '' || !src || !isOurs(src)) return []
    return [{ attributes, src, inNoscript: noscript.some(({ from, to }) => index > from && index < to) }]
  })
}

const OURS = /\/sundial(?:\.plus)?(?:\.[0-9a-f]{12})?\.js$/

function isOurs({ pathname }: URL): boolean {
  return OURS.test(pathname)
}

function attributesIn(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', quotedTwice, quotedOnce, plain] of text.matchAll(
    /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g,
  )) {
    const value = decoded(quotedTwice ?? quotedOnce ?? plain ?? '')
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), value)
  }
  return found
}

function decoded(text: string): string {
  return text.replace(/&(?:amp|#38|#x26);/gi, '&').replace(/&quot;/gi, '"')
}

function aboutDomain({ attributes }: Tag, page: URL, { domain, hosts }: Pick<Site, 'domain' | 'hosts'>): Finding {
  const said = attributes.get('data-domain')
  if (said === undefined || said === '') {
    return hosts.includes(page.hostname)
      ? good(`It names no domain, so ${page.hostname} counts, which is this site’s.`)
      : bad(`It names no domain: add data-domain="${domain}".`)
  }
  if (said === domain) return good(`It counts for ${domain}.`)
  if (hosts.includes(said)) return good(`It counts for ${quoted(said)}, which is one of this site’s hosts.`)
  return bad(`It counts for another site: data-domain is ${quoted(said)}, not "${domain}".`)
}

function aboutAddress({ attributes, src }: Tag, page: URL, script: InstallCheckDeps['script']): Finding[] {
  const expected = new URL(script.url)
  if (page.protocol === 'https:' && src.protocol === 'http:')
    return [bad('It is loaded over http:// by a page over https://, which browsers refuse.')]
  const api = attributes.get('data-api') || undefined
  const sent = api === undefined ? [] : [note(`It sends to ${quoted(api)}, because data-api says so.`)]
  if (src.origin === expected.origin) return [good(`It is loaded from ${expected.origin}.`), ...sent]
  const where = `It is loaded from ${quoted(src.origin)}, not from ${expected.origin}.`
  const right =
    src.origin === page.origin ? 'That is right where a proxy of the site leads here.' : 'Is that this Sundial?'
  return [script.guessed || src.origin === page.origin ? note(`${where} ${right}`) : bad(`${where} ${right}`), ...sent]
}

/** What makes browsers leave a script tag alone. */
function aboutRunning({ attributes, inNoscript }: Tag): Finding[] {
  const type = attributes.get('type') ?? ''
  const consent = CONSENT.find(({ attribute, part }) => attributes.get(attribute)?.includes(part))
  return [
    ...(inNoscript ? [bad('It stands in <noscript>, where it never runs.')] : []),
    ...(attributes.has('src') ? [] : [bad('It has no src: a consent tool loads it only after visitors agree.')]),
    ...(type !== '' && !/^(?:text|application)\/(?:x-)?javascript$|^module$/i.test(type)
      ? [
          bad(
            `Its type is ${quoted(type)}, so it waits for whatever changes that.${ROCKET.test(type) ? ` ${LOADER}` : ''}`,
          ),
        ]
      : []),
    ...(consent
      ? [
          note(
            `${consent.name} seems to hold it back until visitors agree. It sets no cookie and stores nothing on a device; whether it has to wait is for you to decide.`,
          ),
        ]
      : []),
  ]
}

/** Attributes by which consent tools mark what they hold back. */
const CONSENT = [
  { attribute: 'data-cookieconsent', part: '', name: 'Cookiebot' },
  { attribute: 'data-cookiecategory', part: '', name: 'A consent tool' },
  { attribute: 'data-category', part: '', name: 'A consent tool' },
  { attribute: 'data-usercentrics', part: '', name: 'Usercentrics' },
  { attribute: 'data-borlabs-cookie-script-blocker-id', part: '', name: 'Borlabs Cookie' },
  { attribute: 'data-cmp-src', part: '', name: 'A consent tool' },
  { attribute: 'class', part: 'optanon-category', name: 'OneTrust' },
  { attribute: 'class', part: 'cmplz-', name: 'Complianz' },
] as const

const ROCKET = /-(?:text|application)\/javascript$/i
const LOADER = 'Rocket Loader of Cloudflare does that; data-cfasync="false" in the tag keeps it away.'

function managerHints(html: string): Finding[] {
  const manager = /googletagmanager\.com\/gtm/i.test(html)
    ? 'Google Tag Manager'
    : /matomo[^"']*container_|tealiumiq\.com|assets\.adobedtm\.com/i.test(html)
      ? 'a tag manager'
      : undefined
  if (manager) return [note(`The page has ${manager}, which may add the script later. This look cannot see that.`)]
  return [
    note('It may be missing from this page only, or be added by a script. This look reads the page as it is sent.'),
  ]
}

type Policy = ReadonlyMap<string, readonly string[]>

/** Every one of them must allow it; what is for reports only allows everything. */
function policiesOf(headers: Headers, html: string): Policy[] {
  const inPage = [...html.matchAll(/<meta\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].flatMap(({ 1: inside = '' }) => {
    const attributes = attributesIn(inside)
    return attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy'
      ? [attributes.get('content') ?? '']
      : []
  })
  const sent = (headers.get('content-security-policy') ?? '').split(',')
  return [...sent, ...inPage].filter((text) => text.trim() !== '').map(readPolicy)
}

function readPolicy(text: string): Policy {
  const directives = new Map<string, string[]>()
  for (const directive of text.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/)
    // The first of a name holds: https://www.w3.org/TR/CSP3/#parse-serialized-policy
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources)
  }
  return directives
}

function aboutPolicies({ attributes, src }: Tag, policies: readonly Policy[], page: URL): Finding[] {
  if (policies.length === 0) return []
  const api = attributes.get('data-api') || undefined
  // As the tracker does it.
  const target = (api && URL.parse(api, page)) || new URL('../api/event', src)
  const scripts = policies.every((policy) => allowsScript(policy, src, attributes, page))
  const connects = policies.every((policy) => allows(sourcesOf(policy, ['connect-src', 'default-src']), target, page))
  return [
    scripts
      ? good('The page’s Content-Security-Policy lets the script run.')
      : bad(`The page’s Content-Security-Policy keeps the script from running: add ${src.origin} to script-src.`),
    connects
      ? good('The page’s Content-Security-Policy lets it send.')
      : bad(`The page’s Content-Security-Policy keeps it from sending: add ${target.origin} to connect-src.`),
  ]
}

/** The first of these that the policy has; undefined for none, which allows everything. */
function sourcesOf(policy: Policy, names: readonly string[]): readonly string[] | undefined {
  return names.map((name) => policy.get(name)).find((sources) => sources !== undefined)
}

function allowsScript(policy: Policy, src: URL, attributes: Tag['attributes'], page: URL): boolean {
  const sources = sourcesOf(policy, ['script-src-elem', 'script-src', 'default-src'])
  const nonce = attributes.get('nonce')
  if (nonce && sources?.includes(`'nonce-${nonce}'`)) return true
  const integrity = attributes.get('integrity')?.split(/\s+/) ?? []
  if (integrity.some((hash) => sources?.includes(`'${hash}'`))) return true
  // Then only what has a nonce or a hash may load more: https://www.w3.org/TR/CSP3/#strict-dynamic-usage
  if (sources?.some((source) => source.toLowerCase() === "'strict-dynamic'")) return false
  return allows(sources, src, page)
}

/** https://www.w3.org/TR/CSP3/#match-url-to-source-list, as far as it is about hosts. */
function allows(sources: readonly string[] | undefined, target: URL, page: URL): boolean {
  return sources === undefined || sources.some((source) => matches(source.toLowerCase(), target, page))
}

function matches(source: string, target: URL, page: URL): boolean {
  if (source === '*') return /^https?:$/.test(target.protocol)
  if (source === "'self'") return target.host === page.host
  if (/^[a-z][a-z0-9+.-]*:$/.test(source))
    return source === target.protocol || (source === 'http:' && target.protocol === 'https:')
  const [, scheme, host = '', port = '', path = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^:/']+)(?::(\d+|\*))?(\/.*)?$/.exec(source) ?? []
  if (host === '') return false
  const inScheme =
    scheme === undefined || `${scheme}:` === target.protocol || (scheme === 'http' && target.protocol === 'https:')
  const inHost = host.startsWith('*.')
    ? target.hostname.endsWith(host.slice(1))
    : host === '*' || host === target.hostname
  const inPort =
    port === '*' ||
    port === target.port ||
    (port === '' && target.port === '') ||
    port === (target.protocol === 'https:' ? '443' : '80')
  const inPath = path === '' || (path.endsWith('/') ? target.pathname.startsWith(path) : target.pathname === path)
  return inScheme && inHost && inPort && inPath
}

/** What a page has written, in one short line. */
function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').slice(0, LONGEST_QUOTE)
  return `"${line}"`
}

const LONGEST_QUOTE = 80
