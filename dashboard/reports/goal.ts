// The goals of a site (names of events, pages, or pages below a path) and how often each was reached. Counted by count.ts
// in the statement that reads the panels; called by report.ts.
import { DIMENSIONS, type Dimension, type Metric } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { countsBy, type Filter, pairsWith } from './filter.ts'

export interface Goal {
  /** As the site declares it: 'signup', '/thanks', '/docs/*'. */
  text: string
  dimension: Extract<Dimension, 'event' | 'page'>
  /** What its values are, or begin with. */
  value: string
  open: boolean
}

export interface GoalReport {
  goals: readonly ReachedGoal[]
  /** Those that no pair counts under the filter. */
  unanswered: readonly Goal[]
}

export interface ReachedGoal {
  goal: Goal
  /** Events or page views, in whole k: one visit may bring several. */
  n: number
  /** Of the days that are compared, where the counts of both are whole. */
  compared: { now: number; before: number } | undefined
}

/** What count.ts finds by the index of a goal. */
export interface GoalCount {
  n: number
  now: number
  before: number
}

export function goalsOf({ goals }: Pick<Site, 'goals'>): Goal[] {
  return goals.map((text) => {
    const open = text.startsWith('/') && text.endsWith('*')
    return {
      text,
      dimension: text.startsWith('/') ? 'page' : 'event',
      value: open ? text.slice(0, -1) : text,
      open,
    }
  })
}

/** The goals that can be counted: under a filter, those whose dimension is paired with it. */
export function answerableGoals(site: Site, filter: Filter | undefined): Goal[] {
  return goalsOf(site).filter(
    ({ dimension }) =>
      countsBy(site, dimension) &&
      (!filter ||
        pairsWith(site, filter.dimension).some(
          ({ other, metric }) => other === dimension && metric === metricOf({ dimension }),
        )),
  )
}

/** What reaching a goal is counted by. */
export function metricOf({ dimension }: Pick<Goal, 'dimension'>): Metric {
  return DIMENSIONS[dimension].metrics[0]
}
