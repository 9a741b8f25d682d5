// What a request to the Stats API asks: its parameters as Plausible's Stats API v1 names them, checked against the site.
// Called by api.ts. Whatever is wrong comes back as sentences, all at once. The schemas below check the parameters and
// describe them in the API's documentation.
import { z } from '@hono/zod-openapi'
import { daysBetween } from '../../collector/calendar.ts'
import { METRICS as COUNTED, DIMENSIONS, type Metric } from '../../collector/contract.ts'
import { sentences } from '../../collector/site_rules.ts'
import type { Site } from '../../collector/sites.ts'
import { type Granularity, type Period, type PeriodQuery, readPeriod } from '../period.ts'
import { pairsWith } from '../reports/filter.ts'
import { measuredUnder } from '../reports/totals.ts'
import { ENGLISH } from '../words.ts'
import { isMetricName, METRIC_NAMES, type MetricName, metricsOf, ruleOf } from './metric.ts'
import { type NamedFilter, PROPERTY_NAMES, type Property, readFilter, readProperty } from './property.ts'

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

const PERIODS = ['12mo', '6mo', 'month', '30d', '7d', 'day', 'custom'] as const
const GRANULARITIES = { date: 'day', day: 'day', month: 'month', hour: 'hour' } as const satisfies Record<
  string,
  Granularity
>
const INTERVALS = ['date', 'day', 'month', 'hour'] as const
const LIMIT = 1000
/** Keeps the number of rows to skip within 32 bits. */
const LAST_PAGE = 1_000_000
const LONGEST = 1000

const text = z.string().max(LONGEST, { error: `A parameter is ${LONGEST} characters long at most.` })

/** All are read by every endpoint, so that a mistake in one is told everywhere; QUERIES says where each matters. */
const PARAMETERS = {
  site_id: z.string().openapi({ description: 'The domain of the site.' }),
  period: z
    .enum(PERIODS, { error: `period is one of ${PERIODS.join(', ')}.` })
    .optional()
    .openapi({
      description: lines('Which days. If not given: 30d, or custom where `date` is two days.', [
        '`day`, `7d`, `30d`: as many days, of which `date` is the last',
        '`month`, `6mo`, `12mo`: as many whole months, of which the last is that of `date`',
        '`custom`: from the first to the second day of `date`',
      ]),
    }),
  date: z
    .string()
    .transform((days) => days.split(',').map((day) => day.trim()))
    .pipe(z.array(z.iso.date({ error: 'date is a day such as 2026-01-31, or two with a comma for period=custom.' })))
    .optional()
    .openapi({
      type: 'string',
      description:
        'A day such as 2026-01-31, in the time zone of the site; if not given, today. Two of them with a comma for a custom period, such as 2026-01-01,2026-01-31.',
    }),
  metrics: text
    .transform(readMetrics)
    .optional()
    .openapi({
      type: 'array',
      items: { type: 'string', enum: METRIC_NAMES },
      description: lines(
        'What to count, with commas between. If not given: visits, or what is counted instead where they are not.',
        METRIC_NAMES.map((name) => `\`${name}\`: ${ruleOf(name).meaning}`),
      ),
      param: { style: 'form', explode: false },
    }),
  property: text.openapi({
    description: lines(
      'What to break down by.',
      PROPERTY_NAMES.map(({ name, meaning }) => `\`${name}\`: ${meaning}`),
    ),
  }),
  filters: text.optional().openapi({
    description:
      'One filter: a property as of a breakdown, `==` and its value. Counts hold two attributes at most, so there are no lists, wildcards or other comparisons, and not every property can be broken down under every filter. A backslash makes `*`, `|` and `;` plain signs.',
  }),
  compare: z
    .literal('previous_period', { error: 'compare is previous_period, or is left out.' })
    .optional()
    .openapi({ description: 'Adds to every metric its change from the period before.' }),
  interval: z
    .enum(INTERVALS, { error: `interval is one of ${INTERVALS.join(', ')}.` })
    .optional()
    .openapi({
      description:
        'How long each part is: `date` and `day` are the same, `hour` is for a period of one day. If not given: hour for a day, month for 6mo and 12mo, else date.',
    }),
  limit: wholeNumber('limit', LIMIT, { usual: 100, description: 'How many rows to answer.' }),
  page: wholeNumber('page', LAST_PAGE, {
    usual: 1,
    description: 'Which of the rows: 1 is the first `limit` of them, 2 the next.',
  }),
}
type ParameterName = keyof typeof PARAMETERS

const { period, date } = PARAMETERS
const WHEN = z.object({ period, date })

/** What each endpoint reads, with an example of it. */
export const QUERIES = {
  aggregate: query(['site_id', 'period', 'date', 'metrics', 'filters', 'compare'], {
    site_id: 'example.com',
    period: '30d',
    metrics: ['visits', 'bounce_rate'],
    filters: 'visit:source==Google',
    compare: 'previous_period',
  }),
  timeseries: query(['site_id', 'period', 'date', 'metrics', 'filters', 'interval'], {
    site_id: 'example.com',
    period: 'month',
    date: '2026-01-31',
    metrics: ['visits', 'pageviews'],
    interval: 'date',
  }),
  breakdown: query(['site_id', 'property', 'period', 'date', 'metrics', 'filters', 'limit', 'page'], {
    site_id: 'example.com',
    property: 'visit:source',
    period: '7d',
    metrics: ['visits', 'bounce_rate'],
    limit: 10,
  }),
} satisfies Record<Endpoint, z.ZodObject>

function query(names: readonly ParameterName[], examples: Partial<Record<ParameterName, unknown>>) {
  const fields = names.map((name) => {
    const schema: z.ZodType<unknown, unknown> = PARAMETERS[name]
    const example = examples[name]
    return [name, example === undefined ? schema : schema.openapi({ param: { example } })]
  })
  return z.object(Object.fromEntries(fields))
}

/** A sentence, and a list under it. */
function lines(sentence: string, items: readonly string[]): string {
  return `${sentence}\n\n${items.map((item) => `- ${item}`).join('\n')}`
}

function wholeNumber(name: string, max: number, { usual, description }: { usual: number; description: string }) {
  const error = `${name} is a whole number from 1 to ${max}.`
  return z
    .string()
    .regex(/^\d{1,7}$/, { error })
    .transform(Number)
    .pipe(z.number().min(1, { error }).max(max, { error }))
    .default(usual)
    .openapi({ type: 'integer', minimum: 1, maximum: max, default: usual, description })
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

type Given = Readonly<Record<string, string>>

/** Empty parameters are as good as none; parameters that are not ours (with_imported, say) are not read. */
export function readParameters(search: URLSearchParams): { given: Given } | { invalid: string[] } {
  const names = Object.keys(PARAMETERS).filter((name) => search.getAll(name).some((value) => value !== ''))
  const repeated = names.filter((name) => search.getAll(name).length > 1)
  if (repeated.length > 0) return { invalid: repeated.map((name) => `${name} is given more than once.`) }
  return { given: Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) }
}

/** `today` is the site-local day of now. */
export function readQuestion(
  endpoint: Endpoint,
  given: Given,
  { site, today }: { site: Site; today: string },
): Question | { invalid: string[] } {
  const read = parametersFor(endpoint, site).safeParse(given)
  const period = readAskedPeriod(given, today)
  if (!read.success || 'invalid' in period) {
    return {
      invalid: [...('invalid' in period ? period.invalid : []), ...(read.success ? [] : sentences(read.error))],
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
const PROPERTY_MISSING = 'property is missing: it says what to break down by, as in property=visit:source.'

function parametersFor(endpoint: Endpoint, site: Site) {
  const { metrics, property, filters, compare, interval, limit, page } = PARAMETERS
  const known = property.transform((name, ctx) => orProblem(readProperty(name, site), ctx))
  return z.object({
    metrics,
    property:
      endpoint === 'breakdown' ? z.string({ error: PROPERTY_MISSING }).pipe(known) : z.undefined().catch(undefined),
    filters: filters.transform((filter, ctx) =>
      filter === undefined ? undefined : orProblem(readFilter(filter, site), ctx),
    ),
    compare,
    interval,
    limit,
    page,
  })
}

function orProblem<T extends object>(read: T | { invalid: string }, ctx: z.core.$RefinementCtx): T {
  if (!('invalid' in read)) return read
  ctx.issues.push({ code: 'custom', message: read.invalid, input: ctx.value })
  return z.NEVER
}

/** A period given by its days only is a custom one. */
function readAskedPeriod(given: Given, today: string): Period | { invalid: string[] } {
  const read = WHEN.safeParse(given)
  if (!read.success) return { invalid: sentences(read.error) }
  const { period, date: days } = read.data
  const asked = periodQuery(period ?? (days && days.length > 1 ? 'custom' : '30d'), days)
  if ('invalid' in asked) return { invalid: [asked.invalid] }
  const answer = readPeriod(asked, today)
  return 'invalid' in answer ? { invalid: [ENGLISH.numbers.noPeriod.sentence(answer.invalid)] } : answer
}

function periodQuery(
  period: (typeof PERIODS)[number],
  days: readonly string[] = [],
): PeriodQuery | { invalid: string } {
  const [first, second] = days
  if (period !== 'custom') {
    if (days.length > 1) return { invalid: `period=${period} takes one day as its date; two are for period=custom.` }
    return { period, date: first }
  }
  if (days.length !== 2) return { invalid: 'period=custom needs two days, as in date=2026-01-01,2026-01-31.' }
  return { period, from: first, to: second }
}

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
