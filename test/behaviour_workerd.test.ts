import { describeCollector } from './behaviour.ts'
import { startCountsServer } from './counts_server.ts'
import { startWorkers } from './workerd.ts'

describeCollector('workerd', async (sites) => {
  const { clickhouse, counts, close } = await startCountsServer()
  const workers = await startWorkers({ clickhouseUrl: clickhouse.url, sites })
  return {
    fetch: workers.fetch,
    sites: workers.sites,
    counts,
    clickhouse,
    async close() {
      await workers.close()
      await close()
    },
  }
})
