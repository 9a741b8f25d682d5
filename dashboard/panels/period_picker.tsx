// Chooses the period and what it is compared with: a menu of links, a calendar and two days, arrows to the one before and
// after. All of it links and forms. Used by every page of a site's numbers.
import type { Child, FC } from 'hono/jsx'
import { addDays, daysBetween } from '../../collector/calendar.ts'
import { useWords } from '../languages/use_words.ts'
import { type Comparing, earlierOf, type Period, type PeriodName, type PeriodQuery } from '../period.ts'
import { type LinkChanges, toPeriod, type View } from '../view.ts'
import type { Words } from '../words.ts'
import { MonthCalendar } from './month_calendar.tsx'

interface PickerProps {
  view: View
  /** The first day that is kept, where that is known. */
  firstDay?: string | undefined
}

/** As the menu offers them, with the key that chooses each. */
const OFFERED: readonly { name: PeriodName; key: string }[] = [
  { name: 'today', key: 'd' },
  { name: 'yesterday', key: 'e' },
  { name: '7d', key: 'w' },
  { name: '28d', key: 'f' },
  { name: '30d', key: 't' },
  { name: '91d', key: 'n' },
  { name: 'month', key: 'm' },
  { name: 'year', key: 'y' },
  { name: '12mo', key: 'l' },
  { name: 'all', key: 'a' },
]

export const PeriodPicker: FC<PickerProps> = ({ view, firstDay }) => {
  const { picker } = useWords()
  return (
    <div class="period">
      <nav aria-label={picker.period} class="when">
        <Step view={view} to={view.period.earlier} rel="prev" firstDay={firstDay} />
        <PeriodMenu view={view} firstDay={firstDay} />
        <Step view={view} to={view.period.later} rel="next" firstDay={firstDay} />
      </nav>
      <ComparisonMenu view={view} />
    </div>
  )
}

interface StepProps extends PickerProps {
  to: PeriodQuery | undefined
  rel: 'prev' | 'next'
}

const Step: FC<StepProps> = ({ view, to, rel, firstDay }) => {
  const { picker } = useWords()
  const { name, sign, key } = STEPS[rel]
  const nothingBefore = rel === 'prev' && firstDay !== undefined && view.period.range.from <= firstDay
  if (!to || nothingBefore) {
    return (
      <span class="step off" aria-hidden="true">
        {sign}
      </span>
    )
  }
  const word = picker[name]
  return (
    <a class="step" href={view.link(toPeriod(to))} rel={rel} aria-label={word} title={word} aria-keyshortcuts={key}>
      {sign}
    </a>
  )
}

const STEPS = {
  prev: { name: 'earlier', sign: '‹', key: 'ArrowLeft' },
  next: { name: 'later', sign: '›', key: 'ArrowRight' },
} as const

const PeriodMenu: FC<PickerProps> = ({ view, firstDay }) => {
  const words = useWords()
  const { period, picking, link } = view
  const chosen = chosenOf(view)
  return (
    <details class="menu" name="menu" open={picking.month !== undefined || picking.start !== undefined}>
      <summary aria-keyshortcuts="c">
        {SPEAKS_FOR_ITSELF.has(chosen) ? null : <b>{sayPeriod(view, chosen, words)} </b>}
        <span>{words.sayRange(period.range)}</span>
      </summary>
      <div class="pop picker">
        <ul class="presets">
          {OFFERED.map(({ name, key }) => (
            <li>
              <a
                href={link(toPeriod({ period: name }))}
                aria-current={name === chosen ? 'true' : undefined}
                aria-keyshortcuts={key}
              >
                {words.numbers.periods[name]} <Key>{key.toUpperCase()}</Key>
              </a>
            </li>
          ))}
        </ul>
        <div class="chosen">
          <MonthCalendar view={view} firstDay={firstDay} />
          <CustomPeriod view={view} firstDay={firstDay} />
        </div>
      </div>
    </details>
  )
}

/** For the eye: aria-keyshortcuts says it too. */
const Key: FC<{ children: Child }> = ({ children }) => (
  <span class="key" aria-hidden="true">
    {children}
  </span>
)

/** Their days say all there is to say. */
const SPEAKS_FOR_ITSELF: ReadonlySet<PeriodName> = new Set(['day', 'custom'])

function chosenOf({ period: { name, running, range, today } }: View): PeriodName {
  if (name !== 'day') return name
  if (running) return 'today'
  return range.to === today ? 'yesterday' : name
}

function sayPeriod({ period: { range, running } }: View, name: PeriodName, { numbers, sayMonth }: Words): string {
  if (running || (name !== 'month' && name !== 'year')) return numbers.periods[name]
  return name === 'month' ? sayMonth(range.from) : range.from.slice(0, 4)
}

const CustomPeriod: FC<PickerProps> = ({ view, firstDay }) => {
  const { picker } = useWords()
  const { period } = view
  return (
    <Form view={view} without={{ period: undefined, date: undefined, from: undefined, to: undefined }}>
      <input type="hidden" name="period" value="custom" />
      <label>
        {picker.from}
        <input type="date" name="from" required min={firstDay} max={period.today} value={period.range.from} />
      </label>
      <label>
        {picker.to}
        <input type="date" name="to" required min={firstDay} max={period.today} value={addDays(period.range.to, -1)} />
      </label>
      <button type="submit">{picker.show}</button>
    </Form>
  )
}

/** A form's address loses its query: what stands there goes along in hidden fields. */
const Form: FC<{ view: View; without: LinkChanges; children: Child }> = ({ view, without, children }) => {
  const [path, query] = view.link(without).split('?')
  return (
    <form method="get" action={path}>
      {[...new URLSearchParams(query)].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}

const ComparisonMenu: FC<{ view: View }> = ({ view }) => {
  const words = useWords()
  const { picker } = words
  const { period, link } = view
  const { comparing, range, before, name, today } = period
  if (name === 'all') return null
  const days = daysBetween(range.from, range.to)
  const latest = addDays(range.from, -days)
  const isSameWeekdays = name !== '12mo' && days <= 364
  const entry = (choice: Comparing, compare: string | undefined, said: string) => (
    <li>
      <a
        href={link({ compare })}
        aria-current={choice === comparing ? 'true' : undefined}
        aria-keyshortcuts={choice === (comparing === 'none' ? 'previous' : 'none') ? 'x' : undefined}
      >
        {said}
      </a>
    </li>
  )
  return (
    <details class="menu against" name="menu">
      <summary>{sayAgainst(period, words)}</summary>
      <div class="pop">
        <ul class="presets">
          {entry('previous', undefined, picker.daysBefore)}
          {entry('year', 'year', isSameWeekdays ? picker.sameWeekdays : picker.yearBefore)}
          {entry('none', 'none', picker.nothing)}
        </ul>
        <Form view={view} without={{ compare: undefined }}>
          <label>
            {days === 1 ? picker.anotherDay : picker.otherDays(days)}
            <input
              type="date"
              name="compare"
              required
              max={earlierOf(latest, today)}
              value={before ? before.from : latest}
            />
          </label>
          <button type="submit">{picker.compare}</button>
        </Form>
      </div>
    </details>
  )
}

function sayAgainst({ comparing, before }: Period, { picker: { against }, sayRange }: Words): string {
  if (comparing !== 'custom') return against[comparing]
  return before ? against.days(sayRange(before)) : against.none
}
