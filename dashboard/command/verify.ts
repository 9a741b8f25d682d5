// `sundial verify`: looks at a Sundial that runs, from outside and in its ClickHouse, and says line by line whether it is
// as it should be. It changes nothing and counts nothing, unless --count asks for one visit.
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { isLoopback } from '../../collector/loopback.ts'
import { clockFinding, findSchema, findServer, MIGRATE_HERE, migrateCommand } from './clickhouse_findings.ts'
import { type Definition, type ExitCode, type Given, type Stores, SUNDIAL, UsageError } from './command.ts'
import { type Finding, failed, isUnwell, lineOf, notAsked, ok } from './finding.ts'
import { answerFindings, pageFindings } from './header_findings.ts'
import { type Answer, type Asking, ask, type Fault, healthFinding, jsonOf } from './http_findings.ts'
import { findScripts } from './script_findings.ts'

interface VerifyDeps {
  fetch: typeof fetch
  /** Milliseconds since the epoch. */
  now: () => number
  pause: (milliseconds: number) => Promise<unknown>
  /** The built static files. */
  built: string
}

/** How often and for how long the Stats API is asked for a visit that was counted: 5 s to the flush, 5 s in caches. */
const ASK_EVERY = 1_000
const TURNS = 60

export function createVerify({ fetch, now, pause, built }: VerifyDeps): Definition {
  return {
    name: 'verify',
    summary: 'Checks a Sundial that runs: health, headers, scripts, schema, rights, clocks, and an event end to end.',
    words: [],
    options: {
      url: {
        value: '<address>',
        meaning: 'Where the dashboard answers. Default: the server that runs here, or PUBLIC_URL.',
      },
      collector: { value: '<address>', meaning: 'Where the collector answers, on Workers. Default: the same address.' },
      site: { value: '<domain>', meaning: 'A site of it, whose transparency page and opt-out are checked as well.' },
      count: { meaning: 'Has one visit to the first page of --site counted, and waits until the Stats API says so.' },
      token: {
        value: '<token>',
        meaning: 'With --count: an API token that reads the site. On this machine none is needed.',
      },
    },
    notes: [
      'Events that it sends are dropped: one for a site that there is not, and with --site one under Global Privacy Control,',
      'which is noted nowhere. Only --count has one counted, so name a site of your own where one visit more does no harm.',
      'ClickHouse is asked where CLICKHOUSE_URL and its user say, best as its administrator; without them the embedded',
      'engine of the server that runs here.',
    ],
    countsOnly: true,
    async run(given, stores, terminal) {
      const asking = { fetch, now, signal: terminal.signal }
      const places = readPlaces(given, stores)
      const findings: Finding[] = []
      for await (const found of checks({ asking, places, stores, built, pause })) {
        for (const finding of found) terminal.out(lineOf(finding))
        findings.push(...found)
      }
      return summary(findings, terminal.out)
    },
  }
}

function summary(findings: readonly Finding[], out: (line: string) => void): ExitCode {
  const unwell = findings.filter(isUnwell).length
  const open = findings.filter(({ state }) => state === 'not asked').length
  const rest = open > 0 ? `; ${open} could not be asked` : ''
  out(unwell === 0 ? `All is well${rest}.` : `${unwell} of ${findings.length} checks failed${rest}.`)
  return unwell === 0 ? 0 : 1
}

interface Places {
  url: string
  collector: string
  site: string | undefined
  count: boolean
  token: string | undefined
  /** The dashboard is the server that this command runs in. */
  here: boolean
}

function readPlaces(given: Given, { address, publicAddress }: Stores): Places {
  const own = address ?? publicAddress
  const url = given.text('url') ?? own
  if (url === undefined) throw misused('no server runs here: say with --url which one is meant')
  const site = given.text('site')
  const count = given.flag('count')
  if (count && site === undefined) throw misused('--count goes with --site')
  const base = baseOf('url', url)
  if (count && given.text('token') === undefined && !isLoopback(new URL(base).hostname)) {
    throw misused('--count goes with --token: others are told of whole hours only')
  }
  return {
    url: base,
    collector: baseOf('collector', given.text('collector') ?? url),
    site,
    count,
    token: given.text('token'),
    here: address !== undefined && [address, publicAddress].some((known) => known && baseOf('url', known) === base),
  }
}

function misused(problem: string): UsageError {
  return new UsageError(`${problem}\nSee: ${SUNDIAL} verify --help`)
}

/** Without a slash at its end. */
function baseOf(option: string, text: string): string {
  const url = URL.parse(text)
  const isBare =
    url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === ''
  if (!isBare) throw misused(`--${option} takes an address such as https://stats.example.com, not "${text}"`)
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

interface Checks {
  asking: Asking
  places: Places
  stores: Stores
  built: string
  pause: VerifyDeps['pause']
}

/** In the order in which one failure explains the next. */
async function* checks(all: Checks): AsyncGenerator<readonly Finding[]> {
  const { asking, places, built } = all
  const { url, collector } = places
  const health = await ask(asking, `${url}/health`)
  yield aboutAnswer(url === collector ? 'Sundial' : 'Dashboard', health)
  const collectorHealth = url === collector ? health : await ask(asking, `${collector}/health`)
  if (url !== collector) yield aboutAnswer('Collector', collectorHealth)
  if (!('fault' in collectorHealth)) {
    yield* canary(all)
    yield await findScripts({ asking, collector, built })
  }
  if (!('fault' in health)) yield* pages(all)
  yield await findCounts(all)
  if (places.count && ![health, collectorHealth].some((answer) => 'fault' in answer)) yield await countOne(all)
}

function aboutAnswer(check: string, answer: Answer | Fault): readonly Finding[] {
  const log = `read its log (one machine: what npm start prints; Workers: npx wrangler tail --env ${check === 'Dashboard' ? 'dashboard' : '""'})`
  const health = healthFinding(check, answer, log)
  if ('fault' in answer) return [health]
  const said = Date.parse(answer.headers.get('date') ?? '')
  const clock = `Clock of the ${check === 'Sundial' ? 'server' : check.toLowerCase()}`
  if (Number.isNaN(said)) return [health, notAsked(clock, 'its answers say no date', 'look there: date -u')]
  return [health, clockFinding(clock, { ...answer, said })]
}

/** Browsers of visitors; a robot’s name would be another reason to drop. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

interface Sent {
  domain: string
  headers?: Record<string, string>
}

/** The event of a tracker that sees a visit begin on the first page. */
function send({ asking, places }: Checks, { domain, headers = {} }: Sent): Promise<Answer | Fault> {
  const scheme = isLoopback(new URL(places.collector).hostname) ? 'http' : 'https'
  const event = { n: 'pageview', d: domain, u: `${scheme}://${domain}/`, s: { v: 1 } }
  return ask(asking, `${places.collector}/api/event`, {
    method: 'POST',
    headers: { 'user-agent': BROWSER, 'content-type': 'text/plain', ...headers },
    body: JSON.stringify(event),
  })
}

/** Events that nobody may find in any number. */
async function* canary(all: Checks): AsyncGenerator<readonly Finding[]> {
  const unknown = await send(all, { domain: `verify-${randomBytes(6).toString('hex')}.invalid` })
  yield [outcomeFinding('Event for an unknown site', unknown, 'dropped: unknown_site', 'deploy this version again')]
  if (!('fault' in unknown)) yield answerFindings('Headers of the collector', unknown.headers)
  const { site } = all.places
  if (site === undefined) return
  const optedOut = await send(all, { domain: site, headers: { 'sec-gpc': '1' } })
  const remedy = `check the site’s name and hosts: ${SUNDIAL} site list (on Workers with --d1 --remote)`
  yield [outcomeFinding(`Event for ${site} under Global Privacy Control`, optedOut, 'dropped: opted_out', remedy)]
}

function outcomeFinding(check: string, answer: Answer | Fault, wanted: string, remedy: string): Finding {
  if ('fault' in answer) return failed(check, answer.fault, remedy)
  const outcome = answer.headers.get('sundial-outcome')
  if (answer.status === 202 && outcome === wanted) return ok(check, wanted)
  const says = `answers ${answer.status}${outcome === null ? '' : `, ${outcome}`}; it should be 202, ${wanted}`
  return failed(check, says, remedy)
}

async function* pages({ asking, places }: Checks): AsyncGenerator<readonly Finding[]> {
  const { url, site } = places
  const tls = url.startsWith('https:')
  const front = await ask(asking, `${url}/`)
  if ('fault' in front) yield [failed('Pages', front.fault, 'run this again')]
  else yield pageFindings('Headers of pages', front.headers, { tls })
  if (site === undefined) return
  const page = await ask(asking, `${url}/transparency/${site}`)
  const check = `Transparency page of ${site}`
  const remedy = `add the site: ${SUNDIAL} site add ${site} (on Workers with --d1 --remote)`
  if ('fault' in page) yield [failed(check, page.fault, remedy)]
  else if (page.status !== 200) yield [failed(check, `answers ${page.status}`, remedy)]
  else yield [ok(check, 'is there'), ...pageFindings(`Headers of the ${check.toLowerCase()}`, page.headers, { tls })]
}

async function findCounts({ asking, places, stores }: Checks): Promise<readonly Finding[]> {
  const { clickhouseUrl } = stores
  if (clickhouseUrl !== undefined) {
    return findServer({ counts: await stores.counts(), migrate: migrateCommand(clickhouseUrl), now: asking.now })
  }
  if (!places.here) {
    const remedy = 'set CLICKHOUSE_URL, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD to those of its administrator'
    return [notAsked('ClickHouse', 'nothing here says where the counts of that Sundial are', remedy)]
  }
  return [
    ...(await findSchema({ counts: await stores.counts(), migrate: MIGRATE_HERE })),
    ok('Users of ClickHouse', 'not applicable: nobody but this server reaches the embedded engine'),
  ]
}

/** Null where nothing is kept of the day yet. */
const visitsSchema = z.object({ results: z.object({ visits: z.object({ value: z.number().nullable() }) }) })

async function countOne(all: Checks): Promise<readonly Finding[]> {
  const { asking, places, pause } = all
  const domain = places.site ?? ''
  const check = `Visit to ${domain}, counted end to end`
  const log =
    'the collector’s log says whether ClickHouse takes inserts; others than --token are told of whole hours only'

  async function visits(): Promise<number | Finding> {
    const query = new URLSearchParams({ site_id: domain, period: 'day', metrics: 'visits' })
    const headers: Record<string, string> =
      places.token === undefined ? {} : { authorization: `Bearer ${places.token}` }
    const answer = await ask(asking, `${places.url}/api/v1/stats/aggregate?${query}`, { headers })
    if ('fault' in answer) return failed(check, answer.fault, log)
    const said = visitsSchema.safeParse(jsonOf(answer))
    if (answer.status === 200 && said.success) return said.data.results.visits.value ?? 0
    const remedy = `name a token that reads this site: --token (${SUNDIAL} token create --help)`
    return failed(check, `the Stats API answers ${answer.status}`, remedy)
  }

  const before = await visits()
  if (typeof before !== 'number') return [before]
  const sent = outcomeFinding(check, await send(all, { domain }), 'counted', 'see "What the answer says" in README.md')
  if (sent.state !== 'ok') return [sent]
  for (let turn = 0; turn < TURNS; turn++) {
    const after = await visits()
    if (typeof after !== 'number') return [after]
    if (after > before) return [ok(check, 'the Stats API says one more')]
    await pause(ASK_EVERY)
    asking.signal.throwIfAborted()
  }
  return [failed(check, `the Stats API does not say so after ${(TURNS * ASK_EVERY) / 1_000} s`, log)]
}
