// What the first look at a site's page costs on the wire: everything the browser loads, as the Node server sends it, with
// the demo's traffic in every panel.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type DataDir, makeDataDir, type RunningServer } from './server.ts'

const COMMAND = path.join(import.meta.dirname, '../dashboard/sundial.ts')
const BUDGET = 120_000

let data: DataDir
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start()
  const env = { ...process.env, DATA_DIR: data.path }
  await promisify(execFile)(process.execPath, [COMMAND, 'demo', '--days', '100'], { env })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  data.remove()
})

test.each(['/', '/?period=today', '/?period=91d', '/?period=all&by=day'])(
  'the page at %s is loaded with at most 120 KB, all of it from here',
  async (address) => {
    const { loaded, origins } = await load(address)
    const sum = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0)
    expect([...loaded.keys()]).toEqual(
      expect.arrayContaining([expect.stringContaining('/dashboard.css'), expect.stringContaining('/dashboard.js')]),
    )
    expect(sum, JSON.stringify([...loaded])).toBeLessThanOrEqual(BUDGET)
    expect([...origins]).toEqual([server.address])
  },
)

/** Bytes on the wire by address, headers included, with an empty cache. */
async function load(address: string): Promise<{ loaded: Map<string, number>; origins: Set<string> }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  const asked = new Map<string, string>()
  const loaded = new Map<string, number>()
  network.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url))
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    loaded.set(asked.get(requestId) ?? '', encodedDataLength),
  )
  await page.goto(`${server.address}${address}`, { waitUntil: 'networkidle' })
  await page.locator('.totals').waitFor()
  await context.close()
  return {
    loaded,
    origins: new Set([...asked.values()].flatMap((url) => (url.startsWith('data:') ? [] : [new URL(url).origin]))),
  }
}
