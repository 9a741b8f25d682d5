// Backup and restore as an operator does them: a whole Sundial as a process, commands as processes of their own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { makeSmallDisk } from './chaos/disk.ts'
import { type Asker, createAsker, makeOwner } from './people.ts'
import { type DataDir, makeDataDir, post, type RunningServer, until } from './server.ts'

const root = path.join(import.meta.dirname, '..')

let place: string
let data: DataDir
let server: RunningServer | undefined
/** Of the server that runs: other sites than the first are shown to nobody else. */
let owner: Asker | undefined

beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'sundial-backup-'))
  data = makeDataDir(place)
})

afterEach(async () => {
  await server?.kill()
  server = undefined
  rmSync(place, { recursive: true, force: true })
})

function start(args: readonly string[], dataDir = data.path): ChildProcess {
  return spawn(process.execPath, [path.join(root, 'dashboard/sundial.ts'), ...args], {
    cwd: place,
    env: { PATH: process.env.PATH, TMPDIR: tmpdir(), TZ: 'UTC', DATA_DIR: dataDir },
  })
}

async function sundial(args: readonly string[], dataDir?: string) {
  const child = start(args, dataDir)
  const said = { out: '', err: '' }
  child.stdout?.on('data', (text) => {
    said.out += text
  })
  child.stderr?.on('data', (text) => {
    said.err += text
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}

async function serve(settings: Record<string, string> = {}): Promise<string> {
  server = await data.start(settings)
  owner = await makeOwner(server)
  return server.address
}

async function numbers(query: string): Promise<unknown> {
  return (await owner?.get(`/api/v1/stats/${query}`))?.json()
}

async function stop(): Promise<void> {
  await server?.stop()
  server = undefined
}

/** Visits of the sites that this test has; what is named needs five, and to be shown five more. */
async function visit(address: string, domain: string, page: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    const answer = await post(address, { u: `http://${domain}/${page}`, d: domain })
    expect(answer.headers.get('sundial-outcome')).toBe('counted')
  }
}

const aggregate = z.union([
  z.object({ results: z.object({ visits: z.object({ value: z.number() }) }) }),
  z.object({ error: z.literal('gone.example is no site of yours.') }),
])

/** -1 where there is no such site. */
async function visitsOf(domain: string): Promise<number> {
  const answer = aggregate.parse(await numbers(`aggregate?site_id=${domain}&period=12mo&metrics=visits`))
  return 'error' in answer ? -1 : answer.results.visits.value
}

const settled = (domain: string, visits: number) =>
  until(
    () => visitsOf(domain),
    (now) => now === visits,
  )

function filesWith(text: string, below = data.path): string[] {
  return readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'lock')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
}

/** Two sites with counts, backed up while events go on coming. */
async function backedUp(): Promise<string> {
  server = await data.start()
  const { address } = server
  await sundial(['site', 'add', 'gone.example'])
  await sundial(['site', 'add', 'stays.example'])
  // The first owner takes over the sites that are there.
  owner = await makeOwner(server)
  await visit(address, 'gone.example', 'planted-4e77', 12)
  await visit(address, 'stays.example', 'kept-90ab', 12)
  const made = await sundial(['backup', 'copy'])
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining(`${path.join(place, 'copy')} holds everything`) })
  return address
}

describe('a restore', () => {
  it('brings back what was counted, once, and not the site deleted since, whose pages are on no byte', async () => {
    const address = await backedUp()
    expect(filesWith('planted-4e77', path.join(place, 'copy'))).not.toEqual([])
    await visit(address, 'stays.example', 'kept-90ab', 3)
    expect((await sundial(['delete', 'gone.example', '--confirm', 'gone.example'])).code).toBe(0)
    await sundial(['period', 'stays.example', '--retention', '200', '--yes'])
    await sundial(['anonymize', 'stays.example', '--confirm', 'stays.example'])
    await stop()

    expect(await sundial(['restore', 'copy'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--confirm replace'),
    })
    const restored = await sundial(['restore', 'copy', '--confirm', 'replace'])
    expect(restored.err).not.toContain('failed')
    expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/gone\.example \(site 2\) deleted/) })
    expect(filesWith('planted-4e77', path.join(data.path))).toEqual([])
    const again = await serve()
    await settled('stays.example', 12)
    expect(await visitsOf('gone.example')).toBe(-1)
    const list = z.array(z.looseObject({ domain: z.string(), retentionDays: z.number() }))
    const sites = list.parse(JSON.parse((await sundial(['site', 'list', '--json'])).out))
    expect(sites.map(({ domain, retentionDays }) => [domain, retentionDays])).toEqual([
      ['localhost', 396],
      ['stays.example', 200],
    ])
    // Anonymized since: no hour is left of what was restored.
    const hours = await numbers('timeseries?site_id=stays.example&period=day&metrics=visits')
    const series = z.object({ results: z.array(z.looseObject({ visits: z.number().nullable() })) }).parse(hours)
    // A day without its hours is drawn as one day.
    expect(series.results.map(({ visits }) => visits)).toEqual([12])
    expect((await sundial(['site', 'add', 'new.example'])).out).toContain('as site 4')
    await visit(again, 'stays.example', 'kept-90ab', 5)
    await settled('stays.example', 17)
  }, 240_000)

  it('lets nobody in by a session or a link of then, and says who may be back', async () => {
    await serve()
    const before = owner
    const invited = await sundial(['user', 'invite', 'bob@example.com', '--role', 'analyst'])
    const link = /\/invitation\/\S+/.exec(invited.out)?.[0] ?? invited.err
    expect([(await before?.get('/sites'))?.status, (await before?.get(link))?.status]).toEqual([200, 200])
    expect((await sundial(['backup', 'copy'])).code).toBe(0)
    await stop()
    const restored = await sundial(['restore', 'copy', '--confirm', 'replace'])
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('remove again whoever was removed since') })
    const address = await serve()
    const after = createAsker(address, before?.cookie ?? '')
    expect((await after.get('/sites')).headers.get('location')).toBe('/sign-in?next=%2Fsites')
    expect((await after.get(link)).status).toBe(410)
    expect((await owner?.get('/sites'))?.status).toBe(200)
  })

  it('of a backup made under load holds each visit at most once, and as many by hour as by day', async () => {
    const busy = await backedUp()
    let posted = 12
    let stopped = false
    const load = (async () => {
      while (!stopped) {
        await visit(busy, 'stays.example', `p${posted % 7}`, 1)
        posted++
      }
    })()
    await until(
      async () => posted,
      (n) => n > 60,
    )
    const before = posted
    const made = await sundial(['backup', 'busy'])
    const after = posted
    stopped = true
    await load
    expect(made.code).toBe(0)
    await stop()
    const fresh = path.join(place, 'fresh')
    expect(await sundial(['restore', 'busy'], fresh)).toMatchObject({ code: 0 })
    await serve({ DATA_DIR: fresh })
    const day = 'timeseries?site_id=stays.example&period=day&metrics=visits&interval=hour'
    const rows = z.object({ results: z.array(z.looseObject({ visits: z.number().nullable() })) })
    const byHour = async () => {
      const { results } = rows.parse(await numbers(day))
      return results.reduce((sum, { visits }) => sum + (visits ?? 0), 0)
    }
    const visits = await until(
      () => visitsOf('stays.example'),
      (now) => now >= before,
    )
    expect(visits).toBeLessThanOrEqual(after + 1)
    await until(byHour, (hours) => hours === visits)
    expect(after).toBeGreaterThan(before)
  }, 60_000)

  it('on a machine that has lost everything follows a ledger that was kept elsewhere', async () => {
    await backedUp()
    await sundial(['delete', 'gone.example', '--confirm', 'gone.example'])
    writeFileSync(path.join(place, 'ledger.json'), (await sundial(['ledger', '--json'])).out)
    await stop()
    const fresh = path.join(place, 'fresh')
    expect(await sundial(['restore', 'copy', '--ledger', 'ledger.json'], fresh)).toMatchObject({ code: 0 })
    expect(filesWith('planted-4e77', fresh)).toEqual([])
    expect((await sundial(['site', 'list'], fresh)).out).not.toContain('gone.example')
    const { out } = await sundial(['ledger'], fresh)
    expect(out).toContain('gone.example (site 2) deleted')
  }, 240_000)

  it('killed at any moment leaves what was there, refused until it is decided, or is complete', async () => {
    await backedUp()
    await stop()
    const outcomes: string[] = []
    const reached = [
      () => existsSync(path.join(data.path, 'restoring')),
      () => existsSync(path.join(data.path, 'restoring/clickhouse')),
      () => existsSync(path.join(data.path, 'restoring/clickhouse/store')),
      () => existsSync(path.join(data.path, 'restoring/ready')),
    ]
    for (const there of reached) {
      const child = start(['restore', 'copy', '--confirm', 'replace'])
      const ended = once(child, 'exit')
      while (!there() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
      child.kill('SIGKILL')
      await ended
      const listed = await sundial(['site', 'list'])
      if (listed.code === 0) {
        expect(listed.out).toContain('stays.example')
        expect(existsSync(path.join(data.path, 'restoring'))).toBe(false)
      } else expect(listed.err).toMatch(/was cut short. What was there before it is untouched. Run the restore again/)
      outcomes.push(listed.code === 0 ? 'whole' : 'refused')
    }
    expect(outcomes).toContain('refused')
    // A server refuses as well, and running it again completes it.
    mkdirSync(path.join(data.path, 'restoring'), { recursive: true })
    await expect(data.start()).rejects.toThrow('was cut short')
    expect(await sundial(['restore', 'copy', '--confirm', 'replace'])).toMatchObject({ code: 0 })
    await serve()
    await settled('stays.example', 12)
    await settled('gone.example', 12)
  }, 240_000)

  it('that was complete but for its last step is finished by whoever comes next', async () => {
    await backedUp()
    await stop()
    await sundial(['restore', 'copy', '--confirm', 'replace'])
    const staging = path.join(data.path, 'restoring')
    // The counts were in their place already, the rest was not; the old files are still there.
    mkdirSync(staging)
    for (const file of ['settings.db', 'accumulator.db']) {
      cpSync(path.join(data.path, file), path.join(staging, file))
      writeFileSync(path.join(data.path, file), 'old')
    }
    writeFileSync(path.join(staging, 'ready'), '')
    await serve()
    await settled('stays.example', 12)
    expect(existsSync(staging)).toBe(false)
  }, 60_000)

  it('is refused by a sentence: a running server, a wrong directory, a damaged or incomplete backup', async () => {
    const address = await backedUp()
    const refusal = async (...args: string[]) => {
      const { code, err } = await sundial(['restore', ...args, '--confirm', 'replace'])
      expect(code).toBe(1)
      return err
    }
    expect(await refusal('copy')).toContain(`is in use by the Sundial at ${address}`)
    await stop()
    expect(await refusal('nowhere')).toContain(`There is no directory ${path.join(place, 'nowhere')}.`)
    expect(await refusal('.')).toContain('holds no complete backup')
    const victim = path.join(place, 'copy/settings.db')
    writeFileSync(victim, Buffer.concat([readFileSync(victim), Buffer.from('x')]))
    expect(await refusal('copy')).toContain(`The backup is damaged: ${victim} is not as written.`)
    writeFileSync(path.join(place, 'bad.json'), '[{"uid":1}]')
    expect(await refusal('copy', '--ledger', 'bad.json')).toContain('That is no ledger')
    expect((await sundial(['site', 'list'])).out).toContain('gone.example')
  }, 60_000)
})

describe('a backup', () => {
  it('that finds no space says so, leaves nothing of it, and the server counts on', async ({ skip }) => {
    const disk = makeSmallDisk(1)
    try {
      skip(!disk.kind.startsWith('a tmpfs'), 'no disk can be made full here')
      const address = await serve()
      await visit(address, 'localhost', 'a', 6)
      disk.fill(3, 0)
      const copy = path.join(disk.path, 'copy')
      expect(await sundial(['backup', copy])).toMatchObject({
        code: 1,
        err: expect.stringContaining('what was written of it was removed: there is no space left on the disk'),
      })
      expect(readdirSync(copy)).toEqual([])
      await visit(address, 'localhost', 'a', 6)
      await settled('localhost', 12)
    } finally {
      disk.remove()
    }
  }, 60_000)

  it('is refused by a sentence where it cannot be: a directory with something in it, or within DATA_DIR', async () => {
    writeFileSync(path.join(place, 'something'), '')
    expect(await sundial(['backup', '.'])).toMatchObject({ code: 1, err: expect.stringContaining('is not empty') })
    expect(await sundial(['backup', path.join(data.path, 'in')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is within DATA_DIR'),
    })
  })

  it('holds no hashing secret, and every file with its hash', async () => {
    await backedUp()
    const copy = path.join(place, 'copy')
    const secret = readFileSync(path.join(data.path, 'secret'), 'utf8').trim()
    expect(filesWith(secret, copy)).toEqual([])
    const files = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string().length(64) })) })
    const manifest = files.parse(JSON.parse(readFileSync(path.join(copy, 'manifest.json'), 'utf8')))
    const there = readdirSync(copy, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
      .map((entry) => path.relative(copy, path.join(entry.parentPath, entry.name)))
    expect(manifest.files.map(({ name }) => name).sort()).toEqual(there.sort())
  }, 30_000)

  it('holds nothing that says what was counted together, and is for its owner only wherever it is made', async () => {
    const copy = path.join(place, 'open')
    mkdirSync(copy, { mode: 0o755 })
    const address = await serve()
    let stopped = false
    const load = (async () => {
      while (!stopped) await visit(address, 'localhost', 'a', 1)
    })()
    expect(await sundial(['backup', copy])).toMatchObject({ code: 0 })
    stopped = true
    await load
    expect(readdirSync(copy).sort()).toEqual(['accumulator.db', 'counts', 'manifest.json', 'settings.db'])
    for (const name of readdirSync(copy))
      expect([name, statSync(path.join(copy, name)).mode & 0o077]).toEqual([name, 0])
    const accumulator = new DatabaseSync(path.join(copy, 'accumulator.db'))
    expect(accumulator.prepare('SELECT count(*) AS sites FROM site').get()).toEqual({ sites: 1 })
    expect(accumulator.prepare('SELECT count(*) AS records FROM journal').get()).toEqual({ records: 0 })
    accumulator.close()
  }, 30_000)
})
