// Rows of ClickHouse, made of totals and releases and packed into parcels: one insert each, with an id that ClickHouse
// knows as deduplication token. The accumulator puts parcels into its outbox; flush.ts sends them.

import { addDays, addMonths, firstOfMonth } from './calendar.ts'
import { COUNTERS, type Table, type TotalMetric } from './contract.ts'
import type { Release, SiteCounts, SiteRules } from './site_counts.ts'
import type { Totals } from './totals.ts'

export interface Parcel {
  /** A UUID. */
  id: string
  table: Table
  /** JSONEachRow. */
  body: string
}

/** One insert is one block of ClickHouse, and below the 2 MB that a row of a Durable Object may have. */
const PARCEL_BYTES = 1_000_000
const PARCEL_ROWS = 10_000

export function totalParcels(totals: Totals, rulesOf: (site: number) => SiteRules, uuid: () => string): Parcel[] {
  const hours: object[] = []
  const days = new Map<string, { site: number; day: string } & Record<TotalMetric, number>>()
  for (const { site, day, hour, metric, n } of totals.values()) {
    if (hour !== undefined) hours.push({ site, day, hour, visits: n, ...datesOf(rulesOf(site), day) })
    const known = days.get(`${site} ${day}`) ?? { site, day, visits: 0, pageviews: 0, engaged: 0, events: 0 }
    known[metric] += n
    days.set(`${site} ${day}`, known)
  }
  const dayRows = [...days.values()].map((row) => {
    const { month, expire_on } = datesOf(rulesOf(row.site), row.day)
    return { ...row, month, expire_on }
  })
  return [...pack('hours', hours, uuid), ...pack('days', dayRows, uuid)]
}

export function releaseParcels(
  leaving: readonly { counts: SiteCounts; releases: Iterable<Release> }[],
  uuid: () => string,
): Parcel[] {
  const rows = leaving.flatMap(({ counts, releases }) => [...releases].map((release) => countRow(counts, release)))
  return pack('counts', rows, uuid)
}

function countRow({ site, rules }: SiteCounts, { day, counter, value, value2, n }: Release): object {
  const { metric, dimensions } = COUNTERS[counter] ?? { metric: '', dimensions: [''] }
  const [dimension, dimension2 = ''] = dimensions
  return { site, metric, dimension, dimension2, value, value2, day, n, ...datesOf(rules, day) }
}

/** A row's month, and the two dates that it carries: whole months are generalized and end together. */
function datesOf({ anonymizationDays, retentionDays }: SiteRules, day: string) {
  return {
    month: firstOfMonth(day),
    generalize_on: addDays(addMonths(day, 1), anonymizationDays),
    expire_on: addDays(firstOfMonth(day), retentionDays),
  }
}

/** Sorted, so that the order of rows says nothing of the order of events. */
function pack(table: Table, rows: object[], uuid: () => string): Parcel[] {
  const bodies = chunks(rows.map((row) => JSON.stringify(row)).sort(), { bytes: PARCEL_BYTES, items: PARCEL_ROWS })
  return bodies.map((lines) => ({ id: uuid(), table, body: lines.join('\n') }))
}

/** Texts in order, in chunks of at most so many bytes (unless one text alone is longer) and items. */
export function chunks(texts: readonly string[], most: { bytes: number; items: number }): string[][] {
  const all: string[][] = []
  let chunk: string[] = []
  let size = 0
  for (const text of texts) {
    const bytes = Buffer.byteLength(text) + 1
    if (chunk.length > 0 && (size + bytes > most.bytes || chunk.length >= most.items)) {
      all.push(chunk)
      chunk = []
      size = 0
    }
    chunk.push(text)
    size += bytes
  }
  return chunk.length > 0 ? [...all, chunk] : all
}
