// A disk of a few MB that can be made full and emptied again: a tmpfs where this user may mount one, else a limit on the
// size of files; where neither works, the reason.

import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PAGE = 4096

export interface SmallDisk {
  path: string
  /** What it is, or why there is none, for people. */
  kind: string
  /** Leaves so many pages of 4 KB to whoever writes next; false where nothing can be made full. `pid` is who writes. */
  fill(pagesLeft: number, pid: number): boolean
  empty(pid: number): void
  remove(): void
}

export function makeSmallDisk(megabytes: number): SmallDisk {
  const directory = mkdtempSync(path.join(tmpdir(), 'sundial-disk-'))
  if (runs('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory])) return tmpfs(directory, megabytes)
  const remove = () => rmSync(directory, { recursive: true, force: true })
  if (runs('prlimit', ['--version'])) return limitedFiles(directory, remove)
  const kind = 'none: neither mounting a tmpfs nor prlimit works here, so the disk is never full'
  return { path: directory, kind, fill: () => false, empty: () => {}, remove }
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
    remove() {
      runs('umount', [directory])
      rmSync(directory, { recursive: true, force: true })
    },
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
function limitedFiles(directory: string, remove: () => void): SmallDisk {
  const limit = (pid: number, size: string) => runs('prlimit', ['--pid', String(pid), `--fsize=${size}:unlimited`])
  return {
    path: directory,
    kind: 'a limit on the size of files (RLIMIT_FSIZE)',
    fill: (pagesLeft, pid) => limit(pid, String(pagesLeft * PAGE)),
    empty: (pid) => {
      limit(pid, 'unlimited')
    },
    remove,
  }
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
