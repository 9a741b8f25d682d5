// Every page of the dashboard as whoever sees, listens or types differently gets it: axe finds nothing to complain about,
// narrow and wide, light and dark. One running server, whose first site has names and whose second has nothing.
import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { bringCookies, launchChromium } from './chromium.ts'
import { codeOf } from './one_time_code.ts'
import { PASSWORD } from './people.ts'
import {
  PAGES_OF_ANYBODY,
  PAGES_OF_OWNER,
  PAGES_REFUSED,
  type PlantedServer,
  SETTINGS,
  startPlantedServer,
} from './planted_server.ts'

let planted: PlantedServer
let browser: Browser
let ownersTab: Page
let nobodysTab: Page
let foundAtSetup: unknown

beforeAll(async () => {
  browser = await launchChromium()
  planted = await startPlantedServer({
    async beforeOwner(setupPage) {
      nobodysTab = await (await openContext(setupPage)).newPage()
      await nobodysTab.goto(setupPage)
      foundAtSetup = await check(nobodysTab)
    },
  })
  ownersTab = await (await openContext(planted.address, planted.owner.cookie)).newPage()
})
afterAll(async () => {
  await browser?.close()
  await planted?.stop()
})

/** Without the pages' policy, which lets no script of others run, and without transitions between colours. */
async function openContext(url: string, cookie = ''): Promise<BrowserContext> {
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' })
  await bringCookies(context, url, cookie)
  return context
}

test('axe finds nothing on the page of the set-up link', () => {
  expect(foundAtSetup).toEqual([])
})

test.each(PAGES_OF_OWNER)('axe finds nothing on %s for the owner', async (address) => {
  expect(await visit(ownersTab, address)).toBe(200)
  expect(await check(ownersTab)).toEqual([])
})

test.each(PAGES_OF_ANYBODY)('axe finds nothing on %s for who has not signed in', async (address) => {
  expect(await visit(nobodysTab, address)).toBe(200)
  expect(await check(nobodysTab)).toEqual([])
})

test.each(PAGES_REFUSED)('axe finds nothing on %s, which is refused with %i', async (address, status) => {
  expect(await visit(ownersTab, address)).toBe(status)
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on a form that was refused', async () => {
  await visit(nobodysTab, '/sign-in')
  await nobodysTab.getByLabel('E-mail').fill('nobody@example.com')
  await nobodysTab.getByLabel('Password').fill('not the password')
  await nobodysTab.getByRole('button', { name: 'Sign in' }).click()
  await nobodysTab.getByRole('alert').waitFor()
  expect(await check(nobodysTab)).toEqual([])
})

test('axe finds nothing on a page that shows a secret once', async () => {
  await visit(ownersTab, `${SETTINGS}/sharing`)
  await ownersTab.getByLabel('Name of a new link').fill('Everybody')
  await ownersTab.getByRole('button', { name: 'Make a share link' }).click()
  await ownersTab.getByRole('status').waitFor()
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on the page where a second factor begins', async () => {
  await visit(ownersTab, '/account')
  const form = ownersTab.locator('form', { has: ownersTab.getByRole('button', { name: 'Set it up' }) })
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByRole('button').click()
  await ownersTab.waitForURL('**/account/second-factor')
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing where a second factor is on, and on its recovery codes', async () => {
  await visit(ownersTab, '/account/second-factor')
  const secret = (await ownersTab.locator('main').textContent())?.match(/(?:[A-Z2-7]{4} ?){8,}/)?.[0] ?? ''
  await ownersTab.locator('input[name=code]').fill(codeOf(secret.replaceAll(' ', '')))
  await ownersTab.locator('main form button').click()
  await ownersTab.waitForURL('**/account/second-factor/confirm')
  expect(await check(ownersTab)).toEqual([])
  await visit(ownersTab, '/account')
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on the receipt of an organization’s end, and on the page that takes it back', async () => {
  await visit(ownersTab, '/organizations/<organization>/end')
  await ownersTab.locator('form input[name=name]').fill('Example')
  await ownersTab.locator('form .danger').click()
  const undo = ownersTab.locator('main').getByText(/\/undo\//)
  await undo.waitFor()
  expect(await check(ownersTab)).toEqual([])
  await nobodysTab.goto((await undo.first().textContent())?.match(/http\S+/)?.[0] ?? '')
  expect(await check(nobodysTab)).toEqual([])
})

/** Returns the status. A redirect would show some other page, which is in the lists itself. */
async function visit(tab: Page, address: string): Promise<number | undefined> {
  const path = planted.pathOf(address)
  const answer = await tab.goto(`${planted.address}${path}`)
  expect(new URL(tab.url()).pathname).toBe(new URL(path, planted.address).pathname)
  return answer?.status()
}

/** Menus of one name would close each other. */
const UNFOLD = `for (const one of document.querySelectorAll('details')) {
  one.removeAttribute('name')
  one.open = true
}`
const violationsFound = z.array(z.tuple([z.string(), z.unknown()]))
const FIND = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, any }) => [html, any[0]?.message])]))`

/** What axe finds on a page that is open. */
async function check(tab: Page): Promise<unknown[]> {
  await tab.evaluate(axe.source)
  const found: unknown[] = []
  for (const width of [390, 1280]) {
    await tab.setViewportSize({ width, height: 900 })
    // As it comes where it is narrow, unfolded where it is wide.
    if (width === 1280) await tab.evaluate(UNFOLD)
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme })
      const violations = violationsFound.parse(await tab.evaluate(FIND))
      found.push(...violations.map((one) => [width, colorScheme, ...one]))
    }
  }
  return found
}
