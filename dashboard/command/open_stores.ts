// The stores of this machine, opened by the command line while no server runs.
import { randomBytes } from 'node:crypto'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Environment } from '../../collector/environment.ts'
import { createLedger } from '../../collector/ledger.ts'
import { followLedger } from '../../collector/replay.ts'
import { secretFor } from '../../collector/secret.ts'
import { createSites, type Sites } from '../../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../../collector/sites_sqlite.ts'
import { filesIn } from '../data_dir.ts'
import type { Machine } from '../machine.ts'
import { holdsData } from '../unfinished.ts'
import type { Stores } from './command.ts'

interface OpenDeps {
  environment: Environment
  now: () => number
  report: (problem: string) => void
}

/** Everything is opened on first use: a command must not make, or wait for, what it does not need. */
export function openStores({ environment, now, report }: OpenDeps): Stores & { close(): Promise<void> } {
  const { dataDir, clickhouse, publicUrl, basePath, mail } = environment
  let opened: { settings: SqliteSettings; sites: Sites } | undefined
  let counts: Promise<Counts> | undefined
  let machine: Promise<Machine> | undefined

  function open() {
    if (!opened) {
      const settings = openSqliteSettings(filesIn(dataDir).settings)
      opened = { settings, sites: createSites({ db: settings, now, report }) }
    }
    return opened
  }

  function openCounts(): Promise<Counts> {
    counts ??= import('../machine.ts').then(({ openCounts }) => openCounts(clickhouse, filesIn(dataDir).counts, report))
    return counts
  }

  /** All of it, with the accumulator, as the server has it. */
  function openMachine(): Promise<Machine> {
    machine ??= import('../machine.ts').then(({ openMachine }) => {
      const { secret } = secretFor({ environment, dataDir, random: randomBytes })
      return openMachine({ environment, secret, now, report })
    })
    return machine
  }

  async function backUp(...order: Parameters<Machine['backUp']>) {
    return (await openMachine()).backUp(...order)
  }

  function restoring(): NonNullable<Stores['restore']> {
    return {
      replaces: holdsData(dataDir),
      async run(directory, told, progress) {
        const { restore } = await import('../restore.ts')
        const { secret } = secretFor({ environment, dataDir, random: randomBytes })
        return restore(directory, told, { environment, secret, now, report, progress })
      },
    }
  }

  return {
    get sites() {
      return open().sites
    },
    get settings() {
      return open().settings
    },
    get ledger() {
      return createLedger({ db: open().settings })
    },
    mailer: async () => (await import('../mailer_node.ts')).mailerFor(mail),
    publicAddress: publicUrl && `${publicUrl}${basePath}`,
    clickhouseUrl: clickhouse.url,
    counts: openCounts,
    fulfil: async () => (await openMachine()).fulfil(),
    follow: (other) => followLedger(open().settings, other),
    ...(clickhouse.url === undefined ? { backUp, restore: restoring() } : {}),
    async migrate() {
      // The embedded engine is migrated whenever it is opened.
      if (clickhouse.url === undefined) await openCounts()
      return clickhouse.url === undefined ? [] : migrateServer(clickhouse, clickhouse.url)
    },
    async close() {
      // What kept them from opening has been said by the command.
      const running = await machine?.catch(() => undefined)
      await running?.close()
      opened?.settings.close()
      const read = await counts?.catch(() => undefined)
      await read?.close()
    },
  }
}

/** Connected to `default`: the database of the counts may not exist yet. */
async function migrateServer(clickhouse: Environment['clickhouse'], url: string): Promise<readonly string[]> {
  const { user, password, database, cluster } = clickhouse
  const { createServerCounts } = await import('../../collector/clickhouse_server.ts')
  const { migrate } = await import('../../collector/migrate.ts')
  const counts = createServerCounts({ url, username: user, password, database: 'default' })
  try {
    return await migrate({ counts, database, cluster })
  } finally {
    await counts.close()
  }
}
