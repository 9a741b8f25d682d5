// The country of a request: what the edge or an operator's file says, in one spelling. A step of event.ts asks the port.
// country_file.ts reads files, on Node.
import type { Context } from 'hono'
import { UNKNOWN } from './contract.ts'

/** ISO 3166 alpha-2, UN M49 for a region of small territories, or '(unknown)'. */
export type Country = (context: Context, address: string | undefined) => string

/** Cloudflare Workers put the country on the request. https://developers.cloudflare.com/workers/runtime-apis/request/ */
export const edgeCountry: Country = ({ req }) => {
  const cf = 'cf' in req.raw ? req.raw.cf : undefined
  const code = typeof cf === 'object' && cf !== null && 'country' in cf ? cf.country : undefined
  return countryOf(typeof code === 'string' ? code : undefined)
}

interface NodeCountryDeps {
  /** Whether the request's headers come from a trusted proxy. */
  isProxied: (context: Context) => boolean
  /** The country of an address in the operator's file, where there is one. */
  lookUp?: (address: string) => string | undefined
}

/** The file first: it is the operator's own choice. */
export function createNodeCountry({ isProxied, lookUp }: NodeCountryDeps): Country {
  return (context, address) => {
    if (lookUp !== undefined) return countryOf(address === undefined ? undefined : lookUp(address))
    return countryOf(isProxied(context) ? context.req.header('cf-ipcountry') : undefined)
  }
}

/** Nobody lives in AQ; XX and T1 are Cloudflare's for unknown and Tor; EU, AP, A1, A2, O1 are older files' for no country at all. */
const NO_COUNTRY = new Set(['AQ', 'XX', 'T1', 'ZZ', 'EU', 'AP', 'A1', 'A2', 'O1'])

export function countryOf(code: string | undefined): string {
  if (code === undefined || !/^[A-Za-z]{2}$/.test(code)) return UNKNOWN
  const country = code.toUpperCase()
  return NO_COUNTRY.has(country) ? UNKNOWN : (REGION_OF.get(country) ?? country)
}

/**
 * Territories of fewer than 100,000 people, by the UN M49 region that counts for them: there a country would be as fine
 * as a town. World Population Prospects 2024; Intl.DisplayNames knows the regions' names. https://unstats.un.org/unsd/methodology/m49/
 */
const SMALL_TERRITORIES = {
  '039': 'AD GI SM VA',
  '154': 'AX FO GG IM SJ',
  '155': 'LI MC',
  '021': 'BM GL PM',
  '029': 'AG AI BL BQ DM KN KY MF MS SX TC VG VI',
  '005': 'BV FK GS',
  '053': 'CC CX HM NF',
  '057': 'MH MP NR PW UM',
  '061': 'AS CK NU PN TK TV WF',
  '014': 'IO TF',
  '011': 'SH',
} as const

const REGION_OF = new Map(
  Object.entries(SMALL_TERRITORIES).flatMap(([region, codes]) =>
    codes.split(' ').map((code) => [code, region] as const),
  ),
)
