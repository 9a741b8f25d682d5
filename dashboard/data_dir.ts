// What lies where in DATA_DIR. Read by the server, and by the command line when it opens the stores itself.
import path from 'node:path'

export function filesIn(dataDir: string) {
  return {
    /** SQLite: sites and their settings. */
    settings: path.join(dataDir, 'settings.db'),
    /** SQLite: what waits for a full k, and what waits for ClickHouse. */
    accumulator: path.join(dataDir, 'accumulator.db'),
    /** Directory of the embedded ClickHouse engine. */
    counts: path.join(dataDir, 'clickhouse'),
  } as const
}
