// The page of a site: totals, chart and panels of a period. Rendered by the app with the two reports it asked for.
import type { FC } from 'hono/jsx'
import { addDays } from '../../collector/calendar.ts'
import { PANEL_NAMES, type PanelName } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import { Drawing } from '../panels/drawing.tsx'
import { FilterChip } from '../panels/filter_chip.tsx'
import { Goals, NoGoals } from '../panels/goals.tsx'
import { HorizonNote } from '../panels/horizon_note.tsx'
import { Intervals } from '../panels/intervals.tsx'
import { NoteList } from '../panels/note_list.tsx'
import { PeriodPicker } from '../panels/period_picker.tsx'
import { isMapped, Ranking } from '../panels/ranking.tsx'
import { SearchBox } from '../panels/search_box.tsx'
import { TotalsStrip } from '../panels/totals.tsx'
import { Week } from '../panels/week.tsx'
import type { Note } from '../people/notes.ts'
import { pairsWith } from '../reports/filter.ts'
import type { Report } from '../reports/report.ts'
import { isEmpty } from '../reports/span.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { dimensionsOf, type View } from '../view.ts'
import { type Frame, Layout, mayChange } from './layout.tsx'
import { notesPath } from './notes.tsx'
import { type ScriptAddress, ScriptTag } from './script_tag.tsx'

interface SitePageProps {
  frame: Frame
  view: View
  report: Report
  /** Local hour of now. */
  hourNow: number
  script: ScriptAddress
  /** Of the period, for insiders. */
  notes?: readonly Note[] | undefined
  mayAnnotate?: boolean
}

export const SitePage: FC<SitePageProps> = ({ frame, view, report, hourNow, script, notes = [], mayAnnotate }) => {
  const { numbers: words, sayCount } = useWords()
  const { site, period } = view
  const { totals, base, breakdowns } = report
  const isOneDay = period.range.to === addDays(period.range.from, 1)
  const today = period.running && isOneDay ? hourNow : undefined
  const visitsToday = visitsOfToday(view, totals)
  return (
    <Layout
      frame={frame}
      title={`${visitsToday === undefined ? '' : `${sayCount(visitsToday)} · `}${site.domain} · Sundial`}
      site={site}
      tools={<PeriodPicker view={view} firstDay={totals.firstDay} />}
    >
      {view.filter && <FilterChip view={view} />}
      <section
        class="overview"
        aria-label={words.totals}
        data-live={period.running && !view.horizon ? '' : undefined}
        data-today={visitsToday}
      >
        <TotalsStrip view={view} report={totals} base={base} hourNow={today} />
        <Drawing {...{ view, totals, notes }} />
        <NoteList notes={notes} href={mayAnnotate ? notesPath(frame, site) : undefined} />
      </section>
      <HorizonNote view={view} totals={totals} base={base} />
      {base.leftOut.length > 0 && <LeftOut view={view} months={base.leftOut} />}
      <div class="between">
        <p class="hint">
          {words.countedIn(site.k)} <a href={view.link({}, '/fives')}>{words.how}</a>
        </p>
        <SearchBox view={view} />
      </div>
      <div class="panels">{inPairs(view, report).map(({ name, isWide }) => panelOf(name, isWide))}</div>
      {site.goals.length === 0 && mayChange(frame, site) && (
        <NoGoals href={`${frame.basePath}/sites/${encodeURIComponent(site.domain)}/settings/events#goals`} />
      )}
      {view.filter && <NoPairs view={view} />}
      <Foot
        view={view}
        script={script}
        shortcuts={`${frame.basePath}/shortcuts`}
        own={frame.person && !view.horizon ? `${frame.basePath}/sites/${encodeURIComponent(site.domain)}` : undefined}
      />
    </Layout>
  )

  function panelOf(name: Panel, isWide: boolean) {
    if (name === 'week') return report.week && <Week view={view} week={report.week} isWide={isWide} />
    if (name === 'goals') return report.goals && <Goals {...{ view, isWide }} totals={base} report={report.goals} />
    const dimension = view.tabs.get(name)
    const breakdown = dimension && breakdowns.get(dimension)
    if (name === 'engaged') return <Intervals {...{ view, breakdown, isWide }} totals={base} />
    return <Ranking {...{ name, view, breakdown, isWide }} totals={base} />
  }
}

type Panel = PanelName | 'week' | 'goals'
const ORDER: readonly Panel[] = ['sources', 'pages', 'places', 'engaged', 'week', 'campaigns', 'events', 'goals']

/**
 * The panels that have something to say, two beside each other. The map takes both columns: it waits for the panel before
 * it to have a neighbour. One that is left over at the end takes both as well.
 */
function inPairs(view: View, report: Report): { name: Panel; isWide: boolean }[] {
  const mapped = [...report.breakdowns.values()].some((breakdown) => isMapped(view, breakdown))
  const shown = ORDER.filter((name) => isShown(name, view, report))
  const halves = shown.filter((name) => !(name === 'places' && mapped))
  const pairs = halves.map((name, index) => ({ name, isWide: index === halves.length - 1 && index % 2 === 0 }))
  if (halves.length === shown.length) return pairs
  const before = shown.indexOf('places')
  return pairs.toSpliced(before + (before % 2), 0, { name: 'places', isWide: true })
}

function isShown(name: Panel, view: View, { base, week, goals }: Report): boolean {
  if (name === 'week') return week !== undefined
  if (isEmpty(base.range)) return false
  if (name === 'goals') return goals !== undefined && goals.goals.length > 0
  return answers(view, name)
}

/** Outsiders see the day that runs up to its last full hour only: no number to watch. */
function visitsOfToday({ period, horizon }: View, { visitsOfLastDay }: TotalsReport): number | undefined {
  return period.running && !horizon ? visitsOfLastDay : undefined
}

/** Panels of which the filter leaves nothing are named in one sentence instead. */
function answers({ site, filter, tabs }: View, panel: PanelName): boolean {
  if (!filter) return tabs.has(panel)
  const paired = pairsWith(site, filter.dimension).map(({ other }) => other)
  return dimensionsOf(site, panel).some((dimension) => paired.includes(dimension))
}

const NoPairs: FC<{ view: View }> = ({ view }) => {
  const words = useWords()
  const { site, filter } = view
  if (!filter) return null
  const missing = PANEL_NAMES.filter((name) => !answers(view, name)).flatMap((name) => {
    const dimension = dimensionsOf(site, name).find((dimension) => dimension !== filter.dimension)
    return dimension ? [dimension] : []
  })
  return <p class="note">{words.numbers.unpaired(filter.dimension, [...missing, 'hour'])}</p>
}

const LeftOut: FC<{ view: View; months: readonly string[] }> = ({ view, months }) => {
  const words = useWords()
  return <p class="note">{words.numbers.leftOut(months, view.filter !== undefined)}</p>
}

interface FootProps {
  /** Where a member's pages of the site are. */
  own: string | undefined
  view: View
  script: ScriptAddress
  /** The address of their page. */
  shortcuts: string
}

const Foot: FC<FootProps> = ({ view: { site, period, horizon, link }, script, shortcuts, own }) => {
  const { numbers, sayNaming } = useWords()
  const words = numbers.foot
  return (
    <footer class="foot">
      <p>
        {words.exact(site.k, sayNaming(site, 1))} {words.bounce}{' '}
        {words.hours(site.timezone.replaceAll('_', ' '), period.today)}
      </p>
      <p>{words.kept(site.anonymizationDays, site.retentionDays)}</p>
      <p>
        <a href={link({ filter: undefined }, '/dropped')}>{words.dropped}</a>
        {' · '}
        <a href={shortcuts} aria-keyshortcuts="?">
          {words.shortcuts}
        </a>
      </p>
      <p>
        {words.take(
          (csv) => (
            <a href={link({}, '/export.zip')} download title={words.asCsv}>
              {csv}
            </a>
          ),
          (json) => (
            <a href={link({}, '/export.json')} download title={words.asJson}>
              {json}
            </a>
          ),
        )}
      </p>
      {own && (
        <p>
          <a href={`${own}/reports`}>{words.reports}</a>
          {' · '}
          <a href={`${own}/health`}>{words.health}</a>
        </p>
      )}
      {!horizon && (
        <details>
          <summary>{words.tag}</summary>
          <ScriptTag site={site} script={script} />
        </details>
      )}
    </footer>
  )
}
