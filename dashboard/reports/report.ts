// A report of a site: totals of a range, of the range before it, both over time, and values of dimensions. Two
// statements, three by the hour. Called by the dashboard's pages and the Stats API.
import type { Counts } from '../../collector/clickhouse.ts'
import { TOTALS } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import { answerable, type BreakdownQuestion, type Breakdowns, breakdownOf } from './breakdown.ts'
import { type CountReport, readCounts } from './count.ts'
import { readDays } from './day.ts'
import type { Filter } from './filter.ts'
import { type Horizon, namedBefore } from './horizon.ts'
import { readHours } from './hour.ts'
import { cutAt, isEmpty, spanOf } from './span.ts'
import { type Found, intervalOf, type TotalsQuestion, type TotalsReport, totalsReport } from './totals.ts'

export interface ReportQuestion extends TotalsQuestion {
  /** Values of dimensions over the range; leave it out for none. */
  breakdown?: BreakdownQuestion
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
}

const NOTHING: CountReport = { byDimension: new Map(), keptByMonth: [] }
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
  const reads = filter !== undefined || interval !== undefined || breakdown.dimensions.length > 0
  const [days, hours, counted] = await Promise.all([
    reading,
    granularity === 'hour' ? readHours(counts, site, spanOf(question), seen) : [],
    reads && !isEmpty(named.range)
      ? readCounts(counts, site, {
          ...{ range: named.range, span: spanOf(named), granularity, filter, ...breakdown },
          offset: breakdown.offset ?? 0,
          ranked: [...metrics.keys()],
          timed: interval ? [interval] : [],
        })
      : NOTHING,
  ])
  const found = { days, hours, counted, interval }
  const isCut = named !== question
  const base = totalsReport(site, named, found, { until: isCut ? named.range.to : undefined })
  return {
    totals: isCut && horizon && !filter ? totalsUpTo(horizon, site, question, found) : base,
    base,
    breakdowns: breakdownsOf(site, metrics, counted, { range: named.range, filter, question: breakdown }),
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
  context: { range: Range; filter: Filter | undefined; question: BreakdownQuestion },
): Breakdowns {
  return new Map(
    [...asked].map(([dimension, metric]) => [
      dimension,
      breakdownOf(dimension, metric, byDimension.get(dimension), { site, ...context }),
    ]),
  )
}
