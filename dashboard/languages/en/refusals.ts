// Why settings of a site are refused, as its forms say it. In English these are the half sentences of the command line.
import { type SiteRefusal, sayRefusal } from '../../../collector/site_refusals.ts'

export function sayRefused(refusal: SiteRefusal): string {
  const begun = sayRefusal(refusal).replace(/^[a-z](?=[a-z ])/, (letter) => letter.toUpperCase())
  return /[.?!]$/.test(begun) ? begun : `${begun}.`
}
