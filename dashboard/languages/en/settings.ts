// The settings of a site: what each is called and does to visitors, and the pages of their forms. In English.
import type { Site } from '../../../collector/sites.ts'
import type { FormName } from '../../site_forms.ts'
import { sayRefused } from './refusals.ts'

export type SettingName = Exclude<keyof Site, 'id' | 'organization' | 'closed'>

/** Each with, in one sentence, what it does to visitors. */
const of: Record<SettingName, { label: string; effect: string }> = {
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
}

const forms: Record<FormName, string> = {
  domain: 'Domain',
  hosts: 'Hosts and aliases',
  timezone: 'Time zone',
  rule: 'How much is counted',
  browsers: 'Browsers',
  paths: 'Pages',
  properties: 'Events',
  goals: 'Goals',
  responsible: 'What visitors read of you',
  public: 'Everybody',
}

export const settings = {
  of,
  title: 'Settings',
  /** By their paths below the settings' address. */
  pages: {
    '': 'Domain and hosts',
    '/counting': 'How it counts',
    '/events': 'Pages and events',
    '/transparency': 'Transparency',
    '/sharing': 'Who may read',
    '/periods': 'Periods',
    '/end': 'Anonymize, delete',
  },
  forms,
  save: 'Save',
  saved: 'Saved',

  /** What follows the effect of a setting, below its field. */
  more: {
    domain:
      'The old domain stays among the hosts, so script tags that name it go on counting. Links to the old address of this page and of the dashboard end.',
    hosts: 'One a line, such as blog.example.com. A script tag may name any of them as its domain.',
    timezone: 'What was counted already keeps its hours and days.',
    queryParameters: 'One a line, such as lang.',
    pathPatterns:
      'One a line: /u/:name/posts makes every /u/ann/posts that; * is any segment, a last ** the rest. Ids, tokens and e-mail addresses are replaced without any.',
    pathExceptions: 'One a line, such as /blog/20240115 or /docs/*.',
    properties:
      'One a line: plan for texts, amount:10,50,100 for numbers and their bounds. Events themselves need no declaration.',
    goals: 'One a line: the name of an event, such as signup, or a page, such as /thanks or /docs/*.',
    processors: 'One a line, such as Hetzner, Falkenstein (EU).',
    public: 'Search engines are asked to stay away.',
  },
  hostsBeside: (domain: string) => `Hosts beside ${domain}`,
  reached: 'What counts as reached',
  startsAgain:
    'A change of either starts the month again: nothing that was counted under one rule is named under another. What has no name yet is counted as other, and pages, sources and countries earn their names anew. Totals go on, and what shows already stays.',
  agreed: 'Start the month again, where this changes',
  notAgreed: 'This starts the month again. Tick that it shall.',
  asVisitorsSeeIt: 'The transparency page as visitors see it',
  refused: sayRefused,
}

export type SettingsWords = typeof settings
