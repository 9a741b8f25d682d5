import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Environment, readEnvironment, SETTINGS } from '../collector/environment.ts'
import { secretFor } from '../collector/secret.ts'

function read(record: Record<string, unknown>): { environment: Environment; warnings: string[] } {
  const answer = readEnvironment(record)
  if ('problems' in answer) throw new Error(answer.problems.join('\n'))
  return answer
}

function problems(record: Record<string, unknown>): string[] {
  const answer = readEnvironment(record)
  return 'problems' in answer ? answer.problems : []
}

describe('the environment', () => {
  it('needs nothing: every setting has a default or is optional', () => {
    expect(read({ HOME: '/root' })).toEqual({
      environment: {
        port: 8787,
        host: '127.0.0.1',
        dataDir: './data',
        clickhouse: { url: undefined, user: 'default', password: '', database: 'sundial', cluster: undefined },
        secret: undefined,
        trustProxy: [],
        geoDb: undefined,
        countryHeader: undefined,
        basePath: '',
        publicUrl: undefined,
        requestsPerMinute: 600,
        logLevel: 'info',
        mail: undefined,
        dashboardSecret: undefined,
      },
      warnings: [],
    })
  })

  it('takes a host for PUBLIC_URL, and no path, because that is BASE_PATH’s', () => {
    for (const text of ['stats.example.com', 'https://a.example/stats', 'https://u:p@a.example', 'ftp://a.example']) {
      expect(problems({ PUBLIC_URL: text })).toEqual([expect.stringMatching(/^PUBLIC_URL must be http:\/\/ or https/)])
    }
  })

  it('is read as given', () => {
    const secret = 's'.repeat(32)
    const { environment, warnings } = read({
      PORT: '0',
      HOST: '::1',
      DATA_DIR: '/var/lib/sundial',
      CLICKHOUSE_URL: 'https://counts.example:8443/ch',
      CLICKHOUSE_USER: 'sundial',
      CLICKHOUSE_PASSWORD: ' p w ',
      CLICKHOUSE_DATABASE: 'counts_2',
      CLICKHOUSE_CLUSTER: 'main-1',
      SUNDIAL_SECRET: secret,
      TRUST_PROXY: 'loopback, 10.0.0.0/8,2001:db8::/32 , 192.0.2.7',
      GEO_DB: 'country.mmdb',
      COUNTRY_HEADER: 'X-Country',
      BASE_PATH: '/stats/here/',
      PUBLIC_URL: 'https://Stats.example.com:443/',
      RATE_LIMIT: '60',
      LOG_LEVEL: 'warn',
      MAIL_URL: 'https://mail.example/emails',
      MAIL_FROM: 'Sundial <stats@example.com>',
      MAIL_TOKEN: 'token',
      DASHBOARD_SECRET: 't'.repeat(32),
    })
    expect(environment).toEqual({
      port: 0,
      host: '::1',
      dataDir: '/var/lib/sundial',
      clickhouse: {
        url: 'https://counts.example:8443/ch',
        user: 'sundial',
        password: ' p w ',
        database: 'counts_2',
        cluster: 'main-1',
      },
      secret,
      trustProxy: ['loopback', '10.0.0.0/8', '2001:db8::/32', '192.0.2.7'],
      geoDb: 'country.mmdb',
      countryHeader: 'X-Country',
      basePath: '/stats/here',
      publicUrl: 'https://stats.example.com',
      requestsPerMinute: 60,
      logLevel: 'warn',
      mail: {
        by: 'http',
        from: { name: 'Sundial', address: 'stats@example.com' },
        url: 'https://mail.example/emails',
        token: 'token',
      },
      dashboardSecret: 't'.repeat(32),
    })
    expect(warnings).toEqual([])
  })

  it('takes an empty variable as not set', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']))
    expect(read(empty)).toEqual(read({}))
  })

  it('ignores what a Worker has beside settings', () => {
    expect(read({ DB: { prepare() {} }, ACCUMULATOR: {} }).environment.port).toBe(8787)
  })

  it.each(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '192.168.1.5', '::', 'sundial.example'])(
    'listens on %s, because whoever may reach it needs an account',
    (HOST) => {
      expect(read({ HOST }).environment.host).toBe(HOST)
    },
  )

  it.each(['http://127.0.0.1', '127.0.0.1:80', '[::1]', '::g', 'one two', '*'])('refuses to listen on %s', (HOST) => {
    expect(problems({ HOST })).toEqual([
      `HOST must be an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0: ${JSON.stringify(HOST)}`,
    ])
  })

  it('wants 32 characters of what signs sessions', () => {
    expect(problems({ DASHBOARD_SECRET: 's'.repeat(31) })).toEqual([
      expect.stringMatching(/^DASHBOARD_SECRET must be at least 32 characters/),
    ])
  })

  it('lists every problem at once, and quotes no secret', () => {
    const found = problems({
      PORT: '65536',
      HOST: 'http://0.0.0.0',
      CLICKHOUSE_URL: 'http://me:hunter2@counts.example',
      CLICKHOUSE_DATABASE: 'a; DROP',
      CLICKHOUSE_CLUSTER: "x'y",
      SUNDIAL_SECRET: 'hunter2',
      TRUST_PROXY: 'true, 10.0.0.1, 10.0.0.0/33',
      COUNTRY_HEADER: 'X-Country: FR',
      BASE_PATH: 'stats',
      RATE_LIMIT: '0',
      LOG_LEVEL: 'loud',
      MAIL_URL: 'smtp://me:hunter2@mail.example?tls.rejectUnauthorized=false',
      MAIL_TOKEN: 'hunter2 \n',
      DASHBOARD_SECRET: 'hunter2',
    })
    expect(found.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'HOST',
      'CLICKHOUSE_URL',
      'CLICKHOUSE_DATABASE',
      'CLICKHOUSE_CLUSTER',
      'SUNDIAL_SECRET',
      'TRUST_PROXY',
      'TRUST_PROXY',
      'COUNTRY_HEADER',
      'BASE_PATH',
      'RATE_LIMIT',
      'LOG_LEVEL',
      'MAIL_URL',
      'MAIL_TOKEN',
      'DASHBOARD_SECRET',
      'MAIL_FROM',
    ])
    expect(found[0]).toBe('PORT must be a whole number from 0 to 65535: "65536"')
    expect(found.join()).not.toContain('hunter2')
  })

  it.each(['0.0.0.0/0', '10.0.0.0/0', '::/0', '::/00'])('refuses to believe everybody, as %s would', (TRUST_PROXY) => {
    expect(problems({ TRUST_PROXY })).toHaveLength(1)
  })

  it.each(['-1', '1.5', '8787 ', '0x10', '1e3'])('refuses the port %j', (PORT) => {
    expect(problems({ PORT })).toHaveLength(1)
  })

  it.each([
    ['SUNDIAL_SECERT', 'SUNDIAL_SECERT is no setting of Sundial; did you mean SUNDIAL_SECRET?'],
    ['SUNDIAL_SECRETS', 'SUNDIAL_SECRETS is no setting of Sundial; did you mean SUNDIAL_SECRET?'],
    ['DATADIR', 'DATADIR is no setting of Sundial; did you mean DATA_DIR?'],
    ['TRUST_PROXI', 'TRUST_PROXI is no setting of Sundial; did you mean TRUST_PROXY?'],
    ['SUNDIAL_KEY', 'SUNDIAL_KEY is no setting of Sundial.'],
  ])('warns of %s', (name, warning) => {
    expect(read({ [name]: 'x' }).warnings).toEqual([warning])
  })

  it('says nothing of variables that are not its own', () => {
    expect(read({ POST: 'x', PATH: '/bin', XDG_DATA_DIRS: '/usr', CLICKHOUSE_SERVICE_PORT: '1' }).warnings).toEqual([])
  })

  it('warns of ClickHouse settings that have no effect', () => {
    expect(read({ CLICKHOUSE_PASSWORD: 'x' }).warnings).toEqual([
      'CLICKHOUSE_PASSWORD has no effect without CLICKHOUSE_URL: the embedded engine is used.',
    ])
  })

  it('warns of a country header that no proxy sets', () => {
    expect(read({ COUNTRY_HEADER: 'X-Country' }).warnings).toEqual([
      'COUNTRY_HEADER has no effect without TRUST_PROXY: no header is believed.',
    ])
  })
})

describe('the hashing secret', () => {
  let parent: string
  let dataDir: string
  let file: string

  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'sundial-secret-'))
    dataDir = path.join(parent, 'data')
    file = path.join(dataDir, 'secret')
  })
  afterEach(() => rmSync(parent, { recursive: true }))

  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const given = (secret?: string) => secretFor({ environment: { secret }, dataDir, random })

  it('is made on first run, for its owner’s eyes only, and stays the same', () => {
    const first = given()
    expect(first.secret).toHaveLength(43)
    expect(first.warnings.join()).toContain(`The hashing secret lies beside the data, in ${file}`)
    expect(readFileSync(file, 'utf8').trim()).toBe(first.secret)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(readdirSync(dataDir)).toEqual(['secret'])
    expect(given()).toEqual(first)
  })

  it('is the environment’s when there is one, and nothing is written then', () => {
    expect(given('x'.repeat(32))).toEqual({ secret: 'x'.repeat(32), warnings: [] })
    expect(existsSync(dataDir)).toBe(false)
  })

  it('that moved to the environment may be removed from the data; another one is warned of', () => {
    const { secret } = given()
    expect(given(secret).warnings.join()).toContain('needed no more: remove it')
    expect(given('y'.repeat(32)).warnings.join()).toContain('holds another secret')
  })

  it('that others may read is warned of', () => {
    given()
    chmodSync(file, 0o644)
    expect(given().warnings[0]).toBe(`Others on this machine may read the hashing secret: chmod 600 ${file}`)
  })

  it('that was cut short is refused, never replaced', () => {
    given()
    writeFileSync(file, '')
    expect(() => given()).toThrow(/holds no secret of at least 32 characters/)
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it('is no other than the one a faster process made', () => {
    const other = 'z'.repeat(40)
    const answer = secretFor({
      environment: { secret: undefined },
      dataDir,
      random: (bytes) => {
        given()
        writeFileSync(file, `${other}\n`)
        return random(bytes)
      },
    })
    expect(answer.secret).toBe(other)
    expect(readdirSync(dataDir)).toEqual(['secret'])
  })
})
