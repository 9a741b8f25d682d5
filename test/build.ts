// Before the tests: the server's bundle and the tracker's builds, as `npm start` makes them.

import { buildAll } from '../dashboard/build.ts'

export default async function setup(): Promise<void> {
  await buildAll()
}
