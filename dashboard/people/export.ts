// Everything that is kept of an organization, as the files of one archive: people, tokens and settings, the audit log, and
// the rows of every table of its sites, both as CSV and as JSON. Nothing that opens anything is in it: no key, no secret, no
// address of a webhook. Packed and sent by end_of_service.tsx.
import type { Counts } from '../../collector/clickhouse.ts'
import { TABLES, type Table } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { writeCsv, writeLines } from '../csv.ts'
import type { Subscriptions } from '../dispatch/subscriptions.ts'
import { jsonList } from '../download.ts'
import { readTable, TABLE_COLUMNS } from '../reports/table.ts'
import type { ApiTokens } from './api_tokens.ts'
import type { Audit } from './audit.ts'
import type { Notes } from './notes.ts'
import type { Member, Organization } from './organizations.ts'

interface Exported {
  organization: Organization
  members: readonly Member[]
  sites: readonly Site[]
  audit: Pick<Audit, 'all'>
  apiTokens: Pick<ApiTokens, 'list'>
  notes: Pick<Notes, 'ofSite'>
  subscriptions: Pick<Subscriptions, 'webhooks'>
  counts: Pick<Counts, 'query'>
  /** UTC, to the second. */
  at: string
}

const TABLE_NAMES = Object.keys(TABLES).filter((name): name is Table => name in TABLES)

/** Nothing is read before its file is written. */
export function exportOf(exported: Exported): { name: string; pieces: AsyncGenerator<string> }[] {
  const { organization, audit } = exported
  return [
    { name: 'README.txt', pieces: whole(() => README) },
    { name: 'organization.json', pieces: whole(() => aboutOf(exported)) },
    { name: 'people.csv', pieces: whole(() => peopleOf(exported)) },
    { name: 'audit.json', pieces: jsonList(audit.all(organization.id, {})) },
    ...TABLE_NAMES.flatMap((table) => [
      { name: `${table}.csv`, pieces: csvOf(exported, table) },
      { name: `${table}.json`, pieces: jsonList(rowsOf(exported, table)) },
    ]),
  ]
}

const README = `What Sundial kept of an organization.

organization.json  the organization, its people, its API tokens without their secrets, and its sites: settings, notes, and
                   webhooks without their keys and without the path of their address
people.csv         its people
audit.json         who did what, newest first
hours.csv, .json   visits by site and hour, in the site's time zone, exact
days.csv, .json    visits, page views, engaged visits and events by site and day, exact
counts.csv, .json  attribute counts by site and day: n of a metric, by one value or two. They are whole multiples of the
                   site's least count. generalized: 1 where the day stands for its whole month.

The JSON files hold each text as it is. In CSV a text that a spreadsheet could take for a formula begins with '.
`

/** What is begun before its turn, and then not read, would fail with nobody to hear it: that ends the process. */
async function* whole(read: () => string | Promise<string>): AsyncGenerator<string> {
  yield await read()
}

async function aboutOf({ organization, members, sites, at, apiTokens, ...kept }: Exported): Promise<string> {
  const tokens = await apiTokens.list(organization.id)
  const about = {
    exportedAt: at,
    ...organization,
    people: members.map(({ name, email, role, sites: ids }) => ({
      ...{ name, email, role },
      ...(role === 'viewer' ? { sites: domainsOf(sites, ids) } : {}),
    })),
    tokens: tokens.map(({ name, scope, sites: ids, createdOn, lastUsedOn }) => ({
      ...{ name, scope, createdOn, lastUsedOn },
      ...(ids === undefined ? {} : { sites: domainsOf(sites, ids) }),
    })),
    sites: await Promise.all(sites.map((site) => siteOf(site, kept))),
  }
  return `${JSON.stringify(about, undefined, 2)}\n`
}

async function siteOf(
  { organization: _, closed: __, ...settings }: Site,
  { notes, subscriptions }: Pick<Exported, 'notes' | 'subscriptions'>,
) {
  const [written, webhooks] = await Promise.all([notes.ofSite(settings.id), subscriptions.webhooks(settings.id)])
  return {
    ...settings,
    notes: written.map(({ day, kind, text }) => ({ day, kind, text })),
    webhooks: webhooks.map(({ name, url, weekly, alerts, createdOn }) => ({
      // The path of many a webhook is what opens it.
      ...{ name, host: URL.parse(url)?.host, weekly, alerts, createdOn },
    })),
  }
}

function peopleOf({ members, sites }: Exported): string {
  const rows = members.map(({ name, email, role, sites: ids }) => [
    name,
    email,
    role,
    role === 'viewer' ? domainsOf(sites, ids).join(' ') : '',
  ])
  return writeCsv(['name', 'email', 'role', 'sites'], rows)
}

function domainsOf(sites: readonly Site[], ids: readonly number[]): string[] {
  return sites.filter(({ id }) => ids.includes(id)).map(({ domain }) => domain)
}

async function* rowsOf({ sites, counts }: Exported, table: Table) {
  for (const site of sites) {
    for await (const rows of readTable(counts, table, site)) yield rows.map((row) => ({ site: site.domain, ...row }))
  }
}

async function* csvOf({ sites, counts }: Exported, table: Table): AsyncGenerator<string> {
  const columns = TABLE_COLUMNS[table]
  yield writeCsv(['site', ...columns], [])
  for (const site of sites) {
    for await (const rows of readTable(counts, table, site))
      yield writeLines(rows.map((row) => [site.domain, ...columns.map((column) => row[column])]))
  }
}
