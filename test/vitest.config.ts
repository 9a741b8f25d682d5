// Test runner settings. Forks only: the embedded ClickHouse engine crashes in worker threads.
import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    pool: 'forks',
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
