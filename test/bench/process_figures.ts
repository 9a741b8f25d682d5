// What Linux says of a running process: CPU time, memory, bytes sent to the disk. Read by the benches, from outside.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The kernel counts CPU time in ticks of 10 ms. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK = 10_000

/** Microseconds of CPU that all threads of a process have used. */
export function cpuMicroseconds(pid: number): number {
  return cpuIn(`/proc/${pid}/stat`)
}

/** Of them, those of the thread that runs the JavaScript. */
export function mainThreadMicroseconds(pid: number): number {
  return cpuIn(`/proc/${pid}/task/${pid}/stat`)
}

function cpuIn(file: string): number {
  const stat = readFileSync(file, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

/** Resident memory now and at its highest, in bytes. */
export function memory(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN)
  return { now: kilobytes('VmRSS') * 1024, most: kilobytes('VmHWM') * 1024 }
}

/** Bytes that a process caused to be sent to the disk, and all that it wrote to files and sockets. */
export function written(pid: number): { disk: number; calls: number } {
  const io = readFileSync(`/proc/${pid}/io`, 'utf8')
  const bytes = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(io)?.[1] ?? Number.NaN)
  return { disk: bytes('write_bytes'), calls: bytes('wchar') }
}

/** Milliseconds of a 4 KB write and its fdatasync in the temporary directory. */
export function syncTime(times = 200): { p50: number; p99: number } {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-sync-'))
  const file = openSync(path.join(directory, 'file'), 'w')
  const page = new Uint8Array(4096)
  const taken: number[] = []
  for (let n = 0; n < times; n++) {
    const start = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    taken.push(performance.now() - start)
  }
  closeSync(file)
  rmSync(directory, { recursive: true })
  return { p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
