import { createSites } from '../collector/sites.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { describeCollector } from './behaviour.ts'
import { PASSWORDS, startCountsServer } from './counts_server.ts'
import { makeDataDir } from './server.ts'

describeCollector('Node', async (wanted) => {
  const { clickhouse, counts, close } = await startCountsServer()
  const data = makeDataDir()
  const store = openSqliteSettings(filesIn(data.path).settings)
  const sites = createSites({ db: store, now: Date.now, report: console.error })
  for (const site of wanted) await sites.add(site)
  const server = await data.start({
    CLICKHOUSE_URL: clickhouse.url,
    CLICKHOUSE_USER: 'default',
    CLICKHOUSE_PASSWORD: PASSWORDS.default,
    TRUST_PROXY: 'loopback',
    COUNTRY_HEADER: 'CF-IPCountry',
  })
  return {
    fetch: (path, { headers, ...sent }, { address, country }) =>
      fetch(`${server.address}${path}`, {
        ...sent,
        headers: { ...headers, 'x-forwarded-for': address, 'cf-ipcountry': country },
      }),
    sites,
    counts,
    clickhouse,
    async close() {
      await server.stop()
      store.close()
      data.remove()
      await close()
    },
  }
})
