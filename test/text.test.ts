import { describe, expect, test } from 'vitest'
import { LIMITS } from '../collector/contract.ts'
import { hidePersonal } from '../collector/placeholder.ts'
import { cleanText } from '../collector/text.ts'

describe('a text in one spelling', () => {
  test.each([
    ['signup', 'signup'],
    ['  Sign   up ', 'Sign up'],
    ['Outbound Link: Click', 'Outbound Link: Click'],
    ['Cafe\u0301', 'Café'],
    ['a\u0000b\tc\nd', 'a b c d'],
    ['\u202Eevil\u2066', 'evil'],
    ['zero\u200Bwidth', 'zerowidth'],
    ['soft\u00ADhyphen', 'softhyphen'],
    ['\uD800half', 'half'],
    ['', ''],
    [' \u200B ', ''],
  ])('%j is %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected)
  })
})

test.each([
  '(other)',
  '(direct)',
  '((direct))',
  ' (unknown)',
  '\u200B(other)',
  '（other）',
  '\u0000(private network)',
  '( (webmail)',
])('a text never looks like a closed label: %j', (label) => {
  expect(cleanText(label)).toMatch(/^[a-z ]+$/)
})

test('parentheses within a text stay', () => {
  expect(cleanText('Plan (yearly)')).toBe('Plan (yearly)')
})

describe('what looks personal becomes a placeholder', () => {
  test.each([
    ['ann@example.org', ':email'],
    ['welcome Ann.Lee@example.org back', 'welcome :email back'],
    ['ann%40example.org', ':email'],
    ['ann%2540example.org', ':email'],
    ['ann%25252540example.org', ':email'],
    ['ann\u200B@exam\u00ADple.org', ':email'],
    ['+49 170\u200B1234567', ':phone'],
    ['order 1234567', 'order :id'],
    ['call +49 170 1234567', 'call :phone'],
    ['550e8400-e29b-41d4-a716-446655440000', ':id'],
    ['from 10.1.2.3', 'from :ip'],
    ['key dQw4w9WgXcQ', 'key :token'],
    ['https://example.org/reset/3f2a9c1b7d?x=1', 'https://example.org/reset/:token?x=1'],
  ])('%j is %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected)
  })
})

test('a text is cut without tearing a character', () => {
  expect(cleanText('word '.repeat(100)).length).toBeLessThanOrEqual(LIMITS.text)
  const suns = cleanText(`x${'🌞'.repeat(100)}`)
  expect(suns.length).toBeLessThanOrEqual(LIMITS.text)
  expect(suns.isWellFormed()).toBe(true)
})

test('a text cleaned twice is the same text', () => {
  for (const text of ['(a (b) c', 'x  y', 'ann@example.org', 'Ünï', 'word '.repeat(100)]) {
    expect(cleanText(cleanText(text))).toBe(cleanText(text))
  }
})

describe('a long text', () => {
  test('is read at its beginning only', () => {
    expect(cleanText(`sun${' '.repeat(600)}dial`)).toBe('sun')
    expect(cleanText(`${'https://example.org/'.padEnd(400, 'sun/')}?${'dial='.repeat(200)}`)).toMatch(/^https:\/\//)
  })

  test.each([
    ['an e-mail address', 'ann.lee@exam'],
    ['a phone number', '+49 170 1234 5'],
    ['a token', 'dQw4w9W'],
  ])('keeps no half of %s from where it is cut', (_, half) => {
    const hidden = 'a.name.as.long.as.this.one@mail.example.org '
    const text = `${hidden.repeat(12).slice(0, 512 - half.length - 1)} `
    const kept = cleanText(
      `${text.replace(/\S+ $/, (torn) => ' '.repeat(torn.length))}${half}${'6789012345'.repeat(60)}`,
    )
    expect(kept).toMatch(/^(?::email ?)+$/)
  })

  test('that is one endless word is a token', () => {
    expect(cleanText('ann@'.repeat(1_000))).toBe(':token')
    expect(cleanText('1 '.repeat(1_000))).toBe(':token')
  })

  /** The least of several measurements, which other work on the machine cannot make smaller. */
  function cost(work: () => unknown): number {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    })
    return Math.min(...times)
  }

  const harmless = 'Some words (and 2 numbers): 17 '.repeat(250)

  test.each(['%40', '%25', '[at]', 'a%40b.', 'a(at)', ') ', '1 ', 'a:'])(
    'of nothing but %j takes no more than fifty times as long as harmless words',
    (part) => {
      const hostile = part.repeat(7_750 / part.length)
      expect(cost(() => hidePersonal(hostile))).toBeLessThan(50 * cost(() => hidePersonal(harmless)))
      expect(cost(() => cleanText(`(${hostile}x`))).toBeLessThan(50 * cost(() => cleanText(harmless)))
    },
  )
})
