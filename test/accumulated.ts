// A site, events and an accumulator on a real file, for the tests of the accumulator and what stands on it.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Accumulator, createAccumulator } from '../collector/accumulator.ts'
import { createCalendar } from '../collector/calendar.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import type { Parcel } from '../collector/parcels.ts'
import { defaultSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import { type NodeSqlite, openNodeSqlite } from '../collector/sqlite_node.ts'

export const SECRET = 'a secret of the tests, long enough to be one'

export function aSite(changes: Partial<Site> = {}): Site {
  return {
    id: 1,
    ...defaultSettings('example.com'),
    hosts: ['example.com'],
    ...changes,
  }
}

export function aPageview(changes: Partial<AnonymousEvent> = {}): AnonymousEvent {
  return {
    kind: 'pageview',
    day: '2026-11-10',
    hour: 9,
    startsVisit: true,
    engages: false,
    reload: false,
    page: '/',
    entryPage: undefined,
    source: 'Google',
    sourceIsTag: false,
    channel: 'Search',
    campaign: {},
    country: 'FR',
    browser: undefined,
    stratum: undefined,
    event: undefined,
    properties: [],
    pageIntervals: [],
    sessionIntervals: [],
    dropped: [],
    ...changes,
  }
}

export interface OpenAccumulator {
  accumulator: Accumulator
  sqlite: NodeSqlite
  directory: string
  /** Opens the same file again without any farewell, as after kill -9. */
  reopen(): void
  /** Every byte that stands in the accumulator's files now. */
  bytes(): Buffer
  close(): void
}

export function openAccumulator(limits?: { pendingPerAccumulator: number }): OpenAccumulator {
  const directory = mkdtempSync(join(tmpdir(), 'sundial-accumulator-'))
  const path = join(directory, 'accumulator.sqlite')
  const start = () => {
    const sqlite = openNodeSqlite(path)
    const options = {
      sqlite,
      secret: SECRET,
      calendar: createCalendar(),
      random: () => randomBytes(16),
      defer: queueMicrotask,
    }
    return { sqlite, accumulator: createAccumulator(limits ? { ...options, limits } : options) }
  }
  const old: NodeSqlite[] = []
  const open: OpenAccumulator = {
    ...start(),
    directory,
    reopen() {
      old.push(open.sqlite)
      Object.assign(open, start())
    },
    bytes: () => Buffer.concat(readdirSync(directory).map((file) => readFileSync(join(directory, file)))),
    close() {
      for (const sqlite of [...old, open.sqlite]) sqlite.close()
      rmSync(directory, { recursive: true })
    },
  }
  return open
}

export interface CountRow {
  site: number
  metric: string
  dimension: string
  dimension2: string
  value: string
  value2: string
  day: string
  n: number
}

/** The rows that parcels of one table carry. */
export function rowsOf<T = CountRow>(parcels: Parcel[], table = 'counts'): T[] {
  const lines = parcels.filter((parcel) => parcel.table === table).flatMap(({ body }) => body.split('\n'))
  return lines.map((line): T => JSON.parse(line))
}

/** Noon of the day of aPageview, in UTC. */
export const NOON = Date.UTC(2026, 10, 10, 12)

/** Takes and forgets what leaves at a time, and returns it. */
export function flushed(accumulator: Accumulator, now = NOON): Parcel[] {
  const parcels = [...accumulator.outbox(), ...accumulator.take(now)]
  for (const { id } of parcels) accumulator.forget(id)
  return parcels
}
