// What each setting of a site is called, and in one sentence what it does to visitors. Printed beside the forms of the
// settings; made so that a page for visitors can print it as well.
import type { Site } from '../collector/sites.ts'

export type SettingName = Exclude<keyof Site, 'id' | 'organization' | 'closed'>

interface SettingWords {
  label: string
  /** What it does to visitors. */
  effect: string
}

export const SETTINGS = {
  domain: {
    label: 'Domain',
    effect: 'Changes nothing for visitors: the same is kept of them, under another name.',
  },
  hosts: {
    label: 'Hosts',
    effect: 'Visitors are counted on pages of these hosts only.',
  },
  timezone: {
    label: 'Time zone',
    effect: 'Says to which hour and day a visit belongs; where a visitor’s own clock stands is never asked.',
  },
  k: {
    label: 'Least count',
    effect:
      'Pages, sources, countries and all else with a name are kept in whole multiples of it: the higher, the less a number says of one visitor.',
  },
  profile: {
    label: 'Profile',
    effect: 'Says how much is counted of a visit at all.',
  },
  browserFamilies: {
    label: 'Count browser families',
    effect:
      'Visits are also counted by the family of their browser, such as Firefox: never a version, a system or a device.',
  },
  queryParameters: {
    label: 'Query parameters that stay',
    effect:
      'What stands in these parameters of an address is kept with its page, so none of them may carry a name, a search or an id; all others are dropped.',
  },
  pathPatterns: {
    label: 'Paths with something personal',
    effect: 'What these patterns name in a path is replaced before anything is counted, so it is never kept.',
  },
  pathExceptions: {
    label: 'Paths that only look personal',
    effect:
      'What stands in these paths is kept as it is, though it looks like an id or a name; e-mail addresses never are.',
  },
  properties: {
    label: 'Properties of events',
    effect: 'These properties of events are counted, numbers by intervals; any other that a browser sends is dropped.',
  },
  goals: {
    label: 'Goals',
    effect: 'Only reads what is counted already: nothing more is kept of a visitor.',
  },
  controller: {
    label: 'Who is responsible',
    effect: 'Visitors read on the transparency page whom to ask and how to reach them.',
  },
  processors: {
    label: 'Who processes, and where',
    effect: 'Visitors read on the transparency page who else handles the counts, and in which country.',
  },
  public: {
    label: 'Everybody may read the statistics',
    effect:
      'Nobody learns more of a visitor than the counts hold; they show up to a horizon only, so that no single visit can be watched as it comes.',
  },
  anonymizationDays: {
    label: 'Anonymization period',
    effect: 'So many days after a month has ended its hours become days and its named counts become months.',
  },
  retentionDays: {
    label: 'Retention period',
    effect: 'So many days after a month began nothing of its visits can be read any more.',
  },
} as const satisfies Record<SettingName, SettingWords>
