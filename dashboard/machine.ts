// The one-machine set-up: settings, accumulator and counts in DATA_DIR, and the clock that flushes and ends periods.
// Opened by server.ts, and by tests that need the real parts together.

import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { setTimeout as elapsed } from 'node:timers/promises'
import { type Accumulator, createAccumulator } from '../collector/accumulator.ts'
import { type Calendar, createCalendar } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { countErrors, type ErrorCount } from '../collector/clickhouse_errors.ts'
import type { Environment } from '../collector/environment.ts'
import { nameOfError } from '../collector/error_name.ts'
import { FLUSH_EVERY, flush } from '../collector/flush.ts'
import { fulfilOrders } from '../collector/fulfilment.ts'
import { createGroupCommit } from '../collector/group_commit.ts'
import { type Act, createLedger, type Ledger, type LedgerEntry } from '../collector/ledger.ts'
import { migrate } from '../collector/migrate.ts'
import { forgetOrdered, type Order } from '../collector/orders.ts'
import { deletedSites, followLedger, replayLedger } from '../collector/replay.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { createSites, type SettingsStore, type Sites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { openNodeSqlite } from '../collector/sqlite_node.ts'
import { backUp } from './backup.ts'
import type { Progress } from './command/command.ts'
import { filesIn } from './data_dir.ts'
import { addFirstSite } from './first_site.ts'
import type { Manifest } from './manifest.ts'
import { endWhatIsDue } from './people/end_of_service.ts'
import { createPeople, type People } from './people/people.ts'

export interface MachineOptions {
  environment: Pick<Environment, 'dataDir' | 'clickhouse'> & Partial<Pick<Environment, 'basePath'>>
  secret: string
  /** Milliseconds since the epoch. */
  now: () => number
  /** A line for the operator; never about a visitor. */
  report: (problem: string) => void
  /** A line about what is well again; goes where problems go unless it is given. */
  inform?: (news: string) => void
}

export interface Machine {
  /** In which sites, people and tokens lie. */
  settings: SettingsStore
  sites: Sites
  people: People
  ledger: Ledger
  counts: Counts
  accumulator: Accumulator
  calendar: Calendar
  /** Carries out what was ordered (see orders.ts) and returns the receipts. Rejects while ClickHouse does not answer. */
  fulfil(): Promise<Act[]>
  /** Runs `work` while nothing is on its way to ClickHouse and nothing leaves. Rejects when what waits cannot be sent. */
  hold<T>(work: () => Promise<T>): Promise<T>
  /** Takes over what another copy of the ledger says: see replay.ts. */
  follow(other: readonly LedgerEntry[]): Promise<LedgerEntry[]>
  /** Writes everything into an empty directory: see backup.ts. */
  backUp(directory: string, progress: (progress: Progress) => void): Promise<Manifest>
  /** What /health and /metrics tell of the clock and of ClickHouse. */
  state(): MachineState
  /** Writes a little into the accumulator's file. Throws when no event could be made durable there now. */
  tryWriting(): void
  /** Starts the clock. `hourly` is called soon after it starts and some minutes into every hour; nothing waits for it. */
  start(hourly?: () => void): void
  /** Stops the clock, sends what may leave, folds and closes everything. */
  close(): Promise<void>
}

export interface MachineState {
  /** When the clock turned last; in milliseconds, as the next. */
  turnedAt: number
  /** When a flush last left nothing behind that could leave. */
  flushedAt: number
  clickHouseErrors: readonly ErrorCount[]
}

const ENFORCE_EVERY = 3_600_000
/** By then the last counts of an hour are flushed; in milliseconds. */
const HOUR_IS_OVER = 6 * 60_000
/** How long a stop waits for a ClickHouse that does not answer. What is left goes out after the next start, counted once. */
const LAST_SEND = 4_000

/** Opens everything in DATA_DIR, which the caller has locked. Makes the directory, the files and the first site. */
export async function openMachine(options: MachineOptions): Promise<Machine> {
  const { environment, secret, now, report, inform = report } = options
  const files = filesIn(environment.dataDir)
  mkdirSync(environment.dataDir, { recursive: true, mode: 0o700 })
  const settings = openSqliteSettings(files.settings)
  const sites = createSites({ db: settings, now, report })
  const ledger = createLedger({ db: settings })
  const people = createPeople({
    db: settings,
    database: settings.database,
    secret: sessionSecret(secret),
    basePath: environment.basePath ?? '',
    now,
    random: randomBytes,
    report,
  })
  await sites.fresh()
  // A machine whose sites were all deleted stays without.
  if (sites.all().length === 0 && (await ledger.entries()).length === 0) await addFirstSite(sites)
  const { counts, errors } = countErrors(await openCounts(environment.clickhouse, files.counts, report))
  const sqlite = openNodeSqlite(files.accumulator)
  const calendar = createCalendar()
  const parts = {
    secret,
    calendar,
    random: () => randomBytes(16),
    defer: createGroupCommit({ now: () => performance.now() }),
  }
  const accumulator = createAccumulator({ sqlite, ...parts })
  let sending: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let enforced = Number.NEGATIVE_INFINITY
  let everyHour = () => {}
  let hourTold: number | undefined
  let trouble = ''
  let turnedAt = now()
  let flushedAt = now()

  /** The tick waits for nobody: months end and the journal is folded in time while ClickHouse hangs. */
  function turn(): void {
    turnedAt = now()
    try {
      accumulator.tick(now())
    } catch (error) {
      report(`The accumulator’s file cannot be written (${nameOfError(error)}); events are answered with 503.`)
    }
    sending ??= send().finally(() => {
      sending = undefined
    })
    const hour = Math.floor((now() - HOUR_IS_OVER) / ENFORCE_EVERY)
    if (hour === hourTold) return
    hourTold = hour
    everyHour()
  }

  async function send(): Promise<void> {
    await sendCounts()
    if (Math.abs(now() - enforced) >= ENFORCE_EVERY) await enforce()
  }

  /** Takes the place of the flush: what comes meanwhile waits in the accumulator. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    while (sending) await sending
    const done = work()
    const quiet = () => {
      sending = undefined
    }
    sending = done.then(quiet, quiet)
    return done
  }

  function hold<T>(work: () => Promise<T>): Promise<T> {
    return alone(async () => {
      await sendAll()
      return work()
    })
  }

  /** An accumulator folds what it finds when it opens. */
  function foldFile(file: string): void {
    const copy = openNodeSqlite(file)
    try {
      createAccumulator({ sqlite: copy, ...parts })
    } finally {
      copy.close()
    }
  }

  async function fulfilNow(): Promise<Act[]> {
    await forgetOrdered({ db: settings, forget })
    return fulfilOrders({ db: settings, counts })
  }

  /** The accumulator's half of an order. The totals of an anonymized site go to ClickHouse first, to be generalized there. */
  async function forget({ site, action }: Order): Promise<boolean> {
    const settings = sites.byId(site)
    if (action === 'shortened' && settings) accumulator.followPeriods(settings)
    if (action === 'deleted') accumulator.forgetSite(site, 'all')
    if (action === 'anonymized') {
      accumulator.forgetSite(site, 'attributes')
      await sendAll()
    }
    return true
  }

  async function sendAll(): Promise<void> {
    const { failure } = await flush(accumulator, counts, now())
    if (failure !== undefined) throw failure
  }

  async function sendLast(): Promise<void> {
    await sending
    await sendCounts()
  }

  async function sendCounts(): Promise<void> {
    try {
      const { failure } = await flush(accumulator, counts, now())
      if (failure === undefined) flushedAt = now()
      say(
        failure === undefined
          ? ''
          : `ClickHouse does not take the counts (${nameOfError(failure)}); they wait on disk.`,
      )
    } catch (error) {
      say(`The accumulator’s file cannot be written (${nameOfError(error)}); counts wait in it.`)
    }
  }

  /** Trouble is said once, and once that it is over. */
  function say(now: string): void {
    if (now !== trouble) {
      if (now === '') inform('ClickHouse takes the counts again.')
      else report(now)
    }
    trouble = now
  }

  async function enforce(): Promise<void> {
    enforced = now()
    try {
      await endWhatIsDue({ ...people, sites })
    } catch (error) {
      report(`Ending what people have ended failed (${nameOfError(error)}); it is tried again within the hour.`)
    }
    try {
      await enforcePeriods({ counts })
      await catchUp()
    } catch (error) {
      report(`Ending what is past its period failed (${nameOfError(error)}); it is tried again within the hour.`)
    }
  }

  /** Orders that a stop has cut short, and rows that came after their order was carried out. */
  async function catchUp(): Promise<void> {
    await fulfilNow()
    const entries = await ledger.entries()
    for (const site of deletedSites(entries)) {
      if (accumulator.holds(site)) accumulator.forgetSite(site, 'all')
    }
    await replayLedger(entries, counts)
  }

  /** On whole multiples of the interval, whenever the process started. */
  function schedule(): void {
    timer = setTimeout(
      () => {
        schedule()
        turn()
      },
      FLUSH_EVERY - (now() % FLUSH_EVERY),
    )
  }

  return {
    settings,
    sites,
    people,
    ledger,
    counts,
    accumulator,
    calendar,
    fulfil: () => alone(fulfilNow),
    hold,
    follow: (other) => followLedger(settings, other),
    backUp: (directory, progress) =>
      backUp(directory, {
        ...environment,
        database: environment.clickhouse.database,
        counts,
        hold,
        foldFile,
        now,
        progress,
      }),
    state: () => ({ turnedAt, flushedAt, clickHouseErrors: errors() }),
    // A number in the file's header, written even when it is the same: https://sqlite.org/pragma.html#pragma_user_version
    tryWriting: () => sqlite.run('PRAGMA user_version = 0'),
    start(hourly = () => {}) {
      everyHour = hourly
      schedule()
    },
    async close() {
      clearTimeout(timer)
      try {
        await Promise.race([sendLast(), elapsed(LAST_SEND, undefined, { ref: false })])
        accumulator.fold()
      } finally {
        sqlite.close()
        settings.close()
        await counts.close()
      }
    },
  }
}

/** Another one than hashes what visitors do, though an operator keeps only that one. */
export function sessionSecret(secret: string): string {
  return createHash('sha256').update(`sundial sessions\0${secret}`).digest('base64url')
}

/** Counts as the settings say, with the schema in place on the embedded engine. Also for a command that runs alone. */
export async function openCounts(
  clickhouse: Environment['clickhouse'],
  directory: string,
  report: (problem: string) => void = () => {},
): Promise<Counts> {
  const { url, user, password, database } = clickhouse
  if (url !== undefined) {
    const { createServerCounts } = await import('../collector/clickhouse_server.ts')
    return createServerCounts({ url, username: user, password, database })
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const { createEmbeddedCounts } = await import('../collector/clickhouse_embedded.ts')
  const counts = await createEmbeddedCounts({ path: directory, database, report })
  await migrate({ counts, database })
  return counts
}
