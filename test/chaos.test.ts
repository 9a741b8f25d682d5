// A short chaos run in the suite, each disturbance once; `npm run chaos` is the long one, and can be given another seed.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chaos } from './chaos/chaos.ts'
import { startOutsideClickHouse } from './chaos/clickhouse.ts'
import { makeSmallDisk } from './chaos/disk.ts'
import { makeDataDir, post } from './server.ts'

const DISTURBANCES = 16

test('acknowledged events are counted once and whole, whatever is killed, cut, frozen, filled or set to another time', async () => {
  const { disk, disturbances, answers, faults } = await chaos({ seed: 2, rounds: DISTURBANCES, eventsPerRound: 320 })
  expect(faults).toEqual([])
  expect(Object.keys(disturbances).length).toBe(DISTURBANCES)
  expect(answers['202 counted']).toBeGreaterThan(1_000)
  if (disk.startsWith('none')) console.warn(`No disk was made full: ${disk}.`)
}, 90_000)

test('a stop ends clean and leaves an empty journal while ClickHouse answers nothing', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-frozen-'))
  const clickhouse = await startOutsideClickHouse(directory)
  const data = makeDataDir()
  const server = await data.start({ CLICKHOUSE_URL: clickhouse.url })
  try {
    clickhouse.freeze(true)
    expect((await post(server.address)).status).toBe(202)
    expect(await server.stop()).toBe(0)
    const journal = data.files().find(({ name }) => name === 'accumulator.db-wal')
    expect(journal?.bytes.length ?? 0).toBe(0)
  } finally {
    await server.kill()
    await clickhouse.kill()
    data.remove()
    rmSync(directory, { recursive: true })
  }
}, 60_000)

test('the small disk of a run that was killed is gone when the next one makes its own', async () => {
  const module = path.join(import.meta.dirname, 'chaos/disk.ts')
  const program = `import { makeSmallDisk } from ${JSON.stringify(module)}
console.log(makeSmallDisk(1).path)
setInterval(() => {}, 1_000)`
  const run = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => run.once('exit', resolve))
  const abandoned = await new Promise<string>((resolve) => run.stdout.once('data', (line) => resolve(`${line}`.trim())))
  writeFileSync(path.join(abandoned, 'left'), 'behind')
  run.kill('SIGKILL')
  await gone
  const disk = makeSmallDisk(1)
  expect(existsSync(abandoned)).toBe(false)
  expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(abandoned)
  disk.remove()
})

test('a disk that is full by a limit on files is full for who is limited, until it is emptied', async () => {
  const disk = makeSmallDisk(1, { limited: true })
  if (disk.kind.startsWith('none')) return
  const data = makeDataDir(disk.path)
  const clock = path.join(disk.path, 'clock')
  writeFileSync(clock, String(Date.now()))
  const preload = new URL(`chaos/clock.ts?file=${encodeURIComponent(clock)}`, import.meta.url)
  const server = await data.start({ CLICKHOUSE_URL: 'http://127.0.0.1:9' }, ['--import', preload.href])
  try {
    const pid = server.process.pid ?? 0
    expect((await post(server.address)).status).toBe(202)
    disk.fill(0, pid)
    expect((await post(server.address)).status).toBe(503)
    disk.empty(pid)
    expect((await post(server.address)).status).toBe(202)
  } finally {
    await server.kill()
    disk.remove()
  }
})
