// A site as the Sites API reads and writes it: its settings by their names on the wire. What they may be is checked by
// sites.ts, which says every problem at once; here is only of what type they are. Used by sites_routes.ts
// and sites_api.ts.
import { z } from '@hono/zod-openapi'
import { K, PERIODS, PROFILE_NAMES } from '../../collector/contract.ts'
import type { Renaming, Site } from '../../collector/sites.ts'

const domain = z.string({ error: 'domain is a text such as example.com.' }).openapi({
  description: 'What `data-domain` in the script tag says, such as example.com.',
})

const SETTINGS = {
  hosts: texts('hosts').openapi({
    description: 'Hosts whose pages count. The domain is always among them; if not given, with and without www.',
  }),
  timezone: z.string({ error: 'timezone is a text such as Europe/Paris.' }).openapi({
    description: 'IANA name of the time zone of its days and hours.',
  }),
  k: z.int({ error: `k is one of ${K.choices.join(', ')}.` }).openapi({
    enum: [...K.choices],
    description:
      'Attributes are counted in whole multiples of it. What waits to be named starts again when it changes.',
  }),
  profile: z.string({ error: `profile is one of ${PROFILE_NAMES.join(', ')}.` }).openapi({
    enum: [...PROFILE_NAMES],
    description: 'How much is counted. What waits to be named starts again when it changes.',
  }),
  anonymization_days: z.int({ error: 'anonymization_days is a whole number.' }).openapi({
    description: 'Days from the end of a month until its hours become days and its days months.',
  }),
  retention_days: z.int({ error: 'retention_days is a whole number.' }).openapi({
    description: 'Days from the beginning of a month until its counts end.',
  }),
  query_parameters: texts('query_parameters').openapi({ description: 'Query parameters that stay in the page.' }),
  properties: texts('properties').openapi({
    description: 'Properties of custom events that are counted; `amount:10,50,100` counts numbers by interval.',
  }),
  path_patterns: texts('path_patterns').openapi({
    description: 'What is personal in a path, such as /u/:name/posts.',
  }),
  path_exceptions: texts('path_exceptions').openapi({
    description: 'Paths that stay as they are though they look personal, such as /docs/*.',
  }),
  browser_families: truth('browser_families').openapi({
    description: 'Whether visits are counted by browser family.',
  }),
  controller: z.string({ error: 'controller is a text.' }).openapi({
    description: 'Who is responsible and how to reach them, for the transparency page.',
  }),
  processors: texts('processors').openapi({
    description: 'Who processes the counts and where, for the transparency page.',
  }),
  public: truth('public').openapi({ description: 'Whether everybody may read its statistics, as outsiders may.' }),
  goals: texts('goals').openapi({
    description: 'What counts as reached: a custom event, or a page such as /thanks or /docs/*.',
  }),
} as const satisfies Record<string, z.ZodType>

function texts(name: string) {
  const error = `${name} is a list of texts.`
  return z.array(z.string({ error }), { error })
}

function truth(name: string) {
  return z.boolean({ error: `${name} is true or false.` })
}

export const SITE = z.object({ domain, ...SETTINGS }).openapi('Site')
export type SiteAnswer = z.infer<typeof SITE>

const optional = z.object(SETTINGS).partial().shape

/** What is not a setting is a mistake that somebody wants to know of. */
function settingsOnly<T extends z.core.$ZodShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)
        ? `${issue.keys.map(String).join(', ').slice(0, 200)}: there is no such field.`
        : 'The body is a JSON object.',
  })
}

export const NEW_SITE = settingsOnly({ domain, ...optional }).openapi('NewSite')

const confirm = z.string({ error: 'confirm is a text.' })

export const SITE_CHANGES = settingsOnly({
  domain: domain.optional().openapi({
    description:
      'Gives the site another domain. The old one stays among its hosts, so that its script tags go on counting.',
  }),
  ...optional,
  confirm: confirm.optional().openapi({
    description:
      'The domain once more, where a period gets shorter: that holds for what was counted already, and cannot be undone.',
  }),
}).openapi('SiteChanges')

export const DELETION = settingsOnly({
  confirm: confirm.openapi({ description: 'The domain once more: what is deleted cannot be brought back.' }),
}).openapi('Deletion')

/** In the names of the site's settings; what was not given is undefined and stays as it is. */
export function changesIn(given: Omit<z.infer<typeof SITE_CHANGES>, 'confirm'>): Renaming {
  const { anonymization_days, retention_days, query_parameters, path_patterns, path_exceptions, ...rest } = given
  const { browser_families: browserFamilies, ...same } = rest
  return {
    ...same,
    browserFamilies,
    anonymizationDays: anonymization_days,
    retentionDays: retention_days,
    queryParameters: query_parameters,
    pathPatterns: path_patterns,
    pathExceptions: path_exceptions,
  }
}

/** Without its id: by the next one others could see how many sites there are. */
export function answerSite(site: Site): SiteAnswer {
  return {
    domain: site.domain,
    hosts: [...site.hosts],
    timezone: site.timezone,
    k: site.k,
    profile: site.profile,
    anonymization_days: site.anonymizationDays,
    retention_days: site.retentionDays,
    query_parameters: [...site.queryParameters],
    properties: [...site.properties],
    path_patterns: [...site.pathPatterns],
    path_exceptions: [...site.pathExceptions],
    browser_families: site.browserFamilies,
    controller: site.controller,
    processors: [...site.processors],
    public: site.public,
    goals: [...site.goals],
  }
}

/** Of the documentation. */
export const EXAMPLE: SiteAnswer = {
  domain: 'example.com',
  hosts: ['example.com', 'www.example.com'],
  timezone: 'Europe/Paris',
  k: K.default,
  profile: 'standard',
  anonymization_days: PERIODS.anonymization.default,
  retention_days: PERIODS.retention.default,
  query_parameters: [],
  properties: ['plan'],
  path_patterns: [],
  path_exceptions: [],
  browser_families: false,
  controller: '',
  processors: [],
  public: false,
  goals: ['signup'],
}
