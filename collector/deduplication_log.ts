// Mends the deduplication logs of the embedded engine, so that a killed process loses no insert. Called by
// clickhouse_embedded.ts before the first insert. Node only.
// ClickHouse (26.7, tables that are not replicated) writes an insert's token down before the insert's part is in its
// place. Killed in between, it takes the next try for a duplicate, and drops the rows. So what is written down without
// a part is taken back here, by the line with which ClickHouse itself does so when a part is dropped:
// https://github.com/ClickHouse/ClickHouse/blob/master/src/Storages/MergeTree/MergeTreeDeduplicationLog.cpp

import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { Counts } from './clickhouse.ts'
import { TABLES } from './contract.ts'
import { nameOfError } from './error_name.ts'

interface Mending {
  /** Connected to the database of the tables, which the engine has open: nobody else writes there then. */
  counts: Counts
  /** A line for the operator. */
  report: (problem: string) => void
}

/** A log that cannot be read is left alone and reported: counting goes on. Rejects when a table cannot be opened again. */
export async function mendDeduplicationLogs({ counts, report }: Mending): Promise<void> {
  for (const { name, directory } of await tablesOf(counts)) {
    try {
      if (unkeptIn(directory).length === 0) continue
    } catch (error) {
      report(leftAlone(name, error))
      continue
    }
    // The engine reads the log when it opens the table, and only then.
    await counts.command(`DETACH TABLE ${name} SYNC`)
    try {
      takeBack(directory)
    } catch (error) {
      report(leftAlone(name, error))
    }
    await counts.command(`ATTACH TABLE ${name}`)
  }
}

function leftAlone(table: string, error: unknown): string {
  const why = error instanceof UnknownLog ? error.message : nameOfError(error)
  return `ClickHouse’s deduplication log of the table ${table} is left as it is (${why}): counts that were on their way when Sundial last ended may be missing, or counted twice.`
}

async function tablesOf(counts: Counts): Promise<{ name: string; directory: string }[]> {
  const names = Object.keys(TABLES).map((name) => `'${name}'`)
  return counts.query(
    `/* deduplication_log.tables */
SELECT
  name,
  data_paths[1] AS directory
FROM system.tables
WHERE database = currentDatabase()
  AND name IN (${names.join(', ')})
ORDER BY name`,
    {},
    z.object({ name: z.string(), directory: z.string().min(1) }),
  )
}

/** Rows that were inserted, or merged from what was inserted: a month and the numbers of the first and last insert. */
interface Part {
  partition: string
  first: number
  last: number
}

interface Entry extends Part {
  operation: 'add' | 'drop'
  part: string
  /** Month and hash of the token. */
  block: string
}

class UnknownLog extends Error {}

/**
 * How much of a log is read, from its end: about 800 lines of 400,000. One table's inserts come one after the other, and
 * one that was answered has its part: only the last insert's lines can be without, and it has one for each of its months.
 *
 * A part may also be gone by right: its period ended, or its site was deleted. Its line is taken back as well, and does
 * no harm. A token is used again only while its parcel is in the outbox, and was the insert answered before the process
 * ended, then its part, or one merged or mutated from it, was there until now. If even that is gone, then every row of
 * it was due or deleted, and so would be those of another try: the views hide them, and the hourly pass ends them.
 */
const LAST_BYTES = 65_536

/** What the log says was inserted, and no part on disk holds: neither its own nor one that was made from it. */
function unkeptIn(directory: string): Entry[] {
  const taken = new Map<string, Entry>()
  for (const entry of lastEntries(logsIn(directory))) {
    if (entry.operation === 'add') taken.set(entry.block, entry)
    else taken.delete(entry.block)
  }
  const parts = readdirSync(directory).flatMap((name) => partNamed(name) ?? [])
  return [...taken.values()].filter(
    ({ partition, first, last }) =>
      !parts.some((part) => part.partition === partition && part.first <= first && last <= part.last),
  )
}

/** The files of a log, oldest first. */
function logsIn(directory: string): string[] {
  const folder = path.join(directory, 'deduplication_logs')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).map((name) => {
    const number = /^deduplication_log_(\d+)\.txt$/.exec(name)?.[1]
    if (number === undefined) throw new UnknownLog('it has a file that Sundial does not know')
    return { file: path.join(folder, name), number: Number(number) }
  })
  return files.sort((a, b) => a.number - b.number).map(({ file }) => file)
}

/** A new file is begun every 200,000 lines, perhaps within the last insert. */
function lastEntries(files: readonly string[]): Entry[] {
  let text = ''
  for (const file of files.slice(-2).reverse()) text = endOf(file, LAST_BYTES - text.length) + text
  return text.split('\n').slice(0, -1).map(entryOf)
}

/** The whole lines within the last bytes of a file. */
function endOf(file: string, bytes: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const buffer = Buffer.alloc(Math.min(size, bytes))
    readSync(descriptor, buffer, { position: size - buffer.length })
    const text = buffer.toString('latin1')
    if (text !== '' && !text.endsWith('\n')) throw new UnknownLog('its last line is cut off')
    return size > bytes ? text.slice(text.indexOf('\n') + 1) : text
  } finally {
    closeSync(descriptor)
  }
}

function entryOf(line: string): Entry {
  const [operation, name = '', block = '', ...more] = line.split('\t')
  const part = partNamed(name)
  if ((operation !== '1' && operation !== '2') || !part || block === '' || more.length > 0)
    throw new UnknownLog('it has a line that Sundial does not understand')
  return { ...part, operation: operation === '1' ? 'add' : 'drop', part: name, block }
}

/** 202703_1_9_2_12 is the month, first and last insert, how often it was merged, and perhaps the last mutation. */
function partNamed(name: string): Part | undefined {
  const [, partition, first, last] = /^([^_\s]+)_(\d+)_(\d+)_\d+(?:_\d+)?$/.exec(name) ?? []
  if (partition === undefined) return undefined
  return { partition, first: Number(first), last: Number(last) }
}

/** While the table is detached: nothing merges, and nothing else writes into the log. */
function takeBack(directory: string): void {
  const file = logsIn(directory).at(-1)
  const lines = unkeptIn(directory).map(({ part, block }) => `2\t${part}\t${block}\n`)
  if (file !== undefined) appendFileSync(file, lines.join(''), { flush: true })
}
