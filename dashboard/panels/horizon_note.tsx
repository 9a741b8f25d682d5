// What an outsider does not see of a period, and why, in one quiet note. Used by the site page, the page
// of all values and the export.
import type { FC } from 'hono/jsx'
import { addDays } from '../../collector/calendar.ts'
import type { Horizon } from '../reports/horizon.ts'
import { isEmpty } from '../reports/span.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { toPeriod, type View } from '../view.ts'
import { hour, plural, sayDay, sayK, sayList } from '../words.ts'

interface HorizonNoteProps {
  view: View
  totals: TotalsReport
  /** The totals of the days of which names show. */
  base: TotalsReport
}

export const HorizonNote: FC<HorizonNoteProps> = ({ view, totals, base }) => {
  const { period } = view
  const sentences = sayHorizon(view, totals, base)
  if (sentences === undefined) return null
  return (
    <p class="note">
      {sentences}
      {isEmpty(base.range) && period.name !== '30d' && (
        <>
          {' '}
          <a href={view.link(toPeriod({ period: '30d' }))}>Show 30 days</a>
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
): string | undefined {
  if (!horizon || base.until === undefined) return undefined
  const { one } = sayK(site.k)
  const seen = [...(filter ? [] : seenTotals(totals, horizon)), seenNames(base)]
  return `Without an account you see ${sayList(seen)}. A day shows its names once ${one} more visits have come on whole days after it, so that nobody can watch single visits arrive.`
}

function seenTotals({ range, until, soFar, current }: TotalsReport, { day, hour: hours }: Horizon): string[] {
  if (range.from === day && hours > 0) return [`the visits of today up to ${hour(hours)}`]
  if (until === undefined) return []
  if (!current) return ['no totals of this period yet']
  const whole = `totals up to ${sayDay(addDays(until, -1))}`
  return soFar === undefined ? [whole] : [whole, `${plural(soFar, 'visit')} of today up to ${hour(hours)}`]
}

function seenNames({ range, until }: TotalsReport): string {
  if (until === undefined || isEmpty(range)) return 'no names of this period yet'
  return `names up to ${sayDay(addDays(until, -1))}`
}
