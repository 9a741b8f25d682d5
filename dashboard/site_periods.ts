// What becomes of a site under two other periods: whether they may be, and what gets shorter. Used by `sundial period`, by
// the page of the periods and by the Sites API.
import type { SiteRefusal } from '../collector/site_refusals.ts'
import { refusalsIn, siteSettings } from '../collector/site_rules.ts'
import type { Site } from '../collector/sites.ts'

export interface Periods {
  anonymizationDays: number
  retentionDays: number
}

/** Why a site may not have these periods; none where it may. */
export function periodProblems({ id: _, ...settings }: Site, wanted: Periods): SiteRefusal[] {
  const checked = siteSettings.safeParse({ ...settings, ...wanted })
  return checked.success ? [] : refusalsIn(checked.error)
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
