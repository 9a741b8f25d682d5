// What an outsider does not see of a period, and why, in one quiet note. Used by the site page, the page
// of all values and the export.
import type { FC } from 'hono/jsx'
import { addDays } from '../../collector/calendar.ts'
import { hour } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import type { Horizon } from '../reports/horizon.ts'
import { isEmpty } from '../reports/span.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { toPeriod, type View } from '../view.ts'
import type { Words } from '../words.ts'

interface HorizonNoteProps {
  view: View
  totals: TotalsReport
  /** The totals of the days of which names show. */
  base: TotalsReport
}

export const HorizonNote: FC<HorizonNoteProps> = ({ view, totals, base }) => {
  const words = useWords()
  const { period } = view
  const sentences = sayHorizon(view, totals, base, words)
  if (sentences === undefined) return null
  return (
    <p class="note">
      {sentences}
      {isEmpty(base.range) && period.name !== '30d' && (
        <>
          {' '}
          <a href={view.link(toPeriod({ period: '30d' }))}>{words.panels.horizon.show30Days}</a>
        </>
      )}
    </p>
  )
}

/** Nothing where nothing of the period lies beyond it. */
export function sayHorizon(
  { site, filter, horizon }: View,
  totals: TotalsReport,
  base: TotalsReport,
  words: Words,
): string | undefined {
  if (!horizon || base.until === undefined) return undefined
  const seen = [...(filter ? [] : seenTotals(totals, horizon, words)), seenNames(base, words)]
  return words.panels.horizon.sees(seen, site.k)
}

function seenTotals(
  { range, until, soFar, current }: TotalsReport,
  { day, hour: hours }: Horizon,
  { panels: { horizon }, sayDay }: Words,
): string[] {
  if (range.from === day && hours > 0) return [horizon.visitsOfToday(hour(hours))]
  if (until === undefined) return []
  if (!current) return [horizon.noTotals]
  const whole = horizon.totals(sayDay(addDays(until, -1)))
  return soFar === undefined ? [whole] : [whole, horizon.someOfToday(soFar, hour(hours))]
}

function seenNames({ range, until }: TotalsReport, { panels: { horizon }, sayDay }: Words): string {
  if (until === undefined || isEmpty(range)) return horizon.noNames
  return horizon.names(sayDay(addDays(until, -1)))
}
