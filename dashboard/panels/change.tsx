// How the count of a value changed against the days it is compared with. Used by the panels and the page of all values.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { change, comparesFrom } from '../reports/metric.ts'

interface RowChangeProps {
  k: number
  compared: { now: number; before: number } | undefined
}

/** Of small counts in whole k a share of change would say more than is known, so it is left to the page of all values. */
export const RowChange: FC<RowChangeProps> = ({ k, compared }) => {
  const { sayCount, sayGrowth, chart } = useWords()
  const changed = shareOfChange(k, compared)
  if (!compared || changed === undefined) return <em />
  const before = sayCount(compared.before)
  const growth = sayGrowth(changed)
  if (growth === undefined) return <em title={chart.was(before)}>=</em>
  return <em title={chart.from({ now: sayCount(compared.now), before })}>{growth}</em>
}

export function shareOfChange(k: number, compared: RowChangeProps['compared']): number | undefined {
  return compared && compared.before >= comparesFrom(k) ? change(compared.now, compared.before) : undefined
}
