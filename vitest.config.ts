// Test runner settings. Forks only: the embedded ClickHouse engine crashes in worker threads.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    retry: 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
