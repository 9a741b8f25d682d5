// GET /metrics: how the server is doing, in Prometheus' text format. Read by whoever collects metrics on this machine;
// mounted by the Node entry. Workers have none: each isolate would tell numbers of its own.
//
// Its counts of events are live and exact to the event, so outsiders could watch single visits arrive: it answers on
// this machine only, to nobody who comes through a proxy. No site, page or visitor is named, and there is no histogram
// of anything a visitor does.
import { type Context, Hono } from 'hono'
import type { Accumulator } from '../collector/accumulator.ts'
import type { MachineState } from './machine.ts'
import { isThisMachine } from './this_machine.ts'

interface MetricsDeps {
  /** Totals of requests since the start by what became of them. */
  outcomes(): Readonly<Record<string, number>>
  accumulator: Pick<Accumulator, 'gauge'>
  state(): MachineState
  process: Pick<NodeJS.Process, 'cpuUsage' | 'memoryUsage' | 'uptime'>
  /** Milliseconds since the epoch. */
  now: () => number
}

interface Family {
  name: string
  type: 'counter' | 'gauge'
  help: string
  samples: readonly { labels?: Readonly<Record<string, string>>; value: number }[]
}

export function createMetrics(deps: MetricsDeps): Hono {
  const app = new Hono()
  app.get('/metrics', (c: Context) => {
    if (!isThisMachine(c)) return c.text('Metrics are for this machine only: ask for them there, at 127.0.0.1.', 403)
    return c.body(textOf(families(deps)), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    })
  })
  return app
}

function families({ outcomes, accumulator, state, process, now }: MetricsDeps): Family[] {
  const { sites, pending, waiting, outbox, queued, unfoldedSince } = accumulator.gauge()
  const { flushedAt, turnedAt, clickHouseErrors } = state()
  const { user, system } = process.cpuUsage()
  const startedAt = now() - process.uptime() * 1000
  const secondsSince = (moment: number | undefined) =>
    moment === undefined ? 0 : Math.max(0, Math.round((now() - moment) / 1000))

  return [
    {
      name: 'sundial_requests_total',
      type: 'counter',
      help: 'Requests to the collector by what became of them.',
      samples: Object.entries(outcomes()).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    gauge('sundial_queued_events', 'Events that wait for the disk before they are acknowledged.', queued),
    gauge('sundial_accumulator_sites', 'Sites that the accumulator holds something of.', sites),
    gauge('sundial_pending_counts', 'Counts that have not reached k.', pending),
    gauge('sundial_waiting_counts', 'Counts that were released and wait for visits to come after.', waiting),
    gauge('sundial_outbox_parcels', 'Inserts that are on their way to ClickHouse.', outbox),
    gauge(
      'sundial_journal_lag_seconds',
      'Age of what the journal holds; folded within a minute.',
      secondsSince(unfoldedSince),
    ),
    gauge(
      'sundial_flush_lag_seconds',
      'Since a flush last left nothing behind; about 5 while all is well.',
      secondsSince(flushedAt),
    ),
    gauge('sundial_clock_lag_seconds', 'Since the clock turned; up to 5 while all is well.', secondsSince(turnedAt)),
    {
      name: 'sundial_clickhouse_errors_total',
      type: 'counter',
      help: 'Statements that ClickHouse refused, by its code, or did not answer (code 0).',
      samples: clickHouseErrors.map(({ code, type, n }) => ({ labels: { code: String(code), type }, value: n })),
    },
    gauge('process_resident_memory_bytes', 'Resident memory of the process.', process.memoryUsage().rss),
    gauge(
      'process_start_time_seconds',
      'Start of the process, in seconds since the epoch.',
      Math.round(startedAt / 1000),
    ),
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'User and system CPU time of the process.',
      samples: [{ value: (user + system) / 1_000_000 }],
    },
  ]
}

function gauge(name: string, help: string, value: number): Family {
  return { name, type: 'gauge', help, samples: [{ value }] }
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
function textOf(families: readonly Family[]): string {
  return families
    .flatMap(({ name, type, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels = {}, value }) => `${name}${labelsOf(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('')
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
