// Migrations: collector/schema/*.sql in order, each once, recorded in the table `migrations`.
// Called at start on the embedded engine and by `npm run migrate` for a server. Node only: it reads the files.
import { readdir, readFile } from 'node:fs/promises'
import * as z from 'zod'
import type { Counts } from './clickhouse.ts'

export interface Migration {
  /** Name of the file without .sql. */
  name: string
  statements: readonly string[]
}

interface Target {
  database: string
  /** Adds ON CLUSTER and replicated engines. One shard of replicas; the text is tested, a cluster was not rehearsed. */
  cluster?: string | undefined
}

/**
 * Applies what is missing and returns its names. Every statement can run twice, so a migration that stopped half-way
 * is simply run again. Names are qualified: on a server, connect to `default`, since the database may not exist yet.
 */
export async function migrate({ counts, database, cluster }: Target & { counts: Counts }): Promise<string[]> {
  const target = { database, cluster }
  for (const statement of ledger(target)) await counts.command(statement)
  const done = await applied(counts, database)
  const missing = (await readMigrations(target)).filter(({ name }) => !done.has(name))
  for (const { name, statements } of missing) {
    for (const statement of statements) await counts.command(statement)
    await counts.command(
      `INSERT INTO ${databaseName(database)}.migrations (name) SETTINGS async_insert = 0 VALUES ('${name}')`,
    )
  }
  return missing.map(({ name }) => name)
}

function ledger(target: Target): string[] {
  return [
    'CREATE DATABASE IF NOT EXISTS sundial',
    'CREATE TABLE IF NOT EXISTS sundial.migrations (name String) ENGINE = MergeTree ORDER BY name',
  ].map((statement) => placed(statement, target))
}

async function applied(counts: Counts, database: string): Promise<Set<string>> {
  const sql = `SELECT name FROM ${databaseName(database)}.migrations`
  const rows = await counts.query(sql, {}, z.object({ name: z.string() }))
  return new Set(rows.map(({ name }) => name))
}

/** The statements as they would run, in order; also what a person may want to read before running them. */
export async function readMigrations(target: Target): Promise<Migration[]> {
  // The same place seen from this file and from the bundle in dist/.
  const folder = new URL('../collector/schema/', import.meta.url)
  const files = (await readdir(folder)).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.sql'.length),
      statements: statementsOf(await readFile(new URL(file, folder), 'utf8')).map((sql) => placed(sql, target)),
    })),
  )
}

/** A statement ends with a semicolon at the end of a line; lines that start with -- are for people. */
function statementsOf(file: string): string[] {
  return file
    .replace(/^--.*\n/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

/** The files speak of the database `sundial` on one server; this says where it really is. */
function placed(statement: string, { database, cluster }: Target): string {
  const named = statement.replace(/\bsundial\b/g, databaseName(database))
  if (cluster === undefined) return named
  return named
    .replace(
      /^((?:CREATE (?:OR REPLACE )?(?:DATABASE|TABLE|VIEW)(?: IF NOT EXISTS)?|ALTER TABLE) [`\w.]+)/,
      `$1${onCluster(cluster)}`,
    )
    .replace(/\bENGINE = (\w*MergeTree)\b/, 'ENGINE = Replicated$1')
}

/** A database's name as it stands in SQL. Throws on what is not a plain identifier. */
export function databaseName(database: string): string {
  if (!/^[A-Za-z_]\w*$/.test(database)) throw new RangeError('a database name has letters, digits and _ only')
  return `\`${database}\``
}

/** ON CLUSTER, or nothing on one server. Macros in braces, as in '{cluster}', are ClickHouse's own. */
export function onCluster(cluster: string | undefined): string {
  if (cluster === undefined) return ''
  if (!/^[\w-]+$|^\{\w+\}$/.test(cluster)) throw new RangeError('a cluster name has letters, digits, _ and - only')
  return ` ON CLUSTER '${cluster}'`
}
