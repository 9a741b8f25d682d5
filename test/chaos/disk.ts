// A disk of a few MB that can be made full and emptied again: a tmpfs where this user may mount one, else a limit on the
// size of files; where neither works, the reason. Made by chaos.ts.

import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PAGE = 4096
/** Then the process that made it. */
const PREFIX = 'sundial-disk-'

export interface SmallDisk {
  path: string
  /** What it is, or why there is none, for people. */
  kind: string
  /** Leaves so many pages of 4 KB to whoever writes next; false where nothing can be made full. `pid` is who writes. */
  fill(pagesLeft: number, pid: number): boolean
  empty(pid: number): void
  remove(): void
}

/** `limited` passes over the tmpfs, as where none can be mounted. */
export function makeSmallDisk(megabytes: number, { limited = false } = {}): SmallDisk {
  removeAbandoned()
  const directory = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  const size = `size=${megabytes}m`
  if (!limited && runs('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', directory])) return tmpfs(directory, megabytes)
  if (runs('prlimit', ['--version'])) return limitedFiles(directory)
  const kind = 'none: neither mounting a tmpfs nor prlimit works here, so the disk is never full'
  return { path: directory, kind, fill: () => false, empty: () => {}, remove: () => remove(directory) }
}

/** Disks of runs that were killed themselves; another user's stay. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^(\d+)-/.exec(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '')?.[1]
    if (pid === undefined || lives(Number(pid))) continue
    try {
      remove(path.join(tmpdir(), name))
    } catch {}
  }
}

/** Another user's process counts as gone: its disk cannot be removed anyway. */
function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** At once, though a process may still have files open there; a directory that is no mount stays as it is. */
function remove(directory: string): void {
  runs('umount', ['--lazy', directory])
  rmSync(directory, { recursive: true, force: true })
}

function tmpfs(directory: string, megabytes: number): SmallDisk {
  const ballast = path.join(directory, 'ballast')
  return {
    path: directory,
    kind: `a tmpfs of ${megabytes} MB`,
    fill(pagesLeft) {
      const size = writeUntilFull(ballast)
      truncateSync(ballast, Math.max(0, size - pagesLeft * PAGE))
      return true
    },
    empty: () => rmSync(ballast, { force: true }),
    remove: () => remove(directory),
  }
}

/** Returns the size that it reached. */
function writeUntilFull(file: string): number {
  const page = Buffer.alloc(PAGE)
  const opened = openSync(file, 'w')
  let size = 0
  try {
    for (;;) size += writeSync(opened, page)
  } catch {
    return size
  } finally {
    closeSync(opened)
  }
}

/** RLIMIT_FSIZE of the running process. Its signal would end Node: clock.ts ignores it, and the write fails instead. */
function limitedFiles(directory: string): SmallDisk {
  const limit = (pid: number, size: string) => runs('prlimit', ['--pid', String(pid), `--fsize=${size}:`])
  return {
    path: directory,
    kind: 'a limit on the size of files (RLIMIT_FSIZE)',
    fill: (pagesLeft, pid) => limit(pid, String(pagesLeft * PAGE)),
    empty: (pid) => {
      limit(pid, 'unlimited')
    },
    remove: () => remove(directory),
  }
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
