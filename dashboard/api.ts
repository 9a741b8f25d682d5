// The Stats API: read-only JSON in the shape of Plausible's Stats API v1 (https://plausible.io/docs/stats-api-v1), over
// the dashboard's reports. Mounted by the entries: as it is on loopback, behind a guard on the dashboard Worker.
//
// What differs from Plausible: there are no visitors, so `visits` is the usual metric (or what is counted, where visits
// are not); one filter with ==; see api/answer.ts for what stands beside `results`.
import { type Context, Hono } from 'hono'
import {
  type AggregateAnswer,
  answerAggregate,
  answerBreakdown,
  answerTimeseries,
  type BreakdownAnswer,
  type TimeseriesAnswer,
} from './api/answer.ts'
import { ruleOf } from './api/metric.ts'
import { type Endpoint, type Question, readParameters, readQuestion } from './api/question.ts'
import type { DashboardDeps } from './app.tsx'
import { readReport, readTotals } from './reports/report.ts'

export type ApiDeps = Pick<DashboardDeps, 'sites' | 'counts' | 'calendar' | 'now' | 'report'>

const HEADERS = { 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' }
const ENDPOINTS = ['aggregate', 'timeseries', 'breakdown'] as const

export function createApi(deps: ApiDeps): Hono {
  const app = new Hono()

  for (const endpoint of ENDPOINTS) {
    app.get(`/api/v1/stats/${endpoint}`, async (c) => {
      const asked = await readRequest(endpoint, new URL(c.req.url).searchParams)
      if ('invalid' in asked) return refuse(c, asked.status, asked.invalid)
      return c.json(await answer(asked), 200, HEADERS)
    })
  }

  app.get('/api/v1/stats/realtime/visitors', (c) =>
    refuse(c, 404, [
      'There are no current visitors here, because nothing is kept that tells one visitor from another.',
    ]),
  )
  app.all('/api/v1/*', (c) =>
    refuse(c, 404, [`There is no such address. GET ${ENDPOINTS.map((name) => `/api/v1/stats/${name}`).join(', ')}.`]),
  )

  app.onError((error, c) => {
    deps.report('the Stats API could not answer', error)
    return refuse(c, 503, ['This answer could not be made. Try again in a minute.'])
  })

  async function readRequest(endpoint: Endpoint, search: URLSearchParams): Promise<Asked | Refused> {
    await deps.sites.fresh()
    const parameters = readParameters(search)
    if ('invalid' in parameters) return { status: 400, invalid: parameters.invalid }
    const { given } = parameters
    const domain = given.site_id
    if (domain === undefined) return { status: 400, invalid: ['site_id is missing: it is the domain of a site.'] }
    const site = deps.sites.byDomain(domain)
    if (!site) return { status: 404, invalid: [`${domain} is no site of this Sundial.`] }
    const { day, hour } = deps.calendar.localHour(site.timezone, deps.now())
    const question = readQuestion(endpoint, given, { site, today: day })
    return 'invalid' in question ? { status: 400, ...question } : { question, endpoint, hourNow: hour }
  }

  async function answer({ question, endpoint, hourNow }: Asked): Promise<Answer> {
    const { site, period, metrics, filter, property, granularity, compare, limit, page } = question
    const { range } = period
    const engagedTime = metrics.some((name) => ruleOf(name).needs.includes('reach'))
    if (property) {
      const { totals, breakdowns } = await readReport(deps.counts, site, {
        ...{ range, granularity: 'day', filter, engagedTime: false },
        breakdown: {
          dimensions: [property.dimension],
          prefix: property.prefix,
          engagedTime,
          limit,
          offset: (page - 1) * limit,
        },
      })
      return answerBreakdown({ ...question, property }, totals, breakdowns.get(property.dimension))
    }
    if (endpoint === 'timeseries') {
      const upToHour = period.running ? hourNow : undefined
      const asked = { range, granularity, filter, engagedTime, upToHour }
      return answerTimeseries(question, await readTotals(deps.counts, site, asked))
    }
    const days = compare ? { range, before: period.before, compared: period.compared } : { range }
    const asked = { ...days, granularity: 'month', filter, engagedTime } as const
    return answerAggregate(question, await readTotals(deps.counts, site, asked))
  }

  return app
}

type Answer = AggregateAnswer | TimeseriesAnswer | BreakdownAnswer

interface Asked {
  question: Question
  endpoint: Endpoint
  hourNow: number
}

interface Refused {
  status: 400 | 404
  invalid: string[]
}

function refuse(c: Context, status: 400 | 404 | 503, problems: readonly string[]) {
  return c.json({ error: problems.join(' ') }, status, HEADERS)
}
