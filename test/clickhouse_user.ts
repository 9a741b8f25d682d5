// A process of its own for grants.test.ts: tries everything as the engine's user and prints what came of it.
// Arguments: directory of the engine, its configuration file, and whether to make the schema first.
import { Session } from 'chdb'
import * as z from 'zod'
import { ClickHouseError, type Connection, createCounts } from '../collector/clickhouse.ts'
import { readMigrations } from '../collector/migrate.ts'
import { enforcePeriods } from '../collector/retention.ts'

const [path = '', config = '', prepare] = process.argv.slice(2)
const session = new Session(path, { connectionArgs: [`--config-file=${config}`] })
const connection: Connection = {
  async select(sql, params) {
    const result = await session.queryBindAsync(sql, params, { format: 'JSONEachRow' }).catch(refused)
    return result.text()
  },
  async command(sql) {
    await session.queryAsync(sql).catch(refused)
  },
  ping: async () => ({ success: true }),
  close: async () => session.close(),
}
const counts = createCounts({ reader: connection, writer: connection })

function refused(error: unknown): never {
  const [, code = '0'] = /Code: (\d+)/.exec(String(error)) ?? []
  throw Object.assign(new Error('refused'), { code })
}

if (prepare === 'prepare') {
  await counts.command('CREATE DATABASE IF NOT EXISTS sundial')
  for (const { statements } of await readMigrations({ database: 'sundial' })) {
    // On a server the one who migrates goes on existing; here it is `default`, whose rights are about to shrink.
    for (const sql of statements) await counts.command(sql.replace('DEFINER = CURRENT_USER', 'DEFINER = owner'))
  }
}

await counts.command('USE sundial')
const dates = { site: 1, month: '2026-03-01', day: '2026-03-03', expire_on: '2100-01-01' }
const hour = { ...dates, hour: 1, visits: 1, generalize_on: '2026-06-01' }
const value = { metric: 'visits', dimension: 'source', dimension2: '', value: 'x', value2: '' }
const count = { ...dates, ...value, n: 5, generalize_on: '2026-06-01' }
const rows = z.record(z.string(), z.unknown())
const select = (from: string) => () => counts.query(`SELECT * FROM ${from}`, {}, rows)

const attempts: Record<string, () => Promise<unknown>> = {
  'insert hours': () => counts.insert('hours', JSON.stringify(hour), crypto.randomUUID()),
  'insert days': () => counts.insert('days', JSON.stringify({ ...dates, visits: 1 }), crypto.randomUUID()),
  'insert counts': () => counts.insert('counts', JSON.stringify(count), crypto.randomUUID()),
  'read hours': select('readable_hours'),
  'read days': select('readable_days'),
  'read counts': select('readable_counts'),
  'read the gauge': select('readable_kept, readable_parts'),
  'read tables': select('hours, days, counts'),
  'enforce periods': () => enforcePeriods({ counts }),
  'change dates': () => counts.command("ALTER TABLE counts UPDATE expire_on = '2099-01-01' WHERE site = 77"),
  'delete rows': () => counts.command('ALTER TABLE counts DELETE WHERE site = 77'),
  'drop a table': () => counts.command('DROP TABLE hours'),
  'change a view': () => counts.command('CREATE OR REPLACE VIEW readable_days AS SELECT 1'),
  'make a user': () => counts.command('CREATE USER mallory'),
}

const outcomes: Record<string, string> = {}
for (const [attempt, run] of Object.entries(attempts)) {
  if (prepare === 'prepare' && !attempt.startsWith('insert')) continue
  outcomes[attempt] = await run().then(
    () => 'done',
    (error: unknown) => (error instanceof ClickHouseError ? error.type : String(error)),
  )
}
console.log(JSON.stringify(outcomes))
await counts.close()
