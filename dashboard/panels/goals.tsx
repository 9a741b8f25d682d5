// The panel of goals: how often each was reached, and how often for every 100 visits. Used by the site page.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { canFilter } from '../reports/filter.ts'
import { type Goal, type GoalReport, metricOf, type ReachedGoal } from '../reports/goal.ts'
import { conversionRate, hasTotal } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { toFilter, type View } from '../view.ts'
import { RowChange } from './change.tsx'
import { sayFilters } from './filter_chip.tsx'
import { sayUntil, whyOf } from './footnote.ts'
import { PanelFoot } from './panel_foot.tsx'
import { sayPerHundred } from './ranking.tsx'
import { rateBase } from './share.ts'

interface GoalsProps {
  view: View
  totals: TotalsReport
  report: GoalReport
  isWide?: boolean
}

export const Goals: FC<GoalsProps> = ({ view, totals, report, isWide = false }) => {
  const { panels, sayKeptByMonth } = useWords()
  return (
    <section class={isWide ? 'panel whole' : 'panel'} id="goals">
      <header>
        <h2>{panels.titles.goals}</h2>
      </header>
      {totals.leftOut.length > 0 && report.goals.every(({ n }) => n === 0) ? (
        <p class="none">{sayKeptByMonth(totals.leftOut)}</p>
      ) : (
        <Reached view={view} totals={totals} report={report} />
      )}
    </section>
  )
}

/** Where a site has no goals, for who may set them: `href` leads to the setting. */
export const NoGoals: FC<{ href: string }> = ({ href }) => {
  const { panels } = useWords()
  return (
    <p class="hint no-goals">
      {panels.goals.none((text) => (
        <a href={href}>{text}</a>
      ))}
    </p>
  )
}

const Reached: FC<Omit<GoalsProps, 'isWide'>> = ({ view, totals, report }) => {
  const words = useWords()
  const { panels } = words
  const { metric, of } = rateBase(totals)
  const goals = report.goals.toSorted((one, other) => other.n - one.n)
  const most = Math.max(...goals.map(({ n }) => n), 1)
  return (
    <>
      <p class="columns" aria-hidden="true">
        <span>{panels.goals.column}</span>
        <span>{of === undefined ? panels.goals.conversions : panels.goals.conversionsPer(metric)}</span>
      </p>
      <ol class="rows">
        {goals.map((reached) => (
          <Row view={view} reached={reached} width={reached.n / most} of={of} />
        ))}
      </ol>
      <PanelFoot why={whyOf(view, words)} csv={view.link({ panel: 'goals' }, '/breakdown.csv')}>
        {panels.goals.meaning(countedBy(goals), view.site.k)}
        {report.unanswered.length > 0 &&
          view.filter &&
          ` ${panels.goals.unanswered(view.filter.dimension, report.unanswered.map(textOf))}`}
        {sayUntil(totals, words)}
      </PanelFoot>
    </>
  )
}

function countedBy(goals: readonly ReachedGoal[]) {
  return [...new Set(goals.map(({ goal }) => metricOf(goal)))].filter(hasTotal)
}

const textOf = ({ text }: Goal) => text

interface RowProps {
  view: View
  reached: ReachedGoal
  width: number
  of: number | undefined
}

const Row: FC<RowProps> = ({ view, reached: { goal, n, compared }, width, of }) => {
  const words = useWords()
  const { k } = view.site
  return (
    <li>
      <span class="value">
        <svg aria-hidden="true" width="100%" height="100%">
          <rect width={`${(width * 100).toFixed(1)}%`} height="100%" rx="4" />
        </svg>
        <Name view={view} goal={goal} />
      </span>
      <b>{words.sayCount(n)}</b>
      <small>{n === 0 ? '' : sayPerHundred(conversionRate(n, of, { k }), words)}</small>
      <RowChange k={k} compared={compared} />
    </li>
  )
}

/** Pages below a path are no value that could be filtered by; they are found among the pages. */
const Name: FC<{ view: View; goal: Goal }> = ({ view, goal: { text, dimension, value, open } }) => {
  const words = useWords()
  if (open) {
    return (
      <a
        href={view.link({ dimension, search: value, filter: undefined }, '/breakdown')}
        title={words.panels.goals.below(value)}
      >
        {text}
      </a>
    )
  }
  if (!canFilter(view.site, dimension)) return <span title={text}>{text}</span>
  return (
    <a href={view.link(toFilter({ dimension, value }))} title={sayFilters(view, text, words)}>
      {text}
    </a>
  )
}
