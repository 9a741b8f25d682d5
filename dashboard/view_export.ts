// All that the page of a site says of its view, as one JSON text or as the files of a zip: totals, series, every value, the
// week, goals, and what is withheld or left out. In English, whatever the page speaks. Called by the app with the report it
// asked for.
import { addDays } from '../collector/calendar.ts'
import { type Dimension, PANEL_NAMES } from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import { type Cell, writeCsv } from './csv.ts'
import { hour } from './languages/format.ts'
import { csvOfGoals, csvOfIntervals, csvOfValues, csvOfWeek, round } from './panel_csv.ts'
import { MEASURES } from './panels/drawn.ts'
import { footnote, nothingNamed } from './panels/footnote.ts'
import { sayHorizon } from './panels/horizon_note.tsx'
import { rateBase } from './panels/share.ts'
import { hourOf, type Range } from './period.ts'
import type { Breakdown, BreakdownRow } from './reports/breakdown.ts'
import { median, medianFrom } from './reports/interval.ts'
import { conversionRate } from './reports/metric.ts'
import type { Report } from './reports/report.ts'
import { isEmpty } from './reports/span.ts'
import type { Bucket, Totals, TotalsReport } from './reports/totals.ts'
import { DRAWN, type Drawn, dimensionsOf, type View } from './view.ts'
import { ENGLISH } from './words.ts'

const { sayCount, sayK, sayKeptByMonth, sayList, sayValue, chart, general } = ENGLISH

/** Rows of a dimension; who needs more of one takes its own CSV. */
export const ROWS_EXPORTED = 10_000

/** Of all panels, also those that stand behind another tab. */
export function dimensionsExported(site: Site): Dimension[] {
  return PANEL_NAMES.flatMap((name) => dimensionsOf(site, name))
}

export function viewAsJson(view: View, report: Report): string {
  const { site, period, filter } = view
  const { totals, breakdowns } = report
  const told = {
    site: site.domain,
    timezone: site.timezone,
    counted_in: site.k,
    period: daysOf(period.range),
    compared_with: period.before && daysOf(period.before),
    filter,
    totals: totalsOf(view, report),
    drawn_by: totals.granularity,
    series: totals.series.map((bucket) => pointOf(view, totals, period.range, bucket)),
    series_before: seriesBefore(view, totals),
    values: Object.fromEntries([...breakdowns].map(([name, breakdown]) => [name, valuesOf(view, report, breakdown)])),
    week: weekOf(report),
    goals: goalsOf(view, report),
    notes: notesOf(view, report),
  }
  return `${JSON.stringify(told, undefined, 2)}\n`
}

export function viewAsFiles(view: View, report: Report): { name: string; pieces: AsyncGenerator<string> }[] {
  const { site, period } = view
  const { totals, base, breakdowns, week, goals } = report
  const files = [
    { name: 'totals.csv', text: totalsCsv(view, report) },
    { name: 'series.csv', text: seriesCsv(view, totals, period.range, totals.series) },
    ...(period.before && totals.beforeSeries.length > 0
      ? [{ name: 'series_before.csv', text: seriesCsv(view, totals, period.before, totals.beforeSeries) }]
      : []),
    ...[...breakdowns.values()].filter(isNamed).map(({ dimension: name }) => ({
      name: `${name}.csv`,
      text: isInterval(name) ? csvOfIntervals(name, report) : csvOfValues(site, name, report),
    })),
    ...(week ? [{ name: 'week.csv', text: csvOfWeek(report) }] : []),
    ...(goals && goals.goals.length > 0 && !isEmpty(base.range)
      ? [{ name: 'goals.csv', text: csvOfGoals(site, report) }]
      : []),
  ]
  const readme = { name: 'README.txt', text: readmeOf(view, report) }
  return [readme, ...files].map(({ name, text }) => ({ name, pieces: whole(text) }))
}

/** What has no row yet gets no file, as it has no CSV on the page: its zeros could be taken for counts. */
function isNamed({ rows, other }: Breakdown): boolean {
  return rows.length > 0 || other > 0
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text
}

/** The last day is in it, as in the address of the page. */
function daysOf({ from, to }: Range): { from: string; to: string } | undefined {
  return isEmpty({ from, to }) ? undefined : { from, to: addDays(to, -1) }
}

function isInterval(dimension: Dimension): boolean {
  return dimension === 'session_interval' || dimension === 'page_interval'
}

function measuredOf({ measured }: TotalsReport): Drawn[] {
  return DRAWN.filter((name) => MEASURES[name].needs.every((metric) => measured.has(metric)))
}

function drawableOf({ drawable }: TotalsReport): Drawn[] {
  return DRAWN.filter((name) => MEASURES[name].needs.every((metric) => drawable.has(metric)))
}

function numberOf({ site }: View, { exact, engages }: TotalsReport, name: Drawn, totals: Totals | undefined) {
  return totals && round(MEASURES[name].of(totals, { k: site.k, exact, engages }))
}

/** Null where nothing is known, or too little to say. */
function numbersOf(view: View, report: TotalsReport, names: readonly Drawn[], totals: Totals | undefined) {
  return Object.fromEntries(names.map((name) => [name, numberOf(view, report, name, totals) ?? null]))
}

function totalsOf(view: View, { totals, base }: Report) {
  const { current, comparison, soFar, exact } = totals
  const names = measuredOf(totals)
  return {
    days: daysOf(totals.range),
    exact,
    ...numbersOf(view, totals, names, current),
    median_engaged_seconds: medianOf(view, base),
    visits_of_today_so_far: soFar,
    compared: comparison && {
      days: daysOf(comparison.days.range),
      days_before: daysOf(comparison.days.before),
      now: numbersOf(view, totals, names, comparison.now),
      before: numbersOf(view, totals, names, comparison.before),
    },
  }
}

/** No seconds are kept: the interval that holds it, of the days of which names show. */
function medianOf({ site }: View, { measured, range, current, exact }: TotalsReport) {
  if (!measured.has('reach') || isEmpty(range) || !current) return undefined
  const base = measured.has('visits') ? 'visits' : 'pageviews'
  return median(current.reach, current[base], medianFrom(site.k, !exact))
}

function pointOf(view: View, totals: TotalsReport, range: Range, bucket: Bucket) {
  return { begins: beginOf(bucket, totals, range), ...numbersOf(view, totals, drawableOf(totals), bucket.totals) }
}

/** An hour of a single day does not say its day. */
function beginOf({ start }: Bucket, { granularity }: TotalsReport, { from }: Range): string {
  return granularity === 'hour' && start.length < 3 ? hourOf(from, Number(start)) : start
}

function seriesBefore(view: View, totals: TotalsReport) {
  const { before } = view.period
  return before && totals.beforeSeries.map((bucket) => pointOf(view, totals, before, bucket))
}

function valuesOf(view: View, { base }: Report, breakdown: Breakdown) {
  const { dimension, metric, rows, other, values, compared } = breakdown
  return {
    counts: metric,
    compared: compared && { days: daysOf(compared.range), days_before: daysOf(compared.before) },
    rows: rows.map((row) => rowOf(view.site, dimension, row)),
    too_rare_to_be_named: other,
    left_out_beyond_bound: Math.max(0, values - rows.length),
    note: noteOf(view, base, breakdown),
  }
}

function rowOf({ k }: Site, dimension: Dimension, { value, n, engaged, of, compared }: BreakdownRow) {
  const name = sayValue(dimension, value)
  return {
    value,
    name: name === value ? undefined : name,
    n,
    engaged,
    rate: of === undefined ? undefined : (round(conversionRate(n, of, { k })) ?? null),
    ...compared,
  }
}

function noteOf(view: View, base: TotalsReport, breakdown: Breakdown): string {
  const say = breakdown.rows.length === 0 ? nothingNamed : footnote
  return say(view, base, breakdown, ENGLISH)
}

function weekOf({ week }: Report) {
  return (
    week && {
      days: daysOf(week.range),
      hours: week.hours.flatMap((hours, weekday) =>
        hours.flatMap((cell, at) => (cell ? [{ weekday: weekday + 1, hour: at, ...cell }] : [])),
      ),
    }
  )
}

function goalsOf({ site }: View, { goals, base }: Report) {
  if (!goals || isEmpty(base.range)) return undefined
  const { of } = rateBase(base)
  return goals.goals.map(({ goal, n, compared }) => ({
    goal: goal.text,
    n,
    rate: round(conversionRate(n, of, { k: site.k })) ?? null,
    ...compared,
  }))
}

function totalsCsv(view: View, { totals, base }: Report): string {
  const { comparison, current, soFar } = totals
  const interval = medianOf(view, base)
  const head = [
    'Total',
    'Number',
    ...(comparison
      ? [comparison.days.range, comparison.days.before].map(({ from, to }) => `${from} to before ${to}`)
      : []),
  ]
  const rows = measuredOf(totals).map((name): Cell[] => [
    chart.titles[name],
    numberOf(view, totals, name, current),
    ...(comparison
      ? [comparison.now, comparison.before].map((compared) => numberOf(view, totals, name, compared))
      : []),
  ])
  const engaged: Cell[][] = interval
    ? [
        ['Engaged time, median: seconds, at least', interval.from],
        ['Engaged time, median: seconds, less than', interval.to],
      ]
    : []
  return writeCsv(head, [...rows, ...engaged, ...(soFar === undefined ? [] : [['Visits of today so far', soFar]])])
}

function seriesCsv(view: View, totals: TotalsReport, range: Range, series: readonly Bucket[]): string {
  const names = drawableOf(totals)
  const rows = series.map((bucket): Cell[] => [
    beginOf(bucket, totals, range),
    ...names.map((name) => numberOf(view, totals, name, bucket.totals)),
  ])
  return writeCsv(['Begins', ...names.map((name) => chart.titles[name])], rows)
}

/** What is withheld and left out of the view as a whole; what of one dimension stands with it. */
function notesOf(view: View, { totals, base, breakdowns, goals, week }: Report): string[] {
  const { site, period, filter, horizon } = view
  const isOneDay = period.range.to === addDays(period.range.from, 1)
  const by = filter && general.nouns[filter.dimension].one
  const missing = dimensionsExported(site)
    .filter((dimension) => !breakdowns.has(dimension) && dimension !== filter?.dimension)
    .map((dimension) => (isInterval(dimension) ? 'engaged time' : general.nouns[dimension].one))
  const unanswered = (goals?.unanswered ?? []).map(({ text }) => text)
  return [
    totals.exact ? 'Totals are exact.' : `Totals are those of the filter, counted in ${sayK(site.k).many}.`,
    `Whatever has a name is counted in ${sayK(site.k).many}, up to ${sayCount(ROWS_EXPORTED)} values of each kind.`,
    sayHorizon(view, totals, base, ENGLISH),
    period.running && !horizon ? `${period.today} is not over.` : undefined,
    isOneDay && period.running && totals.comparison
      ? 'The hours of today so far are compared with a whole day.'
      : undefined,
    base.leftOut.length > 0 ? sayKeptByMonth(base.leftOut) : undefined,
    totals.incomparable && chart.incomparable[totals.incomparable],
    by && missing.length > 0 ? `Not counted together with one ${by}: ${sayList([...new Set(missing)])}.` : undefined,
    by && unanswered.length > 0 ? `Goals not counted together with one ${by}: ${sayList(unanswered)}.` : undefined,
    week ? undefined : 'The week is left out: it needs seven days, and no filter.',
    week?.generalized ? 'Hours of earlier days have become days and are not in the week.' : undefined,
  ].filter((note) => note !== undefined)
}

function readmeOf(view: View, report: Report): string {
  const { site, period, filter, horizon } = view
  const kinds = [...report.breakdowns.values()].map((breakdown) => {
    const beyond = Math.max(0, breakdown.values - breakdown.rows.length)
    const rest = beyond > 0 ? ` ${sayCount(beyond)} values more are left out.` : ''
    const name = isNamed(breakdown) ? `${breakdown.dimension}.csv` : `No ${breakdown.dimension}.csv`
    return `${name}: ${noteOf(view, report.base, breakdown)}${rest}`
  })
  const lines = [
    `What Sundial shows of ${site.domain}, ${sayDays(period.range)}. Days are those of ${site.timezone}.`,
    ...(period.before ? [`Compared with ${sayDays(period.before)}.`] : []),
    // What is filtered by comes from an address; quoted it cannot pass for a line of ours.
    ...(filter ? [`Only where ${filter.dimension} is ${JSON.stringify(filter.value)}.`] : []),
    ...(horizon ? [`Read without an account on ${horizon.day}, ${hour(horizon.hour)}.`] : []),
    '',
    ...notesOf(view, report),
    '',
    'totals.csv: what stands above the chart, and what it is compared with.',
    `series.csv: the same by ${report.totals.granularity}.`,
    ...(report.totals.beforeSeries.length > 0 ? ['series_before.csv: the same of what it is compared with.'] : []),
    'A first week or month may begin before the period.',
    ...kinds,
    '',
    "A text that a spreadsheet could take for a formula begins with '.",
  ]
  return `${lines.join('\n')}\n`
}

function sayDays({ from, to }: Range): string {
  return `${from} to ${addDays(to, -1)}`
}
