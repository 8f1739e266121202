import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Records the sample runs of the templates (see docs/writing-a-template.md); nothing here is a test. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['server/templates/testing/*.record.ts'],
    globalSetup: ['server/db/testing/shared.ts'],
    maxConcurrency: 4,
    testTimeout: 600_000,
  },
})
