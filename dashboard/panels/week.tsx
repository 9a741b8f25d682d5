// The panel of the week: average visits by weekday and hour, as a table whose cells are shaded. Used by the site page.
import type { FC } from 'hono/jsx'
import type { HourOfWeek } from '../languages/en/panels.ts'
import { hour } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import { WEEK_FROM_DAYS, type WeekHour, type WeekReport } from '../reports/week.ts'
import type { View } from '../view.ts'
import type { Words } from '../words.ts'
import { PanelFoot } from './panel_foot.tsx'

interface WeekProps {
  view: View
  week: WeekReport
  isWide?: boolean
}

const HOURS = Array.from({ length: 24 }, (_, index) => index)
const LEVELS = [1, 2, 3, 4, 5] as const

export const Week: FC<WeekProps> = ({ view, week, isWide = false }) => {
  const { panels } = useWords()
  return (
    <section class={isWide ? 'panel whole' : 'panel'} id="week">
      <header>
        <h2>{panels.titles.week}</h2>
      </header>
      {week.hours.length === 0 ? (
        <p class="none">{week.generalized ? panels.week.allGone : panels.week.nothingYet}</p>
      ) : (
        <Shaded view={view} week={week} />
      )}
    </section>
  )
}

const Shaded: FC<Omit<WeekProps, 'isWide'>> = ({ view, week }) => {
  const words = useWords()
  const { panels, sayAverage, sayRange, sayShortWeekday, sayWeekday } = words
  const { link } = view
  const highest = Math.max(...week.hours.flat().map(average), 0)
  return (
    <>
      <p class="columns">
        <span>{busiest(week, highest, words)}</span>
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
      <table class="week" aria-label={panels.week.table}>
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
                <td class={`shade${levelOf(cell, highest)}`} title={sayCell(cell, weekday, at, words)}>
                  <span class="unseen">{cell ? sayAverage(average(cell)) : panels.week.notYet}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <PanelFoot csv={link({ panel: 'week' }, '/breakdown.csv')}>
        {panels.week.meaning(sayRange(week.range))}
        {week.generalized && ` ${panels.week.earlierGone}`}
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

function sayCell(cell: WeekHour | undefined, weekday: number, at: number, { panels: { week } }: Words): string {
  const when = hourOfWeek(weekday, at)
  if (!cell) return week.cellNotYet(when)
  return cell.times === 1 ? week.cell(when, cell.visits) : week.average(when, average(cell), cell.times)
}

function hourOfWeek(weekday: number, at: number): HourOfWeek {
  return { weekday, from: hour(at), to: hour(at + 1) }
}

function busiest({ hours }: WeekReport, highest: number, { panels: { week } }: Words): string {
  if (highest === 0) return week.none
  const weekday = hours.findIndex((day) => day.some((cell) => average(cell) === highest))
  const at = (hours[weekday] ?? []).findIndex((cell) => average(cell) === highest)
  return week.most(hourOfWeek(weekday, at), highest)
}

export const hasWeek = (days: number) => days >= WEEK_FROM_DAYS
