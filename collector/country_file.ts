// Countries from an operator's file in MaxMind's format (GEO_DB), such as GeoLite2, DB-IP or IPinfo. Node only; the entry
// loads this file only where GEO_DB is set. https://maxmind.github.io/MaxMind-DB/
import { open, type Response } from 'maxmind'
import * as z from 'zod'

/** `country.iso_code` is MaxMind's and DB-IP's, the others are IPinfo's. */
const RECORD = z.union([
  z.object({ country: z.object({ iso_code: z.string() }) }).transform(({ country }) => country.iso_code),
  z.object({ country_code: z.string() }).transform(({ country_code }) => country_code),
  z.object({ country: z.string() }).transform(({ country }) => country),
])

/** Looks addresses up in a file, which may be replaced while Sundial runs. Rejects when the file cannot be read. */
export async function openCountryFile(path: string): Promise<(address: string) => string | undefined> {
  // Not persistent: the watching must not keep the process from ending.
  const file = await open<Response>(path, { watchForUpdates: true, watchForUpdatesNonPersistent: true })
  return (address) => RECORD.safeParse(file.get(address)).data
}
