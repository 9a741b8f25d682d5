import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { incomingOf } from '../collector/client_address_node.ts'
import { countryOf, edgeCountry } from '../collector/country.ts'
import { openCountryFile } from '../collector/country_file.ts'
import { createNodeSenders } from '../collector/sender_node.ts'
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

describe('at the edge', () => {
  const request = (cf: unknown) =>
    Object.assign(new Request('https://sundial.example/', { headers: { 'cf-ipcountry': 'DE' } }), { cf })

  test('the country stands on the request, and headers are not believed', () => {
    expect(edgeCountry(request({ country: 'FR', city: 'Paris' }))).toBe('FR')
    expect(edgeCountry(request({}))).toBe('(unknown)')
    expect(edgeCountry(request(undefined))).toBe('(unknown)')
    expect(edgeCountry(request({ country: 7 }))).toBe('(unknown)')
  })
})

describe('on Node', () => {
  const headers = { 'x-country': 'FR', 'cf-ipcountry': 'DE' }

  /** What is made of an address, and of these headers from a proxy that is trusted or not. */
  function ask(
    deps: Pick<Parameters<typeof createNodeSenders>[0], 'countryHeader' | 'lookUp'>,
    address: string | undefined,
    trusted = true,
  ): string {
    const clients = { clientAddress: () => address, isProxied: () => trusted }
    const incoming = incomingOf({ headers, socket: new Socket() })
    return createNodeSenders({ clients, ...deps })(incoming).country(address)
  }

  test('the header that the operator named counts, from a trusted proxy only', () => {
    expect(ask({ countryHeader: 'X-Country' }, '203.0.113.9')).toBe('FR')
    expect(ask({ countryHeader: 'X-Country' }, '203.0.113.9', false)).toBe('(unknown)')
  })

  test('no header is believed unless the operator named it: a proxy may pass on what visitors send', () => {
    expect(ask({}, '203.0.113.9')).toBe('(unknown)')
  })

  test.each([
    ['MaxMind’s', { country: { iso_code: 'JP' }, city: { names: { en: 'Kyoto' } } }],
    ['IPinfo’s', { country: 'Japan', country_code: 'JP' }],
    ['IPinfo’s older', { country: 'JP' }],
  ])('an operator’s file of %s shape is looked up, and goes before the header', async (name, record) => {
    const path = join(directory, `${name}.mmdb`)
    writeFileSync(path, mmdb('203.0.113.0', 24, record))
    const deps = { countryHeader: 'X-Country', lookUp: await openCountryFile(path) }
    expect(ask(deps, '203.0.113.9')).toBe('JP')
    expect(ask(deps, '198.51.100.1')).toBe('(unknown)')
    expect(ask(deps, undefined)).toBe('(unknown)')
  })

  test('a file that is none is refused', async () => {
    const path = join(directory, 'none.mmdb')
    writeFileSync(path, 'not a database')
    await expect(openCountryFile(path)).rejects.toThrow()
  })
})
