// The sites of the benches that count without HTTP: defaults of the data contract, UTC.
import { defaultSettings } from '../../collector/site_rules.ts'
import type { Site } from '../../collector/sites.ts'
import { domainAt } from './audience.ts'

/** By their place, from 0 on; an id is one more. */
export function sitesOf(count: number): (place: number) => Site {
  const sites = Array.from({ length: count }, (_, place) => ({
    id: place + 1,
    ...defaultSettings(domainAt(place)),
    properties: ['plan'],
  }))
  return (place) => {
    const site = sites[place]
    if (!site) throw new RangeError(`no site at ${place}`)
    return site
  }
}
