// Test runner settings. Forks only: the embedded ClickHouse engine crashes in worker threads.
import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    pool: 'forks',
    // Half of the time the tests wait, for the engine, the disk and Workers: two cores hold three files at a time.
    maxWorkers: 3,
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
