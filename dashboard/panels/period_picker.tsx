// Chooses the period: fixed ones as links, a pair of days as a form, and arrows to the one before and after.
import type { FC } from 'hono/jsx'
import { addDays } from '../../collector/calendar.ts'
import type { PeriodName } from '../period.ts'
import { toPeriod, type View } from '../view.ts'
import { sayRange } from '../words.ts'

const OFFERED: readonly { name: PeriodName; title: string; short: string }[] = [
  { name: 'today', title: 'Today', short: 'Today' },
  { name: '7d', title: '7 days', short: '7 d' },
  { name: '30d', title: '30 days', short: '30 d' },
  { name: 'month', title: 'Month', short: 'Month' },
  { name: '12mo', title: '12 months', short: '12 mo' },
]

export const PeriodPicker: FC<{ view: View }> = ({ view }) => {
  const { period, link } = view
  const chosen = period.name === 'day' && period.running ? 'today' : period.name
  return (
    <div class="period">
      <nav aria-label="Period" class="choices">
        {OFFERED.map(({ name, title, short }) => (
          <a href={link(toPeriod({ period: name }))} aria-current={name === chosen ? 'true' : undefined} title={title}>
            <span class="wide">{title}</span>
            <span class="narrow">{short}</span>
          </a>
        ))}
        <CustomPeriod view={view} />
      </nav>
      <p class="range">
        <a href={link(toPeriod(period.earlier))} rel="prev" aria-label="Earlier" title="Earlier">
          ‹
        </a>
        <span>{sayRange(period.range)}</span>
        {period.later ? (
          <a href={link(toPeriod(period.later))} rel="next" aria-label="Later" title="Later">
            ›
          </a>
        ) : (
          <span class="off" aria-hidden="true">
            ›
          </span>
        )}
      </p>
    </div>
  )
}

const CustomPeriod: FC<{ view: View }> = ({ view }) => {
  const { period, link } = view
  // A form's address loses its query: what stands there goes along in hidden fields.
  const [path, query] = link({ period: undefined, date: undefined, from: undefined, to: undefined }).split('?')
  const kept = [...new URLSearchParams(query)]
  return (
    <details class="menu">
      <summary aria-current={period.name === 'custom' ? 'true' : undefined}>Custom</summary>
      <form method="get" action={path}>
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="period" value="custom" />
        <label>
          From
          <input type="date" name="from" required max={period.today} value={period.range.from} />
        </label>
        <label>
          To
          <input type="date" name="to" required max={period.today} value={addDays(period.range.to, -1)} />
        </label>
        <button type="submit">Show</button>
      </form>
    </details>
  )
}
