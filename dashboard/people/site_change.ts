// What the audit log says of a change of a site's settings: those that changed, before and after. Written in one batch
// with the change, by the pages of the settings and by the API.
import { PROFILE_NAMES, PROFILES } from '../../collector/contract.ts'
import { siteSettings } from '../../collector/site_rules.ts'
import type { Renaming, Site } from '../../collector/sites.ts'

/** For an entry's details; nothing of a change that changes nothing, or that sites.ts will refuse. */
export function changeOf(site: Site, changes: Renaming): Record<string, unknown> {
  const { id: _, ...before } = site
  const asked = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const hosts = [...new Set([changes.domain ?? site.domain, ...(changes.hosts ?? site.hosts)])]
  const read = siteSettings.safeParse({ ...before, ...asked, k: kUnder(site, changes), hosts })
  if (!read.success) return {}
  const was = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(read.data).filter(
    ([setting, value]) =>
      (setting in asked || setting === 'k') && JSON.stringify(value) !== JSON.stringify(was.get(setting)),
  )
  if (changed.length === 0) return {}
  return {
    before: Object.fromEntries(changed.map(([setting]) => [setting, told(setting, was.get(setting))])),
    after: Object.fromEntries(changed.map(([setting, value]) => [setting, told(setting, value)])),
  }
}

/** As sites.ts does it: whoever asks for a profile alone gets the least k that it allows. */
function kUnder(site: Site, changes: Renaming): number {
  const profile = PROFILE_NAMES.find((name) => name === changes.profile)
  return changes.k ?? Math.max(site.k, profile === undefined ? 0 : PROFILES[profile].minimumK)
}

/** Who is responsible may be a person: the log says only whether somebody is named. */
function told(setting: string, value: unknown): unknown {
  if (setting !== 'controller') return value
  return value === '' ? 'not named' : 'named'
}
