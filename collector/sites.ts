// The sites this Sundial counts for, with their settings. The collector reads them for every event through a
// versioned cache; the command line edits them. The store below is SQLite on one machine and D1 on Workers.
import * as z from 'zod'
import type { K, Profile } from './contract.ts'
import { defaultSettings, type SiteSettings, sentences, siteRow, siteSettings } from './site_rules.ts'

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
  /** Declared properties of custom events. */
  properties: readonly string[]
  browserFamilies: boolean
}

/** The settings store: values only as parameters of `?`. */
export interface SettingsStore {
  all(sql: string, ...params: readonly SettingsValue[]): Promise<readonly unknown[]>
  run(sql: string, ...params: readonly SettingsValue[]): Promise<void>
}
export type SettingsValue = string | number | null

export type SiteChanges = Partial<Omit<Site, 'id' | 'domain'>>
/** The site as it now is, or every reason why nothing was changed. */
export type SiteAnswer = { site: Site } | { refused: readonly string[] }

export interface Sites {
  /** Brings the cache up to date; costs a comparison while the last look is recent. Rejects only when no site was ever read. */
  fresh(): Promise<void>
  byDomain(domain: string): Site | undefined
  byId(id: number): Site | undefined
  all(): readonly Site[]
  /** Hosts default to the domain with and without `www.`, the rest to the data contract's defaults. */
  add(input: { domain: string } & SiteChanges): Promise<SiteAnswer>
  set(domain: string, changes: SiteChanges): Promise<SiteAnswer>
  /** Removes the settings only: what was counted stays until its retention period ends. */
  remove(domain: string): Promise<{ removed: string } | { refused: readonly string[] }>
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
  let known = index([])
  let version: number | undefined
  let lookedAt: number | undefined
  let looking: Promise<void> | undefined
  const done = Promise.resolve()

  function fresh(): Promise<void> {
    const age = lookedAt === undefined ? lookEvery : now() - lookedAt
    // A clock that was set back must not stop the looking.
    if (age >= 0 && age < lookEvery) return done
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }

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
    const current = await readVersion(db)
    if (current === version) return
    known = index(await readSites(db, known, report))
    version = current
  }

  async function edit(domain: string, sql: string, ...params: readonly SettingsValue[]): Promise<SiteAnswer> {
    await db.run(sql, ...params)
    await reload()
    const site = known.byDomain.get(domain)
    if (!site) throw new Error(`The site ${domain} was written but is not in the settings store.`)
    return { site }
  }

  return {
    fresh,
    byDomain: (domain) => known.byDomain.get(domain),
    byId: (id) => known.byId.get(id),
    all: () => known.all,

    async add({ domain, ...changes }) {
      await reload()
      if (await exists(db, domain)) return { refused: [`there is a site ${domain} already`] }
      const settings = defaultSettings(domain)
      const hosts = changes.hosts ?? settings.hosts.filter((host) => !ownerOf(host, known.all))
      const checked = check({ ...settings, ...changes, hosts: [domain, ...hosts] }, known.all)
      if ('refused' in checked) return checked
      return edit(domain, INSERT, ...values(checked.settings), domain)
    },

    async set(domain, changes) {
      await reload()
      const site = known.byDomain.get(domain)
      if (!site) return { refused: [unknown(domain, known.all)] }
      const { id, ...settings } = site
      const hosts = [domain, ...(changes.hosts ?? site.hosts)]
      const others = known.all.filter((other) => other.id !== id)
      const checked = check({ ...settings, ...changes, hosts }, others)
      if ('refused' in checked) return checked
      return edit(domain, UPDATE, ...values(checked.settings), domain)
    },

    async remove(domain) {
      await reload()
      if (!(await exists(db, domain))) return { refused: [unknown(domain, known.all)] }
      await db.run('/* sites.remove */ DELETE FROM sites WHERE domain = ?', domain)
      await reload()
      return { removed: domain }
    },
  }
}

const COLUMNS = [
  'hosts',
  'timezone',
  'k',
  'profile',
  'anonymization_days',
  'retention_days',
  'query_parameters',
  'properties',
  'browser_families',
] as const

const SELECT = `/* sites.all */ SELECT id, domain, ${COLUMNS.join(', ')} FROM sites ORDER BY domain`
const INSERT = `/* sites.add */ INSERT INTO sites (${COLUMNS.join(', ')}, domain) VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`
const UPDATE = `/* sites.set */ UPDATE sites SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE domain = ?`

/** In the order of COLUMNS. */
function values(settings: SiteSettings): SettingsValue[] {
  return [
    JSON.stringify(settings.hosts),
    settings.timezone,
    settings.k,
    settings.profile,
    settings.anonymizationDays,
    settings.retentionDays,
    JSON.stringify(settings.queryParameters),
    JSON.stringify(settings.properties),
    settings.browserFamilies ? 1 : 0,
  ]
}

interface Known {
  all: readonly Site[]
  byDomain: ReadonlyMap<string, Site>
  byId: ReadonlyMap<number, Site>
}

function index(all: readonly Site[]): Known {
  return {
    all,
    byDomain: new Map(all.map((site) => [site.domain, site])),
    byId: new Map(all.map((site) => [site.id, site])),
  }
}

async function readVersion(db: SettingsStore): Promise<number> {
  const rows = await db.all('/* sites.version */ SELECT version FROM settings_version')
  return z.tuple([z.object({ version: z.number() })]).parse(rows)[0].version
}

/** A row that cannot be used (edited by hand, or written by a newer Sundial) must not take the other sites down. */
async function readSites(db: SettingsStore, known: Known, report: SitesDeps['report']): Promise<Site[]> {
  const rows = await db.all(SELECT)
  return rows.flatMap((row) => {
    const { id } = z.object({ id: z.number() }).parse(row)
    const read = readSite(row)
    if ('site' in read) return read.site
    const last = known.byId.get(id)
    const kept = last ? 'its last known settings stay in force' : 'it is left out'
    report(`The settings of site ${id} cannot be used, so ${kept}: ${read.refused.join('; ')}`)
    return last ?? []
  })
}

function readSite(row: unknown): SiteAnswer {
  const columns = siteRow.safeParse(row)
  if (!columns.success) return { refused: sentences(columns.error) }
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
    browserFamilies: columns.data.browser_families === 1,
  })
  return settings.success ? { site: { id, ...settings.data } } : { refused: sentences(settings.error) }
}

function readList(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

function check(
  wanted: SiteSettings | (Omit<Site, 'id'> & SiteChanges),
  others: readonly Site[],
): { settings: SiteSettings } | { refused: readonly string[] } {
  const parsed = siteSettings.safeParse({ ...wanted, hosts: [...new Set(wanted.hosts)] })
  const taken = [...new Set(wanted.hosts)].flatMap((host) => {
    const owner = ownerOf(host, others)
    return owner ? [`${host} is a host of ${owner.domain} already`] : []
  })
  if (!parsed.success) return { refused: [...sentences(parsed.error), ...taken] }
  return taken.length > 0 ? { refused: taken } : { settings: parsed.data }
}

function ownerOf(host: string, sites: readonly Site[]): Site | undefined {
  return sites.find((site) => site.hosts.includes(host))
}

/** Asked of the store itself: a row that cannot be used is in no cache, and can still be removed. */
async function exists(db: SettingsStore, domain: string): Promise<boolean> {
  return (await db.all('/* sites.exists */ SELECT id FROM sites WHERE domain = ?', domain)).length > 0
}

function unknown(domain: string, all: readonly Site[]): string {
  const names = all.map((site) => site.domain).join(', ')
  return `there is no site ${domain}; ${names === '' ? 'there is none yet' : `there is ${names}`}`
}
