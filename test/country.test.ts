import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, describe, expect, test } from 'vitest'
import { type Country, countryOf, createNodeCountry, edgeCountry } from '../collector/country.ts'
import { openCountryFile } from '../collector/country_file.ts'
import { mmdb } from './mmdb.ts'

const directory = mkdtempSync(join(tmpdir(), 'sundial-country-'))
afterAll(() => rmSync(directory, { recursive: true }))

test.each([
  ['FR', 'FR'],
  ['us', 'US'],
  ['XX', '(unknown)'],
  ['T1', '(unknown)'],
  ['EU', '(unknown)'],
  ['AQ', '(unknown)'],
  ['XK', 'XK'],
  ['QQ', '(unknown)'],
  ['AC', '(unknown)'],
  ['XA', '(unknown)'],
  ['UK', '(unknown)'],
  ['AN', '(unknown)'],
  ['FR, DE', '(unknown)'],
  ['', '(unknown)'],
  ['FRA', '(unknown)'],
  ['F1', '(unknown)'],
  ['(other)', '(unknown)'],
  [undefined, '(unknown)'],
])('the code %j is %s', (code, country) => {
  expect(countryOf(code)).toBe(country)
})

test.each([
  ['LI', 'Western Europe'],
  ['MC', 'Western Europe'],
  ['SM', 'Southern Europe'],
  ['FO', 'Northern Europe'],
  ['PW', 'Micronesian Region'],
  ['PN', 'Polynesia'],
  ['KN', 'Caribbean'],
  ['FK', 'South America'],
  ['SH', 'Western Africa'],
])('%s has so few people that %s counts for it', (code, region) => {
  const country = countryOf(code)
  expect(country).toMatch(/^\d{3}$/)
  expect(new Intl.DisplayNames('en', { type: 'region' }).of(country)).toBe(region)
})

test('the countries are those of ISO 3166 as the platform knows them', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const known = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  /** Nobody's country: reserved for posts and treaties, groups of countries, tests, and AQ. */
  const reserved = 'AC AQ CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' ')
  const inUse = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => known.of(code) && new Intl.Locale(`und-${code}`).region === code && !reserved.includes(code))
  expect(inUse.filter((code) => countryOf(code) === '(unknown)')).toEqual([])
  const taken = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => countryOf(code) !== '(unknown)')
  expect(taken).toEqual(inUse)
})

async function ask(
  country: Country,
  address: string | undefined,
  request = new Request('https://sundial.example/'),
): Promise<string> {
  const app = new Hono().get('/', (context) => context.text(country(context, address)))
  return (await app.request(request)).text()
}

describe('at the edge', () => {
  const request = (cf: unknown) =>
    Object.assign(new Request('https://sundial.example/', { headers: { 'cf-ipcountry': 'DE' } }), { cf })

  test('the country stands on the request, and headers are not believed', async () => {
    expect(await ask(edgeCountry, undefined, request({ country: 'FR', city: 'Paris' }))).toBe('FR')
    expect(await ask(edgeCountry, undefined, request({}))).toBe('(unknown)')
    expect(await ask(edgeCountry, undefined, request(undefined))).toBe('(unknown)')
    expect(await ask(edgeCountry, undefined, request({ country: 7 }))).toBe('(unknown)')
  })
})

describe('on Node', () => {
  const header = 'X-Country'
  const request = new Request('https://sundial.example/', { headers: { [header]: 'FR', 'cf-ipcountry': 'DE' } })

  test('the header that the operator named counts, from a trusted proxy only', async () => {
    expect(await ask(createNodeCountry({ isProxied: () => true, header }), '203.0.113.9', request)).toBe('FR')
    expect(await ask(createNodeCountry({ isProxied: () => false, header }), '203.0.113.9', request)).toBe('(unknown)')
  })

  test('no header is believed unless the operator named it: a proxy may pass on what visitors send', async () => {
    expect(await ask(createNodeCountry({ isProxied: () => true }), '203.0.113.9', request)).toBe('(unknown)')
  })

  test.each([
    ['MaxMind’s', { country: { iso_code: 'JP' }, city: { names: { en: 'Kyoto' } } }],
    ['IPinfo’s', { country: 'Japan', country_code: 'JP' }],
    ['IPinfo’s older', { country: 'JP' }],
  ])('an operator’s file of %s shape is looked up, and goes before the header', async (name, record) => {
    const path = join(directory, `${name}.mmdb`)
    writeFileSync(path, mmdb('203.0.113.0', 24, record))
    const country = createNodeCountry({ isProxied: () => true, header, lookUp: await openCountryFile(path) })
    expect(await ask(country, '203.0.113.9', request)).toBe('JP')
    expect(await ask(country, '198.51.100.1', request)).toBe('(unknown)')
    expect(await ask(country, undefined, request)).toBe('(unknown)')
  })

  test('a file that is none is refused', async () => {
    const path = join(directory, 'none.mmdb')
    writeFileSync(path, 'not a database')
    await expect(openCountryFile(path)).rejects.toThrow()
  })
})
