// Reports on one machine: the clock that strikes every hour, and a whole server that mails what is planned, once, also when it
// is killed while the mail is on its way.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test, vi } from 'vitest'
import { filesIn } from '../dashboard/data_dir.ts'
import { openMachine } from '../dashboard/machine.ts'
import { SECRET } from './accumulated.ts'
import { type SmtpSink, startSmtpSink } from './mail_sink.ts'
import { makeOwner } from './people.ts'
import { type DataDir, makeDataDir, type RunningServer } from './server.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closing.splice(0).reverse()) await close()
})

test('the clock strikes when it starts, and six minutes after every full hour', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-clock-'))
  closing.push(() => rmSync(directory, { recursive: true, force: true }))
  const machine = await openMachine({
    environment: {
      dataDir: directory,
      clickhouse: { url: undefined, user: 'default', password: '', database: 'sundial', cluster: undefined },
    },
    secret: SECRET,
    now: () => Date.now(),
    report: () => {},
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.parse('2026-03-16T06:30:00Z') })
  const struck: string[] = []
  machine.start(() => struck.push(new Date().toISOString().slice(11, 19)))
  vi.advanceTimersByTime(2 * 3_600_000)
  vi.useRealTimers()
  await machine.close()
  expect(struck).toEqual(['06:30:05', '07:06:00', '08:06:00'])
})

async function sinkThat(answers?: Record<string, string>): Promise<SmtpSink> {
  const sink = await startSmtpSink(answers)
  closing.push(() => sink.close())
  return sink
}

async function serve(data: DataDir, sink: SmtpSink): Promise<RunningServer> {
  const server = await data.start({ MAIL_URL: `smtp://127.0.0.1:${sink.port}`, MAIL_FROM: 'stats@example.com' })
  closing.push(() => server.kill())
  return server
}

/** As an hour of Monday morning does it. */
function plan(data: DataDir, week: string): void {
  const store = new DatabaseSync(filesIn(data.path).settings)
  const details = JSON.stringify({ kind: 'weekly', monday: '2026-03-16' })
  const now = `${new Date().toISOString().slice(0, 19)}Z`
  store
    .prepare(
      "INSERT INTO deliveries (subscription, occasion, details, state, planned_at) SELECT id, ?, ?, 'waiting', ? FROM subscriptions",
    )
    .run(`weekly ${week}`, details, now)
  store.close()
}

const stateOf = (data: DataDir, week: string) => {
  const store = new DatabaseSync(filesIn(data.path).settings, { readOnly: true })
  try {
    return store.prepare('SELECT state FROM deliveries WHERE occasion = ?').get(`weekly ${week}`)?.state
  } finally {
    store.close()
  }
}

const PATIENCE = { timeout: 20_000, interval: 100 }

test('a server mails what is planned when it starts, once; one that was killed while it did so leaves it', async () => {
  const data = makeDataDir()
  closing.push(() => data.remove())
  const sink = await sinkThat()
  const first = await serve(data, sink)
  const owner = await makeOwner(first)
  expect((await owner.post('/sites/localhost/reports', { weekly: 'on', alerts: 'on' })).status).toBe(303)
  await first.stop()
  plan(data, '2026-03-09')
  const second = await serve(data, sink)
  await vi.waitFor(() => expect(stateOf(data, '2026-03-09')).toBe('sent'), PATIENCE)
  const about = () => sink.mails.filter((mail) => mail.includes('.weekly.2026-03-09@'))
  expect(about()).toHaveLength(1)
  expect(about()[0]).toContain('To: ann@example.com')
  await second.stop()

  plan(data, '2026-03-02')
  // It takes the mail and says nothing more.
  const silent = await sinkThat({ '.': '' })
  const third = await serve(data, silent)
  await vi.waitFor(() => expect(silent.mails.join()).toContain('.weekly.2026-03-02@'), PATIENCE)
  await third.kill()
  expect(stateOf(data, '2026-03-02')).toBe('taken')
  plan(data, '2026-02-23')
  const fourth = await serve(data, sink)
  await vi.waitFor(() => expect(stateOf(data, '2026-02-23')).toBe('sent'), PATIENCE)
  expect(sink.mails.join()).not.toContain('.weekly.2026-03-02@')
  expect(stateOf(data, '2026-03-02')).toBe('taken')
  expect(fourth.log()).not.toContain('ann@example.com')
}, 90_000)
