// Settings by environment, checked once at start by every entry; README's table and `sundial --help` print SETTINGS.
import * as z from 'zod/mini'
import { LIMITS } from './contract.ts'
import { type MailSettings, mailboxOf, mailRouteOf } from './mail_settings.ts'

interface Setting {
  /** What holds when the variable is missing or empty; undefined when nothing does. */
  default?: string
  meaning: string
}

export const SETTINGS = {
  PORT: { default: '8787', meaning: 'Port to listen on; 0 takes any free one.' },
  HOST: { default: '127.0.0.1', meaning: 'Address to listen on; 0.0.0.0 or :: for every one of the machine.' },
  DATA_DIR: { default: './data', meaning: 'Directory of everything Sundial keeps on this machine.' },
  CLICKHOUSE_URL: { meaning: 'ClickHouse over HTTP(S). Without it the embedded engine runs in DATA_DIR.' },
  CLICKHOUSE_USER: { default: 'default', meaning: 'User at CLICKHOUSE_URL.' },
  CLICKHOUSE_PASSWORD: { default: '', meaning: 'Password at CLICKHOUSE_URL.' },
  CLICKHOUSE_DATABASE: { default: 'sundial', meaning: 'Database of the counts.' },
  CLICKHOUSE_CLUSTER: { meaning: 'Name of your own cluster: adds ON CLUSTER and replicated engines to the schema.' },
  SUNDIAL_SECRET: {
    meaning:
      'Hashing secret, at least 32 characters. On one machine it is made on first run, in DATA_DIR/secret; required on Workers.',
  },
  TRUST_PROXY: {
    default: '',
    meaning:
      'Proxies whose X-Forwarded-For is believed: addresses, subnets, loopback, linklocal, uniquelocal, with commas between.',
  },
  GEO_DB: {
    meaning: 'MaxMind-format country file (.mmdb), in which addresses are looked up; goes before COUNTRY_HEADER.',
  },
  COUNTRY_HEADER: {
    meaning:
      'Header in which a trusted proxy names the country, such as CF-IPCountry. Only one that the proxy sets or removes itself: others come from visitors.',
  },
  BASE_PATH: { default: '', meaning: 'Path under which a reverse proxy serves Sundial, such as /stats.' },
  PUBLIC_URL: {
    meaning:
      'Where browsers of visitors reach the collector, such as https://stats.example.com; the script tag to copy names it. BASE_PATH is not part of it.',
  },
  RATE_LIMIT: {
    default: String(LIMITS.requestsPerMinute),
    meaning: 'Requests a minute taken from one address for one site.',
  },
  LOG_LEVEL: {
    default: 'info',
    meaning: 'Least severe lines that the log takes: fatal, error, warn, info; silent for none. On one machine only.',
  },
  MAIL_URL: {
    meaning:
      'What takes the mails: smtp://user:password@host:587, smtps://user:password@host or, the only one on Workers, https://... Without it no mail is sent.',
  },
  MAIL_FROM: { meaning: 'Whom mails come from, such as Sundial <stats@example.com>; needed with MAIL_URL.' },
  MAIL_TOKEN: { meaning: 'Token of the service at an https:// MAIL_URL.' },
  DASHBOARD_SECRET: {
    meaning:
      'Signs the sessions of the dashboard on Workers, at least 32 characters; without it that dashboard answers 503. On one machine it comes from SUNDIAL_SECRET.',
  },
} as const satisfies Record<string, Setting>
export type SettingName = keyof typeof SETTINGS

/** From the gravest on. */
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Environment {
  port: number
  host: string
  dataDir: string
  clickhouse: {
    /** Without one the embedded engine is used. */
    url: string | undefined
    user: string
    password: string
    database: string
    cluster: string | undefined
  }
  secret: string | undefined
  /** Addresses, subnets in CIDR form, or `loopback`, `linklocal`, `uniquelocal`; empty trusts nobody. */
  trustProxy: readonly string[]
  geoDb: string | undefined
  /** Believed from trusted proxies only. */
  countryHeader: string | undefined
  /** '' or '/stats', without a slash at its end. */
  basePath: string
  /** 'https://stats.example.com'. */
  publicUrl: string | undefined
  requestsPerMinute: number
  logLevel: LogLevel
  /** Without it no mail is sent. */
  mail: MailSettings | undefined
  dashboardSecret: string | undefined
}

export const SECRET_LENGTH = 32

const schema = z.object({
  PORT: wholeNumber(0, 65_535),
  HOST: check(
    isHost,
    (input) => `must be an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0: ${quote(input)}`,
  ),
  DATA_DIR: z.string(),
  CLICKHOUSE_URL: z.optional(
    check(isBareHttpUrl, () => 'must be an http:// or https:// URL without user, password, query and fragment'),
  ),
  CLICKHOUSE_USER: z.string(),
  CLICKHOUSE_PASSWORD: z.string(),
  CLICKHOUSE_DATABASE: check(
    (text) => /^[A-Za-z_]\w*$/.test(text),
    (input) => `must be letters, digits and "_", and not start with a digit: ${quote(input)}`,
  ),
  CLICKHOUSE_CLUSTER: z.optional(
    check(
      (text) => /^[\w-]+$/.test(text),
      (input) => `must be letters, digits, "_" and "-": ${quote(input)}`,
    ),
  ),
  SUNDIAL_SECRET: z.optional(
    check(
      (text) => text.length >= SECRET_LENGTH,
      () => `must be at least ${SECRET_LENGTH} characters: \`openssl rand -base64 32\` makes one`,
    ),
  ),
  TRUST_PROXY: z.pipe(
    z.string().check(({ value, issues }) => {
      for (const proxy of partsOf(value).filter((part) => !isProxy(part))) {
        const message = `must be addresses, subnets (not all addresses at once), loopback, linklocal or uniquelocal, with commas between: ${quote(proxy)}`
        issues.push({ code: 'custom', input: value, message })
      }
    }),
    z.transform(partsOf),
  ),
  GEO_DB: z.optional(z.string()),
  COUNTRY_HEADER: z.optional(
    check(
      (text) => /^[A-Za-z0-9_-]+$/.test(text),
      (input) => `must be the name of a header, such as CF-IPCountry: ${quote(input)}`,
    ),
  ),
  BASE_PATH: z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) => text.replace(/\/+$/, '')),
    ),
    check(
      (text) => /^(\/[\w.~-]+)*$/.test(text),
      (input) => `must be a path such as /stats: ${quote(input)}`,
    ),
  ),
  PUBLIC_URL: z.optional(
    z.pipe(
      check(
        (text) => isBareHttpUrl(text) && new URL(text).pathname === '/',
        () =>
          'must be http:// or https:// and a host, such as https://stats.example.com; a path below it is BASE_PATH’s',
      ),
      z.transform((text) => new URL(text).origin),
    ),
  ),
  RATE_LIMIT: wholeNumber(1, 1_000_000),
  LOG_LEVEL: z.enum(LOG_LEVELS, {
    error: ({ input }) => `must be one of ${LOG_LEVELS.join(', ')}: ${quote(input)}`,
  }),
  MAIL_URL: z.optional(
    z.pipe(
      z.string(),
      z.transform((text, { issues }) => {
        const route = mailRouteOf(text)
        if (!('problem' in route)) return route
        issues.push({ code: 'custom', input: text, message: route.problem })
        return z.NEVER
      }),
    ),
  ),
  MAIL_FROM: z.optional(
    z.pipe(
      check(
        (text) => mailboxOf(text) !== undefined,
        (input) =>
          `must be an address such as stats@example.com, or a name without quotes and commas before one, such as Sundial <stats@example.com>: ${quote(input)}`,
      ),
      z.transform(mailboxOf),
    ),
  ),
  MAIL_TOKEN: z.optional(
    check(
      (text) => /^[\x21-\x7e]+$/.test(text),
      () => 'must be letters, digits and signs of ASCII, without spaces',
    ),
  ),
  DASHBOARD_SECRET: z.optional(
    check(
      (text) => text.length >= SECRET_LENGTH,
      () => `must be at least ${SECRET_LENGTH} characters: \`openssl rand -base64 32\` makes one`,
    ),
  ),
} satisfies Record<SettingName, z.ZodMiniType>)

/** Every problem at once, or the settings with what is worth a warning. `record` is process.env or a Worker's `env`. */
export function readEnvironment(
  record: Readonly<Record<string, unknown>>,
): { environment: Environment; warnings: string[] } | { problems: string[] } {
  const parsed = schema.safeParse(withDefaults(record))
  const problems = [
    ...(parsed.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`) ?? []),
    ...withoutSender(record),
  ]
  if (!parsed.success || problems.length > 0) return { problems }
  const values = parsed.data
  return {
    environment: {
      port: values.PORT,
      host: values.HOST,
      dataDir: values.DATA_DIR,
      clickhouse: {
        url: values.CLICKHOUSE_URL,
        user: values.CLICKHOUSE_USER,
        password: values.CLICKHOUSE_PASSWORD,
        database: values.CLICKHOUSE_DATABASE,
        cluster: values.CLICKHOUSE_CLUSTER,
      },
      secret: values.SUNDIAL_SECRET,
      trustProxy: values.TRUST_PROXY,
      geoDb: values.GEO_DB,
      countryHeader: values.COUNTRY_HEADER,
      basePath: values.BASE_PATH,
      publicUrl: values.PUBLIC_URL,
      requestsPerMinute: values.RATE_LIMIT,
      logLevel: values.LOG_LEVEL,
      mail: mailOf(values),
      dashboardSecret: values.DASHBOARD_SECRET,
    },
    warnings: [...withoutEffect(record), ...misspelled(record)],
  }
}

/** Files of settings often carry empty lines such as `GEO_DB=`: they mean "not set". */
function withDefaults(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const settings: Record<string, Setting> = SETTINGS
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, isSet(record, name) ? record[name] : setting.default]),
  )
}

function isSet(record: Readonly<Record<string, unknown>>, name: string): boolean {
  return record[name] !== undefined && record[name] !== ''
}

function withoutSender(record: Readonly<Record<string, unknown>>): string[] {
  return isSet(record, 'MAIL_URL') && !isSet(record, 'MAIL_FROM')
    ? ['MAIL_FROM is missing: mails need an address that they come from, such as Sundial <stats@example.com>']
    : []
}

function mailOf(values: z.infer<typeof schema>): MailSettings | undefined {
  const { MAIL_URL: route, MAIL_FROM: from, MAIL_TOKEN: token } = values
  if (route === undefined || from === undefined) return undefined
  return route.by === 'smtp' ? { ...route, from } : { ...route, from, token }
}

/** What each is of no use without, and why. */
const NEEDS = {
  CLICKHOUSE_USER: ['CLICKHOUSE_URL', 'the embedded engine is used'],
  CLICKHOUSE_PASSWORD: ['CLICKHOUSE_URL', 'the embedded engine is used'],
  CLICKHOUSE_CLUSTER: ['CLICKHOUSE_URL', 'the embedded engine is used'],
  COUNTRY_HEADER: ['TRUST_PROXY', 'no header is believed'],
  MAIL_FROM: ['MAIL_URL', 'no mail is sent'],
  MAIL_TOKEN: ['MAIL_URL', 'no mail is sent'],
} as const satisfies Partial<Record<SettingName, readonly [SettingName, string]>>

function withoutEffect(record: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(NEEDS)
    .filter(([name, [needed]]) => isSet(record, name) && !isSet(record, needed))
    .map(([name, [needed, because]]) => `${name} has no effect without ${needed}: ${because}.`)
}

/** A typo in SUNDIAL_SECRET would silently make another secret. Only a warning: the name may belong to someone else. */
function misspelled(record: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(SETTINGS)
  return Object.keys(record)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((setting) => setting.length > 5 && isNear(name.toUpperCase(), setting))
      if (meant) return [`${name} is no setting of Sundial; did you mean ${meant}?`]
      return name.startsWith('SUNDIAL_') ? [`${name} is no setting of Sundial.`] : []
    })
}

/** One letter too many, missing, different or two swapped. */
function isNear(name: string, setting: string): boolean {
  if (Math.abs(name.length - setting.length) > 1) return false
  let start = 0
  while (start < setting.length && name[start] === setting[start]) start++
  let end = 0
  while (end < setting.length - start && end < name.length - start && name.at(-1 - end) === setting.at(-1 - end)) end++
  const left = name.slice(start, name.length - end)
  const right = setting.slice(start, setting.length - end)
  return left.length + right.length <= 2 || (left.length === 2 && left === [...right].reverse().join(''))
}

/** A text that fits, or else a sentence that goes on after the setting's name. */
function check(fits: (text: string) => boolean, sentence: (text: string) => string) {
  return z.string().check(z.refine(fits, { error: ({ input }) => sentence(String(input)) }))
}

function wholeNumber(min: number, max: number) {
  return z.pipe(
    check(
      (text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max,
      (input) => `must be a whole number from ${min} to ${max}: ${quote(input)}`,
    ),
    z.transform(Number),
  )
}

function partsOf(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isHost(host: string): boolean {
  return z.ipv4().safeParse(host).success || z.ipv6().safeParse(host).success || /^[a-z0-9.-]+$/i.test(host)
}

function isBareHttpUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  // All addresses together are no proxy: whoever is believed would choose the address that he has.
  const isEverybody = /\/0*$/.test(text)
  return !isEverybody && [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()].some((form) => form.safeParse(text).success)
}

function quote(input: unknown): string {
  return typeof input === 'string' ? JSON.stringify(input) : String(input)
}
