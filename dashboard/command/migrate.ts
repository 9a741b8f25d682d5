// `sundial migrate`: the ClickHouse schema. The embedded engine is migrated at every start; a server when one asks.
import type { Definition } from './command.ts'

export const migrate: Definition = {
  name: 'migrate',
  summary: 'Applies what is missing of the schema to ClickHouse.',
  words: [],
  options: {},
  notes: [
    'With CLICKHOUSE_URL on that server, else on the embedded engine in DATA_DIR, which every start does anyway.',
  ],
  countsOnly: true,
  async run(_given, stores, terminal) {
    const applied = await stores.migrate()
    for (const name of applied) terminal.out(`Applied ${name}.`)
    if (applied.length === 0) terminal.out('Nothing to apply: the schema is up to date.')
    return 0
  },
}
