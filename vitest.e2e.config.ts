import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Browser tests drive the built server with a real Chromium (CHROMIUM_PATH). Each file has a server of its own. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['server/db/testing/shared.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A page may have to wait for one of two cores; what never comes fails all the same.
    expect: { poll: { timeout: 10_000 } },
  },
})
