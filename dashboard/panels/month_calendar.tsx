// A month whose days are links: the first click shows a day, the second the days from it on. Made on the server, so it
// works without a script. Used by the period picker.
import type { FC } from 'hono/jsx'
import * as z from 'zod'
import { addDays, addMonths, firstOfMonth, mondayOf } from '../../collector/calendar.ts'
import { useWords } from '../languages/use_words.ts'
import { toPeriod, type View } from '../view.ts'

interface CalendarProps {
  view: View
  firstDay: string | undefined
}

const asDay = z.iso.date()

export const MonthCalendar: FC<CalendarProps> = ({ view, firstDay }) => {
  const { sayMonth, sayShortWeekday, picker } = useWords()
  const { period, link } = view
  const start = startOf(view)
  const month = monthOf(view, firstDay)
  const earlier = addMonths(month, -1)
  const later = addMonths(month, 1)
  const turn = (to: string) => link({ calendar: to.slice(0, 7), start })
  return (
    <div class="calendar">
      <p class="month">
        <Turn
          href={firstDay !== undefined && month <= firstDay ? undefined : turn(earlier)}
          word={sayMonth(earlier)}
          sign="‹"
        />
        <b>{sayMonth(month)}</b>
        <Turn href={later > period.today ? undefined : turn(later)} word={sayMonth(later)} sign="›" />
      </p>
      <table aria-label={sayMonth(month)}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, weekday) => (
              <th scope="col">{sayShortWeekday(weekday).slice(0, 2)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((days) => (
            <tr>
              {days.map((day) => (
                <td>
                  {day >= month && day < later && <Day view={view} firstDay={firstDay} day={day} start={start} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{start === undefined ? picker.chooseDay : picker.chooseLast}</p>
    </div>
  )
}

/** The day that was chosen as the first of a range. */
function startOf({ picking, period }: View): string | undefined {
  const { data } = asDay.safeParse(picking.start)
  return data !== undefined && data <= period.today ? data : undefined
}

function monthOf({ picking, period }: View, firstDay: string | undefined): string {
  const asked = asDay.safeParse(`${picking.month}-01`).data ?? firstOfMonth(addDays(period.range.to, -1))
  const first = firstOfMonth(firstDay ?? asked)
  if (asked < first) return first
  return asked > period.today ? firstOfMonth(period.today) : asked
}

/** Six weeks, so that no month is taller than another. */
function weeksOf(month: string): string[][] {
  const monday = mondayOf(month)
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => addDays(monday, week * 7 + weekday)),
  )
}

const Turn: FC<{ href: string | undefined; word: string; sign: string }> = ({ href, word, sign }) =>
  href === undefined ? (
    <span class="step off" aria-hidden="true">
      {sign}
    </span>
  ) : (
    <a class="step" href={href} aria-label={word}>
      {sign}
    </a>
  )

const Day: FC<CalendarProps & { day: string; start: string | undefined }> = ({ view, firstDay, day, start }) => {
  const { sayFullDay } = useWords()
  const { period, link } = view
  const number = Number(day.slice(8))
  if (day > period.today || (firstDay !== undefined && day < firstDay)) return <span class="off">{number}</span>
  const within = day >= period.range.from && day < period.range.to
  // The end of a range closes the calendar; a day alone may become one.
  const href =
    start !== undefined && day > start
      ? link(toPeriod({ period: 'custom', from: start, to: day }))
      : link({ ...toPeriod({ period: 'day', date: day }), calendar: day.slice(0, 7), start: day })
  return (
    <a
      href={href}
      class={[within && 'in', (day === start || (within && isEnd(day, period.range))) && 'end']
        .filter(Boolean)
        .join(' ')}
      aria-label={sayFullDay(day)}
      aria-current={day === period.today ? 'date' : undefined}
    >
      {number}
    </a>
  )
}

function isEnd(day: string, { from, to }: { from: string; to: string }): boolean {
  return day === from || day === addDays(to, -1)
}
