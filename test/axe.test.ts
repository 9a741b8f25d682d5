// Every page of the dashboard as whoever sees, listens or types differently gets it: axe finds nothing to complain about,
// narrow and wide, light and dark. One running server, whose first site has names and whose second has nothing.
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { bringCookies, launchChromium } from './chromium.ts'
import { codeOf, secretIn } from './one_time_code.ts'
import { PAGES, type PlantedServer, SETTINGS, startPlantedServer, WHO, type Who } from './planted_server.ts'

let planted: PlantedServer
let browser: Browser
let ownersTab: Page
let nobodysTab: Page
const tabs = new Map<Who, Page>()
let foundAtSetup: unknown

beforeAll(async () => {
  browser = await launchChromium()
  planted = await startPlantedServer({
    async beforeOwner(setupPage) {
      const tab = await openTab(setupPage)
      const answer = await tab.goto(setupPage)
      foundAtSetup = [answer?.status(), ...(await check(tab))]
    },
  })
  for (const who of WHO) tabs.set(who, await openTab(planted.address, planted.cookies[who]))
  ownersTab = tabOf('owner')
  nobodysTab = tabOf('nobody')
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await planted?.stop()
})

/** Without the pages' policy, which lets no script of others run, and without transitions between colours. */
async function openTab(url: string, cookie = ''): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' })
  await bringCookies(context, url, cookie)
  return context.newPage()
}

function tabOf(who: Who): Page {
  const tab = tabs.get(who)
  if (!tab) throw new Error(`${who} has no tab`)
  return tab
}

test('axe finds nothing on the page of the set-up link', () => {
  expect(foundAtSetup).toEqual([200])
})

test.each(PAGES)('axe finds nothing on $address, which answers $who with $status', async ({ who, address, status }) => {
  expect(await planted.visit(tabOf(who), address)).toBe(status)
  expect(await check(tabOf(who))).toEqual([])
})

test('axe finds nothing on a form that was refused', async () => {
  await planted.visit(nobodysTab, '/sign-in')
  await nobodysTab.getByLabel('E-mail').fill('nobody@example.com')
  await nobodysTab.getByLabel('Password').fill('not the password')
  await nobodysTab.getByRole('button', { name: 'Sign in' }).click()
  await nobodysTab.getByRole('alert').waitFor()
  expect(await check(nobodysTab)).toEqual([])
})

test('axe finds nothing on a page that shows a secret once', async () => {
  await planted.visit(ownersTab, `${SETTINGS}/sharing`)
  await ownersTab.getByLabel('Name of a new link').fill('Everybody')
  await ownersTab.getByRole('button', { name: 'Make a share link' }).click()
  await ownersTab.getByRole('status').waitFor()
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on the recovery codes of a second factor', async () => {
  await planted.visit(ownersTab, '/account/second-factor')
  await ownersTab.locator('input[name=code]').fill(codeOf(secretIn(await ownersTab.content())))
  await ownersTab.locator('main form button').click()
  await ownersTab.waitForURL('**/account/second-factor/confirm')
  await ownersTab.locator('pre.codes').waitFor()
  expect(await check(ownersTab)).toEqual([])
})

test('axe finds nothing on the receipt of an organization’s end', async () => {
  await planted.visit(ownersTab, '/organizations/<organization>/end')
  await ownersTab.locator('form input[name=name]').fill('Example')
  await ownersTab.locator('form .danger').click()
  await ownersTab
    .locator('main')
    .getByText(/\/undo\//)
    .waitFor()
  expect(await check(ownersTab)).toEqual([])
})

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
