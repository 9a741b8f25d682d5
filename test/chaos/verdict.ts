// What ClickHouse and the accumulator hold after a chaos run, held against the ledger of answers.

import * as z from 'zod'
import { createAccumulator } from '../../collector/accumulator.ts'
import { createCalendar } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import { COUNTERS, OTHER } from '../../collector/contract.ts'
import { flush } from '../../collector/flush.ts'
import type { Site } from '../../collector/sites.ts'
import { openNodeSqlite } from '../../collector/sqlite_node.ts'
import { filesIn } from '../../dashboard/data_dir.ts'
import { totalsOf } from '../counts_server.ts'
import type { Ledger } from './load.ts'

const ROUNDS_OF_FLUSH = 4

/** Ends all months and sends everything that has a whole k; returns what is left by site and counter. */
export async function settle(
  { dataDir, secret, later }: { dataDir: string; secret: string; later: number },
  counts: Counts,
  sites: readonly Site[],
): Promise<Map<string, number>> {
  const sqlite = openNodeSqlite(filesIn(dataDir).accumulator)
  const accumulator = createAccumulator({
    sqlite,
    secret,
    calendar: createCalendar(),
    random: () => crypto.getRandomValues(new Uint8Array(16)),
    defer: setImmediate,
  })
  accumulator.tick(later)
  for (let round = 0; round < ROUNDS_OF_FLUSH; round++) await flush(accumulator, counts, later)
  const { outbox, waiting } = accumulator.gauge()
  const left = sites.flatMap(({ id, domain }) =>
    Object.entries(accumulator.pendingOf(id)).map(([counter, n]) => [`${domain} ${counter}`, n] as const),
  )
  sqlite.close()
  if (outbox + waiting > 0) throw new Error(`${outbox} parcels and ${waiting} releases did not leave at the end`)
  return new Map(left)
}

const countRow = z.object({
  metric: z.string(),
  dimension: z.string(),
  dimension2: z.string(),
  value: z.string(),
  n: z.int(),
  broken: z.int(),
})

/** Every promise that does not hold, as a line; none is what a run is for. */
export async function faultsOf(
  counts: Counts,
  site: Site,
  ledger: Ledger,
  pending: ReadonlyMap<string, number>,
): Promise<string[]> {
  const faults: string[] = []
  const kept = new Map<string, number>()
  const sql = `SELECT
  metric,
  dimension,
  dimension2,
  value,
  sum(counts.n) AS n,
  countIf(counts.n % {k:UInt8} != 0) AS broken
FROM counts
WHERE site = {site:UInt32}
GROUP BY metric, dimension, dimension2, value`
  for (const row of await counts.query(sql, { site: site.id, k: site.k }, countRow)) {
    const counter = `${row.metric}:${row.dimension2 === '' ? row.dimension : `${row.dimension}*${row.dimension2}`}`
    if (row.broken > 0) faults.push(`${site.domain} ${counter}: ${row.broken} rows are no multiple of ${site.k}`)
    kept.set(counter, (kept.get(counter) ?? 0) + row.n)
    const most = mostOf(ledger, `${site.domain} ${counter} ${row.value}`)
    const isBooked = row.dimension2 === '' && row.value !== OTHER && BY_VALUE.has(counter)
    if (isBooked && row.n > most) faults.push(`${site.domain} ${counter} ${row.value}: ${row.n} of at most ${most}`)
  }
  for (const { name } of COUNTERS) kept.set(name, (kept.get(name) ?? 0) + (pending.get(`${site.domain} ${name}`) ?? 0))
  const totals = await totalsOf(counts, site.id)
  const { visits = 0, visitsByHour = 0, pageviews = 0, engaged = 0, events = 0 } = totals ?? {}
  if (visits !== visitsByHour) faults.push(`${site.domain}: ${visits} visits by day and ${visitsByHour} by hour`)
  for (const [metric, n] of Object.entries({ visits, pageviews, engaged, events })) kept.set(metric, n)
  return [...faults, ...unbooked(site, ledger, kept), ...halves(site, kept)]
}

const BY_VALUE = new Set(['visits:entry_page', 'pageviews:page', 'engaged:entry_page', 'events:event'])

/** acknowledged <= counted <= acknowledged + unanswered, of every counter that the load books. */
function unbooked({ domain }: Site, ledger: Ledger, kept: ReadonlyMap<string, number>): string[] {
  return [...BOOKED].flatMap((counter) => {
    const counted = kept.get(counter) ?? 0
    const least = ledger.acknowledged.get(`${domain} ${counter}`) ?? 0
    const most = mostOf(ledger, `${domain} ${counter}`)
    if (counted >= least && counted <= most) return []
    return [`${domain} ${counter}: ${counted} counted, ${least} acknowledged, ${most - least} unanswered`]
  })
}

/** What one event increments together stands there together, answered or not. */
const TOGETHER: Record<string, readonly string[]> = {
  visits: ['visits:entry_page', 'visits:source', 'visits:channel', 'visits:country'],
  pageviews: ['pageviews:page', 'pageviews:hour'],
  engaged: ['engaged:entry_page', 'engaged:source', 'engaged:channel', 'engaged:country', 'engaged:hour'],
  events: ['events:event', 'events:hour'],
}
const BOOKED = new Set([
  ...Object.entries(TOGETHER).flatMap(([total, parts]) => [total, ...parts]),
  'reach:page_interval',
  'reach:session_interval',
])

function halves({ domain }: Site, kept: ReadonlyMap<string, number>): string[] {
  return Object.entries(TOGETHER).flatMap(([total, parts]) =>
    parts
      .filter((part) => kept.get(part) !== kept.get(total))
      .map((part) => `${domain}: ${kept.get(total)} ${total}, but ${kept.get(part)} ${part}`),
  )
}

function mostOf({ acknowledged, unanswered }: Ledger, key: string): number {
  return (acknowledged.get(key) ?? 0) + (unanswered.get(key) ?? 0)
}
