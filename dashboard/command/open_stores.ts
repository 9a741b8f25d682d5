// The stores of this machine, opened by the command line while no server runs.
import { mkdirSync } from 'node:fs'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Environment } from '../../collector/environment.ts'
import { migrate } from '../../collector/migrate.ts'
import { createSites, type Sites } from '../../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../../collector/sites_sqlite.ts'
import { filesIn } from '../data_dir.ts'
import type { Stores } from './command.ts'

interface OpenDeps {
  environment: Environment
  now: () => number
  report: (problem: string) => void
}

export function openStores({ environment, now, report }: OpenDeps): Stores & { close(): void } {
  let opened: { settings: SqliteSettings; sites: Sites } | undefined
  return {
    // On first use: a command that needs no sites must not make DATA_DIR.
    get sites() {
      if (!opened) {
        const settings = openSqliteSettings(filesIn(environment.dataDir).settings)
        opened = { settings, sites: createSites({ db: settings, now, report }) }
      }
      return opened.sites
    },
    migrate: () => migrateCounts(environment),
    close: () => opened?.settings.close(),
  }
}

/** ClickHouse is loaded here and not at the top: the engine takes half a second that other commands need not wait. */
export async function migrateCounts({ clickhouse, dataDir }: Environment): Promise<readonly string[]> {
  const { database, cluster } = clickhouse
  const counts = await openForMigration(clickhouse, filesIn(dataDir).counts)
  try {
    return await migrate({ counts, database, cluster })
  } finally {
    await counts.close()
  }
}

async function openForMigration(clickhouse: Environment['clickhouse'], directory: string): Promise<Counts> {
  const { url, user, password, database } = clickhouse
  if (url === undefined) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const { createEmbeddedCounts } = await import('../../collector/clickhouse_embedded.ts')
    return createEmbeddedCounts({ path: directory, database })
  }
  const { createServerCounts } = await import('../../collector/clickhouse_server.ts')
  // `default`: the database of the counts may not exist yet.
  return createServerCounts({ url, username: user, password, database: 'default' })
}
