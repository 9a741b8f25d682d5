import { expect, test } from 'vitest'
import { createBots } from '../collector/bot.ts'
import { DROPPED } from '../collector/contract.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const bots = createBots({ limit: 4 })
const robotIn = (headers: Record<string, string>) => bots.robotIn((name) => headers[name])

test.each([
  CHROME,
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
])('a browser is none: %s', (agent) => {
  expect(robotIn({ 'user-agent': agent })).toBeUndefined()
})

test.each([
  ['bot_agent', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  [
    'bot_agent',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  ],
  ['bot_headless', CHROME.replace('Chrome/', 'HeadlessChrome/')],
  ['bot_headless', 'Mozilla/5.0 (Unknown; Linux) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1'],
  ['bot_headless', CHROME.replace('Chrome/', 'Cypress/13 Chrome/').replace('Safari', 'Electron/27 Safari')],
  ['bot_agent', 'curl/8.5.0'],
  ['bot_agent', 'python-requests/2.32'],
  ['bot_agent', 'facebookexternalhit/1.1'],
  ['bot_no_agent', ''],
])('a robot is one, %s: %s', (how, agent) => {
  expect(robotIn({ 'user-agent': agent })).toBe(how)
})

test('a verdict never names the agent', () => {
  const verdicts = [`Canary/1 bot`, `HeadlessChrome canary`, 'canary'].map((agent) => robotIn({ 'user-agent': agent }))
  for (const verdict of verdicts) expect(Object.keys(DROPPED)).toContain(verdict)
})

test.each([
  ['bot_unseen', 'sec-purpose', 'prefetch'],
  ['bot_unseen', 'sec-purpose', 'prefetch;prerender'],
  ['bot_unseen', 'purpose', 'prefetch'],
  ['bot_unseen', 'purpose', 'preview'],
  ['bot_unseen', 'x-purpose', 'preview'],
  ['bot_unseen', 'x-moz', 'prefetch'],
  ['bot_headless', 'sec-ch-ua', '"HeadlessChrome";v="140", "Chromium";v="140"'],
])('what nobody sees is not counted, %s: %s: %s', (how, name, value) => {
  expect(robotIn({ 'user-agent': CHROME, [name]: value })).toBe(how)
})

test('a verdict stays the same when it was forgotten in between', () => {
  const agents = Array.from({ length: 20 }, (_, n) => `${n % 2 ? 'curl' : 'Mozilla/5.0 (X11) Firefox'}/${n}`)
  const verdicts = () => agents.map((agent) => robotIn({ 'user-agent': agent }))
  const first = verdicts()
  expect(verdicts()).toEqual(first)
  expect(new Set(first).size).toBe(2)
})
