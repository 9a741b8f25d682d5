// The rights of the three users, before the real engine: it enforces the grants of a users.xml, made from the same list
// as the CREATE USER and GRANT statements. One engine a process, so each user is tried in a process of its own.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessStatements, type ClickHouseUser, GRANTS, grantsOf } from '../collector/grants.ts'

const folder = mkdtempSync(join(tmpdir(), 'sundial-grants-'))

beforeAll(() => {
  const outcomes = tryAs(undefined)
  expect(outcomes).toEqual({ 'insert hours': 'done', 'insert days': 'done', 'insert counts': 'done' })
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What comes of each attempt in clickhouse_user.ts as this user; without one, as somebody who may do everything. */
function tryAs(user: ClickHouseUser | undefined): unknown {
  const config = join(folder, 'config.xml')
  const users = join(folder, 'users.xml')
  writeFileSync(
    config,
    `<clickhouse><user_directories><users_xml><path>${users}</path></users_xml></user_directories></clickhouse>`,
  )
  writeFileSync(users, usersXml(user === undefined ? [] : grantsOf(user, 'sundial')))
  const script = join(import.meta.dirname, 'clickhouse_user.ts')
  const mode = user === undefined ? ['prepare'] : []
  const output = execFileSync(process.execPath, [script, join(folder, 'data'), config, ...mode], { encoding: 'utf8' })
  return JSON.parse(output)
}

function usersXml(grants: readonly string[]): string {
  const account =
    '<password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>'
  const rights = grants.map((grant) => `<query>GRANT ${grant}</query>`).join('')
  return `<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users>
<default>${account}${rights === '' ? '' : `<grants>${rights}</grants>`}</default>
<owner>${account}</owner>
</users></clickhouse>`
}

const DENIED = 'ACCESS_DENIED'
const NOTHING = {
  'insert hours': DENIED,
  'insert days': DENIED,
  'insert counts': DENIED,
  'read hours': DENIED,
  'read days': DENIED,
  'read counts': DENIED,
  'read the gauge': DENIED,
  'read tables': DENIED,
  'enforce periods': DENIED,
  'change dates': DENIED,
  'delete rows': DENIED,
  'drop a table': DENIED,
  'change a view': DENIED,
  'make a user': DENIED,
}

describe('on the real engine', () => {
  it('the collector inserts and does nothing else', () => {
    const inserts = { 'insert hours': 'done', 'insert days': 'done', 'insert counts': 'done' }
    expect(tryAs('sundial_collector')).toEqual({ ...NOTHING, ...inserts })
  })

  it('the dashboard reads the views and does nothing else', () => {
    const reads = { 'read hours': 'done', 'read days': 'done', 'read counts': 'done', 'read the gauge': 'done' }
    expect(tryAs('sundial_dashboard')).toEqual({ ...NOTHING, ...reads })
  })

  it('the retention user enforces the periods and deletes rows, and neither inserts nor drops', () => {
    const upkeep = { 'read tables': 'done', 'enforce periods': 'done', 'change dates': 'done', 'delete rows': 'done' }
    expect(tryAs('sundial_retention')).toEqual({ ...NOTHING, ...upkeep })
  })
})

describe('the statements', () => {
  const hash = createHash('sha256').update('a password').digest('hex')
  const passwordHashes = { sundial_collector: hash, sundial_dashboard: hash, sundial_retention: hash }

  it('make each user with the hash of a password and grant what is in the list', () => {
    const statements = accessStatements({ database: 'sundial', passwordHashes })
    expect(statements.slice(0, 4)).toEqual([
      `CREATE USER IF NOT EXISTS sundial_collector IDENTIFIED WITH sha256_hash BY '${hash}'`,
      'GRANT INSERT ON `sundial`.hours TO sundial_collector',
      'GRANT INSERT ON `sundial`.days TO sundial_collector',
      'GRANT INSERT ON `sundial`.counts TO sundial_collector',
    ])
    const grants = Object.values(GRANTS).flatMap((list) => list.flatMap(({ on }) => [...on]))
    expect(statements).toHaveLength(Object.keys(GRANTS).length + grants.length)
  })

  it('are for every server of a cluster where there is one (the text only)', () => {
    const statements = accessStatements({ database: 'sundial', cluster: 'main', passwordHashes })
    expect(statements[0]).toContain("CREATE USER IF NOT EXISTS sundial_collector ON CLUSTER 'main' IDENTIFIED")
    expect(statements[1]).toBe("GRANT ON CLUSTER 'main' INSERT ON `sundial`.hours TO sundial_collector")
  })

  it('take nothing but a hash', () => {
    const wrong = { ...passwordHashes, sundial_dashboard: "x' OR 'y" }
    expect(() => accessStatements({ database: 'sundial', passwordHashes: wrong })).toThrow('64 hexadecimal digits')
  })
})
