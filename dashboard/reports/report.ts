// A report of a site: totals of a range, of the range before it, both over time, values of dimensions, goals, and its
// week. Two statements, three by the hour or with the week. Called by the dashboard's pages and the Stats API.
import type { LocalHour } from '../../collector/calendar.ts'
import type { Counts } from '../../collector/clickhouse.ts'
import { TOTALS } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import { answerable, type BreakdownQuestion, type Breakdowns, breakdownOf, isRated } from './breakdown.ts'
import { type CountReport, readCounts } from './count.ts'
import { readDays } from './day.ts'
import type { Filter } from './filter.ts'
import { answerableGoals, type Goal, type GoalReport, goalsOf } from './goal.ts'
import { type Horizon, namedBefore } from './horizon.ts'
import { readHours } from './hour.ts'
import { leftOut } from './month.ts'
import { cutAt, isEmpty, type Ranges, spanOf } from './span.ts'
import { type Found, intervalOf, type TotalsQuestion, type TotalsReport, totalsReport } from './totals.ts'
import { readWeek, type WeekReport, weekReport, weekRows } from './week.ts'

export interface ReportQuestion extends TotalsQuestion {
  /** Values of dimensions over the range; leave it out for none. */
  breakdown?: BreakdownQuestion | undefined
  /** Asks for the site's goals as well. */
  goals?: boolean
  /** Asks for the average week, and says what hour it is; up to a horizon that decides. Not under a filter. */
  weekUntil?: LocalHour | undefined
}

export interface Report {
  totals: TotalsReport
  /**
   * The totals of the days that the breakdowns and engaged time take in, for an outsider fewer than those of `totals`: what
   * their shares are of, and what they are withheld from.
   */
  base: TotalsReport
  /** Only of the dimensions that can be answered: under a filter, those paired with it. */
  breakdowns: Breakdowns
  goals: GoalReport | undefined
  week: WeekReport | undefined
}

const NOTHING: CountReport = { goals: [], byDimension: new Map(), keptByMonth: [] }
const NO_BREAKDOWN: BreakdownQuestion = { dimensions: [], limit: 0 }

/** For an outsider the days are read first: they say how far what has a name may be read. */
export async function readReport(counts: Pick<Counts, 'query'>, site: Site, asked: ReportQuestion): Promise<Report> {
  const { filter, horizon, engagedTime = true, breakdown = NO_BREAKDOWN } = asked
  const granularity = filter && asked.granularity === 'hour' ? 'day' : asked.granularity
  const question = { ...asked, granularity }
  const interval = engagedTime ? intervalOf(site, filter) : undefined
  const metrics = answerable(site, breakdown.dimensions, filter)
  const reading = readDays(counts, site, spanOf(question), { granularity: horizon ? 'day' : granularity, horizon })
  const seen = horizon && { horizon, namedBefore: namedBefore((await reading).rows, horizon, site.k) }
  const named = seen ? cutAt(question, seen.namedBefore) : question
  const goals = asked.goals ? answerableGoals(site, filter) : []
  const reads = filter !== undefined || interval !== undefined || breakdown.dimensions.length > 0 || goals.length > 0
  const week = asked.weekUntil && !filter ? { range: asked.range, until: horizon ?? asked.weekUntil } : undefined
  const [days, hours, counted, rowsOfWeek] = await Promise.all([
    reading,
    granularity === 'hour' ? readHours(counts, site, spanOf(question), seen) : [],
    reads && !isEmpty(named.range)
      ? readCounts(counts, site, {
          ...{
            range: named.range,
            span: spanOf(named),
            compared: comparedIn(named),
            granularity,
            filter,
            ...breakdown,
          },
          offset: breakdown.offset ?? 0,
          ranked: [...new Set([...metrics.keys(), ...(filter ? goals.map(({ dimension }) => dimension) : [])])],
          timed: interval ? [interval] : [],
          rated: [...metrics].flatMap(([dimension, metric]) => (isRated(metric, dimension) ? [dimension] : [])),
          goals,
        })
      : NOTHING,
    week && granularity !== 'hour' ? readWeek(counts, site, week) : [],
  ])
  const found = { days, hours, counted, interval }
  const isCut = named !== question
  const base = totalsReport(site, named, found, { until: isCut ? named.range.to : undefined })
  const compared = wholeIn(base, counted)
  return {
    totals: isCut && horizon && !filter ? totalsUpTo(horizon, site, question, found) : base,
    base,
    breakdowns: breakdownsOf(site, metrics, counted, { range: named.range, filter, compared, question: breakdown }),
    goals: asked.goals ? goalReport(goals, counted, { site, compared }) : undefined,
    week: week && weekReport(granularity === 'hour' ? weekRows(hours, week) : rowsOfWeek, days, week),
  }
}

function comparedIn({ range, before, compared }: Ranges) {
  return compared ?? (before && { range, before })
}

/** Values are compared where nothing of either range is kept by month only. */
function wholeIn({ comparison }: TotalsReport, { keptByMonth }: CountReport) {
  if (!comparison) return undefined
  const { range, before } = comparison.days
  return leftOut(range, keptByMonth).length === 0 && leftOut(before, keptByMonth).length === 0
    ? comparison.days
    : undefined
}

function goalReport(
  goals: readonly Goal[],
  counted: CountReport,
  { site, compared }: { site: Site; compared: object | undefined },
): GoalReport {
  const answered = new Set(goals.map(({ text }) => text))
  return {
    goals: goals.map((goal, index) => {
      const { n, now, before } = counted.goals[index] ?? { n: 0, now: 0, before: 0 }
      return { goal, n, compared: compared && { now, before } }
    }),
    unanswered: goalsOf(site).filter(({ text }) => !answered.has(text)),
  }
}

/**
 * Totals carry no name and reach further than what has one: up to the last whole day, in all metrics but engaged time. Of
 * the day that runs only the visits are known by the hour; alone it is a report of them, among others they stand apart.
 */
function totalsUpTo(horizon: Horizon, site: Site, question: TotalsQuestion, found: Found): TotalsReport {
  const { from, to } = question.range
  const { day, hour } = horizon
  if (from === day && hour > 0) {
    const running = { ...question, upToHour: hour - 1 }
    return totalsReport(site, running, found, { known: ['visits'], knownByHour: ['visits'] })
  }
  const whole = cutAt(question, day)
  const visits = found.days.rows.find(({ on }) => on === day)?.visits ?? 0
  return totalsReport(
    site,
    whole,
    { ...found, interval: undefined },
    {
      until: whole === question ? undefined : whole.range.to,
      soFar: from < day && to > day && hour > 0 ? visits : undefined,
      known: TOTALS.days,
      knownByHour: TOTALS.hours,
    },
  )
}

/** Totals alone. */
export async function readTotals(
  counts: Pick<Counts, 'query'>,
  site: Site,
  question: TotalsQuestion,
): Promise<TotalsReport> {
  return (await readReport(counts, site, question)).totals
}

function breakdownsOf(
  site: Site,
  asked: ReturnType<typeof answerable>,
  { byDimension }: CountReport,
  context: {
    range: Range
    filter: Filter | undefined
    compared: { range: Range; before: Range } | undefined
    question: BreakdownQuestion
  },
): Breakdowns {
  return new Map(
    [...asked].map(([dimension, metric]) => [
      dimension,
      breakdownOf(dimension, metric, byDimension.get(dimension), { site, ...context }),
    ]),
  )
}
