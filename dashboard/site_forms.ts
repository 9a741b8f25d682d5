// The forms of a site's settings as a browser sends them: which settings each holds, how they are written into its fields
// and read from them. Whether they are fit is checked by sites.ts. Used by sites.tsx and its pages.
import type { Renaming, Site } from '../collector/sites.ts'

/** By the form's name: its page, below the settings' address, and its fields. */
export const FORMS = {
  domain: { page: '', settings: ['domain'] },
  hosts: { page: '', settings: ['hosts'] },
  timezone: { page: '', settings: ['timezone'] },
  rule: { page: '/counting', settings: ['profile', 'k'] },
  browsers: { page: '/counting', settings: ['browserFamilies'] },
  paths: { page: '/events', settings: ['queryParameters', 'pathPatterns', 'pathExceptions'] },
  properties: { page: '/events', settings: ['properties'] },
  goals: { page: '/events', settings: ['goals'] },
  responsible: { page: '/transparency', settings: ['controller', 'processors'] },
  public: { page: '/sharing', settings: ['public'] },
} as const satisfies Record<string, { page: string; settings: readonly (keyof Fields)[] }>
export type FormName = keyof typeof FORMS

export function formNamed(name: string): FormName | undefined {
  return FORM_NAMES.find((form) => form === name)
}

const FORM_NAMES = Object.keys(FORMS).filter((name): name is FormName => name in FORMS)

/** What stands in the fields: lists a line each, switches as 'on' or ''. */
export type Fields = Record<Exclude<keyof Renaming, 'anonymizationDays' | 'retentionDays'>, string>

export function fieldsOf(site: Site): Fields {
  return {
    domain: site.domain,
    hosts: site.hosts.filter((host) => host !== site.domain).join('\n'),
    timezone: site.timezone,
    k: String(site.k),
    profile: site.profile,
    browserFamilies: site.browserFamilies ? 'on' : '',
    queryParameters: site.queryParameters.join('\n'),
    pathPatterns: site.pathPatterns.join('\n'),
    pathExceptions: site.pathExceptions.join('\n'),
    properties: site.properties.join('\n'),
    goals: site.goals.join('\n'),
    controller: site.controller,
    processors: site.processors.join('\n'),
    public: site.public ? 'on' : '',
  }
}

/** What was typed into a form; a field that was not sent is empty, as a switch that is off is. */
export function typedInto(form: FormName, body: Readonly<Record<string, unknown>>): Partial<Fields> {
  const sent = FORMS[form].settings.map((setting) => [setting, textOf(body[setting])] as const)
  return Object.fromEntries(sent)
}

export function changesIn(typed: Partial<Fields>): Renaming {
  return {
    domain: typed.domain?.trim().toLowerCase(),
    hosts: linesOf(typed.hosts),
    timezone: typed.timezone?.trim(),
    k: typed.k === undefined ? undefined : Number(typed.k),
    profile: typed.profile,
    browserFamilies: switchOf(typed.browserFamilies),
    queryParameters: linesOf(typed.queryParameters),
    pathPatterns: linesOf(typed.pathPatterns),
    pathExceptions: linesOf(typed.pathExceptions),
    properties: linesOf(typed.properties),
    goals: linesOf(typed.goals),
    controller: typed.controller?.replaceAll('\r\n', '\n').trim(),
    processors: linesOf(typed.processors),
    public: switchOf(typed.public),
  }
}

/** A field of a form; a file that was sent in its place is none. */
export function textOf(sent: unknown): string {
  return typeof sent === 'string' ? sent : ''
}

function linesOf(text: string | undefined): string[] | undefined {
  return text
    ?.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function switchOf(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'on'
}
