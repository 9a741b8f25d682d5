// The ledger: what operators did to sites, append-only, beside the settings. Written by sites.ts with each change and by
// orders.ts when periods were shortened or a site anonymized or deleted; read by `sundial ledger`, by the replay after a
// restore, by the collector Worker's cron (what was deleted lately), and by the transparency page.
import * as z from 'zod/mini'
import type { SettingsStore, SettingsValue } from './sites.ts'

const ACTIONS = ['added', 'changed', 'shortened', 'lengthened', 'anonymized', 'deleted'] as const
export type LedgerAction = (typeof ACTIONS)[number]

const stock = z.object({
  hours: z.object({ rows: z.number(), visits: z.number() }),
  days: z.object({
    rows: z.number(),
    visits: z.number(),
    pageviews: z.number(),
    engaged: z.number(),
    events: z.number(),
  }),
  counts: z.object({ rows: z.number(), n: z.number() }),
})

/** Rows and sums of a site in each table. */
export type Stock = z.infer<typeof stock>

const details = z.object({
  /** Settings by their names in Site, those that changed: all of them where a site was added or deleted. */
  before: z.optional(z.record(z.string(), z.unknown())),
  after: z.optional(z.record(z.string(), z.unknown())),
  /** What could be read of the site before and after. */
  counts: z.optional(z.object({ before: stock, after: z.optional(stock) })),
  /** The last day that the act reached. */
  watermark: z.optional(z.iso.date()),
})
export type LedgerDetails = z.infer<typeof details>

export const ledgerEntry = z.object({
  /** The same act in every copy of the ledger. */
  uid: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  /** UTC, to the second: '2026-11-22T09:30:00Z'. */
  at: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)),
  site: z.number(),
  domain: z.string(),
  action: z.enum(ACTIONS),
  details,
})
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** An act not yet written: the ledger gives it its uid. */
export type Act = Omit<LedgerEntry, 'uid'>

export interface Ledger {
  append(act: Act): Promise<void>
  /** Oldest first; of one site or of all, those that are gone included. */
  entries(site?: number): Promise<LedgerEntry[]>
}

export interface Statement {
  sql: string
  params: readonly SettingsValue[]
}

export function createLedger({ db }: { db: SettingsStore }): Ledger {
  return {
    append: (act) => db.batch([appending(act)]),
    async entries(site) {
      const rows = site === undefined ? await db.all(ALL) : await db.all(OF_SITE, site)
      return rows.map((row) => readEntry(row))
    },
  }
}

const COLUMNS = 'uid, at, site, domain, action, details'
const ALL = `/* ledger.all */ SELECT ${COLUMNS} FROM ledger ORDER BY at, id`
const OF_SITE = `/* ledger.of_site */ SELECT ${COLUMNS} FROM ledger WHERE site = ? ORDER BY at, id`

const ledgerRow = z.object({ ...ledgerEntry.shape, details: z.string() })

function readEntry(row: unknown): LedgerEntry {
  const { details: json, ...act } = ledgerRow.parse(row)
  return { ...act, details: details.parse(JSON.parse(json)) }
}

/** For a batch with what the act removes. */
export function appending({ at, site, domain, action, details }: Act): Statement {
  return {
    sql: '/* ledger.append */ INSERT INTO ledger (at, site, domain, action, details) VALUES (?, ?, ?, ?, ?)',
    params: [at, site, domain, action, JSON.stringify(details)],
  }
}

/** For a batch with a change of the settings: the site is named by its domain, as its id may be made in the same batch. */
export function appendingFor(domain: string, { at, action, details }: Omit<Act, 'site' | 'domain'>): Statement {
  return {
    sql: '/* ledger.append_for */ INSERT INTO ledger (at, site, domain, action, details) SELECT ?, id, domain, ?, ? FROM sites WHERE domain = ?',
    params: [at, action, JSON.stringify(details), domain],
  }
}

/** For a restore: an act that is there already stays as it is. */
export function merging({ uid, at, site, domain, action, details }: LedgerEntry): Statement {
  return {
    sql: '/* ledger.merge */ INSERT INTO ledger (uid, at, site, domain, action, details) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    params: [uid, at, site, domain, action, JSON.stringify(details)],
  }
}

/** Sites that were deleted on a UTC day or later. */
export function deletedSince(day: string, entries: readonly LedgerEntry[]): number[] {
  return entries.filter(({ action, at }) => action === 'deleted' && at >= day).map(({ site }) => site)
}

/** A ledger as `sundial ledger --json` prints it. Throws on anything else. */
export function readLedger(json: string): LedgerEntry[] {
  try {
    return z.array(ledgerEntry).parse(JSON.parse(json))
  } catch {
    throw new Error('That is no ledger: it is written by `npm run --silent sundial -- ledger --json`.')
  }
}

/** An instant (milliseconds since the epoch) as the ledger writes it. */
export function secondOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}
