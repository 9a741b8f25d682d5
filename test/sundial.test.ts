import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getPlatformProxy } from 'wrangler'
import { readEnvironment, SETTINGS } from '../collector/environment.ts'
import { createSites, type SettingsStore } from '../collector/sites.ts'
import { createD1Settings, type D1Binding } from '../collector/sites_d1.ts'
import { COMMANDS, runCommand } from '../dashboard/command/commands.ts'
import { createWranglerSettings, withLiterals } from '../dashboard/command/d1_over_wrangler.ts'
import { openStores } from '../dashboard/command/open_stores.ts'
import { openTerminal } from '../dashboard/command/terminal.ts'
import { serveControl } from '../dashboard/control.ts'
import { lockDataDir } from '../dashboard/lock.ts'
import { createApiTokens } from '../dashboard/people/api_tokens.ts'
import { createAudit } from '../dashboard/people/audit.ts'
import { startClickHouse } from './clickhouse_http.ts'

const root = path.join(import.meta.dirname, '..')

let directory: string
let dataDir: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-command-'))
  dataDir = path.join(directory, 'data')
})

afterEach(() => rmSync(directory, { recursive: true }))

interface Said {
  code: number | null
  out: string
  err: string
}

function start(args: readonly string[], settings: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [path.join(root, 'dashboard/sundial.ts'), ...args], {
    env: { PATH: process.env.PATH, TMPDIR: directory, DATA_DIR: dataDir, ...settings },
  })
}

async function sundial(args: readonly string[], settings?: Record<string, string>): Promise<Said> {
  const child = start(args, settings)
  const said = { out: '', err: '' }
  child.stdout?.on('data', (text) => {
    said.out += text
  })
  child.stderr?.on('data', (text) => {
    said.err += text
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}

/** Sites of this DATA_DIR, as the JSON list says. */
async function listed(): Promise<unknown> {
  return JSON.parse((await sundial(['site', 'list', '--json'])).out)
}

/** The server's part in this: it holds the lock, has the stores open and runs commands. */
async function serve(lock = lockDataDir(dataDir)) {
  const read = readEnvironment({ DATA_DIR: dataDir })
  if ('problems' in read || !lock) throw new Error('no server could start')
  const stores = openStores({ environment: read.environment, now: Date.now, report: () => {} })
  const address = 'http://127.0.0.1:8787'
  const control = await serveControl({
    dataDir,
    temporary: directory,
    status: () => ({ pid: process.pid, address }),
    run: (argv, terminal) =>
      runCommand(argv, { ...stores, sites: stores.sites, ledger: stores.ledger, address }, terminal),
  })
  return {
    sites: stores.sites,
    async stop() {
      await control.close()
      await stores.close()
      lock.release()
    },
  }
}

describe('sundial', () => {
  it('explains itself: every command and every setting', async () => {
    const { code, out, err } = await sundial(['--help'])
    expect([code, err]).toEqual([0, ''])
    for (const { name } of COMMANDS) expect(out).toContain(`  ${name} `)
    for (const name of Object.keys(SETTINGS)) expect(out).toContain(`  ${name} `)
  })

  it('explains each command without touching the data', async () => {
    for (const { name, summary } of COMMANDS) {
      const { code, out } = await sundial([...name.split(' '), '--help'])
      expect([code, out.split('\n')[0], out]).toEqual([
        0,
        expect.stringContaining(`npm run sundial -- ${name}`),
        expect.stringContaining(summary),
      ])
    }
    for (const help of ['--help', '-h']) {
      expect((await sundial(['site', help])).out).toContain('site list')
      expect((await sundial(['site', 'set', help])).out).toMatch(/^npm run sundial -- site set <domain>/)
    }
    expect(existsSync(dataDir)).toBe(false)
  })

  it.each([
    [[], /^npm run sundial -- <command>/],
    [['stie', 'add'], /^there is no command "stie add"; there is site add, site set, site list, site remove, period/],
    [['site', 'rm', 'x'], /^there is no command "site rm"; there is site add, site set, site list, site remove\nSee/],
    [['site', 'add'], /^<domain> is missing\nSee: npm run sundial -- site add --help/],
    [['site', 'add', 'a.example', 'b.example'], /^"b.example" is too much\nSee/],
    [['site', 'add', 'a.example', '--timezon', 'UTC'], /^Unknown option '--timezon'\nSee/],
    [['site', 'add', 'a.example', '--timezone'], /^Option '--timezone <value>' argument missing\nSee/],
    [['site', 'add', 'a.example', '--k', 'ten'], /^--k takes a whole number, not "ten"\nSee/],
    [['site', 'set', 'a.example'], /^nothing to change\nSee/],
    [['site', 'set', 'a.example', '--browser-families', 'yes'], /^--browser-families is on or off, not "yes"/],
    [['site', 'set', 'a.example', '--public', 'yes'], /^--public is on or off, not "yes"/],
    [['site', 'list', '--remote'], /^--remote and --local go with --d1\nSee/],
  ])('does not understand %j and says why', async (args, problem) => {
    const { code, out, err } = await sundial(args)
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(problem)])
  })

  it('lists everything that is wrong with the environment, and does nothing', async () => {
    const { code, err } = await sundial(['site', 'list'], { HOST: 'http://0.0.0.0', PORT: 'x' })
    expect(code).toBe(1)
    expect(err).toMatch(/^PORT must be .*\nHOST must be an address of this machine, .*\n$/)
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe('sundial site', () => {
  it('adds, changes, lists and removes sites while no server runs', async () => {
    expect(await sundial(['site', 'list'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^There is no site yet/),
    })
    expect(
      await sundial(['site', 'add', 'example.com', '--timezone', 'Europe/Paris', '--property', 'plan', '--k', '10']),
    ).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Added example.com as site 1\.\n/) })
    expect(
      await sundial([
        'site',
        'set',
        'example.com',
        '--property',
        '',
        '--browser-families',
        'on',
        '--host',
        'a.example',
      ]),
    ).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Changed example.com\.\n/) })
    expect(await listed()).toEqual([
      {
        id: 1,
        domain: 'example.com',
        hosts: ['example.com', 'a.example'],
        timezone: 'Europe/Paris',
        k: 10,
        profile: 'standard',
        anonymizationDays: 62,
        retentionDays: 396,
        queryParameters: [],
        properties: [],
        pathPatterns: [],
        pathExceptions: [],
        browserFamilies: true,
        controller: '',
        processors: [],
        public: false,
        goals: [],
        organization: '',
        closed: false,
      },
    ])
    expect(await sundial(['site', 'remove', 'example.com', '--confirm', 'example.com'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/example\.com \(site 1\) deleted\n/),
    })
    expect(await listed()).toEqual([])
  })

  it('sets a site’s own rules for paths and numbers, and who is responsible', async () => {
    const { out, err } = await sundial(
      [
        'site',
        'add',
        'example.com',
        '--property',
        'amount:10,50',
        '--path-pattern',
        '/u/:name',
        '--path-pattern',
        '/@:name/**',
      ]
        .concat(['--path-exception', '/docs/*', '--controller', 'Ann Example, ann@example.com'])
        .concat(['--processor', 'Hetzner, Falkenstein (EU)', '--processor', 'Example GmbH']),
    )
    expect(err).toBe('')
    expect(out).toContain(`  properties amount:10,50
  path patterns /u/:name, /@:name/**
  path exceptions /docs/*
  controller Ann Example, ann@example.com
  processors Hetzner, Falkenstein (EU); Example GmbH
`)
    await sundial(['site', 'set', 'example.com', '--controller', '', '--processor', '', '--path-pattern', ''])
    expect(await listed()).toMatchObject([
      { controller: '', processors: [], pathPatterns: [], pathExceptions: ['/docs/*'] },
    ])
  })

  it('makes a site public, gives it goals and another name', async () => {
    const set = async (...args: string[]) => (await sundial(['site', 'set', 'example.com', ...args])).out
    await sundial(['site', 'add', 'example.com', '--goal', 'signup', '--public', 'on'])
    expect(await set('--goal', 'signup', '--goal', '/thanks')).toMatch(
      /, public on\n(.*\n)+ {2}goals signup, \/thanks\n/,
    )
    expect(await set('--public', 'off', '--goal', '')).toMatch(/, public off\n(?!(.*\n)* {2}goals)/)
    expect(await set('--rename', 'example.org')).toMatch(
      /^Changed example\.com\.\nexample\.org:\n {2}hosts example\.org, www\.example\.org, example\.com, www\.example\.com\n/,
    )
    expect(await listed()).toMatchObject([{ id: 1, domain: 'example.org', public: false, goals: [] }])
  })

  it('prints the script tag of a site it added', async () => {
    const { out } = await sundial(['site', 'add', 'example.com'])
    expect(out).toContain(
      '<script defer data-domain="example.com" src="https://stats.example.com/js/sundial.js"></script>',
    )
    expect(out).toContain('Replace https://stats.example.com by the address')
    const settings = { PUBLIC_URL: 'https://count.example', BASE_PATH: '/stats' }
    const { out: settled } = await sundial(['site', 'add', 'example.org'], settings)
    expect(settled).toContain('src="https://count.example/stats/js/sundial.js"')
    expect(settled).not.toContain('Replace')
  })

  it('refuses with every reason, and changes nothing', async () => {
    await sundial(['site', 'add', 'example.com'])
    expect(await sundial(['site', 'set', 'example.com', '--k', '7', '--timezone', 'Mars/Olympus'])).toEqual({
      code: 1,
      out: '',
      err: [
        'example.com was not changed:',
        '  the time zone must be an IANA name such as Europe/Paris: "Mars/Olympus"',
        '  k must be one of 5, 10, 20, 50: 7',
        '',
      ].join('\n'),
    })
    expect(await listed()).toMatchObject([{ k: 5, retentionDays: 396, timezone: 'UTC' }])
  })

  it('deletes nothing but what is typed', async () => {
    await sundial(['site', 'add', 'example.com'])
    expect(await sundial(['delete', 'example.com'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was done. Add --confirm example.com to do it.'),
    })
    expect(await sundial(['delete', 'example.com', '--confirm', 'exampel.com'])).toMatchObject({ code: 1 })
    expect(await listed()).toHaveLength(1)
    expect(await sundial(['delete', 'nosuch.example', '--confirm', 'nosuch.example'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^there is no site nosuch.example/),
    })
  })

  it('works in the running server, whose cache knows at once', async () => {
    const server = await serve()
    try {
      expect(await sundial(['site', 'add', 'example.com'])).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(/src="http:\/\/127\.0\.0\.1:8787\/js\/sundial\.js"[\s\S]*Replace http:\/\/127/),
      })
      expect(server.sites.byDomain('example.com')?.id).toBe(1)
      expect(await sundial(['site', 'add', 'example.com'])).toEqual({
        code: 1,
        out: '',
        err: 'example.com was not added:\n  there is a site example.com already\n',
      })
      expect((await sundial(['site', 'set', 'example.com'])).code).toBe(2)
    } finally {
      await server.stop()
    }
    expect(await listed()).toMatchObject([{ domain: 'example.com' }])
  })

  it('lets commands that come at once wait for each other', async () => {
    const domains = ['a.example', 'b.example', 'c.example']
    const answers = await Promise.all(domains.map((domain) => sundial(['site', 'add', domain])))
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(await listed()).toMatchObject(domains.map((domain) => ({ domain })))
  })

  it('waits for a server that is starting', async () => {
    const starting = await startServer()
    const answer = sundial(['site', 'add', 'example.com'])
    await starting.asked
    const server = await serve(await starting.stop())
    try {
      expect(await answer).toMatchObject({ code: 0, err: '' })
      expect(server.sites.byDomain('example.com')?.id).toBe(1)
    } finally {
      await server.stop()
    }
  })

  it('stops waiting at Ctrl-C', async () => {
    const starting = await startServer()
    const child = start(['site', 'add', 'example.com'])
    const ended = once(child, 'exit')
    await starting.asked
    child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    const lock = await starting.stop()
    lock?.release()
  })
})

describe('sundial migrate', () => {
  it('brings the embedded engine’s schema up to date', async () => {
    expect(await sundial(['migrate'])).toEqual({
      code: 0,
      out: 'Nothing to apply: the schema is up to date.\n',
      err: '',
    })
  })

  it('applies the schema to a ClickHouse server once, and needs nothing of DATA_DIR for it', async () => {
    const clickhouse = await startClickHouse({ path: path.join(directory, 'clickhouse') })
    try {
      const settings = { CLICKHOUSE_URL: clickhouse.url, CLICKHOUSE_DATABASE: 'elsewhere' }
      const first = await sundial(['migrate'], settings)
      expect(first).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Applied 0001_\w+\.\n/) })
      expect((await sundial(['migrate'], settings)).out).toBe('Nothing to apply: the schema is up to date.\n')
      expect(existsSync(dataDir)).toBe(false)
    } finally {
      await clickhouse.close()
    }
  })

  it('says that ClickHouse does not answer', async () => {
    const { code, err } = await sundial(['migrate'], { CLICKHOUSE_URL: 'http://127.0.0.1:9' })
    expect([code, err]).toEqual([1, 'ClickHouse did not answer as expected: ECONNREFUSED\n'])
  })
})

/** A server that holds the lock but cannot answer yet. */
async function startServer() {
  const lock = lockDataDir(dataDir)
  const asked = Promise.withResolvers<void>()
  const socket = createServer((connection) => {
    connection.destroy()
    asked.resolve()
  })
  socket.listen(path.join(dataDir, 'control.sock'))
  await once(socket, 'listening')
  return {
    asked: asked.promise,
    /** Stops listening; the lock stays. */
    async stop() {
      socket.close()
      await once(socket, 'close')
      return lock
    },
  }
}

describe('the terminal', () => {
  function screens(isTTY: boolean) {
    let text = ''
    const screen = {
      isTTY,
      write: (more: string) => {
        text += more
        return true
      },
    }
    const terminal = openTerminal({ stdout: screen, stderr: screen, process: { once: () => undefined } })
    return { terminal, text: () => text }
  }

  it('draws a bar where a person watches, with lines above it', () => {
    const { terminal, text } = screens(true)
    terminal.progress({ what: 'day 1', done: 1, total: 2 })
    terminal.out('a line')
    terminal.progress({ what: 'day 2', done: 2, total: 2 })
    const half = `[${'#'.repeat(15)}${'.'.repeat(15)}]  50 % day 1`
    expect(text()).toBe(`\r\x1b[K${half}\r\x1b[Ka line\n${half}\r\x1b[K[${'#'.repeat(30)}] 100 % day 2\n`)
  })

  it('prints every tenth into a file', () => {
    const { terminal, text } = screens(false)
    for (let done = 0; done <= 100; done++) terminal.progress({ what: 'days', done, total: 100 })
    expect(text().split('\n')).toEqual([...Array.from({ length: 11 }, (_, tenth) => `days ${tenth * 10} %`), ''])
  })
})

describe('the D1 store of Workers', () => {
  it.each([
    "it's",
    "''",
    "'; DROP TABLE sites; --",
    '/* ? */ -- ?',
    'back\\slash\\',
    'new\nline\r\n\ttab',
    '"double" `back` [bracket]',
    '$1 :name @name ?1 %s',
    'naïve 日本 🕰️ \u0001\u007f\u2028',
    '["a","b\'c"]',
    '',
  ])('takes %j literally', (text) => {
    const db = new DatabaseSync(':memory:')
    const row = db.prepare(withLiterals('SELECT ? AS text, ? AS number, ? AS absent', [text, -42, null])).get()
    db.close()
    expect({ ...row }).toEqual({ text, number: -42, absent: null })
  })

  it.each([[1.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53], ['a\0b'], ['\ud800']])('refuses %j', (value) => {
    expect(() => withLiterals('SELECT ?', [value])).toThrow('Only text, whole numbers and null')
  })

  it('refuses statements whose values do not fit, or that are more than one', () => {
    expect(() => withLiterals('SELECT ?, ?', ['a'])).toThrow('2 values expected, 1 given.')
    expect(() => withLiterals('SELECT ?', ['a', 'b'])).toThrow('1 values expected, 2 given.')
    expect(() => withLiterals("SELECT '?', ?", ['a', 'b'])).toThrow('1 values expected, 2 given.')
    expect(() => withLiterals("SELECT ?, 'a", ['a'])).toThrow('one statement')
    expect(() => withLiterals('SELECT ?; SELECT 1', ['a'])).toThrow('one statement')
  })

  it('leaves what a statement quotes itself as it is', () => {
    const sql = `SELECT '?' AS "a?", ? AS b, 'it''s;' AS c`
    expect(withLiterals(sql, ["it's ?"])).toBe(`SELECT '?' AS "a?", 'it''s ?' AS b, 'it''s;' AS c`)
  })

  it('is edited through wrangler and read by a Worker’s binding, with the same code as SQLite', async () => {
    const config = path.join(directory, 'wrangler.toml')
    const state = path.join(directory, 'state')
    writeFileSync(
      config,
      `name = "sites"
       compatibility_date = "2026-10-01"
       [[d1_databases]]
       binding = "DB"
       database_name = "sundial"
       database_id = "00000000-0000-0000-0000-000000000000"
       migrations_dir = ${JSON.stringify(path.join(root, 'collector/sites'))}`,
    )
    const more = ['--config', config, '--persist-to', state]
    const over = createWranglerSettings({ where: 'local', root, binding: 'DB', more })
    await expect(over.all('SELECT id FROM sites')).rejects.toThrow('npx wrangler d1 migrations apply DB --local')
    await wrangler(['d1', 'migrations', 'apply', 'DB', '--local', ...more])
    const now = () => 0
    const report = () => {}
    const edited = await createSites({ db: over, now, report }).add({ domain: 'example.com', timezone: 'Europe/Paris' })
    expect(edited).toMatchObject({ site: { id: 1, domain: 'example.com' } })
    await over.run('INSERT INTO organizations (id, name) VALUES (?, ?)', 'org', 'Example')
    await over.run('UPDATE sites SET organization = ?', 'org')
    const tokens = (db: SettingsStore) =>
      createApiTokens({ db, audit: createAudit({ db, now }), now, random: randomBytes })
    const wanted = { organization: 'org', name: 'Ann’s ?', scope: 'read', sites: [1, 2] } as const
    const { secret } = await tokens(over).make(wanted, 'operator')
    const nasty = '[";--/*\'?*/ 🕰️\\"]'
    expect(await over.all('SELECT ? AS text', nasty)).toEqual([{ text: nasty }])
    await expect(over.all('SELECT nowhere')).rejects.toThrow(/^wrangler could not use the local D1: no such column/)

    const worker = await getPlatformProxy<{ DB: D1Binding }>({
      configPath: config,
      persist: { path: path.join(state, 'v3') },
    })
    try {
      let clock = 0
      const sites = createSites({ db: createD1Settings(worker.env.DB), now: () => clock, report })
      await sites.fresh()
      expect(sites.byDomain('example.com')).toMatchObject({ id: 1, timezone: 'Europe/Paris' })
      const token = await tokens(createD1Settings(worker.env.DB)).find(secret)
      expect(token).toMatchObject({ organization: 'org', name: 'Ann’s ?', sites: [1], lastUsedOn: '1970-01-01' })
      const other = createSites({ db: createD1Settings(worker.env.DB), now, report })
      await other.set('example.com', { k: 20 })
      await other.add({ domain: 'two.example' })
      await other.remove('two.example')
      expect(await other.add({ domain: 'two.example' })).toMatchObject({ site: { id: 3 } })
      clock += 15_000
      await sites.fresh()
      expect(sites.all()).toMatchObject([{ domain: 'example.com', k: 20 }, { domain: 'two.example' }])
    } finally {
      await worker.dispose()
    }
  }, 120_000)
})

/** Offline, like everything in these tests. */
const OFFLINE = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
}

function wrangler(args: readonly string[]): Promise<void> {
  const program = path.join(root, 'node_modules/wrangler/bin/wrangler.js')
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...args], { env: { ...process.env, ...OFFLINE } }, (error) =>
      error ? reject(error) : resolve(),
    )
  })
}

describe('sundial grants', () => {
  it('prints SQL for three users, their new passwords apart from it and only as hashes in it', async () => {
    const { code, out, err } = await sundial(['grants', '--database', 'counts'])
    expect(code).toBe(0)
    expect(out).toContain('GRANT INSERT ON `counts`.hours TO sundial_collector;')
    expect(out).toContain('GRANT SELECT ON `counts`.readable_days TO sundial_dashboard;')
    const passwords = [...err.matchAll(/^sundial_\w+ {2}(\S+)$/gm)].map(([, password]) => password ?? '')
    expect(new Set(passwords).size).toBe(3)
    for (const password of passwords) {
      expect(out).not.toContain(password)
      expect(out).toContain(createHash('sha256').update(password).digest('hex'))
    }
    expect(existsSync(dataDir)).toBe(false)
  })

  it('ends quietly when nobody reads any more', async () => {
    const child = start(['grants'])
    child.stdout?.destroy()
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  })
})
