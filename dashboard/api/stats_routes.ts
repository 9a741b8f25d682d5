// The routes of the Stats API as they are described: parameters, answers, refusals. Handled by api.ts.
import { createRoute } from '@hono/zod-openapi'
import { ANSWERS } from './answer.ts'
import { type Endpoint, QUERIES } from './question.ts'
import { SITE_REFUSALS } from './refusal.ts'

export const STATS_ENDPOINTS = ['aggregate', 'timeseries', 'breakdown'] as const satisfies readonly Endpoint[]

const MEANINGS = {
  aggregate: {
    summary: 'Aggregate',
    description: 'The numbers of a whole period, with their change from the period before if asked for.',
  },
  timeseries: {
    summary: 'Timeseries',
    description: 'The numbers of each hour, day or month of a period.',
  },
  breakdown: {
    summary: 'Breakdown',
    description: 'The numbers by the values of a property, the most frequent first.',
  },
} as const satisfies Record<Endpoint, object>

/** Answers to the examples in QUERIES. */
const EXAMPLES = {
  aggregate: { results: { visits: { value: 1240, change: 12 }, bounce_rate: { value: 41, change: -3 } } },
  timeseries: {
    results: [
      { date: '2026-01-01', visits: 83, pageviews: 214 },
      { date: '2026-01-02', visits: 97, pageviews: 240 },
    ],
  },
  breakdown: {
    results: [
      { source: 'Google', visits: 310, bounce_rate: 38 },
      { source: '(direct)', visits: 205, bounce_rate: 52 },
    ],
    other: 15,
    withheld: 7,
  },
} as const satisfies Record<Endpoint, object>

export function statsRoute(endpoint: Endpoint) {
  return createRoute({
    method: 'get',
    path: `/api/v1/stats/${endpoint}`,
    tags: ['Stats'],
    operationId: endpoint,
    ...MEANINGS[endpoint],
    // A public site is read without one.
    security: [{ bearerAuth: [] }, {}],
    request: { query: QUERIES[endpoint] },
    responses: {
      200: {
        description: 'The numbers.',
        content: { 'application/json': { schema: ANSWERS[endpoint], example: EXAMPLES[endpoint] } },
      },
      ...SITE_REFUSALS,
    },
  })
}
