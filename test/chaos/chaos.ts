// A whole Sundial under load while everything that can break is broken: kills, a ClickHouse that goes, freezes or answers
// wrongly, a full disk, a clock that jumps. Run by chaos.test.ts and `npm run chaos`; ends with what does not add up.

import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Counts } from '../../collector/clickhouse.ts'
import { createServerCounts } from '../../collector/clickhouse_server.ts'
import { migrate } from '../../collector/migrate.ts'
import { createSites, type Site } from '../../collector/sites.ts'
import { openSqliteSettings } from '../../collector/sites_sqlite.ts'
import { filesIn } from '../../dashboard/data_dir.ts'
import { type DataDir, makeDataDir, type RunningServer, until } from '../server.ts'
import { type OutsideClickHouse, startOutsideClickHouse } from './clickhouse.ts'
import { makeSmallDisk, type SmallDisk } from './disk.ts'
import { anEvent, emptyLedger, type Ledger, SITES, send } from './load.ts'
import { createRandom, type Random } from './random.ts'
import { faultsOf, settle } from './verdict.ts'

export interface ChaosOptions {
  seed: number
  /** Disturbances; every kind comes once before one comes again. */
  rounds: number
  eventsPerRound: number
  /** The full disk is a limit on the size of files, as where no tmpfs can be mounted. */
  limited?: boolean
  /** Told what is done next. */
  say?: (line: string) => void
}

export interface ChaosReport {
  disk: string
  disturbances: Record<string, number>
  answers: Record<string, number>
  /** Every promise that did not hold. */
  faults: string[]
}

const SECRET = 'the secret of a chaos run, long enough to be one'
const DISK_MEGABYTES = 8
const CLIENTS = 8
const MINUTE = 60_000
const DAY = 86_400_000

export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const world = await openWorld(options)
  try {
    const disturbances = await disturb(world, options)
    const faults = await verdict(world)
    return { disk: world.disk.kind, disturbances, answers: Object.fromEntries(world.ledger.answers), faults }
  } finally {
    await world.close()
  }
}

interface World {
  random: Random
  ledger: Ledger
  disk: SmallDisk
  data: DataDir
  clickhouse: OutsideClickHouse
  counts: Counts
  sites: readonly Site[]
  /** Undefined while none runs. */
  server: RunningServer | undefined
  start(): Promise<void>
  /** Moves the server's clock. */
  setClock(instant: number): void
  /** Posts so many events and resolves when all were answered, or not. */
  load(events: number): Promise<void>
  /** Resolves when so many more events were sent; sends them when the load has ended before. */
  sent(events: number): Promise<void>
  close(): Promise<void>
}

async function openWorld({ seed, limited = false }: ChaosOptions): Promise<World> {
  // Two, so that what is done next does not hang on which client was faster.
  const random = createRandom(seed)
  const visitors = createRandom(seed + 1)
  const ledger = emptyLedger()
  const disk = makeSmallDisk(DISK_MEGABYTES, { limited })
  const data = makeDataDir(disk.path)
  const scratch = mkdtempSync(path.join(tmpdir(), 'sundial-chaos-'))
  const clickhouse = await startOutsideClickHouse(path.join(scratch, 'clickhouse'))
  const owner = createServerCounts({ url: clickhouse.url, username: 'default', password: '', database: 'default' })
  await migrate({ counts: owner, database: 'sundial' })
  await owner.close()
  const counts = createServerCounts({ url: clickhouse.url, username: 'default', password: '', database: 'sundial' })
  const clock = path.join(scratch, 'clock')
  const preload = pathToFileURL(path.join(import.meta.dirname, 'clock.ts'))
  preload.searchParams.set('file', clock)
  let posted = 0
  let clients = 0

  async function client(events: number): Promise<void> {
    clients++
    for (let n = 0; n < events; n++) {
      const event = anEvent(visitors)
      for (;;) {
        const server = await until(
          async () => world.server,
          (running) => running !== undefined,
        )
        if (server && (await send(server.address, event, ledger))) break
      }
      posted++
    }
    clients--
  }

  const world: World = {
    random,
    ledger,
    disk,
    data,
    clickhouse,
    counts,
    sites: await addSites(data.path),
    server: undefined,
    async start() {
      const settings = { SUNDIAL_SECRET: SECRET, CLICKHOUSE_URL: clickhouse.url }
      world.server = await data.start(settings, ['--import', preload.href])
    },
    setClock(instant) {
      // As a whole: the server may be reading it.
      writeFileSync(`${clock}.new`, String(instant))
      renameSync(`${clock}.new`, clock)
    },
    async load(events) {
      await Promise.all(Array.from({ length: CLIENTS }, () => client(Math.ceil(events / CLIENTS))))
    },
    async sent(events) {
      const goal = posted + events
      await until(
        async () => posted,
        (now) => now >= goal || clients === 0,
      )
      if (posted < goal) await world.load(goal - posted)
    },
    async close() {
      await world.server?.kill()
      await clickhouse.kill()
      await counts.close()
      disk.remove()
      rmSync(scratch, { recursive: true, force: true })
    },
  }
  world.setClock(instants()[0])
  return world
}

async function addSites(dataDir: string): Promise<Site[]> {
  const settings = openSqliteSettings(filesIn(dataDir).settings)
  const sites = createSites({ db: settings, now: Date.now, report: () => {} })
  const added: Site[] = []
  for (const site of SITES) {
    const answer = await sites.add(site)
    if ('refused' in answer) throw new Error(answer.refused.join('; '))
    added.push(answer.site)
  }
  settings.close()
  return added
}

/** Makes one disturbance a round, under load; what was broken is repaired now or in a later round. */
async function disturb(world: World, { rounds, eventsPerRound, say = () => {} }: ChaosOptions) {
  const done: Record<string, number> = {}
  const broken = new Map<'clickhouse' | 'disk', () => Promise<void>>()
  const repair = async (what: 'clickhouse' | 'disk') => {
    await broken.get(what)?.()
    broken.delete(what)
  }
  await world.start()
  let next: [string, Disturbance][] = []
  for (let round = 0; round < rounds; round++) {
    if (next.length === 0) next = world.random.shuffled(Object.entries(DISTURBANCES))
    const [name, { breaks, needsDisk, run }] = next.shift() ?? ['', { run: async () => undefined }]
    if (needsDisk) await repair('disk')
    for (const what of [...broken.keys()]) if (what === breaks || world.random.chance(0.4)) await repair(what)
    say(
      `round ${round + 1}: ${name}${broken.size > 0 ? ` while the ${[...broken.keys()].join(' and the ')} is out` : ''}`,
    )
    const loading = world.load(eventsPerRound)
    await world.sent(world.random.below(eventsPerRound / 2))
    const heal = await run(world)
    if (breaks && heal) broken.set(breaks, heal)
    await loading
    done[name] = (done[name] ?? 0) + 1
  }
  for (const what of [...broken.keys()]) await repair(what)
  return done
}

interface Disturbance {
  /** What stays broken until the returned repair. */
  breaks?: 'clickhouse' | 'disk'
  /** It waits for something that only comes while the disk has room. */
  needsDisk?: true
  run(world: World): Promise<(() => Promise<void>) | undefined>
}

const DISTURBANCES: Record<string, Disturbance> = {
  'SIGKILL of the collector': { run: kill },
  'SIGTERM of the collector': { run: stop },
  'SIGKILL of ClickHouse': { breaks: 'clickhouse', run: killClickHouse },
  'SIGKILL of ClickHouse in an insert': { breaks: 'clickhouse', needsDisk: true, run: killInInsert },
  'SIGKILL of both': {
    breaks: 'clickhouse',
    async run(world) {
      await kill(world)
      return killClickHouse(world)
    },
  },
  'inserts that fail before they take effect': { run: failing('before') },
  'inserts that fail after they took effect': { run: failing('after') },
  'a ClickHouse that cuts connections': {
    breaks: 'clickhouse',
    async run({ clickhouse }) {
      clickhouse.cut(true)
      return async () => clickhouse.cut(false)
    },
  },
  'a ClickHouse that does not answer': {
    breaks: 'clickhouse',
    async run({ clickhouse }) {
      clickhouse.freeze(true)
      return async () => clickhouse.freeze(false)
    },
  },
  'a full disk': { breaks: 'disk', run: fillDisk },
  'a full disk, and SIGKILL of the collector': {
    breaks: 'disk',
    async run(world) {
      const empty = await fillDisk(world)
      await world.sent(20)
      await kill(world)
      return empty
    },
  },
  ...Object.fromEntries(
    ['an hour', 'a day', 'a month', 'the start of summer time', 'the end of summer time'].map((edge, place) => [
      `a clock that passes ${edge}`,
      { run: (world: World) => jump(world, place) },
    ]),
  ),
}

async function kill(world: World): Promise<undefined> {
  const { server } = world
  world.server = undefined
  await server?.kill()
  await startAgain(world)
}

/** A disk too full to start on is made empty first; the start must then do. */
async function startAgain(world: World): Promise<void> {
  try {
    await world.start()
  } catch {
    world.disk.empty(0)
    await world.start()
  }
}

async function stop(world: World): Promise<undefined> {
  const { server } = world
  world.server = undefined
  await server?.stop()
  await startAgain(world)
}

async function killClickHouse({ clickhouse }: World): Promise<() => Promise<void>> {
  await clickhouse.kill()
  return () => clickhouse.restart()
}

async function killInInsert(world: World): Promise<() => Promise<void>> {
  const { clickhouse, random } = world
  let isGone = false
  const gone = clickhouse.dieInInsert(random.below(12)).then(() => {
    isGone = true
  })
  // An insert comes only while there is something to insert.
  while (!isGone) await world.load(CLIENTS)
  await gone
  return () => clickhouse.restart()
}

function failing(when: 'before' | 'after') {
  return async ({ clickhouse, random }: World): Promise<undefined> => {
    clickhouse.fail(when, 1 + random.below(8))
  }
}

async function fillDisk({ disk, server, random }: World): Promise<() => Promise<void>> {
  const pid = server?.process.pid ?? 0
  disk.fill(random.below(12), pid)
  return async () => disk.empty(pid)
}

/** Forth over an edge, and often back over it, while events come. */
async function jump(world: World, place: number): Promise<undefined> {
  const edge = instants()[place] ?? instants()[0]
  world.setClock(edge - 2 * MINUTE)
  await world.sent(15)
  world.setClock(edge + 2 * MINUTE)
  await world.sent(15)
  if (world.random.chance(0.5)) world.setClock(edge - 2 * MINUTE)
  if (world.random.chance(0.3)) world.setClock(edge - 40 * DAY)
}

/** Edges of next year, so that no row's period has ended by ClickHouse's own clock: an hour, a day, a month, both DST changes. */
function instants(): [number, ...number[]] {
  const year = new Date(Date.now()).getUTCFullYear() + 1
  return [
    Date.UTC(year, 5, 15, 14),
    Date.UTC(year, 5, 16),
    Date.UTC(year, 6, 1),
    // New York at 2:00 on the second Sunday of March, and at 1:00 again on the first of November.
    Date.UTC(year, 2, 1 + daysToSunday(year, 2) + 7, 7),
    Date.UTC(year, 10, 1 + daysToSunday(year, 10), 6),
  ]
}

function daysToSunday(year: number, month: number): number {
  return (7 - new Date(Date.UTC(year, month, 1)).getUTCDay()) % 7
}

async function verdict(world: World): Promise<string[]> {
  const code = await world.server?.stop()
  const faults = code === 0 ? [] : [`the last stop ended with ${code}:\n${world.server?.log().slice(-2_000)}`]
  world.server = undefined
  const later = Math.max(...instants()) + 70 * DAY
  const pending = await settle({ dataDir: world.data.path, secret: SECRET, later }, world.counts, world.sites)
  for (const site of world.sites) faults.push(...(await faultsOf(world.counts, site, world.ledger, pending)))
  const strange = [...world.ledger.answers.keys()].filter((answer) => !EXPECTED.has(answer))
  return [...faults, ...strange.map((answer) => `an answer of ${answer}`)]
}

const EXPECTED = new Set(['202 counted', '503', 'none', 'refused'])
