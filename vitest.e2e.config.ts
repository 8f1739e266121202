import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What is measured against the clock has the machine for itself, after all else. */
const measured = ['e2e/canvas-speed.e2e.ts']

/** Browser tests drive the built server with a real Chromium (CHROMIUM_PATH). Each file has a server of its own. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    globalSetup: ['server/db/testing/shared.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A page may have to wait for one of two cores; what never comes fails all the same.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['e2e/**/*.e2e.ts'],
          exclude: measured,
          // More than there are cores: a browser that waits for a server leaves one idle.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'measured', include: measured, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
