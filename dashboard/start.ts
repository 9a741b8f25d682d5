// `npm start`: builds (a fraction of a second) and runs the server in this same process, so that signals reach it.

import path from 'node:path'
import { buildAll, SERVER } from './build.ts'

try {
  await buildAll()
} catch (error) {
  // What is up to date need not be written, so a service may run from a checkout that is not its own.
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? error.code : undefined
  if (code === undefined) throw error
  const dist = path.dirname(SERVER)
  console.error(`${dist} is not up to date and cannot be written by this user (${code}).`)
  console.error('Run `npm run build` as its owner, once and after each upgrade; or give the folder to this user.')
  process.exit(1)
}
await import(SERVER)
