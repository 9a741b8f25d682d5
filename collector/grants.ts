// Who may do what in ClickHouse: one list, from which CREATE USER and GRANT statements are made (`sundial grants`
// prints them) and which the tests put before the real engine. The collector cannot read, the dashboard sees only
// views that hold to the periods, and only retention.ts changes or ends rows.
// Whoever migrates owns the tables and, as definer, lends the views the right to read them.
import type { Table } from './contract.ts'
import { databaseName, onCluster } from './migrate.ts'

/** One for each table, and two for the gauge of what is still on disk: dates and numbers of parts only. */
type View = `readable_${Table}` | 'readable_kept' | 'readable_parts'

interface Grant {
  right: 'INSERT' | 'SELECT' | 'OPTIMIZE' | 'ALTER UPDATE' | 'ALTER DELETE'
  on: readonly (Table | View)[]
}

const TABLES = ['hours', 'days', 'counts'] as const satisfies readonly Table[]
const VIEWS = [
  'readable_hours',
  'readable_days',
  'readable_counts',
  'readable_kept',
  'readable_parts',
] as const satisfies readonly View[]

export const GRANTS = {
  sundial_collector: [{ right: 'INSERT', on: TABLES }],
  sundial_dashboard: [{ right: 'SELECT', on: VIEWS }],
  sundial_retention: [
    { right: 'SELECT', on: TABLES },
    { right: 'OPTIMIZE', on: TABLES },
    { right: 'ALTER UPDATE', on: TABLES },
    { right: 'ALTER DELETE', on: TABLES },
  ],
} as const satisfies Record<string, readonly Grant[]>
export type ClickHouseUser = keyof typeof GRANTS

interface Access {
  database: string
  cluster?: string | undefined
  /** SHA-256 of each password, in hexadecimal: the statements may be printed, the passwords not. */
  passwordHashes: Record<ClickHouseUser, string>
}

export function accessStatements({ database, cluster, passwordHashes }: Access): string[] {
  return usersOf(GRANTS).flatMap((user) => [
    `CREATE USER IF NOT EXISTS ${user}${onCluster(cluster)} IDENTIFIED WITH sha256_hash BY '${hex(passwordHashes[user])}'`,
    ...grantsOf(user, database).map((grant) => `GRANT${onCluster(cluster)} ${grant} TO ${user}`),
  ])
}

/** `INSERT ON database.table`, one for each right and table. */
export function grantsOf(user: ClickHouseUser, database: string): string[] {
  const grants: readonly Grant[] = GRANTS[user]
  return grants.flatMap(({ right, on }) => on.map((name) => `${right} ON ${databaseName(database)}.${name}`))
}

function usersOf(grants: typeof GRANTS): ClickHouseUser[] {
  return Object.keys(grants).filter((user): user is ClickHouseUser => user in grants)
}

function hex(hash: string): string {
  if (!/^[0-9a-f]{64}$/i.test(hash)) throw new RangeError('a password hash must be 64 hexadecimal digits')
  return hash
}
