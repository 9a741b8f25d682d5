// `sundial site`: the settings store from the command line.
import { K, PERIODS, PROFILES } from '../../collector/contract.ts'
import { sayRefusals } from '../../collector/site_refusals.ts'
import type { Site, SiteChanges } from '../../collector/sites.ts'
import type { Organization } from '../people/organizations.ts'
import { createRoster } from '../people/roster.ts'
import { changeOf } from '../people/site_change.ts'
import {
  type Definition,
  type ExitCode,
  type Given,
  type Stores,
  SUNDIAL,
  type Terminal,
  UsageError,
} from './command.ts'
import { auditOf, type OperatorDeps } from './operator.ts'
import { organizationOf, placeOf } from './user.ts'

const SETTINGS = {
  host: {
    value: '<host>',
    many: true,
    meaning:
      'A host whose pages count, beside the domain; repeat for more. New sites: the domain with and without www.',
  },
  timezone: { value: '<name>', meaning: 'Time zone of its days and hours, such as Europe/Paris. New sites: UTC.' },
  k: {
    value: '<n>',
    meaning: `Attributes are counted in whole multiples of it: ${K.choices.join(', ')}. New sites: ${K.default}, or the least that the profile allows.`,
  },
  profile: {
    value: '<name>',
    meaning: `How much is counted: ${Object.keys(PROFILES).join(', ')}. New sites: standard.`,
  },
  'query-parameter': {
    value: '<name>',
    many: true,
    meaning: 'A query parameter that stays in the page; repeat for more.',
  },
  property: {
    value: '<name>',
    many: true,
    meaning:
      'A property of custom events that is counted; amount:10,50,100 counts numbers by interval; repeat for more.',
  },
  'path-pattern': {
    value: '<path>',
    many: true,
    meaning:
      'What is personal in a path, such as /u/:name/posts: ":name" replaces any segment, "*" is any, a last "**" the rest; repeat for more.',
  },
  'path-exception': {
    value: '<path>',
    many: true,
    meaning:
      'Paths that stay as they are though they look personal, such as /docs/* (e-mail addresses never do); repeat for more.',
  },
  'browser-families': { value: '<on|off>', meaning: 'Whether visits are counted by browser family. New sites: off.' },
  controller: {
    value: '<text>',
    meaning: 'Who is responsible and how to reach them, for the transparency page; "" for nobody.',
  },
  processor: {
    value: '<text>',
    many: true,
    meaning:
      'Who processes the counts and where, such as "Hetzner, Falkenstein (EU)", for the transparency page; repeat for more.',
  },
  public: {
    value: '<on|off>',
    meaning:
      'Whether everybody may read its statistics: totals up to the last full hour, names of days that are settled. New sites: off.',
  },
  goal: {
    value: '<goal>',
    many: true,
    meaning:
      'What counts as reached: a custom event, such as signup, or a page, such as /thanks or /docs/*; repeat for more.',
  },
} as const satisfies Definition['options']

/** Of a site that is there, `sundial period` changes them: it shows first what goes. */
const PERIOD_SETTINGS = {
  anonymization: {
    value: '<days>',
    meaning: `Days from the end of a month until its hours become days and its days months. New sites: ${PERIODS.anonymization.default}.`,
  },
  retention: {
    value: '<days>',
    meaning: `Days from the beginning of a month until its counts end. New sites: ${PERIODS.retention.default}.`,
  },
} as const satisfies Definition['options']

const RENAME = {
  rename: {
    value: '<domain>',
    meaning:
      'Gives the site another domain. The old one stays among its hosts, so that its script tags go on counting.',
  },
} as const satisfies Definition['options']

const PROFILE_NOTES = Object.entries(PROFILES).map(([name, { meaning }]) => `Profile ${name}: ${meaning}`)

const EMPTY_LIST = 'An option that may be repeated replaces the whole list; --property "" empties it.'

interface SiteAddDeps {
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createSiteAdd(deps: SiteAddDeps): Definition {
  return {
    name: 'site add',
    summary: 'Adds a site. Its events count from then on.',
    words: ['domain'],
    options: {
      organization: {
        value: '<name>',
        meaning: 'Whose it is, where there is more than one organization: by name or id.',
      },
      ...SETTINGS,
      ...PERIOD_SETTINGS,
    },
    notes: PROFILE_NOTES,
    d1: true,
    async run(given, stores, terminal) {
      if (!stores.settings) throw new Error('There is no settings store here.')
      const { organizations, audit } = createRoster({ db: stores.settings, ...deps })
      const domain = given.word('domain')
      const owner = ownerOf(given.text('organization'), await organizations.all())
      if (owner && 'refused' in owner) return refuse(`${domain} was not added`, [owner.refused], terminal)
      const periods = { anonymizationDays: given.number('anonymization'), retentionDays: given.number('retention') }
      const entry = owner && audit.entry({ organization: owner.id, actor: 'operator', act: 'site added', site: domain })
      const wanted = { domain, ...changesIn(given), ...periods, organization: owner?.id }
      const answer = await stores.sites.add(wanted, entry ? [entry] : [])
      if ('refused' in answer) return refuse(`${domain} was not added`, sayRefusals(answer.refused), terminal)
      terminal.out(`Added ${domain} as site ${answer.site.id}${owner ? ` of ${owner.name}` : ''}${placeOf(stores)}.`)
      for (const line of describe(answer.site)) terminal.out(line)
      sayTag(stores, domain, terminal)
      return 0
    },
  }
}

/** Without an organization a site waits for the first one, which takes over what is there. */
function ownerOf(wanted: string | undefined, all: readonly Organization[]) {
  return wanted === undefined && all.length === 0 ? undefined : organizationOf(wanted, all)
}

export function createSiteSet(deps: OperatorDeps): Definition {
  return {
    name: 'site set',
    summary: 'Changes settings of a site. Takes effect within a minute.',
    words: ['domain'],
    options: { ...SETTINGS, ...RENAME },
    notes: [...PROFILE_NOTES, EMPTY_LIST, `Its two periods are changed by: ${SUNDIAL} period`],
    d1: true,
    async run(given, stores, terminal) {
      const domain = given.word('domain')
      const changes = { ...changesIn(given), domain: given.text('rename') }
      if (Object.values(changes).every((value) => value === undefined)) {
        throw new UsageError(`nothing to change\nSee: ${SUNDIAL} site set --help`)
      }
      const say = (site: Site) => {
        const renamed = changes.domain ?? domain
        return { act: 'site changed', site: renamed, details: changeOf(site, changes) } as const
      }
      const answer = await stores.sites.set(domain, changes, await auditOf(domain, say, { stores, ...deps }))
      if ('refused' in answer) return refuse(`${domain} was not changed`, sayRefusals(answer.refused), terminal)
      terminal.out(`Changed ${domain}${placeOf(stores)}.`)
      if (answer.site.domain !== domain) terminal.out(`${answer.site.domain}:`)
      for (const line of describe(answer.site)) terminal.out(line)
      return 0
    },
  }
}

export const siteList: Definition = {
  name: 'site list',
  summary: 'Lists the sites with their settings.',
  words: [],
  options: { json: { meaning: 'Prints a JSON array instead.' } },
  d1: true,
  async run(given, { sites }, terminal) {
    await sites.fresh()
    if (given.flag('json')) terminal.out(JSON.stringify(sites.all(), null, 2))
    else if (sites.all().length === 0) terminal.out(`There is no site yet: ${SUNDIAL} site add example.com`)
    else for (const site of sites.all()) for (const line of [site.domain, ...describe(site)]) terminal.out(line)
    return 0
  },
}

function changesIn(given: Given): SiteChanges {
  return {
    hosts: given.list('host'),
    timezone: given.text('timezone'),
    k: given.number('k'),
    profile: given.text('profile'),
    queryParameters: given.list('query-parameter'),
    properties: given.list('property'),
    pathPatterns: given.list('path-pattern'),
    pathExceptions: given.list('path-exception'),
    browserFamilies: readSwitch('browser-families', given),
    controller: given.text('controller'),
    processors: given.list('processor'),
    public: readSwitch('public', given),
    goals: given.list('goal'),
  }
}

function readSwitch(option: 'browser-families' | 'public', given: Given): boolean | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  if (text !== 'on' && text !== 'off') throw new UsageError(`--${option} is on or off, not "${text}"`)
  return text === 'on'
}

function refuse(what: string, reasons: readonly string[], terminal: Terminal): ExitCode {
  terminal.err(`${what}:`)
  for (const reason of reasons) terminal.err(`  ${reason}`)
  return 1
}

function describe(site: Site): string[] {
  const lists = [
    ['query parameters', site.queryParameters.join(', ')],
    ['properties', site.properties.join(', ')],
    ['path patterns', site.pathPatterns.join(', ')],
    ['path exceptions', site.pathExceptions.join(', ')],
    ['controller', site.controller.replaceAll('\n', ', ')],
    ['processors', site.processors.join('; ')],
    ['goals', site.goals.join(', ')],
    ['closed:', site.closed ? 'its organization is being deleted, so nothing is counted' : ''],
  ] as const
  return [
    `  hosts ${site.hosts.join(', ')}`,
    `  profile ${site.profile}: ${PROFILES[site.profile].meaning}`,
    `  time zone ${site.timezone}, k ${site.k}, browser families ${sayOn(site.browserFamilies)}, public ${sayOn(site.public)}`,
    `  anonymization after ${site.anonymizationDays} days, retention ${site.retentionDays} days`,
    ...lists.flatMap(([what, said]) => (said === '' ? [] : [`  ${what} ${said}`])),
  ]
}

function sayOn(on: boolean): string {
  return on ? 'on' : 'off'
}

function sayTag(
  { publicAddress, address = 'https://stats.example.com', place }: Stores,
  domain: string,
  terminal: Terminal,
) {
  terminal.out('Put this into the head of its pages:')
  terminal.out(`  <script defer data-domain="${domain}" src="${publicAddress ?? address}/js/sundial.js"></script>`)
  // On Workers the dashboard, which has that page, is elsewhere.
  const dashboard = place === undefined ? (publicAddress ?? address) : 'https://<the dashboard>'
  terminal.out('What its visitors may read, for its privacy notice:')
  terminal.out(`  ${dashboard}/transparency/${domain}`)
  if (publicAddress !== undefined) return
  terminal.out(
    `Replace ${address} by the address at which its visitors reach this Sundial; with PUBLIC_URL the tag names it.`,
  )
}
