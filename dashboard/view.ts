// What a page shows, all of it in the URL: site, period, filter, the metric drawn and the tab of each panel.
// Read by the app from a request; pages and panels make their links with it.
import { DIMENSION_NAMES, DIMENSIONS, type Dimension, PANEL_NAMES, type PanelName } from '../collector/contract.ts'
import type { Site } from '../collector/sites.ts'
import type { Period, PeriodQuery } from './period.ts'
import { countsBy, type Filter, pairsWith, writeFilter } from './reports/filter.ts'
import type { Horizon } from './reports/horizon.ts'

/** Each panel shows one of its dimensions at a time; this one stands before the others of the contract. */
const FIRST: Readonly<Partial<Record<PanelName, Dimension>>> = {
  engaged: 'session_interval',
  campaigns: 'utm_campaign',
}

export const DRAWN = ['visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'events'] as const
export type Drawn = (typeof DRAWN)[number]

export interface View {
  site: Site
  period: Period
  /** How far who reads this sees; none for an insider. */
  horizon: Horizon | undefined
  filter: Filter | undefined
  /** What the URL asks the chart to draw; under a filter there may be no such number: panels/drawn.ts. */
  metric: Drawn
  /** The dimension each panel shows. Panels this site counts nothing for are missing. */
  tabs: ReadonlyMap<PanelName, Dimension>
  /** How the countries are shown: on a map with their list beside it, or as the list alone. */
  countries: 'map' | 'list'
  link: Link
  /** The month that the calendar shows and the day a range is to begin on, while it is open: as asked, not checked. */
  picking: { month: string | undefined; start: string | undefined }
  /** State of the URL by parameter, for forms that change a part of it. */
  state: Readonly<Record<string, string>>
}

/** The address of the page with some of its state changed; undefined takes a parameter away. */
export type Link = (changes: LinkChanges, path?: string) => string
export type LinkChanges = Partial<Record<Parameter, string | undefined>>

const PARAMETERS = ['site', 'period', 'date', 'from', 'to', 'compare', 'by', 'filter', 'metric', 'countries'] as const
type Parameter =
  | (typeof PARAMETERS)[number]
  | PanelName
  | 'calendar'
  | 'start'
  | 'dimension'
  | 'page'
  | 'panel'
  | 'q'
  | 'search'
  | 'sort'

export function readView(
  query: Record<string, string>,
  {
    site,
    period,
    horizon,
    filter,
    basePath,
    below = '',
  }: Pick<View, 'site' | 'period' | 'horizon' | 'filter'> & { basePath: string; below?: string },
): View {
  const state: Record<string, string> = {}
  for (const name of [...PARAMETERS, ...PANEL_NAMES]) if (query[name]) state[name] = query[name]
  // A share link names its site.
  if (below !== '') delete state.site
  return {
    site,
    period,
    horizon,
    filter,
    metric: DRAWN.find((name) => name === query.metric) ?? 'visits',
    tabs: readTabs(query, site, filter),
    countries: query.countries === 'list' ? 'list' : 'map',
    link: (changes, path = '/') => `${basePath}${placeOf(path, below)}${search({ ...state, ...changes })}`,
    picking: { month: query.calendar, start: query.start },
    state,
  }
}

function placeOf(path: string, below: string): string {
  return below !== '' && path === '/' ? below : `${below}${path}`
}

function search(parameters: Record<string, string | undefined>): string {
  const filled = Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return filled.length === 0 ? '' : `?${new URLSearchParams(filled)}`
}

/** Under a filter a panel opens on a dimension that the filter's pairs can answer. */
function readTabs(query: Record<string, string>, site: Site, filter: Filter | undefined): Map<PanelName, Dimension> {
  const paired = filter ? pairsWith(site, filter.dimension).map(({ other }) => other) : []
  const tabs = new Map<PanelName, Dimension>()
  for (const name of PANEL_NAMES) {
    const dimensions = dimensionsOf(site, name)
    const tab =
      dimensions.find((dimension) => dimension === query[name]) ??
      dimensions.find((dimension) => paired.includes(dimension)) ??
      dimensions.find((dimension) => dimension === filter?.dimension) ??
      dimensions[0]
    if (tab) tabs.set(name, tab)
  }
  return tabs
}

export function dimensionsOf(site: Site, panel: PanelName): Dimension[] {
  const first = FIRST[panel]
  const others = DIMENSION_NAMES.filter((dimension) => DIMENSIONS[dimension].panel === panel && dimension !== first)
  return [...(first ? [first] : []), ...others].filter((dimension) => countsBy(site, dimension))
}

/** Whether a panel ranks the values of a dimension. Intervals are a distribution, hours are drawn. */
export function isRanked(site: Site, dimension: Dimension): boolean {
  return rankedOf(site).includes(dimension)
}

/** All that a site counts by and that panels rank. */
export function rankedOf(site: Site): Dimension[] {
  return PANEL_NAMES.filter((name) => name !== 'engaged').flatMap((name) => dimensionsOf(site, name))
}

/** Changes that put another period into the URL. */
export function toPeriod({ period, date, from, to }: PeriodQuery): LinkChanges {
  return { period, date, from, to }
}

export function toFilter(filter: Filter | undefined): LinkChanges {
  return { filter: filter && writeFilter(filter) }
}
