// The chart over time: one SVG that stretches with the page, columns that say and open what stands in them without a
// script, and the same numbers as a table. client/chart.ts reads it by pointer, touch and keyboard. Used by the site page.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import type { Granularity, Range } from '../period.ts'
import type { Words } from '../words.ts'
import type { Series } from './drawn.ts'

export interface Point {
  start: string
  /** Missing for what is still to come, and where nothing is kept. */
  n: number | undefined
  before: number | undefined
  /** The address of this bucket alone. */
  href: string | undefined
  /** What was noted of its days. */
  notes: readonly string[]
}

interface ChartProps {
  series: Series
  points: readonly Point[]
  range: Range
  granularity: Granularity
  /** The last point that is there is not over yet. */
  running: boolean
  beforeTitle: string | undefined
}

const HEIGHT = 200
const TOP = 14
const WIDTH = 1000
/** With more of them the words under the first would reach over the edge of a telephone. */
const POINTS_BEFORE_EDGE = 14

export const Chart: FC<ChartProps> = (props) => {
  const { series, points, granularity, beforeTitle, running } = props
  const words = useWords()
  const { chart } = words
  const steps = scale(Math.max(...points.map(({ n, before }) => Math.max(n ?? 0, before ?? 0)), 0), series.step)
  const highest = steps.at(-1) ?? 1
  return (
    <figure class="chart">
      <div class="plot" data-reading={chart.reading}>
        <svg role="img" aria-label={summary(props, words)} width="100%" height={TOP + HEIGHT + 26}>
          {steps.map((step) => (
            <line class="grid" x1="0" x2="100%" y1={y(step, highest)} y2={y(step, highest)} />
          ))}
          <Lines {...props} highest={highest} />
          <Marks points={points} />
          {steps.slice(1).map((step) => (
            <text class="scale" x="0" y={y(step, highest) - 5}>
              {series.sayStep(step)}
            </text>
          ))}
          {ticks(points).map(({ index, looks }) => (
            <text class={looks} x={`${center(index, points.length)}%`} y={TOP + HEIGHT + 20} text-anchor="middle">
              {words.sayTick(points[index]?.start ?? '', granularity, points.length)}
            </text>
          ))}
        </svg>
        <Tips {...props} />
        <p class="unseen" aria-live="polite" />
      </div>
      <figcaption>
        {beforeTitle && (
          <span class="legend">
            <i class="solid" /> {chart.thisPeriod}
          </span>
        )}
        {beforeTitle && (
          <span class="legend">
            <i class="dashed" /> {beforeTitle}
          </span>
        )}
        {running && (
          <span class="legend">
            <i class="dotted" /> {chart.notOver}
          </span>
        )}
        <Numbers {...props} />
      </figcaption>
    </figure>
  )
}

const Numbers: FC<ChartProps> = ({ series, points, range, granularity, beforeTitle, running }) => {
  const { sayCount, sayBucket, chart } = useWords()
  const say = (n: number | undefined) => (n === undefined ? '' : series.isRate ? series.sayStep(n) : sayCount(n))
  const sayStart = (start: string, index: number) => {
    const bucket = sayBucket(start, granularity, range)
    return isUnfinished(points, index, running) ? chart.soFar(bucket) : bucket
  }
  return (
    <details class="numbers">
      <summary>{chart.table}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{chart.columns[granularity]}</th>
            <th scope="col">{series.title}</th>
            {beforeTitle && <th scope="col">{chart.beforeColumn}</th>}
          </tr>
        </thead>
        <tbody>
          {points.map(({ start, n, before, notes }, index) => (
            <tr>
              <th scope="row">
                {sayStart(start, index)}
                {notes.map((note) => (
                  <small>{note}</small>
                ))}
              </th>
              <td>{say(n)}</td>
              {beforeTitle && <td>{say(before)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function isUnfinished(points: readonly Point[], index: number, running: boolean): boolean {
  return running && points[index]?.n !== undefined && points[index + 1]?.n === undefined
}

/** Paths live in a stretched inner picture, so that words around them keep their shape. Strokes do not stretch. */
const Lines: FC<ChartProps & { highest: number }> = ({ points, running, highest }) => {
  const place = (n: number, index: number) =>
    `${((center(index, points.length) / 100) * WIDTH).toFixed(1)} ${y(n, highest).toFixed(1)}`
  const now = runs(points.map(({ n }, index) => (n === undefined ? undefined : place(n, index))))
  const before = runs(points.map(({ before }, index) => (before === undefined ? undefined : place(before, index))))
  const last = now.at(-1) ?? []
  const over = running ? [...now.slice(0, -1), last.slice(0, -1)] : now
  const foot = TOP + HEIGHT
  return (
    <svg
      aria-hidden="true"
      x="0"
      y="0"
      width="100%"
      height={foot}
      viewBox={`0 0 ${WIDTH} ${foot}`}
      preserveAspectRatio="none"
      overflow="visible"
    >
      {now.map((run) => (
        <path
          class="area"
          d={`M${run[0]?.split(' ')[0]} ${foot}L${run.join('L')}L${run.at(-1)?.split(' ')[0]} ${foot}Z`}
        />
      ))}
      {before.map((run) => (
        <path class="before" d={line(run)} />
      ))}
      {over.map((run) => (
        <path class="line" d={line(run)} />
      ))}
      {running && last.length > 1 && <path class="line running" d={line(last.slice(-2))} />}
      {last.length > 0 && <path class="dot" d={`M${last.at(-1)}h0`} />}
      {running && last.length > 0 && <path class="dot open" d={`M${last.at(-1)}h0`} />}
    </svg>
  )
}

/** A flag at each bucket of which something was noted; the words stand in its column, in the table and below. */
const Marks: FC<{ points: readonly Point[] }> = ({ points }) => (
  <>
    {points.map(({ notes }, index) => {
      if (notes.length === 0) return null
      const x = `${center(index, points.length)}%`
      return (
        <>
          <line class="mark" x1={x} x2={x} y1={TOP} y2={TOP + HEIGHT} />
          <circle class="flag" cx={x} cy={TOP} r="4" />
        </>
      )
    })}
  </>
)

/** Neighbouring points: a gap is drawn as a gap, not as a line across it. */
function runs(places: readonly (string | undefined)[]): string[][] {
  const found: string[][] = [[]]
  for (const place of places) {
    if (place === undefined) found.push([])
    else found.at(-1)?.push(place)
  }
  return found.filter((run) => run.length > 0)
}

function line(run: readonly string[]): string {
  if (run.length === 0) return ''
  return run.length === 1 ? `M${run[0]}h0` : `M${run.join('L')}`
}

/** One column per bucket; the one under the pointer shows its words. A table says the same to everyone else. */
const Tips: FC<ChartProps> = ({ series, points, range, granularity, running }) => {
  const { sayCount, sayBucket, chart } = useWords()
  const sayBefore = (n: number) => chart.was(series.isRate ? series.sayStep(n) : sayCount(n))
  return (
    <div class="tips" aria-hidden="true">
      {points.map(({ start, n, before, href, notes }, index) => {
        const side = index < points.length / 3 ? 'left' : index >= (points.length * 2) / 3 ? 'right' : 'middle'
        const bucket = sayBucket(start, granularity, range)
        const said = (
          <span>
            <em>{isUnfinished(points, index, running) ? chart.soFar(bucket) : bucket}</em>
            {n !== undefined && <b>{series.say(n)}</b>}
            {before !== undefined && <em>{sayBefore(before)}</em>}
            {notes.map((note) => (
              <em class="said">{note}</em>
            ))}
          </span>
        )
        const looks = notes.length > 0 ? `${side} noted` : side
        return href === undefined ? (
          <div class={looks}>{said}</div>
        ) : (
          <a class={looks} href={href} tabindex={-1}>
            {said}
          </a>
        )
      })}
    </div>
  )
}

function y(n: number, highest: number): number {
  return TOP + HEIGHT * (1 - n / highest)
}

/** Percent of the width at which a bucket has its middle. */
function center(index: number, of: number): number {
  return Math.round(((index + 0.5) / of) * 100_000) / 1000
}

/** Round steps from nothing to just above the highest: 1, 2 or 5 times a power of ten, none smaller than `least`. */
export function scale(highest: number, least = 1): number[] {
  const rough = Math.max(highest, least) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(least, power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10))
  const count = Math.max(1, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** About eight words fit under the chart, four of them on a telephone. Of hours of several days the days are said. */
function ticks(points: readonly Point[]): { index: number; looks: string | undefined }[] {
  const days = (points[0]?.start.length ?? 0) > 10
  const every = days ? 24 * Math.ceil(points.length / 24 / 8) : Math.ceil(points.length / 8)
  return Array.from({ length: Math.ceil(points.length / every) }, (_, n) => ({
    index: n * every,
    looks: n % 2 === 1 ? 'minor' : n === 0 && points.length > POINTS_BEFORE_EDGE ? 'edge' : undefined,
  }))
}

/** Without a sum: by the hour, and under a filter, it would be another number than the total beside it. */
function summary({ series, points, range, granularity }: ChartProps, { chart, sayCount, sayBucket }: Words): string {
  const most = Math.max(...points.map(({ n }) => n ?? 0))
  const when = points.find(({ n }) => n === most)
  if (!when || most === 0) return chart.none(series.title, granularity)
  const said = series.isRate ? series.sayStep(most) : sayCount(most)
  return chart.most(series.title, granularity, sayBucket(when.start, granularity, range), said)
}
