// The panel of the week: average visits by weekday and hour, as a table whose cells are shaded. Used by the site page.
import type { FC } from 'hono/jsx'
import { WEEK_FROM_DAYS, type WeekHour, type WeekReport } from '../reports/week.ts'
import type { View } from '../view.ts'
import { hour, plural, sayAverage, sayRange, sayShortWeekday, sayWeekday } from '../words.ts'
import { PanelFoot } from './panel_foot.tsx'

interface WeekProps {
  view: View
  week: WeekReport
  isWide?: boolean
}

const HOURS = Array.from({ length: 24 }, (_, index) => index)
const LEVELS = [1, 2, 3, 4, 5] as const

export const Week: FC<WeekProps> = ({ view, week, isWide = false }) => (
  <section class={isWide ? 'panel whole' : 'panel'} id="week">
    <header>
      <h2>Hours of the week</h2>
    </header>
    {week.hours.length === 0 ? <p class="none">{nothingOf(week)}</p> : <Shaded view={view} week={week} />}
  </section>
)

function nothingOf({ generalized }: WeekReport): string {
  return generalized
    ? 'The hours of this period have become days by now: its visits are kept, their hours are not.'
    : `Shows once an hour of this period is over.`
}

const Shaded: FC<Omit<WeekProps, 'isWide'>> = ({ view, week }) => {
  const { link } = view
  const highest = Math.max(...week.hours.flat().map(average), 0)
  return (
    <>
      <p class="columns">
        <span>{busiest(week, highest)}</span>
        {highest > 0 && (
          <span class="shades" aria-hidden="true">
            0
            {LEVELS.map((level) => (
              <i class={`shade${level}`} />
            ))}
            {sayAverage(highest)}
          </span>
        )}
      </p>
      <table class="week" aria-label="Visits an hour, average by weekday">
        <thead>
          <tr>
            <td />
            {HOURS.map((at) => (
              <th scope="col">
                <span class={at % 6 === 0 ? '' : 'unseen'}>{hour(at)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {week.hours.map((hours, weekday) => (
            <tr>
              <th scope="row">
                <abbr title={sayWeekday(weekday)}>{sayShortWeekday(weekday)}</abbr>
              </th>
              {hours.map((cell, at) => (
                <td class={`shade${levelOf(cell, highest)}`} title={sayCell(cell, weekday, at)}>
                  <span class="unseen">{cell ? sayAverage(average(cell)) : 'not yet'}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <PanelFoot csv={link({ panel: 'week' }, '/breakdown.csv')}>
        {`Visits by the hour are exact. Averages of ${sayRange(week.range)}, full hours only.`}
        {week.generalized ? ' The hours of earlier months have become days.' : ''}
      </PanelFoot>
    </>
  )
}

function average(cell: WeekHour | undefined): number {
  return cell ? cell.visits / cell.times : 0
}

function levelOf(cell: WeekHour | undefined, highest: number): number | '' {
  if (!cell) return ''
  return highest === 0 ? 0 : Math.ceil((average(cell) / highest) * LEVELS.length)
}

function sayCell(cell: WeekHour | undefined, weekday: number, at: number): string {
  const when = `${sayWeekday(weekday)}, ${hour(at)} – ${hour(at + 1)}`
  if (!cell) return `${when}: not in this period yet`
  return cell.times === 1
    ? `${when}: ${plural(cell.visits, 'visit')}`
    : `${when}: ${sayAverage(average(cell))} visits on average of ${cell.times}`
}

function busiest({ hours }: WeekReport, highest: number): string {
  if (highest === 0) return 'No visit in any of these hours.'
  const weekday = hours.findIndex((day) => day.some((cell) => average(cell) === highest))
  const at = (hours[weekday] ?? []).findIndex((cell) => average(cell) === highest)
  return `Most on ${sayWeekday(weekday)}s, ${hour(at)} – ${hour(at + 1)}: ${sayAverage(highest)} visits`
}

export const hasWeek = (days: number) => days >= WEEK_FROM_DAYS
