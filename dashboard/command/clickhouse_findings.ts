// What `deploy` and `verify` look at in ClickHouse: whether it answers, its schema against the contract, the rights of the
// three users against grants.ts, and its clock.
import * as z from 'zod'
import { ClickHouseError, type Counts } from '../../collector/clickhouse.ts'
import { TABLES } from '../../collector/contract.ts'
import { type ClickHouseUser, GRANTS, grantsOf } from '../../collector/grants.ts'
import { readMigrations } from '../../collector/migrate.ts'
import { SUNDIAL } from './command.ts'
import { type Finding, failed, missing, notAsked, ok } from './finding.ts'

/** How far two clocks may be apart, in milliseconds: hours and days are what is kept, and every machine may have NTP. */
export const CLOCK_TOLERANCE = 30_000

const SCHEMA = 'Schema of ClickHouse'
const USERS = 'Users of ClickHouse'
const CLOCK = 'Clock of ClickHouse'

interface Asked {
  counts: Counts
  /** How `migrate` is called for this ClickHouse. */
  migrate: string
  /** Milliseconds since the epoch. */
  now: () => number
}

/** On a server; the embedded engine has neither other users nor a clock of its own. */
export async function findServer(asked: Asked): Promise<Finding[]> {
  const answers = await asked.counts.ping().catch(() => false)
  if (!answers) {
    return [failed('ClickHouse', 'does not answer', 'check CLICKHOUSE_URL, its certificate and its firewall')]
  }
  return [
    ok('ClickHouse', 'answers'),
    ...(await findSchema(asked)),
    ...(await looked(USERS, () => findUsers(asked.counts))),
    ...(await looked(CLOCK, () => findClock(asked))),
  ]
}

const NOT_THERE = [60, 81]
const NO_RIGHT = 497

async function looked(check: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof ClickHouseError)) throw error
    const remedy = 'set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD to those of its administrator and run this again'
    if (error.code === NO_RIGHT) return [notAsked(check, 'this user may not look', remedy)]
    return [failed(check, error.message, remedy)]
  }
}

export function findSchema({ counts, migrate }: Pick<Asked, 'counts' | 'migrate'>): Promise<Finding[]> {
  return looked(SCHEMA, async () => {
    const known = (await readMigrations({ database: 'sundial' })).map(({ name }) => name)
    const applied = await appliedTo(counts)
    const absent = known.filter((name) => !applied.includes(name))
    if (absent.length > 0) return [missing(SCHEMA, `lacks ${absent.join(', ')}`, migrate)]
    const newer = applied.filter((name) => !known.includes(name))
    if (newer.length > 0) {
      return [failed(SCHEMA, `is newer than this checkout: ${newer.join(', ')}`, 'git pull && npm install')]
    }
    const differing = await differingColumns(counts)
    const remedy = 'undo what was changed by hand: only migrations change tables'
    if (differing.length > 0) return [failed(SCHEMA, `differs from the contract in ${differing.join(', ')}`, remedy)]
    return [ok(SCHEMA, `is the contract’s, up to ${known.at(-1)}`)]
  })
}

async function appliedTo(counts: Counts): Promise<readonly string[]> {
  try {
    const sql = '/* findings.migrations */\nSELECT DISTINCT name\nFROM migrations'
    return (await counts.query(sql, {}, z.object({ name: z.string() }))).map(({ name }) => name)
  } catch (error) {
    if (error instanceof ClickHouseError && NOT_THERE.includes(error.code)) return []
    throw error
  }
}

const columnRow = z.object({ table: z.string(), name: z.string(), type: z.string() })

async function differingColumns(counts: Counts): Promise<string[]> {
  const sql = `/* findings.columns */
SELECT
  table,
  name,
  type
FROM system.columns
WHERE database = currentDatabase()
  AND table IN ({tables:Array(String)})`
  const rows = await counts.query(sql, { tables: Object.keys(TABLES) }, columnRow)
  const live = new Map(rows.map(({ table, name, type }) => [`${table}.${name}`, type]))
  const declared = new Map(
    Object.entries(TABLES).flatMap(([table, { columns }]) =>
      Object.entries(columns).map(([name, type]): [string, string] => [`${table}.${name}`, type]),
    ),
  )
  return [...new Set([...declared.keys(), ...live.keys()])].filter(
    (column) => live.get(column) !== declared.get(column),
  )
}

const nameRow = z.object({ name: z.string() })
const grantRow = z.object({
  user: z.string(),
  access: z.string(),
  database: z.string(),
  table: z.string(),
  column: z.string(),
})
const roleRow = z.object({ user: z.string(), role: z.string() })

async function findUsers(counts: Counts): Promise<Finding[]> {
  const users = usersOf(GRANTS)
  const there = await counts.query(`${USER_SQL}\nWHERE name IN ({users:Array(String)})`, { users }, nameRow)
  const grants = await counts.query(`${GRANT_SQL}\nWHERE user_name IN ({users:Array(String)})`, { users }, grantRow)
  const roles = await counts.query(`${ROLE_SQL}\nWHERE user_name IN ({users:Array(String)})`, { users }, roleRow)
  const [{ name: database } = { name: '' }] = await counts.query('SELECT currentDatabase() AS name', {}, nameRow)
  return users.map((user) => {
    if (!there.some(({ name }) => name === user)) {
      const remedy = `npm run --silent sundial -- grants > users.sql, and run users.sql there`
      return missing(USERS, `${user} is not there`, remedy)
    }
    const wanted = grantsOf(user, database)
    const given = grants.filter((grant) => grant.user === user).map(written)
    const granted = roles.filter((role) => role.user === user).map(({ role }) => `\`${role}\``)
    return findRights({ user, wanted, given: [...new Set(given)], granted })
  })
}

const USER_SQL = '/* findings.users */\nSELECT name\nFROM system.users'
const GRANT_SQL = `/* findings.grants */
SELECT
  ifNull(user_name, '') AS user,
  toString(access_type) AS access,
  ifNull(database, '') AS database,
  ifNull(table, '') AS table,
  ifNull(column, '') AS column
FROM system.grants`
const ROLE_SQL = `/* findings.roles */
SELECT
  ifNull(user_name, '') AS user,
  granted_role_name AS role
FROM system.role_grants`

interface Rights {
  user: ClickHouseUser
  wanted: readonly string[]
  given: readonly string[]
  /** Names of roles. */
  granted: readonly string[]
}

function findRights({ user, wanted, given, granted }: Rights): Finding {
  const fewer = wanted.filter((right) => !given.includes(right))
  const more = [...given.filter((right) => !wanted.includes(right)), ...granted]
  if (more.length > 0) {
    // What is revoked takes the narrower rights below it along.
    const statements = [
      ...more.map((right) => `REVOKE ${right} FROM ${user}`),
      ...wanted.map((right) => `GRANT ${right} TO ${user}`),
    ]
    return failed(USERS, `${user} may do more than it needs: ${more.join(', ')}`, `run there: ${statements.join('; ')}`)
  }
  if (fewer.length > 0) {
    const statements = fewer.map((right) => `GRANT ${right} TO ${user}`).join('; ')
    return missing(USERS, `${user} lacks ${fewer.join(', ')}`, `run there: ${statements}`)
  }
  return ok(USERS, `${user} has its ${wanted.length} rights and no other`)
}

/** As grants.ts writes a right. */
function written({ access, database, table, column }: z.infer<typeof grantRow>): string {
  const where = `${database === '' ? '*' : `\`${database}\``}.${table === '' ? '*' : table}`
  return `${access}${column === '' ? '' : `(${column})`} ON ${where}`
}

function usersOf(grants: typeof GRANTS): ClickHouseUser[] {
  return Object.keys(grants).filter((user): user is ClickHouseUser => user in grants)
}

async function findClock({ counts, now }: Asked): Promise<Finding[]> {
  const sent = now()
  const sql = '/* findings.clock */\nSELECT toUnixTimestamp(now()) AS seconds'
  const [row] = await counts.query(sql, {}, z.object({ seconds: z.int() }))
  return [clockFinding(CLOCK, { sent, received: now(), said: (row?.seconds ?? 0) * 1_000 })]
}

/** A clock that was read in whole seconds between two moments here. All in milliseconds since the epoch. */
export function clockFinding(
  check: string,
  { sent, received, said }: { sent: number; received: number; said: number },
): Finding {
  const early = sent - (said + 1_000)
  const late = said - received
  const apart = Math.max(early, late, 0)
  if (apart <= CLOCK_TOLERANCE) return ok(check, 'agrees with this machine’s')
  const says = `is ${Math.round(apart / 1_000)} s ${late > 0 ? 'ahead of' : 'behind'} this machine’s`
  return failed(check, says, 'set both by NTP (timedatectl): hours, days and periods are counted by it')
}

/** The command that brings the schema of a server up to date, to copy. */
export function migrateCommand(url: string): string {
  return `CLICKHOUSE_URL=${url} CLICKHOUSE_USER=... CLICKHOUSE_PASSWORD=... npm run migrate`
}

/** The same in the words of one machine with the embedded engine. */
export const MIGRATE_HERE = `${SUNDIAL} migrate`
