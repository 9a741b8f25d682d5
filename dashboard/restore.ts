// `sundial restore`: brings a backup back into DATA_DIR, with all done again that was done since it was made. It is built
// aside, in DATA_DIR/restoring, and takes the place of what was there at the very end: killed before that, the old data
// is untouched; killed after, whoever opens DATA_DIR next finishes it. No process may run.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import * as z from 'zod'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Environment } from '../collector/environment.ts'
import { createLedger, type LedgerEntry } from '../collector/ledger.ts'
import { databaseName } from '../collector/migrate.ts'
import { type Order, readOrders } from '../collector/orders.ts'
import { carrying, followLedger, replayLedger } from '../collector/replay.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { placesIn, quoted, reasonOf } from './backup.ts'
import type { Progress } from './command/command.ts'
import { filesIn } from './data_dir.ts'
import { openMachine } from './machine.ts'
import { checkManifest, type Manifest } from './manifest.ts'
import { CLOSING } from './people/restored.ts'
import { finishRestore, READY, stagingIn } from './unfinished.ts'

export interface RestoreDeps {
  environment: Environment
  secret: string
  now: () => number
  report: (problem: string) => void
  progress: (progress: Progress) => void
}

/** What was done since the backup was made, in the order it was done again. */
export interface Restored {
  manifest: Manifest
  since: readonly LedgerEntry[]
}

/** Throws a sentence, and DATA_DIR is as it was. `told` is a further ledger, such as one of a machine that is gone. */
export async function restore(directory: string, told: readonly LedgerEntry[], deps: RestoreDeps): Promise<Restored> {
  const { environment, progress } = deps
  const { dataDir } = environment
  const manifest = await checkManifest(directory, (done, total) => progress({ what: 'checking', done, total }))
  const staging = stagingIn(dataDir)
  let since: LedgerEntry[]
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true, mode: 0o700 })
  try {
    const present = await presentIn(dataDir)
    await build(directory, staging, manifest, deps)
    since = await replayInto(staging, { ...present, told }, deps)
    writeFileSync(path.join(staging, READY), '', { flush: true })
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw new Error(`The restore failed, and DATA_DIR is as it was: ${reasonOf(error)}`, { cause: error })
  }
  finishRestore(dataDir)
  return { manifest, since }
}

interface Present {
  ledger: readonly LedgerEntry[]
  orders: readonly Order[]
}

/** What the DATA_DIR that is replaced knows of deletions, done or ordered. */
async function presentIn(dataDir: string): Promise<Present> {
  const { settings } = filesIn(dataDir)
  if (!existsSync(settings)) return { ledger: [], orders: [] }
  const store = openSqliteSettings(settings)
  try {
    return { ledger: await createLedger({ db: store }).entries(), orders: await readOrders(store) }
  } finally {
    store.close()
  }
}

async function build(directory: string, staging: string, manifest: Manifest, deps: RestoreDeps): Promise<void> {
  const [from, to] = [placesIn(directory), filesIn(staging)]
  const { environment, progress } = deps
  progress({ what: 'copying', done: 0, total: 2 })
  cpSync(from.settings, to.settings)
  cpSync(from.accumulator, to.accumulator)
  progress({ what: 'counts', done: 1, total: 2 })
  mkdirSync(to.counts, { mode: 0o700 })
  const { database } = environment.clickhouse
  const counts = await createEmbeddedCounts({ path: to.counts, database })
  try {
    const [was, now] = [databaseName(manifest.database), databaseName(database)]
    await counts.command(`RESTORE DATABASE ${was} AS ${now} FROM File(${quoted(`${from.counts}/`)})`)
  } finally {
    await counts.close()
  }
  progress({ what: 'copied', done: 2, total: 2 })
}

/** Before anything is readable: what was deleted, generalized or shortened since is so again, and what is past its period ends. */
async function replayInto(staging: string, known: Present & { told: readonly LedgerEntry[] }, deps: RestoreDeps) {
  const store = openSqliteSettings(filesIn(staging).settings)
  let since: LedgerEntry[]
  try {
    since = await followLedger(store, [...known.ledger, ...known.told])
    await store.batch([...known.orders.flatMap(carrying), ...CLOSING])
  } finally {
    store.close()
  }
  const machine = await openMachine({ ...deps, environment: { ...deps.environment, dataDir: staging } })
  try {
    for (const { site, action } of since) {
      if (action === 'deleted') machine.accumulator.forgetSite(site, 'all')
      // The key that was destroyed came back with the backup.
      if (action === 'anonymized') machine.accumulator.forgetSite(site, 'attributes')
    }
    // What waited in the accumulator for ClickHouse is there as well, before the replay.
    await machine.hold(async () => {
      await replayLedger(await machine.ledger.entries(), machine.counts)
      await enforcePeriods({ counts: machine.counts })
    })
    await machine.fulfil()
    await untilErased(machine.counts, deps.progress)
  } finally {
    await machine.close()
  }
  return since
}

/** ClickHouse looks for parts to remove twice a minute. What takes longer goes when Sundial runs. */
const LONGEST_ERASURE = 120

/** What was deleted again stands in no file either, before the restored data takes its place. */
async function untilErased(counts: Counts, progress: RestoreDeps['progress']): Promise<void> {
  const sql =
    '/* restore.inactive */ SELECT count() AS parts FROM system.parts WHERE database = currentDatabase() AND NOT active'
  for (let second = 0; second < LONGEST_ERASURE; second++) {
    const [inactive] = await counts.query(sql, {}, z.object({ parts: z.int() }))
    if (inactive?.parts === 0) return
    progress({ what: 'erasing', done: second, total: LONGEST_ERASURE })
    await elapsed(1000)
  }
}
