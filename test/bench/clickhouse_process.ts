// ClickHouse in another process, for the benches of memory and outage: the engine over HTTP with the tables in place.
// Started with its directory as argument; says its URL.
import { createEmbeddedCounts } from '../../collector/clickhouse_embedded.ts'
import { migrate } from '../../collector/migrate.ts'
import { startClickHouse } from '../clickhouse_http.ts'

const directory = process.argv[2] ?? ''
const clickhouse = await startClickHouse({ path: directory })
const counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
await migrate({ counts, database: 'sundial' })
process.once('disconnect', () => process.exit(0))
process.send?.({ url: clickhouse.url })
