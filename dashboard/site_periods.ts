// What becomes of a site under two other periods: whether they may be, what gets shorter, what goes at once. Used by
// `sundial period` and by the page of the periods.
import { sentences, siteSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'
import type { MonthPreview } from '../collector/stock.ts'
import { plural, sayCount } from './words.ts'

export interface Periods {
  anonymizationDays: number
  retentionDays: number
}

/** Why a site may not have these periods; none where it may. */
export function periodProblems({ id: _, ...settings }: Site, wanted: Periods): string[] {
  const checked = siteSettings.safeParse({ ...settings, ...wanted })
  return checked.success ? [] : sentences(checked.error)
}

/** Those that get shorter, as retention.ts takes them; undefined when none does. */
export function shorterOf(site: Periods, wanted: Periods): Partial<Periods> | undefined {
  return onlySome(wanted, (period) => wanted[period] < site[period])
}

/** Those that get longer, for what is counted from then on. */
export function longerOf(site: Periods, wanted: Periods): Partial<Periods> | undefined {
  return onlySome(wanted, (period) => wanted[period] > site[period])
}

function onlySome(wanted: Periods, which: (period: keyof Periods) => boolean): Partial<Periods> | undefined {
  const some = {
    ...(which('anonymizationDays') ? { anonymizationDays: wanted.anonymizationDays } : {}),
    ...(which('retentionDays') ? { retentionDays: wanted.retentionDays } : {}),
  }
  return Object.keys(some).length > 0 ? some : undefined
}

/** What goes of a month at once: either the month is over, or it is generalized. */
export function sayGoing({ hours, generalized, days, removed, visits, n }: MonthPreview): string {
  if (days + removed > 0) {
    return `removed: ${plural(days, 'day')} with ${plural(visits, 'visit')}, ${plural(removed, 'attribute count')} (${sayCount(n)} in sum), ${plural(hours, 'hour')}`
  }
  return `generalized: ${plural(hours, 'hour')} go into their days, ${plural(generalized, 'attribute count')} into the month`
}
