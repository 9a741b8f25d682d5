// The sites this Sundial counts for, with their settings. The collector reads them for every event through a
// versioned cache; the command line edits them. The store below is SQLite on one machine and D1 on Workers.
import * as z from 'zod/mini'
import { type K, PROFILE_NAMES, PROFILES, type Profile } from './contract.ts'
import { appendingFor, type Statement, secondOf } from './ledger.ts'
import { orderingFor } from './orders.ts'
import type { SiteRefusal } from './site_refusals.ts'
import {
  defaultHosts,
  defaultSettings,
  refusalsIn,
  type SiteSettings,
  sentences,
  siteRow,
  siteSettings,
} from './site_rules.ts'

export interface Site {
  /** UInt32 in ClickHouse; never reused. */
  id: number
  /** What `data-domain` in the script tag and `domain` on the wire say. */
  domain: string
  /** Hosts whose pages count, as `URL.hostname` spells them. Always includes the domain. */
  hosts: readonly string[]
  /** IANA name: days and hours are this zone's. */
  timezone: string
  k: K
  profile: Profile
  anonymizationDays: number
  retentionDays: number
  /** Query parameters that stay in the page. */
  queryParameters: readonly string[]
  /** Declared properties of custom events: 'plan', or 'amount:10,50,100' for numbers by interval. See property.ts. */
  properties: readonly string[]
  /** Its own rules for paths, see path_rules.ts: what is personal in them, and what is not though it looks so. */
  pathPatterns: readonly string[]
  pathExceptions: readonly string[]
  browserFamilies: boolean
  /** Who is responsible and how to reach them, for the transparency page; '' when nobody has said. */
  controller: string
  /** Who processes, and where, such as 'Hetzner, Falkenstein (EU)'. */
  processors: readonly string[]
  /** Outsiders may read its statistics, as far as outsiders may. */
  public: boolean
  /** What counts as reached: the name of a custom event, or a page ('/thanks', '/docs/*'). */
  goals: readonly string[]
  /** Id of the organization that owns it; '' until there is one. */
  organization: string
  /** Its organization is being deleted: nothing is counted any more. */
  closed: boolean
}

type Settings = Omit<Site, 'id'>

/** The settings store: values only as parameters of `?`. */
export interface SettingsStore {
  all(sql: string, ...params: readonly SettingsValue[]): Promise<readonly unknown[]>
  run(sql: string, ...params: readonly SettingsValue[]): Promise<void>
  /** All of them or none. */
  batch(statements: readonly Statement[]): Promise<void>
}
export type SettingsValue = string | number | null

/** What an operator asks for, not yet checked; what is undefined stays as it is. */
export interface SiteChanges {
  hosts?: readonly string[] | undefined
  timezone?: string | undefined
  k?: number | undefined
  profile?: string | undefined
  anonymizationDays?: number | undefined
  retentionDays?: number | undefined
  queryParameters?: readonly string[] | undefined
  properties?: readonly string[] | undefined
  pathPatterns?: readonly string[] | undefined
  pathExceptions?: readonly string[] | undefined
  browserFamilies?: boolean | undefined
  controller?: string | undefined
  processors?: readonly string[] | undefined
  public?: boolean | undefined
  goals?: readonly string[] | undefined
}
/** A site that does not exist yet. */
export interface NewSite extends SiteChanges {
  domain: string
  organization?: string | undefined
}
/** The old name stays among the hosts, so that its script tags go on counting until it is taken away. */
export interface Renaming extends SiteChanges {
  domain?: string | undefined
}
/** The site as it now is, or every reason why nothing was changed. */
export type SiteAnswer = { site: Site } | { refused: readonly SiteRefusal[] }

export interface Sites {
  /** Brings the cache up to date; costs a comparison while the last look is recent. Rejects only when no site was ever read. */
  fresh(): Promise<void>
  /** Looks now: after a change that another part of this process has written. */
  reload(): Promise<void>
  /** By the name it has: for whoever reads or manages it. Also a closed one. */
  byDomain(domain: string): Site | undefined
  /** For whoever counts: the domain of an event may also be one of a site's hosts. A closed site counts nothing. */
  countedAs(domain: string): Site | undefined
  byId(id: number): Site | undefined
  all(): readonly Site[]
  /** The sites of an organization, oldest first. */
  ofOrganization(organization: string): readonly Site[]
  /**
   * Hosts default to the domain with and without `www.`, the rest to the data contract's defaults. Here and below `also`
   * is written with the change or not at all, so not where it is refused or changes nothing.
   */
  add(input: NewSite, also?: readonly Statement[]): Promise<SiteAnswer>
  /** A period made shorter is also an order to shorten what was counted already: see orders.ts. */
  set(domain: string, changes: Renaming, also?: readonly Statement[]): Promise<SiteAnswer>
  /** Orders that all its counts are generalized now. */
  anonymize(domain: string, also?: readonly Statement[]): Promise<SiteAnswer>
  /** Removes the settings, and orders that all its counts are deleted. `also` may still look the site up. */
  remove(
    domain: string,
    also?: readonly Statement[],
  ): Promise<{ removed: string; id: number } | { refused: readonly SiteRefusal[] }>
}

/** A change reaches every process within this time and one request more. */
const LOOK_EVERY = 15_000

interface SitesDeps {
  db: SettingsStore
  /** Milliseconds since the epoch. */
  now: () => number
  /** Told when the store cannot be read, or a row of it cannot be used; the last known sites stay. */
  report: (problem: string, error?: unknown) => void
  lookEvery?: number
}

export function createSites({ db, now, report, lookEvery = LOOK_EVERY }: SitesDeps): Sites {
  let known = index([], [])
  let version: number | undefined
  let lookedAt: number | undefined
  const done = Promise.resolve()

  function fresh(): Promise<void> {
    const age = lookedAt === undefined ? lookEvery : now() - lookedAt
    // A clock that was set back must not stop the looking.
    if (age >= 0 && age < lookEvery) return done
    // Whoever comes meanwhile goes on with what is known.
    if (version !== undefined) lookedAt = now()
    return look()
  }

  /** Shared by no two callers: on Workers a look dies with the request that made it, when its client goes away. */
  async function look(): Promise<void> {
    try {
      await reload()
    } catch (error) {
      if (version === undefined) throw error
      report('The settings store cannot be read; the last known sites stay in force.', error)
    }
    lookedAt = now()
  }

  async function reload(): Promise<void> {
    if (version !== undefined && (await readVersion(db)) === version) return
    await load()
  }

  async function load(): Promise<void> {
    const read = await readAll(db)
    if (read.version !== version) known = readSites(read.rows, known, report)
    version = read.version
  }

  /** With what the ledger says of it, all or nothing. */
  async function edit(domain: string, statements: readonly Statement[]): Promise<SiteAnswer> {
    if (statements.length > 0) await db.batch(statements)
    await load()
    const site = known.byDomain.get(domain)
    if (!site) throw new Error(`The site ${domain} was written but is not in the settings store.`)
    return { site }
  }

  return {
    fresh,
    reload: load,
    byDomain: (domain) => known.byDomain.get(domain),
    countedAs: (domain) => known.counted.get(domain),
    byId: (id) => known.byId.get(id),
    all: () => known.all,
    ofOrganization: (organization) =>
      known.all.filter((site) => site.organization === organization).sort((a, b) => a.id - b.id),

    // Edits start from what the store holds now, not from the cache.
    async add({ domain, organization = '', ...changes }, also = []) {
      await load()
      if (known.domains.has(domain)) return { refused: [isThere(domain)] }
      const settings = { ...defaultSettings(domain), organization }
      const hosts = [domain, ...(changes.hosts ?? freeHosts(domain, known.all))]
      const checked = check(settings, { ...changes, hosts }, known.all)
      if ('refused' in checked) return checked
      const added = { at: secondOf(now()), action: 'added', details: { after: told(checked.settings) } } as const
      const params = [...values(checked.settings), organization]
      return edit(domain, [{ sql: INSERT, params }, appendingFor(domain, added), ...also])
    },

    async set(name, changes, also = []) {
      await load()
      const site = known.byDomain.get(name)
      if (!site) return { refused: [unknown(name, known)] }
      const { id, ...settings } = site
      const { domain = name } = changes
      const isRenamed = domain !== name
      if (isRenamed && known.domains.has(domain)) return { refused: [isThere(domain)] }
      const others = known.all.filter((other) => other.id !== id)
      const hosts = [
        ...(isRenamed && !changes.hosts ? freeHosts(domain, others) : []),
        ...(changes.hosts ?? site.hosts),
        ...(isRenamed ? [name] : []),
      ]
      const checked = check(settings, { ...changes, hosts: [domain, ...hosts] }, others)
      if ('refused' in checked) return checked
      const statements = changing(site, checked.settings, secondOf(now()))
      return edit(domain, statements.length === 0 ? [] : [...statements, ...also])
    },

    async anonymize(domain, also = []) {
      await load()
      if (!known.byDomain.has(domain)) return { refused: [unknown(domain, known)] }
      const order = orderingFor(domain, { at: secondOf(now()), action: 'anonymized', details: {} })
      return edit(domain, [order, ...also])
    },

    async remove(domain, also = []) {
      await load()
      if (!known.domains.has(domain)) return { refused: [unknown(domain, known)] }
      const [row] = z.array(z.object({ id: z.number() })).parse(await db.all(ID, domain))
      if (!row) return { refused: [unknown(domain, known)] }
      const { id: _, ...before } = known.byDomain.get(domain) ?? row
      await db.batch([
        orderingFor(domain, { at: secondOf(now()), action: 'deleted', details: { before: told(before) } }),
        ...also,
        { sql: '/* sites.remove */ DELETE FROM sites WHERE domain = ?', params: [domain] },
      ])
      await load()
      return { removed: domain, id: row.id }
    },
  }
}

/** When the first owner is made: the sites that nobody owned. For a batch with the organization itself. */
export function adoptingFor(organization: string): Statement {
  return { sql: "/* sites.adopt */ UPDATE sites SET organization = ? WHERE organization = ''", params: [organization] }
}

/** An organization is being deleted: its sites count nothing until then, see `closed`. */
export function closingFor(organization: string): Statement {
  return { sql: '/* sites.close */ UPDATE sites SET closed = 1 WHERE organization = ?', params: [organization] }
}

/** The deletion was taken back in time; nothing where it was not. */
export function reopeningFor(organization: string): Statement {
  return {
    sql: '/* sites.reopen */ UPDATE sites SET closed = 0 WHERE organization = ? AND EXISTS (SELECT 1 FROM organizations WHERE id = ? AND ends_on IS NULL)',
    params: [organization, organization],
  }
}

/** What a change may change. Who owns a site and whether it is closed is changed by the statements above only. */
const COLUMNS = [
  'domain',
  'hosts',
  'timezone',
  'k',
  'profile',
  'anonymization_days',
  'retention_days',
  'query_parameters',
  'properties',
  'path_patterns',
  'path_exceptions',
  'browser_families',
  'controller',
  'processors',
  'public',
  'goals',
] as const

// One statement, so that the version is that of the rows. Without sites there is one row of nulls.
const SELECT = `/* sites.all */ SELECT version, sites.id, ${COLUMNS.join(', ')}, organization, closed FROM settings_version LEFT JOIN sites ON true ORDER BY domain`
const ID = '/* sites.id */ SELECT id FROM sites WHERE domain = ?'
const INSERT = `/* sites.add */ INSERT INTO sites (${COLUMNS.join(', ')}, organization) VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`
const UPDATE = `/* sites.set */ UPDATE sites SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`

/** The change, and what the ledger says of it: a shorter period is an order, until it holds for all that was counted. */
function changing({ id, ...before }: Site, after: SiteSettings, at: string): Statement[] {
  const changed = differences(before, after, (setting) => !isPeriod(setting))
  const longer = differences(before, after, (setting) => isPeriod(setting) && after[setting] > before[setting])
  const shorter = differences(before, after, (setting) => isPeriod(setting) && after[setting] < before[setting])
  const { domain } = after
  const acts = [
    ...(changed ? [appendingFor(domain, { at, action: 'changed', details: changed })] : []),
    ...(longer ? [appendingFor(domain, { at, action: 'lengthened', details: longer })] : []),
    ...(shorter ? [orderingFor(domain, { at, action: 'shortened', details: shorter })] : []),
  ]
  return acts.length === 0 ? [] : [{ sql: UPDATE, params: [...values(after), id] }, ...acts]
}

function isPeriod(setting: string): setting is 'anonymizationDays' | 'retentionDays' {
  return setting === 'anonymizationDays' || setting === 'retentionDays'
}

function differences(before: Settings, after: SiteSettings, counts: (setting: string) => boolean) {
  const was = new Map<string, unknown>(Object.entries(before))
  const different = Object.entries(after).filter(
    ([setting, value]) => counts(setting) && JSON.stringify(value) !== JSON.stringify(was.get(setting)),
  )
  if (different.length === 0) return undefined
  return {
    before: told(Object.fromEntries(different.map(([setting]) => [setting, was.get(setting)]))),
    after: told(Object.fromEntries(different)),
  }
}

/**
 * The ledger is for ever, and who is responsible may be a person: there it stands only that somebody was named. Nor does
 * it say whose the site is: organizations end, and are in the audit log.
 */
function told({
  organization: _,
  closed: __,
  ...settings
}: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return settings.controller ? { ...settings, controller: '(named)' } : settings
}

/** In the order of COLUMNS. */
function values(settings: SiteSettings): SettingsValue[] {
  return [
    settings.domain,
    JSON.stringify(settings.hosts),
    settings.timezone,
    settings.k,
    settings.profile,
    settings.anonymizationDays,
    settings.retentionDays,
    JSON.stringify(settings.queryParameters),
    JSON.stringify(settings.properties),
    JSON.stringify(settings.pathPatterns),
    JSON.stringify(settings.pathExceptions),
    settings.browserFamilies ? 1 : 0,
    settings.controller,
    JSON.stringify(settings.processors),
    settings.public ? 1 : 0,
    JSON.stringify(settings.goals),
  ]
}

interface Known {
  all: readonly Site[]
  /** Of every row, also of those that cannot be used. */
  domains: ReadonlySet<string>
  byDomain: ReadonlyMap<string, Site>
  /** By domain and by host, those that count. */
  counted: ReadonlyMap<string, Site>
  byId: ReadonlyMap<number, Site>
}

function index(all: readonly Site[], domains: readonly string[]): Known {
  const open = all.filter(({ closed }) => !closed)
  return {
    all,
    domains: new Set(domains),
    byDomain: new Map(all.map((site) => [site.domain, site])),
    // Domains last: no row that was edited by hand can take another site's events.
    counted: new Map([
      ...open.flatMap((site) => site.hosts.map((host) => [host, site] as const)),
      ...open.map((site) => [site.domain, site] as const),
    ]),
    byId: new Map(all.map((site) => [site.id, site])),
  }
}

async function readVersion(db: SettingsStore): Promise<number> {
  const rows = await db.all('/* sites.version */ SELECT version FROM settings_version')
  return z.tuple([z.object({ version: z.number() })]).parse(rows)[0].version
}

const anyRow = z.looseObject({ version: z.number(), id: z.nullable(z.number()), domain: z.nullable(z.string()) })
type AnyRow = z.infer<typeof anyRow>

async function readAll(db: SettingsStore): Promise<{ version: number; rows: AnyRow[] }> {
  const rows = z.tuple([anyRow], anyRow).parse(await db.all(SELECT))
  return { version: rows[0].version, rows: rows.filter((row) => row.id !== null) }
}

/** A row that cannot be used (edited by hand, or written by a newer Sundial) must not take the other sites down. */
function readSites(rows: readonly AnyRow[], known: Known, report: SitesDeps['report']): Known {
  const sites = rows.flatMap((row) => {
    const read = readSite(row)
    if ('site' in read) return read.site
    const last = known.byId.get(row.id ?? 0)
    const kept = last ? 'its last known settings stay in force' : 'it is left out'
    report(`The settings of site ${row.id} cannot be used, so ${kept}: ${read.unusable.join('; ')}`)
    return last ?? []
  })
  return index(
    sites,
    rows.map((row) => row.domain ?? ''),
  )
}

function readSite(row: AnyRow): { site: Site } | { unusable: readonly string[] } {
  const columns = siteRow.safeParse(row)
  if (!columns.success) return { unusable: sentences(columns.error) }
  const { id, domain, timezone, k, profile } = columns.data
  const settings = siteSettings.safeParse({
    domain,
    hosts: readList(columns.data.hosts),
    timezone,
    k,
    profile,
    anonymizationDays: columns.data.anonymization_days,
    retentionDays: columns.data.retention_days,
    queryParameters: readList(columns.data.query_parameters),
    properties: readList(columns.data.properties),
    pathPatterns: readList(columns.data.path_patterns),
    pathExceptions: readList(columns.data.path_exceptions),
    browserFamilies: columns.data.browser_families === 1,
    controller: columns.data.controller,
    processors: readList(columns.data.processors),
    public: columns.data.public === 1,
    goals: readList(columns.data.goals),
    organization: columns.data.organization,
    closed: columns.data.closed === 1,
  })
  return settings.success ? { site: { id, ...settings.data } } : { unusable: sentences(settings.error) }
}

function readList(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

function check(
  before: Settings,
  changes: SiteChanges & { hosts: readonly string[] },
  others: readonly Site[],
): { settings: SiteSettings } | { refused: readonly SiteRefusal[] } {
  const hosts = [...new Set(changes.hosts)]
  const asked = { ...before, ...given(changes), hosts }
  const parsed = siteSettings.safeParse({ ...asked, k: changes.k ?? largerK(before.k, asked.profile) })
  const taken = hosts.flatMap((host): SiteRefusal[] => {
    const owner = ownerOf(host, others)
    return owner ? [{ problem: 'host taken', host, by: nameFor(before, owner) }] : []
  })
  if (!parsed.success) return { refused: [...refusalsIn(parsed.error), ...taken] }
  return taken.length > 0 ? { refused: taken } : { settings: parsed.data }
}

/** No organization is told what another one's sites are called. */
function nameFor({ organization }: Settings, owner: Site): string | undefined {
  return owner.organization === organization ? owner.domain : undefined
}

/** Who asks for a profile and for no k gets the smallest that the profile allows. */
function largerK(k: number, profile: string): number {
  const known = PROFILE_NAMES.find((name) => name === profile)
  return known === undefined ? k : Math.max(k, PROFILES[known].minimumK)
}

function given(changes: SiteChanges): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

function ownerOf(host: string, sites: readonly Site[]): Site | undefined {
  return sites.find((site) => site.hosts.includes(host))
}

/** Those of the hosts of a new name that no other site has. */
function freeHosts(domain: string, others: readonly Site[]): string[] {
  return defaultHosts(domain).filter((host) => !ownerOf(host, others))
}

function isThere(domain: string): SiteRefusal {
  return { problem: 'site is there', domain }
}

/** Without a list of those there are: they may be other people's. */
function unknown(domain: string, { domains }: Known): SiteRefusal {
  return { problem: domains.has(domain) ? 'unusable' : 'no site', domain }
}
