// A restore that is being built in DATA_DIR, and the step that puts it in the place of what was there. Asked by whoever
// opens DATA_DIR; restore.ts builds it.
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { filesIn } from './data_dir.ts'

/** Stands in the staging directory once all is there. */
export const READY = 'ready'

export function stagingIn(dataDir: string): string {
  return path.join(dataDir, 'restoring')
}

/** Whether a restore would replace anything. */
export function holdsData(dataDir: string): boolean {
  return Object.values(filesIn(dataDir)).some((file) => existsSync(file))
}

/**
 * Called by whoever opens DATA_DIR, under its lock. Finishes a restore that was complete but for its last step; throws a
 * sentence when one was cut short before.
 */
export function finishRestore(dataDir: string): void {
  const staging = stagingIn(dataDir)
  if (!existsSync(staging)) return
  if (!existsSync(path.join(staging, READY))) {
    throw new Error(
      `A restore into ${dataDir} was cut short. What was there before it is untouched. Run the restore again; or remove ${staging} to go on with what was there.`,
    )
  }
  const [from, to] = [filesIn(staging), filesIn(dataDir)]
  for (const part of ['counts', 'accumulator', 'settings'] as const) {
    // What is not there any more has been moved already.
    if (!existsSync(from[part])) continue
    for (const old of ['', '-wal', '-shm', '-journal']) rmSync(`${to[part]}${old}`, { recursive: true, force: true })
    renameSync(from[part], to[part])
  }
  // READY goes last: without it what is left would look like a restore that was cut short.
  for (const left of readdirSync(staging)) if (left !== READY) rmSync(path.join(staging, left), { recursive: true })
  rmSync(path.join(staging, READY))
  rmdirSync(staging)
}
