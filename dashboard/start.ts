// `npm start`: builds (a fraction of a second) and runs the server in this same process, so that signals reach it.

import { buildAll, SERVER } from './build.ts'

await buildAll()
await import(SERVER)
