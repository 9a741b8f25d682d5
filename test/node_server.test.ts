// The Node entry as a process: what it serves, refuses and says.

import { existsSync, readFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { connectControl } from '../dashboard/control.ts'
import { PUBLIC } from '../dashboard/scripts.ts'
import { makeOwner } from './people.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

let data: DataDir
beforeEach(() => {
  data = makeDataDir()
})
afterEach(() => data.remove())

/** A GET under a Host header of its own, which fetch does not let one set. */
function get(server: RunningServer, path: string, host: string): Promise<number | undefined> {
  return answerTo(server, path, { host }).then(({ statusCode }) => statusCode)
}

function answerTo(server: RunningServer, path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(`${server.address}${path}`, { headers }, (answer) => {
      answer.resume()
      resolve(answer)
    })
      .on('error', reject)
      .end()
  })
}

describe('what npm start serves', () => {
  test('dashboard, demo, scripts and API answer, and the start says where they are', async () => {
    const server = await data.start()
    for (const page of [
      '/',
      '/demo',
      '/js/sundial.js',
      '/js/sundial.plus.js',
      '/api/v1/stats/aggregate?site_id=localhost',
    ]) {
      expect((await fetch(`${server.address}${page}`)).status, page).toBe(200)
    }
    for (const said of ['Dashboard', 'Demo site', 'Collector', 'data-domain="localhost"', data.path]) {
      expect(server.log()).toContain(said)
    }
    await server.stop()
  })

  test('the plain script is cached for an hour, the immutable one for a year, and neither can mark a browser', async () => {
    const server = await data.start()
    const tag = await (await fetch(`${server.address}/demo`)).text()
    expect(tag).toContain('src="/js/sundial.js"')
    const plain = await fetch(`${server.address}/js/sundial.js`)
    const [core] = z
      .array(z.object({ immutablePath: z.string() }))
      .parse(JSON.parse(readFileSync(path.join(PUBLIC, 'js/manifest.json'), 'utf8')))
    const immutable = await fetch(`${server.address}${core?.immutablePath}`)
    expect(plain.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(immutable.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(await immutable.text()).toBe(await plain.text())
    for (const { headers } of [plain, immutable]) {
      expect(headers.get('access-control-allow-origin')).toBe('*')
      for (const mark of ['set-cookie', 'etag', 'last-modified']) expect(headers.get(mark)).toBe(null)
    }
    await server.stop()
  })

  test('every page allows nothing but its own, and asks for TLS from then on where it came by TLS', async () => {
    const server = await data.start({ TRUST_PROXY: 'loopback', BASE_PATH: '/stats' })
    const pages = [
      ...['/', '/?period=nonsense', '/?site=nowhere.example', '/breakdown?dimension=page', '/dropped', '/nothing'],
      ...[
        '/dashboard.css',
        '/favicon.svg',
        '/demo',
        '/demo/signup',
        '/demo/nothing',
        '/demo/site.css',
        '/demo/docs.js',
      ],
      ...['/transparency/localhost', '/transparency/localhost.json', '/transparency/localhost/preview'],
      ...['/transparency/localhost/record', '/transparency/nowhere.example'],
      ...['/api/v1/stats/aggregate?site_id=localhost', '/api/nothing', '/health', '/metrics'],
    ]
    for (const page of [...pages.map((path) => `/stats${path}`), '/', '/stats', '/nothing']) {
      const get = async (proto: Record<string, string>) =>
        (await fetch(new URL(page, server.address), { redirect: 'manual', headers: proto })).headers
      const headers = await get({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' })
      const policy = headers.get('content-security-policy')
      expect([page, policy]).toEqual([page, expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/)])
      expect([page, policy]).toEqual([page, expect.not.stringMatching(/unsafe|\*|https?:/)])
      expect([page, headers.get('strict-transport-security')]).toEqual([page, 'max-age=31536000'])
      expect([page, headers.get('x-frame-options')]).toEqual([page, 'DENY'])
      expect([page, headers.get('x-content-type-options')]).toEqual([page, 'nosniff'])
      expect([page, headers.get('referrer-policy')]).toEqual([page, expect.stringMatching(/^no-referrer$|^strict-/)])
      for (const mark of ['set-cookie', 'etag', 'last-modified'])
        expect([page, headers.get(mark)]).toEqual([page, null])
      for (const proto of ['http', 'http, https', 'httpsx', '']) {
        const plain = await get({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': proto })
        expect([page, proto, plain.get('strict-transport-security')]).toEqual([page, proto, null])
      }
    }
    // The collector promises nothing for the host of a site that embeds it.
    const { headers } = await post(server.address, {}, { 'x-forwarded-proto': 'https' })
    expect(headers.get('strict-transport-security')).toBeNull()
    await server.stop()
  })

  test('who is no trusted proxy cannot say that a page came by TLS', async () => {
    const server = await data.start()
    const { headers } = await fetch(server.address, { headers: { 'x-forwarded-proto': 'https' } })
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('x-frame-options')).toBe('DENY')
    const foreign = await answerTo(server, '/', { host: 'evil.example' })
    expect([foreign.statusCode, foreign.headers['x-frame-options']]).toEqual([303, 'DENY'])
    await server.stop()
  })

  test('a page whose counts do not answer is logged with the kind of the error, and without its text', async () => {
    const server = await data.start({ CLICKHOUSE_URL: 'http://127.0.0.1:9' })
    expect((await fetch(server.address)).status).toBe(503)
    expect(server.log()).toMatch(/a dashboard page could not be shown: ClickHouseError/)
    await server.stop()
  })

  test('behind a proxy the tag to copy names the address that PUBLIC_URL says, there, at the start and in commands', async () => {
    const settings = { TRUST_PROXY: 'loopback', PUBLIC_URL: 'https://stats.example.com', BASE_PATH: '/count' }
    const server = await data.start(settings)
    const address = 'https://stats.example.com/count/js/sundial.js'
    const owner = await makeOwner(server)
    expect(await (await owner.get('/?site=localhost')).text()).toContain(address)
    expect(server.log()).toContain(address)
    expect(server.log()).not.toContain('Replace')
    const control = await connectControl({ dataDir: data.path, temporary: tmpdir() })
    const said: string[] = []
    const say = (line: string) => said.push(line)
    const terminal = { out: say, err: say, progress: () => {}, signal: new AbortController().signal }
    await control?.run(['site', 'add', 'example.com'], terminal)
    expect(said.join('\n')).toContain(`src="${address}"`)
    expect(said.join('\n')).toContain('https://stats.example.com/count/transparency/example.com')
    await server.stop()
  })

  test('the demo site leads to its own numbers, which no site added later takes from it', async () => {
    const server = await data.start()
    expect(await (await fetch(`${server.address}/demo`)).text()).toContain('href="/?site=localhost"')
    const control = await connectControl({ dataDir: data.path, temporary: tmpdir() })
    const terminal = { out: () => {}, err: () => {}, progress: () => {}, signal: new AbortController().signal }
    expect(await control?.run(['site', 'add', 'example.com'], terminal)).toBe(0)
    expect(await (await fetch(`${server.address}/`)).text()).toContain('<title>localhost · Sundial</title>')
    await server.stop()
  })

  test('under BASE_PATH everything moves below it', async () => {
    const server = await data.start({ BASE_PATH: '/stats' })
    expect(server.address.endsWith('/stats')).toBe(true)
    for (const page of ['/', '/demo', '/js/sundial.js']) {
      expect((await fetch(`${server.address}${page}`)).status, page).toBe(200)
    }
    expect((await post(server.address)).headers.get('sundial-outcome')).toBe('counted')
    expect((await fetch(server.address.replace('/stats', '/js/sundial.js'))).status).toBe(404)
    for (const page of [server.address, server.address.replace('/stats', '/')]) {
      const answer = await fetch(page, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('location')], page).toEqual([302, '/stats/'])
    }
    expect(await (await fetch(`${server.address}/nothing`)).text()).toContain('There is nothing at this address.')
    await server.stop()
  })
})

describe('who may ask, while nobody owns it', () => {
  const NUMBERS = ['/', '/?site=localhost', '/breakdown?dimension=page', '/dropped']
  const API = '/api/v1/stats/aggregate?site_id=localhost'

  // A page of rebound.example whose name was made to lead here sees what this machine would.
  test.each([
    ['by a name of somebody else, as after DNS rebinding', { host: 'rebound.example' }],
    ['by a name that only begins well', { host: 'localhost.rebound.example' }],
    ['through a proxy that nobody has told of', { host: 'localhost', 'x-forwarded-for': '192.0.2.1' }],
    ['through a proxy of the newer kind', { host: 'localhost', forwarded: 'for=192.0.2.1' }],
  ])('numbers are not for who comes %s', async (_, headers) => {
    const server = await data.start()
    for (const page of NUMBERS) {
      const { statusCode, headers: answered } = await answerTo(server, page, headers)
      expect([page, statusCode, answered.location]).toEqual([page, 303, expect.stringMatching(/^\/sign-in\?next=/)])
    }
    const { statusCode, headers: answered } = await answerTo(server, API, headers)
    expect([statusCode, answered['content-type']]).toEqual([401, 'application/json'])
    expect(answered['access-control-allow-origin']).toBeUndefined()
    await server.stop()
  })

  test('at this machine the first site is there for who comes by a name of its own; the demo and scripts under any', async () => {
    const server = await data.start()
    for (const host of ['localhost:8787', '127.0.0.1', '[::1]:8787']) {
      for (const page of [...NUMBERS, API]) expect([page, await get(server, page, host)]).toEqual([page, 200])
    }
    expect(await get(server, '/?site=other.example', 'localhost')).toBe(303)
    for (const page of ['/demo', '/js/sundial.js', '/health', '/sign-in']) {
      expect([page, await get(server, page, 'stats.example.com')]).toEqual([page, 200])
    }
    await server.stop()
  })

  test.each([
    ['behind a trusted proxy', { TRUST_PROXY: 'loopback' }],
    ['where others can reach it', { HOST: '0.0.0.0' }],
  ])('%s nobody is shown a number', async (_, settings) => {
    const server = await data.start(settings)
    const port = new URL(server.address).port
    for (const page of NUMBERS) {
      expect([page, await get(server, page, `127.0.0.1:${port}`)]).toEqual([page, 303])
    }
    expect(await get(server, API, 'localhost')).toBe(401)
    await server.stop()
  })

  test('the owner’s account ends it: numbers are for who signs in, and the link opens once', async () => {
    const server = await data.start()
    const [, link = ''] = /(http:\S+\/setup\/\S+)/.exec(server.log()) ?? []
    expect((await fetch(link)).status).toBe(200)
    const owner = await makeOwner(server)
    for (const page of [...NUMBERS, API]) expect([page, (await owner.get(page)).status]).toEqual([page, 200])
    for (const page of NUMBERS) expect([page, await get(server, page, 'localhost')]).toEqual([page, 303])
    expect(await get(server, API, 'localhost')).toBe(401)
    expect((await fetch(link)).status).toBe(410)
    await server.stop()
    const again = await data.start()
    expect(again.log()).not.toContain('/setup/')
    await again.stop()
  })
})

describe('one process owns DATA_DIR', () => {
  test('a second server is told who has it', async () => {
    const server = await data.start()
    await expect(data.start()).rejects.toThrow(`is in use by the Sundial at ${server.address}`)
    await server.stop()
  })

  test('after kill -9 the next start takes over, and goes on counting', async () => {
    const first = await data.start()
    expect((await post(first.address)).status).toBe(202)
    await first.kill()
    const second = await data.start()
    expect((await post(second.address)).status).toBe(202)
    const today = () => fetch(`${second.address}/?period=today`).then((answer) => answer.text())
    await until(today, (text) => /Visits[\s\S]*?>2</.test(text))
    expect(await second.stop()).toBe(0)
  })

  test('SIGTERM sends what waits, folds the journal and ends with 0', async () => {
    const server = await data.start()
    for (let n = 0; n < 3; n++) await post(server.address)
    expect(await server.stop()).toBe(0)
    expect(server.log()).toContain('Stopped.')
    const again = await data.start()
    expect(await (await fetch(`${again.address}/?period=today`)).text()).toMatch(/Visits[\s\S]*?>3</)
    await again.stop()
  })
})

describe('memory', () => {
  // The library alone would be more than half of what the process takes.
  test.runIf(existsSync('/proc/self/maps'))(
    'the engine’s library is loaded by who has no ClickHouse outside, and nobody else',
    async () => {
      const loads = async (settings: Record<string, string>) => {
        const server = await data.start(settings)
        expect((await post(server.address)).status).toBe(202)
        const maps = readFileSync(`/proc/${server.process.pid}/maps`, 'utf8')
        await server.kill()
        return /chdb.*\.(node|so)\b/.test(maps)
      }
      expect(await loads({ CLICKHOUSE_URL: 'http://127.0.0.1:9' })).toBe(false)
      expect(await loads({})).toBe(true)
    },
  )
})
