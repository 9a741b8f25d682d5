// The public pages about a site over the real engine and the real ledger: that they say everything, say what is so, and
// give nothing else away.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Context, Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createCollector } from '../collector/app.ts'
import { addDays, createCalendar, dayOf, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import { createNodeClients, incomingOf } from '../collector/client_address_node.ts'
import { DIMENSIONS, DROP_REASONS, DROPPED, PAIRS, TABLES } from '../collector/contract.ts'
import { ADDRESS, COLUMNS, HONEST_LIMITS, NEVER, RECEIVED_FIELDS, REQUEST_FACTS } from '../collector/declaration.ts'
import { createLedger } from '../collector/ledger.ts'
import { migrate } from '../collector/migrate.ts'
import { WIRE_KEYS } from '../collector/payload.ts'
import { createRateLimit } from '../collector/rate_limit.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { edgeSender } from '../collector/sender.ts'
import { createNodeSenders } from '../collector/sender_node.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import { createSites, type Site } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { type Disclosure, schemaHash } from '../dashboard/disclosure.ts'
import type { DeclarationWords } from '../dashboard/languages/en/declaration.ts'
import { pageHeaders } from '../dashboard/page_headers.ts'
import { ScriptTag } from '../dashboard/pages/script_tag.tsx'
import { STYLE } from '../dashboard/style.ts'
import { createTransparency, type TransparencyDeps } from '../dashboard/transparency.tsx'
import { WORDS } from '../dashboard/words.ts'

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>`
const TODAY = dayOf(Date.now())
const HEADERS = Object.values(REQUEST_FACTS).flatMap<string>(({ names }) => names)

const directory = mkdtempSync(path.join(tmpdir(), 'sundial-transparency-'))
let counts: Counts
let now: number
let statements: string[]

beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
})
afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  now = Date.parse('2026-11-22T09:30:00Z')
  statements = []
})

function siteOf(domain: string, more: Partial<Site> = {}): Site {
  return { id: 1, ...defaultSettings(domain), ...more }
}

function open(sites: readonly Site[], more: Partial<TransparencyDeps> = {}) {
  const settings = openSqliteSettings(':memory:')
  const counting: Pick<Counts, 'query'> = {
    query(sql, params, row) {
      statements.push(sql.split('\n')[0] ?? '')
      return counts.query(sql, params, row)
    },
  }
  const app = createTransparency({
    sites: {
      fresh: async () => {},
      byDomain: (domain) => sites.find((site) => site.domain === domain),
      countedAs: (domain) => sites.find((site) => site.hosts.includes(domain)),
    },
    counts: counting,
    ledger: createLedger({ db: settings }),
    now: () => now,
    report: () => {},
    previewScript: async () => 'preview()',
    publicUrl: 'https://stats.example.com',
    ...more,
  })
  const mounted = new Hono().use(pageHeaders({ isSecure: () => false })).route(`${more.basePath ?? ''}/`, app)
  return async (address: string, language = 'en-GB') => {
    const headers = { 'accept-language': language }
    const answer = await mounted.request(`${more.basePath ?? ''}/transparency/${address}`, { headers })
    const html = await answer.text()
    return { status: answer.status, headers: answer.headers, html, text: textOf(html) }
  }
}

/** As a person reads it. */
function textOf(html: string): string {
  const text = html.replace(/<head>.*?<\/head>/s, '').replace(/<[^>]*>/g, ' ')
  return unescaped(text).replace(/\s+/g, ' ')
}

function unescaped(html: string): string {
  return html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

const codes = (html: string) =>
  new Set([...html.matchAll(/<code[^>]*>(.*?)<\/code>/g)].map(([, code = '']) => unescaped(code)))

const disclosed = z.custom<Disclosure>()
const jsonOf = async (get: ReturnType<typeof open>, site: string) =>
  disclosed.parse(JSON.parse((await get(`${site}.json`)).html))

describe('the declaration', () => {
  test('says of every field of the wire what becomes of it, and of no other', () => {
    const keys = Object.values(RECEIVED_FIELDS).flatMap<string>(({ keys }) => keys)
    expect(keys.toSorted()).toEqual(WIRE_KEYS.toSorted())
  })

  test('names every column of every table, and no other', () => {
    const columns = Object.values(TABLES).flatMap(({ columns }) => Object.keys(columns))
    expect(Object.keys(COLUMNS).toSorted()).toEqual([...new Set(columns)].toSorted())
  })

  test('names every header that the collector reads, and no other', async () => {
    const declared = HEADERS.filter((name) => name !== ADDRESS)
    expect(declared.toSorted()).toEqual([...(await headersRead())].toSorted())
  })
})

/** By what is asked of the headers of requests that come to every end there is, on both runtimes. */
async function headersRead(): Promise<Set<string>> {
  const read = new Set<string>()
  const site = siteOf('example.com', { browserFamilies: true })
  const clients = createNodeClients({ trustProxy: ['127.0.0.1'] })
  const onNode = createNodeSenders({ clients, countryHeader: 'cf-ipcountry' })
  for (const senderOf of [edgeSender, ({ env }: Context) => onNode(incomingOf(env.incoming))]) {
    const { app } = createCollector({
      sites: { fresh: async () => {}, countedAs: (domain) => (domain === site.domain ? site : undefined) },
      accumulator: { count: async () => {} },
      rateLimit: createRateLimit({ exemptLoopback: false }),
      calendar: createCalendar(),
      now: () => now,
      senderOf,
    })
    for (const headers of [
      {},
      { 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
      { 'sec-gpc': '1' },
      { 'user-agent': 'curl/8' },
    ]) {
      const request = new Request('http://127.0.0.1/api/event', {
        method: 'POST',
        headers,
        body: JSON.stringify({ n: 'pageview', u: 'https://example.com/', d: 'example.com' }),
      })
      const ask = request.headers.get.bind(request.headers)
      request.headers.get = (name) => {
        read.add(name.toLowerCase())
        return ask(name)
      }
      await app.fetch(request, {
        incoming: { socket: { remoteAddress: '127.0.0.1' }, headers: recorded(headers, read) },
      })
    }
  }
  return read
}

function recorded(headers: IncomingHttpHeaders, read: Set<string>): IncomingHttpHeaders {
  return new Proxy(headers, {
    get(_, name) {
      if (typeof name !== 'string') return undefined
      read.add(name.toLowerCase())
      return headers[name]
    },
  })
}

describe('the page', () => {
  test('names every field, header, table, column, attribute, pair and reason', async () => {
    const { status, html, text } = await open([siteOf('example.com')])('example.com')
    expect(status).toBe(200)
    const named = codes(html)
    const expected = [
      ...WIRE_KEYS,
      ...HEADERS,
      ...Object.keys(TABLES),
      ...Object.keys(COLUMNS),
      ...Object.values(COLUMNS).map(({ example }) => example),
      ...Object.keys(DROP_REASONS),
      ...Object.keys(DROPPED),
    ]
    expect(expected.filter((name) => !named.has(name))).toEqual([])
    const said = [
      ...Object.values(DIMENSIONS).flatMap(({ label, example }) => [label, example]),
      ...PAIRS.filter(({ dimensions }) => !dimensions.some((name) => name === 'property')).map(
        ({ dimensions: [one, other] }) => `${DIMENSIONS[one].label} × ${DIMENSIONS[other].label}`.toLowerCase(),
      ),
      ...Object.values(NEVER),
      ...Object.values(HONEST_LIMITS),
    ]
    expect(said.filter((words) => !text.includes(words))).toEqual([])
  })

  test('says k, profile, periods and what the site has chosen', async () => {
    const chosen = {
      k: 10,
      anonymizationDays: 30,
      retentionDays: 100,
      queryParameters: ['chapter'],
      properties: ['plan'],
      pathPatterns: ['/team/:name'],
    } as const
    const { text } = await open([siteOf('example.com', chosen)])('example.com')
    expect(text).toContain('counted ten times, and then in whole tens')
    expect(text).toContain('30 days after a month is over')
    expect(text).toContain('What is counted in November 2026: on 31 Dec 2026')
    expect(text).toContain('What is counted in November 2026: on 9 Feb 2027')
    expect(text).toContain('Parameters of addresses that stay in the page: chapter')
    expect(text).toContain('/team/:name')
    expect(text).toMatch(/Campaign utm_campaign in the URL spring 20 times/)
    expect(text).toMatch(/Event property .*? plan=pro 20 times/)
    expect(text).toMatch(/Browser family .*? Firefox Not counted here/)
  })

  test('says what a profile leaves out', async () => {
    const { text } = await open([siteOf('example.com', { profile: 'cnil' })])('example.com')
    expect(text).toMatch(/Campaign utm_campaign in the URL spring Not counted here/)
    expect(text).not.toContain('event × source')
    expect(text).toContain('The profile of this site is “CNIL”.')
  })

  test('says what the strict profile asks for before a text is written, and nothing of it elsewhere', async () => {
    const get = open([siteOf('strict.example', { profile: 'strict', k: 10 }), siteOf('example.com')])
    const { text } = await get('strict.example')
    expect(text).toContain('into one of 16 strata, and a text is written only once it was counted in 3 of them')
    expect(text).toContain('once a day, in the hour after midnight')
    expect((await get('example.com')).text).not.toContain('once it was counted in 3 of them')
  })

  test('says who is responsible, or that nobody has said it', async () => {
    const named = siteOf('named.example', {
      controller: 'Example GmbH\nBerlin',
      processors: ['Hetzner, Falkenstein (EU)'],
    })
    const get = open([named, siteOf('silent.example')])
    const { text } = await get('named.example')
    expect(text).toContain('Example GmbH Berlin')
    expect(text).toContain('Hetzner, Falkenstein (EU)')
    expect((await get('silent.example')).text).toContain('silent.example has not said it here.')
  })

  test('says since when the periods are in force, and what was deleted last', async () => {
    const db = openSqliteSettings(':memory:')
    let clock = Date.parse('2026-10-01T08:00:00Z')
    const sites = createSites({ db, now: () => clock, report: (problem) => expect.fail(problem) })
    await sites.add({ domain: 'example.com' })
    clock = Date.parse('2026-10-05T08:00:00Z')
    await sites.set('example.com', { retentionDays: 500, k: 10 })
    const ledger = createLedger({ db })
    const get = open([], { sites, ledger })
    const first = await get('example.com')
    expect(first.text).toMatch(/Anonymization .*? 62 days from the end of the month 1 Oct 2026, 08:00 UTC/)
    expect(first.text).toMatch(/Retention .*? 500 days from the beginning of the month 5 Oct 2026, 08:00 UTC/)
    expect(first.text).toContain('No operator has deleted or anonymized anything')
    expect(first.text).toContain('5 Oct 2026, 08:00 UTC Changed: k')
    const site = sites.byDomain('example.com')
    const before = {
      hours: { rows: 4, visits: 9 },
      days: { rows: 3, visits: 9, pageviews: 9, engaged: 0, events: 0 },
      counts: { rows: 1000, n: 5000 },
    }
    const after = { hours: { rows: 0, visits: 0 }, days: before.days, counts: { rows: 93, n: 5000 } }
    await ledger.append({
      at: '2026-11-22T09:31:00Z',
      site: site?.id ?? 0,
      domain: 'example.com',
      action: 'anonymized',
      details: { counts: { before, after } },
    })
    now += 60_000
    const { text } = await get('example.com')
    expect(text).toContain('anonymized ahead of their period (1,007 rows became 96), 22 Nov 2026, 09:31 UTC')
    expect((await jsonOf(get, 'example.com')).lastDeletion).toMatchObject({
      action: 'anonymized',
      rows: { before: 1007, after: 96 },
    })
  })

  test('says of a period that was shortened and is not yet enforced that it is being put in force', async () => {
    const db = openSqliteSettings(':memory:')
    const sites = createSites({ db, now: () => now, report: (problem) => expect.fail(problem) })
    await sites.add({ domain: 'example.com' })
    await sites.set('example.com', { retentionDays: 100 })
    const { text } = await open([], { sites, ledger: createLedger({ db }) })('example.com')
    expect(text).toMatch(/Retention .*? 100 days from the beginning of the month Being put in force now/)
  })

  test('tells a reader without the database all the rest', async () => {
    const told: string[] = []
    const away = { query: () => Promise.reject(new Error('gone')) }
    const { status, text } = await open([siteOf('example.com')], {
      counts: away,
      report: (problem) => told.push(problem),
    })('example.com')
    expect(status).toBe(200)
    expect(text).toContain('The database does not answer now.')
    expect(told).toEqual(['the oldest rows could not be read'])
  })
})

describe('the oldest rows', () => {
  const insert = (rows: object[]) =>
    counts.insert('days', `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())
  const row = (site: number, day: string, expireOn: string) => ({
    site,
    month: firstOfMonth(day),
    day,
    visits: 1,
    pageviews: 1,
    engaged: 0,
    events: 0,
    expire_on: expireOn,
  })

  test('change when the periods are enforced, and what is only hidden is said to be on disk', async () => {
    await counts.command('SYSTEM STOP MERGES days')
    await insert([
      row(21, '2025-02-03', addDays(TODAY, -1)),
      row(21, '2025-03-04', '2100-01-01'),
      row(22, '2024-01-05', '2100-01-01'),
    ])
    const get = open([siteOf('old.example', { id: 21 })])
    const before = (await jsonOf(get, 'old.example')).kept
    expect(before?.tables.days).toEqual({
      oldestReadable: '2025-03-04',
      oldestOnDisk: '2025-02-03',
      firstEnd: addDays(TODAY, -1),
    })
    expect(before?.tables.hours).toEqual({})
    await counts.command('SYSTEM START MERGES days')
    // A merge of ClickHouse's own may have done it by now.
    await enforcePeriods({ counts })
    now += 60_000
    const after = await jsonOf(get, 'old.example')
    expect(after.kept?.tables.days).toMatchObject({ oldestReadable: '2025-03-04', oldestOnDisk: '2025-03-04' })
    // The part that was replaced is still there for some minutes.
    expect(after.kept?.replacedFrom).toBe('2025-02-01')
    const { text } = await get('old.example')
    expect(text).toContain('days 4 Mar 2025 4 Mar 2025')
    expect(text).toContain('The oldest holds rows of February 2025')
  })

  test('say nothing of the last two days and of this month’s merges: nobody can watch visits arrive', async () => {
    const get = open([siteOf('young.example', { id: 24 })])
    const none = await jsonOf(get, 'young.example')
    now = Date.now()
    await insert([row(24, addDays(TODAY, -1), '2100-01-01'), row(24, TODAY, '2100-01-01')])
    await counts.command(`OPTIMIZE TABLE days PARTITION ${TODAY.slice(0, 7).replace('-', '')} FINAL`)
    const young = open([siteOf('young.example', { id: 24 })])
    const some = await jsonOf(young, 'young.example')
    expect(some.kept?.tables).toEqual(none.kept?.tables)
    expect(some.kept?.tables.days).toEqual({})
    expect(some.kept?.replacedFrom ?? '').not.toBe(firstOfMonth(TODAY))
    now += 2 * 86_400_000
    expect((await jsonOf(young, 'young.example')).kept?.tables.days).toMatchObject({ oldestOnDisk: addDays(TODAY, -1) })
  })

  test('are asked for once a minute, however often the page is', async () => {
    const get = open([siteOf('asked.example', { id: 23 })])
    for (const address of ['asked.example', 'asked.example.json', 'asked.example/record', 'asked.example']) {
      await get(address)
      now += 19_000
    }
    expect(statements).toEqual(['/* reports.kept */'])
    now += 10_000
    await get('asked.example')
    expect(statements).toHaveLength(2)
  })

  test('of a site that is not there are not asked for', async () => {
    const get = open([siteOf('example.com')])
    for (const address of ['nobody.example', 'nobody.example.json', 'nobody.example/record']) await get(address)
    expect(statements).toEqual([])
  })
})

describe('the JSON', () => {
  test('has the hash of the schema that ClickHouse has', async () => {
    const live = await counts.query(
      `/* test.columns */
SELECT
  table,
  name,
  type
FROM system.columns
WHERE database = 'sundial' AND table NOT LIKE 'readable_%' AND table != 'migrations'`,
      {},
      z.object({ table: z.string(), name: z.string(), type: z.string() }),
    )
    const { schemaHash: told } = await jsonOf(open([siteOf('example.com')]), 'example.com')
    expect(told).toBe(schemaHash(live))
    const [first, ...others] = live
    expect(told).not.toBe(schemaHash(others))
    expect(told).not.toBe(
      schemaHash([{ table: 'hours', name: 'hour', type: 'DateTime' }, ...others, ...(first ? [first] : [])]),
    )
  })

  test('says what the page says', async () => {
    const get = open([siteOf('example.com', { controller: 'Example GmbH' })])
    const { headers } = await get('example.com.json')
    expect(headers.get('content-type')).toContain('application/json')
    const told = await jsonOf(get, 'example.com')
    expect(told).toMatchObject({
      site: 'example.com',
      address: 'https://stats.example.com/transparency/example.com',
      controller: 'Example GmbH',
    })
    expect(
      told.stored.tables.map(({ name, columns }) => [
        name,
        Object.fromEntries(columns.map(({ name, type }) => [name, type])),
      ]),
    ).toEqual(Object.entries(TABLES).map(([name, { columns }]) => [name, { ...columns }]))
    expect(told.settings).not.toHaveProperty('id')
  })
})

describe('the record of processing', () => {
  const empty = (html: string) => [...html.matchAll(/class="to-fill"/g)].length

  test('has what Article 30(1) asks for, and shows what only the controller can fill in', async () => {
    const get = open([
      siteOf('silent.example'),
      siteOf('named.example', { controller: 'Example GmbH', processors: ['Hetzner'] }),
    ])
    const { html, text } = await get('silent.example/record')
    for (const letter of 'abcdefg') expect(text).toContain(`(${letter})`)
    const named = await get('named.example/record')
    expect(named.text).toContain('Example GmbH')
    expect(named.text).toContain('Hetzner')
    // Controller and processors.
    expect(empty(html) - empty(named.html)).toBe(2)
    expect(empty(named.html)).toBeGreaterThan(5)
  })

  test('says the site’s own periods', async () => {
    const { text } = await open([siteOf('example.com', { anonymizationDays: 30, retentionDays: 100 })])(
      'example.com/record',
    )
    expect(text).toContain('Anonymization, 30 days after the end of a month')
    expect(text).toContain('reaches these dates on 31 Dec 2026 and 9 Feb 2027')
  })
})

describe('whose browser prefers another language', () => {
  const site = siteOf('example.com', { properties: ['plan'], controller: 'Example GmbH', queryParameters: ['chapter'] })
  const spoken = [
    ['de', 'de-CH,de;q=0.9,en;q=0.5'],
    ['fr', 'fr'],
  ] as const

  /** All that is said beside the contract, of a site in the standard profile. */
  const declared = (words: DeclarationWords) =>
    [
      ...Object.values(words.received).flatMap(({ says, becomes }) => [says, becomes]),
      ...Object.values(words.request).flatMap(({ says, becomes }) => [says, becomes]),
      ...Object.values(words.tables).map(({ keeps }) => keeps),
      ...Object.values(words.columns).map(({ means }) => means),
      ...Object.values(words.elsewhere).flatMap(({ place, keeps, until }) => [place, keeps, until]),
      ...Object.values(words.dimensions).map(({ label }) => label),
      ...[words.dropReasons, words.dropped, words.never, words.limits].flatMap((said) => Object.values<string>(said)),
      words.profiles.standard.meaning,
    ].map((sentence) => sentence.replace(/\s+/g, ' '))

  test.each(spoken)('reads the page in it, with everything that the English one says: %s', async (language, header) => {
    const get = open([site])
    const { html, text } = await get('example.com', header)
    expect(html).toContain(`<html lang="${language}">`)
    const words = WORDS[language]
    expect(declared(words.declaration).filter((sentence) => !text.includes(sentence))).toEqual([])
    const english = declared(WORDS.en.declaration).filter((sentence) => sentence.includes(' '))
    expect(english.filter((sentence) => text.includes(sentence))).toEqual([])
    for (const title of Object.values(words.transparency.sections)) expect(text).toContain(title)
    // Names and examples are data, so they are the same.
    const named = codes((await get('example.com')).html)
    const renamed = [...named].map((name) => (name === ADDRESS ? words.declaration.address : name))
    expect([...codes(html)].toSorted()).toEqual(renamed.toSorted())
  })

  test('reads numbers, dates and k in German', async () => {
    const { text } = await open([site])('example.com', 'de')
    expect(text).toContain('höchstens 8.192 Byte')
    expect(text).toContain('erst gespeichert, wenn es fünfmal gezählt wurde, und dann in ganzen Fünfern')
    expect(text).toContain('Was im November 2026 gezählt wird: am 1. Feb. 2027')
    expect(text).toContain('Einstiegsseite × Quelle')
    expect(text).toMatch(/Kampagne utm_campaign in der URL spring 10-mal/)
    expect(text).toMatch(/Browserfamilie .*? Firefox Hier nicht gezählt/)
    expect(text).toContain('Parameter von Adressen, die in der Seite bleiben: chapter')
    expect(text).toContain('Teile von Pfaden, die diese Website zusätzlich verbirgt: keine.')
  })

  test('reads numbers, dates and k in French', async () => {
    const { text } = await open([site])('example.com', 'fr')
    expect(text).toContain('d’au plus 8 192 octets')
    expect(text).toContain('comptée cinq fois, et alors par groupes entiers de cinq')
    expect(text).toContain('Ce qui est compté en novembre 2026 : le 1 févr. 2027')
    expect(text).toContain('page d’entrée × source')
    expect(text).toMatch(/Campagne utm_campaign dans l’URL spring 10 fois/)
    expect(text).toMatch(/Famille de navigateurs .*? Firefox Non compté ici/)
  })

  test.each([
    ['de', '/record', ['Verzeichnis von Verarbeitungstätigkeiten', 'Artikel 30 Absatz 1 DSGVO', 'in ganzen Fünfern']],
    ['fr', '/record', ['Registre des activités de traitement', 'du RGPD', 'par groupes entiers de cinq']],
    ['de', '/preview', ['Was Ihr Browser jetzt senden würde', 'Nichts verlässt Ihren Browser']],
    ['fr', '/preview', ['Ce que votre navigateur enverrait maintenant', 'Rien ne quitte votre navigateur']],
  ] as const)('reads in %s what is at %s', async (language, page, sentences) => {
    const get = open([site])
    const { html, text } = await get(`example.com${page}`, language)
    expect(html).toContain(`<html lang="${language}">`)
    for (const sentence of sentences) expect(text).toContain(sentence)
    const empty = (html: string) => html.match(/class="to-fill"/g)?.length
    expect(empty(html)).toBe(empty((await get(`example.com${page}`)).html))
  })

  test('reads of nothing and of failure in it as well', async () => {
    const { status, text } = await open([])('nobody.example', 'de')
    expect([status, text]).toEqual([404, expect.stringContaining('Diese Seite gibt es nicht')])
    const broken = { fresh: () => Promise.reject(new Error('gone')), byDomain: () => site, countedAs: () => site }
    const failed = await open([], { sites: broken })('example.com', 'fr')
    expect([failed.status, failed.text]).toEqual([503, expect.stringContaining('Réessayez dans une minute.')])
  })

  test('gets the same JSON, to the byte', async () => {
    const get = open([site])
    const { html } = await get('example.com.json')
    for (const [, header] of spoken) expect((await get('example.com.json', header)).html).toBe(html)
    expect(html).toContain('Address of the page')
  })
})

describe('a stranger', () => {
  const sites = [siteOf('example.com'), siteOf('secret.example', { id: 2 })]

  test.each([
    '',
    'nobody.example',
    'nobody.example.json',
    'nobody.example/preview',
    'nobody.example/record',
    'example.com/other',
    '-/other',
    'example.com/',
  ])('learns nothing at /transparency/%s', async (address) => {
    const { status, html } = await open(sites)(address)
    expect(status).toBe(404)
    expect(html).not.toMatch(/secret\.example|example\.com/)
  })

  test.each(['example.com', 'example.com.json', 'example.com/preview', 'example.com/record'])(
    'is told of no other site at /transparency/%s',
    async (address) => {
      const { status, html } = await open(sites)(address)
      expect(status).toBe(200)
      expect(html).not.toContain('secret.example')
    },
  )
})

describe('every page', () => {
  const pages = ['', '/preview', '/record']

  test.each(pages)('carries no text of an operator as markup, at %j', async (page) => {
    const site = siteOf(HOSTILE, {
      controller: HOSTILE,
      processors: [HOSTILE],
      properties: [HOSTILE],
      hosts: [HOSTILE],
      pathPatterns: [HOSTILE],
    })
    const { status, html } = await open([site])(`${encodeURIComponent(HOSTILE)}${page}`)
    expect(status).toBe(200)
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;script&gt;')
  })

  test.each(pages)(
    'runs nothing but the preview’s own script, keeps to its policy and is not kept, at %j',
    async (page) => {
      const { headers, html } = await open([siteOf('example.com')])(`example.com${page}`)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/^default-src 'none';.*style-src 'self';.*base-uri 'none'; frame-ancestors 'none'$/)
      expect(policy.includes('script-src')).toBe(page === '/preview')
      expect(policy).not.toMatch(/unsafe|connect-src/)
      expect(html).not.toMatch(/ style=|<style/)
      const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)
      expect(scripts).toHaveLength(page === '/preview' ? 1 : 0)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('set-cookie')).toBeNull()
    },
  )

  test.each(pages)('stands below BASE_PATH with all that it loads and links, at %j', async (page) => {
    const { html } = await open([siteOf('example.com')], { basePath: '/stats' })(`example.com${page}`)
    const addresses = [...html.matchAll(/(?:href|src)="(?!data:)([^"#][^"]*)"/g)].map(([, address = '']) => address)
    expect(addresses.length).toBeGreaterThan(1)
    for (const address of addresses) expect(address).toMatch(/^\/stats\/transparency\//)
  })

  test('loads a stylesheet with rules for paper', async () => {
    const { headers, html } = await open([])('-/style.css')
    expect(headers.get('content-type')).toContain('text/css')
    expect(html.startsWith(STYLE)).toBe(true)
    expect(html).toContain('@media print')
  })
})

test('the tag to copy comes with the addresses of the page and the record', async () => {
  const tag = ScriptTag({
    site: siteOf('example.com'),
    script: { url: 'https://stats.example.com/js/sundial.js', guessed: false },
  })
  expect(String(await tag)).toMatch(/href="transparency\/example\.com".*href="transparency\/example\.com\/record"/s)
})

test('the preview is not told the number of its site', async () => {
  const { html } = await open([siteOf('example.com', { id: 4711 })])('example.com/preview')
  expect(html).toContain('data-settings')
  expect(html).not.toContain('4711')
})

test.each(['', '.json', '/preview', '/record'])(
  'nobody learns at …%s which sites are of one hand, nor what they want to reach',
  async (part) => {
    const site = siteOf('example.com', { organization: 'organization-4711', goals: ['secret goal'] })
    const { status, html } = await open([site])(`example.com${part}`)
    expect(status).toBe(200)
    expect(html).not.toMatch(/4711|secret goal/)
  },
)

test.each(['', '.json', '/preview', '/record'])(
  'a link …%s with the former domain of a site leads on',
  async (part) => {
    const site = siteOf('new.example', { hosts: ['new.example', 'old.example'] })
    const { status, headers } = await open([site], { basePath: '/stats' })(`old.example${part}`)
    expect([status, headers.get('location')]).toEqual([302, `/stats/transparency/new.example${part}`])
  },
)

test('the preview says without JavaScript what it needs', async () => {
  const { html } = await open([siteOf('example.com')])('example.com/preview')
  expect(textOf(/<noscript>(.*?)<\/noscript>/s.exec(html)?.[1] ?? '')).toContain('This page needs JavaScript')
})
