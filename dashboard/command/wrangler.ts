// wrangler, as the command line calls it: the one of this checkout, by this very Node. Used for D1 (d1_over_wrangler.ts)
// and to deploy (deploy.ts).
import { execFile, spawn } from 'node:child_process'
import path from 'node:path'

interface WranglerDeps {
  /** Directory of wrangler.toml and node_modules. */
  root: string
  /** What it finds in its environment; what this process has, when missing. */
  variables?: Readonly<Record<string, string | undefined>>
}

export interface Wrangler {
  /** What it prints is caught, and it can ask nobody. */
  ask(args: readonly string[]): Promise<Said>
  /** It prints to the screen and may ask the person there. Resolves with whether it did what it should. */
  show(args: readonly string[]): Promise<boolean>
}

export interface Said {
  failed: boolean
  stdout: string
  stderr: string
}

export function createWrangler({ root, variables }: WranglerDeps): Wrangler {
  const program = path.join(root, 'node_modules/wrangler/bin/wrangler.js')
  const options = { cwd: root, ...(variables === undefined ? {} : { env: { ...variables } }) }
  // The system's own Node may be too old for it.
  return {
    ask: (args) =>
      new Promise((resolve) => {
        const caught = { ...options, maxBuffer: 64_000_000 }
        const child = execFile(process.execPath, [program, ...args], caught, (error, stdout, stderr) =>
          resolve({ failed: error !== null, stdout, stderr }),
        )
        child.stdin?.end()
      }),
    show: (args) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [program, ...args], { ...options, stdio: 'inherit' })
        child.once('error', () => resolve(false))
        child.once('exit', (code) => resolve(code === 0))
      }),
  }
}

/** wrangler may print notices before its answer. */
export function readJson(stdout: string): unknown {
  for (const start of [stdout.indexOf('['), stdout.indexOf('{')].sort((a, b) => a - b)) {
    try {
      if (start >= 0) return JSON.parse(stdout.slice(start))
    } catch {
      // Not there: try the next place.
    }
  }
  return undefined
}

/** Why it failed, in a line and without colours. */
export function reasonOf({ stderr, stdout }: Said): string {
  const lines = [stderr, stdout]
    .flatMap((text) => text.replace(COLOURS, '').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? 'it said nothing (is it installed? npm install)'
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the control character ESC
const COLOURS = /\x1b\[[\d;]*m/g
