// Rows of ClickHouse, made of totals and releases and packed into parcels: one insert each, with an id that ClickHouse
// knows as deduplication token. The accumulator puts parcels into its outbox; flush.ts sends them.

import { addDays, addMonths, firstOfMonth } from './calendar.ts'
import { COUNTERS, type Table } from './contract.ts'
import type { Release } from './pending.ts'
import type { SiteCounts, SiteRules } from './site_counts.ts'
import { hoursOf, type Totals } from './totals.ts'

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
  const days: object[] = []
  for (const row of totals.values()) {
    const { site, day } = row
    const dates = datesOf(rulesOf(site), day)
    let visits = 0
    for (const hour of hoursOf(row.visits)) {
      const n = row.visits[hour] ?? 0
      hours.push({ site, day, hour, visits: n, ...dates })
      visits += n
    }
    days.push({ ...row, visits, month: dates.month, expire_on: dates.expire_on })
  }
  return [...pack('hours', hours, uuid), ...pack('days', days, uuid)]
}

export function releaseParcels(
  leaving: readonly { counts: SiteCounts; releases: Iterable<Release> }[],
  uuid: () => string,
): Parcel[] {
  const rows = leaving.flatMap(({ counts: { site, rules }, releases }) => {
    const dates = new Map<string, Dates>()
    return [...releases].map((release) => {
      const known = dates.get(release.day) ?? datesOf(rules, release.day)
      dates.set(release.day, known)
      return countRow(site, release, known)
    })
  })
  return pack('counts', rows, uuid)
}

function countRow(site: number, { day, counter, value, value2, n }: Release, dates: Dates): object {
  const { metric, dimensions } = COUNTERS[counter] ?? { metric: '', dimensions: [''] }
  const [dimension, dimension2 = ''] = dimensions
  return { site, metric, dimension, dimension2, value, value2, day, n, ...dates }
}

type Dates = ReturnType<typeof datesOf>

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
