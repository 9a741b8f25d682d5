// How the count of a value changed against the days it is compared with. Used by the panels and the page of all values.
import type { FC } from 'hono/jsx'
import { change, comparesFrom } from '../reports/metric.ts'
import { sayChange, sayCount, UNCHANGED } from '../words.ts'

interface RowChangeProps {
  k: number
  compared: { now: number; before: number } | undefined
}

/** Of small counts in whole k a share of change would say more than is known, so it is left to the page of all values. */
export const RowChange: FC<RowChangeProps> = ({ k, compared }) => {
  const changed = shareOfChange(k, compared)
  if (!compared || changed === undefined) return <em />
  const words = sayChange(changed)
  if (words === UNCHANGED) return <em title={`${sayCount(compared.before)} before`}>=</em>
  return <em title={`${sayCount(compared.now)} from ${sayCount(compared.before)}`}>{words}</em>
}

export function shareOfChange(k: number, compared: RowChangeProps['compared']): number | undefined {
  return compared && compared.before >= comparesFrom(k) ? change(compared.now, compared.before) : undefined
}
