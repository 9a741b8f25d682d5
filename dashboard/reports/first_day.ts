// The first day that anything is kept of, in one statement: where the period of all days begins. Asked by the app, for
// that period only.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'

const row = z.object({ first_day: z.iso.date().nullable() })

const FIRST_DAY = `/* reports.first_day */
SELECT minOrNull(day) AS first_day
FROM readable_days
WHERE site = {site:UInt32}`

/** Undefined while nothing is. To an outsider it is the day from which a period may begin, whatever shows of it. */
export async function readFirstDay(counts: Pick<Counts, 'query'>, { id }: Site): Promise<string | undefined> {
  const [found] = await counts.query(FIRST_DAY, { site: id }, row)
  return found?.first_day ?? undefined
}
