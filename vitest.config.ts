import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', 'dist/**', '.next/**', 'e2e/**'],
    globalSetup: ['server/db/testing/shared.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
