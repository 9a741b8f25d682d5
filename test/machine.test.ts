// The one-machine set-up when things go wrong around it: a file that is locked, a ClickHouse that hangs.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { filesIn } from '../dashboard/data_dir.ts'
import { type Machine, openMachine } from '../dashboard/machine.ts'
import { aPageview, SECRET } from './accumulated.ts'
import { type ClickHouseServer, startClickHouse } from './clickhouse_http.ts'
import { until } from './server.ts'

let directory: string
let reports: string[]
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-machine-'))
  reports = []
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(directory, { recursive: true, force: true })
})

function open(url?: string): Promise<Machine> {
  const clickhouse = { url, user: 'default', password: '', database: 'sundial', cluster: undefined }
  return openMachine({
    environment: { dataDir: directory, clickhouse },
    secret: SECRET,
    now: () => Date.now(),
    report: (problem) => reports.push(problem),
  })
}

test('a flush that cannot write the accumulator’s file is reported and survived, and counts leave once it can', async () => {
  const machine = await open()
  const [site] = machine.sites.all()
  if (!site) throw new Error('no first site')
  const { day, hour } = machine.calendar.localHour(site.timezone, Date.now())
  await machine.accumulator.count(site, aPageview({ day, hour }))
  const other = new DatabaseSync(filesIn(directory).accumulator)
  other.exec('BEGIN IMMEDIATE')
  machine.start()
  await until(
    async () => reports,
    (said) => said.some((line) => line.includes('cannot be written')),
  )
  other.exec('ROLLBACK')
  other.close()
  await until(
    async () => machine.accumulator.dueAt(Date.now()),
    (due) => due === undefined || due > Date.now(),
  )
  await machine.close()
  expect(reports.join('\n')).not.toContain('locked')
})

test('while ClickHouse hangs, the journal is folded in time', async () => {
  const clickhouse: ClickHouseServer = await startClickHouse({ path: path.join(directory, 'server') })
  const machine = await open(clickhouse.url)
  const [site] = machine.sites.all()
  if (!site) throw new Error('no first site')
  const { day, hour } = machine.calendar.localHour(site.timezone, Date.now())
  await machine.accumulator.count(site, aPageview({ day, hour }))
  clickhouse.down()
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] })
  machine.start()
  const journal = new DatabaseSync(filesIn(directory).accumulator, { readOnly: true })
  expect(journal.prepare('SELECT id FROM journal').all()).toHaveLength(1)
  vi.advanceTimersByTime(60_000)
  expect(journal.prepare('SELECT id FROM journal').all()).toEqual([])
  journal.close()
  vi.useRealTimers()
  clickhouse.up()
  await machine.close()
  await clickhouse.close()
})
