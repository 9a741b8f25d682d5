// What was not counted, by reason and by the hour of the day: one statement, two for an outsider. Called by the page of it.
import * as z from 'zod'
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import { readDays } from './day.ts'
import { type Horizon, namedBefore } from './horizon.ts'
import { cutAt, isEmpty, spanOf } from './span.ts'

export interface Dropped {
  reason: string
  n: number
  /** From the first hour of the day on, those with any. They may lack some: an hour counts once its reason is named. */
  hours: readonly { hour: string; n: number }[]
}

const row = z.object({ reason: z.string(), hour: z.string(), total: z.coerce.number() })

/** A month kept as a whole counts only in a range that covers it wholly. */
const sql = `/* reports.dropped */
SELECT
  value AS reason,
  value2 AS hour,
  sum(n) AS total
FROM readable_counts
WHERE site = {site:UInt32}
  AND metric = 'dropped'
  AND dimension = 'reason'
  AND month >= toStartOfMonth({range_from:Date})
  AND month < {range_to:Date}
  AND (generalized = 0 AND day >= {range_from:Date} AND day < {range_to:Date}
    OR generalized = 1 AND month >= {range_from:Date} AND addMonths(month, 1) <= {range_to:Date})
GROUP BY reason, hour
ORDER BY reason, hour`

interface DroppedQuestion {
  range: Range
  /** How far who reads this sees: these counts have names like any other. */
  horizon: Horizon | undefined
}

/** The most frequent reason first. */
export async function readDropped(
  counts: Pick<Counts, 'query'>,
  site: Site,
  question: DroppedQuestion,
): Promise<Dropped[]> {
  const range = await rangeSeen(counts, site, question)
  if (isEmpty(range)) return []
  const rows = await counts.query(sql, { site: site.id, range_from: range.from, range_to: range.to }, row)
  return [...Map.groupBy(rows, ({ reason }) => reason)]
    .map(([reason, all]) => ({
      reason,
      n: all.find(({ hour }) => hour === '')?.total ?? 0,
      hours: all.filter(({ hour }) => /^\d\d$/.test(hour)).map(({ hour, total }) => ({ hour, n: total })),
    }))
    .filter(({ n }) => n > 0)
    .toSorted((one, other) => other.n - one.n)
}

async function rangeSeen(
  counts: Pick<Counts, 'query'>,
  site: Site,
  { range, horizon }: DroppedQuestion,
): Promise<Range> {
  if (!horizon) return range
  const { rows } = await readDays(counts, site, spanOf({ range }), { granularity: 'day', horizon })
  return cutAt({ range }, namedBefore(rows, horizon, site.k)).range
}
