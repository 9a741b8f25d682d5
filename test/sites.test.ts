import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLedger } from '../collector/ledger.ts'
import { readOrders } from '../collector/orders.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import {
  adoptingFor,
  closingFor,
  createSites,
  reopeningFor,
  type SettingsStore,
  type SiteAnswer,
  type SiteChanges,
  type Sites,
} from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'

let directory: string
let file: string
let store: SqliteSettings
let clock: number
let problems: string[]

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sundial-sites-'))
  file = path.join(directory, 'sites.db')
  store = openSqliteSettings(file)
  clock = Date.UTC(2026, 0, 1)
  problems = []
})

afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true })
})

function open(db: SettingsStore = store): Sites {
  return createSites({ db, now: () => clock, report: (problem) => problems.push(problem) })
}

/** Changes as they come from outside, where types promise nothing. */
function untyped(changes: Record<string, unknown>): SiteChanges {
  return changes
}

async function refusal(changes: Record<string, unknown>, domain = 'example.com'): Promise<readonly string[]> {
  const answer = await open().add({ domain, ...untyped(changes) })
  return sentencesOf(answer)
}

/** Why nothing was changed; none where something was. */
function sentencesOf(answer: SiteAnswer | Awaited<ReturnType<Sites['remove']>>): readonly string[] {
  return 'refused' in answer ? sayRefusals(answer.refused) : []
}

describe('a site', () => {
  it('starts with the data contract’s defaults, and counts its domain with and without www', async () => {
    expect(await open().add({ domain: 'example.com' })).toEqual({
      site: {
        id: 1,
        domain: 'example.com',
        hosts: ['example.com', 'www.example.com'],
        timezone: 'UTC',
        k: 5,
        profile: 'standard',
        anonymizationDays: 62,
        retentionDays: 396,
        queryParameters: [],
        properties: [],
        pathPatterns: [],
        pathExceptions: [],
        browserFamilies: false,
        controller: '',
        processors: [],
        public: false,
        goals: [],
        organization: '',
        closed: false,
      },
    })
  })

  it('keeps every setting across a restart', async () => {
    const wanted = {
      hosts: ['shop.example.com', 'xn--mnchen-3ya.de', '[::1]', '10.0.0.7'],
      timezone: 'Europe/Paris',
      k: 20,
      profile: 'cnil',
      anonymizationDays: 1,
      retentionDays: 33,
      queryParameters: ['q', 'productId', 'page.size'],
      properties: ['plan', 'a-b_c', 'amount:10,50.5,100'],
      pathPatterns: ['/u/:name/posts', '/@:name/**', '/größe/*'],
      pathExceptions: ['/blog/20240115', '/docs/**'],
      browserFamilies: true,
      controller: 'Ann Example, 1 Main Street\nann@example.com',
      processors: ['Hetzner, Falkenstein (EU)', 'Example GmbH; München'],
      public: true,
      goals: ['signup', 'Größe gewählt', '/', '/thanks', '/größe/*'],
      organization: 'o1',
    } as const
    await open().add({ domain: 'example.com', ...wanted })
    store.close()
    store = openSqliteSettings(file)
    const sites = open()
    await sites.fresh()
    expect(sites.byDomain('example.com')).toEqual({
      id: 1,
      domain: 'example.com',
      ...wanted,
      hosts: ['example.com', ...wanted.hosts],
      closed: false,
    })
    expect(sites.byId(1)).toBe(sites.byDomain('example.com'))
    expect(problems).toEqual([])
  })

  it('spells its path patterns as paths are spelled', async () => {
    const answer = await open().add({ domain: 'example.com', pathPatterns: ['/U/:Name/', '/Gro\u0308\u00dfe'] })
    expect(answer).toMatchObject({ site: { pathPatterns: ['/u/:name', '/größe'] } })
  })

  it('keeps its settings when a newer Sundial adds some', async () => {
    const before = path.join(directory, 'before.db')
    const old = new DatabaseSync(before)
    old.exec(readFileSync('collector/sites/0001_sites.sql', 'utf8'))
    old.exec(
      `INSERT INTO sites VALUES (3, 'old.example', '["old.example"]', 'UTC', 10, 'standard', 62, 396, '[]', '["plan"]', 0)`,
    )
    old.exec(`CREATE TABLE settings_migrations (name TEXT PRIMARY KEY)`)
    old.exec(`INSERT INTO settings_migrations VALUES ('0001_sites.sql')`)
    old.close()
    const upgraded = openSqliteSettings(before)
    const sites = open(upgraded)
    await sites.fresh()
    upgraded.close()
    expect(sites.all()).toEqual([
      { ...defaultSettings('old.example'), id: 3, hosts: ['old.example'], k: 10, properties: ['plan'] },
    ])
  })

  it('always counts its own domain, whatever hosts are set', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' })
    await sites.set('example.com', { hosts: ['app.example.com', 'app.example.com'] })
    expect(sites.byDomain('example.com')?.hosts).toEqual(['example.com', 'app.example.com'])
  })

  it.each([['localhost'], ['127.0.0.1'], ['[::1]'], ['intranet']])(
    'may be %s, which has no www twin',
    async (domain) => {
      const sites = open()
      await sites.add({ domain })
      expect(sites.byDomain(domain)?.hosts).toEqual([domain])
    },
  )

  it('changes only what is asked', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com', timezone: 'Asia/Tokyo', properties: ['plan'] })
    await sites.set('example.com', { k: 10 })
    expect(sites.byDomain('example.com')).toMatchObject({ k: 10, timezone: 'Asia/Tokyo', properties: ['plan'] })
  })

  it('leaves no settings behind when removed, and never hands its id on', async () => {
    const sites = open()
    await sites.add({ domain: 'one.example' })
    await sites.add({ domain: 'two.example' })
    expect(await sites.remove('two.example')).toEqual({ removed: 'two.example', id: 2 })
    expect(sites.byDomain('two.example')).toBeUndefined()
    expect(await sites.add({ domain: 'two.example' })).toMatchObject({ site: { id: 3 } })
  })
})

describe('what is refused', () => {
  it.each([
    ['https://example.com/', 'example.com'],
    ['Example.com', 'example.com'],
    ['example.com:8080', 'example.com'],
    ['example.com/blog', 'example.com'],
    ['example.com.', 'example.com'],
    ['münchen.de', 'xn--mnchen-3ya.de'],
    ['[0:0::1]', '[::1]'],
    ['127.1', '127.0.0.1'],
  ])('the domain %s, with the spelling to use instead', async (domain, better) => {
    expect(await refusal({}, domain)).toEqual([
      `a domain or host is a bare name, without scheme, port and path; write it as ${better}: ${JSON.stringify(domain)}`,
    ])
  })

  it.each(['', ' ', '*', 'a b', 'exa$mple.com', '-a.com', 'a..com', `${'a'.repeat(64)}.com`, '999.1.1.1', "x'; --"])(
    'the domain %j',
    async (domain) => {
      expect((await refusal({}, domain)).join()).toMatch(/^a domain or host is a bare name/)
    },
  )

  it.each<[setting: string, value: unknown, sentence: string | RegExp]>([
    ['timezone', 'Mars/Olympus', 'the time zone must be an IANA name such as Europe/Paris: "Mars/Olympus"'],
    ['timezone', '+01:00', 'the time zone must be an IANA name such as Europe/Paris: "+01:00"'],
    ['timezone', '', 'the time zone must be an IANA name such as Europe/Paris: ""'],
    ['k', 7, 'k must be one of 5, 10, 20, 50: 7'],
    ['k', 1, 'k must be one of 5, 10, 20, 50: 1'],
    ['profile', 'none', 'the profile must be one of standard, strict, cnil: "none"'],
    ['anonymizationDays', 0, 'anonymization must be 1 to 95 whole days: 0'],
    ['anonymizationDays', 96, 'anonymization must be 1 to 95 whole days: 96'],
    ['anonymizationDays', 1.5, 'anonymization must be 1 to 95 whole days: 1.5'],
    ['anonymizationDays', Number.NaN, 'anonymization must be 1 to 95 whole days: NaN'],
    ['retentionDays', 762, 'retention must be whole days, 33 to 761: 762'],
    ['retentionDays', 90, 'retention must exceed anonymization by more than 31 days: 90 <= 62 + 31'],
    ['retentionDays', 93, 'retention must exceed anonymization by more than 31 days: 93 <= 62 + 31'],
    ['queryParameters', ['a b'], 'a query parameter is 1 to 32 letters, digits, "_", "-" or ".": "a b"'],
    [
      'queryParameters',
      ['utm_campaign'],
      'the query parameter utm_campaign feeds sources and campaigns, so it cannot stay in the page',
    ],
    ['properties', ['Plan'], /^a property is 1 to 32 lower-case letters.* as in amount:10,50,100: "Plan"$/],
    ['properties', ['amount:'], /^a property is/],
    ['properties', ['amount:10,'], /^a property is/],
    ['properties', ['amount:50,10'], /^a property is/],
    ['properties', ['amount:10,10'], /^a property is/],
    ['properties', ['amount:-1,10'], /^a property is/],
    ['properties', ['amount:1e3'], /^a property is/],
    ['properties', [`amount:${Array.from({ length: 21 }, (_, n) => n).join()}`], /^a property is/],
    ['properties', ['amount', 'amount:10'], 'a property is declared once'],
    ['properties', ['x'.repeat(33)], /^a property is 1 to 32/],
    ['properties', Array.from({ length: 31 }, (_, n) => `p${n}`), 'a site has at most 30 properties'],
    ['pathPatterns', ['u/:name'], /^a path pattern is like \/u\/:name\/posts.*: "u\/:name"$/],
    ...[
      '',
      '/',
      '//',
      '/u//x',
      '/u?x',
      '/u#x',
      '/a%20b',
      '/a b',
      '/u/na*',
      '/**/x',
      '/:',
      '/:Na me',
      '/:n@',
      '/..',
    ].map((pattern): [string, unknown, RegExp] => ['pathPatterns', [pattern], /^a path pattern is like/]),
    ['pathPatterns', [`/${'a'.repeat(200)}`], 'a path pattern is at most 200 characters long'],
    [
      'pathPatterns',
      ['/ann@example.org/*'],
      'an e-mail address in a path is always hidden, so no pattern can hold one',
    ],
    ['pathPatterns', Array.from({ length: 31 }, (_, n) => `/p${n}`), 'a site has at most 30 path patterns'],
    ['pathExceptions', ['/u/:name'], 'in an exception segments stay as they are, so write "*" for any: "/u/:name"'],
    ['controller', 'x'.repeat(1001), 'the controller is at most 1000 characters long'],
    ['controller', 'a\u202eb', 'the controller holds an invisible character'],
    ['processors', [' '], 'a processor has a name'],
    ['browserFamilies', 'yes', 'browser families are on or off: "yes"'],
    ['public', 'yes', 'a site is public or not, on or off: "yes"'],
    ...['', ' ', 'pageview', 'engagement', 'https://example.com/thanks', '/a*b', '/**', '/#top'].map(
      (goal): [string, unknown, RegExp] => ['goals', [goal], /^a goal is the name of a custom event, such as signup/],
    ),
    ['goals', ['x'.repeat(201)], 'a goal is at most 200 characters long'],
    ['goals', ['a\u202eb'], 'a goal holds an invisible character'],
    ['goals', Array.from({ length: 51 }, (_, n) => `/g${n}`), 'a site has at most 50 goals'],
  ])('%s %j', async (setting, value, sentence) => {
    expect(await refusal({ [setting]: value })).toEqual([
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    ])
  })

  it('names every problem at once', async () => {
    await open().add({ domain: 'taken.example' })
    expect(
      await refusal({
        hosts: ['taken.example', 'http://x.example'],
        timezone: 'Nowhere',
        k: 6,
        profile: 'cnil',
        anonymizationDays: 80,
        retentionDays: 100,
      }),
    ).toEqual([
      'a domain or host is a bare name, without scheme, port and path; write it as x.example: "http://x.example"',
      'the time zone must be an IANA name such as Europe/Paris: "Nowhere"',
      'k must be one of 5, 10, 20, 50: 6',
      'retention must exceed anonymization by more than 31 days: 100 <= 80 + 31',
      'taken.example is a host of taken.example already',
    ])
  })

  it('a second site of the same domain or host, and changes nothing then', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' })
    await sites.add({ domain: 'other.example' })
    expect(sentencesOf(await sites.add({ domain: 'example.com' }))).toEqual(['there is a site example.com already'])
    expect(sentencesOf(await sites.set('other.example', { k: 10, hosts: ['www.example.com'] }))).toEqual([
      'www.example.com is a host of example.com already',
    ])
    expect(sites.byDomain('other.example')).toMatchObject({ k: 5, hosts: ['other.example', 'www.other.example'] })
  })

  it('leaves the www twin out of a new site’s hosts when it is taken', async () => {
    const sites = open()
    await sites.add({ domain: 'www.example.com', hosts: [] })
    await sites.add({ domain: 'example.com' })
    expect(sites.byDomain('example.com')?.hosts).toEqual(['example.com'])
  })

  it('changes to a site that does not exist', async () => {
    const sites = open()
    expect(sentencesOf(await sites.remove('a.example'))).toEqual(['there is no site a.example'])
    await sites.add({ domain: 'b.example' })
    expect(sentencesOf(await sites.set('a.example', { k: 10 }))).toEqual(['there is no site a.example'])
  })
})

describe('the goals of a site', () => {
  it('are spelled as events and pages are counted, each once', async () => {
    const goals = [
      ' Sign  up ',
      'Sign up',
      '/Thanks/',
      '/thanks',
      '/',
      '/*',
      '/Gro\u0308\u00dfe/*',
      'mail ann@example.org',
    ]
    expect(await open().add({ domain: 'example.com', goals })).toMatchObject({
      site: { goals: ['Sign up', '/thanks', '/', '/*', '/größe/*', 'mail :email'] },
    })
  })

  it('may be 50, of 200 characters', async () => {
    const goals = Array.from({ length: 50 }, (_, n) => `/${n}`.padEnd(200, 'x'))
    expect(await open().add({ domain: 'example.com', goals })).toMatchObject({ site: { goals } })
  })
})

describe('a site that is renamed', () => {
  it('keeps its id, its settings and its old name as a host, and counts what still says the old name', async () => {
    const sites = open()
    await sites.add({ domain: 'old.example', k: 10 })
    expect(await sites.set('old.example', { domain: 'new.example' })).toMatchObject({
      site: {
        id: 1,
        domain: 'new.example',
        k: 10,
        hosts: ['new.example', 'www.new.example', 'old.example', 'www.old.example'],
      },
    })
    expect([sites.byDomain('old.example'), sites.byDomain('www.new.example')]).toEqual([undefined, undefined])
    expect(sites.countedAs('old.example')?.domain).toBe('new.example')
    expect(sites.countedAs('new.example')?.id).toBe(1)
  })

  it('is not counted by its old name any more once that host is taken away', async () => {
    const sites = open()
    await sites.add({ domain: 'old.example' })
    // Not in one step, as by a form that shows the hosts.
    await sites.set('old.example', { domain: 'new.example', hosts: ['new.example'] })
    expect(sites.countedAs('old.example')?.id).toBe(1)
    await sites.set('new.example', { hosts: [] })
    expect(sites.countedAs('old.example')).toBeUndefined()
    expect(await sites.add({ domain: 'old.example' })).toMatchObject({ site: { id: 2 } })
  })

  it('may take the name of one of its hosts, and none that is another site’s or no name at all', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' })
    await sites.add({ domain: 'other.example' })
    expect(sentencesOf(await sites.set('example.com', { domain: 'other.example' }))).toEqual([
      'there is a site other.example already',
    ])
    expect(sentencesOf(await sites.set('example.com', { domain: 'www.other.example' }))).toEqual([
      'www.other.example is a host of other.example already',
    ])
    expect(await sites.set('example.com', { domain: 'https://x.example/' })).toHaveProperty('refused')
    expect(await sites.set('example.com', { domain: 'www.example.com' })).toMatchObject({
      site: { domain: 'www.example.com', hosts: ['www.example.com', 'example.com'] },
    })
  })

  it('does not take over a www twin that is another site’s', async () => {
    const sites = open()
    await sites.add({ domain: 'www.new.example', hosts: [] })
    await sites.add({ domain: 'old.example', hosts: [] })
    expect(await sites.set('old.example', { domain: 'new.example' })).toMatchObject({
      site: { hosts: ['new.example', 'old.example'] },
    })
  })
})

describe('the sites of an organization', () => {
  it('are its own only, oldest first', async () => {
    const sites = open()
    for (const domain of ['z.example', 'a.example']) await sites.add({ domain, organization: 'one' })
    await sites.add({ domain: 'b.example', organization: 'two' })
    expect(sites.ofOrganization('one').map(({ domain }) => domain)).toEqual(['z.example', 'a.example'])
    expect(sites.ofOrganization('none')).toEqual([])
    expect(sites.all()).toHaveLength(3)
  })

  it('are those that nobody owned, once the first owner is there', async () => {
    const sites = open()
    await sites.add({ domain: 'free.example' })
    await sites.add({ domain: 'owned.example', organization: 'two' })
    await store.batch([adoptingFor('one')])
    clock += 15_000
    await sites.fresh()
    expect(sites.all().map(({ organization }) => organization)).toEqual(['one', 'two'])
  })

  it('count nothing while it is being deleted, are still there, and count again when that is taken back', async () => {
    const sites = open()
    await sites.add({ domain: 'mine.example', organization: 'one' })
    await sites.add({ domain: 'other.example', organization: 'two' })
    await store.run("INSERT INTO organizations (id, name) VALUES ('one', 'One')")
    await store.batch([closingFor('one')])
    clock += 15_000
    await sites.fresh()
    const counted = () => ['mine.example', 'www.mine.example', 'other.example'].map((name) => sites.countedAs(name)?.id)
    expect(counted()).toEqual([undefined, undefined, 2])
    expect(sites.byDomain('mine.example')).toMatchObject({ id: 1, closed: true })
    // A change of its settings does not open it.
    await sites.set('mine.example', { k: 10 })
    expect(counted()).toEqual([undefined, undefined, 2])
    await store.batch([reopeningFor('one')])
    clock += 15_000
    await sites.fresh()
    expect(counted()).toEqual([1, 1, 2])
  })

  it('are not named to another one', async () => {
    const sites = open()
    await sites.add({ domain: 'secret.example', hosts: ['alias.example'], organization: 'one' })
    const refused = ['alias.example is a host of another site already']
    expect(sentencesOf(await sites.add({ domain: 'alias.example', organization: 'two', hosts: [] }))).toEqual(refused)
    expect(sentencesOf(await sites.add({ domain: 'alias.example', organization: 'one', hosts: [] }))).toEqual([
      'alias.example is a host of secret.example already',
    ])
    await sites.add({ domain: 'two.example', organization: 'two' })
    expect(sentencesOf(await sites.set('two.example', { hosts: ['alias.example'] }))).toEqual(refused)
    expect(sentencesOf(await sites.set('none.example', { k: 10 }))).toEqual(['there is no site none.example'])
  })
})

describe('what is written with a change', () => {
  const note = (text: string) => ({ sql: 'INSERT INTO remarks (text) VALUES (?)', params: [text] })
  const notes = async () => (await store.all('SELECT text FROM remarks')).map((row) => Object.values(row ?? {})[0])

  beforeEach(() => store.run('CREATE TABLE remarks (text TEXT UNIQUE)'))

  it('is there with it', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' }, [note('added')])
    await sites.set('example.com', { domain: 'new.example', k: 10 }, [note('set')])
    await sites.anonymize('new.example', [note('anonymized')])
    const removed = { sql: 'INSERT INTO remarks SELECT id FROM sites WHERE domain = ?', params: ['new.example'] }
    await sites.remove('new.example', [note('removed'), removed])
    expect(await notes()).toEqual(['added', 'set', 'anonymized', 'removed', '1'])
  })

  it('is not there when the change is refused or changes nothing', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' })
    await sites.add({ domain: 'example.com' }, [note('added')])
    await sites.set('example.com', { k: 7 }, [note('refused')])
    await sites.set('example.com', { k: 5, domain: 'example.com' }, [note('nothing new')])
    await sites.anonymize('none.example', [note('anonymized')])
    await sites.remove('none.example', [note('removed')])
    expect(await notes()).toEqual([])
  })

  it('takes the change back when it cannot be written itself', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' }, [note('once')])
    const again = [note('once')]
    await expect(sites.add({ domain: 'two.example' }, again)).rejects.toThrow('UNIQUE')
    await expect(sites.set('example.com', { k: 10, domain: 'new.example' }, again)).rejects.toThrow('UNIQUE')
    await expect(sites.anonymize('example.com', again)).rejects.toThrow('UNIQUE')
    await expect(sites.remove('example.com', again)).rejects.toThrow('UNIQUE')
    const restarted = open()
    await restarted.fresh()
    expect(restarted.all()).toMatchObject([{ domain: 'example.com', k: 5 }])
    expect([await createLedger({ db: store }).entries(), await readOrders(store)]).toMatchObject([
      [{ action: 'added', domain: 'example.com' }],
      [],
    ])
  })
})

describe('the cache', () => {
  it('sees what another process changed after 15 s, and does not ask the store before', async () => {
    let asked = 0
    const reader = open({
      ...store,
      all: (sql, ...params) => {
        asked++
        return store.all(sql, ...params)
      },
    })
    await reader.fresh()
    await open().add({ domain: 'example.com' })
    asked = 0
    clock += 14_999
    await reader.fresh()
    expect([asked, reader.all()]).toEqual([0, []])
    clock += 1
    await reader.fresh()
    expect(reader.byDomain('example.com')?.id).toBe(1)
  })

  it('asks for the version only, while nothing has changed', async () => {
    const asked: string[] = []
    const sites = open({
      ...store,
      all: (sql, ...params) => {
        asked.push(sql)
        return store.all(sql, ...params)
      },
    })
    await sites.fresh()
    asked.length = 0
    clock += 15_000
    await Promise.all([sites.fresh(), sites.fresh(), sites.fresh()])
    expect(asked).toEqual(['/* sites.version */ SELECT version FROM settings_version'])
  })

  it('keeps nobody waiting for a look that never ends, as one of a request whose client has gone', async () => {
    let stuck = true
    const reader = open({
      ...store,
      all: (sql, ...params) => (stuck ? new Promise(() => {}) : store.all(sql, ...params)),
    })
    reader.fresh()
    stuck = false
    await reader.fresh()
    stuck = true
    clock += 15_000
    reader.fresh()
    await reader.fresh()
    stuck = false
    await open().add({ domain: 'example.com' })
    clock += 15_000
    await reader.fresh()
    expect(reader.byDomain('example.com')?.id).toBe(1)
  })

  it('sees a change made by hand', async () => {
    const sites = open()
    await sites.add({ domain: 'example.com' })
    const other = new DatabaseSync(file)
    other.exec("UPDATE sites SET timezone = 'Asia/Tokyo'")
    other.close()
    clock += 15_000
    await sites.fresh()
    expect(sites.byDomain('example.com')?.timezone).toBe('Asia/Tokyo')
  })

  it('goes on looking after the clock was set back', async () => {
    const reader = open()
    await reader.fresh()
    await open().add({ domain: 'example.com' })
    clock -= 3_600_000
    await reader.fresh()
    expect(reader.byDomain('example.com')?.id).toBe(1)
  })

  it('keeps the last known sites and says so when the store cannot be read', async () => {
    let broken = false
    const sites = open({
      ...store,
      all: async (sql, ...params) => {
        if (broken) throw new Error('disk gone')
        return store.all(sql, ...params)
      },
    })
    await sites.add({ domain: 'example.com' })
    broken = true
    clock += 15_000
    await sites.fresh()
    expect(sites.byDomain('example.com')?.id).toBe(1)
    expect(problems).toEqual(['The settings store cannot be read; the last known sites stay in force.'])
  })

  it('rejects when no site was ever read, and tries again at the next request', async () => {
    let broken = true
    const sites = open({
      ...store,
      all: async (sql, ...params) => {
        if (broken) throw new Error('not there yet')
        return store.all(sql, ...params)
      },
    })
    await expect(sites.fresh()).rejects.toThrow('not there yet')
    broken = false
    await expect(sites.fresh()).resolves.toBeUndefined()
  })

  it('keeps the other sites, and the last good settings of the broken one, when a row cannot be used', async () => {
    const sites = open()
    await sites.add({ domain: 'broken.example' })
    await sites.add({ domain: 'fine.example' })
    await store.run("UPDATE sites SET k = 1, hosts = 'no list' WHERE domain = 'broken.example'")
    clock += 15_000
    await sites.fresh()
    expect(sites.byDomain('broken.example')?.k).toBe(5)
    expect(problems.join()).toMatch(/^The settings of site 1 cannot be used, so its last known settings stay in force/)

    const restarted = open()
    await restarted.fresh()
    expect(restarted.all().map((site) => site.domain)).toEqual(['fine.example'])
    expect(await restarted.add({ domain: 'broken.example' })).toHaveProperty('refused')
    expect(await restarted.remove('broken.example')).toEqual({ removed: 'broken.example', id: 1 })
  })
})

it('the strict profile brings its own smallest k, and refuses a smaller one', async () => {
  const sites = open()
  expect(await sites.add({ domain: 'strict.example', profile: 'strict' })).toMatchObject({ site: { k: 10 } })
  expect(sentencesOf(await sites.add({ domain: 'five.example', profile: 'strict', k: 5 }))).toEqual([
    'the strict profile counts in whole multiples of 10 or more: 5',
  ])
  await sites.add({ domain: 'later.example', k: 20 })
  expect(await sites.set('later.example', { profile: 'strict' })).toMatchObject({ site: { k: 20 } })
})
