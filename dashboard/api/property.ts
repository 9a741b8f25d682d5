// Plausible's property names and the dimensions they stand for here, to break down and to filter by.
// Read by question.ts; what cannot be asked comes back as a sentence.
import { DIMENSION_NAMES, DIMENSIONS, type Dimension } from '../../collector/contract.ts'
import { propertyName } from '../../collector/property.ts'
import type { Site } from '../../collector/sites.ts'
import { countsBy, type Filter } from '../reports/filter.ts'

export interface Property {
  /** As asked: 'visit:source'. */
  name: string
  dimension: Dimension
  /** What a row of a breakdown calls its value: 'source'. */
  key: string
  /** 'plan=' for event:props:plan, since properties are kept as name=value; '' for all others. */
  prefix: string
}

/** A filter that remembers the name it was asked by. */
export interface NamedFilter extends Filter {
  name: string
}

const PROPERTIES: ReadonlyMap<string, Dimension> = new Map([
  ...DIMENSION_NAMES.flatMap((dimension) => {
    const { api } = DIMENSIONS[dimension]
    return api === undefined ? [] : [[api, dimension] as const]
  }),
  // Goals are custom events here.
  ['event:goal', 'event'],
])
const CUSTOM = 'event:props:'

/** Every name with what it stands for, for the documentation. */
export const PROPERTY_NAMES: readonly { name: string; meaning: string }[] = [
  ...[...PROPERTIES].map(([name, dimension]) => ({ name, meaning: DIMENSIONS[dimension].label.toLowerCase() })),
  { name: `${CUSTOM}<name>`, meaning: 'a property of custom events that the site has declared' },
]

const NO_DEVICE = 'no detail of a device is kept'
const NO_PLACE = 'the country is the finest place that is kept, as visit:country'
const NOT_KEPT: Readonly<Record<string, string>> = {
  'visit:referrer': 'of a referrer only its host or name is kept, as visit:source',
  'visit:exit_page': 'nothing that is kept tells the last page of a visit',
  'event:hostname': 'the pages of all hosts of a site are counted together, as event:page',
  'visit:device': NO_DEVICE,
  'visit:screen': NO_DEVICE,
  'visit:os': NO_DEVICE,
  'visit:os_version': NO_DEVICE,
  'visit:browser_version': 'browsers are kept as families without versions, as visit:browser',
  'visit:region': NO_PLACE,
  'visit:city': NO_PLACE,
}

export function readProperty(name: string, site: Site): Property | { invalid: string } {
  if (name.startsWith(CUSTOM)) return readCustom(name, site)
  const dimension = PROPERTIES.get(name)
  if (dimension === undefined) return { invalid: unknown(name) }
  if (!countsBy(site, dimension)) {
    return { invalid: `${site.domain} does not count by ${name} (${DIMENSIONS[dimension].label.toLowerCase()}).` }
  }
  return { name, dimension, key: name.slice(name.indexOf(':') + 1), prefix: '' }
}

function readCustom(name: string, site: Site): Property | { invalid: string } {
  const key = name.slice(CUSTOM.length)
  const names = site.properties.map(propertyName)
  if (names.includes(key)) return { name, dimension: 'property', key, prefix: `${key}=` }
  const declared = names.length === 0 ? 'none yet' : names.map((own) => CUSTOM + own).join(', ')
  return { invalid: `${name} is no property that ${site.domain} has declared; it has declared ${declared}.` }
}

function unknown(name: string): string {
  const reason = Object.hasOwn(NOT_KEPT, name) ? NOT_KEPT[name] : undefined
  if (reason !== undefined) return `There is no ${name} here: ${reason}.`
  return `${name} is no property; properties are ${[...PROPERTIES.keys()].join(', ')} and ${CUSTOM}<name>.`
}

const ONE_FILTER =
  'filters takes one filter with ==, as in visit:source==Google: at most two attributes ever stand together in a ' +
  'count, so !=, wildcards (*), alternatives (|) and lists (;) have no answer here. Write \\*, \\| or \\; for the sign itself.'

/** `visit:source==Google`. A backslash before one of the signs that Plausible gives a meaning makes it a plain one. */
export function readFilter(text: string, site: Site): NamedFilter | { invalid: string } {
  const [, name, value] = /^([^=!~;|]+)==(.+)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) return { invalid: ONE_FILTER }
  if (/[|;*]/.test(value.replace(ESCAPED, ''))) return { invalid: ONE_FILTER }
  const property = readProperty(name.trim(), site)
  if ('invalid' in property) return property
  if (property.name === 'event:goal' && value.startsWith('Visit /')) {
    return {
      invalid: `Goals are custom events here; for a page filter by event:page==${value.slice('Visit '.length)}.`,
    }
  }
  const { dimension, prefix } = property
  return { name: property.name, dimension, value: prefix + value.replace(ESCAPED, '$1') }
}

const ESCAPED = /\\([\\|;*])/g
