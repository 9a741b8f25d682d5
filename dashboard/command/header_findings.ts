// What `verify` demands of headers: of the collector's answers, which other sites' pages read, and of our own pages.
import { type Finding, failed, note, ok } from './finding.ts'

/** What each answer of the collector must say; tests hold the collector to the same. */
const OF_THE_COLLECTOR: Readonly<Record<string, RegExp>> = {
  'access-control-allow-origin': /^\*$/,
  'access-control-expose-headers': /\bSundial-Outcome\b/i,
  'cross-origin-resource-policy': /^cross-origin$/,
  'cache-control': /^no-store$/,
  'x-content-type-options': /^nosniff$/,
}

const OF_PAGES: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?!.*(?:unsafe-|\*))/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/i,
  'referrer-policy': /^(?:no-referrer|strict-origin.*|same-origin)$/,
}

const OF_SCRIPTS: Readonly<Record<string, RegExp>> = {
  'access-control-allow-origin': /^\*$/,
  'cross-origin-resource-policy': /^cross-origin$/,
  'x-content-type-options': /^nosniff$/,
  'content-type': /^text\/javascript\b/,
}

const TLS: Readonly<Record<string, RegExp>> = { 'strict-transport-security': /\bmax-age=[1-9]/ }

/** What a browser would keep, or send back with its next request. */
const MARKS = ['set-cookie', 'etag', 'last-modified', 'accept-ch']
/** What makes a browser report to somebody: only what stands in front of Sundial adds it. */
const REPORTS = ['nel', 'report-to', 'reporting-endpoints']

export function answerFindings(check: string, headers: Headers): Finding[] {
  return headerFindings(check, headers, OF_THE_COLLECTOR)
}

export function scriptHeaderFindings(check: string, headers: Headers): Finding[] {
  return headerFindings(check, headers, OF_SCRIPTS)
}

export function pageFindings(check: string, headers: Headers, { tls }: { tls: boolean }): Finding[] {
  return headerFindings(check, headers, tls ? { ...OF_PAGES, ...TLS } : OF_PAGES)
}

function headerFindings(check: string, headers: Headers, wanted: Readonly<Record<string, RegExp>>): Finding[] {
  const lacking = Object.entries(wanted).filter(([name, form]) => !form.test(headers.get(name) ?? ''))
  const marks = MARKS.filter((name) => headers.has(name))
  const reports = REPORTS.filter((name) => headers.has(name))
  const problems = [
    ...(lacking.length > 0 ? [`${lacking.map(([name]) => name).join(', ')} missing or changed`] : []),
    ...(marks.length > 0 ? [`${marks.join(', ')} added`] : []),
  ]
  const remedy = 'let the proxy in front pass headers on as they are (behind one: TRUST_PROXY, X-Forwarded-Proto)'
  return [
    problems.length > 0 ? failed(check, problems.join('; '), remedy) : ok(check, 'as they should be'),
    ...(reports.length > 0 ? [note(check, `something in front adds ${reports.join(', ')}: ${REPORTING}`, NEL)] : []),
  ]
}

const REPORTING = 'browsers then report requests that failed to it'
const NEL = 'at Cloudflare switch off Network Error Logging of the zone (PATCH /zones/:id/settings/nel)'
