// The stores of this machine, opened by the command line while no server runs.
import type { Counts } from '../../collector/clickhouse.ts'
import type { Environment } from '../../collector/environment.ts'
import { createSites, type Sites } from '../../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../../collector/sites_sqlite.ts'
import { filesIn } from '../data_dir.ts'
import type { Stores } from './command.ts'

interface OpenDeps {
  environment: Environment
  now: () => number
  report: (problem: string) => void
}

/** Everything is opened on first use: a command must not make, or wait for, what it does not need. */
export function openStores({ environment, now, report }: OpenDeps): Stores & { close(): Promise<void> } {
  const { dataDir, clickhouse, publicUrl, basePath } = environment
  let opened: { settings: SqliteSettings; sites: Sites } | undefined
  let counts: Promise<Counts> | undefined

  function openCounts(): Promise<Counts> {
    counts ??= import('../machine.ts').then(({ openCounts }) => openCounts(clickhouse, filesIn(dataDir).counts))
    return counts
  }

  return {
    get sites() {
      if (!opened) {
        const settings = openSqliteSettings(filesIn(dataDir).settings)
        opened = { settings, sites: createSites({ db: settings, now, report }) }
      }
      return opened.sites
    },
    publicAddress: publicUrl && `${publicUrl}${basePath}`,
    counts: openCounts,
    async migrate() {
      // The embedded engine is migrated whenever it is opened.
      if (clickhouse.url === undefined) await openCounts()
      return clickhouse.url === undefined ? [] : migrateServer(clickhouse, clickhouse.url)
    },
    async close() {
      opened?.settings.close()
      // What kept them from opening has been said by the command.
      const open = await counts?.catch(() => undefined)
      await open?.close()
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
