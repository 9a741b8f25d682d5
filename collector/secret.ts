// The operator's hashing secret on one machine: from the environment, or made on first run and kept beside the data.
// Called by the Node entries; on Workers the secret is always a binding.
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type Environment, SECRET_LENGTH } from './environment.ts'

interface SecretDeps {
  environment: Pick<Environment, 'secret'>
  dataDir: string
  /** That many random bytes. */
  random: (bytes: number) => Uint8Array
}

/** Throws when DATA_DIR/secret cannot be read or is no secret: going on with another one would lose what is pending. */
export function secretFor({ environment, dataDir, random }: SecretDeps): { secret: string; warnings: string[] } {
  const file = path.join(dataDir, 'secret')
  const kept = readSecret(file)
  if (environment.secret !== undefined) {
    return {
      secret: environment.secret,
      warnings: kept === undefined ? [] : [leftBehind(file, environment.secret, kept)],
    }
  }
  if (kept !== undefined) return { secret: kept, warnings: [...openToOthers(file), besideTheData(file)] }
  makeSecret(file, Buffer.from(random(32)).toString('base64url'))
  const secret = readSecret(file)
  if (secret === undefined) throw new Error(`The hashing secret ${file} vanished while it was made.`)
  return { secret, warnings: [besideTheData(file)] }
}

function readSecret(file: string): string | undefined {
  const text = readIfThere(file)?.trim()
  if (text !== undefined && text.length < SECRET_LENGTH) {
    throw new Error(
      `${file} holds no secret of at least ${SECRET_LENGTH} characters. Restore it from a backup; or remove it to have a new one made, which forgets the counts that still wait for a full five.`,
    )
  }
  return text
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all, and never over another one: written aside, synced, then linked into place. */
function makeSecret(file: string, secret: string): void {
  const directory = path.dirname(file)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  rmSync(draft, { force: true })
  const handle = openSync(draft, 'wx', 0o600)
  writeSync(handle, `${secret}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch (error) {
    // Another process was faster: its secret is the one.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  const folder = openSync(directory, 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function besideTheData(file: string): string {
  return `The hashing secret lies beside the data, in ${file}: who copies both can test guesses about counts that still wait. Better keep it elsewhere, as SUNDIAL_SECRET.`
}

function openToOthers(file: string): string[] {
  const open = (statSync(file).mode & 0o077) !== 0
  return open ? [`Others on this machine may read the hashing secret: chmod 600 ${file}`] : []
}

function leftBehind(file: string, used: string, kept: string): string {
  return used === kept
    ? `SUNDIAL_SECRET is set, so ${file} is needed no more: remove it.`
    : `SUNDIAL_SECRET is used, and ${file} holds another secret: what still waits under that one cannot be named any more.`
}
