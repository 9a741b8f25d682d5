// `sundial grants`: SQL that makes the three ClickHouse users, each with no more rights than its part needs.
import { createHash, randomBytes } from 'node:crypto'
import { accessStatements, type ClickHouseUser, GRANTS } from '../../collector/grants.ts'
import type { Definition } from './command.ts'

export const grants: Definition = {
  name: 'grants',
  summary: 'Prints SQL that makes the ClickHouse users of the collector, the dashboard and retention.',
  words: [],
  options: {
    database: { value: '<name>', meaning: 'Database of the counts. Default: sundial' },
    cluster: { value: '<name>', meaning: 'Adds ON CLUSTER.' },
  },
  notes: [
    'New passwords are made each time and shown once, on standard error; the SQL holds their SHA-256 only:',
    '  npm run --silent sundial -- grants > users.sql',
  ],
  anywhere: true,
  async run(given, _stores, terminal) {
    const passwords = new Map(usersOf().map((user) => [user, randomBytes(24).toString('base64url')]))
    const hashOf = (user: ClickHouseUser) =>
      createHash('sha256')
        .update(passwords.get(user) ?? '')
        .digest('hex')
    const statements = accessStatements({
      database: given.text('database') ?? 'sundial',
      cluster: given.text('cluster'),
      passwordHashes: {
        sundial_collector: hashOf('sundial_collector'),
        sundial_dashboard: hashOf('sundial_dashboard'),
        sundial_retention: hashOf('sundial_retention'),
      },
    })
    for (const statement of statements) terminal.out(`${statement};`)
    for (const [user, password] of passwords) terminal.err(`${user}  ${password}`)
    return 0
  },
}

function usersOf(): ClickHouseUser[] {
  return Object.keys(GRANTS).filter((user): user is ClickHouseUser => user in GRANTS)
}
