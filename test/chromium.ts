// A real Chromium for tests: the one packed in @sparticuz/chromium, else CHROMIUM_PATH or the system's.
// It looks like a person's browser, because the tracker and the collector rightly refuse automated ones.
import { existsSync } from 'node:fs'
import packed from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'

/** One per test file: `const browser = await launchChromium()` in beforeAll, `await browser.close()` in afterAll. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    // Without it navigator.webdriver is true. A fixed user agent, because the headless one says so; the brand in
    // sec-ch-ua says so as well, and no switch changes it: a context whose events shall be counted sets that header.
    args: ['--disable-blink-features=AutomationControlled', `--user-agent=${USER_AGENT}`],
    // Playwright switches the back/forward cache off; people have it.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
}

/** Gives a browser what somebody is signed in by: 'name=value; other=value', as an Asker has it. '' for nobody. */
export async function bringCookies(context: BrowserContext, address: string, cookie: string): Promise<void> {
  const pairs = cookie === '' ? [] : cookie.split('; ')
  await context.addCookies(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url: new URL(address).origin }
    }),
  )
}

/** For a Chromium that nothing is attached to. */
export async function chromiumPath(): Promise<string> {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return chosen
  try {
    return await packed.executablePath()
  } catch (error) {
    const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
    if (system) return system
    throw new Error('No Chromium: set CHROMIUM_PATH to one.', { cause: error })
  }
}
