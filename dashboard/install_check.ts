// Looks at a site's own page, once and on request, and says whether the script is there, for this site, and not kept from
// running: by a Content-Security-Policy, a consent tool, a wrong domain. Called by site_health.tsx.
import type { Site } from '../collector/sites.ts'
import { type Outbound, type OutboundAnswer, OutboundError, type OutboundProblem } from './outbound.ts'
import type { Words } from './words.ts'

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
  words: Pick<Words, 'health' | 'outbound'>
}

type Findings = Words['health']['findings']

/** A name that isbot knows, so that nobody's analytics counts it, and that says whom it is from. */
export const CHECK_AGENT = 'Mozilla/5.0 (compatible; SundialBot/1.0; install check asked for by the owner of the site)'

const LARGEST_PAGE = 1_000_000
const MOST_STEPS = 4

export async function checkInstall(
  site: Pick<Site, 'domain' | 'hosts'>,
  { outbound, script, words }: InstallCheckDeps,
): Promise<InstallCheck> {
  const hosts = [site.domain, ...site.hosts.filter((host) => host !== site.domain)]
  const problems: { host: string; problem: Problem }[] = []
  for (const host of hosts.slice(0, MOST_STEPS)) {
    const found = await fetchPage(host, hosts, outbound)
    if ('answer' in found)
      return { page: found.url.href, findings: lookAt(found, site, { script, says: words.health.findings }) }
    problems.push({ host, problem: found.problem })
  }
  const { notReached } = words.health.findings
  return { page: undefined, findings: problems.map(({ host, problem }) => bad(notReached(host, say(problem, words)))) }
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

function say(problem: Problem, { outbound, health }: InstallCheckDeps['words']): string {
  if (problem === 'too many redirects') return outbound.redirects
  if (typeof problem === 'string') return outbound[problem]
  if ('status' in problem) return outbound.status(problem.status)
  return outbound.elsewhere(quoted(problem.elsewhere, health.findings))
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
  { script, says }: { script: InstallCheckDeps['script']; says: Findings },
): Finding[] {
  const html = answer.body.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const tags = tagsIn(html, url)
  const cut = answer.cut ? [note(says.cut)] : []
  const [tag, ...others] = tags
  if (!tag) return [bad(says.tagMissing), ...managerHints(html, says), ...cut]
  return [
    good(says.tagThere),
    ...(others.length > 0 ? [bad(says.tagTwice)] : []),
    aboutDomain(tag, url, site, says),
    ...aboutAddress(tag, url, script, says),
    ...aboutRunning(tag, says),
    ...aboutPolicies(tag, policiesOf(answer.headers, html), url, says),
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

function aboutDomain(
  { attributes }: Tag,
  page: URL,
  { domain, hosts }: Pick<Site, 'domain' | 'hosts'>,
  says: Findings,
): Finding {
  const said = attributes.get('data-domain')
  if (said === undefined || said === '')
    return hosts.includes(page.hostname) ? good(says.ownHost(page.hostname)) : bad(says.noDomain(domain))
  if (said === domain) return good(says.countsFor(domain))
  if (hosts.includes(said)) return good(says.countsForHost(quoted(said, says)))
  return bad(says.otherSite(quoted(said, says), domain))
}

function aboutAddress(
  { attributes, src }: Tag,
  page: URL,
  script: InstallCheckDeps['script'],
  says: Findings,
): Finding[] {
  const expected = new URL(script.url).origin
  if (page.protocol === 'https:' && src.protocol === 'http:') return [bad(says.plainHttp)]
  const api = attributes.get('data-api') || undefined
  const sent = api === undefined ? [] : [note(says.sendsTo(quoted(api, says)))]
  if (src.origin === expected) return [good(says.loadedFrom(expected)), ...sent]
  const origin = quoted(src.origin, says)
  if (src.origin === page.origin) return [note(says.loadedByProxy(origin, expected)), ...sent]
  const elsewhere = says.loadedElsewhere(origin, expected)
  return [script.guessed ? note(elsewhere) : bad(elsewhere), ...sent]
}

/** What makes browsers leave a script tag alone. */
function aboutRunning({ attributes, inNoscript }: Tag, says: Findings): Finding[] {
  const type = attributes.get('type') ?? ''
  const waits = type !== '' && !/^(?:text|application)\/(?:x-)?javascript$|^module$/i.test(type)
  const consent = CONSENT.find(({ attribute, part }) => attributes.get(attribute)?.includes(part))
  return [
    ...(inNoscript ? [bad(says.noscript)] : []),
    ...(attributes.has('src') ? [] : [bad(says.noSrc)]),
    ...(waits ? [bad((ROCKET_LOADER.test(type) ? says.rocketLoader : says.type)(quoted(type, says)))] : []),
    ...(consent ? [note(says.heldBack(consent.name))] : []),
  ]
}

/** Attributes by which consent tools mark what they hold back. */
const CONSENT = [
  { attribute: 'data-cookieconsent', part: '', name: 'Cookiebot' },
  { attribute: 'data-cookiecategory', part: '', name: undefined },
  { attribute: 'data-category', part: '', name: undefined },
  { attribute: 'data-usercentrics', part: '', name: 'Usercentrics' },
  { attribute: 'data-borlabs-cookie-script-blocker-id', part: '', name: 'Borlabs Cookie' },
  { attribute: 'data-cmp-src', part: '', name: undefined },
  { attribute: 'class', part: 'optanon-category', name: 'OneTrust' },
  { attribute: 'class', part: 'cmplz-', name: 'Complianz' },
] as const

const ROCKET_LOADER = /-(?:text|application)\/javascript$/i

function managerHints(html: string, says: Findings): Finding[] {
  if (/googletagmanager\.com\/gtm/i.test(html)) return [note(says.tagManager('Google Tag Manager'))]
  if (/matomo[^"']*container_|tealiumiq\.com|assets\.adobedtm\.com/i.test(html))
    return [note(says.tagManager(undefined))]
  return [note(says.mayBeElsewhere)]
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

function aboutPolicies({ attributes, src }: Tag, policies: readonly Policy[], page: URL, says: Findings): Finding[] {
  if (policies.length === 0) return []
  const api = attributes.get('data-api') || undefined
  // As the tracker does it.
  const target = (api && URL.parse(api, page)) || new URL('../api/event', src)
  const scripts = policies.every((policy) => allowsScript(policy, src, attributes, page))
  const connects = policies.every((policy) => allows(sourcesOf(policy, ['connect-src', 'default-src']), target, page))
  return [
    scripts ? good(says.mayRun) : bad(says.mayNotRun(src.origin)),
    connects ? good(says.maySend) : bad(says.mayNotSend(target.origin)),
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
function quoted(text: string, says: Findings): string {
  return says.quote(text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').slice(0, LONGEST_QUOTE))
}

const LONGEST_QUOTE = 80
