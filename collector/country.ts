// The country of a request, in one spelling, and what Cloudflare's edge says of it. sender.ts asks; on Node sender_node.ts
// does, with an operator's file by country_file.ts.
import { UNKNOWN } from './contract.ts'

/** Cloudflare Workers put the country on the request. https://developers.cloudflare.com/workers/runtime-apis/request/ */
export function edgeCountry(request: Request): string {
  const cf = 'cf' in request ? request.cf : undefined
  const code = typeof cf === 'object' && cf !== null && 'country' in cf ? cf.country : undefined
  return countryOf(typeof code === 'string' ? code : undefined)
}

/**
 * ISO 3166 alpha-2, UN M49 for a region of small territories, or '(unknown)': whatever else a code may say (Tor, a proxy,
 * a continent, nothing in use), it names no country.
 */
export function countryOf(code: string | undefined): string {
  const country = code?.toUpperCase() ?? ''
  return REGION_OF.get(country) ?? (COUNTRIES.has(country) ? country : UNKNOWN)
}

/** ISO 3166-1 without the small territories below and AQ, where nobody lives; XK is Kosovo's in every source of countries. */
const COUNTRIES = new Set(
  (
    'AE AF AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO ' +
    'CR CU CV CW CY CZ DE DJ DK DO DZ EC EE EG EH ER ES ET FI FJ FM FR GA GB GD GE GF GH GM GN GP GQ GR GT GU GW GY ' +
    'HK HN HR HT HU ID IE IL IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KP KR KW KZ LA LB LC LK LR LS LT LU LV LY MA ' +
    'MD ME MG MK ML MM MN MO MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NZ OM PA PE PF PG PH PK PL PR PS PT ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA ' +
    'UG US UY UZ VC VE VN VU WS XK YE YT ZA ZM ZW'
  ).split(' '),
)

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
