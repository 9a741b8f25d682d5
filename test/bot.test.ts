import { expect, test } from 'vitest'
import { createBots } from '../collector/bot.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const bots = createBots({ limit: 4 })
const isBot = (headers: Record<string, string>) => bots.isBot((name) => headers[name])

test.each([
  CHROME,
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
])('a browser is none: %s', (agent) => {
  expect(isBot({ 'user-agent': agent })).toBe(false)
})

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'python-requests/2.32',
  'facebookexternalhit/1.1',
  '',
])('a robot is one: %s', (agent) => {
  expect(isBot({ 'user-agent': agent })).toBe(true)
})

test.each([
  ['sec-purpose', 'prefetch'],
  ['sec-purpose', 'prefetch;prerender'],
  ['purpose', 'prefetch'],
  ['purpose', 'preview'],
  ['x-purpose', 'preview'],
  ['x-moz', 'prefetch'],
  ['sec-ch-ua', '"HeadlessChrome";v="140", "Chromium";v="140"'],
])('what nobody sees is not counted: %s: %s', (name, value) => {
  expect(isBot({ 'user-agent': CHROME, [name]: value })).toBe(true)
})

test('a verdict stays the same when it was forgotten in between', () => {
  const agents = Array.from({ length: 20 }, (_, n) => `${n % 2 ? 'curl' : 'Mozilla/5.0 (X11) Firefox'}/${n}`)
  const verdicts = () => agents.map((agent) => isBot({ 'user-agent': agent }))
  const first = verdicts()
  expect(verdicts()).toEqual(first)
  expect(new Set(first).size).toBe(2)
})
