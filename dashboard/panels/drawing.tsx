// What stands under the totals: the chart of one of them with the choice of how finely it is drawn, or why there is none.
// Used by the site page.
import type { FC } from 'hono/jsx'
import { addDays } from '../../collector/calendar.ts'
import { useWords } from '../languages/use_words.ts'
import type { Note } from '../people/notes.ts'
import {
  bucketOf,
  buckets,
  GRANULARITIES,
  type Granularity,
  hourOf,
  nextBucket,
  type PeriodQuery,
  within,
} from '../period.ts'
import { isEmpty } from '../reports/span.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { type Drawn, toPeriod, type View } from '../view.ts'
import type { Words } from '../words.ts'
import { Chart } from './chart.tsx'
import { drawnOf, seriesOf } from './drawn.ts'

interface DrawingProps {
  view: View
  totals: TotalsReport
}

export const Drawing: FC<DrawingProps & { notes: readonly Note[] }> = ({ view, totals, notes }) => {
  const drawn = drawnOf(view, totals)
  if (!drawn) return null
  if (!totals.series.some(({ totals }) => totals) && totals.soFar === undefined) {
    return <Unknown view={view} totals={totals} />
  }
  const starts = buckets(view.period.range, totals.granularity)
  return (
    <>
      <Granularities view={view} totals={totals} />
      {starts.length === 1 ? (
        <OneBucket view={view} totals={totals} />
      ) : (
        <DrawnSeries {...{ view, totals, starts, drawn, notes }} />
      )}
    </>
  )
}

interface DrawnProps extends DrawingProps {
  starts: readonly string[]
  drawn: Drawn
  notes: readonly Note[]
}

const DrawnSeries: FC<DrawnProps> = ({ view, totals, starts, drawn, notes }) => {
  const words = useWords()
  const { period, site } = view
  const { granularity } = totals
  const series = seriesOf(drawn, words)
  const basis = { k: site.k, exact: totals.exact, engages: totals.engages }
  // What is to come of today, or is not kept, is not zero.
  const soFar = granularity === 'day' && drawn === 'visits' ? totals.soFar : undefined
  const noted = notesByBucket(notes, granularity, words)
  const points = starts.map((start, index) => {
    const now = totals.series[index]?.totals
    const before = totals.beforeSeries[index]?.totals
    return {
      start,
      n: start === view.horizon?.day && soFar !== undefined ? soFar : now && series.of(now, basis),
      before: before && series.of(before, basis),
      href: hrefOf(view, start, granularity),
      notes: noted.get(start) ?? [],
    }
  })
  return (
    <>
      <Chart
        series={series}
        points={points}
        range={period.range}
        granularity={granularity}
        running={isRunning(view, totals, soFar)}
        beforeTitle={
          totals.comparison && period.before && totals.beforeSeries.length > 0
            ? words.sayRange(period.before)
            : undefined
        }
      />
      {granularity === 'hour' && drawn !== 'visits' && <p class="hint">{words.chart.byHour(drawn, site.k)}</p>}
    </>
  )
}

/** Hours carry no attribute, so a filter has none. */
const Granularities: FC<DrawingProps> = ({ view, totals }) => {
  const { chart } = useWords()
  const { granularities } = view.period
  const offered = GRANULARITIES.filter((name) => granularities.includes(name) && !(view.filter && name === 'hour'))
  if (offered.length < 2) return null
  return (
    <nav class="granularities" aria-label={chart.drawnBy}>
      {offered.map((name) => (
        <a href={view.link({ by: name })} aria-current={name === totals.granularity ? 'true' : undefined}>
          {chart.granularities[name]}
        </a>
      ))}
    </nav>
  )
}

/** Of hours, a day's notes stand at its first; those of a single day stand under the chart alone. */
function notesByBucket(notes: readonly Note[], granularity: Granularity, { sayNote }: Words): Map<string, string[]> {
  const starts = notes.map((note) => ({
    start: granularity === 'hour' ? hourOf(note.day, 0) : bucketOf(note.day, granularity),
    words: sayNote(note),
  }))
  return new Map(
    [...Map.groupBy(starts, ({ start }) => start)].map(([start, of]) => [start, of.map(({ words }) => words)]),
  )
}

/** A bucket leads to itself as a period, an hour of several days to its day. */
function hrefOf({ period, link }: View, start: string, granularity: Granularity): string | undefined {
  if (granularity === 'hour') {
    const day = start.slice(0, 10)
    return day.length < 10 ? undefined : link({ ...toPeriod({ period: 'day', date: day }), by: undefined })
  }
  const end = nextBucket(bucketOf(start, granularity), granularity)
  const { from, to } = within({ from: start, to: end }, period.range)
  const queries: Record<Exclude<Granularity, 'hour'>, PeriodQuery> = {
    day: { period: 'day', date: start },
    week: { period: 'custom', from, to: addDays(to, -1) },
    month: { period: 'month', date: addDays(to, -1) },
  }
  return link({ ...toPeriod(queries[granularity]), by: undefined })
}

/** Whether the last point is not over. An outsider sees hours that are over only, and of the running day its visits. */
function isRunning(
  { period, horizon }: View,
  { series, granularity }: TotalsReport,
  soFar: number | undefined,
): boolean {
  if (!period.running) return false
  if (horizon && (granularity === 'hour' || granularity === 'day')) return soFar !== undefined
  return series.at(-1)?.totals !== undefined
}

const Unknown: FC<DrawingProps> = ({ view, totals }) => {
  const { chart, panels, sayKeptByMonth } = useWords()
  return (
    <p class="none">
      {totals.leftOut.length > 0
        ? sayKeptByMonth(totals.leftOut)
        : view.horizon && isEmpty(totals.range)
          ? chart.nothingShows
          : panels.nothing.kept}
    </p>
  )
}

const OneBucket: FC<DrawingProps> = ({ view, totals }) => {
  const { chart } = useWords()
  return (
    <p class="none">
      {view.filter ? chart.noHours : totals.granularity === 'month' ? chart.oneMonth : chart.hoursGone}
    </p>
  )
}
