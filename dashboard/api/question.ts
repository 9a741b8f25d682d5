// What a request to the Stats API asks: its parameters as Plausible's Stats API v1 names them, checked against the site.
// Called by api.ts. Whatever is wrong comes back as sentences, all at once.
import * as z from 'zod'
import { daysBetween } from '../../collector/calendar.ts'
import { METRICS as COUNTED, DIMENSIONS, type Metric } from '../../collector/contract.ts'
import { sentences } from '../../collector/site_rules.ts'
import type { Site } from '../../collector/sites.ts'
import { type Granularity, type Period, readPeriod } from '../period.ts'
import { pairsWith } from '../reports/filter.ts'
import { measuredUnder } from '../reports/totals.ts'
import { isMetricName, METRIC_NAMES, type MetricName, metricsOf } from './metric.ts'
import { type NamedFilter, type Property, readFilter, readProperty } from './property.ts'

export type Endpoint = 'aggregate' | 'timeseries' | 'breakdown'

export interface Question {
  site: Site
  period: Period
  metrics: readonly MetricName[]
  filter: NamedFilter | undefined
  /** Only a breakdown has one. */
  property: Property | undefined
  granularity: Granularity
  compare: boolean
  limit: number
  /** From 1. */
  page: number
}

type Parameters = Readonly<Record<string, string>>

/** Empty parameters are as good as none; parameters that are not ours (with_imported, say) are not read. */
export function readParameters(search: URLSearchParams): { given: Parameters } | { invalid: string[] } {
  const names = NAMES.filter((name) => search.getAll(name).some((value) => value !== ''))
  const repeated = names.filter((name) => search.getAll(name).length > 1)
  if (repeated.length > 0) return { invalid: repeated.map((name) => `${name} is given more than once.`) }
  return { given: Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) }
}

const NAMES = ['site_id', 'period', 'date', 'metrics', 'property', 'filters', 'compare', 'interval', 'limit', 'page']

/** `today` is the site-local day of now. */
export function readQuestion(
  endpoint: Endpoint,
  given: Parameters,
  { site, today }: { site: Site; today: string },
): Question | { invalid: string[] } {
  const read = parametersFor(endpoint, site).safeParse(given)
  const period = readAskedPeriod(given, today)
  if (!read.success || 'invalid' in period) {
    return {
      invalid: [...('invalid' in period ? [period.invalid] : []), ...(read.success ? [] : sentences(read.error))],
    }
  }
  const { metrics, property, filters: filter, compare, interval, limit, page } = read.data
  const granularity = GRANULARITIES[interval ?? usualInterval(period)]
  const counted = countedBy(site, property, filter)
  const invalid = [
    ...('invalid' in counted ? [counted.invalid] : uncountable(metrics ?? [], counted, { property, filter })),
    ...(endpoint === 'timeseries' && granularity === 'hour' && !isOneDay(period) ? [ONE_DAY] : []),
  ]
  if (invalid.length > 0 || 'invalid' in counted) return { invalid }
  const [usual] = metricsOf(counted)
  return {
    site,
    period,
    metrics: metrics ?? (usual ? [usual] : []),
    filter,
    property,
    granularity,
    compare: compare !== undefined,
    limit,
    page,
  }
}

const ONE_DAY = 'interval=hour needs a period of one day.'
const LIMIT = 1000
/** Keeps the number of rows to skip within 32 bits. */
const LAST_PAGE = 1_000_000
const LONGEST = 1000

function parametersFor(endpoint: Endpoint, site: Site) {
  const text = z.string().max(LONGEST, { error: `A parameter is ${LONGEST} characters long at most.` })
  const property = text.transform((name, ctx) => orProblem(readProperty(name, site), ctx))
  return z.object({
    metrics: text.transform(readMetrics).optional(),
    property:
      endpoint === 'breakdown'
        ? text.min(1, { error: PROPERTY_MISSING }).pipe(property).prefault('')
        : z.undefined().catch(undefined),
    filters: text.transform((filter, ctx) => orProblem(readFilter(filter, site), ctx)).optional(),
    compare: z.literal('previous_period', { error: 'compare is previous_period, or is left out.' }).optional(),
    interval: z.enum(INTERVALS, { error: `interval is one of ${INTERVALS.join(', ')}.` }).optional(),
    limit: wholeNumber('limit', LIMIT).default(100),
    page: wholeNumber('page', LAST_PAGE).default(1),
  })
}

const PROPERTY_MISSING = 'property is missing: it says what to break down by, as in property=visit:source.'

function orProblem<T extends object>(read: T | { invalid: string }, ctx: z.core.$RefinementCtx): T {
  if (!('invalid' in read)) return read
  ctx.issues.push({ code: 'custom', message: read.invalid, input: ctx.value })
  return z.NEVER
}

function wholeNumber(name: string, max: number) {
  const error = `${name} is a whole number from 1 to ${max}.`
  return z
    .string()
    .regex(/^\d{1,7}$/, { error })
    .transform(Number)
    .pipe(z.number().min(1, { error }).max(max, { error }))
}

const NOBODY = 'nothing is kept that tells one visitor from another'
const NO_SUCH_NUMBER: Readonly<Record<string, string>> = {
  visitors: `There is no number of visitors here, because ${NOBODY}; ask for visits.`,
  conversion_rate: `There is no conversion_rate here, because ${NOBODY}; ask for events with property=event:name, and for visits.`,
}

function readMetrics(text: string, ctx: z.core.$RefinementCtx): MetricName[] {
  const asked = [...new Set(text.split(',').map((name) => name.trim()))]
  for (const name of asked.filter((name) => !isMetricName(name))) {
    const reason = Object.hasOwn(NO_SUCH_NUMBER, name) ? NO_SUCH_NUMBER[name] : undefined
    const message =
      reason ?? `${name === '' ? 'An empty name' : name} is no metric; metrics are ${METRIC_NAMES.join(', ')}.`
    ctx.issues.push({ code: 'custom', message, input: text })
  }
  return asked.filter(isMetricName)
}

const PERIODS = ['12mo', '6mo', 'month', '30d', '7d', 'day', 'custom'] as const
const DAY = z.iso.date()

/** A period given by its days only is a custom one. */
function readAskedPeriod({ period, date }: Parameters, today: string): Period | { invalid: string } {
  const days = date?.split(',').map((day) => day.trim())
  const name = period ?? (days && days.length > 1 ? 'custom' : '30d')
  if (!PERIODS.some((known) => known === name)) return { invalid: `period is one of ${PERIODS.join(', ')}.` }
  if (days?.some((day) => !DAY.safeParse(day).success)) {
    return { invalid: 'date is a day such as 2026-01-31, or two with a comma for period=custom.' }
  }
  if (name !== 'custom') {
    if (days && days.length > 1)
      return { invalid: `period=${name} takes one day as its date; two are for period=custom.` }
    return readPeriod({ period: name, date: days?.[0] }, today)
  }
  const [from, to, third] = days ?? []
  if (from === undefined || to === undefined || third !== undefined) {
    return { invalid: 'period=custom needs two days, as in date=2026-01-01,2026-01-31.' }
  }
  return readPeriod({ period: name, from, to }, today)
}

const GRANULARITIES = { date: 'day', day: 'day', month: 'month', hour: 'hour' } as const satisfies Record<
  string,
  Granularity
>
const INTERVALS = ['date', 'day', 'month', 'hour'] as const

function usualInterval({ name }: Period): (typeof INTERVALS)[number] {
  if (name === 'day') return 'hour'
  return name === '6mo' || name === '12mo' ? 'month' : 'date'
}

function isOneDay({ range }: Period): boolean {
  return daysBetween(range.from, range.to) === 1
}

/** What is counted by the property, under the filter, or by both together: then only what their pair counts. */
function countedBy(
  site: Site,
  property: Property | undefined,
  filter: NamedFilter | undefined,
): ReadonlySet<Metric> | { invalid: string } {
  if (!filter) return property ? measuredUnder(site, property) : new Set(COUNTED)
  if (!property) return measuredUnder(site, filter)
  const pairs = pairsWith(site, filter.dimension).filter(({ metric }) => metric !== 'reach')
  const pair = pairs.find(({ other }) => other === property.dimension)
  if (pair) return new Set([pair.metric])
  const others = pairs.map(({ other }) => DIMENSIONS[other].label.toLowerCase()).join(', ')
  return {
    invalid: `${property.name} is not counted together with ${filter.name}; together with it there ${others === '' ? 'is nothing' : `are counted ${others}`}.`,
  }
}

function uncountable(
  asked: readonly MetricName[],
  counted: ReadonlySet<Metric>,
  { property, filter }: Pick<Question, 'property' | 'filter'>,
): string[] {
  const possible = metricsOf(counted)
  const missing = asked.filter((name) => !possible.includes(name))
  if (missing.length === 0) return []
  const place = [property && `by ${property.name}`, filter && `with a filter on ${filter.name}`]
    .filter(Boolean)
    .join(' ')
  const where = place === '' ? 'without a filter on event:page' : place
  return [`There is no ${missing.join(', ')} ${where}; there you can ask for ${possible.join(', ')}.`]
}
