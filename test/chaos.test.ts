// A short chaos run in the suite, each disturbance once; `npm run chaos` is the long one, and can be given another seed.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chaos } from './chaos/chaos.ts'
import { startOutsideClickHouse } from './chaos/clickhouse.ts'
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
