// A report of a site: totals of a range, of the range before it, both over time, and values of dimensions. Two
// statements, three by the hour. Called by the dashboard's pages and the Stats API.
import type { Counts } from '../../collector/clickhouse.ts'
import type { Site } from '../../collector/sites.ts'
import type { Range } from '../period.ts'
import { answerable, type BreakdownQuestion, type Breakdowns, breakdownOf } from './breakdown.ts'
import { type CountReport, readCounts } from './count.ts'
import { readDays } from './day.ts'
import type { Filter } from './filter.ts'
import { readHours } from './hour.ts'
import { spanOf } from './span.ts'
import { intervalOf, type TotalsQuestion, type TotalsReport, totalsReport } from './totals.ts'

export interface ReportQuestion extends TotalsQuestion {
  /** Values of dimensions over the range; leave it out for none. */
  breakdown?: BreakdownQuestion
}

export interface Report {
  totals: TotalsReport
  /** Only of the dimensions that can be answered: under a filter, those paired with it. */
  breakdowns: Breakdowns
}

const NOTHING: CountReport = { byDimension: new Map(), keptByMonth: [] }
const NO_BREAKDOWN: BreakdownQuestion = { dimensions: [], limit: 0 }

export async function readReport(counts: Pick<Counts, 'query'>, site: Site, question: ReportQuestion): Promise<Report> {
  const { range, filter, engagedTime = true, breakdown = NO_BREAKDOWN } = question
  const span = spanOf(question)
  const granularity = filter && question.granularity === 'hour' ? 'day' : question.granularity
  const interval = engagedTime ? intervalOf(site, filter) : undefined
  const asked = answerable(site, breakdown.dimensions, filter)
  const reads = filter !== undefined || interval !== undefined || breakdown.dimensions.length > 0
  const [days, hours, counted] = await Promise.all([
    readDays(counts, site, span, granularity),
    granularity === 'hour' ? readHours(counts, site, span) : [],
    reads
      ? readCounts(counts, site, {
          ...{ range, span, granularity, filter, ...breakdown, offset: breakdown.offset ?? 0 },
          ranked: [...asked.keys()],
          timed: interval ? [interval] : [],
        })
      : NOTHING,
  ])
  return {
    totals: totalsReport(site, { ...question, granularity }, { days, hours, counted, interval }),
    breakdowns: breakdownsOf(site, asked, counted, { range, filter, question: breakdown }),
  }
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
