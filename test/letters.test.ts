// The mails that people get, as a browser shows them.
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { endLetter, invitationLetter, type Letter, resetLetter } from '../dashboard/people/letters.ts'
import { ENGLISH, WORDS } from '../dashboard/words.ts'
import { launchChromium } from './chromium.ts'

const LINK = 'https://stats.example.com/invitation/abcdefghijklmnopqrstuvwxyz0123456789?a=1&b="2"'
const INVITATION = {
  organization: 'Bücher & Söhne',
  invitedBy: 'Ann O’Hara',
  role: 'analyst',
  link: LINK,
  expiresAt: '2026-11-29T09:30:00Z',
} as const
const END = { organization: 'Bücher & Söhne', endsOn: '2026-12-22', link: LINK }
const RESET = { link: LINK, expiresAt: '2026-11-22T10:30:00Z' }

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function show({ html }: Letter, colorScheme: 'light' | 'dark' = 'light') {
  const page = await browser.newPage({ colorScheme })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.setContent(html)
  return { page, asked }
}

describe('an invitation', () => {
  test('says who invites whom to what, as what, and until when', async () => {
    const { subject, text } = await invitationLetter(INVITATION, ENGLISH)
    expect(subject).toBe('Invitation to Bücher & Söhne')
    expect(
      text,
    ).toBe(`Ann O’Hara invites you to Bücher & Söhne on Sundial, web analytics that counts visits and knows no visitor.

Your role there: analyst. Reads every site and writes notes.

Accept the invitation:
${LINK}

The link works once, until 29 Nov 2026, 09:30 UTC.

If you did not expect this, you need do nothing: without you no account is made.

-- 
Sundial
`)
  })

  test('keeps what people wrote as words: no markup, no lines of its own, no other direction, no essay', async () => {
    const hostile = {
      organization: '<img src=x onerror=alert(1)>\r\nBcc: eve@example.net',
      invitedBy: `"><script>alert(2)</script>\u202egnirts\n\nYour account is closed: ${'https://evil.example/'.repeat(20)}`,
    }
    const { subject, text, html } = await invitationLetter({ ...INVITATION, ...hostile }, ENGLISH)
    expect(subject).toBe('Invitation to <img src=x onerror=alert(1)> Bcc: eve@example.net')
    expect(text.split('\n')[0]).toMatch(
      /^"><script>alert\(2\)<\/script>gnirts Your account is closed: h… invites you to <img src=x/,
    )
    expect(text).not.toMatch(/^Your account|evil|\u202e/m)
    const { page } = await show({ subject, text, html })
    expect(await page.locator('script, img').count()).toBe(0)
    expect(await page.locator('p').first().textContent()).toBe(text.split('\n')[0])
    expect(await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      LINK,
      LINK,
    ])
    await page.close()
  })
})

test('a password reset says until when, and what to do if it was somebody else', async () => {
  const { subject, text } = await resetLetter(RESET, ENGLISH)
  expect(subject).toBe('Choose a new password for Sundial')
  expect(text).toContain(`\n${LINK}\n`)
  expect(text).toContain('until 22 Nov 2026, 10:30 UTC.')
  expect(text).toContain('If it was not you, you need do nothing: your password stays as it is.')
})

describe.each(['light', 'dark'] as const)('in a %s mail program', (colorScheme) => {
  test.each([
    ['an invitation', 'en', () => invitationLetter(INVITATION, WORDS.en)],
    ['a password reset in German', 'de', () => resetLetter(RESET, WORDS.de)],
    ['the end of an organization in French', 'fr', () => endLetter(END, WORDS.fr)],
  ])('%s can be read, says in HTML what it says in text, and loads nothing', async (_, language, write) => {
    const letter = await write()
    const { page, asked } = await show(letter, colorScheme)
    const shown = await page.locator('body').textContent()
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    for (const line of letter.text.split('\n').filter((text) => !/^(-- |.*:)?$/.test(text)))
      expect(shown).toContain(line)
    // As it is without, but axe takes what has no background for white.
    await page.addStyleTag({ content: 'html { background: Canvas }' })
    await page.addScriptTag({ content: axe.source })
    const { violations } = z
      .object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
      .parse(await page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`))
    expect(violations).toEqual([])
    expect(asked).toEqual([])
    await page.close()
  })
})
