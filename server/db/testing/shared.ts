import type { TestProject } from 'vitest/node'
import { sweepAbandoned } from '@/server/db/testing/cluster-cache'
import { serveSharedPostgres } from '@/server/db/testing/shared-server'

declare module 'vitest' {
  interface ProvidedContext {
    sharedPostgres: string
  }
}

/** vitest's globalSetup: one PostgreSQL for all ordinary test files, started when the first of them asks for it. */
export default async function setup(project: TestProject) {
  await sweepAbandoned()
  const shared = await serveSharedPostgres()
  project.provide('sharedPostgres', shared.address)
  return shared.close
}
