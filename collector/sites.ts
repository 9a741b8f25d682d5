// The sites this Sundial counts for, with their settings. The collector reads them for every event through a
// versioned cache; the command line edits them.
import type { K, Profile } from './contract.ts'

export interface Site {
  /** UInt32 in ClickHouse; never reused. */
  id: number
  /** What `data-domain` in the script tag and `domain` on the wire say. */
  domain: string
  /** Hosts whose pages count, as `URL.hostname` spells them. Always includes the domain. */
  hosts: readonly string[]
  /** IANA name: days and hours are this zone's. */
  timezone: string
  k: K
  profile: Profile
  anonymizationDays: number
  retentionDays: number
  /** Query parameters that stay in the page. */
  queryParameters: readonly string[]
  /** Declared properties of custom events. */
  properties: readonly string[]
  browserFamilies: boolean
}
