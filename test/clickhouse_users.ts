// The embedded engine with the three users of grants.ts, as a server has them, for the tests of who may do what there.
// Its first session decides whom it knows, so a test process opens it once.

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Session } from 'chdb'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'

const ACCOUNT =
  '<password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>'

/** `grants` by user. Counts are read as `default`, who may do everything. */
export async function openCountsWithUsers(
  directory: string,
  grants: Readonly<Record<string, readonly string[]>>,
): Promise<Counts> {
  const config = path.join(directory, 'config.xml')
  const users = path.join(directory, 'users.xml')
  writeFileSync(
    config,
    `<clickhouse><user_directories><users_xml><path>${users}</path></users_xml></user_directories></clickhouse>`,
  )
  writeFileSync(users, usersXml(grants))
  const engine = new Session(path.join(directory, 'data'), { connectionArgs: [`--config-file=${config}`] })
  const counts = await createEmbeddedCounts({ path: path.join(directory, 'data'), database: 'sundial' })
  return {
    ...counts,
    async close() {
      await counts.close()
      engine.close()
    },
  }
}

function usersXml(grants: Readonly<Record<string, readonly string[]>>): string {
  const accounts = Object.entries(grants).map(([name, rights]) => {
    const queries = rights.map((right) => `<query>GRANT ${right}</query>`).join('')
    return `<${name}>${ACCOUNT}<grants>${queries}</grants></${name}>`
  })
  return `<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users>
<default>${ACCOUNT}<access_management>1</access_management></default>${accounts.join('')}
</users></clickhouse>`
}
