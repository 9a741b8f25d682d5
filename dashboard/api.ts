// The API: the Stats API, the modules of routes that the entry adds, their description (/api/openapi.json) and its
// documentation (/api/docs). Mounted by dashboard.ts; reader.ts says who reads which site.
//
// The Stats API is read-only JSON in the shape of Plausible's Stats API v1 (https://plausible.io/docs/stats-api-v1), over
// the dashboard's reports. What differs: there are no visitors, so `visits` is the usual metric (or what is counted,
// where visits are not); one filter with ==; see api/answer.ts for what stands beside `results`.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { sentences } from '../collector/site_rules.ts'
import {
  type AggregateAnswer,
  answerAggregate,
  answerBreakdown,
  answerTimeseries,
  type BreakdownAnswer,
  type TimeseriesAnswer,
} from './api/answer.ts'
import { type ApiDocument, describeApi } from './api/description.ts'
import { createDocs } from './api/docs.tsx'
import { ruleOf } from './api/metric.ts'
import { type Endpoint, type Question, readParameters, readQuestion } from './api/question.ts'
import type { NotRead, Reader } from './api/reader.ts'
import { HEADERS, refuse } from './api/refusal.ts'
import { STATS_ENDPOINTS, statsRoute } from './api/stats_routes.ts'
import type { DashboardDeps } from './app.tsx'
import { type Horizon, sightOf } from './reports/horizon.ts'
import { readReport, readTotals } from './reports/report.ts'

export interface ApiDeps extends Pick<DashboardDeps, 'counts' | 'calendar' | 'now' | 'basePath'> {
  /** Told about what could not be answered. */
  report: (problem: string, error: unknown) => void
  /** Where the API is, without basePath: 'https://stats.example.com'. As it was asked for if missing. */
  originOf?: (c: Context) => string
  /** Who asks about a site, and whether they may. */
  reader: Reader
  /** Further described routes. What they throw and what their schemas refuse is answered like everything here. */
  modules?: readonly OpenAPIHono[]
}

export function createApi(deps: ApiDeps): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : refuse(c, 400, sentences(result.error))),
  })
  let document: ApiDocument | undefined

  for (const endpoint of STATS_ENDPOINTS) {
    const route = statsRoute(endpoint)
    // Described, but not checked by the library: what may be asked depends on the site, which is to be known first.
    app.openAPIRegistry.registerPath(route)
    app.get(route.getRoutingPath(), async (c) => {
      const asked = await readRequest(endpoint, c)
      if ('refused' in asked) return refuse(c, asked.refused, asked.because)
      return c.json(await answer(asked), 200, HEADERS)
    })
  }
  for (const module of deps.modules ?? []) app.route('/', module)

  app.get('/api/openapi.json', (c) => c.json(describe(), 200, HEADERS))
  app.route('/', createDocs({ ...deps, describe }))

  app.get('/api/v1/stats/realtime/visitors', (c) =>
    refuse(c, 404, [
      'There are no current visitors here, because nothing is kept that tells one visitor from another.',
    ]),
  )
  app.all('/api/v1/*', (c) =>
    refuse(c, 404, [
      `There is no such address. GET ${STATS_ENDPOINTS.map((name) => `/api/v1/stats/${name}`).join(', ')}.`,
    ]),
  )

  app.onError((error, c) => {
    // The library's own: a body that is no JSON, say.
    if (error instanceof HTTPException && error.status < 500) return refuse(c, error.status, [`${error.message}.`])
    deps.report('the API could not answer', error)
    return refuse(c, 503, ['This answer could not be made. Try again in a minute.'])
  })

  function describe(): ApiDocument {
    document ??= describeApi(app, deps)
    return document
  }

  async function readRequest(endpoint: Endpoint, c: Context): Promise<Asked | Refused> {
    const parameters = readParameters(new URL(c.req.url).searchParams)
    if ('invalid' in parameters) return { refused: 400, because: parameters.invalid }
    const { given } = parameters
    const domain = given.site_id
    if (domain === undefined) return { refused: 400, because: ['site_id is missing: it is the domain of a site.'] }
    const read = await deps.reader(c, domain)
    if ('refused' in read) return { refused: read.refused, because: [read.because] }
    const { site, insider } = read
    const { now, horizon } = sightOf({ insider }, site, deps)
    const question = readQuestion(endpoint, given, { site, today: now.day })
    if ('invalid' in question) return { refused: 400, because: question.invalid }
    return { question, endpoint, horizon, hourNow: now.hour }
  }

  async function answer({ question, endpoint, horizon, hourNow }: Asked): Promise<Answer> {
    const { site, period, metrics, filter, property, granularity, compare, limit, page } = question
    const { range } = period
    const engagedTime = metrics.some((name) => ruleOf(name).needs.includes('reach'))
    if (property) {
      const { base, breakdowns } = await readReport(deps.counts, site, {
        ...{ range, granularity: 'day', filter, horizon, engagedTime: false },
        breakdown: {
          dimensions: [property.dimension],
          prefix: property.prefix,
          engagedTime,
          limit,
          offset: (page - 1) * limit,
        },
      })
      return answerBreakdown({ ...question, property }, base, breakdowns.get(property.dimension))
    }
    if (endpoint === 'timeseries') {
      const upToHour = period.running ? hourNow : undefined
      const asked = { range, granularity, filter, horizon, engagedTime, upToHour }
      return answerTimeseries(question, await readTotals(deps.counts, site, asked))
    }
    const days = compare ? { range, before: period.before, compared: period.compared } : { range }
    const asked = { ...days, granularity: 'month', filter, horizon, engagedTime } as const
    return answerAggregate(question, await readTotals(deps.counts, site, asked))
  }

  return app
}

type Answer = AggregateAnswer | TimeseriesAnswer | BreakdownAnswer

interface Asked {
  question: Question
  endpoint: Endpoint
  /** Outsiders see less: the reports hold what is asked of them to it. */
  horizon: Horizon | undefined
  hourNow: number
}

interface Refused {
  refused: 400 | NotRead['refused']
  because: readonly string[]
}
